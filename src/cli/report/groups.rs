//! Groups found, target groups and loyalty programmes as rows.

use std::io;

use crate::desk::reports::{GroupsReport, ProgrammesReport, SegmentsReport};
use crate::exchange::export::sheet::Cell;
use crate::text::words::{commands as words, programmes as p, segments as s};

use super::super::table::Heading;
use super::{Rows, count, rounded, share};

pub const GROUPS: &[Heading] = &[
    Heading::new("customers", words::C_N),
    Heading::new("share", words::C_SHARE),
    Heading::new("signs", words::C_SIGNS),
    Heading::new("where", words::C_WHERE),
];

pub const SEGMENTS: &[Heading] = &[
    Heading::new("name", words::C_NAME),
    Heading::new("target", s::TARGET),
    Heading::new("customers", words::C_N),
    Heading::new("worth", words::C_FUTURE),
    Heading::new("spent", words::C_SPENT).spare(),
    Heading::new("risk", words::C_RISK),
    Heading::new("cost", p::C_SERVE),
    Heading::new("asked", words::C_ASKED),
    Heading::new("accepted", words::C_ACCEPTED),
    Heading::new("rate", words::C_SHARE),
    Heading::new("where", words::C_WHERE).spare(),
];

pub const PROGRAMMES: &[Heading] = &[
    Heading::new("programme", words::C_PROGRAMME),
    Heading::new("tier_from", p::C_TIER),
    Heading::new("eligible", p::C_ELIGIBLE),
    Heading::new("earning", p::C_EARNING),
    Heading::new("open", words::C_BALANCE),
    Heading::new("liability", words::C_LIABILITY),
    Heading::new("redeemed", words::C_REDEEMED).spare(),
    Heading::new("expired", words::C_LOST).spare(),
    Heading::new("cost", words::C_COST),
    Heading::new("compared", p::C_COMPARED).spare(),
    Heading::new("margin_before", p::C_BEFORE),
    Heading::new("margin_after", p::C_AFTER),
    Heading::new("margin_members", p::C_WITH).spare(),
    Heading::new("margin_others", p::C_WITHOUT).spare(),
    Heading::new("where", words::C_WHERE).spare(),
];

pub fn groups(report: &GroupsReport, row: &mut Rows<'_>) -> io::Result<()> {
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

/// A row a saved segment.
pub fn segments(report: &SegmentsReport, row: &mut Rows<'_>) -> io::Result<()> {
    for r in &report.rows {
        let (asked, taken) = (r.response.asked, r.response.taken);
        let rate = (asked > 0).then(|| f64::from(taken) / f64::from(asked));
        row(&[
            Cell::text(&r.name),
            Cell::Yes(r.target),
            count(r.customers),
            Cell::Money(r.worth),
            Cell::Money(r.spent),
            Cell::of(r.risk, |risk| Cell::Share(rounded(risk))),
            Cell::Money(r.cost),
            Cell::Count(i64::from(asked)),
            Cell::Count(i64::from(taken)),
            Cell::of(rate, |rate| Cell::Share(rounded(rate))),
            Cell::text(&r.expression),
        ])?;
    }
    Ok(())
}

/// A row a programme, and one for each of its tiers.
pub fn programmes(report: &ProgrammesReport, row: &mut Rows<'_>) -> io::Result<()> {
    for line in &report.lines {
        row(&[
            Cell::text(&line.name),
            Cell::of(line.tier.as_ref(), |tier| Cell::Money(tier.threshold)),
            count(line.eligible),
            count(line.earning),
            Cell::Count(line.open),
            Cell::Money(line.liability),
            Cell::Count(line.redeemed),
            Cell::Count(line.lost),
            Cell::Money(line.cost),
            count(line.compared),
            Cell::of(line.before, Cell::Money),
            Cell::of(line.after, Cell::Money),
            Cell::of(line.with, Cell::Money),
            Cell::of(line.without, Cell::Money),
            Cell::text(&line.expression),
        ])?;
    }
    Ok(())
}
