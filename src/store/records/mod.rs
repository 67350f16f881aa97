//! Records with their meaning: what the domain speaks of, as bytes of a known version.
//!
//! Each domain type has a frozen form a version (`CustomerV1`) that is written and read with
//! bincode; the domain is free to change, the frozen forms are not: a change makes a `V2` with a
//! new schema number, and `V1` stays readable for ever. Rejects trailing bytes, refuses schemas
//! and codes it does not know as newer, never guesses.

mod agent;
mod campaign;
mod customer;
mod fact;
mod gesture;
mod interaction;
pub mod keys;
mod ledger;
mod lifecycle;
mod model;
mod offer;
mod own_field;
mod process;
mod programme;
mod purchase;
mod segment;
#[cfg(test)]
mod strategy_tests;
mod subscription;
mod task;
#[cfg(test)]
mod tests;

use bincode::Options;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::MAX_PAYLOAD;
use super::engine::{Engine, Expect, RecordRef, Write};
use super::error::StoreError;
use super::table::Table;
use crate::domain::{Customer, CustomerRef};

/// A domain type that is kept as a record.
pub trait Stored: Sized {
    /// Where it is kept.
    const TABLE: Table;
    /// The version that is written.
    const SCHEMA: u16;

    /// Its bytes in the newest version.
    fn encode(&self) -> Result<Vec<u8>, StoreError>;

    /// Reads any version up to [`Self::SCHEMA`]. [`StoreError::Newer`] past it,
    /// [`StoreError::Corrupt`] (without a key: see [`open`]) when the bytes do not fit.
    fn decode(schema: u16, payload: &[u8]) -> Result<Self, StoreError>;
}

/// A record that is on its way into the store.
pub fn record_of(schema: u16, payload: &[u8]) -> RecordRef<'_> {
    RecordRef { revision: 0, schema, payload }
}

/// Reads a record met at `key`.
pub fn open<T: Stored>(key: &[u8], record: RecordRef<'_>) -> Result<T, StoreError> {
    T::decode(record.schema, record.payload).map_err(|error| match error {
        StoreError::Corrupt { table, .. } => StoreError::Corrupt { table, key: key.to_vec() },
        other => other,
    })
}

/// A customer's record as it lies in the store, lending its texts: for those who read a million
/// and keep little of each.
pub fn glance<'a>(key: &[u8], record: RecordRef<'a>) -> Result<CustomerRef<'a>, StoreError> {
    let table = Table::Customer;
    let corrupt = |_| StoreError::Corrupt { table, key: key.to_vec() };
    match record.schema {
        1 => read(table, record.payload).map_err(corrupt).and_then(customer::CustomerV1::lend),
        2 => read(table, record.payload).map_err(corrupt).and_then(customer::CustomerV2::lend),
        found => Err(newer(table, found, Customer::SCHEMA)),
    }
}

/// The record at `key` and its revision.
pub fn get<T: Stored>(
    engine: &(impl Engine + ?Sized),
    key: &[u8],
) -> Result<Option<(T, u64)>, StoreError> {
    let Some(record) = engine.get(T::TABLE, key)? else { return Ok(None) };
    Ok(Some((open(key, record.lend())?, record.revision)))
}

/// The write that keeps `value` at `key`.
pub fn put<T: Stored>(key: Vec<u8>, value: &T, expect: Expect) -> Result<Write, StoreError> {
    let payload = value.encode().map_err(|error| match error {
        StoreError::TooLarge { table, size, limit, .. } => {
            StoreError::TooLarge { table, key: key.clone(), size, limit }
        }
        other => other,
    })?;
    Ok(Write { table: T::TABLE, key, value: Some((T::SCHEMA, payload)), expect })
}

/// The write that removes what is kept at `key`.
pub fn delete<T: Stored>(key: Vec<u8>, expect: Expect) -> Write {
    Write { table: T::TABLE, key, value: None, expect }
}

/// Variable-length integers, little endian, trailing bytes rejected. Chosen once: it is the format.
fn options() -> impl Options {
    bincode::DefaultOptions::new().with_limit(MAX_PAYLOAD as u64)
}

fn write<V: Serialize>(table: Table, form: &V) -> Result<Vec<u8>, StoreError> {
    options().serialize(form).map_err(|_| {
        let size = bincode::DefaultOptions::new().serialized_size(form).unwrap_or(u64::MAX);
        StoreError::TooLarge { table, key: Vec::new(), size: size as usize, limit: MAX_PAYLOAD }
    })
}

fn read<'a, V: Deserialize<'a>>(table: Table, payload: &'a [u8]) -> Result<V, StoreError> {
    options().deserialize(payload).map_err(|_| StoreError::Corrupt { table, key: Vec::new() })
}

/// A schema past the newest.
fn newer(table: Table, found: u16, known: u16) -> StoreError {
    StoreError::Newer {
        what: format!("a record of the table {table:?}"),
        found: found.into(),
        known: known.into(),
    }
}

/// Ties a domain type to its table and its frozen forms, the first to the newest.
macro_rules! stored {
    ($type:ty, $table:ident, $first:ty) => {
        $crate::store::records::stored!($type, $table, $first; $first, 1;);
    };
    ($type:ty, $table:ident, $first:ty, $second:ty) => {
        $crate::store::records::stored!(
            $type, $table, $second;
            $first, 1;
            $second, 2;
        );
    };
    ($type:ty, $table:ident, $first:ty, $second:ty, $third:ty) => {
        $crate::store::records::stored!(
            $type, $table, $third;
            $first, 1;
            $second, 2;
            $third, 3;
        );
    };
    ($type:ty, $table:ident, $first:ty, $second:ty, $third:ty, $fourth:ty) => {
        $crate::store::records::stored!(
            $type, $table, $fourth;
            $first, 1;
            $second, 2;
            $third, 3;
            $fourth, 4;
        );
    };
    ($type:ty, $table:ident, $newest:ty; $($form:ty, $schema:literal;)+) => {
        impl $crate::store::records::Stored for $type {
            const TABLE: $crate::store::Table = $crate::store::Table::$table;
            const SCHEMA: u16 = [$($schema),+].len() as u16;

            fn encode(&self) -> Result<Vec<u8>, $crate::store::StoreError> {
                super::write(Self::TABLE, &<$newest>::from(self))
            }

            fn decode(schema: u16, payload: &[u8]) -> Result<Self, $crate::store::StoreError> {
                match schema {
                    $($schema => super::read::<$form>(Self::TABLE, payload)?.open(),)+
                    found => Err(super::newer(Self::TABLE, found, Self::SCHEMA)),
                }
            }
        }
    };
}
use stored;

/// The variant of a domain enum with this code.
macro_rules! known {
    ($type:ty, $code:expr) => {
        <$type>::from_code($code).ok_or_else(|| $crate::store::StoreError::Newer {
            what: format!("a {} in a record", stringify!($type)),
            found: u64::from($code),
            known: (<$type>::ALL.len() as u64).saturating_sub(1),
        })
    };
}
use known;

/// A moment; frozen.
#[derive(Serialize, Deserialize)]
struct MomentV1 {
    second: i64,
    nanosecond: i32,
}

impl From<Timestamp> for MomentV1 {
    fn from(at: Timestamp) -> Self {
        Self { second: at.as_second(), nanosecond: at.subsec_nanosecond() }
    }
}

impl MomentV1 {
    fn open(&self, table: Table) -> Result<Timestamp, StoreError> {
        Timestamp::new(self.second, self.nanosecond)
            .map_err(|_| StoreError::Corrupt { table, key: Vec::new() })
    }
}
