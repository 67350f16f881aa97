//! The embedded engine and its folder: opened again, closed to others, from a newer program.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use vafa::store::sled::{OpenOptions, open};
use vafa::store::{Commit, Engine, Expect, KeyRange, MAX_PAYLOAD, StoreError};

use crate::{T, batch, delete, keys, open_sled, put, record};

#[test]
fn a_reopened_store_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let first = batch(1, vec![put(b"a", b"1", Expect::Any)]);
    {
        let engine = open_sled(folder.path());
        engine.commit(first.clone()).unwrap();
        assert_eq!(engine.reserve(T, 3), Ok(1..4));
    }
    for round in 2..6 {
        let engine = open_sled(folder.path());
        assert_eq!(engine.wait(0, Duration::ZERO), Ok(round - 1));
        assert_eq!(engine.commit(first.clone()), Ok(Commit { seq: 1, repeated: true }));
        let commit = engine.commit(batch(round.into(), vec![put(b"b", b"2", Expect::Any)]));
        assert_eq!(commit, Ok(Commit { seq: round, repeated: false }));
        assert_eq!(engine.get(T, b"a"), Ok(Some(record(1, b"1"))));
        // A store closed in good order wastes no ids.
        assert_eq!(engine.reserve(T, 1), Ok(round + 2..round + 3));
        assert_eq!(engine.feed(0, 99).unwrap().len() as u64, round);
    }
}

#[test]
fn the_folder_is_closed_to_others() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("parent").join("store");
    let options = OpenOptions { cache: 16 << 20 };
    open(&dir, options).unwrap().commit(batch(1, vec![])).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    // Somebody opened it to all; the next opening closes it again.
    for path in [dir.clone(), dir.join("db"), dir.join("conf")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
    }
    let _engine = open(&dir, options).unwrap();
    assert_eq!(mode(&dir), 0o700);
    for entry in fs::read_dir(&dir).unwrap() {
        let path = entry.unwrap().path();
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(&path), expected, "{}", path.display());
    }
}

#[test]
fn the_same_folder_cannot_be_opened_twice() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open_sled(folder.path());
    let path = folder.path().join("store");
    let refused = open(&path, OpenOptions::default()).err();
    assert_eq!(refused, Some(StoreError::InUse { path, pid: std::process::id() }));
    drop(engine);
    open_sled(folder.path());
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, b"").unwrap();
    for dir in [file.clone(), file.join("store")] {
        let refused = open(&dir, OpenOptions::default()).err().unwrap();
        assert!(matches!(refused, StoreError::Io { .. }), "{refused:?}");
        assert!(refused.to_string().contains("file"), "{refused}");
    }
}

/// Sled writes a page that is too large into a file of its own and never syncs it.
#[test]
fn no_page_spills_into_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open_sled(folder.path());
    let key = |n: u64| (n * 37 % 200).to_be_bytes();
    let mut request = 0;
    for round in 0..3 {
        for first in (0..200).step_by(20) {
            let large = vec![round; MAX_PAYLOAD];
            let writes = (first..first + 20).map(|n| put(&key(n), &large, Expect::Any)).collect();
            request += 1;
            engine.commit(batch(request, writes)).unwrap();
        }
        // Leaves that are nearly empty merge with their neighbours.
        let few = (0..200).filter(|n| n % 7 != 0).map(|n| delete(&key(n), Expect::Any)).collect();
        request += 1;
        engine.commit(batch(request, few)).unwrap();
        assert_eq!(keys(&engine, &KeyRange::all(), 1_000).len(), 29);
    }
    assert_eq!(fs::read_dir(folder.path().join("store/blobs")).unwrap().count(), 0);
    assert_eq!(engine.feed(0, 1_000).unwrap().len() as u128, request);
}
