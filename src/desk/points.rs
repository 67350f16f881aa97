//! Points of the loyalty programmes: earned with purchases by those who take part, redeemed in a call,
//! lost when their day comes; and what the programmes owe and cost. What is lost is never written: it
//! follows from the days.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::directory::Bits;
use crate::domain::programme::{Balance, balance};
use crate::domain::{
    CustomerId, Day, Field, History, Invalid, Points, PointsId, Problem, Programme, ProgrammeId,
    Purchase, PurchaseId, PurchaseKind, Role,
};
use crate::store::{Expect, KeyRange, Table};

use super::lists::parse_some;
use super::plan::Plan;
use super::question::Membership;
use super::rows;
use super::state::State;
use super::{Cancel, Deed, Desk, Notice, Refusal, Tally, Who};

/// Days in which what was spent counts for a tier.
const TIER_DAYS: i32 = 365;

/// A programme in which points are earned, and who takes part, as it was when it was looked up.
pub(super) struct Earning {
    programme: Programme,
    /// `None` for everyone.
    eligible: Option<Arc<Bits>>,
}

impl Earning {
    fn takes_in(&self, row: Option<u32>) -> bool {
        let Some(set) = &self.eligible else { return true };
        row.is_some_and(|row| set.has(row))
    }

    /// What a purchase earns; what is sent back takes points away again.
    fn points(&self, purchase: &Purchase, who: &Who) -> Option<Points> {
        let earned = self.programme.earned(purchase.amount());
        let points = if purchase.kind == PurchaseKind::Sale { earned } else { -earned };
        let expires = self.programme.expires_days.filter(|_| points > 0);
        (points != 0).then(|| Points {
            id: PointsId(0),
            customer: purchase.customer,
            programme: self.programme.id,
            points,
            day: purchase.day,
            expires: expires.map(|days| purchase.day.plus(i32::from(days))),
            purchase: Some(purchase.id),
            interaction: None,
            note: String::new(),
            by: who.agent.id,
        })
    }
}

impl State {
    /// The programmes in which points are earned, each with those who take part today.
    pub fn earning(&self, today: Day) -> Vec<Earning> {
        let programmes = self.definitions.programmes.iter().map(|kept| &kept.record);
        let earns = programmes.filter(|p| p.active && p.spend_per_point > 0);
        let look = |programme: &Programme| {
            let parsed = parse_some(self, &programme.eligible).ok()?;
            let eligible = parsed.map(|e| self.directory.eval(&e, today, None));
            Some(Earning { programme: programme.clone(), eligible })
        };
        earns.filter_map(look).collect()
    }
}

impl Desk {
    /// The points that purchases earn just now, with identities of their own.
    pub(super) fn points_for<'p>(
        &self,
        who: &Who,
        earning: &[Earning],
        purchases: impl Iterator<Item = &'p Purchase>,
    ) -> Result<Vec<Points>, Refusal> {
        let mut all: Vec<Points> = Vec::new();
        if earning.is_empty() {
            return Ok(all);
        }
        for purchase in purchases {
            let row = self.read().directory.row_of(purchase.customer);
            let taking = earning.iter().filter(|e| e.takes_in(row));
            all.extend(taking.filter_map(|e| e.points(purchase, who)));
        }
        if !all.is_empty() {
            let ids = self.engine.reserve(Table::Points, all.len() as u64)?;
            for (points, id) in all.iter_mut().zip(ids) {
                points.id = PointsId(id);
            }
        }
        Ok(all)
    }

    /// The points of a new purchase, as writes of its plan.
    pub(super) fn earn(
        &self,
        who: &Who,
        purchase: &Purchase,
        plan: &mut Plan,
    ) -> Result<(), Refusal> {
        let earning = {
            let state = self.read();
            state.earning(Self::day_in(&state.settings, who.now))
        };
        for points in self.points_for(who, &earning, std::iter::once(purchase))? {
            plan.put(&points, Expect::Absent)?;
        }
        Ok(())
    }

    /// Gives points for all purchases since the beginning that have earned none yet, to those who take
    /// part today.
    pub(super) fn accrue(&self, who: &Who) -> Result<Notice, Refusal> {
        who.needs(Role::Supervisor)?;
        let earning = {
            let state = self.read();
            state.earning(Self::day_in(&state.settings, who.now))
        };
        let mut tally = Tally::default();
        let mut plan = Plan::new("points");
        for one in &earning {
            let mut had: HashSet<PurchaseId> = HashSet::new();
            rows::read_all::<Points>(&*self.engine, KeyRange::all(), &mut |_, points, _| {
                if points.programme == one.programme.id {
                    had.extend(points.purchase);
                }
                ControlFlow::Continue(())
            })?;
            let mut new: Vec<Points> = Vec::new();
            let mut same = 0;
            rows::read_all::<Purchase>(&*self.engine, KeyRange::all(), &mut |_, purchase, _| {
                let row = self.read().directory.row_of(purchase.customer);
                if had.contains(&purchase.id) {
                    same += 1;
                } else if one.takes_in(row) {
                    new.extend(one.points(&purchase, who));
                }
                ControlFlow::Continue(())
            })?;
            tally.same += same;
            tally.added += new.len();
            let ids = self.engine.reserve(Table::Points, new.len().max(1) as u64)?;
            for (mut points, id) in new.into_iter().zip(ids) {
                points.id = PointsId(id);
                plan.put(&points, Expect::Absent)?;
            }
        }
        let deed = Deed::Closed { label: plan.label.clone(), tally };
        if plan.writes.is_empty() {
            let applied = self.read().applied;
            return Ok(Self::notice(who, applied, crate::domain::GestureId::default(), deed));
        }
        self.perform_in_parts(who, plan, deed)
    }

    /// Redeems points of a customer; never more than there are.
    pub(super) fn redeem(
        &self,
        who: &Who,
        customer: CustomerId,
        programme: ProgrammeId,
        points: i64,
        note: &str,
    ) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let (record, revision) = self.customer(customer)?;
            let today = self.day(who.now);
            if self.read().definitions.programme(programme).is_none() {
                return Err(super::calls::not_found("programme", programme.0));
            }
            let all = self.points_of(customer)?;
            let there = balance(all.iter().filter(|p| p.programme == programme), today).points;
            if points < 1 || points > there {
                let problem = Problem::OutOfRange { from: 1, to: there };
                return Err(Invalid { field: Field::Points, problem }.into());
            }
            let id = self.engine.reserve(Table::Points, 1).map(|ids| PointsId(ids.start))?;
            let mut plan = Plan::new("redeem");
            let row = Points {
                id,
                customer,
                programme,
                points: -points,
                day: today,
                expires: None,
                purchase: None,
                interaction: None,
                note: note.to_owned(),
                by: who.agent.id,
            };
            plan.put(&row, Expect::Absent)?;
            // Touched, so that two who redeem at once do not both take the last points.
            plan.put(&record, Expect::Revision(revision))?;
            Ok((plan, Deed::Noted { customer, name: record.name }))
        })
    }

    pub(super) fn points_of(&self, customer: CustomerId) -> Result<Vec<Points>, Refusal> {
        let all = rows::children::<Points>(&*self.engine, customer)?;
        Ok(all.into_iter().map(|(points, _)| points).collect())
    }

    /// Where a customer stands in each programme that is open to them or in which they have points.
    pub(super) fn memberships(
        &self,
        customer: CustomerId,
        history: &History,
        today: Day,
    ) -> Result<Vec<Membership>, Refusal> {
        let programmes: Vec<Programme> = {
            let state = self.read();
            state.definitions.programmes.iter().map(|kept| kept.record.clone()).collect()
        };
        if programmes.is_empty() {
            return Ok(Vec::new());
        }
        let all = self.points_of(customer)?;
        let spent = spent_lately(history, today);
        let state = self.read();
        let row = state.directory.row_of(customer);
        let mut found = Vec::new();
        for programme in programmes {
            let mine = all.iter().filter(|p| p.programme == programme.id);
            let is_open = programme.active
                && match (parse_some(&state, &programme.eligible), row) {
                    (Ok(None), _) => true,
                    (Ok(Some(e)), Some(row)) => state.directory.matches(&e, row, today, None),
                    _ => false,
                };
            let balance = balance(mine.clone(), today);
            if !is_open && mine.count() == 0 {
                continue;
            }
            found.push(Membership {
                tier: programme.tier(spent).filter(|_| is_open).cloned(),
                worth: balance.points.saturating_mul(programme.point_value),
                programme,
                balance,
                spent,
            });
        }
        Ok(found)
    }

    /// What the programmes owe and cost.
    pub fn programmes_report(
        &self,
        who: &Who,
        cancel: &Cancel,
    ) -> Result<Vec<ProgrammeRow>, Refusal> {
        let today = self.day(who.now);
        let mut sums: BTreeMap<ProgrammeId, ProgrammeRow> = {
            let state = self.read();
            let rows = state.definitions.programmes.iter().map(|kept| {
                let programme = kept.record.clone();
                (programme.id, ProgrammeRow { programme, ..ProgrammeRow::default() })
            });
            rows.collect()
        };
        let mut waiting: Vec<Points> = Vec::new();
        let mut sum_up = |all: &mut Vec<Points>| {
            for (id, row) in &mut sums {
                let mine: Vec<&Points> = all.iter().filter(|p| p.programme == *id).collect();
                if !mine.is_empty() {
                    row.add(&balance(mine.into_iter(), today));
                }
            }
            all.clear();
        };
        let mut seen = 0_usize;
        rows::read_all::<Points>(&*self.engine, KeyRange::all(), &mut |_, points, _| {
            seen += 1;
            if seen.is_multiple_of(4_096) && cancel.is_cancelled() {
                return ControlFlow::Break(());
            }
            if waiting.first().is_some_and(|first| first.customer != points.customer) {
                sum_up(&mut waiting);
            }
            waiting.push(points);
            ControlFlow::Continue(())
        })?;
        sum_up(&mut waiting);
        if cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        Ok(sums.into_values().collect())
    }
}

/// A programme in sum.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeRow {
    pub programme: Programme,
    /// Customers who ever had points.
    pub members: usize,
    pub earned: i64,
    pub redeemed: i64,
    pub lost: i64,
    /// Points that can be redeemed.
    pub open: i64,
}

impl ProgrammeRow {
    fn add(&mut self, balance: &Balance) {
        self.members += 1;
        self.earned += balance.earned;
        self.redeemed += balance.redeemed;
        self.lost += balance.lost;
        self.open += balance.points;
    }

    /// What is owed: open points at their worth, minor units.
    pub fn liability(&self) -> i64 {
        self.open.saturating_mul(self.programme.point_value)
    }

    /// What was paid out so far, minor units.
    pub fn cost(&self) -> i64 {
        self.redeemed.saturating_mul(self.programme.point_value)
    }
}

/// What was spent in the days that count for a tier.
fn spent_lately(history: &History, today: Day) -> i64 {
    let since = today.plus(-TIER_DAYS);
    let days = history.days.iter().filter(|day| day.day > since && day.day <= today);
    days.map(|day| day.revenue).sum()
}
