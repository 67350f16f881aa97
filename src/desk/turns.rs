//! At which stage of life customers were when they answered: what an answer tells of those alike depends on
//! where the customer stood then, not on where the answer has brought them.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

use jiff::Timestamp;

use crate::domain::{CustomerId, Stage, StageMove, StageMoveId};
use crate::store::{KeyRange, StoreError};

use super::{Desk, Refusal, rows};

/// A move, as far as it is needed.
#[derive(Clone, Copy, Debug)]
struct Turn {
    id: StageMoveId,
    at: Timestamp,
    from: Stage,
}

/// The moves of those who were offered something.
#[derive(Debug, Default)]
pub(super) struct Turns {
    of: HashMap<CustomerId, Vec<Turn>>,
    /// Those of the whole store are here.
    whole: bool,
}

impl Turns {
    /// Somebody answered: moves from now on matter.
    pub fn meet(&mut self, customer: CustomerId) {
        self.of.entry(customer).or_default();
    }

    /// Takes in a row of the moves.
    pub fn take(&mut self, key: &[u8], moved: Option<&StageMove>) {
        let Some((customer, id)) = rows::customer_at(key).zip(rows::child_at(key)) else { return };
        let Some(known) = self.of.get_mut(&customer) else { return };
        known.retain(|turn| turn.id.0 != id);
        known.extend(moved.map(|m| Turn { id: m.id, at: m.at, from: m.from }));
    }

    /// Answers of long ago were brought in: all has to be read again.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Where a customer stood at a moment, who stands at `now` today.
    pub fn stage_at(&self, customer: CustomerId, at: Timestamp, now: Stage) -> Stage {
        let known = self.of.get(&customer).map(Vec::as_slice).unwrap_or_default();
        stood_at(known.iter().map(|turn| (turn.at, turn.from)), at, now)
    }
}

/// Where somebody stood at a moment, by when they moved and from where.
pub(super) fn stood_at(
    moves: impl Iterator<Item = (Timestamp, Stage)>,
    at: Timestamp,
    now: Stage,
) -> Stage {
    moves
        .filter(|(moved, _)| *moved > at)
        .min_by_key(|(moved, _)| *moved)
        .map_or(now, |(_, from)| from)
}

impl Desk {
    /// Reads the moves of all who were offered something, once.
    pub(super) fn learn_turns(&self) -> Result<(), Refusal> {
        let wanted: HashSet<CustomerId> = {
            let state = self.read();
            if state.turns.whole {
                return Ok(());
            }
            state.answers.all().map(|(customer, _)| customer).collect()
        };
        loop {
            let before = self.read().applied;
            let of = self.turns_of(&wanted)?;
            let mut state = self.write();
            // What was written meanwhile is newer than what was read.
            if state.applied == before || self.closing.load(Ordering::Relaxed) {
                state.turns = Turns { of, whole: true };
                return Ok(());
            }
        }
    }

    fn turns_of(
        &self,
        wanted: &HashSet<CustomerId>,
    ) -> Result<HashMap<CustomerId, Vec<Turn>>, StoreError> {
        let mut of: HashMap<CustomerId, Vec<Turn>> =
            wanted.iter().map(|customer| (*customer, Vec::new())).collect();
        rows::read_all::<StageMove>(&*self.engine, KeyRange::all(), &mut |_, m, _| {
            if let Some(known) = of.get_mut(&m.customer) {
                known.push(Turn { id: m.id, at: m.at, from: m.from });
            }
            if self.closing.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })?;
        Ok(of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stood_where_the_next_move_began() {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let moves = [(at(300), Stage::Lapsed), (at(100), Stage::Repeat)];
        for (then, want) in
            [(50, Stage::Repeat), (100, Stage::Lapsed), (299, Stage::Lapsed), (300, Stage::Loyal)]
        {
            assert_eq!(stood_at(moves.into_iter(), at(then), Stage::Loyal), want, "{then}");
        }
        assert_eq!(stood_at([].into_iter(), at(1), Stage::Prospect), Stage::Prospect);
    }
}
