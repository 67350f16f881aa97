//! How far it is with those who left: who lapses has left, who was called is contacted, who buys or is
//! moved back has returned; and when nothing more is tried. What it cost is kept up with each call.

use crate::domain::{
    CampaignKind, Customer, CustomerId, Day, Invalid, OfferAnswer, QueueKind, Settings, Stage,
    StageMove, WinBack, WinBackState,
};
use crate::store::records;
use crate::store::{Expect, StoreError};

use super::calls::not_found;
use super::command::Log;
use super::plan::Plan;
use super::rows;
use super::{Deed, Desk, Notice, Refusal, Who};

impl Desk {
    /// What a move means for the winning back: who lapses has left, who is won back has returned.
    pub(super) fn follow_win_back(
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
    pub(super) fn returned(
        &self,
        plan: &mut Plan,
        id: CustomerId,
        day: Day,
    ) -> Result<(), StoreError> {
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
