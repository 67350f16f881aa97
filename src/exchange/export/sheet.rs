//! Cells, and the ways they are written: comma-separated, or an object a line. Data leaves exactly as
//! it is kept; only towards a terminal is it cleaned.

use std::fmt::Write as _;
use std::io::{self, Write};

use jiff::Timestamp;

use crate::domain::Day;
use crate::exchange::Format;
use crate::text::{Phrase, SafeText};

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    None,
    Text(String),
    /// An id or an address: left to right, and worth nothing when it is cut.
    Code(String),
    /// A phone number as the store keeps it.
    Phone(String),
    /// A word of the business: its name for machines, and its words for people.
    Term(&'static str, Phrase),
    /// Several; a list in objects, with semicolons in cells.
    Items(Vec<String>),
    Count(i64),
    Real(f64),
    /// A share, 0 to 1.
    Share(f64),
    /// Minor units.
    Money(i64),
    /// Thousandths.
    Quantity(i64),
    Day(Day),
    Time(Timestamp),
    Yes(bool),
    /// Anything with a shape of its own, in objects; its words in cells.
    Data(serde_json::Value, SafeText),
}

impl Cell {
    /// A text, or nothing when it is empty.
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::None } else { Self::Text(text.to_owned()) }
    }

    /// An id or an address, or nothing when it is empty.
    pub fn code(text: &str) -> Self {
        if text.is_empty() { Self::None } else { Self::Code(text.to_owned()) }
    }

    /// A phone number.
    pub fn phone(number: &str) -> Self {
        Self::Phone(number.to_owned())
    }

    /// A day, or nothing when there is none.
    pub fn day(day: Day) -> Self {
        if day.is_known() { Self::Day(day) } else { Self::None }
    }

    /// A figure of few digits as it reads, without the tail a wider type would add.
    pub fn share(value: f32) -> Self {
        value.to_string().parse().map_or(Self::None, Self::Share)
    }

    /// What `make` makes of a value that may be missing.
    pub fn of<T>(value: Option<T>, make: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::None, make)
    }

    /// As it stands in a cell of a text file; `decimals` of the store's money.
    pub fn plain(&self, decimals: u8) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) | Self::Code(text) | Self::Phone(text) => text.clone(),
            Self::Term(name, _) => (*name).to_owned(),
            Self::Items(items) => items.join("; "),
            Self::Count(n) => n.to_string(),
            Self::Real(x) | Self::Share(x) if x.is_finite() => x.to_string(),
            Self::Real(_) | Self::Share(_) => String::new(),
            Self::Money(minor) => decimal(*minor, decimals),
            Self::Quantity(thousandths) => trimmed(&decimal(*thousandths, 3)),
            Self::Day(day) => day.to_string(),
            Self::Time(at) => at.to_string(),
            Self::Yes(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Self::Data(_, words) => words.plain().into_owned(),
        }
    }

    /// As it stands in an object.
    fn json(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::None => Value::Null,
            Self::Text(text) | Self::Code(text) | Self::Phone(text) => Value::from(text.as_str()),
            Self::Term(name, _) => Value::from(*name),
            Self::Items(items) => Value::from(items.clone()),
            Self::Count(n) | Self::Money(n) => Value::from(*n),
            Self::Real(x) | Self::Share(x) => Value::from(*x),
            Self::Quantity(n) if n % 1000 == 0 => Value::from(n / 1000),
            Self::Quantity(n) => Value::from(*n as f64 / 1000.0),
            Self::Day(day) => Value::from(day.to_string()),
            Self::Time(at) => Value::from(at.to_string()),
            Self::Yes(yes) => Value::from(*yes),
            Self::Data(value, _) => value.clone(),
        }
    }
}

/// A count of units of `decimals` digits, exactly.
pub fn decimal(units: i64, decimals: u8) -> String {
    let places = usize::from(decimals.min(18));
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let sign = if units < 0 { "-" } else { "" };
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

fn trimmed(decimal: &str) -> String {
    decimal.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// An object as a line that no terminal can obey: what JSON leaves as it is although it could steer
/// a screen is escaped. Its meaning is the same.
pub fn json_line(value: &serde_json::Value) -> String {
    let text = value.to_string();
    if text.is_ascii() && !text.contains('\x7f') {
        return text;
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            let _ = write!(safe, "\\u{:04x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Controls beyond ASCII's, and what turns the direction of text round.
fn steers(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Where rows go.
pub trait Sheet {
    /// Writes a row of as many cells as there are columns.
    fn row(&mut self, cells: &[Cell]) -> io::Result<()>;
    /// Writes what is still held back.
    fn finish(&mut self) -> io::Result<()>;
}

/// What holds for all rows.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub format: Format,
    /// Digits of the store's money after the point.
    pub decimals: u8,
    /// Begin with a byte order mark, as some spreadsheets want it.
    pub bom: bool,
    /// The output is a terminal.
    pub to_terminal: bool,
}

/// A sheet of these columns.
pub fn sheet<'w>(
    out: &'w mut dyn Write,
    columns: &[String],
    style: Style,
) -> io::Result<Box<dyn Sheet + 'w>> {
    Ok(match style.format {
        Format::Jsonl => Box::new(Lines { out, columns: columns.to_vec() }),
        Format::Csv => {
            if style.bom {
                out.write_all("\u{feff}".as_bytes())?;
            }
            let mut cells =
                Cells { out: csv::Writer::from_writer(out), style, text: String::new() };
            cells.write(columns.iter().map(String::as_str))?;
            Box::new(cells)
        }
    })
}

struct Lines<'w> {
    out: &'w mut dyn Write,
    columns: Vec<String>,
}

impl Sheet for Lines<'_> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        // By hand, so that the keys keep the order of the columns.
        let mut line = String::from("{");
        for (column, cell) in self.columns.iter().zip(cells) {
            if *cell == Cell::None && column.starts_with("field.") {
                continue;
            }
            if line.len() > 1 {
                line.push(',');
            }
            line.push_str(&json_line(&serde_json::Value::from(column.as_str())));
            line.push(':');
            line.push_str(&json_line(&cell.json()));
        }
        line.push_str("}\n");
        self.out.write_all(line.as_bytes())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

struct Cells<'w> {
    out: csv::Writer<&'w mut dyn Write>,
    style: Style,
    text: String,
}

impl Cells<'_> {
    fn write<'t>(&mut self, cells: impl Iterator<Item = &'t str>) -> io::Result<()> {
        for cell in cells {
            if self.style.to_terminal {
                self.text.clear();
                self.text.push_str(&SafeText::clean(cell).plain());
                self.out.write_field(&self.text).map_err(io_error)?;
            } else {
                self.out.write_field(cell).map_err(io_error)?;
            }
        }
        self.out.write_record(None::<&[u8]>).map_err(io_error)
    }
}

impl Sheet for Cells<'_> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        let decimals = self.style.decimals;
        let texts: Vec<String> = cells.iter().map(|c| c.plain(decimals)).collect();
        self.write(texts.iter().map(String::as_str))
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format, to_terminal: bool, cells: &[Cell]) -> String {
        let mut out = Vec::new();
        let columns: Vec<String> = (0..cells.len()).map(|i| format!("c{i}")).collect();
        let style = Style { format, decimals: 2, bom: false, to_terminal };
        let mut sheet = sheet(&mut out, &columns, style).unwrap();
        sheet.row(cells).unwrap();
        sheet.finish().unwrap();
        drop(sheet);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn rows_are_exact_in_both_formats() {
        let cells = [
            Cell::None,
            Cell::text("a, \"b\""),
            Cell::Items(vec!["x".into(), "y".into()]),
            Cell::Money(-50),
            Cell::Quantity(2500),
            Cell::day(Day(0)),
            Cell::Time("2025-03-01T10:00:00Z".parse().unwrap()),
            Cell::share(0.71),
            Cell::Real(f64::NAN),
            Cell::Yes(true),
            Cell::text("=1+1"),
        ];
        assert_eq!(
            written(Format::Csv, false, &cells),
            "c0,c1,c2,c3,c4,c5,c6,c7,c8,c9,c10\n\
             ,\"a, \"\"b\"\"\",x; y,-0.50,2.5,1970-01-01,2025-03-01T10:00:00Z,0.71,,yes,=1+1\n"
        );
        assert_eq!(
            written(Format::Jsonl, false, &cells),
            r#"{"c0":null,"c1":"a, \"b\"","c2":["x","y"],"c3":-50,"c4":2.5,"c5":"1970-01-01","c6":"2025-03-01T10:00:00Z","c7":0.71,"c8":null,"c9":true,"c10":"=1+1"}"#
                .to_owned()
                + "\n"
        );
        for (units, decimals, want) in
            [(5, 2, "0.05"), (-5, 2, "-0.05"), (7, 0, "7"), (i64::MIN, 3, "-9223372036854775.808")]
        {
            assert_eq!(decimal(units, decimals), want);
        }
    }

    #[test]
    fn nothing_that_steers_a_terminal_leaves_for_one() {
        let cells = [Cell::text("a\x1b[31m\u{9b}b\u{202e}c\u{7f}")];
        for (format, to_terminal) in
            [(Format::Jsonl, false), (Format::Jsonl, true), (Format::Csv, true)]
        {
            let text = written(format, to_terminal, &cells);
            let bad = |c: char| (c.is_control() && c != '\n') || steers(c);
            assert!(!text.contains(bad), "{text:?}");
        }
        let line = written(Format::Jsonl, true, &cells);
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["c0"], "a\x1b[31m\u{9b}b\u{202e}c\u{7f}");
    }
}
