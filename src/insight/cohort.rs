//! Do those who came together stay? Customers by the period of their first purchase, and what each
//! group does in the periods after. Never decides what a period is: months differ between calendars.

use std::collections::BTreeMap;

use crate::domain::{Day, History};

/// Those whose first purchase fell into one period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cohort {
    /// The period, as the caller counts.
    pub period: i32,
    /// How many they are.
    pub size: u32,
    /// `active[k]`: how many bought in the k-th period after; `active[0]` is `size`.
    pub active: Vec<u32>,
    /// `revenue[k]`: what they brought in it, minor units.
    pub revenue: Vec<i64>,
}

impl Cohort {
    /// Part of the cohort that bought in the k-th period after.
    pub fn retention(&self, k: usize) -> Option<f64> {
        Some(f64::from(*self.active.get(k)?) / f64::from(self.size.max(1)))
    }
}

/// Cohorts in order, with a column for each period until that of `as_of`, and at most `most` columns.
///
/// `period_of` counts periods: months, weeks or quarters, in any calendar; it must never fall as days
/// rise. Days folded away in a very long history count as active throughout, with their revenue
/// spread evenly.
pub fn cohorts<'a>(
    histories: impl IntoIterator<Item = &'a History>,
    as_of: Day,
    most: usize,
    period_of: impl Fn(Day) -> i32,
) -> Vec<Cohort> {
    let now = period_of(as_of);
    let mut found: BTreeMap<i32, Cohort> = BTreeMap::new();
    for history in histories {
        let Some(first) = history.first_sale().filter(|d| *d <= as_of) else { continue };
        let start = period_of(first);
        let columns = (now.saturating_sub(start).max(0) as usize).saturating_add(1).min(most);
        let cohort = found.entry(start).or_insert_with(|| Cohort {
            period: start,
            size: 0,
            active: vec![0; columns],
            revenue: vec![0; columns],
        });
        cohort.size += 1;
        let mut last_counted = None;
        let mut count = |period: i32, revenue: i64| {
            let k = period.saturating_sub(start).max(0) as usize;
            if last_counted != Some(k)
                && let Some(active) = cohort.active.get_mut(k)
            {
                *active += 1;
                last_counted = Some(k);
            }
            if let Some(sum) = cohort.revenue.get_mut(k) {
                *sum = sum.saturating_add(revenue);
            }
        };
        if let Some(f) = history.folded.as_ref().filter(|f| f.days > 0) {
            let last = period_of(f.last.min(as_of));
            let periods = i64::from(last.saturating_sub(start).max(0)) + 1;
            for period in start..=last {
                count(period, f.sum.revenue / periods);
            }
        }
        for d in history.days.iter().filter(|d| d.sales > 0 && d.day <= as_of) {
            count(period_of(d.day), d.revenue);
        }
    }
    found.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DayTotal;

    fn history(days: &[i32]) -> History {
        let mut h = History::default();
        for day in days {
            h.add(DayTotal { day: Day(*day), sales: 1, revenue: 10, ..DayTotal::default() });
        }
        h
    }

    #[test]
    fn customers_are_counted_once_a_period_from_their_first() {
        let histories = [
            history(&[0, 3, 12, 35]),
            history(&[9, 11, 19]),
            history(&[15]),
            history(&[41]),
            history(&[]),
        ];
        let found = cohorts(&histories, Day(39), 9, |d| d.0.div_euclid(10));
        let wanted = [
            Cohort { period: 0, size: 2, active: vec![2, 2, 0, 1], revenue: vec![30, 30, 0, 10] },
            Cohort { period: 1, size: 1, active: vec![1, 0, 0], revenue: vec![10, 0, 0] },
        ];
        assert_eq!(found, wanted);
        assert_eq!(found[0].retention(3), Some(0.5));
        assert_eq!(found[1].retention(3), None);
        let short = cohorts(&histories, Day(39), 2, |d| d.0.div_euclid(10));
        assert_eq!(short[0].active, [2, 2]);
        assert_eq!(cohorts(&histories, Day(-1), 9, |d| d.0), []);
    }

    #[test]
    fn folded_days_keep_their_sums() {
        let days: Vec<i32> = (0..1_400).collect();
        let found = cohorts(&[history(&days)], Day(1_399), 99, |d| d.0.div_euclid(100));
        assert_eq!(found[0].active, [1; 14]);
        assert_eq!(found[0].revenue.iter().sum::<i64>(), 14_000);
    }
}
