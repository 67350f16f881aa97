//! Cohorts: those who bought first in the same month, and what became of them.

use std::collections::BTreeMap;

use super::super::{Cancel, Desk, Refusal, Who};
use super::people::until;
use super::{Mark, Period, ReportQuery, narrowed};
use crate::domain::{Day, History};
use crate::insight::cohort::{Cohort, cohorts};
use crate::text::Calendar;

/// Columns of the table at most, and newest cohorts told.
const MOST: usize = 24;
/// Histories counted at a time.
const AT_ONCE: usize = 8_192;
/// Days before the report's day that periods are known of: seventy years.
const FARTHEST: i32 = 70 * 366;

/// Retention and revenue by first purchase, the oldest cohort first.
#[derive(Clone, Debug, Default)]
pub struct CohortReport {
    pub as_of: Day,
    pub period: Option<Period>,
    pub rows: Vec<CohortRow>,
}

/// Those whose first purchase fell into one period.
#[derive(Clone, Debug, Default)]
pub struct CohortRow {
    /// First day of the period, and the first after it.
    pub from: Day,
    pub until: Day,
    pub customers: usize,
    /// How many bought in the period, in the next one, and so on. The last has not ended.
    pub active: Vec<u32>,
    /// What they brought in it, minor units.
    pub revenue: Vec<i64>,
    /// First day of each of these periods.
    pub starts: Vec<Day>,
    /// Last day of the last of them that is told of.
    pub last: Day,
    /// Selects them.
    pub expression: String,
}

impl CohortRow {
    /// Part of the cohort that bought in the k-th period after.
    pub fn retention(&self, k: usize) -> Option<f64> {
        Some(f64::from(*self.active.get(k)?) / self.customers.max(1) as f64)
    }

    /// Selects those of the cohort who bought in the k-th period after.
    pub fn active_in(&self, k: usize) -> String {
        match self.starts.get(k) {
            Some(from) if k > 0 && !self.expression.is_empty() => {
                let to = self.starts.get(k + 1).map_or(self.last, |next| next.plus(-1));
                format!("{} bought_in:{from}..{to}", self.expression)
            }
            _ => self.expression.clone(),
        }
    }

    /// The whole cohort as a mark.
    pub fn mark(&self) -> Mark {
        Mark {
            expression: self.expression.clone(),
            customers: self.customers,
            spent: self.revenue.iter().fold(0, |sum: i64, r| sum.saturating_add(*r)),
            ..Mark::default()
        }
    }
}

impl Desk {
    pub(super) fn report_cohort(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<CohortReport, Refusal> {
        let as_of = self.report_day(who, query);
        let chosen = self.chosen(who, &query.expression)?;
        let periods = Periods::new(query.period, query.calendar, as_of);
        let mut found: BTreeMap<i32, Cohort> = BTreeMap::new();
        let mut waiting: Vec<History> = Vec::with_capacity(AT_ONCE);
        let mut take = |waiting: &mut Vec<History>| {
            for cohort in cohorts(waiting.iter(), as_of, MOST, |day| periods.of(day)) {
                match found.get_mut(&cohort.period) {
                    Some(sum) => add(sum, &cohort),
                    None => _ = found.insert(cohort.period, cohort),
                }
            }
            waiting.clear();
        };
        self.each_ledger(&chosen, cancel, &mut |_, ledger| {
            let history = ledger.purchases;
            waiting.push(if query.as_of.is_some() { until(history, as_of) } else { history });
            if waiting.len() == AT_ONCE {
                take(&mut waiting);
            }
        })?;
        take(&mut waiting);
        let newest = found.into_values().rev().take(MOST);
        let mut rows: Vec<CohortRow> = newest
            .map(|cohort| {
                let start = |period| periods.start(period);
                let (from, until) = (start(cohort.period), start(cohort.period + 1));
                let condition = format!("first>={from} first<{until}");
                CohortRow {
                    from,
                    until,
                    customers: cohort.size as usize,
                    starts: (0..)
                        .map(|k| start(cohort.period + k))
                        .take(cohort.active.len())
                        .collect(),
                    expression: match query.as_of {
                        None => narrowed(&query.expression, &condition),
                        Some(_) => String::new(),
                    },
                    last: start(cohort.period + cohort.active.len() as i32).plus(-1).min(as_of),
                    active: cohort.active,
                    revenue: cohort.revenue,
                }
            })
            .collect();
        rows.reverse();
        Ok(CohortReport { as_of, period: Some(query.period), rows })
    }
}

fn add(sum: &mut Cohort, more: &Cohort) {
    sum.size = sum.size.saturating_add(more.size);
    sum.active.iter_mut().zip(&more.active).for_each(|(a, b)| *a = a.saturating_add(*b));
    sum.revenue.iter_mut().zip(&more.revenue).for_each(|(a, b)| *a = a.saturating_add(*b));
}

/// The periods up to a day, counted so that the day's own is 0: looked up, as calendars are slow.
struct Periods {
    first: Day,
    /// The period of each day from `first` on.
    of: Vec<i32>,
    /// First day of each period, from the earliest on.
    starts: Vec<Day>,
    lowest: i32,
    as_of: Day,
}

impl Periods {
    fn new(period: Period, calendar: Calendar, as_of: Day) -> Self {
        let first = as_of.plus(-FARTHEST);
        let count = |day: Day| -> i32 {
            let Some(date) = day.date() else { return 0 };
            match period {
                // Weeks from Monday, or Saturday where the calendar's week begins then; 1970-01-01
                // was a Thursday.
                Period::Week => match calendar {
                    Calendar::Gregorian => (day.0 + 3).div_euclid(7),
                    Calendar::Jalali => (day.0 + 5).div_euclid(7),
                },
                Period::Month | Period::Quarter => {
                    let (year, month, _) = calendar.parts(date);
                    let months = year * 12 + i32::from(month) - 1;
                    if period == Period::Quarter { months.div_euclid(3) } else { months }
                }
            }
        };
        let now = count(as_of);
        // A little past the day, for the end of its own period.
        let days = (0..FARTHEST + 100).map(|ahead| first.plus(ahead));
        let mut of = Vec::with_capacity(FARTHEST as usize + 100);
        let mut starts = Vec::new();
        // Of days long gone every 28th is looked up: no month is shorter, so none is missed.
        let mut last = i32::MIN;
        for (i, day) in days.enumerate() {
            let recent =
                period == Period::Week || i >= (FARTHEST - 25 * 366) as usize || i % 28 == 0;
            let number = if recent || last == i32::MIN { count(day) } else { last };
            if number != last {
                starts.push(day);
                last = number;
            }
            of.push(number - now);
        }
        let lowest = of.first().copied().unwrap_or_default();
        Self { first, of, starts, lowest, as_of }
    }

    fn of(&self, day: Day) -> i32 {
        let at = day.since(self.first);
        let last = self.of.len().saturating_sub(1);
        let at = usize::try_from(at).unwrap_or(0).min(last);
        self.of.get(at).copied().unwrap_or_default()
    }

    fn start(&self, period: i32) -> Day {
        let at = usize::try_from(period.saturating_sub(self.lowest)).unwrap_or(0);
        self.starts.get(at).copied().unwrap_or(self.as_of.plus(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_are_those_of_the_calendar() {
        let today = Day::of(date(2026, 11, 22)); // 1 Azar 1405, a Sunday
        for (period, calendar, day, number, start) in [
            (Period::Month, Calendar::Gregorian, date(2026, 11, 1), 0, date(2026, 11, 1)),
            (Period::Month, Calendar::Gregorian, date(2026, 10, 31), -1, date(2026, 10, 1)),
            (Period::Month, Calendar::Gregorian, date(2025, 11, 30), -12, date(2025, 11, 1)),
            (Period::Month, Calendar::Jalali, date(2026, 11, 22), 0, date(2026, 11, 22)),
            (Period::Month, Calendar::Jalali, date(2026, 11, 21), -1, date(2026, 10, 23)),
            (Period::Quarter, Calendar::Gregorian, date(2026, 9, 30), -1, date(2026, 7, 1)),
            (Period::Week, Calendar::Gregorian, date(2026, 11, 16), 0, date(2026, 11, 16)),
            (Period::Week, Calendar::Jalali, date(2026, 11, 20), -1, date(2026, 11, 14)),
        ] {
            let periods = Periods::new(period, calendar, today);
            let at = format!("{period:?} {calendar:?} {day}");
            assert_eq!(periods.of(Day::of(day)), number, "{at}");
            assert_eq!(periods.start(number), Day::of(start), "{at}");
        }
    }
}
