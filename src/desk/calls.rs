//! Conversations and purchases that are entered, and a wrong outcome corrected, with all that it entails.

use jiff::Timestamp;

use crate::domain::{
    Customer, CustomerId, Day, DoNotCall, Draft, Field, Interaction, InteractionId, Invalid,
    Meaning, Problem, Purchase, Task, TaskKind, TaskState,
};
use crate::store::records;
use crate::store::{Expect, StoreError, Table};

use super::command::Log;
use super::hours;
use super::ledgers::standing;
use super::plan::Plan;
use super::rows;
use super::tasks::check_due;
use super::{Deed, Desk, Notice, Oddity, Refusal, Who};

/// Calls looked through for an offer that was made on the same day, the newest.
const A_DAY_OF_CALLS: usize = 50;

impl Desk {
    /// Logs an interaction with all its outcome entails: the ledger, callbacks kept and promised,
    /// a do-not-call mark.
    pub(super) fn log(&self, who: &Who, log: &Log) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let engine = &*self.engine;
            let (mut customer, revision) = self.customer(log.customer)?;
            let meaning = self.meaning(&log.outcome)?;
            if meaning == Some(Meaning::Callback) && log.callback.is_none() {
                return Err(Invalid { field: Field::Due, problem: Problem::Empty }.into());
            }
            let allowed = self.allowed(who, log, &customer)?;
            let mut wrap_up = log.wrap_up.clone();
            // What was not overridden needs no reason.
            wrap_up.despite = wrap_up.despite.filter(|_| !allowed.overridden.is_empty());
            let interaction = Interaction {
                id: rows::new_interaction(engine)?,
                customer: customer.id,
                external_id: None,
                at: who.now,
                channel: log.channel,
                direction: log.direction,
                outcome: log.outcome.clone(),
                seconds: log.seconds,
                agent: who.agent.id,
                note: log.note.clone(),
                corrects: None,
                queue: log.queue,
                wrap_up,
            };
            interaction.validate()?;
            self.check_offer(&interaction)?;
            let oddities = self.oddities(&interaction, self.day(who.now))?;
            let mut plan = Plan::new(allowed.label("log"));
            plan.writes.extend(allowed.guard);
            plan.put(&interaction, Expect::Absent)?;
            let today = self.day(who.now);
            let (mut ledger, was) = rows::ledger(engine, customer.id)?;
            ledger.contacts.add(&interaction, meaning, today);
            plan.writes.push(Self::ledger_write(customer.id, &ledger, was)?);

            self.contacted(&mut plan, &interaction, meaning, today)?;
            let reached = meaning.is_some_and(Meaning::is_reached);
            let mut promise = String::new();
            for (task, was) in self.open_callbacks(customer.id, who, log.finishes)? {
                let named = Some(task.id) == log.finishes;
                let kept =
                    reached || log.callback.is_some() || named && task.kind == TaskKind::Callback;
                let retried = meaning == Some(Meaning::NotReached) && task.due <= who.now;
                if kept || retried {
                    if meaning == Some(Meaning::NotReached) {
                        promise.clone_from(&task.note);
                    }
                    let done = Task { state: TaskState::Done, ..task };
                    plan.put(&done, Expect::Revision(was))?;
                }
            }
            let mut callback = log.callback;
            // A campaign calls again by itself.
            if callback.is_none() && log.wrap_up.campaign.is_none() {
                callback = self.retry(&log.outcome, &customer, who.now);
            }
            if meaning == Some(Meaning::DoNotCall) {
                callback = None;
            }
            if meaning == Some(Meaning::DoNotCall) && !customer.must_not_be_called() {
                customer.consent.do_not_call =
                    Some(DoNotCall { since: today, reason: log.note.clone() });
                plan.put(&customer, Expect::Revision(revision))?;
            }
            if let Some(due) = callback {
                let task = Task {
                    id: rows::new_task(engine)?,
                    customer: customer.id,
                    kind: TaskKind::Callback,
                    due,
                    zone: who.agent.preferences.time_zone.clone(),
                    owner: who.agent.id,
                    note: promise,
                    state: TaskState::Open,
                    from: Some(interaction.id),
                };
                check_due(due, who.now)?;
                plan.put(&task, Expect::Absent)?;
            }
            let (name, outcome) = (customer.name, log.outcome.clone());
            // The words are kept with the call now.
            let slot = format!("log:{}", customer.id);
            let key = records::keys::draft(who.agent.id, &slot);
            let kept = records::get::<Draft>(engine, &key)?.filter(|(draft, _)| {
                draft.fields.iter().all(|(name, text)| name != "note" || *text == log.note)
            });
            if let Some((_, revision)) = kept {
                plan.delete(Table::Draft, key, revision);
            }
            let (customer, interaction) = (customer.id, interaction.id);
            Ok((plan, Deed::Logged { customer, name, interaction, outcome, callback, oddities }))
        })
    }

    /// Corrects an outcome by a new row; the ledger is made anew.
    pub(super) fn correct(
        &self,
        who: &Who,
        customer: CustomerId,
        wrong: InteractionId,
        outcome: &str,
    ) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let engine = &*self.engine;
            let (record, revision) = self.customer(customer)?;
            self.meaning(outcome)?;
            let key = rows::child(customer, wrong.0);
            let Some((old, _)) = records::get::<Interaction>(engine, &key)? else {
                return Err(not_found("interaction", wrong.0));
            };
            let all = rows::children::<Interaction>(engine, customer)?;
            if all.iter().any(|(i, _)| i.corrects == Some(wrong)) {
                return Err(not_found("interaction", wrong.0));
            }
            let new = Interaction {
                id: rows::new_interaction(engine)?,
                outcome: outcome.to_owned(),
                corrects: Some(wrong),
                external_id: None,
                ..old.clone()
            };
            let mut corrected = record.clone();
            let was_ban = self.meaning(&old.outcome).ok().flatten() == Some(Meaning::DoNotCall);
            let is_ban = self.meaning(outcome)? == Some(Meaning::DoNotCall);
            if was_ban != is_ban {
                let since = self.day(who.now);
                let ban = is_ban.then(|| DoNotCall { since, reason: old.note.clone() });
                corrected.consent.do_not_call = ban;
            }
            let lifted = self.loosened(who, (&record, &corrected), &old, &new)?;
            let mut plan = Plan::new(lifted.label("correct"));
            plan.put(&new, Expect::Absent)?;
            let (mut ledger, was) = rows::ledger(engine, customer)?;
            let rest = all.into_iter().map(|(i, _)| i).chain([new.clone()]).collect();
            ledger.contacts = self.contacts(rest);
            plan.writes.push(Self::ledger_write(customer, &ledger, was)?);
            // What the wrong outcome entailed goes, what the right one entails comes.
            let tasks: Vec<Task> = self.tasks_of(customer);
            for task in tasks.into_iter().filter(|t| t.from == Some(wrong)) {
                if let Some((task, was)) = records::get::<Task>(engine, &task.id.key())? {
                    let dropped = Task { state: TaskState::Dropped, ..task };
                    plan.put(&dropped, Expect::Revision(was))?;
                }
            }
            self.drop_begun(who, &old, &mut plan)?;
            let again = old.wrap_up.campaign.is_none() && !corrected.must_not_be_called();
            let again = again.then(|| self.retry(outcome, &record, who.now)).flatten();
            if let Some(due) = again {
                let task = Task {
                    id: rows::new_task(engine)?,
                    customer,
                    kind: TaskKind::Callback,
                    due,
                    zone: who.agent.preferences.time_zone.clone(),
                    owner: who.agent.id,
                    note: String::new(),
                    state: TaskState::Open,
                    from: Some(new.id),
                };
                plan.put(&task, Expect::Absent)?;
            }
            let name = record.name.clone();
            if corrected != record {
                plan.put(&corrected, Expect::Revision(revision))?;
            }
            let (interaction, outcome) = (new.id, outcome.to_owned());
            Ok((plan, Deed::Corrected { customer, name, interaction, outcome }))
        })
    }

    /// Adds a purchase and moves the stage a first or second purchase means.
    pub(super) fn add_purchase(&self, who: &Who, purchase: &Purchase) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let engine = &*self.engine;
            let (mut customer, revision) = self.customer(purchase.customer)?;
            let today = self.day(who.now);
            self.check_purchase(purchase, today)?;
            let mut purchase = purchase.clone();
            purchase.id = rows::new_purchase(engine)?;
            let mut plan = Plan::new("purchase");
            plan.put(&purchase, Expect::Absent)?;
            self.earn(who, &purchase, &mut plan)?;
            let (mut ledger, was) = rows::ledger(engine, customer.id)?;
            ledger.purchases.add(purchase.day_total());
            plan.writes.push(Self::ledger_write(customer.id, &ledger, was)?);
            if self.moved_by_purchase(who, &mut plan, &mut customer, &ledger, purchase.day)? {
                plan.put(&customer, Expect::Revision(revision))?;
            }
            Ok((plan, Deed::Noted { customer: customer.id, name: customer.name }))
        })
    }

    /// Checks a purchase on its own.
    pub(super) fn check_purchase(&self, p: &Purchase, today: Day) -> Result<(), Invalid> {
        let bad = |field, problem| Err(Invalid { field, problem });
        if p.lines.is_empty() {
            return bad(Field::Amount, Problem::Empty);
        }
        if p.lines.len() > Purchase::MOST_LINES {
            return bad(Field::Product, Problem::TooMany { most: Purchase::MOST_LINES });
        }
        if p.day > today.plus(1) {
            return bad(Field::Date, Problem::InTheFuture);
        }
        // What is given back is a purchase of another kind, never an amount below nothing.
        if p.lines.iter().any(|l| l.amount < 0) {
            return bad(Field::Amount, Problem::OutOfRange { from: 0, to: i64::MAX });
        }
        let currency = self.read().settings.currency;
        if p.currency != currency {
            let expected = currency.code().to_owned();
            return bad(Field::Currency, Problem::OtherCurrency { expected });
        }
        Ok(())
    }

    /// Refuses an answer to an offer that is not in the store.
    fn check_offer(&self, interaction: &Interaction) -> Result<(), Invalid> {
        let Some(made) = &interaction.wrap_up.offer else { return Ok(()) };
        let known = self.read().definitions.offer(made.offer).is_some();
        let missing = Invalid { field: Field::Offer, problem: Problem::NotFound };
        if known { Ok(()) } else { Err(missing) }
    }

    /// What is odd about the offer that was made in a call.
    fn oddities(&self, call: &Interaction, today: Day) -> Result<Vec<Oddity>, StoreError> {
        let Some(made) = &call.wrap_up.offer else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        {
            let state = self.read();
            let campaign = call.wrap_up.campaign.and_then(|id| state.definitions.campaign(id));
            // What a campaign offers it offers to whom it calls.
            let of_campaign = campaign.is_some_and(|c| c.offer == Some(made.offer));
            if let Some(offer) = state.definitions.offer(made.offer) {
                let row = state.directory.row_of(call.customer);
                let fits = |row| state.is_for(offer, row, today, call.agent);
                if !offer.holds_on(today) {
                    found.push(Oddity::NotToday);
                } else if !of_campaign && !row.is_some_and(fits) {
                    found.push(Oddity::Unfit);
                }
            }
        }
        let engine = &*self.engine;
        let calls = rows::newest_children::<Interaction>(engine, call.customer, A_DAY_OF_CALLS)?;
        let same = |i: &Interaction| {
            let offer = i.wrap_up.offer.as_ref().map(|o| o.offer);
            offer == Some(made.offer) && self.day(i.at) == today
        };
        if standing(calls).iter().any(same) {
            found.push(Oddity::Again);
        }
        Ok(found)
    }

    /// The meaning of an outcome; an unknown code is refused with the nearest known.
    pub(super) fn meaning(&self, code: &str) -> Result<Option<Meaning>, Invalid> {
        if code.is_empty() {
            return Ok(None);
        }
        let state = self.read();
        if let Some(outcome) = state.outcome(code) {
            return Ok(Some(outcome.meaning));
        }
        let nearest = state
            .outcomes
            .iter()
            .find(|o| o.code.starts_with(code) || code.starts_with(o.code.as_str()))
            .map(|o| o.code.clone());
        Err(Invalid { field: Field::Outcome, problem: Problem::UnknownWord { nearest } })
    }

    /// When an outcome has the customer called again: after its delay, within the hours of calls.
    fn retry(&self, outcome: &str, customer: &Customer, now: Timestamp) -> Option<Timestamp> {
        let state = self.read();
        let minutes = state.outcome(outcome)?.retry_minutes?;
        let at = now.checked_add(jiff::SignedDuration::from_mins(i64::from(minutes))).ok()?;
        Some(hours::next_open(at, customer, &state.settings, &state.holidays))
    }
}

pub(super) fn not_found(what: &'static str, id: u64) -> Refusal {
    Refusal::NotFound { what, name: format!("#{id}") }
}
