//! The only writer to the terminal's buffer. Works in logical cells: `x` counts from the side a line
//! starts at, so that a Persian screen is the mirror of an English one without any screen knowing.
//!
//! ```text
//!   English   x=0 ───────▶      Persian   ◀─────── x=0
//! ```
//! Everything is clipped to the buffer: no size and no place panics.

mod area;
mod fields;
mod figures;

pub use area::Area;

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::text::{Align, Bidi, Dir, Lang, SafeText, layout, layout_logical};

use super::theme::{Role, Theme};

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

    /// The logical place of a cell of the terminal: for clicks.
    pub fn logical(x: u16, width: u16, dir: Dir) -> u16 {
        match dir {
            Dir::Ltr => x,
            Dir::Rtl => width.saturating_sub(1).saturating_sub(x),
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
    use crate::text::Field;

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
