//! Stages that follow what happens: each move dated, with its rule or the words of who moved by hand. The
//! rules stand in `insight::lifecycle`; how far it is with those who left, in `win_back`.
//!
//! ```text
//! purchase ──► stage ─┐
//! scores  ──► stages ─┼─► record + StageMove (+ WinBack: left, returned), one gesture
//! by hand ──► stage ──┘
//! call of the win-back queue or campaign ─► WinBack: contacted, with its cost
//! ```
//!
//! A stage set by hand is left alone until the customer buys again.

mod due;

use jiff::Timestamp;

use crate::domain::{
    AgentId, Customer, CustomerId, Day, GestureId, Ledger, Role, Stage, StageMove, StageMoveId,
};
use crate::insight::lifecycle::{Buyer, Evidence, LEFT_BELOW, Limits, Rule, height, stage};
use crate::store::{Expect, StoreError, Sync, Table};

use super::plan::Plan;
use super::rows;
use super::{Deed, Desk, Notice, Refusal, Who, zone};

/// Name of the act.
pub(super) const LIFECYCLE: &str = "lifecycle";
/// Customers moved in one commit.
const CUSTOMERS_A_COMMIT: usize = 400;

/// How many move from where to where, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct MoveCount {
    pub from: Stage,
    pub to: Stage,
    /// Machine name of the rule.
    pub rule: &'static str,
    pub customers: usize,
    /// Selects them, or the first of them where they are many.
    pub expression: String,
}

/// What a run of the rules would do, or did.
#[derive(Clone, Debug)]
pub struct LifecycleRun {
    /// The day of the scores the rules look at.
    pub as_of: Day,
    /// Most first.
    pub moves: Vec<MoveCount>,
    /// Customers looked at.
    pub of: usize,
    /// Left alone because somebody set them by hand.
    pub by_hand: usize,
    /// The limits as they were learned.
    pub limits: Limits,
}

impl LifecycleRun {
    /// Customers that move.
    pub fn total(&self) -> usize {
        self.moves.iter().map(|m| m.customers).sum()
    }
}

/// One that moves.
struct Moving {
    id: CustomerId,
    from: Stage,
    to: Stage,
    rule: Rule,
    p_alive: Option<f64>,
    /// Since when it is so, where first and last purchase tell; `None` is today, or the day of a purchase
    /// between.
    on: Option<Day>,
    /// Not before its last move.
    after: Day,
    /// The last day of buying.
    last: Day,
}

impl Desk {
    /// The limits of the stages, learned from everybody in memory.
    pub(super) fn learned_limits(&self) -> Limits {
        let state = self.read();
        let directory = &state.directory;
        let buyers = directory.live_rows().map(|row| directory.figures(row));
        let buyers = buyers.filter(|f| f.purchases > 0).map(|f| Buyer {
            days: f.purchases,
            first: f.first,
            last: f.last,
            odds: f.p_alive.zip(f.risk).map(|(alive, risk)| (alive.into(), risk.into())),
        });
        Limits::learn(buyers, state.settings.gone_below.max(LEFT_BELOW))
    }

    /// What a run would move.
    pub(super) fn lifecycle_preview(&self, who: &Who) -> Result<LifecycleRun, Refusal> {
        Ok(self.due_moves(who)?.1)
    }

    /// Moves everybody whose stage is another by now: one gesture, however many.
    pub(super) fn run_lifecycle(&self, who: &Who) -> Result<Notice, Refusal> {
        who.needs(Role::Supervisor)?;
        let (moving, run) = self.due_moves(who)?;
        let mut gesture = self.new_gesture(who, LIFECYCLE)?;
        if moving.is_empty() {
            let (seq, deed) = (self.read().applied, Deed::Moved(Box::new(run)));
            return Ok(Self::notice(who, seq, GestureId::default(), deed));
        }
        let gate = self.wide_gate(who)?;
        let (mut begun, loyal_days) = (0, run.limits.loyal_days);
        for part in moving.chunks(CUSTOMERS_A_COMMIT) {
            match self.move_part(who, gesture.id, part, loyal_days) {
                Ok(cases) => begun += cases,
                Err(error) => {
                    self.take_back(who, gesture.id, &gesture.label)?;
                    return Err(error);
                }
            }
        }
        gesture.records = (moving.len() + begun) as u64;
        let closed = self.close_gate(who, &mut gesture, gate.as_ref());
        if closed.is_err() {
            self.take_back(who, gesture.id, &gesture.label)?;
        }
        let (seq, entered) = closed?;
        let deed = Deed::Moved(Box::new(run));
        Ok(self.announce_with(who, seq, gesture.id, deed, begun + entered))
    }

    /// When a move was made: on the day of what makes it, not on that of the run, so that the time in a
    /// stage is known from the first run on.
    fn moved_at(
        &self,
        who: &Who,
        moving: &Moving,
        loyal_days: u32,
    ) -> Result<Timestamp, StoreError> {
        let nth = |n: u32| -> Result<Day, StoreError> {
            let (ledger, _) = rows::ledger(&*self.engine, moving.id)?;
            let day = ledger.purchases.nth_sale_day(n).filter(|day| *day >= moving.after);
            Ok(day.unwrap_or(moving.last))
        };
        let on = match (moving.on, moving.rule) {
            (Some(on), _) => on,
            (None, Rule::SecondPurchase) => nth(2)?,
            (None, Rule::Habit) => nth(loyal_days)?,
            (None, _) => return Ok(who.now),
        };
        Ok(self.in_day(who, on.max(moving.after)))
    }

    /// A moment of a day: now where it is today, else its noon.
    fn in_day(&self, who: &Who, day: Day) -> Timestamp {
        let state = self.read();
        if day >= Self::day_in(&state.settings, who.now) {
            return who.now;
        }
        let zone = zone(&state.settings.time_zone);
        let noon = day.date().and_then(|date| date.at(12, 0, 0, 0).to_zoned(zone).ok());
        noon.map_or(who.now, |noon| noon.timestamp())
    }

    /// The moves of one who was `from` before purchases were brought in: dated by them.
    pub(super) fn moves_of_growth(
        &self,
        who: &Who,
        customer: &Customer,
        from: Stage,
        ledger: &Ledger,
    ) -> Result<Vec<StageMove>, StoreError> {
        let bought = &ledger.purchases;
        let first = (Stage::Prospect, Stage::FirstTime, Rule::FirstPurchase, bought.first_sale());
        let second =
            (Stage::FirstTime, Stage::Repeat, Rule::SecondPurchase, bought.nth_sale_day(2));
        let mut moves = Vec::new();
        for (before, to, rule, day) in [first, second] {
            let Some(day) = day.filter(|_| height(from) <= height(before)) else { continue };
            if height(to) > height(customer.stage) {
                break;
            }
            moves.push(StageMove {
                id: rows::new_stage_move(&*self.engine)?,
                customer: customer.id,
                from: before,
                to,
                at: self.in_day(who, day),
                reason: String::new(),
                rule: rule.name().to_owned(),
                by: AgentId(0),
            });
        }
        Ok(moves)
    }

    /// Moves some; how many cases began by it.
    fn move_part(
        &self,
        who: &Who,
        gesture: GestureId,
        part: &[Moving],
        loyal_days: u32,
    ) -> Result<usize, Refusal> {
        let mut tries = 0;
        loop {
            let mut plan = Plan::new(LIFECYCLE);
            let ids = self.engine.reserve(Table::StageMove, part.len() as u64)?;
            for (moving, id) in part.iter().zip(ids) {
                let (mut customer, revision) = match self.customer(moving.id) {
                    Ok(found) => found,
                    Err(Refusal::NotFound { .. }) => continue,
                    Err(error) => return Err(error),
                };
                if customer.stage != moving.from {
                    continue; // moved by somebody meanwhile
                }
                let figure = moving.p_alive.map(|p| format!("{p:.2}"));
                let reason = match moving.rule {
                    Rule::Gone | Rule::Silence => figure.unwrap_or_default(),
                    _ => String::new(),
                };
                let moved = StageMove {
                    id: StageMoveId(id),
                    customer: customer.id,
                    from: customer.stage,
                    to: moving.to,
                    at: self.moved_at(who, moving, loyal_days)?,
                    reason,
                    rule: moving.rule.name().to_owned(),
                    by: AgentId(0),
                };
                customer.stage = moving.to;
                plan.put(&customer, Expect::Revision(revision))?;
                plan.put(&moved, Expect::Absent)?;
                self.follow_win_back(&mut plan, &moved, self.day(moved.at))?;
            }
            if plan.writes.is_empty() {
                return Ok(0);
            }
            let begun = self.begun_by(who, &plan.writes)?;
            let cases = begun.len();
            plan.writes.extend(begun);
            match self.commit(who, gesture, LIFECYCLE, plan.writes, Sync::WithNext) {
                Ok(_) => return Ok(cases),
                Err(StoreError::Conflict { .. }) if tries < 8 => {
                    tries += 1;
                    self.follow()?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Moves a customer on by what was just bought, and with it what was tried to have it back; true
    /// when the record changed. A purchase never moves back one who stands higher by other rights.
    pub(super) fn moved_by_purchase(
        &self,
        who: &Who,
        plan: &mut Plan,
        customer: &mut Customer,
        ledger: &Ledger,
        day: Day,
    ) -> Result<bool, Refusal> {
        let engine = &*self.engine;
        let history = &ledger.purchases;
        let (Some(first), Some(last)) = (history.first_sale(), history.last_sale()) else {
            return Ok(false);
        };
        if day == last {
            self.returned(plan, customer.id, day)?;
        }
        let newest = rows::newest_children::<StageMove>(engine, customer.id, 1)?.pop();
        let moved_on = newest.as_ref().map_or(Day::NEVER, |m| self.day(m.at));
        let is_set = newest.as_ref().is_some_and(|m| m.rule.is_empty());
        if is_set && last <= moved_on {
            return Ok(false);
        }
        let evidence = Evidence {
            stage: customer.stage,
            days: history.sale_days(),
            first,
            last,
            // Who buys is here.
            p_alive: None,
            risk: None,
            // Who lapsed this very day has bought since: the move knew nothing of the purchase.
            moved_on: match customer.stage {
                Stage::Lapsed if moved_on == last => last.plus(-1),
                _ if moved_on.is_known() => moved_on,
                _ => last.plus(-1),
            },
            promotes: customer.stage == Stage::Advocate,
        };
        let (to, rule) = stage(&evidence, &self.read().limits);
        let is_up = match customer.stage {
            Stage::Prospect | Stage::AtRisk | Stage::Lapsed | Stage::WonBack => true,
            from => height(to) > height(from),
        };
        if to == customer.stage || !is_up || day != last {
            return Ok(false);
        }
        let moved = StageMove {
            id: rows::new_stage_move(engine)?,
            customer: customer.id,
            from: customer.stage,
            to,
            at: who.now,
            reason: String::new(),
            rule: rule.name().to_owned(),
            by: AgentId(0),
        };
        plan.put(&moved, Expect::Absent)?;
        customer.stage = to;
        Ok(true)
    }

    /// A move by hand, with the words of who moves.
    pub(super) fn moved_by_hand(
        &self,
        who: &Who,
        plan: &mut Plan,
        (customer, from, to): (CustomerId, Stage, Stage),
        reason: &str,
    ) -> Result<(), Refusal> {
        let moved = StageMove {
            id: rows::new_stage_move(&*self.engine)?,
            customer,
            from,
            to,
            at: who.now,
            reason: reason.to_owned(),
            rule: String::new(),
            by: who.agent.id,
        };
        plan.put(&moved, Expect::Absent)?;
        Ok(self.follow_win_back(plan, &moved, self.day(who.now))?)
    }
}
