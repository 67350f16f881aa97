//! Which customers an expression selects, and what they are worth.

use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::expression::Expression;
use crate::domain::{AgentId, Day};

use super::bits::{BLOCK, BLOCK_WORDS, Bits};
use super::plan::{Plan, Setting};
use super::{BLOCKS_AT_ONCE, Cancelled, Directory, parallel};

/// Sets kept for the next key: an eighth of a byte a customer each.
const MOST_KEPT: usize = 8;

/// What an expression selects, in sum.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Selection {
    /// Customers.
    pub count: usize,
    /// Expected residual value, minor units.
    pub worth: i64,
    /// What they spent, minor units.
    pub spent: i64,
    /// Mean chance to leave of those of whom it is known.
    pub risk: Option<f64>,
}

/// A set that is kept, and what it holds for.
pub(super) struct Kept {
    expression: Expression,
    today: Day,
    me: Option<AgentId>,
    version: u64,
    set: Arc<Bits>,
}

/// The last sets, the latest last.
pub(super) type Selections = Mutex<Vec<Kept>>;

impl Directory {
    /// The rows an expression selects. A word without a field selects what the search bar finds
    /// exactly; a segment that was not put in place when the expression was read selects nobody.
    pub fn eval(&self, e: &Expression, today: Day, me: Option<AgentId>) -> Arc<Bits> {
        self.filtered(e, today, me, &|| false).unwrap_or_default()
    }

    /// True when an expression selects a row: only its block is looked at.
    pub fn matches(&self, e: &Expression, row: u32, today: Day, me: Option<AgentId>) -> bool {
        if !self.is_live(row) {
            return false;
        }
        let search = |text: &str| self.exactly(text);
        let bought = |product: Option<&str>| self.buyers(product);
        let bought_in = |from: Day, to: Day| self.buyers_in(from, to);
        let setting = Setting {
            columns: &self.columns,
            today,
            me,
            minor_per_major: self.minor_per_major,
            agents: &self.agents,
            search: &search,
            bought: &bought,
            bought_in: &bought_in,
        };
        let mut mask = [0; BLOCK_WORDS];
        let (from, within) = (row as usize / BLOCK * BLOCK, row as usize % BLOCK);
        Plan::new(e, &setting).eval(from, self.columns.rows(), &mut mask);
        mask.get(within / 64).is_some_and(|word| word >> (within % 64) & 1 == 1)
    }

    /// How many an expression selects and what they are worth.
    pub fn count_and_worth(&self, e: &Expression, today: Day, me: Option<AgentId>) -> Selection {
        self.sum_up(&self.eval(e, today, me))
    }

    /// A set of rows in sum.
    pub fn sum_up(&self, set: &Bits) -> Selection {
        let (worth, spent) = self.sums(set);
        let parts = parallel::split(self.columns.rows(), |range| {
            let (mut sum, mut known) = (0.0_f64, 0_usize);
            for word in range.start / 64..range.end.div_ceil(64) {
                for bit in super::bits::ones(set.word(word)) {
                    let risk = self.columns.risk[word * 64 + bit as usize];
                    if !risk.is_nan() {
                        sum += f64::from(risk);
                        known += 1;
                    }
                }
            }
            (sum, known)
        });
        let (sum, known) = parts.into_iter().fold((0.0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        let risk = (known > 0).then(|| sum / known as f64);
        Selection { count: set.count(), worth, spent, risk }
    }

    /// The rows an expression selects; `None` when it was cancelled.
    pub(super) fn filtered(
        &self,
        e: &Expression,
        today: Day,
        me: Option<AgentId>,
        cancelled: Cancelled<'_>,
    ) -> Option<Arc<Bits>> {
        let lock = || self.selections.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |k: &&Kept| {
            k.version == self.version && k.today == today && k.me == me && k.expression == *e
        };
        if let Some(kept) = lock().iter().find(same) {
            return Some(Arc::clone(&kept.set));
        }
        let search = |text: &str| self.exactly(text);
        let bought = |product: Option<&str>| self.buyers(product);
        let bought_in = |from: Day, to: Day| self.buyers_in(from, to);
        let setting = Setting {
            columns: &self.columns,
            today,
            me,
            minor_per_major: self.minor_per_major,
            agents: &self.agents,
            search: &search,
            bought: &bought,
            bought_in: &bought_in,
        };
        let plan = Plan::new(e, &setting);
        let set = Arc::new(self.passing(&plan, cancelled)?);
        let mut kept = lock();
        kept.retain(|k| k.version == self.version);
        if kept.len() == MOST_KEPT {
            kept.remove(0);
        }
        let (expression, version) = (e.clone(), self.version);
        kept.push(Kept { expression, today, me, version, set: Arc::clone(&set) });
        Some(set)
    }

    fn passing(&self, plan: &Plan<'_>, cancelled: Cancelled<'_>) -> Option<Bits> {
        let rows = self.columns.rows();
        let live = self.columns.live.words();
        let parts = parallel::split(rows, |range| {
            let mut words = Vec::with_capacity(range.len().div_ceil(64));
            for piece in parallel::pieces(range, BLOCKS_AT_ONCE) {
                if cancelled() {
                    return None;
                }
                for from in piece.clone().step_by(BLOCK) {
                    let mut mask = [0; BLOCK_WORDS];
                    plan.eval(from, rows, &mut mask);
                    let live = live.get(from / 64..).unwrap_or_default();
                    words.extend(mask.iter().zip(live).map(|(m, l)| m & l));
                }
            }
            Some(words)
        });
        Some(Bits::from_parts(parts.into_iter().collect::<Option<_>>()?))
    }
}
