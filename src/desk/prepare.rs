//! Reads what was bought and learns what to propose, in the background: the queues of cross- and
//! up-selling need it and nothing else does, so it is begun when a queue is first looked at.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use crate::domain::{CustomerId, Purchase};

use super::holdings::{Sales, shelf};
use super::offers::{Offers, yearly};
use super::rows;
use super::{Desk, Heard, Refusal};
use std::sync::Arc;

/// So many customers with new purchases are brought up to date one by one; for more, all is read anew.
pub(super) const MOST_SINGLY: usize = 2_000;

impl Desk {
    /// True when it is known what to propose; else begins to find out. Brings those up to date who
    /// bought something since.
    pub(super) fn offers_ready(&self) -> Result<bool, Refusal> {
        let (known, stale, can_begin) = {
            let state = self.read();
            let can_begin = state.loading.is_none() && state.scores.models().is_some();
            (state.scores.offers().is_some(), state.stale_purchases.len(), can_begin)
        };
        if !known || stale > MOST_SINGLY {
            if can_begin {
                self.begin_offers();
            }
        } else if stale > 0 {
            self.refresh_purchases()?;
        }
        Ok(known)
    }

    /// Waits until it is known what to propose: for scripts, which ask once.
    pub fn prepare(&self) -> Result<(), Refusal> {
        self.learn_propositions()?;
        let needs = {
            let state = self.read();
            state.scores.models().is_some() && state.scores.offers().is_none()
        };
        if needs { self.learn_offers(false) } else { Ok(()) }
    }

    /// Learns in the background, unless that is under way.
    pub(super) fn begin_offers(&self) {
        if self.learning.swap(true, Ordering::AcqRel) {
            return;
        }
        let weak = self.me.clone();
        let begun = std::thread::Builder::new().name("offers".to_owned()).spawn(move || {
            let Some(desk) = weak.upgrade() else { return };
            // What could not be read is asked for again when the queue is looked at the next time.
            let _ = desk.learn_offers(true);
            desk.learning.store(false, Ordering::Release);
        });
        if begun.is_err() {
            self.learning.store(false, Ordering::Release);
        }
    }

    /// Reads all purchases and ranks everyone by them; `anew` also when that was done before.
    pub(super) fn learn_offers(&self, anew: bool) -> Result<(), Refusal> {
        let _turn = self.offering.lock().unwrap_or_else(PoisonError::into_inner);
        let (day, settings) = {
            let mut state = self.write();
            let fresh = state.stale_purchases.len() <= MOST_SINGLY;
            if !anew && fresh && state.scores.offers().is_some() {
                return Ok(());
            }
            // Whoever buys from here on is read again afterwards.
            state.stale_purchases.clear();
            state.watches_purchases = true;
            (state.scores.day(), state.settings.clone())
        };
        let Some(day) = day else { return Ok(()) };
        let wanted = || !self.closing.load(Ordering::Relaxed);
        let Some(sales) = Sales::read(&*self.engine, day, &wanted)? else { return Ok(()) };
        let (products, buyers) = {
            let state = self.read();
            let minor = state.settings.currency.minor_per_major() as f64;
            let mut buyers = Vec::new();
            for (id, input) in state.scores.inputs() {
                let bought = input.summary.and_then(|s| {
                    let stand = state.stand(id)?;
                    Some((stand.stage, yearly(input.revenue as f64 / minor, s.tenure)))
                });
                buyers.push(bought);
            }
            (state.products.clone(), buyers)
        };
        {
            let mut state = self.write();
            state.shelves = Some(sales.holdings.clone());
            state.stock();
        }
        let offers = Offers::learn(sales, &products, &buyers, &settings);
        self.write().scores.set_offers(Some(offers));
        self.score_everyone();
        self.listeners.tell(&Heard::Progress);
        Ok(())
    }

    /// Reads the purchases of those again who bought something lately.
    pub(super) fn refresh_purchases(&self) -> Result<(), Refusal> {
        let (stale, day) = {
            let mut state = self.write();
            let stale: Vec<CustomerId> = state.stale_purchases.drain().collect();
            (stale, state.scores.day())
        };
        let Some(day) = day else { return Ok(()) };
        for id in stale {
            let all = rows::children::<Purchase>(&*self.engine, id)?;
            let all: Vec<Purchase> = all.into_iter().map(|(purchase, _)| purchase).collect();
            let held = shelf(&all, day);
            let mut state = self.write();
            if let Some(shelves) = &mut state.shelves {
                shelves.put(id, held.clone());
            }
            if let Some(offers) = state.scores.offers_mut() {
                Arc::make_mut(offers).holdings.put(id, held);
            }
            state.rank(id);
        }
        let mut state = self.write();
        state.stock();
        state.version += 1;
        Ok(())
    }
}
