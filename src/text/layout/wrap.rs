//! Breaks a text into lines, in logical order, by the cells it takes.

use std::ops::Range;

use super::super::lang::Dir;
use super::super::safe::{FSI, LRI, PDI, SafeText};
use super::glyph::glyphs;

/// Breaks a text into lines of at most `width` columns, at spaces where it can. A blank at a break
/// goes; an isolate that spans a break is closed and opened again.
pub fn wrap(text: &SafeText, width: usize, _dir: Dir) -> Vec<SafeText> {
    let source = text.as_str();
    break_lines(source, width)
        .into_iter()
        .map(|line| {
            let line = isolated_piece(source, line);
            SafeText::made(line)
        })
        .collect()
}

/// The byte ranges of the lines a text breaks into.
pub(in crate::text) fn break_lines(text: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0;
    // The last place to break: end of the line before it, start of the next, columns up to there.
    let mut gap: Option<(usize, usize, usize)> = None;
    for glyph in glyphs(text) {
        let (from, to) = (glyph.start as usize, glyph.end as usize);
        let columns = usize::from(glyph.width);
        if glyph.base == ' ' {
            if used + columns > width {
                lines.push(start..from);
                (start, used, gap) = (to, 0, None);
            } else {
                used += columns;
                gap = Some((from, to, used));
            }
            continue;
        }
        if used + columns > width && used > 0 {
            if let Some((end, next, before)) = gap.take() {
                lines.push(start..end);
                start = next;
                used -= before;
            } else {
                lines.push(start..from);
                (start, used) = (from, 0);
            }
            // The word that moved down may itself be too long.
            if used + columns > width && used > 0 {
                lines.push(start..from);
                (start, used) = (from, 0);
            }
        }
        used += columns;
        if columns == 2 {
            gap = Some((to, to, used));
        }
    }
    lines.push(start..text.len());
    lines
}

/// A piece of a text with the isolates that are open around it.
fn isolated_piece(text: &str, piece: Range<usize>) -> String {
    let mut open: Vec<char> = Vec::new();
    let mut out = String::with_capacity(piece.len());
    let track = |c: char, open: &mut Vec<char>| match c {
        LRI | FSI => open.push(c),
        PDI => {
            open.pop();
        }
        _ => {}
    };
    let before = text.get(..piece.start).unwrap_or_default();
    before.chars().for_each(|c| track(c, &mut open));
    out.extend(&open);
    let body = text.get(piece).unwrap_or_default();
    body.chars().for_each(|c| track(c, &mut open));
    out.push_str(body);
    out.extend(std::iter::repeat_n(PDI, open.len()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(text: &str) -> SafeText {
        SafeText::made(text.into())
    }

    #[test]
    fn a_note_wraps_at_spaces() {
        for (text, columns, expected) in [
            ("fast delivery please", 8, &["fast", "delivery", "please"][..]),
            ("one two", 7, &["one two"]),
            ("abcdefgh", 3, &["abc", "def", "gh"]),
            ("a abcdefgh", 3, &["a", "abc", "def", "gh"]),
            ("ab cdefg", 4, &["ab", "cdef", "g"]),
            ("日本語", 4, &["日本", "語"]),
            ("سلام سلام", 4, &["سلام", "سلام"]),
            ("", 4, &[""]),
            ("ab", 0, &["a", "b"]),
        ] {
            let lines = wrap(&raw(text), columns, Dir::Ltr);
            assert_eq!(lines.iter().map(SafeText::as_str).collect::<Vec<_>>(), expected, "{text}");
        }
        let lines = wrap(&safe_phone(), 8, Dir::Rtl);
        assert_eq!(lines[0].as_str(), "تلفن \u{2066}+98\u{2069}");
        assert_eq!(lines[1].as_str(), "\u{2066}912 345\u{2069}");
    }

    fn safe_phone() -> SafeText {
        crate::text::safe!["تلفن ", raw("+98 912 345").ltr()]
    }
}
