//! The bad rows of an import, written as they stood with the reason beside them, so that they can be
//! mended and imported again. The file is made with the first of them and never written over.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::text::Lang;

use super::delimited::Delimiter;
use super::fault::RowError;
use super::pass::Kept;
use super::row::Row;

/// Title of the column of reasons.
pub const REASON: &str = "vafa_error";

/// The file of bad rows.
pub struct Skipped {
    path: PathBuf,
    delimiter: Delimiter,
    /// Titles of the columns; `None` for files without.
    titles: Option<Vec<String>>,
    file: Option<BufWriter<File>>,
    lang: Lang,
}

impl Skipped {
    /// A file that will be at `path`.
    pub fn new(path: &Path, delimiter: Delimiter, titles: Option<Vec<String>>, lang: Lang) -> Self {
        Self { path: path.to_path_buf(), delimiter, titles, file: None, lang }
    }

    /// Writes rows with what is wrong with them; a row without an error of its own shares the first.
    pub fn write(&mut self, rows: &[Kept], errors: &[RowError]) -> io::Result<()> {
        for kept in rows {
            let own = errors.iter().find(|e| e.line == kept.row.line);
            let Some(error) = own.or_else(|| errors.first()) else { continue };
            let reason = error.words(self.lang).plain().into_owned();
            let line = match &kept.object {
                Some(object) => object_with(object, reason),
                None => self.row_with(&kept.row, &reason),
            };
            self.file()?.write_all(line.as_bytes())?;
        }
        Ok(())
    }

    /// True when there were bad rows, all of them written.
    pub fn finish(self) -> io::Result<bool> {
        match self.file {
            None => Ok(false),
            Some(mut file) => file.flush().map(|()| true),
        }
    }

    fn file(&mut self) -> io::Result<&mut BufWriter<File>> {
        if self.file.is_none() {
            let made = OpenOptions::new().write(true).create_new(true).open(&self.path)?;
            let mut made = BufWriter::new(made);
            if let Some(titles) = self.titles.take() {
                let cells = titles.iter().map(String::as_str).chain([REASON]);
                made.write_all(self.joined(cells).as_bytes())?;
            }
            self.file = Some(made);
        }
        self.file.as_mut().ok_or_else(|| io::Error::other("no file"))
    }

    fn row_with(&self, row: &Row, reason: &str) -> String {
        self.joined((0..row.width()).map(|place| row.raw(place)).chain([reason]))
    }

    fn joined<'t>(&self, cells: impl Iterator<Item = &'t str>) -> String {
        let mut line = String::new();
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                line.push(match self.delimiter {
                    Delimiter::Char(c) => c,
                    Delimiter::Blanks => ' ',
                });
            }
            if self.needs_quotes(cell) {
                line.push('"');
                line.push_str(&cell.replace('"', "\"\""));
                line.push('"');
            } else {
                line.push_str(cell);
            }
        }
        line.push('\n');
        line
    }

    fn needs_quotes(&self, cell: &str) -> bool {
        let delimiter = match self.delimiter {
            Delimiter::Char(c) => cell.contains(c),
            Delimiter::Blanks => cell.is_empty() || cell.contains([' ', '\t']),
        };
        delimiter || cell.contains(['"', '\n', '\r'])
    }
}

fn object_with(object: &str, reason: String) -> String {
    let mut map = serde_json::from_str::<Map<String, Value>>(object).unwrap_or_else(|_| {
        Map::from_iter([("vafa_text".to_owned(), Value::String(object.to_owned()))])
    });
    map.insert(REASON.to_owned(), Value::String(reason));
    let mut line = Value::Object(map).to_string();
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::delimited::Delimited;
    use crate::exchange::import::fault::Fault;

    #[test]
    fn bad_rows_can_be_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let error = RowError { line: 1, column: None, value: None, fault: Fault::NoSuchDate };
        let cells = ["a b", "", "say \"hi\"", "two\nlines", "semi;colon", "رضا"];
        for (name, delimiter) in
            [("a", Delimiter::Char(';')), ("b", Delimiter::Blanks), ("c", Delimiter::Char('،'))]
        {
            let path = folder.path().join(name);
            let titles = cells.iter().map(|c| (*c).to_owned()).collect();
            let mut skipped = Skipped::new(&path, delimiter, Some(titles), Lang::En);
            let mut row = Row::default();
            row.begin(1);
            for (place, cell) in cells.iter().enumerate() {
                row.set(place, super::super::row::CellKind::Text, cell);
            }
            skipped.write(&[Kept { row, object: None }], std::slice::from_ref(&error)).unwrap();
            assert!(skipped.finish().unwrap());
            let mut reader = Delimited::new(File::open(&path).unwrap(), delimiter);
            let mut row = Row::default();
            for last in [REASON, "line 1: there is no such date"] {
                assert_eq!(reader.next(&mut row).unwrap(), Some(Ok(())));
                let read: Vec<&str> = (0..row.width()).map(|i| row.raw(i)).collect();
                assert_eq!(read[..6], cells);
                assert_eq!(read[6..], [last]);
            }
            let mut again = Skipped::new(&path, delimiter, None, Lang::En);
            let kept = [Kept::default()];
            assert!(again.write(&kept, std::slice::from_ref(&error)).is_err(), "written over");
        }
    }

    #[test]
    fn bad_objects_keep_their_keys() {
        let error = RowError { line: 3, column: None, value: None, fault: Fault::Missing };
        let line = object_with("{\"name\":null}", error.words(Lang::En).to_string());
        let value: Value = serde_json::from_str(&line).unwrap();
        assert!(value["vafa_error"].as_str().is_some_and(|e| e.starts_with("line 3")));
        assert!(value.as_object().is_some_and(|o| o.contains_key("name")));
        let value: Value =
            serde_json::from_str(&object_with("{\"na", error.words(Lang::Fa).to_string())).unwrap();
        assert_eq!(value["vafa_text"], "{\"na");
    }
}
