//! What we know of a customer beyond the record, with its source and day; and who belongs to whom.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::ids::{CustomerId, FactId, RelationId};
use super::invalid::{Field, Invalid, Problem};
use super::names::named_enum;

named_enum! {
    /// What a fact tells.
    pub enum FactKind {
        Need = "need", Expectation = "expectation", Taste = "taste", Interest = "interest",
        Attitude = "attitude", Biography = "biography",
    }
}

/// One thing known about a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Identity.
    pub id: FactId,
    /// Of whom.
    pub customer: CustomerId,
    /// What it tells.
    pub kind: FactKind,
    /// In words.
    pub text: String,
    /// How much it matters, 1 to 5; 0 when not said.
    pub strength: u8,
    /// How well a need is met, 1 to 5; 0 when not said.
    pub met: u8,
    /// Who or what told it.
    pub source: String,
    /// When it was learned.
    pub on: Day,
}

impl Fact {
    /// Checks the fact.
    pub fn validate(&self) -> Result<(), Invalid> {
        let bad = |field, problem| Err(Invalid { field, problem });
        if self.text.trim().is_empty() {
            return bad(Field::Text, Problem::Empty);
        }
        if self.text.chars().count() > 1_000 || self.source.chars().count() > 1_000 {
            return bad(Field::Text, Problem::TooLong { most: 1_000 });
        }
        if self.strength > 5 || self.met > 5 {
            return bad(Field::Strength, Problem::OutOfRange { from: 0, to: 5 });
        }
        Ok(())
    }
}

named_enum! {
    /// How one customer stands to another.
    pub enum RelationKind {
        Household = "household", WorksAt = "works_at", ReferredBy = "referred_by",
        Related = "related",
        /// Somebody else, though they look alike.
        Distinct = "distinct",
    }
}

/// A tie from one customer to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// Identity.
    pub id: RelationId,
    /// From whom.
    pub from: CustomerId,
    /// To whom.
    pub to: CustomerId,
    /// How.
    pub kind: RelationKind,
    /// In words; may be empty.
    pub note: String,
}
