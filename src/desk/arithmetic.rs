//! What a call is worth and how that comes about, one form a queue. Pure: the scores and the rates are
//! given.

use crate::insight::choice::Chosen;
use crate::insight::gamma_gamma::GammaGamma;
use crate::insight::offer::{self, Bid, Call};
use crate::insight::retention::{self, Case, SaveRate, Worth};
use crate::insight::score::{Score, Terms};
use crate::insight::{PurchaseModel, Summary};

use super::places::Out;

/// The arithmetic of one row; money in major units.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arithmetic {
    /// P(alive) p γ (κ V - d) - P(alive) (1 - p) d - f.
    Retention(Worth),
    /// (1 - P(alive)) ρ (V2 - d) - f.
    WinBack {
        bid: Bid,
        /// 1 - P(alive).
        p_gone: f64,
        /// ρ: chance that such a call brings a leaver back.
        rate: SaveRate,
        /// V2: value of a second life.
        second_value: f64,
        /// d.
        offer_cost: f64,
    },
    /// P(alive) x part that takes both x chance to take it when offered x margin x times - f.
    CrossSell {
        bid: Bid,
        p_alive: f64,
        /// Part of the baskets with what the customer has that hold the product as well.
        goes_with: f64,
        rate: SaveRate,
        /// Margin of one.
        margin: f64,
        /// How often it is usually taken within the horizon.
        times: f64,
    },
    /// P(alive) x part that moved up at this stage of life x headroom x chance when offered x margin
    /// gained - f.
    UpSell {
        bid: Bid,
        p_alive: f64,
        moves_up: f64,
        /// Part of the spending power of those alike that is not spent with us.
        headroom: f64,
        rate: SaveRate,
        /// Margin gained within the horizon.
        margin: f64,
    },
    /// Chance of a first purchase x margin of the first year - f.
    Acquisition { bid: Bid, lead: f64, first_year: f64 },
}

impl Arithmetic {
    /// Expected value of the call.
    pub fn ev(&self) -> f64 {
        match self {
            Self::Retention(worth) => worth.ev,
            Self::WinBack { bid, .. }
            | Self::CrossSell { bid, .. }
            | Self::UpSell { bid, .. }
            | Self::Acquisition { bid, .. } => bid.ev,
        }
    }
}

/// What is believed of calls, before any and after those that were logged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rates {
    /// γ: a call keeps one who would leave.
    pub save: SaveRate,
    /// ρ: a call brings one who left back.
    pub back: SaveRate,
    /// What goes with what they have is taken when it is offered.
    pub cross: SaveRate,
    /// What comes after what they have is taken when it is offered.
    pub up: SaveRate,
}

impl Default for Rates {
    /// Beliefs of twenty calls each, ours but for γ (see [`SaveRate::default`]): one in ten comes back;
    /// two in five take on the phone what others take with the goods, since not being asked is the
    /// usual reason not to have it; one in four of those who would move up some day do so when asked.
    fn default() -> Self {
        Self {
            save: SaveRate::default(),
            back: SaveRate { a: 2.0, b: 18.0 },
            cross: SaveRate { a: 8.0, b: 12.0 },
            up: SaveRate { a: 5.0, b: 15.0 },
        }
    }
}

/// A customer who is new today, as the models expect one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Fresh {
    /// Purchases a week while there.
    pub rate: f64,
    /// Discounted weeks still to come.
    pub weeks: f64,
    /// Purchases of the first year, the first among them.
    pub first_year: f64,
    /// Spend of a purchase, major units.
    pub mean: f64,
}

/// Weeks of a year.
pub(super) const YEAR: f64 = 365.25 / 7.0;

impl Fresh {
    /// One who is new today.
    pub fn of(buying: &Chosen, spend: &GammaGamma, terms: &Terms) -> Self {
        let score = buying.score(spend, &Summary::default(), terms);
        Self {
            rate: score.rate,
            weeks: score.weeks,
            first_year: 1.0 + buying.expected_purchases(0, 0.0, 0.0, YEAR),
            mean: spend.population_mean(),
        }
    }
}

/// Whether one who may leave is worth a call.
pub(super) fn retention(case: &Case, rates: &Rates) -> Result<Arithmetic, Out> {
    let worth = retention::worth(case, rates.save.mean());
    match worth.verdict {
        retention::Verdict::Call => Ok(Arithmetic::Retention(worth)),
        retention::Verdict::StaysAnyway => Err(Out::StaysAnyway),
        retention::Verdict::Gone => Err(Out::Gone),
        retention::Verdict::CostsMore => Err(Out::CostsMore),
    }
}

/// Whether one who has probably left is worth a call; those more likely here than not are no case.
pub(super) fn win_back(case: &Case, rates: &Rates, fresh: &Fresh) -> Result<Arithmetic, Out> {
    if case.score.p_alive >= 0.5 {
        return Err(Out::StillHere);
    }
    let second_value = offer::second_value(case, fresh.rate, fresh.weeks);
    let bid = offer::win_back(case, rates.back.mean(), second_value);
    worth_it(Arithmetic::WinBack {
        bid,
        p_gone: 1.0 - case.score.p_alive,
        rate: rates.back,
        second_value,
        offer_cost: case.offer_cost,
    })
}

/// A first purchase at this chance; `margin_rate` of the revenue stays with us.
pub(super) fn acquisition(
    lead: f64,
    fresh: &Fresh,
    margin_rate: f64,
    call: Call,
) -> Result<Arithmetic, Out> {
    let first_year = fresh.first_year * fresh.mean * margin_rate;
    let bid = offer::acquisition(lead, first_year, call);
    worth_it(Arithmetic::Acquisition { bid, lead, first_year })
}

/// Nobody whose expected value is not above zero belongs in a queue.
pub(super) fn worth_it(all: Arithmetic) -> Result<Arithmetic, Out> {
    if all.ev() > 0.0 { Ok(all) } else { Err(Out::CostsMore) }
}

/// The call of a case.
pub(super) fn call(case: &Case) -> Call {
    Call { cost: case.call_cost, minutes: case.minutes }
}

/// A customer more likely gone than not is not sold anything.
pub(super) fn is_there(score: &Score) -> Result<(), Out> {
    if score.p_alive >= 0.5 { Ok(()) } else { Err(Out::Gone) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: Call = Call { cost: 3.0, minutes: 6.0 };

    fn case(p_alive: f64) -> Case {
        Case {
            score: Score { p_alive, mean: 50.0, ..Score::default() },
            margin_rate: 0.4,
            cost_per_week: 0.1,
            offer_cost: 4.0,
            call_cost: CALL.cost,
            minutes: CALL.minutes,
        }
    }

    #[test]
    fn who_is_here_is_not_won_back_and_who_left_is_when_it_pays() {
        let fresh = Fresh { rate: 0.05, weeks: 100.0, first_year: 3.0, mean: 50.0 };
        let rates = Rates::default();
        assert_eq!(win_back(&case(0.5), &rates, &fresh), Err(Out::StillHere));
        // V2 = 100 x (.4 x 50 x .05 - .1) = 90; .8 x .1 x (90 - 4) - 3 = 3.88
        let won = win_back(&case(0.2), &rates, &fresh).expect("worth it");
        assert!((won.ev() - 3.88).abs() < 1e-9, "{won:?}");
        let slow = Fresh { weeks: 20.0, ..fresh };
        assert_eq!(win_back(&case(0.2), &rates, &slow), Err(Out::CostsMore));
    }

    #[test]
    fn a_prospect_is_worth_the_first_year_times_the_chance() {
        let fresh = Fresh { rate: 0.05, weeks: 100.0, first_year: 3.0, mean: 50.0 };
        // .2 x 3 x 50 x .4 - 3 = 9
        let won = acquisition(0.2, &fresh, 0.4, CALL).expect("worth it");
        assert!((won.ev() - 9.0).abs() < 1e-9, "{won:?}");
        assert_eq!(acquisition(0.04, &fresh, 0.4, CALL), Err(Out::CostsMore));
        assert_eq!(acquisition(0.0, &Fresh::default(), 0.4, CALL), Err(Out::CostsMore));
    }
}
