//! Amounts as people say them: `12k toman`, `۱۲ هزار تومان`, `1.5m`. Finds the parts; what they come to is
//! the caller's to say, who knows the currency.

use super::digits::ascii_digit;
use super::fold::fold;

/// The parts of an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenAmount {
    /// The number in ASCII digits, with a point before decimals.
    pub number: String,
    /// How many zeros a word like `k` or هزار adds.
    pub zeros: u8,
    /// `toman` or `rial`, when one was said.
    pub unit: Option<&'static str>,
}

/// Words after a number, and the zeros they add.
const ZEROS: &[(&str, u8)] = &[
    ("k", 3),
    ("thousand", 3),
    ("هزار", 3),
    ("m", 6),
    ("million", 6),
    ("میلیون", 6),
    ("bn", 9),
    ("billion", 9),
    ("میلیارد", 9),
];

/// Units of Iran's money, as they are called.
const UNITS: &[(&str, &str)] = &[
    ("toman", "toman"),
    ("تومان", "toman"),
    ("تومن", "toman"),
    ("rial", "rial"),
    ("ریال", "rial"),
    ("irr", "rial"),
];

/// Takes an amount apart. What is no word known here stays with the number, for its reader to refuse.
pub fn spoken_amount(text: &str) -> SpokenAmount {
    let mut rest: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '٬' | '،' => ',',
            '٫' => '.',
            _ => ascii_digit(c).unwrap_or(c),
        })
        .collect();
    let unit = take(&mut rest, UNITS);
    let zeros = take(&mut rest, ZEROS).unwrap_or(0);
    SpokenAmount { number: rest, zeros, unit }
}

/// Takes one of these words off the end of a text.
fn take<T: Copy>(text: &mut String, words: &[(&str, T)]) -> Option<T> {
    let is_letter = |c: char| c.is_alphabetic() || c == '\u{200c}';
    let start = text.trim_end_matches(is_letter).len();
    let said = fold(text.get(start..)?);
    let (_, value) = words.iter().find(|(word, _)| fold(word) == said)?;
    text.truncate(start);
    text.truncate(text.trim_end().len());
    Some(*value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_they_are_said() {
        for (text, number, zeros, unit) in [
            ("1,250.50", "1,250.50", 0, None),
            ("۱٬۲۵۰٫۵", "1,250.5", 0, None),
            ("12k toman", "12", 3, Some("toman")),
            ("۱۲ هزار تومان", "12", 3, Some("toman")),
            ("۱٫۵میلیون تومن", "1.5", 6, Some("toman")),
            ("2 Million", "2", 6, None),
            ("5000 ريال", "5000", 0, Some("rial")),
            ("12 dollars", "12 dollars", 0, None),
            ("", "", 0, None),
            ("toman", "", 0, Some("toman")),
        ] {
            let want = SpokenAmount { number: number.to_owned(), zeros, unit };
            assert_eq!(spoken_amount(text), want, "{text}");
        }
    }
}
