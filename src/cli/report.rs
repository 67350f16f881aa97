//! `vafa report`: counts of the whole store.

use std::io;

use crate::desk::{Answer, Question, RfmGrid};
use crate::exchange::export::sheet::Cell;
use crate::text::words::commands as words;

use super::args::{Report, ReportKind};
use super::failure::Failure;
use super::out::Out;
use super::setup::Setup;
use super::table::Heading;
use super::visit::Visit;

const RFM: &[Heading] = &[
    Heading::new("recency", words::C_RECENCY),
    Heading::new("frequency", words::C_FREQUENCY),
    Heading::new("customers", words::C_N),
    Heading::new("spent", words::C_SPENT),
];

/// `vafa report`.
pub fn run(setup: &Setup, given: &Report, out: &mut Out) -> Result<(), Failure> {
    let ReportKind::Rfm = given.kind;
    let visit = Visit::open_loaded(setup)?;
    let setup = &visit.spoken(setup);
    let Answer::Rfm(grid) = visit.ask(Question::Rfm)? else { return Ok(()) };
    let print = |out: &mut Out| -> io::Result<()> {
        let mut sheet = out.sheet(RFM, given.format, setup, visit.decimals())?;
        rows(&grid, &mut |cells| sheet.row(cells))?;
        sheet.finish()
    };
    print(out).map_err(|e| Failure::output(&e, setup.lang))
}

/// The 25 cells, the best first.
fn rows(grid: &RfmGrid, row: &mut dyn FnMut(&[Cell]) -> io::Result<()>) -> io::Result<()> {
    let both = grid.customers.iter().zip(&grid.spent).enumerate().rev();
    for (r, (customers, spent)) in both {
        for (f, (count, spent)) in customers.iter().zip(spent).enumerate().rev() {
            row(&[
                Cell::Count(r as i64 + 1),
                Cell::Count(f as i64 + 1),
                Cell::Count(*count as i64),
                Cell::Money(*spent),
            ])?;
        }
    }
    Ok(())
}
