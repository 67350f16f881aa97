//! `vafa export records` and `vafa import records`: what else is kept of customers, as JSON Lines.

use crate::desk::Deed;
use crate::exchange::Format;
use crate::exchange::carried::{self, CarriedError, Names};
use crate::exchange::export::ExportError;
use crate::exchange::import::ImportError;
use crate::text::words::commands as words;

use super::args::{Export, FileFormat, Import};
use super::failure::{Failure, Status, clean};
use super::file;
use super::import::format;
use super::out::{self, Out};
use super::plan::text_of;
use super::setup::Setup;
use super::visit::Visit;

/// There is one form.
fn is_of_lines(given: Option<FileFormat>, setup: &Setup) -> Result<(), Failure> {
    match given.map(format) {
        Some(Format::Csv) => Err(Failure::bad_word("--format", "jsonl", "csv", setup.lang)),
        Some(Format::Jsonl) | None => Ok(()),
    }
}

/// `vafa export records`.
pub fn export(setup: &Setup, given: &Export, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    is_of_lines(given.format, setup)?;
    let output = given.output.as_ref().filter(|path| path.as_os_str() != "-");
    if let Some(path) = output {
        file::may_replace(path, setup)?;
    }
    let visit = Visit::open_loaded(setup)?;
    let bar = out::bar(setup, words::WRITING);
    let mut progress = |done: usize, of: usize| {
        if done.is_multiple_of(64) {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        }
    };
    let done = match output {
        None => carried::write(visit.source(), &given.filter, out.raw().0, &mut progress),
        Some(path) => file::whole(path, &mut |file| {
            carried::write(visit.source(), &given.filter, file, &mut progress)
        }),
    };
    bar.finish_and_clear();
    let count = done.map_err(|error| match (&error, output) {
        (ExportError::Write(io), Some(path)) => file::cannot_write(path, io, lang),
        _ => Failure::export(&error, &given.filter, lang),
    })?;
    if let Some(path) = output {
        let path = clean(&path.display().to_string());
        out::note(setup, &words::EXPORTED.with(lang, &[("count", count.into()), ("path", path)]));
    }
    Ok(())
}

/// `vafa import records`.
pub fn import(setup: &Setup, given: &Import, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    is_of_lines(given.format, setup)?;
    let text = text_of(&given.file).map_err(|error| {
        Failure::import(&ImportError::Open { path: given.file.clone(), error }, lang)
    })?;
    let visit = Visit::open_loaded(setup)?;
    let plans = &visit.status;
    let names = Names { agents: &plans.agents, definitions: &plans.definitions };
    let rows = carried::read(&text, names).map_err(|error| failure(&error, setup))?;
    let count = rows.len();
    if given.dry_run {
        let args = [("rows", count.into()), ("bad", 0_usize.into())];
        let line = words::WOULD_IMPORT.with(lang, &args);
        return out.line(&line).map_err(|e| Failure::output(&e, lang));
    }
    let notice = carried::import(&visit.desk, &visit.who, rows);
    let notice = notice.map_err(|error| failure(&error, setup))?;
    let Deed::Closed { tally, .. } = notice.deed else { return Ok(()) };
    let args = [
        ("rows", count.into()),
        ("added", tally.added.into()),
        ("changed", tally.changed.into()),
        ("same", tally.same.into()),
    ];
    let mut print = |line| out.line(&line).map_err(|e| Failure::output(&e, lang));
    print(words::IMPORTED.with(lang, &args))?;
    if notice.begun > 0 {
        print(out::begun(notice.begun, lang))?;
    }
    if tally.added + tally.changed > 0 {
        let batch = [("batch", clean(&notice.gesture.to_string()))];
        print(words::UNDO_WITH.with(lang, &batch))?;
    }
    Ok(())
}

fn failure(error: &CarriedError, setup: &Setup) -> Failure {
    let status = match error {
        CarriedError::Form { .. } => Status::Usage,
        CarriedError::Unknown { .. } => Status::NotFound,
        CarriedError::Refused { refusal, .. } => Failure::refused(refusal, "", setup.lang).status,
    };
    let mut failure = Failure::new(status, error.words(setup.lang));
    failure.words.push(words::NO_RECORD_KEPT.in_(setup.lang));
    failure
}
