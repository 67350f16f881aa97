//! Gestures of many commits: open until their last part, taken back when cut off.

use jiff::Timestamp;
use vafa::store::{Batch, Expect, OpenGesture, Reversal, Sync, reverse, unfinished};

use crate::{T, batch, delete, each_engine, put};

#[test]
fn a_gesture_cut_off_is_taken_back_and_others_changes_stay() {
    each_engine(|engine| {
        let part = |request, sync, writes| Batch { gesture: 5, sync, ..batch(request, writes) };
        engine
            .commit(batch(1, vec![put(b"a", b"1", Expect::Any), put(b"d", b"1", Expect::Any)]))
            .unwrap();
        assert_eq!(unfinished(&*engine), Ok(vec![]));
        let writes = vec![put(b"a", b"2", Expect::Any), put(b"b", b"2", Expect::Any)];
        engine.commit(part(2, Sync::WithNext, writes)).unwrap();
        let writes = vec![
            put(b"a", b"3", Expect::Any),
            put(b"a", b"4", Expect::Any),
            put(b"c", b"3", Expect::Any),
            delete(b"d", Expect::Any),
        ];
        engine.commit(part(3, Sync::WithNext, writes)).unwrap();
        engine.commit(batch(4, vec![put(b"b", b"other", Expect::Any)])).unwrap();
        let open = OpenGesture { gesture: 5, first: 2 };
        assert_eq!(unfinished(&*engine), Ok(vec![open]));
        let at = Timestamp::constant(1_800_000_000, 0);
        let reversal = reverse(&*engine, open, 0, at, "roll_back").unwrap();
        assert_eq!(reversal, Reversal { rows: 4, kept: vec![(T, b"b".to_vec())] });
        let payload = |key: &[u8]| engine.get(T, key).unwrap().map(|record| record.payload);
        for (key, expected) in
            [(b"a", Some(&b"1"[..])), (b"b", Some(b"other")), (b"c", None), (b"d", Some(b"1"))]
        {
            assert_eq!(payload(key).as_deref(), expected, "{key:?}");
        }
        assert_eq!(unfinished(&*engine), Ok(vec![]));
        // Taking back what was taken back ends in the same state.
        reverse(&*engine, open, 0, at, "roll_back").unwrap();
        assert_eq!(payload(b"a").as_deref(), Some(&b"1"[..]));
        assert_eq!(payload(b"d").as_deref(), Some(&b"1"[..]));
        assert_eq!(payload(b"c"), None);
    });
}

#[test]
fn a_gesture_is_closed_by_its_last_part() {
    each_engine(|engine| {
        let part = |request, sync| Batch {
            gesture: 5,
            sync,
            ..batch(request, vec![put(b"a", b"x", Expect::Any)])
        };
        engine.commit(part(1, Sync::WithNext)).unwrap();
        engine.commit(batch(2, vec![])).unwrap();
        assert_eq!(unfinished(&*engine), Ok(vec![OpenGesture { gesture: 5, first: 1 }]));
        engine.commit(part(3, Sync::Now)).unwrap();
        assert_eq!(unfinished(&*engine), Ok(vec![]));
    });
}
