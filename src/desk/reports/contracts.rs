//! Contracts: how long they run, and how well it is told who ends theirs.

use super::super::contracts::{Seen, churn_of};
use super::super::question::Lack;
use super::super::{Cancel, Desk, Refusal, Who};
use super::churn::LIKELY;
use super::{Band, Mark, ReportQuery, of_ids};
use crate::domain::{CustomerId, Day, Scoring, Term};
use crate::insight::contract::{Churn, Known, LEAST_ENDED, MONTH, TENURE};
use crate::insight::survival::{KaplanMeier, Span};

/// Points of the curve, beside the first.
const MOST_POINTS: u32 = 24;
/// Fewer contracts than this say nothing of the part that is left.
const LEAST_AT_RISK: usize = 10;

/// How contracts end.
#[derive(Clone, Debug, Default)]
pub struct ContractsReport {
    pub as_of: Day,
    /// Contracts that have begun, and those of them that have ended.
    pub contracts: usize,
    pub ended: usize,
    /// Part that still runs by age (Kaplan and Meier), as far as enough contracts are as old.
    pub curve: Vec<Aged>,
    /// Months by which half have ended; `None` where fewer have.
    pub median: Option<f64>,
    /// The same by how long a contract runs each time.
    pub terms: Vec<TermRow>,
    /// Contracts that run, by their chance to end within the horizon; none before a fit.
    pub bands: Vec<Band>,
    /// Those of them who rather end theirs than not.
    pub likely: usize,
    pub horizon_weeks: u16,
    pub quality: Option<ContractQuality>,
    /// What there is too little of for a fit.
    pub lack: Option<Lack>,
}

/// Contracts of one age.
#[derive(Clone, Debug, Default)]
pub struct Aged {
    pub months: u32,
    /// Part that still runs after them, with its standard error.
    pub still: f64,
    pub error: f64,
    /// Contracts that were as old.
    pub at_risk: usize,
    /// Contracts that run today and are that old.
    pub mark: Mark,
}

/// Contracts of one term.
#[derive(Clone, Copy, Debug)]
pub struct TermRow {
    pub term: Term,
    pub contracts: usize,
    pub ended: usize,
    /// Part that still runs after a year; `None` where none was seen as long.
    pub after_year: Option<f64>,
    /// Months by which half have ended.
    pub median: Option<f64>,
}

/// How well those who end their contract are told from those who do not, on contracts the model has
/// not seen.
#[derive(Clone, Copy, Debug, Default)]
pub struct ContractQuality {
    /// Contracts it was learned from, and those that ended.
    pub n: u64,
    pub ended: f64,
    pub auc: Option<f64>,
    /// By age of the contract alone.
    pub auc_tenure: Option<f64>,
    pub lift: Option<f64>,
    pub log_loss: Option<f64>,
    /// Harrell's C of the model of when.
    pub concordance: Option<f64>,
}

impl Desk {
    pub(super) fn report_contracts(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<ContractsReport, Refusal> {
        let as_of = self.report_day(who, query);
        let chosen = self.chosen(who, &query.expression)?;
        let mut all = self.contracts()?;
        all.retain(|c| c.contract.start < as_of && self.is_chosen(&chosen, c.customer));
        if cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        let scoring = self.read().models.clone();
        let span = |c: &Seen| {
            let end = c.contract.end.filter(|end| *end <= as_of);
            let days = f64::from(end.unwrap_or(as_of).since(c.contract.start).max(1));
            Span { time: (days / MONTH).ceil(), ended: end.is_some() }
        };
        let spans: Vec<Span> = all.iter().map(span).collect();
        let whole = KaplanMeier::of(&spans);
        let mut report = ContractsReport {
            as_of,
            contracts: all.len(),
            ended: spans.iter().filter(|s| s.ended).count(),
            median: whole.median(),
            horizon_weeks: scoring.as_ref().map_or(0, |s| s.horizon_weeks),
            quality: scoring.as_ref().and_then(quality),
            ..ContractsReport::default()
        };
        let fewest = report.ended.min(report.contracts - report.ended);
        if report.quality.is_none() && fewest < LEAST_ENDED {
            let what = "contracts that ended";
            report.lack = Some(Lack { what, have: fewest, needed: LEAST_ENDED });
        }
        let named = query.as_of.is_none();
        report.curve = curve(&all, &spans, &whole, named, as_of);
        report.terms = terms(&all, &spans);
        if let Some(churn) = scoring.as_ref().and_then(churn_of).filter(|_| named) {
            let chances = chances(&all, &churn, as_of);
            report.likely = chances.iter().filter(|(_, c)| *c >= f64::from(LIKELY)).count();
            report.bands = bands(&chances);
        }
        Ok(report)
    }
}

fn quality(scoring: &Scoring) -> Option<ContractQuality> {
    let churn = scoring.model(super::super::contracts::CHURN)?;
    let cox = scoring.model(super::super::contracts::COX);
    Some(ContractQuality {
        n: churn.n,
        ended: churn.figure("ended").unwrap_or_default(),
        auc: churn.figure("auc"),
        auc_tenure: churn.figure("auc_tenure"),
        lift: churn.figure("lift_top_tenth"),
        log_loss: churn.figure("log_loss"),
        concordance: cox.and_then(|m| m.figure("concordance")),
    })
}

/// The curve in steps of a month, a quarter or a year, so that it has an end.
fn curve(all: &[Seen], spans: &[Span], whole: &KaplanMeier, named: bool, as_of: Day) -> Vec<Aged> {
    let mut times: Vec<f64> = spans.iter().map(|s| s.time).collect();
    times.sort_unstable_by(f64::total_cmp);
    let at_risk = |months: u32| times.len() - times.partition_point(|t| *t < f64::from(months));
    let Some(oldest) = times.len().checked_sub(LEAST_AT_RISK).and_then(|at| times.get(at)) else {
        return Vec::new();
    };
    let oldest = *oldest as u32;
    let step = [1, 3, 6, 12].into_iter().find(|s| oldest <= s * MOST_POINTS).unwrap_or(24);
    let mut points: Vec<Aged> = (0..=(oldest / step).min(MOST_POINTS))
        .map(|n| {
            let months = n * step;
            let until = whole.steps.partition_point(|(t, ..)| *t <= f64::from(months));
            let last = until.checked_sub(1).and_then(|at| whole.steps.get(at));
            let (still, error) = last.map_or((1.0, 0.0), |(_, still, error)| (*still, *error));
            Aged { months, still, error, at_risk: at_risk(months), mark: Mark::default() }
        })
        .collect();
    let mut running: Vec<Vec<CustomerId>> = vec![Vec::new(); points.len()];
    for seen in all.iter().filter(|c| c.contract.end.is_none_or(|end| end > as_of)) {
        let months = f64::from(as_of.since(seen.contract.start)) / MONTH;
        let at = (months as u32 / step) as usize;
        if let Some(customers) = running.get_mut(at) {
            customers.push(seen.customer);
        }
    }
    for (point, mut customers) in points.iter_mut().zip(running) {
        customers.dedup();
        point.mark.customers = customers.len();
        if named {
            point.mark.expression = of_ids(&customers);
        }
    }
    points
}

fn terms(all: &[Seen], spans: &[Span]) -> Vec<TermRow> {
    let of = |term: &Term| {
        let mine: Vec<Span> =
            all.iter().zip(spans).filter(|(c, _)| c.term == *term).map(|(_, s)| *s).collect();
        let curve = KaplanMeier::of(&mine);
        let long = mine.iter().any(|s| s.time >= 12.0);
        (!mine.is_empty()).then(|| TermRow {
            term: *term,
            contracts: mine.len(),
            ended: mine.iter().filter(|s| s.ended).count(),
            after_year: long.then(|| curve.survival(12.0)),
            median: curve.median(),
        })
    };
    Term::ALL.iter().filter_map(of).collect()
}

/// Those with a running contract and the chance of the one most likely to end, the highest first.
fn chances(all: &[Seen], churn: &Churn, as_of: Day) -> Vec<(CustomerId, f64)> {
    let mut chances: Vec<(CustomerId, f64)> = Vec::new();
    for seen in all.iter().filter(|c| c.contract.end.is_none_or(|end| end > as_of)) {
        let mut traits = seen.contract.traits.clone();
        let now = f64::from(as_of.since(seen.contract.start)) / MONTH;
        traits.push((TENURE.to_owned(), Known::Number(now)));
        let chance = churn.chance(&traits);
        match chances.last_mut().filter(|(id, _)| *id == seen.customer) {
            Some((_, most)) => *most = most.max(chance),
            None => chances.push((seen.customer, chance)),
        }
    }
    chances.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    chances
}

/// The same in fifths of the chance.
fn bands(chances: &[(CustomerId, f64)]) -> Vec<Band> {
    (0..5_u8)
        .map(|i| {
            let (from, to) = (i * 20, i * 20 + 20);
            let inside = |chance: f64| {
                let percent = chance * 100.0;
                percent >= f64::from(from) && (percent < f64::from(to) || to == 100)
            };
            let mine: Vec<CustomerId> =
                chances.iter().filter(|(_, c)| inside(*c)).map(|(id, _)| *id).collect();
            let expression = of_ids(&mine);
            Band { from, to, mark: Mark { expression, customers: mine.len(), ..Mark::default() } }
        })
        .collect()
}
