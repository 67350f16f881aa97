//! Fields that are typed in: one line, code, notes, and the caret.

use ratatui::style::Style;

use super::super::theme::Role;
use super::{Area, Canvas};
use crate::text::{Dir, Field, Laid};

impl Canvas<'_> {
    /// Draws what is seen of a one-line field, with the caret when it takes the keys.
    pub fn put_field(&mut self, at: (u16, u16), width: u16, field: &Field, has_keys: bool) {
        self.field(at, width, field, has_keys, self.dir);
    }

    /// The same for what is always written from left to right: expressions.
    pub fn put_code(&mut self, at: (u16, u16), width: u16, field: &Field, has_keys: bool) {
        self.field(at, width, field, has_keys, Dir::Ltr);
    }

    /// The logical column of the `column`th cell of a room whose text goes from left to right.
    pub fn code_column(&self, x: u16, width: u16, column: u16) -> u16 {
        let column = column.min(width.saturating_sub(1));
        match self.dir {
            Dir::Ltr => x.saturating_add(column),
            Dir::Rtl => x.saturating_add(width.saturating_sub(1) - column),
        }
    }

    fn field(&mut self, (x, y): (u16, u16), width: u16, field: &Field, has_keys: bool, dir: Dir) {
        let width = width.min(self.whole.width.saturating_sub(x));
        if width == 0 || y >= self.whole.height {
            return;
        }
        let view = field.view(usize::from(width), dir, self.bidi);
        self.tint(Area::new(x, y, width, 1), if has_keys { Role::Focus } else { Role::Field });
        let left = self.left_of(x, width);
        self.laid(left, y, width, &view.laid);
        if has_keys {
            self.caret(left + (view.cursor as u16).min(width - 1), y);
        }
    }

    /// Draws what is seen of a note.
    pub fn put_note(&mut self, area: Area, field: &Field, has_keys: bool) {
        let width = area.width.min(self.whole.width.saturating_sub(area.x));
        if width == 0 || area.height == 0 {
            return;
        }
        let (columns, rows) = (usize::from(width), usize::from(area.height));
        let view = field.note_view(columns, rows, self.dir, self.bidi);
        self.tint(area, if has_keys { Role::Focus } else { Role::Field });
        let left = self.left_of(area.x, width);
        for (row, laid) in view.lines.iter().enumerate().take(usize::from(area.height)) {
            self.laid(left, area.y.saturating_add(row as u16), width, laid);
        }
        if has_keys {
            let (column, row) = view.cursor;
            let row = (row as u16).min(area.height - 1);
            self.caret(left + (column as u16).min(width - 1), area.y.saturating_add(row));
        }
    }

    /// Cells from a column of the terminal on; the look of what is there stays.
    fn laid(&mut self, left: u16, y: u16, width: u16, laid: &Laid) {
        let mut column = 0;
        for cell in &laid.cells {
            let wide = u16::from(cell.width);
            if column + wide > width {
                break;
            }
            if !cell.logical.is_empty() {
                self.cell(left.saturating_add(column), y, &cell.symbol, wide, Style::new());
            }
            column += wide;
        }
    }

    fn caret(&mut self, column: u16, row: u16) {
        let style = self.theme.style(Role::Caret);
        if column < self.whole.width
            && let Some(cell) = self.buffer.cell_mut(self.position(column, row))
        {
            cell.set_style(style);
        }
    }
}
