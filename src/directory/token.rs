//! A query made ready: its words, and what each word of the vocabulary is to them.

use std::ops::Range;

use memchr::memmem::Finder;

use crate::text;

use super::bits::Bits;
use super::columns::Columns;
use super::emails::EmailPart;
use super::joined::Joined;
use super::loose;
use super::parallel;
use super::rank::{NONE, Tier, both, rank};
use super::texts;
use super::vocabulary::{self, Vocabulary};

/// Letters from which e-mail addresses and external ids are searched.
const FROM_CONTACTS: usize = 3;
/// Digits from which phones are searched.
const FROM_PHONES: usize = 2;
/// With so many words at most, their ranks fit into a core's own cache.
const FEW_WORDS: usize = 1 << 15;
/// Ranks kept apart for the place of a word within a name.
const WORD_STEP: u16 = 16;
/// The rank, wherever it stands in a name, of a word that matches only with the words after it.
const HEAD: u16 = NONE - 8 * WORD_STEP;

/// A query without what does not matter in it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Typed {
    /// What stands between spaces; a phone typed in groups is one.
    pub words: Vec<String>,
    phone: bool,
}

impl Typed {
    pub fn new(query: &str) -> Self {
        let folded = text::fold(query);
        let is_phone_sign = |c: char| matches!(c, ' ' | '+' | '-' | '(' | ')' | '.' | '/');
        let digits = folded.chars().filter(char::is_ascii_digit).count();
        if digits >= 3 && folded.chars().all(|c| c.is_ascii_digit() || is_phone_sign(c)) {
            return Self { words: vec![text::digits(&folded)], phone: true };
        }
        let words = folded.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
        Self { words, phone: false }
    }

    /// True when all rows that match this exactly are among those that match `before` so.
    pub fn narrows(&self, before: &Self) -> bool {
        let Some((last, others)) = before.words.split_last() else { return false };
        let Some(now) = self.words.get(others.len()) else { return false };
        let has_digit = |w: &str| w.bytes().any(|b| b.is_ascii_digit());
        let whole_phone = |w: &str| !w.starts_with('0') || w.trim_start_matches('0').len() >= 3;
        self.phone == before.phone
            && self.words.starts_with(others)
            && now.starts_with(last.as_str())
            && (now == last || last.chars().count() >= FROM_CONTACTS)
            && (now == last || vocabulary::words(last).next().is_some())
            && has_digit(now) == has_digit(last)
            && whole_phone(last)
    }

    /// True when also all rows that match this loosely are among those that match `before` so: whole
    /// words were added, or the last one grew in its letters and its sounds.
    pub fn narrows_loosely(&self, before: &Self) -> bool {
        let Some((last, others)) = before.words.split_last() else { return false };
        let Some(now) = self.words.get(others.len()) else { return false };
        let mut parts = vocabulary::words(now);
        self.narrows(before)
            && vocabulary::words(last).all(|before| {
                parts.next().is_some_and(|now| now == before || loose::grows(before, now))
            })
    }
}

/// A word of the query, ready to be looked for.
pub(super) struct Token {
    parts: Vec<Part>,
    email: Option<EmailPart>,
    external: Vec<Finder<'static>>,
    phones: Vec<Phone>,
}

/// Digits looked for in phones: anywhere, and at the end, where most people know them.
struct Phone {
    anywhere: Finder<'static>,
    at_the_end: Finder<'static>,
}

/// A run of letters within a word of the query.
pub(super) struct Part {
    pub text: String,
    /// The rank of each word of the vocabulary.
    ranks: Vec<u16>,
    /// The words that have a rank: small enough to stay near the core.
    ranked: Bits,
    /// There are such words.
    any: bool,
    /// How a name can have it over several of its words.
    joined: Joined,
}

impl Token {
    pub fn new(word: &str, columns: &Columns) -> Self {
        let vocabulary = &columns.vocabulary;
        let letters = word.chars().count();
        let finder = |text: &str| Finder::new(text).into_owned();
        let parts = vocabulary::words(word).map(|part| Part::new(part, vocabulary)).collect();
        let mut external = Vec::new();
        if letters >= FROM_CONTACTS && word.bytes().any(|b| b.is_ascii_digit()) {
            // External ids are kept as given; nearly all are in one case.
            external.push(finder(word));
            let upper = word.to_uppercase();
            if upper != word {
                external.push(finder(&upper));
            }
        }
        let digits = text::digits(word);
        let signs = word.chars().filter(|c| !c.is_ascii_digit());
        let is_phone = signs.clone().all(|c| matches!(c, '+' | '-' | '(' | ')' | '.' | '/'));
        let phones = if is_phone && digits.len() >= FROM_PHONES {
            let both = |digits: &str| Phone {
                anywhere: finder(digits),
                at_the_end: finder(&format!("{digits}\n")),
            };
            texts::phone_forms(&digits).into_iter().map(both).collect()
        } else {
            Vec::new()
        };
        let email = (letters >= FROM_CONTACTS).then(|| EmailPart::new(word, columns));
        Self { parts, email, external, phones }
    }

    /// False when no row can match it, as is known without a look at them.
    pub fn is_possible(&self, columns: &Columns) -> bool {
        self.has_names()
            || !self.external.is_empty()
            || !self.phones.is_empty()
            || self.email.as_ref().is_some_and(|part| part.is_possible(columns))
    }

    /// Names can match it.
    fn has_names(&self) -> bool {
        !self.parts.is_empty() && self.parts.iter().all(|part| part.any)
    }

    /// The same with other parts.
    pub fn with_parts(mut self, change: impl Fn(Part) -> Part) -> Self {
        self.parts = self.parts.into_iter().map(change).collect();
        self
    }

    /// About how much it matches.
    pub fn breadth(&self) -> usize {
        self.parts.iter().map(|part| part.ranked.count()).min().unwrap_or(usize::MAX)
    }

    /// Forgets what is no name.
    pub fn names_only(mut self) -> Self {
        self.email = None;
        self.external.clear();
        self.phones.clear();
        self
    }

    /// The ranks of a range of rows.
    pub fn scan(&self, columns: &Columns, rows: Range<usize>, out: &mut [u16]) {
        out.fill(NONE);
        let base = rows.start;
        if self.has_names() {
            let (items, starts) = columns.names.main();
            let covered = columns.names.covered(&rows);
            if let [part] = self.parts.as_slice() {
                let mut from = starts[covered.start] as usize;
                for row in covered {
                    let to = starts[row + 1] as usize;
                    out[row - base] = part.name(&items[from..to], &columns.vocabulary);
                    from = to;
                }
            } else {
                for row in covered {
                    let list = &items[starts[row] as usize..starts[row + 1] as usize];
                    out[row - base] = self.name(list, &columns.vocabulary);
                }
            }
            for (row, list) in columns.names.moved(&rows) {
                out[row as usize - base] = self.name(list, &columns.vocabulary);
            }
        }
        let mut better = |row: u32, rank: u16| {
            let out = &mut out[row as usize - base];
            *out = rank.min(*out);
        };
        if let Some(part) = &self.email {
            part.scan(columns, rows.clone(), &mut better);
        }
        for finder in &self.external {
            texts::each_with(&columns.external, rows.clone(), finder, |row, list, at| {
                better(row, external_rank(list, at, finder));
            });
        }
        for phone in &self.phones {
            for (finder, rank) in phone.ranked() {
                texts::each_with(&columns.phones, rows.clone(), finder, |row, _, _| {
                    better(row, rank);
                });
            }
        }
    }

    /// The rank of one row: what [`Token::scan`] says of it.
    pub fn rank(&self, columns: &Columns, row: u32) -> u16 {
        let mut best = self.name(columns.names.get(row), &columns.vocabulary);
        let mut try_in = |list: &[u8], finder: &Finder<'_>, rank: &dyn Fn(usize) -> u16| {
            if let Some(at) = finder.find(list) {
                best = best.min(rank(at));
            }
        };
        for finder in &self.external {
            let list = columns.external.get(row);
            try_in(list, finder, &|at| external_rank(list, at, finder));
        }
        for (finder, rank) in self.phones.iter().flat_map(Phone::ranked) {
            try_in(columns.phones.get(row), finder, &|_| rank);
        }
        self.email.as_ref().map_or(best, |part| best.min(part.rank(columns, row)))
    }

    fn name(&self, list: &[u32], vocabulary: &Vocabulary) -> u16 {
        let mut parts = self.parts.iter().map(|part| part.name(list, vocabulary));
        parts.next().map_or(NONE, |first| parts.fold(first, both))
    }
}

impl Phone {
    /// Each way to look for it, with the rank of what it finds.
    fn ranked(&self) -> [(&Finder<'static>, u16); 2] {
        let inside = rank(Tier::Contact, 32);
        [(&self.anywhere, inside), (&self.at_the_end, rank(Tier::Exact, 16))]
    }
}

impl Part {
    fn new(text: &str, vocabulary: &Vocabulary) -> Self {
        let pool = vocabulary.pool();
        let finder = Finder::new(text);
        Self::ranked(text, vocabulary, |numbers, ranks| {
            let base = numbers.start;
            texts::each_in(pool, numbers, &finder, |number, at| {
                let starts = pool.starts();
                let length = (starts[number as usize + 1] - starts[number as usize]) as usize - 1;
                ranks[number as usize - base] = match at {
                    0 => rank(Tier::Prefix, (length - text.len()).min(15)),
                    _ => rank(Tier::Inside, at.min(15)),
                };
            });
        })
    }

    /// The same part with ranks also for words that match it only loosely: `rank` fills in those of a
    /// range of words that have none.
    pub fn loosened(
        self,
        vocabulary: &Vocabulary,
        rank: impl Fn(Range<usize>, &mut [u16]) + Sync,
    ) -> Self {
        let exact = &self.ranks;
        Self::ranked(&self.text, vocabulary, |numbers, ranks| {
            ranks.copy_from_slice(&exact[numbers.clone()]);
            rank(numbers, ranks);
        })
    }

    /// The same part, found over several words too.
    pub fn with_joined(mut self, joined: Joined) -> Self {
        for head in joined.heads() {
            if let Some(rank) = self.ranks.get_mut(*head as usize).filter(|rank| **rank == NONE) {
                *rank = HEAD;
                self.ranked.add(*head);
            }
        }
        Self { any: self.any || !joined.heads().is_empty(), joined, ..self }
    }

    fn ranked(
        text: &str,
        vocabulary: &Vocabulary,
        rank: impl Fn(Range<usize>, &mut [u16]) + Sync,
    ) -> Self {
        let parts = parallel::split(vocabulary.len(), |numbers| {
            let mut ranks = vec![NONE; numbers.len()];
            rank(numbers, &mut ranks);
            ranks
        });
        let ranks = parts.concat();
        let mut ranked = Bits::with_rows(ranks.len());
        for (word, _) in ranks.iter().enumerate().filter(|(_, rank)| **rank != NONE) {
            ranked.add(word as u32);
        }
        let any = ranked.count() > 0;
        Self { text: text.to_owned(), ranks, ranked, any, joined: Joined::default() }
    }

    /// The best rank of a name: of its words, and of words that follow one another.
    fn name(&self, list: &[u32], vocabulary: &Vocabulary) -> u16 {
        match self.best(list) {
            rank if rank < HEAD || rank == NONE => rank,
            _ => self.joined.rank(list, vocabulary),
        }
    }

    /// The best rank among the words of a name.
    fn best(&self, list: &[u32]) -> u16 {
        let mut best = NONE;
        let mut place = 0;
        let few = self.ranks.len() <= FEW_WORDS;
        for word in list {
            // Whether a word matches cannot be foretold: where all ranks stay near the core, looking
            // them up without asking is faster than a guess that is wrong every other time.
            if few || self.ranked.has(*word) {
                let rank = self.ranks.get(*word as usize).copied().unwrap_or(NONE);
                best = best.min(rank.saturating_add(place * WORD_STEP));
            }
            // Each name of a customer counts from its own beginning.
            place = if *word == 0 { 0 } else { (place + 1).min(7) };
        }
        best
    }
}

fn external_rank(list: &[u8], at: usize, finder: &Finder<'_>) -> u16 {
    match at {
        0 if list.len() == finder.needle().len() + 1 => rank(Tier::Exact, 0),
        0 => rank(Tier::Contact, 4),
        _ => rank(Tier::Contact, 20),
    }
}
