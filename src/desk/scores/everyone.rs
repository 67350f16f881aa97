//! Everyone scored at once, on all cores, aside of the desk's lock.

use std::sync::Arc;

use crate::directory::Score as Column;
use crate::domain::{CustomerId, Day, Settings};
use crate::insight::Summary;
use crate::insight::rfm::Cuts;
use crate::insight::score::{Score, score_all_chosen};

use super::super::offers::Offers;
use super::super::places::{Line, Place, RANKED};
use super::judge::Judge;
use super::{Input, Models, Stand};

/// Everyone's scores at once, made aside of the desk's lock.
pub(in crate::desk) struct Ranking {
    pub columns: Vec<(CustomerId, Column)>,
    pub(super) lines: [Line; RANKED.len()],
    pub(super) cuts: Cuts,
    pub(super) values: Vec<i64>,
}

/// What scoring everyone needs: a copy, so that nobody waits for it.
pub(in crate::desk) struct Basis {
    pub(super) models: Option<Models>,
    pub(super) day: Day,
    pub(super) inputs: Vec<Input>,
    pub(super) offers: Option<Arc<Offers>>,
}

impl Basis {
    /// Makes room for those of whom there is nothing to sum: nobody bought or was spoken to.
    pub fn reach(&mut self, ids: usize) {
        if self.inputs.len() < ids {
            self.inputs.resize_with(ids, Input::default);
        }
    }

    /// Scores everyone on all cores. `standing` says of each id where the customer stands, if there is
    /// such a one.
    pub fn rank_all(
        &self,
        settings: &Settings,
        standing: &(dyn Fn(CustomerId) -> Option<Stand> + Sync),
    ) -> Ranking {
        const LEAST: usize = 4_096;
        let bought = || self.inputs.iter().filter(|i| i.summary.is_some());
        let recency: Vec<i32> = bought().map(|i| self.day.since(i.last)).collect();
        let frequency: Vec<u32> = bought().map(|i| i.days).collect();
        let monetary: Vec<i64> = bought().map(|i| i.revenue).collect();
        let cuts = Cuts::of(&recency, &frequency, &monetary);
        let scores: Option<Vec<Score>> = self.models.as_ref().map(|m| {
            let summaries: Vec<Summary> = bought().filter_map(|i| i.summary).collect();
            score_all_chosen(&m.buying, &m.spend, &summaries, &m.terms(settings))
        });
        let mut scored = scores.map(Vec::into_iter);
        let scores: Vec<Option<Score>> = self
            .inputs
            .iter()
            .map(|input| input.summary.and_then(|_| scored.as_mut().and_then(Iterator::next)))
            .collect();
        let models = self.models.as_ref();
        let judge = Judge::new(models, self.offers.as_deref(), Some(&cuts), self.day, settings);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let share = self.inputs.len().div_ceil(cores).max(LEAST);
        let work = |n: usize, inputs: &[Input], scores: &[Option<Score>]| -> Vec<Row> {
            let one = |(at, (input, score)): (usize, (&Input, &Option<Score>))| {
                let id = CustomerId((n * share + at) as u64);
                let stand = standing(id)?;
                let (column, valued) = judge.column(input, *score, stand);
                Some(Row { id, column, valued, places: judge.places(id, input, *score, stand) })
            };
            inputs.iter().zip(scores).enumerate().filter_map(one).collect()
        };
        let work = &work;
        let parts: Vec<Vec<Row>> = std::thread::scope(|scope| {
            let all = self.inputs.chunks(share).zip(scores.chunks(share)).enumerate();
            let workers: Vec<_> = all
                .map(|(n, (inputs, scores))| scope.spawn(move || work(n, inputs, scores)))
                .collect();
            // A worker only computes; should one die, its customers stand nowhere.
            workers.into_iter().map(|w| w.join().unwrap_or_default()).collect()
        });
        let mut places: [Vec<Place>; RANKED.len()] =
            std::array::from_fn(|_| vec![Place::default(); self.inputs.len()]);
        let mut columns = Vec::with_capacity(self.inputs.len());
        let mut values = Vec::new();
        for row in parts.into_iter().flatten() {
            for (line, place) in places.iter_mut().zip(row.places) {
                if let Some(slot) = line.get_mut(row.id.0 as usize) {
                    *slot = place;
                }
            }
            if row.valued {
                values.push(row.column.value);
            }
            columns.push((row.id, row.column));
        }
        values.sort_unstable();
        Ranking { columns, lines: places.map(Line::of), cuts, values }
    }
}

/// One customer judged.
struct Row {
    id: CustomerId,
    column: Column,
    valued: bool,
    places: [Place; RANKED.len()],
}
