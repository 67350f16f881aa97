//! What was said to whom and how it ended. Rows are only ever added: a correction is a new row that
//! names the one it replaces.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{AgentId, CampaignId, CustomerId, InteractionId};
use super::invalid::{Field, Invalid, Problem};
use super::names::named_enum;
use super::offer::Proposed;
use super::script::Script;
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
    /// What was noted of the conversation beside its outcome.
    pub wrap_up: WrapUp,
}

/// What is noted of a conversation beside its outcome; all of it may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrapUp {
    /// The campaign it was part of.
    pub campaign: Option<CampaignId>,
    /// What was offered, and the answer.
    pub offer: Option<Proposed>,
    /// How satisfied the customer is, 1 to 5.
    pub satisfaction: Option<u8>,
    /// How likely the customer would recommend us, 0 to 10.
    pub recommend: Option<u8>,
    /// Lines of the script that were ticked off, by their places from 0, rising.
    pub checked: Vec<u8>,
    /// Why the customer was contacted though a rule forbade it: a supervisor's words.
    pub despite: Option<String>,
}

impl WrapUp {
    /// Refuses answers off their scales.
    pub fn validate(&self) -> Result<(), Invalid> {
        let bad = |field, problem| Err(Invalid { field, problem });
        if self.satisfaction.is_some_and(|given| !(1..=5).contains(&given)) {
            return bad(Field::Satisfaction, Problem::OutOfRange { from: 1, to: 5 });
        }
        if self.recommend.is_some_and(|given| given > 10) {
            return bad(Field::Recommend, Problem::OutOfRange { from: 0, to: 10 });
        }
        let reasons = self.offer.iter().map(|offer| &offer.reason).chain(&self.despite);
        let longest = reasons.map(|reason| reason.chars().count()).max();
        if longest.is_some_and(|longest| longest > Interaction::MOST_REASON) {
            return bad(Field::Reason, Problem::TooLong { most: Interaction::MOST_REASON });
        }
        if !self.checked.is_sorted_by(|one, next| one < next) {
            return bad(Field::Lines, Problem::OutOfOrder);
        }
        if self.checked.last().is_some_and(|last| usize::from(*last) >= Script::MOST_LINES) {
            let to = Script::MOST_LINES as i64 - 1;
            return bad(Field::Lines, Problem::OutOfRange { from: 0, to });
        }
        Ok(())
    }
}

impl Interaction {
    /// Longest reason of an answer to an offer, or of an exception to a rule, in characters.
    pub const MOST_REASON: usize = 1_000;
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
        self.wrap_up.validate()
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
        /// The customer was spoken to and complained.
        Complaint = "complaint",
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
        row("complaint", 'm', "complaint", "شکایت کرد", Meaning::Complaint, None),
        row("sale", 's', "sale", "فروش", Meaning::Sale, None),
        row("callback", 'c', "callback", "تماس دوباره", Meaning::Callback, None),
        row("wrong_number", 'w', "wrong number", "شماره اشتباه", Meaning::WrongNumber, None),
        row("do_not_call", 'd', "do not call", "تماس نگیرید", Meaning::DoNotCall, None),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{OfferAnswer, OfferId};
    use super::*;

    #[test]
    fn answers_lie_on_their_scales() {
        let said =
            |reason: String| Proposed { offer: OfferId(1), answer: OfferAnswer::Refused, reason };
        let none = WrapUp::default;
        for (wrap_up, want) in [
            (none(), Ok(())),
            (WrapUp { satisfaction: Some(1), recommend: Some(0), ..none() }, Ok(())),
            (WrapUp { satisfaction: Some(5), recommend: Some(10), ..none() }, Ok(())),
            (WrapUp { satisfaction: Some(0), ..none() }, Err(Field::Satisfaction)),
            (WrapUp { satisfaction: Some(6), ..none() }, Err(Field::Satisfaction)),
            (WrapUp { recommend: Some(11), ..none() }, Err(Field::Recommend)),
            (WrapUp { offer: Some(said("x".repeat(1_001))), ..none() }, Err(Field::Reason)),
            (WrapUp { checked: vec![0, 2, 59], ..none() }, Ok(())),
            (WrapUp { checked: vec![2, 2], ..none() }, Err(Field::Lines)),
            (WrapUp { checked: vec![60], ..none() }, Err(Field::Lines)),
            (WrapUp { despite: Some("asked for it".into()), ..none() }, Ok(())),
            (WrapUp { despite: Some("x".repeat(1_001)), ..none() }, Err(Field::Reason)),
        ] {
            assert_eq!(wrap_up.validate().map_err(|e| e.field), want, "{wrap_up:?}");
        }
    }
}
