//! Finds texts in the columns that hold them one after another.

use std::ops::Range;

use memchr::memmem::Finder;

use super::bits::Bits;
use super::lists::Lists;
use super::parallel;
use super::pool::Pool;

/// Calls `hit` for the rows of the range whose text has the needle, with the text and where in it the
/// needle first stands. Rows whose text has moved come last.
pub(super) fn each_with(
    lists: &Lists<u8>,
    rows: Range<usize>,
    finder: &Finder<'_>,
    mut hit: impl FnMut(u32, &[u8], usize),
) {
    let (bytes, starts) = lists.main();
    let covered = lists.covered(&rows);
    let mut at = starts[covered.start] as usize;
    let end = starts[covered.end] as usize;
    let mut row = covered.start;
    while let Some(found) = finder.find(&bytes[at..end]) {
        let found = at + found;
        row += row_at(&starts[row..=covered.end], found);
        let from = starts[row] as usize;
        let to = starts[row + 1] as usize;
        hit(row as u32, &bytes[from..to], found - from);
        at = to;
        row += 1;
    }
    for (row, list) in lists.moved(&rows) {
        if let Some(found) = finder.find(list) {
            hit(row, list, found);
        }
    }
}

/// The rows whose text has the needle where `accept` takes it: it is given the text and the place.
/// All places are tried.
pub(super) fn rows_with(
    lists: &Lists<u8>,
    rows: usize,
    needle: &str,
    accept: impl Fn(&[u8], usize) -> bool + Sync,
) -> Bits {
    let finder = Finder::new(needle);
    let parts = parallel::split(rows, |range| {
        let base = range.start;
        let mut words = vec![0_u64; range.len().div_ceil(64)];
        each_with(lists, range, &finder, |row, text, first| {
            let mut at = first;
            loop {
                if accept(text, at) {
                    let row = row as usize - base;
                    words[row / 64] |= 1 << (row % 64);
                    return;
                }
                let Some(next) = text.get(at + 1..).and_then(|rest| finder.find(rest)) else {
                    return;
                };
                at += 1 + next;
            }
        });
        words
    });
    Bits::from_parts(parts)
}

/// The rows that have any text.
pub(super) fn not_empty(lists: &Lists<u8>, rows: usize) -> Bits {
    let mut bits = Bits::with_rows(rows);
    for row in 0..rows as u32 {
        if !lists.get(row).is_empty() {
            bits.add(row);
        }
    }
    bits
}

/// The numbers of the texts of a pool that have the needle.
pub(super) fn containing(pool: &Pool, needle: &str) -> Bits {
    let mut bits = Bits::with_rows(pool.len());
    each_in(pool, 0..pool.len(), &Finder::new(needle), |number, _| {
        bits.add(number);
    });
    bits
}

/// Calls `hit` for those of some texts of a pool that have the needle, with the place where it first
/// stands.
pub(super) fn each_in(
    pool: &Pool,
    numbers: Range<usize>,
    finder: &Finder<'_>,
    mut hit: impl FnMut(u32, usize),
) {
    let (bytes, starts) = (pool.bytes(), pool.starts());
    let (mut at, mut number) = (starts[numbers.start] as usize, numbers.start);
    let end = starts[numbers.end] as usize;
    while let Some(found) = finder.find(&bytes[at..end]) {
        let found = at + found;
        number += row_at(&starts[number..=numbers.end], found);
        hit(number as u32, found - starts[number] as usize);
        number += 1;
        at = starts[number] as usize;
    }
}

/// The entry that holds the place; `starts` ascend, hold it, and equal ones are empty entries.
fn row_at(starts: &[u32], place: usize) -> usize {
    // Where nearly every text is hit, the next hit is in the next entry.
    if starts.get(1).is_some_and(|next| place < *next as usize) {
        return 0;
    }
    // Most hits are near the last one: steps that double, then halves.
    let mut step = 1;
    while starts.get(step).is_some_and(|s| *s as usize <= place) {
        step *= 2;
    }
    let low = step / 2;
    let high = step.min(starts.len() - 1);
    low + starts[low..=high].partition_point(|s| *s as usize <= place) - 1
}

/// The ways a phone typed as these digits may be kept: as they are, and without the trunk zero or
/// the international prefix, since phones are kept with their country code.
pub(super) fn phone_forms(digits: &str) -> Vec<&str> {
    let bare = digits.strip_prefix("00").or_else(|| digits.strip_prefix('0'));
    let bare = bare.filter(|d| d.len() >= 3 && !d.starts_with('0'));
    std::iter::once(digits).chain(bare).collect()
}
