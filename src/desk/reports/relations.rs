//! How deep relations are: what winning back costs and brings, and relations year by year.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::super::rows;
use super::super::{Cancel, Desk, Refusal, Who};
use super::{ReportQuery, narrowed};
use crate::domain::{Day, History, Ledger, WinBack, WinBackState};
use crate::store::{KeyRange, records};

/// Years a report of relations looks back.
const YEARS: i32 = 5;
/// Days of a year of a report.
const YEAR: i32 = 365;

/// How far it is with those who left, by state.
#[derive(Clone, Debug)]
pub struct WinBackLine {
    pub state: WinBackState,
    /// Selects them.
    pub expression: String,
    pub customers: usize,
    /// What it cost to call them, minor units.
    pub cost: i64,
    /// What they spent since they returned, minor units.
    pub revenue: i64,
    /// Median days they have been, or were, in this state.
    pub days: Option<i32>,
}

/// The winning back in sum.
#[derive(Clone, Debug, Default)]
pub struct WinBackReport {
    pub as_of: Day,
    pub lines: Vec<WinBackLine>,
}

impl WinBackReport {
    /// Part of those tried who returned, 0 to 1; `None` when nobody was tried to an end.
    pub fn returned(&self) -> Option<f64> {
        let of = |state| {
            self.lines.iter().find(|l: &&WinBackLine| l.state == state).map_or(0, |l| l.customers)
        };
        let back = of(WinBackState::Returned);
        let ended = back + of(WinBackState::Closed);
        (ended > 0).then(|| back as f64 / ended as f64)
    }
}

/// Relations in one year: of those who bought in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelationYear {
    pub from: Day,
    pub until: Day,
    pub customers: usize,
    /// Mean weeks from the first purchase of all to the last in the year.
    pub weeks: f64,
    /// Mean days of buying in the year.
    pub purchases: f64,
    /// Mean spend in the year, minor units.
    pub spent: f64,
    /// Selects them; empty when the report is of another day than today.
    pub expression: String,
}

/// Relations year by year, the oldest first: lengthening or shrinking, deepening or not.
#[derive(Clone, Debug, Default)]
pub struct RelationsReport {
    pub years: Vec<RelationYear>,
}

impl Desk {
    /// How far it is with those who left, what it cost, what came of it.
    pub(super) fn report_win_back(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<WinBackReport, Refusal> {
        let chosen = self.chosen(who, &query.expression)?;
        if cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        let today = self.day(who.now);
        let mut by_state: BTreeMap<WinBackState, (usize, i64, i64, Vec<i32>)> = BTreeMap::new();
        let mut found = Vec::new();
        rows::read_all::<WinBack>(&*self.engine, KeyRange::all(), &mut |_, w, _| {
            found.push(w);
            ControlFlow::Continue(())
        })?;
        for w in found {
            if cancel.is_cancelled() {
                return Err(Refusal::Cancelled);
            }
            if !self.is_chosen(&chosen, w.customer) {
                continue;
            }
            let revenue = if w.state == WinBackState::Returned {
                let read = records::get::<Ledger>(&*self.engine, &w.customer.key())?;
                read.map_or(0, |(ledger, _)| spent_since(&ledger.purchases, w.since))
            } else {
                0
            };
            let line = by_state.entry(w.state).or_default();
            line.0 += 1;
            line.1 = line.1.saturating_add(w.cost);
            line.2 = line.2.saturating_add(revenue);
            line.3.push(today.since(w.since).max(0));
        }
        let lines = WinBackState::ALL.iter().map(|state| {
            let (customers, cost, revenue, days) = by_state.remove(state).unwrap_or_default();
            let expression = narrowed(&query.expression, &format!("winback:{state}"));
            let days = median(days);
            WinBackLine { state: *state, expression, customers, cost, revenue, days }
        });
        Ok(WinBackReport { as_of: today, lines: lines.collect() })
    }

    /// Relations of those who bought, year by year back from the day of the report.
    pub(super) fn report_relations(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<RelationsReport, Refusal> {
        let chosen = self.chosen(who, &query.expression)?;
        let end = query.as_of.unwrap_or_else(|| self.day(who.now));
        let mut years: Vec<RelationYear> = (0..YEARS)
            .rev()
            .map(|ago| RelationYear {
                from: end.plus(-YEAR * (ago + 1) + 1),
                until: end.plus(-YEAR * ago),
                ..RelationYear::default()
            })
            .collect();
        let all = KeyRange::all();
        rows::read_all::<Ledger>(&*self.engine, all, &mut |key, ledger, _| {
            let id = rows::customer_at(key).unwrap_or_default();
            if self.is_chosen(&chosen, id) {
                for year in &mut years {
                    add_year(year, &ledger.purchases);
                }
            }
            if cancel.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        if cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        for year in &mut years {
            let n = year.customers.max(1) as f64;
            year.weeks /= n;
            year.purchases /= n;
            year.spent /= n;
            if query.as_of.is_none() {
                let within = format!("bought_in:{}..{}", year.from, year.until);
                year.expression = narrowed(&query.expression, &within);
            }
        }
        years.retain(|year| year.customers > 0);
        Ok(RelationsReport { years })
    }
}

/// Adds what one customer did in a year, in sum; days that were folded are not known singly.
fn add_year(year: &mut RelationYear, history: &History) {
    let within = history.days.iter().filter(|d| d.day >= year.from && d.day <= year.until);
    let (mut days, mut spent, mut last) = (0_u32, 0_i64, Day::NEVER);
    for day in within.filter(|d| d.sales > 0) {
        days += 1;
        spent = spent.saturating_add(day.revenue);
        last = day.day;
    }
    if let Some(first) = history.first_sale().filter(|_| days > 0) {
        year.customers += 1;
        year.weeks += f64::from(last.since(first)) / 7.0;
        year.purchases += f64::from(days);
        year.spent += spent as f64;
    }
}

fn spent_since(history: &History, day: Day) -> i64 {
    let since = history.days.iter().filter(|d| d.day >= day);
    since.fold(0, |sum: i64, d| sum.saturating_add(d.revenue))
}

pub(super) fn median(mut all: Vec<i32>) -> Option<i32> {
    let at = all.len() / 2;
    (!all.is_empty()).then(|| *all.select_nth_unstable(at).1)
}
