//! What the business speaks of: customers, purchases, interactions, tasks, segments.

pub mod day;
pub mod history;

pub use day::Day;
pub use history::{DayTotal, Folded, History};
