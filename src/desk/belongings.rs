//! What belongs to a customer, table by table: the one place that knows, for merging and for erasing.
//!
//! A table that is new gets a line in [`TABLES`]; a test fails until it has one. Rows that lie under the
//! customer's key, or that name the customer, move with [`rows`]; sums made of other rows are made anew.

use std::collections::HashSet;
use std::ops::ControlFlow;

use crate::domain::{
    Case, CustomerId, Draft, Fact, Interaction, Mark, Points, Purchase, QueueKind, Relation,
    StageMove, Subscription, Task, WinBack,
};
use crate::store::records::{self, Stored};
use crate::store::{Engine, Expect, KeyRange, Record, StoreError, Table, Write};

use super::rows::{self, Keyed};

/// A row with its key.
pub(super) type Row = (Vec<u8>, Record);

/// Finds the rows of a customer.
type Find = fn(&dyn Engine, CustomerId) -> Result<Vec<Row>, StoreError>;

/// The writes that give rows of the first customer to the second.
type Give = fn(&dyn Engine, Vec<Row>, CustomerId, CustomerId) -> Result<Vec<Write>, StoreError>;

/// How the rows of a table hang on customers.
pub(super) enum Belongs {
    /// Not at all.
    No,
    /// The record itself, or a sum made of the rows of others: one row under the customer's key.
    Itself,
    /// Rows that another customer can have.
    Rows(Find, Give),
}

use Belongs::{Itself, No, Rows};

/// Every table there is.
#[rustfmt::skip]
pub(super) const TABLES: &[(Table, Belongs)] = &[
    (Table::Meta, No),
    (Table::Change, No),
    (Table::Request, No),
    (Table::Customer, Itself),
    (Table::History, Itself),
    (Table::Fact, Rows(under::<Fact>, give::<Fact>)),
    (Table::Relation, Rows(relations, give_relations)),
    (Table::Product, No),
    (Table::Purchase, Rows(under::<Purchase>, give::<Purchase>)),
    (Table::Interaction, Rows(under::<Interaction>, give::<Interaction>)),
    (Table::Outcome, No),
    (Table::Task, Rows(naming::<Task>, give::<Task>)),
    (Table::Segment, No),
    (Table::Agent, No),
    (Table::Draft, Rows(naming::<Draft>, give::<Draft>)),
    (Table::Mark, Rows(marks, give::<Mark>)),
    (Table::Model, No),
    (Table::Setting, No),
    (Table::Gesture, No),
    (Table::Guard, No),
    (Table::Subscription, Rows(under::<Subscription>, give::<Subscription>)),
    (Table::Offer, No),
    (Table::Programme, No),
    (Table::Points, Rows(under::<Points>, give::<Points>)),
    (Table::Process, No),
    (Table::Case, Rows(under::<Case>, give::<Case>)),
    (Table::Campaign, No),
    (Table::Script, No),
    (Table::StageMove, Rows(under::<StageMove>, give::<StageMove>)),
    (Table::WinBack, Rows(under::<WinBack>, give::<WinBack>)),
    (Table::OwnField, No),
];

/// A record that belongs to a customer.
trait Owned: Keyed + PartialEq + Clone {
    /// True when it belongs to this one.
    fn is_of(&self, id: CustomerId) -> bool;

    /// Gives it to another.
    fn give(&mut self, to: CustomerId);

    /// What becomes of it where the other has one under the same key.
    fn united(self, kept: Self) -> Self {
        let _ = self;
        kept
    }

    /// True when it says nothing that this one of the other does not say too.
    fn repeats(&self, kept: &Self) -> bool {
        let _ = kept;
        false
    }
}

macro_rules! owned {
    ($($kind:ty),+) => {$(
        impl Owned for $kind {
            fn is_of(&self, id: CustomerId) -> bool {
                self.customer == id
            }

            fn give(&mut self, to: CustomerId) {
                self.customer = to;
            }
        }
    )+};
}

owned!(Purchase, Interaction, Subscription, Task, Points, Case, StageMove);

impl Owned for WinBack {
    fn is_of(&self, id: CustomerId) -> bool {
        self.customer == id
    }

    fn give(&mut self, to: CustomerId) {
        self.customer = to;
    }

    /// The later of the two; what it has cost, both have.
    fn united(self, kept: Self) -> Self {
        let cost = self.cost.saturating_add(kept.cost);
        let later = if self.since > kept.since { self } else { kept };
        Self { cost, ..later }
    }
}

impl Owned for Fact {
    fn is_of(&self, id: CustomerId) -> bool {
        self.customer == id
    }

    fn give(&mut self, to: CustomerId) {
        self.customer = to;
    }

    fn repeats(&self, kept: &Self) -> bool {
        self.kind == kept.kind
            && self.text == kept.text
            && (self.strength == 0 || self.strength == kept.strength)
            && (self.met == 0 || self.met == kept.met)
    }
}

impl Owned for Mark {
    fn is_of(&self, id: CustomerId) -> bool {
        self.customer == id
    }

    fn give(&mut self, to: CustomerId) {
        self.customer = to;
    }

    /// The later of the two: who asked to be left alone until then is left alone.
    fn united(self, kept: Self) -> Self {
        if self.until > kept.until { self } else { kept }
    }
}

/// A slot names its form and its customer: `log:42`, `fact:42:7`.
impl Owned for Draft {
    fn is_of(&self, id: CustomerId) -> bool {
        slot_of(&self.slot).is_some_and(|(_, of, _)| of == id)
    }

    fn give(&mut self, to: CustomerId) {
        if let Some((form, _, rest)) = slot_of(&self.slot) {
            self.slot = format!("{form}:{to}{rest}");
        }
    }

    /// What was typed of either, one after the other.
    fn united(self, mut kept: Self) -> Self {
        for (name, text) in self.fields {
            match kept.fields.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) if *known != text && !text.is_empty() => {
                    if !known.is_empty() {
                        known.push('\n');
                    }
                    known.push_str(&text);
                }
                Some(_) => {}
                None => kept.fields.push((name, text)),
            }
        }
        kept
    }
}

/// Forms about a customer.
const FORMS: &[&str] = &["log", "customer", "fact", "relation", "purchase", "task"];

/// Form, customer and the rest of a slot.
fn slot_of(slot: &str) -> Option<(&str, CustomerId, &str)> {
    let (form, rest) = slot.split_once(':').filter(|(form, _)| FORMS.contains(form))?;
    let end = rest.find(':').unwrap_or(rest.len());
    let (id, rest) = rest.split_at(end);
    Some((form, CustomerId(id.parse().ok()?), rest))
}

/// Rows under the customer's key.
fn under<T: Stored>(engine: &dyn Engine, of: CustomerId) -> Result<Vec<Row>, StoreError> {
    let mut found = Vec::new();
    engine.visit(T::TABLE, KeyRange::prefix(&of.key()), &mut |key, record| {
        found.push((key.to_vec(), record.to_record()));
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// Rows anywhere in the table that name the customer.
fn naming<T: Owned>(engine: &dyn Engine, of: CustomerId) -> Result<Vec<Row>, StoreError> {
    let mut found = Vec::new();
    let mut failed = None;
    engine.visit(T::TABLE, KeyRange::all(), &mut |key, record| {
        match records::open::<T>(key, record) {
            Ok(value) if value.is_of(of) => found.push((key.to_vec(), record.to_record())),
            Ok(_) => {}
            Err(error) => failed = Some(error),
        }
        if failed.is_none() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    failed.map_or(Ok(found), Err)
}

/// A row that names one of these.
fn named<T: Owned>(
    key: &[u8],
    record: &Record,
    of: &HashSet<CustomerId>,
) -> Result<bool, StoreError> {
    let value: T = records::open(key, record.lend())?;
    Ok(of.iter().any(|id| value.is_of(*id)))
}

/// A tie from or to one of these.
fn tied(key: &[u8], record: &Record, of: &HashSet<CustomerId>) -> Result<bool, StoreError> {
    let tie: Relation = records::open(key, record.lend())?;
    Ok(of.contains(&tie.from) || of.contains(&tie.to))
}

/// One row a queue and a campaign at most.
fn marks(engine: &dyn Engine, of: CustomerId) -> Result<Vec<Row>, StoreError> {
    let mut found = Vec::new();
    for queue in QueueKind::ALL {
        let all = KeyRange::prefix(&records::keys::mark(*queue, of, None));
        found.extend(engine.scan(Table::Mark, all, usize::MAX)?.rows);
    }
    Ok(found)
}

/// Both rows of each tie: that under the customer and that under the other.
fn relations(engine: &dyn Engine, of: CustomerId) -> Result<Vec<Row>, StoreError> {
    let mut found = under::<Relation>(engine, of)?;
    let mut others = Vec::new();
    for (key, record) in &found {
        let relation: Relation = records::open(key, record.lend())?;
        let other = if relation.from == of { relation.to } else { relation.from };
        let key = rows::child(other, relation.id.0);
        others.extend(engine.get(Table::Relation, &key)?.map(|record| (key, record)));
    }
    found.extend(others);
    Ok(found)
}

fn removed(table: Table, key: &[u8], record: &Record) -> Write {
    rows::delete(table, key.to_vec(), record.revision)
}

/// Rows with a key of their own: under the other's key, or with the other's name in them.
fn give<T: Owned>(
    engine: &dyn Engine,
    found: Vec<Row>,
    gone: CustomerId,
    keep: CustomerId,
) -> Result<Vec<Write>, StoreError> {
    let mut writes = Vec::with_capacity(found.len() * 2);
    let kept = if T::TABLE == Table::Fact { under::<T>(engine, keep)? } else { Vec::new() };
    let open = |(key, record): &Row| records::open::<T>(key, record.lend());
    let kept: Vec<T> = kept.iter().map(open).collect::<Result<_, _>>()?;
    for (key, record) in found {
        let mut value: T = records::open(&key, record.lend())?;
        debug_assert!(value.is_of(gone));
        value.give(keep);
        let to = value.key();
        if to == key {
            writes.push(rows::put(&value, Expect::Revision(record.revision))?);
            continue;
        }
        writes.push(removed(T::TABLE, &key, &record));
        if kept.iter().any(|k| value.repeats(k)) {
            continue;
        }
        match records::get::<T>(engine, &to)? {
            None => writes.push(rows::put(&value, Expect::Absent)?),
            Some((there, revision)) => {
                let united = value.united(there.clone());
                if united != there {
                    writes.push(rows::put(&united, Expect::Revision(revision))?);
                }
            }
        }
    }
    Ok(writes)
}

/// Ties go over; one between the two has no meaning any more, nor has one that the other has already.
fn give_relations(
    engine: &dyn Engine,
    found: Vec<Row>,
    gone: CustomerId,
    keep: CustomerId,
) -> Result<Vec<Write>, StoreError> {
    let kept = rows::children::<Relation>(engine, keep)?;
    let mut writes = Vec::with_capacity(found.len() * 2);
    for (key, record) in found {
        let was: Relation = records::open(&key, record.lend())?;
        let swap = |id: CustomerId| if id == gone { keep } else { id };
        let given = Relation { from: swap(was.from), to: swap(was.to), ..was };
        let is_known = kept.iter().any(|(k, _)| {
            k.id != given.id
                && (k.from, k.to, k.kind, &k.note)
                    == (given.from, given.to, given.kind, &given.note)
        });
        if given.from == given.to || is_known {
            writes.push(removed(Table::Relation, &key, &record));
            continue;
        }
        let side = rows::customer_at(&key).map(swap).unwrap_or_default();
        let to = rows::child(side, given.id.0);
        if to == key {
            writes.push(records::put(key, &given, Expect::Revision(record.revision))?);
        } else {
            writes.push(removed(Table::Relation, &key, &record));
            writes.push(records::put(to, &given, Expect::Absent)?);
        }
    }
    Ok(writes)
}

/// All rows of a customer, its own record and sums first.
pub(super) fn rows(
    engine: &dyn Engine,
    of: CustomerId,
) -> Result<Vec<(Table, Vec<Row>)>, StoreError> {
    let mut all = Vec::new();
    for (table, belongs) in TABLES {
        let found = match belongs {
            No => continue,
            Itself => {
                let key = of.key().to_vec();
                engine.get(*table, &key)?.map(|record| (key, record)).into_iter().collect()
            }
            Rows(find, _) => find(engine, of)?,
        };
        all.push((*table, found));
    }
    Ok(all)
}

/// True when an old value of a row belongs to one of these customers.
pub(super) fn names_any(
    table: Table,
    key: &[u8],
    record: &Record,
    of: &HashSet<CustomerId>,
) -> Result<bool, StoreError> {
    match table {
        Table::Task => named::<Task>(key, record, of),
        Table::Draft => named::<Draft>(key, record, of),
        Table::Mark => named::<Mark>(key, record, of),
        Table::Relation => tied(key, record, of),
        _ => {
            let belongs = TABLES.iter().any(|(t, b)| *t == table && !matches!(b, No));
            Ok(belongs && rows::customer_at(key).is_some_and(|id| of.contains(&id)))
        }
    }
}

/// The writes that give all rows of one customer to another, but for the record and the sums; and how
/// many rows that are.
pub(super) fn given(
    engine: &dyn Engine,
    gone: CustomerId,
    keep: CustomerId,
) -> Result<(Vec<Write>, usize), StoreError> {
    let (mut writes, mut count) = (Vec::new(), 0);
    for (_, belongs) in TABLES {
        if let Rows(find, give) = belongs {
            let found = find(engine, gone)?;
            count += found.len();
            writes.extend(give(engine, found, gone, keep)?);
        }
    }
    Ok((writes, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table that is not here would lose its rows when customers are merged or erased.
    #[test]
    fn every_table_says_how_it_hangs_on_customers() {
        for table in Table::ALL {
            let lines = TABLES.iter().filter(|(t, _)| *t == table).count();
            assert_eq!(lines, 1, "{table:?} needs one line in TABLES");
        }
        assert_eq!(TABLES.len(), Table::ALL.len());
    }

    #[test]
    fn slots_name_their_customer() {
        assert_eq!(slot_of("log:42"), Some(("log", CustomerId(42), "")));
        assert_eq!(slot_of("fact:42:7"), Some(("fact", CustomerId(42), ":7")));
        for none in ["log", "customer:new", "segment:42", ""] {
            assert_eq!(slot_of(none), None, "{none}");
        }
    }
}
