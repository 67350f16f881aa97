//! What the purchase models need to know of one history: how many repeat days, when the last, how
//! long since the first, and what a repeat day brings. Never looks past the day it is asked about.

use crate::domain::{Day, Folded, History};

/// Days in the unit of time of all purchase models.
pub const DAYS_PER_WEEK: f64 = 7.0;

/// One customer as the purchase models see them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Days with a sale after the first such day (frequency).
    pub x: u32,
    /// Weeks from the first to the last day with a sale (recency); 0 when there was only one.
    pub t_x: f64,
    /// Weeks from the first day with a sale to the day asked about (T).
    pub tenure: f64,
    /// Mean revenue of the repeat days in major units; 0 when there are none or they brought nothing.
    pub mean: f64,
}

/// Sums up the days with a sale until the end of `as_of`; `None` when there was none by then.
///
/// The first day is left out of the mean, as Fader and Hardie do: it tends to differ from the rest.
/// `minor_per_major` is 100 for cents.
///
/// Exact, except as of a day inside the folded part of a very long history: there the folded days
/// are taken to be spread evenly and to have brought the same each.
pub fn summarise(history: &History, as_of: Day, minor_per_major: f64) -> Option<Summary> {
    let first = history.first_sale().filter(|first| *first <= as_of)?;
    let old = history.folded.as_ref().filter(|f| f.days > 0).map(|f| folded(f, as_of));
    let mut days = old.map_or(0, |o| o.days);
    let mut repeat_revenue = old.map_or(0.0, |o| o.repeat_revenue);
    let mut last = old.map_or(first, |o| o.last);
    for d in history.days.iter().take_while(|d| d.day <= as_of).filter(|d| d.sales > 0) {
        if days > 0 {
            repeat_revenue += d.revenue as f64;
        }
        days += 1;
        last = d.day;
    }
    let x = days.saturating_sub(1);
    let mean = if x > 0 && minor_per_major > 0.0 {
        (repeat_revenue / f64::from(x) / minor_per_major).max(0.0)
    } else {
        0.0
    };
    let weeks = |until: Day| f64::from(until.since(first)) / DAYS_PER_WEEK;
    Some(Summary { x, t_x: weeks(last), tenure: weeks(as_of), mean })
}

/// What the folded days say as of a day.
#[derive(Clone, Copy)]
struct Old {
    days: u32,
    last: Day,
    repeat_revenue: f64,
}

fn folded(f: &Folded, as_of: Day) -> Old {
    let repeats = f.days.saturating_sub(1);
    let repeat_revenue = f.sum.revenue.saturating_sub(f.first_revenue) as f64;
    let span = f.last.since(f.first);
    if as_of >= f.last || span <= 0 {
        return Old { days: f.days, last: f.last, repeat_revenue };
    }
    let gone = f64::from(as_of.since(f.first)) / f64::from(span);
    let seen = (f64::from(repeats) * gone).floor();
    let per_repeat = f64::from(span) / f64::from(repeats.max(1));
    Old {
        days: 1 + seen as u32,
        last: f.first.plus((seen * per_repeat) as i32),
        repeat_revenue: repeat_revenue * seen / f64::from(repeats.max(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DayTotal;

    fn history(days: &[(i32, i64)]) -> History {
        let mut h = History::default();
        for &(day, revenue) in days {
            h.add(DayTotal { day: Day(day), sales: 1, revenue, ..DayTotal::default() });
        }
        h
    }

    #[test]
    fn counts_repeat_days_and_leaves_the_first_out_of_the_mean() {
        let h = history(&[(0, 99_900), (7, 1_000), (7, 1_000), (21, 4_000), (28, 500)]);
        let s = |as_of| summarise(&h, Day(as_of), 100.0);
        assert_eq!(s(-1), None);
        assert_eq!(s(6), Some(Summary { x: 0, t_x: 0.0, tenure: 6.0 / 7.0, mean: 0.0 }));
        assert_eq!(s(7), Some(Summary { x: 1, t_x: 1.0, tenure: 1.0, mean: 20.0 }));
        assert_eq!(s(27), Some(Summary { x: 2, t_x: 3.0, tenure: 27.0 / 7.0, mean: 30.0 }));
        assert_eq!(summarise(&History::default(), Day(5), 100.0), None);
    }

    #[test]
    fn all_on_one_day_is_no_repeat_and_nothing_earned_is_no_mean() {
        let s = summarise(&history(&[(3, 5), (3, 6)]), Day(3), 100.0);
        assert_eq!(s, Some(Summary::default()));
        for revenue in [0, -700] {
            let s = summarise(&history(&[(0, 100), (7, revenue)]), Day(14), 100.0);
            assert_eq!(s, Some(Summary { x: 1, t_x: 1.0, tenure: 2.0, mean: 0.0 }));
        }
    }

    #[test]
    fn returns_alone_are_no_day_of_buying() {
        let mut h = history(&[(0, 100), (7, 100)]);
        h.add(DayTotal { day: Day(14), returned: 100, ..DayTotal::default() });
        let s = summarise(&h, Day(21), 1.0);
        assert_eq!(s, Some(Summary { x: 1, t_x: 1.0, tenure: 3.0, mean: 100.0 }));
    }

    #[test]
    fn a_folded_history_is_exact_from_its_last_folded_day_on() {
        let days: Vec<_> = (0..2_000).map(|d| (d * 7, if d == 0 { 5_000 } else { 7 })).collect();
        let h = history(&days);
        let fold = h.folded.expect("2,000 days fold").last.0 / 7;
        assert!(fold > 400);
        for week in [fold, fold + 1, 1_999] {
            let s = summarise(&h, Day(week * 7), 1.0);
            let week_f = f64::from(week);
            assert_eq!(s, Some(Summary { x: week as u32, t_x: week_f, tenure: week_f, mean: 7.0 }));
        }
        // Inside the folded part: evenly spread days, so the estimate is right here too.
        let s = summarise(&h, Day(100 * 7), 1.0).expect("bought by then");
        assert!(s.x.abs_diff(100) <= 1 && (s.mean - 7.0).abs() < 1e-9, "{s:?}");
    }
}
