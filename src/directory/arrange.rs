//! From rows that match to rows in order, with what they are worth.

use std::sync::Arc;

use super::bits::{Bits, ones};
use super::columns::UNKNOWN;
use super::order::{self, Order};
use super::rank::{NONE, RANKS};
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
    pub count: usize,
    pub worth: i64,
    pub spent: i64,
}

impl Directory {
    /// Orders what matched, and sums it up.
    pub(super) fn arranged(&self, matched: Matched, sort: Sort) -> Found {
        let columns = &self.columns;
        let by_rank = sort.field == SortField::Best && !matches!(matched, Matched::Set(_));
        let rows: Vec<u32> = match matched {
            Matched::Set(set) if set == columns.live => {
                let rows = self.order(sort).rows;
                let (worth, spent) = self.sums(&set);
                return Found { total: rows.len(), rows, worth, spent };
            }
            Matched::Set(set) => {
                let rows = self.in_order(&set, sort);
                let (worth, spent) = self.sums(&set);
                return Found { total: rows.len(), rows: Arc::new(rows), worth, spent };
            }
            Matched::Few(mut ranked) if by_rank => {
                let mut order = self.order(self.by_worth());
                let places = order::places(&self.orders, columns.rows(), &mut order);
                ranked.sort_unstable_by_key(|(row, rank)| (*rank, places[*row as usize]));
                ranked.into_iter().map(|(row, _)| row).collect()
            }
            Matched::Few(ranked) => {
                let mut rows: Vec<u32> = ranked.into_iter().map(|(row, _)| row).collect();
                order::sort_rows(columns, sort, &mut rows);
                rows
            }
            Matched::Many(Many { ranks, count, worth, spent }) => {
                let rows = if by_rank {
                    buckets(&ranks, count, &self.order(self.by_worth()))
                } else {
                    let order = self.order(sort);
                    let mut rows = Vec::with_capacity(count);
                    rows.extend(order.rows.iter().filter(|row| ranks[**row as usize] != NONE));
                    rows
                };
                return Found { total: count, rows: Arc::new(rows), worth, spent };
            }
        };
        let (mut worth, mut spent) = (0_i64, 0_i64);
        for row in &rows {
            let (value, revenue) = self.money(*row);
            worth = worth.saturating_add(value);
            spent = spent.saturating_add(revenue);
        }
        Found { total: rows.len(), rows: Arc::new(rows), worth, spent }
    }

    fn in_order(&self, set: &Bits, sort: Sort) -> Vec<u32> {
        let count = set.count();
        if count < FEW_TO_LOOK_AT / 8 && sort.field != SortField::Best {
            let mut rows: Vec<u32> = set.rows().collect();
            order::sort_rows(&self.columns, sort, &mut rows);
            return rows;
        }
        let order = self.order(sort);
        let mut rows = Vec::with_capacity(count);
        rows.extend(order.rows.iter().copied().filter(|row| set.has(*row)));
        rows
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
                let mut rows = Vec::with_capacity(many.count);
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

/// Rows by rank, rows of one rank in the given order: a counting sort of each part of the order, and
/// then the parts joined rank by rank.
fn buckets(ranks: &[u16], count: usize, order: &Order) -> Vec<u32> {
    let parts = parallel::split(order.rows.len(), |range| {
        // Twice through the order rather than once with a list of what matched: memory that is new
        // costs more than ranks that are near. Without a branch on whether a row matches, for it cannot
        // be foretold: those that do not are put past the last, over one another.
        let part = &order.rows[range];
        let rank = |row: &u32| usize::from(ranks[*row as usize]).min(RANKS);
        let mut ends = vec![0_usize; RANKS + 1];
        for row in part {
            ends[rank(row)] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let many = ends[RANKS];
        let mut rows = vec![0; many + 1];
        for row in part {
            let rank = rank(row);
            let end = &mut ends[rank];
            rows[*end] = *row;
            *end += usize::from(rank < RANKS);
        }
        rows.truncate(many);
        ends.truncate(RANKS);
        (rows, ends)
    });
    let mut rows = Vec::with_capacity(count);
    let mut from = vec![0; parts.len()];
    for rank in 0..RANKS {
        for ((part, ends), from) in parts.iter().zip(&mut from) {
            let to = ends[rank];
            rows.extend_from_slice(&part[*from..to]);
            *from = to;
        }
    }
    rows
}
