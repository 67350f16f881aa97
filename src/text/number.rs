//! Numbers, amounts and spans as they are read: grouped, in the digits of the language.
//!
//! In Persian `٬` groups and `٫` parts decimals; a sign keeps its side in right-to-left lines.

use super::digits::with_persian_digits;
use super::lang::Lang;
use super::layout::width;
use super::safe::{LRI, PDI, SafeText};
use super::words::common;
use super::words::{Arg, Phrase, digits_of};

/// A whole number: `184,200`, `۱۸۴٬۲۰۰`.
pub fn number(n: i64, lang: Lang) -> SafeText {
    let mut out = String::new();
    push_number(n, lang, &mut out);
    SafeText::made(out)
}

/// A whole number without groups, for what is looked up by its digits: `12345`, `۱۲۳۴۵`.
pub fn ungrouped(n: u64, lang: Lang) -> SafeText {
    SafeText::made(digits_of(lang, &n.to_string()))
}

/// A number with `places` decimals: `0.62`, `۰٫۶۲`. Not a number is `–`.
pub fn decimal(value: f64, places: usize, lang: Lang) -> SafeText {
    if !value.is_finite() {
        return SafeText::fixed("–");
    }
    SafeText::made(dressed(&format!("{value:.places$}", places = places.min(12)), "", lang))
}

/// A share as whole percents: 0.62 is `62%`, `۶۲٪`.
pub fn percent(share: f64, lang: Lang) -> SafeText {
    if !share.is_finite() {
        return SafeText::fixed("–");
    }
    let sign = if lang == Lang::Fa { "٪" } else { "%" };
    SafeText::made(dressed(&format!("{:.0}", share * 100.0), sign, lang))
}

/// An amount of minor units of a currency with that many decimals: 123450 and 2 is `1,234.50`.
pub fn money(minor: i64, decimals: u8, lang: Lang) -> SafeText {
    let places = usize::from(decimals.min(18));
    let digits = format!("{:0>width$}", minor.unsigned_abs(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let sign = if minor < 0 { "-" } else { "" };
    let point = if places > 0 { "." } else { "" };
    SafeText::made(dressed(&format!("{sign}{whole}{point}{part}"), "", lang))
}

/// Rials as toman, ten to one; a tenth only where there is one.
pub fn toman(rials: i64, lang: Lang) -> SafeText {
    if rials % 10 == 0 { number(rials / 10, lang) } else { money(rials, 1, lang) }
}

/// A number in few cells: whole below a million, then `41.2 m`, `1.3 bn`, `2.0 tn`.
pub fn short_number(value: f64, lang: Lang) -> SafeText {
    shortened(value, 1, lang)
}

/// The same, without the tenth where that is too wide: a figure that is cut would lie.
pub fn short_number_in(value: f64, columns: usize, lang: Lang) -> SafeText {
    let short = shortened(value, 1, lang);
    if width(&short) <= columns { short } else { shortened(value, 0, lang) }
}

fn shortened(value: f64, places: usize, lang: Lang) -> SafeText {
    let size = value.abs();
    let scaled = |unit: f64, phrase: Phrase| {
        phrase.with_raw(lang, "n", decimal(value / unit, places, lang).as_str())
    };
    if !size.is_finite() {
        SafeText::fixed("–")
    } else if size < 999_999.5 {
        number(value.round() as i64, lang)
    } else if size < 999.95e6 {
        scaled(1e6, common::MILLION)
    } else if size < 999.95e9 {
        scaled(1e9, common::BILLION)
    } else {
        scaled(1e12, common::TRILLION)
    }
}

/// How long ago, in few cells: `now`, `64 d`, `6 mo`, `3 y`. Days up to 90, months up to two years.
pub fn ago(days: i32, lang: Lang) -> SafeText {
    match days {
        ..=0 => common::NOW.in_(lang),
        1..=90 => span(common::DAYS, days, lang),
        91..=730 => span(common::MONTHS, months(days), lang),
        _ => span(common::YEARS, years(days), lang),
    }
}

/// How far ahead: `now`, `in 5 d`, `in 3 w`, `in 2 mo`, `in 3 y`. Days up to 13, weeks up to eight.
pub fn ahead(days: i32, lang: Lang) -> SafeText {
    match days {
        ..=0 => common::NOW.in_(lang),
        1..=13 => span(common::IN_DAYS, days, lang),
        14..=59 => span(common::IN_WEEKS, days / 7, lang),
        60..=730 => span(common::IN_MONTHS, months(days), lang),
        _ => span(common::IN_YEARS, years(days), lang),
    }
}

/// Appends a whole number.
pub(super) fn push_number(n: i64, lang: Lang, out: &mut String) {
    out.push_str(&dressed(&n.to_string(), "", lang));
}

fn span(phrase: Phrase, n: i32, lang: Lang) -> SafeText {
    phrase.with(lang, &[("n", Arg::from(n))])
}

fn months(days: i32) -> i32 {
    (f64::from(days) / 30.44).round() as i32
}

fn years(days: i32) -> i32 {
    (f64::from(days) / 365.25).round() as i32
}

/// Groups a plain number (`-1234.5`) and puts it in the digits of a language.
fn dressed(plain: &str, unit: &str, lang: Lang) -> String {
    let (sign, unsigned) = match plain.strip_prefix('-') {
        Some(unsigned) if unsigned.bytes().any(|b| b.is_ascii_digit() && b != b'0') => {
            ("-", unsigned)
        }
        Some(zero) => ("", zero),
        None => ("", plain),
    };
    let (whole, part) = match unsigned.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (unsigned, None),
    };
    let (group, point) = match lang {
        Lang::En => (',', '.'),
        Lang::Fa => ('٬', '٫'),
    };
    let mut out = String::with_capacity(plain.len() * 2 + 8);
    out.push_str(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(group);
        }
        out.push(c);
    }
    if let Some(part) = part {
        out.push(point);
        out.push_str(part);
    }
    out.push_str(unit);
    if lang == Lang::En {
        return out;
    }
    let out = with_persian_digits(&out);
    if sign.is_empty() { out } else { format!("{LRI}{out}{PDI}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: SafeText, expected: &str) {
        assert_eq!(found.as_str(), expected);
    }

    #[test]
    fn whole_numbers_are_grouped() {
        for (n, en, fa) in [
            (0, "0", "۰"),
            (999, "999", "۹۹۹"),
            (1000, "1,000", "۱٬۰۰۰"),
            (184_200, "184,200", "۱۸۴٬۲۰۰"),
            (-1_250_000, "-1,250,000", "\u{2066}-۱٬۲۵۰٬۰۰۰\u{2069}"),
            (i64::MIN, "-9,223,372,036,854,775,808", "\u{2066}-۹٬۲۲۳٬۳۷۲٬۰۳۶٬۸۵۴٬۷۷۵٬۸۰۸\u{2069}"),
        ] {
            check(number(n, Lang::En), en);
            check(number(n, Lang::Fa), fa);
        }
    }

    #[test]
    fn decimals_shares_and_amounts() {
        check(decimal(1234.567, 2, Lang::En), "1,234.57");
        check(decimal(0.62, 2, Lang::Fa), "۰٫۶۲");
        check(decimal(-0.001, 1, Lang::En), "0.0");
        check(decimal(f64::NAN, 1, Lang::En), "–");
        check(percent(0.62, Lang::En), "62%");
        check(percent(0.62, Lang::Fa), "۶۲٪");
        check(percent(f64::INFINITY, Lang::Fa), "–");
        check(money(123_450, 2, Lang::En), "1,234.50");
        check(money(-5, 2, Lang::En), "-0.05");
        check(money(1_250_000, 0, Lang::Fa), "۱٬۲۵۰٬۰۰۰");
        check(toman(1_250_000, Lang::Fa), "۱۲۵٬۰۰۰");
        check(toman(-15, Lang::En), "-1.5");
        check(money(i64::MIN, 255, Lang::En), "-9.223372036854775808");
    }

    #[test]
    fn large_numbers_are_short() {
        for (n, en) in [
            (184_200.0, "184,200"),
            (999_999.4, "999,999"),
            (999_999.6, "1.0 m"),
            (41_230_000.0, "41.2 m"),
            (-41_230_000.0, "-41.2 m"),
            (999_960_000.0, "1.0 bn"),
            (2.5e13, "25.0 tn"),
            (f64::NAN, "–"),
        ] {
            check(short_number(n, Lang::En), en);
        }
        check(short_number(41_230_000.0, Lang::Fa), "۴۱٫۲ میلیون");
        check(short_number_in(446_800_000.0, 10, Lang::Fa), "۴۴۷ میلیون");
        check(short_number_in(446_800_000.0, 12, Lang::Fa), "۴۴۶٫۸ میلیون");
    }

    #[test]
    fn spans_of_days() {
        for (days, past, future) in [
            (-3, "now", "now"),
            (0, "now", "now"),
            (3, "3 d", "in 3 d"),
            (21, "21 d", "in 3 w"),
            (64, "64 d", "in 2 mo"),
            (183, "6 mo", "in 6 mo"),
            (2191, "6 y", "in 6 y"),
        ] {
            check(ago(days, Lang::En), past);
            check(ahead(days, Lang::En), future);
        }
        check(ago(3, Lang::Fa), "۳ روز");
        check(ahead(i32::MAX, Lang::Fa), "۵٬۸۷۹٬۴۹۰ سال دیگر");
    }
}
