//! Loyalty programmes: who may earn, who does, what is owed, what it cost, and what members bring
//! before and after they joined and beside those who could earn and do not. Members choose to be such:
//! the difference is no proof of what a programme does, and the words say so.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::lists::parse_some;
use super::super::rows;
use super::super::{Cancel, Desk, Refusal, Who};
use super::people::Chosen;
use super::{ReportQuery, narrowed};
use crate::directory::Bits;
use crate::domain::programme::{Balance, balance};
use crate::domain::{CustomerId, Day, History, Points, Programme, ProgrammeId, Settings, Tier};
use crate::store::KeyRange;

/// Days that are looked at before and after joining, and what counts as a year.
const YEAR: i32 = 365;
/// Fewer days than these on either side say nothing of a year.
const LEAST: i32 = 90;
/// Rows between two looks at whether the answer is still wanted.
const LOOK: usize = 4_096;

/// All programmes, each followed by its tiers.
#[derive(Clone, Debug, Default)]
pub struct ProgrammesReport {
    pub as_of: Day,
    pub lines: Vec<ProgrammeLine>,
}

/// A programme, or those of its members who are in a tier. Money in minor units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProgrammeLine {
    pub name: String,
    /// `None` for all members.
    pub tier: Option<Tier>,
    /// Selects those who may earn; of a tier nobody can be selected.
    pub expression: String,
    pub eligible: usize,
    /// Have earned points.
    pub earning: usize,
    /// Points that can be redeemed, were redeemed, have lost their time.
    pub open: i64,
    pub redeemed: i64,
    pub lost: i64,
    /// What the open ones are worth, and what the redeemed ones were.
    pub liability: i64,
    pub cost: i64,
    /// Members with 90 days on both sides of their first points, and their mean margin of a year
    /// before and after that day.
    pub compared: usize,
    pub before: Option<i64>,
    pub after: Option<i64>,
    /// Mean margin of the last 365 days, of members, and of those who may earn, have bought and do not.
    pub with: Option<i64>,
    pub without: Option<i64>,
}

/// What one customer has in one programme.
struct Member {
    customer: CustomerId,
    programme: ProgrammeId,
    balance: Balance,
    joined: Day,
}

/// A programme while it is counted.
struct Count {
    programme: Programme,
    eligible: Option<Arc<Bits>>,
    all: Sums,
    tiers: Vec<Sums>,
}

/// Sums of some members.
#[derive(Clone, Copy, Default)]
struct Sums {
    earning: usize,
    open: i64,
    redeemed: i64,
    lost: i64,
    compared: usize,
    before: f64,
    after: f64,
    with: Mean,
    without: Mean,
}

#[derive(Clone, Copy, Default)]
struct Mean {
    sum: f64,
    n: usize,
}

impl Mean {
    fn add(&mut self, value: f64) {
        self.sum += value;
        self.n += 1;
    }

    fn of(self) -> Option<i64> {
        (self.n > 0).then(|| (self.sum / self.n as f64).round() as i64)
    }
}

impl Desk {
    pub(super) fn report_programmes(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<ProgrammesReport, Refusal> {
        let chosen = self.chosen(who, &query.expression)?;
        let today = self.day(who.now);
        let (mut counts, settings) = {
            let state = self.read();
            let count = |programme: &Programme| {
                let parsed = parse_some(&state, &programme.eligible).ok()?;
                let me = Some(who.agent.id);
                Some(Count {
                    eligible: parsed.map(|e| state.directory.eval(&e, today, me)),
                    all: Sums::default(),
                    tiers: vec![Sums::default(); programme.tiers.len()],
                    programme: programme.clone(),
                })
            };
            let all = state.definitions.programmes.iter().map(|kept| &kept.record);
            (all.filter_map(count).collect::<Vec<Count>>(), Arc::clone(&state.settings))
        };
        let members = self.members(&chosen, today, cancel)?;
        let mut of: HashMap<CustomerId, Vec<&Member>> = HashMap::new();
        for member in &members {
            of.entry(member.customer).or_default().push(member);
        }
        self.each_ledger(&chosen, cancel, &mut |id, ledger| {
            let history = &ledger.purchases;
            let mine = of.remove(&id).unwrap_or_default();
            let row = self.read().directory.row_of(id);
            let lately = margin(history, today.plus(1 - YEAR), today, &settings);
            for count in &mut counts {
                let member = mine.iter().find(|m| m.programme == count.programme.id);
                let may = match (&count.eligible, row) {
                    (None, _) => true,
                    (Some(set), Some(row)) => set.has(row),
                    _ => false,
                };
                match member {
                    Some(member) => count.add(member, history, lately, today, &settings),
                    None if may && history.first_sale().is_some() => count.all.without.add(lately),
                    None => {}
                }
            }
        })?;
        // Points of those who never bought are owed all the same.
        for member in of.into_values().flatten() {
            let count = counts.iter_mut().find(|c| c.programme.id == member.programme);
            if let Some(count) = count {
                count.all.points(&member.balance);
            }
        }
        let mut lines = Vec::new();
        for count in counts {
            let eligible = self.eligible(&count, &chosen);
            lines.extend(count.lines(eligible, &query.expression));
        }
        Ok(ProgrammesReport { as_of: today, lines })
    }

    /// All who ever earned points, by customer.
    fn members(
        &self,
        chosen: &Chosen,
        today: Day,
        cancel: &Cancel,
    ) -> Result<Vec<Member>, Refusal> {
        let mut members = Vec::new();
        let mut waiting: Vec<Points> = Vec::new();
        let mut take = |all: &mut Vec<Points>| {
            let mut programmes: Vec<ProgrammeId> = all.iter().map(|p| p.programme).collect();
            programmes.sort_unstable();
            programmes.dedup();
            for programme in programmes {
                let mine = || all.iter().filter(|p| p.programme == programme);
                let earned = mine().filter(|p| p.points > 0).map(|p| p.day);
                if let (Some(joined), Some(first)) = (earned.min(), all.first()) {
                    let balance = balance(mine(), today);
                    members.push(Member { customer: first.customer, programme, balance, joined });
                }
            }
            all.clear();
        };
        let mut seen = 0_usize;
        rows::read_all::<Points>(&*self.engine, KeyRange::all(), &mut |_, points, _| {
            seen += 1;
            if seen.is_multiple_of(LOOK) && cancel.is_cancelled() {
                return ControlFlow::Break(());
            }
            if waiting.first().is_some_and(|first| first.customer != points.customer) {
                take(&mut waiting);
            }
            if self.is_chosen(chosen, points.customer) {
                waiting.push(points);
            }
            ControlFlow::Continue(())
        })?;
        take(&mut waiting);
        if cancel.is_cancelled() { Err(Refusal::Cancelled) } else { Ok(members) }
    }

    fn eligible(&self, count: &Count, chosen: &Chosen) -> usize {
        match (&count.eligible, chosen) {
            (None, Chosen::All) => self.read().directory.len(),
            (None, Chosen::Some(set)) | (Some(set), Chosen::All) => set.count(),
            (Some(set), Chosen::Some(other)) => set.common(other),
        }
    }
}

impl Count {
    fn add(
        &mut self,
        member: &Member,
        history: &History,
        lately: f64,
        today: Day,
        settings: &Settings,
    ) {
        let spent: i64 = {
            let days = history.days.iter().filter(|d| d.day > today.plus(-YEAR) && d.day <= today);
            days.fold(0, |sum: i64, d| sum.saturating_add(d.revenue))
        };
        let tier = self.programme.tiers.iter().rposition(|tier| spent >= tier.threshold);
        let tier = tier.and_then(|at| self.tiers.get_mut(at));
        let sides = around(history, member.joined, today, settings);
        for sums in std::iter::once(&mut self.all).chain(tier) {
            sums.points(&member.balance);
            sums.with.add(lately);
            if let Some((before, after)) = sides {
                sums.compared += 1;
                sums.before += before;
                sums.after += after;
            }
        }
    }

    fn lines(&self, eligible: usize, expression: &str) -> Vec<ProgrammeLine> {
        let programme = &self.programme;
        let line = |sums: &Sums, tier: Option<&Tier>| {
            let mean =
                |sum: f64| (sums.compared > 0).then(|| (sum / sums.compared as f64).round() as i64);
            ProgrammeLine {
                name: programme.name.clone(),
                tier: tier.cloned(),
                expression: if tier.is_some() {
                    String::new()
                } else {
                    narrowed(expression, &programme.eligible)
                },
                eligible,
                earning: sums.earning,
                open: sums.open,
                redeemed: sums.redeemed,
                lost: sums.lost,
                liability: sums.open.saturating_mul(programme.point_value),
                cost: sums.redeemed.saturating_mul(programme.point_value),
                compared: sums.compared,
                before: mean(sums.before),
                after: mean(sums.after),
                with: sums.with.of(),
                without: sums.without.of(),
            }
        };
        let tiers = self.tiers.iter().zip(&programme.tiers);
        let tiers = tiers.map(|(sums, tier)| line(sums, Some(tier)));
        std::iter::once(line(&self.all, None)).chain(tiers).collect()
    }
}

impl Sums {
    fn points(&mut self, balance: &Balance) {
        self.earning += 1;
        self.open += balance.points;
        self.redeemed += balance.redeemed;
        self.lost += balance.lost;
    }
}

/// Margin of a year before and after a day, minor units; `None` where either side is too short.
fn around(history: &History, joined: Day, today: Day, settings: &Settings) -> Option<(f64, f64)> {
    let from = history.first_sale()?.max(joined.plus(-YEAR));
    let until = today.min(joined.plus(YEAR));
    let (before, after) = (joined.since(from), until.since(joined));
    if before < LEAST || after < LEAST {
        return None;
    }
    let year = |sum: f64, days: i32| sum / f64::from(days) * f64::from(YEAR);
    let sum = |from: Day, until: Day| margin(history, from, until, settings);
    Some((year(sum(from, joined.plus(-1)), before), year(sum(joined.plus(1), until), after)))
}

/// What the days from one to another earned, minor units: revenue less the cost of the goods, or the
/// usual margin where no cost is known, less what was sent back.
fn margin(history: &History, from: Day, until: Day, settings: &Settings) -> f64 {
    let days = history.days.iter().filter(|d| d.day >= from && d.day <= until);
    days.map(|d| {
        let gross = if d.cost > 0 {
            (d.revenue - d.cost) as f64
        } else {
            d.revenue as f64 * settings.margin
        };
        gross - d.returned as f64
    })
    .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DayTotal;

    #[test]
    fn a_year_is_told_of_ninety_days_on_both_sides() {
        let settings = Settings { margin: 0.5, ..Settings::default() };
        let mut history = History::default();
        for day in (0..400).step_by(10) {
            // Twice as much from day 200 on.
            let revenue = if day < 200 { 100 } else { 200 };
            history.add(DayTotal { day: Day(day), sales: 1, revenue, ..DayTotal::default() });
        }
        for (joined, today, told) in [
            (200, 400, true),
            (89, 400, false),  // 89 days before
            (200, 289, false), // 89 days after
            (200, 290, true),
        ] {
            let found = around(&history, Day(joined), Day(today), &settings);
            assert_eq!(found.is_some(), told, "{joined} {today}");
        }
        let (before, after) = around(&history, Day(200), Day(400), &settings).unwrap();
        // 20 days of 50 in 200 days; 19 days of 100 in 200 days, the day of joining left out.
        assert!((before - 20.0 * 50.0 / 200.0 * 365.0).abs() < 1e-9, "{before}");
        assert!((after - 19.0 * 100.0 / 200.0 * 365.0).abs() < 1e-9, "{after}");
    }
}
