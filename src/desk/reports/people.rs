//! Whom a report is about, with their figures on its day: from the columns in memory, or from all
//! ledgers cut off at another day.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::rows;
use super::super::scores::{Scores, Stand};
use super::super::{Cancel, Desk, Refusal, Who};
use super::ReportQuery;
use crate::directory::Bits;
use crate::domain::{CustomerId, Day, Expression, History, Ledger, Scoring, Settings};
use crate::insight::offer::LifeStage;
use crate::store::KeyRange;

/// Ledgers taken in at a time.
const LEDGERS_AT_ONCE: usize = 4_096;

/// A customer as the reports see it. Money in minor units; days [`Day::NEVER`] where there is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    pub id: CustomerId,
    pub first: Day,
    pub last: Day,
    /// Days with a sale.
    pub days: u32,
    pub spent: i64,
    pub margin: i64,
    pub value: Option<i64>,
    pub alive: Option<f32>,
    pub risk: Option<f32>,
    pub leave: Option<Day>,
    pub rfm: Option<[u8; 3]>,
}

/// The customers an expression selects.
pub(super) enum Chosen {
    All,
    Some(Arc<Bits>),
}

impl Desk {
    /// The rows a report is limited to.
    pub(super) fn chosen(&self, who: &Who, expression: &str) -> Result<Chosen, Refusal> {
        if expression.trim().is_empty() {
            return Ok(Chosen::All);
        }
        let parsed = self.parse(expression)?;
        if parsed == Expression::All {
            return Ok(Chosen::All);
        }
        let state = self.read();
        let today = state.scoring_day(Self::day_in(&state.settings, who.now));
        Ok(Chosen::Some(state.directory.eval(&parsed, today, Some(who.agent.id))))
    }

    /// True for the customers of a selection.
    pub(super) fn is_chosen(&self, chosen: &Chosen, id: CustomerId) -> bool {
        match chosen {
            Chosen::All => true,
            Chosen::Some(set) => self.read().directory.row_of(id).is_some_and(|row| set.has(row)),
        }
    }

    /// Everyone the report is about, with their figures on its day.
    pub(super) fn people(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<Vec<Person>, Refusal> {
        let chosen = self.chosen(who, &query.expression)?;
        if let Some(day) = query.as_of {
            return self.people_then(&chosen, day, cancel);
        }
        let state = self.read();
        let per_major = &state.settings;
        let mut all = Vec::with_capacity(match &chosen {
            Chosen::All => state.directory.len(),
            Chosen::Some(set) => set.count(),
        });
        for row in state.directory.live_rows() {
            if let Chosen::Some(set) = &chosen
                && !set.has(row)
            {
                continue;
            }
            let (f, s) = (state.directory.figures(row), state.directory.summary(row));
            all.push(Person {
                id: state.directory.id_at(row),
                first: f.first,
                last: f.last,
                days: f.purchases,
                spent: f.spent,
                margin: margin(f.spent, s.cost, f.returned, per_major),
                value: f.value,
                alive: f.p_alive,
                risk: f.risk,
                leave: f.leave,
                rfm: f.rfm,
            });
        }
        if cancel.is_cancelled() { Err(Refusal::Cancelled) } else { Ok(all) }
    }

    /// The same as of a day gone by: histories end there, and the models that stand score them.
    fn people_then(
        &self,
        chosen: &Chosen,
        day: Day,
        cancel: &Cancel,
    ) -> Result<Vec<Person>, Refusal> {
        let (settings, scoring) = {
            let state = self.read();
            let scoring = state.scores.models().map(|m| Scoring::clone(&m.scoring));
            (Arc::clone(&state.settings), scoring)
        };
        let mut scores = Scores::default();
        scores.set_models(scoring);
        scores.set_day(day);
        let mut all: Vec<Person> = Vec::new();
        self.each_ledger(chosen, cancel, &mut |id, mut ledger| {
            ledger.purchases = until(std::mem::take(&mut ledger.purchases), day);
            let history = &ledger.purchases;
            let Some(first) = history.first_sale() else { return };
            let total = history.total();
            all.push(Person {
                id,
                first,
                last: history.last_sale().unwrap_or(first),
                days: history.sale_days(),
                spent: total.revenue,
                margin: margin(total.revenue, total.cost, total.returned, &settings),
                value: None,
                alive: None,
                risk: None,
                leave: None,
                rfm: None,
            });
            scores.put(id, &ledger, &settings);
        })?;
        // What keeps somebody out of a queue is of no matter here.
        let free = Stand {
            may_call: true,
            put_off: 0,
            held_out: false,
            lead: None,
            stage: LifeStage::Unknown,
            offer_cost: None,
        };
        if let Some(basis) = scores.basis() {
            let ranking = basis.rank_all(&settings, &|_| Some(free));
            let mut columns = ranking.columns.into_iter().peekable();
            for person in &mut all {
                while columns.peek().is_some_and(|(id, _)| *id < person.id) {
                    columns.next();
                }
                let Some((_, c)) = columns.peek().filter(|(id, _)| *id == person.id) else {
                    continue;
                };
                let share = |x: f32| (!x.is_nan()).then_some(x);
                person.alive = share(c.p_alive);
                person.risk = share(c.risk);
                person.value = (c.value != crate::directory::Score::UNKNOWN).then_some(c.value);
                person.leave = c.leave;
                person.rfm = c.rfm;
            }
        }
        Ok(all)
    }

    /// Meets the ledgers of a selection, in the order of the customers, without holding the lock.
    pub(super) fn each_ledger(
        &self,
        chosen: &Chosen,
        cancel: &Cancel,
        each: &mut dyn FnMut(CustomerId, Ledger),
    ) -> Result<(), Refusal> {
        let mut seen = 0_usize;
        rows::read_all::<Ledger>(&*self.engine, KeyRange::all(), &mut |key, ledger, _| {
            seen += 1;
            if seen.is_multiple_of(LEDGERS_AT_ONCE) && cancel.is_cancelled() {
                return ControlFlow::Break(());
            }
            if let Some(id) = rows::customer_at(key).filter(|id| self.is_chosen(chosen, *id)) {
                each(id, ledger);
            }
            ControlFlow::Continue(())
        })?;
        if cancel.is_cancelled() { Err(Refusal::Cancelled) } else { Ok(()) }
    }
}

/// What was earned: revenue less the cost of the goods, or the usual margin where no cost is known,
/// less what was sent back.
fn margin(revenue: i64, cost: i64, returned: i64, settings: &Settings) -> i64 {
    let gross = if cost > 0 {
        revenue.saturating_sub(cost)
    } else {
        (revenue as f64 * settings.margin).round() as i64
    };
    gross.saturating_sub(returned)
}

/// A history as it was at the end of a day; exact unless the day lies among those folded away.
pub(super) fn until(mut history: History, day: Day) -> History {
    history.days.retain(|d| d.day <= day);
    if history.folded.as_ref().is_some_and(|f| f.first > day) {
        history.folded = None;
    }
    history
}
