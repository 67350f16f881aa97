//! When a person may be called by rule: within the hours of the customer's own day, on no day off.
//! Holds for what the program plans by itself (a retry); what a person promises is theirs to say.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::domain::{Customer, Settings};
use crate::text::{Holidays, Lang};

/// Days looked ahead for one that is no day off; beyond them the settings leave none.
const MOST_DAYS: usize = 60;

/// The first moment from `at` on at which `customer` may be called. `at` itself when no such moment
/// comes within two months.
pub(super) fn next_open(
    at: Timestamp,
    customer: &Customer,
    settings: &Settings,
    holidays: &Holidays,
) -> Timestamp {
    let zone = zone_of(customer, settings);
    let local = at.to_zoned(zone.clone());
    let from = jiff::civil::time(settings.calls_from.min(23).cast_signed(), 0, 0, 0);
    let weekend = settings.weekend();
    let is_off = |date: jiff::civil::Date| {
        weekend.has(date.weekday()) || holidays.name(date, &settings.country, Lang::En).is_some()
    };
    let hour = local.hour().cast_unsigned();
    let mut date = local.date();
    if !is_off(date) && (settings.calls_from..settings.calls_to).contains(&hour) {
        return at;
    }
    if !is_off(date) && hour >= settings.calls_to || is_off(date) {
        date = date.saturating_add(1.day());
    }
    for _ in 0..MOST_DAYS {
        if !is_off(date) {
            let opened = date.to_datetime(from).to_zoned(zone.clone());
            return opened.map_or(at, |opened| opened.timestamp());
        }
        date = date.saturating_add(1.day());
    }
    at
}

/// The customer's zone, else the business's.
fn zone_of(customer: &Customer, settings: &Settings) -> TimeZone {
    let named = [&customer.time_zone, &settings.time_zone];
    let mut found =
        named.iter().filter(|name| !name.is_empty()).filter_map(|name| TimeZone::get(name).ok());
    found.next().unwrap_or(TimeZone::UTC)
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
}
