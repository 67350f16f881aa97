//! Value: how it is spread, which tiers bring what, and who is loyal and who is profitable.

use super::super::{Cancel, Desk, Refusal, Who};
use super::people::Person;
use super::{Mark, ReportQuery, between, major, narrowed};
use crate::domain::names::named_enum;
use crate::domain::{Attribute, Day};

named_enum! {
    /// A row of the loyalty x profit grid.
    pub enum Loyal {
        /// With us by two chances in three, and for a year or more: one who buys at random has then
        /// a loyalty index of one half (see `insight::loyalty`).
        Loyal = "loyal",
        /// With us as likely, for less than a year.
        New = "new",
        /// May have left.
        Drifting = "drifting",
    }
}

named_enum! {
    /// A column of the loyalty x profit grid.
    pub enum Profit {
        /// Expected to bring more than half of those who bring anything.
        High = "high",
        /// Expected to bring something.
        Low = "low",
        /// Expected to cost more than they bring.
        None = "none",
    }
}

/// Customers whose value lies from `from` up to `to`.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    pub from: Option<i64>,
    pub to: Option<i64>,
    pub mark: Mark,
}

/// A tier by what was spent: the top `from` to `to` percent of the buyers.
#[derive(Clone, Debug, Default)]
pub struct Tier {
    pub from: u8,
    pub to: u8,
    /// The least that one of the tier spent.
    pub least: i64,
    pub mark: Mark,
}

/// How value is spread over the customers who bought.
#[derive(Clone, Debug, Default)]
pub struct ValueReport {
    pub as_of: Day,
    /// The bars are of expected residual value; of what was spent where nobody is scored.
    pub scored: bool,
    pub bars: Vec<Bar>,
    pub tiers: Vec<Tier>,
    /// The few who bring the most, where a larger group would add less than its share.
    pub few: Mark,
    /// `grid[loyal][profit]` in the order of the enums; empty marks where nobody is scored.
    pub grid: [[Mark; 3]; 3],
    pub total: Mark,
}

/// With us.
const ALIVE: f32 = 0.67;
/// A year, in days.
const YEAR: i32 = 365;
/// Where tiers end, in percent from the top.
const TIERS: [(u8, u8); 4] = [(0, 5), (5, 20), (20, 50), (50, 100)];
/// Most bars of the distribution.
const MOST_BARS: usize = 12;

impl Desk {
    pub(super) fn report_value(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<ValueReport, Refusal> {
        let as_of = self.report_day(who, query);
        let per_major = self.read().settings.currency.minor_per_major();
        let mut people = self.people(who, query, cancel)?;
        people.retain(|p| p.days > 0);
        let says = |condition: String| match query.as_of {
            None => narrowed(&query.expression, &condition),
            Some(_) => String::new(),
        };
        let mut report = ValueReport {
            as_of,
            scored: people.iter().any(|p| p.value.is_some()),
            ..ValueReport::default()
        };
        for person in &people {
            report.total.add(person);
        }
        report.bars = bars(&people, report.scored, per_major, &says);
        if report.scored {
            grid(&people, as_of, per_major, &says, &mut report.grid);
        }
        if cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        people.sort_unstable_by_key(|p| (std::cmp::Reverse(p.spent), p.id));
        report.tiers = tiers(&people, per_major, &says);
        report.few = few(&people, report.total.margin, per_major, &says);
        Ok(report)
    }
}

/// Bars whose ends are round amounts: 1, 2 and 5 times powers of ten of a major unit.
fn bars(
    people: &[Person],
    scored: bool,
    per_major: i64,
    says: &dyn Fn(String) -> String,
) -> Vec<Bar> {
    let of = |p: &Person| if scored { p.value } else { Some(p.spent) };
    let mut values: Vec<i64> = people.iter().filter_map(of).collect();
    values.sort_unstable();
    let at = |share: f64| values.get((values.len() as f64 * share) as usize).copied();
    let (Some(low), Some(high)) = (at(0.02), at(0.98)) else { return Vec::new() };
    let mut ends: Vec<i64> = Vec::new();
    let mut power = per_major;
    'all: while power <= i64::MAX / 10 {
        for times in [1, 2, 5] {
            let end = power * times;
            if end > high.max(per_major) {
                ends.push(end);
                break 'all;
            }
            if end >= low {
                ends.push(end);
            }
        }
        power *= 10;
    }
    // Where the values span many powers, every other end goes.
    while ends.len() >= MOST_BARS {
        ends = ends.into_iter().step_by(2).collect();
    }
    let field = if scored { Attribute::Value } else { Attribute::Spent };
    let mut bars: Vec<Bar> = (0..=ends.len())
        .map(|i| {
            let (from, to) =
                (i.checked_sub(1).and_then(|i| ends.get(i)).copied(), ends.get(i).copied());
            let text = |end: Option<i64>| end.map(|end| major(end, per_major));
            let condition = between(field, text(from).as_deref(), text(to).as_deref());
            Bar { from, to, mark: Mark { expression: says(bought(condition)), ..Mark::default() } }
        })
        .collect();
    for person in people {
        let Some(value) = of(person) else { continue };
        let place = ends.partition_point(|end| *end <= value);
        if let Some(bar) = bars.get_mut(place) {
            bar.mark.add(person);
        }
    }
    bars
}

/// Those who never bought spent nothing, and belong to no bar and no tier.
fn bought(condition: String) -> String {
    if condition.contains("spent>=") || condition.contains("value") {
        condition
    } else if condition.is_empty() {
        "purchases>=1".to_owned()
    } else {
        format!("{condition} purchases>=1")
    }
}

/// `people` from the largest spender down; equal spenders are of one tier.
fn tiers(people: &[Person], per_major: i64, says: &dyn Fn(String) -> String) -> Vec<Tier> {
    let mut tiers = Vec::new();
    let mut from = 0;
    for (first, last) in TIERS {
        let until = (people.len() * usize::from(last)).div_ceil(100);
        let mut until = until.max(from);
        while until < people.len()
            && until > 0
            && people.get(until).map(|p| p.spent) == people.get(until - 1).map(|p| p.spent)
        {
            until += 1;
        }
        let members = people.get(from..until).unwrap_or_default();
        let Some(least) = members.last().map(|p| p.spent) else { continue };
        let above = from.checked_sub(1).and_then(|i| people.get(i)).map(|p| p.spent);
        let text = |end: i64| major(end, per_major);
        let low = (last < 100).then(|| text(least));
        let condition = between(Attribute::Spent, low.as_deref(), above.map(text).as_deref());
        let mut mark = Mark { expression: says(bought(condition)), ..Mark::default() };
        for person in members {
            mark.add(person);
        }
        tiers.push(Tier { from: first, to: last, least, mark });
        from = until;
    }
    tiers
}

/// The group from the top whose share of the margin is furthest above its share of the customers.
fn few(people: &[Person], margin: i64, per_major: i64, says: &dyn Fn(String) -> String) -> Mark {
    if margin <= 0 {
        return Mark::default();
    }
    let (mut sum, mut best) = (0_i64, (f64::NEG_INFINITY, 0));
    for (i, person) in people.iter().enumerate() {
        sum = sum.saturating_add(person.margin);
        let is_last = people.get(i + 1).is_none_or(|next| next.spent != person.spent);
        let above = sum as f64 / margin as f64 - (i + 1) as f64 / people.len() as f64;
        if is_last && above > best.0 {
            best = (above, i + 1);
        }
    }
    let members = people.get(..best.1).unwrap_or_default();
    let Some(least) = members.last() else { return Mark::default() };
    let low = major(least.spent, per_major);
    let condition = between(Attribute::Spent, Some(&low), None);
    let mut mark = Mark { expression: says(condition), ..Mark::default() };
    for person in members {
        mark.add(person);
    }
    mark
}

fn grid(
    people: &[Person],
    as_of: Day,
    per_major: i64,
    says: &dyn Fn(String) -> String,
    grid: &mut [[Mark; 3]; 3],
) {
    let mut positive: Vec<i64> = people.iter().filter_map(|p| p.value).filter(|v| *v > 0).collect();
    let middle = positive.len() / 2;
    let median = if positive.is_empty() { 1 } else { *positive.select_nth_unstable(middle).1 };
    let half = major(median, per_major);
    for (l, row) in Loyal::ALL.iter().zip(grid.iter_mut()) {
        for (p, cell) in Profit::ALL.iter().zip(row.iter_mut()) {
            let loyal = match l {
                Loyal::Loyal => format!("alive>=67% first>={YEAR}d"),
                Loyal::New => format!("alive>=67% first<{YEAR}d"),
                Loyal::Drifting => "alive<67%".to_owned(),
            };
            let profit = match p {
                Profit::High => format!("value>={half}"),
                Profit::Low => format!("value>0 value<{half}"),
                Profit::None => "value<=0".to_owned(),
            };
            cell.expression = says(format!("{loyal} {profit}"));
        }
    }
    for person in people {
        let (Some(alive), Some(value)) = (person.alive, person.value) else { continue };
        let row = match (alive >= ALIVE, as_of.since(person.first) >= YEAR) {
            (true, true) => 0,
            (true, false) => 1,
            (false, _) => 2,
        };
        let column = if value >= median { 0 } else { usize::from(value <= 0) + 1 };
        if let Some(cell) = grid.get_mut(row).and_then(|row| row.get_mut(column)) {
            cell.add(person);
        }
    }
}
