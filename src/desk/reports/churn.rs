//! Leaving: how many are still there in the months to come, when whose time runs out, and how the
//! risk is spread.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::rows;
use super::super::{Cancel, Desk, Refusal, Who};
use super::people::{Chosen, until};
use super::{Mark, ReportQuery, narrowed};
use crate::domain::{Day, Ledger};
use crate::insight::summarise;
use crate::store::KeyRange;

/// Months ahead of the curve.
const MONTHS: u32 = 24;
/// Months ahead that leaving is told of one by one.
const LEAVING: i32 = 12;
/// Days of a month here: a twelfth of a year, in whole days.
const MONTH: i32 = 30;
/// Customers the curve is averaged over; of more, every n-th.
const MOST: usize = 50_000;
/// From this chance on leaving is as likely as staying, or likelier.
pub(super) const LIKELY: f32 = 0.5;

/// Who leaves, and when.
#[derive(Clone, Debug, Default)]
pub struct ChurnReport {
    pub as_of: Day,
    /// Part of those who ever bought that is with us now and after each of the next 24 months; empty
    /// where nobody is scored.
    pub curve: Vec<f64>,
    /// Customers the curve is averaged over.
    pub averaged: usize,
    /// Those who have left by their date, and those whose date lies in each of the months to come.
    pub leaving: Vec<Leaving>,
    /// By chance to leave, the lowest first.
    pub bands: Vec<Band>,
    /// Those who rather leave than stay.
    pub likely: Mark,
    /// Weeks in which leaving matters.
    pub horizon_weeks: u16,
    pub total: Mark,
}

/// Those whose chance to be with us falls below the threshold in one month.
#[derive(Clone, Debug, Default)]
pub struct Leaving {
    /// `None` for those who are past it.
    pub from: Option<Day>,
    /// First day after it; `None` for all that is later.
    pub until: Option<Day>,
    pub mark: Mark,
}

/// Customers of like risk.
#[derive(Clone, Debug, Default)]
pub struct Band {
    /// In percent.
    pub from: u8,
    pub to: u8,
    pub mark: Mark,
}

impl Desk {
    pub(super) fn report_churn(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<ChurnReport, Refusal> {
        let as_of = self.report_day(who, query);
        let says = |condition: &str| match query.as_of {
            None => narrowed(&query.expression, condition),
            Some(_) => String::new(),
        };
        let mut report = ChurnReport { as_of, ..ChurnReport::default() };
        report.bands = (0..5_u8)
            .map(|i| {
                let (from, to) = (i * 20, i * 20 + 20);
                let condition = match i {
                    0 => format!("risk<{to}%"),
                    4 => format!("risk>={from}%"),
                    _ => format!("risk>={from}% risk<{to}%"),
                };
                let mark = Mark { expression: says(&condition), ..Mark::default() };
                Band { from, to, mark }
            })
            .collect();
        report.likely.expression = says(&format!("risk>={}%", LIKELY * 100.0));
        let end = |month: i32| as_of.plus(month * MONTH + 1);
        report.leaving = (-1..=LEAVING)
            .map(|month| {
                let from = (month >= 0).then(|| end(month));
                let until = (month < LEAVING).then(|| end(month + 1));
                let from_text = from.map(|d| format!("leave>={d}"));
                let until_text = until.map(|d| format!("leave<{d}"));
                let both: Vec<String> = [from_text, until_text].into_iter().flatten().collect();
                let mark = Mark { expression: says(&both.join(" ")), ..Mark::default() };
                Leaving { from, until, mark }
            })
            .collect();
        for person in self.people(who, query, cancel)? {
            let Some(risk) = person.risk else { continue };
            report.total.add(&person);
            let place = [0.2_f32, 0.4, 0.6, 0.8].iter().filter(|least| risk >= **least).count();
            if let Some(band) = report.bands.get_mut(place) {
                band.mark.add(&person);
            }
            if risk >= LIKELY {
                report.likely.add(&person);
            }
            let Some(leave) = person.leave else { continue };
            let month = report.leaving.iter_mut().find(|l| l.until.is_none_or(|u| leave < u));
            if let Some(month) = month {
                month.mark.add(&person);
            }
        }
        self.curve(who, query, &mut report, cancel)?;
        Ok(report)
    }

    /// The mean chance to be with us after each month.
    fn curve(
        &self,
        who: &Who,
        query: &ReportQuery,
        report: &mut ChurnReport,
        cancel: &Cancel,
    ) -> Result<(), Refusal> {
        let (models, settings) = {
            let state = self.read();
            (state.scores.models().cloned(), Arc::clone(&state.settings))
        };
        let Some(models) = models else { return Ok(()) };
        report.horizon_weeks = models.scoring.horizon_weeks;
        let chosen = self.chosen(who, &query.expression)?;
        let step = report.total.customers.div_ceil(MOST).max(1);
        let minor = settings.currency.minor_per_major() as f64;
        let mut sums = vec![0.0; MONTHS as usize + 1];
        let mut meet = |nth: usize, ledger: Ledger| {
            if !nth.is_multiple_of(step) {
                return;
            }
            let history = match query.as_of {
                Some(day) => until(ledger.purchases, day),
                None => ledger.purchases,
            };
            let Some(s) = summarise(&history, report.as_of, minor) else { return };
            report.averaged += 1;
            for (month, sum) in (0..).zip(&mut sums) {
                let weeks = f64::from(month) * 365.25 / 12.0 / 7.0;
                *sum += models.buying.p_alive_later(&s, weeks);
            }
        };
        let mut nth = 0;
        match chosen {
            Chosen::All => {
                rows::read_all::<Ledger>(&*self.engine, KeyRange::all(), &mut |_, ledger, _| {
                    meet(nth, ledger);
                    nth += 1;
                    let stop = nth.is_multiple_of(4_096) && cancel.is_cancelled();
                    if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                })?;
            }
            Chosen::Some(_) => self.each_ledger(&chosen, cancel, &mut |_, ledger| {
                meet(nth, ledger);
                nth += 1;
            })?,
        }
        if cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        if report.averaged > 0 {
            report.curve = sums.into_iter().map(|sum| sum / report.averaged as f64).collect();
        }
        Ok(())
    }
}
