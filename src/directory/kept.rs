//! The answers of the last queries: the same again for its next page, and for the next key the rows
//! of each step, among which all are that the longer query finds in that step.

use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::expression::Expression;
use crate::domain::{AgentId, Day};

use super::search::{FEW_TO_LOOK_AT, Found, Query};
use super::sort::Sort;
use super::token::Typed;

/// Answers kept for the next page and the next key.
const MOST_ANSWERS: usize = 8;

/// A way to look for a text; each is only gone when those before found few or nothing.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// As typed.
    Exact,
    /// As if typed on the other keyboard layout.
    Swapped,
    /// With letters between, by sounds, over several words.
    Loose,
}

/// What each step found, where it was gone to its end.
#[derive(Clone, Default)]
pub(super) struct Steps([Option<Arc<[u32]>>; 3]);

impl Steps {
    /// Keeps what a step found, unless it is too much to be looked at row by row.
    pub fn keep(&mut self, step: Step, found: &[(u32, u16)]) {
        if found.len() <= FEW_TO_LOOK_AT {
            self.0[step as usize] = Some(found.iter().map(|(row, _)| *row).collect());
        }
    }
}

/// An answer that is kept.
struct Answer {
    text: String,
    typed: Typed,
    swapped: Option<Typed>,
    filter: Option<Expression>,
    sort: Sort,
    today: Day,
    me: Option<AgentId>,
    version: u64,
    steps: Steps,
    found: Found,
}

/// The last answers, the latest last.
#[derive(Default)]
pub(super) struct Answers(Mutex<Vec<Answer>>);

impl Answers {
    /// The answer to this very query.
    pub fn same(&self, q: &Query<'_>, version: u64) -> Option<Found> {
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |a: &&Answer| {
            a.text == q.text.trim() && a.sort == q.sort && a.same_but_text(q, version)
        };
        answers.iter().rev().find(same).map(|a| a.found.clone())
    }

    /// The rows of an earlier answer among which are all that this step finds.
    pub fn among(
        &self,
        q: &Query<'_>,
        version: u64,
        step: Step,
        typed: &Typed,
    ) -> Option<Arc<[u32]>> {
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wider = answers.iter().filter(|a| {
            a.same_but_text(q, version)
                && match step {
                    Step::Exact => typed.narrows(&a.typed),
                    Step::Swapped => a.swapped.as_ref().is_some_and(|s| typed.narrows(s)),
                    Step::Loose => typed.narrows_loosely(&a.typed),
                }
        });
        let rows = wider.filter_map(|a| a.steps.0[step as usize].as_ref());
        rows.min_by_key(|rows| rows.len()).map(Arc::clone)
    }

    /// Keeps an answer, and forgets the oldest.
    pub fn keep(
        &self,
        q: &Query<'_>,
        version: u64,
        typed: Typed,
        swapped: Option<Typed>,
        (steps, found): (Steps, Found),
    ) {
        let answer = Answer {
            text: q.text.trim().to_owned(),
            typed,
            swapped,
            filter: q.filter.cloned(),
            sort: q.sort,
            today: q.today,
            me: q.me,
            version,
            steps,
            found,
        };
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() == MOST_ANSWERS {
            answers.remove(0);
        }
        answers.push(answer);
    }
}

impl Answer {
    fn same_but_text(&self, q: &Query<'_>, version: u64) -> bool {
        self.version == version
            && self.today == q.today
            && self.me == q.me
            && self.filter.as_ref() == q.filter
    }
}
