//! All customers as columns in memory: search, segment evaluation, sort. Follows the change feed.

pub mod figures;
mod plain;
pub mod sort;

pub use figures::{Figures, Verdict};
pub use plain::{Directory, Found, Query, Score, matches};
pub use sort::{Sort, SortField};
