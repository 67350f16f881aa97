//! The words of the screen, each in every language, by subject.
//!
//! A new subject is a file that calls [`phrases!`] and its name in the list below. A phrase that
//! nobody uses is a compiler warning and a failing test (`tests/words.rs`), and so is a literal of a
//! screen that should be here; one that lacks a language or differs in its placeholders fails below.
//! Never holds text of customers.

use std::fmt::Write as _;

use super::digits::with_persian_digits;
use super::lang::Lang;
use super::number::push_number;
use super::safe::{FSI, LRI, PDI, SafeText};

/// Makes a `Phrase` constant of each line `NAME: "English", "Persian";`.
macro_rules! phrases {
    ($($(#[$doc:meta])* $vis:vis $name:ident: $en:expr, $fa:expr;)*) => {
        $($(#[$doc])* $vis const $name: $crate::text::Phrase = $crate::text::Phrase::new($en, $fa);)*
        #[cfg(test)]
        pub(super) const ALL: &[(&str, $crate::text::Phrase)] = &[$((stringify!($name), $name)),*];
    };
}

/// Lists the subjects.
macro_rules! subjects {
    ($($subject:ident),* $(,)?) => {
        $(pub(crate) mod $subject;)*
        #[cfg(test)]
        const SUBJECTS: &[(&str, &[(&str, Phrase)])] = &[$((stringify!($subject), $subject::ALL)),*];
    };
}

// One line a file in this folder.
subjects! {
    campaigns,
    commands,
    common,
    customers,
    dates,
    deeds,
    files,
    forms,
    frame,
    help,
    holidays,
    housekeeping,
    identity,
    insight,
    keys,
    labels,
    lifecycle,
    manage,
    needs,
    maturity,
    preferences,
    profile,
    programmes,
    queues,
    relations,
    refusals,
    scripts,
    segments,
    store,
    terminal,
    terms,
    usage,
    work,
}

/// One thing the screen says, in every language.
///
/// `{name}` is filled by the argument of that name, and `{n|call|calls}` picks the first word when
/// the number `n` is one and the second otherwise (give the same word twice where the language does
/// not change it, or leave the braces out).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    en: &'static str,
    fa: &'static str,
}

/// What fills a place in a phrase.
#[derive(Clone, Debug)]
pub enum Arg {
    /// Isolated, so that its direction leaves the sentence in order.
    Text(SafeText),
    /// Written in the digits and grouping of the language.
    Number(i64),
}

impl Phrase {
    pub const fn new(en: &'static str, fa: &'static str) -> Self {
        Self { en, fa }
    }

    /// The phrase in a language, as it is.
    pub const fn in_(&self, lang: Lang) -> SafeText {
        SafeText::fixed(self.str(lang))
    }

    /// The same as a string.
    pub const fn str(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Fa => self.fa,
        }
    }

    /// The phrase with its places filled. A place without an argument stays as written.
    pub fn with(&self, lang: Lang, args: &[(&str, Arg)]) -> SafeText {
        let mut out = String::new();
        let mut rest = self.str(lang);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((place, after)) = after.split_once('}') else {
                rest = after;
                break;
            };
            fill(place, lang, args, &mut out);
            rest = after;
        }
        out.push_str(rest);
        SafeText::made(out)
    }

    /// As [`Phrase::with`], the one place filled by text that is already in the language.
    pub(super) fn with_raw(&self, lang: Lang, name: &str, value: &str) -> SafeText {
        SafeText::made(self.str(lang).replace(&format!("{{{name}}}"), value))
    }
}

fn fill(place: &str, lang: Lang, args: &[(&str, Arg)], out: &mut String) {
    let mut parts = place.split('|');
    let name = parts.next().unwrap_or_default();
    let arg = args.iter().find(|(given, _)| *given == name).map(|(_, arg)| arg);
    match (arg, parts.next(), parts.next()) {
        (None, ..) => {
            let _ = write!(out, "{{{place}}}");
        }
        (Some(Arg::Number(1)), Some(one), _) => out.push_str(one),
        (Some(_), Some(_), Some(many)) => out.push_str(many),
        (Some(_), Some(one), None) => out.push_str(one),
        (Some(Arg::Number(n)), None, _) => push_number(*n, lang, out),
        (Some(Arg::Text(text)), None, _) => {
            let text = text.as_str();
            if lang == Lang::En && text.is_ascii() {
                out.push_str(text);
            } else {
                out.push(FSI);
                out.push_str(text);
                out.push(PDI);
            }
        }
    }
}

impl From<SafeText> for Arg {
    fn from(text: SafeText) -> Self {
        Self::Text(text)
    }
}

impl From<&SafeText> for Arg {
    fn from(text: &SafeText) -> Self {
        Self::Text(text.clone())
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Arg {
            fn from(n: $number) -> Self {
                Self::Number(i64::try_from(n).unwrap_or(i64::MAX))
            }
        }
    )*};
}
numbers!(i32, i64, u8, u16, u32, u64, usize);

pub(crate) use phrases;

/// What stands in backquotes is typed as it is: it keeps its own order within a Persian sentence.
pub fn typed(text: &SafeText) -> SafeText {
    if text.as_str().is_ascii() || !text.as_str().contains('`') {
        return text.clone();
    }
    let mut out = String::with_capacity(text.as_str().len() + 12);
    for (place, part) in text.as_str().split('`').enumerate() {
        if place % 2 == 1 {
            let _ = write!(out, "{LRI}`{part}`{PDI}");
        } else {
            out.push_str(part);
        }
    }
    SafeText::made(out)
}

/// ASCII digits in the digits of a language.
pub(super) fn digits_of(lang: Lang, ascii: &str) -> String {
    match lang {
        Lang::En => ascii.into(),
        Lang::Fa => with_persian_digits(ascii),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn places(text: &str) -> BTreeSet<&str> {
        let after_braces = text.split('{').skip(1);
        after_braces
            .filter_map(|s| s.split_once('}'))
            .filter_map(|(p, _)| p.split('|').next())
            .collect()
    }

    #[test]
    fn every_phrase_is_in_every_language() {
        for (subject, phrases) in SUBJECTS {
            assert!(!phrases.is_empty(), "{subject}");
            for (name, phrase) in *phrases {
                for lang in [Lang::En, Lang::Fa] {
                    let text = phrase.str(lang);
                    let at = format!("{subject}::{name} {lang:?}");
                    assert!(!text.trim().is_empty(), "{at} is empty");
                    assert_eq!(SafeText::clean(text).as_str(), text, "{at} is not clean");
                    assert_eq!(text.matches('{').count(), text.matches('}').count(), "{at}");
                }
                let (en, fa) = (places(phrase.en), places(phrase.fa));
                assert_eq!(en, fa, "{subject}::{name} has different places");
                assert!(!phrase.fa.contains(['ي', 'ك']), "{subject}::{name} has Arabic letters");
            }
        }
    }

    #[test]
    fn what_is_typed_keeps_its_order() {
        for (text, want) in [
            ("run `vafa -x`", "run `vafa -x`"),
            ("با `%d/%m` و `-o`", "با \u{2066}`%d/%m`\u{2069} و \u{2066}`-o`\u{2069}"),
            ("بی آن", "بی آن"),
        ] {
            assert_eq!(typed(&SafeText::clean(text)).as_str(), want);
        }
    }

    #[test]
    fn places_are_filled() {
        const CALLS: Phrase =
            Phrase::new("{who}: {n} {n|call|calls} left", "{who}: {n} تماس مانده");
        let ann = SafeText::clean("Ann");
        let sara = SafeText::clean("سارا");
        for (lang, who, n, expected) in [
            (Lang::En, &ann, 1, "Ann: 1 call left"),
            (Lang::En, &ann, 1200, "Ann: 1,200 calls left"),
            (Lang::En, &sara, 0, "\u{2068}سارا\u{2069}: 0 calls left"),
            (Lang::Fa, &ann, 1200, "\u{2068}Ann\u{2069}: ۱٬۲۰۰ تماس مانده"),
        ] {
            let args = [("who", who.into()), ("n", n.into())];
            assert_eq!(CALLS.with(lang, &args).as_str(), expected);
        }
        assert_eq!(CALLS.with(Lang::En, &[]).as_str(), "{who}: {n} {n|call|calls} left");
        assert_eq!(Phrase::new("a {", "b").with(Lang::En, &[]).as_str(), "a ");
        assert_eq!(CALLS.in_(Lang::Fa).as_str(), CALLS.str(Lang::Fa));
    }
}
