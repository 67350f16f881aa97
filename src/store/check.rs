//! Reads a whole store and says what is wrong with it. Never changes anything.
//!
//! Besides every row's checksum, the deep form decodes every record, follows the chain of hashes
//! from the first change to the head, and compares what the log says must be there with what is
//! there: each row that was written is folded in, each that was replaced or deleted is folded
//! out, and the rest must equal the fold of the rows found.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::ControlFlow;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::change;
use super::engine::{Engine, KeyRange, RecordRef};
use super::error::StoreError;
use super::ledger::Ledger;
use super::records::{Stored, open};
use super::table::Table;
use crate::domain;
use crate::text::words::store as words;
use crate::text::{Lang, SafeText, ungrouped};

/// Most findings that are listed; a store with more is beyond listing.
const MOST: usize = 100;

/// How closely a store is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Every row's checksum.
    Rows,
    /// Also every record's meaning and the whole log of changes.
    Deep,
}

/// What a look at the store found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows by table.
    pub rows: BTreeMap<Table, u64>,
    /// Newest change.
    pub head: u64,
    /// What is wrong, at most a hundred findings; empty for a sound store.
    pub findings: Vec<Finding>,
}

impl Report {
    /// True when nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Something wrong with a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A row cannot be read.
    Row(StoreError),
    /// A change is not the one that its follower, or the head, was written after.
    Altered { seq: u64 },
    /// The log cannot be read from here on.
    Log { after: u64, head: u64, cause: StoreError },
    /// Rows are missing, or there are rows that no change wrote.
    Unlogged,
}

impl Finding {
    /// What is wrong and what to do.
    pub fn words(&self, lang: Lang) -> SafeText {
        match self {
            Self::Row(error) => error.words(lang),
            Self::Altered { seq } => {
                words::ALTERED.with(lang, &[("seq", ungrouped(*seq, lang).into())])
            }
            Self::Log { after, head, cause } => words::LOG_ENDS.with(
                lang,
                &[
                    ("after", (*after).into()),
                    ("head", (*head).into()),
                    ("cause", cause.words(lang).into()),
                ],
            ),
            Self::Unlogged => words::UNLOGGED.in_(lang),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words(Lang::En).fmt(f)
    }
}

/// Looks at every row of the store. `Err` only when the store cannot be asked at all; what is
/// wrong with rows is in the report. Writers must rest meanwhile for [`Depth::Deep`].
pub fn check(
    engine: &(impl Engine + ?Sized),
    depth: Depth,
    progress: &mut dyn FnMut(u64),
) -> Result<Report, StoreError> {
    let head = engine.wait(0, Duration::ZERO)?;
    let mut report = Report { head, ..Report::default() };
    let mut found = Fold::default();
    let mut seen = 0;
    for table in Table::ALL {
        let rows = read_table(engine, table, &mut report.findings, &mut |key, record| {
            seen += 1;
            if seen % 4096 == 0 {
                progress(seen);
            }
            if depth == Depth::Rows || table.is_inner() {
                return Ok(());
            }
            found.toggle(table, key, record.revision);
            decode(table, key, record)
        });
        report.rows.insert(table, rows);
    }
    if depth == Depth::Deep {
        match read_log(engine, head, &mut report.findings) {
            Some(logged) if logged != found => add(&mut report.findings, Finding::Unlogged),
            _ => {}
        }
    }
    Ok(report)
}

/// Looks at one row.
type Inspector<'i> = dyn FnMut(&[u8], RecordRef<'_>) -> Result<(), StoreError> + 'i;

/// Meets the rows of a table, past those that are damaged; how many there are.
fn read_table(
    engine: &(impl Engine + ?Sized),
    table: Table,
    findings: &mut Vec<Finding>,
    each: &mut Inspector<'_>,
) -> u64 {
    let mut rows = 0;
    let mut range = KeyRange::all();
    loop {
        let read = engine.visit(table, range, &mut |key, record| {
            rows += 1;
            if let Err(error) = each(key, record) {
                add(findings, Finding::Row(error));
            }
            ControlFlow::Continue(())
        });
        let Err(error) = read else { return rows };
        let next = match &error {
            StoreError::Corrupt { key, .. } => Some(KeyRange::after(key)),
            _ => None,
        };
        add(findings, Finding::Row(error));
        match next {
            Some(after) if findings.len() < MOST => range = after,
            _ => return rows,
        }
    }
}

/// Follows the log; the fold of the rows it tells of, unless it cannot be read to its end.
fn read_log(
    engine: &(impl Engine + ?Sized),
    head: u64,
    findings: &mut Vec<Finding>,
) -> Option<Fold> {
    let mut logged = Fold::default();
    let mut last = Ledger::default();
    let walked = change::walk(engine, 0, head, &mut |change| {
        if change.before_hash != last.hash {
            add(findings, Finding::Altered { seq: last.seq });
        }
        for row in &change.rows {
            if let Ok(table) = Table::try_from(row.table) {
                if let Some(revision) = row.before.revision() {
                    logged.toggle(table, &row.key.0, revision);
                }
                if !row.deleted {
                    logged.toggle(table, &row.key.0, change.seq);
                }
            }
        }
        last = Ledger { seq: change.seq, hash: change.hash()? };
        Ok(true)
    });
    if let Err(cause) = walked {
        add(findings, Finding::Log { after: last.seq, head, cause });
        return None;
    }
    let kept = Ledger::read(&|row| raw(engine, row));
    if kept != Ok(Some(last.clone())) {
        add(findings, Finding::Altered { seq: last.seq });
    }
    Some(logged)
}

/// A row of the table Meta as it lies on disk.
fn raw(engine: &(impl Engine + ?Sized), row: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
    let key = row.get(1..).unwrap_or_default();
    let record = engine.get(Table::Meta, key)?;
    Ok(record.map(|record| super::envelope::seal(Table::Meta, key, record.lend())))
}

fn add(findings: &mut Vec<Finding>, finding: Finding) {
    if findings.len() < MOST {
        findings.push(finding);
    }
}

/// A sum over rows in which each row cancels itself out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Fold(u128);

impl Fold {
    fn toggle(&mut self, table: Table, key: &[u8], revision: u64) {
        let digest = Sha256::new()
            .chain_update([table as u8])
            .chain_update(revision.to_le_bytes())
            .chain_update(key)
            .finalize();
        let half: [u8; 32] = digest.into();
        if let Some(half) = half.first_chunk() {
            self.0 ^= u128::from_le_bytes(*half);
        }
    }
}

/// Reads a record as what its table keeps.
fn decode(table: Table, key: &[u8], record: RecordRef<'_>) -> Result<(), StoreError> {
    fn as_a<T: Stored>(key: &[u8], record: RecordRef<'_>) -> Result<(), StoreError> {
        open::<T>(key, record).map(drop)
    }
    match table {
        Table::Meta | Table::Change | Table::Request | Table::Guard => Ok(()),
        Table::Customer => as_a::<domain::Customer>(key, record),
        Table::History => as_a::<domain::Ledger>(key, record),
        Table::Fact => as_a::<domain::Fact>(key, record),
        Table::Relation => as_a::<domain::Relation>(key, record),
        Table::Product => as_a::<domain::Product>(key, record),
        Table::Purchase => as_a::<domain::Purchase>(key, record),
        Table::Interaction => as_a::<domain::Interaction>(key, record),
        Table::Outcome => as_a::<domain::Outcome>(key, record),
        Table::Task => as_a::<domain::Task>(key, record),
        Table::Segment => as_a::<domain::Segment>(key, record),
        Table::Agent => as_a::<domain::Agent>(key, record),
        Table::Draft => as_a::<domain::Draft>(key, record),
        Table::Mark => as_a::<domain::Mark>(key, record),
        Table::Model => as_a::<domain::Scoring>(key, record),
        Table::Setting => as_a::<domain::Settings>(key, record),
        Table::Gesture => as_a::<domain::Gesture>(key, record),
        Table::Subscription => as_a::<domain::Subscription>(key, record),
        Table::Offer => as_a::<domain::Offer>(key, record),
        Table::Programme => as_a::<domain::Programme>(key, record),
        Table::Points => as_a::<domain::Points>(key, record),
        Table::Process => as_a::<domain::Process>(key, record),
        Table::Case => as_a::<domain::Case>(key, record),
        Table::Campaign => as_a::<domain::Campaign>(key, record),
        Table::Script => as_a::<domain::Script>(key, record),
        Table::StageMove => as_a::<domain::StageMove>(key, record),
        Table::WinBack => as_a::<domain::WinBack>(key, record),
        Table::OwnField => as_a::<domain::OwnField>(key, record),
    }
}

#[cfg(test)]
mod tests {
    use super::super::engine::{Batch, Expect, Sync, row_key};
    use super::super::envelope;
    use super::super::memory::MemoryEngine;
    use super::super::records::{keys, put};
    use super::*;
    use crate::domain::{Customer, CustomerId, Day};

    /// A sound store: three customers, the second renamed, the third removed again.
    fn store() -> MemoryEngine {
        let engine = MemoryEngine::new();
        let key = |id| keys::customer(CustomerId(id));
        let customer = |id, name| {
            let customer = Customer::named(CustomerId(id), name, Day(0));
            put(key(id), &customer, Expect::Any).unwrap()
        };
        let gone = super::super::records::delete::<Customer>(key(3), Expect::Any);
        for writes in [
            vec![customer(1, "Sara"), customer(2, "Reza"), customer(3, "Mina")],
            vec![customer(2, "Reza K"), gone],
        ] {
            let batch = Batch {
                actor: 0,
                at: jiff::Timestamp::UNIX_EPOCH,
                request: 0,
                gesture: 0,
                label: "test".into(),
                writes,
                sync: Sync::Now,
            };
            engine.commit(batch).unwrap();
        }
        engine
    }

    fn check_it(engine: &MemoryEngine) -> Report {
        check(engine, Depth::Deep, &mut |_| {}).unwrap()
    }

    #[test]
    fn a_sound_store_is_sound() {
        let report = check_it(&store());
        assert_eq!(report.findings, []);
        assert_eq!((report.head, report.rows[&Table::Customer]), (2, 2));
    }

    #[test]
    fn what_is_wrong_is_found() {
        let known = Customer::SCHEMA;
        let key = keys::customer(CustomerId(1));
        let row = row_key(Table::Customer, &key);
        let unreadable = StoreError::Corrupt { table: Table::Customer, key: key.clone() };
        let sealed = |revision, schema, payload: &[u8]| {
            envelope::seal(Table::Customer, &key, RecordRef { revision, schema, payload })
        };
        let Ok(Some(sound)) = store().get(Table::Customer, &key) else { panic!("no record") };

        let check = |value: Option<Vec<u8>>, expected: &[Finding]| {
            let engine = store();
            engine.meddle(&row, value);
            assert_eq!(check_it(&engine).findings, expected);
        };
        // Gone, another revision, an unreadable row, a payload that is no customer, a newer one.
        check(None, &[Finding::Unlogged]);
        check(Some(sealed(2, known, &sound.payload)), &[Finding::Unlogged]);
        check(Some(vec![1, 2, 3]), &[Finding::Row(unreadable.clone()), Finding::Unlogged]);
        check(Some(sealed(1, known, &[9])), &[Finding::Row(unreadable)]);
        let what = "a record of the table Customer".into();
        let (found, newest) = (u64::from(known) + 1, u64::from(known));
        let newer = StoreError::Newer { what, found, known: newest };
        check(Some(sealed(1, known + 1, &sound.payload)), &[Finding::Row(newer)]);
    }

    #[test]
    fn an_altered_log_is_found() {
        let change = row_key(Table::Change, &[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
        let key = &change[1..];
        // The label of the first change, rewritten with a good checksum.
        let engine = store();
        let mut record = engine.get(Table::Change, key).unwrap().unwrap();
        let at = record.payload.windows(4).position(|four| four == b"test").unwrap();
        record.payload[at..at + 4].copy_from_slice(b"tess");
        engine.meddle(&change, Some(envelope::seal(Table::Change, key, record.lend())));
        assert_eq!(check_it(&engine).findings, [Finding::Altered { seq: 1 }]);
        // The first change taken away.
        let engine = store();
        engine.meddle(&change, None);
        assert!(matches!(check_it(&engine).findings[..], [Finding::Log { after: 0, head: 2, .. }]));
    }
}
