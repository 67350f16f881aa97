//! The one thread that writes: takes what waits, applies it in one step, syncs once, answers all.

use std::fs::File;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};

use super::super::engine::{Batch, Commit, Sync};
use super::super::error::StoreError;
use super::super::ledger::{self, Ledger, Rows};
use super::super::table::Table;
use super::{Ids, Shared, lock, witness};

/// A group takes no further batch once it holds this many rows: sled slows down past it.
const GROUP: usize = 1500;

/// Room that is left on the disk, in bytes, below which nothing is begun. Sled that runs out of room
/// in the middle of a page can no longer even read it, so it is not let come to that: its buffers,
/// its next segment and what it writes on closing fit in here.
const RESERVE: u64 = 32 << 20;

/// What the writer is asked for.
pub(super) enum Job {
    Commit {
        batch: Batch,
        answer: SyncSender<Result<Commit, StoreError>>,
    },
    /// Remember that ids of `table` below `end` may be handed out.
    SetAside {
        table: Table,
        end: u64,
        answer: SyncSender<Result<(), StoreError>>,
    },
    /// Ids set aside and not handed out; the store is closing.
    GiveBack {
        unused: Vec<Ids>,
    },
}

/// Answers that wait for the sync.
enum Answer {
    Commit(SyncSender<Result<Commit, StoreError>>, Result<Commit, StoreError>),
    SetAside(SyncSender<Result<(), StoreError>>),
}

impl Answer {
    /// Tells the caller; one who no longer waits is let go.
    fn give(self, outcome: &Result<(), StoreError>) {
        match self {
            Answer::Commit(to, Ok(commit)) => {
                let _ = to.send(outcome.clone().map(|()| commit));
            }
            Answer::Commit(to, refused) => {
                let _ = to.send(refused);
            }
            Answer::SetAside(to) => {
                let _ = to.send(outcome.clone());
            }
        }
    }
}

/// What the writer thread owns.
pub(super) struct Writer {
    shared: Arc<Shared>,
    tree: ::sled::Db,
    db: File,
    witness: File,
    ledger: Ledger,
}

/// The batches that go to disk together.
#[derive(Default)]
struct Group {
    rows: Rows,
    answers: Vec<Answer>,
    sync: bool,
}

impl Writer {
    pub(super) fn new(
        shared: Arc<Shared>,
        tree: ::sled::Db,
        db: File,
        witness: File,
        ledger: Ledger,
    ) -> Self {
        Self { shared, tree, db, witness, ledger }
    }

    /// Puts a job into the group.
    fn take(&self, job: Job, group: &mut Group, ledger: &mut Ledger) {
        match job {
            Job::Commit { batch, answer } => {
                let look = |row: &[u8]| self.shared.look(&self.tree, row);
                // Before anything is looked up: what a failed write left in memory is not true.
                let staged =
                    self.writable().and_then(|()| ledger.stage(&batch, &mut group.rows, &look));
                group.sync |= batch.sync == Sync::Now;
                group.answers.push(Answer::Commit(answer, staged));
            }
            Job::SetAside { table, end, answer } => {
                ledger::put_next_id(&mut group.rows, table, end);
                group.sync = true;
                group.answers.push(Answer::SetAside(answer));
            }
            Job::GiveBack { unused } => {
                for Ids { table, next, .. } in unused {
                    ledger::put_next_id(&mut group.rows, table, next);
                }
                group.sync = true;
            }
        }
    }

    fn writable(&self) -> Result<(), StoreError> {
        match self.shared.fallen.get() {
            Some(reason) => Err(StoreError::ReadOnly { reason: reason.clone() }),
            None => Ok(()),
        }
    }

    /// Refuses while there is still room to go on without harm once some was made.
    fn room(&self) -> Result<(), StoreError> {
        let free = match rustix::fs::fstatvfs(&self.db) {
            Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
            Err(_) => return Ok(()), // a file system that does not tell: the write itself will
        };
        if free < RESERVE {
            return Err(StoreError::Short { free, reserve: RESERVE });
        }
        Ok(())
    }

    /// Applies the group and, when one of it asks for that, makes it and all before it safe.
    fn write(&mut self, rows: Rows, sync: bool, ledger: Ledger) -> Result<(), StoreError> {
        self.writable()?;
        self.room()?;
        let written = self.apply_and_sync(rows, sync, &ledger);
        if let Err(error) = &written {
            let _ = self.shared.fallen.set(error.to_string());
        } else if self.ledger != ledger {
            *lock(&self.shared.head) = ledger.seq;
            self.ledger = ledger;
            self.shared.grown.notify_all();
        }
        written
    }

    fn apply_and_sync(&self, rows: Rows, sync: bool, ledger: &Ledger) -> Result<(), StoreError> {
        if !rows.is_empty() {
            apply(&self.shared, &self.tree, rows)?;
        }
        if sync {
            self.shared.guarded("writing", || self.tree.flush())?;
            self.db.sync_all().map_err(|error| {
                StoreError::io(format!("syncing {}", self.shared.path.display()), &error)
            })?;
            // Only a help for the next opening: a store is whole without it.
            let _ = witness::write(&self.witness, ledger.seq);
        }
        Ok(())
    }
}

/// Works until the engine is dropped.
pub(super) fn run(mut writer: Writer, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let mut group = Group::default();
        let mut ledger = writer.ledger.clone();
        writer.take(first, &mut group, &mut ledger);
        while group.rows.len() < GROUP
            && let Ok(job) = jobs.try_recv()
        {
            writer.take(job, &mut group, &mut ledger);
        }
        let outcome = writer.write(group.rows, group.sync, ledger);
        for answer in group.answers {
            answer.give(&outcome);
        }
    }
}

/// Writes rows in one atomic step.
pub(super) fn apply(shared: &Shared, tree: &::sled::Db, rows: Rows) -> Result<(), StoreError> {
    let mut batch = ::sled::Batch::default();
    for (row, value) in rows {
        match value {
            Some(value) => batch.insert(row, value),
            None => batch.remove(row),
        }
    }
    shared.guarded("writing", || tree.apply_batch(batch))
}
