//! What can go wrong with a store: each error says what was tried, what is wrong, what to do next.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::engine::Expect;
use super::table::Table;

/// A failure of the store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// A precondition of a batch did not hold; nothing of the batch was written.
    #[error(
        "the change was not saved: {table:?} {} was expected {expected} and is {}; read it again and repeat the change",
        Hex(key), Found(*found)
    )]
    Conflict { table: Table, key: Vec<u8>, expected: Expect, found: Option<u64> },

    /// Another process holds the store. `pid` is 0 when the holder left no number.
    #[error(
        "the store {} cannot be opened: process {pid} is using it; close that one or choose another store with --store",
        path.display()
    )]
    InUse { path: PathBuf, pid: u32 },

    /// Something in the store was written by a newer version of this program.
    #[error(
        "{what} has version {found}, and this program knows versions up to {known}; use a newer vafa to open it"
    )]
    Newer { what: String, found: u64, known: u64 },

    /// The store as a whole cannot be trusted.
    #[error(
        "the store {} is damaged: {detail}; keep a copy of the folder, then bring back a backup with `vafa restore FILE`",
        path.display()
    )]
    Damaged { path: PathBuf, detail: String },

    /// One row does not match its checksum or its form.
    #[error(
        "a record cannot be read: {table:?} {} is damaged; look at the whole store with `vafa check --deep`, then bring back a backup with `vafa restore FILE`",
        Hex(key)
    )]
    Corrupt { table: Table, key: Vec<u8> },

    /// An earlier write failed, so nothing more is written until the program starts again.
    #[error(
        "nothing was saved: the store is read-only since an earlier write failed ({reason}); everything saved before is safe; mend the cause and start vafa again"
    )]
    ReadOnly { reason: String },

    /// No room left on the disk.
    #[error(
        "nothing was saved: no room left on the disk ({detail}); make room and start vafa again; everything saved before is safe"
    )]
    Full { detail: String },

    /// A record or key over the limit.
    #[error(
        "the change was not saved: {table:?} {} would take {size} bytes and the most is {limit}; shorten it",
        Hex(key)
    )]
    TooLarge { table: Table, key: Vec<u8>, size: usize, limit: usize },

    /// A batch named a table that only the engine writes.
    #[error(
        "the change was not saved: the table {table:?} is written by the store alone; this is a mistake in vafa, please report it"
    )]
    Inner { table: Table },

    /// The operating system refused something.
    #[error("{doing} failed: {message}; mend the cause and start vafa again")]
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

/// Bytes as hexadecimal digits, for messages.
struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What a precondition met instead, in words.
struct Found(Option<u64>);

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(revision) => write!(f, "at revision {revision}"),
            None => f.write_str("not there"),
        }
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
                ["Customer 00ff", "at revision 3 and is at revision 4", "read it again"],
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
        }
    }
}
