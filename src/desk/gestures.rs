//! Undo, redo, and acts of many commits. Taking back restores the rows as they were before, from the
//! change feed, if nobody changed them since; what a crash cut off is taken back at the next opening.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use crate::domain::{AgentId, CustomerId, Gesture, GestureId, Role};
use crate::store::{
    Change, ChangedRow, Engine, Expect, KeyRange, StoreError, Sync, Table, Write, reverse,
    unfinished,
};

use super::erase::ERASE;
use super::load::Import;
use super::rows;
use super::{Deed, Desk, Notice, Refusal, Who};
use crate::store::records;

/// Rows written back in one commit.
const ROWS_A_COMMIT: usize = 1_000;

/// Gestures that are looked at when the last one of an agent is wanted.
const MOST_LOOKED_AT: usize = 10_000;

impl Desk {
    /// Takes back the agent's last gesture, or a given one.
    pub(super) fn undo(&self, who: &Who, wanted: Option<GestureId>) -> Result<Notice, Refusal> {
        let target = match wanted {
            Some(id) => self.gesture(id)?.filter(|(g, _)| !g.undone),
            None => {
                let is_act = |g: &Gesture| g.undoes.is_none() && !g.undone && g.label != ERASE;
                self.last_gesture(who, |g| is_act(g).then_some(true))?
            }
        };
        // What was erased stays erased.
        let target = target.filter(|(g, _)| g.label != ERASE);
        let (target, last) = target.ok_or(Refusal::NothingToUndo)?;
        if target.actor != who.agent.id {
            who.needs(Role::Supervisor)?;
        }
        let label = target.label.clone();
        let (seq, gesture, count) = self.roll_back(who, &target, last)?;
        let deed = Deed::Undone { label, count, undone: target.id };
        Ok(self.announce(who, seq, gesture, deed))
    }

    /// Does again what the agent took back last, unless something else was done since.
    pub(super) fn redo(&self, who: &Who) -> Result<Notice, Refusal> {
        let found = self.last_gesture(who, |g| match g.undoes {
            _ if g.undone => None,
            // What did something again is past; what took an act back can be done again.
            Some(id) if self.took_back(id) => None,
            Some(_) => Some(true),
            None => Some(false), // something new was done: nothing to do again
        })?;
        let (target, last) = found.ok_or(Refusal::NothingToRedo)?;
        let label = match target.undoes.map(|id| self.gesture(id)).transpose()?.flatten() {
            Some((undone, _)) => undone.label,
            None => target.label.clone(),
        };
        let (seq, gesture, count) = self.roll_back(who, &target, last)?;
        Ok(self.announce(who, seq, gesture, Deed::Redone { label, count }))
    }

    /// True for a gesture that took another back.
    fn took_back(&self, id: GestureId) -> bool {
        matches!(self.gesture(id), Ok(Some((g, _))) if g.undoes.is_some())
    }

    /// The newest gesture of the agent for which `wanted` says yes; stops at the first no.
    fn last_gesture(
        &self,
        who: &Who,
        wanted: impl Fn(&Gesture) -> Option<bool>,
    ) -> Result<Option<(Gesture, u64)>, StoreError> {
        let mut found = None;
        let mut looked_at = 0;
        let newest_first = KeyRange::all().backward();
        rows::read_all::<Gesture>(&*self.engine, newest_first, &mut |_, gesture, revision| {
            looked_at += 1;
            let mine = gesture.actor == who.agent.id;
            match mine.then(|| wanted(&gesture)).flatten() {
                Some(yes) => {
                    found = yes.then_some((gesture, revision));
                    ControlFlow::Break(())
                }
                None if looked_at >= MOST_LOOKED_AT => ControlFlow::Break(()),
                None => ControlFlow::Continue(()),
            }
        })?;
        Ok(found)
    }

    pub(super) fn gesture(&self, id: GestureId) -> Result<Option<(Gesture, u64)>, StoreError> {
        records::get(&*self.engine, &id.key())
    }

    /// A gesture that begins now.
    pub(super) fn new_gesture(&self, who: &Who, label: &str) -> Result<Gesture, StoreError> {
        Ok(Gesture {
            id: rows::new_gesture(&*self.engine)?,
            actor: who.agent.id,
            at: who.now,
            label: label.to_owned(),
            undoes: None,
            undone: false,
            after: self.read().applied,
            records: 0,
        })
    }

    /// Begins a gesture of many commits: an import.
    pub(super) fn begin(&self, who: &Who, label: &str) -> Result<Notice, Refusal> {
        who.needs(Role::Supervisor)?;
        let gesture = self.new_gesture(who, label)?;
        let (id, gate) = (gesture.id, self.wide_gate(who)?);
        self.imports().insert(id, Import::new(gesture, gate));
        Ok(Self::notice(who, self.read().applied, id, Deed::Begun))
    }

    /// Closes a gesture: with this commit all its parts are durable.
    pub(super) fn close(&self, who: &Who, id: GestureId) -> Result<Notice, Refusal> {
        let Import { mut gesture, tally, wrote, gate, .. } = self.own_import(who, id)?;
        gesture.records = (tally.added + tally.changed + tally.customers_made) as u64;
        let label = gesture.label.clone();
        let deed = Deed::Closed { label: label.clone(), tally };
        if !wrote {
            return Ok(Self::notice(who, self.read().applied, id, deed)); // nothing to undo either
        }
        let closed = self.close_gate(who, &mut gesture, gate.as_ref());
        if closed.is_err() {
            self.take_back(who, id, &label)?;
        }
        let (seq, begun) = closed?;
        let mut state = self.write();
        if state.answers.is_whole() {
            state.turns.forget();
            state.fits.stale = true;
        }
        drop(state);
        Ok(self.announce_with(who, seq, id, deed, begun))
    }

    /// Gives an open gesture up and takes its parts back.
    pub(super) fn abandon(&self, who: &Who, id: GestureId) -> Result<Notice, Refusal> {
        let label = self.own_import(who, id)?.gesture.label;
        let mut count = 0;
        for open in unfinished(&*self.engine)?.into_iter().filter(|o| o.gesture == id.0) {
            count += reverse(&*self.engine, open, who.agent.id.0, who.now, &label)?.rows as usize;
        }
        self.follow()?;
        let seq = self.read().applied;
        Ok(self.announce(who, seq, id, Deed::Undone { label, count, undone: id }))
    }

    /// An import that this agent began, taken out of those under way.
    fn own_import(&self, who: &Who, id: GestureId) -> Result<Import, Refusal> {
        let mut imports = self.imports();
        match imports.get(&id) {
            None => Err(Refusal::NotFound { what: "gesture", name: id.to_string() }),
            Some(import) if import.gesture.actor != who.agent.id => {
                Err(Refusal::NotPermitted { needs: Role::Admin })
            }
            Some(_) => imports
                .remove(&id)
                .ok_or(Refusal::NotFound { what: "gesture", name: id.to_string() }),
        }
    }

    /// Takes back what a crash cut off. Before anything else at opening.
    pub(super) fn recover(engine: &dyn Engine, who: &Who) -> Result<(), StoreError> {
        for open in unfinished(engine)? {
            reverse(engine, open, who.agent.id.0, who.now, "recover")?;
        }
        Ok(())
    }

    /// Writes back what the gesture changed up to commit `last`, as a gesture of its own.
    fn roll_back(
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

    pub(super) fn change(&self, seq: u64) -> Result<Option<Change>, StoreError> {
        let found = self.engine.feed(seq.saturating_sub(1), 1)?;
        Ok(found.into_iter().find(|c| c.seq == seq))
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

    pub(super) fn changed_since(
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
