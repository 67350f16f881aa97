//! A text being typed: its letters, a cursor in logical order, and the part that is seen.
//!
//! Keeps only what the store would keep (no controls, no invisible characters save the non-joiner).
//! Knows nothing of keys: the screen says what to do.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::lang::Dir;
use super::sanitise::ZWNJ;
use super::sanitise::typed;

#[cfg(test)]
mod presses;
mod view;

pub use view::{NoteView, View};

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
        let (before, after) = (format!("{before}{pasted}"), after.to_owned());
        self.put(&before, &after);
    }

    /// Deletes the grapheme before the cursor; a non-joiner at its end goes alone, so that a word can
    /// be joined again without losing a letter.
    pub fn backspace(&mut self) {
        let end = self.cursor;
        if self.text.get(..end).is_some_and(|before| before.ends_with(ZWNJ)) {
            self.cursor -= ZWNJ.len_utf8();
        } else {
            self.left();
        }
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

    /// The left arrow key: against the text in a left-to-right field, along it in the other.
    pub fn arrow_left(&mut self, dir: Dir) {
        match dir {
            Dir::Ltr => self.left(),
            Dir::Rtl => self.right(),
        }
    }

    /// The right arrow key.
    pub fn arrow_right(&mut self, dir: Dir) {
        match dir {
            Dir::Ltr => self.right(),
            Dir::Rtl => self.left(),
        }
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

    fn remove(&mut self, range: Range<usize>) {
        let before = self.text.get(..range.start).unwrap_or_default().to_owned();
        let after = self.text.get(range.end..).unwrap_or_default().to_owned();
        self.put(&before, &after);
    }

    /// The text becomes both parts, the cursor between them. Cleaned together, as marks compose with
    /// the letter they come to stand on.
    fn put(&mut self, before: &str, after: &str) {
        let breaks = self.lines == Lines::Many;
        let before = typed(before, breaks);
        self.text = typed(&format!("{before}{after}"), breaks);
        self.cursor = before.len().min(self.text.len());
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
}
