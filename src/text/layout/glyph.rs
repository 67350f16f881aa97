//! A text as the things that take cells: graphemes, and lams with their alefs.

use compact_str::CompactString;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::super::safe::{FSI, LRI, PDI};
use super::super::sanitise::{ZWNJ, is_single};
use super::super::shape::{self, Joins};
use super::Cell;

/// One grapheme, or a lam with its alef, in logical order.
pub(super) struct Glyph {
    pub start: u32,
    pub end: u32,
    pub width: u8,
    pub base: char,
    pub kind: Kind,
    pub joins: Joins,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    /// A lam with this alef.
    LamAlef(char),
    /// Marks without a letter.
    Mark,
    /// An isolate: takes no cell.
    Control,
    Ellipsis,
}

impl Glyph {
    /// Stands for what was cut off.
    pub fn ellipsis(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
            width: 1,
            base: '…',
            kind: Kind::Ellipsis,
            joins: Joins::NONE,
        }
    }

    /// The cell with `base` in place of its first letter.
    pub fn cell(&self, text: &str, base: char) -> Cell {
        let logical = self.start..self.end;
        if self.kind == Kind::Plain && (self.end - self.start) as usize == self.base.len_utf8() {
            return Cell { symbol: symbol(base), width: self.width, logical };
        }
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
                // Fused, the alef is within the base.
                let alef = match kind {
                    Kind::LamAlef(alef) => alef,
                    _ => ZWNJ,
                };
                symbol.extend(marks.filter(|&c| c != ZWNJ && c != alef));
            }
        }
        Cell { symbol, width: self.width, logical }
    }
}

/// The whole text in glyphs.
pub(super) fn glyphs(text: &str) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(text.len());
    read(text, usize::MAX, &mut out);
    out
}

/// Whether a lam and its alef share a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LamAlef {
    Fused,
    /// As a terminal counts what it gets unshaped.
    Apart,
}

/// The glyphs that fit `limit` columns and the one that does not; with how many stay when the text
/// is longer, an ellipsis counted in. Reads no further than it must.
pub(super) fn glyphs_within(
    text: &str,
    limit: usize,
    lam_alef: LamAlef,
) -> (Vec<Glyph>, Option<usize>) {
    let mut out = Vec::with_capacity(text.len().min(limit * 2 + 2));
    let mut columns = read(text, limit, &mut out);
    if lam_alef == LamAlef::Apart {
        out = apart(out);
        columns = out.iter().map(|g| usize::from(g.width)).sum();
    }
    if columns <= limit {
        return (out, None);
    }
    let mut used = 0;
    let fits = |glyph: &&Glyph| {
        used += usize::from(glyph.width);
        used < limit
    };
    let keep = out.iter().take_while(fits).count();
    (out, Some(keep))
}

/// The glyphs with every lam and alef in cells of their own.
pub(super) fn apart(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(glyphs.len() + 4);
    for glyph in glyphs {
        let Kind::LamAlef(alef) = glyph.kind else {
            out.push(glyph);
            continue;
        };
        let middle = glyph.start + shape::LAM.len_utf8() as u32;
        let (end, kind) = (glyph.end, Kind::Plain);
        out.push(Glyph { end: middle, kind, ..glyph });
        out.push(Glyph { start: middle, end, width: 1, base: alef, kind, joins: Joins::NONE });
    }
    out
}

/// A symbol of one character.
pub(super) fn symbol(c: char) -> CompactString {
    CompactString::new(c.encode_utf8(&mut [0; 4]))
}

/// The columns ratatui gives a grapheme.
pub(super) fn cell_width(grapheme: &str) -> usize {
    if grapheme.len() == 1 {
        return 1;
    }
    let sound_marks = grapheme.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count();
    grapheme.width() + sound_marks
}

/// Reads glyphs until they take more than `limit` columns; answers the columns read.
fn read(text: &str, limit: usize, out: &mut Vec<Glyph>) -> usize {
    let mut used = 0;
    let mut start = 0;
    let mut chars = text.chars();
    let mut next = chars.next();
    while used <= limit {
        let Some(base) = next else { break };
        next = chars.next();
        // Segmentation rules are dear; a letter before a letter needs none.
        if is_single(base) && next.is_none_or(is_single) {
            used += push(start, base, base.len_utf8(), 1, Tail::None, out);
            start += base.len_utf8();
        } else {
            let rest = text.get(start..).unwrap_or_default();
            let grapheme = rest.graphemes(true).next().unwrap_or(rest);
            used += push_grapheme(start, grapheme, out);
            start += grapheme.len();
            chars = text.get(start..).unwrap_or_default().chars();
            next = chars.next();
        }
    }
    used
}

fn push_grapheme(start: usize, grapheme: &str, out: &mut Vec<Glyph>) -> usize {
    let columns = cell_width(grapheme);
    if columns <= 2 {
        return push_piece(start, grapheme, columns, out);
    }
    // Terminals give such a grapheme as many columns as its letters have: a cell each.
    let mut used = 0;
    let mut from = 0;
    for (at, c) in grapheme.char_indices().skip(1) {
        if cell_width(c.encode_utf8(&mut [0; 4])) > 0 {
            let piece = grapheme.get(from..at).unwrap_or_default();
            used += push_piece(start + from, piece, cell_width(piece), out);
            from = at;
        }
    }
    let piece = grapheme.get(from..).unwrap_or_default();
    used + push_piece(start + from, piece, cell_width(piece), out)
}

fn push_piece(start: usize, piece: &str, columns: usize, out: &mut Vec<Glyph>) -> usize {
    // A non-joiner heads a piece only where nothing could join.
    let letters = piece.trim_start_matches(ZWNJ);
    let start = start + piece.len() - letters.len();
    let mut chars = letters.chars();
    let Some(base) = chars.next() else { return 0 };
    let tail = match (chars.as_str().is_empty(), chars.as_str().contains(ZWNJ)) {
        (true, _) => Tail::None,
        (false, false) => Tail::Marks,
        (false, true) => Tail::NonJoiner,
    };
    push(start, base, letters.len(), columns, tail, out)
}

/// What follows the first character of a grapheme.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    None,
    Marks,
    NonJoiner,
}

fn push(
    start: usize,
    base: char,
    length: usize,
    columns: usize,
    tail: Tail,
    out: &mut Vec<Glyph>,
) -> usize {
    let (start, end) = (start as u32, (start + length) as u32);
    if shape::fuses_with_lam(base)
        && let Some(lam) = out.last_mut()
        && lam.base == shape::LAM
        // A mark on the lam keeps the two apart.
        && lam.end - lam.start == 2
    {
        lam.end = end;
        lam.kind = Kind::LamAlef(base);
        lam.joins.next = false;
        return 0;
    }
    let mut joins = shape::joins(base);
    let (kind, width) = match base {
        LRI | FSI | PDI => (Kind::Control, 0),
        _ if columns == 0 => (Kind::Mark, 1),
        _ => (Kind::Plain, columns),
    };
    if kind != Kind::Plain {
        joins = Joins::NONE;
    }
    joins.next &= tail != Tail::NonJoiner;
    out.push(Glyph { start, end, width: width as u8, base, kind, joins });
    width
}
