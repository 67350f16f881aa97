//! Are the scores true? The models in use, and how such a model does on time it has not seen.

use super::super::{Cancel, Desk, Refusal, Who};
use super::ReportQuery;
use crate::domain::{Day, History, Scoring};
use crate::insight::choice::{self, Kind};
use crate::insight::quality::{HeldOut, Quality, check, hold_out};

/// Histories cut at a time.
const AT_ONCE: usize = 8_192;

/// The models, and their quality on held-back time.
#[derive(Clone, Debug, Default)]
pub struct QualityReport {
    pub as_of: Day,
    /// What is in use; `None` before the first fit.
    pub scoring: Option<Scoring>,
    /// `None` where there is too little time or there are too few customers to hold any back.
    pub held: Option<Held>,
}

/// The model in use, or the default one, fitted on the time before `split` and checked on the time
/// after it.
#[derive(Clone, Debug)]
pub struct Held {
    pub model: Kind,
    pub split: Day,
    pub quality: Quality,
}

impl Desk {
    pub(super) fn report_quality(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<QualityReport, Refusal> {
        let as_of = self.report_day(who, query);
        let (scoring, minor) = {
            let state = self.read();
            (state.models.clone(), state.settings.currency.minor_per_major() as f64)
        };
        let chosen_model = scoring.iter().flat_map(|s| &s.models).find(|m| m.chosen);
        let model = chosen_model.and_then(|m| Kind::parse(&m.name)).unwrap_or(Kind::ParetoNbd);
        let mut report = QualityReport { as_of, scoring, held: None };
        let chosen = self.chosen(who, &query.expression)?;
        let first = {
            let state = self.read();
            let firsts = state.directory.live_rows().map(|row| state.directory.figures(row).first);
            firsts.filter(|day| day.is_known()).min()
        };
        let Some(split) = first.map(|first| as_of.plus(-(as_of.since(first) / 3))) else {
            return Ok(report);
        };
        let mut held = HeldOut::default();
        let mut ln_gaps = 0.0;
        let mut waiting: Vec<History> = Vec::with_capacity(AT_ONCE);
        let mut take = |waiting: &mut Vec<History>| {
            let mut part = hold_out(waiting.iter(), split, as_of, minor);
            ln_gaps += choice::total_ln_gaps(waiting.iter(), split);
            held.weeks = part.weeks;
            held.customers.append(&mut part.customers);
            held.actual.append(&mut part.actual);
            waiting.clear();
        };
        self.each_ledger(&chosen, cancel, &mut |_, ledger| {
            waiting.push(ledger.purchases);
            if waiting.len() == AT_ONCE {
                take(&mut waiting);
            }
        })?;
        take(&mut waiting);
        if held.weeks >= 1.0
            && let Ok(fit) = choice::fit(model, &held.customers, ln_gaps)
        {
            report.held = Some(Held { model, split, quality: check(&fit.model, &held) });
        }
        if cancel.is_cancelled() { Err(Refusal::Cancelled) } else { Ok(report) }
    }
}
