//! How lines of words are put on a stream. On a terminal letters of right-to-left scripts stand where
//! the screens would put them, and a Persian page begins at the right; everywhere else, and where the
//! terminal or a screen reader does the ordering, text goes out as it is read.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::ops::Range;
use std::os::fd::AsFd;

use compact_str::CompactString;
use rustix::termios::tcgetwinsize;

use crate::text::words::typed;
use crate::text::{Align, Bidi, Dir, Lang, SafeText, layout, prepare_for_kitty, width, wrap};

/// Columns where there is no terminal to ask.
const USUAL_COLUMNS: usize = 100;
/// Blanks between the cells of a row.
const GAP: usize = 2;
/// ECMA-48 BDSM to explicit and back: cells of a line stay where they are put. The way back comes
/// after the line's end, so that it holds for the next.
const CELLS_STAY: &str = "\x1b[8l";
const CELLS_MAY_MOVE: &str = "\x1b[8h";

/// A stream as a page: which side it begins on, how wide it is, who orders the letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    pub dir: Dir,
    pub columns: usize,
    /// A terminal, whose width holds for what is laid out.
    pub is_terminal: bool,
    order: Order,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// As it is read.
    Read,
    /// As it is seen.
    Seen,
    /// As kitty wants it, to make it what is seen.
    Kitty,
}

/// A text in a row of them.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'t> {
    pub text: &'t SafeText,
    pub width: usize,
    /// Digits stand under digits.
    pub is_number: bool,
}

impl Paper {
    /// The page that a stream is. `bidi` is what the person set.
    pub fn of(stream: &(impl IsTerminal + AsFd), lang: Lang, bidi: Bidi) -> Self {
        let columns = tcgetwinsize(stream).ok().map(|size| usize::from(size.ws_col));
        let is_terminal = stream.is_terminal();
        Self {
            dir: lang.dir(),
            columns: columns.filter(|n| *n > 0 && is_terminal).unwrap_or(USUAL_COLUMNS),
            is_terminal,
            order: if is_terminal { order(bidi, |name| env::var(name).ok()) } else { Order::Read },
        }
    }

    /// A text as the lines of the page.
    pub fn lines(&self, text: &SafeText) -> Vec<String> {
        if self.order == Order::Read || (self.dir == Dir::Ltr && text.as_str().is_ascii()) {
            return vec![text.plain().into_owned()];
        }
        let lines = wrap(&typed(text), self.columns, self.dir);
        let laid = lines.iter().map(|line| {
            let laid = layout(line, self.columns, Align::Start, self.dir);
            self.ink(laid.cells.into_iter().map(|c| c.symbol).collect())
        });
        laid.collect()
    }

    /// A text within a line of others, for whoever puts the line together from the left.
    pub fn word(&self, text: &SafeText) -> String {
        if self.order == Order::Read {
            return text.plain().into_owned();
        }
        layout(text, width(text), Align::Start, self.dir).to_string()
    }

    /// Cells beside each other, the first where the page begins.
    pub fn row(&self, indent: usize, cells: &[Cell<'_>]) -> String {
        match self.order {
            Order::Read => row_read(indent, cells),
            _ => self.row_seen(indent, cells),
        }
    }

    fn row_seen(&self, indent: usize, cells: &[Cell<'_>]) -> String {
        let blanks = |n: usize| std::iter::repeat_n(CompactString::const_new(" "), n);
        let mut pieces: Vec<Vec<CompactString>> = vec![blanks(indent).collect()];
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                pieces.push(blanks(GAP).collect());
            }
            // Units stand under units on either page: to the right, where text begins in Persian.
            let align = match (cell.is_number, self.dir) {
                (true, Dir::Ltr) => Align::End,
                _ => Align::Start,
            };
            let laid = layout(cell.text, cell.width, align, self.dir);
            let rest = cell.width.saturating_sub(laid.columns());
            let mut piece: Vec<_> = laid.cells.into_iter().map(|c| c.symbol).collect();
            piece.extend(blanks(rest));
            pieces.push(piece);
        }
        let used: usize = cells.iter().map(|c| c.width).sum::<usize>()
            + indent
            + GAP * cells.len().saturating_sub(1);
        if self.dir == Dir::Rtl {
            pieces.push(blanks(self.columns.saturating_sub(used)).collect());
            pieces.reverse();
        }
        self.ink(pieces.concat())
    }

    /// A text from its left end, and marks under a part of it.
    pub fn pointed(&self, text: &SafeText, at: &Range<usize>) -> Vec<String> {
        let covers = |logical: &Range<u32>| {
            (logical.start as usize) < at.end && at.start < logical.end as usize
        };
        if self.order == Order::Read {
            let source = text.as_str();
            let before = source.get(..at.start).unwrap_or(source);
            let of = source.get(at.clone()).unwrap_or_default();
            let (indent, marks) = (columns(before), columns(of).max(1));
            return vec![text.plain().into_owned(), format!("{:indent$}{}", "", "^".repeat(marks))];
        }
        let laid = layout(text, self.columns.saturating_sub(1), Align::End, Dir::Ltr);
        let cells = laid.cells.iter().skip_while(|c| c.logical.is_empty());
        let (mut line, mut marks) = (Vec::new(), String::new());
        for cell in cells {
            let mark = if covers(&cell.logical) { "^" } else { " " };
            marks.push_str(&mark.repeat(usize::from(cell.width)));
            line.push(cell.symbol.clone());
        }
        if !marks.contains('^') {
            marks.push('^');
        }
        marks.truncate(marks.trim_end().len());
        vec![self.ink(line), marks]
    }

    /// Cells in their order as a line of the stream.
    fn ink(&self, mut cells: Vec<CompactString>) -> String {
        if self.order == Order::Kitty {
            prepare_for_kitty(&mut cells);
        }
        let line = cells.concat();
        let line = line.trim_end();
        if line.chars().any(is_right_to_left) {
            format!("{CELLS_STAY}{line}")
        } else {
            line.to_owned()
        }
    }
}

/// Writes a line that came from a page.
pub fn write(out: &mut dyn Write, line: &str) -> io::Result<()> {
    let back = if line.starts_with(CELLS_STAY) { CELLS_MAY_MOVE } else { "" };
    write!(out, "{line}\n{back}")
}

/// Cells as they are read.
fn row_read(indent: usize, cells: &[Cell<'_>]) -> String {
    let mut line = " ".repeat(indent);
    for (place, cell) in cells.iter().enumerate() {
        let blanks = " ".repeat(cell.width.saturating_sub(width(cell.text)));
        if place > 0 {
            line.push_str(&" ".repeat(GAP));
        }
        if cell.is_number {
            line.push_str(&blanks);
        }
        line.push_str(&cell.text.plain());
        if !cell.is_number {
            line.push_str(&blanks);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// A letter or digit that a terminal might move.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn columns(text: &str) -> usize {
    width(&SafeText::clean(text))
}

/// Who orders the letters on this terminal. A command that is over at once cannot wait for a
/// terminal's answer, so some say by their environment that they would order a second time.
fn order(bidi: Bidi, variable: impl Fn(&str) -> Option<String>) -> Order {
    let term = variable("TERM").unwrap_or_default();
    match bidi {
        Bidi::Terminal | Bidi::Off => Order::Read,
        Bidi::Kitty => Order::Kitty,
        Bidi::App if term.contains("kitty") => Order::Kitty,
        Bidi::App if term == "dumb" || term.starts_with("mlterm") => Order::Read,
        Bidi::App if variable("KONSOLE_VERSION").is_some() => Order::Read,
        Bidi::App => Order::Seen,
    }
}

#[cfg(test)]
impl Paper {
    /// A terminal of so many columns.
    pub fn terminal(lang: Lang, columns: usize) -> Self {
        Self { dir: lang.dir(), columns, is_terminal: true, order: Order::Seen }
    }

    /// A file.
    pub fn file(lang: Lang) -> Self {
        Self { dir: lang.dir(), columns: USUAL_COLUMNS, is_terminal: false, order: Order::Read }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn safe(text: &str) -> SafeText {
        SafeText::clean(text)
    }

    #[test]
    fn a_persian_page_begins_at_the_right_and_units_stand_under_units() {
        let (name, sum) = (safe("سارا"), safe("۱٬۲۵۰"));
        let cells = [
            Cell { text: &name, width: 6, is_number: false },
            Cell { text: &sum, width: 7, is_number: true },
        ];
        let seen = Paper::terminal(Lang::Fa, 20).row(1, &cells);
        // sin-alef-re-alef joined and turned round, blanks filling the page to its right end.
        assert_eq!(
            seen,
            format!("{CELLS_STAY}      ۱٬۲۵۰    \u{fe8d}\u{fead}\u{fe8e}\u{feb3} ")
                .trim_end()
                .to_owned()
        );
        let read = Paper::file(Lang::Fa).row(1, &cells);
        assert_eq!(read, " سارا      ۱٬۲۵۰");
        let read = Paper::file(Lang::En).row(0, &cells);
        assert_eq!(read, "سارا      ۱٬۲۵۰");
    }

    #[test]
    fn long_lines_are_broken_before_they_are_ordered() {
        let text = safe("یک دو سه چهار");
        let lines = Paper::terminal(Lang::Fa, 6).lines(&text);
        assert_eq!(lines.len(), 3, "{lines:?}");
        // The first two words, the end of each: kaf and dal; che begins the last.
        assert!(lines[0].contains('\u{fb8f}') && lines[0].contains('\u{fea9}'), "{lines:?}");
        assert!(lines[2].contains('\u{fb7c}'), "{lines:?}");
        assert_eq!(Paper::file(Lang::Fa).lines(&text), ["یک دو سه چهار"]);
        assert_eq!(Paper::terminal(Lang::En, 6).lines(&safe("a long line")), ["a long line"]);
    }

    #[test]
    fn marks_stand_under_what_they_mean() {
        let text = safe("city:قم spent>>1");
        let at = text.as_str().find(">>").map(|i| i + 1..i + 2).unwrap();
        let lines = Paper::terminal(Lang::Fa, 40).pointed(&text, &at);
        let line = lines[0].strip_prefix(CELLS_STAY).unwrap();
        let under = line.chars().nth(lines[1].len() - 1);
        assert_eq!(under, Some('>'), "{lines:?}");
        for (at, marks) in [(0..4, "^^^^"), (5..9, "     ^^"), (18..18, "                ^")] {
            assert_eq!(Paper::file(Lang::En).pointed(&text, &at)[1], marks);
        }
    }

    #[test]
    fn some_terminals_order_by_themselves() {
        for (bidi, term, konsole, want) in [
            (Bidi::App, "xterm-256color", false, Order::Seen),
            (Bidi::App, "xterm-kitty", false, Order::Kitty),
            (Bidi::App, "mlterm", false, Order::Read),
            (Bidi::App, "xterm-256color", true, Order::Read),
            (Bidi::App, "dumb", false, Order::Read),
            (Bidi::Terminal, "xterm", false, Order::Read),
            (Bidi::Off, "xterm-kitty", false, Order::Read),
        ] {
            let found = order(bidi, |name| match name {
                "TERM" => Some(term.to_owned()),
                _ => konsole.then(|| "241200".to_owned()),
            });
            assert_eq!(found, want, "{term}");
        }
    }
}
