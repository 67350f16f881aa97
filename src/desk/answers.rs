//! What was said to offers and done for campaigns, all of it in memory: read once in the background,
//! and kept up with every row that is written or taken back.

use std::collections::{HashMap, HashSet};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use jiff::Timestamp;

use crate::domain::{CustomerId, Day, Interaction, InteractionId, OfferAnswer, OfferId};
use crate::insight::acceptance::Tally;
use crate::store::KeyRange;

use super::rows;
use super::standing::Efforts;
use super::{Desk, Heard, Refusal};

/// Days for which an offer that was taken or refused is not made again.
const REST_DAYS: i64 = 90;

/// An offer that was made, and what was said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    id: InteractionId,
    corrects: Option<InteractionId>,
    pub offer: OfferId,
    pub answer: OfferAnswer,
    pub at: Timestamp,
}

/// All answers to offers, and all that campaigns did.
#[derive(Default)]
pub(super) struct Answers {
    by_customer: HashMap<CustomerId, Vec<Asked>>,
    /// What campaigns did.
    pub efforts: Efforts,
    /// Those of the whole store are here.
    whole: bool,
    /// While the store is read: what was written or deleted meanwhile is newer than what was read.
    reading: bool,
    touched: HashSet<InteractionId>,
}

impl Answers {
    /// True once those of the whole store are here.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Takes in a row of the interactions; the customer when a campaign has to do with it.
    pub fn take(&mut self, key: &[u8], interaction: Option<&Interaction>) -> Option<CustomerId> {
        let (customer, id) = (rows::customer_at(key)?, InteractionId(rows::child_at(key)?));
        if self.reading {
            self.touched.insert(id);
        }
        let of_campaign = self.efforts.take(customer, id, interaction);
        if let Some(all) = self.by_customer.get_mut(&customer) {
            all.retain(|asked| asked.id != id);
            if all.is_empty() {
                self.by_customer.remove(&customer);
            }
        }
        if let Some(asked) = interaction.and_then(asked) {
            self.by_customer.entry(customer).or_default().push(asked);
        }
        of_campaign.then_some(customer)
    }

    /// What was said by each customer, without what was corrected since.
    pub fn all(&self) -> impl Iterator<Item = (CustomerId, &Asked)> {
        let said = self.by_customer.iter();
        said.flat_map(|(customer, all)| standing(all).map(|asked| (*customer, asked)))
    }

    /// What some customers said in all.
    pub fn tally(&self, is_meant: &dyn Fn(CustomerId) -> bool) -> Tally {
        let mut tally = Tally::default();
        for (_, asked) in self.all().filter(|(id, _)| is_meant(*id)) {
            tally.add(asked.answer == OfferAnswer::Accepted);
        }
        tally
    }

    /// True when a customer took or refused an offer lately.
    pub fn rests(&self, customer: CustomerId, offer: OfferId, today: Day) -> bool {
        let since = (i64::from(today.0) - REST_DAYS) * 86_400;
        let all = self.by_customer.get(&customer).map(Vec::as_slice).unwrap_or_default();
        standing(all).any(|asked| {
            let done = asked.answer != OfferAnswer::Undecided;
            asked.offer == offer && done && asked.at.as_second() >= since
        })
    }

    /// Takes in what was read of the whole store; what was touched meanwhile is newer.
    fn take_whole(&mut self, read: Self) {
        self.reading = false;
        self.whole = true;
        let touched = std::mem::take(&mut self.touched);
        for (customer, all) in read.by_customer {
            let known = self.by_customer.entry(customer).or_default();
            let is_newer = |one: &Asked| {
                touched.contains(&one.id) || known.iter().any(|other| other.id == one.id)
            };
            let new: Vec<Asked> = all.into_iter().filter(|one| !is_newer(one)).collect();
            known.extend(new);
        }
        self.efforts.absorb(read.efforts, &touched);
    }
}

fn asked(interaction: &Interaction) -> Option<Asked> {
    let proposed = interaction.wrap_up.offer.as_ref()?;
    Some(Asked {
        id: interaction.id,
        corrects: interaction.corrects,
        offer: proposed.offer,
        answer: proposed.answer,
        at: interaction.at,
    })
}

fn standing(all: &[Asked]) -> impl Iterator<Item = &Asked> {
    all.iter().filter(|one| !all.iter().any(|other| other.corrects == Some(one.id)))
}

impl Desk {
    /// Begins to find out in the background what answers there were and whom the offers fit, when that
    /// is not known and there are offers or campaigns at all.
    pub(super) fn keep_proposing(&self) {
        if !self.must_propose() || self.proposing.swap(true, Ordering::AcqRel) {
            return;
        }
        let weak = self.me.clone();
        let begun = std::thread::Builder::new().name("propositions".to_owned()).spawn(move || {
            let Some(desk) = weak.upgrade() else { return };
            // What could not be read is tried again with the next question.
            let _ = desk.learn_propositions();
            desk.proposing.store(false, Ordering::Release);
        });
        if begun.is_err() {
            self.proposing.store(false, Ordering::Release);
        }
    }

    fn must_propose(&self) -> bool {
        let state = self.read();
        state.loading.is_none() && state.fits.stale
    }

    /// Waits until all that campaigns did is known: nothing may be logged for one before.
    pub(super) fn know_efforts(&self) -> Result<(), Refusal> {
        if self.read().answers.is_whole() {
            return Ok(());
        }
        self.wait_loaded(&mut |_| {})?;
        self.learn_propositions()
    }

    /// Reads the answers to all offers, once, and scores everyone with what the offers cost.
    pub fn learn_propositions(&self) -> Result<(), Refusal> {
        let _turn = self.offering.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.must_propose() {
            return Ok(());
        }
        let is_whole = {
            let mut state = self.write();
            state.fits.stale = false;
            let (offers, campaigns) = (&state.definitions.offers, &state.definitions.campaigns);
            let whole = state.answers.whole || offers.is_empty() && campaigns.is_empty();
            state.answers.reading = !whole;
            whole
        };
        if !is_whole {
            let read = self.read_answers();
            let mut state = self.write();
            match read {
                Ok(all) => {
                    state.answers.take_whole(all);
                    state.drives.all_moved();
                }
                Err(error) => {
                    state.answers.reading = false;
                    state.answers.touched.clear();
                    state.fits.stale = true;
                    return Err(error);
                }
            }
        }
        self.learn_turns()?;
        self.score_everyone();
        self.write().version += 1;
        self.listeners.tell(&Heard::Progress);
        Ok(())
    }

    fn read_answers(&self) -> Result<Answers, Refusal> {
        let mut found = Answers::default();
        rows::read_all::<Interaction>(&*self.engine, KeyRange::all(), &mut |key, row, _| {
            found.take(key, Some(&row));
            if self.closing.load(Ordering::Relaxed) {
                return std::ops::ControlFlow::Break(());
            }
            std::ops::ControlFlow::Continue(())
        })?;
        Ok(found)
    }
}
