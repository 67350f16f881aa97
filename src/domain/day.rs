//! A civil day as a count, so that columns of days are small and differences are subtractions.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Day(pub i32);

impl Day {
    /// Before every day that can be written; marks "never" in columns.
    pub const NEVER: Day = Day(i32::MIN);

    /// The day of a civil date.
    pub fn of(date: Date) -> Self {
        let span = date.since((jiff::Unit::Day, Date::constant(1970, 1, 1)));
        Self(span.map_or(i32::MIN, |s| s.get_days()))
    }

    /// The civil date of this day, or `None` outside the years -9999 to 9999.
    pub fn date(self) -> Option<Date> {
        Date::constant(1970, 1, 1).checked_add(self.0.days_checked()?).ok()
    }

    /// Whole days from `earlier` to `self`; negative when `self` comes first.
    pub fn since(self, earlier: Day) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The day `days` later.
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// False for [`Day::NEVER`].
    pub fn is_known(self) -> bool {
        self != Self::NEVER
    }
}

trait DaysChecked {
    fn days_checked(self) -> Option<jiff::Span>;
}

impl DaysChecked for i32 {
    fn days_checked(self) -> Option<jiff::Span> {
        // jiff panics past its own limits; seven million days cover the years it can write.
        (-7_000_000..7_000_000).contains(&self).then(|| self.days())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date() {
            Some(date) => date.fmt(f),
            None => f.write_str("-"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_its_date_and_back() {
        for (date, count) in [
            (Date::constant(1970, 1, 1), 0),
            (Date::constant(1969, 12, 31), -1),
            (Date::constant(2000, 3, 1), 11_017), // leap century
            (Date::constant(1997, 9, 30), 10_134),
        ] {
            assert_eq!(Day::of(date), Day(count));
            assert_eq!(Day(count).date(), Some(date));
        }
        assert_eq!(Day::NEVER.date(), None);
        assert_eq!(Day(i32::MAX).date(), None);
    }
}
