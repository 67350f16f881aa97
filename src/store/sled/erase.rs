//! A store without what somebody wants forgotten.
//!
//! Deleted rows live on in two places: in the log of changes, as what was there before, and in
//! the parts of sled's file that it has not used again. So the whole store is written anew beside
//! the old one, without those bytes, and the two change names in one step. The chain of hashes
//! still closes: it covers digests of old values, and those are kept.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::super::backup;
use super::super::change;
use super::super::engine::Engine;
use super::super::error::StoreError;
use super::super::ledger::Rows;
use super::super::table::Table;
use super::open::{OpenOptions, open};
use super::restore::Filling;

/// Says of which rows the old values are to be forgotten.
pub type Forgotten<'f> = dyn Fn(Table, &[u8]) -> bool + 'f;

/// Forgets every old value of the rows that `forgotten` names; how many old values that were.
///
/// The rows themselves must have been deleted before; those still there are kept. The store must
/// not be open. Stopped half way, the store is as before, and this can be done again.
pub fn erase(
    dir: &Path,
    options: OpenOptions,
    forgotten: &Forgotten<'_>,
) -> Result<u64, StoreError> {
    let failed = |doing: &str, path: &Path| {
        let doing = format!("{doing} {}", path.display());
        move |error: io::Error| StoreError::io(doing, &error)
    };
    let old = open(dir, options)?;
    let beside = beside(dir);
    let mut erased = 0;
    let mut new = Filling::start(&beside, options)?;
    backup::copy(&old, &mut |_| {}, &mut |row, value| match row.first() {
        Some(table) if *table == Table::Change as u8 => Ok(()),
        _ => new.put(row.to_vec(), value.to_vec()),
    })?;
    let head = old.wait(0, std::time::Duration::ZERO)?;
    change::walk(&old, 0, head, &mut |mut change| {
        for row in &mut change.rows {
            let named = Table::try_from(row.table).is_ok_and(|table| forgotten(table, &row.key.0));
            if named && row.before.erase() {
                erased += 1;
            }
        }
        let mut rows = Rows::new();
        change.put(&mut rows)?;
        for (row, value) in rows {
            new.put(row, value.unwrap_or_default())?;
        }
        Ok(true)
    })?;
    new.end()?;
    renameat_with(CWD, &beside, CWD, dir, RenameFlags::EXCHANGE)
        .map_err(|error| failed("changing the names of", dir)(error.into()))?;
    drop(old);
    fs::remove_dir_all(&beside).map_err(failed("removing", &beside))?;
    if let Some(parent) = dir.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        File::open(parent)
            .and_then(|parent| parent.sync_all())
            .map_err(failed("syncing", parent))?;
    }
    Ok(erased)
}

/// Where the other store lies while it is written, or until it is removed.
fn beside(dir: &Path) -> PathBuf {
    let mut name = dir.file_name().unwrap_or_default().to_owned();
    name.push(".erasing");
    dir.with_file_name(name)
}

/// Removes what an erasure that was stopped left beside the store; for those who hold its lock.
pub(super) fn remove_leftover(dir: &Path) -> Result<(), StoreError> {
    let beside = beside(dir);
    match fs::remove_dir_all(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::io(format!("removing {}", beside.display()), &error))
        }
        _ => Ok(()),
    }
}
