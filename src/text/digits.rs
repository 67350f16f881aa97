//! Decimal digits of every script.
//!
//! Source: Unicode 14 characters of category Nd; each script's digits are ten in a row.

/// The zero of every script's decimal digits beyond ASCII, ascending.
const ZEROS: [u32; 65] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650,
    0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50,
    0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// The ASCII digits of a text, in order, whatever script they are written in; all else is dropped.
pub fn digits(input: &str) -> String {
    input.chars().filter_map(ascii_digit).collect()
}

/// A text with digits and decimal points of any script as ASCII ones; all else stays, so that what is no
/// number is seen to be none.
pub fn ascii_number(input: &str) -> String {
    let plain = |c| if c == '٫' { '.' } else { ascii_digit(c).unwrap_or(c) };
    input.trim().chars().map(plain).collect()
}

/// The ASCII digit a character of any script stands for.
pub fn ascii_digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let code = c as u32;
    let script = ZEROS.partition_point(|&zero| zero <= code).checked_sub(1)?;
    let value = code - ZEROS.get(script)?;
    char::from_digit(value, 10)
}

/// The same text with the digits of every script as ASCII digits.
pub(super) fn with_ascii_digits(input: &str) -> String {
    input.chars().map(|c| ascii_digit(c).unwrap_or(c)).collect()
}

/// The same text with ASCII digits as Persian ones.
pub(super) fn with_persian_digits(input: &str) -> String {
    input.chars().map(persian_digit).collect()
}

/// A Persian digit for an ASCII one; anything else as it is.
pub(super) fn persian_digit(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32(0x06F0 + (c as u32 - '0' as u32)).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_digit_stays_in_a_number() {
        for (input, expected) in [("۲٫۵", "2.5"), (" -۳ ", "-3"), ("٩–٢٠", "9–20"), ("2x", "2x")]
        {
            assert_eq!(ascii_number(input), expected);
        }
    }

    #[test]
    fn digits_of_any_script() {
        for (input, expected) in [
            ("", ""),
            ("+98 (912) 123", "98912123"),
            ("۰۹۱۲ ۱۲۳", "0912123"),
            ("٠٩", "09"),
            ("१२३", "123"),
            ("１２", "12"),
            ("𝟘𝟙", "01"),
            ("½ ② Ⅷ", ""),
        ] {
            assert_eq!(digits(input), expected, "{input}");
        }
        assert_eq!(with_persian_digits("a 10"), "a ۱۰");
        assert_eq!(with_ascii_digits("a ۱۰"), "a 10");
    }

    #[test]
    fn zeros_are_sorted_and_ten_apart() {
        assert!(ZEROS.windows(2).all(|w| w[1] - w[0] >= 10));
    }
}
