//! Where in a name a query matches: for showing, never for finding.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::text;

use super::token::Typed;

/// Byte ranges of `name` that match the query, ascending, none touching another.
pub fn matches(name: &str, query: &str) -> Vec<Range<u32>> {
    let folded = Folded::new(name);
    let typed = Typed::new(query);
    let mut marked = vec![false; folded.text.len()];
    let mut missed = false;
    for word in &typed.words {
        match folded.find(word) {
            Some(at) => marked[at].fill(true),
            None => missed = true,
        }
    }
    if missed {
        let swapped = text::swap_layout(query.trim()).map(|other| Typed::new(&other));
        for word in swapped.iter().flat_map(|t| &t.words) {
            if let Some(at) = folded.find(word) {
                marked[at].fill(true);
                missed = false;
            }
        }
    }
    if missed && !marked.contains(&true) {
        for word in typed.words.iter().filter(|w| w.chars().count() >= super::loose::FROM_FUZZY) {
            folded.mark_loosely(word, &mut marked);
        }
    }
    folded.ranges(&marked)
}

/// A folded name that knows where each of its bytes comes from.
struct Folded {
    text: String,
    /// The bytes of the name each byte of the text comes from.
    from: Vec<Range<u32>>,
}

impl Folded {
    fn new(name: &str) -> Self {
        let mut all = Self { text: String::new(), from: Vec::new() };
        let mut buffer = [0; 4];
        for (at, c) in name.char_indices() {
            let before = all.text.len();
            if c.is_whitespace() || c == '\u{200c}' {
                all.text.push(' ');
            } else if !matches!(c, '\u{300}'..='\u{36f}') {
                text::fold_into(c.encode_utf8(&mut buffer), &mut all.text);
            }
            let place = at as u32..(at + c.len_utf8()) as u32;
            // A mark that folds to nothing belongs to the letter before it.
            if all.text.len() == before
                && let Some(end) = all.from.last().map(|last| last.start)
            {
                all.from
                    .iter_mut()
                    .rev()
                    .take_while(|f| f.start == end)
                    .for_each(|f| f.end = place.end);
            }
            all.from.resize(all.text.len(), place);
        }
        all
    }

    /// The beginning of a word if there is one, else the first place.
    fn find(&self, word: &str) -> Option<Range<usize>> {
        let all = || self.text.match_indices(word).map(|(at, _)| at);
        let begins =
            |at: &usize| self.text[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let at = all().find(begins).or_else(|| all().next())?;
        Some(at..at + word.len())
    }

    fn mark_loosely(&self, word: &str, marked: &mut [bool]) {
        let matcher = SkimMatcherV2::default();
        let Some((_, places)) = matcher.fuzzy_indices(&self.text, word) else { return };
        for (place, (at, c)) in self.text.char_indices().enumerate() {
            if places.contains(&place) {
                marked[at..at + c.len_utf8()].fill(true);
            }
        }
    }

    fn ranges(&self, marked: &[bool]) -> Vec<Range<u32>> {
        let mut ranges: Vec<Range<u32>> = Vec::new();
        for (from, _) in self.from.iter().zip(marked).filter(|(_, marked)| **marked) {
            match ranges.last_mut() {
                Some(last) if from.start <= last.end => last.end = last.end.max(from.end),
                _ => ranges.push(from.clone()),
            }
        }
        ranges
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, query: &str, want: &[&str]) {
        let found = matches(name, query);
        let shown: Vec<&str> =
            found.iter().map(|r| &name[r.start as usize..r.end as usize]).collect();
        assert_eq!(shown, want, "{query} in {name}");
    }

    #[test]
    fn what_matched_is_marked_in_the_name_as_it_is_written() {
        check("Sara Karimi", "kar", &["Kar"]);
        check("Sara Karimi", "sa im", &["Sa", "im"]);
        check("José Müller", "jose mul", &["José", "Mül"]);
        check("Jose\u{301} M", "jose", &["Jose\u{301}"]);
        check("Straße", "stras", &["Straß"]);
        check("علي رضايي", "رضای", &["رضاي"]);
        check("علی‌رضا", "رضا", &["رضا"]);
        check("محمّد", "محمد", &["محمّد"]);
        check("Sara Karimi", "skrm", &["S", "K", "r", "m"]);
        check("رضا", "vqh", &["رضا"]);
        check("Sara Karimi", "0912", &[]);
        check("", "x", &[]);
        check("x", "", &[]);
    }
}
