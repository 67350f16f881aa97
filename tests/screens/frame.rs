//! What stands round every screen.

use proptest::prelude::*;
use vafa::desk::{Heard, Refusal};
use vafa::domain::{Language, ThemeKind};
use vafa::ui::{Code, Key, Mouse, Msg};

use crate::profile::{full, opened};
use crate::stage::{Stage, now};

#[test]
fn the_first_frame_needs_no_store() {
    let mut stage = Stage::unopened(120, 36, Language::English, ThemeKind::Dark);
    stage.sees("2 Customers").sees("Sara · Tehran  14:32").sees("starting");
    assert!(stage.sent.is_empty());
}

#[test]
fn the_clock_moves_with_the_minutes() {
    let mut stage = Stage::new();
    stage.send(Msg::Tick(now() + jiff::SignedDuration::from_mins(1)));
    stage.sees("14:33");
}

#[test]
fn hints_are_cut_at_a_whole_hint() {
    for width in 20..140 {
        let stage = Stage::at(width, 24, Language::English);
        let hints = stage.rows().pop().unwrap();
        for hint in hints.trim().split("  ") {
            let (key, words) = hint.trim().split_once(' ').unwrap_or((hint, "?"));
            assert!(!key.is_empty() && !words.is_empty() && !hint.contains('…'), "{hints}");
        }
    }
    Stage::at(120, 24, Language::English).sees("⏎ profile  l log  t tag  c callback  / search");
}

#[test]
fn a_toast_stays_and_can_be_read_again() {
    let mut stage = Stage::new();
    stage.keys("tvi<Enter>").sees("✓ Reza Karimi: tagged vip   u undo");
    stage.keys("jjk").sees("tagged vip");
    stage.refusals = vec![Refusal::NothingToUndo];
    stage.keys("u").sees("! nothing to take back").sees_not("tagged vip");
    stage.keys("m").sees("tagged vip").sees("nothing to take back");
}

#[test]
fn help_is_made_of_the_keymap_searched_and_run() {
    let mut stage = Stage::new();
    stage.keys("?callb").sees("callback").keys("<Enter>").sees("Call Reza Karimi back");
    let mut stage = Stage::new();
    stage.keys(":rever<Enter>").sees_not("Commands");
    let mut stage = Stage::new();
    stage.keys("/re<F1>").sees("Keys here");
    // In a field letters are letters.
    stage.keys("<Esc>q").sees("req");
}

#[test]
fn missed_notices_are_told_and_asked_for_again() {
    let mut stage = Stage::new();
    stage.people.truncate(2);
    stage.send(Msg::Heard(Heard::Missed));
    stage.sees("2 of 2").sees("asked for again");
}

#[test]
fn without_colour_everything_is_still_told() {
    let mut stage = Stage::with(120, 36, Language::English, ThemeKind::Mono);
    assert!(stage.underlined().contains(&"2 Customers".into()));
    stage.sees("▸ Reza");
}

#[test]
fn tabs_keep_their_place() {
    let mut stage = opened(120, 36, Language::English);
    stage.keys("12").sees("timeline");
    // By the mouse as well.
    stage.send(Msg::Mouse(Mouse::Click { x: 10, y: 0 }));
    stage.sees_not("timeline");
    // The wheel and a click work where they are.
    let mut stage = opened(120, 36, Language::English);
    stage.send(Msg::Mouse(Mouse::Click { x: 60, y: 6 }));
    stage.keys("<Enter>").sees("will write to the shop");
}

fn any_key() -> impl Strategy<Value = Key> {
    let letters =
        "abcdefghijklmnopqrstuvwxyzABCFGLPRTUW/:?*.=+ 0123سم۲".chars().collect::<Vec<_>>();
    let named = vec![
        Code::Enter,
        Code::Enter,
        Code::Esc,
        Code::Tab,
        Code::BackTab,
        Code::Backspace,
        Code::Delete,
        Code::Left,
        Code::Right,
        Code::Up,
        Code::Down,
        Code::Home,
        Code::End,
        Code::PgUp,
        Code::PgDn,
        Code::F(1),
        Code::F(2),
        Code::F(3),
        Code::F(4),
    ];
    prop_oneof![
        3 => prop::sample::select(letters).prop_map(Key::char),
        2 => prop::sample::select(named).prop_map(Key::of),
        1 => Just(Key::of(Code::Enter).with_alt()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("VAFA_LONG").map_or(60, |_| 5_000)
    ))]

    #[test]
    fn any_keys_at_any_size_never_panic(
        keys in prop::collection::vec(any_key(), 0..40),
        sizes in prop::collection::vec((1_u16..220, 1_u16..60), 1..4),
        persian in any::<bool>(),
    ) {
        let language = if persian { Language::Persian } else { Language::English };
        let mut stage = Stage::at(80, 24, language);
        stage.profile = Some(full);
        let part = keys.len() / sizes.len() + 1;
        for (keys, (width, height)) in keys.chunks(part).zip(&sizes) {
            stage.resize(*width, *height);
            for key in keys {
                stage.send(Msg::Key(*key));
            }
            stage.screen();
        }
        let (width, height) = sizes[0];
        stage.send(Msg::Mouse(Mouse::Click { x: width / 2, y: height / 2 }));
        stage.send(Msg::Pasted("\u{202e}x\u{1b}[2J\n".into()));
        let screen = stage.screen();
        let is_clean = !screen.contains(|c: char| c.is_control() && c != '\n');
        prop_assert!(is_clean);
    }
}

#[test]
fn a_long_message_leaves_room_for_what_takes_it_back() {
    let mut stage = Stage::at(48, 20, Language::English);
    stage.keys("tsomebody who asked for a quiet fridge<Enter>");
    stage.sees("✓ Reza Karimi: tagged").sees("…   u undo");
}
