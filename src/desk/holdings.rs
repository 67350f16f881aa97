//! What every customer has bought of which product, and when: read from the purchases once, kept up per customer.
//! Learns nothing from it; see `offers`.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::domain::{CustomerId, Day, Purchase, PurchaseKind};
use crate::store::{Engine, KeyRange, StoreError};

use super::rows;

/// Customers of one block: a change copies no more than this while others read.
const BLOCK: usize = 1_024;
/// A customer's products that are kept, the most often bought ones: all of anybody but a reseller.
const MOST_HELD: usize = 1_024;
/// Baskets rules are learned from; of more, evenly picked ones.
const MOST_BASKETS: usize = 200_000;
/// Products of a basket that are looked at.
const MOST_IN_BASKET: usize = 32;

/// A product a customer has bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub product: u32,
    /// On how many purchases.
    pub times: u16,
    pub first: Day,
}

/// What a customer bought.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    /// By product, ascending.
    pub held: Box<[Held]>,
    /// Days of buying, ascending, each once.
    pub days: Box<[Day]>,
}

impl Shelf {
    fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// Bought on a day from one to another, both counted.
    fn within(&self, from: Day, to: Day) -> bool {
        let at = self.days.partition_point(|day| *day < from);
        self.days.get(at).is_some_and(|day| *day <= to)
    }
}

/// What everyone has. Copies share what neither has changed.
#[derive(Clone, Default)]
pub(super) struct Holdings {
    blocks: Vec<Arc<Vec<Shelf>>>,
}

impl Holdings {
    /// What a customer has, ascending by product.
    pub fn of(&self, id: CustomerId) -> &[Held] {
        let at = id.0 as usize;
        let shelf = self.blocks.get(at / BLOCK).and_then(|block| block.get(at % BLOCK));
        shelf.map_or(&[], |shelf| &shelf.held)
    }

    /// Puts what a customer bought.
    pub fn put(&mut self, id: CustomerId, bought: Shelf) {
        let at = id.0 as usize;
        if bought.is_empty() && at / BLOCK >= self.blocks.len() {
            return;
        }
        if self.blocks.len() <= at / BLOCK {
            self.blocks.resize_with(at / BLOCK + 1, Arc::default);
        }
        let Some(block) = self.blocks.get_mut(at / BLOCK) else { return };
        let block = Arc::make_mut(block);
        if block.len() <= at % BLOCK {
            block.resize_with(at % BLOCK + 1, Shelf::default);
        }
        if let Some(shelf) = block.get_mut(at % BLOCK) {
            *shelf = bought;
        }
    }

    /// All who have something.
    pub fn iter(&self) -> impl Iterator<Item = (CustomerId, &[Held])> {
        self.shelves().map(|(id, shelf)| (id, &*shelf.held)).filter(|(_, held)| !held.is_empty())
    }

    /// All who bought from one day to another, both counted.
    pub fn within(&self, from: Day, to: Day) -> impl Iterator<Item = CustomerId> {
        self.shelves().filter(move |(_, shelf)| shelf.within(from, to)).map(|(id, _)| id)
    }

    fn shelves(&self) -> impl Iterator<Item = (CustomerId, &Shelf)> {
        self.blocks.iter().enumerate().flat_map(|(n, block)| {
            let id = move |at: usize| CustomerId((n * BLOCK + at) as u64);
            block.iter().enumerate().map(move |(at, shelf)| (id(at), shelf))
        })
    }
}

/// What was sold of one product.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sold {
    /// Customers who have it.
    pub owners: u64,
    /// Purchases with it.
    pub times: u64,
    /// Days since the owners took it first, in sum.
    pub days: u64,
    /// Thousandths of a unit, what they brought and what they cost, minor units; of lines with a cost.
    pub quantity: i64,
    pub revenue: i64,
    pub cost: i64,
    pub costed: i64,
}

/// What the purchases of a store say of its products.
#[derive(Default)]
pub(super) struct Sales {
    pub holdings: Holdings,
    pub sold: HashMap<u32, Sold>,
    /// Products of single purchases, ascending, each once.
    pub baskets: Vec<Box<[u32]>>,
    /// Baskets there were in all, those of one product included.
    pub seen: usize,
    step: usize,
}

impl Sales {
    /// Reads all purchases up to a day; gives up when `wanted` says no.
    pub fn read(
        engine: &dyn Engine,
        day: Day,
        wanted: &dyn Fn() -> bool,
    ) -> Result<Option<Self>, StoreError> {
        const LOOK: usize = 4_096;
        let mut sales = Self { step: 1, ..Self::default() };
        let mut waiting: (CustomerId, Vec<Purchase>) = (CustomerId(0), Vec::new());
        let (mut count, mut stopped) = (0_usize, false);
        rows::read_all::<Purchase>(engine, KeyRange::all(), &mut |key, purchase, _| {
            let id = rows::customer_at(key).unwrap_or_default();
            if id != waiting.0 {
                sales.add(waiting.0, &waiting.1, day);
                waiting = (id, Vec::new());
            }
            waiting.1.push(purchase);
            count += 1;
            stopped = count.is_multiple_of(LOOK) && !wanted();
            if stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        if stopped {
            return Ok(None);
        }
        sales.add(waiting.0, &waiting.1, day);
        Ok(Some(sales))
    }

    fn add(&mut self, id: CustomerId, purchases: &[Purchase], day: Day) {
        if purchases.is_empty() {
            return;
        }
        let shelf = shelf(purchases, day);
        for held in &shelf.held {
            let sold = self.sold.entry(held.product).or_default();
            sold.owners += 1;
            sold.times += u64::from(held.times);
            sold.days += u64::from(day.since(held.first).max(0).unsigned_abs());
        }
        self.holdings.put(id, shelf);
        for purchase in sales(purchases, day) {
            for line in &purchase.lines {
                let Some(product) = line.product.and_then(|p| u32::try_from(p.0).ok()) else {
                    continue;
                };
                let sold = self.sold.entry(product).or_default();
                sold.quantity = sold.quantity.saturating_add(line.quantity.max(0));
                sold.revenue = sold.revenue.saturating_add(line.amount);
                if let Some(cost) = line.cost {
                    sold.cost = sold.cost.saturating_add(cost);
                    sold.costed = sold.costed.saturating_add(line.quantity.max(0));
                }
            }
            self.basket(purchase);
        }
    }

    fn basket(&mut self, purchase: &Purchase) {
        let mut products: Vec<u32> = products(purchase).collect();
        products.sort_unstable();
        products.dedup();
        products.truncate(MOST_IN_BASKET);
        if products.is_empty() {
            return;
        }
        self.seen += 1;
        if self.seen.is_multiple_of(self.step.max(1)) {
            self.baskets.push(products.into());
        }
        if self.baskets.len() > MOST_BASKETS {
            let mut keep = false;
            self.baskets.retain(|_| {
                keep = !keep;
                keep
            });
            self.step = self.step.max(1) * 2;
        }
    }
}

/// What a customer bought by these purchases.
pub(super) fn shelf(purchases: &[Purchase], day: Day) -> Shelf {
    let mut held: Vec<Held> = Vec::new();
    let mut days: Vec<Day> = Vec::new();
    for purchase in sales(purchases, day) {
        days.push(purchase.day);
        let mut seen: Vec<u32> = products(purchase).collect();
        seen.sort_unstable();
        seen.dedup();
        for product in seen {
            match held.iter_mut().find(|h| h.product == product) {
                Some(known) => {
                    known.times = known.times.saturating_add(1);
                    known.first = known.first.min(purchase.day);
                }
                None => held.push(Held { product, times: 1, first: purchase.day }),
            }
        }
    }
    if held.len() > MOST_HELD {
        held.sort_unstable_by_key(|h| (std::cmp::Reverse(h.times), h.product));
        held.truncate(MOST_HELD);
    }
    held.sort_unstable_by_key(|h| h.product);
    days.sort_unstable();
    days.dedup();
    Shelf { held: held.into(), days: days.into() }
}

fn sales(purchases: &[Purchase], day: Day) -> impl Iterator<Item = &Purchase> {
    purchases.iter().filter(move |p| p.kind == PurchaseKind::Sale && p.day <= day)
}

fn products(purchase: &Purchase) -> impl Iterator<Item = u32> {
    purchase.lines.iter().filter_map(|l| u32::try_from(l.product?.0).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Currency, Line, ProductId, PurchaseId};

    fn purchase(day: i32, products: &[u64]) -> Purchase {
        let line = |p: &u64| Line {
            product: (*p > 0).then_some(ProductId(*p)),
            quantity: 1_000,
            amount: 500,
            cost: Some(300),
        };
        Purchase {
            id: PurchaseId(1),
            customer: CustomerId(1),
            external_id: None,
            kind: PurchaseKind::Sale,
            day: Day(day),
            currency: Currency::USD,
            lines: products.iter().map(line).collect(),
        }
    }

    #[test]
    fn a_shelf_counts_purchases_and_never_looks_ahead() {
        let back = Purchase { kind: PurchaseKind::Return, ..purchase(3, &[7]) };
        let all = [purchase(5, &[2, 1, 2]), purchase(2, &[2, 0]), back, purchase(90, &[9])];
        let held = |p, times, first| Held { product: p, times, first: Day(first) };
        assert_eq!(*shelf(&all, Day(10)).held, [held(1, 1, 5), held(2, 2, 2)]);
        assert_eq!(*shelf(&all, Day(10)).days, [Day(2), Day(5)]);
        assert!(shelf(&[], Day(10)).is_empty());
        let many: Vec<u64> = (1..=2_000).collect();
        assert_eq!(shelf(&[purchase(1, &many)], Day(10)).held.len(), MOST_HELD);
    }

    #[test]
    fn holdings_hold_what_was_put() {
        let mut all = Holdings::default();
        let one = |p| shelf(&[purchase(1, &[p])], Day(9));
        for id in [1_u64, 1_023, 1_024, 70_000] {
            all.put(CustomerId(id), one(id));
        }
        let before = all.clone();
        all.put(CustomerId(1_024), Shelf::default());
        all.put(CustomerId(9_999_999), Shelf::default());
        assert_eq!(before.of(CustomerId(1_024)).len(), 1);
        assert!(all.of(CustomerId(1_024)).is_empty() && all.of(CustomerId(500_000)).is_empty());
        let ids: Vec<u64> = all.iter().map(|(id, _)| id.0).collect();
        assert_eq!(ids, [1, 1_023, 70_000]);
        for (from, to, want) in [(1, 1, 3), (0, 5, 3), (2, 9, 0), (-9, 0, 0)] {
            assert_eq!(all.within(Day(from), Day(to)).count(), want, "{from} {to}");
        }
    }

    #[test]
    fn baskets_are_thinned_evenly() {
        let mut sales = Sales { step: 1, ..Sales::default() };
        for n in 0..MOST_BASKETS as u64 + 5_000 {
            sales.basket(&purchase(1, &[n + 1]));
        }
        assert_eq!(sales.seen, MOST_BASKETS + 5_000);
        assert!(sales.baskets.len() <= MOST_BASKETS && sales.baskets.len() > MOST_BASKETS / 3);
        sales.basket(&purchase(1, &[0]));
        assert_eq!(sales.seen, MOST_BASKETS + 5_000, "a basket without a product is none");
    }
}
