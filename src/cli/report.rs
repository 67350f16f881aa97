//! `vafa report`: what the analyses say, as a table.

mod campaigns;
mod groups;
mod maturity;
mod needs;
mod voices;

use std::io;

use crate::desk::reports::{
    AffinityReport, ChurnReport, CohortReport, ContractsReport, GroupsReport, LifecycleReport,
    Loyal, Mark, Period, ProcessesReport, Profit, QualityReport, RfmReport, ValueReport,
};
use crate::desk::{Answer, Question, Report as Told, ReportKind as Kind, ReportQuery};
use crate::domain::{Day, ProductId};
use crate::exchange::export::sheet::Cell;
use crate::insight::rfm::{Rfm, Segment};
use crate::text::words::commands as words;
use crate::text::{SafeText, parse_date};
use crate::ui::terms;

use super::args::{PeriodArg, Report, ReportKind, View};
use super::failure::{Failure, Status};
use super::out::{self, Out};
use super::relations;
use super::setup::Setup;
use super::table::Heading;
use super::visit::Visit;

/// Takes the rows of a report.
type Rows<'r> = dyn FnMut(&[Cell]) -> io::Result<()> + 'r;

macro_rules! headings {
    ($($table:ident: $($name:literal $title:ident),+;)+) => {$(
        const $table: &[Heading] = &[$(Heading::new($name, words::$title)),+];
    )+};
}

headings! {
    RFM: "recency" C_RECENCY, "frequency" C_FREQUENCY, "segment" C_SEGMENT, "customers" C_N,
        "spent" C_SPENT, "margin" C_MARGIN, "worth" C_FUTURE, "where" C_WHERE;
    VALUE: "part" C_PART, "name" C_NAME, "from" C_FROM, "to" C_TO, "customers" C_N, "share" C_SHARE,
        "spent" C_SPENT, "margin" C_MARGIN, "margin_share" C_SHARE, "worth" C_FUTURE, "where" C_WHERE;
    CHURN: "part" C_PART, "from" C_FROM, "to" C_TO, "share" C_SHARE, "customers" C_N, "worth" C_FUTURE,
        "where" C_WHERE;
    COHORT: "from" C_FROM, "to" C_TO, "customers" C_N, "period" C_PERIOD, "active" C_ACTIVE,
        "retention" C_RETENTION, "revenue" C_REVENUE, "where" C_WHERE;
    AFFINITY: "part" C_PART, "from" C_FROM, "takes" C_TAKES, "together" C_SUPPORT,
        "confidence" C_CONFIDENCE, "lift" C_TIMES, "baskets_from" C_BASKETS, "baskets" C_BASKETS,
        "open" C_OPEN, "median_days" C_DAYS;
    LIFECYCLE: "stage" C_STAGE, "customers" C_N, "share" C_SHARE, "spent" C_SPENT,
        "margin" C_MARGIN, "worth" C_FUTURE, "weeks" C_WEEKS, "purchases" C_PURCHASES,
        "risk" C_RISK, "days" C_DAYS, "where" C_WHERE;
    OFFERS: "offer" C_OFFER, "among" C_AMONG, "asked" C_ASKED, "accepted" C_ACCEPTED,
        "refused" C_REFUSED, "rate" C_SHARE, "low" C_LOW, "high" C_HIGH, "margin" C_MARGIN,
        "cost" C_COST, "satisfaction_before" C_BEFORE, "satisfaction_after" C_AFTER,
        "where" C_WHERE;
    EXPERIENCE: "by" C_PART, "name" C_NAME, "satisfied" C_ASKED, "satisfaction" C_SATISFACTION,
        "recommend" C_ASKED, "promoters" C_PROMOTERS, "detractors" C_DETRACTORS, "nps" C_NPS,
        "nps_half" C_HALF;
    CONTRACTS: "part" C_PART, "from" C_FROM, "to" C_TO, "share" C_SHARE, "error" C_ERROR,
        "contracts" C_CONTRACTS, "ended" C_ENDED, "amount" C_AMOUNT, "where" C_WHERE;
    GROUPS: "customers" C_N, "share" C_SHARE, "signs" C_SIGNS, "where" C_WHERE;
    PROCESSES: "process" C_PROCESS, "step" C_STEP, "team" C_TEAM, "open" C_OPEN_CASES,
        "overdue" C_OVERDUE, "passed" C_PASSED, "mean_hours" C_MEAN_HOURS, "hours_90" C_HOURS_90,
        "allowed_hours" C_ALLOWED, "in_time" C_IN_TIME;
    QUALITY: "part" C_PART, "figure" C_FIGURE, "amount" C_AMOUNT, "customers" C_N,
        "predicted" C_PREDICTED, "actual" C_ACTUAL;
}

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
            Told::Rfm(_) => RFM,
            Told::Value(_) => VALUE,
            Told::Cohort(_) => COHORT,
            Told::Affinity(_) => AFFINITY,
            Told::Lifecycle(_) => LIFECYCLE,
            Told::Churn(_) => CHURN,
            Told::Quality(_) => QUALITY,
            Told::Contracts(_) => CONTRACTS,
            Told::Groups(_) => GROUPS,
            Told::Moves(_) => relations::MOVES,
            Told::WinBack(_) => relations::WIN_BACK,
            Told::Relations(_) => relations::RELATIONS,
            Told::Offers(_) => OFFERS,
            Told::Experience(_) => EXPERIENCE,
            Told::Campaigns(_) => campaigns::HEADINGS,
            Told::Processes(_) => PROCESSES,
            Told::Maturity(_) => maturity::MATURITY,
            Told::Programmes(_) => groups::PROGRAMMES,
            Told::Segments(_) => groups::SEGMENTS,
            Told::Needs(_) => needs::NEEDS,
        };
        let machine = given.format != View::Table;
        let mut sheet = out.sheet(headings, given.format, setup, visit.decimals())?;
        let row = &mut |cells: &[Cell]| sheet.row(cells);
        match &*report {
            Told::Rfm(r) => rfm(r, machine, setup, row)?,
            Told::Value(r) => value(r, machine, setup, row)?,
            Told::Cohort(r) => cohort(r, row)?,
            Told::Affinity(r) => affinity(r, row)?,
            Told::Lifecycle(r) => lifecycle(r, machine, setup, row)?,
            Told::Churn(r) => churn(r, row)?,
            Told::Quality(r) => quality(r, row)?,
            Told::Contracts(r) => contracts(r, machine, setup, row)?,
            Told::Groups(r) => groups(r, row)?,
            Told::Moves(r) => relations::moves(r, setup.lang, row)?,
            Told::WinBack(r) => relations::win_back(r, row)?,
            Told::Relations(r) => relations::relations(r, row)?,
            Told::Offers(r) => voices::offers(r, machine, setup, row)?,
            Told::Experience(r) => voices::experience(r, machine, setup, row)?,
            Told::Campaigns(r) => campaigns::rows(r, machine, setup, row)?,
            Told::Processes(r) => processes(r, row)?,
            Told::Maturity(r) => maturity::maturity(r, machine, setup, row)?,
            Told::Programmes(r) => self::groups::programmes(r, row)?,
            Told::Segments(r) => self::groups::segments(r, row)?,
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

/// The machine name of a group, as in JSON.
fn segment_name(segment: Segment) -> String {
    match serde_json::to_value(segment) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
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

/// The 25 cells, the best first.
fn rfm(report: &RfmReport, machine: bool, setup: &Setup, row: &mut Rows<'_>) -> io::Result<()> {
    for (r, cells) in (1..=5_u8).zip(&report.cells).rev() {
        for (f, mark) in (1..=5_u8).zip(cells).rev() {
            let segment = Segment::of(Rfm { r, f, m: 1 });
            let words = terms::rfm_segment(segment).in_(setup.lang);
            row(&[
                Cell::Count(i64::from(r)),
                Cell::Count(i64::from(f)),
                word(machine, &segment_name(segment), words),
                count(mark.customers),
                Cell::Money(mark.spent),
                Cell::Money(mark.margin),
                Cell::Money(mark.worth),
                Cell::text(&mark.expression),
            ])?;
        }
    }
    Ok(())
}

fn value(report: &ValueReport, machine: bool, setup: &Setup, row: &mut Rows<'_>) -> io::Result<()> {
    let total = &report.total;
    let mut line = |part: &str, name: Cell, from: Cell, to: Cell, mark: &Mark| {
        let margin = if total.margin > 0 {
            Cell::Share(rounded(mark.margin as f64 / total.margin as f64))
        } else {
            Cell::None
        };
        row(&[
            Cell::text(part),
            name,
            from,
            to,
            count(mark.customers),
            share(mark.customers, total.customers),
            Cell::Money(mark.spent),
            Cell::Money(mark.margin),
            margin,
            Cell::Money(mark.worth),
            Cell::text(&mark.expression),
        ])
    };
    let basis = if report.scored { "value" } else { "spent" };
    for bar in &report.bars {
        let (from, to) = (Cell::of(bar.from, Cell::Money), Cell::of(bar.to, Cell::Money));
        line("distribution", Cell::text(basis), from, to, &bar.mark)?;
    }
    for tier in &report.tiers {
        let name = format!("top {}-{}%", tier.from, tier.to);
        line("tier", Cell::text(&name), Cell::Money(tier.least), Cell::None, &tier.mark)?;
    }
    if report.scored {
        for (loyal, cells) in Loyal::ALL.iter().zip(&report.grid) {
            for (profit, mark) in Profit::ALL.iter().zip(cells) {
                let name = format!("{loyal}/{profit}");
                let (l, p) = (terms::loyal(*loyal), terms::profit(*profit));
                let words = crate::text::safe![l.in_(setup.lang), " / ", p.in_(setup.lang)];
                line("grid", word(machine, &name, words), Cell::None, Cell::None, mark)?;
            }
        }
    }
    Ok(())
}

/// A row a cohort and period after.
fn cohort(report: &CohortReport, row: &mut Rows<'_>) -> io::Result<()> {
    for cohort in &report.rows {
        for (k, (active, revenue)) in cohort.active.iter().zip(&cohort.revenue).enumerate() {
            row(&[
                Cell::day(cohort.from),
                Cell::day(cohort.until.plus(-1)),
                count(cohort.customers),
                count(k),
                Cell::Count(i64::from(*active)),
                Cell::of(cohort.retention(k), |r| Cell::Share(rounded(r))),
                Cell::Money(*revenue),
                Cell::text(&cohort.active_in(k)),
            ])?;
        }
    }
    Ok(())
}

fn affinity(report: &AffinityReport, row: &mut Rows<'_>) -> io::Result<()> {
    let name = |id: &ProductId| {
        let found = report.products.iter().find(|p| p.id == *id);
        found.map_or_else(|| format!("#{id}"), |p| p.sku.clone())
    };
    for rule in &report.rules {
        row(&[
            Cell::text("rule"),
            Cell::Items(rule.from.iter().map(name).collect()),
            Cell::text(&name(&rule.to)),
            Cell::Count(i64::from(rule.count)),
            Cell::Share(rounded(rule.confidence())),
            Cell::Real(rounded(rule.lift())),
            Cell::Count(i64::from(rule.count_from)),
            Cell::Count(i64::from(rule.baskets)),
            count(rule.open.customers),
            Cell::None,
        ])?;
    }
    for step in &report.steps {
        row(&[
            Cell::text("next"),
            Cell::Items(vec![name(&step.from)]),
            Cell::text(&name(&step.to)),
            Cell::Count(i64::from(step.count)),
            Cell::Share(rounded(f64::from(step.count) / f64::from(step.count_from.max(1)))),
            Cell::None,
            Cell::Count(i64::from(step.count_from)),
            Cell::Count(i64::from(report.customers)),
            Cell::None,
            Cell::Count(i64::from(step.median_days)),
        ])?;
    }
    Ok(())
}

fn lifecycle(
    report: &LifecycleReport,
    machine: bool,
    setup: &Setup,
    row: &mut Rows<'_>,
) -> io::Result<()> {
    for phase in &report.phases {
        let words = terms::stage(phase.stage).in_(setup.lang);
        row(&[
            word(machine, phase.stage.name(), words),
            count(phase.mark.customers),
            share(phase.mark.customers, report.total),
            Cell::Money(phase.mark.spent),
            Cell::Money(phase.mark.margin),
            Cell::Money(phase.mark.worth),
            Cell::of(phase.weeks, |w| Cell::Real(rounded(w))),
            Cell::of(phase.purchases, |n| Cell::Real(rounded(n))),
            Cell::of(phase.risk, |r| Cell::Share(rounded(r))),
            Cell::of(phase.days, |d| Cell::Count(i64::from(d))),
            Cell::text(&phase.mark.expression),
        ])?;
    }
    Ok(())
}

/// Steps in order; hours are of business.
fn processes(report: &ProcessesReport, row: &mut Rows<'_>) -> io::Result<()> {
    for process in &report.processes {
        for step in &process.steps {
            row(&[
                Cell::text(&process.name),
                Cell::text(&step.name),
                Cell::text(&step.team),
                count(step.open),
                count(step.overdue),
                count(step.passed),
                Cell::of(step.mean, |hours| Cell::Real(rounded(hours))),
                Cell::of(step.most, |hours| Cell::Real(rounded(hours))),
                Cell::Count(i64::from(step.allowed)),
                Cell::of(step.in_time, |part| Cell::Share(rounded(part))),
            ])?;
        }
    }
    Ok(())
}

fn churn(report: &ChurnReport, row: &mut Rows<'_>) -> io::Result<()> {
    for (month, alive) in report.curve.iter().enumerate() {
        row(&[
            Cell::text("alive"),
            count(month),
            Cell::None,
            Cell::Share(rounded(*alive)),
            count(report.averaged),
            Cell::None,
            Cell::None,
        ])?;
    }
    let of = report.total.customers;
    for leaving in &report.leaving {
        row(&[
            Cell::text("leaving"),
            Cell::of(leaving.from, Cell::day),
            Cell::of(leaving.until, |day| Cell::day(day.plus(-1))),
            share(leaving.mark.customers, of),
            count(leaving.mark.customers),
            Cell::Money(leaving.mark.worth),
            Cell::text(&leaving.mark.expression),
        ])?;
    }
    for band in &report.bands {
        row(&[
            Cell::text("risk"),
            Cell::Share(f64::from(band.from) / 100.0),
            Cell::Share(f64::from(band.to) / 100.0),
            share(band.mark.customers, of),
            count(band.mark.customers),
            Cell::Money(band.mark.worth),
            Cell::text(&band.mark.expression),
        ])?;
    }
    Ok(())
}

/// The curve, the same by term, who is likely to end theirs, and how well that is told.
fn contracts(
    report: &ContractsReport,
    machine: bool,
    setup: &Setup,
    row: &mut Rows<'_>,
) -> io::Result<()> {
    let mut line = |part: &str, cells: [Cell; 8]| {
        let part = Cell::text(part);
        row(&std::iter::once(part).chain(cells).collect::<Vec<_>>())
    };
    let none = Cell::None;
    for point in &report.curve {
        line(
            "running",
            [
                Cell::Count(i64::from(point.months)),
                none.clone(),
                Cell::Share(rounded(point.still)),
                Cell::Share(rounded(point.error)),
                count(point.at_risk),
                none.clone(),
                none.clone(),
                Cell::text(&point.mark.expression),
            ],
        )?;
    }
    for term in &report.terms {
        let words = terms::subscription_term(term.term).in_(setup.lang);
        line(
            "term",
            [
                word(machine, term.term.name(), words),
                none.clone(),
                Cell::of(term.after_year, |s| Cell::Share(rounded(s))),
                none.clone(),
                count(term.contracts),
                count(term.ended),
                Cell::of(term.median, |m| Cell::Real(rounded(m))),
                none.clone(),
            ],
        )?;
    }
    let running: usize = report.bands.iter().map(|b| b.mark.customers).sum();
    for band in &report.bands {
        line(
            "ending",
            [
                Cell::Share(f64::from(band.from) / 100.0),
                Cell::Share(f64::from(band.to) / 100.0),
                share(band.mark.customers, running),
                none.clone(),
                count(band.mark.customers),
                none.clone(),
                none.clone(),
                Cell::text(&band.mark.expression),
            ],
        )?;
    }
    let mut figure = |name: &str, amount: Option<f64>| match amount {
        Some(amount) => line(
            "quality",
            [
                Cell::text(name),
                none.clone(),
                none.clone(),
                none.clone(),
                none.clone(),
                none.clone(),
                Cell::Real(rounded(amount)),
                none.clone(),
            ],
        ),
        None => Ok(()),
    };
    figure("have", report.lack.as_ref().map(|l| l.have as f64))?;
    figure("needed", report.lack.as_ref().map(|l| l.needed as f64))?;
    figure("median_months", report.median)?;
    let Some(q) = report.quality else { return Ok(()) };
    figure("ended", Some(q.ended))?;
    figure("auc", q.auc)?;
    figure("auc_tenure", q.auc_tenure)?;
    figure("lift_top_tenth", q.lift)?;
    figure("log_loss", q.log_loss)?;
    figure("concordance", q.concordance)
}

fn groups(report: &GroupsReport, row: &mut Rows<'_>) -> io::Result<()> {
    let of = report.groups.iter().map(|g| g.members.len()).sum();
    for group in &report.groups {
        row(&[
            count(group.members.len()),
            share(group.members.len(), of),
            Cell::Items(group.signs.iter().map(|s| s.expression.clone()).collect()),
            Cell::text(&group.expression),
        ])?;
    }
    Ok(())
}

fn quality(report: &QualityReport, row: &mut Rows<'_>) -> io::Result<()> {
    let mut figure = |part: &str, name: &str, amount: f64| {
        let cells = [Cell::text(part), Cell::text(name), Cell::Real(rounded(amount))];
        let rest = [Cell::None, Cell::None, Cell::None];
        row(&[cells, rest].concat())
    };
    for model in report.scoring.iter().flat_map(|s| &s.models) {
        figure(&model.name, "log_likelihood", model.log_likelihood)?;
        for (name, amount) in model.parameters.iter().chain(&model.quality) {
            figure(&model.name, name, *amount)?;
        }
    }
    let Some(held) = &report.held else { return Ok(()) };
    let q = &held.quality;
    let named = [Cell::text("held_back"), Cell::text("model"), Cell::text(held.model.name())];
    row(&[named, [Cell::None, Cell::None, Cell::None]].concat())?;
    let mut figure = |part: &str, name: &str, amount: f64| {
        let cells = [Cell::text(part), Cell::text(name), Cell::Real(rounded(amount))];
        row(&[cells, [Cell::None, Cell::None, Cell::None]].concat())
    };
    figure("held_back", "weeks", q.weeks)?;
    for (name, amount) in [
        ("auc", q.model.auc),
        ("auc_alive", q.auc_alive),
        ("auc_recency", q.recency.auc),
        ("auc_average_rate", q.average_rate.auc),
        ("lift_top_tenth", q.model.lift),
        ("mae", Some(q.model.mae)),
        ("mae_recency", Some(q.recency.mae)),
        ("mae_average_rate", Some(q.average_rate.mae)),
    ] {
        if let Some(amount) = amount {
            figure("held_back", name, amount)?;
        }
    }
    for bin in &q.calibration {
        row(&[
            Cell::text("calibration"),
            Cell::None,
            Cell::None,
            count(bin.n),
            Cell::Real(rounded(bin.predicted)),
            Cell::Real(rounded(bin.actual)),
        ])?;
    }
    Ok(())
}
