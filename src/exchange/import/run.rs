//! An import from end to end: the file is checked as a whole, then written in parts of one gesture
//! that counts only once it is closed.
//!
//! ```text
//!   pass 1   rows ─► records ─► counted, errors listed          nothing is written
//!   pass 2   rows ─► records ─► 1,000 at a time ═══► desk       one thread reads, one writes
//! ```

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::desk::{Command, Deed, Desk, Load, Refusal, Tally, Who};
use crate::domain::GestureId;
use crate::text::Lang;

use super::columns::{Map, Target};
use super::doubt::{self, Doubt};
use super::fault::RowError;
use super::pass::{Pass, Step};
use super::record::Cells;
use super::skipped::Skipped;
use super::source::{Form, Source};
use super::value::Conventions;
use super::{ImportError, Kind};

/// Rows written at a time.
const PART: usize = 1_000;
/// Parts read ahead of the writer.
const AHEAD: usize = 4;
/// Rows between two words of progress while checking.
const STRIDE: u64 = 4_096;

/// What to import, and how.
#[derive(Clone, Debug)]
pub struct Options {
    pub kind: Kind,
    pub path: PathBuf,
    /// The file where it is open already, as standard input is; `path` is then only its name.
    pub opened: Option<Arc<File>>,
    pub form: Form,
    pub maps: Vec<Map>,
    pub how: Conventions,
    /// Keep the good rows and write the bad ones here.
    pub skip_bad: Option<PathBuf>,
    /// Errors listed; all are counted.
    pub most_errors: usize,
    /// Language of the reasons beside bad rows.
    pub lang: Lang,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Writing, after everything was checked.
    pub writing: bool,
    /// Bytes read in this pass.
    pub done: u64,
    /// Bytes of the file.
    pub of: u64,
}

/// What was found in the file, and what was done with it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Rows of the file, those that are bad among them.
    pub rows: u64,
    /// Rows that cannot be kept.
    pub bad: u64,
    /// The first errors.
    pub errors: Vec<RowError>,
    /// Numbers that may be wrong, all counted and the first listed.
    pub doubted: u64,
    pub doubts: Vec<Doubt>,
    /// Columns, the field each goes to (`None`: ignored), and what stands in the first row.
    pub columns: Vec<Column>,
    /// Encoding and format, as found or given.
    pub form: String,
    /// What was written.
    pub tally: Tally,
    /// Cases that began by it.
    pub begun: usize,
    /// What undo takes back; `None` when nothing was written.
    pub gesture: Option<GestureId>,
    /// The file of bad rows, when there are any.
    pub skipped_to: Option<PathBuf>,
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    pub field: Option<String>,
    pub example: String,
}

/// Checks a file without writing anything.
pub fn check(options: &Options, progress: &mut dyn FnMut(Progress)) -> Result<Report, ImportError> {
    let source = Source::open(&options.path, options.opened.as_deref(), &options.form)?;
    check_pass(&source, options, None, progress)
}

/// Imports a file: all of it or nothing, unless bad rows may be skipped.
pub fn import(
    desk: &Desk,
    who: &Who,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, ImportError> {
    let source = Source::open(&options.path, options.opened.as_deref(), &options.form)?;
    let mut report = check_pass(&source, options, options.skip_bad.as_deref(), progress)?;
    if report.bad > 0 && options.skip_bad.is_none() {
        return Err(ImportError::BadRows(Box::new(report)));
    }
    if report.rows == report.bad {
        return Ok(report);
    }
    // Rows are matched with the customers in memory: while those are still being read, one that is
    // known would be made again.
    desk.wait_loaded(&mut |_| {})?;
    let label = format!("import {}", options.kind.name());
    let gesture = desk.act(who, Command::Begin { label })?.gesture;
    let good = report.rows - report.bad;
    let written = write(&source, options, good, progress, &mut |rows| {
        let notice = desk.act(who, Command::Load { gesture, rows })?;
        Ok(if let Deed::Loaded(tally) = notice.deed { tally } else { Tally::default() })
    });
    let closed = written.and_then(|tally| {
        let notice = desk.act(who, Command::Close { gesture })?;
        let tally = if let Deed::Closed { tally, .. } = notice.deed { tally } else { tally };
        Ok((tally, notice.begun))
    });
    match closed {
        Ok((tally, begun)) => {
            report.tally = tally;
            report.begun = begun;
            report.gesture = Some(gesture);
            Ok(report)
        }
        Err(error) => {
            // Whatever this answers, opening the store again takes the open gesture back.
            let _ = desk.act(who, Command::Abandon { gesture });
            Err(error)
        }
    }
}

/// The first pass.
fn check_pass(
    source: &Source,
    options: &Options,
    skip_bad: Option<&std::path::Path>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, ImportError> {
    let rows = source.rows(options.kind, &options.maps)?;
    let mut pass = Pass::new(rows, options.kind, &options.how, skip_bad.is_some());
    let mut skipped = skip_bad.map(|path| {
        let titles = (!options.form.no_header).then(|| pass.rows.columns.titles().to_vec());
        (path, Skipped::new(path, source.delimiter, titles, options.lang))
    });
    if let Some((path, _)) = skipped.as_ref().filter(|(path, _)| path.exists()) {
        return Err(ImportError::SkipExists { path: path.to_path_buf() });
    }
    let mut report = Report { form: source.described(), ..Report::default() };
    let mut examples = None;
    let (mut looked_at, mut numbers, mut plans) = (0, Vec::new(), doubt::Plans::new());
    let mut told = 0;
    while let Some(step) = pass.step()? {
        if examples.is_none() {
            let row = &pass.rows.row;
            let cells = (0..row.width()).map(|i| super::fault::shortened(row.cell(i).0));
            examples = Some(cells.collect::<Vec<_>>());
        }
        if options.kind == Kind::Customers && matches!(step, Step::Load(_)) {
            let columns = &pass.rows.columns;
            if columns.width() != looked_at {
                looked_at = columns.width();
                numbers = doubt::columns(columns, &options.how.country);
            }
            if !numbers.is_empty() {
                let cells = Cells { row: &pass.rows.row, columns, how: &options.how };
                let doubts = doubt::doubts(cells, &numbers, &mut plans);
                report.doubted += doubts.len() as u64;
                let room = options.most_errors.saturating_sub(report.doubts.len());
                report.doubts.extend(doubts.into_iter().take(room));
            }
        }
        if let Step::Bad { errors, rows } = step {
            report.bad += rows.len() as u64;
            if let Some((path, skipped)) = &mut skipped {
                let failed = |error| ImportError::Skip { path: path.to_path_buf(), error };
                skipped.write(&rows, &errors).map_err(failed)?;
            }
            let room = options.most_errors.saturating_sub(report.errors.len());
            report.errors.extend(errors.into_iter().take(room));
        }
        if pass.count >= told + STRIDE {
            told = pass.count;
            let done = source.read.load(Ordering::Relaxed);
            progress(Progress { writing: false, done, of: source.size });
        }
    }
    pass.rows.check_maps()?;
    report.rows = pass.count;
    if report.rows == 0 && options.form.no_header {
        return Err(ImportError::Empty { path: source.path.clone() });
    }
    if let Some((path, skipped)) = skipped {
        let failed = |error| ImportError::Skip { path: path.to_path_buf(), error };
        report.skipped_to = skipped.finish().map_err(failed)?.then(|| path.to_path_buf());
    }
    let examples = examples.unwrap_or_default();
    let columns = &pass.rows.columns;
    report.columns = columns
        .targets()
        .map(|(place, target)| Column {
            title: columns.label(place),
            field: named(target),
            example: examples.get(place).cloned().unwrap_or_default(),
        })
        .collect();
    Ok(report)
}

fn named(target: &Target) -> Option<String> {
    match target {
        Target::Field(field) => Some(field.name().to_owned()),
        Target::Own(name) => Some(format!("field.{name}")),
        Target::Fact(kind) => Some(kind.name().to_owned()),
        Target::Ignored => None,
    }
}

/// The second pass: reads on a thread of its own and hands `load` a part at a time.
fn write(
    source: &Source,
    options: &Options,
    good: u64,
    progress: &mut dyn FnMut(Progress),
    load: &mut dyn FnMut(Vec<Load>) -> Result<Tally, Refusal>,
) -> Result<Tally, ImportError> {
    let (sender, parts) = sync_channel(AHEAD);
    thread::scope(|scope| {
        let reader = scope.spawn(move || read_parts(source, options, &sender));
        let mut tally = Tally::default();
        let written = write_parts(&parts, &mut |part| {
            tally += load(part)?;
            let done = source.read.load(Ordering::Relaxed);
            progress(Progress { writing: true, done, of: source.size });
            Ok(())
        });
        drop(parts); // a reader that waits for room ends here
        let read = reader.join().map_err(|_| ImportError::Changed { path: source.path.clone() })?;
        written?;
        if read? != good {
            return Err(ImportError::Changed { path: source.path.clone() });
        }
        Ok(tally)
    })
}

fn write_parts(
    parts: &Receiver<Vec<Load>>,
    each: &mut dyn FnMut(Vec<Load>) -> Result<(), Refusal>,
) -> Result<(), ImportError> {
    while let Ok(part) = parts.recv() {
        each(part)?;
    }
    Ok(())
}

/// Reads all parts; how many rows were good.
fn read_parts(
    source: &Source,
    options: &Options,
    sender: &SyncSender<Vec<Load>>,
) -> Result<u64, ImportError> {
    let rows = source.rows(options.kind, &options.maps)?;
    let mut pass = Pass::new(rows, options.kind, &options.how, false);
    let mut part = Vec::with_capacity(PART);
    let mut bad = 0;
    while let Some(step) = pass.step()? {
        match step {
            Step::Load(load) => part.push(*load),
            Step::Bad { rows, .. } => bad += rows.len() as u64,
        }
        if part.len() == PART {
            let full = std::mem::replace(&mut part, Vec::with_capacity(PART));
            if sender.send(full).is_err() {
                return Ok(0); // the writer has given up and says why
            }
        }
    }
    if !part.is_empty() {
        let _ = sender.send(part);
    }
    Ok(pass.count - bad)
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
