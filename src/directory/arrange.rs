//! From rows that match to rows in order, with what they are worth.

use std::sync::Arc;

use super::bits::{Bits, ones};
use super::columns::UNKNOWN;
use super::order::{self, Order};
use super::rank::NONE;
use super::rows::{Rows, Unordered};
use super::search::{FEW_TO_LOOK_AT, Found};
use super::sort::{Sort, SortField};
use super::{Directory, parallel};

/// The rows that match, before they are ordered.
pub(super) enum Matched {
    /// All of these.
    Set(Bits),
    /// A few, with their ranks.
    Few(Vec<(u32, u16)>),
    /// Many.
    Many(Many),
}

/// The rank of every row, and those that have one in sum.
pub(super) struct Many {
    pub ranks: Vec<u16>,
    /// How many have each rank.
    pub counts: Vec<u32>,
    pub worth: i64,
    pub spent: i64,
}

impl Many {
    /// How many match.
    pub fn count(&self) -> usize {
        self.counts.iter().map(|count| *count as usize).sum()
    }
}

impl Directory {
    /// Orders what matched, and sums it up.
    pub(super) fn arranged(&self, matched: Matched, sort: Sort) -> Found {
        let columns = &self.columns;
        let by_rank = sort.field == SortField::Best && !matches!(matched, Matched::Set(_));
        let rows: Vec<u32> = match matched {
            Matched::Set(set) => {
                let (worth, spent) = self.sums(&set);
                let total = set.count();
                let rows = if set == columns.live {
                    Rows::whole(self.order(sort).rows)
                } else if sort.field != SortField::Best && total < FEW_TO_LOOK_AT / 8 {
                    let mut rows: Vec<u32> = set.rows().collect();
                    order::sort_rows(columns, sort, &mut rows);
                    Rows::whole(Arc::new(rows))
                } else {
                    Rows::of(Unordered::Set(set), total, self.order(sort).rows)
                };
                return Found { rows, worth, spent };
            }
            Matched::Few(mut ranked) if by_rank => {
                let (_, places) = self.order_by_worth();
                ranked.sort_unstable_by_key(|(row, rank)| (*rank, places[*row as usize]));
                ranked.into_iter().map(|(row, _)| row).collect()
            }
            Matched::Few(ranked) => {
                let mut rows: Vec<u32> = ranked.into_iter().map(|(row, _)| row).collect();
                order::sort_rows(columns, sort, &mut rows);
                rows
            }
            Matched::Many(many) => {
                let (worth, spent) = (many.worth, many.spent);
                let rows = if by_rank {
                    let (order, places) = self.order_by_worth();
                    Rows::by_rank(many.ranks, &many.counts, order, &places)
                } else {
                    let total = many.count();
                    Rows::of(Unordered::Ranked(many.ranks), total, self.order(sort).rows)
                };
                return Found { rows, worth, spent };
            }
        };
        let (mut worth, mut spent) = (0_i64, 0_i64);
        for row in &rows {
            let (value, revenue) = self.money(*row);
            worth = worth.saturating_add(value);
            spent = spent.saturating_add(revenue);
        }
        Found { rows: Rows::whole(Arc::new(rows)), worth, spent }
    }

    /// The order of rows that match equally well, and the place of each in it.
    fn order_by_worth(&self) -> (Arc<Vec<u32>>, Arc<Vec<u32>>) {
        let mut order = self.order(self.by_worth());
        let places = order::places(&self.orders, self.columns.rows(), &mut order);
        (order.rows, places)
    }

    /// What ranks rows that match equally well: value, or spend while there is no model.
    fn by_worth(&self) -> Sort {
        let field = if self.columns.valued > 0 { SortField::Value } else { SortField::Spent };
        Sort { field, descending: true }
    }

    fn order(&self, sort: Sort) -> Order {
        order::order(&self.columns, &self.changes, &self.orders, sort)
    }

    /// Makes the orders ready that the next searches need.
    pub fn prepare(&self, sorts: &[Sort]) {
        for sort in sorts.iter().chain([&self.by_worth()]) {
            self.order(*sort);
        }
    }

    pub(super) fn money(&self, row: u32) -> (i64, i64) {
        let at = row as usize;
        let value = self.columns.value[at];
        (if value == UNKNOWN { 0 } else { value }, self.columns.revenue[at])
    }

    /// Expected residual value and spend of a set of rows.
    pub(super) fn sums(&self, set: &Bits) -> (i64, i64) {
        let parts = parallel::split(self.columns.rows(), |range| {
            let (mut worth, mut spent) = (0_i64, 0_i64);
            for word in range.start / 64..range.end.div_ceil(64) {
                for bit in ones(set.word(word)) {
                    let (value, revenue) = self.money(word as u32 * 64 + bit);
                    worth = worth.saturating_add(value);
                    spent = spent.saturating_add(revenue);
                }
            }
            (worth, spent)
        });
        let add = |a: (i64, i64), b: (i64, i64)| (a.0.saturating_add(b.0), a.1.saturating_add(b.1));
        parts.into_iter().fold((0, 0), add)
    }
}

impl Matched {
    /// The rows with their ranks.
    pub fn into_rows(self) -> Vec<(u32, u16)> {
        match self {
            Self::Set(set) => set.rows().map(|row| (row, 0)).collect(),
            Self::Few(rows) => rows,
            Self::Many(many) => {
                let mut rows = Vec::with_capacity(many.count());
                for (chunk, ranks) in many.ranks.chunks(64).enumerate() {
                    if ranks.iter().any(|rank| *rank != NONE) {
                        let ranked = ranks.iter().enumerate().filter(|(_, rank)| **rank != NONE);
                        rows.extend(ranked.map(|(at, rank)| ((chunk * 64 + at) as u32, *rank)));
                    }
                }
                rows
            }
        }
    }
}
