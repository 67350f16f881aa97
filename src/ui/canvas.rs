//! The only writer to the terminal's buffer. Works in logical cells: `x` counts from the side a line
//! starts at, so that a Persian screen is the mirror of an English one without any screen knowing.
//!
//! ```text
//!   English   x=0 ───────▶      Persian   ◀─────── x=0
//! ```
//! Everything is clipped to the buffer: no size and no place panics.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::text::{Align, Bidi, Dir, Field, Laid, Lang, SafeText, layout, layout_logical};

use super::theme::{Role, Theme};

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

/// Where the screens draw.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    whole: Rect,
    dir: Dir,
    bidi: Bidi,
    theme: Theme,
}

impl<'a> Canvas<'a> {
    /// A canvas for a language, by the way its text reaches the terminal.
    pub fn new(buffer: &'a mut Buffer, lang: Lang, bidi: Bidi, theme: Theme) -> Self {
        let whole = buffer.area;
        Self { buffer, whole, dir: bidi.dir(lang), bidi, theme }
    }

    /// The whole screen.
    pub fn area(&self) -> Area {
        Area::new(0, 0, self.whole.width, self.whole.height)
    }

    /// Writes a text into `width` cells, cut with `…` when it is longer; answers the cells it took.
    pub fn put(&mut self, at: (u16, u16), width: u16, text: &SafeText, role: Role) -> u16 {
        self.write(at, width, text, role, Align::Start, &[])
    }

    /// The same at the end of its room: numbers, and what stands at the far side.
    pub fn put_end(&mut self, at: (u16, u16), width: u16, text: &SafeText, role: Role) -> u16 {
        self.write(at, width, text, role, Align::End, &[])
    }

    /// The same with some bytes of the text in the look of a match.
    pub fn put_matched(
        &mut self,
        at: (u16, u16),
        width: u16,
        text: &SafeText,
        role: Role,
        matches: &[Range<u32>],
    ) -> u16 {
        self.write(at, width, text, role, Align::Start, matches)
    }

    /// Writes parts one after another; answers the cells they took.
    pub fn put_parts(&mut self, at: (u16, u16), width: u16, parts: &[(SafeText, Role)]) -> u16 {
        let mut used = 0;
        for (text, role) in parts {
            if used >= width {
                break;
            }
            used += self.put((at.0.saturating_add(used), at.1), width - used, text, *role);
        }
        used
    }

    /// Writes in a given alignment.
    pub fn write(
        &mut self,
        (x, y): (u16, u16),
        width: u16,
        text: &SafeText,
        role: Role,
        align: Align,
        matches: &[Range<u32>],
    ) -> u16 {
        let width = width.min(self.whole.width.saturating_sub(x));
        if width == 0 || y >= self.whole.height || text.is_empty() {
            return 0;
        }
        let lay = if self.bidi.is_logical() { layout_logical } else { layout };
        let laid = lay(text, usize::from(width), align, self.dir);
        let style = self.theme.style(role);
        let highlight = style.patch(self.theme.style(Role::Match));
        let left = self.left_of(x, width);
        let mut column = left;
        let mut blanks = 0;
        for cell in &laid.cells {
            if cell.logical.is_empty() {
                blanks += u16::from(cell.width);
            } else {
                let hit = matches.iter().any(|m| m.contains(&cell.logical.start));
                let look = if hit { highlight } else { style };
                self.cell(column, y, &cell.symbol, u16::from(cell.width), look);
            }
            column = column.saturating_add(u16::from(cell.width));
        }
        (column - left).saturating_sub(blanks)
    }

    /// Repeats a sign over `width` cells.
    pub fn line(&mut self, (x, y): (u16, u16), width: u16, sign: char, role: Role) {
        let style = self.theme.style(role);
        let mut symbol = [0; 4];
        let symbol = sign.encode_utf8(&mut symbol);
        let width = width.min(self.whole.width.saturating_sub(x));
        let left = self.left_of(x, width);
        for column in left..left.saturating_add(width) {
            self.cell(column, y, symbol, 1, style);
        }
    }

    /// A horizontal line between regions.
    pub fn rule(&mut self, (x, y): (u16, u16), width: u16) {
        self.line((x, y), width, '─', Role::Rule);
    }

    /// A vertical line between regions.
    pub fn pillar(&mut self, (x, y): (u16, u16), height: u16) {
        for row in y..y.saturating_add(height).min(self.whole.height) {
            self.line((x, row), 1, '│', Role::Rule);
        }
    }

    /// Lays a look over a region without touching what is written there.
    pub fn tint(&mut self, area: Area, role: Role) {
        let style = self.theme.style(role);
        let width = area.width.min(self.whole.width.saturating_sub(area.x));
        let left = self.left_of(area.x, width);
        for row in area.y..area.y.saturating_add(area.height).min(self.whole.height) {
            for column in left..left.saturating_add(width) {
                if let Some(cell) = self.buffer.cell_mut(self.position(column, row)) {
                    cell.set_style(style);
                }
            }
        }
    }

    /// Empties a region, for what is drawn over something else.
    pub fn clear(&mut self, area: Area) {
        let width = area.width.min(self.whole.width.saturating_sub(area.x));
        let left = self.left_of(area.x, width);
        for row in area.y..area.y.saturating_add(area.height).min(self.whole.height) {
            for column in left..left.saturating_add(width) {
                if let Some(cell) = self.buffer.cell_mut(self.position(column, row)) {
                    cell.reset();
                }
            }
        }
    }

    /// A bar of eighths: `share` of `width`, 0 to 1.
    pub fn bar(&mut self, (x, y): (u16, u16), width: u16, share: f64, role: Role) {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let full = (share * f64::from(width)).round() as u16;
        self.line((x, y), full.min(width), '█', role);
        let rest = width.saturating_sub(full);
        self.line((x.saturating_add(full), y), rest, '·', Role::Rule);
    }

    /// A cell of a heat map: a ground of one of five shades, or, where there are no such colours, block
    /// signs at its end. The number is written over it.
    pub fn heat(&mut self, area: Area, level: u8) {
        const SIGNS: [char; 5] = [' ', '░', '▒', '▓', '█'];
        if self.theme.has_shades() {
            self.tint(area, Role::Heat(level));
            return;
        }
        let sign = SIGNS.get(usize::from(level)).copied().unwrap_or('█');
        let wide = (area.width / 3).clamp(1, 4).min(area.width);
        for row in 0..area.height {
            let line = area.line(row);
            self.line((line.x + (line.width - wide), line.y), wide, sign, Role::Text);
        }
    }

    /// Cells of a heat map that block signs leave to its number.
    pub fn heat_room(&self, width: u16) -> u16 {
        if self.theme.has_shades() { width } else { width - (width / 3).clamp(1, 4).min(width) }
    }

    /// A column from the foot of a region upwards, in eighths: `share` of its height, 0 to 1.
    pub fn column(&mut self, area: Area, share: f64, role: Role) {
        const STEPS: [char; 8] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇'];
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let eighths = (share * f64::from(area.height) * 8.0).round() as u16;
        for row in 0..area.height {
            let below = (area.height - 1 - row) * 8;
            let here = eighths.saturating_sub(below);
            let sign = match here {
                0 => continue,
                8.. => '█',
                part => STEPS.get(usize::from(part)).copied().unwrap_or('█'),
            };
            let line = area.line(row);
            self.line((line.x, line.y), line.width, sign, role);
        }
    }

    /// A row of columns, one cell each, as high as the values are: oldest at the start.
    pub fn spark(&mut self, (x, y): (u16, u16), width: u16, values: &[f64], top: f64, role: Role) {
        const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let newest = values.len().saturating_sub(usize::from(width));
        for (i, value) in values.iter().skip(newest).enumerate() {
            let share = if top > 0.0 { (value / top).clamp(0.0, 1.0) } else { 0.0 };
            let step = if share.is_finite() { (share * 7.0).round() as usize } else { 0 };
            let sign = STEPS.get(step).copied().unwrap_or('█');
            self.line((x.saturating_add(i as u16), y), 1, sign, role);
        }
    }

    /// The logical place of a cell of the terminal: for clicks.
    pub fn logical(x: u16, width: u16, dir: Dir) -> u16 {
        match dir {
            Dir::Ltr => x,
            Dir::Rtl => width.saturating_sub(1).saturating_sub(x),
        }
    }

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

    fn left_of(&self, x: u16, width: u16) -> u16 {
        match self.dir {
            Dir::Ltr => x,
            Dir::Rtl => self.whole.width.saturating_sub(x).saturating_sub(width),
        }
    }

    fn position(&self, column: u16, row: u16) -> Position {
        Position::new(self.whole.x.saturating_add(column), self.whole.y.saturating_add(row))
    }

    fn cell(&mut self, column: u16, row: u16, symbol: &str, width: u16, style: Style) {
        if column.saturating_add(width) > self.whole.width || row >= self.whole.height {
            return;
        }
        if let Some(cell) = self.buffer.cell_mut(self.position(column, row)) {
            cell.set_symbol(symbol).set_style(style);
        }
        for next in 1..width {
            if let Some(cell) = self.buffer.cell_mut(self.position(column + next, row)) {
                cell.reset();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ThemeKind;

    fn drawn(lang: Lang, bidi: Bidi, width: u16, draw: impl Fn(&mut Canvas<'_>)) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        draw(&mut Canvas::new(&mut buffer, lang, bidi, Theme::new(ThemeKind::Mono)));
        (0..width).map(|x| buffer[(x, 0)].symbol().to_owned()).collect()
    }

    fn check(width: u16, draw: impl Fn(&mut Canvas<'_>), ltr: &str, rtl: &str) {
        assert_eq!(drawn(Lang::En, Bidi::App, width, &draw), ltr);
        assert_eq!(drawn(Lang::Fa, Bidi::App, width, &draw), rtl);
        assert_eq!(drawn(Lang::Fa, Bidi::Kitty, width, &draw), rtl);
        // A terminal that orders lines itself gets them from the left.
        assert_eq!(drawn(Lang::Fa, Bidi::Terminal, width, &draw), ltr);
        assert_eq!(drawn(Lang::Fa, Bidi::Off, width, &draw), ltr);
    }

    #[test]
    fn a_persian_screen_is_the_mirror_of_an_english_one() {
        let text = SafeText::clean("ab");
        check(6, |c| _ = c.put((1, 0), 4, &text, Role::Text), " ab   ", "   ab ");
        check(6, |c| _ = c.put_end((0, 0), 5, &text, Role::Text), "   ab ", " ab   ");
        check(4, |c| c.bar((0, 0), 4, 0.5, Role::Bar), "██··", "··██");
        check(3, |c| c.spark((0, 0), 3, &[0.0, 1.0], 1.0, Role::Bar), "▁█ ", " █▁");
    }

    #[test]
    fn unshaped_text_is_a_cell_a_letter_in_the_order_of_reading() {
        let text = SafeText::clean("سلام");
        let field = Field::new("سلام");
        for (bidi, expected) in [
            (Bidi::App, "  \u{fee1}\u{fefc}\u{feb3}"),
            (Bidi::Terminal, "سلام "),
            (Bidi::Off, "سلام "),
        ] {
            let put = |c: &mut Canvas<'_>| _ = c.put((0, 0), 5, &text, Role::Text);
            assert_eq!(drawn(Lang::Fa, bidi, 5, put), expected, "{bidi:?}");
            let put = |c: &mut Canvas<'_>| c.put_field((0, 0), 5, &field, true);
            assert_eq!(drawn(Lang::Fa, bidi, 5, put), expected, "{bidi:?}");
        }
        let area = Area::new(0, 0, 80, 9);
        assert!(area.fits(80) && !area.fits(81));
        assert!(!Area { one_column: true, ..area }.split_top(3).0.fits(40));
    }

    #[test]
    fn what_has_no_room_is_cut_and_never_panics() {
        let text = SafeText::clean("abcdef");
        check(3, |c| _ = c.put((0, 0), 99, &text, Role::Text), "ab…", "ab…");
        check(3, |c| _ = c.put((7, 0), 4, &text, Role::Text), "   ", "   ");
        check(3, |c| _ = c.put((0, 9), 4, &text, Role::Text), "   ", "   ");
        // A wide letter never hangs over the edge.
        let wide = SafeText::clean("日本");
        check(3, |c| _ = c.put((0, 0), 3, &wide, Role::Text), "日 …", "日 …");
    }
}
