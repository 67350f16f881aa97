//! Ordered tables, atomic batches and a change feed over exchangeable engines.
//!
//! ```text
//!   desk, directory            records typed by `records`
//!        │
//!     Engine ──── commit ──► ledger: preconditions, change row, chain of hashes
//!        │                      │
//!   MemoryEngine           SledEngine: one writer thread, groups what waits, syncs once
//! ```
//!
//! Everything is a row: one byte for the table, then the key; the value is an envelope with its
//! own checksum. A commit writes its rows and one change row in the same atomic step: the change
//! feed, the audit log and undo are the same rows. This room never reads a clock and knows nothing
//! of what a record means beyond its bytes.

mod backup;
mod change;
mod check;
mod engine;
mod envelope;
mod error;
mod gesture;
mod ledger;
pub mod memory;
pub mod records;
pub mod sled;
mod table;

pub use backup::{Saved, save};
pub use change::{Change, ChangedRow};
pub use check::{Depth, Finding, Report, check};
pub use engine::{
    Batch, Commit, Engine, Expect, KeyRange, Page, Record, RecordRef, Sync, Visitor, Write,
};
pub use error::StoreError;
pub use gesture::{OpenGesture, Reversal, reverse, unfinished};
pub use table::Table;

/// The version of the store's layout this program writes, kept in a row of its own.
pub const FORMAT: u16 = 1;

/// Longest key, in bytes; the engines' inner pages hold hundreds of them.
pub const MAX_KEY: usize = 512;

/// Longest payload of a record, in bytes: with its envelope it stays below the 32 KiB the
/// embedded engine takes well.
pub const MAX_PAYLOAD: usize = 32 * 1024 - 64;
