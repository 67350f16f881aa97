//! Why a file was not imported. Nothing of it is kept.

use std::io;
use std::path::PathBuf;

use crate::desk::Refusal;

use super::columns::MapError;
use super::fault::Fault;
use super::run::Report;

/// Why a file was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{} cannot be opened: {error}", path.display())]
    Open { path: PathBuf, error: io::Error },
    #[error("{} is not a file", path.display())]
    NotAFile { path: PathBuf },
    #[error("{} is packed or a spreadsheet; save it as CSV and import that", path.display())]
    Packed { path: PathBuf },
    #[error("{} is empty", path.display())]
    Empty { path: PathBuf },
    #[error("{}, line {line}: the titles of the columns cannot be read: {fault}", path.display())]
    Titles { path: PathBuf, line: u64, fault: Fault },
    #[error(transparent)]
    Map(#[from] MapError),
    #[error("{} cannot be read to its end: {error}", path.display())]
    Read { path: PathBuf, error: io::Error },
    #[error("{} of {} rows cannot be kept", .0.bad, .0.rows)]
    BadRows(Box<Report>),
    #[error("{} was changed while it was read; nothing of it was kept", path.display())]
    Changed { path: PathBuf },
    #[error("the bad rows cannot be written to {}: {error}", path.display())]
    Skip { path: PathBuf, error: io::Error },
    #[error("{} is there already; name another file for the bad rows", path.display())]
    SkipExists { path: PathBuf },
    #[error(transparent)]
    Refused(#[from] Refusal),
}
