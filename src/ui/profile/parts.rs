//! The parts of the screen of a customer: regions, what a line stands for, what the timeline shows.

use crate::domain::{InteractionId, PurchaseId, RelationId, TaskId};
use crate::text::Phrase;
use crate::text::words::profile as w;

/// What a line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    Contact(usize),
    Fact(FactAt),
    Relation(RelationId),
    Interaction(InteractionId),
    Purchase(PurchaseId),
    /// A contract by its place in the profile.
    Contract(usize),
    Task(TaskId),
}

/// A fact by its place in the profile.
pub type FactAt = usize;

/// The three regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    Who,
    Timeline,
    Next,
}

impl Region {
    pub const ALL: [Region; 3] = [Region::Who, Region::Timeline, Region::Next];

    pub fn step(self, by: usize) -> Self {
        let at = (self as usize + by) % Self::ALL.len();
        Self::ALL.get(at).copied().unwrap_or(self)
    }
}

/// What the timeline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    All,
    Talks,
    Buys,
    Notes,
}

impl Shown {
    pub const fn next(self) -> Self {
        match self {
            Self::All => Self::Talks,
            Self::Talks => Self::Buys,
            Self::Buys => Self::Notes,
            Self::Notes => Self::All,
        }
    }

    pub const fn name(self) -> Phrase {
        match self {
            Self::All => w::EVERYTHING,
            Self::Talks => w::TALKS,
            Self::Buys => w::BUYS,
            Self::Notes => w::NOTES,
        }
    }
}
