//! What may pass from data or a person towards a terminal or the store.
//!
//! On the way to a screen controls become visible (`^[`, `<RLO>`), so that nobody is deceived; on
//! the way to the store they are dropped. Characters without a width go in both cases, save the
//! non-joiner that Persian spelling needs and the joiner inside emoji.
//! Never lets through a C0, C1 or DEL byte, a bidirectional control or a tag character.

use icu_properties::props::{
    DefaultIgnorableCodePoint, ExtendedPictographic, GeneralCategory, NoncharacterCodePoint,
};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub(super) const ZWNJ: char = '\u{200C}';
pub(super) const ZWJ: char = '\u{200D}';

/// Marks kept on one letter: Persian and Arabic spelling needs three, no orthography over four.
const MARKS: usize = 4;
/// Joiners kept in one emoji: the longest in use, a family of four, has three.
const JOINERS: usize = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Screen,
    Store,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    Space,
    Keep,
}

/// One line for the store: no controls, no invisible characters, NFC, trimmed; breaks become spaces.
pub fn store_line(input: &str) -> String {
    let mut out = String::with_capacity(input.len());
    sanitise(input, Purpose::Store, Breaks::Space, &mut out);
    trimmed(out)
}

/// A note for the store: as [`store_line`], with its line breaks (as `\n`).
pub fn store_note(input: &str) -> String {
    let mut out = String::with_capacity(input.len());
    sanitise(input, Purpose::Store, Breaks::Keep, &mut out);
    trimmed(out)
}

/// One line for the screen, appended to `out`.
pub(super) fn screen_line(input: &str, out: &mut String) {
    sanitise(input, Purpose::Screen, Breaks::Space, out);
}

/// What a person typed or pasted, as it goes into a field: nothing is trimmed.
pub(super) fn typed(input: &str, keep_breaks: bool) -> String {
    let mut out = String::with_capacity(input.len());
    let breaks = if keep_breaks { Breaks::Keep } else { Breaks::Space };
    sanitise(input, Purpose::Store, breaks, &mut out);
    out
}

/// True for text that needs no change whatever its purpose: printable ASCII, letters and digits of
/// the Arabic block, non-joiners between them. Nearly every name is.
pub(super) fn is_plain(input: &str) -> bool {
    if input.bytes().all(|b| (0x20..0x7F).contains(&b)) {
        return true;
    }
    let mut last = ' ';
    input.chars().all(|c| {
        let is_plain = is_single(c) || (c == ZWNJ && !last.is_ascii() && last != ZWNJ);
        last = c;
        is_plain
    })
}

/// Characters that are a grapheme of one column unless a mark follows, and their own NFC form:
/// printable ASCII, the letters and digits of the Arabic block.
pub(super) fn is_single(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{60C}' | '\u{61B}' | '\u{61F}'..='\u{64A}' | '\u{660}'..='\u{66F}'
        | '\u{671}'..='\u{6D5}' | '\u{6EE}'..='\u{6FF}')
}

fn trimmed(mut text: String) -> String {
    let is_blank = |c: char| c.is_whitespace() || c == ZWNJ;
    text.truncate(text.trim_end_matches(is_blank).len());
    let start = text.len() - text.trim_start_matches(is_blank).len();
    text.drain(..start);
    text
}

fn sanitise(input: &str, purpose: Purpose, breaks: Breaks, out: &mut String) {
    if is_plain(input) {
        out.push_str(input);
        return;
    }
    let mut kept = String::with_capacity(input.len());
    filter(input, purpose, breaks, &mut kept);
    if is_nfc_quick(kept.chars()) == IsNormalized::Yes {
        cap_marks(kept.chars(), out);
    } else {
        cap_marks(kept.nfc(), out);
    }
}

fn filter(input: &str, purpose: Purpose, breaks: Breaks, out: &mut String) {
    let mut chars = input.chars().peekable();
    let mut joiners = 0;
    while let Some(c) = chars.next() {
        match c {
            ' '..='~' => out.push(c),
            '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push(if breaks == Breaks::Keep { '\n' } else { ' ' });
            }
            '\t' => out.push(' '),
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => {
                if purpose == Purpose::Screen {
                    caret(c, out);
                }
            }
            // Letters of the Arabic block that are what they seem.
            '\u{60C}'..='\u{61B}' | '\u{61D}'..='\u{6DC}' | '\u{6DE}'..='\u{6FF}' => out.push(c),
            ZWNJ => {
                if out.chars().next_back().is_some_and(|last| !last.is_ascii() && last != ZWNJ) {
                    out.push(c);
                }
            }
            ZWJ => {
                let joins = joiners < JOINERS
                    && out.chars().next_back().is_some_and(is_emoji_part)
                    && chars.peek().is_some_and(|&next| is_pictograph(next));
                if joins {
                    out.push(c);
                    joiners += 1;
                }
                continue;
            }
            _ => match bidi_name(c) {
                Some(name) if purpose == Purpose::Screen => {
                    out.push('<');
                    out.push_str(name);
                    out.push('>');
                }
                Some(_) => {}
                None if is_invisible(c) => continue,
                None if is_presentation(c) => decompose_compatible(c, |part| out.push(part)),
                None if is_unsure(c) => out.push(char::REPLACEMENT_CHARACTER),
                None => out.push(c),
            },
        }
        if !is_emoji_part(c) {
            joiners = 0;
        }
    }
}

/// Writes a control as `cat -v` does: `^[` for C0 and DEL, `M-^[` for C1.
fn caret(c: char, out: &mut String) {
    let code = c as u32;
    if code >= 0x80 {
        out.push_str("M-");
    }
    out.push('^');
    out.push(char::from(((code & 0x7F) ^ 0x40) as u8));
}

/// The name of a control that turns the order of text round.
fn bidi_name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{202A}' => "LRE",
        '\u{202B}' => "RLE",
        '\u{202C}' => "PDF",
        '\u{202D}' => "LRO",
        '\u{202E}' => "RLO",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        _ => return None,
    })
}

/// Characters that take no cell and carry no letter: marks of direction, fillers, variation
/// selectors, tags.
pub(super) fn is_invisible(c: char) -> bool {
    const IGNORABLE: icu_properties::CodePointSetDataBorrowed<'static> =
        CodePointSetData::new::<DefaultIgnorableCodePoint>();
    match c {
        '\u{FFF9}'..='\u{FFFB}' | '\u{13430}'..='\u{1343F}' => true,
        _ => IGNORABLE.contains(c),
    }
}

/// Arabic presentation forms: what old programs and PDF files hold instead of letters.
fn is_presentation(c: char) -> bool {
    matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// Characters whose width terminals do not agree on: enclosing number signs and non-characters.
fn is_unsure(c: char) -> bool {
    const NONE: icu_properties::CodePointSetDataBorrowed<'static> =
        CodePointSetData::new::<NoncharacterCodePoint>();
    const CATEGORY: icu_properties::CodePointMapDataBorrowed<'static, GeneralCategory> =
        CodePointMapData::<GeneralCategory>::new();
    NONE.contains(c) || CATEGORY.get(c) == GeneralCategory::Format
}

fn is_pictograph(c: char) -> bool {
    const PICTURES: icu_properties::CodePointSetDataBorrowed<'static> =
        CodePointSetData::new::<ExtendedPictographic>();
    !c.is_ascii() && PICTURES.contains(c)
}

fn is_emoji_part(c: char) -> bool {
    is_pictograph(c) || matches!(c, '\u{1F3FB}'..='\u{1F3FF}' | ZWJ)
}

fn cap_marks(chars: impl Iterator<Item = char>, out: &mut String) {
    let mut marks = 0;
    for c in chars {
        if c > '\u{2FF}' && is_combining_mark(c) {
            marks += 1;
            if marks > MARKS {
                continue;
            }
        } else {
            marks = 0;
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(input: &str) -> String {
        let mut out = String::new();
        screen_line(input, &mut out);
        out
    }

    #[test]
    fn a_screen_line_shows_what_could_deceive() {
        for (input, expected) in [
            ("plain ~", "plain ~"),
            ("a\x1b[31mb", "a^[[31mb"),
            ("a\x07\x7f", "a^G^?"),
            ("a\u{9b}31m", "aM-^[31m"),
            ("one\r\ntwo\tthree\u{2028}four", "one two three four"),
            ("a\u{202e}gpj.exe", "a<RLO>gpj.exe"),
            ("\u{2066}x\u{2069}", "<LRI>x<PDI>"),
            ("سلام\u{200f}\u{feff}", "سلام"),
            ("می\u{200c}\u{200c}خواهم", "می\u{200c}خواهم"),
            ("a\u{200c}b", "ab"),
            ("س\u{200d}لام", "سلام"),
            ("👩\u{200d}🚀", "👩\u{200d}🚀"),
            ("a\u{e0041}\u{e007f}\u{fe0f}", "a"),
            ("\u{fdfc}", "ریال"),
            ("\u{fee1}\u{fefc}\u{feb3}", "ملاس"),
            ("e\u{301}", "é"),
            ("\u{600}\u{fffe}", "\u{fffd}\u{fffd}"),
        ] {
            assert_eq!(screen(input), expected, "{input:?}");
        }
    }

    #[test]
    fn a_letter_carries_few_marks() {
        let zalgo = format!("z{}b", "\u{316}".repeat(500));
        assert_eq!(screen(&zalgo), format!("z{}b", "\u{316}".repeat(MARKS)));
        let chain = vec!["👨"; 50].join("\u{200d}");
        assert_eq!(screen(&chain).matches(ZWJ).count(), JOINERS);
    }

    #[test]
    fn the_store_keeps_letters_only() {
        for (input, line, note) in [
            ("  a\x1b[0m \n", "a[0m", "a[0m"),
            ("a\u{202e}b", "ab", "ab"),
            ("one\r\ntwo", "one two", "one\ntwo"),
            ("\u{200c}می\u{200c}رود\u{200c} ", "می\u{200c}رود", "می\u{200c}رود"),
            ("\u{fb8e}", "ک", "ک"),
        ] {
            assert_eq!(store_line(input), line, "{input:?}");
            assert_eq!(store_note(input), note, "{input:?}");
        }
    }
}
