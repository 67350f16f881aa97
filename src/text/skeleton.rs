//! The consonants of a name, the same whether it is written in Persian or in Latin letters.
//!
//! "alireza rezaei" and علیرضا رضایی both become `lrz rz`. Lossy on purpose: for the last rank of a
//! search only.

use super::fold::fold;

/// The skeleton key of a name: classes of consonants, words kept apart, vowels gone.
pub fn skeleton(input: &str) -> String {
    let folded = fold(input);
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        let start = out.len();
        if start > 0 {
            out.push(' ');
        }
        let from = out.len();
        push_word(word, &mut out);
        if out.len() == from {
            out.truncate(start);
        }
    }
    out
}

fn push_word(word: &str, out: &mut String) {
    let mut rest = word;
    let mut last = None;
    while let Some(c) = rest.chars().next() {
        let (class, taken) = match digraph(rest) {
            Some(class) => (Some(class), 2),
            None => (single(c), c.len_utf8()),
        };
        rest = rest.get(taken..).unwrap_or_default();
        let is_final_h = class == Some('h') && rest.is_empty();
        if let Some(class) = class.filter(|_| !is_final_h)
            && last != Some(class)
        {
            out.push(class);
            last = Some(class);
        }
    }
}

/// Two Latin letters for one sound.
fn digraph(text: &str) -> Option<char> {
    Some(match text.as_bytes().get(..2)? {
        b"th" => 't',
        b"zh" => 'j',
        b"ch" => 'c',
        b"kh" => 'x',
        b"sh" => '$',
        b"gh" => 'g',
        b"ph" => 'f',
        b"ck" => 'k',
        _ => return None,
    })
}

/// The class of one folded letter; digits stand for themselves, all else is dropped.
fn single(c: char) -> Option<char> {
    Some(match c {
        'ب' | 'b' => 'b',
        'پ' | 'p' => 'p',
        'ت' | 'ط' | 't' => 't',
        'ث' | 'س' | 'ص' | 's' => 's',
        'ج' | 'ژ' | 'j' => 'j',
        'چ' | 'c' => 'c',
        'ح' | 'ه' | 'h' => 'h',
        'خ' | 'x' => 'x',
        'د' | 'd' => 'd',
        'ذ' | 'ز' | 'ض' | 'ظ' | 'z' => 'z',
        'ر' | 'r' => 'r',
        'ش' => '$',
        'غ' | 'ق' | 'گ' | 'q' | 'g' => 'g',
        'ف' | 'f' => 'f',
        'ک' | 'k' => 'k',
        'ل' | 'l' => 'l',
        'م' | 'm' => 'm',
        'ن' | 'n' => 'n',
        '0'..='9' => c,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tables;

    #[test]
    fn every_class_of_the_table_is_one_letter() {
        for row in tables::rows("skeleton_classes.tsv") {
            let class = row[0].as_str();
            for side in [&row[1], &row[2]] {
                for sound in
                    side.split(' ').filter(|s| !s.starts_with('(') && *s != "not" && *s != "final)")
                {
                    let expected =
                        if class == "(dropped)" { "12".into() } else { format!("1{class}2") };
                    assert_eq!(skeleton(&format!("1{sound}2")), expected, "{sound} of {class}");
                }
            }
        }
    }

    #[test]
    fn names_meet_across_scripts() {
        for (latin, persian) in [
            ("alireza rezaei", "علیرضا رضایی"),
            ("Mohammad Hosseini", "محمد حسینی"),
            ("Fatemeh Shah", "فاطمه شاه"),
            ("Khosrow Ghasemi", "خسرو قاسمی"),
            ("Saleh Zhaleh", "صالح ژاله"),
            ("Maman", "مامان"),
        ] {
            assert_eq!(skeleton(latin), skeleton(persian), "{latin}");
            assert!(!skeleton(latin).is_empty());
        }
        assert_eq!(skeleton("آوا a"), "");
    }
}
