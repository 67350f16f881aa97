//! A customer erased on demand: every row goes, and so does every old value of them in the log of
//! changes. The first happens here, in commits that cannot be taken back; the second needs the whole
//! store written anew and is done when nobody has it open: until then a row says that it is pending.
//!
//! ```text
//! erase ─► pending row, record, rows ─► certificate
//! next opening: pending? ─► what is left of them, keys of old values (Forgotten) ─► store::sled::erase
//! ```
//!
//! Backups and files written out are not reached, and notes about others are not changed: the certificate
//! says where those name the customer.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::ops::ControlFlow;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::domain::{CustomerId, Field, Gesture, GestureId, Invalid, Problem, Role};
use crate::store::{Batch, Change, Engine, Expect, KeyRange, StoreError, Sync, Table, Write};
use crate::text;

use super::belongings;
use super::mentions::{Mentions, mentions};
use super::plan::{Plan, ROWS_A_PART};
use super::rows;
use super::{Deed, Desk, Notice, Refusal, Who};

/// Name of the act; a gesture of this name is never taken back.
pub(super) const ERASE: &str = "erase";
/// Key of the row that says whose old values are still to be forgotten; the customer's follows.
const PENDING: &[u8] = b"erase";

/// What was removed, without anything personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The number the customer had.
    pub customer: CustomerId,
    pub at: Timestamp,
    /// Who did it.
    pub by: String,
    /// Rows by table, those without any left out.
    pub rows: Vec<(Table, usize)>,
    /// Where records about others still name the customer.
    pub mentions: Mentions,
    /// SHA-256 over the removed rows, each with the hash before it: in hexadecimal.
    pub chain: String,
}

impl Certificate {
    /// Rows in all.
    pub fn total(&self) -> usize {
        self.rows.iter().map(|(_, n)| n).sum()
    }
}

impl Desk {
    /// Removes a customer and all that belongs to it, after its name was typed.
    pub(super) fn erase(&self, who: &Who, id: CustomerId, typed: &str) -> Result<Notice, Refusal> {
        who.needs(Role::Supervisor)?;
        let engine = &*self.engine;
        let (customer, _) = self.customer(id)?;
        if text::fold(typed) != text::fold(&customer.name) {
            let problem = Problem::UnknownWord { nearest: None };
            return Err(Invalid { field: Field::Name, problem }.into());
        }
        let found = belongings::rows(engine, id)?;
        let own = found
            .iter()
            .flat_map(|(table, rows)| rows.iter().map(|(key, _)| (*table, key.clone())));
        let mentions = mentions(engine, &customer, &own.collect(), &|at| self.day(at))?;
        let certificate = Certificate {
            mentions,
            customer: id,
            at: who.now,
            by: who.agent.name.clone(),
            rows: found.iter().map(|(t, rows)| (*t, rows.len())).filter(|(_, n)| *n > 0).collect(),
            chain: chain(&found),
        };
        let mut writes = vec![self.guard_write(), pending(id)];
        for (table, rows) in &found {
            let deleted = |(key, record): &belongings::Row| {
                rows::delete(*table, key.clone(), record.revision)
            };
            writes.extend(rows.iter().map(deleted));
        }
        let gesture = Gesture {
            id: rows::new_gesture(engine)?,
            actor: who.agent.id,
            at: who.now,
            label: ERASE.to_owned(),
            undoes: None,
            undone: false,
            after: self.read().applied,
            records: certificate.total() as u64,
        };
        // The record goes with the first part; what a crash leaves goes at the next opening.
        let mut rest = writes.into_iter();
        loop {
            let part: Vec<Write> = rest.by_ref().take(ROWS_A_PART).collect();
            if part.is_empty() {
                break;
            }
            self.commit(who, GestureId(0), ERASE, part, Sync::Now)?;
        }
        let mut plan = Plan::new(ERASE);
        plan.put(&gesture, Expect::Absent)?;
        self.perform_quietly(who, plan, Deed::Erased(Box::new(certificate)))
    }
}

fn pending_key(id: CustomerId) -> Vec<u8> {
    [PENDING, &id.key()].concat()
}

fn pending(id: CustomerId) -> Write {
    let (table, key) = (Table::Guard, pending_key(id));
    Write { table, key, value: Some((1, Vec::new())), expect: Expect::Any }
}

/// A hash of hashes: whoever holds a copy of the rows can show that they are those.
fn chain(found: &[(Table, Vec<belongings::Row>)]) -> String {
    let mut hash = [0_u8; 32];
    for (table, rows) in found {
        for (key, record) in rows {
            let digest = Sha256::new()
                .chain_update(hash)
                .chain_update([*table as u8])
                .chain_update(key)
                .chain_update(record.schema.to_le_bytes())
                .chain_update(&record.payload);
            hash = digest.finalize().into();
        }
    }
    let mut text = String::new();
    for byte in hash {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The rows whose old values are to be forgotten.
#[derive(Debug, Default)]
pub struct Forgotten {
    customers: Vec<CustomerId>,
    keys: HashSet<(Table, Vec<u8>)>,
}

impl Forgotten {
    /// What is pending in a store that is just opened; removes the rows a crash has left of them.
    pub fn pending(engine: &dyn Engine, now: Timestamp) -> Result<Option<Self>, StoreError> {
        let mut customers = Vec::new();
        engine.visit(Table::Guard, KeyRange::prefix(PENDING), &mut |key, _| {
            customers.extend(key.get(PENDING.len()..).and_then(rows::customer_at));
            ControlFlow::Continue(())
        })?;
        if customers.is_empty() {
            return Ok(None);
        }
        for id in &customers {
            let left = belongings::rows(engine, *id)?.into_iter().flat_map(|(table, rows)| {
                let deleted =
                    move |(key, record): belongings::Row| rows::delete(table, key, record.revision);
                rows.into_iter().map(deleted)
            });
            commit(engine, left.collect(), now)?;
        }
        let mut forgotten = Self { customers: customers.clone(), keys: HashSet::new() };
        let merges = Merges::of(engine, customers)?;
        each_change(engine, &mut |change| {
            let whole = merges.gestures.contains(&change.gesture);
            for row in &change.rows {
                let Some(before) = row.before.as_ref().filter(|b| !b.is_erased()) else { continue };
                let is_theirs =
                    || belongings::names_any(row.table, &row.key, before, &merges.customers);
                if whole || is_theirs()? {
                    forgotten.keys.insert((row.table, row.key.clone()));
                }
            }
            Ok(())
        })?;
        Ok(Some(forgotten))
    }

    /// True of a row whose old values are to be forgotten.
    pub fn has(&self, table: Table, key: &[u8]) -> bool {
        // A set of pairs cannot be asked with a borrowed half; the keys are few and short.
        self.keys.contains(&(table, key.to_vec()))
    }

    /// Says in the store that they are forgotten.
    pub fn done(&self, engine: &dyn Engine, now: Timestamp) -> Result<(), StoreError> {
        let removed = |id: &CustomerId| Write {
            table: Table::Guard,
            key: pending_key(*id),
            value: None,
            expect: Expect::Any,
        };
        commit(engine, self.customers.iter().map(removed).collect(), now)
    }
}

fn commit(engine: &dyn Engine, writes: Vec<Write>, at: Timestamp) -> Result<(), StoreError> {
    if writes.is_empty() {
        return Ok(());
    }
    let label = ERASE.to_owned();
    let batch = Batch { actor: 0, at, request: 0, gesture: 0, label, writes, sync: Sync::Now };
    engine.commit(batch).map(|_| ())
}

fn each_change(
    engine: &dyn Engine,
    each: &mut dyn FnMut(&Change) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    const AT_ONCE: usize = 64;
    let mut at = 0;
    loop {
        let page = engine.feed(at, AT_ONCE)?;
        let Some(last) = page.last() else { return Ok(()) };
        at = last.seq;
        page.iter().try_for_each(&mut *each)?;
    }
}

/// The merges that customers took part in: their old values lie under other names too.
struct Merges {
    /// The customers, and those who were merged into them and are no more.
    customers: HashSet<CustomerId>,
    /// The merges, and what took them back and did them again.
    gestures: HashSet<u64>,
}

impl Merges {
    fn of(engine: &dyn Engine, customers: Vec<CustomerId>) -> Result<Self, StoreError> {
        // By gesture: the records it touched.
        let mut merges: HashMap<u64, HashSet<CustomerId>> = HashMap::new();
        each_change(engine, &mut |change| {
            if change.gesture > 0 && change.label.ends_with(super::merge::MERGE) {
                let records = change.rows.iter().filter(|row| row.table == Table::Customer);
                let ids = records.filter_map(|row| rows::customer_at(&row.key));
                merges.entry(change.gesture).or_default().extend(ids);
            }
            Ok(())
        })?;
        let mut found =
            Self { customers: customers.into_iter().collect(), gestures: HashSet::new() };
        loop {
            let mut more = Vec::new();
            for (gesture, ids) in &merges {
                if !ids.is_disjoint(&found.customers) && found.gestures.insert(*gesture) {
                    more.extend(ids.iter().copied());
                }
            }
            if more.is_empty() {
                return Ok(found);
            }
            for id in more {
                // One who is there as a customer again is not erased with the other.
                if engine.get(Table::Customer, &id.key())?.is_none() {
                    found.customers.insert(id);
                }
            }
        }
    }
}
