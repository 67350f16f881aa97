//! Lays a line out in cells: measured, cut, shaped and in the order a terminal prints it.
//!
//! The text is cut in logical order counting shaped cells, then shaped, then ordered by the Unicode
//! bidirectional algorithm, brackets mirrored, controls left out. No cell ever holds a non-joiner, a
//! direction mark or an isolate: terminals give those cells or marks. Every cell knows which bytes
//! of the text it shows, for cursors, clicks and highlights.

use std::ops::Range;

use compact_str::CompactString;
use icu_properties::props::BidiMirroringGlyph;
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};
use unicode_bidi::{BidiInfo, Level, ParagraphBidiInfo};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::lang::Dir;
use super::safe::{FSI, LRI, PDI, SafeText};
use super::sanitise::ZWNJ;
use super::shape;

/// Where a line stands in its room; start is left or right by its direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    End,
    Centre,
}

/// One line in visual order, left to right. Blanks before the text are cells too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    pub cells: Vec<Cell>,
    /// True when the end of the text was cut off.
    pub is_cut: bool,
}

/// What one or two columns of the terminal show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// One grapheme, as printed.
    pub symbol: CompactString,
    /// Columns taken: 1 or 2.
    pub width: u8,
    /// The bytes of the text shown here; empty for blanks before the text.
    pub logical: Range<u32>,
}

impl Laid {
    /// Columns taken, blanks before the text included.
    pub fn columns(&self) -> usize {
        columns(&self.cells)
    }

    /// The column of the cell that shows a byte of the text.
    pub fn column_of(&self, byte: usize) -> Option<usize> {
        let mut column = 0;
        for cell in &self.cells {
            if cell.logical.contains(&(byte as u32)) {
                return Some(column);
            }
            column += usize::from(cell.width);
        }
        None
    }

    /// Where in the text the grapheme in a column begins.
    pub fn byte_at(&self, column: usize) -> Option<usize> {
        let mut right = 0;
        for cell in &self.cells {
            right += usize::from(cell.width);
            if column < right {
                return (!cell.logical.is_empty()).then_some(cell.logical.start as usize);
            }
        }
        None
    }
}

impl std::fmt::Display for Laid {
    /// The line as the terminal gets it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cells.iter().try_for_each(|cell| f.write_str(&cell.symbol))
    }
}

/// Lays a text out in at most `width` columns; a longer one is cut and ends in `…`.
pub fn layout(text: &SafeText, width: usize, align: Align, dir: Dir) -> Laid {
    let (mut cells, is_cut) = lay(text.as_str(), Some(width), dir);
    let room = width.saturating_sub(columns(&cells));
    let before = match (align, dir) {
        (Align::Start, Dir::Ltr) | (Align::End, Dir::Rtl) => 0,
        (Align::End, Dir::Ltr) | (Align::Start, Dir::Rtl) => room,
        (Align::Centre, _) => room / 2,
    };
    if before > 0 {
        let blank = Cell { symbol: CompactString::const_new(" "), width: 1, logical: 0..0 };
        cells.splice(0..0, std::iter::repeat_n(blank, before));
    }
    Laid { cells, is_cut }
}

/// The columns a text takes when nothing is cut.
pub fn width(text: &SafeText) -> usize {
    let text = text.as_str();
    if text.is_ascii() {
        return text.len();
    }
    glyphs(text).iter().map(|g| usize::from(g.width)).sum()
}

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
pub(super) fn break_lines(text: &str, width: usize) -> Vec<Range<usize>> {
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

/// Cells in visual order, cut at `limit` columns; true when something was cut.
pub(super) fn lay(text: &str, limit: Option<usize>, dir: Dir) -> (Vec<Cell>, bool) {
    if dir == Dir::Ltr && text.is_ascii() {
        return lay_ascii(text, limit);
    }
    let mut glyphs = glyphs(text);
    let cut = limit.and_then(|limit| cut_at(&glyphs, limit));
    let mut end = text.len();
    if let Some(keep) = cut {
        end = glyphs.get(keep).map_or(text.len(), |g| g.start as usize);
        glyphs.truncate(keep);
        if limit == Some(0) {
            return (Vec::new(), true);
        }
        glyphs.push(Glyph {
            start: end as u32,
            end: text.len() as u32,
            width: 1,
            base: '…',
            kind: Kind::Ellipsis,
        });
    }
    let kept = text.get(..end).unwrap_or_default();
    let cells = if dir == Dir::Ltr && !kept.chars().any(is_right_to_left) {
        let glyphs = glyphs.iter().filter(|g| g.width > 0);
        glyphs.map(|g| g.cell(text, g.base)).collect()
    } else if cut.is_some() {
        visual(text, &with_ellipsis(kept), &glyphs, dir)
    } else {
        visual(text, text, &glyphs, dir)
    };
    (cells, cut.is_some())
}

/// The kept text and the ellipsis, held to the direction of the letters it follows: in an English
/// column a cut Persian name goes on at its left.
fn with_ellipsis(kept: &str) -> String {
    let mark = match kept.chars().rev().find(|c| c.is_alphanumeric()) {
        Some(c) if !c.is_alphabetic() => "",
        Some(c) if is_right_to_left(c) => "\u{200F}",
        Some(_) => "\u{200E}",
        None => "",
    };
    format!("{kept}…{mark}")
}

fn lay_ascii(text: &str, limit: Option<usize>) -> (Vec<Cell>, bool) {
    let is_cut = limit.is_some_and(|limit| text.len() > limit);
    let keep = if is_cut { limit.unwrap_or_default().saturating_sub(1) } else { text.len() };
    let mut cells: Vec<Cell> = Vec::with_capacity(keep + 1);
    for (i, c) in text.char_indices().take(keep) {
        let symbol = CompactString::from_utf8_lossy(&[c as u8]);
        cells.push(Cell { symbol, width: 1, logical: i as u32..i as u32 + 1 });
    }
    if is_cut && limit != Some(0) {
        let rest = keep as u32..text.len() as u32;
        cells.push(Cell { symbol: CompactString::const_new("…"), width: 1, logical: rest });
    }
    (cells, is_cut)
}

/// One grapheme, or a lam with its alef, in logical order.
struct Glyph {
    start: u32,
    end: u32,
    width: u8,
    base: char,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    /// Joins nothing after it: a non-joiner follows.
    Parted,
    /// A lam with this alef.
    LamAlef(char),
    /// Marks without a letter.
    Mark,
    /// An isolate: takes no cell.
    Control,
    Ellipsis,
}

impl Glyph {
    fn joins_next(&self) -> bool {
        match self.kind {
            Kind::Plain => shape::joins_next(self.base),
            _ => false,
        }
    }

    fn joins_previous(&self) -> bool {
        match self.kind {
            Kind::Plain | Kind::Parted | Kind::LamAlef(_) => shape::joins_previous(self.base),
            _ => false,
        }
    }

    /// The cell with `base` in place of its first letter.
    fn cell(&self, text: &str, base: char) -> Cell {
        let slice = text.get(self.start as usize..self.end as usize).unwrap_or_default();
        let mut symbol = CompactString::default();
        match self.kind {
            Kind::Ellipsis => symbol.push('…'),
            Kind::Mark => {
                symbol.push('◌');
                symbol.extend(slice.chars().filter(|&c| c != ZWNJ));
            }
            kind => {
                let mut marks = slice.chars();
                marks.next();
                symbol.push(base);
                let alef = match kind {
                    Kind::LamAlef(alef) => alef,
                    _ => ZWNJ,
                };
                symbol.extend(marks.filter(|&c| c != ZWNJ && c != alef));
            }
        }
        Cell { symbol, width: self.width, logical: self.start..self.end }
    }
}

fn glyphs(text: &str) -> Vec<Glyph> {
    let mut out: Vec<Glyph> = Vec::with_capacity(text.len());
    for (start, grapheme) in text.grapheme_indices(true) {
        let columns = cell_width(grapheme);
        if columns <= 2 {
            push_glyph(start, grapheme, columns, &mut out);
            continue;
        }
        // Terminals give such a grapheme as many columns as its letters have: a cell each.
        let mut piece = start;
        for (at, c) in grapheme.char_indices().skip(1) {
            if cell_width(c.encode_utf8(&mut [0; 4])) > 0 {
                let part = text.get(piece..start + at).unwrap_or_default();
                push_glyph(piece, part, cell_width(part), &mut out);
                piece = start + at;
            }
        }
        let part = text.get(piece..start + grapheme.len()).unwrap_or_default();
        push_glyph(piece, part, cell_width(part), &mut out);
    }
    out
}

fn push_glyph(start: usize, grapheme: &str, columns: usize, out: &mut Vec<Glyph>) {
    let Some(base) = grapheme.chars().next() else { return };
    let end = (start + grapheme.len()) as u32;
    if let Some(lam) = out.last_mut()
        && lam.base == shape::LAM
        && lam.kind == Kind::Plain
        && shape::fuses_with_lam(base)
    {
        lam.end = end;
        lam.kind = Kind::LamAlef(base);
        return;
    }
    let (kind, width) = match base {
        LRI | FSI | PDI => (Kind::Control, 0),
        ZWNJ => (Kind::Control, 0),
        _ if columns == 0 => (Kind::Mark, 1),
        _ if grapheme.len() > 3 && grapheme.contains(ZWNJ) => (Kind::Parted, columns as u8),
        _ => (Kind::Plain, columns.min(2) as u8),
    };
    out.push(Glyph { start: start as u32, end, width, base, kind });
}

/// The columns ratatui gives a grapheme.
fn cell_width(grapheme: &str) -> usize {
    if grapheme.len() == 1 {
        return 1;
    }
    let sound_marks = grapheme.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count();
    grapheme.width() + sound_marks
}

/// How many glyphs stay when the text is longer than `limit`, the ellipsis counted in.
fn cut_at(glyphs: &[Glyph], limit: usize) -> Option<usize> {
    let mut used = 0;
    let mut keep = 0;
    for (i, glyph) in glyphs.iter().enumerate() {
        used += usize::from(glyph.width);
        if used > limit {
            return Some(keep);
        }
        if used < limit {
            keep = i + 1;
        }
    }
    None
}

/// Shapes, orders and mirrors. `ordered` is the text the levels are computed on.
fn visual(text: &str, ordered: &str, glyphs: &[Glyph], dir: Dir) -> Vec<Cell> {
    let base = match dir {
        Dir::Ltr => Level::ltr(),
        Dir::Rtl => Level::rtl(),
    };
    let bidi = ParagraphBidiInfo::new(ordered, Some(base));
    let by_byte = bidi.reordered_levels(0..ordered.len());
    let levels: Vec<Level> =
        glyphs.iter().map(|g| by_byte.get(g.start as usize).copied().unwrap_or(base)).collect();
    let order = BidiInfo::reorder_visual(&levels);
    let mut cells = Vec::with_capacity(glyphs.len());
    for place in order {
        let Some(glyph) = glyphs.get(place).filter(|g| g.width > 0) else { continue };
        let before = place.checked_sub(1).and_then(|i| glyphs.get(i));
        let after = glyph.joins_previous() && before.is_some_and(Glyph::joins_next);
        let base = match glyph.kind {
            Kind::LamAlef(alef) => shape::lam_alef(alef, after),
            Kind::Mark | Kind::Control | Kind::Ellipsis => glyph.base,
            Kind::Plain | Kind::Parted => {
                let joined =
                    glyph.joins_next() && glyphs.get(place + 1).is_some_and(Glyph::joins_previous);
                if levels.get(place).is_some_and(Level::is_rtl) {
                    mirrored(shape::form(glyph.base, after, joined))
                } else {
                    shape::form(glyph.base, after, joined)
                }
            }
        };
        cells.push(glyph.cell(text, base));
    }
    cells
}

fn mirrored(c: char) -> char {
    const MIRRORS: CodePointMapDataBorrowed<'static, BidiMirroringGlyph> =
        CodePointMapData::<BidiMirroringGlyph>::new();
    MIRRORS.get(c).mirroring_glyph.unwrap_or(c)
}

/// Characters that make order matter: the right-to-left blocks of Unicode.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

fn columns(cells: &[Cell]) -> usize {
    cells.iter().map(|c| usize::from(c.width)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tables;

    fn raw(text: &str) -> SafeText {
        SafeText::made(text.into())
    }

    #[test]
    fn every_row_of_the_visual_table() {
        for row in tables::rows("visual_tests.tsv") {
            let chars =
                |column: &str| -> String { column.split(' ').map(tables::code_point).collect() };
            let text = raw(&chars(&row[1]));
            let laid = layout(&text, 80, Align::End, Dir::Rtl);
            assert_eq!(laid.to_string(), chars(&row[2]), "{}", row[0]);
            assert_eq!(laid.columns().to_string(), row[3], "{}", row[0]);
            assert_eq!(width(&text).to_string(), row[3], "{}", row[0]);
        }
    }

    #[test]
    fn a_line_is_cut_at_its_logical_end() {
        for (text, columns, dir, expected) in [
            ("Karimi", 6, Dir::Ltr, "Karimi"),
            ("Karimi", 4, Dir::Ltr, "Kar…"),
            ("Karimi", 1, Dir::Ltr, "…"),
            ("Karimi", 0, Dir::Ltr, ""),
            ("", 5, Dir::Ltr, ""),
            ("日本語", 4, Dir::Ltr, "日…"),
            ("日本語", 5, Dir::Ltr, "日本…"),
            ("José", 3, Dir::Ltr, "Jo…"),
            // سلام is three cells: seen with lam-alef, mim.
            ("سلام", 3, Dir::Rtl, "\u{fee1}\u{fefc}\u{feb3}"),
            ("سلام", 2, Dir::Rtl, "…\u{feb1}"),
            ("سلام", 2, Dir::Ltr, "…\u{feb1}"),
            ("سلام", 0, Dir::Rtl, ""),
        ] {
            let laid = layout(&raw(text), columns, Align::End, dir);
            assert_eq!(laid.to_string().trim_start(), expected, "{text} in {columns}");
        }
    }

    #[test]
    fn a_line_stands_where_it_is_told() {
        for (align, dir, expected) in [
            (Align::Start, Dir::Ltr, "ab"),
            (Align::End, Dir::Ltr, "   ab"),
            (Align::Centre, Dir::Ltr, " ab"),
            (Align::Start, Dir::Rtl, "   ab"),
            (Align::End, Dir::Rtl, "ab"),
        ] {
            assert_eq!(layout(&raw("ab"), 5, align, dir).to_string(), expected);
        }
    }

    #[test]
    fn cells_know_their_bytes() {
        let text = raw("سلام (VIP)");
        let laid = layout(&text, 20, Align::Start, Dir::Rtl);
        assert_eq!(laid.columns(), 20);
        assert_eq!(laid.column_of(0), Some(19));
        // lam and alef are one cell
        assert_eq!(laid.column_of(2), laid.column_of(4));
        let v = text.as_str().find('V').unwrap();
        let column = laid.column_of(v).unwrap();
        assert_eq!(laid.byte_at(column), Some(v));
        assert_eq!(laid.cells[column].symbol, "V");
        assert_eq!(laid.byte_at(0), None);
        assert_eq!(laid.byte_at(99), None);
        assert_eq!(laid.column_of(99), None);
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

    #[test]
    fn odd_graphemes_keep_their_width() {
        for (text, expected) in [
            ("\u{301}", "◌\u{301}"),
            ("ᄀᄀᄀ", "ᄀᄀᄀ"),
            ("👩\u{200d}🚀", "👩\u{200d}🚀"),
            ("ｶ\u{ff9e}", "ｶ\u{ff9e}"),
            ("क्षि", "क्षि"),
        ] {
            for dir in [Dir::Ltr, Dir::Rtl] {
                let laid = layout(&SafeText::clean(text), 40, Align::End, dir);
                for cell in &laid.cells {
                    assert_eq!(
                        cell_width(&cell.symbol),
                        usize::from(cell.width),
                        "{text} {cell:?}"
                    );
                }
                if dir == Dir::Ltr {
                    assert_eq!(laid.to_string().trim_start(), expected);
                }
            }
        }
    }
}
