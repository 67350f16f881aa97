//! The embedded engine: one sled tree, one writer thread.
//!
//! ```text
//!   commit ─┐                     ┌ stage each (preconditions, change row)
//!   commit ─┼─► queue ─► writer ──┤ apply once, flush, sync_all of `db`
//!   reserve ┘                     └ answer all
//! ```
//!
//! Never calls sled outside [`guard`], never uses its subscribers or `len`, never hands it a value
//! near the size it would put in a file of its own. After any failed write nothing more is written
//! until the store is opened again; until then reads may show rows of the write that failed, the
//! feed never does.

mod erase;
mod folder;
mod guard;
mod open;
mod restore;
mod witness;
mod writer;

use std::ops::{ControlFlow, Range};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

pub use erase::{Forgotten, erase};
pub use open::{OpenOptions, open};
pub use restore::restore;

use super::change::{self, Change};
use super::engine::{Batch, Commit, Engine, KeyRange, Record, Visitor, row_key};
use super::envelope;
use super::error::StoreError;
use super::table::Table;
use writer::Job;

/// Longest that a caller waits for the writer, and that closing waits for sled's own threads.
const PATIENCE: Duration = Duration::from_secs(60);

/// Ids set aside at a time, so that few reservations wait for the disk.
const ID_BLOCK: u64 = 1024;

/// A store in a folder of this machine.
pub struct SledEngine {
    shared: Arc<Shared>,
    /// `None` only while the engine is dropped.
    queue: Option<SyncSender<Job>>,
    finished: Mutex<Receiver<()>>,
    ids: Mutex<Vec<Ids>>,
    /// Given back last.
    _lock: folder::Lock,
}

/// Ids of one table: those from `next` to `end` are set aside on disk and not handed out.
#[derive(Clone, Copy)]
struct Ids {
    table: Table,
    next: u64,
    end: u64,
}

/// What readers and the writer share.
struct Shared {
    path: PathBuf,
    tree: Mutex<Option<::sled::Db>>,
    /// Newest sequence that was answered.
    head: Mutex<u64>,
    grown: Condvar,
    /// Why nothing more is written.
    fallen: OnceLock<String>,
    /// Sled panicked: what it holds in memory is not trusted, and closing it could hang.
    broken: AtomicBool,
}

impl Shared {
    fn tree(&self) -> Result<::sled::Db, StoreError> {
        lock(&self.tree).clone().ok_or_else(|| StoreError::ReadOnly { reason: "closing".into() })
    }

    /// Calls sled, and turns its errors and panics into ours.
    fn guarded<T>(
        &self,
        doing: &str,
        call: impl FnOnce() -> ::sled::Result<T>,
    ) -> Result<T, StoreError> {
        let outcome = guard::guarded(&self.path, doing, call);
        if matches!(outcome, Err(StoreError::Damaged { .. })) {
            self.broken.store(true, Ordering::Release);
        }
        outcome
    }

    fn look(&self, tree: &::sled::Db, row: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let value = self.guarded("reading", || tree.get(row))?;
        Ok(value.map(|value| value.to_vec()))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every value behind these locks is whole between statements.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl SledEngine {
    /// Hands the writer a job and waits for its answer.
    fn send<T>(&self, job: impl FnOnce(SyncSender<T>) -> Job) -> Result<T, StoreError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let stopped = || StoreError::ReadOnly { reason: self.reason() };
        let queue = self.queue.as_ref().ok_or_else(stopped)?;
        queue.send(job(answer)).map_err(|_| stopped())?;
        answered.recv_timeout(PATIENCE).map_err(|error| {
            if error == mpsc::RecvTimeoutError::Timeout {
                let _ = self.shared.fallen.set("the disk gave no answer for a minute".into());
                self.shared.broken.store(true, Ordering::Release);
            }
            stopped()
        })
    }

    fn reason(&self) -> String {
        self.shared.fallen.get().cloned().unwrap_or_else(|| "the writer stopped".into())
    }
}

impl Engine for SledEngine {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Record>, StoreError> {
        let tree = self.shared.tree()?;
        let value = self.shared.guarded("reading", || tree.get(row_key(table, key)))?;
        value.map(|value| Ok(envelope::open(table, key, &value)?.to_record())).transpose()
    }

    fn visit(
        &self,
        table: Table,
        range: KeyRange,
        each: &mut Visitor<'_>,
    ) -> Result<(), StoreError> {
        let Some((low, high)) = range.bounds(table) else { return Ok(()) };
        let mut rows = self.shared.tree()?.range(low..high);
        loop {
            let next = self.shared.guarded("reading", || {
                if range.is_backward() { rows.next_back() } else { rows.next() }.transpose()
            })?;
            let Some((row, value)) = next else { return Ok(()) };
            let key = row.get(1..).unwrap_or_default();
            if each(key, envelope::open(table, key, &value)?) == ControlFlow::Break(()) {
                return Ok(());
            }
        }
    }

    fn commit(&self, batch: Batch) -> Result<Commit, StoreError> {
        self.send(|answer| Job::Commit { batch, answer })?
    }

    fn feed(&self, after: u64, limit: usize) -> Result<Vec<Change>, StoreError> {
        let head = *lock(&self.shared.head);
        change::feed(self, after, head, limit)
    }

    fn wait(&self, after: u64, at_most: Duration) -> Result<u64, StoreError> {
        let (head, _) = self
            .shared
            .grown
            .wait_timeout_while(lock(&self.shared.head), at_most, |head| *head <= after)
            .unwrap_or_else(PoisonError::into_inner);
        Ok(*head)
    }

    fn reserve(&self, table: Table, count: u64) -> Result<Range<u64>, StoreError> {
        let mut all = lock(&self.ids);
        let Some(ids) = all.iter_mut().find(|ids| ids.table == table) else {
            return Err(StoreError::Inner { table });
        };
        let next = ids.next.saturating_add(count);
        if next > ids.end {
            let end = next.saturating_add(ID_BLOCK);
            self.send(|answer| Job::SetAside { table, end, answer })??;
            ids.end = end;
        }
        let first = std::mem::replace(&mut ids.next, next);
        Ok(first..next)
    }
}

impl Drop for SledEngine {
    fn drop(&mut self) {
        if let Some(queue) = self.queue.take() {
            let unused = lock(&self.ids).iter().filter(|ids| ids.next < ids.end).copied().collect();
            let _ = queue.send(Job::GiveBack { unused });
        }
        let broken = self.shared.broken.load(Ordering::Acquire);
        let patience = if broken { Duration::from_secs(1) } else { PATIENCE };
        let _ = lock(&self.finished).recv_timeout(patience);
        let Some(tree) = lock(&self.shared.tree).take() else { return };
        if self.shared.broken.load(Ordering::Acquire) {
            // Closing would wait for threads of sled that are gone; the process soon ends.
            std::mem::forget(tree);
        } else {
            guard::close(tree);
        }
    }
}
