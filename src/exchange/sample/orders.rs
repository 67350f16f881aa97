//! The purchases of one customer: how much each time (Gamma-Gamma: Fader, Hardie and Lee 2005, "RFM and
//! CLV"), what came back, what was credited.

use crate::domain::{CustomerId, Purchase, PurchaseId, PurchaseKind};

use super::Story;
use super::calendar::{Calendar, SPAN};
use super::life::Life;
use super::market::{Market, Wants};
use super::people::Person;
use super::random::Random;

/// Gamma-Gamma: shape of a customer's amounts, shape and scale (dollars) of what customers spend.
const SPENDING: (f64, f64, f64) = (5.0, 5.5, 64.0);
/// Shape of the amounts of those who buy as a habit: nearly the same each time.
const HABITUAL: f64 = 14.0;
/// How much more an organisation spends, at least and at most.
const FIRM: (f64, f64) = (2.0, 4.0);

/// Share of purchases of which a line comes back, and of which a part is credited.
fn troubles(story: Story) -> (f64, f64) {
    match story {
        Story::CostlyToKeep => (0.4, 0.2),
        Story::Regular | Story::Advocate => (0.015, 0.005),
        Story::FellSilent | Story::PriceAngry => (0.05, 0.04),
        _ => (0.04, 0.012),
    }
}

/// Draws them, by day. Ids and external ids are left to the caller.
pub(super) fn orders(
    random: &mut Random,
    calendar: &Calendar,
    market: &Market,
    person: &Person,
    likes: &'static str,
    life: &Life,
) -> Vec<Purchase> {
    let (shape, spread, scale) = SPENDING;
    let habitual = !matches!(person.story, Story::Ordinary);
    let shape = if habitual { HABITUAL } else { shape };
    let typical = scale * SPENDING.0 / random.gamma(spread, 1.0);
    let typical = match person.story {
        Story::OrdersHalved => 110.0 + typical * 1.4,
        Story::CostlyToKeep => typical.clamp(10.0, 45.0),
        Story::FellSilent => typical.clamp(80.0, 220.0),
        Story::Advocate => typical.clamp(40.0, 110.0),
        Story::Regular | Story::Gone if !person.firm => typical.clamp(12.0, 60.0),
        Story::PriceAngry | Story::WonBack => typical.clamp(20.0, 75.0),
        _ if person.firm => typical * (FIRM.0 + (FIRM.1 - FIRM.0) * random.unit()),
        _ => typical.min(2_500.0),
    };
    let mut had = Vec::new();
    let mut all: Vec<Purchase> = Vec::new();
    let (returns, credits) = troubles(person.story);
    for at in &life.bought {
        let half = if life.halved.is_some_and(|h| *at >= h) { 0.5 } else { 1.0 };
        let amount = typical * half * random.gamma(shape, shape) * market.scale;
        let mut wants = Wants { firm: person.firm, likes, amount, had: &mut had };
        let lines = market.basket(random, calendar, *at, &mut wants);
        if lines.is_empty() {
            continue;
        }
        let sale = purchase(person, calendar, market, *at, PurchaseKind::Sale, lines);
        let later = *at + random.between(3, 20);
        let back = random.chance(returns).then(|| market.return_of(random, &sale)).flatten();
        let credit = random.chance(credits).then(|| market.credit_of(random, &sale));
        all.push(sale);
        for (kind, lines) in [(PurchaseKind::Return, back), (PurchaseKind::Credit, credit)] {
            if let Some(lines) = lines.filter(|_| later <= SPAN) {
                all.push(purchase(person, calendar, market, later, kind, lines));
            }
        }
    }
    all.sort_by_key(|p| p.day);
    all
}

fn purchase(
    person: &Person,
    calendar: &Calendar,
    market: &Market,
    at: i32,
    kind: PurchaseKind,
    lines: Vec<crate::domain::Line>,
) -> Purchase {
    Purchase {
        id: PurchaseId(0),
        customer: CustomerId(person.customer.id.0),
        external_id: None,
        kind,
        day: calendar.day(at),
        currency: market.currency,
        lines,
    }
}
