//! The reports of moves between stages, of winning back, and of relations year by year, as rows.

use std::io;

use crate::desk::reports::{MovesReport, RelationsReport, WinBackReport};
use crate::exchange::export::sheet::Cell;
use crate::text::Lang;
use crate::text::words::{commands as words, lifecycle as l};
use crate::ui::terms;

use super::table::Heading;

/// Takes a row.
type Rows<'r> = dyn FnMut(&[Cell]) -> io::Result<()> + 'r;

pub const MOVES: &[Heading] = &[
    Heading::new("from", l::C_FROM),
    Heading::new("to", l::C_TO),
    Heading::new("rule", l::C_RULE),
    Heading::new("customers", words::C_N),
];

pub const WIN_BACK: &[Heading] = &[
    Heading::new("state", l::C_STATE),
    Heading::new("customers", words::C_N),
    Heading::new("cost", l::C_COST),
    Heading::new("revenue", l::C_EARNED),
    Heading::new("days", words::C_DAYS),
];

pub const RELATIONS: &[Heading] = &[
    Heading::new("until", l::C_UNTIL),
    Heading::new("customers", words::C_N),
    Heading::new("weeks", l::C_LENGTH),
    Heading::new("purchases", words::C_PURCHASES),
    Heading::new("spent", l::C_A_YEAR),
];

/// From where to where, and why.
pub fn moves(report: &MovesReport, lang: Lang, row: &mut Rows<'_>) -> io::Result<()> {
    for flow in &report.flows {
        let (name, why) = match flow.rule {
            Some(rule) => (rule.name(), terms::rule(rule)),
            None => ("by_hand", l::BY_HAND),
        };
        row(&[
            Cell::Term(flow.from.name(), terms::stage(flow.from)),
            Cell::Term(flow.to.name(), terms::stage(flow.to)),
            Cell::Data(name.into(), why.in_(lang)),
            Cell::Count(flow.customers as i64),
        ])?;
    }
    Ok(())
}

/// A row a state.
pub fn win_back(report: &WinBackReport, row: &mut Rows<'_>) -> io::Result<()> {
    for line in &report.lines {
        row(&[
            Cell::Term(line.state.name(), terms::win_back(line.state)),
            Cell::Count(line.customers as i64),
            Cell::Money(line.cost),
            Cell::Money(line.revenue),
            Cell::of(line.days, |d| Cell::Count(i64::from(d))),
        ])?;
    }
    Ok(())
}

/// A row a year.
pub fn relations(report: &RelationsReport, row: &mut Rows<'_>) -> io::Result<()> {
    for year in &report.years {
        row(&[
            Cell::Day(year.until),
            Cell::Count(year.customers as i64),
            Cell::Real((year.weeks * 10.0).round() / 10.0),
            Cell::Real((year.purchases * 100.0).round() / 100.0),
            Cell::Money(year.spent.round() as i64),
        ])?;
    }
    Ok(())
}
