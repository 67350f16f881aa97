//! Target groups: what each saved segment is worth, risks, costs to serve, and how it answers offers.

use super::super::lists::{expression_of, parse_some};
use super::super::state::State;
use super::super::{Cancel, Desk, Refusal, Who};
use super::{ReportQuery, narrowed};
use crate::directory::Bits;
use crate::domain::{Day, Expression};
use crate::insight::acceptance::Tally;

/// Weeks of a year.
const YEAR: f64 = 365.25 / 7.0;

/// Every saved segment, the targets first.
#[derive(Clone, Debug, Default)]
pub struct SegmentsReport {
    pub as_of: Day,
    pub rows: Vec<TargetRow>,
}

/// A segment in sum. Money in minor units.
#[derive(Clone, Debug, Default)]
pub struct TargetRow {
    pub name: String,
    pub target: bool,
    pub customers: usize,
    /// Expected residual value.
    pub worth: i64,
    /// What they spent so far.
    pub spent: i64,
    /// Mean chance to leave, when there is a model.
    pub risk: Option<f64>,
    /// What a year of serving them costs: call time and what they send back.
    pub cost: i64,
    /// What they said to offers.
    pub response: Tally,
    pub expression: String,
}

impl State {
    /// What a year of serving these costs, minor units.
    pub(in crate::desk) fn cost_to_serve(&self, set: &Bits) -> i64 {
        let minor = self.settings.currency.minor_per_major() as f64;
        let inputs = set.rows().filter_map(|row| self.scores.input(self.directory.id_at(row)));
        let weekly: f64 = inputs.map(|input| f64::from(input.cost_per_week)).sum();
        (weekly * YEAR * minor).round() as i64
    }

    /// What these said to offers.
    pub(in crate::desk) fn response(&self, set: &Bits) -> Tally {
        let row = |id| self.directory.row_of(id);
        self.answers.tally(&|id| row(id).is_some_and(|row| set.has(row)))
    }
}

impl Desk {
    pub(super) fn report_segments(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<SegmentsReport, Refusal> {
        self.learn_propositions()?;
        let state = self.read();
        let day = state.scoring_day(Self::day_in(&state.settings, who.now));
        let mut rows = Vec::with_capacity(state.segments.len());
        for segment in state.segments.iter().map(|kept| &kept.record) {
            if cancel.is_cancelled() {
                return Err(Refusal::Cancelled);
            }
            let expression = narrowed(&query.expression, &expression_of(segment));
            // A segment whose rule says nothing any more has nobody in it.
            let Ok(parsed) = parse_some(&state, &expression) else { continue };
            let parsed = parsed.unwrap_or(Expression::All);
            let set = state.directory.eval(&parsed, day, Some(who.agent.id));
            let sum = state.directory.sum_up(&set);
            rows.push(TargetRow {
                name: segment.name.clone(),
                target: segment.target,
                customers: sum.count,
                worth: sum.worth,
                spent: sum.spent,
                risk: sum.risk,
                cost: state.cost_to_serve(&set),
                response: state.response(&set),
                expression,
            });
        }
        rows.sort_by_key(|row| (!row.target, std::cmp::Reverse(row.worth)));
        Ok(SegmentsReport { as_of: day, rows })
    }
}
