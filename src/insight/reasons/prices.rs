//! Did what a customer buys become dearer? Looks at the prices they paid themselves, so that a new price
//! nobody asked them for is no reason. Never looks at what followed.

use std::collections::BTreeMap;

use crate::domain::{Day, ProductId, Purchase, PurchaseKind};

/// Prices a customer pays rose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceRise {
    /// By how much, in percent of the price before.
    pub percent: f64,
    /// First day on which the new price was paid.
    pub since: Day,
}

/// A rise is told from this part on: less is lost among discounts.
const LEAST: f64 = 0.05;
/// Prices paid before the rise that must be known: two, so that one discount makes no rise.
const BEFORE: usize = 2;
/// The product must have been so much of what was spent before.
const SHARE: f64 = 0.2;

/// The rise of the price of the product that mattered most to the customer, up to the end of `as_of`.
///
/// Prices are those of a unit as paid. From the rise on every price lies above the middle one before by
/// [`LEAST`]; of several rises of one product it is the last.
pub fn price_rise(purchases: &[Purchase], as_of: Day) -> Option<PriceRise> {
    let mut paid: BTreeMap<ProductId, Vec<(Day, f64, i64)>> = BTreeMap::new();
    let sales = purchases.iter().filter(|p| p.kind == PurchaseKind::Sale && p.day <= as_of);
    let mut all = 0_i64;
    for (purchase, line) in sales.flat_map(|p| p.lines.iter().map(move |l| (p, l))) {
        all = all.saturating_add(line.amount.max(0));
        if let Some(product) = line.product.filter(|_| line.quantity > 0 && line.amount > 0) {
            let unit = line.amount as f64 / line.quantity as f64;
            paid.entry(product).or_default().push((purchase.day, unit, line.amount));
        }
    }
    let rises = paid.into_values().filter_map(|mut prices| {
        prices.sort_by_key(|(day, _, _)| *day);
        let spent: i64 = prices.iter().fold(0, |sum, (_, _, amount)| sum.saturating_add(*amount));
        let matters = spent as f64 >= SHARE * all as f64;
        Some((spent, last_rise(&prices)?)).filter(|_| matters)
    });
    rises.max_by_key(|(spent, _)| *spent).map(|(_, rise)| rise)
}

/// Where all prices from there on lie above the middle one of those before.
fn last_rise(prices: &[(Day, f64, i64)]) -> Option<PriceRise> {
    let unit = |of: &[(Day, f64, i64)]| of.iter().map(|(_, unit, _)| *unit).collect::<Vec<f64>>();
    let mut lowest = f64::INFINITY;
    for at in (BEFORE..prices.len()).rev() {
        let (before, after) = prices.split_at(at);
        let (day, price, _) = after.first()?;
        lowest = lowest.min(*price);
        // A day is not split.
        if before.last().is_some_and(|(last, _, _)| last == day) {
            continue;
        }
        // The nearest prices count: an older rise is no news.
        let near = before.get(before.len().saturating_sub(NEAR)..)?;
        let usual = middle(unit(near))?;
        if lowest >= usual * (1.0 + LEAST) {
            let percent = 100.0 * (middle(unit(after))? / usual - 1.0);
            return Some(PriceRise { percent, since: *day });
        }
    }
    None
}

/// Prices before a rise that are looked at.
const NEAR: usize = 5;

/// The upper median: one of two may have been a discount.
fn middle(mut of: Vec<f64>) -> Option<f64> {
    let at = of.len() / 2;
    (at < of.len()).then(|| *of.select_nth_unstable_by(at, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Currency, CustomerId, Line, PurchaseId};

    /// Day, product, thousandths of a unit, amount.
    type Bought = (i32, u64, i64, i64);

    fn purchase(&(day, product, quantity, amount): &Bought) -> Purchase {
        let product = (product > 0).then_some(ProductId(product));
        Purchase {
            id: PurchaseId(day as u64),
            customer: CustomerId(1),
            external_id: None,
            kind: if amount < 0 { PurchaseKind::Return } else { PurchaseKind::Sale },
            day: Day(day),
            currency: Currency::USD,
            lines: vec![Line { product, quantity, amount: amount.abs(), cost: None }],
        }
    }

    fn check(bought: &[Bought], wanted: Option<(u32, i32)>) {
        let purchases: Vec<Purchase> = bought.iter().map(purchase).collect();
        let found = price_rise(&purchases, Day(1_000));
        let found = found.map(|r| (r.percent.round() as u32, r.since.0));
        assert_eq!(found, wanted, "{bought:?}");
    }

    #[test]
    fn a_rise_is_what_the_customer_paid_more() {
        let plan = |day, amount| (day, 1, 1_000, amount);
        // Twice at ten, then at twelve; two of them at once cost as much each.
        check(&[plan(1, 1_000), plan(31, 1_000), plan(61, 1_200)], Some((20, 61)));
        check(&[plan(1, 1_000), plan(31, 1_000), (61, 1, 2_000, 2_400)], Some((20, 61)));
        // In any order of the records.
        check(&[plan(61, 1_200), plan(31, 1_000), plan(1, 1_000)], Some((20, 61)));
        // A discount before is no rise after, nor is one price before enough to tell.
        check(&[plan(1, 1_000), plan(31, 800), plan(61, 1_000)], None);
        check(&[plan(1, 1_000), plan(61, 1_200)], None);
        // It fell again; it rose a little; it rose later than asked.
        check(&[plan(1, 1_000), plan(31, 1_000), plan(61, 1_200), plan(91, 1_000)], None);
        check(&[plan(1, 1_000), plan(31, 1_000), plan(61, 1_040)], None);
        check(&[plan(1, 1_000), plan(31, 1_000), plan(1_001, 1_200)], None);
        // Of two rises the later one.
        let twice = [plan(1, 1_000), plan(31, 1_000), plan(61, 1_300), plan(91, 1_300)];
        check(&[&twice[..], &[plan(121, 1_300), plan(151, 1_690)]].concat(), Some((30, 151)));
    }

    #[test]
    fn only_what_matters_to_the_customer_counts() {
        let plan = |day, amount| (day, 1, 1_000, amount);
        let rise = [plan(1, 100), plan(31, 100), plan(61, 150)];
        // Beside goods of ten thousand a trifle; a return and a line of no product are not prices.
        check(&[&rise[..], &[(40, 2, 1_000, 10_000)]].concat(), None);
        check(&[&rise[..], &[(70, 1, 1_000, -100)]].concat(), Some((50, 61)));
        check(&[&rise[..], &[(70, 0, 1_000, 90)]].concat(), Some((50, 61)));
        check(&[], None);
        check(&[(1, 1, 0, 100), (2, 1, 1_000, 0)], None);
    }
}
