//! Recency, frequency and monetary value: the 25 cells and the named groups, each with its customers.

use super::super::{Cancel, Desk, Refusal, Who};
use super::{Mark, ReportQuery, narrowed};
use crate::domain::Day;
use crate::insight::rfm::{Rfm, Segment};

/// The recency x frequency grid: `cells[recency - 1][frequency - 1]`, 5 is best.
#[derive(Clone, Debug, Default)]
pub struct RfmReport {
    pub as_of: Day,
    pub cells: [[Mark; 5]; 5],
    /// The named groups, the best first; those nobody is in are left out.
    pub segments: Vec<(Segment, Mark)>,
    /// All who bought.
    pub total: Mark,
}

impl Desk {
    pub(super) fn report_rfm(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<RfmReport, Refusal> {
        let mut report = RfmReport { as_of: self.report_day(who, query), ..RfmReport::default() };
        let says = |condition: &str| match query.as_of {
            None => narrowed(&query.expression, condition),
            Some(_) => String::new(),
        };
        let mut named: Vec<(Segment, Mark, Vec<String>)> =
            Segment::ALL.iter().map(|s| (*s, Mark::default(), Vec::new())).collect();
        for (r, row) in (1..).zip(&mut report.cells) {
            for (f, cell) in (1..).zip(row) {
                let condition = format!("rfm:{r}{f}");
                cell.expression = says(&condition);
                let segment = Segment::of(Rfm { r, f, m: 1 });
                if let Some((_, _, cells)) = named.iter_mut().find(|(s, ..)| *s == segment) {
                    cells.push(condition);
                }
            }
        }
        for person in self.people(who, query, cancel)? {
            let Some([r, f, m]) = person.rfm else { continue };
            report.total.add(&person);
            let (row, column) = (usize::from(r.wrapping_sub(1)), usize::from(f.wrapping_sub(1)));
            if let Some(cell) = report.cells.get_mut(row).and_then(|row| row.get_mut(column)) {
                cell.add(&person);
            }
            let segment = Segment::of(Rfm { r, f, m });
            if let Some((_, mark, _)) = named.iter_mut().find(|(s, ..)| *s == segment) {
                mark.add(&person);
            }
        }
        let there = named.into_iter().filter(|(_, mark, _)| mark.customers > 0);
        report.segments = there
            .map(|(segment, mark, cells)| {
                let condition = if cells.len() == 1 {
                    cells.concat()
                } else {
                    format!("({})", cells.join(" or "))
                };
                (segment, Mark { expression: says(&condition), ..mark })
            })
            .collect();
        Ok(report)
    }
}
