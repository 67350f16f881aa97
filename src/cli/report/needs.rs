//! Needs as rows.

use std::io;

use crate::desk::reports::{Among, NeedsReport};
use crate::exchange::export::sheet::Cell;
use crate::text::words::{commands as words, needs as n};

use super::super::setup::Setup;
use super::super::table::Heading;
use super::{Rows, count, rounded, word};

pub const NEEDS: &[Heading] = &[
    Heading::new("need", n::C_NEED),
    Heading::new("among", words::C_AMONG),
    Heading::new("customers", words::C_N),
    Heading::new("share", words::C_SHARE),
    Heading::new("importance", n::C_IMPORTANCE),
    Heading::new("met", n::C_MET),
    Heading::new("unmet", n::C_UNMET),
    Heading::new("worth", words::C_FUTURE),
    Heading::new("offers", n::C_OFFERS),
    Heading::new("where", words::C_WHERE).spare(),
];

pub fn needs(
    report: &NeedsReport,
    machine: bool,
    setup: &Setup,
    row: &mut Rows<'_>,
) -> io::Result<()> {
    for r in &report.rows {
        let among = match &r.among {
            Among::Segment(name) => Cell::text(name),
            _ => word(machine, "", words::EVERYONE.in_(setup.lang)),
        };
        let mark = |mark: Option<f64>| Cell::of(mark, |mark| Cell::Real(rounded(mark)));
        row(&[
            Cell::text(&r.need),
            among,
            count(r.customers),
            Cell::Share(rounded(r.share)),
            mark(r.importance),
            mark(r.met),
            count(r.unmet),
            Cell::Money(r.worth),
            count(r.offers),
            Cell::text(&r.expression),
        ])?;
    }
    Ok(())
}
