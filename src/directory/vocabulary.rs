//! All words of all names, each once: small enough to be looked through at every key.

use crate::text;

use super::bits::Bits;
use super::pool::{Dictionary, Pool};

/// The words of names. Number 0 is no word: it parts the names of one customer.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    words: Dictionary,
    /// Which letters each word has.
    masks: Vec<u64>,
    /// What sounds each word has, for names in the other script.
    skeletons: Pool,
    arabic: Bits,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let mut new = Self {
            words: Dictionary::default(),
            masks: Vec::new(),
            skeletons: Pool::default(),
            arabic: Bits::default(),
        };
        new.number("");
        new
    }
}

impl Vocabulary {
    /// The number of a folded word.
    pub fn number(&mut self, word: &str) -> u32 {
        let number = self.words.number(word);
        while self.masks.len() < self.words.len() {
            let at = self.masks.len() as u32;
            let word = self.words.get(at);
            self.masks.push(mask(word));
            self.skeletons.push(&text::skeleton(word));
            if is_arabic(word) {
                self.arabic.add(at);
            }
        }
        number
    }

    pub fn find(&self, word: &str) -> Option<u32> {
        self.words.find(word)
    }

    pub fn get(&self, number: u32) -> &str {
        self.words.get(number)
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn mask(&self, number: u32) -> u64 {
        self.masks.get(number as usize).copied().unwrap_or_default()
    }

    pub fn masks(&self) -> &[u64] {
        &self.masks
    }

    pub fn is_arabic(&self, number: u32) -> bool {
        self.arabic.has(number)
    }

    pub fn pool(&self) -> &Pool {
        self.words.pool()
    }

    pub fn skeletons(&self) -> &Pool {
        &self.skeletons
    }

    pub fn heap(&self) -> usize {
        let words = self.words.heap() + self.skeletons.heap();
        words + self.masks.capacity() * 8 + self.arabic.heap()
    }
}

/// The words of a folded text: runs of letters and digits.
pub(super) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !is_letter(c)).filter(|w| !w.is_empty())
}

/// Letters, digits, and all marks that are not ASCII: names may have any.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || !(c.is_ascii() || c.is_whitespace())
}

/// The letters of a text as 64 bits: a text without one of a query's bits cannot match it.
pub(super) fn mask(folded: &str) -> u64 {
    folded.chars().filter(|c| *c != ' ').fold(0, |mask, c| mask | 1 << letter_bit(c))
}

fn letter_bit(c: char) -> u32 {
    match c {
        'a'..='z' => c as u32 - 'a' as u32,
        '0'..='9' => 26 + c as u32 - '0' as u32,
        _ => 36 + c as u32 % 28,
    }
}

/// True when a word has letters of the Arabic script.
pub(super) fn is_arabic(word: &str) -> bool {
    word.chars().any(|c| ('\u{600}'..='\u{6FF}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_words() {
        for (folded, want) in [
            ("o'brien smith-jones (vip)", &["o", "brien", "smith", "jones", "vip"][..]),
            ("علی رضا", &["علی", "رضا"]),
            ("  ", &[]),
        ] {
            assert_eq!(words(folded).collect::<Vec<_>>(), want);
        }
    }
}
