//! A file of rows: found out once, read as often as needed.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::columns::{Columns, Map};
use super::delimited::{Delimited, Delimiter};
use super::encoding::{self, Decoded, Encoding};
use super::fault::{Fault, RowError};
use super::objects::Objects;
use super::row::Row;
use super::{ImportError, Kind};
use crate::exchange::Format;

/// How a file is written; what is `None` is found out.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub format: Option<Format>,
    pub encoding: Option<Encoding>,
    pub delimiter: Option<Delimiter>,
    /// The first row holds no titles.
    pub no_header: bool,
}

/// A file whose form is known.
#[derive(Debug)]
pub struct Source {
    pub path: PathBuf,
    pub size: u64,
    pub format: Format,
    pub encoding: Encoding,
    pub delimiter: Delimiter,
    no_header: bool,
    file: File,
    /// Bytes read so far in this pass.
    pub read: Arc<AtomicU64>,
}

/// What is looked at to find the format and the delimiter.
const BEGINNING: u64 = 64 * 1024;

impl Source {
    /// Opens a file, if it is not, and finds out its form.
    pub fn open(path: &Path, opened: Option<&File>, form: &Form) -> Result<Self, ImportError> {
        let failed = |error| ImportError::Open { path: path.to_path_buf(), error };
        let mut file = match opened {
            Some(opened) => opened.try_clone().map_err(failed)?,
            None => File::open(path).map_err(failed)?,
        };
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let about = file.metadata().map_err(failed)?;
        if !about.is_file() {
            return Err(ImportError::NotAFile { path: path.to_path_buf() });
        }
        if about.len() == 0 {
            return Err(ImportError::Empty { path: path.to_path_buf() });
        }
        let mut beginning = Vec::new();
        file.by_ref().take(BEGINNING).read_to_end(&mut beginning).map_err(failed)?;
        if beginning.starts_with(b"PK\x03\x04") || beginning.starts_with(b"\x1f\x8b") {
            return Err(ImportError::Packed { path: path.to_path_buf() });
        }
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let encoding = match form.encoding {
            Some(encoding) => encoding,
            None => encoding::detect(&file).map_err(failed)?,
        };
        let mut text = Vec::new();
        Decoded::new(&beginning[..], encoding).read_to_end(&mut text).map_err(failed)?;
        let first = text.iter().find(|b| !b.is_ascii_whitespace());
        let named = path.extension().and_then(|e| e.to_str()).and_then(Format::of_extension);
        let format = form.format.or(named).unwrap_or(match first {
            Some(b'{') => Format::Jsonl,
            _ => Format::Csv,
        });
        Ok(Self {
            path: path.to_path_buf(),
            size: about.len(),
            format,
            encoding,
            delimiter: form.delimiter.unwrap_or_else(|| Delimiter::detect(&text)),
            no_header: form.no_header,
            file,
            read: Arc::default(),
        })
    }

    /// The form in words that hold in every language.
    pub fn described(&self) -> String {
        let delimiter = match (self.format, self.delimiter) {
            (Format::Jsonl, _) => "JSON Lines".to_owned(),
            (Format::Csv, Delimiter::Blanks) => "space".to_owned(),
            (Format::Csv, Delimiter::Char('\t')) => "tab".to_owned(),
            (Format::Csv, Delimiter::Char(c)) => format!("'{c}'"),
        };
        format!("{}, {delimiter}", self.encoding.name())
    }

    /// Reads the rows from the beginning.
    pub fn rows(&self, kind: Kind, maps: &[Map]) -> Result<Rows, ImportError> {
        let failed = |error| ImportError::Read { path: self.path.clone(), error };
        let mut file = self.file.try_clone().map_err(failed)?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        self.read.store(0, Ordering::Relaxed);
        let counted = Counted { file, read: Arc::clone(&self.read) };
        let text = Decoded::new(counted, self.encoding);
        let mut rows = Rows {
            path: self.path.clone(),
            kind,
            maps: maps.to_vec(),
            columns: Columns::default(),
            reader: match self.format {
                Format::Jsonl => Reader::Objects(Box::new(Objects::new(text))),
                Format::Csv => Reader::Delimited(Box::new(Delimited::new(text, self.delimiter))),
            },
            row: Row::default(),
            waiting: None,
        };
        rows.read_titles(self.no_header)?;
        Ok(rows)
    }
}

struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(into)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

enum Reader {
    Delimited(Box<Delimited<Decoded<Counted>>>),
    Objects(Box<Objects<Decoded<Counted>>>),
}

/// The rows of a file, one after the other.
pub struct Rows {
    path: PathBuf,
    kind: Kind,
    maps: Vec<Map>,
    /// Where the columns go; grows while objects bring new keys.
    pub columns: Columns,
    reader: Reader,
    /// The row at hand.
    pub row: Row,
    /// The first row of a file without titles, read already.
    waiting: Option<Result<(), Fault>>,
}

impl Rows {
    fn read_titles(&mut self, no_header: bool) -> Result<(), ImportError> {
        let Reader::Delimited(reader) = &mut self.reader else { return Ok(()) };
        let failed = |error| ImportError::Read { path: self.path.clone(), error };
        let Some(first) = reader.next(&mut self.row).map_err(failed)? else {
            return Err(ImportError::Empty { path: self.path.clone() });
        };
        let titles: Vec<String> = if no_header {
            self.waiting = Some(first);
            vec![String::new(); self.row.width()]
        } else {
            let line = self.row.line;
            first.map_err(|fault| ImportError::Titles { path: self.path.clone(), line, fault })?;
            (0..self.row.width()).map(|i| self.row.cell(i).0.to_owned()).collect()
        };
        self.columns = Columns::resolve(self.kind, &titles, no_header, &self.maps)?;
        Ok(())
    }

    /// Reads the next row that is not blank; `false` at the end of the file.
    pub fn read(&mut self) -> Result<Option<Result<(), RowError>>, ImportError> {
        loop {
            let read = if let Some(first) = self.waiting.take() {
                Some(first)
            } else {
                let read = match &mut self.reader {
                    Reader::Delimited(reader) => reader.next(&mut self.row),
                    Reader::Objects(reader) => reader.next(&mut self.row),
                };
                read.map_err(|error| ImportError::Read { path: self.path.clone(), error })?
            };
            let Some(read) = read else { return Ok(None) };
            if read.is_ok() && self.row.is_blank() {
                continue;
            }
            let checked = match read {
                Ok(()) => self.check_width()?,
                Err(fault) => Err(fault),
            };
            let line = self.row.line;
            return Ok(Some(checked.map_err(|fault| RowError {
                line,
                column: None,
                value: shown(&self.row, &fault),
                fault,
            })));
        }
    }

    fn check_width(&mut self) -> Result<Result<(), Fault>, ImportError> {
        if let Reader::Objects(reader) = &self.reader {
            self.columns.extend(self.kind, reader.keys(), &self.maps)?;
            return Ok(Ok(()));
        }
        let (expected, found) = (self.columns.width(), self.row.width());
        let spare = (expected..found).all(|place| self.row.cell(place).0.is_empty());
        if found < expected || !spare {
            return Ok(Err(Fault::Columns { expected, found }));
        }
        Ok(Ok(()))
    }

    /// Checks, at the end of a file of objects, that every mapped key was there.
    pub fn check_maps(&self) -> Result<(), ImportError> {
        let Reader::Objects(reader) = &self.reader else { return Ok(()) };
        Columns::resolve(self.kind, reader.keys(), false, &self.maps)?;
        Ok(())
    }

    /// The row as it stands in the file, for objects.
    pub fn object(&self) -> Option<String> {
        match &self.reader {
            Reader::Delimited(_) => None,
            Reader::Objects(reader) => Some(reader.source().into_owned()),
        }
    }
}

/// The beginning of a row that cannot be cut into cells.
fn shown(row: &Row, fault: &Fault) -> Option<String> {
    let worth = !matches!(fault, Fault::Columns { .. } | Fault::TooLong { .. });
    (worth && !row.text().is_empty()).then(|| super::fault::shortened(row.text().trim()))
}
