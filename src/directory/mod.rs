//! All customers as columns in memory: search, segment evaluation, sort. Follows the change feed.

pub mod figures;
pub mod sort;

pub use figures::{Figures, Verdict};
pub use sort::{Sort, SortField};
