//! Any history has the same answers on every engine, and leaves the rows of a plain map.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use vafa::store::memory::MemoryEngine;
use vafa::store::{Commit, Engine, Expect, KeyRange};

use crate::{T, batch, delete, keys, open_sled, put};

/// One step of a random history.
#[derive(Clone, Debug)]
enum Step {
    Put(Vec<u8>, Vec<u8>, Expect),
    Delete(Vec<u8>, Expect),
    Repeat,
    Scan(Vec<u8>, bool, usize),
    Reserve(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let key = || prop::collection::vec(prop_oneof![Just(0), 1..5_u8, Just(255)], 1..4);
    let value = prop::collection::vec(any::<u8>(), 0..40);
    let expect = || {
        prop_oneof![
            3 => Just(Expect::Any),
            1 => Just(Expect::Absent),
            1 => (1..40_u64).prop_map(Expect::Revision),
        ]
    };
    let step = prop_oneof![
        6 => (key(), value, expect()).prop_map(|(k, v, e)| Step::Put(k, v, e)),
        2 => (key(), expect()).prop_map(|(k, e)| Step::Delete(k, e)),
        1 => Just(Step::Repeat),
        2 => (key(), any::<bool>(), 1..9_usize).prop_map(|(k, b, n)| Step::Scan(k, b, n)),
        1 => (0..2_000_u64).prop_map(Step::Reserve),
    ];
    prop::collection::vec(step, 1..120)
}

/// Few with the suite, 10,000 with `VAFA_LONG=1`.
fn cases() -> u32 {
    if std::env::var_os("VAFA_LONG").is_some() { 10_000 } else { 24 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// Any history has the same answers on every engine, and the rows are those of a plain map.
    #[test]
    fn every_engine_tells_the_same_story(steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let engines: [Arc<dyn Engine>; 2] =
            [Arc::new(MemoryEngine::new()), Arc::new(open_sled(folder.path()))];
        let mut plain: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        let mut last = batch(1, vec![]);
        for (number, step) in steps.iter().enumerate() {
            let request = number as u128 + 2;
            match step {
                Step::Put(..) | Step::Delete(..) | Step::Repeat => {
                    last = match step {
                        Step::Put(k, v, e) => batch(request, vec![put(k, v, *e)]),
                        Step::Delete(k, e) => batch(request, vec![delete(k, *e)]),
                        _ => last,
                    };
                    let [one, two] = engines.each_ref().map(|e| e.commit(last.clone()));
                    prop_assert_eq!(&one, &two);
                    if matches!(one, Ok(Commit { repeated: false, .. })) {
                        match step {
                            Step::Put(k, v, _) => drop(plain.insert(k.clone(), v.clone())),
                            Step::Delete(k, _) => drop(plain.remove(k)),
                            _ => {}
                        }
                    }
                }
                Step::Scan(key, backward, page) => {
                    let mut range = KeyRange::from(key);
                    if *backward {
                        range = range.backward();
                    }
                    let [one, two] = engines.each_ref().map(|e| keys(&**e, &range, *page));
                    prop_assert_eq!(&one, &two);
                    let mut expected: Vec<_> = plain.range(key.clone()..).map(|(k, _)| k.clone()).collect();
                    if *backward {
                        expected.reverse();
                    }
                    prop_assert_eq!(one, expected);
                }
                Step::Reserve(count) => {
                    let [one, two] = engines.each_ref().map(|e| e.reserve(T, *count));
                    prop_assert_eq!(one, two);
                }
            }
        }
        let [one, two] = engines.each_ref().map(|e| e.feed(0, 1000));
        prop_assert_eq!(one, two);
        for (key, value) in &plain {
            for engine in &engines {
                prop_assert_eq!(&engine.get(T, key).unwrap().unwrap().payload, value);
            }
        }
    }
}
