//! The chapters of the story: batches, the feed, waiting, ids, scans.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use vafa::store::memory::MemoryEngine;
use vafa::store::{Batch, Commit, Engine, Expect, KeyRange, StoreError, Sync, Table, Write};

use crate::{T, batch, delete, each_engine, keys, put, record};

#[test]
fn a_commit_writes_all_and_answers_with_its_place() {
    each_engine(|engine| {
        let writes = vec![put(b"a", b"1", Expect::Absent), put(b"b", b"2", Expect::Any)];
        assert_eq!(engine.commit(batch(1, writes)), Ok(Commit { seq: 1, repeated: false }));
        let writes = vec![put(b"a", b"3", Expect::Revision(1)), delete(b"b", Expect::Revision(1))];
        assert_eq!(engine.commit(batch(2, writes)), Ok(Commit { seq: 2, repeated: false }));
        assert_eq!(engine.get(T, b"a"), Ok(Some(record(2, b"3"))));
        assert_eq!(engine.get(T, b"b"), Ok(None));
        assert_eq!(engine.get(Table::Task, b"a"), Ok(None));
    });
}

#[test]
fn a_failed_precondition_leaves_nothing_behind() {
    each_engine(|engine| {
        engine.commit(batch(1, vec![put(b"a", b"1", Expect::Any)])).unwrap();
        for (expect, key, found) in [
            (Expect::Absent, b"a", Some(1)),
            (Expect::Revision(2), b"a", Some(1)),
            (Expect::Revision(1), b"z", None),
        ] {
            let writes = vec![put(b"new", b"x", Expect::Any), put(key, b"y", expect)];
            let conflict =
                StoreError::Conflict { table: T, key: key.to_vec(), expected: expect, found };
            assert_eq!(engine.commit(batch(2, writes)), Err(conflict));
            assert_eq!(engine.get(T, b"new"), Ok(None));
        }
        assert_eq!(engine.get(T, b"a"), Ok(Some(record(1, b"1"))));
        // The refused request left no trace: it may still be written, at the next place.
        let again = engine.commit(batch(2, vec![put(b"a", b"2", Expect::Revision(1))]));
        assert_eq!(again, Ok(Commit { seq: 2, repeated: false }));
        assert_eq!(engine.feed(0, 9).unwrap().len(), 2);
    });
}

#[test]
fn a_repeated_request_has_the_effect_of_once() {
    each_engine(|engine| {
        let first = batch(42, vec![put(b"a", b"1", Expect::Absent)]);
        assert_eq!(engine.commit(first.clone()), Ok(Commit { seq: 1, repeated: false }));
        assert_eq!(engine.commit(first.clone()), Ok(Commit { seq: 1, repeated: true }));
        engine.commit(batch(43, vec![put(b"a", b"2", Expect::Any)])).unwrap();
        assert_eq!(engine.commit(first), Ok(Commit { seq: 1, repeated: true }));
        assert_eq!(engine.get(T, b"a"), Ok(Some(record(2, b"2"))));
        // Requests without an id are never taken for one another.
        for seq in [3, 4] {
            let unnamed = engine.commit(batch(0, vec![put(b"n", b"1", Expect::Any)]));
            assert_eq!(unnamed, Ok(Commit { seq, repeated: false }));
        }
    });
}

#[test]
fn writes_of_a_batch_see_the_ones_before() {
    each_engine(|engine| {
        let writes = vec![
            put(b"a", b"1", Expect::Absent),
            put(b"a", b"2", Expect::Revision(1)),
            delete(b"a", Expect::Revision(1)),
            put(b"a", b"3", Expect::Absent),
        ];
        engine.commit(batch(1, writes)).unwrap();
        assert_eq!(engine.get(T, b"a"), Ok(Some(record(1, b"3"))));
        let rows = engine.feed(0, 1).unwrap().remove(0).rows;
        let told: Vec<_> = rows.into_iter().map(|row| (row.before, row.after)).collect();
        let (one, two) = (record(1, b"1"), record(1, b"2"));
        assert_eq!(
            told,
            [(None, Some(1)), (Some(one), Some(1)), (Some(two), None), (None, Some(1))]
        );
    });
}

#[test]
fn too_large_and_the_engines_own_tables_are_refused() {
    each_engine(|engine| {
        let (key, payload) = (vec![1; 512], vec![1; 32 * 1024 - 64]);
        engine.commit(batch(1, vec![put(&key, &payload, Expect::Any)])).unwrap();
        assert_eq!(engine.get(T, &key).unwrap().unwrap().payload, payload);
        for (key, payload) in [(vec![1; 513], vec![1]), (vec![1], vec![1; 32 * 1024 - 63])] {
            let refused = engine.commit(batch(2, vec![put(&key, &payload, Expect::Any)]));
            assert!(matches!(refused, Err(StoreError::TooLarge { table: T, .. })), "{refused:?}");
        }
        for table in [Table::Meta, Table::Change, Table::Request] {
            let write = Write { table, ..put(b"k", b"v", Expect::Any) };
            let refused = engine.commit(batch(2, vec![write]));
            assert_eq!(refused, Err(StoreError::Inner { table }));
            assert_eq!(engine.reserve(table, 1), Err(StoreError::Inner { table }));
        }
        assert_eq!(engine.feed(0, 9).unwrap().len(), 1);
    });
}

#[test]
fn the_feed_tells_what_happened() {
    each_engine(|engine| {
        engine.commit(batch(1, vec![put(b"a", b"1", Expect::Any)])).unwrap();
        let second = Batch {
            actor: 9,
            gesture: 5,
            label: "tag".into(),
            ..batch(2, vec![put(b"a", b"2", Expect::Any), delete(b"b", Expect::Any)])
        };
        engine.commit(second).unwrap();
        engine.commit(batch(3, vec![])).unwrap();
        let feed = engine.feed(0, 9).unwrap();
        assert_eq!(feed, [engine.feed(0, 1).unwrap(), engine.feed(1, 9).unwrap()].concat());
        assert_eq!(feed.iter().map(|c| c.seq).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!((feed[1].actor, feed[1].gesture, feed[1].request), (9, 5, 2));
        assert_eq!(feed[1].label, "tag");
        assert_eq!(feed[1].at, Timestamp::constant(1_700_000_000, 5));
        assert_eq!(feed[1].rows[0].before, Some(record(1, b"1")));
        assert_eq!((feed[1].rows[1].before.clone(), feed[1].rows[1].after), (None, None));
        assert_eq!(feed[0].before_hash, [0; 32]);
        let hashes: BTreeSet<_> = feed.iter().map(|c| c.before_hash).collect();
        assert_eq!(hashes.len(), 3);
        assert_eq!(engine.feed(3, 9), Ok(vec![]));
        assert_eq!(engine.feed(u64::MAX, 9), Ok(vec![]));
        assert_eq!(engine.feed(0, 0), Ok(vec![]));
    });
}

#[test]
fn a_change_of_many_large_rows_comes_back_whole() {
    each_engine(|engine| {
        let large = |fill: u8| -> Vec<Write> {
            (0..40_u8).map(|key| put(&[key], &vec![fill; 20_000], Expect::Any)).collect()
        };
        engine.commit(batch(1, large(1))).unwrap();
        engine.commit(batch(2, large(2))).unwrap();
        let change = engine.feed(1, 1).unwrap().remove(0);
        assert_eq!(change.rows.len(), 40);
        assert!(change.rows.iter().all(|row| row.before == Some(record(1, &vec![1; 20_000]))));
    });
}

#[test]
fn the_feed_has_no_gap_and_no_double_with_eight_writers() {
    const EACH: u64 = 50;
    each_engine(|engine| {
        let reader = thread::spawn({
            let engine = engine.clone();
            move || {
                let mut seen = Vec::new();
                while (seen.len() as u64) < 8 * EACH {
                    let after = seen.last().copied().unwrap_or(0);
                    engine.wait(after, Duration::from_secs(10)).unwrap();
                    seen.extend(engine.feed(after, 7).unwrap().iter().map(|c| c.seq));
                }
                seen
            }
        });
        let writers = (0..8_u64).map(|writer| {
            let engine = engine.clone();
            thread::spawn(move || {
                let places = (0..EACH).map(|n| {
                    let request = u128::from(writer * EACH + n + 1);
                    let key = request.to_be_bytes();
                    let answer =
                        engine.commit(batch(request, vec![put(&key, b"x", Expect::Absent)]));
                    answer.unwrap().seq
                });
                places.collect::<Vec<_>>()
            })
        });
        let writers: Vec<_> = writers.collect();
        let answered: BTreeSet<u64> =
            writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
        assert_eq!(answered, (1..=8 * EACH).collect());
        assert_eq!(reader.join().unwrap(), (1..=8 * EACH).collect::<Vec<_>>());
        assert_eq!(keys(&*engine, &KeyRange::all(), 99).len() as u64, 8 * EACH);
    });
}

#[test]
fn one_of_many_writers_wins_a_race_for_a_row() {
    each_engine(|engine| {
        engine.commit(batch(1, vec![put(b"a", b"0", Expect::Any)])).unwrap();
        let racers: Vec<_> = (0..8_u128)
            .map(|racer| {
                let engine = engine.clone();
                let write = put(b"a", &[racer as u8], Expect::Revision(1));
                thread::spawn(move || engine.commit(batch(100 + racer, vec![write])))
            })
            .collect();
        let answers: Vec<_> = racers.into_iter().map(|racer| racer.join().unwrap()).collect();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        for refused in answers.into_iter().filter_map(Result::err) {
            assert!(matches!(refused, StoreError::Conflict { found: Some(2), .. }));
        }
    });
}

#[test]
fn waiting_ends_with_a_commit_or_with_its_time() {
    each_engine(|engine| {
        assert_eq!(engine.wait(0, Duration::ZERO), Ok(0));
        let waiter = thread::spawn({
            let engine = engine.clone();
            move || engine.wait(0, Duration::from_secs(30))
        });
        engine.commit(batch(1, vec![])).unwrap();
        assert_eq!(waiter.join().unwrap(), Ok(1));
        assert_eq!(engine.wait(0, Duration::from_secs(30)), Ok(1));
        assert_eq!(engine.wait(1, Duration::from_millis(1)), Ok(1));
    });
}

#[test]
fn ids_are_handed_out_in_order_and_once() {
    each_engine(|engine| {
        assert_eq!(engine.reserve(T, 1), Ok(1..2));
        assert_eq!(engine.reserve(T, 0), Ok(2..2));
        assert_eq!(engine.reserve(T, 5_000), Ok(2..5_002));
        assert_eq!(engine.reserve(Table::Task, 2), Ok(1..3));
        let takers: Vec<_> = (0..4)
            .map(|_| {
                let engine = engine.clone();
                thread::spawn(move || {
                    (0..500).map(|_| engine.reserve(T, 3).unwrap()).collect::<Vec<_>>()
                })
            })
            .collect();
        let mut taken: Vec<u64> =
            takers.into_iter().flat_map(|taker| taker.join().unwrap()).flatten().collect();
        taken.sort_unstable();
        assert_eq!(taken, (5_002..11_002).collect::<Vec<_>>());
    });
}

#[test]
fn scans_keep_to_their_range_in_either_direction() {
    each_engine(|engine| {
        let all: Vec<Vec<u8>> = [&[1][..], &[1, 0], &[1, 255], &[2], &[2, 7], &[255], &[255, 255]]
            .map(Vec::from)
            .into();
        let writes = all.iter().map(|key| put(key, b"x", Expect::Any)).collect();
        engine.commit(batch(1, writes)).unwrap();
        let check = |range: KeyRange, expected: &[Vec<u8>]| {
            for page in [1, 2, 3, 100] {
                assert_eq!(keys(&*engine, &range, page), expected, "{range:?} by {page}");
                let mut backward = keys(&*engine, &range.clone().backward(), page);
                backward.reverse();
                assert_eq!(backward, expected, "{range:?} backward by {page}");
            }
        };
        check(KeyRange::all(), &all);
        check(KeyRange::prefix(&[1]), &all[..3]);
        check(KeyRange::prefix(&[255]), &all[5..]);
        check(KeyRange::prefix(&[3]), &[]);
        check(KeyRange::after(&[1, 255]), &all[3..]);
        check(KeyRange::from(&[1, 255]), &all[2..]);
        check(KeyRange::from(&[1, 255]).until(&[2, 7]), &all[2..4]);
        check(KeyRange::from(&[2]).until(&[1]), &[]);
        let mut shown = 0;
        let stop = &mut |_: &[u8], _: vafa::store::RecordRef<'_>| {
            shown += 1;
            if shown == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        engine.visit(T, KeyRange::all(), stop).unwrap();
        assert_eq!(shown, 2);
    });
}

#[test]
fn rows_there_all_the_while_are_shown_once() {
    let all: Vec<Vec<u8>> = (0..2_000_u16).map(|n| n.to_be_bytes().to_vec()).collect();
    let (odd, even): (Vec<_>, Vec<_>) = all.into_iter().partition(|key| key[1] % 2 == 1);
    each_engine(|engine| {
        let writes = even.iter().map(|key| put(key, b"stays", Expect::Any)).collect();
        engine.commit(batch(0, writes)).unwrap();
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            // Rows between them come and go, so that leaves split and merge.
            scope.spawn(|| {
                for round in 0.. {
                    let part = odd.iter().skip(round % 7).step_by(1 + round % 3);
                    let writes = match round % 2 {
                        0 => part.map(|key| put(key, b"comes", Expect::Any)).collect(),
                        _ => part.map(|key| delete(key, Expect::Any)).collect(),
                    };
                    engine.commit(Batch { sync: Sync::WithNext, ..batch(0, writes) }).unwrap();
                    if done.load(Ordering::Relaxed) {
                        break;
                    }
                }
            });
            for round in 0..40 {
                let range = KeyRange::all();
                let range = if round % 2 == 0 { range } else { range.backward() };
                let mut shown = keys(&*engine, &range, 500 + round);
                shown.retain(|key| key[1] % 2 == 0);
                if round % 2 == 1 {
                    shown.reverse();
                }
                assert!(shown == even, "round {round}");
            }
            done.store(true, Ordering::Relaxed);
        });
    });
}

#[test]
fn after_a_failed_write_nothing_more_is_written() {
    let engine = MemoryEngine::new();
    engine.commit(batch(1, vec![put(b"a", b"1", Expect::Any)])).unwrap();
    engine.make_read_only("the disk is gone");
    let refused = StoreError::ReadOnly { reason: "the disk is gone".into() };
    let again = engine.commit(batch(2, vec![put(b"a", b"2", Expect::Any)]));
    assert_eq!(again, Err(refused.clone()));
    assert_eq!(engine.reserve(T, 1), Err(refused));
    assert_eq!(engine.get(T, b"a"), Ok(Some(record(1, b"1"))));
}
