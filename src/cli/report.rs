//! `vafa report`: what the analyses say, as a table.

mod campaigns;
mod groups;
mod leaving;
mod maturity;
mod needs;
mod products;
mod stages;
mod value;
mod voices;

use std::io;

use crate::desk::reports::Period;
use crate::desk::{Answer, Question, Report as Told, ReportKind as Kind, ReportQuery};
use crate::domain::Day;
use crate::exchange::export::sheet::Cell;
use crate::text::words::commands as words;
use crate::text::{SafeText, parse_date};

use super::args::{PeriodArg, Report, ReportKind, View};
use super::failure::{Failure, Status};
use super::out::{self, Out};
use super::relations;
use super::setup::Setup;
use super::visit::Visit;

/// Takes the rows of a report.
type Rows<'r> = dyn FnMut(&[Cell]) -> io::Result<()> + 'r;

/// `vafa report`.
pub fn run(setup: &Setup, given: &Report, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let today = jiff::Timestamp::now().to_zoned(setup.zone.clone()).date();
    let as_of = given.as_of.as_deref().map(|text| {
        parse_date(text, today, setup.calendar)
            .map(Day::of)
            .map_err(|e| Failure::new(Status::Usage, e.words(setup.calendar, lang)))
    });
    let query = ReportQuery {
        expression: given.filter.clone(),
        as_of: as_of.transpose()?,
        period: match given.period {
            PeriodArg::Month => Period::Month,
            PeriodArg::Quarter => Period::Quarter,
            PeriodArg::Week => Period::Week,
        },
        calendar: setup.calendar,
        ..ReportQuery::of(match given.kind {
            ReportKind::Rfm => Kind::Rfm,
            ReportKind::Value => Kind::Value,
            ReportKind::Churn => Kind::Churn,
            ReportKind::Cohort => Kind::Cohort,
            ReportKind::Affinity => Kind::Affinity,
            ReportKind::Lifecycle => Kind::Lifecycle,
            ReportKind::Contracts => Kind::Contracts,
            ReportKind::Groups => Kind::Groups,
            ReportKind::Offers => Kind::Offers,
            ReportKind::Experience => Kind::Experience,
            ReportKind::Campaigns => Kind::Campaigns,
            ReportKind::Quality => Kind::Quality,
            ReportKind::Moves => Kind::Moves,
            ReportKind::Winback => Kind::WinBack,
            ReportKind::Relations => Kind::Relations,
            ReportKind::Processes => Kind::Processes,
            ReportKind::Maturity => Kind::Maturity,
            ReportKind::Programmes => Kind::Programmes,
            ReportKind::Segments => Kind::Segments,
            ReportKind::Needs => Kind::Needs,
        })
    };
    if query.kind == Kind::Maturity && (query.as_of.is_some() || !query.expression.is_empty()) {
        let text = crate::text::words::maturity::WHOLE_STORE.in_(lang);
        return Err(Failure::new(Status::Usage, text));
    }
    let visit = Visit::open_loaded(setup)?;
    let setup = &visit.spoken(setup);
    let bar = out::bar(setup, words::COUNTING);
    let answer = visit.ask(Question::Report(query));
    bar.finish_and_clear();
    let Answer::Report(report) = answer? else { return Ok(()) };
    let print = |out: &mut Out| -> io::Result<()> {
        let headings = match &*report {
            Told::Rfm(_) => value::RFM,
            Told::Value(_) => value::VALUE,
            Told::Cohort(_) => value::COHORT,
            Told::Affinity(_) => products::AFFINITY,
            Told::Lifecycle(_) => stages::LIFECYCLE,
            Told::Churn(_) => leaving::CHURN,
            Told::Quality(_) => leaving::QUALITY,
            Told::Contracts(_) => leaving::CONTRACTS,
            Told::Groups(_) => groups::GROUPS,
            Told::Moves(_) => relations::MOVES,
            Told::WinBack(_) => relations::WIN_BACK,
            Told::Relations(_) => relations::RELATIONS,
            Told::Offers(_) => voices::OFFERS,
            Told::Experience(_) => voices::EXPERIENCE,
            Told::Campaigns(_) => campaigns::HEADINGS,
            Told::Processes(_) => stages::PROCESSES,
            Told::Maturity(_) => maturity::MATURITY,
            Told::Programmes(_) => groups::PROGRAMMES,
            Told::Segments(_) => groups::SEGMENTS,
            Told::Needs(_) => needs::NEEDS,
        };
        let machine = given.format != View::Table;
        let mut sheet = out.sheet(headings, given.format, setup, visit.decimals())?;
        let row = &mut |cells: &[Cell]| sheet.row(cells);
        match &*report {
            Told::Rfm(r) => value::rfm(r, machine, setup, row)?,
            Told::Value(r) => value::value(r, machine, setup, row)?,
            Told::Cohort(r) => value::cohort(r, row)?,
            Told::Affinity(r) => products::affinity(r, row)?,
            Told::Lifecycle(r) => stages::lifecycle(r, machine, setup, row)?,
            Told::Churn(r) => leaving::churn(r, row)?,
            Told::Quality(r) => leaving::quality(r, row)?,
            Told::Contracts(r) => leaving::contracts(r, machine, setup, row)?,
            Told::Groups(r) => groups::groups(r, row)?,
            Told::Moves(r) => relations::moves(r, setup.lang, row)?,
            Told::WinBack(r) => relations::win_back(r, row)?,
            Told::Relations(r) => relations::relations(r, row)?,
            Told::Offers(r) => voices::offers(r, machine, setup, row)?,
            Told::Experience(r) => voices::experience(r, machine, setup, row)?,
            Told::Campaigns(r) => campaigns::rows(r, machine, setup, row)?,
            Told::Processes(r) => stages::processes(r, row)?,
            Told::Maturity(r) => maturity::maturity(r, machine, setup, row)?,
            Told::Programmes(r) => groups::programmes(r, row)?,
            Told::Segments(r) => groups::segments(r, row)?,
            Told::Needs(r) => needs::needs(r, machine, setup, row)?,
        }
        sheet.finish()
    };
    print(out).map_err(|e| Failure::output(&e, lang))
}

/// A word: its machine name in files, the language's for the eye.
fn word(machine: bool, name: &str, words: SafeText) -> Cell {
    if machine { Cell::text(name) } else { Cell::Data(name.into(), words) }
}

fn count(n: usize) -> Cell {
    Cell::Count(i64::try_from(n).unwrap_or(i64::MAX))
}

fn share(part: usize, of: usize) -> Cell {
    if of == 0 { Cell::None } else { Cell::Share(rounded(part as f64 / of as f64)) }
}

/// Six digits are more than any of these figures hold.
fn rounded(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}
