//! What was said to whom and how it ended. Rows are only ever added: a correction is a new row that
//! names the one it replaces.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{AgentId, CustomerId, InteractionId};
use super::invalid::{Field, Invalid, Problem};
use super::names::named_enum;
use super::task::QueueKind;

named_enum! {
    /// By what means.
    pub enum Channel {
        Call = "call", Email = "email", Message = "message", Visit = "visit", Web = "web",
        Letter = "letter", Note = "note",
    }
}

named_enum! {
    /// Who began.
    pub enum Direction { Outbound = "outbound", Inbound = "inbound" }
}

/// A contact with a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interaction {
    /// Identity.
    pub id: InteractionId,
    /// With whom.
    pub customer: CustomerId,
    /// Identity in the system it came from.
    pub external_id: Option<String>,
    /// When it began.
    pub at: Timestamp,
    /// By what means.
    pub channel: Channel,
    /// Who began.
    pub direction: Direction,
    /// Code of the outcome; empty when it had none.
    pub outcome: String,
    /// How long it took.
    pub seconds: u32,
    /// Who acted for us.
    pub agent: AgentId,
    /// In words; may be empty, may have several lines.
    pub note: String,
    /// The row this one corrects.
    pub corrects: Option<InteractionId>,
    /// The queue in which the customer was proposed.
    pub queue: Option<QueueKind>,
}

impl Interaction {
    /// Longest note kept, in bytes, so that a record stays below the store's limit.
    pub const MOST_NOTE: usize = 16_000;

    /// Checks the row.
    pub fn validate(&self) -> Result<(), Invalid> {
        let bad = |field, problem| Err(Invalid { field, problem });
        if self.note.len() > Self::MOST_NOTE {
            return bad(Field::Note, Problem::TooLong { most: Self::MOST_NOTE });
        }
        if self.seconds > 86_400 {
            return bad(Field::Seconds, Problem::OutOfRange { from: 0, to: 86_400 });
        }
        Ok(())
    }
}

named_enum! {
    /// What an outcome means to the program.
    pub enum Meaning {
        /// The customer was spoken to.
        Reached = "reached",
        /// Nobody answered.
        NotReached = "not_reached",
        /// The customer asked to be called again.
        Callback = "callback",
        /// The customer said no.
        Refused = "refused",
        /// The customer bought or stays.
        Sale = "sale",
        /// The customer must not be called again.
        DoNotCall = "do_not_call",
        /// The number is not the customer's.
        WrongNumber = "wrong_number",
    }
}

impl Meaning {
    /// True when the customer was spoken to.
    pub fn is_reached(self) -> bool {
        !matches!(self, Self::NotReached | Self::WrongNumber)
    }
}

/// A way an interaction can end: a row of the outcome table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Machine name, the same in files and commands.
    pub code: String,
    /// The one letter that logs it.
    pub key: char,
    /// Name in English.
    pub name_en: String,
    /// Name in Persian.
    pub name_fa: String,
    /// What it means to the program.
    pub meaning: Meaning,
    /// Call again after so many minutes, when the customer was not reached.
    pub retry_minutes: Option<u32>,
    /// Offered in the log strip.
    pub active: bool,
}

/// The outcomes of a new store.
pub fn default_outcomes() -> Vec<Outcome> {
    let row = |code: &str, key, en: &str, fa: &str, meaning, retry_minutes| Outcome {
        code: code.to_owned(),
        key,
        name_en: en.to_owned(),
        name_fa: fa.to_owned(),
        meaning,
        retry_minutes,
        active: true,
    };
    vec![
        row("answered", 'a', "answered", "پاسخ داد", Meaning::Reached, None),
        row("no_answer", 'n', "no answer", "پاسخ نداد", Meaning::NotReached, Some(24 * 60)),
        row("busy", 'b', "busy", "اشغال", Meaning::NotReached, Some(30)),
        row("refused", 'r', "refused", "نپذیرفت", Meaning::Refused, None),
        row("sale", 's', "sale", "فروش", Meaning::Sale, None),
        row("callback", 'c', "callback", "تماس دوباره", Meaning::Callback, None),
        row("wrong_number", 'w', "wrong number", "شماره اشتباه", Meaning::WrongNumber, None),
        row("do_not_call", 'd', "do not call", "تماس نگیرید", Meaning::DoNotCall, None),
    ]
}
