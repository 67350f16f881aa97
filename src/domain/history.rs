//! What a customer bought, day by day: all the analyses need, and small enough to keep per customer.
//!
//! Purchases of one day are one entry, because the models count days with a purchase. Returns and
//! credits never count as a day of buying; they are carried beside the sales of their day.

use serde::{Deserialize, Serialize};

use super::day::Day;

/// The purchases of one day, in minor units of the store's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTotal {
    /// The day.
    pub day: Day,
    /// How many sales were made; 0 on a day with returns only.
    pub sales: u32,
    /// What the sales brought.
    pub revenue: i64,
    /// What the goods sold cost us, where known.
    pub cost: i64,
    /// Returns and credits of the day, as a positive amount.
    pub returned: i64,
}

/// Days too old to be kept singly, summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folded {
    /// First day with a sale.
    pub first: Day,
    /// Last day that was folded; figures as of a day before it are not known exactly.
    pub last: Day,
    /// Days with a sale.
    pub days: u32,
    /// The sums over those days.
    pub sum: DayTotal,
    /// Revenue of the first day, which the models leave out of the mean.
    pub first_revenue: i64,
}

/// All days on which a customer bought or returned something, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Older days, when there are more than [`History::MOST_DAYS`].
    pub folded: Option<Folded>,
    /// In ascending order of day, each day once.
    pub days: Vec<DayTotal>,
}

impl History {
    /// Past this many days the older half is folded, so that a record stays below the store's limit.
    pub const MOST_DAYS: usize = 1_000;

    /// Adds one purchase; negative figures take one away again (undo).
    pub fn add(&mut self, total: DayTotal) {
        self.change(total, true);
    }

    /// Takes away a purchase that was added before.
    pub fn remove(&mut self, total: DayTotal) {
        self.change(total, false);
    }

    /// First day with a sale.
    pub fn first_sale(&self) -> Option<Day> {
        let kept = || self.days.iter().find(|d| d.sales > 0).map(|d| d.day);
        match self.folded {
            Some(f) if f.days > 0 => Some(f.first),
            _ => kept(),
        }
    }

    /// Last day with a sale.
    pub fn last_sale(&self) -> Option<Day> {
        self.days.iter().rev().find(|d| d.sales > 0).map(|d| d.day).or(self.folded.map(|f| f.last))
    }

    /// Days with a sale.
    pub fn sale_days(&self) -> u32 {
        let kept = self.days.iter().filter(|d| d.sales > 0).count() as u32;
        kept + self.folded.map_or(0, |f| f.days)
    }

    /// The day of the `n`th day with a sale, the first is 1; the last folded day where it is older.
    pub fn nth_sale_day(&self, n: u32) -> Option<Day> {
        let folded = self.folded.filter(|f| f.days > 0);
        match folded {
            Some(f) if n <= f.days => Some(if n <= 1 { f.first } else { f.last }),
            _ => {
                let rest = n.saturating_sub(1).saturating_sub(folded.map_or(0, |f| f.days));
                let mut kept = self.days.iter().filter(|d| d.sales > 0).map(|d| d.day);
                kept.nth(rest as usize)
            }
        }
    }

    /// Sums over all days; `day` is the last one.
    pub fn total(&self) -> DayTotal {
        let mut sum = self.folded.map_or_else(DayTotal::default, |f| f.sum);
        for d in &self.days {
            sum = plus(sum, *d);
        }
        sum
    }

    fn change(&mut self, t: DayTotal, added: bool) {
        let combine = if added { plus } else { minus };
        if let Some(f) = self.folded.as_mut().filter(|f| t.day <= f.last) {
            f.sum = combine(f.sum, t);
            f.sum.day = f.last;
            return;
        }
        match self.days.binary_search_by_key(&t.day, |d| d.day) {
            Ok(at) => {
                self.days[at] = combine(self.days[at], t);
                let d = self.days[at];
                if d.sales == 0 && d.revenue == 0 && d.returned == 0 {
                    self.days.remove(at);
                }
            }
            Err(at) if added => self.days.insert(at, t),
            Err(_) => {}
        }
        if self.days.len() > Self::MOST_DAYS {
            self.fold();
        }
    }

    fn fold(&mut self) {
        let rest = self.days.split_off(Self::MOST_DAYS / 2);
        for d in std::mem::replace(&mut self.days, rest) {
            let f = self.folded.get_or_insert(Folded {
                first: d.day,
                first_revenue: d.revenue,
                ..Folded::default()
            });
            if d.sales > 0 {
                if f.days == 0 {
                    f.first = d.day;
                    f.first_revenue = d.revenue;
                }
                f.days += 1;
            }
            f.last = d.day;
            f.sum = plus(f.sum, d);
        }
    }
}

fn plus(a: DayTotal, b: DayTotal) -> DayTotal {
    DayTotal {
        day: a.day.max(b.day),
        sales: a.sales.saturating_add(b.sales),
        revenue: a.revenue.saturating_add(b.revenue),
        cost: a.cost.saturating_add(b.cost),
        returned: a.returned.saturating_add(b.returned),
    }
}

fn minus(a: DayTotal, b: DayTotal) -> DayTotal {
    DayTotal {
        day: a.day,
        sales: a.sales.saturating_sub(b.sales),
        revenue: a.revenue.saturating_sub(b.revenue),
        cost: a.cost.saturating_sub(b.cost),
        returned: a.returned.saturating_sub(b.returned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sale(day: i32, revenue: i64) -> DayTotal {
        DayTotal { day: Day(day), sales: 1, revenue, cost: revenue / 2, returned: 0 }
    }

    #[test]
    fn purchases_of_a_day_are_one_day_and_can_be_taken_back() {
        let mut h = History::default();
        for t in [sale(10, 500), sale(3, 200), sale(10, 100)] {
            h.add(t);
        }
        assert_eq!(h.sale_days(), 2);
        assert_eq!((h.first_sale(), h.last_sale()), (Some(Day(3)), Some(Day(10))));
        assert_eq!(h.total().revenue, 800);
        h.remove(sale(10, 100));
        h.remove(sale(3, 200));
        assert_eq!((h.sale_days(), h.total().revenue), (1, 500));
    }

    #[test]
    fn a_return_is_no_day_of_buying() {
        let mut h = History::default();
        h.add(sale(3, 200));
        h.add(DayTotal { day: Day(8), returned: 200, ..DayTotal::default() });
        assert_eq!(h.last_sale(), Some(Day(3)));
        assert_eq!(h.total().returned, 200);
    }

    #[test]
    fn a_very_long_history_keeps_its_sums() {
        let mut h = History::default();
        for day in 0..5_000 {
            h.add(sale(day, 7));
        }
        assert!(h.days.len() <= History::MOST_DAYS);
        assert_eq!((h.sale_days(), h.total().revenue), (5_000, 35_000));
        assert_eq!((h.first_sale(), h.last_sale()), (Some(Day(0)), Some(Day(4_999))));
    }
}
