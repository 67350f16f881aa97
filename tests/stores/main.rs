//! One story, every engine: what the house relies on, told once and run on each.

#![allow(clippy::unwrap_used)] // helpers of tests are tests too

mod speed;
mod story;

use std::sync::Arc;

use vafa::store::Engine;
use vafa::store::memory::MemoryEngine;
use vafa::store::sled::{OpenOptions, SledEngine, open};

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
