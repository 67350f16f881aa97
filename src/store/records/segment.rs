//! Segments.

use serde::{Deserialize, Serialize};

use super::stored;
use crate::domain::{Membership, Segment, SegmentId};
use crate::store::StoreError;

/// A segment; frozen.
#[derive(Serialize, Deserialize)]
struct SegmentV1 {
    id: u64,
    name: String,
    membership: MembershipV1,
    target: bool,
    note: String,
}

/// What makes a member; frozen.
#[derive(Serialize, Deserialize)]
enum MembershipV1 {
    Rule(String),
    Tag(String),
}

stored!(Segment, Segment, SegmentV1);

impl From<&Segment> for SegmentV1 {
    fn from(segment: &Segment) -> Self {
        let Segment { id, name, membership, target, note } = segment.clone();
        let membership = match membership {
            Membership::Rule(rule) => MembershipV1::Rule(rule),
            Membership::Tag(tag) => MembershipV1::Tag(tag),
        };
        Self { id: id.0, name, membership, target, note }
    }
}

impl SegmentV1 {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of all records")]
    fn open(self) -> Result<Segment, StoreError> {
        let Self { id, name, membership, target, note } = self;
        let membership = match membership {
            MembershipV1::Rule(rule) => Membership::Rule(rule),
            MembershipV1::Tag(tag) => Membership::Tag(tag),
        };
        Ok(Segment { id: SegmentId(id), name, membership, target, note })
    }
}
