//! A column whose rows are lists of different lengths: one buffer, and where each row begins.
//!
//! Rows set in ascending order are appended. A row that changes its length later moves out to a side
//! table, its old place is blanked, and once many have moved the buffer is rebuilt.

use std::collections::HashMap;
use std::ops::Range;

/// Moved rows past which the buffer is rebuilt, beside a share of all rows.
const MOST_MOVED: usize = 2_048;

/// Lists of `T`. `T::default()` is a blank that no search looks for.
#[derive(Clone, Debug)]
pub(super) struct Lists<T> {
    items: Vec<T>,
    /// Where each row begins, and where the next will. Rows past the end are empty.
    starts: Vec<u32>,
    moved: HashMap<u32, Box<[T]>>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { items: Vec::new(), starts: vec![0], moved: HashMap::new() }
    }
}

impl<T: Copy + Default + PartialEq> Lists<T> {
    pub fn get(&self, row: u32) -> &[T] {
        if !self.moved.is_empty()
            && let Some(list) = self.moved.get(&row)
        {
            return list;
        }
        self.items.get(self.place(row)).unwrap_or_default()
    }

    pub fn set(&mut self, row: u32, list: &[T]) {
        let at = row as usize;
        if at + 1 >= self.starts.len() {
            if list.is_empty() {
                return;
            }
            self.starts.resize(at + 1, self.items.len() as u32);
            if u32::try_from(self.items.len() + list.len()).is_ok() {
                self.items.extend_from_slice(list);
            }
            self.starts.push(self.items.len() as u32);
            return;
        }
        if self.get(row) == list {
            return;
        }
        let place = self.place(row);
        let old = self.items.get_mut(place).unwrap_or_default();
        if old.len() == list.len() && !self.moved.contains_key(&row) {
            old.copy_from_slice(list);
            return;
        }
        old.fill(T::default());
        self.moved.insert(row, list.into());
        if self.moved.len() > MOST_MOVED + self.starts.len() / 16 {
            self.rebuild();
        }
    }

    /// All items of the rows that have not moved, and where each row begins in them. A row has a
    /// beginning and an end in `starts`; moved rows are blank here.
    pub fn main(&self) -> (&[T], &[u32]) {
        (&self.items, &self.starts)
    }

    /// The rows of a range that have moved.
    pub fn moved(&self, range: &Range<usize>) -> impl Iterator<Item = (u32, &[T])> {
        let within = |row: &u32| range.contains(&(*row as usize));
        self.moved.iter().filter(move |(row, _)| within(row)).map(|(row, list)| (*row, &**list))
    }

    /// The part of a range that lies in the buffer.
    pub fn covered(&self, range: &Range<usize>) -> Range<usize> {
        let rows = self.starts.len() - 1;
        range.start.min(rows)..range.end.min(rows)
    }

    pub fn shrink(&mut self) {
        self.items.shrink_to_fit();
        self.starts.shrink_to_fit();
    }

    pub fn heap(&self) -> usize {
        let item = size_of::<T>();
        let moved: usize = self.moved.values().map(|l| l.len() * item + 40).sum();
        self.items.capacity() * item + self.starts.capacity() * 4 + moved
    }

    fn place(&self, row: u32) -> Range<usize> {
        let at = row as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => *from as usize..*to as usize,
            _ => 0..0,
        }
    }

    fn rebuild(&mut self) {
        let old = std::mem::take(self);
        for row in 0..old.starts.len() as u32 - 1 {
            self.set(row, old.get(row));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_can_grow_shrink_and_skip_rows() {
        let mut lists: Lists<u32> = Lists::default();
        let mut plain: Vec<Vec<u32>> = vec![Vec::new(); 10_000];
        let mut state = 1_u32;
        for step in 0..40_000_u32 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let row = if step < 5_000 { step * 2 } else { (state >> 8) % 10_000 };
            let list: Vec<u32> = (0..(state >> 4) % 5).map(|i| i + step).collect();
            lists.set(row, &list);
            plain[row as usize] = list;
        }
        for (row, list) in plain.iter().enumerate() {
            assert_eq!(lists.get(row as u32), list, "{row}");
        }
        assert!(lists.moved.len() <= MOST_MOVED + 10_001 / 16);
        let (items, starts) = lists.main();
        let moved = *lists.moved.keys().min().unwrap() as usize;
        assert!(items[starts[moved] as usize..starts[moved + 1] as usize].iter().all(|i| *i == 0));
    }
}
