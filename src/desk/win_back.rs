//! Having those back who left: which calls count as trying, what they cost, and what came of them.
//!
//! ```text
//! a move to lapsed ──► left ── a call ──► contacted ── a purchase ──► returned
//!                                   └──────── given up ────────────► closed
//! ```
//!
//! A call counts when it was made to have the customer back, from the queue or for a campaign of that
//! kind; of one who has left also any other that was ours and reached them.

use super::calls::not_found;
use super::load::Part;
use super::plan::Plan;
use super::standing::talk_cost;
use super::{Deed, Desk, Notice, Refusal, Who, rows};
use crate::domain::{
    CampaignKind, Channel, Customer, CustomerId, Day, Direction, Field, History, Interaction,
    Invalid, Meaning, OfferAnswer, Problem, QueueKind, Stage, StageMove, WinBack, WinBackState,
};
use crate::store::records;
use crate::store::{Expect, StoreError, Write};

/// A call that may count, and what it cost: its minutes, and what was accepted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Try {
    day: Day,
    cost: i64,
    /// Made to have the customer back.
    pub is_meant: bool,
}

impl Desk {
    /// What a call is to the winning back; nothing when it cannot count.
    pub(super) fn try_of(
        &self,
        call: &Interaction,
        meaning: Option<Meaning>,
        day: Day,
    ) -> Option<Try> {
        let said = &call.wrap_up;
        let state = self.read();
        let campaigns = &state.definitions.campaigns;
        let kind = said.campaign.and_then(|id| {
            campaigns.iter().find(|kept| kept.record.id == id).map(|kept| kept.record.kind)
        });
        let is_meant =
            call.queue == Some(QueueKind::WinBack) || kind == Some(CampaignKind::WinBack);
        let is_ours = call.direction == Direction::Outbound && call.channel == Channel::Call;
        let reached = meaning.is_some_and(Meaning::is_reached);
        if !(is_meant || is_ours && reached) {
            return None;
        }
        let accepted = said.offer.as_ref().filter(|o| o.answer == OfferAnswer::Accepted);
        let offer = accepted.and_then(|o| state.definitions.offer(o.offer));
        let talk = talk_cost(u64::from(call.seconds), state.settings.minute_cost);
        let cost = talk.saturating_add(offer.map_or(0, |offer| offer.cost));
        Some(Try { day, cost, is_meant })
    }

    /// A call that was just made, and what it is to the winning back.
    pub(super) fn contacted(
        &self,
        plan: &mut Plan,
        call: &Interaction,
        meaning: Option<Meaning>,
        day: Day,
    ) -> Result<(), StoreError> {
        let Some(tried) = self.try_of(call, meaning, day) else { return Ok(()) };
        let read = self.win_back(call.customer)?;
        let (was, revision) = read.unzip();
        match after(was, call.customer, tried) {
            Some(now) => plan.put(&now, rows::as_read(revision)),
            None => Ok(()),
        }
    }

    /// What calls from a file that were made to have somebody back, and purchases after them, come to.
    pub(super) fn tried_in(
        &self,
        part: &Part,
        id: CustomerId,
        mut tries: Vec<Try>,
    ) -> Result<Option<Write>, StoreError> {
        let read = if part.is_new(id) { None } else { self.win_back(id)? };
        let (was, revision) = read.unzip();
        tries.sort_by_key(|tried| tried.day);
        let mut now = was.clone();
        for tried in tries {
            now = after(now.clone(), id, tried).or(now);
        }
        let Some(mut now) = now.filter(|now| was.as_ref() != Some(now)) else { return Ok(None) };
        let bought = part.history(id).and_then(|history| bought_from(history, now.since));
        if let (WinBackState::Contacted, Some(day)) = (now.state, bought) {
            (now.state, now.since) = (WinBackState::Returned, day);
        }
        Ok(Some(rows::put(&now, rows::as_read(revision))?))
    }

    /// What a move means for the winning back: who lapses has left, who is won back has returned.
    pub(super) fn follow_win_back(
        &self,
        plan: &mut Plan,
        moved: &StageMove,
        day: Day,
    ) -> Result<(), StoreError> {
        match moved.to {
            Stage::Lapsed => {
                let (was, revision) = self.win_back(moved.customer)?.unzip();
                // Who was called and did not buy knows more of it than the move does.
                let tried = was.is_some_and(|was| match was.state {
                    WinBackState::Contacted => true,
                    WinBackState::Closed => was.since >= day,
                    WinBackState::Left | WinBackState::Returned => false,
                });
                if tried {
                    return Ok(());
                }
                plan.put(&left(moved.customer, day), rows::as_read(revision))
            }
            Stage::WonBack => self.returned(plan, moved.customer, day),
            _ => Ok(()),
        }
    }

    fn win_back(&self, id: CustomerId) -> Result<Option<(WinBack, u64)>, StoreError> {
        records::get::<WinBack>(&*self.engine, &id.key())
    }

    /// One who was being won back is back.
    pub(super) fn returned(
        &self,
        plan: &mut Plan,
        id: CustomerId,
        day: Day,
    ) -> Result<(), StoreError> {
        if let Some((win_back, revision)) = self.win_back(id)?
            && is_open(&win_back)
        {
            let state = WinBackState::Returned;
            plan.put(&WinBack { state, since: day, ..win_back }, Expect::Revision(revision))?;
        }
        Ok(())
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
                let problem = Problem::TooLong { most: Customer::MOST_TEXT };
                return Err(Invalid { field: Field::Note, problem }.into());
            }
            let (state, since) = (WinBackState::Closed, self.day(who.now));
            let mut plan = Plan::new("close win-back");
            let closed = WinBack { state, since, note: note.to_owned(), ..was };
            plan.put(&closed, Expect::Revision(revision))?;
            Ok((plan, Deed::Noted { customer: id, name: customer.name }))
        })
    }
}

fn left(customer: CustomerId, since: Day) -> WinBack {
    WinBack { customer, state: WinBackState::Left, since, cost: 0, note: String::new() }
}

fn is_open(win_back: &WinBack) -> bool {
    matches!(win_back.state, WinBackState::Left | WinBackState::Contacted)
}

/// How the winning back stands after a call; `None` when the call is nothing to it.
fn after(was: Option<WinBack>, customer: CustomerId, tried: Try) -> Option<WinBack> {
    let was = match was {
        Some(was) => was,
        // Nobody is missed who has not left, but by a call that was made to have them back.
        None if tried.is_meant => left(customer, tried.day),
        None => return None,
    };
    if !is_open(&was) || tried.day < was.since {
        return None;
    }
    let since = if was.state == WinBackState::Contacted { was.since } else { tried.day };
    let cost = was.cost.saturating_add(tried.cost);
    Some(WinBack { state: WinBackState::Contacted, since, cost, ..was })
}

/// The first day from one on with a sale.
fn bought_from(history: &History, from: Day) -> Option<Day> {
    history.days.iter().find(|d| d.day >= from && d.sales > 0).map(|d| d.day)
}
