//! Folding for search: one key for all the ways a name can be written. Stored text is never folded.
//!
//! Compatibility composition, then the table of Persian search folding (Lucene's Arabic, Persian and
//! decimal digit filters, hazm's marks, and choices of our own for hamza and foreign letters), then
//! lower case without Latin diacritics. Spaces of every kind and the non-joiner become one space.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

use super::digits::ascii_digit;
use super::sanitise::{ZWNJ, is_invisible};

/// The search key of a text.
pub fn fold(input: &str) -> String {
    let mut out = String::with_capacity(input.len());
    fold_into(input, &mut out);
    out
}

/// Appends the search key of a text.
pub fn fold_into(input: &str, out: &mut String) {
    let mut folder = Folder { start: out.len(), out };
    let mut chars = input.chars();
    loop {
        let rest = chars.as_str();
        match chars.next() {
            None => break,
            Some(c @ ..='\u{7F}') => folder.ascii(c),
            Some(c @ '\u{600}'..='\u{6FF}') => folder.arabic(c),
            Some(ZWNJ) => folder.space(),
            Some(_) => {
                for c in rest.nfkc() {
                    folder.any(c);
                }
                break;
            }
        }
    }
    folder.end();
}

/// A folded key without its spaces: `می‌رود`, `می رود` and `میرود` are one.
pub fn tight(folded: &str) -> String {
    folded.chars().filter(|&c| c != ' ').collect()
}

struct Folder<'a> {
    out: &'a mut String,
    start: usize,
}

impl Folder<'_> {
    fn ascii(&mut self, c: char) {
        if c > ' ' && c != '\x7F' {
            self.out.push(c.to_ascii_lowercase());
        } else if c.is_ascii_whitespace() {
            self.space();
        }
    }

    fn arabic(&mut self, c: char) {
        let folded = ARABIC.get((c as usize) - 0x600).copied().unwrap_or_default();
        if let Some(c) = char::from_u32(u32::from(folded)).filter(|&c| c != '\0') {
            self.out.push(c);
        }
    }

    fn any(&mut self, c: char) {
        match c {
            ..='\u{7F}' => self.ascii(c),
            '\u{600}'..='\u{6FF}' => self.arabic(c),
            ZWNJ => self.space(),
            '\u{80}'..='\u{9F}' => {}
            // A Latin diacritic that composes with nothing.
            '\u{300}'..='\u{36F}' if self.last().is_some_and(|l| l.is_ascii_alphabetic()) => {}
            'ß' | 'ẞ' => self.out.push_str("ss"),
            'æ' | 'Æ' => self.out.push_str("ae"),
            'œ' | 'Œ' => self.out.push_str("oe"),
            'þ' | 'Þ' => self.out.push_str("th"),
            'ø' | 'Ø' => self.out.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => self.out.push('d'),
            'ł' | 'Ł' => self.out.push('l'),
            'ħ' | 'Ħ' => self.out.push('h'),
            'ı' => self.out.push('i'),
            'ς' => self.out.push('σ'),
            _ if c.is_whitespace() => self.space(),
            _ if is_invisible(c) => {}
            _ => self.letter(c),
        }
    }

    fn letter(&mut self, c: char) {
        if let Some(digit) = ascii_digit(c) {
            self.out.push(digit);
            return;
        }
        let mut base = c;
        let mut first = true;
        decompose_canonical(c, |part| {
            if first {
                base = part;
                first = false;
            }
        });
        if base.is_ascii_alphabetic() {
            self.out.push(base.to_ascii_lowercase());
        } else {
            self.out.extend(c.to_lowercase());
        }
    }

    fn space(&mut self) {
        if self.last().is_some_and(|last| last != ' ') {
            self.out.push(' ');
        }
    }

    fn end(&mut self) {
        if self.last() == Some(' ') {
            self.out.pop();
        }
    }

    /// The last character of this key, not of what stood in `out` before it.
    fn last(&self) -> Option<char> {
        self.out.get(self.start..)?.chars().next_back()
    }
}

/// What each character from U+0600 to U+06FF folds to; 0 is nothing.
static ARABIC: [u16; 256] = arabic_table();

const fn arabic_table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = arabic_fold(0x600 + i as u16);
        i += 1;
    }
    table
}

const fn arabic_fold(code: u16) -> u16 {
    match code {
        0x622 | 0x623 | 0x625 | 0x671..=0x673 | 0x675 => 'ا' as u16,
        0x64A | 0x649 | 0x626 | 0x6D2 | 0x6D3 | 0x6CD | 0x6CE | 0x6D0 | 0x6D1 | 0x620 | 0x678 => {
            'ی' as u16
        }
        0x643 | 0x6AA..=0x6AC | 0x63B | 0x63C => 'ک' as u16,
        0x629 | 0x6C0..=0x6C3 | 0x6BE | 0x6D5 | 0x6FF => 'ه' as u16,
        0x624 | 0x6C4..=0x6CB | 0x676 | 0x677 => 'و' as u16,
        // Bare hamza, vowel and Quranic marks, tatweel, the thousands separator, direction marks.
        0x621 | 0x674 | 0x64B..=0x65F | 0x670 | 0x610..=0x61A | 0x6D6..=0x6DC | 0x6DF..=0x6E8 => 0,
        0x6EA..=0x6ED | 0x640 | 0x66C | 0x61C => 0,
        0x6F0..=0x6F9 => '0' as u16 + code - 0x6F0,
        0x660..=0x669 => '0' as u16 + code - 0x660,
        0x60C => ',' as u16,
        0x61B => ';' as u16,
        0x61F => '?' as u16,
        0x66A => '%' as u16,
        0x66B => '.' as u16,
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tables;

    #[test]
    fn every_row_of_the_table_folds() {
        let rows = tables::rows("fold_search.tsv");
        assert!(rows.len() > 100, "{}", rows.len());
        for row in rows {
            let c = tables::code_point(&row[0]);
            let expected = match row[2].as_str() {
                "(delete)" => "ab".into(),
                "{sep or nothing}" | " " => "a b".into(),
                to => format!("a{to}b"),
            };
            assert_eq!(fold(&format!("a{c}b")), expected, "{} {}", row[0], row[1]);
        }
    }

    #[test]
    fn spellings_of_one_name_are_one_key() {
        for (key, spellings) in [
            ("علی رضا", &["علی‌رضا", "علي رضا", " علی\u{a0}\u{3000}رضا ", "عَلی رضا"][..]),
            ("کریمی", &["كريمي", "\u{fb90}ریمی", "کـریمی"]),
            ("jose muller", &["José Müller", "JOSE\u{301} MU\u{308}LLER", "ｊｏｓé  müller"]),
            ("strasse", &["Straße", "STRASSE"]),
            ("istanbul", &["İstanbul", "ıstanbul"]),
            ("1250000", &["۱٬۲۵۰٬۰۰۰", "١٢٥٠٠٠٠", "१२५००००"]),
            ("й", &["Й", "и\u{306}"]),
            ("ریال", &["\u{fdfc}"]),
            ("", &["", "  ", "\u{200c}\u{200b}"]),
        ] {
            for spelling in spellings {
                assert_eq!(fold(spelling), key, "{spelling:?}");
            }
        }
    }

    #[test]
    fn keys_are_appended_and_can_be_tight() {
        let mut out = String::from("x ");
        fold_into(" A B ", &mut out);
        assert_eq!(out, "x a b");
        assert_eq!(tight(&fold("می‌رود")), tight(&fold("می رود")));
    }
}
