//! A set of rows, one bit each.

/// Rows in a block: expressions are evaluated, and cancellation is looked at, block by block.
pub(super) const BLOCK: usize = 4_096;

/// Words of a block.
pub(super) const BLOCK_WORDS: usize = BLOCK / 64;

/// A set of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// An empty set with room for so many rows.
    pub fn with_rows(rows: usize) -> Self {
        Self(vec![0; rows.div_ceil(64)])
    }

    /// The words of several parts, one after another; each but the last covers whole words.
    pub(super) fn from_parts(parts: Vec<Vec<u64>>) -> Self {
        let mut parts = parts.into_iter();
        let mut words = parts.next().unwrap_or_default();
        parts.for_each(|part| words.extend(part));
        Self(words)
    }

    /// True when the row is in.
    pub fn has(&self, row: u32) -> bool {
        self.0.get(row as usize / 64).is_some_and(|w| w >> (row % 64) & 1 == 1)
    }

    /// Puts a row in; false when it was there.
    pub fn add(&mut self, row: u32) -> bool {
        let at = row as usize / 64;
        if at >= self.0.len() {
            self.0.resize(at + 1, 0);
        }
        let bit = 1 << (row % 64);
        let fresh = self.0[at] & bit == 0;
        self.0[at] |= bit;
        fresh
    }

    /// Takes a row out.
    pub fn drop(&mut self, row: u32) {
        if let Some(word) = self.0.get_mut(row as usize / 64) {
            *word &= !(1 << (row % 64));
        }
    }

    /// Rows in the set.
    pub fn count(&self) -> usize {
        self.0.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Rows in both.
    pub fn common(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    /// The rows, ascending.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.0
            .iter()
            .enumerate()
            .flat_map(|(at, word)| ones(*word).map(move |b| at as u32 * 64 + b))
    }

    pub(super) fn words(&self) -> &[u64] {
        &self.0
    }

    /// The word of 64 rows; empty past the end.
    pub(super) fn word(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or_default()
    }

    pub(super) fn heap(&self) -> usize {
        self.0.capacity() * 8
    }
}

/// The places of the ones of a word, ascending.
pub(super) fn ones(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let at = (word != 0).then(|| word.trailing_zeros())?;
        word &= word - 1;
        Some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_in_and_out() {
        let mut bits = Bits::with_rows(10);
        for row in [3, 64, 200, 3] {
            bits.add(row);
        }
        bits.drop(64);
        bits.drop(9_999);
        assert_eq!(bits.rows().collect::<Vec<_>>(), [3, 200]);
        assert_eq!(
            (bits.count(), bits.has(3), bits.has(64), bits.has(9_999)),
            (2, true, false, false)
        );
    }
}
