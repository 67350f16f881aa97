//! Who stands at another stage than the rules say, and since when: looks at everybody, moves nobody.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use jiff::Timestamp;

use crate::directory::Figures;
use crate::domain::{CustomerId, Day, Interaction, Relation, RelationKind, Stage, StageMove};
use crate::insight::lifecycle::{Evidence, PROMOTES_FROM, Rule, stage};
use crate::insight::purchasing::PurchaseModel;
use crate::store::{Engine, KeyRange, StoreError};

use super::super::reports::of_ids;
use super::super::rows;
use super::super::state::State;
use super::super::{Desk, Refusal, Who};
use super::{LifecycleRun, MoveCount, Moving};

impl Desk {
    /// Everybody whose stage is another by the rules; judged once all that was bought is known.
    pub(super) fn due_moves(&self, who: &Who) -> Result<(Vec<Moving>, LifecycleRun), Refusal> {
        self.wait_loaded(&mut |_| {})?;
        let engine = &*self.engine;
        let last = last_moves(engine, &|at| self.day(at))?;
        let promoters = promoters(engine)?;
        let limits = self.learned_limits();
        let state = self.read();
        let directory = &state.directory;
        let (mut moving, mut by_hand) = (Vec::new(), 0);
        let mut flows: BTreeMap<(Stage, Stage, Rule), Vec<CustomerId>> = BTreeMap::new();
        for row in directory.live_rows() {
            let id = directory.id_at(row);
            let Some(was) = directory.stage(row) else { continue };
            let figures = directory.figures(row);
            let newest = last.get(&id).copied();
            let evidence = Evidence {
                stage: was,
                days: figures.purchases,
                first: figures.first,
                last: figures.last,
                p_alive: figures.p_alive.map(f64::from),
                risk: figures.risk.map(f64::from),
                moved_on: newest.map_or(Day::NEVER, |m| m.on),
                promotes: promoters.contains_key(&id),
            };
            let (to, rule) = stage(&evidence, &limits);
            if to == was {
                continue;
            }
            if newest.is_some_and(|m| m.by_hand && figures.last <= m.on) {
                by_hand += 1;
                continue;
            }
            flows.entry((was, to, rule)).or_default().push(id);
            let (after, p_alive) = (evidence.moved_on, evidence.p_alive);
            let on = match rule {
                Rule::FirstPurchase => Some(figures.first),
                Rule::CameBack => Some(figures.last),
                Rule::Promotes => promoters.get(&id).copied().flatten().map(|at| state.day_of(at)),
                Rule::Gone => state.fell_silent(&figures, limits.gone_below),
                _ => None,
            };
            moving.push(Moving { id, from: was, to, rule, p_alive, on, after, last: figures.last });
        }
        let of = directory.len();
        let as_of = state.scoring_day(Self::day_in(&state.settings, who.now));
        drop(state);
        let mut moves: Vec<MoveCount> = flows
            .into_iter()
            .map(|((from, to, rule), customers)| MoveCount {
                from,
                to,
                rule: rule.name(),
                customers: customers.len(),
                expression: of_ids(&customers),
            })
            .collect();
        moves.sort_by_key(|m| std::cmp::Reverse(m.customers));
        Ok((moving, LifecycleRun { as_of, moves, of, by_hand, limits }))
    }
}

/// The newest move of a customer.
#[derive(Clone, Copy)]
struct LastMove {
    on: Day,
    by_hand: bool,
}

impl State {
    fn day_of(&self, at: Timestamp) -> Day {
        Desk::day_in(&self.settings, at)
    }

    /// The day on which P(alive) of one who has been silent since fell below a limit.
    fn fell_silent(&self, figures: &Figures, below: f64) -> Option<Day> {
        let weeks = |days: i32| f64::from(days) / 7.0;
        let buying = &self.scores.models()?.buying;
        let repeats = figures.purchases.checked_sub(1)?;
        let at: f64 = buying.gone_at(repeats, weeks(figures.last.since(figures.first)), below)?;
        Some(figures.first.plus((7.0 * at).ceil() as i32))
    }
}

/// The newest move of everybody who ever moved.
fn last_moves(
    engine: &dyn Engine,
    day: &dyn Fn(Timestamp) -> Day,
) -> Result<HashMap<CustomerId, LastMove>, StoreError> {
    let mut last = HashMap::new();
    rows::read_all::<StageMove>(engine, KeyRange::all(), &mut |_, moved, _| {
        let newest = LastMove { on: day(moved.at), by_hand: moved.rule.is_empty() };
        last.insert(moved.customer, newest); // ids rise: the last one met is the newest
        ControlFlow::Continue(())
    })?;
    Ok(last)
}

/// Those who brought somebody, and those whose last answer was that they would recommend us, with the
/// moment of that answer.
fn promoters(engine: &dyn Engine) -> Result<HashMap<CustomerId, Option<Timestamp>>, StoreError> {
    let mut answers: HashMap<CustomerId, (Timestamp, u8)> = HashMap::new();
    rows::read_all::<Interaction>(engine, KeyRange::all(), &mut |_, said, _| {
        if let Some(answer) = said.wrap_up.recommend {
            let known = answers.entry(said.customer).or_insert((said.at, answer));
            if said.at >= known.0 {
                *known = (said.at, answer);
            }
        }
        ControlFlow::Continue(())
    })?;
    let would = answers.into_iter().filter(|(_, (_, answer))| *answer >= PROMOTES_FROM);
    let mut found: HashMap<_, _> = would.map(|(id, (at, _))| (id, Some(at))).collect();
    rows::read_all::<Relation>(engine, KeyRange::all(), &mut |_, tie, _| {
        if tie.kind == RelationKind::ReferredBy {
            found.entry(tie.to).or_insert(None);
        }
        ControlFlow::Continue(())
    })?;
    Ok(found)
}
