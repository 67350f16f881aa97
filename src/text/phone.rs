//! Phone numbers: one way in the store (E.164), another for the eye.
//!
//! A number that could exist is kept even when no one has it: the numbers of films and examples, and
//! ranges newer than the tables, must pass. Never dials, never looks an owner up.

use std::str::FromStr;

use phonenumber::{Mode, country};

use super::digits::{digits, with_ascii_digits};
use super::fold::fold;
use super::lang::Lang;
use super::safe::{LRI, PDI, SafeText};
use super::words::digits_of;

/// Why a text is no phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    #[error("no phone number was written")]
    Empty,
    #[error("a phone number holds digits, spaces, + - ( ) . / only")]
    Letters,
    #[error("too few digits for a phone number")]
    TooShort,
    #[error("too many digits for a phone number")]
    TooLong,
    #[error("a number without + needs a country")]
    NoCountry,
    #[error("no such number in its country")]
    OtherCountry,
}

/// E.164 allows 15 digits; the shortest international numbers in use have 7.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// The number as the store keeps it: `+` and 7 to 15 digits. `default_country` (ISO 3166, `IR`) is
/// the country of a number written without one.
pub fn e164(input: &str, default_country: &str) -> Result<String, PhoneError> {
    let text = with_ascii_digits(input);
    let text = text.trim();
    if text.is_empty() {
        return Err(PhoneError::Empty);
    }
    let mut number = String::with_capacity(16);
    for c in text.chars() {
        match c {
            '0'..='9' => number.push(c),
            '+' | '\u{FF0B}' if number.is_empty() => number.push('+'),
            ' ' | '-' | '(' | ')' | '.' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}' => {}
            c if c.is_whitespace() || is_direction(c) => {}
            _ => return Err(PhoneError::Letters),
        }
    }
    if let Some(international) = number.strip_prefix('+').or_else(|| number.strip_prefix("00")) {
        return complete(international);
    }
    if number.len() < 3 {
        return Err(PhoneError::TooShort);
    }
    let country = country::Id::from_str(&default_country.to_ascii_uppercase())
        .map_err(|_| PhoneError::NoCountry)?;
    match phonenumber::parse(Some(country), &number) {
        Ok(parsed) => {
            let international = digits(&parsed.format().mode(Mode::E164).to_string());
            let code = parsed.code().value().to_string();
            // A leading zero that this country has no use for: the number of another country.
            let foreign = international.strip_prefix(&code).is_some_and(|n| n.starts_with('0'));
            if foreign && !parsed.is_valid() {
                return Err(PhoneError::OtherCountry);
            }
            complete(&international)
        }
        Err(phonenumber::ParseError::TooLong) => Err(PhoneError::TooLong),
        Err(_) => Err(PhoneError::TooShort),
    }
}

/// The code (ISO 3166) of a country as people write it, `IR`, `iran`, `ایران`; `None` where that
/// cannot be told.
pub fn country_code(written: &str) -> Option<String> {
    let plain: String = fold(written).chars().filter(|c| c.is_alphanumeric()).collect();
    let named = COUNTRIES.iter().find(|(_, names)| names.contains(&plain.as_str()));
    if let Some((code, _)) = named {
        return Some((*code).to_owned());
    }
    let code = plain.to_ascii_uppercase();
    (code.len() == 2 && country::Id::from_str(&code).is_ok()).then_some(code)
}

/// Countries by the names their customers' lists give them, folded and without blanks.
const COUNTRIES: &[(&str, &[&str])] = &[
    ("IR", &["iran", "irn", "islamicrepublicofiran", "ایران"]),
    ("US", &["usa", "unitedstates", "unitedstatesofamerica", "america", "امریکا", "ایالاتمتحده"]),
    ("GB", &["uk", "unitedkingdom", "greatbritain", "england", "انگلستان", "انگلیس", "بریتانیا"]),
    ("CA", &["canada", "can", "کانادا"]),
    ("DE", &["germany", "deutschland", "deu", "المان"]),
    ("FR", &["france", "fra", "فرانسه"]),
    ("TR", &["turkey", "turkiye", "tur", "ترکیه"]),
    ("AE", &["uae", "unitedarabemirates", "emirates", "امارات"]),
    ("IQ", &["iraq", "irq", "عراق"]),
    ("AF", &["afghanistan", "afg", "افغانستان"]),
    ("AU", &["australia", "aus", "استرالیا"]),
    ("SE", &["sweden", "swe", "سوید"]),
    ("NL", &["netherlands", "holland", "nld", "هلند"]),
    ("IN", &["india", "ind", "هند"]),
];

/// True when the numbering plan of its country has such a number. A hint: false never blocks.
pub fn is_in_plan(e164: &str) -> bool {
    phonenumber::parse(None, e164).is_ok_and(|number| number.is_valid())
}

/// A stored number in groups, left to right: `+98 912 123 4567`, in the digits of the language.
pub fn pretty(e164: &str, lang: Lang) -> SafeText {
    let Some(number) = e164.strip_prefix('+').filter(|n| n.bytes().all(|b| b.is_ascii_digit()))
    else {
        return SafeText::clean(e164).ltr();
    };
    let grouped = match (number.get(..1), number.get(..2), number.len()) {
        (Some("1"), _, 11) => groups(number, &[1, 3, 3, 4]),
        (_, Some("98"), 12) if number.starts_with("989") => groups(number, &[2, 3, 3, 4]),
        (_, Some("98"), 12) => groups(number, &[2, 2, 4, 4]),
        _ => phonenumber::parse(None, e164).map_or_else(
            |_| e164.to_owned(),
            |parsed| parsed.format().mode(Mode::International).to_string(),
        ),
    };
    SafeText::made(format!("{LRI}{}{PDI}", digits_of(lang, &grouped)))
}

fn complete(number: &str) -> Result<String, PhoneError> {
    if number.len() < *DIGITS.start() || number.starts_with('0') {
        Err(PhoneError::TooShort)
    } else if number.len() > *DIGITS.end() {
        Err(PhoneError::TooLong)
    } else {
        Ok(format!("+{number}"))
    }
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn groups(number: &str, sizes: &[usize]) -> String {
    let mut out = String::from("+");
    let mut rest = number;
    for (i, &size) in sizes.iter().enumerate() {
        let (group, after) = rest.split_at_checked(size).unwrap_or((rest, ""));
        if i > 0 {
            out.push(' ');
        }
        out.push_str(group);
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_the_store_keeps_them() {
        use PhoneError::{Empty, Letters, NoCountry, OtherCountry, TooLong, TooShort};
        for (input, country, expected) in [
            ("09121234567", "IR", Ok("+989121234567")),
            ("۰۹۱۲۱۲۳۴۵۶۷", "IR", Ok("+989121234567")),
            ("٠٩١٢ ١٢٣ ٤٥٦٧", "ir", Ok("+989121234567")),
            ("+98 912 123 4567", "US", Ok("+989121234567")),
            ("0098-912-1234567", "US", Ok("+989121234567")),
            ("\u{202a}+98 912 123 4567\u{202c}", "", Ok("+989121234567")),
            ("02188776655", "IR", Ok("+982188776655")),
            // Kept for fiction: NANP 555-01xx, Ofcom's drama numbers.
            ("(212) 555-0123", "US", Ok("+12125550123")),
            ("+1 555 0100", "US", Ok("+15550100")),
            ("020 7946 0958", "GB", Ok("+442079460958")),
            ("07700 900123", "GB", Ok("+447700900123")),
            ("", "IR", Err(Empty)),
            ("  ", "IR", Err(Empty)),
            ("call me", "IR", Err(Letters)),
            ("0912-CALL", "IR", Err(Letters)),
            ("12", "IR", Err(TooShort)),
            ("+12345", "IR", Err(TooShort)),
            ("+0123456789", "IR", Err(TooShort)),
            ("+1234567890123456", "IR", Err(TooLong)),
            ("09121234567", "", Err(NoCountry)),
            ("09121234567", "XX", Err(NoCountry)),
            // Not +1 0912…: no country begins its numbers so.
            ("۰۹۱۲۱۲۳۴۵۶۷", "US", Err(OtherCountry)),
            ("0912 123 4567", "CA", Err(OtherCountry)),
            // Italy keeps the zero.
            ("06 698 12345", "IT", Ok("+390669812345")),
        ] {
            assert_eq!(e164(input, country).as_deref(), expected.as_deref(), "{input}");
        }
    }

    #[test]
    fn countries_as_they_are_written() {
        for (written, code) in [
            ("IR", Some("IR")),
            (" ir ", Some("IR")),
            ("Iran", Some("IR")),
            ("ایران", Some("IR")),
            ("ايران", Some("IR")),
            ("آلمان", Some("DE")),
            ("United States", Some("US")),
            ("U.S.A.", Some("US")),
            ("UK", Some("GB")),
            ("ایالات متحده", Some("US")),
            ("", None),
            ("ZZ", None),
            ("Elbonia", None),
        ] {
            assert_eq!(country_code(written).as_deref(), code, "{written}");
        }
        for (code, names) in COUNTRIES {
            assert!(country::Id::from_str(code).is_ok(), "{code}");
            for name in *names {
                assert_eq!(country_code(name).as_deref(), Some(*code), "{name}");
            }
        }
    }

    #[test]
    fn a_number_outside_the_plan_is_only_a_hint() {
        assert!(is_in_plan("+989121234567"));
        assert!(!is_in_plan("+15550100"));
        assert!(!is_in_plan("nonsense"));
    }

    #[test]
    fn numbers_for_the_eye() {
        for (stored, en, fa) in [
            ("+989121234567", "+98 912 123 4567", "+۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷"),
            ("+982188776655", "+98 21 8877 6655", "+۹۸ ۲۱ ۸۸۷۷ ۶۶۵۵"),
            ("+12125550123", "+1 212 555 0123", "+۱ ۲۱۲ ۵۵۵ ۰۱۲۳"),
            ("+442079460958", "+44 20 7946 0958", "+۴۴ ۲۰ ۷۹۴۶ ۰۹۵۸"),
            ("ext. \x1b1", "ext. ^[1", "ext. ^[1"),
        ] {
            assert_eq!(pretty(stored, Lang::En).to_string(), en);
            assert_eq!(pretty(stored, Lang::Fa).to_string(), fa);
            assert!(pretty(stored, Lang::Fa).as_str().starts_with(LRI));
        }
    }
}
