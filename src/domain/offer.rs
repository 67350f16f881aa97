//! Value propositions: what we offer to whom, what it costs and brings, and what came of it in a call.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::ids::{OfferId, ProductId};
use super::invalid::{Field, Invalid, Problem};
use super::names::named_enum;

/// Something that can be proposed to customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Identity.
    pub id: OfferId,
    /// Name, unique among offers without regard to case.
    pub name: String,
    /// In words; may be empty.
    pub note: String,
    /// The need it meets, as customers' needs are recorded; may be empty.
    pub need: String,
    /// Whom it is for, as an expression; empty for everyone.
    pub segment: String,
    /// The product it is about.
    pub product: Option<ProductId>,
    /// What it costs us when it is accepted, minor units.
    pub cost: i64,
    /// What acceptance brings, before that cost, minor units; unknown when not said.
    pub margin: Option<i64>,
    /// First day on which it may be made.
    pub from: Option<Day>,
    /// Last day on which it may be made.
    pub until: Option<Day>,
    /// Proposed at all.
    pub active: bool,
}

impl Offer {
    /// May be made on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.active
            && self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
    }

    /// Refuses costs below nothing and an end before the beginning.
    pub fn validate(&self) -> Result<(), Invalid> {
        let money = Problem::OutOfRange { from: 0, to: i64::MAX };
        if self.cost < 0 {
            return Err(Invalid { field: Field::Cost, problem: money });
        }
        if self.margin.is_some_and(|margin| margin < 0) {
            return Err(Invalid { field: Field::Margin, problem: money });
        }
        in_order(self.from, self.until)
    }
}

/// Refuses an end before the beginning.
pub(super) fn in_order(from: Option<Day>, until: Option<Day>) -> Result<(), Invalid> {
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return Err(Invalid { field: Field::End, problem: Problem::InThePast });
    }
    Ok(())
}

named_enum! {
    /// What a customer said to an offer.
    pub enum OfferAnswer {
        Accepted = "accepted", Refused = "refused",
        /// Wants to think about it.
        Undecided = "undecided",
    }
}

/// An offer that was made in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Which.
    pub offer: OfferId,
    /// What the customer said.
    pub answer: OfferAnswer,
    /// Why, in the customer's words; may be empty.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_holds_from_its_first_day_to_its_last() {
        let offer = |from: Option<i32>, until: Option<i32>| Offer {
            from: from.map(Day),
            until: until.map(Day),
            active: true,
            ..Offer::default()
        };
        for (from, until, day, holds) in [
            (None, None, 5, true),
            (Some(5), Some(5), 5, true),
            (Some(6), None, 5, false),
            (None, Some(4), 5, false),
        ] {
            assert_eq!(offer(from, until).holds_on(Day(day)), holds, "{from:?} {until:?} {day}");
        }
        assert!(!Offer::default().holds_on(Day(5)), "not active");
        let wrong = [
            (Offer { cost: -1, ..Offer::default() }, Field::Cost),
            (Offer { margin: Some(-1), ..Offer::default() }, Field::Margin),
            (offer(Some(6), Some(5)), Field::End),
        ];
        for (offer, field) in wrong {
            assert_eq!(offer.validate().map_err(|e| e.field), Err(field));
        }
        assert_eq!(offer(Some(5), Some(6)).validate(), Ok(()));
    }
}
