//! What campaigns came to, as rows.

use std::io;

use crate::desk::reports::CampaignsReport;
use crate::exchange::export::sheet::Cell;
use crate::text::words::commands as words;
use crate::ui::terms;

use super::super::setup::Setup;
use super::super::table::Heading;
use super::{Rows, rounded, word};

pub const HEADINGS: &[Heading] = &[
    Heading::new("campaign", words::C_CAMPAIGN),
    Heading::new("state", words::C_STATE).spare(),
    Heading::new("members", words::C_N),
    Heading::new("calls", words::C_CALLS).spare(),
    Heading::new("called", words::C_CALLED),
    Heading::new("reached", words::C_REACHED).spare(),
    Heading::new("yes", words::C_YES),
    Heading::new("no", words::C_SAID_NO).spare(),
    Heading::new("rate", words::C_SHARE),
    Heading::new("rate_low", words::C_LOW).spare(),
    Heading::new("rate_high", words::C_HIGH).spare(),
    Heading::new("cost", words::C_COST),
    Heading::new("cost_per_yes", words::C_PER_YES),
    Heading::new("margin", words::C_MARGIN).spare(),
    Heading::new("gain", words::C_GAIN),
    Heading::new("budget_left", words::C_LEFT).spare(),
    Heading::new("outside_called", words::C_OUTSIDE).spare(),
    Heading::new("outside_yes", words::C_OUTSIDE_YES).spare(),
    Heading::new("outside_rate", words::C_OUTSIDE_RATE),
    Heading::new("outside_cost_per_yes", words::C_OUTSIDE_PER_YES),
    Heading::new("where", words::C_WHERE).spare(),
];

pub fn rows(
    report: &CampaignsReport,
    machine: bool,
    setup: &Setup,
    row: &mut Rows<'_>,
) -> io::Result<()> {
    let count = |n: usize| Cell::Count(i64::try_from(n).unwrap_or(i64::MAX));
    let share = |x: Option<f64>| Cell::of(x, |x| Cell::Share(rounded(x)));
    for r in &report.rows {
        let (called, outside) = (&r.called, &r.outside);
        let state = terms::campaign_state(r.state).in_(setup.lang);
        row(&[
            Cell::text(&r.name),
            word(machine, r.state.name(), state),
            count(r.members),
            count(r.calls),
            count(called.customers),
            count(called.reached),
            count(called.yes),
            count(called.no),
            share(called.rate()),
            share(called.interval().map(|(low, _)| low)),
            share(called.interval().map(|(_, high)| high)),
            Cell::Money(r.cost),
            Cell::of(r.cost_per_yes(), Cell::Money),
            Cell::Money(r.margin),
            Cell::Money(r.gain()),
            Cell::of(r.left, Cell::Money),
            count(outside.customers),
            count(outside.yes),
            share(r.outside_rate),
            Cell::of(r.outside_cost_per_yes(), Cell::Money),
            Cell::text(&r.expression),
        ])?;
    }
    Ok(())
}
