//! `vafa export`: rows to a file, whole or not at all, or to standard output.

use crate::domain::QueueKind;
use crate::exchange::Format;
use crate::exchange::export::sheet::Style;
use crate::exchange::export::{ExportError, What, export};
use crate::text::words::commands as words;
use crate::text::{Lang, fold};
use crate::ui::terms;

use super::args::{Export, ExportKind};
use super::failure::{Failure, clean};
use super::file;
use super::import::format;
use super::out::{self, Out};
use super::setup::Setup;
use super::visit::Visit;

/// `vafa export`.
pub fn run(setup: &Setup, given: &Export, out: &mut Out) -> Result<(), Failure> {
    if given.what == ExportKind::Plan {
        return super::plan::export(setup, given, out);
    }
    if given.what == ExportKind::Records {
        return super::carried::export(setup, given, out);
    }
    let lang = setup.lang;
    let what = what(setup, given)?;
    let output = given.output.as_ref().filter(|path| path.as_os_str() != "-");
    if let Some(path) = output {
        file::may_replace(path, setup)?;
    }
    let visit = Visit::open_loaded(setup)?;
    if matches!(what, What::Queue(_)) {
        visit.desk.prepare().map_err(|refusal| Failure::refused(&refusal, "", lang))?;
    }
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
        Some(path) => file::whole(path, &mut |file| {
            export(visit.source(), &what, expression, style, file, &mut progress)
        }),
    };
    bar.finish_and_clear();
    let rows = done.map_err(|error| match (&error, output) {
        (ExportError::Write(io), Some(path)) => file::cannot_write(path, io, setup.lang),
        _ => Failure::export(&error, expression, lang),
    })?;
    if let Some(path) = output {
        let path = clean(&path.display().to_string());
        out::note(setup, &words::EXPORTED.with(lang, &[("count", rows.into()), ("path", path)]));
    }
    Ok(())
}

fn what(setup: &Setup, given: &Export) -> Result<What, Failure> {
    let name = given.name.as_deref().unwrap_or_default();
    let bad = |known: &str| Failure::bad_word("export", known, name, setup.lang);
    Ok(match given.what {
        ExportKind::Segment if name.is_empty() => return Err(bad("segment NAME")),
        ExportKind::Segment => What::Segment(name.to_owned()),
        ExportKind::Queue => What::Queue(queue_kind(name).ok_or_else(|| bad(&queues()))?),
        _ if !name.is_empty() => return Err(bad("segment NAME, queue KIND")),
        ExportKind::Products if !given.filter.is_empty() => {
            return Err(Failure::bad_word("--where", "-", &given.filter, setup.lang));
        }
        ExportKind::Products => What::Products,
        // A plan and what else is kept have no rows; they went their own way.
        ExportKind::Customers | ExportKind::Plan | ExportKind::Records => What::Customers,
        ExportKind::Purchases => What::Purchases,
        ExportKind::Interactions => What::Interactions,
        ExportKind::Subscriptions => What::Subscriptions,
        ExportKind::Scores => What::Scores,
    })
}

/// A queue by name (`win-back` and `win_back` are one), or as it is called in Persian.
pub fn queue_kind(name: &str) -> Option<QueueKind> {
    let titled = |kind: QueueKind| fold(terms::queue(kind).str(Lang::Fa)) == fold(name);
    QueueKind::parse(name).or_else(|| QueueKind::ALL.iter().copied().find(|kind| titled(*kind)))
}

/// The names of all queues.
pub fn queues() -> String {
    QueueKind::ALL.iter().map(|q| q.name().replace('_', "-")).collect::<Vec<_>>().join(", ")
}
