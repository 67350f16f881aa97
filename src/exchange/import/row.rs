//! One row of a file: its line and its cells, in buffers that are used again for the next row.

use std::ops::Range;

/// What a cell was in the file; text files know text alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Not in this row.
    Missing,
    /// Text, or a truth value.
    Text,
    /// A number without a point.
    Integer,
    /// A number with a point or an exponent.
    Float,
    /// An object.
    Nested,
}

/// One row of a file.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Line on which it begins, from 1.
    pub line: u64,
    text: String,
    cells: Vec<(Range<usize>, CellKind)>,
}

impl Row {
    /// Empties the row, to be filled from `line`.
    pub fn begin(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.cells.clear();
    }

    /// Takes the buffer of the text, to be given back with [`Row::give`].
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Gives back the text, and where its cells end.
    pub fn give(&mut self, text: String, ends: &[usize]) {
        self.text = text;
        let mut start = 0;
        self.cells.extend(ends.iter().map(|&end| {
            let cell = (start..end, CellKind::Text);
            start = end;
            cell
        }));
    }

    /// Sets the cell of a column.
    pub fn set(&mut self, column: usize, kind: CellKind, text: &str) {
        if self.cells.len() <= column {
            self.cells.resize(column + 1, (0..0, CellKind::Missing));
        }
        let start = self.text.len();
        self.text.push_str(text);
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = (start..self.text.len(), kind);
        }
    }

    /// The cell of a column, blanks around it cut off; empty when the row has none.
    pub fn cell(&self, column: usize) -> (&str, CellKind) {
        let Some((range, kind)) = self.cells.get(column) else { return ("", CellKind::Missing) };
        (self.text.get(range.clone()).unwrap_or_default().trim(), *kind)
    }

    /// The cell as it stands in the file.
    pub fn raw(&self, column: usize) -> &str {
        let range = self.cells.get(column).map(|(range, _)| range.clone());
        range.and_then(|r| self.text.get(r)).unwrap_or_default()
    }

    /// Number of cells.
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// True when there is nothing but blanks in it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.cells.iter().all(|(_, k)| *k != CellKind::Nested)
    }

    /// All text of the row, one cell after the other.
    pub fn text(&self) -> &str {
        &self.text
    }
}
