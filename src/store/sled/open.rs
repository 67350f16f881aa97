//! Opening a store: makes it when it is not there, refuses what it cannot trust.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Condvar, Mutex, OnceLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::super::error::StoreError;
use super::super::ledger::{self, Ledger};
use super::super::table::Table;
use super::folder::{self, Folder};
use super::writer::{self, Writer};
use super::{Ids, Shared, SledEngine, erase, guard, witness};

/// Sled's cache when nothing else is asked for, in bytes.
const CACHE: u64 = 64 * 1024 * 1024;

/// Sled puts a page over a quarter of its segment into a file that it never syncs. A page holds up
/// to some twenty values, so the segment must exceed 4 x 20 x 32 KiB.
const SEGMENT: usize = 4 * 1024 * 1024;

/// Batches that wait for the writer; more wait at the door.
const QUEUE: usize = 1024;

/// How long threads of a store just closed in this process may keep its file locked.
const LINGER: Duration = Duration::from_secs(5);

/// How a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenOptions {
    /// Most bytes sled keeps of its pages in memory.
    pub cache: u64,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { cache: CACHE }
    }
}

/// Opens the store in the folder `dir`, made on first use.
///
/// Fails with [`StoreError::InUse`] when another process holds it, [`StoreError::Newer`] when a
/// newer program made it, [`StoreError::Damaged`] or [`StoreError::Corrupt`] when it cannot be
/// trusted.
pub fn open(dir: &Path, options: OpenOptions) -> Result<SledEngine, StoreError> {
    let Folder { lock, witness, db } = folder::prepare(dir)?;
    erase::remove_leftover(dir)?;
    let tree = open_tree(dir, options)?;
    let shared = Arc::new(shared(dir, &tree));
    let look = |row: &[u8]| shared.look(&tree, row);
    let seen = witness::read(&witness);
    let ledger = match Ledger::read(&look)? {
        Some(ledger) => ledger,
        None => create(&shared, &tree, seen)?,
    };
    if ledger.seq < seen {
        let lost = seen - ledger.seq;
        let detail = format!("its last {lost} changes, once safe, are gone from the file `db`");
        return Err(StoreError::damaged(dir, detail));
    }
    folder::settle(dir)
        .map_err(|error| StoreError::io(format!("syncing the folder {}", dir.display()), &error))?;
    let mut ids = Vec::new();
    for table in Table::ALL.into_iter().filter(|table| !table.is_inner()) {
        let next = ledger::next_id(&look, table)?;
        ids.push(Ids { table, next, end: next });
    }
    *super::lock(&shared.head) = ledger.seq;
    let (queue, jobs) = mpsc::sync_channel(QUEUE);
    let (done, finished) = mpsc::sync_channel(1);
    let writer = Writer::new(shared.clone(), tree, db, witness, ledger);
    thread::Builder::new()
        .name("store writer".into())
        .spawn(move || {
            writer::run(writer, &jobs);
            drop(done);
        })
        .map_err(|error| StoreError::io("starting the writer's thread", &error))?;
    Ok(SledEngine {
        shared,
        queue: Some(queue),
        finished: Mutex::new(finished),
        ids: Mutex::new(ids),
        _lock: lock,
    })
}

/// What readers and the writer share of a store just opened.
pub(super) fn shared(dir: &Path, tree: &::sled::Db) -> Shared {
    Shared {
        path: dir.to_path_buf(),
        tree: Mutex::new(Some(tree.clone())),
        head: Mutex::new(0),
        grown: Condvar::new(),
        fallen: OnceLock::new(),
        broken: AtomicBool::new(false),
    }
}

/// Opens sled. We hold the folder's lock, so a lock on sled's own file can only be a thread of a
/// store that this process closed a moment ago.
pub(super) fn open_tree(dir: &Path, options: OpenOptions) -> Result<::sled::Db, StoreError> {
    let config =
        || ::sled::Config::new().path(dir).cache_capacity(options.cache).segment_size(SEGMENT);
    let start = Instant::now();
    loop {
        match guard::guarded(dir, "opening", || config().open()) {
            Err(StoreError::Io { message, .. }) if message.contains("could not acquire lock") => {
                if start.elapsed() > LINGER {
                    return Err(StoreError::InUse { path: dir.to_path_buf(), pid: 0 });
                }
                thread::sleep(Duration::from_millis(5));
            }
            opened => return opened,
        }
    }
}

/// Writes the first rows of a store, provided that there never was one.
fn create(shared: &Shared, tree: &::sled::Db, seen: u64) -> Result<Ledger, StoreError> {
    let first = shared.guarded("reading", || tree.first())?;
    if first.is_some() || seen > 0 {
        let detail = "its head is gone from the file `db`";
        return Err(StoreError::damaged(&shared.path, detail));
    }
    writer::apply(shared, tree, Ledger::default().rows())?;
    shared.guarded("writing", || tree.flush())?;
    Ok(Ledger::default())
}
