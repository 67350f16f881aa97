//! How relations move: from which stage to which in a period and over time, and how long a stage lasts.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use super::super::rows;
use super::super::{Cancel, Desk, Refusal, Who};
use super::relations::median;
use super::{Mark, Period, ReportQuery, of_ids};
use crate::domain::{CustomerId, Day, Stage, StageMove};
use crate::insight::lifecycle::Rule;
use crate::store::KeyRange;

/// Periods looked back on, that of the report among them.
const PERIODS: usize = 6;

/// From where to where, and by which rule.
type Way = (Stage, Stage, Option<Rule>);

/// From where to where, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    pub from: Stage,
    pub to: Stage,
    /// `None` when it was done by hand.
    pub rule: Option<Rule>,
    pub customers: usize,
}

/// One way from stage to stage over time.
#[derive(Clone, Debug)]
pub struct Stream {
    pub from: Stage,
    pub to: Stage,
    /// `None` when it was done by hand.
    pub rule: Option<Rule>,
    /// The moves of each period, the oldest first.
    pub moves: Vec<Mark>,
}

impl Stream {
    /// Moves of all periods.
    pub fn total(&self) -> usize {
        self.moves.iter().map(|mark| mark.customers).sum()
    }
}

/// The moves of a period, and of those before it.
#[derive(Clone, Debug, Default)]
pub struct MovesReport {
    /// First and last day of the period.
    pub since: Day,
    pub until: Day,
    /// Most first.
    pub flows: Vec<Flow>,
    /// The last day of each period that is told over time, the oldest first.
    pub ends: Vec<Day>,
    /// Days of a period.
    pub days: i32,
    /// What moved over time, the most first.
    pub streams: Vec<Stream>,
}

impl Desk {
    /// The moves of the last week, month or quarter, and of the periods before it.
    pub(super) fn report_moves(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<MovesReport, Refusal> {
        let chosen = self.chosen(who, &query.expression)?;
        let until = query.as_of.unwrap_or_else(|| self.day(who.now));
        let days = match query.period {
            Period::Week => 7,
            Period::Month => 30,
            Period::Quarter => 91,
        };
        let mut moved: BTreeMap<Way, [Vec<CustomerId>; PERIODS]> = BTreeMap::new();
        let all = KeyRange::all();
        rows::read_all::<StageMove>(&*self.engine, all, &mut |_, m, _| {
            let ago = until.since(self.day(m.at));
            let periods_ago = usize::try_from(ago.div_euclid(days)).ok();
            let place = periods_ago.and_then(|ago| (PERIODS - 1).checked_sub(ago));
            if let Some(place) = place.filter(|_| self.is_chosen(&chosen, m.customer)) {
                let periods = moved.entry((m.from, m.to, Rule::parse(&m.rule))).or_default();
                if let Some(period) = periods.get_mut(place) {
                    period.push(m.customer);
                }
            }
            if cancel.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        if cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        let streams = moved.into_iter().map(|((from, to, rule), periods)| {
            let mark = |mut ids: Vec<CustomerId>| {
                let customers = ids.len();
                ids.sort_unstable();
                ids.dedup(); // who moved the same way twice is named once
                Mark { expression: of_ids(&ids), customers, ..Mark::default() }
            };
            Stream { from, to, rule, moves: periods.into_iter().map(mark).collect() }
        });
        let mut streams: Vec<Stream> = streams.collect();
        streams.sort_by_key(|stream| std::cmp::Reverse(stream.total()));
        let flows = streams.iter().filter_map(|stream| {
            let customers = stream.moves.last().map_or(0, |mark| mark.customers);
            let Stream { from, to, rule, .. } = *stream;
            (customers > 0).then_some(Flow { from, to, rule, customers })
        });
        let mut flows: Vec<Flow> = flows.collect();
        flows.sort_by_key(|f| std::cmp::Reverse(f.customers));
        let ends = (0..PERIODS as i32).rev().map(|ago| until.plus(-days * ago)).collect();
        Ok(MovesReport { since: until.plus(1 - days), until, flows, ends, days, streams })
    }

    /// Median days in each stage, of stays that have ended and of those that go on until `today`.
    pub(super) fn days_in_stages(&self, today: Day) -> Result<HashMap<Stage, i32>, Refusal> {
        let mut stays: HashMap<Stage, Vec<i32>> = HashMap::new();
        let mut open: Option<(CustomerId, Stage, Day)> = None;
        let close =
            |open: Option<(CustomerId, Stage, Day)>, day: Day, stays: &mut HashMap<_, Vec<_>>| {
                if let Some((_, stage, since)) = open {
                    stays.entry(stage).or_default().push(day.since(since).max(0));
                }
            };
        rows::read_all::<StageMove>(&*self.engine, KeyRange::all(), &mut |_, m, _| {
            let day = self.day(m.at);
            let same = open.is_some_and(|(of, ..)| of == m.customer);
            close(open, if same { day } else { today }, &mut stays);
            open = Some((m.customer, m.to, day));
            ControlFlow::Continue(())
        })?;
        close(open, today, &mut stays);
        Ok(stays.into_iter().filter_map(|(stage, days)| Some((stage, median(days)?))).collect())
    }
}
