//! Columns for the eye: headings, digits under digits, widths from the first rows. What follows those
//! rows is printed as it comes, so that a list of any length needs little memory. On a terminal the
//! table stays within its width: columns give way, and where there are too many of them each row
//! becomes lines of its own, a heading and a value each.

use std::io::{self, Write};

use crate::desk::tell::comma;
use crate::domain::MoneyUnit;
use crate::domain::names::machine_name;
use crate::exchange::export::sheet::{Cell, Sheet};
use crate::text::words::commands as phrases;
use crate::text::{self, Phrase, SafeText, width};

use super::paper::{self, Paper};
use super::setup::Setup;

/// Rows looked at for the widths.
const LOOKED_AT: usize = 200;
/// Widest column but the last, in columns of the terminal.
const WIDEST: usize = 40;
/// A column that must give way keeps so much.
const NARROWEST: usize = 8;
/// Before a column becomes narrower than this, one that can be spared goes.
const EASY: usize = 16;
/// Blanks between columns.
const GAP: usize = 2;

/// A column: its name in files, and its heading for the eye.
#[derive(Clone, Copy, Debug)]
pub struct Heading {
    pub name: &'static str,
    pub title: Phrase,
    /// Gives way where there is no room for all; the last first.
    is_spare: bool,
}

impl Heading {
    /// A column that is always shown.
    pub const fn new(name: &'static str, title: Phrase) -> Self {
        Self { name, title, is_spare: false }
    }

    /// True for the column's name, and for its title in either language.
    pub fn is_called(&self, name: &str) -> bool {
        let titled = |lang| text::fold(self.title.str(lang)) == text::fold(name);
        self.name == machine_name(name) || titled(text::Lang::En) || titled(text::Lang::Fa)
    }

    /// The same column, where there is room.
    pub const fn spare(mut self) -> Self {
        self.is_spare = true;
        self
    }
}

/// A table that is being printed.
pub struct Table<'o> {
    out: &'o mut dyn Write,
    paper: Paper,
    setup: &'o Setup,
    decimals: u8,
    titles: Vec<(SafeText, bool)>,
    waiting: Vec<Vec<Piece>>,
    shape: Option<Shape>,
}

/// A value in words.
#[derive(Clone, Debug)]
struct Piece {
    text: SafeText,
    is_number: bool,
    /// Cut, it would say something else: figures and days.
    is_whole: bool,
}

/// How the rows are laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape {
    /// A row a line, in columns of these widths; one without a width is not shown.
    Columns(Vec<Option<usize>>),
    /// A value a line, headings in a column of this width.
    Values(usize),
}

impl<'o> Table<'o> {
    /// A table with these columns on this page.
    pub fn new(
        out: &'o mut dyn Write,
        paper: Paper,
        columns: &[Heading],
        setup: &'o Setup,
        decimals: u8,
    ) -> Self {
        let titles = columns.iter().map(|c| (c.title.in_(setup.lang), c.is_spare)).collect();
        Self { out, paper, setup, decimals, titles, waiting: Vec::new(), shape: None }
    }

    fn print_waiting(&mut self) -> io::Result<()> {
        let shape = self.shape_of_waiting();
        if let Shape::Columns(widths) = &shape {
            let first = self.waiting.first();
            let is_number =
                |place: usize| first.and_then(|row| row.get(place)).is_some_and(|p| p.is_number);
            let titles = self.titles.iter().enumerate().map(|(place, (title, _))| Piece {
                text: title.clone(),
                is_number: is_number(place),
                is_whole: false,
            });
            let titles: Vec<Piece> = titles.collect();
            self.print_columns(&titles, widths)?;
        }
        for row in std::mem::take(&mut self.waiting) {
            self.print(&row, &shape)?;
        }
        self.shape = Some(shape);
        Ok(())
    }

    fn shape_of_waiting(&self) -> Shape {
        let last = self.titles.len().saturating_sub(1);
        let mut rooms: Vec<Room> =
            self.titles.iter().map(|(title, spare)| Room::of(width(title), *spare)).collect();
        for row in &self.waiting {
            for (place, (piece, room)) in row.iter().zip(&mut rooms).enumerate() {
                let most = if place == last { usize::MAX } else { WIDEST };
                room.take_in(width(&piece.text).min(most), piece.is_whole);
            }
        }
        let mut widths: Vec<Option<usize>> = rooms.iter().map(|room| Some(room.wide)).collect();
        if !self.paper.is_terminal {
            return Shape::Columns(widths);
        }
        let columns = self.paper.columns;
        let mut spare: Vec<usize> = self.places(|(_, is_spare)| *is_spare);
        let wide: Vec<usize> = rooms.iter().map(|room| room.wide).collect();
        if fitted(&widths, &wide, columns).is_none() {
            // Nothing is cut for the sake of a column that says nothing.
            for (width, room) in widths.iter_mut().zip(&rooms).filter(|(_, room)| room.is_empty) {
                *width = width.filter(|_| !room.is_spare);
            }
        }
        let easy: Vec<usize> = rooms.iter().map(|room| room.easy).collect();
        loop {
            if let Some(fitted) = fitted(&widths, &easy, columns) {
                return Shape::Columns(fitted);
            }
            let Some(place) = spare.pop() else { break };
            if let Some(width) = widths.get_mut(place) {
                *width = None;
            }
        }
        let least: Vec<usize> = rooms.iter().map(|room| room.least).collect();
        let values = || self.titles.iter().map(|(t, _)| width(t)).max().unwrap_or_default();
        fitted(&widths, &least, columns).map_or_else(|| Shape::Values(values()), Shape::Columns)
    }

    fn places(&self, of: impl Fn(&(SafeText, bool)) -> bool) -> Vec<usize> {
        self.titles.iter().enumerate().filter(|(_, t)| of(t)).map(|(place, _)| place).collect()
    }

    fn print(&mut self, row: &[Piece], shape: &Shape) -> io::Result<()> {
        match shape {
            Shape::Columns(widths) => self.print_columns(row, widths),
            Shape::Values(left) => self.print_values(row, *left),
        }
    }

    fn print_columns(&mut self, row: &[Piece], widths: &[Option<usize>]) -> io::Result<()> {
        let shown: Vec<(&Piece, usize)> =
            row.iter().zip(widths).filter_map(|(piece, width)| Some((piece, (*width)?))).collect();
        let last = shown.len().saturating_sub(1);
        let texts = shown.iter().enumerate().map(|(place, (piece, most))| {
            // Where lines may be of any length the last column is not cut.
            let free = place == last && !self.paper.is_terminal;
            if free { piece.text.clone() } else { cut(&piece.text, *most) }
        });
        let texts: Vec<SafeText> = texts.collect();
        let cells = texts.iter().zip(&shown).map(|(text, (piece, width))| paper::Cell {
            text,
            width: *width,
            is_number: piece.is_number,
        });
        let line = self.paper.row(0, &cells.collect::<Vec<_>>());
        paper::write(self.out, &line)
    }

    /// A row as lines, what is empty left out, with a blank line after it.
    fn print_values(&mut self, row: &[Piece], left: usize) -> io::Result<()> {
        let room = self.paper.columns.saturating_sub(left + GAP).max(1);
        let said = self.titles.iter().zip(row).filter(|(_, piece)| !piece.text.is_empty());
        for ((title, _), piece) in said {
            let mut title = title.clone();
            for part in text::wrap(&piece.text, room, self.paper.dir) {
                let cells = [
                    paper::Cell { text: &title, width: left, is_number: false },
                    paper::Cell { text: &part, width: room, is_number: false },
                ];
                let line = self.paper.row(0, &cells);
                paper::write(self.out, &line)?;
                title = SafeText::EMPTY;
            }
        }
        paper::write(self.out, "")
    }
}

/// The room a column wants.
#[derive(Clone, Copy, Debug)]
struct Room {
    /// For all that is in it.
    wide: usize,
    /// To be read with ease.
    easy: usize,
    /// At the least.
    least: usize,
    is_empty: bool,
    is_spare: bool,
}

impl Room {
    /// A column is never narrower than its title.
    fn of(title: usize, is_spare: bool) -> Self {
        Self { wide: title, easy: title, least: title, is_empty: true, is_spare }
    }

    fn take_in(&mut self, wide: usize, is_whole: bool) {
        let within = |most: usize| if is_whole { wide } else { wide.min(most) };
        self.wide = self.wide.max(wide);
        self.easy = self.easy.max(within(EASY));
        self.least = self.least.max(within(NARROWEST));
        self.is_empty &= wide == 0;
    }
}

/// Widths within so many columns: the widest that may give way does first. `None` where even the
/// least of all is too much.
fn fitted(widths: &[Option<usize>], least: &[usize], columns: usize) -> Option<Vec<Option<usize>>> {
    let mut widths = widths.to_vec();
    let shown = widths.iter().flatten().count();
    let room = columns.checked_sub(GAP * shown.saturating_sub(1))?;
    while widths.iter().flatten().sum::<usize>() > room {
        let gives =
            widths.iter_mut().zip(least).filter_map(|(w, least)| Some((w.as_mut()?, least)));
        let (widest, _) =
            gives.filter(|(width, least)| **width > **least).max_by_key(|(width, _)| **width)?;
        *widest -= 1;
    }
    Some(widths)
}

impl Sheet for Table<'_> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        let row: Vec<_> = cells
            .iter()
            .map(|cell| Piece {
                text: words(cell, self.setup, self.decimals),
                is_number: is_number(cell),
                is_whole: is_whole(cell),
            })
            .collect();
        if let Some(shape) = self.shape.clone() {
            return self.print(&row, &shape);
        }
        self.waiting.push(row);
        if self.waiting.len() == LOOKED_AT { self.print_waiting() } else { Ok(()) }
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.shape.is_none() {
            self.print_waiting()?;
        }
        self.out.flush()
    }
}

/// A text in at most so many columns, in logical order.
fn cut(text: &SafeText, most: usize) -> SafeText {
    if width(text) <= most {
        return text.clone();
    }
    let dir = text::Lang::En.dir();
    let first = text::wrap(text, most.saturating_sub(1), dir).into_iter().next();
    text::safe![first.unwrap_or_default(), '…']
}

fn is_number(cell: &Cell) -> bool {
    matches!(
        cell,
        Cell::Count(_) | Cell::Real(_) | Cell::Share(_) | Cell::Money(_) | Cell::Quantity(_)
    )
}

/// An amount in the unit in which this person sees them.
pub fn cash(minor: i64, decimals: u8, setup: &Setup) -> SafeText {
    match setup.money {
        MoneyUnit::Rial => text::money(minor, decimals, setup.lang),
        MoneyUnit::Toman => text::toman(minor, setup.lang),
    }
}

/// What says something else, or nothing, when it is cut.
fn is_whole(cell: &Cell) -> bool {
    let other = matches!(cell, Cell::Day(_) | Cell::Time(_) | Cell::Code(_) | Cell::Phone(_));
    other || is_number(cell)
}

/// A cell as a person reads it.
pub fn words(cell: &Cell, setup: &Setup, decimals: u8) -> SafeText {
    let lang = setup.lang;
    match cell {
        Cell::None => SafeText::EMPTY,
        Cell::Text(text) => SafeText::clean(text).isolate(),
        Cell::Code(text) => SafeText::clean(text).ltr(),
        Cell::Phone(number) => text::phone::pretty(number, lang),
        Cell::Term(_, phrase) => phrase.in_(lang),
        Cell::Items(items) => {
            let items: Vec<SafeText> = items.iter().map(|i| SafeText::clean(i).isolate()).collect();
            SafeText::join(&items, &comma(lang))
        }
        Cell::Count(n) => text::number(*n, lang),
        Cell::Real(x) => text::decimal(*x, 3, lang),
        Cell::Share(x) => text::percent(*x, lang),
        Cell::Money(minor) => cash(*minor, decimals, setup),
        Cell::Quantity(n) if n % 1000 == 0 => text::number(n / 1000, lang),
        Cell::Quantity(n) => text::decimal(*n as f64 / 1000.0, 3, lang),
        Cell::Day(day) => match day.date() {
            Some(date) => text::date(date, setup.calendar, lang),
            None => SafeText::EMPTY,
        },
        Cell::Time(at) => {
            let local = at.to_zoned(setup.zone.clone());
            let day = text::date(local.date(), setup.calendar, lang);
            text::safe![day, " ", text::clock(local.time(), lang)]
        }
        Cell::Yes(true) => phrases::YES.in_(lang),
        Cell::Yes(false) => phrases::NO.in_(lang),
        Cell::Data(_, words) => words.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;
    use crate::text::words::commands as headings;

    const COLUMNS: [Heading; 3] = [
        Heading::new("name", headings::C_NAME),
        Heading::new("spent", headings::C_SPENT),
        Heading::new("city", headings::C_CITY),
    ];

    fn printed(paper: Paper, lang: Lang, rows: &[(&str, i64, &str)]) -> Vec<String> {
        let setup = Setup { lang, ..Setup::for_tests() };
        let mut out = Vec::new();
        let mut table = Table::new(&mut out, paper, &COLUMNS, &setup, 2);
        for (name, spent, city) in rows {
            table.row(&[Cell::text(name), Cell::Money(*spent), Cell::text(city)]).unwrap();
        }
        table.finish().unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn columns_stand_under_each_other() {
        let rows =
            [("Reza\x1b[2J", 123_450, "Qom"), ("نام‌های دراز", -5, ""), (&"x".repeat(90), 0, "Y")];
        let lines = printed(Paper::file(Lang::En), Lang::En, &rows);
        assert_eq!(lines[0], format!("name{}     spent  city", " ".repeat(36)));
        assert_eq!(lines[1], format!("Reza^[[2J{}  1,234.50  Qom", " ".repeat(31)));
        assert!(lines[2].ends_with("-0.05"), "{lines:?}");
        assert!(lines[3].contains('…') && lines[3].ends_with("0.00  Y"), "{lines:?}");
        assert!(!lines.concat().contains('\x1b'));
    }

    #[test]
    fn a_persian_table_is_mirrored_on_a_terminal_and_read_in_a_file() {
        let rows = [("سارا", 123_450, "قم"), ("رضا", -5, "یزد")];
        let lines = printed(Paper::terminal(Lang::Fa, 40), Lang::Fa, &rows);
        // The first column ends at the right edge; digits stand in order, units under units.
        let seen: Vec<&str> = lines
            .iter()
            .map(|line| line.trim_start_matches("\x1b[8h").trim_start_matches("\x1b[8l"))
            .filter(|line| !line.is_empty())
            .collect();
        assert!(seen[1].ends_with("\u{fe8d}\u{fead}\u{fe8e}\u{feb3}"), "{seen:?}");
        let ends = |line: &str, figure: &str| {
            let before = line.split(figure).next().unwrap();
            before.chars().count() + figure.chars().count()
        };
        assert_eq!(ends(seen[1], "۱٬۲۳۴٫۵۰"), ends(seen[2], "-۰٫۰۵"), "{seen:?}");
        assert!(seen.iter().all(|line| line.chars().count() == 40), "{seen:?}");
        let read = printed(Paper::file(Lang::Fa), Lang::Fa, &rows);
        assert_eq!(read[1], "سارا  ۱٬۲۳۴٫۵۰  قم");
    }

    #[test]
    fn what_can_be_spared_gives_way_first() {
        let setup = Setup::for_tests();
        let mut columns = COLUMNS;
        columns[2] = columns[2].spare();
        for (room, city) in [(40, true), (20, false)] {
            let mut out = Vec::new();
            let paper = Paper::terminal(Lang::En, room);
            let mut table = Table::new(&mut out, paper, &columns, &setup, 2);
            let name = Cell::text("A very long name indeed");
            table.row(&[name, Cell::Money(123_456), Cell::text("Isfahan")]).unwrap();
            table.finish().unwrap();
            let text = String::from_utf8(out).unwrap();
            assert_eq!(text.contains("city") && text.contains("Isfahan"), city, "{text}");
            assert!(text.contains("1,234.56"), "{text}");
        }
    }

    #[test]
    fn figures_and_days_are_never_cut() {
        let name = "A very long name of a very old company";
        let rows = [(name, 123_456_789, "San Francisco de Asis")];
        let lines = printed(Paper::terminal(Lang::En, 36), Lang::En, &rows);
        assert!(lines.iter().all(|line| line.chars().count() <= 36), "{lines:?}");
        assert!(lines[1].contains("1,234,567.89") && lines[1].contains('…'), "{lines:?}");
        // Where not even that has room, each value has a line.
        let lines = printed(Paper::terminal(Lang::En, 20), Lang::En, &rows);
        assert!(lines.contains(&"spent  1,234,567.89".to_owned()), "{lines:?}");
        let values: String = lines.iter().map(|l| l.get(7..).unwrap_or_default()).collect();
        assert!(values.replace(' ', "").contains(&name.replace(' ', "")), "{lines:?}");
    }
}
