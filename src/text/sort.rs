//! Order of names: by the rules of the language, numbers by their value.
//!
//! Keys are made of folded text, so that spellings of one name stand together, and compare as bytes.
//! They hold for one run of the program only: never store them.

use std::sync::LazyLock;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::{Locale, locale};

use super::fold::fold;
use super::lang::Lang;

/// The key of a text: keys in byte order are texts in the order of the language.
pub fn sort_key(text: &str, lang: Lang) -> Vec<u8> {
    let folded = fold(text);
    let mut out = Vec::with_capacity(folded.len() * 2);
    sort_key_into(&folded, lang, &mut out);
    out
}

/// Appends the key of a text that is already folded (see [`fold`]).
pub fn sort_key_into(folded: &str, lang: Lang, out: &mut Vec<u8>) {
    let collator = match lang {
        Lang::En => &*ENGLISH,
        Lang::Fa => &*PERSIAN,
    };
    match collator {
        Some(collator) => {
            let Ok(()) = collator.write_sort_key_to(folded, out);
        }
        None => out.extend_from_slice(folded.as_bytes()),
    }
}

static ENGLISH: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| collator(locale!("en")));
static PERSIAN: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| collator(locale!("fa")));

/// A collator of the data within the program; without it (which does not happen) order is by code.
fn collator(locale: Locale) -> Option<CollatorBorrowed<'static>> {
    let mut preferences = CollatorPreferences::from(&locale);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Primary);
    CollatorBorrowed::try_new(preferences, options).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lang: Lang, ordered: &[&str]) {
        let mut sorted = ordered.to_vec();
        sorted.reverse();
        sorted.sort_by_key(|text| sort_key(text, lang));
        assert_eq!(sorted, ordered);
    }

    #[test]
    fn names_stand_in_the_order_of_the_language() {
        // The order of the Persian alphabet, which differs from that of code points in پ چ ژ ک گ ی.
        let alphabet = [
            "ا", "ب", "پ", "ت", "ث", "ج", "چ", "ح", "خ", "د", "ذ", "ر", "ز", "ژ", "س", "ش", "ص",
            "ض", "ط", "ظ", "ع", "غ", "ف", "ق", "ک", "گ", "ل", "م", "ن", "و", "ه", "ی",
        ];
        check(Lang::Fa, &alphabet);
        check(Lang::Fa, &["پارس", "تهران", "Tehran"]);
        check(Lang::En, &["apple", "Émile", "Zoe", "پارس"]);
        check(Lang::En, &["branch 2", "branch 10", "Branch ۱۱"]);
        check(Lang::Fa, &["شعبه ۲", "شعبه 10"]);
        assert_eq!(sort_key("كريمي", Lang::Fa), sort_key("کریمی", Lang::Fa));
        assert!(sort_key("", Lang::Fa) < sort_key("ا", Lang::Fa));
        assert!(ENGLISH.is_some() && PERSIAN.is_some());
    }
}
