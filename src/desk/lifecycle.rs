//! Stages that follow what happens: each move dated, with its rule or the words of who moved by hand;
//! and how far it is with those who left. The rules stand in `insight::lifecycle`.
//!
//! ```text
//! purchase ──► stage ─┐
//! scores  ──► stages ─┼─► record + StageMove (+ WinBack: left, returned), one gesture
//! by hand ──► stage ──┘
//! call of the win-back queue or campaign ─► WinBack: contacted, with its cost
//! ```
//!
//! A stage set by hand is left alone until the customer buys again.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use jiff::Timestamp;

use crate::directory::Figures;
use crate::domain::{
    AgentId, CampaignKind, Customer, CustomerId, Day, GestureId, Interaction, Invalid, Ledger,
    OfferAnswer, QueueKind, Relation, RelationKind, Role, Settings, Stage, StageMove, StageMoveId,
    WinBack, WinBackState,
};
use crate::insight::lifecycle::{
    Buyer, Evidence, LEFT_BELOW, Limits, PROMOTES_FROM, Rule, height, stage,
};
use crate::insight::purchasing::PurchaseModel;
use crate::store::records;
use crate::store::{Engine, Expect, KeyRange, StoreError, Sync, Table};

use super::calls::not_found;
use super::command::Log;
use super::plan::Plan;
use super::reports::of_ids;
use super::rows;
use super::state::State;
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

/// The newest move of a customer.
#[derive(Clone, Copy)]
struct LastMove {
    on: Day,
    by_hand: bool,
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

    /// Everybody whose stage is another by the rules; judged once all that was bought is known.
    fn due_moves(&self, who: &Who) -> Result<(Vec<Moving>, LifecycleRun), Refusal> {
        self.wait_loaded(&mut |_| {})?;
        let engine = &*self.engine;
        let last = last_moves(engine, &|at| self.day(at))?;
        let promoters = promoters(engine)?;
        let limits = self.learned_limits();
        let state = self.read();
        let directory = &state.directory;
        let (mut moving, mut by_hand) = (Vec::new(), 0);
        let mut flows: BTreeMap<(Stage, Stage, Rule), Vec<CustomerId>> = BTreeMap::new();
        for row in directory.live_rows() {
            let id = directory.id_at(row);
            let Some(was) = directory.stage(row) else { continue };
            let figures = directory.figures(row);
            let newest = last.get(&id).copied();
            let evidence = Evidence {
                stage: was,
                days: figures.purchases,
                first: figures.first,
                last: figures.last,
                p_alive: figures.p_alive.map(f64::from),
                risk: figures.risk.map(f64::from),
                moved_on: newest.map_or(Day::NEVER, |m| m.on),
                promotes: promoters.contains_key(&id),
            };
            let (to, rule) = stage(&evidence, &limits);
            if to == was {
                continue;
            }
            if newest.is_some_and(|m| m.by_hand && figures.last <= m.on) {
                by_hand += 1;
                continue;
            }
            flows.entry((was, to, rule)).or_default().push(id);
            let (after, p_alive) = (evidence.moved_on, evidence.p_alive);
            let on = match rule {
                Rule::FirstPurchase => Some(figures.first),
                Rule::CameBack => Some(figures.last),
                Rule::Promotes => promoters.get(&id).copied().flatten().map(|at| state.day_of(at)),
                Rule::Gone => state.fell_silent(&figures, limits.gone_below),
                _ => None,
            };
            moving.push(Moving { id, from: was, to, rule, p_alive, on, after, last: figures.last });
        }
        let of = directory.len();
        let as_of = state.scoring_day(Self::day_in(&state.settings, who.now));
        drop(state);
        let mut moves: Vec<MoveCount> = flows
            .into_iter()
            .map(|((from, to, rule), customers)| MoveCount {
                from,
                to,
                rule: rule.name(),
                customers: customers.len(),
                expression: of_ids(&customers),
            })
            .collect();
        moves.sort_by_key(|m| std::cmp::Reverse(m.customers));
        Ok((moving, LifecycleRun { as_of, moves, of, by_hand, limits }))
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

    /// What a move means for the winning back: who lapses has left, who is won back has returned.
    fn follow_win_back(
        &self,
        plan: &mut Plan,
        moved: &StageMove,
        day: Day,
    ) -> Result<(), StoreError> {
        match moved.to {
            Stage::Lapsed => {
                let read = self.win_back(moved.customer)?;
                let left = WinBack {
                    customer: moved.customer,
                    state: WinBackState::Left,
                    since: day,
                    cost: 0,
                    note: String::new(),
                };
                plan.put(&left, rows::as_read(read.map(|(_, revision)| revision)))
            }
            Stage::WonBack => self.returned(plan, moved.customer, day),
            _ => Ok(()),
        }
    }

    fn win_back(&self, id: CustomerId) -> Result<Option<(WinBack, u64)>, StoreError> {
        records::get::<WinBack>(&*self.engine, &id.key())
    }

    /// One who was being won back is back.
    fn returned(&self, plan: &mut Plan, id: CustomerId, day: Day) -> Result<(), StoreError> {
        if let Some((win_back, revision)) = self.win_back(id)?
            && matches!(win_back.state, WinBackState::Left | WinBackState::Contacted)
        {
            let state = WinBackState::Returned;
            plan.put(&WinBack { state, since: day, ..win_back }, Expect::Revision(revision))?;
        }
        Ok(())
    }

    /// A call to have somebody back, and what it cost: its minutes, and what was accepted.
    pub(super) fn contacted(
        &self,
        plan: &mut Plan,
        customer: &Customer,
        log: &Log,
        day: Day,
    ) -> Result<(), StoreError> {
        let state = self.read();
        let settings: &Settings = &state.settings;
        let campaign = log.wrap_up.campaign.and_then(|id| {
            state.definitions.campaigns.iter().find(|c| c.record.id == id).map(|c| c.record.kind)
        });
        if log.queue != Some(QueueKind::WinBack) && campaign != Some(CampaignKind::WinBack) {
            return Ok(());
        }
        let call = i64::from(log.seconds).saturating_mul(settings.minute_cost) / 60;
        let accepted = log.wrap_up.offer.as_ref().filter(|o| o.answer == OfferAnswer::Accepted);
        let offer = accepted
            .and_then(|o| state.definitions.offers.iter().find(|kept| kept.record.id == o.offer));
        let cost = call.saturating_add(offer.map_or(0, |offer| offer.record.cost));
        drop(state);
        let read = self.win_back(customer.id)?;
        let (was, expect) = match read {
            Some((win_back, revision)) => (win_back, Expect::Revision(revision)),
            None => {
                let (id, state) = (customer.id, WinBackState::Left);
                let note = String::new();
                (WinBack { customer: id, state, since: day, cost: 0, note }, Expect::Absent)
            }
        };
        let is_open = matches!(was.state, WinBackState::Left | WinBackState::Contacted);
        if !is_open {
            return Ok(());
        }
        let since = if was.state == WinBackState::Contacted { was.since } else { day };
        let cost = was.cost.saturating_add(cost);
        plan.put(&WinBack { state: WinBackState::Contacted, since, cost, ..was }, expect)
    }

    /// Gives up having a customer back, with a note of why.
    pub(super) fn close_win_back(
        &self,
        who: &Who,
        id: CustomerId,
        note: &str,
    ) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let (customer, _) = self.customer(id)?;
            let (was, revision) = self.win_back(id)?.ok_or_else(|| not_found("win-back", id.0))?;
            if note.chars().count() > Customer::MOST_TEXT {
                let problem = crate::domain::Problem::TooLong { most: Customer::MOST_TEXT };
                return Err(Invalid { field: crate::domain::Field::Note, problem }.into());
            }
            let (state, since) = (WinBackState::Closed, self.day(who.now));
            let mut plan = Plan::new("close win-back");
            let closed = WinBack { state, since, note: note.to_owned(), ..was };
            plan.put(&closed, Expect::Revision(revision))?;
            Ok((plan, Deed::Noted { customer: id, name: customer.name }))
        })
    }
}

impl State {
    fn day_of(&self, at: Timestamp) -> Day {
        Desk::day_in(&self.settings, at)
    }

    /// The day on which P(alive) of one who has been silent since fell below a limit.
    fn fell_silent(&self, figures: &Figures, below: f64) -> Option<Day> {
        let weeks = |days: i32| f64::from(days) / 7.0;
        let buying = &self.scores.models()?.buying;
        let repeats = figures.purchases.checked_sub(1)?;
        let at: f64 = buying.gone_at(repeats, weeks(figures.last.since(figures.first)), below)?;
        Some(figures.first.plus((7.0 * at).ceil() as i32))
    }
}

/// The newest move of everybody who ever moved.
fn last_moves(
    engine: &dyn Engine,
    day: &dyn Fn(Timestamp) -> Day,
) -> Result<HashMap<CustomerId, LastMove>, StoreError> {
    let mut last = HashMap::new();
    rows::read_all::<StageMove>(engine, KeyRange::all(), &mut |_, moved, _| {
        let newest = LastMove { on: day(moved.at), by_hand: moved.rule.is_empty() };
        last.insert(moved.customer, newest); // ids rise: the last one met is the newest
        ControlFlow::Continue(())
    })?;
    Ok(last)
}

/// Those who brought somebody, and those whose last answer was that they would recommend us, with the
/// moment of that answer.
fn promoters(engine: &dyn Engine) -> Result<HashMap<CustomerId, Option<Timestamp>>, StoreError> {
    let mut answers: HashMap<CustomerId, (Timestamp, u8)> = HashMap::new();
    rows::read_all::<Interaction>(engine, KeyRange::all(), &mut |_, said, _| {
        if let Some(answer) = said.wrap_up.recommend {
            let known = answers.entry(said.customer).or_insert((said.at, answer));
            if said.at >= known.0 {
                *known = (said.at, answer);
            }
        }
        ControlFlow::Continue(())
    })?;
    let would = answers.into_iter().filter(|(_, (_, answer))| *answer >= PROMOTES_FROM);
    let mut found: HashMap<_, _> = would.map(|(id, (at, _))| (id, Some(at))).collect();
    rows::read_all::<Relation>(engine, KeyRange::all(), &mut |_, tie, _| {
        if tie.kind == RelationKind::ReferredBy {
            found.entry(tie.to).or_insert(None);
        }
        ControlFlow::Continue(())
    })?;
    Ok(found)
}
