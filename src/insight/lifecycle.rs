//! Where a relation stands, from what was bought and what the models say: rules with limits learned from
//! the data, the same for everybody. Never looks at names or wishes; a stage set by hand is the desk's
//! affair.
//!
//! ```text
//! nothing bought ─► prospect
//! left: P(alive) below the limit ─► lapsed ─► bought since ─► won back, until the next purchase
//! about to leave within the horizon ─► at risk
//! brought others, or would recommend us ─► advocate
//! buys as often as the upper quarter, and as steadily as most ─► loyal
//! two days of buying ─► repeat; one ─► first time
//! ```

use crate::domain::{Day, Stage};

/// Chance to leave within the horizon from which a customer is at risk.
const AT_RISK_FROM: f64 = 0.6;
/// P(alive) below which one has left, at the least: more likely gone than here, as those whom it is worth
/// to win back.
pub const LEFT_BELOW: f64 = 0.5;
/// Answers to "would you recommend us" from which one promotes us (Reichheld 2003: 9 and 10).
pub const PROMOTES_FROM: u8 = 9;
/// Days of buying that make a habit, at the least.
const FEWEST_DAYS: u32 = 3;
/// The same where nothing was learned.
const USUAL_DAYS: u32 = 5;
/// Repeat buyers below whom nothing is learned of them.
const ENOUGH: usize = 20;

/// The limits of the stages.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Limits {
    /// Days of buying from which one is loyal: the upper quartile of those who bought again.
    pub loyal_days: u32,
    /// Mean days between them up to which one is loyal: their median.
    pub loyal_gap: f64,
    /// Chance to leave within the horizon from which one is at risk.
    pub at_risk_from: f64,
    /// P(alive) below which one has left.
    pub gone_below: f64,
}

impl Limits {
    /// Learns from the days of buying of everybody, with the first and the last of them.
    pub fn learn(buyers: impl Iterator<Item = (u32, Day, Day)>, gone_below: f64) -> Self {
        let mut days = Vec::new();
        let mut gaps = Vec::new();
        for (count, first, last) in buyers.filter(|(count, ..)| *count >= 2) {
            days.push(count);
            gaps.push(gap(count, first, last));
        }
        let learned = days.len() >= ENOUGH;
        Self {
            loyal_days: if learned {
                let at = days.len() * 3 / 4;
                (*days.select_nth_unstable(at).1).max(FEWEST_DAYS)
            } else {
                USUAL_DAYS
            },
            loyal_gap: if learned {
                let at = gaps.len() / 2;
                *gaps.select_nth_unstable_by(at, f64::total_cmp).1
            } else {
                f64::INFINITY
            },
            at_risk_from: AT_RISK_FROM,
            gone_below,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::learn(std::iter::empty(), 0.5)
    }
}

/// Mean days between days of buying.
fn gap(days: u32, first: Day, last: Day) -> f64 {
    f64::from(last.since(first)) / f64::from(days.max(2) - 1)
}

/// What is known of one relation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Where it stood so far.
    pub stage: Stage,
    /// Days of buying, the first and the last of them.
    pub days: u32,
    pub first: Day,
    pub last: Day,
    /// P(alive), when there is a model.
    pub p_alive: Option<f64>,
    /// Chance to leave within the horizon or to have left, when there is a model.
    pub risk: Option<f64>,
    /// The day on which it came to that stage; [`Day::NEVER`] when nobody knows.
    pub moved_on: Day,
    /// Brought somebody, or would recommend us.
    pub promotes: bool,
}

/// The rule that spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Nothing was bought yet.
    NoPurchase,
    FirstPurchase,
    SecondPurchase,
    /// Buys often and steadily.
    Habit,
    /// Brought somebody, or would recommend us.
    Promotes,
    /// Likely to leave within the horizon.
    Silence,
    /// P(alive) fell below the limit.
    Gone,
    /// Bought after leaving.
    CameBack,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 8] = [
        Self::NoPurchase,
        Self::FirstPurchase,
        Self::SecondPurchase,
        Self::Habit,
        Self::Promotes,
        Self::Silence,
        Self::Gone,
        Self::CameBack,
    ];

    /// Machine name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoPurchase => "no_purchase",
            Self::FirstPurchase => "first_purchase",
            Self::SecondPurchase => "second_purchase",
            Self::Habit => "habit",
            Self::Promotes => "promotes",
            Self::Silence => "silence",
            Self::Gone => "gone",
            Self::CameBack => "came_back",
        }
    }

    /// The rule of a machine name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

/// The stage of a relation, and the rule that says so.
pub fn stage(e: &Evidence, limits: &Limits) -> (Stage, Rule) {
    if e.days == 0 {
        return (Stage::Prospect, Rule::NoPurchase);
    }
    if e.p_alive.is_some_and(|p| p < limits.gone_below) {
        return (Stage::Lapsed, Rule::Gone);
    }
    // Back since: until another purchase shows that it was no single one.
    let is_back = match e.stage {
        Stage::Lapsed => e.last > e.moved_on,
        Stage::WonBack => e.last <= e.moved_on,
        _ => false,
    };
    if is_back && e.moved_on.is_known() {
        return (Stage::WonBack, Rule::CameBack);
    }
    if e.risk.is_some_and(|risk| risk >= limits.at_risk_from) {
        return (Stage::AtRisk, Rule::Silence);
    }
    if e.promotes {
        return (Stage::Advocate, Rule::Promotes);
    }
    if e.days >= limits.loyal_days && gap(e.days, e.first, e.last) <= limits.loyal_gap {
        return (Stage::Loyal, Rule::Habit);
    }
    if e.days >= 2 {
        return (Stage::Repeat, Rule::SecondPurchase);
    }
    (Stage::FirstTime, Rule::FirstPurchase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence() -> Evidence {
        Evidence {
            stage: Stage::Repeat,
            days: 2,
            first: Day(100),
            last: Day(200),
            p_alive: Some(0.9),
            risk: Some(0.2),
            moved_on: Day::NEVER,
            promotes: false,
        }
    }

    fn check(change: impl FnOnce(&mut Evidence), want: (Stage, Rule)) {
        let limits = Limits { loyal_days: 5, loyal_gap: 40.0, ..Limits::default() };
        let mut e = evidence();
        change(&mut e);
        assert_eq!(stage(&e, &limits), want, "{e:?}");
    }

    #[test]
    fn every_stage_has_its_rule() {
        check(|e| e.days = 0, (Stage::Prospect, Rule::NoPurchase));
        check(|e| e.days = 1, (Stage::FirstTime, Rule::FirstPurchase));
        check(|_| {}, (Stage::Repeat, Rule::SecondPurchase));
        check(|e| e.days = 5, (Stage::Loyal, Rule::Habit));
        // Often enough, but not steadily: 100 days apart.
        check(|e| (e.days, e.last) = (5, Day(500)), (Stage::Repeat, Rule::SecondPurchase));
        check(|e| e.promotes = true, (Stage::Advocate, Rule::Promotes));
        check(|e| e.risk = Some(0.6), (Stage::AtRisk, Rule::Silence));
        check(|e| (e.risk, e.promotes) = (Some(0.6), true), (Stage::AtRisk, Rule::Silence));
        check(|e| e.p_alive = Some(0.49), (Stage::Lapsed, Rule::Gone));
        check(|e| (e.p_alive, e.risk) = (None, None), (Stage::Repeat, Rule::SecondPurchase));
    }

    #[test]
    fn who_left_and_bought_is_won_back() {
        let at = |stage, day| move |e: &mut Evidence| (e.stage, e.moved_on) = (stage, Day(day));
        check(at(Stage::Lapsed, 150), (Stage::WonBack, Rule::CameBack));
        // Bought before leaving only: the models see life again, nobody came back.
        check(at(Stage::Lapsed, 250), (Stage::Repeat, Rule::SecondPurchase));
        // Stays so until the next purchase.
        check(at(Stage::WonBack, 200), (Stage::WonBack, Rule::CameBack));
        check(at(Stage::WonBack, 150), (Stage::Repeat, Rule::SecondPurchase));
        check(
            |e| (e.stage, e.moved_on, e.p_alive) = (Stage::WonBack, Day(200), Some(0.1)),
            (Stage::Lapsed, Rule::Gone),
        );
        check(at(Stage::Lapsed, Day::NEVER.0), (Stage::Repeat, Rule::SecondPurchase));
    }

    #[test]
    fn limits_are_learned_from_those_who_bought_again() {
        // 100 buyers: n days of buying each, 10 days apart; those with one day do not count.
        let buyer = |n: u32| (n, Day(0), Day(10 * (n.max(1) as i32 - 1)));
        let limits = Limits::learn((1..=101).map(buyer), 0.3);
        assert_eq!((limits.loyal_days, limits.gone_below), (77, 0.3));
        assert!((limits.loyal_gap - 10.0).abs() < 1e-9);
        let few = Limits::learn((1..=10).map(buyer), 0.3);
        assert_eq!((few.loyal_days, few.loyal_gap), (5, f64::INFINITY));
        for rule in Rule::ALL {
            assert_eq!(Rule::parse(rule.name()), Some(rule));
        }
    }
}
