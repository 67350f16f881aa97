//! One act on its way: the rows it will write, gathered under one gesture, committed together, and
//! made again from the start when somebody else was quicker.

use std::collections::BTreeSet;

use crate::domain::{CustomerId, Fact, Gesture, GestureId};
use crate::store::{Batch, Expect, Record, StoreError, Sync, Table, Write};

use super::rows::{self, Keyed};
use super::{Deed, Desk, Heard, Notice, Refusal, Who};

/// How often an act is made again after another commit came between.
pub(super) const MOST_TRIES: usize = 8;

/// Rows of one commit of an act that is made in parts.
pub(super) const ROWS_A_PART: usize = 1_000;

/// The rows of one act.
#[derive(Default)]
pub(super) struct Plan {
    pub writes: Vec<Write>,
    /// Name of the act; the gesture is kept under it.
    pub label: String,
}

impl Plan {
    /// A plan with a name.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), writes: Vec::new() }
    }

    /// Writes a record.
    pub fn put<T: Keyed>(&mut self, record: &T, expect: Expect) -> Result<(), StoreError> {
        self.writes.push(rows::put(record, expect)?);
        Ok(())
    }

    /// Deletes a record that was read.
    pub fn delete(&mut self, table: Table, key: Vec<u8>, revision: u64) {
        self.writes.push(rows::delete(table, key, revision));
    }
}

/// The customers of whom facts were written.
fn facts_about<'r>(rows: impl Iterator<Item = (Table, &'r [u8])>) -> BTreeSet<CustomerId> {
    rows.filter(|(table, _)| *table == Table::Fact)
        .filter_map(|(_, key)| rows::customer_at(key))
        .collect()
}

impl Desk {
    /// Plans, commits as one gesture, takes the rows into memory and tells everyone.
    pub(super) fn perform(
        &self,
        who: &Who,
        plan: impl Fn() -> Result<(Plan, Deed), Refusal>,
    ) -> Result<Notice, Refusal> {
        let mut tries = 0;
        loop {
            let (mut made, deed) = plan()?;
            if made.writes.is_empty() {
                return Ok(Self::notice(who, self.read().applied, GestureId::default(), deed));
            }
            let begun = self.begun_by(who, &made.writes)?;
            let mut cases = begun.len();
            made.writes.extend(begun);
            let gate = self.gate(who, &made.writes)?;
            let mut gesture = Gesture {
                id: rows::new_gesture(&*self.engine)?,
                actor: who.agent.id,
                at: who.now,
                label: made.label.clone(),
                undoes: None,
                undone: false,
                after: self.read().applied,
                records: made.writes.len() as u64,
            };
            let sync = match &gate {
                None => {
                    made.put(&gesture, Expect::Absent)?;
                    Sync::Now
                }
                // The gesture is whole with what it begins.
                Some(_) => Sync::WithNext,
            };
            let label = made.label;
            match self.commit(who, gesture.id, &label, made.writes, sync) {
                Ok(mut seq) => {
                    if gate.is_some() {
                        let closed = self.close_gate(who, &mut gesture, gate.as_ref());
                        if closed.is_err() {
                            self.take_back(who, gesture.id, &label)?;
                        }
                        let entered;
                        (seq, entered) = closed?;
                        cases += entered;
                    }
                    return Ok(self.announce_with(who, seq, gesture.id, deed, cases));
                }
                Err(StoreError::Conflict { .. }) if tries < MOST_TRIES => {
                    tries += 1;
                    self.follow()?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Commits a plan that is too large for one commit in parts, as one gesture: it counts as a whole
    /// or not at all.
    pub(super) fn perform_in_parts(
        &self,
        who: &Who,
        plan: Plan,
        deed: Deed,
    ) -> Result<Notice, Refusal> {
        let mut gesture = self.new_gesture(who, &plan.label)?;
        gesture.records = plan.writes.len() as u64;
        let mut rest = plan.writes.into_iter().peekable();
        while rest.peek().is_some() {
            let part: Vec<Write> = rest.by_ref().take(ROWS_A_PART).collect();
            let done = self.commit(who, gesture.id, &gesture.label, part, Sync::WithNext);
            if let Err(error) = done {
                self.take_back(who, gesture.id, &gesture.label)?;
                return Err(error.into());
            }
        }
        let row = vec![rows::put(&gesture, Expect::Absent)?];
        let seq = self.commit(who, gesture.id, &gesture.label, row, Sync::Now)?;
        Ok(self.announce(who, seq, gesture.id, deed))
    }

    /// Commits without a gesture: drafts, preferences, what undo leaves alone.
    pub(super) fn perform_quietly(
        &self,
        who: &Who,
        plan: Plan,
        deed: Deed,
    ) -> Result<Notice, Refusal> {
        let seq = self.commit(who, GestureId(0), &plan.label, plan.writes, Sync::Now)?;
        Ok(self.announce(who, seq, GestureId(0), deed))
    }

    /// Commits a batch and takes it into memory; the commit's sequence.
    pub(super) fn commit(
        &self,
        who: &Who,
        gesture: GestureId,
        label: &str,
        writes: Vec<Write>,
        sync: Sync,
    ) -> Result<u64, StoreError> {
        let batch = Batch {
            actor: who.agent.id.0,
            at: who.now,
            request: 0,
            gesture: gesture.0,
            label: label.to_owned(),
            writes: writes.clone(),
            sync,
        };
        let commit = self.engine.commit(batch)?;
        self.take_in(commit.seq, writes)?;
        Ok(commit.seq)
    }

    /// Takes the rows of commit `seq` into memory; through the feed when others came between.
    fn take_in(&self, seq: u64, writes: Vec<Write>) -> Result<(), StoreError> {
        let mut state = self.write();
        if state.applied + 1 != seq {
            drop(state);
            return self.follow();
        }
        let about = facts_about(writes.iter().map(|w| (w.table, w.key.as_slice())));
        for write in writes {
            let record =
                write.value.map(|(schema, payload)| Record { revision: seq, schema, payload });
            state.apply(write.table, &write.key, record.as_ref())?;
        }
        for id in about {
            self.put_facts_again(&mut state, id)?;
        }
        state.applied = seq;
        state.version += 1;
        Ok(())
    }

    /// Reads the facts of a customer, all of them, into memory.
    pub(super) fn put_facts_again(
        &self,
        state: &mut super::state::State,
        id: CustomerId,
    ) -> Result<(), StoreError> {
        let facts = rows::children::<Fact>(&*self.engine, id)?;
        let facts: Vec<Fact> = facts.into_iter().map(|(fact, _)| fact).collect();
        state.put_facts(id, &facts);
        if state.loading.is_some() {
            state.touched_ledgers.insert(id);
        }
        Ok(())
    }

    /// Takes in all commits that are not in memory yet, here or from another process.
    pub(super) fn follow(&self) -> Result<(), StoreError> {
        const AT_ONCE: usize = 64;
        let mut state = self.write();
        loop {
            let changes = self.engine.feed(state.applied, AT_ONCE)?;
            let Some(last) = changes.last().map(|c| c.seq) else { return Ok(()) };
            for change in &changes {
                for row in &change.rows {
                    let record = self.engine.get(row.table, &row.key)?;
                    state.apply(row.table, &row.key, record.as_ref())?;
                }
                for id in facts_about(change.rows.iter().map(|r| (r.table, r.key.as_slice()))) {
                    self.put_facts_again(&mut state, id)?;
                }
            }
            state.applied = last;
            state.version += 1;
        }
    }

    /// A notice for the one who acted.
    pub(super) fn notice(who: &Who, seq: u64, gesture: GestureId, deed: Deed) -> Notice {
        Notice { seq, gesture, by: who.agent.id, at: who.now, deed, begun: 0 }
    }

    /// A notice for everyone.
    pub(super) fn announce(&self, who: &Who, seq: u64, gesture: GestureId, deed: Deed) -> Notice {
        self.announce_with(who, seq, gesture, deed, 0)
    }

    /// A notice for everyone of an act that began so many cases.
    pub(super) fn announce_with(
        &self,
        who: &Who,
        seq: u64,
        gesture: GestureId,
        deed: Deed,
        begun: usize,
    ) -> Notice {
        let notice = Notice { begun, ..Self::notice(who, seq, gesture, deed) };
        self.listeners.tell(&Heard::Notice(std::sync::Arc::new(notice.clone())));
        notice
    }
}
