//! What is it worth to speak with someone about something other than staying? One shape for all
//! queues beside retention, with its arithmetic kept: chance x gain - cost. Never ranks; see
//! [`super::retention::rank`] for the queue whose rows can also lose what they give away.

use super::retention::Case;
use crate::domain::names::named_enum;

/// The arithmetic of one row; money in major units.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Bid {
    /// Chance that it comes off.
    pub chance: f64,
    /// What it brings then, offer paid.
    pub gain: f64,
    /// What the call costs either way.
    pub call_cost: f64,
    /// `chance * gain - call_cost`.
    pub ev: f64,
    /// What the queue is ranked by.
    pub ev_per_minute: f64,
}

named_enum! {
    /// At what time of life a customer is: those of one stage want and can pay alike.
    pub enum LifeStage {
        /// Nothing is known.
        Unknown = "unknown",
        Organisation = "organisation",
        Under25 = "under_25",
        From25 = "25_34",
        From35 = "35_49",
        From50 = "50_64",
        From65 = "65_up",
    }
}

impl LifeStage {
    /// The stage of an organisation, or of a person of an age in years.
    pub fn of(is_organisation: bool, age: Option<i32>) -> Self {
        match age {
            _ if is_organisation => Self::Organisation,
            Some(65..=130) => Self::From65,
            Some(50..65) => Self::From50,
            Some(35..50) => Self::From35,
            Some(25..35) => Self::From25,
            Some(0..25) => Self::Under25,
            _ => Self::Unknown,
        }
    }
}

/// What a call takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// Its cost (f), major units.
    pub cost: f64,
    /// Minutes of an agent.
    pub minutes: f64,
}

impl Bid {
    /// A chance outside 0..=1 is taken to its nearer end.
    fn new(chance: f64, gain: f64, call: Call) -> Self {
        let chance = chance.clamp(0.0, 1.0);
        let ev = chance * gain - call.cost;
        let minutes = call.minutes.max(super::retention::SHORTEST_CALL_MINUTES);
        Self { chance, gain, call_cost: call.cost, ev, ev_per_minute: ev / minutes }
    }

    /// Nobody whose expected value is not above zero belongs in a queue.
    pub fn is_worth_a_call(&self) -> bool {
        self.ev > 0.0
    }
}

/// Calling one who has probably left: (1 - P(alive)) ρ (V2 - d) - f, with `return_rate` ρ the chance
/// that such a call brings a leaver back and `second_value` V2 what a second life brings.
pub fn win_back(case: &Case, return_rate: f64, second_value: f64) -> Bid {
    let call = Call { cost: case.call_cost, minutes: case.minutes };
    let chance = (1.0 - case.score.p_alive) * return_rate.clamp(0.0, 1.0);
    Bid::new(chance, second_value - case.offer_cost, call)
}

/// What a second life of a customer like this brings: the value of a new customer with their mean
/// spend. `fresh_weeks` are the discounted weeks and `fresh_rate` the purchases a week of one who
/// has just bought for the first time.
pub fn second_value(case: &Case, fresh_rate: f64, fresh_weeks: f64) -> f64 {
    fresh_weeks * (case.margin_rate * case.score.mean * fresh_rate - case.cost_per_week)
}

/// Offering a complementary product: the chance anyone takes it, times the lift of what this customer
/// already buys, times P(alive); gains its margin.
pub fn cross_sell(p_alive: f64, base_rate: f64, lift: f64, margin: f64, call: Call) -> Bid {
    Bid::new(p_alive * (base_rate * lift).clamp(0.0, 1.0), margin, call)
}

/// Offering the dearer product: the chance at this stage of life (`stage_rate`), times how much of
/// their spending power is unused (`headroom`, 0..=1), times P(alive); gains the added margin.
pub fn up_sell(
    p_alive: f64,
    stage_rate: f64,
    headroom: f64,
    margin_gained: f64,
    call: Call,
) -> Bid {
    Bid::new(p_alive * stage_rate * headroom.clamp(0.0, 1.0), margin_gained, call)
}

/// Calling a prospect: the lead score times the expected value of a customer's first year.
pub fn acquisition(lead_score: f64, first_year_value: f64, call: Call) -> Bid {
    Bid::new(lead_score, first_year_value, call)
}

/// Part of a customer's spending power that is not yet spent with us: 1 - spend / the 90th percentile
/// of those like them; 0 for those above it or where that percentile is not positive.
pub fn headroom(spend: f64, top_of_peers: f64) -> f64 {
    if top_of_peers > 0.0 { (1.0 - spend.max(0.0) / top_of_peers).clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::score::Score;
    use super::*;

    const CALL: Call = Call { cost: 2.0, minutes: 4.0 };

    #[test]
    fn each_bid_is_chance_times_gain_less_the_call() {
        let score = Score { p_alive: 0.2, mean: 40.0, ..Score::default() };
        let case = Case {
            score,
            margin_rate: 0.5,
            cost_per_week: 0.5,
            offer_cost: 10.0,
            call_cost: 2.0,
            minutes: 4.0,
        };
        for (bid, chance, ev) in [
            (win_back(&case, 0.1, 160.0), 0.08, 10.0),
            (cross_sell(0.5, 0.1, 2.0, 50.0, CALL), 0.1, 3.0),
            (cross_sell(1.0, 0.4, 9.0, 50.0, CALL), 1.0, 48.0), // never above certainty
            (up_sell(0.5, 0.4, 0.5, 10.0, CALL), 0.1, -1.0),
            (acquisition(0.25, 40.0, CALL), 0.25, 8.0),
            (acquisition(-1.0, 40.0, CALL), 0.0, -2.0),
        ] {
            assert!((bid.chance - chance).abs() < 1e-12, "{bid:?}");
            assert!((bid.ev - ev).abs() < 1e-12 && (bid.ev_per_minute - ev / 4.0).abs() < 1e-12);
            assert_eq!(bid.is_worth_a_call(), ev > 0.0);
        }
        // 100 weeks of .5 x 40 x .1 - .5
        assert!((second_value(&case, 0.1, 100.0) - 150.0).abs() < 1e-9);
    }

    #[test]
    fn headroom_is_what_peers_spend_more() {
        for (spend, top, wanted) in [(0.0, 10.0, 1.0), (4.0, 10.0, 0.6), (20.0, 10.0, 0.0)] {
            assert!((headroom(spend, top) - wanted).abs() < 1e-12);
        }
        assert_eq!((headroom(1.0, 0.0), headroom(-5.0, 10.0)), (0.0, 1.0));
    }
}
