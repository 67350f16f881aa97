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

/// What became of the points of one customer in one programme, on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Can be redeemed.
    pub points: i64,
    pub earned: i64,
    pub redeemed: i64,
    /// Their day has come before they were redeemed.
    pub lost: i64,
    /// The next points to be lost, and when.
    pub next: Option<(Day, i64)>,
}

/// The balance on a day: what is redeemed comes off the points that are lost first. Points that come
/// after the day do not count; what is sent back takes points away as a redemption does, but counts as
/// not earned.
pub fn balance<'p>(all: impl Iterator<Item = &'p Points>, today: Day) -> Balance {
    const NEVER: Day = Day(i32::MAX);
    let mut all: Vec<&Points> = all.filter(|points| points.day <= today).collect();
    // Of one day what comes before what goes.
    all.sort_by_key(|points| (points.day, points.points < 0, points.id));
    let mut balance = Balance::default();
    // What is left of those earned: until when, how many.
    let mut lots: Vec<(Day, i64)> = Vec::new();
    let lose = |lots: &mut Vec<(Day, i64)>, day: Day| -> i64 {
        let gone: i64 = lots.iter().filter(|(until, _)| *until <= day).map(|(_, n)| n).sum();
        lots.retain(|(until, _)| *until > day);
        gone
    };
    for points in all {
        balance.lost += lose(&mut lots, points.day);
        if points.points > 0 {
            balance.earned += points.points;
            lots.push((points.expires.unwrap_or(NEVER), points.points));
            lots.sort_by_key(|(until, _)| *until);
            continue;
        }
        let mut wanted = -points.points;
        if points.purchase.is_some() {
            balance.earned -= wanted;
        } else {
            balance.redeemed += wanted;
        }
        for (_, left) in &mut lots {
            let taken = wanted.min(*left);
            *left -= taken;
            wanted -= taken;
        }
        lots.retain(|(_, left)| *left > 0);
        // More was sent back than is there: it is owed.
        if wanted > 0 {
            lots.insert(0, (NEVER, -wanted));
        }
    }
    balance.lost += lose(&mut lots, today);
    balance.points = lots.iter().map(|(_, left)| left).sum::<i64>().max(0);
    let next =
        lots.iter().filter(|(until, left)| *until != NEVER && *left > 0).map(|lot| lot.0).min();
    balance.next = next.map(|day| {
        (day, lots.iter().filter(|(until, _)| *until == day).map(|(_, left)| left).sum())
    });
    balance
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

    #[test]
    fn what_is_redeemed_comes_off_what_is_lost_first() {
        let points = |id, n, day: i32, expires: Option<i32>, purchase: Option<u64>| Points {
            id: PointsId(id),
            customer: CustomerId(1),
            programme: ProgrammeId(1),
            points: n,
            day: Day(day),
            expires: expires.map(Day),
            purchase: purchase.map(PurchaseId),
            interaction: None,
            note: String::new(),
            by: AgentId(1),
        };
        let earned = |id, n, day, until| points(id, n, day, Some(until), Some(id));
        let all = [
            earned(1, 100, 0, 30),
            earned(2, 50, 10, 40),
            points(3, -70, 20, None, None),
            points(4, 5, 25, None, Some(4)),
        ];
        for (today, want) in [
            (-1, Balance::default()),
            (
                0,
                Balance {
                    points: 100,
                    earned: 100,
                    next: Some((Day(30), 100)),
                    ..Balance::default()
                },
            ),
            (
                15,
                Balance {
                    points: 150,
                    earned: 150,
                    next: Some((Day(30), 100)),
                    ..Balance::default()
                },
            ),
            (
                29,
                Balance {
                    points: 85,
                    earned: 155,
                    redeemed: 70,
                    lost: 0,
                    next: Some((Day(30), 30)),
                },
            ),
            (
                30,
                Balance {
                    points: 55,
                    earned: 155,
                    redeemed: 70,
                    lost: 30,
                    next: Some((Day(40), 50)),
                },
            ),
            (99, Balance { points: 5, earned: 155, redeemed: 70, lost: 80, next: None }),
        ] {
            assert_eq!(balance(all.iter(), Day(today)), want, "{today}");
        }
        // What is sent back was not earned; more than is there is owed, and paid by what comes.
        let back = [
            earned(1, 100, 0, 30),
            points(2, -80, 1, None, None),
            points(3, -40, 2, None, Some(3)),
            earned(4, 50, 3, 33),
        ];
        assert_eq!(balance(back.iter(), Day(2)).points, 0);
        let after = balance(back.iter(), Day(3));
        assert_eq!((after.points, after.earned, after.redeemed), (30, 110, 80));
    }
}
