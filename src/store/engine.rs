//! The seam between the house and whatever keeps its rows.
//!
//! Small enough that a fake fits in a test file. Who and when are given with every batch.

use std::fmt;
use std::ops::{ControlFlow, Range};
use std::time::Duration;

use jiff::Timestamp;

use super::change::Change;
use super::error::StoreError;
use super::table::Table;

/// A row's value: the sequence of the commit that wrote it, the version of its form, its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Sequence of the commit that wrote it; grows with every change of the row.
    pub revision: u64,
    /// Version of the payload's form.
    pub schema: u16,
    /// The bytes.
    pub payload: Vec<u8>,
}

impl Record {
    /// The schema of a record whose bytes were erased on a customer's demand.
    pub const ERASED: u16 = u16::MAX;

    /// The same record without copying its bytes.
    pub fn lend(&self) -> RecordRef<'_> {
        RecordRef { revision: self.revision, schema: self.schema, payload: &self.payload }
    }

    /// True when only the fact remains that a record was here.
    pub fn is_erased(&self) -> bool {
        self.schema == Self::ERASED
    }
}

/// A record that lends its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordRef<'a> {
    /// Sequence of the commit that wrote it.
    pub revision: u64,
    /// Version of the payload's form.
    pub schema: u16,
    /// The bytes.
    pub payload: &'a [u8],
}

impl RecordRef<'_> {
    /// The same record with bytes of its own.
    pub fn to_record(self) -> Record {
        Record { revision: self.revision, schema: self.schema, payload: self.payload.to_vec() }
    }
}

/// Which keys of a table, and from which end they are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRange {
    /// First key, included.
    from: Vec<u8>,
    /// First key past the end; `None` is the end of the table.
    to: Option<Vec<u8>>,
    /// Read from the last key to the first.
    backward: bool,
}

impl KeyRange {
    /// Every key of the table.
    pub fn all() -> Self {
        Self { from: Vec::new(), to: None, backward: false }
    }

    /// The keys that begin with `prefix`.
    pub fn prefix(prefix: &[u8]) -> Self {
        Self { from: prefix.to_vec(), to: past(prefix), backward: false }
    }

    /// The keys greater than `key`.
    pub fn after(key: &[u8]) -> Self {
        Self::from(&successor(key))
    }

    /// The key `key` and those greater.
    pub fn from(key: &[u8]) -> Self {
        Self { from: key.to_vec(), to: None, backward: false }
    }

    /// Ends before `key`.
    pub fn until(mut self, key: &[u8]) -> Self {
        if self.to.as_deref().is_none_or(|to| to > key) {
            self.to = Some(key.to_vec());
        }
        self
    }

    /// Reads from the greatest key to the least.
    pub fn backward(mut self) -> Self {
        self.backward = true;
        self
    }

    /// The rest of this range, from the `next` of a page of it.
    pub fn resume(mut self, next: &[u8]) -> Self {
        if self.backward {
            self.until(&successor(next))
        } else {
            self.from = next.to_vec();
            self
        }
    }

    /// True when read from the greatest key to the least.
    pub(super) fn is_backward(&self) -> bool {
        self.backward
    }

    /// First full key and first full key past the end, table byte included; `None` when empty.
    pub(super) fn bounds(&self, table: Table) -> Option<(Vec<u8>, Vec<u8>)> {
        let low = row_key(table, &self.from);
        let high = match &self.to {
            Some(to) => row_key(table, to),
            None => vec![table as u8 + 1],
        };
        (low < high).then_some((low, high))
    }
}

/// The table's byte and the key.
pub(super) fn row_key(table: Table, key: &[u8]) -> Vec<u8> {
    let mut row = Vec::with_capacity(key.len() + 1);
    row.push(table as u8);
    row.extend_from_slice(key);
    row
}

/// The least key greater than `key`.
fn successor(key: &[u8]) -> Vec<u8> {
    let mut next = key.to_vec();
    next.push(0);
    next
}

/// The least key greater than all that begin with `prefix`; `None` when there is none.
fn past(prefix: &[u8]) -> Option<Vec<u8>> {
    let kept = prefix.iter().rposition(|byte| *byte != u8::MAX)?;
    let mut end = prefix.get(..=kept)?.to_vec();
    *end.last_mut()? += 1;
    Some(end)
}

/// Some rows in the order asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Keys without the table's byte, and their records.
    pub rows: Vec<(Vec<u8>, Record)>,
    /// The first key that was left out, for [`KeyRange::resume`]; `None` at the end.
    pub next: Option<Vec<u8>>,
}

/// What must hold of a row for its batch to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Nothing.
    Any,
    /// The row is not there.
    Absent,
    /// The row is there and was last written by this commit.
    Revision(u64),
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expect::Any => f.write_str("in any state"),
            Expect::Absent => f.write_str("not to be there"),
            Expect::Revision(revision) => write!(f, "at revision {revision}"),
        }
    }
}

/// One row to write or delete. Writes of a batch are taken in order; a later one sees the earlier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Where.
    pub table: Table,
    /// The key without the table's byte.
    pub key: Vec<u8>,
    /// Schema and payload, or `None` to delete; the engine sets the revision.
    pub value: Option<(u16, Vec<u8>)>,
    /// What must hold.
    pub expect: Expect,
}

/// When a commit must be safe on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sync {
    /// Before the commit is answered.
    Now,
    /// With the next [`Sync::Now`]: for the parts of an import. A gesture written so stays open
    /// until one of its batches is written with `Now`; see [`super::unfinished`].
    WithNext,
}

/// Writes that are made together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Who: the agent's id.
    pub actor: u64,
    /// When, by the caller's clock.
    pub at: Timestamp,
    /// Names this request, so that it can be repeated safely; 0 is never looked up.
    pub request: u128,
    /// Joins the batches of one act for undo; 0 when the batch stands alone.
    pub gesture: u64,
    /// Short machine-readable name of the act.
    pub label: String,
    /// The rows.
    pub writes: Vec<Write>,
    /// When it must be safe.
    pub sync: Sync,
}

/// The answer to a batch that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its place in the order of all commits, from 1.
    pub seq: u64,
    /// True when the same request had been written before, at `seq`; nothing was written now.
    pub repeated: bool,
}

/// Meets rows one by one; keys come without the table's byte.
pub type Visitor<'v> = dyn FnMut(&[u8], RecordRef<'_>) -> ControlFlow<()> + 'v;

/// Ordered tables with atomic batches and a change feed.
pub trait Engine: Send + std::marker::Sync {
    /// The record at `key`.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Record>, StoreError>;

    /// Shows the rows of `range` to `each` until it breaks. Rows written meanwhile may or may not
    /// be shown; rows there all the while are shown once.
    fn visit(
        &self,
        table: Table,
        range: KeyRange,
        each: &mut Visitor<'_>,
    ) -> Result<(), StoreError>;

    /// Applies all of it or nothing. `Ok` means durable (see [`Sync`]). The same request id twice
    /// has the effect of once.
    fn commit(&self, batch: Batch) -> Result<Commit, StoreError>;

    /// At most `limit` changes after `after`, in order, without gaps.
    fn feed(&self, after: u64, limit: usize) -> Result<Vec<Change>, StoreError>;

    /// Waits at most `at_most` for a commit after `after`; the newest sequence. A hint: the feed
    /// is the truth.
    fn wait(&self, after: u64, at_most: Duration) -> Result<u64, StoreError>;

    /// `count` ids in order, from 1, never handed out twice, not even after a crash.
    fn reserve(&self, table: Table, count: u64) -> Result<Range<u64>, StoreError>;

    /// At most `limit` rows of `range`, in its order.
    fn scan(&self, table: Table, range: KeyRange, limit: usize) -> Result<Page, StoreError> {
        let mut page = Page::default();
        self.visit(table, range, &mut |key, record| {
            if page.rows.len() == limit {
                page.next = Some(key.to_vec());
                return ControlFlow::Break(());
            }
            page.rows.push((key.to_vec(), record.to_record()));
            ControlFlow::Continue(())
        })?;
        Ok(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_the_right_bounds() {
        let t = Table::Task as u8;
        let check = |range: KeyRange, expected: Option<(&[u8], &[u8])>| {
            let bounds = range.bounds(Table::Task);
            let lent = bounds.as_ref().map(|(low, high)| (low.as_slice(), high.as_slice()));
            assert_eq!(lent, expected, "{range:?}");
        };
        check(KeyRange::all(), Some((&[t], &[t + 1])));
        check(KeyRange::prefix(&[7]), Some((&[t, 7], &[t, 8])));
        check(KeyRange::prefix(&[7, 255]), Some((&[t, 7, 255], &[t, 8])));
        check(KeyRange::prefix(&[255, 255]), Some((&[t, 255, 255], &[t + 1])));
        check(KeyRange::after(&[7]), Some((&[t, 7, 0], &[t + 1])));
        check(KeyRange::from(&[7]).until(&[9]), Some((&[t, 7], &[t, 9])));
        check(KeyRange::from(&[7]).until(&[7]), None);
        check(KeyRange::prefix(&[7]).resume(&[7, 3]), Some((&[t, 7, 3], &[t, 8])));
        check(KeyRange::prefix(&[7]).backward().resume(&[7, 3]), Some((&[t, 7], &[t, 7, 3, 0])));
    }
}
