//! A text being typed: its letters, a cursor in logical order, and the part that is seen.
//!
//! Keeps only what the store would keep (no controls, no invisible characters save the non-joiner).
//! Knows nothing of keys: the screen says what to do.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::lang::Dir;
use super::layout::{Cell, Laid, break_lines, lay_whole};
use super::sanitise::typed;

/// A line or a note under the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    cursor: usize,
    lines: Lines,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Lines {
    #[default]
    One,
    Many,
}

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
    /// A one-line field holding a text, the cursor at its end. Line breaks become spaces.
    pub fn new(text: &str) -> Self {
        let text = typed(text, false);
        Self { cursor: text.len(), text, lines: Lines::One }
    }

    /// A field of many lines, the cursor at its end.
    pub fn note(text: &str) -> Self {
        let text = typed(text, true);
        Self { cursor: text.len(), text, lines: Lines::Many }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the next letter goes: a byte of the text, at the border of a grapheme.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.cursor = 0;
    }

    /// Replaces the text; the cursor goes to its end.
    pub fn set(&mut self, text: &str) {
        self.clear();
        self.insert_str(text);
    }

    pub fn insert(&mut self, c: char) {
        self.insert_str(c.encode_utf8(&mut [0; 4]));
    }

    /// Inserts what was pasted, without what may not be stored.
    pub fn insert_str(&mut self, pasted: &str) {
        let (before, after) = self.text.split_at(self.cursor);
        // Cleaned with what stands around it: marks compose with the letter before them.
        let head = typed(&format!("{before}{pasted}"), self.lines == Lines::Many);
        let text = typed(&format!("{head}{after}"), self.lines == Lines::Many);
        self.cursor = head.len().min(text.len());
        self.text = text;
        self.settle();
    }

    /// Deletes the grapheme before the cursor.
    pub fn backspace(&mut self) {
        let end = self.cursor;
        self.left();
        self.remove(self.cursor..end);
    }

    /// Deletes the grapheme at the cursor.
    pub fn delete(&mut self) {
        let end = self.after(self.cursor);
        self.remove(self.cursor..end);
    }

    /// Deletes back to the start of the word.
    pub fn backspace_word(&mut self) {
        let end = self.cursor;
        self.word_left();
        self.remove(self.cursor..end);
    }

    /// Deletes from the cursor to the end of the line.
    pub fn delete_to_end(&mut self) {
        let end = self.line_end();
        self.remove(self.cursor..end);
    }

    /// To the grapheme before, in the order of the text.
    pub fn left(&mut self) {
        self.cursor = self.before(self.cursor);
    }

    /// To the grapheme after, in the order of the text.
    pub fn right(&mut self) {
        self.cursor = self.after(self.cursor);
    }

    /// To the start of this word or the one before.
    pub fn word_left(&mut self) {
        let head = self.text.get(..self.cursor).unwrap_or_default();
        let start = head.unicode_word_indices().next_back().map_or(0, |(at, _)| at);
        self.cursor = start;
    }

    /// To the end of this word or the one after.
    pub fn word_right(&mut self) {
        let tail = self.text.get(self.cursor..).unwrap_or_default();
        let end = tail.unicode_word_indices().next().map(|(at, word)| at + word.len());
        self.cursor = end.map_or(self.text.len(), |end| self.cursor + end);
    }

    /// To the start of the line.
    pub fn home(&mut self) {
        let head = self.text.get(..self.cursor).unwrap_or_default();
        self.cursor = head.rfind('\n').map_or(0, |at| at + 1);
    }

    /// To the end of the line.
    pub fn end(&mut self) {
        self.cursor = self.line_end();
    }

    /// Puts the cursor at a byte, or the border of a grapheme before it.
    pub fn move_to(&mut self, byte: usize) {
        self.cursor = byte.min(self.text.len());
        self.settle();
    }

    /// The part of a one-line field around the cursor, in `width` columns.
    pub fn view(&self, width: usize, dir: Dir) -> View {
        let width = width.max(1);
        let cells = lay_whole(&self.text, dir);
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
    pub fn note_view(&self, width: usize, height: usize, dir: Dir) -> NoteView {
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
            let mut seen = field.view(width, dir);
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

    fn remove(&mut self, range: Range<usize>) {
        self.cursor = range.start;
        self.text.replace_range(range, "");
        self.settle();
    }

    fn line_end(&self) -> usize {
        let tail = self.text.get(self.cursor..).unwrap_or_default();
        tail.find('\n').map_or(self.text.len(), |at| self.cursor + at)
    }

    fn before(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn after(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }

    /// Moves the cursor back to the border of a grapheme.
    fn settle(&mut self) {
        while !self.text.is_char_boundary(self.cursor) {
            self.cursor -= 1;
        }
        let mut at = GraphemeCursor::new(self.cursor, self.text.len(), true);
        if !at.is_boundary(&self.text, 0).unwrap_or(true) {
            self.cursor = self.after(self.cursor);
        }
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

    fn typed_field(text: &str) -> Field {
        let mut field = Field::default();
        text.chars().for_each(|c| field.insert(c));
        field
    }

    #[test]
    fn letters_come_and_go() {
        let mut field = typed_field("Reza");
        field.left();
        field.backspace();
        assert_eq!((field.text(), field.cursor()), ("Rea", 2));
        field.insert('z');
        field.home();
        field.delete();
        field.insert('B');
        field.end();
        field.insert_str("\x1b[31m\r\n!");
        assert_eq!(field.text(), "Beza[31m !");
        field.backspace_word();
        assert_eq!(field.text(), "Beza[");
        field.home();
        field.delete_to_end();
        assert!(field.is_empty());
        field.backspace();
        field.delete();
        field.left();
        field.right();
        assert_eq!((field.text(), field.cursor()), ("", 0));
    }

    #[test]
    fn graphemes_are_whole() {
        let mut field = typed_field("e\u{301}👩\u{200d}🚀می\u{200c}رود");
        // A joiner without a pictograph after it is dropped as it is typed, so the pair is pasted.
        field.set("é👩\u{200d}🚀می\u{200c}رود");
        assert_eq!(field.text(), "é👩\u{200d}🚀می\u{200c}رود");
        field.home();
        field.right();
        assert_eq!(field.cursor(), "é".len());
        field.delete();
        assert_eq!(field.text(), "éمی\u{200c}رود");
        let mut field = typed_field("می\u{200c}رود");
        assert_eq!(field.text(), "می\u{200c}رود");
        field.move_to(1);
        assert_eq!(field.cursor(), 0);
    }

    #[test]
    fn a_mixed_note_is_edited_in_logical_order() {
        let mut field = Field::note("");
        for c in "سلام Sara, فردا 10:00".chars() {
            field.insert(c);
        }
        (0..3).for_each(|_| field.word_left());
        field.insert_str("پس\u{200c}");
        assert_eq!(field.text(), "سلام Sara, پس\u{200c}فردا 10:00");
        field.home();
        field.word_right();
        field.insert('\n');
        field.delete();
        assert_eq!(field.text(), "سلام\nSara, پس\u{200c}فردا 10:00");
        field.end();
        assert_eq!(field.cursor(), field.text().len());
    }

    #[test]
    fn the_cursor_is_seen() {
        let mut field = Field::new("abcdef");
        let view = field.view(4, Dir::Ltr);
        assert_eq!((view.laid.to_string().as_str(), view.cursor, view.scroll), ("def", 3, 3));
        field.home();
        let view = field.view(4, Dir::Ltr);
        assert_eq!((view.laid.to_string().as_str(), view.cursor, view.scroll), ("abcd", 0, 0));

        // In a right-to-left line the text starts at the right.
        let mut field = Field::new("سلام");
        let view = field.view(5, Dir::Rtl);
        assert_eq!(view.laid.to_string(), "  \u{fee1}\u{fefc}\u{feb3}");
        assert_eq!(view.cursor, 1);
        field.home();
        assert_eq!(field.view(5, Dir::Rtl).cursor, 4);
        assert_eq!(field.view(1, Dir::Rtl).laid.to_string(), "\u{feb3}");
        assert_eq!(Field::default().view(0, Dir::Rtl).cursor, 0);
    }

    #[test]
    fn a_note_is_seen_in_rows() {
        let mut field = Field::note("fast delivery\nplease");
        let view = field.note_view(9, 2, Dir::Ltr);
        let rows: Vec<String> = view.lines.iter().map(ToString::to_string).collect();
        assert_eq!(rows, ["delivery", "please"]);
        assert_eq!((view.cursor, view.scroll), ((6, 1), 1));
        field.up(9);
        field.up(9);
        assert_eq!(field.cursor(), 4);
        assert_eq!(field.note_view(9, 2, Dir::Ltr).cursor, (4, 0));
        field.down(9);
        assert_eq!(field.cursor(), 9);
        let view = field.note_view(9, 3, Dir::Ltr);
        assert_eq!(view.lines[1].cells[0].logical, 5..6);
    }
}
