//! Text that may be shown: [`SafeText`] can only be made by cleaning, or from what is clean.
//!
//! It may hold the first-strong and left-to-right isolates that [`SafeText::isolate`] and
//! [`SafeText::ltr`] put there; layout obeys them and never prints them, and neither does `Display`.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::sanitise::{is_plain, screen_line};

pub(super) const LRI: char = '\u{2066}';
pub(super) const FSI: char = '\u{2068}';
pub(super) const PDI: char = '\u{2069}';

/// One line of text without a byte that a terminal could obey. Cheap to clone.
#[derive(Clone)]
pub struct SafeText(Repr);

#[derive(Clone)]
enum Repr {
    Fixed(&'static str),
    Shared(Arc<str>),
}

impl SafeText {
    /// No text.
    pub const EMPTY: SafeText = SafeText(Repr::Fixed(""));

    /// Cleans text of any origin into one line: controls are shown in caret notation, overrides by
    /// name, breaks and tabs become spaces, what has no width goes, presentation forms become
    /// letters, NFC.
    pub fn clean(input: &str) -> Self {
        if is_plain(input) {
            return Self(Repr::Shared(Arc::from(input)));
        }
        let mut out = String::with_capacity(input.len());
        screen_line(input, &mut out);
        Self::made(out)
    }

    /// Cleans each line of a note.
    pub fn clean_lines(input: &str) -> Vec<Self> {
        let input = input.strip_suffix('\n').unwrap_or(input);
        input.split('\n').map(|line| Self::clean(line.strip_suffix('\r').unwrap_or(line))).collect()
    }

    /// The parts one after another; see [`safe!`](crate::text::safe).
    pub fn of(parts: &[&dyn SafePart]) -> Self {
        let mut out = String::new();
        for part in parts {
            part.push_to(&mut out);
        }
        Self::made(out)
    }

    /// The parts with `separator` between them.
    pub fn join<'a>(parts: impl IntoIterator<Item = &'a SafeText>, separator: &SafeText) -> Self {
        let mut out = String::new();
        for (i, part) in parts.into_iter().enumerate() {
            if i > 0 {
                out.push_str(separator.as_str());
            }
            out.push_str(part.as_str());
        }
        Self::made(out)
    }

    /// Kept left to right whatever stands around it: phones, ids, addresses, signed numbers.
    pub fn ltr(&self) -> Self {
        self.wrapped(LRI)
    }

    /// Kept together in its own direction (that of its first letter): names within a sentence.
    pub fn isolate(&self) -> Self {
        self.wrapped(FSI)
    }

    /// The text, isolates included: for layout and comparison, not for output.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Fixed(text) => text,
            Repr::Shared(text) => text,
        }
    }

    /// The text in logical order without isolates: for copies and files.
    pub fn plain(&self) -> Cow<'_, str> {
        let text = self.as_str();
        if text.is_ascii() || !text.contains([LRI, FSI, PDI]) {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.replace([LRI, FSI, PDI], ""))
        }
    }

    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    /// Words of the program itself; their cleanliness is a test's business.
    pub(super) const fn fixed(text: &'static str) -> Self {
        Self(Repr::Fixed(text))
    }

    /// Text this room has built from clean parts.
    pub(super) fn made(text: String) -> Self {
        Self(Repr::Shared(Arc::from(text)))
    }

    fn wrapped(&self, opener: char) -> Self {
        let text = self.as_str();
        if text.is_empty() {
            return self.clone();
        }
        let mut out = String::with_capacity(text.len() + 6);
        out.push(opener);
        out.push_str(text);
        out.push(PDI);
        Self::made(out)
    }
}

/// What may be a part of safe text.
pub trait SafePart {
    fn push_to(&self, out: &mut String);
}

impl SafePart for SafeText {
    fn push_to(&self, out: &mut String) {
        out.push_str(self.as_str());
    }
}

impl SafePart for &SafeText {
    fn push_to(&self, out: &mut String) {
        out.push_str(self.as_str());
    }
}

impl SafePart for &'static str {
    fn push_to(&self, out: &mut String) {
        screen_line(self, out);
    }
}

impl SafePart for char {
    fn push_to(&self, out: &mut String) {
        screen_line(self.encode_utf8(&mut [0; 4]), out);
    }
}

macro_rules! numbers_are_safe {
    ($($number:ty),*) => {$(
        impl SafePart for $number {
            fn push_to(&self, out: &mut String) {
                use std::fmt::Write as _;
                let _ = write!(out, "{self}");
            }
        }
    )*};
}
numbers_are_safe!(i32, i64, u8, u16, u32, u64, usize);

/// Safe text of literals, numbers (in ASCII digits) and safe texts: `safe!["P-", 7, " ", name]`.
macro_rules! safe {
    ($($part:expr),* $(,)?) => {
        $crate::text::SafeText::of(&[$(&$part as &dyn $crate::text::SafePart),*])
    };
}
pub(crate) use safe;

impl Default for SafeText {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.plain())
    }
}

impl fmt::Debug for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl PartialEq for SafeText {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for SafeText {}

impl PartialEq<str> for SafeText {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for SafeText {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialOrd for SafeText {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SafeText {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl std::hash::Hash for SafeText {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_join_and_stay_safe() {
        let name = SafeText::clean("Mi\x1bna");
        assert_eq!(safe!["<", name, "> ", 7_u64, '\x07'].as_str(), "<Mi^[na> 7^G");
        let comma = SafeText::fixed(", ");
        assert_eq!(SafeText::join([&name, &name], &comma).as_str(), "Mi^[na, Mi^[na");
        assert_eq!(SafeText::default(), SafeText::EMPTY);
    }

    #[test]
    fn isolates_hold_in_layout_and_are_never_written() {
        let phone = SafeText::clean("+98 912").ltr();
        assert_eq!(phone.as_str(), "\u{2066}+98 912\u{2069}");
        assert_eq!(phone.to_string(), "+98 912");
        assert_eq!(SafeText::EMPTY.isolate(), SafeText::EMPTY);
    }

    #[test]
    fn a_note_becomes_lines() {
        let lines = SafeText::clean_lines("one\r\n\ntwo\n");
        assert_eq!(lines.iter().map(SafeText::as_str).collect::<Vec<_>>(), ["one", "", "two"]);
    }
}
