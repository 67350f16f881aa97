//! What customers need, as recorded in talks: how many, how much it matters, how well it is met, among all
//! and in each saved segment.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::lists::{expression_of, parse_some};
use super::super::{Cancel, Desk, Refusal, Who, rows};
use super::{Among, ReportQuery, narrowed};
use crate::directory::Bits;
use crate::domain::expression::{Attribute, as_value};
use crate::domain::{CustomerId, Day, Expression, Fact, FactKind};
use crate::store::KeyRange;
use crate::text::fold;

/// Needs told, the most common.
const MOST: usize = 60;
/// Facts between two looks at whether the answer is still wanted.
const LOOK: usize = 4_096;
/// Marks up to this one say that a need is hardly met.
const HARDLY: u8 = 2;

/// Needs by how many have them; after each among all, the same in the segments.
#[derive(Clone, Debug, Default)]
pub struct NeedsReport {
    pub as_of: Day,
    pub rows: Vec<NeedRow>,
}

/// A need among some customers.
#[derive(Clone, Debug, Default)]
pub struct NeedRow {
    /// As it is recorded most often.
    pub need: String,
    pub among: Among,
    /// Those who have it.
    pub customers: usize,
    /// Part of the group they are, 0 to 1.
    pub share: f64,
    /// Mean importance, 1 to 5, of those who said.
    pub importance: Option<f64>,
    /// How well it is met in the mean, 1 to 5, of those who said.
    pub met: Option<f64>,
    /// Those to whom it is hardly met.
    pub unmet: usize,
    /// Expected residual value of those who have it, minor units.
    pub worth: i64,
    /// Active offers that meet it.
    pub offers: usize,
    pub expression: String,
}

/// Importance and how well it is met of one customer's need; 0 is not said.
#[derive(Clone, Copy, Default)]
struct Said {
    importance: u8,
    met: u8,
}

/// A need before it is summed up.
#[derive(Default)]
struct Found {
    spellings: BTreeMap<String, usize>,
    holders: HashMap<CustomerId, Said>,
}

/// The mean of the marks that were given.
fn mean(marks: impl Iterator<Item = u8>) -> Option<f64> {
    let (mut sum, mut count) = (0_u64, 0_u64);
    for mark in marks.filter(|mark| *mark > 0) {
        sum += u64::from(mark);
        count += 1;
    }
    (count > 0).then(|| sum as f64 / count as f64)
}

/// The need as a test of the segment language.
fn condition(need: &str) -> String {
    format!("{}:{}", Attribute::Need.name(), as_value(need))
}

impl Desk {
    pub(super) fn report_needs(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<NeedsReport, Refusal> {
        let found = self.needs_of(&query.expression, who, cancel)?;
        let state = self.read();
        let as_of = state.scoring_day(Self::day_in(&state.settings, who.now));
        let set = |expression: &str| -> Option<Arc<Bits>> {
            let parsed = parse_some(&state, expression).ok()?.unwrap_or(Expression::All);
            Some(state.directory.eval(&parsed, as_of, Some(who.agent.id)))
        };
        let all = (Among::All, query.expression.clone());
        let segments = state.segments.iter().map(|kept| &kept.record);
        let segments = segments.map(|segment| {
            let rule = narrowed(&query.expression, &expression_of(segment));
            (Among::Segment(segment.name.clone()), rule)
        });
        let groups: Vec<(Among, String, Arc<Bits>)> = std::iter::once(all)
            .chain(segments)
            .filter_map(|(among, rule)| set(&rule).map(|set| (among, rule, set)))
            .collect();
        let offers = state.definitions.offers.iter().map(|kept| &kept.record);
        let met_by: Vec<String> =
            offers.filter(|offer| offer.active).map(|offer| fold(&offer.need)).collect();
        let mut told = Vec::new();
        for need in found {
            if cancel.is_cancelled() {
                return Err(Refusal::Cancelled);
            }
            let spelt = need.spellings.iter().max_by_key(|(_, times)| **times);
            let Some((name, _)) = spelt else { continue };
            let folded = fold(name);
            let offers = met_by.iter().filter(|need| **need == folded).count();
            let row = |id: &CustomerId| state.directory.row_of(*id);
            let holders = need.holders.iter().filter_map(|(id, said)| Some((row(id)?, *said)));
            let holders: Vec<(u32, Said)> = holders.collect();
            for (among, rule, set) in &groups {
                let inside = holders.iter().copied().filter(|(row, _)| set.has(*row));
                let inside: Vec<(u32, Said)> = inside.collect();
                if inside.is_empty() {
                    continue;
                }
                let values = inside.iter().map(|(row, _)| state.directory.figures(*row).value);
                told.push(NeedRow {
                    need: name.clone(),
                    among: among.clone(),
                    customers: inside.len(),
                    share: inside.len() as f64 / set.count().max(1) as f64,
                    importance: mean(inside.iter().map(|(_, said)| said.importance)),
                    met: mean(inside.iter().map(|(_, said)| said.met)),
                    unmet: inside.iter().filter(|(_, s)| (1..=HARDLY).contains(&s.met)).count(),
                    worth: values.flatten().fold(0, i64::saturating_add),
                    offers,
                    expression: narrowed(rule, &condition(name)),
                });
            }
        }
        Ok(NeedsReport { as_of, rows: told })
    }

    /// The most common needs of some customers.
    fn needs_of(
        &self,
        expression: &str,
        who: &Who,
        cancel: &Cancel,
    ) -> Result<Vec<Found>, Refusal> {
        let chosen = self.chosen(who, expression)?;
        let mut found: HashMap<String, Found> = HashMap::new();
        let mut seen = 0_usize;
        rows::read_all::<Fact>(&*self.engine, KeyRange::all(), &mut |_, fact, _| {
            seen += 1;
            if seen.is_multiple_of(LOOK) && cancel.is_cancelled() {
                return ControlFlow::Break(());
            }
            if fact.kind == FactKind::Need && self.is_chosen(&chosen, fact.customer) {
                let need = found.entry(fold(&fact.text)).or_default();
                *need.spellings.entry(fact.text.trim().to_owned()).or_default() += 1;
                let said = need.holders.entry(fact.customer).or_default();
                // Who said it twice holds it once; what was said last counts.
                *said = Said {
                    importance: if fact.strength > 0 { fact.strength } else { said.importance },
                    met: if fact.met > 0 { fact.met } else { said.met },
                };
            }
            ControlFlow::Continue(())
        })?;
        if cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        let mut all: Vec<(String, Found)> = found.into_iter().collect();
        all.sort_by(|a, b| b.1.holders.len().cmp(&a.1.holders.len()).then(a.0.cmp(&b.0)));
        all.truncate(MOST);
        Ok(all.into_iter().map(|(_, need)| need).collect())
    }
}
