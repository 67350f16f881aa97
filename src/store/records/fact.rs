//! Facts and relations.

use serde::{Deserialize, Serialize};

use super::{known, stored};
use crate::domain::{CustomerId, Day, Fact, FactId, FactKind, Relation, RelationId, RelationKind};
use crate::store::StoreError;

/// A fact; frozen.
#[derive(Serialize, Deserialize)]
struct FactV1 {
    id: u64,
    customer: u64,
    kind: u8,
    text: String,
    strength: u8,
    met: u8,
    source: String,
    on: i32,
}

stored!(Fact, Fact, FactV1);

impl From<&Fact> for FactV1 {
    fn from(fact: &Fact) -> Self {
        let Fact { id, customer, kind, text, strength, met, source, on } = fact.clone();
        Self {
            id: id.0,
            customer: customer.0,
            kind: kind.code(),
            text,
            strength,
            met,
            source,
            on: on.0,
        }
    }
}

impl FactV1 {
    fn open(self) -> Result<Fact, StoreError> {
        Ok(Fact {
            id: FactId(self.id),
            customer: CustomerId(self.customer),
            kind: known!(FactKind, self.kind)?,
            text: self.text,
            strength: self.strength,
            met: self.met,
            source: self.source,
            on: Day(self.on),
        })
    }
}

/// A relation; frozen.
#[derive(Serialize, Deserialize)]
struct RelationV1 {
    id: u64,
    from: u64,
    to: u64,
    kind: u8,
    note: String,
}

stored!(Relation, Relation, RelationV1);

impl From<&Relation> for RelationV1 {
    fn from(relation: &Relation) -> Self {
        let Relation { id, from, to, kind, note } = relation.clone();
        Self { id: id.0, from: from.0, to: to.0, kind: kind.code(), note }
    }
}

impl RelationV1 {
    fn open(self) -> Result<Relation, StoreError> {
        Ok(Relation {
            id: RelationId(self.id),
            from: CustomerId(self.from),
            to: CustomerId(self.to),
            kind: known!(RelationKind, self.kind)?,
            note: self.note,
        })
    }
}
