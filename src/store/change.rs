//! The change row: what a commit did, as the feed, the audit log and undo read it.
//!
//! A change is kept in parts of at most 24 KiB under its sequence and the part's number, so that
//! no value comes near what the embedded engine cannot hold well. Each change carries the hash of
//! the one before; the newest hash stands in the head row. The hash covers digests of the old
//! values, not the values: a customer's data can be erased and the chain still closes.

use bincode::Options;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::engine::{Engine, KeyRange, Record, RecordRef, row_key};
use super::envelope;
use super::error::StoreError;
use super::ledger::Rows;
use super::table::Table;

/// Version of the change row's form.
const SCHEMA: u16 = 1;

/// Most bytes of a part.
const PART: usize = 24 * 1024;

/// A SHA-256.
pub(super) type Hash = [u8; 32];

/// What one commit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Place in the order of all commits, from 1 without gaps.
    pub seq: u64,
    /// When, by the writer's clock.
    pub at: Timestamp,
    /// Who: the agent's id.
    pub actor: u64,
    /// The request's id.
    pub request: u128,
    /// Joins the commits of one act; 0 when it stands alone.
    pub gesture: u64,
    /// Short machine-readable name of the act.
    pub label: String,
    /// The rows it wrote, in order.
    pub rows: Vec<ChangedRow>,
    /// SHA-256 of the change before; zeros for the first.
    pub before_hash: [u8; 32],
}

/// One row of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedRow {
    /// Where.
    pub table: Table,
    /// The key without the table's byte.
    pub key: Vec<u8>,
    /// What was there; see [`Record::is_erased`].
    pub before: Option<Record>,
    /// The revision it got, or `None` when it was deleted.
    pub after: Option<u64>,
}

/// A change as it is kept; frozen.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct ChangeV1 {
    pub seq: u64,
    pub second: i64,
    pub nanosecond: i32,
    pub actor: u64,
    pub request: u128,
    pub gesture: u64,
    pub label: String,
    pub before_hash: Hash,
    pub rows: Vec<RowV1>,
}

/// A row of a change as it is kept; frozen.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct RowV1 {
    pub table: u8,
    pub key: Bytes,
    pub before: BeforeV1,
    pub deleted: bool,
}

/// What was there before, as it is kept; frozen.
#[derive(Clone, Serialize, Deserialize)]
pub(super) enum BeforeV1 {
    Absent,
    Kept { revision: u64, schema: u16, payload: Bytes },
    Erased { revision: u64, digest: Hash },
}

/// Bytes written in one piece.
#[derive(Clone)]
pub(super) struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Bytes;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
        }
        deserializer.deserialize_byte_buf(Visitor)
    }
}

impl From<Option<Record>> for BeforeV1 {
    fn from(record: Option<Record>) -> Self {
        match record {
            None => Self::Absent,
            Some(Record { revision, schema, payload }) => {
                Self::Kept { revision, schema, payload: Bytes(payload) }
            }
        }
    }
}

impl ChangeV1 {
    /// The hash the next change carries.
    pub(super) fn hash(&self) -> Result<Hash, StoreError> {
        let mut bare = self.clone();
        for row in &mut bare.rows {
            row.before.erase();
        }
        Ok(Sha256::digest(encode(&bare)?).into())
    }

    /// Puts the rows that keep this change among `rows`.
    pub(super) fn put(&self, rows: &mut Rows) -> Result<(), StoreError> {
        let body = encode(self)?;
        let mut whole = Vec::with_capacity(body.len() + 8);
        whole.extend_from_slice(&(body.len() as u64).to_le_bytes());
        whole.extend_from_slice(&body);
        for (part, bytes) in whole.chunks(PART).enumerate() {
            let key = part_key(self.seq, part as u32);
            let record = RecordRef { revision: self.seq, schema: SCHEMA, payload: bytes };
            let sealed = envelope::seal(Table::Change, &key, record);
            rows.insert(row_key(Table::Change, &key), Some(sealed));
        }
        Ok(())
    }

    fn open(self, key: &[u8]) -> Result<Change, StoreError> {
        let corrupt = || StoreError::Corrupt { table: Table::Change, key: key.to_vec() };
        let seq = self.seq;
        let rows = self.rows.into_iter().map(|row| row.open(seq));
        Ok(Change {
            seq,
            at: Timestamp::new(self.second, self.nanosecond).map_err(|_| corrupt())?,
            actor: self.actor,
            request: self.request,
            gesture: self.gesture,
            label: self.label,
            rows: rows.collect::<Result<_, _>>()?,
            before_hash: self.before_hash,
        })
    }
}

impl RowV1 {
    fn open(self, seq: u64) -> Result<ChangedRow, StoreError> {
        let table = Table::try_from(self.table).map_err(|unknown| StoreError::Newer {
            what: "a table in a change".into(),
            found: unknown.0.into(),
            known: Table::ALL.into_iter().map(|table| u64::from(table as u8)).max().unwrap_or(0),
        })?;
        Ok(ChangedRow {
            table,
            key: self.key.0,
            before: self.before.open(),
            after: (!self.deleted).then_some(seq),
        })
    }
}

impl BeforeV1 {
    /// Forgets the bytes and keeps their digest; false when there were none.
    pub(super) fn erase(&mut self) -> bool {
        let Self::Kept { revision, schema, payload } = self else { return false };
        let digest = Sha256::new().chain_update(schema.to_le_bytes()).chain_update(&payload.0);
        *self = Self::Erased { revision: *revision, digest: digest.finalize().into() };
        true
    }

    /// The revision of what was there.
    pub(super) fn revision(&self) -> Option<u64> {
        match self {
            Self::Absent => None,
            Self::Kept { revision, .. } | Self::Erased { revision, .. } => Some(*revision),
        }
    }

    fn open(self) -> Option<Record> {
        match self {
            Self::Absent => None,
            Self::Kept { revision, schema, payload } => {
                Some(Record { revision, schema, payload: payload.0 })
            }
            Self::Erased { revision, .. } => {
                Some(Record { revision, schema: Record::ERASED, payload: Vec::new() })
            }
        }
    }
}

/// Sequence and part, so that the parts of all changes lie in order.
fn part_key(seq: u64, part: u32) -> Vec<u8> {
    [seq.to_be_bytes().as_slice(), &part.to_be_bytes()].concat()
}

fn options() -> impl Options {
    // Variable-length integers, little endian, trailing bytes rejected.
    bincode::DefaultOptions::new()
}

fn encode(change: &ChangeV1) -> Result<Vec<u8>, StoreError> {
    options().serialize(change).map_err(|error| StoreError::Io {
        doing: "writing down a change".into(),
        kind: std::io::ErrorKind::InvalidData,
        message: error.to_string(),
    })
}

/// Puts the parts of changes together as they come by.
#[derive(Default)]
struct Assembly {
    key: Vec<u8>,
    parts: u32,
    missing: usize,
    bytes: Vec<u8>,
}

impl Assembly {
    /// Takes the next part; the change when it is complete. `seq` is the change that must follow.
    fn take(
        &mut self,
        seq: u64,
        key: &[u8],
        record: RecordRef<'_>,
    ) -> Result<Option<ChangeV1>, StoreError> {
        let corrupt = || StoreError::Corrupt { table: Table::Change, key: key.to_vec() };
        if record.schema > SCHEMA {
            return Err(StoreError::Newer {
                what: "the log of changes".into(),
                found: record.schema.into(),
                known: SCHEMA.into(),
            });
        }
        if key != part_key(seq, self.parts) || record.revision != seq {
            return Err(StoreError::Corrupt {
                table: Table::Change,
                key: part_key(seq, self.parts),
            });
        }
        let mut payload = record.payload;
        if self.parts == 0 {
            let (length, rest) = payload.split_first_chunk::<8>().ok_or_else(corrupt)?;
            self.missing = u64::from_le_bytes(*length) as usize;
            self.key = key.to_vec();
            payload = rest;
        }
        self.missing = self.missing.checked_sub(payload.len()).ok_or_else(corrupt)?;
        self.bytes.extend_from_slice(payload);
        self.parts += 1;
        if self.missing > 0 {
            return Ok(None);
        }
        let change: ChangeV1 = options().deserialize(&self.bytes).map_err(|_| corrupt())?;
        self.parts = 0;
        self.bytes.clear();
        if change.seq != seq {
            return Err(corrupt());
        }
        Ok(Some(change))
    }
}

/// Shows the changes after `after` up to `head`, in order, until `each` says it has enough.
pub(super) fn walk(
    engine: &(impl Engine + ?Sized),
    after: u64,
    head: u64,
    each: &mut dyn FnMut(ChangeV1) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    if after >= head {
        return Ok(());
    }
    let range = KeyRange::from(&part_key(after + 1, 0)).until(&part_key(head + 1, 0));
    let mut assembly = Assembly::default();
    let mut next = after + 1;
    let mut enough = false;
    let mut step = |key: &[u8], record: RecordRef<'_>| -> Result<bool, StoreError> {
        match assembly.take(next, key, record)? {
            None => Ok(true),
            Some(change) => {
                next += 1;
                each(change)
            }
        }
    };
    let mut failure = None;
    engine.visit(Table::Change, range, &mut |key, record| {
        use std::ops::ControlFlow::{Break, Continue};
        match step(key, record) {
            Ok(true) => Continue(()),
            Ok(false) => {
                enough = true;
                Break(())
            }
            Err(error) => {
                failure = Some(error);
                Break(())
            }
        }
    })?;
    match failure {
        Some(error) => Err(error),
        None if !enough && next <= head => {
            Err(StoreError::Corrupt { table: Table::Change, key: part_key(next, 0) })
        }
        None => Ok(()),
    }
}

/// [`Engine::feed`] for engines that keep change rows in [`Table::Change`].
pub(super) fn feed(
    engine: &(impl Engine + ?Sized),
    after: u64,
    head: u64,
    limit: usize,
) -> Result<Vec<Change>, StoreError> {
    let mut changes = Vec::new();
    if limit == 0 {
        return Ok(changes);
    }
    walk(engine, after, head, &mut |change| {
        let key = part_key(change.seq, 0);
        changes.push(change.open(&key)?);
        Ok(changes.len() < limit)
    })?;
    Ok(changes)
}
