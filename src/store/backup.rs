//! A copy of a whole store in one file, as it was at one commit, made while others write.
//!
//! ```text
//! "vafa backup\n" │ version u16 │ row… │ 0 u16 │ rows u64 │ head u64 │ SHA-256 of all before it
//! row: key length u16 │ value length u32 │ full key │ sealed value            (little endian)
//! ```
//! The rows are read while writers go on. Those written after the commit are left out, and what
//! they replaced is taken from the log of changes: the file holds what the commit left, no more.
//! Never trusts a file it reads: every row has its checksum, the file as a whole its hash.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::change::{self, BeforeV1};
use super::engine::{Engine, KeyRange, RecordRef, row_key};
use super::envelope;
use super::error::StoreError;
use super::gesture::unfinished;
use super::ledger::{Ledger, OPEN_KEY, Rows};
use super::table::Table;
use super::{MAX_KEY, MAX_PAYLOAD};

const MAGIC: &[u8] = b"vafa backup\n";
const VERSION: u16 = 1;

/// What a backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The commit it shows.
    pub head: u64,
    /// Rows in the file; a row changed meanwhile may be there twice, the same.
    pub rows: u64,
}

/// Writes the store as it is now to `out`. The caller makes the file safe on its disk.
pub fn save(
    engine: &(impl Engine + ?Sized),
    out: &mut dyn Write,
    progress: &mut dyn FnMut(u64),
) -> Result<Saved, StoreError> {
    let mut file = Output::start(out)?;
    let head = copy(engine, progress, &mut |row, value| file.row(row, value))?;
    file.end(head)
}

/// Takes a full key and a sealed value.
pub(super) type Sink<'s> = dyn FnMut(&[u8], &[u8]) -> Result<(), StoreError> + 's;

/// Shows every row of the store as one commit left it, while others write; that commit.
pub(super) fn copy(
    engine: &(impl Engine + ?Sized),
    progress: &mut dyn FnMut(u64),
    sink: &mut Sink<'_>,
) -> Result<u64, StoreError> {
    let now = || engine.wait(0, Duration::ZERO);
    let before = now()?;
    let earlier = unfinished(engine)?;
    let head = now()?;
    let later = unfinished(engine)?;

    // Gestures open at `head`: still open, or with parts on both sides of it.
    let mut began: BTreeMap<u64, u64> = BTreeMap::new();
    change::walk(engine, before, head, &mut |change| {
        began.entry(change.gesture).or_insert(change.seq);
        Ok(true)
    })?;
    began.extend(earlier.iter().chain(&later).map(|open| (open.gesture, open.first)));
    let mut open: BTreeMap<u64, u64> =
        later.iter().map(|open| (open.gesture, open.first)).collect();
    change::walk(engine, head, now()?, &mut |change| {
        if let Some(first) = began.get(&change.gesture).filter(|_| change.gesture != 0) {
            open.insert(change.gesture, *first);
        }
        Ok(true)
    })?;
    open.retain(|_, first| *first <= head);

    let mut rows = 0;
    for (row, value) in meta(engine, head, &open)? {
        sink(&row, value.as_deref().unwrap_or_default())?;
    }
    for table in Table::ALL.into_iter().filter(|table| *table != Table::Meta) {
        visit(engine, table, &mut |key, record| {
            if record.revision > head {
                return Ok(());
            }
            rows += 1;
            if rows % 4096 == 0 {
                progress(rows);
            }
            sink(&row_key(table, key), &envelope::seal(table, key, record))
        })?;
    }
    change::walk(engine, head, now()?, &mut |change| {
        for row in &change.rows {
            if let (Ok(table), BeforeV1::Kept { revision, schema, payload }) =
                (Table::try_from(row.table), &row.before)
                && *revision <= head
            {
                let record =
                    RecordRef { revision: *revision, schema: *schema, payload: &payload.0 };
                let sealed = envelope::seal(table, &row.key.0, record);
                sink(&row_key(table, &row.key.0), &sealed)?;
            }
        }
        Ok(true)
    })?;
    Ok(head)
}

/// The rows of the table Meta as they were at `head`; ids are those of now, which are unused then.
fn meta(
    engine: &(impl Engine + ?Sized),
    head: u64,
    open: &BTreeMap<u64, u64>,
) -> Result<Rows, StoreError> {
    let mut ledger = Ledger::default();
    change::walk(engine, head.saturating_sub(1), head, &mut |change| {
        ledger = Ledger { seq: head, hash: change.hash()? };
        Ok(true)
    })?;
    let mut rows = ledger.rows();
    for (gesture, first) in open {
        super::ledger::put_open(&mut rows, *gesture, *first);
    }
    visit(engine, Table::Meta, &mut |key, record| {
        let row = row_key(Table::Meta, key);
        if !key.starts_with(OPEN_KEY) && !rows.contains_key(&row) {
            rows.insert(row, Some(envelope::seal(Table::Meta, key, record)));
        }
        Ok(())
    })?;
    Ok(rows)
}

/// Meets a row, and may fail.
type RowVisitor<'v> = dyn FnMut(&[u8], RecordRef<'_>) -> Result<(), StoreError> + 'v;

/// Visits a table with a visitor that can fail.
fn visit(
    engine: &(impl Engine + ?Sized),
    table: Table,
    each: &mut RowVisitor<'_>,
) -> Result<(), StoreError> {
    let mut failure = None;
    engine.visit(table, KeyRange::all(), &mut |key, record| match each(key, record) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failure = Some(error);
            ControlFlow::Break(())
        }
    })?;
    failure.map_or(Ok(()), Err)
}

/// A backup being written.
struct Output<'o> {
    out: &'o mut dyn Write,
    hash: Sha256,
    rows: u64,
}

impl<'o> Output<'o> {
    fn start(out: &'o mut dyn Write) -> Result<Self, StoreError> {
        let mut file = Self { out, hash: Sha256::new(), rows: 0 };
        file.put(MAGIC)?;
        file.put(&VERSION.to_le_bytes())?;
        Ok(file)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.hash.update(bytes);
        self.out.write_all(bytes).map_err(|error| StoreError::io("writing the backup", &error))
    }

    fn row(&mut self, row: &[u8], value: &[u8]) -> Result<(), StoreError> {
        self.rows += 1;
        self.put(&(row.len() as u16).to_le_bytes())?;
        self.put(&(value.len() as u32).to_le_bytes())?;
        self.put(row)?;
        self.put(value)
    }

    fn end(mut self, head: u64) -> Result<Saved, StoreError> {
        let rows = self.rows;
        self.put(&0_u16.to_le_bytes())?;
        self.put(&rows.to_le_bytes())?;
        self.put(&head.to_le_bytes())?;
        let hash: [u8; 32] = self.hash.clone().finalize().into();
        self.put(&hash)?;
        self.out.flush().map_err(|error| StoreError::io("writing the backup", &error))?;
        Ok(Saved { head, rows })
    }
}

/// Reads a backup and shows its rows, each checked. Only `Ok` says that the file is whole: what
/// was made of the rows until then is to be thrown away on `Err`.
pub(super) fn read(
    input: &mut dyn Read,
    each: &mut dyn FnMut(Vec<u8>, Vec<u8>) -> Result<(), StoreError>,
) -> Result<Saved, StoreError> {
    let mut file = Input { input, hash: Sha256::new() };
    if file.take(MAGIC.len())? != MAGIC {
        return Err(broken("it is no backup of vafa"));
    }
    let version = u16::from_le_bytes(file.number()?);
    if version > VERSION {
        return Err(StoreError::Newer {
            what: "the backup".into(),
            found: version.into(),
            known: VERSION.into(),
        });
    }
    let mut rows = 0;
    loop {
        let length = usize::from(u16::from_le_bytes(file.number()?));
        if length == 0 {
            break;
        }
        let size = u32::from_le_bytes(file.number()?) as usize;
        if length > MAX_KEY + 1 || size > MAX_PAYLOAD + 64 {
            return Err(broken("a row is too long"));
        }
        let (row, value) = (file.take(length)?, file.take(size)?);
        let (number, key) = row.split_first().ok_or_else(|| broken("a row has no key"))?;
        let table = Table::try_from(*number).map_err(|unknown| StoreError::Newer {
            what: "a table in the backup".into(),
            found: unknown.0.into(),
            known: Table::ALL.len() as u64,
        })?;
        envelope::open(table, key, &value)?;
        rows += 1;
        each(row, value)?;
    }
    let told = u64::from_le_bytes(file.number()?);
    let head = u64::from_le_bytes(file.number()?);
    let hash: [u8; 32] = file.hash.clone().finalize().into();
    if file.take(hash.len())? != hash || told != rows {
        return Err(broken("its hash is wrong"));
    }
    Ok(Saved { head, rows })
}

fn broken(why: &str) -> StoreError {
    StoreError::Io {
        doing: "reading the backup".into(),
        kind: io::ErrorKind::InvalidData,
        message: format!("{why}; the file is damaged or cut short, take another one"),
    }
}

/// A backup being read.
struct Input<'i> {
    input: &'i mut dyn Read,
    hash: Sha256,
}

impl Input<'_> {
    fn take(&mut self, length: usize) -> Result<Vec<u8>, StoreError> {
        let mut bytes = vec![0; length];
        self.input.read_exact(&mut bytes).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => broken("it ends too early"),
            _ => StoreError::io("reading the backup", &error),
        })?;
        self.hash.update(&bytes);
        Ok(bytes)
    }

    fn number<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        self.take(N)?.try_into().map_err(|_| broken("it ends too early"))
    }
}
