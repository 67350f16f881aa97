//! `vafa import`: a file in, all of it or nothing.

use std::collections::HashMap;
use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::AgentId;
use crate::exchange::Format;
use crate::exchange::export::sheet::Cell;
use crate::exchange::import::columns::Map;
use crate::exchange::import::delimited::Delimiter;
use crate::exchange::import::encoding::Encoding;
use crate::exchange::import::source::Form;
use crate::exchange::import::value::Conventions;
use crate::exchange::import::{self, ImportError, Kind, Options, Progress, Report};
use crate::text::words::commands as words;
use crate::text::words::files;
use crate::text::{Lang, SafeText, safe};

use super::args::{FileFormat, Import, ImportKind, View};
use super::failure::{Failure, Status, clean};
use super::out::{self, Out};
use super::setup::Setup;
use super::table::Heading;
use super::visit::{Make, Visit};

/// `vafa import`.
pub fn run(setup: &Setup, given: &Import, out: &mut Out) -> Result<(), Failure> {
    if given.kind == ImportKind::Plan {
        return super::plan::import(setup, given, out);
    }
    if given.kind == ImportKind::Records {
        return super::carried::import(setup, given, out);
    }
    let lang = setup.lang;
    // What can be wrong with the options is found before a store is made.
    let kind = kind(given);
    let form = form(setup, given)?;
    check_dates(given, lang)?;
    let maps: Result<Vec<Map>, _> = given.map.iter().map(|m| Map::parse(m, kind)).collect();
    let maps = maps.map_err(|e| Failure::new(Status::Usage, e.words(lang)))?;
    let mut options = Options {
        kind,
        path: given.file.clone(),
        opened: None,
        form,
        maps,
        how: conventions(setup, given, None),
        skip_bad: given.skip_bad.clone(),
        most_errors: given.errors,
        lang,
    };
    let unread = |error| ImportError::Open { path: given.file.clone(), error };
    match piped(&given.file).map_err(|e| Failure::import(&unread(e), lang))? {
        Some(file) => {
            options.opened = Some(Arc::new(file));
            if given.file.as_os_str() == "-" {
                options.path = words::STANDARD_INPUT.str(lang).into();
            }
        }
        None => {
            File::open(&given.file).map_err(|e| Failure::import(&unread(e), lang))?;
        }
    }
    make_room(setup, given);
    let make = if given.dry_run && !setup.store_is_there() { None } else { Some(Make::IfMissing) };
    let visit = make.map(|make| Visit::open(setup, make)).transpose()?;
    if let Some(visit) = &visit {
        options.how = conventions(setup, given, Some(visit));
    }
    let bar = out::bar(setup, words::CHECKING);
    let mut writing = false;
    let mut progress = |p: Progress| {
        if p.writing != writing {
            writing = p.writing;
            bar.set_message(words::WRITING.str(lang));
        }
        bar.set_length(p.of);
        bar.set_position(p.done);
    };
    let done = match &visit {
        Some(visit) if !given.dry_run => {
            import::import(&visit.desk, &visit.who, &options, &mut progress)
        }
        _ => import::check(&options, &mut progress),
    };
    bar.finish_and_clear();
    let report = done.map_err(|error| bad_rows(&error, setup))?;
    doubted(setup, &report);
    if given.dry_run {
        return dry(setup, &report, out);
    }
    told(setup, &report, out).map_err(|e| Failure::output(&e, lang))
}

/// What comes through a pipe, kept in a file without a name, as it is read more than once; `None` for
/// a file that can be.
fn piped(path: &Path) -> io::Result<Option<File>> {
    if path.as_os_str() == "-" {
        return kept(&mut io::stdin().lock()).map(Some);
    }
    let kind = fs::metadata(path)?.file_type();
    if kind.is_fifo() || kind.is_char_device() {
        return kept(&mut File::open(path)?).map(Some);
    }
    Ok(None)
}

fn kept(from: &mut dyn Read) -> io::Result<File> {
    let path = env::temp_dir().join(format!(".vafa-import-{}", std::process::id()));
    let mut file =
        OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    // It lasts as long as it is open, whatever becomes of this process.
    fs::remove_file(&path)?;
    io::copy(from, &mut file)?;
    Ok(file)
}

/// With `--yes` the bad rows of an earlier import make room for those of this one.
fn make_room(setup: &Setup, given: &Import) {
    let Some(path) = given.skip_bad.as_ref().filter(|_| setup.yes && !given.dry_run) else {
        return;
    };
    let same = std::fs::canonicalize(path).ok() == std::fs::canonicalize(&given.file).ok();
    if !same && path.is_file() {
        // Should this fail, the import finds the file there and says so.
        let _ = std::fs::remove_file(path);
    }
}

fn kind(given: &Import) -> Kind {
    match given.kind {
        // A plan and what else is kept have no rows; they went their own way.
        ImportKind::Customers | ImportKind::Plan | ImportKind::Records => Kind::Customers,
        ImportKind::Purchases => Kind::Purchases,
        ImportKind::Interactions => Kind::Interactions,
        ImportKind::Products => Kind::Products,
        ImportKind::Subscriptions => Kind::Subscriptions,
    }
}

/// A form of dates without a field reads none.
fn check_dates(given: &Import, lang: Lang) -> Result<(), Failure> {
    let known = "%Y%m%d, %d.%m.%Y, %m/%d/%Y";
    match given.date_format.as_deref().filter(|format| !format.contains('%')) {
        Some(format) => Err(Failure::bad_word("--date-format", known, format, lang)),
        None => Ok(()),
    }
}

fn form(setup: &Setup, given: &Import) -> Result<Form, Failure> {
    let lang = setup.lang;
    let delimiter = given.delimiter.as_deref().map(|d| {
        let bad = || Failure::bad_word("--delimiter", "; , | tab space", d, lang);
        Delimiter::parse(d).ok_or_else(bad)
    });
    let encoding = given.encoding.as_deref().map(|e| {
        let known = "utf-8, utf-16le, utf-16be, windows-1256, windows-1252";
        Encoding::parse(e).ok_or_else(|| Failure::bad_word("--encoding", known, e, lang))
    });
    Ok(Form {
        format: given.format.map(format),
        encoding: encoding.transpose()?,
        delimiter: delimiter.transpose()?,
        no_header: given.no_header,
    })
}

/// The format an option names.
pub fn format(given: FileFormat) -> Format {
    match given {
        FileFormat::Csv => Format::Csv,
        FileFormat::Jsonl => Format::Jsonl,
    }
}

/// What values are read by; of a store that is not made yet, its settings are the usual ones.
fn conventions(setup: &Setup, given: &Import, visit: Option<&Visit>) -> Conventions {
    let first = setup.first_settings();
    let settings = visit.map(|v| v.status.settings.as_ref().clone());
    let settings = settings.unwrap_or_else(|| first.clone());
    // A store that was left without a country has the one of its language.
    let country = [settings.country, first.country].into_iter().find(|c| !c.is_empty());
    let zone = TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC);
    let file = given.file.file_name().filter(|name| *name != "-");
    let file = file.map(|n| n.to_string_lossy().into_owned());
    Conventions {
        currency: settings.currency,
        country: country.unwrap_or_default(),
        zone,
        now: visit.map_or_else(Timestamp::now, |v| v.who.now),
        date_format: given.date_format.clone(),
        decimal_comma: given.decimal_comma,
        agents: visit.map_or_else(|| [].into(), |v| v.status.agents.clone()),
        outcomes: visit.map_or_else(
            || crate::domain::default_outcomes().into(),
            |v| v.status.outcomes.clone(),
        ),
        offers: visit.map_or_else(|| [].into(), |v| named(v.desk.offer_names())),
        campaigns: visit.map_or_else(|| [].into(), |v| named(v.desk.campaign_names())),
        own_fields: visit.map_or_else(
            || [].into(),
            |v| {
                let defined = &v.status.definitions.own_fields;
                defined.iter().map(|kept| kept.record.clone()).collect()
            },
        ),
        agent: visit.map_or(AgentId(0), |v| v.who.agent.id),
        source: crate::text::store_line(&file.unwrap_or_default()),
    }
}

/// By name, as they are listed where one is not known.
fn named<T>(all: HashMap<T, String>) -> Arc<[(T, String)]> {
    let mut all: Vec<(T, String)> = all.into_iter().collect();
    all.sort_by(|(_, one), (_, other)| one.cmp(other));
    all.into()
}

/// The failure of an import, its first bad rows below.
fn bad_rows(error: &ImportError, setup: &Setup) -> Failure {
    let mut failure = Failure::import(error, setup.lang);
    if let ImportError::BadRows(report) = error {
        failure.words.extend(listed(report, setup));
        failure.words.push(words::NOTHING_KEPT.in_(setup.lang));
    }
    failure
}

/// Numbers that may be wrong, on standard error: they are no result and stop nothing.
fn doubted(setup: &Setup, report: &Report) {
    if report.doubted == 0 || setup.quiet {
        return;
    }
    let lang = setup.lang;
    let mut lines = vec![files::DOUBTS.with(lang, &[("n", report.doubted.into())])];
    lines.extend(report.doubts.iter().map(|doubt| safe!["  ", doubt.words(lang)]));
    let more = report.doubted.saturating_sub(report.doubts.len() as u64);
    if more > 0 {
        lines.push(safe!["  ", words::MORE_ERRORS.with(lang, &[("count", more.into())])]);
    }
    out::warn(setup.tongue(), &lines);
}

fn listed(report: &Report, setup: &Setup) -> Vec<SafeText> {
    let lang = setup.lang;
    let mut lines: Vec<SafeText> =
        report.errors.iter().map(|e| safe!["  ", e.words(lang)]).collect();
    let more = report.bad.saturating_sub(report.errors.len() as u64);
    if more > 0 {
        let more = words::MORE_ERRORS.with(lang, &[("count", more.into())]);
        lines.push(safe!["  ", more]);
    }
    lines
}

/// What an import did.
fn told(setup: &Setup, report: &Report, out: &mut Out) -> std::io::Result<()> {
    let (lang, tally) = (setup.lang, report.tally);
    out.line(&words::IMPORTED.with(
        lang,
        &[
            ("rows", report.rows.into()),
            ("added", tally.added.into()),
            ("changed", tally.changed.into()),
            ("same", tally.same.into()),
        ],
    ))?;
    if tally.customers_made > 0 {
        out.line(&words::MADE.with(lang, &[("count", tally.customers_made.into())]))?;
    }
    if report.begun > 0 {
        out.line(&out::begun(report.begun, lang))?;
    }
    if let Some(path) = &report.skipped_to {
        let path = clean(&path.display().to_string());
        out.line(&words::SKIPPED.with(lang, &[("count", report.bad.into()), ("path", path)]))?;
    }
    let ignored: Vec<&str> =
        report.columns.iter().filter(|c| c.field.is_none()).map(|c| c.title.as_str()).collect();
    if !ignored.is_empty() {
        let names = [("names", clean(&ignored.join(", ")))];
        out.line(&words::IGNORED.with(lang, &names))?;
    }
    let changed = tally.added + tally.changed + tally.customers_made > 0;
    if let Some(gesture) = report.gesture.filter(|_| changed) {
        let batch = [("batch", clean(&gesture.to_string()))];
        out.line(&words::UNDO_WITH.with(lang, &batch))?;
    }
    Ok(())
}

/// What an import would do.
fn dry(setup: &Setup, report: &Report, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let columns = [
        Heading::new("column", words::C_COLUMN),
        Heading::new("field", words::C_FIELD),
        Heading::new("first_row", words::C_EXAMPLE),
    ];
    let print = |out: &mut Out| -> std::io::Result<()> {
        out.line(&words::READ_AS.with(lang, &[("form", clean(&report.form))]))?;
        let mut sheet = out.sheet(&columns, View::Table, setup, 2)?;
        for column in &report.columns {
            let field = column.field.as_deref().unwrap_or("-");
            sheet.row(&[
                Cell::text(&column.title),
                Cell::text(field),
                Cell::text(&column.example),
            ])?;
        }
        sheet.finish()?;
        drop(sheet);
        let args = [("rows", report.rows.into()), ("bad", report.bad.into())];
        out.line(&words::WOULD_IMPORT.with(lang, &args))
    };
    print(out).map_err(|e| Failure::output(&e, lang))?;
    if report.bad == 0 {
        return Ok(());
    }
    let failure = ImportError::BadRows(Box::new(report.clone()));
    let mut failure = Failure::import(&failure, lang);
    failure.words.extend(listed(report, setup));
    Err(failure)
}
