//! The engine for tests and throwaway stores: the same rows, in memory. Never outlives the process.

use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::change::{self, Change};
use super::engine::{Batch, Commit, Engine, KeyRange, Record, Visitor, row_key};
use super::envelope;
use super::error::StoreError;
use super::ledger::{self, Ledger, Rows};
use super::table::Table;

/// How many rows a visit copies at a time, so that writers are never kept out for long.
const CHUNK: usize = 256;

/// An engine that keeps its rows in memory.
pub struct MemoryEngine {
    inner: Mutex<Inner>,
    grown: Condvar,
}

struct Inner {
    rows: BTreeMap<Vec<u8>, Arc<[u8]>>,
    ledger: Ledger,
    read_only: Option<String>,
}

impl Inner {
    fn look(&self, row: &[u8]) -> Option<Vec<u8>> {
        self.rows.get(row).map(|value| value.to_vec())
    }

    fn apply(&mut self, rows: Rows) {
        for (row, value) in rows {
            match value {
                Some(value) => self.rows.insert(row, value.into()),
                None => self.rows.remove(&row),
            };
        }
    }

    fn writable(&self) -> Result<(), StoreError> {
        match &self.read_only {
            Some(reason) => Err(StoreError::ReadOnly { reason: reason.clone() }),
            None => Ok(()),
        }
    }
}

impl Default for MemoryEngine {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryEngine {
    /// An empty store.
    pub fn new() -> Self {
        let ledger = Ledger::default();
        let mut inner = Inner { rows: BTreeMap::new(), ledger, read_only: None };
        inner.apply(Ledger::default().rows());
        Self { inner: Mutex::new(inner), grown: Condvar::new() }
    }

    /// Makes every later write fail as after a failed write, for tests of what follows.
    pub fn make_read_only(&self, reason: &str) {
        self.lock().read_only = Some(reason.into());
    }

    /// Puts any bytes at a full key, past all checks, for tests of what finds them.
    #[cfg(test)]
    pub(super) fn meddle(&self, row: &[u8], value: Option<Vec<u8>>) {
        self.lock().apply(Rows::from([(row.to_vec(), value)]));
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic while the lock is held leaves whole rows behind: they are applied last.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine for MemoryEngine {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Record>, StoreError> {
        let value = self.lock().rows.get(&row_key(table, key)).cloned();
        value.map(|value| Ok(envelope::open(table, key, &value)?.to_record())).transpose()
    }

    fn visit(
        &self,
        table: Table,
        range: KeyRange,
        each: &mut Visitor<'_>,
    ) -> Result<(), StoreError> {
        let Some((mut low, mut high)) = range.bounds(table) else { return Ok(()) };
        loop {
            let chunk: Vec<(Vec<u8>, Arc<[u8]>)> = {
                let inner = self.lock();
                let copy = |(row, value): (&Vec<u8>, &Arc<[u8]>)| (row.clone(), value.clone());
                let rows = inner.rows.range(low.clone()..high.clone());
                if range.is_backward() {
                    rows.rev().take(CHUNK).map(copy).collect()
                } else {
                    rows.take(CHUNK).map(copy).collect()
                }
            };
            for (row, value) in &chunk {
                let key = row.get(1..).unwrap_or_default();
                if each(key, envelope::open(table, key, value)?) == ControlFlow::Break(()) {
                    return Ok(());
                }
            }
            let Some((last, _)) = chunk.into_iter().next_back() else { return Ok(()) };
            if range.is_backward() {
                high = last;
            } else {
                low = last;
                low.push(0);
            }
            if low >= high {
                return Ok(());
            }
        }
    }

    fn commit(&self, batch: Batch) -> Result<Commit, StoreError> {
        let mut inner = self.lock();
        inner.writable()?;
        let mut stage = Rows::new();
        let mut ledger = inner.ledger.clone();
        let commit = ledger.stage(&batch, &mut stage, &|row| Ok(inner.look(row)))?;
        inner.apply(stage);
        inner.ledger = ledger;
        self.grown.notify_all();
        Ok(commit)
    }

    fn feed(&self, after: u64, limit: usize) -> Result<Vec<Change>, StoreError> {
        let head = self.lock().ledger.seq;
        change::feed(self, after, head, limit)
    }

    fn wait(&self, after: u64, at_most: Duration) -> Result<u64, StoreError> {
        let waiting = |inner: &mut Inner| inner.ledger.seq <= after;
        let (inner, _) = self
            .grown
            .wait_timeout_while(self.lock(), at_most, waiting)
            .unwrap_or_else(PoisonError::into_inner);
        Ok(inner.ledger.seq)
    }

    fn reserve(&self, table: Table, count: u64) -> Result<Range<u64>, StoreError> {
        if table.is_inner() {
            return Err(StoreError::Inner { table });
        }
        let mut inner = self.lock();
        inner.writable()?;
        let first = ledger::next_id(&|row| Ok(inner.look(row)), table)?;
        let next = first.saturating_add(count);
        let mut rows = Rows::new();
        ledger::put_next_id(&mut rows, table, next);
        inner.apply(rows);
        Ok(first..next)
    }
}
