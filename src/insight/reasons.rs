//! Why does a customer stand where they stand? The facts that speak loudest, as data: the screens
//! word them in the agent's language. Never the chance itself; that is the models' business.

use crate::domain::{Day, DayTotal, History};

/// One fact with its numbers; money in minor units.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
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
        /// Mean gap of the earlier half.
        from_days: u32,
        /// Mean gap of the later half.
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
    /// Their price went up.
    PriceRise {
        /// By how much.
        percent: u32,
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
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signals {
    /// Complaints of the last half year.
    pub complaints: u32,
    /// The last offer was refused.
    pub refused_last: bool,
    /// Percent by which the customer's prices rose lately.
    pub price_rise: Option<f64>,
    /// Days since anyone spoke with them.
    pub days_since_contact: Option<u32>,
    /// Part of all customers, in percent, who are worth more.
    pub value_percentile: Option<f64>,
}

/// A silence is told from this multiple of the usual gap on.
const LONG: f64 = 1.5;
/// Halves are compared from this many days of buying on.
const ENOUGH_DAYS: usize = 4;
/// Days of silence between us and them worth telling.
const LONG_WITHOUT_CONTACT: u32 = 120;

/// All facts that can be told, the strongest first.
///
/// Each has a strength in 0..=1 so that they can be compared: the part by which a gap, an amount or
/// a pace departs from the customer's own usual one, scaled where it says less about leaving. The
/// scales are ours, chosen so that a silence three times as long as usual outweighs one complaint
/// and two complaints outweigh it.
pub fn reasons(history: &History, as_of: Day, signals: &Signals) -> Vec<Reason> {
    let days: Vec<&DayTotal> =
        history.days.iter().filter(|d| d.sales > 0 && d.day <= as_of).collect();
    let mut found: Vec<(f64, Reason)> = Vec::new();
    from_dates(history, &days, as_of, &mut found);
    from_amounts(&days, &mut found);
    from_signals(signals, &mut found);
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, reason)| reason).collect()
}

fn from_dates(history: &History, days: &[&DayTotal], as_of: Day, found: &mut Vec<(f64, Reason)>) {
    let Some(last) = days.last() else { return };
    let silent_days = as_of.since(last.day).max(0) as u32;
    found.push((0.05, Reason::LastBought { days: silent_days }));
    let gaps: Vec<u32> =
        days.windows(2).filter_map(|w| Some(w.last()?.day.since(w.first()?.day) as u32)).collect();
    let Some(usual_gap_days) = median(&gaps) else {
        // One day in all, or all others folded away.
        if history.folded.is_none() {
            found.push((0.4, Reason::NeverRepeated { days: silent_days }));
        }
        return;
    };
    let ratio = f64::from(silent_days) / f64::from(usual_gap_days.max(1));
    found.push(if ratio >= LONG {
        (1.0 - 1.0 / ratio, Reason::Silent { usual_gap_days, silent_days })
    } else {
        (0.1, Reason::Steady { usual_gap_days, silent_days })
    });
    if days.len() > ENOUGH_DAYS {
        let (early, late) = gaps.split_at(gaps.len() / 2);
        let mean = |g: &[u32]| g.iter().map(|d| f64::from(*d)).sum::<f64>() / g.len() as f64;
        let (from, to) = (mean(early), mean(late));
        if to >= LONG * from {
            let strength = 0.8 * (1.0 - from / to);
            let (from_days, to_days) = (from.round() as u32, to.round() as u32);
            found.push((strength, Reason::Slowing { from_days, to_days }));
        }
    }
}

fn from_amounts(days: &[&DayTotal], found: &mut Vec<(f64, Reason)>) {
    let sum = |d: &[&DayTotal]| d.iter().map(|d| d.revenue as f64).sum::<f64>();
    let revenue = sum(days);
    let returned: f64 = days.iter().map(|d| d.returned as f64).sum();
    if revenue > 0.0 && returned >= 0.2 * revenue {
        let part = (returned / revenue).min(1.0);
        found.push((0.7 * part, Reason::Returns { percent: (part * 100.0).round() as u32 }));
    }
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

fn from_signals(s: &Signals, found: &mut Vec<(f64, Reason)>) {
    if s.complaints > 0 {
        let count = s.complaints;
        found.push((1.0 - 0.5_f64.powi(count.min(50) as i32), Reason::Complaints { count }));
    }
    if s.refused_last {
        found.push((0.45, Reason::RefusedLast));
    }
    if let Some(rise) = s.price_rise.filter(|p| *p >= 1.0) {
        let strength = 0.7 * (rise / 25.0).min(1.0);
        found.push((strength, Reason::PriceRise { percent: rise.round() as u32 }));
    }
    if let Some(days) = s.days_since_contact.filter(|d| *d >= LONG_WITHOUT_CONTACT) {
        found.push((0.35, Reason::NoContact { days }));
    }
    if let Some(part) = s.value_percentile.filter(|p| (0.0..=20.0).contains(p)) {
        let strength = 0.3 + 0.3 * (1.0 - part / 20.0);
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
    fn the_two_strongest_facts_come_first() {
        use Reason::*;
        let none = Signals::default();
        let three_weekly = [(0, 100), (21, 100), (42, 100), (63, 100)];
        let silent = Silent { usual_gap_days: 21, silent_days: 64 };
        check(&three_weekly, 127, none, &[silent, LastBought { days: 64 }]);
        let steady = Steady { usual_gap_days: 21, silent_days: 20 };
        check(&three_weekly, 83, none, &[steady, LastBought { days: 20 }]);
        let complaints = |complaints| Signals { complaints, ..none };
        check(&three_weekly, 127, complaints(1), &[silent, Complaints { count: 1 }]);
        check(&three_weekly, 127, complaints(2), &[Complaints { count: 2 }, silent]);
        let falling = [(0, 100), (7, 100), (14, 20), (21, 20)];
        check(&falling, 22, none, &[SpendFalling { from: 100, to: 20 }]);
        let slowing = [(0, 1), (5, 1), (10, 1), (30, 1), (50, 1)];
        check(&slowing, 51, none, &[Slowing { from_days: 5, to_days: 20 }]);
        let top = Signals { value_percentile: Some(0.2), refused_last: true, ..none };
        check(&[(0, 5)], 90, top, &[TopValue { percent: 1 }, RefusedLast]);
        check(&[(0, 5)], 90, none, &[NeverRepeated { days: 90 }]);
        let rise = Signals { price_rise: Some(30.0), days_since_contact: Some(200), ..none };
        check(&[], 9, rise, &[PriceRise { percent: 30 }, NoContact { days: 200 }]);
    }

    #[test]
    fn what_comes_later_or_says_nothing_is_not_told() {
        assert_eq!(reasons(&History::default(), Day(0), &Signals::default()), []);
        assert_eq!(reasons(&history(&[(9, 5)]), Day(3), &Signals::default()), []);
        let dull = Signals {
            price_rise: Some(0.2),
            days_since_contact: Some(3),
            value_percentile: Some(60.0),
            ..Signals::default()
        };
        assert_eq!(reasons(&History::default(), Day(0), &dull), []);
    }

    #[test]
    fn what_is_sent_back_is_told_in_percent_of_revenue() {
        let mut h = history(&[(0, 100), (7, 100)]);
        h.add(DayTotal { day: Day(7), returned: 150, ..DayTotal::default() });
        let found = reasons(&h, Day(8), &Signals::default());
        assert_eq!(found.first(), Some(&Reason::Returns { percent: 75 }));
    }
}
