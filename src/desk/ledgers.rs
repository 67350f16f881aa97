//! The sums of a customer: what was bought and said, made anew from the rows where a row was changed.

use crate::domain::{
    Contacts, Customer, CustomerId, Interaction, InteractionId, Ledger, Purchase, Stage,
};
use crate::store::records;
use crate::store::{Table, Write};

use super::rows;
use super::{Desk, Refusal};

impl Desk {
    /// Contacts in sum, from all rows of a customer.
    pub(super) fn contacts(&self, all: Vec<Interaction>) -> Contacts {
        let mut sum = Contacts::default();
        for interaction in standing(all) {
            let meaning = self.meaning(&interaction.outcome).ok().flatten();
            sum.add(&interaction, meaning, self.day(interaction.at));
        }
        sum
    }

    /// The write of a ledger that was read at `was`.
    pub(super) fn ledger_write(
        customer: CustomerId,
        ledger: &Ledger,
        was: Option<u64>,
    ) -> Result<Write, Refusal> {
        Ok(records::put(customer.key().to_vec(), ledger, rows::as_read(was))?)
    }

    /// A ledger made anew from the rows; none is kept of a customer of whom there is nothing to sum.
    pub(super) fn rebuilt_ledger(&self, customer: CustomerId) -> Result<Write, Refusal> {
        let (ledger, was) = self.ledger_from_rows(customer)?;
        if ledger == Ledger::default() {
            let (table, key) = (Table::History, customer.key().to_vec());
            return Ok(Write { table, key, value: None, expect: rows::as_read(was) });
        }
        Self::ledger_write(customer, &ledger, was)
    }

    /// The sums of these rows.
    pub(super) fn ledger_of(&self, mut bought: Vec<Purchase>, said: Vec<Interaction>) -> Ledger {
        let mut ledger = Ledger::default();
        // In order of days, so that those of a long history are counted before they are folded.
        bought.sort_by_key(|purchase| purchase.day);
        for purchase in bought {
            ledger.purchases.add(purchase.day_total());
        }
        ledger.contacts = self.contacts(said);
        ledger
    }

    /// A ledger made anew from the rows, and the revision of the one that is kept.
    pub(super) fn ledger_from_rows(
        &self,
        customer: CustomerId,
    ) -> Result<(Ledger, Option<u64>), Refusal> {
        let engine = &*self.engine;
        let (_, was) = rows::ledger(engine, customer)?;
        let purchases = rows::children::<Purchase>(engine, customer)?;
        let all = rows::children::<Interaction>(engine, customer)?;
        let purchases = purchases.into_iter().map(|(p, _)| p).collect();
        let ledger = self.ledger_of(purchases, all.into_iter().map(|(i, _)| i).collect());
        Ok((ledger, was))
    }
}

/// Interactions without those that were corrected, in their order.
pub(super) fn standing(all: Vec<Interaction>) -> Vec<Interaction> {
    let corrected: Vec<InteractionId> = all.iter().filter_map(|i| i.corrects).collect();
    all.into_iter().filter(|i| !corrected.contains(&i.id)).collect()
}

/// Moves a customer on by what was bought: a first purchase ends the prospect, a second day of buying
/// makes a repeat customer. Never moves back, and leaves later stages to those who set them.
pub(super) fn grown(customer: &mut Customer, ledger: &Ledger) -> bool {
    let stage = match (customer.stage, ledger.purchases.sale_days()) {
        (Stage::Prospect, 1) => Stage::FirstTime,
        (Stage::Prospect | Stage::FirstTime, 2..) => Stage::Repeat,
        _ => return false,
    };
    customer.stage = stage;
    true
}
