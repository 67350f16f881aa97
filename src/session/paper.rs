//! Draws frames into bytes: only cells that changed leave, inside a synchronised update, and a frame
//! that changes nothing is no bytes at all. Never writes to a terminal and never asks one its size.

use std::io;

use compact_str::CompactString;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, EndSynchronizedUpdate};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use crate::text::{Bidi, prepare_for_kitty};
use crate::ui::Size;

/// Sizes beyond these are a broken or hostile line; the frame stays within them.
const MOST_COLUMNS: u16 = 500;
const MOST_ROWS: u16 = 200;

/// What the terminal at the other end shows, and the way to change it.
pub struct Paper {
    terminal: Terminal<Ink>,
    size: Size,
    bidi: Bidi,
}

impl Paper {
    /// A paper of a terminal of which nothing is known but its size: the first frame is whole.
    pub fn new(size: Size) -> Self {
        // Colours are the theme's business; this library would drop them at NO_COLOR on its own.
        crossterm::style::force_color_output(true);
        Self { terminal: blank(size), size, bidi: Bidi::default() }
    }

    /// The terminal has this size, or may show something else by now: the next frame is whole.
    pub fn renew(&mut self, size: Size) {
        self.terminal = blank(size);
        self.size = size;
    }

    /// The size as the line gave it.
    pub fn size(&self) -> Size {
        self.size
    }

    /// How right-to-left text reaches the terminal.
    pub fn bidi(&self) -> Bidi {
        self.bidi
    }

    /// From now on it does so in another way: the next frame is whole.
    pub fn set_bidi(&mut self, bidi: Bidi) {
        self.bidi = bidi;
        self.renew(self.size);
    }

    /// Draws a frame; what is appended to `bytes` turns the last one into it.
    pub fn draw(&mut self, bytes: &mut Vec<u8>, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        let turns = self.bidi == Bidi::Kitty;
        self.terminal.draw(|frame| {
            draw(frame);
            if turns {
                turn_runs(frame.buffer_mut());
            }
        })?;
        self.terminal.backend_mut().tear_off(bytes)
    }
}

/// Turns round what the terminal will turn round again; styles stay where they are.
fn turn_runs(buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width).max(1);
    let mut symbols = Vec::with_capacity(width);
    for row in buffer.content.chunks_mut(width) {
        if row.iter().all(|cell| cell.symbol().is_ascii()) {
            continue;
        }
        symbols.clear();
        symbols.extend(row.iter().map(|cell| CompactString::from(cell.symbol())));
        prepare_for_kitty(&mut symbols);
        for (cell, symbol) in row.iter_mut().zip(&symbols) {
            cell.set_symbol(symbol);
        }
    }
}

fn blank(size: Size) -> Terminal<Ink> {
    let area = Rect::new(0, 0, size.width.clamp(1, MOST_COLUMNS), size.height.clamp(1, MOST_ROWS));
    let options = TerminalOptions { viewport: Viewport::Fixed(area) };
    match Terminal::with_options(Ink::default(), options) {
        Ok(terminal) => terminal,
        // With a fixed viewport nothing is asked of the backend that it could fail at.
        Err(error) => unreachable!("a fixed viewport: {error}"),
    }
}

/// The cursor a person sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cursor {
    Hidden,
    At(Position),
}

/// A backend that writes to memory.
struct Ink {
    cells: Vec<u8>,
    /// The terminal has not been cleared yet.
    fresh: bool,
    /// Where the cursor shall be, and where it was left.
    wanted: Cursor,
    left: Cursor,
}

impl Default for Ink {
    fn default() -> Self {
        Self { cells: Vec::new(), fresh: true, wanted: Cursor::Hidden, left: Cursor::Hidden }
    }
}

impl Ink {
    /// Hands out what this frame changes.
    fn tear_off(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        let fresh = std::mem::take(&mut self.fresh);
        if !fresh && self.cells.is_empty() && self.wanted == self.left {
            return Ok(());
        }
        queue!(bytes, BeginSynchronizedUpdate)?;
        if fresh {
            let all = crossterm::terminal::ClearType::All;
            queue!(bytes, Hide, SetAttribute(Attribute::Reset), Clear(all))?;
        }
        bytes.append(&mut self.cells);
        match (self.left, self.wanted) {
            (Cursor::Hidden, Cursor::Hidden) => {}
            (Cursor::At(_), Cursor::Hidden) => queue!(bytes, Hide)?,
            (Cursor::Hidden, Cursor::At(at)) => queue!(bytes, MoveTo(at.x, at.y), Show)?,
            (Cursor::At(_), Cursor::At(at)) => queue!(bytes, MoveTo(at.x, at.y))?,
        }
        self.left = self.wanted;
        queue!(bytes, EndSynchronizedUpdate)
    }
}

/// True for a cell no text of ours makes: the last gate before the terminal.
fn is_forbidden(symbol: &str) -> bool {
    symbol.chars().any(|c| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

impl Backend for Ink {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mark = Cell::new("\u{fffd}");
        let mut content = content
            .map(|(x, y, cell)| (x, y, if is_forbidden(cell.symbol()) { &mark } else { cell }))
            .peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        CrosstermBackend::new(&mut self.cells).draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.wanted = Cursor::Hidden;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        // Its place follows at once.
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        match self.wanted {
            Cursor::Hidden => Ok(Position::ORIGIN),
            Cursor::At(position) => Ok(position),
        }
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.wanted = Cursor::At(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.fresh = true;
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<ratatui::layout::Size> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ratatui::widgets::Paragraph;

    use super::*;

    fn frame(paper: &mut Paper, text: &str, cursor: Option<(u16, u16)>) -> String {
        let mut bytes = Vec::new();
        paper
            .draw(&mut bytes, |frame| {
                frame.render_widget(Paragraph::new(text.to_owned()), frame.area());
                if let Some(at) = cursor {
                    frame.set_cursor_position(at);
                }
            })
            .expect("memory");
        String::from_utf8(bytes).expect("text")
    }

    const SIZE: Size = Size { width: 20, height: 3 };

    #[test]
    fn only_what_changed_leaves() {
        let mut paper = Paper::new(SIZE);
        let first = frame(&mut paper, "Reza Karimi", None);
        assert!(first.starts_with("\x1b[?2026h") && first.ends_with("\x1b[?2026l"), "{first:?}");
        assert!(
            first.contains("\x1b[2J") && first.contains("Reza") && first.contains("Karimi"),
            "{first:?}"
        );
        assert_eq!(frame(&mut paper, "Reza Karimi", None), "", "nothing changed");
        let next = frame(&mut paper, "Reza Karimo", None);
        assert!(next.contains('o') && !next.contains("Reza"), "{next:?}");
        let caret = frame(&mut paper, "Reza Karimo", Some((3, 1)));
        assert!(caret.contains("\x1b[2;4H") && caret.contains("\x1b[?25h"), "{caret:?}");
        assert_eq!(frame(&mut paper, "Reza Karimo", Some((3, 1))), "");
        assert!(frame(&mut paper, "Reza Karimo", None).contains("\x1b[?25l"));
        paper.renew(SIZE);
        assert!(frame(&mut paper, "Reza Karimo", None).contains("Karimo"));
    }

    #[test]
    fn kitty_gets_its_runs_turned_round() {
        let mut paper = Paper::new(SIZE);
        assert!(frame(&mut paper, "VIP (۱۲) \u{fee1}\u{fefc}\u{feb3}", None).contains("(۱۲)"));
        paper.set_bidi(Bidi::Kitty);
        let sent = frame(&mut paper, "VIP (۱۲) \u{fee1}\u{fefc}\u{feb3}", None);
        assert!(sent.contains("(۲۱)") && sent.contains("\u{feb3}\u{fefc}\u{fee1}"), "{sent:?}");
        assert!(sent.contains("VIP") && sent.contains("\x1b[2J"), "a whole frame: {sent:?}");
        // Only what changed leaves, as ever.
        assert_eq!(frame(&mut paper, "VIP (۱۲) \u{fee1}\u{fefc}\u{feb3}", None), "");
    }

    #[test]
    fn any_size_is_drawn() {
        for (width, height) in [(0, 0), (1, 1), (1, 200), (500, 1), (u16::MAX, u16::MAX)] {
            let mut paper = Paper::new(Size { width, height });
            assert!(!frame(&mut paper, "x", Some((0, 0))).is_empty(), "{width}x{height}");
        }
    }

    #[test]
    fn forbidden_characters_stop_here() {
        for text in ["\x1b[", "\u{9b}", "\x07a", "\u{202e}", "\u{200f}", "\u{2066}", "a\x7f"] {
            let mut paper = Paper::new(SIZE);
            let mut bytes = Vec::new();
            let draw = |frame: &mut Frame| {
                frame.buffer_mut()[(0, 0)].set_symbol(text);
            };
            paper.draw(&mut bytes, draw).expect("memory");
            let sent = String::from_utf8(bytes).expect("text");
            assert!(sent.contains('\u{fffd}'), "{text:?} {sent:?}");
        }
    }
}
