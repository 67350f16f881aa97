//! The life of relations: how many customers are in each stage, how long and how deep they are.

use super::super::{Cancel, Desk, Refusal, Who};
use super::{Mark, ReportQuery, narrowed};
use crate::domain::{Day, Stage};

/// The stages in the order of a life.
#[derive(Clone, Debug, Default)]
pub struct LifecycleReport {
    pub as_of: Day,
    pub phases: Vec<Phase>,
    pub total: usize,
    /// Those who ever bought, and those of them who bought on another day too.
    pub bought: usize,
    pub came_back: usize,
}

/// Those who are in a stage.
#[derive(Clone, Debug)]
pub struct Phase {
    pub stage: Stage,
    pub mark: Mark,
    /// Mean weeks from the first purchase to the last; `None` where nobody bought.
    pub weeks: Option<f64>,
    /// Mean days of buying; `None` where nobody bought.
    pub purchases: Option<f64>,
    /// Mean chance to leave, when there is a model.
    pub risk: Option<f64>,
    /// Median days that customers are in it, when any have moved.
    pub days: Option<i32>,
}

impl Desk {
    /// A stage has no memory: of another day than today there is nothing to tell.
    pub(super) fn report_lifecycle(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<LifecycleReport, Refusal> {
        let mut report =
            LifecycleReport { as_of: self.report_day(who, query), ..LifecycleReport::default() };
        let days = self.days_in_stages(self.day(who.now))?;
        for stage in Stage::ALL {
            let expression = narrowed(&query.expression, &format!("stage:{stage}"));
            let query = ReportQuery { expression: expression.clone(), ..query.clone() };
            let mut mark = Mark { expression, ..Mark::default() };
            let (mut weeks, mut purchases, mut buyers) = (0.0, 0.0, 0_usize);
            let (mut risk, mut known) = (0.0, 0_usize);
            for person in self.people(who, &query, cancel)? {
                mark.add(&person);
                if person.days > 0 {
                    weeks += f64::from(person.last.since(person.first)) / 7.0;
                    purchases += f64::from(person.days);
                    buyers += 1;
                    report.came_back += usize::from(person.days > 1);
                }
                if let Some(chance) = person.risk {
                    risk += f64::from(chance);
                    known += 1;
                }
            }
            let mean = |sum: f64, n: usize| (n > 0).then(|| sum / n as f64);
            report.total += mark.customers;
            report.bought += buyers;
            report.phases.push(Phase {
                stage: *stage,
                mark,
                weeks: mean(weeks, buyers),
                purchases: mean(purchases, buyers),
                risk: mean(risk, known),
                days: days.get(stage).copied(),
            });
        }
        Ok(report)
    }
}
