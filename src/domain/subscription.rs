//! Contracts that run until somebody ends them: who, what, since when, for how much.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::ids::{CustomerId, ProductId, SubscriptionId};
use super::invalid::{Field, Invalid, Problem};
use super::names::named_enum;

named_enum! {
    /// How long a subscription runs before it is renewed and paid again.
    pub enum Term {
        Week = "week", Month = "month", Quarter = "quarter", HalfYear = "half_year", Year = "year",
        TwoYears = "two_years",
    }
}

/// A contract of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Identity.
    pub id: SubscriptionId,
    /// Whose.
    pub customer: CustomerId,
    /// Identity in the system it came from.
    pub external_id: Option<String>,
    /// What, when known.
    pub product: Option<ProductId>,
    /// First day.
    pub start: Day,
    /// The day it ended, or will end; `None` while nobody has ended it.
    pub end: Option<Day>,
    /// How long it runs each time.
    pub term: Term,
    /// What a term costs, in minor units of the store's currency.
    pub amount: i64,
    /// Goes on by itself at the end of a term.
    pub auto_renew: bool,
}

impl Subscription {
    /// Refuses an end before its beginning and an amount below nothing.
    pub fn validate(&self) -> Result<(), Invalid> {
        if self.end.is_some_and(|end| end < self.start) {
            return Err(Invalid { field: Field::End, problem: Problem::InThePast });
        }
        if self.amount < 0 {
            let problem = Problem::OutOfRange { from: 0, to: i64::MAX };
            return Err(Invalid { field: Field::Amount, problem });
        }
        Ok(())
    }

    /// Running on a day.
    pub fn runs_on(&self, day: Day) -> bool {
        self.start <= day && self.end.is_none_or(|end| end > day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscription_ends_after_it_begins() {
        let plan = |start: i32, end: Option<i32>, amount: i64| Subscription {
            id: SubscriptionId(1),
            customer: CustomerId(1),
            external_id: None,
            product: None,
            start: Day(start),
            end: end.map(Day),
            term: Term::Month,
            amount,
            auto_renew: true,
        };
        for (start, end, amount, fine) in [
            (10, None, 0, true),
            (10, Some(10), 5, true),
            (10, Some(9), 5, false),
            (10, None, -1, false),
        ] {
            assert_eq!(
                plan(start, end, amount).validate().is_ok(),
                fine,
                "{start} {end:?} {amount}"
            );
        }
        let ended = plan(10, Some(20), 5);
        let runs: Vec<bool> = [9, 10, 19, 20].map(|d| ended.runs_on(Day(d))).to_vec();
        assert_eq!(runs, [false, true, true, false]);
    }
}
