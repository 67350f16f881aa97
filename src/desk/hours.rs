//! When a person may be called by rule: within the hours of the customer's own day, on no day off.
//! Holds for what the program plans by itself (a retry); what a person promises is theirs to say.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::domain::{Customer, Settings};
use crate::text::{Holidays, Lang};

/// Days looked ahead for one that is no day off; beyond them the settings leave none.
const MOST_DAYS: usize = 60;
/// Days looked ahead for hours of business: the longest step of a process has room in them.
const MOST_BUSINESS_DAYS: usize = 6_000;

/// The first moment from `at` on at which `customer` may be called. `at` itself when no such moment
/// comes within two months.
pub(super) fn next_open(
    at: Timestamp,
    customer: &Customer,
    settings: &Settings,
    holidays: &Holidays,
) -> Timestamp {
    let zone = zone_of(&customer.time_zone, settings);
    let hours = (settings.calls_from, settings.calls_to);
    opens(at, hours, &zone, settings, holidays).unwrap_or(at)
}

/// The first moment from `at` on within these hours of a zone, on no day off. `None` when none comes
/// within two months.
pub(super) fn opens(
    at: Timestamp,
    (from, to): (u8, u8),
    zone: &TimeZone,
    settings: &Settings,
    holidays: &Holidays,
) -> Option<Timestamp> {
    let local = at.to_zoned(zone.clone());
    let is_off = |date: Date| is_off(date, settings, holidays);
    let hour = local.hour().cast_unsigned();
    let mut date = local.date();
    if !is_off(date) && (from..to).contains(&hour) {
        return Some(at);
    }
    if is_off(date) || hour >= to {
        date = date.saturating_add(1.day());
    }
    let from = jiff::civil::time(from.min(23).cast_signed(), 0, 0, 0);
    for _ in 0..MOST_DAYS {
        if !is_off(date) {
            let opened = date.to_datetime(from).to_zoned(zone.clone());
            return opened.ok().map(|opened| opened.timestamp());
        }
        date = date.saturating_add(1.day());
    }
    None
}

/// When the hours of the day end that is `at` in a zone; midnight for 24.
pub(super) fn closes(at: Timestamp, to: u8, zone: &TimeZone) -> Timestamp {
    let date = at.to_zoned(zone.clone()).date();
    let (date, hour) = if to >= 24 { (date.saturating_add(1.day()), 0) } else { (date, to) };
    let closed = date.at(hour.cast_signed(), 0, 0, 0).to_zoned(zone.clone());
    closed.map_or(at, |closed| closed.timestamp())
}

/// True on a day off of the business.
fn is_off(date: Date, settings: &Settings, holidays: &Holidays) -> bool {
    settings.weekend().has(date.weekday())
        || holidays.name(date, &settings.country, Lang::En).is_some()
}

fn zone_named(name: &str) -> TimeZone {
    if name.is_empty() { TimeZone::UTC } else { TimeZone::get(name).unwrap_or(TimeZone::UTC) }
}

/// The zone of a customer, else the business's.
pub(super) fn zone_of(customers: &str, settings: &Settings) -> TimeZone {
    let named = [customers, &settings.time_zone];
    let mut found =
        named.iter().filter(|name| !name.is_empty()).filter_map(|name| TimeZone::get(name).ok());
    found.next().unwrap_or(TimeZone::UTC)
}

/// The stretches of business from a moment on, day by day: hours of calls in the business's own zone,
/// on no day off.
struct Business<'a> {
    settings: &'a Settings,
    holidays: &'a Holidays,
    zone: TimeZone,
    date: Date,
    left: usize,
}

impl<'a> Business<'a> {
    fn from(at: Timestamp, settings: &'a Settings, holidays: &'a Holidays) -> Self {
        let zone = zone_named(&settings.time_zone);
        let date = at.to_zoned(zone.clone()).date();
        Self { settings, holidays, zone, date, left: MOST_BUSINESS_DAYS }
    }

    fn at(&self, date: Date, hour: u8) -> Option<Timestamp> {
        let (date, hour) = if hour >= 24 { (date.tomorrow().ok()?, 0) } else { (date, hour) };
        let opened = date.at(hour.cast_signed(), 0, 0, 0).to_zoned(self.zone.clone());
        opened.ok().map(|zoned| zoned.timestamp())
    }
}

impl Iterator for Business<'_> {
    type Item = (Timestamp, Timestamp);

    fn next(&mut self) -> Option<Self::Item> {
        while self.left > 0 {
            self.left -= 1;
            let date = self.date;
            self.date = date.tomorrow().ok()?;
            if !is_off(date, self.settings, self.holidays) {
                let from = self.at(date, self.settings.calls_from)?;
                return Some((from, self.at(date, self.settings.calls_to)?));
            }
        }
        None
    }
}

/// The moment at which so many hours of business have passed since `at`.
pub(super) fn due(
    at: Timestamp,
    hours: u16,
    settings: &Settings,
    holidays: &Holidays,
) -> Timestamp {
    let mut left = i64::from(hours) * 3_600;
    for (from, to) in Business::from(at, settings, holidays) {
        let from = from.max(at).as_second();
        let there = (to.as_second() - from).max(0);
        if there >= left {
            return Timestamp::from_second(from + left).unwrap_or(at);
        }
        left -= there;
    }
    // The settings leave no business: the clock goes on all the same.
    at.checked_add(SignedDuration::from_secs(i64::from(hours) * 3_600)).unwrap_or(at)
}

/// Seconds of business between two moments.
pub(super) fn between(
    at: Timestamp,
    until: Timestamp,
    settings: &Settings,
    holidays: &Holidays,
) -> i64 {
    let stretches = Business::from(at, settings, holidays);
    let before = stretches.take_while(|(from, _)| *from < until);
    before.map(|(from, to)| (to.min(until).as_second() - from.max(at).as_second()).max(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CustomerId, Day, Weekend};

    #[test]
    fn a_retry_keeps_to_the_customers_day() {
        let holidays = Holidays::read("2026-11-23\tEid").unwrap();
        let none = Holidays::default();
        // 20 November 2026 is a Friday. Tehran is 3:30 ahead of UTC.
        for (country, zone, holidays, at, expected) in [
            ("IR", "Asia/Tehran", &none, "2026-11-21T10:00:00Z", "2026-11-21T10:00:00Z"),
            // 20:00 there is too late, 19:59 is not; 08:59 is too early.
            ("IR", "Asia/Tehran", &none, "2026-11-21T16:30:00Z", "2026-11-22T05:30:00Z"),
            ("IR", "Asia/Tehran", &none, "2026-11-21T16:29:00Z", "2026-11-21T16:29:00Z"),
            ("IR", "Asia/Tehran", &none, "2026-11-22T05:29:00Z", "2026-11-22T05:30:00Z"),
            // Thursday night goes over Friday.
            ("IR", "Asia/Tehran", &none, "2026-11-19T18:00:00Z", "2026-11-21T05:30:00Z"),
            ("IR", "Asia/Tehran", &none, "2026-11-20T10:00:00Z", "2026-11-21T05:30:00Z"),
            // A holiday of the file, and Nowruz: 20 March 2026 is a Friday, 21 to 24 are holidays.
            ("IR", "Asia/Tehran", &holidays, "2026-11-22T20:00:00Z", "2026-11-24T05:30:00Z"),
            ("IR", "Asia/Tehran", &none, "2026-03-19T18:00:00Z", "2026-03-25T05:30:00Z"),
            // Saturday and Sunday where the business is elsewhere; the customer's zone counts.
            ("US", "America/New_York", &none, "2026-11-21T15:00:00Z", "2026-11-23T14:00:00Z"),
            ("US", "", &none, "2026-11-23T03:00:00Z", "2026-11-23T09:00:00Z"),
        ] {
            let settings = Settings { country: country.into(), ..Settings::default() };
            let mut customer = Customer::named(CustomerId(1), "Reza", Day(0));
            customer.time_zone = zone.into();
            let at: Timestamp = at.parse().unwrap();
            let found = next_open(at, &customer, &settings, holidays);
            assert_eq!(found, expected.parse().unwrap(), "{country} {zone} {at}");
        }
        let settings = Settings { weekend: Some(Weekend::None), ..Settings::default() };
        let customer = Customer::named(CustomerId(1), "Reza", Day(0));
        let sunday: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        assert_eq!(next_open(sunday, &customer, &settings, &none), sunday);
    }

    #[test]
    fn a_deadline_counts_hours_of_business_only() {
        let holidays = Holidays::read("2026-11-23\tEid").unwrap();
        let none = Holidays::default();
        // Business from 9 to 20, eleven hours a day; Friday is off in Iran, 3:30 ahead of UTC.
        // 19 November 2026 is a Thursday.
        for (country, zone, holidays, at, hours, expected) in [
            ("IR", "Asia/Tehran", &none, "2026-11-19T08:30:00Z", 4, "2026-11-19T12:30:00Z"),
            // To the very end of the day, and an hour over it and over Friday.
            ("IR", "Asia/Tehran", &none, "2026-11-19T08:30:00Z", 8, "2026-11-19T16:30:00Z"),
            ("IR", "Asia/Tehran", &none, "2026-11-19T08:30:00Z", 9, "2026-11-21T06:30:00Z"),
            // Before the day begins, after it ends, and on the day off itself.
            ("IR", "Asia/Tehran", &none, "2026-11-19T01:00:00Z", 1, "2026-11-19T06:30:00Z"),
            ("IR", "Asia/Tehran", &none, "2026-11-19T20:00:00Z", 1, "2026-11-21T06:30:00Z"),
            ("IR", "Asia/Tehran", &none, "2026-11-20T10:00:00Z", 1, "2026-11-21T06:30:00Z"),
            // A holiday of the file.
            ("IR", "Asia/Tehran", &holidays, "2026-11-22T15:30:00Z", 2, "2026-11-24T06:30:00Z"),
            // Nowruz: Friday 20 to Tuesday 24 March are off.
            ("IR", "Asia/Tehran", &none, "2026-03-19T15:30:00Z", 2, "2026-03-25T06:30:00Z"),
            // A week of five days in New York: two days are 22 hours.
            ("US", "America/New_York", &none, "2026-11-20T14:00:00Z", 22, "2026-11-24T01:00:00Z"),
            // The clocks go forward on 8 March 2026: Monday is as long as ever.
            ("US", "America/New_York", &none, "2026-03-06T23:00:00Z", 3, "2026-03-09T14:00:00Z"),
        ] {
            let settings =
                Settings { country: country.into(), time_zone: zone.into(), ..Settings::default() };
            let (at, expected): (Timestamp, Timestamp) =
                (at.parse().unwrap(), expected.parse().unwrap());
            assert_eq!(due(at, hours, &settings, holidays), expected, "{country} {at} {hours}");
            let passed = between(at, expected, &settings, holidays);
            assert_eq!(passed, i64::from(hours) * 3_600, "{country} {at}");
        }
    }

    #[test]
    fn a_day_may_end_at_midnight() {
        let settings = Settings {
            calls_from: 22,
            calls_to: 24,
            weekend: Some(Weekend::None),
            ..Settings::default()
        };
        let none = Holidays::default();
        let at: Timestamp = "2026-11-18T23:00:00Z".parse().unwrap();
        let expected: Timestamp = "2026-11-19T23:00:00Z".parse().unwrap();
        assert_eq!(due(at, 2, &settings, &none), expected);
        assert_eq!(between(expected, at, &settings, &none), 0, "backwards");
    }
}
