//! Why a file was not imported. Nothing of it is kept.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::desk::Refusal;
use crate::desk::tell::refusal_in;
use crate::text::words::files;
use crate::text::{Arg, Lang, Phrase, SafeText, os_error};

use super::columns::MapError;
use super::fault::{Fault, plain, text};
use super::run::Report;

/// Why a file was not imported.
#[derive(Debug)]
pub enum ImportError {
    /// It cannot be opened.
    Open { path: PathBuf, error: io::Error },
    /// A folder, a pipe.
    NotAFile { path: PathBuf },
    /// A spreadsheet or an archive.
    Packed { path: PathBuf },
    /// There is nothing in it.
    Empty { path: PathBuf },
    /// The first row cannot be read.
    Titles { path: PathBuf, line: u64, fault: Fault },
    /// Columns and fields do not come together.
    Map(MapError),
    /// Reading stopped before the end.
    Read { path: PathBuf, error: io::Error },
    /// Some rows are bad.
    BadRows(Box<Report>),
    /// The second reading was not like the first.
    Changed { path: PathBuf },
    /// The bad rows cannot be written.
    Skip { path: PathBuf, error: io::Error },
    /// The file for the bad rows is there.
    SkipExists { path: PathBuf },
    /// The desk refused.
    Refused(Refusal),
}

impl From<MapError> for ImportError {
    fn from(error: MapError) -> Self {
        Self::Map(error)
    }
}

impl From<Refusal> for ImportError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl std::error::Error for ImportError {}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words(Lang::En).fmt(f)
    }
}

impl ImportError {
    /// What was tried, what is wrong and what to do.
    pub fn words(&self, lang: Lang) -> SafeText {
        let about = |phrase: Phrase, path: &Path| phrase.with(lang, &[("path", name(path))]);
        let failed = |phrase: Phrase, path: &Path, error: &io::Error| {
            phrase.with(lang, &[("path", name(path)), ("error", os_error(error, lang).into())])
        };
        match self {
            Self::Open { path, error } => failed(files::CANNOT_OPEN, path, error),
            Self::NotAFile { path } => about(files::NOT_A_FILE, path),
            Self::Packed { path } => about(files::PACKED, path),
            Self::Empty { path } => about(files::EMPTY, path),
            Self::Titles { path, line, fault } => files::BAD_TITLES.with(
                lang,
                &[
                    ("path", name(path)),
                    ("line", plain(*line, lang)),
                    ("fault", fault.words(lang).into()),
                ],
            ),
            Self::Map(error) => error.words(lang),
            Self::Read { path, error } => failed(files::CANNOT_READ, path, error),
            Self::BadRows(report) => files::BAD_ROWS
                .with(lang, &[("bad", report.bad.into()), ("rows", report.rows.into())]),
            Self::Changed { path } => about(files::FILE_CHANGED, path),
            Self::Skip { path, error } => failed(files::CANNOT_WRITE, path, error),
            Self::SkipExists { path } => about(files::SKIP_EXISTS, path),
            Self::Refused(refusal) => refusal_in(refusal, lang),
        }
    }
}

fn name(path: &Path) -> Arg {
    text(&path.display().to_string())
}
