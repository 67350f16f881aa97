//! Loaders for the published data. Never copies them into the project.

use std::collections::BTreeMap;
use std::path::PathBuf;

use vafa::domain::{Day, DayTotal, History};
use vafa::insight::{Summary, summarise};

/// The folder of the published data: beside the project, or the one VAFA_SHARED names.
pub fn folder() -> PathBuf {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    std::env::var_os("VAFA_SHARED").map_or(beside, PathBuf::from)
}

/// A file of it.
pub fn read(file: &str) -> String {
    let path = folder().join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("needs {}: {e}", path.display()))
}

/// Rows of a CSV with a heading, as text by column name.
pub struct Table {
    heads: csv::StringRecord,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    pub fn read(file: &str) -> Self {
        let text = read(file);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let heads = reader.headers().expect("a heading").clone();
        let rows = reader.records().collect::<Result<_, _>>().expect("rows");
        Self { heads, rows }
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|row| Row { heads: &self.heads, row })
    }
}

#[derive(Clone, Copy)]
pub struct Row<'a> {
    heads: &'a csv::StringRecord,
    row: &'a csv::StringRecord,
}

impl<'a> Row<'a> {
    pub fn text(&self, column: &str) -> &'a str {
        let at = self.heads.iter().position(|h| h == column).expect(column);
        self.row.get(at).expect(column)
    }

    pub fn number(&self, column: &str) -> f64 {
        self.text(column).parse().expect(column)
    }
}

/// The CDNOW sample by its own customer number (1 to 2,357), amounts in cents.
pub fn cdnow() -> BTreeMap<u32, History> {
    let mut customers: BTreeMap<u32, History> = BTreeMap::new();
    for line in read("data/CDNOW_sample.txt").lines() {
        let f: Vec<&str> = line.split_whitespace().collect();
        let date = f[2].parse::<i32>().expect("a date as yyyymmdd");
        let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
        customers.entry(f[1].parse().expect("a number")).or_default().add(DayTotal {
            day: day_of(year as i16, month as i8, day as i8),
            sales: 1,
            revenue: (f[4].parse::<f64>().expect("an amount") * 100.0).round() as i64,
            ..DayTotal::default()
        });
    }
    customers
}

/// End of the 39 weeks the models are fitted on.
pub fn calibration_end() -> Day {
    day_of(1997, 9, 30)
}

pub fn day_of(year: i16, month: i8, day: i8) -> Day {
    Day::of(jiff::civil::date(year, month, day))
}

/// The CDNOW sample at the end of the calibration weeks.
pub fn cdnow_summaries() -> Vec<Summary> {
    cdnow().values().filter_map(|history| summarise(history, calibration_end(), 100.0)).collect()
}

/// Fails with the case when two numbers differ by more than a part of the wanted one.
#[track_caller]
pub fn close(found: f64, wanted: f64, relative: f64, case: &str) {
    let room = relative * wanted.abs();
    assert!((found - wanted).abs() <= room, "{case}: found {found}, wanted {wanted} ± {room:e}");
}

/// The same in absolute terms.
#[track_caller]
pub fn near(found: f64, wanted: f64, room: f64, case: &str) {
    assert!((found - wanted).abs() <= room, "{case}: found {found}, wanted {wanted} ± {room:e}");
}
