//! Groups that nobody drew: k-means over what is known of prospects, or of any customers, each group
//! with what sets it apart.

use std::collections::BTreeMap;

use super::super::{Cancel, Desk, Refusal, Who};
use super::ReportQuery;
use super::people::Chosen;
use crate::domain::{Attribute, Customer, CustomerId, Day, Stage};
use crate::insight::cluster::cluster;
use crate::insight::features::{Column, Encoder, all_rows};
use crate::store::records;

/// Customers grouped; of more, every n-th.
const MOST: usize = 20_000;
/// Values of one attribute told apart; rarer ones are one.
const MOST_VALUES: usize = 8;
/// A value of fewer than one customer in so many is rare.
const RARE: usize = 50;
/// Signs told of a group.
const MOST_SIGNS: usize = 3;
/// A sign is told when its share differs by so much.
const DIFFERS: f64 = 0.12;
/// Groups are the same whenever the customers are.
const SEED: u64 = 1;

/// Groups among customers.
#[derive(Clone, Debug, Default)]
pub struct GroupsReport {
    pub as_of: Day,
    /// Who was grouped.
    pub expression: String,
    pub customers: usize,
    /// Mean silhouette: above .5 clear, below .25 hardly groups at all.
    pub silhouette: f64,
    /// The largest first; empty when there are too few customers.
    pub groups: Vec<Group>,
}

/// One group.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub members: Vec<CustomerId>,
    /// What they share, the most telling first.
    pub signs: Vec<Sign>,
    /// The signs as an expression: about these customers, and others like them.
    pub expression: String,
}

/// A trait more common in the group than outside.
#[derive(Clone, Debug)]
pub struct Sign {
    /// As in the segment language.
    pub expression: String,
    /// Share of the group that has it, and of the others.
    pub inside: f64,
    pub outside: f64,
}

/// What is known of a customer that tells groups apart.
struct Known {
    id: CustomerId,
    age: f64,
    /// (attribute, value) with the empty value for unknown.
    values: [(Attribute, String); 5],
}

impl Desk {
    pub(super) fn report_groups(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<GroupsReport, Refusal> {
        let as_of = self.report_day(who, query);
        let expression = match query.expression.trim() {
            "" => format!("stage:{}", Stage::Prospect),
            given => given.to_owned(),
        };
        let ids: Vec<CustomerId> = {
            let chosen = self.chosen(who, &expression)?;
            let state = self.read();
            let chosen = |row: &u32| match &chosen {
                Chosen::All => true,
                Chosen::Some(set) => set.has(*row),
            };
            let rows = state.directory.live_rows().filter(chosen);
            rows.map(|row| state.directory.id_at(row)).collect()
        };
        let mut report =
            GroupsReport { as_of, expression, customers: ids.len(), ..GroupsReport::default() };
        let step = ids.len().div_ceil(MOST).max(1);
        let mut known = Vec::with_capacity(ids.len().min(MOST));
        for (i, id) in ids.iter().step_by(step).enumerate() {
            if i.is_multiple_of(1_024) && cancel.is_cancelled() {
                return Err(Refusal::Cancelled);
            }
            if let Some((customer, _)) = records::get::<Customer>(&*self.engine, &id.key())? {
                known.push(what_is_known(customer, as_of));
            }
        }
        let Some((columns, choices)) = columns(&known) else { return Ok(report) };
        let rows = all_rows(&columns);
        let encoded = Encoder::learn(&columns, &rows).encode(&columns, &rows);
        let Ok(found) = cluster(&encoded, SEED) else { return Ok(report) };
        report.silhouette = found.silhouette;
        let mut groups: Vec<Group> = Vec::new();
        for number in 0..found.centres.len() {
            let is_in: Vec<bool> = found.of.iter().map(|g| *g as usize == number).collect();
            let members = known.iter().zip(&is_in).filter(|(_, i)| **i).map(|(k, _)| k.id);
            let members: Vec<CustomerId> = members.collect();
            if members.is_empty() {
                continue;
            }
            let signs = signs(&known, &is_in, &choices);
            let mut parts = vec![report.expression.clone()];
            parts.extend(signs.iter().map(|s| s.expression.clone()));
            groups.push(Group { members, expression: parts.join(" "), signs });
        }
        groups.sort_by_key(|g| std::cmp::Reverse(g.members.len()));
        report.groups = groups;
        if cancel.is_cancelled() { Err(Refusal::Cancelled) } else { Ok(report) }
    }
}

fn what_is_known(c: Customer, today: Day) -> Known {
    use Attribute as A;
    let age = c.birth.map_or(f64::NAN, |birth| f64::from(today.since(birth)) / 365.25);
    let gender = c.gender.map(|g| g.name().to_owned()).unwrap_or_default();
    let values = [
        (A::City, c.place.city),
        (A::Source, c.source),
        (A::CustomerKind, c.kind.name().to_owned()),
        (A::Gender, gender),
        (A::Language, c.language),
    ];
    Known { id: c.id, age, values }
}

/// The values of an attribute that are common enough to tell of.
type Choices = Vec<(usize, Vec<String>)>;

/// Columns for the grouping; `None` when there is nothing that differs.
fn columns(known: &[Known]) -> Option<(Vec<Column>, Choices)> {
    let mut columns = Vec::new();
    if known.iter().filter(|k| k.age.is_finite()).count() * 2 > known.len() {
        columns.push(Column::numbers("age", known.iter().map(|k| k.age).collect()));
    }
    let mut choices = Vec::new();
    for at in 0..known.first()?.values.len() {
        let value = |k: &Known| k.values.get(at).map(|(_, v)| v.clone()).unwrap_or_default();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for k in known {
            *counts.entry(value(k)).or_default() += 1;
        }
        let mut common: Vec<(String, usize)> =
            counts.into_iter().filter(|(v, n)| !v.is_empty() && n * RARE >= known.len()).collect();
        common.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        common.truncate(MOST_VALUES);
        let common: Vec<String> = common.into_iter().map(|(v, _)| v).collect();
        if common.len() < 2 {
            continue;
        }
        let name = known.first()?.values.get(at)?.0.name();
        let told: Vec<String> = known
            .iter()
            .map(|k| Some(value(k)).filter(|v| common.contains(v)).unwrap_or_default())
            .collect();
        columns.push(Column::choices(name, told.iter().map(String::as_str)));
        choices.push((at, common));
    }
    (!columns.is_empty()).then_some((columns, choices))
}

/// What is more common inside than outside: for each attribute its most telling value.
fn signs(known: &[Known], is_in: &[bool], choices: &Choices) -> Vec<Sign> {
    let mut found: Vec<Sign> = Vec::new();
    let shares = |has: &dyn Fn(&Known) -> bool| {
        let (mut inside, mut outside) = ((0_usize, 0_usize), (0_usize, 0_usize));
        for (k, is_in) in known.iter().zip(is_in) {
            let side = if *is_in { &mut inside } else { &mut outside };
            side.0 += usize::from(has(k));
            side.1 += 1;
        }
        let share = |(n, of): (usize, usize)| n as f64 / of.max(1) as f64;
        (share(inside), share(outside))
    };
    for (at, values) in choices {
        let best = values
            .iter()
            .map(|value| {
                let has = |k: &Known| k.values.get(*at).is_some_and(|(_, v)| v == value);
                let (inside, outside) = shares(&has);
                (inside - outside, inside, outside, value)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((more, inside, outside, value)) = best else { continue };
        let name = known.first().and_then(|k| k.values.get(*at)).map_or("", |(a, _)| a.name());
        if more >= DIFFERS && inside > 0.4 {
            let expression = format!("{name}={}", quoted(value));
            found.push(Sign { expression, inside, outside });
        }
    }
    for limit in [25.0, 30.0, 35.0, 40.0, 45.0, 50.0, 60.0] {
        for older in [true, false] {
            let has = |k: &Known| k.age.is_finite() && (k.age >= limit) == older;
            let (inside, outside) = shares(&has);
            // Nearly all of them, or the sign would leave out too many of its own.
            if inside >= 0.8 && inside - outside >= DIFFERS {
                let sign = if older { ">=" } else { "<" };
                found.push(Sign { expression: format!("age{sign}{limit}"), inside, outside });
            }
        }
    }
    found.sort_by(|a, b| (b.inside - b.outside).total_cmp(&(a.inside - a.outside)));
    // One sign of age is enough in each direction.
    let mut kept: Vec<Sign> = Vec::new();
    for sign in found {
        let same = |s: &Sign| {
            let head = |e: &str| e.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
            sign.expression.starts_with("age") && head(&s.expression) == head(&sign.expression)
        };
        if !kept.iter().any(same) {
            kept.push(sign);
        }
    }
    kept.truncate(MOST_SIGNS);
    kept
}

/// A value as the language reads it.
fn quoted(value: &str) -> String {
    let plain = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    if plain { value.to_owned() } else { format!("\"{}\"", value.replace('"', "")) }
}
