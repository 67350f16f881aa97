//! Maturity as rows: the whole, each dimension, and what to do next in it.

use std::io;

use crate::desk::reports::{Before, MaturityLine, MaturityReport};
use crate::exchange::export::sheet::Cell;
use crate::insight::maturity::{Level, Unit, rungs_of};
use crate::text::words::{commands as words, maturity as m};
use crate::ui::maturity as told;

use super::super::setup::Setup;
use super::super::table::Heading;
use super::{Rows, rounded, word};

pub const MATURITY: &[Heading] = &[
    Heading::new("dimension", m::C_DIMENSION),
    Heading::new("level", m::C_LEVEL),
    Heading::new("name", words::C_NAME).spare(),
    Heading::new("figure", words::C_FIGURE),
    Heading::new("cases", m::C_CASES).spare(),
    Heading::new("next_figure", m::C_NEXT).spare(),
    Heading::new("next_cases", m::C_NEXT_CASES).spare(),
    Heading::new("before", m::C_BEFORE).spare(),
    Heading::new("todo", m::C_TODO),
    Heading::new("count", m::C_COUNT).spare(),
    Heading::new("where", words::C_WHERE).spare(),
];

fn amount(value: f64, unit: Unit) -> Cell {
    match unit {
        Unit::Share => Cell::Share(rounded(value)),
        Unit::Count => Cell::Count(value.round() as i64),
    }
}

fn level(of: Level) -> [Cell; 2] {
    [Cell::Count(i64::from(of.number())), Cell::Term(of.name(), told::level(of))]
}

/// The whole first; each dimension with the first thing to do, the others in rows of their own.
pub fn maturity(
    report: &MaturityReport,
    machine: bool,
    setup: &Setup,
    row: &mut Rows<'_>,
) -> io::Result<()> {
    let mut cells = vec![Cell::Term("all", m::THE_STORE)];
    cells.extend(level(report.level));
    cells.resize(MATURITY.len(), Cell::None);
    row(&cells)?;
    for line in &report.lines {
        let mut todo = todo(line, machine, setup).into_iter();
        let mut cells = figures(line);
        cells.extend(todo.next().unwrap_or_default());
        cells.resize(MATURITY.len(), Cell::None);
        row(&cells)?;
        for next in todo {
            let mut cells = vec![dimension(line)];
            cells.resize(MATURITY.len() - next.len(), Cell::None);
            cells.extend(next);
            row(&cells)?;
        }
    }
    Ok(())
}

fn dimension(line: &MaturityLine) -> Cell {
    Cell::Term(line.dimension.name(), told::dimension(line.dimension))
}

fn figures(line: &MaturityLine) -> Vec<Cell> {
    let rungs = rungs_of(line.dimension);
    let mut cells = vec![dimension(line)];
    cells.extend(level(line.level));
    cells.extend([
        Cell::of(line.figure, |figure| amount(figure, rungs.figure)),
        amount(line.cases, rungs.cases),
        Cell::of(line.next, |step| amount(step.figure, rungs.figure)),
        Cell::of(line.next, |step| amount(step.cases, rungs.cases)),
        match line.before {
            Before::Figure(was) => amount(was, rungs.figure),
            Before::Undated | Before::Nothing => Cell::None,
        },
    ]);
    cells
}

fn todo(line: &MaturityLine, machine: bool, setup: &Setup) -> Vec<Vec<Cell>> {
    let next = line.todo.iter().map(|next| {
        vec![
            word(machine, &next.what.name(), told::todo(next, setup.lang)),
            Cell::Count(i64::try_from(next.count).unwrap_or(i64::MAX)),
            Cell::text(&next.go.name()),
        ]
    });
    next.collect()
}
