//! Why does a customer stand where they stand? The facts that speak loudest, as data: the screens
//! word them in the agent's language. Never the chance itself; that is the models' business.
//!
//! What may have caused a silence (dearer goods, complaints, a need that is not met) comes before the
//! silence itself when it is as strong, and what says nothing of leaving comes last.

mod prices;

use crate::domain::{Day, DayTotal, History};

use super::experience::is_detractor;

pub use prices::{PriceRise, price_rise};

/// One fact with its numbers; money in minor units.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Silent for much longer than between purchases.
    Silent {
        /// Median days between purchases.
        usual_gap_days: u32,
        /// Days since the last one.
        silent_days: u32,
    },
    /// The gaps between purchases grow.
    Slowing {
        /// Median gap of the earlier half.
        from_days: u32,
        /// Median gap of the later half.
        to_days: u32,
    },
    /// Spends less each time.
    SpendFalling {
        /// Mean of the earlier half of the days of buying.
        from: i64,
        /// Mean of the later half.
        to: i64,
    },
    /// Sends much back.
    Returns {
        /// Percent of revenue returned.
        percent: u32,
    },
    /// Has complained lately.
    Complaints {
        /// How often.
        count: u32,
    },
    /// Refused what was offered last.
    RefusedLast,
    /// What they buy became dearer, and they buy less often since.
    PriceRise {
        /// By how much.
        percent: u32,
    },
    /// Was more satisfied the time before, and is not content now.
    SatisfactionFell {
        /// 1 to 5.
        from: u8,
        /// 1 to 5.
        to: u8,
    },
    /// Would not recommend us.
    Detractor {
        /// 0 to 6 of 10.
        given: u8,
    },
    /// Something they need or expect is not met.
    UnmetNeed {
        /// In words, as it was noted.
        need: String,
    },
    /// Bought once and never again.
    NeverRepeated {
        /// Days since.
        days: u32,
    },
    /// Nobody has spoken with them for long.
    NoContact {
        /// Days since the last contact.
        days: u32,
    },
    /// Among the most valuable.
    TopValue {
        /// Of the first so many percent.
        percent: u32,
    },
    /// Buys at their usual pace.
    Steady {
        /// Median days between purchases.
        usual_gap_days: u32,
        /// Days since the last one.
        silent_days: u32,
    },
    /// What they have is usually bought with what is proposed.
    GoesWith {
        /// Percent of the baskets with the one that hold the other.
        percent: u32,
    },
    /// Those like them went on from what they have to what is proposed.
    MovesUp {
        /// Percent of those who have it.
        percent: u32,
    },
    /// Spends less with us than those like them can.
    Headroom {
        /// Percent of the spending power of those like them that is not spent with us.
        percent: u32,
    },
    /// When they bought last, if nothing else can be said.
    LastBought {
        /// Days since.
        days: u32,
    },
}

/// What the desk knows beside the history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signals {
    /// Complaints of the last half year.
    pub complaints: u32,
    /// The last offer was refused.
    pub refused_last: bool,
    /// The customer's prices rose.
    pub price_rise: Option<PriceRise>,
    /// How satisfied the customer was the time before, and last, when that is a fall.
    pub fall: Option<(u8, u8)>,
    /// How likely the customer would recommend us, said last.
    pub recommend: Option<u8>,
    /// What the customer needs and does not have.
    pub unmet: Option<Unmet>,
    /// Days since anyone spoke with them.
    pub days_since_contact: Option<u32>,
    /// Part of all customers, in percent, who are worth more.
    pub value_percentile: Option<f64>,
}

/// A need or an expectation that is not met.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unmet {
    /// In words, as it was noted.
    pub need: String,
    /// How much it matters, 1 to 5.
    pub strength: u8,
    /// How well it is met, 1 to 5.
    pub met: u8,
}

/// A silence is told from this multiple of the usual gap on.
const LONG: f64 = 1.5;
/// Halves are compared from this many days of buying on.
const ENOUGH_DAYS: usize = 4;
/// Days of silence between us and them worth telling.
const LONG_WITHOUT_CONTACT: u32 = 120;
/// Silence, however long, stays below a cause that is beyond doubt.
const MOST_SILENT: f64 = 0.9;
/// Who buys as ever gives no reason: that is told where little else is.
const STEADY: f64 = 0.1;

/// All facts that can be told, the strongest first.
///
/// Each has a strength in 0..=1 so that they can be compared: the part by which a gap, an amount or
/// a pace departs from the customer's own usual one, scaled where it says less about leaving. The
/// scales are ours, chosen so that a silence three times as long as usual outweighs one complaint
/// and two complaints outweigh it. What says nothing of leaving is weaker than anything that does, and
/// the day of the last purchase is told only where there is nothing else.
pub fn reasons(history: &History, as_of: Day, signals: &Signals) -> Vec<Reason> {
    let days: Vec<&DayTotal> =
        history.days.iter().filter(|d| d.sales > 0 && d.day <= as_of).collect();
    let mut found: Vec<(f64, Reason)> = Vec::new();
    from_dates(history, &days, as_of, &mut found);
    from_returns(history, as_of, &mut found);
    from_amounts(&days, &mut found);
    from_prices(&days, as_of, signals, &mut found);
    from_signals(signals, &mut found);
    if let Some(last) = days.last().filter(|_| found.is_empty()) {
        let days = as_of.since(last.day).max(0) as u32;
        found.push((0.0, Reason::LastBought { days }));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, reason)| reason).collect()
}

fn from_dates(history: &History, days: &[&DayTotal], as_of: Day, found: &mut Vec<(f64, Reason)>) {
    let Some(last) = days.last() else { return };
    let silent_days = as_of.since(last.day).max(0) as u32;
    let gaps = gaps(days);
    let Some(usual) = median(&gaps) else {
        // One day in all, or all others folded away.
        if history.folded.is_none() {
            found.push((0.4, Reason::NeverRepeated { days: silent_days }));
        }
        return;
    };
    let slowed = (days.len() > ENOUGH_DAYS).then(|| slowed(&gaps)).flatten();
    if let Some((from_days, to_days)) = slowed {
        let strength = 0.8 * (1.0 - f64::from(from_days) / f64::from(to_days));
        found.push((strength, Reason::Slowing { from_days, to_days }));
    }
    // Who has slowed is silent only by the pace of late.
    let usual_gap_days = slowed.map_or(usual, |(_, to_days)| to_days);
    let ratio = f64::from(silent_days) / f64::from(usual_gap_days.max(1));
    if ratio >= LONG {
        let strength = (1.0 - 1.0 / ratio).min(MOST_SILENT);
        found.push((strength, Reason::Silent { usual_gap_days, silent_days }));
    } else if slowed.is_none() {
        found.push((STEADY, Reason::Steady { usual_gap_days, silent_days }));
    }
}

/// The usual gap of the earlier and of the later half, when it grew much.
fn slowed(gaps: &[u32]) -> Option<(u32, u32)> {
    let (early, late) = gaps.split_at(gaps.len() / 2);
    let (from, to) = (median(early)?, median(late)?);
    (f64::from(to) >= LONG * f64::from(from)).then_some((from, to))
}

/// What came back, on whatever day: of all days that are kept singly.
fn from_returns(history: &History, as_of: Day, found: &mut Vec<(f64, Reason)>) {
    let days = || history.days.iter().filter(|d| d.day <= as_of);
    let revenue: f64 = days().map(|d| d.revenue as f64).sum();
    let returned: f64 = days().map(|d| d.returned as f64).sum();
    if revenue > 0.0 && returned >= 0.2 * revenue {
        let part = (returned / revenue).min(1.0);
        found.push((0.25 + 0.5 * part, Reason::Returns { percent: (part * 100.0).round() as u32 }));
    }
}

fn from_amounts(days: &[&DayTotal], found: &mut Vec<(f64, Reason)>) {
    let sum = |d: &[&DayTotal]| d.iter().map(|d| d.revenue as f64).sum::<f64>();
    if days.len() < ENOUGH_DAYS {
        return;
    }
    let (early, late) = days.split_at(days.len() / 2);
    let (from, to) = (sum(early) / early.len() as f64, sum(late) / late.len() as f64);
    if from > 0.0 && to <= 0.8 * from {
        let strength = 0.9 * (1.0 - to.max(0.0) / from);
        let (from, to) = (from.round() as i64, to.round() as i64);
        found.push((strength, Reason::SpendFalling { from, to }));
    }
}

/// Gaps between the days, in days.
fn gaps(days: &[&DayTotal]) -> Vec<u32> {
    days.windows(2).filter_map(|w| Some(w.last()?.day.since(w.first()?.day) as u32)).collect()
}

/// Dearer goods are a reason only when buying slowed since: the mean gap from there on, the one that is
/// still open among them, against the usual one before.
fn from_prices(days: &[&DayTotal], as_of: Day, s: &Signals, found: &mut Vec<(f64, Reason)>) {
    let Some(rise) = s.price_rise else { return };
    let (before, since) = days.split_at(days.partition_point(|d| d.day < rise.since));
    let (Some(usual), Some(first)) = (median(&gaps(before)), since.first()) else { return };
    let mean = f64::from(as_of.since(first.day).max(0)) / since.len() as f64;
    if mean >= LONG * f64::from(usual.max(1)) {
        let percent = rise.percent.round() as u32;
        let strength = 0.75 + 0.25 * (rise.percent / 25.0).min(1.0);
        found.push((strength, Reason::PriceRise { percent }));
    }
}

fn from_signals(s: &Signals, found: &mut Vec<(f64, Reason)>) {
    if s.complaints > 0 {
        let count = s.complaints;
        found.push((1.0 - 0.5_f64.powi(count.min(50) as i32), Reason::Complaints { count }));
    }
    if s.refused_last {
        found.push((0.45, Reason::RefusedLast));
    }
    if let Some((from, to)) = s.fall {
        let strength = 0.4 + 0.1 * f64::from(from.saturating_sub(to).min(4));
        found.push((strength, Reason::SatisfactionFell { from, to }));
    }
    if let Some(given) = s.recommend.filter(|given| is_detractor(*given)) {
        let strength = 0.3 + 0.05 * f64::from(6_u8.saturating_sub(given));
        found.push((strength, Reason::Detractor { given }));
    }
    if let Some(Unmet { need, strength, met }) = &s.unmet {
        let lacks = f64::from(5_u8.saturating_sub(*met)) / 4.0;
        let strength = 0.65 * f64::from((*strength).min(5)) / 5.0 * lacks.min(1.0);
        found.push((strength, Reason::UnmetNeed { need: need.clone() }));
    }
    if let Some(days) = s.days_since_contact.filter(|d| *d >= LONG_WITHOUT_CONTACT) {
        found.push((0.17, Reason::NoContact { days }));
    }
    if let Some(part) = s.value_percentile.filter(|p| (0.0..=20.0).contains(p)) {
        // How much somebody is worth stands in every row: what they do comes first.
        let strength = 0.11 + 0.05 * (1.0 - part / 20.0);
        found.push((strength, Reason::TopValue { percent: part.ceil().max(1.0) as u32 }));
    }
}

fn median(gaps: &[u32]) -> Option<u32> {
    let mut gaps = gaps.to_vec();
    let at = gaps.len().checked_sub(1)? / 2;
    Some(*gaps.select_nth_unstable(at).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(days: &[(i32, i64)]) -> History {
        let mut h = History::default();
        for &(day, revenue) in days {
            h.add(DayTotal { day: Day(day), sales: 1, revenue, ..DayTotal::default() });
        }
        h
    }

    fn check(days: &[(i32, i64)], as_of: i32, signals: Signals, wanted: &[Reason]) {
        let found = reasons(&history(days), Day(as_of), &signals);
        assert_eq!(found.get(..wanted.len()), Some(wanted), "{days:?} {signals:?}: {found:?}");
    }

    #[test]
    fn the_strongest_fact_comes_first() {
        use Reason::*;
        let none = Signals::default();
        let three_weekly = [(0, 100), (21, 100), (42, 100), (63, 100)];
        let silent = || Silent { usual_gap_days: 21, silent_days: 64 };
        check(&three_weekly, 127, none.clone(), &[silent()]);
        let steady = || Steady { usual_gap_days: 21, silent_days: 20 };
        check(&three_weekly, 83, none.clone(), &[steady()]);
        let complaints = |complaints| Signals { complaints, ..none.clone() };
        check(&three_weekly, 127, complaints(1), &[silent(), Complaints { count: 1 }]);
        check(&three_weekly, 127, complaints(2), &[Complaints { count: 2 }, silent()]);
        let falling = [(0, 100), (7, 100), (14, 20), (21, 20)];
        check(&falling, 22, none.clone(), &[SpendFalling { from: 100, to: 20 }]);
        let slowing = [(0, 1), (5, 1), (10, 1), (30, 1), (50, 1)];
        check(&slowing, 51, none.clone(), &[Slowing { from_days: 5, to_days: 20 }]);
        let top = Signals { value_percentile: Some(0.2), refused_last: true, ..none.clone() };
        check(&[(0, 5)], 90, top.clone(), &[RefusedLast, NeverRepeated { days: 90 }]);
        check(&three_weekly, 83, top, &[RefusedLast, TopValue { percent: 1 }, steady()]);
        check(&[(0, 5)], 90, none.clone(), &[NeverRepeated { days: 90 }]);
        let late = Unmet { need: "on time".into(), strength: 5, met: 1 };
        let unmet = Signals { unmet: Some(late), days_since_contact: Some(200), ..none };
        let need = UnmetNeed { need: "on time".into() };
        check(&three_weekly, 83, unmet, &[need, NoContact { days: 200 }, steady()]);
    }

    #[test]
    fn dearer_goods_are_a_reason_when_buying_slowed_since() {
        use Reason::{Silent, Steady};
        let rise = |since, percent| Signals {
            price_rise: Some(PriceRise { percent, since: Day(since) }),
            ..Signals::default()
        };
        let monthly = [(0, 5), (30, 5), (60, 5), (90, 6)];
        // Once more at the new price, and not again for three times as long as usual.
        let dearer = Reason::PriceRise { percent: 18 };
        let silent = Silent { usual_gap_days: 30, silent_days: 90 };
        check(&monthly, 180, rise(90, 18.0), &[dearer, silent]);
        // They go on as ever; or had not bought for long before.
        let steady = Steady { usual_gap_days: 30, silent_days: 10 };
        check(&monthly, 100, rise(90, 18.0), &[steady]);
        let silent = Silent { usual_gap_days: 30, silent_days: 90 };
        check(&monthly, 180, rise(181, 18.0), &[silent]);
    }

    #[test]
    fn what_comes_later_or_says_nothing_is_not_told() {
        assert_eq!(reasons(&History::default(), Day(0), &Signals::default()), []);
        assert_eq!(reasons(&history(&[(9, 5)]), Day(3), &Signals::default()), []);
        let dull = Signals {
            price_rise: Some(PriceRise { percent: 30.0, since: Day(0) }),
            days_since_contact: Some(3),
            value_percentile: Some(60.0),
            ..Signals::default()
        };
        assert_eq!(reasons(&History::default(), Day(0), &dull), []);
    }

    #[test]
    fn the_last_purchase_is_told_when_nothing_else_is() {
        let mut long = History::default();
        for day in 0..=(History::MOST_DAYS as i32) {
            let revenue = if day % 2 == 0 { 0 } else { 7 };
            long.add(DayTotal { day: Day(day), sales: 0, revenue, ..DayTotal::default() });
        }
        long.add(DayTotal { day: Day(5_000), sales: 1, revenue: 7, ..DayTotal::default() });
        assert_eq!(
            reasons(&long, Day(5_009), &Signals::default()),
            [Reason::LastBought { days: 9 }]
        );
    }

    #[test]
    fn what_is_sent_back_is_told_in_percent_of_revenue() {
        let mut h = history(&[(0, 100), (7, 100)]);
        // On a day of buying and on a day of nothing else; what comes back later is not known yet.
        h.add(DayTotal { day: Day(7), returned: 100, ..DayTotal::default() });
        h.add(DayTotal { day: Day(8), returned: 50, ..DayTotal::default() });
        h.add(DayTotal { day: Day(9), returned: 50, ..DayTotal::default() });
        let found = reasons(&h, Day(8), &Signals::default());
        assert_eq!(found.first(), Some(&Reason::Returns { percent: 75 }));
    }

    #[test]
    fn who_likes_it_less_gives_a_reason() {
        let steady = [(0, 100), (21, 100), (42, 100), (63, 100)];
        let of = |fall, recommend| Signals { fall, recommend, ..Signals::default() };
        let fell = |from, to| Reason::SatisfactionFell { from, to };
        check(&steady, 70, of(Some((5, 2)), None), &[fell(5, 2)]);
        check(&steady, 70, of(None, Some(3)), &[Reason::Detractor { given: 3 }]);
        check(
            &steady,
            70,
            of(Some((4, 3)), Some(0)),
            &[Reason::Detractor { given: 0 }, fell(4, 3)],
        );
        let usual = Reason::Steady { usual_gap_days: 21, silent_days: 7 };
        check(&steady, 70, of(None, Some(7)), &[usual]);
    }
}
