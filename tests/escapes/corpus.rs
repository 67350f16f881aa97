//! The corpus, and what may come out of the program.

use serde::Deserialize;

#[derive(Deserialize)]
pub struct Entry {
    pub name: String,
    pub text: String,
}

/// Sequences of published terminal vulnerabilities, all controls, text made to deceive.
pub fn corpus() -> Vec<Entry> {
    let lines = include_str!("../corpus/escapes.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).expect("an entry")).collect()
}

/// The non-joiner: Persian needs it in text that is kept, written or printed; no cell may hold it.
pub const NON_JOINER: char = '\u{200C}';

/// Characters that may reach neither a terminal nor a file: controls, overrides and isolates, marks of
/// direction, what is invisible, tags and variation selectors.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{180E}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{200B}' | NON_JOINER | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// Fails when `text` holds a forbidden character that is not one of `allowed`.
#[track_caller]
pub fn check(what: &str, text: &str, allowed: &[char]) {
    let found = text.char_indices().find(|(_, c)| is_forbidden(*c) && !allowed.contains(c));
    if let Some((at, c)) = found {
        let before: String = text[..at].chars().rev().take(60).collect();
        let before: String = before.chars().rev().collect();
        let after: String = text[at..].chars().take(20).collect();
        panic!("{what}: {c:?} after {before:?} in {after:?}");
    }
}

#[test]
fn what_is_forbidden_is_found() {
    for text in
        ["\u{1b}", "\u{9b}", "\u{7f}", "\u{202e}", "a\u{200b}", "\u{e0041}", "\r", "\u{feff}"]
    {
        assert!(text.contains(is_forbidden), "{text:?}");
    }
    assert!(!"Reza رضا ۱۲ 👩\u{200d}🚀 ^[ …".contains(is_forbidden));
}
