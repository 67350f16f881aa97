//! Typed rows: keys, reads and writes of records. The one place of the desk that knows how keys are made.

use std::ops::ControlFlow;

use crate::domain::{
    Agent, Campaign, Case, CaseId, Customer, CustomerId, Draft, Fact, FactId, Gesture, GestureId,
    Interaction, InteractionId, Ledger, Mark, Offer, Outcome, OwnField, Points, Process, ProcessId,
    Product, Programme, Purchase, PurchaseId, RelationId, Roll, Scoring, Script, Segment, Settings,
    StageMove, StageMoveId, Subscription, SubscriptionId, Task, TaskId, WinBack,
};
use crate::store::records::{self, Stored, keys};
use crate::store::{Engine, Expect, KeyRange, StoreError, Table, Write};

/// A record that knows its key from its own fields.
pub(super) trait Keyed: Stored {
    fn key(&self) -> Vec<u8>;
}

macro_rules! keyed {
    ($($kind:ty: $r:ident => $key:expr;)+) => {$(
        impl Keyed for $kind {
            fn key(&self) -> Vec<u8> {
                let $r = self;
                $key
            }
        }
    )+};
}

keyed! {
    Customer: r => r.id.key().to_vec();
    Fact: r => child(r.customer, r.id.0);
    Product: r => r.id.key().to_vec();
    Purchase: r => child(r.customer, r.id.0);
    Interaction: r => child(r.customer, r.id.0);
    Outcome: r => r.code.clone().into_bytes();
    Subscription: r => child(r.customer, r.id.0);
    Task: r => r.id.key().to_vec();
    Segment: r => r.id.key().to_vec();
    Offer: r => r.id.key().to_vec();
    Programme: r => r.id.key().to_vec();
    Points: r => child(r.customer, r.id.0);
    Process: r => r.id.key().to_vec();
    Case: r => child(r.customer, r.id.0);
    Roll: r => [&roll_of(r.process, Some(r.start)), r.block.to_be_bytes().as_slice()].concat();
    Campaign: r => r.id.key().to_vec();
    Script: r => r.id.key().to_vec();
    StageMove: r => child(r.customer, r.id.0);
    WinBack: r => r.customer.key().to_vec();
    OwnField: r => r.id.key().to_vec();
    Agent: r => r.id.key().to_vec();
    Draft: r => keys::draft(r.agent, &r.slot);
    Mark: r => keys::mark(r.queue, r.customer, r.campaign);
    Scoring: _r => keys::SCORING.to_vec();
    Settings: _r => keys::SETTINGS.to_vec();
    Gesture: r => r.id.key().to_vec();
}

/// Key of the row every commit touches that adds external ids, so that two processes cannot add one twice.
pub(super) const GUARD: &[u8] = b"external-ids";

/// Where the rolls of a process begin, or those of one of its starts.
fn roll_of(process: ProcessId, start: Option<u8>) -> Vec<u8> {
    let mut key = b"roll".to_vec();
    key.extend(process.0.to_be_bytes());
    key.extend(start);
    key
}

/// The rolls of a process, or of one of its starts, in order.
pub(super) fn rolls(
    engine: &dyn Engine,
    process: ProcessId,
    start: Option<u8>,
) -> Result<Vec<(Roll, u64)>, StoreError> {
    list(engine, KeyRange::prefix(&roll_of(process, start)))
}

/// Customer, then own id: what belongs to a customer lies together.
pub(super) fn child(customer: CustomerId, id: u64) -> Vec<u8> {
    [customer.key(), id.to_be_bytes()].concat()
}

/// The customer whose record or child lies at this key.
pub(super) fn customer_at(key: &[u8]) -> Option<CustomerId> {
    u64_at(key, 0).map(CustomerId)
}

/// The own id of a child at this key.
pub(super) fn child_at(key: &[u8]) -> Option<u64> {
    u64_at(key, 8)
}

fn u64_at(key: &[u8], from: usize) -> Option<u64> {
    key.get(from..from + 8)?.try_into().ok().map(u64::from_be_bytes)
}

/// Writes a record under its own key.
pub(super) fn put<T: Keyed>(record: &T, expect: Expect) -> Result<Write, StoreError> {
    records::put(record.key(), record, expect)
}

/// Deletes the row that was read at `revision`.
pub(super) fn delete(table: Table, key: Vec<u8>, revision: u64) -> Write {
    Write { table, key, value: None, expect: Expect::Revision(revision) }
}

/// Expects the row to be as it was read.
pub(super) fn as_read(revision: Option<u64>) -> Expect {
    revision.map_or(Expect::Absent, Expect::Revision)
}

/// Meets a record at its key, with its revision.
pub(super) type Keeper<'k, T> = dyn FnMut(&[u8], T, u64) -> ControlFlow<()> + 'k;

/// Reads the records of a range, in its order, until `keep` says enough.
pub(super) fn read_all<T: Stored>(
    engine: &dyn Engine,
    range: KeyRange,
    keep: &mut Keeper<'_, T>,
) -> Result<(), StoreError> {
    let mut failed = None;
    engine.visit(T::TABLE, range, &mut |key, record| match records::open::<T>(key, record) {
        Ok(value) => keep(key, value, record.revision),
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    })?;
    failed.map_or(Ok(()), Err)
}

/// All records of a range.
pub(super) fn list<T: Stored>(
    engine: &dyn Engine,
    range: KeyRange,
) -> Result<Vec<(T, u64)>, StoreError> {
    let mut found = Vec::new();
    read_all(engine, range, &mut |_, value, revision| {
        found.push((value, revision));
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// What belongs to a customer, oldest first.
pub(super) fn children<T: Stored>(
    engine: &dyn Engine,
    customer: CustomerId,
) -> Result<Vec<(T, u64)>, StoreError> {
    list(engine, KeyRange::prefix(&customer.key()))
}

/// The newest `most` of what belongs to a customer, newest first.
pub(super) fn newest_children<T: Stored>(
    engine: &dyn Engine,
    customer: CustomerId,
    most: usize,
) -> Result<Vec<T>, StoreError> {
    let mut found = Vec::new();
    read_all(engine, KeyRange::prefix(&customer.key()).backward(), &mut |_, value, _| {
        found.push(value);
        if found.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(found)
}

/// A customer's ledger and its revision; empty when nothing was bought or said yet.
pub(super) fn ledger(
    engine: &dyn Engine,
    customer: CustomerId,
) -> Result<(Ledger, Option<u64>), StoreError> {
    Ok(match records::get::<Ledger>(engine, &customer.key())? {
        Some((ledger, revision)) => (ledger, Some(revision)),
        None => (Ledger::default(), None),
    })
}

macro_rules! reserve {
    ($($name:ident: $id:ident = $table:ident),+ $(,)?) => {$(
        /// A new identity.
        pub(super) fn $name(engine: &dyn Engine) -> Result<$id, StoreError> {
            engine.reserve(Table::$table, 1).map(|ids| $id(ids.start))
        }
    )+};
}

reserve! {
    new_customer: CustomerId = Customer,
    new_fact: FactId = Fact,
    new_relation: RelationId = Relation,
    new_purchase: PurchaseId = Purchase,
    new_interaction: InteractionId = Interaction,
    new_subscription: SubscriptionId = Subscription,
    new_task: TaskId = Task,
    new_stage_move: StageMoveId = StageMove,
    new_case: CaseId = Case,
    new_gesture: GestureId = Gesture,
}
