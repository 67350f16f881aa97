//! What is tried when few rows match exactly: letters in order with others between, the same sounds
//! in the other script, and letters in order across the words of a name.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;

use crate::text;

use super::columns::Columns;
use super::joined::Joined;
use super::parallel;
use super::rank::{NONE, Tier, rank};
use super::texts;
use super::token::Part;
use super::vocabulary::{self, Vocabulary};
use super::{BLOCKS_AT_ONCE, Cancelled};

/// Letters from which a word is matched loosely.
pub(super) const FROM_FUZZY: usize = 3;
/// Most rows matched across words, in each part of the rows.
const MOST_ACROSS: usize = 4_000;
/// Places within a tier that tell scores apart, beside the place of the word.
const SCORE_STEPS: i64 = 15;

/// Gives ranks to the words of the vocabulary that match only loosely.
pub(super) fn loosen(part: Part, vocabulary: &Vocabulary) -> Part {
    let text = part.text.clone();
    if text.chars().count() < FROM_FUZZY {
        return part;
    }
    let wanted = vocabulary::mask(&text);
    let skeleton = text::skeleton(&text);
    let sounds = (!skeleton.is_empty()).then(|| Finder::new(&skeleton));
    let arabic = vocabulary::is_arabic(&text);
    let part = part.loosened(vocabulary, |numbers, ranks| {
        let matcher = SkimMatcherV2::default();
        let best = matcher.fuzzy_match(&text, &text).unwrap_or(1).max(1);
        let masks = &vocabulary.masks()[numbers.clone()];
        for ((number, mask), slot) in numbers.clone().zip(masks).zip(ranks.iter_mut()) {
            if mask & wanted == wanted && *slot == NONE {
                let word = vocabulary.get(number as u32);
                if is_within(&text, word.chars())
                    && let Some(score) = matcher.fuzzy_match(word, &text)
                {
                    *slot = rank(Tier::Fuzzy, lost(score, best, SCORE_STEPS));
                }
            }
        }
        let Some(sounds) = &sounds else { return };
        let pool = vocabulary.skeletons();
        let base = numbers.start;
        texts::each_in(pool, numbers, sounds, |number, at| {
            let slot = &mut ranks[number as usize - base];
            if *slot == NONE && at == 0 && vocabulary.is_arabic(number) != arabic {
                let longer = pool.get(number).len().saturating_sub(skeleton.len());
                if longer > 0 && skeleton.len() == 1 {
                    return; // one sound alone is a name only when it is the whole of it, as in Ali
                }
                *slot = rank(Tier::Skeleton, longer.min(15));
            }
        });
    });
    part.with_joined(Joined::new(&text, vocabulary))
}

/// True when all names that match the longer part loosely match the shorter one, its beginning, so.
pub(super) fn grows(shorter: &str, longer: &str) -> bool {
    let (before, now) = (text::skeleton(shorter), text::skeleton(longer));
    // What is one sound to a single letter is not what it is to two: see `loosen`.
    let by_sounds = before == now || before.len() > 1 && now.starts_with(&before);
    shorter.chars().count() >= FROM_FUZZY
        && vocabulary::is_arabic(shorter) == vocabulary::is_arabic(longer)
        && by_sounds
}

/// The rows whose names have the letters in order across words, with their ranks.
pub(super) fn across(
    columns: &Columns,
    word: &str,
    cancelled: Cancelled<'_>,
) -> Option<Vec<(u32, u16)>> {
    let wanted = vocabulary::mask(word);
    let parts = parallel::split(columns.rows(), |range| {
        let matcher = SkimMatcherV2::default();
        let best = matcher.fuzzy_match(word, word).unwrap_or(1).max(1);
        let mut found = Vec::new();
        let mut name = String::new();
        for piece in parallel::pieces(range, BLOCKS_AT_ONCE) {
            if cancelled() {
                return None;
            }
            for row in piece {
                if columns.masks[row] & wanted != wanted || found.len() == MOST_ACROSS {
                    continue;
                }
                let list = columns.names.get(row as u32);
                let words = || list.iter().map(|word| columns.vocabulary.get(*word));
                if !is_within(word, words().flat_map(str::chars)) {
                    continue;
                }
                name.clear();
                words().for_each(|word| {
                    name.push_str(word);
                    name.push(' ');
                });
                if let Some(score) = matcher.fuzzy_match(&name, word) {
                    found.push((row as u32, rank(Tier::Across, lost(score, best, 255))));
                }
            }
        }
        Some(found)
    });
    parts.into_iter().try_fold(Vec::new(), |mut all, part| {
        all.extend(part?);
        Some(all)
    })
}

/// How much a score falls short of the best, in steps.
fn lost(score: i64, best: i64, steps: i64) -> usize {
    (steps - (score.max(0) * steps / best).min(steps)) as usize
}

/// True when the letters stand in `of` in this order.
fn is_within(letters: &str, mut of: impl Iterator<Item = char>) -> bool {
    letters.chars().all(|letter| of.any(|c| c == letter))
}
