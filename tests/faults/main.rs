//! What is left of a store after the worst: the process killed, the file damaged, the disk full.
//!
//! The tests run themselves again as other processes (see [`child`]); the long forms run with
//! `VAFA_LONG=1`.

#![allow(clippy::unwrap_used)] // helpers of tests are tests too

mod child;
mod damage;
mod full;
mod kills;
mod power;
mod tale;

use std::path::Path;
use vafa::store::StoreError;
use vafa::store::sled::{OpenOptions, SledEngine, open};

/// One test at a time: a process that is being started holds for a moment whatever its parent held,
/// another test's lock on its store among it.
fn turn() -> std::sync::MutexGuard<'static, ()> {
    static TURN: std::sync::Mutex<()> = std::sync::Mutex::new(());
    TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// `short` rounds, or `long` with `VAFA_LONG=1`.
fn rounds(short: u32, long: u32) -> u32 {
    if std::env::var_os("VAFA_LONG").is_some() { long } else { short }
}

fn open_store(dir: &Path) -> Result<SledEngine, StoreError> {
    open(dir, OpenOptions { cache: 16 << 20 })
}

/// Numbers that look random and are the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}
