//! `vafa export plan` and `vafa import plan`: a strategy as one document.

use std::io::Read;
use std::path::Path;

use crate::desk::Deed;
use crate::exchange::import::ImportError;
use crate::exchange::plan::{self, PlanError};
use crate::text::words::commands as words;

use super::args::{Export, Import};
use super::failure::{Failure, Status, clean};
use super::file;
use super::out::{self, Out};
use super::setup::Setup;
use super::visit::{Make, Visit};

/// `vafa export plan`.
pub fn export(setup: &Setup, given: &Export, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let output = given.output.as_ref().filter(|path| path.as_os_str() != "-");
    if let Some(path) = output {
        file::may_replace(path, setup)?;
    }
    let visit = Visit::open(setup, Make::Never)?;
    let plans = visit.plans()?;
    let text = plan::write(&plans);
    let Some(path) = output else {
        return out.raw().0.write_all(text.as_bytes()).map_err(|e| Failure::output(&e, lang));
    };
    file::whole(path, &mut |file| file.write_all(text.as_bytes()))
        .map_err(|error| file::cannot_write(path, &error, lang))?;
    let definitions = &plans.definitions;
    let count = plans.segments.len() + definitions.count();
    let path = clean(&path.display().to_string());
    out::note(setup, &words::EXPORTED.with(lang, &[("count", count.into()), ("path", path)]));
    Ok(())
}

/// `vafa import plan`.
pub fn import(setup: &Setup, given: &Import, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let text = text_of(&given.file).map_err(|error| {
        Failure::import(&ImportError::Open { path: given.file.clone(), error }, lang)
    })?;
    let read = plan::read(&text).map_err(|error| failure(&error, setup))?;
    if given.dry_run {
        let args = [("rows", read.len().into()), ("bad", 0_usize.into())];
        let line = words::WOULD_IMPORT.with(lang, &args);
        return out.line(&line).map_err(|e| Failure::output(&e, lang));
    }
    let visit = Visit::loaded(setup, Make::IfMissing)?;
    let notice = visit.desk.act(&visit.who, read.command()).map_err(|refusal| {
        match read.fault(refusal) {
            Ok(error) => failure(&error, setup),
            Err(refusal) => Failure::refused(&refusal, "", lang),
        }
    })?;
    let Deed::Closed { tally, .. } = notice.deed else { return Ok(()) };
    let args = [
        ("rows", read.len().into()),
        ("added", tally.added.into()),
        ("changed", tally.changed.into()),
        ("same", tally.same.into()),
    ];
    let mut print = |line| out.line(&line).map_err(|e| Failure::output(&e, lang));
    print(words::IMPORTED.with(lang, &args))?;
    if notice.gesture.0 != 0 {
        let batch = [("batch", clean(&notice.gesture.to_string()))];
        print(words::UNDO_WITH.with(lang, &batch))?;
    }
    Ok(())
}

pub fn text_of(path: &Path) -> std::io::Result<String> {
    if path.as_os_str() == "-" {
        let mut text = String::new();
        return std::io::stdin().lock().read_to_string(&mut text).map(|_| text);
    }
    std::fs::read_to_string(path)
}

/// What is wrong with a document, and where; an expression is shown with a line that points into it.
fn failure(error: &PlanError, setup: &Setup) -> Failure {
    let lang = setup.lang;
    let mut failure = match error {
        PlanError::Refused { refusal, about, .. } => {
            let about = about.as_deref().unwrap_or_default();
            let mut failure = Failure::refused(refusal, about, lang);
            failure.words = vec![error.words(lang)];
            failure
        }
        _ => Failure::new(Status::Usage, error.words(lang)),
    };
    failure.words.push(words::NO_PART_KEPT.in_(lang));
    failure
}
