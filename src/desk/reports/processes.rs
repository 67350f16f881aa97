//! Where cases wait: how long each step of each process takes in hours of business, how many stand
//! there now, and how many of them are late.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::super::{Cancel, Desk, Refusal, Who, hours, rows};
use super::ReportQuery;
use crate::domain::{Case, CaseState, CustomerId, ProcessId};
use crate::store::KeyRange;

/// The steps of all processes, those where cases wait longest first within each.
#[derive(Clone, Debug, Default)]
pub struct ProcessesReport {
    pub processes: Vec<ProcessLine>,
}

/// A process in sum.
#[derive(Clone, Debug, Default)]
pub struct ProcessLine {
    pub process: ProcessId,
    pub name: String,
    pub open: usize,
    pub overdue: usize,
    pub done: usize,
    pub dropped: usize,
    /// Steps in order.
    pub steps: Vec<StepLine>,
}

/// A step in sum. Times are hours of business.
#[derive(Clone, Debug, Default)]
pub struct StepLine {
    pub name: String,
    pub team: String,
    /// What it may take.
    pub allowed: u16,
    /// Cases that stand there now, and those of them that are late.
    pub open: usize,
    pub overdue: usize,
    /// Cases that went through it.
    pub passed: usize,
    /// Mean and 90th percentile of the time until it was left; `None` where nobody went through.
    pub mean: Option<f64>,
    pub most: Option<f64>,
    /// Part of those that went through in the time allowed, 0 to 1.
    pub in_time: Option<f64>,
}

impl Desk {
    pub(super) fn report_processes(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<ProcessesReport, Refusal> {
        let of: Option<std::collections::HashSet<CustomerId>> = match query.expression.trim() {
            "" => None,
            expression => {
                let ids =
                    self.ids(who, "", expression, crate::directory::Sort::default(), cancel)?;
                Some(ids.into_iter().collect())
            }
        };
        let (settings, holidays, definitions) = {
            let state = self.read();
            (state.settings.clone(), state.holidays.clone(), state.definitions.clone())
        };
        let mut lines: BTreeMap<ProcessId, (ProcessLine, Vec<Vec<f64>>)> = BTreeMap::new();
        for kept in &definitions.processes {
            let process = &kept.record;
            let steps = process.steps.iter().map(|step| StepLine {
                name: step.name.clone(),
                team: step.team.clone(),
                allowed: step.hours,
                ..StepLine::default()
            });
            let line = ProcessLine {
                process: process.id,
                name: process.name.clone(),
                steps: steps.collect(),
                ..ProcessLine::default()
            };
            lines.insert(process.id, (line, vec![Vec::new(); process.steps.len()]));
        }
        let mut seen = 0_usize;
        rows::read_all::<Case>(&*self.engine, KeyRange::all(), &mut |_, case, _| {
            seen += 1;
            if seen.is_multiple_of(1_024) && cancel.is_cancelled() {
                return ControlFlow::Break(());
            }
            let is_meant = of.as_ref().is_none_or(|of| of.contains(&case.customer));
            let Some((line, times)) = lines.get_mut(&case.process).filter(|_| is_meant) else {
                return ControlFlow::Continue(());
            };
            let overdue = usize::from(case.is_overdue(who.now));
            match case.state {
                CaseState::Open => {
                    line.open += 1;
                    line.overdue += overdue;
                    if let Some(step) = line.steps.get_mut(usize::from(case.step)) {
                        step.open += 1;
                        step.overdue += overdue;
                    }
                }
                CaseState::Done => line.done += 1,
                CaseState::Dropped => line.dropped += 1,
            }
            let mut since = case.opened;
            for (at, passage) in case.passages.iter().enumerate() {
                // Who dropped a case did not do the step.
                let dropped = case.state == CaseState::Dropped && at + 1 == case.passages.len();
                if let Some(times) = times.get_mut(usize::from(passage.step)).filter(|_| !dropped) {
                    let seconds = hours::between(since, passage.at, &settings, &holidays);
                    times.push(seconds as f64 / 3_600.0);
                }
                since = passage.at;
            }
            ControlFlow::Continue(())
        })?;
        if cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        let mut processes: Vec<ProcessLine> = Vec::with_capacity(lines.len());
        for (mut line, times) in lines.into_values() {
            for (step, mut times) in line.steps.iter_mut().zip(times) {
                let n = times.len();
                step.passed = n;
                if n == 0 {
                    continue;
                }
                times.sort_by(f64::total_cmp);
                step.mean = Some(times.iter().sum::<f64>() / n as f64);
                // The nearest rank.
                step.most = times.get((n * 9).div_ceil(10).saturating_sub(1)).copied();
                let allowed = f64::from(step.allowed);
                let fine = times.iter().filter(|hours| **hours <= allowed).count();
                step.in_time = Some(fine as f64 / n as f64);
            }
            processes.push(line);
        }
        processes.sort_by_cached_key(|line| line.name.to_lowercase());
        Ok(ProcessesReport { processes })
    }
}
