//! A named group of customers: a rule that is evaluated, or a tag that is put on.

use serde::{Deserialize, Serialize};

use super::ids::SegmentId;

/// What makes a customer a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Membership {
    /// An expression of the segment language.
    Rule(String),
    /// A tag.
    Tag(String),
}

/// A saved segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Identity.
    pub id: SegmentId,
    /// Name, unique without regard to case.
    pub name: String,
    /// What makes a customer a member.
    pub membership: Membership,
    /// Worth pursuing.
    pub target: bool,
    /// In words; may be empty.
    pub note: String,
}
