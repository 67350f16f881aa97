//! A backup made while others write, a store made from it, and files that are no backup.

use std::io;
use std::path::Path;
use std::time::Duration;

use vafa::domain::{CustomerId, Day, Fact, FactId, FactKind};
use vafa::store::records::{delete, keys, put};
use vafa::store::sled::{OpenOptions, SledEngine, open, restore};
use vafa::store::{
    Batch, Depth, Engine, Expect, OpenGesture, Saved, StoreError, Sync, Table, Write, check, save,
    unfinished,
};

use crate::{batch, each_engine};

fn fact(id: u64, text: &str) -> Write {
    let fact = Fact {
        id: FactId(id),
        customer: CustomerId(id % 5),
        kind: FactKind::Need,
        text: text.repeat(20),
        strength: 0,
        met: 0,
        source: String::new(),
        on: Day(0),
    };
    put(keys::fact(fact.customer, fact.id), &fact, Expect::Any).unwrap()
}

fn no_fact(id: u64) -> Write {
    delete::<Fact>(keys::fact(CustomerId(id % 5), FactId(id)), Expect::Any)
}

fn backup(engine: &dyn Engine) -> (Saved, Vec<u8>) {
    let mut bytes = Vec::new();
    let saved = save(engine, &mut bytes, &mut |_| {}).unwrap();
    (saved, bytes)
}

fn restored(dir: &Path, mut bytes: &[u8]) -> Result<SledEngine, StoreError> {
    let options = OpenOptions { cache: 16 << 20 };
    restore(dir, options, &mut bytes, &mut |_| {})?;
    open(dir, options)
}

/// A file during whose writing others change the store.
struct Busy<'e> {
    engine: &'e dyn Engine,
    writes: u64,
    bytes: Vec<u8>,
}

impl io::Write for Busy<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes += 1;
        if self.writes.is_multiple_of(10) {
            let id = self.writes * 7 % 600;
            let writes = vec![fact(id, "later"), no_fact((id + 300) % 600)];
            self.engine.commit(batch(0, writes)).unwrap();
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_backup_under_load_shows_one_moment() {
    each_engine(|engine| {
        engine.commit(batch(0, (0..500).map(|id| fact(id, "first")).collect())).unwrap();
        engine.reserve(Table::Fact, 500).unwrap();
        let mut busy = Busy { engine: &*engine, writes: 0, bytes: Vec::new() };
        let saved = save(&*engine, &mut busy, &mut |_| {}).unwrap();
        let bytes = busy.bytes;
        assert!(engine.wait(0, Duration::ZERO).unwrap() > saved.head + 100, "others wrote on");
        let folder = tempfile::tempdir().unwrap();
        let copy = restored(&folder.path().join("copy"), &bytes).unwrap();
        let report = check(&copy, Depth::Deep, &mut |_| {}).unwrap();
        assert_eq!(report.findings, []);
        assert_eq!(report.head, saved.head);
        assert_eq!(copy.feed(0, usize::MAX), engine.feed(0, saved.head as usize));
        assert!(copy.reserve(Table::Fact, 1).unwrap().start > 500, "no id is handed out twice");
        // Written on and saved again at rest, both ways give the same file.
        copy.commit(batch(0, vec![fact(1, "after")])).unwrap();
        let (_, one) = backup(&copy);
        let two = restored(&folder.path().join("again"), &one).unwrap();
        assert_eq!(backup(&two).1, one);
    });
}

#[test]
fn a_gesture_open_at_that_moment_is_open_in_the_copy() {
    each_engine(|engine| {
        let part = |sync| Batch { gesture: 5, sync, ..batch(0, vec![fact(1, "part")]) };
        engine.commit(batch(0, vec![fact(0, "whole")])).unwrap();
        engine.commit(part(Sync::WithNext)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let copy = restored(&folder.path().join("open"), &backup(&*engine).1).unwrap();
        assert_eq!(unfinished(&copy), Ok(vec![OpenGesture { gesture: 5, first: 2 }]));
        engine.commit(part(Sync::Now)).unwrap();
        let copy = restored(&folder.path().join("closed"), &backup(&*engine).1).unwrap();
        assert_eq!(unfinished(&copy), Ok(vec![]));
    });
}

#[test]
fn a_store_is_never_made_from_a_bent_file_nor_over_another() {
    each_engine(|engine| {
        engine.commit(batch(1, vec![fact(1, "some text"), fact(2, "other text")])).unwrap();
        let (_, bytes) = backup(&*engine);
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("copy");
        let check = |bytes: &[u8], what: &str| {
            let refused = restored(&dir, bytes).err();
            assert!(refused.is_some() && !dir.exists(), "{what}: {refused:?}");
        };
        for at in (0..bytes.len()).step_by(61) {
            let mut bent = bytes.clone();
            bent[at] ^= 4;
            check(&bent, &format!("byte {at}"));
            check(&bytes[..at], &format!("cut at {at}"));
        }
        check(b"name,phone\n", "another kind of file");
        let copy = restored(&dir, &bytes).unwrap();
        let refused = restored(&dir, &bytes).err();
        assert!(matches!(refused, Some(StoreError::Io { .. })), "{refused:?}");
        assert_eq!(copy.feed(0, 9).unwrap().len(), 1);
    });
}
