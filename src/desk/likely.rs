//! Customers who may be one, as the directory finds them, kept until a record changes.

use std::sync::{Arc, PoisonError};

use crate::directory::{Group, Likeness};
use crate::domain::{CustomerId, Relation, RelationKind};

use super::question::Row;
use super::{Cancel, Desk, Refusal, rows};

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
        let all = self.told_apart(cancel)?;
        let mut groups = Vec::new();
        for group in all.iter().skip(from).take(count.min(MOST_GROUPS)) {
            let rows = self.rows(&group.customers, "")?;
            let (score, shares) = (f64::from(group.score), group.shares.clone());
            groups.push(LikelyOne { rows, score, shares });
        }
        let customers = all.iter().map(|group| group.customers.len()).sum();
        Ok(Duplicates { groups, from, total: all.len(), customers })
    }

    /// The groups without those of whom somebody has said that they are different people.
    fn told_apart(&self, cancel: &Cancel) -> Result<Arc<Vec<Group>>, Refusal> {
        let version = self.read().version;
        {
            let kept = self.apart.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, groups)) = kept.as_ref().filter(|(of, _)| *of == version) {
                return Ok(Arc::clone(groups));
            }
        }
        let mut all = Vec::new();
        for group in self.likely(cancel)?.iter() {
            if cancel.is_cancelled() {
                return Err(Refusal::Cancelled);
            }
            let mut distinct: Vec<(CustomerId, CustomerId)> = Vec::new();
            // A tie lies at both sides: those of the last are known by then.
            for id in group.customers.iter().rev().skip(1) {
                let ties = rows::children::<Relation>(&*self.engine, *id)?.into_iter();
                let ties = ties.filter(|(tie, _)| tie.kind == RelationKind::Distinct);
                distinct.extend(ties.map(|(tie, _)| (tie.from, tie.to)));
            }
            if distinct.is_empty() {
                all.push(group.clone());
            } else {
                all.extend(apart(group, &distinct));
            }
        }
        let all = Arc::new(all);
        let mut kept = self.apart.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((version, Arc::clone(&all)));
        Ok(all)
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

/// What is left of a group: nobody stands with one who is somebody else, and nobody stands alone.
fn apart(group: &Group, distinct: &[(CustomerId, CustomerId)]) -> Vec<Group> {
    let differ = |a: CustomerId, b: CustomerId| {
        distinct.iter().any(|pair| *pair == (a, b) || *pair == (b, a))
    };
    let mut parts: Vec<Vec<CustomerId>> = Vec::new();
    for id in &group.customers {
        let place = parts.iter_mut().find(|part| part.iter().all(|other| !differ(*id, *other)));
        match place {
            Some(part) => part.push(*id),
            None => parts.push(vec![*id]),
        }
    }
    parts.retain(|part| part.len() > 1);
    parts.into_iter().map(|customers| Group { customers, ..group.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_are_somebody_else_do_not_stand_together() {
        let ids = |ids: &[u64]| ids.iter().map(|id| CustomerId(*id)).collect::<Vec<_>>();
        for (group, distinct, want) in [
            (&[1, 2][..], &[(1, 2)][..], &[][..]),
            (&[1, 2], &[(2, 1)], &[]),
            (&[1, 2, 3], &[(1, 2)], &[&[1, 3][..]]),
            (&[1, 2, 3, 4], &[(1, 2), (1, 4)], &[&[1, 3], &[2, 4]]),
            (&[1, 2, 3], &[(1, 2), (1, 3), (2, 3)], &[]),
            (&[1, 2], &[(1, 9)], &[&[1, 2]]),
        ] {
            let group = Group { customers: ids(group), score: 0.9, shares: Vec::new() };
            let distinct: Vec<_> =
                distinct.iter().map(|(a, b)| (CustomerId(*a), CustomerId(*b))).collect();
            let left: Vec<_> = apart(&group, &distinct).into_iter().map(|g| g.customers).collect();
            let want: Vec<_> = want.iter().map(|one| ids(one)).collect();
            assert_eq!(left, want, "{distinct:?}");
        }
    }
}
