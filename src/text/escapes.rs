//! Every entry of the escape corpus through every door of this room.
//!
//! `tests/corpus/escapes.jsonl` holds the sequences of published terminal vulnerabilities and of the
//! terminals' own manuals, all controls, and text made to deceive or to break widths.

use std::num::NonZero;

use jiff::civil::Date;
use serde::Deserialize;

use super::layout::lay_whole;
use super::*;

#[derive(Deserialize)]
struct Entry {
    name: String,
    source: String,
    text: String,
}

fn corpus() -> Vec<Entry> {
    let lines = include_str!("../../tests/corpus/escapes.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Characters that may never reach a terminal.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{180E}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{200B}'..='\u{200C}' | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// No forbidden character save those a place allows.
#[track_caller]
fn check(text: &str, allowed: &[char], entry: &Entry) {
    let found = text.chars().find(|&c| is_forbidden(c) && !allowed.contains(&c));
    assert_eq!(found, None, "{} ({}): {text:?}", entry.name, entry.source);
}

const ROWS: NonZero<u16> = NonZero::new(4).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(200).unwrap();
const ZWNJ: &[char] = &['\u{200C}'];

fn around(text: &str) -> [String; 3] {
    [text.into(), format!("Reza{text}Karimi"), format!("رضا{text}کریمی")]
}

#[test]
fn the_corpus_is_whole() {
    let corpus = corpus();
    assert!(corpus.len() >= 200, "{}", corpus.len());
    let cves = corpus.iter().filter(|e| e.source.starts_with("CVE-")).count();
    assert!(cves >= 40, "{cves}");
    for control in ('\0'..='\u{9F}').filter(|c| c.is_control()) {
        assert!(corpus.iter().any(|e| e.text == control.to_string()), "{control:?}");
    }
}

#[test]
fn nothing_forbidden_is_cleaned_stored_or_typed() {
    const GREETING: Phrase = Phrase::new("hello {who}", "سلام {who}");
    for entry in corpus() {
        for text in around(&entry.text) {
            let clean = SafeText::clean(&text);
            check(clean.as_str(), ZWNJ, &entry);
            assert_eq!(SafeText::clean(clean.as_str()), clean, "{} is cleaned twice", entry.name);
            for line in SafeText::clean_lines(&text) {
                check(line.as_str(), ZWNJ, &entry);
            }
            check(&store_line(&text), ZWNJ, &entry);
            check(&store_note(&text), &['\u{200C}', '\n'], &entry);
            check(Field::new(&text).text(), ZWNJ, &entry);
            check(Field::note(&text).text(), &['\u{200C}', '\n'], &entry);
            check(&fold(&text), &[], &entry);
            for lang in [Lang::En, Lang::Fa] {
                let said = GREETING.with(lang, &[("who", (&clean).into())]);
                check(&said.to_string(), ZWNJ, &entry);
                check(&phone::pretty(&text, lang).to_string(), ZWNJ, &entry);
            }
            if let Err(error) = parse_date(&text, Date::constant(2026, 11, 21), Calendar::Jalali) {
                check(&error.words(Calendar::Jalali, Lang::Fa).to_string(), ZWNJ, &entry);
            }
        }
    }
}

#[test]
fn nothing_forbidden_is_printed() {
    for entry in corpus() {
        for text in around(&entry.text) {
            let text = SafeText::clean(&text);
            for dir in [Dir::Ltr, Dir::Rtl] {
                for columns in [1, 7, 80] {
                    let laid = layout(&text, columns, Align::Start, dir);
                    check(&laid.to_string(), &[], &entry);
                    assert!(laid.columns() <= columns, "{}", entry.name);
                    for line in wrap(&text, columns, dir) {
                        assert!(width(&line) <= columns.max(2), "{} {line:?}", entry.name);
                    }
                }
                let whole: String =
                    lay_whole(text.as_str(), dir).iter().map(|c| c.symbol.as_str()).collect();
                check(&whole, &[], &entry);
            }
        }
    }
}

#[test]
fn a_terminal_only_prints_what_it_gets() {
    for entry in corpus() {
        for text in around(&entry.text) {
            let laid = layout(&SafeText::clean(&text), 60, Align::Start, Dir::Ltr);
            let mut terminal = vt100::Parser::new(ROWS, COLUMNS, 10);
            terminal.process(format!("{laid}|").as_bytes());
            let screen = terminal.screen();
            assert_eq!(screen.cursor_position().0, 0, "{} moved the cursor", entry.name);
            assert!(screen.contents().trim_end().ends_with('|'), "{}", entry.name);
            let changed = screen.alternate_screen()
                || screen.hide_cursor()
                || screen.bracketed_paste()
                || screen.application_keypad()
                || screen.bold();
            assert!(!changed, "{} changed the terminal", entry.name);
        }
    }
}
