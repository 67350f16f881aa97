//! Rows in order, of which a page is wanted far more often than all: the first are put in order at
//! once, the rest when they are asked for.

use std::sync::{Arc, OnceLock};

use super::bits::Bits;
use super::parallel;
use super::rank::{NONE, RANKS};

/// Rows put in order at once, more than a page of any screen.
const FIRST: usize = 512;
/// Up to so many rows are sorted to have the first of them.
const FEW_TO_SORT: usize = 20_000;

/// Rows in order.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    first: Arc<Vec<u32>>,
    total: usize,
    /// What the rest is made from, unless the first are all.
    rest: Option<Arc<Rest>>,
}

struct Rest {
    from: Unordered,
    order: Arc<Vec<u32>>,
    all: OnceLock<Vec<u32>>,
}

/// Rows that match.
pub(super) enum Unordered {
    /// Those with a rank, to be ordered by it, those of one rank by the order.
    ByRank(Vec<u16>),
    /// Those with a rank, to be ordered by the order alone.
    Ranked(Vec<u16>),
    /// These.
    Set(Bits),
}

impl Rows {
    /// All of them.
    pub(super) fn whole(rows: Arc<Vec<u32>>) -> Self {
        Self { total: rows.len(), first: rows, rest: None }
    }

    /// The rows with a rank, ordered by it and those of one rank by the order; how many each rank has,
    /// and the place of every row in the order.
    pub(super) fn by_rank(
        ranks: Vec<u16>,
        counts: &[u32],
        order: Arc<Vec<u32>>,
        places: &[u32],
    ) -> Self {
        let first = best(&ranks, counts, &order, places);
        let total = counts.iter().map(|count| *count as usize).sum();
        Self::begun(first, total, Unordered::ByRank(ranks), order)
    }

    /// The `total` rows that match, in the order.
    pub(super) fn of(from: Unordered, total: usize, order: Arc<Vec<u32>>) -> Self {
        let first = order.iter().copied().filter(|row| from.has(*row)).take(FIRST).collect();
        Self::begun(first, total, from, order)
    }

    fn begun(first: Vec<u32>, total: usize, from: Unordered, order: Arc<Vec<u32>>) -> Self {
        let rest = (first.len() < total).then(|| Rest { from, order, all: OnceLock::new() });
        Self { first: Arc::new(first), total, rest: rest.map(Arc::new) }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.total
    }

    /// True for none.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// All of them.
    pub fn all(&self) -> &[u32] {
        self.rest.as_ref().map_or(&self.first, |rest| rest.all.get_or_init(|| rest.ordered()))
    }

    /// Up to `count` of them from a place on.
    pub fn window(&self, from: usize, count: usize) -> &[u32] {
        let to = from.saturating_add(count).min(self.total);
        let rows = if to <= self.first.len() { &self.first[..] } else { self.all() };
        rows.get(from..to).unwrap_or_default()
    }

    /// The place of a row.
    pub fn place(&self, row: u32) -> Option<usize> {
        let place = |rows: &[u32]| rows.iter().position(|other| *other == row);
        place(&self.first).or_else(|| {
            let rest = self.rest.as_ref().filter(|rest| rest.from.has(row));
            rest.and_then(|_| place(self.all()))
        })
    }
}

impl std::fmt::Debug for Rest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rest").finish_non_exhaustive()
    }
}

impl Unordered {
    fn has(&self, row: u32) -> bool {
        match self {
            Self::ByRank(ranks) | Self::Ranked(ranks) => {
                ranks.get(row as usize).is_some_and(|rank| *rank != NONE)
            }
            Self::Set(set) => set.has(row),
        }
    }
}

impl Rest {
    fn ordered(&self) -> Vec<u32> {
        match &self.from {
            Unordered::ByRank(ranks) => buckets(ranks, &self.order),
            _ => self.order.iter().copied().filter(|row| self.from.has(*row)).collect(),
        }
    }
}

/// The first by rank. Those of the last rank among them may be nearly all rows: then they are taken
/// off the top of the order, and only those of better ranks, who are few, are sorted.
fn best(ranks: &[u16], counts: &[u32], order: &[u32], places: &[u32]) -> Vec<u32> {
    let (mut better, mut last) = (0, 0);
    for (rank, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        last = rank as u16;
        if better + *count as usize >= FIRST {
            break;
        }
        better += *count as usize;
    }
    let of_last = counts.get(usize::from(last)).map_or(0, |count| *count as usize);
    let sorted = if better + of_last <= FEW_TO_SORT { last + 1 } else { last };
    let mut rows: Vec<u32> = Vec::with_capacity(FIRST);
    if better > 0 || sorted > last {
        for (chunk, ranks) in ranks.chunks(64).enumerate() {
            // NONE is more than any rank.
            if ranks.iter().fold(NONE, |least, rank| least.min(*rank)) < sorted {
                let good = ranks.iter().enumerate().filter(|(_, rank)| **rank < sorted);
                rows.extend(good.map(|(at, _)| (chunk * 64 + at) as u32));
            }
        }
        rows.sort_unstable_by_key(|row| (ranks[*row as usize], places[*row as usize]));
    }
    if sorted == last {
        let of_last = order.iter().copied().filter(|row| ranks[*row as usize] == last);
        rows.extend(of_last.take(FIRST - better));
    }
    rows.truncate(FIRST);
    rows
}

/// Rows by rank, rows of one rank in the given order: a counting sort of each part of the order, and
/// then the parts joined rank by rank.
fn buckets(ranks: &[u16], order: &[u32]) -> Vec<u32> {
    let parts = parallel::split(order.len(), |range| {
        // Twice through the order rather than once with a list of what matched: memory that is new
        // costs more than ranks that are near. Without a branch on whether a row matches, for it cannot
        // be foretold: those that do not are put past the last, over one another.
        let part = &order[range];
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
    let mut rows = Vec::with_capacity(parts.iter().map(|(part, _)| part.len()).sum());
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
