//! What is kept up per customer with each purchase and each contact, so that nobody has to read them
//! all again: derived from the purchases and interactions, and rebuilt from them by `check`.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::history::History;
use super::interaction::{Channel, Interaction, Meaning};

/// Purchases by day and a summary of the contacts of one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Purchases by day.
    pub purchases: History,
    /// Contacts in sum.
    pub contacts: Contacts,
}

/// The contacts of one customer in sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts {
    /// Contacts that were more than a note.
    pub count: u32,
    /// Contacts in which the customer was spoken to.
    pub reached: u32,
    /// Refusals.
    pub refused: u32,
    /// Contacts the customer began.
    pub inbound: u32,
    /// How long they took, in seconds.
    pub seconds: u64,
    /// Day of the last contact.
    pub last: Day,
    /// Day the customer was last spoken to.
    pub last_reached: Day,
    /// What the last outcome meant.
    pub last_meaning: Option<Meaning>,
}

impl Default for Contacts {
    fn default() -> Self {
        Self {
            count: 0,
            reached: 0,
            refused: 0,
            inbound: 0,
            seconds: 0,
            last: Day::NEVER,
            last_reached: Day::NEVER,
            last_meaning: None,
        }
    }
}

impl Contacts {
    /// Adds an interaction that took place on `day` (in the business's zone).
    pub fn add(&mut self, i: &Interaction, meaning: Option<Meaning>, day: Day) {
        if i.channel == Channel::Note {
            return;
        }
        let one = |yes: bool| u32::from(yes);
        let reached = meaning.is_some_and(Meaning::is_reached);
        self.count = self.count.saturating_add(1);
        self.reached = self.reached.saturating_add(one(reached));
        self.refused = self.refused.saturating_add(one(meaning == Some(Meaning::Refused)));
        let inbound = i.direction == super::interaction::Direction::Inbound;
        self.inbound = self.inbound.saturating_add(one(inbound));
        self.seconds = self.seconds.saturating_add(u64::from(i.seconds));
        if day >= self.last {
            self.last = day;
            self.last_meaning = meaning.or(self.last_meaning);
        }
        if reached {
            self.last_reached = self.last_reached.max(day);
        }
    }
}
