//! A word of the query that a name has in several words: علیرضا in علی رضایی, "jsmith" in J Smith, and
//! the same by sounds in the other script.
//!
//! The first of those words is a beginning of the query's word, and so are few words of all: rows
//! without one of them are passed over.

use crate::text;

use super::rank::{NONE, Tier, rank};
use super::vocabulary::{self, Vocabulary};

/// How a name can have a word of the query over several of its own.
#[derive(Default)]
pub(super) struct Joined {
    letters: String,
    sounds: String,
    arabic: bool,
    /// Words that begin it: by their letters, and by their sounds in the other script.
    heads: Vec<u32>,
}

impl Joined {
    /// For a folded word of a query.
    pub fn new(word: &str, vocabulary: &Vocabulary) -> Self {
        let sounds = text::skeleton(word);
        let mut new = Self {
            letters: word.to_owned(),
            arabic: vocabulary::is_arabic(word),
            heads: Vec::new(),
            sounds,
        };
        let beginnings = word.char_indices().skip(1).filter_map(|(end, _)| word.get(..end));
        new.heads.extend(beginnings.filter_map(|beginning| vocabulary.find(beginning)));
        let skeletons = vocabulary.skeletons();
        for number in 1..vocabulary.len() as u32 {
            let sound = skeletons.get(number);
            if !sound.is_empty()
                && sound.len() < new.sounds.len()
                && new.sounds.starts_with(sound)
                && vocabulary.is_arabic(number) != new.arabic
            {
                new.heads.push(number);
            }
        }
        new.heads.sort_unstable();
        new.heads.dedup();
        new
    }

    /// The words with which a name can begin to have it.
    pub fn heads(&self) -> &[u32] {
        &self.heads
    }

    fn is_head(&self, word: u32) -> bool {
        self.heads.binary_search(&word).is_ok()
    }

    /// The rank of a name; a 0 parts the names of one customer.
    pub fn rank(&self, list: &[u32], vocabulary: &Vocabulary) -> u16 {
        let mut best = NONE;
        for (at, word) in list.iter().enumerate().filter(|(_, w)| self.is_head(**w)) {
            let following = list.get(at..).unwrap_or_default().iter().take_while(|w| **w != 0);
            let found = if vocabulary.is_arabic(*word) == self.arabic {
                (begin(&self.letters, following.map(|w| vocabulary.get(*w))), Tier::Fuzzy)
            } else {
                let sounds = vocabulary.skeletons();
                (begin(&self.sounds, following.map(|w| sounds.get(*w))), Tier::Skeleton)
            };
            if found.0 {
                best = best.min(rank(found.1, at.min(15)));
            }
        }
        best
    }
}

/// True when the words, one after the other, begin with all of this. Sounds that meet at a seam are
/// one, as within a word.
fn begin<'w>(whole: &str, words: impl Iterator<Item = &'w str>) -> bool {
    let mut rest = whole;
    for word in words {
        if word.starts_with(rest) {
            return true;
        }
        if let Some(left) = rest.strip_prefix(word) {
            rest = left;
            continue;
        }
        let done = whole.get(..whole.len() - rest.len()).unwrap_or_default();
        let once = done.chars().next_back().and_then(|last| word.strip_prefix(last));
        let Some(once) = once else { return false };
        match rest.strip_prefix(once) {
            Some(left) => rest = left,
            None => return once.starts_with(rest),
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_with_the_whole_over_their_seams() {
        for (whole, words, want) in [
            ("علیرضا", &["علی", "رضایی"][..], true),
            ("علیرضا", &["علی", "رضا"], true),
            ("علیرضا", &["علی", "کریمی"], false),
            ("علیرضا", &["علی"], false),
            ("jsmith", &["j", "smithson"], true),
            ("abcd", &["ab", "c", "d"], true),
            ("hsnr", &["hsn", "nr"], true),
            ("hsnnr", &["hsn", "nr"], true),
            ("lrz", &["l", "rz"], true),
        ] {
            assert_eq!(begin(whole, words.iter().copied()), want, "{whole} {words:?}");
        }
    }
}
