//! Notes of mixed scripts, typed with the keys a person has and kept as they are meant.

use vafa::desk::Command;
use vafa::domain::Language;

use crate::stage::Stage;

/// Presses keys in the note of the log strip, saves, and answers the note that goes to the desk.
fn kept(language: Language, keys: &str) -> String {
    let mut stage = Stage::at(100, 30, language);
    stage.keys("la").keys(keys).keys("<Enter>");
    let logged = stage.sent.iter().find_map(|command| match command {
        Command::Log(log) => Some(log.note.clone()),
        _ => None,
    });
    logged.expect("a call is logged")
}

#[test]
fn a_mixed_note_is_kept_as_it_is_meant() {
    // Left and right are the eye's: on a Persian screen the left arrow goes on in the text, on an
    // English one it goes back.
    for (keys, persian, english) in [
        ("مشتری VIP گفت ۱۲۳ بار", "مشتری VIP گفت ۱۲۳ بار", "مشتری VIP گفت ۱۲۳ بار"),
        // From the beginning over the first word and the blank, two letters away.
        ("<Home>مشتری VIP گفت<Home><Delete><Delete>", "تری VIP گفت", "تری VIP گفت"),
        // In the middle: back over the last word, and the one before it goes as a whole.
        (
            "رضا Reza 912<Ctrl-Right><Ctrl-w>Ali ",
            "رضا Ali 912",
            // There the arrow stays at the end.
            "رضا Reza Ali ",
        ),
        ("رضا Reza 912<Ctrl-Left><Ctrl-w>Ali ", "رضا Reza Ali ", "رضا Ali 912"),
        // A letter into the middle of a joined word, a digit into the middle of a number.
        ("سلم<Right>ا<End> ۱۳<Right>۲", "سلام ۱۲۳", "سلما ۱۳۲"),
        ("سلم<Left>ا<End> ۱۳<Left>۲", "سلما ۱۳۲", "سلام ۱۲۳"),
        // The non-joiner is a press of its own, and so is each letter of a lam-alef.
        ("می\u{200c}روم<Backspace><Backspace><Backspace><Backspace>", "می", "می"),
        ("می\u{200c}روم<Home><Delete>", "ی\u{200c}روم", "ی\u{200c}روم"),
        ("سلا<Backspace>", "سل", "سل"),
        // Two lines, and back up into the first.
        ("یک one<Alt-Enter>دو two<Home><Backspace> ", "یک one دو two", "یک one دو two"),
        ("رضا (VIP)<Home>«<End>»", "«رضا (VIP)»", "«رضا (VIP)»"),
    ] {
        assert_eq!(kept(Language::Persian, keys), persian, "{keys} on a Persian screen");
        assert_eq!(kept(Language::English, keys), english, "{keys} on an English screen");
    }
}

#[test]
fn a_mixed_note_is_seen_in_order_while_it_is_typed() {
    let mut stage = Stage::at(100, 30, Language::Persian);
    stage.keys("laرضا VIP ۱۲۳");
    // From the right: the name, then the word with the number that belongs to it (UAX #9, W7).
    stage.sees("VIP ۱۲۳ \u{fe8e}\u{febf}\u{fead}");
    // Kept when the strip is closed, and there again.
    stage.keys("<Esc>l").sees("VIP ۱۲۳ \u{fe8e}\u{febf}\u{fead}");
    let mut stage = Stage::at(100, 30, Language::English);
    stage.keys("lacalled رضا ۱۲۳ twice").sees("called ۱۲۳ \u{fe8e}\u{febf}\u{fead} twice");
}

#[test]
fn a_tiny_terminal_shows_the_field_that_takes_the_keys() {
    for (width, height) in [(20, 5), (20, 6), (24, 4), (30, 8)] {
        let mut stage = Stage::at(width, height, Language::English);
        stage.keys("lahello").sees("hello");
        stage.keys("<Tab>+3d").sees("+3d");
        stage.keys("<BackTab>").sees("hello");
    }
}
