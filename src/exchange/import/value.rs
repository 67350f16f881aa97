//! Cells read as dates, times, amounts and phones: strictly, so that nothing is guessed. Digits of
//! any script count. Never reads a clock or a setting: [`Conventions`] holds them.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::domain::{
    Agent, AgentId, AmountError, CampaignId, ContactKind, ContactPoint, Currency, Day, OfferId,
    Outcome, OwnField, Problem, parse_amount,
};
use crate::text::phone::{self, PhoneError};
use crate::text::{self, Calendar};

use super::fault::Fault;
use super::row::CellKind;

/// What a file's values are read by.
#[derive(Clone, Debug)]
pub struct Conventions {
    /// Money of the store.
    pub currency: Currency,
    /// Country of phones written without one.
    pub country: String,
    /// Zone of times written without one.
    pub zone: TimeZone,
    /// The moment of the import.
    pub now: Timestamp,
    /// How dates are written, in the notation of strftime; the usual ways when `None`.
    pub date_format: Option<String>,
    /// Amounts are written 1.250,50.
    pub decimal_comma: bool,
    /// All agents.
    pub agents: Arc<[Agent]>,
    /// All outcomes.
    pub outcomes: Arc<[Outcome]>,
    /// All offers and their names.
    pub offers: Arc<[(OfferId, String)]>,
    /// All campaigns and their names.
    pub campaigns: Arc<[(CampaignId, String)]>,
    /// The own fields that are defined.
    pub own_fields: Arc<[OwnField]>,
    /// The agent of rows that name none.
    pub agent: AgentId,
    /// Said of facts: where they are from.
    pub source: String,
}

impl Conventions {
    /// Today in the store's zone.
    pub fn today(&self) -> Day {
        Day::of(self.now.to_zoned(self.zone.clone()).date())
    }

    /// A day; of a time, the day it falls on in the store's zone.
    pub fn day(&self, text: &str) -> Result<Day, Fault> {
        let moment = self.moment(text)?;
        Ok(Day::of(match moment.exact {
            Some(at) => at.to_zoned(self.zone.clone()).date(),
            None => moment.date,
        }))
    }

    /// A day not later than tomorrow: zones may be a day apart.
    pub fn past_day(&self, text: &str) -> Result<Day, Fault> {
        let day = self.day(text)?;
        if day > self.today().plus(1) {
            return Err(Fault::Invalid(Problem::InTheFuture));
        }
        Ok(day)
    }

    /// A time not later than tomorrow; a day alone is its first moment.
    pub fn past_time(&self, text: &str) -> Result<Timestamp, Fault> {
        let moment = self.moment(text)?;
        let at = match moment.exact {
            Some(at) => at,
            None => moment
                .date
                .to_datetime(moment.time.unwrap_or(Time::midnight()))
                .to_zoned(self.zone.clone())
                .map(|z: Zoned| z.timestamp())
                .map_err(|_| Fault::NoSuchDate)?,
        };
        if at.as_second() > self.now.as_second().saturating_add(86_400) {
            return Err(Fault::Invalid(Problem::InTheFuture));
        }
        Ok(at)
    }

    fn moment(&self, text: &str) -> Result<Moment, Fault> {
        let text = ascii(text);
        match &self.date_format {
            Some(format) => formatted(&text, format),
            None => usual(&text),
        }
    }

    /// An amount in minor units.
    pub fn amount(&self, text: &str, kind: CellKind) -> Result<i64, Fault> {
        match kind {
            CellKind::Integer => text.parse().map_err(|_| Fault::Amount(AmountError::TooLarge)),
            CellKind::Float => Err(Fault::NotMinorUnits),
            _ => self.decimal(text, self.currency.decimals()),
        }
    }

    /// A quantity in thousandths.
    pub fn quantity(&self, text: &str) -> Result<i64, Fault> {
        self.decimal(text, 3)
    }

    fn decimal(&self, text: &str, decimals: u8) -> Result<i64, Fault> {
        let text = ascii(text);
        let plain: Cow<'_, str> = if text.is_ascii() && !self.decimal_comma {
            text
        } else {
            let swap = |c| match c {
                '٬' => ',',
                '٫' => '.',
                '\u{2212}' => '-',
                ',' if self.decimal_comma => '.',
                '.' if self.decimal_comma => ',',
                c => c,
            };
            Cow::Owned(text.chars().map(swap).collect())
        };
        if !groups_are_thousands(&plain) {
            return Err(Fault::Amount(AmountError::NotANumber));
        }
        parse_amount(&plain, decimals).map_err(Fault::Amount)
    }

    /// Phones, e-mail or web addresses, with semicolons or line ends between them. `country` is
    /// that of the one they belong to, as it is written; that of the store where it is not known.
    pub fn contacts(
        &self,
        text: &str,
        kind: ContactKind,
        country: &str,
    ) -> Result<Vec<ContactPoint>, Fault> {
        items(text).map(|item| self.contact(item, kind, country)).collect()
    }

    fn contact(&self, item: &str, kind: ContactKind, country: &str) -> Result<ContactPoint, Fault> {
        let (value, label) = labelled(item);
        let value = match kind {
            ContactKind::Phone => self.phone(value, country)?,
            ContactKind::Email => value.strip_prefix("mailto:").unwrap_or(value).to_owned(),
            ContactKind::Web => text::store_line(value),
        };
        let contact = ContactPoint { kind, value, label: text::store_line(label) };
        contact.validate().map_err(|e| Fault::Invalid(e.problem))?;
        Ok(contact)
    }

    /// E.164 where that can be known, else the digits.
    fn phone(&self, value: &str, country: &str) -> Result<String, Fault> {
        let value = value.strip_prefix("tel:").unwrap_or(value);
        let own = phone::country_code(country);
        match phone::e164(value, own.as_deref().unwrap_or(&self.country)) {
            Ok(number) => Ok(number),
            Err(PhoneError::NoCountry | PhoneError::OtherCountry | PhoneError::TooShort) => {
                Ok(text::digits(value))
            }
            Err(_) => Err(Fault::Invalid(Problem::Malformed)),
        }
    }

    /// An agent by name.
    pub fn agent(&self, name: &str) -> Result<AgentId, Fault> {
        let wanted = text::fold(name);
        let found = self.agents.iter().find(|a| a.name == name || text::fold(&a.name) == wanted);
        found.map(|a| a.id).ok_or_else(|| Fault::UnknownAgent {
            known: known(self.agents.iter().map(|a| a.name.as_str())),
        })
    }

    /// The code of an outcome, by code or name.
    pub fn outcome(&self, name: &str) -> Result<String, Fault> {
        let wanted = super::headings::plain(name);
        let is = |text: &str| text == name || super::headings::plain(text) == wanted;
        let found = self.outcomes.iter().find(|o| is(&o.code) || is(&o.name_en) || is(&o.name_fa));
        found.map(|o| o.code.clone()).ok_or_else(|| Fault::UnknownOutcome {
            known: known(self.outcomes.iter().map(|o| o.code.as_str())),
        })
    }
}

impl Conventions {
    /// The offer with this name.
    pub fn offer(&self, name: &str) -> Result<OfferId, Fault> {
        named(&self.offers, name)
    }

    /// The campaign with this name.
    pub fn campaign(&self, name: &str) -> Result<CampaignId, Fault> {
        named(&self.campaigns, name)
    }
}

/// The one of a name, whatever its case and spaces.
fn named<T: Copy>(all: &[(T, String)], name: &str) -> Result<T, Fault> {
    let wanted = super::headings::plain(name);
    let found = all.iter().find(|(_, known)| super::headings::plain(known) == wanted);
    let names = || known(all.iter().map(|(_, name)| name.as_str()));
    found.map(|(id, _)| *id).ok_or_else(|| Fault::Word { expected: names() })
}

/// A figure on a scale.
pub fn on_scale(text: &str, from: u8, to: u8) -> Result<u8, Fault> {
    let range = Problem::OutOfRange { from: i64::from(from), to: i64::from(to) };
    let given = ascii(text).trim().parse().ok();
    given.filter(|n| (from..=to).contains(n)).ok_or(Fault::Invalid(range))
}

/// A duration in seconds: `95`, `1:35`, `0:01:35`.
pub fn seconds(text: &str) -> Result<u32, Fault> {
    let text = ascii(text);
    let range = Fault::Invalid(Problem::OutOfRange { from: 0, to: 86_400 });
    let mut total: u32 = 0;
    for (place, part) in text.split(':').enumerate() {
        let number: u32 = part.trim().parse().map_err(|_| range.clone())?;
        if place > 2 || (place > 0 && number > 59) {
            return Err(range);
        }
        total = total.checked_mul(60).and_then(|t| t.checked_add(number)).ok_or(range.clone())?;
    }
    if total > 86_400 { Err(range) } else { Ok(total) }
}

/// The items of a cell that can hold several.
pub fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '؛', '\n']).map(str::trim).filter(|item| !item.is_empty())
}

/// `+98 912 123 4567 (evenings)`: a value and what is said of it.
fn labelled(item: &str) -> (&str, &str) {
    let inside = item.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match inside {
        Some((value, label)) if label.chars().any(char::is_alphabetic) && !value.is_empty() => {
            (value.trim(), label.trim())
        }
        _ => (item, ""),
    }
}

fn known<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.take(20).collect::<Vec<_>>().join(", ")
}

/// Digits of any script as ASCII.
fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text.trim());
    }
    let digit = |c| text::digits::ascii_digit(c).unwrap_or(c);
    Cow::Owned(text.chars().map(digit).collect::<String>().trim().to_owned())
}

/// True when commas part thousands: `1,250,000`, `12,50,000`, never `1250,50`.
fn groups_are_thousands(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.trim_start_matches(['-', '+']).split(',').rev();
    let last = groups.next().unwrap_or_default();
    let mut before = groups.peekable();
    if before.peek().is_none() {
        return true;
    }
    last.len() == 3 && before.all(|g| (1..=3).contains(&g.len()))
}

/// What a cell says of a moment.
struct Moment {
    date: Date,
    time: Option<Time>,
    /// Set when an offset was written.
    exact: Option<Timestamp>,
}

/// The years taken to be Jalali.
const JALALI_YEARS: std::ops::RangeInclusive<i32> = 1200..=1599;

fn civil(year: i32, month: u8, day: u8) -> Result<Date, Fault> {
    let calendar =
        if JALALI_YEARS.contains(&year) { Calendar::Jalali } else { Calendar::Gregorian };
    let known = (*JALALI_YEARS.start()..=9999).contains(&year);
    known.then(|| calendar.date(year, month, day)).flatten().ok_or(Fault::NoSuchDate)
}

/// `2025-03-01`, `2025/3/1`, `20250301`, `1403/12/11`, each with or without a time.
fn usual(text: &str) -> Result<Moment, Fault> {
    let not_a_date = || Fault::NotADate { format: None };
    let end = text.find(|c: char| c == 'T' || c == 't' || c.is_whitespace());
    let (date, time) = text.split_at(end.unwrap_or(text.len()));
    let digits = |s: &str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let (year, month, day) = match parts[..] {
        [all] if all.len() == 8 && all.bytes().all(|b| b.is_ascii_digit()) => {
            (&all[..4], &all[4..6], &all[6..])
        }
        [y, m, d] if digits(y) && digits(m) && digits(d) && y.len() == 4 && m.len() <= 2 => {
            (y, m, d)
        }
        [a, b, y] if digits(a) && digits(b) && digits(y) && y.len() != 3 && a.len() <= 2 => {
            return Err(Fault::AmbiguousDate);
        }
        _ => return Err(not_a_date()),
    };
    let number = |s: &str| s.parse::<u16>().map_err(|_| not_a_date());
    let small = |s: &str| number(s).map(|n| u8::try_from(n).unwrap_or(u8::MAX));
    let date = civil(i32::from(number(year)?), small(month)?, small(day)?)?;
    with_time(date, time.trim_start_matches(['T', 't']).trim())
}

fn with_time(date: Date, time: &str) -> Result<Moment, Fault> {
    let not_a_date = |_| Fault::NotADate { format: None };
    if time.is_empty() {
        return Ok(Moment { date, time: None, exact: None });
    }
    let offset = time.ends_with(['Z', 'z']) || time.contains(['+', '-']);
    if offset {
        let at: Timestamp = format!("{date}T{time}").parse().map_err(not_a_date)?;
        return Ok(Moment { date, time: None, exact: Some(at) });
    }
    let hour_first = time.split(':').next().unwrap_or_default().len() == 1;
    let padded = if hour_first { format!("0{time}") } else { time.to_owned() };
    let clock: Time = padded.parse().map_err(not_a_date)?;
    Ok(Moment { date, time: Some(clock), exact: None })
}

/// A date in a form of the person's choosing.
fn formatted(text: &str, format: &str) -> Result<Moment, Fault> {
    let not_a_date = || Fault::NotADate { format: Some(format.to_owned()) };
    let parts = strtime::parse(format, text).map_err(|_| not_a_date())?;
    if let Ok(at) = parts.to_timestamp() {
        let date = at.to_zoned(TimeZone::UTC).date();
        return Ok(Moment { date, time: None, exact: Some(at) });
    }
    let (Some(year), Some(month), Some(day)) = (parts.year(), parts.month(), parts.day()) else {
        return parts.to_date().map_err(|_| not_a_date()).map(|date| Moment {
            date,
            time: parts.to_time().ok(),
            exact: None,
        });
    };
    let small = |n: i8| u8::try_from(n).unwrap_or(0);
    let date = civil(i32::from(year), small(month), small(day))?;
    Ok(Moment { date, time: parts.to_time().ok(), exact: None })
}

#[cfg(test)]
#[path = "value_tests.rs"]
pub mod tests;
