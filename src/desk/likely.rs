//! Customers who may be one, as the directory finds them, kept until a record changes.

use std::sync::{Arc, PoisonError};

use crate::directory::{Group, Likeness};

use super::question::Row;
use super::{Cancel, Desk, Refusal};

/// Most groups of one answer.
const MOST_GROUPS: usize = 1_000;

/// Customers who may be one.
#[derive(Clone, Debug)]
pub struct LikelyOne {
    /// The oldest record first.
    pub rows: Vec<Row>,
    /// How likely, 0 to 1.
    pub score: f64,
    /// What they have in common, the weightiest first.
    pub shares: Vec<Likeness>,
}

/// A window of the groups, the likeliest first.
#[derive(Clone, Debug)]
pub struct Duplicates {
    pub groups: Vec<LikelyOne>,
    pub from: usize,
    /// Groups in all.
    pub total: usize,
    /// Customers in them.
    pub customers: usize,
}

/// The groups of one version of the directory.
pub(super) type Kept = std::sync::Mutex<Option<(u64, Arc<Vec<Group>>)>>;

impl Desk {
    /// A window of those who may be one.
    pub(super) fn duplicates(
        &self,
        from: usize,
        count: usize,
        cancel: &Cancel,
    ) -> Result<Duplicates, Refusal> {
        let all = self.likely(cancel)?;
        let mut groups = Vec::new();
        for group in all.iter().skip(from).take(count.min(MOST_GROUPS)) {
            let rows = self.rows(&group.customers, "")?;
            let (score, shares) = (f64::from(group.score), group.shares.clone());
            groups.push(LikelyOne { rows, score, shares });
        }
        let customers = all.iter().map(|group| group.customers.len()).sum();
        Ok(Duplicates { groups, from, total: all.len(), customers })
    }

    fn likely(&self, cancel: &Cancel) -> Result<Arc<Vec<Group>>, Refusal> {
        let state = self.read();
        let version = state.directory.version();
        {
            let kept = self.likely.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, groups)) = kept.as_ref().filter(|(of, _)| *of == version) {
                return Ok(Arc::clone(groups));
            }
        }
        let found = state.directory.duplicates(&|| cancel.is_cancelled());
        drop(state);
        let found = Arc::new(found.ok_or(Refusal::Cancelled)?);
        let mut kept = self.likely.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((version, Arc::clone(&found)));
        Ok(found)
    }
}
