//! The part of a field that is seen, and the rows of a note.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::super::lang::Dir;
use super::super::layout::{Cell, Laid, break_lines, lay_whole, lay_whole_logical};
use super::super::terminal::Bidi;
use super::{Field, Lines};

/// What is seen of a one-line field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    pub laid: Laid,
    /// The column of the cursor, within the width asked for.
    pub cursor: usize,
    /// Columns hidden before the first that is seen, counted from where the line starts.
    pub scroll: usize,
}

/// What is seen of a note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteView {
    pub lines: Vec<Laid>,
    /// Column and row of the cursor, within the size asked for.
    pub cursor: (usize, usize),
    /// Rows hidden above.
    pub scroll: usize,
}

impl Field {
    /// The part of a one-line field around the cursor, in `width` columns.
    pub fn view(&self, width: usize, dir: Dir, bidi: Bidi) -> View {
        let width = width.max(1);
        let cells = if bidi.is_logical() {
            lay_whole_logical(&self.text)
        } else {
            lay_whole(&self.text, dir)
        };
        let columns: usize = cells.iter().map(|c| usize::from(c.width)).sum();
        // The cursor counted from where the line starts; after the text it has a column of its own.
        let place = match (column_of(&cells, self.cursor), dir) {
            (Some((column, _)), Dir::Ltr) => column,
            (Some((column, wide)), Dir::Rtl) => columns - column - wide,
            (None, _) => columns,
        };
        let scroll = (place + 1).saturating_sub(width);
        let left = match dir {
            Dir::Ltr => scroll as i64,
            Dir::Rtl => columns as i64 - scroll as i64 - width as i64,
        };
        let cursor = match dir {
            Dir::Ltr => place - scroll,
            Dir::Rtl => width - 1 - (place - scroll),
        };
        View { laid: window(cells, left, width), cursor, scroll }
    }

    /// The rows of a note around the cursor.
    pub fn note_view(&self, width: usize, height: usize, dir: Dir, bidi: Bidi) -> NoteView {
        let (width, height) = (width.max(2), height.max(1));
        let rows = self.rows(width - 1);
        let at = self.row_of_cursor(&rows);
        let scroll = (at + 1).saturating_sub(height);
        let mut view = NoteView { scroll, ..NoteView::default() };
        for (i, row) in rows.iter().enumerate().skip(scroll).take(height) {
            let line = self.text.get(row.clone()).unwrap_or_default();
            let here = if i == at { self.cursor.saturating_sub(row.start) } else { line.len() };
            let field =
                Field { text: line.into(), cursor: here.min(line.len()), lines: Lines::One };
            let mut seen = field.view(width, dir, bidi);
            for cell in seen.laid.cells.iter_mut().filter(|c| !c.logical.is_empty()) {
                cell.logical.start += row.start as u32;
                cell.logical.end += row.start as u32;
            }
            view.lines.push(seen.laid);
            if i == at {
                view.cursor = (seen.cursor, i - scroll);
            }
        }
        view
    }

    /// To the row above in a note shown `width` columns wide.
    pub fn up(&mut self, width: usize) {
        self.move_rows(width, -1);
    }

    /// To the row below in a note shown `width` columns wide.
    pub fn down(&mut self, width: usize) {
        self.move_rows(width, 1);
    }

    fn move_rows(&mut self, width: usize, by: isize) {
        let rows = self.rows(width.max(2) - 1);
        let at = self.row_of_cursor(&rows);
        let (Some(here), target) = (rows.get(at), at.checked_add_signed(by)) else { return };
        let into = self.cursor.saturating_sub(here.start);
        let head = self.text.get(here.start..here.start + into).unwrap_or_default();
        let graphemes = head.graphemes(true).count();
        let Some(row) = target.and_then(|at| rows.get(at)) else { return };
        let line = self.text.get(row.clone()).unwrap_or_default();
        let bytes: usize = line.graphemes(true).take(graphemes).map(str::len).sum();
        self.cursor = row.start + bytes;
    }

    /// The byte ranges of the rows at a width.
    fn rows(&self, width: usize) -> Vec<Range<usize>> {
        let mut rows = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            let broken = break_lines(line, width);
            rows.extend(broken.into_iter().map(|r| r.start + start..r.end + start));
            start += line.len() + 1;
        }
        rows
    }

    fn row_of_cursor(&self, rows: &[Range<usize>]) -> usize {
        rows.iter().rposition(|row| row.start <= self.cursor).unwrap_or_default()
    }
}

fn column_of(cells: &[Cell], byte: usize) -> Option<(usize, usize)> {
    let mut column = 0;
    for cell in cells {
        if cell.logical.contains(&(byte as u32)) {
            return Some((column, usize::from(cell.width)));
        }
        column += usize::from(cell.width);
    }
    None
}

/// The cells within `width` columns from column `left`, blanks before them when `left` is negative.
fn window(cells: Vec<Cell>, left: i64, width: usize) -> Laid {
    let blank = || Cell { symbol: " ".into(), width: 1, logical: 0..0 };
    let mut seen: Vec<Cell> = (left..0).take(width).map(|_| blank()).collect();
    let mut is_cut = false;
    let mut column = 0;
    for cell in cells {
        let end = column + i64::from(cell.width);
        if column >= left && end <= left + width as i64 {
            seen.push(cell);
        } else {
            is_cut = true;
            // Half of a wide cell at the border is a blank.
            let shown = end.min(left + width as i64) - column.max(left);
            seen.extend((0..shown.max(0)).map(|_| blank()));
        }
        column = end;
    }
    Laid { cells: seen, is_cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_seen() {
        let mut field = Field::new("abcdef");
        let view = field.view(4, Dir::Ltr, Bidi::App);
        assert_eq!((view.laid.to_string().as_str(), view.cursor, view.scroll), ("def", 3, 3));
        field.home();
        let view = field.view(4, Dir::Ltr, Bidi::App);
        assert_eq!((view.laid.to_string().as_str(), view.cursor, view.scroll), ("abcd", 0, 0));

        // In a right-to-left line the text starts at the right.
        let mut field = Field::new("سلام");
        let view = field.view(5, Dir::Rtl, Bidi::App);
        assert_eq!(view.laid.to_string(), "  \u{fee1}\u{fefc}\u{feb3}");
        assert_eq!(view.cursor, 1);
        field.home();
        assert_eq!(field.view(5, Dir::Rtl, Bidi::App).cursor, 4);
        assert_eq!(field.view(1, Dir::Rtl, Bidi::App).laid.to_string(), "\u{feb3}");
        // As it is read, it starts at the left, a cell a letter.
        let view = field.view(5, Dir::Ltr, Bidi::Terminal);
        assert_eq!((view.laid.to_string().as_str(), view.cursor), ("سلام", 0));
        field.end();
        assert_eq!(field.view(5, Dir::Ltr, Bidi::Terminal).cursor, 4);
        assert_eq!(Field::default().view(0, Dir::Rtl, Bidi::App).cursor, 0);
    }

    #[test]
    fn a_note_is_seen_in_rows() {
        let mut field = Field::note("fast delivery\nplease");
        let view = field.note_view(9, 2, Dir::Ltr, Bidi::App);
        let rows: Vec<String> = view.lines.iter().map(ToString::to_string).collect();
        assert_eq!(rows, ["delivery", "please"]);
        assert_eq!((view.cursor, view.scroll), ((6, 1), 1));
        field.up(9);
        field.up(9);
        assert_eq!(field.cursor(), 4);
        assert_eq!(field.note_view(9, 2, Dir::Ltr, Bidi::App).cursor, (4, 0));
        field.down(9);
        assert_eq!(field.cursor(), 9);
        let view = field.note_view(9, 3, Dir::Ltr, Bidi::App);
        assert_eq!(view.lines[1].cells[0].logical, 5..6);
    }
}
