//! The store's folder: who may read it, who holds it, what must lie in it.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use super::super::error::StoreError;

/// The file that names the process holding the store.
const LOCK: &str = "vafa.lock";
/// See [`super::witness`].
const WITNESS: &str = "vafa.witness";

/// Held as long as the store is open; the system lets go of it when the process ends in any way.
pub(super) struct Lock(#[expect(dead_code, reason = "closing the file is the release")] File);

/// A folder made ready for sled to open.
pub(super) struct Folder {
    pub lock: Lock,
    pub witness: File,
    /// Sled's log, to be synced by us.
    pub db: File,
}

/// Makes the folder when it is missing, takes the lock, removes what a kill left behind.
pub(super) fn prepare(dir: &Path) -> Result<Folder, StoreError> {
    let failed = |doing: &str, path: &Path| {
        let doing = format!("{doing} {}", path.display());
        move |error: io::Error| StoreError::io(doing, &error)
    };
    if let Some(parent) = dir.parent() {
        fs::create_dir_all(parent).map_err(failed("making the folder", parent))?;
    }
    match DirBuilder::new().mode(0o700).create(dir) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => made.map_err(failed("making the folder", dir))?,
    }
    let lock = take_lock(dir)?;
    remove_leftovers(dir).map_err(failed("clearing the folder", dir))?;
    match DirBuilder::new().mode(0o700).create(dir.join("blobs")) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => made.map_err(failed("making a folder in", dir))?,
    }
    let file = |name: &str| {
        let path = dir.join(name);
        private(&path).map_err(failed("opening", &path))
    };
    let witness = file(WITNESS)?;
    let db = file("db")?;
    file("conf")?;
    Ok(Folder { lock, witness, db })
}

/// Syncs what sled never does, and closes the folder to others. Call after sled opened.
pub(super) fn settle(dir: &Path) -> io::Result<()> {
    set_mode(dir, 0o700)?;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let mode = if entry.file_type()?.is_dir() { 0o700 } else { 0o600 };
        set_mode(&entry.path(), mode)?;
    }
    File::open(dir.join("conf"))?.sync_all()?;
    File::open(dir.join("db"))?.sync_all()?;
    File::open(dir)?.sync_all()?;
    // The folder's own name lies in its parent; a parent we may not open is not ours to sync.
    if let Some(parent) = dir.parent().filter(|parent| !parent.as_os_str().is_empty())
        && let Ok(parent) = File::open(parent)
    {
        parent.sync_all()?;
    }
    Ok(())
}

fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    if fs::metadata(path)?.permissions().mode() & 0o777 == mode {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(mode))
}

fn private(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)
}

fn take_lock(dir: &Path) -> Result<Lock, StoreError> {
    let path = dir.join(LOCK);
    let failed =
        |error: io::Error| StoreError::io(format!("taking the lock {}", path.display()), &error);
    let mut file = private(&path).map_err(failed)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => {}
        Err(rustix::io::Errno::WOULDBLOCK) => {
            let mut holder = String::new();
            let read = file.read_to_string(&mut holder);
            let pid = read.ok().and_then(|_| holder.trim().parse().ok()).unwrap_or(0);
            return Err(StoreError::InUse { path: dir.to_path_buf(), pid });
        }
        Err(error) => return Err(failed(error.into())),
    }
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .map_err(failed)?;
    Ok(Lock(file))
}

/// A kill while sled opens leaves a half-written snapshot that sled then takes for its newest.
fn remove_leftovers(dir: &Path) -> io::Result<()> {
    let leftover = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("snap.") && name.ends_with(".generating")
    };
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if leftover(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
