//! Money: an integer count of minor units with an ISO 4217 code. Never a float.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Currency([u8; 3]);

/// Currencies whose minor unit is not a hundredth (ISO 4217, table A.1; the rial is counted in
/// whole rials, because nobody writes its dinars).
const DECIMALS: &[(&[u8; 3], u8)] = &[
    (b"IRR", 0),
    (b"JPY", 0),
    (b"KRW", 0),
    (b"VND", 0),
    (b"CLP", 0),
    (b"ISK", 0),
    (b"XAF", 0),
    (b"XOF", 0),
    (b"XPF", 0),
    (b"PYG", 0),
    (b"UGX", 0),
    (b"RWF", 0),
    (b"KMF", 0),
    (b"GNF", 0),
    (b"DJF", 0),
    (b"BIF", 0),
    (b"VUV", 0),
    (b"BHD", 3),
    (b"IQD", 3),
    (b"JOD", 3),
    (b"KWD", 3),
    (b"LYD", 3),
    (b"OMR", 3),
    (b"TND", 3),
];

impl Currency {
    /// United States dollar.
    pub const USD: Currency = Currency(*b"USD");
    /// Iranian rial.
    pub const IRR: Currency = Currency(*b"IRR");

    /// Reads a code of three letters in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; 3] = text.trim().to_ascii_uppercase().as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_uppercase).then_some(Self(code))
    }

    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Digits after the decimal point.
    pub fn decimals(self) -> u8 {
        DECIMALS.iter().find(|(code, _)| **code == self.0).map_or(2, |(_, d)| *d)
    }

    /// Minor units in one major unit.
    pub fn minor_per_major(self) -> i64 {
        10_i64.pow(u32::from(self.decimals()))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

super::names::named_enum! {
    /// The unit in which people see and type amounts of rials. Files and the store count minor units.
    pub enum MoneyUnit { Rial = "rial", Toman = "toman" }
}

impl MoneyUnit {
    /// The unit that holds for a currency: only rials are counted in toman.
    pub fn of(self, currency: Currency) -> Self {
        if currency == Currency::IRR { self } else { Self::Rial }
    }

    /// Minor units in one unit that is shown: ten rials are a toman.
    pub fn minor_units(self, currency: Currency) -> i64 {
        match self.of(currency) {
            Self::Rial => currency.minor_per_major(),
            Self::Toman => 10 * currency.minor_per_major(),
        }
    }

    /// Minor units of an amount as it was typed: a number, the zeros a word added to it, and the unit
    /// if one was said.
    pub fn read(
        self,
        currency: Currency,
        number: &str,
        zeros: u8,
        said: Option<&str>,
    ) -> Result<i64, AmountError> {
        let said = said.map(|name| Self::parse(name).ok_or(AmountError::NotANumber)).transpose()?;
        if said.is_some() && currency != Currency::IRR {
            return Err(AmountError::NotANumber);
        }
        let unit = said.unwrap_or(self.of(currency));
        let tenths = u8::from(unit == Self::Toman);
        let own = currency.decimals();
        parse_amount(number, own + tenths + zeros).map_err(|error| match error {
            AmountError::TooPrecise(_) => AmountError::TooPrecise(own + tenths),
            other => other,
        })
    }
}

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Something else than digits, one sign and one decimal point.
    #[error("not an amount")]
    NotANumber,
    /// More digits after the point than the currency has.
    #[error("more than {0} digits after the decimal point")]
    TooPrecise(u8),
    /// Does not fit in 64 bits.
    #[error("too many digits")]
    TooLarge,
}

/// Reads a decimal amount exactly, as a count of units of `decimals` digits.
///
/// ASCII digits, an optional sign, an optional point; commas and blanks between digits are taken as
/// grouping. Zeros beyond the currency's precision are accepted. Other digits are folded by the caller.
pub fn parse_amount(text: &str, decimals: u8) -> Result<i64, AmountError> {
    let text = text.trim();
    let (negative, body) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let mut value: i64 = 0;
    let mut digits = 0;
    let mut after_point: Option<u8> = None;
    for c in body.chars() {
        match c {
            '0'..='9' => {
                digits += 1;
                let digit = i64::from(c as u8 - b'0');
                if let Some(places) = after_point.as_mut() {
                    if *places == decimals {
                        if digit != 0 {
                            return Err(AmountError::TooPrecise(decimals));
                        }
                        continue;
                    }
                    *places += 1;
                }
                value = value
                    .checked_mul(10)
                    .and_then(|v| v.checked_add(digit))
                    .ok_or(AmountError::TooLarge)?;
            }
            '.' if after_point.is_none() => after_point = Some(0),
            ',' | ' ' | '_' | '\u{a0}' if after_point.is_none() && digits > 0 => {}
            _ => return Err(AmountError::NotANumber),
        }
    }
    if digits == 0 {
        return Err(AmountError::NotANumber);
    }
    for _ in after_point.unwrap_or(0)..decimals {
        value = value.checked_mul(10).ok_or(AmountError::TooLarge)?;
    }
    Ok(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_or_refused() {
        for (text, decimals, want) in [
            ("29.33", 2, Ok(2933)),
            (" 1,250 ", 2, Ok(125_000)),
            ("-.5", 2, Ok(-50)),
            ("7", 0, Ok(7)),
            ("7.000", 2, Ok(700)),
            ("7.005", 2, Err(AmountError::TooPrecise(2))),
            ("92233720368547758", 2, Ok(9_223_372_036_854_775_800)),
            ("92233720368547759", 2, Err(AmountError::TooLarge)),
            ("12.3.4", 2, Err(AmountError::NotANumber)),
            ("1e5", 2, Err(AmountError::NotANumber)),
            ("", 2, Err(AmountError::NotANumber)),
            ("-", 2, Err(AmountError::NotANumber)),
        ] {
            assert_eq!(parse_amount(text, decimals), want, "{text}");
        }
    }

    #[test]
    fn currencies_know_their_minor_unit() {
        for (code, decimals) in [("usd", 2), ("IRR", 0), ("KWD", 3), ("EUR", 2)] {
            assert_eq!(Currency::parse(code).map(Currency::decimals), Some(decimals));
        }
        for bad in ["", "US", "USDT", "U$D"] {
            assert_eq!(Currency::parse(bad), None);
        }
    }
}
