//! Texts kept once, one after another in one buffer, each known by a number.

use std::hash::{BuildHasher, RandomState};

use crate::text;

/// Texts one after another, each followed by a line feed so that no match reaches into the next.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    bytes: String,
    /// Where each begins, and where the next will.
    starts: Vec<u32>,
}

impl Default for Pool {
    fn default() -> Self {
        Self { bytes: String::new(), starts: vec![0] }
    }
}

impl Pool {
    /// Adds a text and gives its number; 0 when the pool is full (4 GiB).
    pub fn push(&mut self, text: &str) -> u32 {
        let number = self.len() as u32;
        if u32::try_from(self.bytes.len() + text.len() + 1).is_err() {
            return 0;
        }
        self.bytes.push_str(text);
        self.bytes.push('\n');
        self.starts.push(self.bytes.len() as u32);
        number
    }

    pub fn get(&self, number: u32) -> &str {
        let at = number as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => {
                self.bytes.get(*from as usize..(*to as usize).saturating_sub(1)).unwrap_or_default()
            }
            _ => "",
        }
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// All texts in one buffer.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_bytes()
    }

    /// Where the text of each number begins.
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    pub fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..self.len() as u32).map(|number| (number, self.get(number)))
    }

    pub fn heap(&self) -> usize {
        self.bytes.capacity() + self.starts.capacity() * 4
    }
}

/// Texts kept once each. Number 0 is the empty text.
#[derive(Clone, Debug)]
pub(super) struct Dictionary {
    pool: Pool,
    /// Number + 1 by hash; 0 is free.
    slots: Vec<u32>,
    hasher: RandomState,
}

impl Default for Dictionary {
    fn default() -> Self {
        let mut new =
            Self { pool: Pool::default(), slots: vec![0; 16], hasher: RandomState::new() };
        new.number("");
        new
    }
}

impl Dictionary {
    /// The number of a text, which is added if it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        match self.slot(text) {
            Ok(number) => number,
            Err(slot) => {
                let number = self.pool.push(text);
                self.slots[slot] = number + 1;
                if self.pool.len() * 4 > self.slots.len() * 3 {
                    self.grow();
                }
                number
            }
        }
    }

    /// The number of a text that is in.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.slot(text).ok()
    }

    pub fn get(&self, number: u32) -> &str {
        self.pool.get(number)
    }

    pub fn len(&self) -> usize {
        self.pool.len()
    }

    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    pub fn heap(&self) -> usize {
        self.pool.heap() + self.slots.capacity() * 4
    }

    /// The number, or the free slot where it belongs.
    fn slot(&self, text: &str) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut at = self.hasher.hash_one(text) as usize & mask;
        loop {
            match self.slots[at] {
                0 => return Err(at),
                number if self.pool.get(number - 1) == text => return Ok(number - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        let mut slots = vec![0; self.slots.len() * 2];
        let mask = slots.len() - 1;
        for (number, text) in self.pool.iter() {
            let mut at = self.hasher.hash_one(text) as usize & mask;
            while slots[at] != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = number + 1;
        }
        self.slots = slots;
    }
}

/// Between the key and the value of a fact or an own field.
pub(super) const KEY_END: char = '\u{1f}';

/// Values kept once each, with their folded form beside; a value may be `key KEY_END value`.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    raw: Dictionary,
    folded: Pool,
}

impl Values {
    pub fn number(&mut self, value: &str) -> u32 {
        let number = self.raw.number(value);
        while self.folded.len() < self.raw.len() {
            let raw = self.raw.get(self.folded.len() as u32);
            let folded = match raw.split_once(KEY_END) {
                Some((key, value)) => format!("{}{KEY_END}{}", text::fold(key), text::fold(value)),
                None => text::fold(raw),
            };
            self.folded.push(&folded);
        }
        number
    }

    pub fn get(&self, number: u32) -> &str {
        self.raw.get(number)
    }

    /// The folded form of each value, by number; the empty value is not among them.
    pub fn folded(&self) -> impl Iterator<Item = (u32, &str)> {
        self.folded.iter().skip(1)
    }

    pub fn folded_of(&self, number: u32) -> &str {
        self.folded.get(number)
    }

    pub fn len(&self) -> usize {
        self.raw.len()
    }

    pub fn heap(&self) -> usize {
        self.raw.heap() + self.folded.heap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once() {
        let mut d = Dictionary::default();
        let numbers: Vec<u32> =
            (0..1_000).map(|i| d.number(&format!("text {}", i % 500))).collect();
        assert_eq!(d.len(), 501);
        assert_eq!(numbers[..500], numbers[500..]);
        assert_eq!(d.get(numbers[7]), "text 7");
        assert_eq!((d.find("text 8"), d.find("nothing")), (Some(numbers[8]), None));
        assert_eq!((d.number(""), d.get(99_999)), (0, ""));
    }

    #[test]
    fn values_keep_their_folded_form() {
        let mut v = Values::default();
        let tehran = v.number("Tehran");
        assert_eq!(v.folded().collect::<Vec<_>>(), [(tehran, "tehran")]);
        assert_eq!(v.get(tehran), "Tehran");
    }
}
