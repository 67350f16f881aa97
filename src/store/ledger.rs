//! What every engine does with a batch before its rows reach the disk.
//!
//! The ledger checks preconditions and request ids, gives revisions, writes the change row and the
//! head row, and puts it all on a stage: rows not yet applied, seen by the batches that follow. It
//! never touches the engine's rows itself.

use std::collections::BTreeMap;

use super::change::{BeforeV1, Bytes, ChangeV1, Hash, RowV1};
use super::engine::{Batch, Commit, Expect, Record, RecordRef, Sync, Write, row_key};
use super::envelope;
use super::error::StoreError;
use super::table::Table;
use super::{FORMAT, MAX_KEY, MAX_PAYLOAD};

/// Rows to write (or delete) by their full key.
pub(super) type Rows = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// Reads the sealed value of a full key from the engine's own rows.
pub(super) type Look<'l> = dyn Fn(&[u8]) -> Result<Option<Vec<u8>>, StoreError> + 'l;

/// Keys of the table Meta.
const FORMAT_KEY: &[u8] = b"format";
const HEAD_KEY: &[u8] = b"head";
const ID_KEY: &[u8] = b"id";
/// Gestures begun with [`Sync::WithNext`] and not yet ended, by their id.
pub(super) const OPEN_KEY: &[u8] = b"open";

/// Version of the forms of Meta and Request rows.
const SCHEMA: u16 = 1;

/// The newest commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    /// Its sequence; 0 before the first.
    pub seq: u64,
    /// Hash of its change.
    pub hash: Hash,
}

impl Ledger {
    /// The rows of a store whose newest commit this is; of a new one for the default.
    pub(super) fn rows(&self) -> Rows {
        let mut rows = Rows::new();
        put_meta(&mut rows, FORMAT_KEY, 0, &FORMAT.to_le_bytes());
        self.put_head(&mut rows);
        rows
    }

    /// Reads the head of a store; `None` when there is no store yet. `Err(Newer)` when a newer
    /// program made it; `Err(Corrupt)` when rows of its head are missing or bent.
    pub(super) fn read(look: &Look<'_>) -> Result<Option<Self>, StoreError> {
        let Some(format) = meta(look, FORMAT_KEY)? else { return Ok(None) };
        let found = u16::from_le_bytes(fixed(FORMAT_KEY, &format)?);
        if found > FORMAT {
            return Err(StoreError::Newer {
                what: "the store".into(),
                found: found.into(),
                known: FORMAT.into(),
            });
        }
        let corrupt = || StoreError::Corrupt { table: Table::Meta, key: HEAD_KEY.to_vec() };
        let head = meta(look, HEAD_KEY)?.ok_or_else(corrupt)?;
        let (seq, hash) = head.split_first_chunk::<8>().ok_or_else(corrupt)?;
        Ok(Some(Self { seq: u64::from_le_bytes(*seq), hash: fixed(HEAD_KEY, hash)? }))
    }

    /// Puts the rows of `batch` on the stage, or leaves the stage as it was.
    pub(super) fn stage(
        &mut self,
        batch: &Batch,
        stage: &mut Rows,
        look: &Look<'_>,
    ) -> Result<Commit, StoreError> {
        let request = batch.request.to_be_bytes();
        if batch.request != 0
            && let Some(record) = find(&[stage], look, Table::Request, &request)?
        {
            let seq = u64::from_le_bytes(fixed_of(Table::Request, &request, &record.payload)?);
            return Ok(Commit { seq, repeated: true });
        }
        let seq = self.seq + 1;
        let mut rows = Rows::new();
        let mut changed = Vec::with_capacity(batch.writes.len());
        for write in &batch.writes {
            let before = find(&[&rows, stage], look, write.table, &write.key)?;
            check(write, before.as_ref())?;
            let value = write.value.as_ref().map(|(schema, payload)| {
                let record = RecordRef { revision: seq, schema: *schema, payload };
                envelope::seal(write.table, &write.key, record)
            });
            changed.push(RowV1 {
                table: write.table as u8,
                key: Bytes(write.key.clone()),
                before: BeforeV1::from(before),
                deleted: value.is_none(),
            });
            rows.insert(row_key(write.table, &write.key), value);
        }
        let change = ChangeV1 {
            seq,
            second: batch.at.as_second(),
            nanosecond: batch.at.subsec_nanosecond(),
            actor: batch.actor,
            request: batch.request,
            gesture: batch.gesture,
            label: batch.label.clone(),
            before_hash: self.hash,
            rows: changed,
        };
        change.put(&mut rows)?;
        if batch.request != 0 {
            let record = RecordRef { revision: seq, schema: SCHEMA, payload: &seq.to_le_bytes() };
            let sealed = envelope::seal(Table::Request, &request, record);
            rows.insert(row_key(Table::Request, &request), Some(sealed));
        }
        mark_gesture(batch, seq, &mut rows, stage, look)?;
        let next = Ledger { seq, hash: change.hash()? };
        next.put_head(&mut rows);
        stage.append(&mut rows);
        *self = next;
        Ok(Commit { seq, repeated: false })
    }

    fn put_head(&self, rows: &mut Rows) {
        let payload = [self.seq.to_le_bytes().as_slice(), &self.hash].concat();
        put_meta(rows, HEAD_KEY, self.seq, &payload);
    }
}

/// The first id of `table` that was never handed out, as far as the rows know.
pub(super) fn next_id(look: &Look<'_>, table: Table) -> Result<u64, StoreError> {
    let key = [ID_KEY, &[table as u8]].concat();
    match meta(look, &key)? {
        None => Ok(1),
        Some(payload) => Ok(u64::from_le_bytes(fixed(&key, &payload)?)),
    }
}

/// Puts on the stage that ids of `table` below `next` may have been handed out.
pub(super) fn put_next_id(rows: &mut Rows, table: Table, next: u64) {
    put_meta(rows, &[ID_KEY, &[table as u8]].concat(), 0, &next.to_le_bytes());
}

/// A gesture that is written in parts is open until a part is written with [`Sync::Now`].
fn mark_gesture(
    batch: &Batch,
    seq: u64,
    rows: &mut Rows,
    stage: &Rows,
    look: &Look<'_>,
) -> Result<(), StoreError> {
    if batch.gesture == 0 {
        return Ok(());
    }
    let key = open_key(batch.gesture);
    let open = find(&[stage], look, Table::Meta, &key)?.is_some();
    match batch.sync {
        Sync::WithNext if !open => put_open(rows, batch.gesture, seq),
        Sync::Now if open => {
            rows.insert(row_key(Table::Meta, &key), None);
        }
        _ => {}
    }
    Ok(())
}

/// Puts among the rows that `gesture` is open since its commit `first`.
pub(super) fn put_open(rows: &mut Rows, gesture: u64, first: u64) {
    put_meta(rows, &open_key(gesture), first, &first.to_le_bytes());
}

fn open_key(gesture: u64) -> Vec<u8> {
    [OPEN_KEY, &gesture.to_be_bytes()].concat()
}

/// Checks a write against the limits and what is there.
fn check(write: &Write, before: Option<&Record>) -> Result<(), StoreError> {
    let Write { table, key, value, expect } = write;
    if table.is_inner() {
        return Err(StoreError::Inner { table: *table });
    }
    let payload = value.as_ref().map_or(0, |(_, payload)| payload.len());
    for (size, limit) in [(key.len(), MAX_KEY), (payload, MAX_PAYLOAD)] {
        if size > limit {
            let mut key = key.clone();
            key.truncate(MAX_KEY);
            return Err(StoreError::TooLarge { table: *table, key, size, limit });
        }
    }
    let found = before.map(|record| record.revision);
    let holds = match expect {
        Expect::Any => true,
        Expect::Absent => found.is_none(),
        Expect::Revision(revision) => found == Some(*revision),
    };
    if holds {
        return Ok(());
    }
    Err(StoreError::Conflict { table: *table, key: key.clone(), expected: *expect, found })
}

/// The record at a key, as the staged rows (newest first) and then the engine have it.
fn find(
    stages: &[&Rows],
    look: &Look<'_>,
    table: Table,
    key: &[u8],
) -> Result<Option<Record>, StoreError> {
    let row = row_key(table, key);
    let open = |sealed: &[u8]| Ok(envelope::open(table, key, sealed)?.to_record());
    match stages.iter().find_map(|rows| rows.get(&row)) {
        Some(staged) => staged.as_deref().map(open).transpose(),
        None => look(&row)?.as_deref().map(open).transpose(),
    }
}

fn meta(look: &Look<'_>, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
    let record = find(&[], look, Table::Meta, key)?;
    Ok(record.map(|record| record.payload))
}

fn put_meta(rows: &mut Rows, key: &[u8], revision: u64, payload: &[u8]) {
    let record = RecordRef { revision, schema: SCHEMA, payload };
    let sealed = envelope::seal(Table::Meta, key, record);
    rows.insert(row_key(Table::Meta, key), Some(sealed));
}

fn fixed<const N: usize>(key: &[u8], bytes: &[u8]) -> Result<[u8; N], StoreError> {
    fixed_of(Table::Meta, key, bytes)
}

fn fixed_of<const N: usize>(table: Table, key: &[u8], bytes: &[u8]) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Corrupt { table, key: key.to_vec() })
}
