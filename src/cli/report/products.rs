//! Which products go together, as rows.

use std::io;

use crate::desk::reports::AffinityReport;
use crate::domain::ProductId;
use crate::exchange::export::sheet::Cell;
use crate::text::words::commands as words;

use super::super::table::Heading;
use super::{Rows, count, rounded};

pub const AFFINITY: &[Heading] = &[
    Heading::new("part", words::C_PART),
    Heading::new("from", words::C_FROM),
    Heading::new("takes", words::C_TAKES),
    Heading::new("together", words::C_SUPPORT),
    Heading::new("confidence", words::C_CONFIDENCE),
    Heading::new("lift", words::C_TIMES),
    Heading::new("baskets_from", words::C_BASKETS),
    Heading::new("baskets", words::C_BASKETS),
    Heading::new("open", words::C_OPEN),
    Heading::new("median_days", words::C_DAYS),
];

pub fn affinity(report: &AffinityReport, row: &mut Rows<'_>) -> io::Result<()> {
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
