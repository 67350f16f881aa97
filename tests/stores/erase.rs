//! What is to be forgotten is in none of the store's files, and the store is sound without it.

use std::fs;
use std::path::Path;

use vafa::domain::{Customer, CustomerId, Day};
use vafa::store::records::{delete, keys, put};
use vafa::store::sled::{OpenOptions, erase, open};
use vafa::store::{Depth, Engine, Expect, Table, Write, check, save};

use crate::batch;

const OPTIONS: OpenOptions = OpenOptions { cache: 16 << 20 };

fn customer(id: u64, name: &str) -> Write {
    let customer = Customer::named(CustomerId(id), name, Day(0));
    put(keys::customer(customer.id), &customer, Expect::Any).unwrap()
}

/// How often a text is in the files of a folder and those below it.
fn found(dir: &Path, text: &str) -> usize {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let count = |path: std::path::PathBuf| {
        if path.is_dir() {
            return found(&path, text);
        }
        let bytes = fs::read(path).unwrap();
        bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count()
    };
    entries.map(count).sum()
}

#[test]
fn an_erased_customer_is_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let engine = open(&dir, OPTIONS).unwrap();
    engine
        .commit(batch(1, vec![customer(1, "Nasrin Forgotten"), customer(2, "Sara Kept")]))
        .unwrap();
    engine
        .commit(batch(2, vec![customer(1, "Nasrin Renamed"), customer(2, "Sara Renamed")]))
        .unwrap();
    engine
        .commit(batch(3, vec![delete::<Customer>(keys::customer(CustomerId(1)), Expect::Any)]))
        .unwrap();
    let ids = engine.reserve(Table::Customer, 5).unwrap();
    let feed = engine.feed(0, 9).unwrap();
    drop(engine);
    assert!(found(folder.path(), "Nasrin") > 0);
    // An erasure that was stopped after the names had changed.
    let leftover = folder.path().join("store.erasing");
    fs::create_dir(&leftover).unwrap();
    fs::write(leftover.join("db"), b"Nasrin Forgotten").unwrap();

    let forgotten = |table, key: &[u8]| {
        table == Table::Customer && keys::customer_of(key) == Some(CustomerId(1))
    };
    assert_eq!(erase(&dir, OPTIONS, &forgotten), Ok(2));
    assert_eq!(found(folder.path(), "Nasrin"), 0);
    assert!(found(folder.path(), "Sara Kept") > 0);

    let engine = open(&dir, OPTIONS).unwrap();
    assert_eq!(check(&engine, Depth::Deep, &mut |_| {}).unwrap().findings, []);
    let after = engine.feed(0, 9).unwrap();
    assert_eq!(after.len(), feed.len());
    assert_eq!((&after[0], &after[1].rows[1]), (&feed[0], &feed[1].rows[1]));
    for row in [&after[1].rows[0], &after[2].rows[0]] {
        assert!(row.before.as_ref().is_some_and(vafa::store::Record::is_erased));
    }
    assert_eq!(after[2].before_hash, feed[2].before_hash);
    // It goes on where it was: the same requests, the next commit, the next id.
    assert!(engine.commit(batch(3, vec![])).unwrap().repeated);
    assert_eq!(engine.commit(batch(4, vec![])).unwrap().seq, 4);
    assert_eq!(engine.reserve(Table::Customer, 1).unwrap().start, ids.end);
    let mut bytes = Vec::new();
    save(&engine, &mut bytes, &mut |_| {}).unwrap();
    assert!(!bytes.windows(6).any(|window| window == b"Nasrin"));
}
