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
//!
//! Who is at risk has bought again and is twice as likely to leave as those who did, the lift from which
//! the literature on churn calls a group worth calling.

use crate::domain::{Day, Stage};

/// So many times the mean chance to leave of those who bought again and are here puts one at risk,
const AT_RISK_LIFT: f64 = 2.0;
/// but no chance below the first of these does, and from the second on, likelier than not, every one.
const AT_RISK_WITHIN: [f64; 2] = [0.2, 0.5];
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
    /// Chance to leave within the horizon from which one is at risk: twice the mean of those who bought
    /// again and are here.
    pub at_risk_from: f64,
    /// P(alive) below which one has left.
    pub gone_below: f64,
}

impl Limits {
    /// Learns from everybody who bought.
    pub fn learn(buyers: impl Iterator<Item = Buyer>, gone_below: f64) -> Self {
        let mut days = Vec::new();
        let mut gaps = Vec::new();
        let (mut risks, mut at_risk) = (0.0, 0_usize);
        for b in buyers.filter(|b| b.days >= 2) {
            days.push(b.days);
            gaps.push(gap(b.days, b.first, b.last));
            if let Some((_, risk)) = b.odds.filter(|(alive, _)| *alive >= gone_below) {
                risks += risk;
                at_risk += 1;
            }
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
            at_risk_from: if at_risk >= ENOUGH {
                (AT_RISK_LIFT * risks / at_risk as f64).clamp(AT_RISK_WITHIN[0], AT_RISK_WITHIN[1])
            } else {
                AT_RISK_WITHIN[1]
            },
            gone_below,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::learn(std::iter::empty(), 0.5)
    }
}

/// One who bought, as the limits are learned from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Buyer {
    /// Days of buying, the first and the last of them.
    pub days: u32,
    pub first: Day,
    pub last: Day,
    /// P(alive), and the chance to leave within the horizon or to have left, when there is a model.
    pub odds: Option<(f64, f64)>,
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
    /// Neither gone nor about to go, as the models see it now, without having bought since.
    StillHere,
    /// What made the higher stage holds no longer.
    Faded,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 10] = [
        Self::NoPurchase,
        Self::FirstPurchase,
        Self::SecondPurchase,
        Self::Habit,
        Self::Promotes,
        Self::Silence,
        Self::Gone,
        Self::CameBack,
        Self::StillHere,
        Self::Faded,
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
            Self::StillHere => "still_here",
            Self::Faded => "faded",
        }
    }

    /// The rule of a machine name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

/// The stage of a relation, and why it is there and no longer where it stood.
pub fn stage(e: &Evidence, limits: &Limits) -> (Stage, Rule) {
    let (to, rule) = stands(e, limits);
    let by_purchase = matches!(rule, Rule::FirstPurchase | Rule::SecondPurchase | Rule::Habit);
    let has_bought = e.moved_on.is_known() && e.last > e.moved_on;
    let rule = match e.stage {
        Stage::Lapsed | Stage::AtRisk if !has_bought && (by_purchase || rule == Rule::Promotes) => {
            Rule::StillHere
        }
        Stage::WonBack if !has_bought && by_purchase => Rule::Faded,
        from if by_purchase && height(from) > height(to) => Rule::Faded,
        _ => rule,
    };
    (to, rule)
}

/// How far a relation has come, of those that go on.
pub const fn height(stage: Stage) -> u8 {
    match stage {
        Stage::Prospect | Stage::AtRisk | Stage::Lapsed | Stage::WonBack => 0,
        Stage::FirstTime => 1,
        Stage::Repeat => 2,
        Stage::Loyal => 3,
        Stage::Advocate => 4,
    }
}

/// Where a relation stands, and the rule that says so.
fn stands(e: &Evidence, limits: &Limits) -> (Stage, Rule) {
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
    // Who bought once has begun nothing yet that is at risk.
    if e.days >= 2 && e.risk.is_some_and(|risk| risk >= limits.at_risk_from) {
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
        check(
            |e| (e.stage, e.days) = (Stage::Prospect, 1),
            (Stage::FirstTime, Rule::FirstPurchase),
        );
        check(|e| e.days = 1, (Stage::FirstTime, Rule::Faded));
        check(|_| {}, (Stage::Repeat, Rule::SecondPurchase));
        check(|e| e.days = 5, (Stage::Loyal, Rule::Habit));
        // Often enough, but not steadily: 100 days apart.
        check(|e| (e.days, e.last) = (5, Day(500)), (Stage::Repeat, Rule::SecondPurchase));
        check(|e| e.promotes = true, (Stage::Advocate, Rule::Promotes));
        check(|e| e.risk = Some(0.6), (Stage::AtRisk, Rule::Silence));
        check(|e| (e.risk, e.promotes) = (Some(0.6), true), (Stage::AtRisk, Rule::Silence));
        check(|e| e.p_alive = Some(0.49), (Stage::Lapsed, Rule::Gone));
        check(|e| (e.p_alive, e.risk) = (None, None), (Stage::Repeat, Rule::SecondPurchase));
        check(
            |e| (e.stage, e.days, e.risk) = (Stage::FirstTime, 1, Some(0.9)),
            (Stage::FirstTime, Rule::FirstPurchase),
        );
    }

    #[test]
    fn a_move_has_the_reason_of_the_move() {
        let from =
            |stage, moved: i32| move |e: &mut Evidence| (e.stage, e.moved_on) = (stage, Day(moved));
        check(from(Stage::AtRisk, 150), (Stage::Repeat, Rule::SecondPurchase));
        check(from(Stage::AtRisk, 250), (Stage::Repeat, Rule::StillHere));
        check(from(Stage::AtRisk, Day::NEVER.0), (Stage::Repeat, Rule::StillHere));
        check(from(Stage::Loyal, 250), (Stage::Repeat, Rule::Faded));
        check(from(Stage::Loyal, 150), (Stage::Repeat, Rule::Faded));
        check(from(Stage::FirstTime, 150), (Stage::Repeat, Rule::SecondPurchase));
        check(from(Stage::Prospect, Day::NEVER.0), (Stage::Repeat, Rule::SecondPurchase));
        check(
            |e| (e.stage, e.promotes) = (Stage::Lapsed, true),
            (Stage::Advocate, Rule::StillHere),
        );
    }

    #[test]
    fn who_left_and_bought_is_won_back() {
        let at = |stage, day| move |e: &mut Evidence| (e.stage, e.moved_on) = (stage, Day(day));
        check(at(Stage::Lapsed, 150), (Stage::WonBack, Rule::CameBack));
        // Bought before leaving only: the models see life again, nobody came back.
        check(at(Stage::Lapsed, 250), (Stage::Repeat, Rule::StillHere));
        // Stays so until the next purchase.
        check(at(Stage::WonBack, 200), (Stage::WonBack, Rule::CameBack));
        check(at(Stage::WonBack, 150), (Stage::Repeat, Rule::SecondPurchase));
        check(
            |e| (e.stage, e.moved_on, e.p_alive) = (Stage::WonBack, Day(200), Some(0.1)),
            (Stage::Lapsed, Rule::Gone),
        );
        check(at(Stage::Lapsed, Day::NEVER.0), (Stage::Repeat, Rule::StillHere));
    }

    #[test]
    fn limits_are_learned_from_those_who_bought_again() {
        // 100 buyers: n days of buying each, 10 days apart; those with one day do not count.
        let buyer = |n: u32| {
            let last = Day(10 * (n.max(1) as i32 - 1));
            Buyer { days: n, first: Day(0), last, odds: None }
        };
        let limits = Limits::learn((1..=101).map(buyer), 0.3);
        assert_eq!((limits.loyal_days, limits.gone_below), (77, 0.3));
        assert!((limits.loyal_gap - 10.0).abs() < 1e-9);
        let few = Limits::learn((1..=10).map(buyer), 0.3);
        assert_eq!((few.loyal_days, few.loyal_gap, few.at_risk_from), (5, f64::INFINITY, 0.5));
        // Twice the mean of those who bought again and are here, within bounds.
        let risk = |of: f64| {
            let odds = move |n| Some(if n % 2 == 0 { (0.9, of) } else { (0.2, 0.95) });
            let buyer = move |n| Buyer { odds: odds(n), ..buyer(if n < 80 { 3 } else { 1 }) };
            Limits::learn((0..120).map(buyer), 0.3).at_risk_from
        };
        assert!((risk(0.15) - 0.3).abs() < 1e-9);
        assert_eq!((risk(0.02), risk(0.4)), (0.2, 0.5));
        for rule in Rule::ALL {
            assert_eq!(Rule::parse(rule.name()), Some(rule));
        }
    }
}
