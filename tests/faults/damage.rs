//! Files damaged while nobody looked: flipped bits, zeroed pages, files cut short or gone.

use std::fs;
use std::path::{Path, PathBuf};

use crate::child::{self, TELLERS};
use crate::{Dice, open_store, rounds, tale};

/// A store of some hundred steps over several of sled's segments, closed in good order and opened
/// again, so that it has a snapshot and most of its log lies before that.
fn make(dir: &Path) -> Vec<u64> {
    for part in 0..6 {
        let engine = open_store(dir).unwrap();
        for step in 1..=60 {
            for teller in 0..TELLERS {
                tale::tell(&engine, teller, part * 60 + step).unwrap();
            }
        }
    }
    tale::verify(&open_store(dir).unwrap(), TELLERS).unwrap()
}

/// Sled's own files; ours are the lock and the witness, which the store can do without.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// Damages one file in one way; what was done, for the report.
fn damage(dir: &Path, dice: &mut Dice) -> String {
    let files = files(dir);
    // Most of it in the log, where the data is.
    let db = dir.join("db");
    let path = match dice.below(4) {
        0 => &files[dice.below(files.len() as u64) as usize],
        _ => &db,
    };
    let mut bytes = fs::read(path).unwrap();
    let used = bytes.iter().rposition(|byte| *byte != 0).unwrap_or(0) as u64 + 1;
    let at = dice.below(used) as usize;
    let what = match dice.below(4) {
        0 | 1 => {
            let bit = dice.below(8);
            bytes[at] ^= 1 << bit;
            format!("bit {bit} of byte {at} flipped")
        }
        2 => {
            let page = at / 4096 * 4096;
            let end = (page + 4096).min(bytes.len());
            bytes[page..end].fill(0);
            format!("page at {page} zeroed")
        }
        _ => {
            bytes.truncate(at);
            format!("cut to {at} of {used} bytes")
        }
    };
    fs::write(path, bytes).unwrap();
    format!("{}: {what}", path.file_name().unwrap().to_string_lossy())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("blobs")).unwrap();
    for file in files(from) {
        fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
}

/// A damaged store either says so, naming what to do, or is whole; never anything between.
#[test]
fn damage_is_told_or_does_no_harm() {
    let _turn = crate::turn();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let sound = folder.path().join("sound");
    let whole = format!("whole {:?}", make(&sound));
    let mut dice = Dice(3);
    let (mut refused, mut harmless) = (0, 0);
    for round in 0..rounds(30, 300) {
        let dir = folder.path().join(format!("damaged-{round}"));
        copy(&sound, &dir);
        let done = damage(&dir, &mut dice);
        let said = child::run(child::command("look", &dir));
        if said.contains(&whole) {
            harmless += 1;
        } else {
            let refusal = said.iter().find(|line| line.starts_with("refused "));
            let Some(refusal) = refusal else { panic!("{done}: {said:?}") };
            assert!(refusal.contains("vafa restore"), "{done}: {refusal}");
            refused += 1;
        }
        fs::remove_dir_all(dir).unwrap();
    }
    println!("{refused} refused, {harmless} without harm");
    assert!(refused > 0 && harmless > 0, "the damages are of no use as a test");
}

/// A log that lost its end looks to sled like a write cut off; the witness knows better.
#[test]
fn a_lost_end_of_the_log_is_told() {
    let _turn = crate::turn();
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let engine = open_store(&dir).unwrap();
    tale::tell(&engine, 0, 1).unwrap();
    let early = fs::read(dir.join("db")).unwrap();
    tale::tell(&engine, 0, 2).unwrap();
    drop(engine);
    for file in files(&dir) {
        if file.file_name().unwrap().to_string_lossy().starts_with("snap.") {
            fs::remove_file(file).unwrap();
        }
    }
    fs::write(dir.join("db"), early).unwrap();
    let refused = open_store(&dir).err().unwrap().to_string();
    assert!(refused.contains("last 1 changes") && refused.contains("vafa restore"), "{refused}");
}
