//! When customers buy and when they leave: Pareto/NBD for the ordinary (Schmittlein, Morrison and
//! Colombo 1987: gamma rates of buying, gamma rates of leaving), steady habits for the stories.

use super::Story;
use super::calendar::{Calendar, PRICE_RISE_AGO, SPAN};
use super::random::Random;

/// Shape and rate (weeks) of the rate of buying.
const BUYING: (f64, f64) = (0.66, 27.0);
/// Shape and rate (weeks) of the rate of leaving.
const LEAVING: (f64, f64) = (0.2, 40.0);
/// Most purchases of a customer; a gamma rate has a long tail.
const MOST: usize = 500;

/// The days on which a customer bought, counted from the first day of the sample, ascending.
#[derive(Debug, Default)]
pub(super) struct Life {
    pub bought: Vec<i32>,
    /// When the customer left for good; unknown to the business.
    pub left: Option<i32>,
    /// The day from which the orders were only half as big.
    pub halved: Option<i32>,
}

/// The last day on which a customer with this story can have joined.
pub(super) fn latest_joined(story: Story) -> i32 {
    match story {
        Story::WonBack => SPAN - 620,
        Story::OrdersHalved | Story::Advocate | Story::Gone => SPAN - 420,
        Story::FellSilent | Story::PriceAngry | Story::CostlyToKeep => SPAN - 330,
        Story::Regular => SPAN - 150,
        Story::Prospect | Story::Ordinary | Story::Double => SPAN - 3,
    }
}

/// Draws a life. `leaves` scales how fast an ordinary customer leaves; 1 is usual.
pub(super) fn live(
    random: &mut Random,
    calendar: &Calendar,
    story: Story,
    joined: i32,
    leaves: f64,
    firm: bool,
) -> Life {
    match story {
        Story::Prospect | Story::Double => Life::default(),
        Story::Ordinary => ordinary(random, calendar, joined, leaves, firm),
        Story::Regular => {
            let period = random.between(16, 42);
            let last = SPAN - random.between(0, period - 3);
            Life { bought: habit(random, joined, period, last), ..Life::default() }
        }
        Story::Advocate => {
            let period = random.between(14, 32);
            let last = SPAN - random.between(0, period - 3);
            Life { bought: habit(random, joined, period, last), ..Life::default() }
        }
        Story::Gone => {
            let period = random.between(14, 40);
            // Habits end early or not at all.
            let stayed = 110 + random.exponential(1.0 / 150.0) as i32;
            let last = (joined + stayed).min(SPAN - 260);
            let left = Some(last + random.between(1, period));
            Life { bought: habit(random, joined, period, last), left, halved: None }
        }
        Story::CostlyToKeep => {
            Life { bought: habit(random, joined, 24, SPAN - 5), ..Life::default() }
        }
        Story::FellSilent => {
            // About every 21 days, then silent for 64.
            let period = random.between(18, 24);
            let silent = (f64::from(period) * 64.0 / 21.0).round() as i32;
            let bought = habit(random, joined, period, SPAN - silent);
            Life { bought, ..Life::default() }
        }
        Story::PriceAngry => {
            let last = SPAN - PRICE_RISE_AGO + random.between(0, 20);
            Life {
                bought: habit(random, joined, 30, last),
                left: Some(last + 1),
                ..Life::default()
            }
        }
        Story::OrdersHalved => {
            let halved = Some(SPAN - random.between(110, 160));
            let last = SPAN - random.between(2, 20);
            let bought = habit(random, joined, 24, last);
            Life { bought, left: None, halved }
        }
        Story::WonBack => won_back(random, calendar, joined),
    }
}

fn ordinary(
    random: &mut Random,
    calendar: &Calendar,
    joined: i32,
    leaves: f64,
    firm: bool,
) -> Life {
    let rate = random.gamma(BUYING.0, BUYING.1) / 7.0;
    let leaving = random.gamma(LEAVING.0, LEAVING.1) * leaves / 7.0;
    let wait = if random.chance(0.7) { 0 } else { random.between(1, 40) };
    let first = (joined + wait).min(SPAN);
    let stays = random.exponential(leaving).min(1e6) as i32;
    let left = Some(first.saturating_add(stays.max(1))).filter(|at| *at <= SPAN);
    let end = left.unwrap_or(SPAN);
    let mut bought = vec![first];
    let (mut at, mut busy) = calendar.later(firm, first, 0.0, random.unit());
    while bought.len() < MOST {
        let gap = random.exponential(rate);
        (at, busy) = calendar.later(firm, at, busy, gap);
        if at > end {
            break;
        }
        if bought.last().is_some_and(|last| at > *last) {
            bought.push(at);
        }
    }
    Life { bought, left, halved: None }
}

/// Every `period` days, give or take an eighth, up to `last` and not before `joined`.
fn habit(random: &mut Random, joined: i32, period: i32, last: i32) -> Vec<i32> {
    let mut bought = Vec::new();
    let mut at = last;
    while at >= joined {
        bought.push(at);
        let swing = (random.normal() / 8.0).clamp(-0.3, 0.3);
        at -= ((f64::from(period) * (1.0 + swing)).round() as i32).max(1);
    }
    bought.reverse();
    bought
}

/// Bought for a while, stayed away for most of a year, came back after a call.
fn won_back(random: &mut Random, calendar: &Calendar, joined: i32) -> Life {
    let back = calendar.open_until(SPAN - random.between(45, 140));
    let away = random.between(200, 320);
    let mut bought = habit(random, joined, 33, back - away);
    let mut at = back;
    while at <= SPAN {
        bought.push(at);
        at += random.between(24, 38);
    }
    Life { bought, ..Life::default() }
}
