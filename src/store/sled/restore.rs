//! A store made from a backup.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::super::backup::{self, Saved};
use super::super::error::StoreError;
use super::super::ledger::Rows;
use super::open::{OpenOptions, open_tree, shared};
use super::{folder, guard, writer};

/// Rows that are written in one step.
const STEP: usize = 1000;

/// Makes the store `dir`, which must not be there, from the backup `input`.
///
/// The store grows in a folder beside it and gets its name only when it is whole and safe: stopped
/// half way, there is no store. A leftover of that is removed the next time.
pub fn restore(
    dir: &Path,
    options: OpenOptions,
    input: &mut dyn Read,
    progress: &mut dyn FnMut(u64),
) -> Result<Saved, StoreError> {
    let failed = |doing: &str, path: &Path| {
        let doing = format!("{doing} {}", path.display());
        move |error: io::Error| StoreError::io(doing, &error)
    };
    if fs::symlink_metadata(dir).is_ok() {
        let there = io::Error::from(io::ErrorKind::AlreadyExists);
        return Err(failed("restoring into", dir)(there));
    }
    let mut name = dir.file_name().map_or_else(|| OsString::from("store"), OsString::from);
    name.push(".restoring");
    let beside = dir.with_file_name(name);
    match fs::remove_dir_all(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(failed("removing", &beside)(error));
        }
        _ => {}
    }
    let saved = fill(&beside, options, input, progress)?;
    fs::rename(&beside, dir).map_err(failed("naming", dir))?;
    if let Some(parent) = dir.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        File::open(parent)
            .and_then(|parent| parent.sync_all())
            .map_err(failed("syncing", parent))?;
    }
    Ok(saved)
}

fn fill(
    dir: &Path,
    options: OpenOptions,
    input: &mut dyn Read,
    progress: &mut dyn FnMut(u64),
) -> Result<Saved, StoreError> {
    let folder = folder::prepare(dir)?;
    let tree = open_tree(dir, options)?;
    let shared = Arc::new(shared(dir, &tree));
    let mut step = Rows::new();
    let mut written = 0;
    let saved = backup::read(input, &mut |row, value| {
        step.insert(row, Some(value));
        if step.len() < STEP {
            return Ok(());
        }
        written += step.len() as u64;
        progress(written);
        writer::apply(&shared, &tree, std::mem::take(&mut step))
    })?;
    writer::apply(&shared, &tree, step)?;
    shared.guarded("writing", || tree.flush())?;
    folder::settle(dir)
        .map_err(|error| StoreError::io(format!("syncing {}", dir.display()), &error))?;
    drop(shared);
    guard::close(tree);
    drop(folder);
    Ok(saved)
}
