//! The rows of a gesture written back as they were: all or nothing, and only where nobody else has changed
//! them since.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use crate::domain::{AgentId, CustomerId, Gesture, GestureId};
use crate::store::{
    ChangedRow, Engine, Expect, KeyRange, StoreError, Sync, Table, Write, unfinished,
};

use super::super::erase::ERASE;
use super::super::rows;
use super::super::{Desk, Refusal, Who};

impl Desk {
    /// Writes back what the gesture changed up to commit `last`, as a gesture of its own.
    pub(super) fn roll_back(
        &self,
        who: &Who,
        target: &Gesture,
        last: u64,
    ) -> Result<(u64, GestureId, usize), Refusal> {
        let changes = self.changes_of(target, last)?;
        let others = self.changed_by_others(target)?;
        self.refuse_if_changed_since(&changes, last, &others)?;
        let label = match target.label.strip_prefix("undo ") {
            Some(act) => format!("redo {act}"),
            None => format!("undo {}", target.label),
        };
        let mut undo = self.new_gesture(who, &label)?;
        undo.undoes = Some(target.id);
        let done = self.write_back(who, target, last, &changes, &others, &undo);
        if done.is_err() {
            // What was written back so far is taken forward again.
            self.take_back(who, undo.id, &label)?;
        }
        let (seq, tables, count) = done?;
        if tables.contains(&Table::Model) || tables.contains(&Table::Setting) {
            self.rank_everyone(who.now)?;
        }
        Ok((seq, undo.id, count))
    }

    /// Does the writing of [`Desk::roll_back`]: the last commit, the tables touched, the rows.
    fn write_back(
        &self,
        who: &Who,
        target: &Gesture,
        last: u64,
        changes: &[u64],
        others: &Others,
        undo: &Gesture,
    ) -> Result<(u64, HashSet<Table>, usize), Refusal> {
        let label = undo.label.clone();
        let mut undo = undo.clone();
        let mut back = Back { head: others.head, ..Back::default() };
        for seq in changes.iter().rev() {
            let Some(change) = self.change(*seq)? else { continue };
            for row in change.rows.iter().rev() {
                let own = row.table == Table::Gesture && row.key == target.id.key();
                let guard = row.table == Table::Guard;
                if !own && !guard && !others.has_erased(row) {
                    back.add(&*self.engine, row, others)?;
                }
            }
            if back.rows.len() >= ROWS_A_COMMIT {
                let rows = back.take();
                self.commit(who, undo.id, &label, rows, Sync::WithNext)?;
            }
        }
        let mut rest = back.take();
        if !back.ledgers.is_empty() {
            // The ledgers are made from the rows as they are after taking back.
            self.commit(who, undo.id, &label, rest, Sync::WithNext)?;
            rest = Vec::new();
            for customer in &back.ledgers {
                rest.push(self.rebuilt_ledger(*customer)?);
            }
        }
        undo.records = back.done.len() as u64;
        let marked = Gesture { undone: true, ..target.clone() };
        rest.push(rows::put(&marked, Expect::Revision(last))?);
        rest.push(rows::put(&undo, Expect::Absent)?);
        let seq = self.commit(who, undo.id, &label, rest, Sync::Now)?;
        let tables = back.done.iter().map(|(table, _)| *table).collect();
        Ok((seq, tables, back.done.len()))
    }

    /// Sequences of the commits of a gesture, whose own row was written last by commit `last`.
    fn changes_of(&self, target: &Gesture, last: u64) -> Result<Vec<u64>, StoreError> {
        const AT_ONCE: usize = 64;
        let mut found = Vec::new();
        let mut at = target.after;
        while at < last {
            let page = self.engine.feed(at, AT_ONCE)?;
            let Some(newest) = page.last().map(|c| c.seq) else { break };
            let ours = page.iter().filter(|c| c.gesture == target.id.0 && c.seq <= last);
            found.extend(ours.map(|c| c.seq));
            at = newest;
        }
        Ok(found)
    }

    /// Rows that somebody else changed since the gesture began, and the last change of each. A change
    /// that was taken back, and the taking back itself, are as if they had never been.
    fn changed_by_others(&self, target: &Gesture) -> Result<Others, StoreError> {
        const AT_ONCE: usize = 64;
        let head = self.engine.wait(0, std::time::Duration::ZERO)?;
        let running = unfinished(&*self.engine)?.into_iter().map(|o| o.gesture).collect();
        let mut others = Others { running, head, ..Others::default() };
        let mut at = target.after;
        loop {
            let page = self.engine.feed(at, AT_ONCE)?;
            let Some(newest) = page.last().map(|c| c.seq) else { return Ok(others) };
            for change in page.iter().filter(|c| c.gesture != target.id.0) {
                if change.label == ERASE {
                    let rows = change.rows.iter().filter(|row| row.after.is_none());
                    others.erased.extend(rows.map(|row| (row.table, row.key.clone())));
                    continue;
                }
                let void = self.is_void(&mut others, GestureId(change.gesture))?;
                // A ledger is a sum: whatever touched it, it is made anew from the rows.
                let counts = |r: &&ChangedRow| !void || r.table == Table::History;
                for row in change.rows.iter().filter(counts) {
                    others.rows.insert((row.table, row.key.clone()), change.seq);
                    if !void {
                        let hangs = Table::OF_CUSTOMER.contains(&row.table);
                        others.customers.extend(rows::customer_at(&row.key).filter(|_| hangs));
                    }
                }
            }
            at = newest;
        }
    }

    /// True when what a gesture did has no effect any more: it was taken back, or it took back
    /// something that still is, or a crash cut it off.
    fn is_void(&self, others: &mut Others, id: GestureId) -> Result<bool, StoreError> {
        if id == GestureId(0) || others.running.contains(&id.0) {
            return Ok(false);
        }
        if let Some(void) = others.void.get(&id) {
            return Ok(*void);
        }
        let undone = |id| self.gesture(id).map(|found| found.is_none_or(|(g, _)| g.undone));
        let void = match self.gesture(id)? {
            None => true,
            Some((g, _)) if g.undone => true,
            Some((g, _)) => g.undoes.map(undone).transpose()?.unwrap_or(false),
        };
        others.void.insert(id, void);
        Ok(void)
    }

    /// All or nothing: looks at every row before the first is written back.
    fn refuse_if_changed_since(
        &self,
        changes: &[u64],
        last: u64,
        others: &Others,
    ) -> Result<(), Refusal> {
        if others.rows.is_empty() {
            return Ok(());
        }
        let newer = others.rows.iter().filter(|((table, _), _)| *table == Table::Interaction);
        let newer: Vec<_> = newer.map(|((_, key), seq)| (key.clone(), *seq)).collect();
        let mut moved = HashSet::new();
        for seq in changes {
            let Some(change) = self.change(*seq)? else { continue };
            for row in change.rows {
                let is_ours = matches!(row.table, Table::History | Table::Guard | Table::Gesture);
                if is_ours || others.has_erased(&row) {
                    continue;
                }
                if row.table == Table::Interaction && row.before.is_some() {
                    moved.extend(rows::child_at(&row.key));
                }
                let at = (row.table, row.key);
                if let Some(seq) = others.rows.get(&at) {
                    return Err(self.changed_since(at.0, &at.1, Some(*seq))?);
                }
                if at.0 == Table::Customer && row.before.is_none() {
                    if rows::customer_at(&at.1).is_some_and(|id| others.customers.contains(&id)) {
                        return Err(self.changed_since(at.0, &at.1, None)?);
                    }
                    self.refuse_if_used(&at.1, last)?;
                }
            }
        }
        self.refuse_if_corrected(&moved, &newer)
    }

    /// A customer that was added can only go again while nothing newer hangs on it.
    fn refuse_if_used(&self, key: &[u8], last: u64) -> Result<(), Refusal> {
        for table in Table::OF_CUSTOMER {
            let mut newer = None;
            self.engine.visit(table, KeyRange::prefix(key), &mut |_, record| {
                newer = (record.revision > last).then_some(record.revision);
                if newer.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
            if newer.is_some() {
                return Err(self.changed_since(Table::Customer, key, newer)?);
            }
        }
        let customer = rows::customer_at(key);
        let task = self.read().tasks.values().find(|t| Some(t.customer) == customer).cloned();
        let Some(task) = task else { return Ok(()) };
        match self.engine.get(Table::Task, &task.id.key())? {
            Some(row) if row.revision > last => {
                Err(self.changed_since(Table::Customer, key, Some(row.revision))?)
            }
            _ => Ok(()),
        }
    }

    pub(in crate::desk) fn changed_since(
        &self,
        table: Table,
        key: &[u8],
        revision: Option<u64>,
    ) -> Result<Refusal, StoreError> {
        let change = revision.map(|r| self.change(r)).transpose()?.flatten();
        let state = self.read();
        let by = change.map_or_else(|| "?".to_owned(), |c| state.agent_name(AgentId(c.actor)));
        let of_customer = table == Table::Customer || Table::OF_CUSTOMER.contains(&table);
        let name = rows::customer_at(key)
            .filter(|_| of_customer)
            .and_then(|id| self.customer(id).ok())
            .map_or_else(|| format!("{table:?}").to_lowercase(), |(customer, _)| customer.name);
        Ok(Refusal::ChangedSince { name, by })
    }
}

/// Rows written back in one commit.
const ROWS_A_COMMIT: usize = 1_000;

/// Rows others changed since a gesture began, with the last commit of each.
#[derive(Default)]
struct Others {
    rows: HashMap<(Table, Vec<u8>), u64>,
    void: HashMap<GestureId, bool>,
    /// Gestures that are being written just now.
    running: HashSet<u64>,
    /// Customers on whom something hangs that others wrote.
    customers: HashSet<CustomerId>,
    /// Rows that were erased on demand since.
    erased: HashSet<(Table, Vec<u8>)>,
    /// The newest commit that was looked at.
    head: u64,
}

impl Others {
    /// True of a row that was erased on demand: it is not brought back.
    fn has_erased(&self, row: &ChangedRow) -> bool {
        row.before.as_ref().is_some_and(crate::store::Record::is_erased)
            || !self.erased.is_empty() && self.erased.contains(&(row.table, row.key.clone()))
    }
}

/// Rows to be written back, each once, with what must hold of it.
#[derive(Default)]
struct Back {
    /// A row written after this commit, and not by us, was not looked at.
    head: u64,
    rows: HashMap<(Table, Vec<u8>), Write>,
    /// Rows of this rolling back, also those committed already.
    done: HashSet<(Table, Vec<u8>)>,
    /// Customers whose ledger others changed too: it is made anew.
    ledgers: HashSet<CustomerId>,
}

impl Back {
    /// Adds a row; an older change of the same row replaces the newer.
    fn add(
        &mut self,
        engine: &dyn Engine,
        row: &ChangedRow,
        others: &Others,
    ) -> Result<(), StoreError> {
        let at = (row.table, row.key.clone());
        let value = row.before.clone().map(|r| (r.schema, r.payload));
        if let Some(write) = self.rows.get_mut(&at) {
            write.value = value;
            return Ok(());
        }
        if row.table == Table::History && others.rows.contains_key(&at) {
            self.ledgers.extend(rows::customer_at(&row.key));
            return Ok(());
        }
        let again = !self.done.insert(at.clone());
        let now = engine.get(row.table, &row.key)?.map(|r| r.revision);
        let (table, key) = at.clone();
        if let Some(found) = now.filter(|revision| *revision > self.head && !again) {
            let expected = rows::as_read(row.after);
            return Err(StoreError::Conflict { table, key, expected, found: Some(found) });
        }
        self.rows.insert(at, Write { table, key, value, expect: rows::as_read(now) });
        Ok(())
    }

    fn take(&mut self) -> Vec<Write> {
        std::mem::take(&mut self.rows).into_values().collect()
    }
}
