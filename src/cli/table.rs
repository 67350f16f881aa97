//! Columns for the eye: headings, numbers to the right, widths from the first rows. What follows
//! those rows is printed as it comes, so that a list of any length needs little memory.

use std::io::{self, Write};

use crate::exchange::export::sheet::{Cell, Sheet};
use crate::text::words::commands as words;
use crate::text::{self, Phrase, SafeText, width};

use super::setup::Setup;

/// Rows looked at for the widths.
const LOOKED_AT: usize = 200;
/// Widest column but the last, in columns of the terminal.
const WIDEST: usize = 40;

/// A column: its name in files, and its heading for the eye.
#[derive(Clone, Copy, Debug)]
pub struct Heading {
    pub name: &'static str,
    pub title: Phrase,
}

/// A table that is being printed.
pub struct Table<'o> {
    out: &'o mut dyn Write,
    setup: &'o Setup,
    decimals: u8,
    titles: Vec<SafeText>,
    waiting: Vec<Vec<(SafeText, bool)>>,
    widths: Option<Vec<usize>>,
}

impl<'o> Table<'o> {
    /// A table with these columns.
    pub fn new(
        out: &'o mut dyn Write,
        columns: &[Heading],
        setup: &'o Setup,
        decimals: u8,
    ) -> Self {
        let titles = columns.iter().map(|c| c.title.in_(setup.lang)).collect();
        Self { out, setup, decimals, titles, waiting: Vec::new(), widths: None }
    }

    fn print_waiting(&mut self) -> io::Result<()> {
        let mut widths: Vec<usize> = self.titles.iter().map(width).collect();
        for row in &self.waiting {
            for (most, (text, _)) in widths.iter_mut().zip(row) {
                *most = (*most).max(width(text).min(WIDEST));
            }
        }
        let right: Vec<bool> = self
            .waiting
            .first()
            .map(|row| row.iter().map(|(_, right)| *right).collect())
            .unwrap_or_default();
        let titles = self.titles.iter().enumerate();
        let titles: Vec<(SafeText, bool)> =
            titles.map(|(i, t)| (t.clone(), right.get(i).copied().unwrap_or_default())).collect();
        self.print(&titles, &widths)?;
        for row in std::mem::take(&mut self.waiting) {
            self.print(&row, &widths)?;
        }
        self.widths = Some(widths);
        Ok(())
    }

    fn print(&mut self, row: &[(SafeText, bool)], widths: &[usize]) -> io::Result<()> {
        let mut line = String::new();
        for (place, ((text, right), most)) in row.iter().zip(widths).enumerate() {
            let last = place + 1 == row.len();
            let text = if last { text.clone() } else { cut(text, *most) };
            let blanks = " ".repeat(most.saturating_sub(width(&text)));
            if place > 0 {
                line.push_str("  ");
            }
            if *right {
                line.push_str(&blanks);
            }
            line.push_str(&text.plain());
            if !*right && !last {
                line.push_str(&blanks);
            }
        }
        writeln!(self.out, "{}", line.trim_end())
    }
}

impl Sheet for Table<'_> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        let row: Vec<_> = cells
            .iter()
            .map(|cell| (words(cell, self.setup, self.decimals), is_number(cell)))
            .collect();
        if let Some(widths) = self.widths.clone() {
            return self.print(&row, &widths);
        }
        self.waiting.push(row);
        if self.waiting.len() == LOOKED_AT { self.print_waiting() } else { Ok(()) }
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.widths.is_none() {
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

/// A cell as a person reads it.
pub fn words(cell: &Cell, setup: &Setup, decimals: u8) -> SafeText {
    let lang = setup.lang;
    match cell {
        Cell::None => SafeText::EMPTY,
        Cell::Text(text) => SafeText::clean(text),
        Cell::Items(items) => SafeText::clean(&items.join("; ")),
        Cell::Count(n) => text::number(*n, lang),
        Cell::Real(x) => text::decimal(*x, 3, lang),
        Cell::Share(x) => text::percent(*x, lang),
        Cell::Money(minor) => text::money(*minor, decimals, lang),
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
        Cell::Yes(yes) => if *yes { words::YES } else { words::NO }.in_(lang),
        Cell::Data(_, words) => words.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::commands as headings;

    #[test]
    fn columns_stand_under_each_other() {
        let setup = Setup::for_tests();
        let columns = [
            Heading { name: "name", title: headings::C_NAME },
            Heading { name: "spent", title: headings::C_SPENT },
            Heading { name: "city", title: headings::C_CITY },
        ];
        let mut out = Vec::new();
        let mut table = Table::new(&mut out, &columns, &setup, 2);
        for (name, spent, city) in
            [("Reza\x1b[2J", 123_450, "Qom"), ("نام‌های دراز", -5, ""), (&"x".repeat(90), 0, "Y")]
        {
            table.row(&[Cell::text(name), Cell::Money(spent), Cell::text(city)]).unwrap();
        }
        table.finish().unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], format!("name{}     spent  city", " ".repeat(36)));
        assert_eq!(lines[1], format!("Reza^[[2J{}  1,234.50  Qom", " ".repeat(31)));
        assert!(lines[2].ends_with("-0.05"), "{text}");
        assert!(lines[3].contains('…') && lines[3].ends_with("0.00  Y"), "{text}");
        assert!(!text.contains('\x1b'));
    }
}
