//! What a text would have been on the other keyboard layout: Persian (ISIRI 9147) or US English.
//!
//! Source: xkb-data 2.35.1, symbols/ir, section pes_part_basic, plain and shifted levels. Keys that
//! give the same character on both layouts, or a direction control, are left out.

/// The same key presses on the other layout: Persian for Latin and the reverse. `None` when that
/// changes nothing, or when a character of the text is on no key.
pub fn swap_layout(input: &str) -> Option<String> {
    let is_persian = input.chars().any(|c| ('\u{600}'..='\u{6FF}').contains(&c));
    let other = if is_persian { latin } else { persian };
    let swapped: String = input.chars().map(other).collect::<Option<_>>()?;
    (swapped != input).then_some(swapped)
}

fn persian(c: char) -> Option<char> {
    let pairs = PLAIN.iter().chain(SHIFTED);
    let found = pairs.into_iter().find(|(us, _)| *us == c).map(|(_, fa)| *fa);
    found.or_else(|| c.is_ascii().then_some(c))
}

fn latin(c: char) -> Option<char> {
    let pairs = PLAIN.iter().chain(SHIFTED);
    let found = pairs.into_iter().find(|(_, fa)| *fa == c).map(|(us, _)| *us);
    found.or_else(|| c.is_ascii().then_some(c))
}

/// US character and Persian character of a key alone.
#[rustfmt::skip]
const PLAIN: &[(char, char)] = &[
    ('1', '۱'), ('2', '۲'), ('3', '۳'), ('4', '۴'), ('5', '۵'), ('6', '۶'), ('7', '۷'),
    ('8', '۸'), ('9', '۹'), ('0', '۰'), ('q', 'ض'), ('w', 'ص'), ('e', 'ث'), ('r', 'ق'),
    ('t', 'ف'), ('y', 'غ'), ('u', 'ع'), ('i', 'ه'), ('o', 'خ'), ('p', 'ح'), ('[', 'ج'),
    (']', 'چ'), ('a', 'ش'), ('s', 'س'), ('d', 'ی'), ('f', 'ب'), ('g', 'ل'), ('h', 'ا'),
    ('j', 'ت'), ('k', 'ن'), ('l', 'م'), (';', 'ک'), ('\'', 'گ'), ('z', 'ظ'), ('x', 'ط'),
    ('c', 'ز'), ('v', 'ر'), ('b', 'ذ'), ('n', 'د'), ('m', 'پ'), (',', 'و'),
];

/// The same with shift.
#[rustfmt::skip]
const SHIFTED: &[(char, char)] = &[
    ('@', '٬'), ('#', '٫'), ('$', '﷼'), ('%', '٪'), ('^', '×'), ('&', '،'), ('(', ')'),
    (')', '('), ('Q', '\u{652}'), ('W', '\u{64C}'), ('E', '\u{64D}'), ('R', '\u{64B}'),
    ('T', '\u{64F}'), ('Y', '\u{650}'), ('U', '\u{64E}'), ('I', '\u{651}'), ('O', ']'),
    ('P', '['), ('{', '}'), ('}', '{'), ('A', 'ؤ'), ('S', 'ئ'), ('D', 'ي'), ('F', 'إ'),
    ('G', 'أ'), ('H', 'آ'), ('J', 'ة'), ('K', '»'), ('L', '«'), ('"', '؛'), ('Z', 'ك'),
    ('X', '\u{653}'), ('C', 'ژ'), ('V', '\u{670}'), ('B', '\u{200C}'), ('N', '\u{654}'),
    ('M', 'ء'), ('<', '>'), ('>', '<'), ('?', '؟'), ('~', '÷'), ('_', 'ـ'),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tables;

    #[test]
    fn every_key_of_the_layout_swaps() {
        for row in tables::rows("layout_isiri9147.tsv") {
            for (us, code) in [(&row[1], &row[4]), (&row[2], &row[6])] {
                let fa = tables::code_point(code);
                if matches!(fa, '\u{200D}'..='\u{200F}' | '\u{202A}'..='\u{202E}') {
                    continue;
                }
                let us = us.chars().next().unwrap();
                assert_eq!(persian(us), Some(fa), "{}", row[0]);
            }
            let fa = tables::code_point(&row[4]);
            if fa == '\u{200D}' {
                continue;
            }
            assert_eq!(latin(fa).map(String::from).as_ref(), Some(&row[1]), "{}", row[0]);
        }
    }

    #[test]
    fn a_name_typed_on_the_wrong_layout_is_found() {
        for (typed, meant) in [
            ("sghl", Some("سلام")),
            ("vqh", Some("رضا")),
            ("قثظش", Some("reza")),
            ("ugd vqh", Some("علی رضا")),
            ("", None),
            ("é", None),
            ("سö", None),
        ] {
            assert_eq!(swap_layout(typed).as_deref(), meant, "{typed}");
        }
    }
}
