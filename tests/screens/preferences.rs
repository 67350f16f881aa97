//! How an agent likes the screen; days off.

use std::sync::Arc;

use vafa::desk::Command;
use vafa::domain::{BidiKind, CalendarKind, Language, Preferences, WeekKind, Weekend};
use vafa::text::{Bidi, Holidays};

use crate::stage::Stage;

fn saved(stage: &Stage) -> Option<&Preferences> {
    stage.sent.iter().rev().find_map(|command| match command {
        Command::SavePreferences(kept) => Some(kept),
        _ => None,
    })
}

#[test]
fn the_language_turns_on_every_screen_and_is_kept() {
    for keys in [
        "1", "2", "2/re", "2fcity:", "2n", "2<Enter>", "2l", "2la", "2t", "2c", "2s", "3", "4",
        "4n", ":", "?", "m", ",",
    ] {
        let mut stage = Stage::at(120, 36, Language::English);
        stage.profile = Some(crate::profile::full);
        stage.keys(keys).keys("<F8>");
        let kept = saved(&stage).map(|p| p.language);
        assert_eq!(kept, Some(Some(Language::Persian)), "after {keys}");
        // The tabs are at the right now, in Persian: the first of them ends the line.
        let head = stage.rows().remove(0);
        assert!(head.trim_end().ends_with("vafa"), "after {keys}: {head}");
        assert!(head.contains(|c| ('\u{fe70}'..='\u{fefc}').contains(&c)), "after {keys}: {head}");
        // And back.
        stage.keys("<F8>");
        assert!(stage.rows().remove(0).trim_start().starts_with("vafa"), "after {keys}");
    }
}

#[test]
fn a_letter_goes_on_to_the_next_choice() {
    let mut stage = Stage::at(100, 30, Language::English);
    stage.keys(",").sees("My settings").sees("English (as on this machine)");
    stage.keys("c").sees("Solar Hijri");
    stage.keys("w").sees("Saturday");
    stage.keys("eee").sees("Thursday and Friday");
    stage.keys("bbb").sees("by the terminal");
    let kept = saved(&stage).expect("saved").clone();
    assert_eq!(kept.calendar, Some(CalendarKind::Jalali));
    assert_eq!(kept.week, Some(WeekKind::Saturday));
    assert_eq!(kept.weekend, Some(Weekend::ThursdayFriday));
    assert_eq!(kept.bidi, Some(BidiKind::Terminal));
    assert_eq!(stage.model.bidi_wish(), BidiKind::Terminal);
    // Past the last choice it is the machine's again; Persian keys work by position.
    stage.keys("bbl");
    assert_eq!(saved(&stage).expect("saved").bidi, None);
    stage.keys("م");
    assert_eq!(saved(&stage).expect("saved").language, Some(Language::English));
    stage.keys("<Esc>").sees_not("My settings");
}

#[test]
fn a_terminal_that_orders_lines_gets_them_one_under_the_other() {
    let mut stage = Stage::at(160, 36, Language::Persian);
    stage.profile = Some(crate::profile::full);
    stage.keys("<Enter>").sees("│");
    for bidi in [Bidi::Terminal, Bidi::Off] {
        stage.model.set_bidi(bidi);
        let screen = stage.screen();
        // As it is read, its letters as they are, from the left.
        assert!(screen.contains("1 امروز") || screen.contains("۱ امروز"), "{screen}");
        assert!(!screen.contains(|c| ('\u{fe70}'..='\u{fefc}').contains(&c)), "{screen}");
        assert_eq!(screen.contains('│'), bidi == Bidi::Off, "{bidi:?}\n{screen}");
    }
}

/// Saturday 21 November 2026; the business is in Iran.
#[test]
fn a_day_off_is_said_before_it_is_promised() {
    let mut stage = Stage::at(100, 30, Language::English);
    stage.holidays = Arc::new(Holidays::read("2026-11-22\tEid\n").expect("a file"));
    stage.send(vafa::ui::Msg::Heard(vafa::desk::Heard::Missed));
    stage.keys("ctomorrow 10").sees("! tomorrow 10:00 · Eid");
    stage.keys("<Esc>cmonday 10").sees("= 23 Nov 10:00");
    stage.keys("<Esc>cfriday 10").sees("! 27 Nov 10:00 · weekend");
    // Said, not forbidden.
    stage.keys("<Enter>");
    assert!(matches!(stage.sent.last(), Some(Command::AddTask(_))));
    stage.keys("jlc").keys("friday 10").sees("! 27 Nov 10:00 · weekend");
}

#[test]
fn what_was_done_is_news_for_a_while() {
    use jiff::ToSpan;
    let mut stage = Stage::at(100, 30, Language::English);
    stage.keys("tvip<Enter>").sees("u undo");
    stage.send(vafa::ui::Msg::Tick(crate::stage::now() + 5.minutes()));
    stage.sees("u undo");
    stage.send(vafa::ui::Msg::Tick(crate::stage::now() + 6.minutes()));
    stage.sees_not("u undo");
    // It can be read again, and taken back still.
    stage.keys("m").sees("vip");
    // What went wrong stays.
    let mut stage = Stage::at(100, 30, Language::English);
    stage.refusals.push(vafa::desk::Refusal::NothingToUndo);
    stage.keys("u").sees("! nothing to take back");
    stage.send(vafa::ui::Msg::Tick(crate::stage::now() + 60.minutes()));
    stage.sees("! nothing to take back");
}

#[test]
fn a_tag_that_is_too_long_says_so() {
    let mut stage = Stage::at(100, 30, Language::English);
    stage.keys("t").keys(&"x".repeat(64)).sees("(new)");
    stage.keys("x").sees("longer than 64 characters").sees_not("nothing matches");
    stage.keys("<Backspace>").sees("(new)");
}

#[test]
fn a_label_is_what_stands_in_parentheses_at_the_end() {
    for (typed, value, label) in [
        ("+98 912 123 4567 (evenings)", "+989121234567", "evenings"),
        ("(021) 8800 1122", "+982188001122", ""),
        ("(021) 8800 1122 (office)", "+982188001122", "office"),
    ] {
        let mut stage = Stage::at(100, 40, Language::English);
        stage.keys("nReza<Tab><Tab>").keys(typed).keys("<F2>");
        let made = stage.sent.iter().find_map(|command| match command {
            Command::Create(customer) => Some(customer.contacts.clone()),
            _ => None,
        });
        let made = made.unwrap_or_else(|| panic!("{typed}:\n{}", stage.screen()));
        assert_eq!((made[0].value.as_str(), made[0].label.as_str()), (value, label), "{typed}");
    }
    // What stands after it is no part of a label: the field says that it is no phone.
    let mut stage = Stage::at(100, 40, Language::English);
    stage.keys("nReza<Tab><Tab>+98 912 123 4567 (evenings) x<F2>");
    assert!(!stage.sent.iter().any(|c| matches!(c, Command::Create(_))), "{}", stage.screen());
}
