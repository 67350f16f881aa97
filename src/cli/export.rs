//! `vafa export`: rows to a file, whole or not at all, or to standard output.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use crate::domain::QueueKind;
use crate::exchange::Format;
use crate::exchange::export::sheet::Style;
use crate::exchange::export::{ExportError, What, export};
use crate::text::words::commands as words;
use crate::text::words::files;
use crate::text::{Lang, os_error};

use super::args::{Export, ExportKind};
use super::ask;
use super::failure::{Failure, Status, clean};
use super::import::format;
use super::out::{self, Out};
use super::setup::Setup;
use super::visit::Visit;

/// `vafa export`.
pub fn run(setup: &Setup, given: &Export, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let what = what(setup, given)?;
    let output = given.output.as_ref().filter(|path| path.as_os_str() != "-");
    if let Some(path) = output {
        may_replace(path, setup)?;
    }
    let visit = Visit::open_loaded(setup)?;
    let named = output.and_then(|p| p.extension()).and_then(|e| e.to_str());
    let format = given
        .format
        .map(format)
        .or_else(|| named.and_then(Format::of_extension))
        .unwrap_or(Format::Csv);
    // Spreadsheets take a file of Persian letters for something else without one.
    let bom = given.bom || (lang == Lang::Fa && format == Format::Csv && !given.no_bom);
    let mut style = Style { format, decimals: visit.decimals(), bom, to_terminal: false };
    let bar = out::bar(setup, words::WRITING);
    let mut progress = |done: usize, of: usize| {
        if done.is_multiple_of(64) {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        }
    };
    let expression = &given.filter;
    let done = match output {
        None => {
            let (raw, to_terminal) = out.raw();
            style.to_terminal = to_terminal;
            style.bom &= given.bom || !to_terminal;
            export(visit.source(), &what, expression, style, raw, &mut progress)
        }
        Some(path) => whole(path, &mut |file| {
            export(visit.source(), &what, expression, style, file, &mut progress)
        }),
    };
    bar.finish_and_clear();
    let rows = done.map_err(|error| match (&error, output) {
        (ExportError::Write(io), Some(path)) => cannot_write(path, io, setup),
        _ => Failure::export(&error, expression, lang),
    })?;
    if let Some(path) = output {
        let path = clean(&path.display().to_string());
        out::note(setup, &words::EXPORTED.with(lang, &[("count", rows.into()), ("path", path)]));
    }
    Ok(())
}

/// Asks before a file that is there is written over.
fn may_replace(path: &Path, setup: &Setup) -> Result<(), Failure> {
    if !path.is_file() {
        return Ok(());
    }
    let name = [("path", clean(&path.display().to_string()))];
    match ask::agreed(setup, &words::WRITE_OVER.with(setup.lang, &name)) {
        Some(true) => Ok(()),
        _ => Err(Failure::new(Status::Conflict, words::THERE_ALREADY.with(setup.lang, &name))),
    }
}

fn what(setup: &Setup, given: &Export) -> Result<What, Failure> {
    let name = given.name.as_deref().unwrap_or_default();
    let bad = |known: &str| Failure::bad_word("export", known, name, setup.lang);
    Ok(match given.what {
        ExportKind::Segment if name.is_empty() => return Err(bad("segment NAME")),
        ExportKind::Segment => What::Segment(name.to_owned()),
        ExportKind::Queue => What::Queue(queue_kind(name).ok_or_else(|| bad(&queues()))?),
        _ if !name.is_empty() => return Err(bad("segment NAME, queue KIND")),
        ExportKind::Customers => What::Customers,
        ExportKind::Purchases => What::Purchases,
        ExportKind::Interactions => What::Interactions,
        ExportKind::Scores => What::Scores,
    })
}

/// A queue by name: `win-back` and `win_back` are one.
pub fn queue_kind(name: &str) -> Option<QueueKind> {
    QueueKind::parse(name)
}

/// The names of all queues.
pub fn queues() -> String {
    QueueKind::ALL.iter().map(|q| q.name().replace('_', "-")).collect::<Vec<_>>().join(", ")
}

/// Writes a file beside its place and moves it there when it is whole and on the disk.
fn whole(
    path: &Path,
    write: &mut dyn FnMut(&mut dyn io::Write) -> Result<usize, ExportError>,
) -> Result<usize, ExportError> {
    if path.exists() && !path.is_file() {
        // A device or a pipe is written as it is.
        let mut file = fs::OpenOptions::new().write(true).open(path)?;
        return write(&mut file);
    }
    let beside = beside(path);
    let written = File::create(&beside).map_err(ExportError::from).and_then(|file| {
        let mut file = BufWriter::new(file);
        let rows = write(&mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&beside, path)?;
        Ok(rows)
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

fn cannot_write(path: &Path, error: &io::Error, setup: &Setup) -> Failure {
    let error = os_error(error, setup.lang);
    let args = [("path", clean(&path.display().to_string())), ("error", error.into())];
    Failure::new(Status::Failed, files::CANNOT_WRITE.with(setup.lang, &args))
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
            Err(io::Error::other("disk").into())
        });
        assert!(broken.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(
            whole(&path, &mut |f| {
                f.write_all(b"new")?;
                Ok(3)
            })
            .unwrap(),
            3
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
