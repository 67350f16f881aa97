//! What can go wrong with a store: each error says what was tried, what is wrong, what to do next.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::engine::Expect;
use super::table::Table;
use crate::text::words::store as words;
use crate::text::{Arg, Lang, SafeText, os_error_of, ungrouped};

/// A failure of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// A precondition of a batch did not hold; nothing of the batch was written.
    Conflict { table: Table, key: Vec<u8>, expected: Expect, found: Option<u64> },

    /// Another process holds the store. `pid` is 0 when the holder left no number.
    InUse { path: PathBuf, pid: u32 },

    /// Something in the store was written by a newer version of this program.
    Newer { what: String, found: u64, known: u64 },

    /// The store as a whole cannot be trusted.
    Damaged { path: PathBuf, detail: String },

    /// One row does not match its checksum or its form.
    Corrupt { table: Table, key: Vec<u8> },

    /// An earlier write failed, so nothing more is written until the program starts again.
    ReadOnly { reason: String },

    /// No room left on the disk.
    Full { detail: String },

    /// So little room is left on the disk, in bytes, that nothing is begun.
    Short { free: u64, reserve: u64 },

    /// A record or key over the limit.
    TooLarge { table: Table, key: Vec<u8>, size: usize, limit: usize },

    /// A batch named a table that only the engine writes.
    Inner { table: Table },

    /// The operating system refused something.
    Io { doing: String, kind: io::ErrorKind, message: String },
}

impl StoreError {
    /// Wraps an error of the operating system; a full disk becomes [`StoreError::Full`].
    pub(crate) fn io(doing: impl Into<String>, error: &io::Error) -> Self {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        let doing = doing.into();
        if matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge) {
            return Self::Full { detail: format!("{doing}: {error}") };
        }
        Self::Io { doing, kind: error.kind(), message: error.to_string() }
    }

    /// A store that cannot be trusted as a whole.
    pub(crate) fn damaged(path: &Path, detail: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_path_buf(), detail: detail.into() }
    }
}

impl StoreError {
    /// What was tried, what is wrong and what to do next. Details for whoever mends the program stay
    /// as the program has them.
    pub fn words(&self, lang: Lang) -> SafeText {
        let any = |text: &str| -> Arg { SafeText::clean(text).into() };
        let path = |path: &Path| ("path", any(&path.display().to_string()));
        let row = |table: &Table, key: &[u8]| ("row", any(&format!("{table:?} {}", Hex(key))));
        match self {
            Self::Conflict { table, key, .. } => words::CONFLICT.with(lang, &[row(table, key)]),
            Self::InUse { path: at, pid: 0 } => words::IN_USE_BY_SOMEBODY.with(lang, &[path(at)]),
            Self::InUse { path: at, pid } => {
                let pid = ungrouped(u64::from(*pid), lang).into();
                words::IN_USE.with(lang, &[path(at), ("pid", pid)])
            }
            Self::Newer { what, found, known } => words::NEWER.with(
                lang,
                &[("what", any(what)), ("found", (*found).into()), ("known", (*known).into())],
            ),
            Self::Damaged { path: at, detail } => {
                words::DAMAGED.with(lang, &[path(at), ("detail", any(detail))])
            }
            Self::Corrupt { table, key } => words::CORRUPT.with(lang, &[row(table, key)]),
            Self::ReadOnly { reason } => words::READ_ONLY.with(lang, &[("reason", any(reason))]),
            Self::Full { detail } => words::FULL.with(lang, &[("detail", any(detail))]),
            Self::Short { free, reserve } => {
                let megabytes = |bytes: &u64| Arg::from(bytes.div_ceil(1 << 20));
                words::SHORT
                    .with(lang, &[("free", megabytes(free)), ("reserve", megabytes(reserve))])
            }
            Self::TooLarge { table, key, size, limit } => words::TOO_LARGE.with(
                lang,
                &[row(table, key), ("size", (*size).into()), ("limit", (*limit).into())],
            ),
            Self::Inner { table } => {
                words::INNER.with(lang, &[("table", any(&format!("{table:?}")))])
            }
            Self::Io { doing, kind, message } => {
                let why = os_error_of(*kind, message, lang).into();
                words::IO.with(lang, &[("doing", any(doing)), ("why", why)])
            }
        }
    }
}

impl std::error::Error for StoreError {}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words(Lang::En).fmt(f)
    }
}

/// Bytes as hexadecimal digits, for messages.
struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_say_what_to_do_next() {
        let path = PathBuf::from("/var/store");
        let key = vec![0, 255];
        for (error, words) in [
            (
                StoreError::Conflict {
                    table: Table::Customer,
                    key: key.clone(),
                    expected: Expect::Revision(3),
                    found: Some(4),
                },
                ["Customer 00ff", "somebody changed", "read it again"],
            ),
            (
                StoreError::InUse { path: path.clone(), pid: 77 },
                ["/var/store", "process 77", "close that one"],
            ),
            (
                StoreError::damaged(&path, "the head row is missing"),
                ["/var/store", "the head row is missing", "vafa restore"],
            ),
            (
                StoreError::Corrupt { table: Table::Task, key },
                ["Task 00ff", "damaged", "vafa restore"],
            ),
            (
                StoreError::Short { free: 3 << 20, reserve: 32 << 20 },
                ["nothing was saved", "3 MB", "make room and try again"],
            ),
            (
                StoreError::io("writing", &io::Error::from(io::ErrorKind::StorageFull)),
                ["nothing was saved", "writing", "make room"],
            ),
            (
                StoreError::io("opening", &io::Error::from(io::ErrorKind::PermissionDenied)),
                ["opening failed", "permission denied", "start vafa again"],
            ),
        ] {
            let message = error.to_string();
            for word in words {
                assert!(message.contains(word), "{word:?} is not in {message:?}");
            }
            let persian = error.words(Lang::Fa);
            assert!(persian.as_str().contains('؛'), "{persian}");
        }
    }
}
