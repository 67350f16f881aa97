//! Contracts of the sample: internet plans that renew until somebody ends them, for reasons the
//! analyses should find: those who pay by the month, who do not renew by themselves, who pay much, and
//! who came by the bought list leave soonest.

use crate::domain::{CustomerId, Day, ProductId, Subscription, SubscriptionId, Term};

use super::calendar::{Calendar, SPAN};
use super::ingredients::Good;
use super::market::Market;
use super::random::Random;

/// Share of those who bought anything that has a contract too.
const SHARE: f64 = 0.42;
/// Chance that a usual contract ends in a month.
const HAZARD: f64 = 0.011;
/// Months a contract can have run.
const MOST_MONTHS: i32 = 36;
/// Terms: how often, how fast those leave, months, and price of a month.
const TERMS: &[(Term, f64, f64, i64, f64)] = &[
    (Term::Month, 0.50, 3.4, 1, 1.0),
    (Term::Quarter, 0.16, 1.7, 3, 0.95),
    (Term::Year, 0.25, 0.35, 12, 0.85),
    (Term::TwoYears, 0.09, 0.12, 24, 0.8),
];

/// Whose contract it is, as far as it tells when it will end.
pub(super) struct Holder {
    pub customer: CustomerId,
    pub joined: i32,
    /// How fast those of the same source leave; 1 is usual.
    pub leaves: f64,
}

/// The contract of a customer, if there is one. Ids are those of the sample.
pub(super) fn contract(
    random: &mut Random,
    calendar: &Calendar,
    market: &Market,
    goods: &[Good],
    holder: &Holder,
) -> Option<Subscription> {
    if !random.chance(SHARE) {
        return None;
    }
    let plans: Vec<usize> = (0..goods.len())
        .filter(|at| goods.get(*at).is_some_and(|g| g.category[0] == "internet"))
        .collect();
    let plan = *random.pick(&plans)?;
    let term = random.weighed(TERMS.iter().map(|t| t.1))?;
    let (term, _, faster, months, off) = *TERMS.get(term)?;
    let auto_renew = random.chance(0.72);
    let dear = plan + 2 >= plans.last().copied().unwrap_or(plan);
    let start = holder.joined.max(SPAN - MOST_MONTHS * 30) + random.between(0, 40);
    if start >= SPAN - 5 {
        return None;
    }
    let hazard = HAZARD
        * faster
        * if auto_renew { 0.7 } else { 2.3 }
        * if dear { 1.5 } else { 0.8 }
        * holder.leaves;
    let lasts = (random.exponential(hazard) * 30.4) as i32 + 1;
    let end = start + lasts;
    let price = market.price_now(plan) as f64 * off * months as f64;
    let day = |at: i32| -> Day { calendar.day(at) };
    Some(Subscription {
        id: SubscriptionId(0),
        customer: holder.customer,
        external_id: None,
        product: Some(ProductId(plan as u64 + 1)),
        start: day(start),
        end: (end <= SPAN).then(|| day(end)),
        term,
        amount: price.round() as i64,
        auto_renew,
    })
}
