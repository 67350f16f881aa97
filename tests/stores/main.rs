//! One story, every engine: what the house relies on, told once and run on each.

#![allow(clippy::unwrap_used)] // helpers of tests are tests too

mod backup;
mod erase;
mod folder;
mod gestures;
mod random;
mod speed;
mod story;

use std::sync::Arc;

use jiff::Timestamp;
use vafa::store::memory::MemoryEngine;
use vafa::store::sled::{OpenOptions, SledEngine, open};
use vafa::store::{Batch, Engine, Expect, KeyRange, Record, Sync, Table, Write};

/// Runs a chapter on every engine, each new and empty.
fn each_engine(chapter: impl Fn(Arc<dyn Engine>)) {
    chapter(Arc::new(MemoryEngine::new()));
    let folder = tempfile::tempdir().unwrap();
    chapter(Arc::new(open_sled(folder.path())));
}

/// Opens the embedded store with a small cache.
fn open_sled(folder: &std::path::Path) -> SledEngine {
    open(&folder.join("store"), OpenOptions { cache: 16 << 20 }).unwrap()
}

pub const T: Table = Table::Customer;

pub fn batch(request: u128, writes: Vec<Write>) -> Batch {
    Batch {
        actor: 7,
        at: Timestamp::constant(1_700_000_000, 5),
        request,
        gesture: 0,
        label: "test".into(),
        writes,
        sync: Sync::Now,
    }
}

pub fn put(key: &[u8], payload: &[u8], expect: Expect) -> Write {
    Write { table: T, key: key.to_vec(), value: Some((1, payload.to_vec())), expect }
}

pub fn delete(key: &[u8], expect: Expect) -> Write {
    Write { table: T, key: key.to_vec(), value: None, expect }
}

pub fn record(revision: u64, payload: &[u8]) -> Record {
    Record { revision, schema: 1, payload: payload.to_vec() }
}

/// Keys of a scan, page by page.
pub fn keys(engine: &dyn Engine, range: &KeyRange, page: usize) -> Vec<Vec<u8>> {
    let mut keys = Vec::new();
    let mut rest = range.clone();
    loop {
        let read = engine.scan(T, rest, page).unwrap();
        assert!(read.rows.len() <= page);
        keys.extend(read.rows.into_iter().map(|(key, _)| key));
        match read.next {
            Some(next) => rest = range.clone().resume(&next),
            None => return keys,
        }
    }
}
