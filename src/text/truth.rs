//! A yes or a no in the words of either language. Never a guess: any other word is neither.

use super::fold;

/// What a word of agreement or of denial says.
pub fn truth(word: &str) -> Option<bool> {
    let plain: String = fold(word).chars().filter(|c| c.is_alphanumeric()).collect();
    match plain.as_str() {
        "yes" | "y" | "true" | "1" | "t" | "بله" | "بلی" | "اری" | "آری" => Some(true),
        "no" | "n" | "false" | "0" | "f" | "خیر" | "نه" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_languages_are_known() {
        for (word, said) in [
            ("Yes", Some(true)),
            (" TRUE ", Some(true)),
            ("بله", Some(true)),
            ("۱", Some(true)),
            ("no", Some(false)),
            ("False.", Some(false)),
            ("نه", Some(false)),
            ("خير", Some(false)),
            ("maybe", None),
            ("not at all", None),
            ("", None),
        ] {
            assert_eq!(truth(word), said, "{word}");
        }
    }
}
