//! Loyalty programmes, and the points of customers.

use serde::{Deserialize, Serialize};

use super::stored;
use crate::domain::{
    AgentId, CustomerId, Day, InteractionId, Points, PointsId, Programme, ProgrammeId, PurchaseId,
    Tier,
};
use crate::store::StoreError;

/// A programme; frozen.
#[derive(Serialize, Deserialize)]
struct ProgrammeV1 {
    id: u64,
    name: String,
    eligible: String,
    spend_per_point: i64,
    point_value: i64,
    expires_days: Option<u16>,
    tiers: Vec<TierV1>,
    active: bool,
}

/// A tier; frozen.
#[derive(Serialize, Deserialize)]
struct TierV1 {
    threshold: i64,
    discount: u16,
    terms: String,
}

stored!(Programme, Programme, ProgrammeV1);

impl From<&Programme> for ProgrammeV1 {
    fn from(programme: &Programme) -> Self {
        let Programme {
            id,
            name,
            eligible,
            spend_per_point,
            point_value,
            expires_days,
            tiers,
            active,
        } = programme.clone();
        let tier = |Tier { threshold, discount, terms }| TierV1 { threshold, discount, terms };
        let tiers = tiers.into_iter().map(tier).collect();
        Self { id: id.0, name, eligible, spend_per_point, point_value, expires_days, tiers, active }
    }
}

impl ProgrammeV1 {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of all records")]
    fn open(self) -> Result<Programme, StoreError> {
        let tier = |TierV1 { threshold, discount, terms }| Tier { threshold, discount, terms };
        Ok(Programme {
            id: ProgrammeId(self.id),
            name: self.name,
            eligible: self.eligible,
            spend_per_point: self.spend_per_point,
            point_value: self.point_value,
            expires_days: self.expires_days,
            tiers: self.tiers.into_iter().map(tier).collect(),
            active: self.active,
        })
    }
}

/// Points; frozen.
#[derive(Serialize, Deserialize)]
struct PointsV1 {
    id: u64,
    customer: u64,
    programme: u64,
    points: i64,
    day: i32,
    expires: Option<i32>,
    purchase: Option<u64>,
    interaction: Option<u64>,
    note: String,
    by: u64,
}

stored!(Points, Points, PointsV1);

impl From<&Points> for PointsV1 {
    fn from(points: &Points) -> Self {
        Self {
            id: points.id.0,
            customer: points.customer.0,
            programme: points.programme.0,
            points: points.points,
            day: points.day.0,
            expires: points.expires.map(|day| day.0),
            purchase: points.purchase.map(|id| id.0),
            interaction: points.interaction.map(|id| id.0),
            note: points.note.clone(),
            by: points.by.0,
        }
    }
}

impl PointsV1 {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of all records")]
    fn open(self) -> Result<Points, StoreError> {
        Ok(Points {
            id: PointsId(self.id),
            customer: CustomerId(self.customer),
            programme: ProgrammeId(self.programme),
            points: self.points,
            day: Day(self.day),
            expires: self.expires.map(Day),
            purchase: self.purchase.map(PurchaseId),
            interaction: self.interaction.map(InteractionId),
            note: self.note,
            by: AgentId(self.by),
        })
    }
}
