//! `vafa backup` and `vafa restore`: the whole store as one file, and back.

use std::env;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use crate::store::sled::{OpenOptions, restore as restore_store};
use crate::store::{Saved, StoreError, save};
use crate::text::words::commands as words;
use crate::text::words::files;
use crate::text::{SafeText, os_error};

use super::args::{Backup, Restore};
use super::erase;
use super::failure::{Failure, Status, clean};
use super::file;
use super::out::{self, Out};
use super::setup::Setup;

/// Why there is no backup.
enum Stop {
    Store(StoreError),
    Write(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// `vafa backup`.
pub fn backup(setup: &Setup, given: &Backup, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    if !setup.store_is_there() {
        let path = [("path", clean(&setup.store.display().to_string()))];
        return Err(Failure::new(Status::NotFound, words::NO_STORE.with(lang, &path)));
    }
    file::may_replace(&given.file, setup)?;
    // What was erased is in no backup.
    let (engine, _) = erase::open(&setup.store).map_err(|e| Failure::store(&e, lang))?;
    let bar = out::bar(setup, words::WRITING);
    let saved = file::whole(&given.file, &mut |file| {
        save(&engine, file, &mut |rows| bar.set_position(rows)).map_err(Stop::Store)
    });
    bar.finish_and_clear();
    let saved = saved.map_err(|stop| match stop {
        // What the store calls writing here is the file.
        Stop::Store(StoreError::Full { .. }) => {
            let full = io::Error::from(io::ErrorKind::StorageFull);
            file::cannot_write(&given.file, &full, lang)
        }
        Stop::Store(error) => Failure::store(&error, lang),
        Stop::Write(error) => file::cannot_write(&given.file, &error, lang),
    })?;
    told(&words::BACKED_UP.with(lang, &args(&saved, &given.file)), setup, out)
}

/// `vafa restore`.
pub fn restore(setup: &Setup, given: &Restore, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let path = clean(&setup.store.display().to_string());
    if setup.store_is_there() {
        let words = words::RESTORE_THERE.with(lang, &[("path", path)]);
        return Err(Failure::new(Status::Conflict, words));
    }
    let file = File::open(&given.file).map_err(|error| {
        let error_words = ("error", os_error(&error, lang).into());
        let path = ("path", clean(&given.file.display().to_string()));
        let status = match error.kind() {
            io::ErrorKind::NotFound => Status::NotFound,
            _ => Status::Usage,
        };
        Failure::new(status, files::CANNOT_OPEN.with(lang, &[path, error_words]))
    })?;
    // An empty folder may have been made for it; one of another kind stays and is told.
    let _ = std::fs::remove_dir(&setup.store);
    let store = env::current_dir().unwrap_or_default().join(&setup.store);
    let bar = out::bar(setup, words::WRITING);
    let progress = &mut |rows| bar.set_position(rows);
    let made = restore_store(&store, OpenOptions::default(), &mut BufReader::new(file), progress);
    bar.finish_and_clear();
    let saved = made.map_err(|e| Failure::store(&e, lang))?;
    told(&words::RESTORED.with(lang, &args(&saved, &setup.store)), setup, out)
}

fn args(saved: &Saved, path: &Path) -> [(&'static str, crate::text::Arg); 3] {
    let path = clean(&path.display().to_string());
    [("rows", saved.rows.into()), ("changes", saved.head.into()), ("path", path)]
}

fn told(words: &SafeText, setup: &Setup, out: &mut Out) -> Result<(), Failure> {
    out.line(words).map_err(|e| Failure::output(&e, setup.lang))
}
