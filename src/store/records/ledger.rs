//! Ledgers: purchases by day and contacts in sum, one a customer.
//!
//! Days are kept as the gap from the day before: a thousand of them stay below the limit of a
//! record.

use serde::{Deserialize, Serialize};

use super::{known, stored};
use crate::domain::{Contacts, Day, DayTotal, Folded, History, Ledger, Meaning};
use crate::store::{StoreError, Table};

/// A ledger; frozen.
#[derive(Serialize, Deserialize)]
struct LedgerV1 {
    folded: Option<FoldedV1>,
    /// Before the first day there is day 0; gaps wrap around, so that any order survives.
    days: Vec<DayV1>,
    count: u32,
    reached: u32,
    refused: u32,
    inbound: u32,
    seconds: u64,
    last: i32,
    last_reached: i32,
    last_meaning: Option<u8>,
}

/// One day; frozen.
#[derive(Serialize, Deserialize)]
struct DayV1 {
    gap: i32,
    sales: u32,
    revenue: i64,
    cost: i64,
    returned: i64,
}

/// Days summed up; frozen.
#[derive(Serialize, Deserialize)]
struct FoldedV1 {
    first: i32,
    last: i32,
    days: u32,
    /// Its gap is the day itself.
    sum: DayV1,
    first_revenue: i64,
}

stored!(Ledger, History, LedgerV1);

fn day(before: Day, total: DayTotal) -> DayV1 {
    let DayTotal { day, sales, revenue, cost, returned } = total;
    DayV1 { gap: day.0.wrapping_sub(before.0), sales, revenue, cost, returned }
}

impl DayV1 {
    fn open(self, before: Day) -> DayTotal {
        let Self { gap, sales, revenue, cost, returned } = self;
        DayTotal { day: Day(before.0.wrapping_add(gap)), sales, revenue, cost, returned }
    }
}

impl From<&Ledger> for LedgerV1 {
    fn from(ledger: &Ledger) -> Self {
        let Ledger { purchases: History { folded, days }, contacts } = ledger;
        let Contacts {
            count,
            reached,
            refused,
            inbound,
            seconds,
            last,
            last_reached,
            last_meaning,
        } = *contacts;
        let folded = folded.map(|Folded { first, last, days, sum, first_revenue }| FoldedV1 {
            first: first.0,
            last: last.0,
            days,
            sum: day(Day(0), sum),
            first_revenue,
        });
        let mut before = Day(0);
        let gap = |total: &DayTotal| day(std::mem::replace(&mut before, total.day), *total);
        Self {
            folded,
            days: days.iter().map(gap).collect(),
            count,
            reached,
            refused,
            inbound,
            seconds,
            last: last.0,
            last_reached: last_reached.0,
            last_meaning: last_meaning.map(Meaning::code),
        }
    }
}

impl LedgerV1 {
    fn open(self) -> Result<Ledger, StoreError> {
        let mut before = Day(0);
        let total = |gap: DayV1| {
            let total = gap.open(before);
            before = total.day;
            total
        };
        let days: Vec<DayTotal> = self.days.into_iter().map(total).collect();
        if !days.is_sorted_by(|a, b| a.day < b.day) {
            return Err(StoreError::Corrupt { table: Table::History, key: Vec::new() });
        }
        let folded = self.folded.map(|folded| Folded {
            first: Day(folded.first),
            last: Day(folded.last),
            days: folded.days,
            sum: folded.sum.open(Day(0)),
            first_revenue: folded.first_revenue,
        });
        Ok(Ledger {
            purchases: History { folded, days },
            contacts: Contacts {
                count: self.count,
                reached: self.reached,
                refused: self.refused,
                inbound: self.inbound,
                seconds: self.seconds,
                last: Day(self.last),
                last_reached: Day(self.last_reached),
                last_meaning: self.last_meaning.map(|code| known!(Meaning, code)).transpose()?,
            },
        })
    }
}
