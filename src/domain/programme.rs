//! Loyalty programmes: who is eligible, how points are earned, spent and lost, and what tiers give.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::ids::{AgentId, CustomerId, InteractionId, PointsId, ProgrammeId, PurchaseId};
use super::invalid::{Field, Invalid, Problem};

/// A loyalty programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// Identity.
    pub id: ProgrammeId,
    /// Name, unique among programmes without regard to case.
    pub name: String,
    /// Who takes part, as an expression; empty for everyone.
    pub eligible: String,
    /// Revenue that earns one point, minor units; 0 earns none.
    pub spend_per_point: i64,
    /// What a point is worth when it is redeemed, minor units.
    pub point_value: i64,
    /// Points are lost so many days after they were earned; never when not said.
    pub expires_days: Option<u16>,
    /// What those get who spend much, the lowest threshold first.
    pub tiers: Vec<Tier>,
    /// Points are earned and redeemed.
    pub active: bool,
}

/// What those get who spent so much.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Revenue of the last 365 days from which it holds, minor units.
    pub threshold: i64,
    /// Discount, per mille.
    pub discount: u16,
    /// Terms of payment and the like, in words; may be empty.
    pub terms: String,
}

impl Programme {
    /// Most tiers.
    pub const MOST_TIERS: usize = 20;

    /// Points that revenue earns; whole ones only.
    pub fn earned(&self, revenue: i64) -> i64 {
        if self.spend_per_point <= 0 { 0 } else { revenue.max(0) / self.spend_per_point }
    }

    /// The tier of someone who spent so much in the last 365 days.
    pub fn tier(&self, spent: i64) -> Option<&Tier> {
        self.tiers.iter().rfind(|tier| spent >= tier.threshold)
    }

    /// Refuses figures below nothing and tiers out of order.
    pub fn validate(&self) -> Result<(), Invalid> {
        let bad = |field, problem| Err(Invalid { field, problem });
        let money = Problem::OutOfRange { from: 0, to: i64::MAX };
        if self.spend_per_point < 0 {
            return bad(Field::SpendPerPoint, money);
        }
        if self.point_value < 0 {
            return bad(Field::PointValue, money);
        }
        if self.expires_days == Some(0) {
            let problem = Problem::OutOfRange { from: 1, to: i64::from(u16::MAX) };
            return bad(Field::ExpiresDays, problem);
        }
        if self.tiers.len() > Self::MOST_TIERS {
            return bad(Field::Tiers, Problem::TooMany { most: Self::MOST_TIERS });
        }
        let mut below = -1;
        for tier in &self.tiers {
            if tier.threshold <= below {
                return bad(Field::Threshold, Problem::OutOfOrder);
            }
            below = tier.threshold;
            if tier.discount > 1_000 {
                return bad(Field::Discount, Problem::OutOfRange { from: 0, to: 1_000 });
            }
        }
        Ok(())
    }
}

/// Points of a customer that came or went at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points {
    /// Identity.
    pub id: PointsId,
    /// Whose.
    pub customer: CustomerId,
    /// In which programme.
    pub programme: ProgrammeId,
    /// How many; negative when redeemed or lost.
    pub points: i64,
    /// When.
    pub day: Day,
    /// The day from which they count no longer, when earned.
    pub expires: Option<Day>,
    /// The purchase that earned them.
    pub purchase: Option<PurchaseId>,
    /// The conversation in which they were redeemed.
    pub interaction: Option<InteractionId>,
    /// In words; may be empty.
    pub note: String,
    /// Who entered them.
    pub by: AgentId,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tier(threshold: i64, discount: u16) -> Tier {
        Tier { threshold, discount, terms: String::new() }
    }

    #[test]
    fn spending_earns_points_and_tiers() {
        let tiers = vec![tier(0, 0), tier(10_000, 50), tier(50_000, 100)];
        let programme = Programme { spend_per_point: 1_000, tiers, ..Programme::default() };
        assert_eq!(programme.validate(), Ok(()));
        for (spent, points, discount) in [
            (-5_000, 0, None),
            (0, 0, Some(0)),
            (999, 0, Some(0)),
            (9_999, 9, Some(0)),
            (10_000, 10, Some(50)),
            (70_500, 70, Some(100)),
        ] {
            assert_eq!(programme.earned(spent), points, "{spent}");
            assert_eq!(programme.tier(spent).map(|t| t.discount), discount, "{spent}");
        }
        assert_eq!(Programme::default().earned(5_000), 0);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let of = |tiers| Programme { tiers, ..Programme::default() };
        for (programme, field) in [
            (Programme { spend_per_point: -1, ..Programme::default() }, Field::SpendPerPoint),
            (Programme { point_value: -1, ..Programme::default() }, Field::PointValue),
            (Programme { expires_days: Some(0), ..Programme::default() }, Field::ExpiresDays),
            (of(vec![tier(5, 0), tier(5, 1)]), Field::Threshold),
            (of(vec![tier(-1, 0)]), Field::Threshold),
            (of(vec![tier(5, 1_001)]), Field::Discount),
            (of((0..21).map(|n| tier(n, 0)).collect()), Field::Tiers),
        ] {
            assert_eq!(programme.validate().map_err(|e| e.field), Err(field));
        }
    }
}
