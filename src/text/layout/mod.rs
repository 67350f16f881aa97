//! Lays a line out in cells: measured, cut, shaped and in the order a terminal prints it.
//!
//! The text is cut in logical order counting shaped cells, then shaped, then ordered by the Unicode
//! bidirectional algorithm, brackets mirrored, controls left out. No cell ever holds a non-joiner, a
//! direction mark or an isolate: terminals give those cells or marks. Every cell knows which bytes
//! of the text it shows, for cursors, clicks and highlights.

use std::ops::Range;

use compact_str::CompactString;

use super::lang::Dir;
use super::safe::SafeText;
use glyph::{Glyph, LamAlef, apart, glyphs, glyphs_within};

#[cfg(test)]
mod against_fribidi;
mod glyph;
mod order;
mod wrap;

pub(in crate::text) use order::mirrored;
pub(in crate::text) use wrap::break_lines;
pub use wrap::wrap;

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
    lay(text, width, align, dir, (LamAlef::Fused, order::visual))
}

/// The same in the order of reading, letters unshaped and in a cell each: for terminals that order lines themselves
/// ([`Bidi::Terminal`](super::Bidi)) and for screen readers.
pub fn layout_logical(text: &SafeText, width: usize, align: Align, dir: Dir) -> Laid {
    lay(text, width, align, dir, (LamAlef::Apart, order::logical))
}

fn lay(
    text: &SafeText,
    width: usize,
    align: Align,
    dir: Dir,
    (lam_alef, order): (LamAlef, impl Fn(&str, &[Glyph], Dir, &mut Vec<Cell>)),
) -> Laid {
    let width = width.min(MOST_COLUMNS);
    let text = text.as_str();
    if dir == Dir::Ltr && text.is_ascii() {
        return lay_ascii(text, width, align);
    }
    let (mut glyphs, keep) = glyphs_within(text, width, lam_alef);
    if let Some(keep) = keep {
        let end = glyphs.get(keep).map_or(text.len(), |g| g.start as usize);
        glyphs.truncate(keep);
        if width > 0 {
            glyphs.push(Glyph::ellipsis(end, text.len()));
        }
    }
    let used: usize = glyphs.iter().map(|g| usize::from(g.width)).sum();
    let mut cells = blanks(width.saturating_sub(used), align, dir, glyphs.len());
    order(text, &glyphs, dir, &mut cells);
    Laid { cells, is_cut: keep.is_some() }
}

/// No terminal is wider; keeps a width of "any" from asking for as many blanks.
const MOST_COLUMNS: usize = 4096;

/// The columns a text takes when nothing is cut.
pub fn width(text: &SafeText) -> usize {
    let text = text.as_str();
    if text.is_ascii() {
        return text.len();
    }
    glyphs(text).iter().map(|g| usize::from(g.width)).sum()
}

/// All of a text in visual order.
pub(super) fn lay_whole(text: &str, dir: Dir) -> Vec<Cell> {
    if dir == Dir::Ltr && text.is_ascii() {
        return lay_ascii(text, text.len(), Align::Start).cells;
    }
    let glyphs = glyphs(text);
    let mut cells = Vec::with_capacity(glyphs.len());
    order::visual(text, &glyphs, dir, &mut cells);
    cells
}

/// All of a text in the order of reading, letters unshaped and in a cell each.
pub(super) fn lay_whole_logical(text: &str) -> Vec<Cell> {
    let glyphs = apart(glyphs(text));
    let mut cells = Vec::with_capacity(glyphs.len());
    order::logical(text, &glyphs, Dir::Ltr, &mut cells);
    cells
}

fn lay_ascii(text: &str, width: usize, align: Align) -> Laid {
    let is_cut = text.len() > width;
    let keep = if is_cut { width.saturating_sub(1) } else { text.len() };
    let mut cells = blanks(width.saturating_sub(text.len()), align, Dir::Ltr, keep + 1);
    for (i, byte) in text.bytes().take(keep).enumerate() {
        let logical = i as u32..i as u32 + 1;
        cells.push(Cell { symbol: glyph::symbol(char::from(byte)), width: 1, logical });
    }
    if is_cut && width > 0 {
        let logical = keep as u32..text.len() as u32;
        cells.push(Cell { symbol: glyph::symbol('…'), width: 1, logical });
    }
    Laid { cells, is_cut }
}

/// The blanks before a text with `room` to spare, with space for its `more` cells.
fn blanks(room: usize, align: Align, dir: Dir, more: usize) -> Vec<Cell> {
    let before = match (align, dir) {
        (Align::Start, Dir::Ltr) | (Align::End, Dir::Rtl) => 0,
        (Align::End, Dir::Ltr) | (Align::Start, Dir::Rtl) => room,
        (Align::Centre, _) => room / 2,
    };
    let mut cells = Vec::with_capacity(before + more);
    let blank = || Cell { symbol: CompactString::const_new(" "), width: 1, logical: 0..0 };
    cells.extend((0..before).map(|_| blank()));
    cells
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
    fn a_phone_before_persian_words_keeps_its_order() {
        let phone = crate::text::phone::pretty("+13465550191", crate::text::Lang::Fa);
        let line = crate::text::safe![phone, "  ", SafeText::clean("محل کار")];
        let laid = layout(&line, 30, Align::Start, Dir::Rtl);
        let shown: String = laid.cells.iter().map(|c| c.symbol.as_str()).collect();
        assert!(shown.contains("+۱ ۳۴۶ ۵۵۵ ۰۱۹۱"), "{shown}");
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
            ("علی رضا", 5, Dir::Ltr, "… \u{fbfd}\u{fee0}\u{fecb}"),
            ("Mr علی رضا", 5, Dir::Ltr, "Mr …\u{fec9}"),
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
    fn a_logical_line_is_as_it_is_read() {
        let text = crate::text::safe!["تلفن ", raw("+98 912").ltr(), " (لا)"];
        let laid = layout_logical(&text, 40, Align::End, Dir::Rtl);
        assert_eq!(laid.to_string(), "تلفن +98 912 (لا)");
        assert_eq!(layout_logical(&text, 7, Align::Start, Dir::Rtl).to_string(), "تلفن +…");
        // The terminal counts a lam and its alef as two.
        let laid = layout_logical(&raw("سلام"), 4, Align::Start, Dir::Ltr);
        assert_eq!(
            laid.cells.iter().map(|c| c.symbol.as_str()).collect::<Vec<_>>(),
            ["س", "ل", "ا", "م"]
        );
        assert_eq!(laid.column_of(4), Some(2));
        assert_eq!(layout_logical(&raw("سلام"), 3, Align::Start, Dir::Ltr).to_string(), "سل…");
    }

    #[test]
    fn a_figure_of_its_own_needs_no_algorithm_and_looks_the_same() {
        for text in [
            "+98 912 123 4567",
            "+۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷",
            "(021) 88-00/1 #5",
            "-12.5%",
            "a[1] <b> {c}",
            "reza@example.com",
            "۱۲ (۳۴) - ۵۶",
            "",
        ] {
            for dir in [Dir::Ltr, Dir::Rtl] {
                for columns in [40, 7] {
                    let line = |text: String| layout(&raw(&text), columns, Align::Start, dir);
                    let short = line(format!("\u{2066}{text}\u{2069}"));
                    // An isolate around nothing takes no cell and sends the line the long way.
                    let long = line(format!("\u{2066}{text}\u{2069}\u{2068}\u{2069}"));
                    assert_eq!(short.to_string(), long.to_string(), "{text} {dir:?} {columns}");
                }
            }
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
                        glyph::cell_width(&cell.symbol),
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
