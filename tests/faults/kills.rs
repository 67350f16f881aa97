//! `kill -9` while writing and while opening.

use std::time::Duration;

use vafa::store::StoreError;

use crate::child::{self, TELLERS};
use crate::{Dice, open_store, rounds, tale};

/// Kills the writers at any moment; nothing that was acknowledged may be lost.
#[test]
fn killed_while_writing_nothing_acknowledged_is_lost() {
    let _turn = crate::turn();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let dir = folder.path().join("store");
    let mut dice = Dice(1);
    let mut acknowledged = vec![0; TELLERS as usize];
    for round in 0..rounds(10, 1_000) {
        let (mut child, lines) = child::start("write", &dir);
        let enough = dice.below(40) + 1;
        let mut seen = 0;
        for (teller, step) in lines.filter_map(|line| child::ack(&line)) {
            acknowledged[teller] = step;
            seen += 1;
            if seen == enough {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(seen >= enough, "round {round}: the writers ended by themselves");
        let engine = open_store(&dir).unwrap();
        let steps = tale::verify(&engine, TELLERS).unwrap();
        for (kept, acknowledged) in steps.iter().zip(&acknowledged) {
            // At most the one step that was under way may be there unacknowledged.
            assert!(
                (*acknowledged..=acknowledged + 1).contains(kept),
                "round {round}: {kept} kept of {acknowledged}"
            );
        }
        acknowledged = steps;
    }
}

/// Kills a process that opens the store, at any moment; the store must open the next time.
#[test]
fn killed_while_opening_the_store_still_opens() {
    let _turn = crate::turn();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let dir = folder.path().join("store");
    let mut dice = Dice(2);
    let mut usual = Duration::from_millis(20);
    for round in 0..rounds(10, 1_000) {
        let (mut child, lines) = child::start("write", &dir);
        let after = usual.mul_f64(dice.below(1_000) as f64 / 800.0);
        // Not waiting for anything: the moment of the kill is the input.
        std::thread::sleep(after);
        child.kill().unwrap();
        let said: Vec<String> = lines.collect();
        child.wait().unwrap();
        if said.iter().any(|line| line == "opened") {
            usual = usual.mul_f64(0.95);
        } else {
            usual = usual.mul_f64(1.05);
        }
        let engine = open_store(&dir).unwrap_or_else(|e| panic!("round {round}: {e}"));
        let steps = tale::verify(&engine, TELLERS).unwrap();
        // Something new each time, so that the next opening has work to do.
        tale::tell(&engine, 0, steps[0] + 1).unwrap();
    }
}

/// A leftover of a kill in the middle of sled's snapshot, put there by hand.
#[test]
fn a_half_written_snapshot_is_removed() {
    let _turn = crate::turn();
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    tale::tell(&open_store(&dir).unwrap(), 0, 1).unwrap();
    let leftover = dir.join("snap.7FFFFFFFFFFFFFFF.generating");
    std::fs::write(&leftover, b"half").unwrap();
    let engine = open_store(&dir).unwrap();
    assert_eq!(tale::verify(&engine, 1), Ok(vec![1]));
    assert!(!leftover.exists());
}

/// A store held by another process says by which, and is free again when that one is killed.
#[test]
fn a_second_process_is_told_who_holds_the_store() {
    let _turn = crate::turn();
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let (mut child, mut lines) = child::start("write", &dir);
    assert!(lines.any(|line| line == "opened"));
    let refused = open_store(&dir).err();
    assert_eq!(refused, Some(StoreError::InUse { path: dir.clone(), pid: child.id() }));
    child.kill().unwrap();
    child.wait().unwrap();
    open_store(&dir).unwrap();
}
