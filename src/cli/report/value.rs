//! Groups by recency and frequency, value and cohorts as rows.

use std::io;

use crate::desk::reports::{CohortReport, Loyal, Mark, Profit, RfmReport, ValueReport};
use crate::exchange::export::sheet::Cell;
use crate::insight::rfm::{Rfm, Segment};
use crate::text::words::commands as words;
use crate::ui::terms;

use super::super::setup::Setup;
use super::super::table::Heading;
use super::{Rows, count, rounded, share, word};

pub const RFM: &[Heading] = &[
    Heading::new("recency", words::C_RECENCY),
    Heading::new("frequency", words::C_FREQUENCY),
    Heading::new("segment", words::C_SEGMENT),
    Heading::new("customers", words::C_N),
    Heading::new("spent", words::C_SPENT),
    Heading::new("margin", words::C_MARGIN),
    Heading::new("worth", words::C_FUTURE),
    Heading::new("where", words::C_WHERE),
];

pub const VALUE: &[Heading] = &[
    Heading::new("part", words::C_PART),
    Heading::new("name", words::C_NAME),
    Heading::new("from", words::C_FROM),
    Heading::new("to", words::C_TO),
    Heading::new("customers", words::C_N),
    Heading::new("share", words::C_SHARE),
    Heading::new("spent", words::C_SPENT),
    Heading::new("margin", words::C_MARGIN),
    Heading::new("margin_share", words::C_SHARE),
    Heading::new("worth", words::C_FUTURE),
    Heading::new("where", words::C_WHERE),
];

pub const COHORT: &[Heading] = &[
    Heading::new("from", words::C_FROM),
    Heading::new("to", words::C_TO),
    Heading::new("customers", words::C_N),
    Heading::new("period", words::C_PERIOD),
    Heading::new("active", words::C_ACTIVE),
    Heading::new("retention", words::C_RETENTION),
    Heading::new("revenue", words::C_REVENUE),
    Heading::new("where", words::C_WHERE),
];

/// The 25 cells, the best first.
pub fn rfm(report: &RfmReport, machine: bool, setup: &Setup, row: &mut Rows<'_>) -> io::Result<()> {
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

pub fn value(
    report: &ValueReport,
    machine: bool,
    setup: &Setup,
    row: &mut Rows<'_>,
) -> io::Result<()> {
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
pub fn cohort(report: &CohortReport, row: &mut Rows<'_>) -> io::Result<()> {
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

/// The machine name of a group, as in JSON.
fn segment_name(segment: Segment) -> String {
    match serde_json::to_value(segment) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
