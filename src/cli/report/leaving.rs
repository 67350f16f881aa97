//! Who leaves, which contracts end, and how well the models tell it, as rows.

use std::io;

use crate::desk::reports::{ChurnReport, ContractsReport, QualityReport};
use crate::exchange::export::sheet::Cell;
use crate::text::words::commands as words;
use crate::ui::terms;

use super::super::setup::Setup;
use super::super::table::Heading;
use super::{Rows, count, rounded, share, word};

pub const CHURN: &[Heading] = &[
    Heading::new("part", words::C_PART),
    Heading::new("from", words::C_FROM),
    Heading::new("to", words::C_TO),
    Heading::new("share", words::C_SHARE),
    Heading::new("customers", words::C_N),
    Heading::new("worth", words::C_FUTURE),
    Heading::new("where", words::C_WHERE),
];

pub const CONTRACTS: &[Heading] = &[
    Heading::new("part", words::C_PART),
    Heading::new("from", words::C_FROM),
    Heading::new("to", words::C_TO),
    Heading::new("share", words::C_SHARE),
    Heading::new("error", words::C_ERROR),
    Heading::new("contracts", words::C_CONTRACTS),
    Heading::new("ended", words::C_ENDED),
    Heading::new("amount", words::C_AMOUNT),
    Heading::new("where", words::C_WHERE),
];

pub const QUALITY: &[Heading] = &[
    Heading::new("part", words::C_PART),
    Heading::new("figure", words::C_FIGURE),
    Heading::new("amount", words::C_AMOUNT),
    Heading::new("customers", words::C_N),
    Heading::new("predicted", words::C_PREDICTED),
    Heading::new("actual", words::C_ACTUAL),
];

pub fn churn(report: &ChurnReport, row: &mut Rows<'_>) -> io::Result<()> {
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
pub fn contracts(
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

pub fn quality(report: &QualityReport, row: &mut Rows<'_>) -> io::Result<()> {
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
