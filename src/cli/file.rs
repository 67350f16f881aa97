//! Files that a command writes: whole or not at all, and never over another unasked.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use crate::text::words::{commands as words, files};
use crate::text::{Lang, os_error};

use super::ask;
use super::failure::{Failure, Status, clean};
use super::setup::Setup;

/// Asks before a file that is there is written over.
pub fn may_replace(path: &Path, setup: &Setup) -> Result<(), Failure> {
    if !path.is_file() {
        return Ok(());
    }
    let name = [("path", clean(&path.display().to_string()))];
    match ask::agreed(setup, &words::WRITE_OVER.with(setup.lang, &name)) {
        Some(true) => Ok(()),
        _ => Err(Failure::new(Status::Conflict, words::THERE_ALREADY.with(setup.lang, &name))),
    }
}

/// Writes a file beside its place and moves it there when it is whole and on the disk.
pub fn whole<T, E: From<io::Error>>(
    path: &Path,
    write: &mut dyn FnMut(&mut dyn io::Write) -> Result<T, E>,
) -> Result<T, E> {
    if path.exists() && !path.is_file() {
        // A device or a pipe is written as it is.
        let mut file = fs::OpenOptions::new().write(true).open(path)?;
        return write(&mut file);
    }
    let beside = beside(path);
    let written = File::create(&beside).map_err(E::from).and_then(|file| {
        let mut file = BufWriter::new(file);
        let written = write(&mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&beside, path)?;
        Ok(written)
    });
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// `.people.csv.vafa-7` beside `people.csv`.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.vafa-{}", std::process::id()))
}

/// A file that cannot be written.
pub fn cannot_write(path: &Path, error: &io::Error, lang: Lang) -> Failure {
    let error = os_error(error, lang);
    let args = [("path", clean(&path.display().to_string())), ("error", error.into())];
    Failure::new(Status::Failed, files::CANNOT_WRITE.with(lang, &args))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, "old").unwrap();
        let broken = whole(&path, &mut |file| {
            file.write_all(b"half")?;
            Err::<usize, _>(io::Error::other("disk"))
        });
        assert!(broken.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(
            whole(&path, &mut |f| {
                f.write_all(b"new")?;
                io::Result::Ok(3)
            })
            .unwrap(),
            3
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
