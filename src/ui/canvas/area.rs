//! Regions of the screen, in logical cells.

/// A region in logical cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
    /// Nothing may stand beside anything else here: the terminal would mix the two.
    pub one_column: bool,
}

impl Area {
    pub const fn new(x: u16, y: u16, width: u16, height: u16) -> Self {
        Self { x, y, width, height, one_column: false }
    }

    /// True when regions that need `columns` can stand side by side.
    pub const fn fits(self, columns: u16) -> bool {
        self.width >= columns && !self.one_column
    }

    /// One line of the region; empty past its end.
    pub fn line(self, at: u16) -> Self {
        let height = u16::from(at < self.height);
        Self { y: self.y.saturating_add(at), height, ..self }
    }

    /// The first `rows` rows, and the rest.
    pub fn split_top(self, rows: u16) -> (Self, Self) {
        let rows = rows.min(self.height);
        let rest = Self { y: self.y + rows, height: self.height - rows, ..self };
        (Self { height: rows, ..self }, rest)
    }

    /// All but the last `rows` rows, and those.
    pub fn split_foot(self, rows: u16) -> (Self, Self) {
        self.split_top(self.height.saturating_sub(rows))
    }

    /// The first `columns` columns, and the rest.
    pub fn split_start(self, columns: u16) -> (Self, Self) {
        let columns = columns.min(self.width);
        let rest = Self { x: self.x + columns, width: self.width - columns, ..self };
        (Self { width: columns, ..self }, rest)
    }

    /// All but the last `columns` columns, and those.
    pub fn split_end(self, columns: u16) -> (Self, Self) {
        self.split_start(self.width.saturating_sub(columns))
    }

    /// The region without `columns` at both sides.
    pub fn inset(self, columns: u16) -> Self {
        let columns = columns.min(self.width / 2);
        Self { x: self.x + columns, width: self.width - 2 * columns, ..self }
    }

    pub fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    pub fn contains(self, x: u16, y: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&x)
            && (self.y..self.y.saturating_add(self.height)).contains(&y)
    }
}
