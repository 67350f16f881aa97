//! A store made from a backup.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::super::backup::{self, Saved};
use super::super::error::StoreError;
use super::super::ledger::Rows;
use super::folder::{self, Folder};
use super::open::{OpenOptions, open_tree, shared};
use super::{Shared, guard, writer};

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
    let mut filling = Filling::start(dir, options)?;
    let saved = backup::read(input, &mut |row, value| {
        filling.put(row, value)?;
        if filling.written.is_multiple_of(4096) {
            progress(filling.written);
        }
        Ok(())
    })?;
    filling.end()?;
    Ok(saved)
}

/// A store being made row by row, of rows that another store had.
pub(super) struct Filling {
    folder: Folder,
    shared: Shared,
    tree: ::sled::Db,
    step: Rows,
    written: u64,
}

impl Filling {
    pub(super) fn start(dir: &Path, options: OpenOptions) -> Result<Self, StoreError> {
        let folder = folder::prepare(dir)?;
        let tree = open_tree(dir, options)?;
        let shared = shared(dir, &tree);
        Ok(Self { folder, shared, tree, step: Rows::new(), written: 0 })
    }

    pub(super) fn put(&mut self, row: Vec<u8>, value: Vec<u8>) -> Result<(), StoreError> {
        self.written += 1;
        self.step.insert(row, Some(value));
        if self.step.len() < STEP {
            return Ok(());
        }
        writer::apply(&self.shared, &self.tree, std::mem::take(&mut self.step))
    }

    /// Makes all of it safe and closes the store.
    pub(super) fn end(self) -> Result<(), StoreError> {
        let Self { folder, shared, tree, step, .. } = self;
        writer::apply(&shared, &tree, step)?;
        shared.guarded("writing", || tree.flush())?;
        folder::settle(&shared.path).map_err(|error| {
            StoreError::io(format!("syncing {}", shared.path.display()), &error)
        })?;
        drop(shared);
        guard::close(tree);
        drop(folder);
        Ok(())
    }
}
