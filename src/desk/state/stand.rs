//! Where customers stand beside their purchases and contacts, for ranking: one, or everybody at once.

use crate::domain::{CustomerId, CustomerKind};
use crate::insight::offer::LifeStage;

use super::super::places::RANKED;
use super::super::scores::Stand;
use super::{Lane, State};

impl State {
    /// Brings a customer's score and place in the queue up to date.
    pub fn rank(&mut self, id: CustomerId) {
        if self.scoring {
            self.dirty.push(id);
        }
        self.drives.one(id);
        let stand = self.stand(id).unwrap_or(Stand {
            may_call: false,
            put_off: 0,
            held_out: false,
            lead: None,
            stage: LifeStage::Unknown,
            offer_cost: None,
        });
        if let Some(score) = self.scores.rank(id, &self.settings, stand)
            && let Some(row) = self.directory.row_of(id)
        {
            self.directory.set_score(row, &score);
        }
    }

    /// Where a customer stands, beside purchases and contacts; `None` when there is no such customer.
    pub fn stand(&self, id: CustomerId) -> Option<Stand> {
        let row = self.directory.row_of(id)?;
        let mut put_off = 0;
        for kind in RANKED {
            let is_off = self.marks.contains_key(&(Lane::Queue(kind), id));
            put_off |= u8::from(is_off) << kind.code();
        }
        Some(Stand { put_off, ..self.stand_at(row, id) })
    }

    /// The same without what was put off.
    fn stand_at(&self, row: u32, id: CustomerId) -> Stand {
        let traits = self.directory.traits(row);
        let day = self.scores.day();
        let age = traits.and_then(|t| Some(day?.since(t.birth?)));
        let years = age.map(|days| (f64::from(days) / 365.25).floor() as i32);
        let organisation = traits.is_some_and(|t| t.kind == CustomerKind::Organisation);
        let leads = self.scores.models().and_then(|m| m.leads.as_deref());
        // Only of those who never bought: the others are no prospects.
        let lead = leads
            .zip(day)
            .zip(traits.filter(|t| t.first.is_none() && t.joined.is_known()))
            .map(|((leads, day), traits)| leads.chance(&traits, day) as f32);
        Stand {
            may_call: !self.directory.must_not_be_called(row),
            put_off: 0,
            held_out: self.settings.holds_out(id),
            lead,
            stage: LifeStage::of(organisation, years),
            offer_cost: self.offer_cost(row, id),
        }
    }
}

/// Where everyone stands: a copy for scoring aside of the lock.
pub(in crate::desk) struct Standing(Vec<Option<Stand>>);

impl Standing {
    /// Every id there is lies below this.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Where a customer stands; `None` when there is no such customer.
    pub fn of(&self, id: CustomerId) -> Option<Stand> {
        self.0.get(id.0 as usize).copied().flatten()
    }
}

impl State {
    pub fn standing(&self) -> Standing {
        let mut all = Vec::new();
        for row in self.directory.live_rows() {
            let id = self.directory.id_at(row);
            let at = id.0 as usize;
            if at >= all.len() {
                all.resize(at + 1, None);
            }
            if let Some(slot) = all.get_mut(at) {
                *slot = Some(self.stand_at(row, id));
            }
        }
        for (lane, id) in self.marks.keys() {
            let Lane::Queue(kind) = lane else { continue };
            if RANKED.contains(kind)
                && let Some(Some(stand)) = all.get_mut(id.0 as usize)
            {
                stand.put_off |= 1 << kind.code();
            }
        }
        Standing(all)
    }
}
