//! Orders of all customers, kept from one page to the next, and mended instead of made anew when a
//! few customers have changed.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::domain::Day;

use super::bits::Bits;
use super::collate;
use super::columns::{Columns, UNKNOWN};
use super::sort::{Sort, SortField};

/// Orders kept: four bytes a customer each.
const MOST_ORDERS: usize = 5;

/// Changes remembered; orders older than these are made anew.
const MOST_CHANGES: usize = 1 << 17;

/// An order of all live rows.
#[derive(Clone)]
pub(super) struct Order {
    sort: Sort,
    /// The change up to which it holds.
    at: u64,
    /// The scores up to which it holds.
    scores: u64,
    pub rows: Arc<Vec<u32>>,
    /// Place of each row, once it was asked for.
    places: Option<Arc<Vec<u32>>>,
}

/// Rows changed of late.
#[derive(Default)]
pub(super) struct Changes {
    rows: Vec<u32>,
    /// Changes before the first that is remembered.
    forgotten: u64,
    /// Counts the times all scores were set.
    pub scores: u64,
}

impl Changes {
    pub fn push(&mut self, row: u32) {
        if self.rows.len() == MOST_CHANGES {
            self.forgotten += MOST_CHANGES as u64;
            self.rows.clear();
        }
        self.rows.push(row);
    }

    fn now(&self) -> u64 {
        self.forgotten + self.rows.len() as u64
    }

    /// Rows changed since, or `None` when that is forgotten.
    fn since(&self, at: u64) -> Option<&[u32]> {
        self.rows.get(usize::try_from(at.checked_sub(self.forgotten)?).ok()?..)
    }
}

/// The orders that are kept, the least used first.
#[derive(Default)]
pub(super) struct Orders(Vec<Order>);

impl Orders {
    /// The kept order, if it still holds or can be mended.
    fn take(&mut self, sort: Sort) -> Option<Order> {
        let at = self.0.iter().position(|o| o.sort == sort)?;
        Some(self.0.remove(at))
    }

    fn keep(&mut self, order: Order) {
        self.0.retain(|o| o.sort != order.sort);
        if self.0.len() == MOST_ORDERS {
            self.0.remove(0);
        }
        self.0.push(order);
    }

    pub fn heap(&self) -> usize {
        let places = |o: &Order| o.places.as_ref().map_or(0, |p| p.len() * 4);
        self.0.iter().map(|o| o.rows.len() * 4 + places(o)).sum()
    }

    /// Forgets all orders.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// All live rows in order; from the orders kept where that is possible.
pub(super) fn order(
    columns: &Columns,
    changes: &Changes,
    orders: &std::sync::Mutex<Orders>,
    sort: Sort,
) -> Order {
    let lock = || orders.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let scored = matches!(
        sort.field,
        SortField::Value | SortField::Risk | SortField::Saves | SortField::Leave
    );
    let kept = lock().take(sort).filter(|o| !scored || o.scores == changes.scores);
    let touched = kept.as_ref().and_then(|o| changes.since(o.at));
    let order = match (kept.as_ref(), touched) {
        (Some(order), Some([])) => order.clone(),
        (Some(order), Some(touched)) if touched.len() < order.rows.len() / 4 => Order {
            rows: mended(columns, sort, &order.rows, touched),
            at: changes.now(),
            places: None,
            ..order.clone()
        },
        _ => Order {
            sort,
            at: changes.now(),
            scores: changes.scores,
            rows: sorted(columns, sort),
            places: None,
        },
    };
    lock().keep(order.clone());
    order
}

/// The order with the place of each row; dead rows are last.
pub(super) fn places(
    orders: &std::sync::Mutex<Orders>,
    rows: usize,
    order: &mut Order,
) -> Arc<Vec<u32>> {
    if let Some(places) = &order.places {
        return Arc::clone(places);
    }
    let mut places = vec![u32::MAX; rows];
    for (place, row) in order.rows.iter().enumerate() {
        places[*row as usize] = place as u32;
    }
    let places = Arc::new(places);
    order.places = Some(Arc::clone(&places));
    orders.lock().unwrap_or_else(std::sync::PoisonError::into_inner).keep(order.clone());
    places
}

/// Sorts some rows; stable by row.
pub(super) fn sort_rows(columns: &Columns, sort: Sort, rows: &mut [u32]) {
    rows.sort_unstable_by(|a, b| compare(columns, sort, *a, *b));
}

/// The order without the touched rows, and those put in at their new places.
fn mended(columns: &Columns, sort: Sort, rows: &[u32], touched: &[u32]) -> Arc<Vec<u32>> {
    let mut changed = Bits::with_rows(columns.rows());
    let mut fresh: Vec<u32> = touched.iter().copied().filter(|row| changed.add(*row)).collect();
    fresh.retain(|row| columns.live.has(*row));
    sort_rows(columns, sort, &mut fresh);
    let kept: Vec<u32> = rows.iter().copied().filter(|row| !changed.has(*row)).collect();
    let mut merged = Vec::with_capacity(kept.len() + fresh.len());
    let mut from = 0;
    for row in fresh {
        let rest = &kept[from..];
        let to = from + rest.partition_point(|k| compare(columns, sort, *k, row).is_lt());
        merged.extend_from_slice(&kept[from..to]);
        merged.push(row);
        from = to;
    }
    merged.extend_from_slice(&kept[from..]);
    Arc::new(merged)
}

/// Compares two rows in an order: unknown last either way, then by row.
fn compare(columns: &Columns, sort: Sort, a: u32, b: u32) -> Ordering {
    let texts = match sort.field {
        SortField::Name | SortField::Best => Some(names(columns, a, b)),
        SortField::City => {
            let city = |row: u32| columns.city.codes[row as usize];
            let (a, b) = (city(a), city(b));
            match (a, b) {
                (0, 0) => return a.cmp(&b),
                (0, _) => return Ordering::Greater,
                (_, 0) => return Ordering::Less,
                _ => {
                    let values = &columns.city.values;
                    Some(collate::compare(values.folded_of(a), values.folded_of(b)))
                }
            }
        }
        _ => None,
    };
    let found = match texts {
        Some(order) if sort.descending => order.reverse(),
        Some(order) => order,
        None => key(columns, sort, a).cmp(&key(columns, sort, b)),
    };
    found.then(a.cmp(&b))
}

fn names(columns: &Columns, a: u32, b: u32) -> Ordering {
    let words = |row| {
        let list = columns.names.get(row).iter().take_while(|word| **word != 0);
        list.map(|word| columns.vocabulary.get(*word))
    };
    let (mut a, mut b) = (words(a), words(b));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(x), Some(y)) => match collate::compare(x, y) {
                Ordering::Equal => {}
                unequal => return unequal,
            },
        }
    }
}

/// All live rows sorted.
fn sorted(columns: &Columns, sort: Sort) -> Arc<Vec<u32>> {
    match sort.field {
        SortField::Name | SortField::Best => sorted_by_name(columns, sort.descending),
        SortField::City => {
            let values = &columns.city.values;
            let ranks = ranks(values.len(), |n| values.folded_of(n));
            let known = |rank: u32| match (rank, sort.descending) {
                (0, _) => u64::MAX,
                (rank, false) => u64::from(rank),
                (rank, true) => u64::MAX - u64::from(rank),
            };
            by_key(columns, |row| known(ranks[columns.city.codes[row as usize] as usize]))
        }
        _ => by_key(columns, |row| key(columns, sort, row)),
    }
}

fn by_key(columns: &Columns, key: impl Fn(u32) -> u64) -> Arc<Vec<u32>> {
    let mut pairs: Vec<(u64, u32)> = columns.live.rows().map(|row| (key(row), row)).collect();
    sort_pairs(&mut pairs, Ord::cmp);
    Arc::new(pairs.iter().map(|(_, row)| *row).collect())
}

fn sorted_by_name(columns: &Columns, descending: bool) -> Arc<Vec<u32>> {
    let ranks = ranks(columns.vocabulary.len(), |n| columns.vocabulary.get(n));
    let rank = |list: &[u32], at: usize| list.get(at).map_or(0, |word| ranks[*word as usize]);
    let name = |row: u32| {
        let list = columns.names.get(row);
        let end = list.iter().position(|word| *word == 0).unwrap_or(list.len());
        &list[..end]
    };
    let mut pairs: Vec<(u64, u32)> = columns
        .live
        .rows()
        .map(|row| {
            let name = name(row);
            (u64::from(rank(name, 0)) << 32 | u64::from(rank(name, 1)), row)
        })
        .collect();
    let turned = |o: Ordering| if descending { o.reverse() } else { o };
    sort_pairs(&mut pairs, |(a, x), (b, y)| {
        turned(a.cmp(b))
            .then_with(|| {
                let (x, y) = (name(*x), name(*y));
                let rest = |n: &[u32]| (2..n.len()).map(|at| rank(n, at)).collect::<Vec<_>>();
                if x.len().max(y.len()) < 3 {
                    return turned(x.len().cmp(&y.len()));
                }
                turned(rest(x).cmp(&rest(y)))
            })
            .then(x.cmp(y))
    });
    Arc::new(pairs.iter().map(|(_, row)| *row).collect())
}

/// The rank of each number's text, equal texts with equal ranks; the empty text has 0.
fn ranks<'a>(numbers: usize, text: impl Fn(u32) -> &'a str) -> Vec<u32> {
    let mut sorted: Vec<u32> = (0..numbers as u32).collect();
    sorted.sort_by(|a, b| collate::compare(text(*a), text(*b)));
    let mut ranks = vec![0; numbers];
    let mut rank = 0;
    for pair in sorted.windows(2) {
        if text(pair[0]) != text(pair[1]) {
            rank += 1;
        }
        ranks[pair[1] as usize] = rank;
    }
    ranks
}

/// Sorts on all cores: parts first, then the parts are merged.
fn sort_pairs(
    pairs: &mut [(u64, u32)],
    compare: impl Fn(&(u64, u32), &(u64, u32)) -> Ordering + Sync,
) {
    const WORTH_A_THREAD: usize = 50_000;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let each = pairs.len().div_ceil(cores.min(8)).max(WORTH_A_THREAD);
    let compare = &compare;
    std::thread::scope(|scope| {
        for part in pairs.chunks_mut(each) {
            scope.spawn(move || part.sort_unstable_by(compare));
        }
    });
    // The standard stable sort finds the sorted runs and merges them.
    pairs.sort_by(compare);
}

/// A number that orders as the field does; unknown is the largest either way.
fn key(columns: &Columns, sort: Sort, row: u32) -> u64 {
    let at = row as usize;
    let day =
        |day: i32| (day != Day::NEVER.0).then(|| (i64::from(day) - i64::from(i32::MIN)) as u64);
    let money = |sum: i64| (sum != UNKNOWN).then_some((sum as u64) ^ (1 << 63));
    let known = match sort.field {
        SortField::Best | SortField::Name | SortField::City => None,
        SortField::Stage => Some(u64::from(columns.stage[at])),
        SortField::Joined => day(columns.joined[at]),
        SortField::Birth => day(columns.birth[at]),
        SortField::LastPurchase => day(columns.last[at]),
        SortField::LastContact => day(columns.contact[at]),
        SortField::Leave => day(columns.leave[at]),
        SortField::Purchases => Some(u64::from(columns.sale_days[at])),
        SortField::Spent => money(columns.revenue[at]),
        SortField::Value => money(columns.value[at]),
        SortField::Saves => money(columns.saves[at]),
        SortField::Risk => {
            let risk = columns.risk[at];
            (!risk.is_nan()).then(|| u64::from(risk.max(0.0).to_bits()))
        }
        SortField::Id => Some(columns.ids[at]),
    };
    match known {
        None => u64::MAX,
        Some(known) if sort.descending => (u64::MAX - 1).saturating_sub(known),
        Some(known) => known.min(u64::MAX - 1),
    }
}
