//! Taking back what one act changed, however many commits it took.
//!
//! Reads the change rows of a gesture from the newest to the oldest and puts every row back to
//! what it was, unless somebody else changed it since. Taking back is itself commits of the same
//! gesture: stopped half way, it can be done again and ends in the same state.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::Timestamp;

use super::change::{self, Change};
use super::engine::{Batch, Engine, Expect, KeyRange, Sync, Write};
use super::error::StoreError;
use super::ledger::OPEN_KEY;
use super::table::Table;

/// A gesture written in parts that never came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenGesture {
    /// Which.
    pub gesture: u64,
    /// Sequence of its first commit.
    pub first: u64,
}

/// What taking back came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reversal {
    /// Rows put back.
    pub rows: u64,
    /// Rows left as they are, because somebody else changed them since.
    pub kept: Vec<(Table, Vec<u8>)>,
}

/// Gestures that are open: being written now, or cut off when the program ended. Right after
/// opening, only the latter.
pub fn unfinished(engine: &(impl Engine + ?Sized)) -> Result<Vec<OpenGesture>, StoreError> {
    let mut open = Vec::new();
    let mut corrupt = None;
    engine.visit(Table::Meta, KeyRange::prefix(OPEN_KEY), &mut |key, record| {
        let gesture = key.strip_prefix(OPEN_KEY).and_then(|id| id.try_into().ok());
        let (Some(gesture), Ok(first)) = (gesture, record.payload.try_into()) else {
            corrupt = Some(StoreError::Corrupt { table: Table::Meta, key: key.to_vec() });
            return ControlFlow::Break(());
        };
        open.push(OpenGesture {
            gesture: u64::from_be_bytes(gesture),
            first: u64::from_le_bytes(first),
        });
        ControlFlow::Continue(())
    })?;
    corrupt.map_or(Ok(open), Err)
}

/// Puts back what `gesture` changed from its commit `first` on, and ends it. Durable once `Ok`.
///
/// The new commits carry the same gesture, `actor`, `at` and `label`. Rows that others changed
/// since are kept and named.
pub fn reverse(
    engine: &(impl Engine + ?Sized),
    OpenGesture { gesture, first }: OpenGesture,
    actor: u64,
    at: Timestamp,
    label: &str,
) -> Result<Reversal, StoreError> {
    let head = engine.wait(0, std::time::Duration::ZERO)?;
    let mut commits = Vec::new();
    change::walk(engine, first.saturating_sub(1), head, &mut |change| {
        if change.gesture == gesture {
            commits.push(change.seq);
        }
        Ok(true)
    })?;
    let batch = |writes, sync| Batch {
        actor,
        at,
        request: 0,
        gesture,
        label: label.to_owned(),
        writes,
        sync,
    };
    let mut ours: BTreeSet<u64> = commits.iter().copied().collect();
    let mut reversal = Reversal::default();
    for seq in commits.into_iter().rev() {
        let Some(change) = engine.feed(seq - 1, 1)?.into_iter().next() else { continue };
        let writes = put_back(engine, change, &ours, &mut reversal)?;
        if !writes.is_empty() {
            reversal.rows += writes.len() as u64;
            ours.insert(engine.commit(batch(writes, Sync::WithNext))?.seq);
        }
    }
    engine.commit(batch(Vec::new(), Sync::Now))?;
    Ok(reversal)
}

/// The writes that put back the rows of one change which are still as the gesture left them.
fn put_back(
    engine: &(impl Engine + ?Sized),
    change: Change,
    ours: &BTreeSet<u64>,
    reversal: &mut Reversal,
) -> Result<Vec<Write>, StoreError> {
    let mut writes = Vec::with_capacity(change.rows.len());
    let mut seen = BTreeSet::new();
    // The first mention of a row holds what was there before the whole change.
    for row in change.rows {
        if !seen.insert((row.table, row.key.clone())) {
            continue;
        }
        let now = engine.get(row.table, &row.key)?.map(|record| record.revision);
        let erased = row.before.as_ref().is_some_and(super::Record::is_erased);
        if erased || now.is_some_and(|revision| !ours.contains(&revision)) {
            reversal.kept.push((row.table, row.key));
            continue;
        }
        let value = row.before.map(|record| (record.schema, record.payload));
        if now.is_none() && value.is_none() {
            continue;
        }
        writes.push(Write {
            table: row.table,
            key: row.key,
            value,
            expect: now.map_or(Expect::Absent, Expect::Revision),
        });
    }
    Ok(writes)
}
