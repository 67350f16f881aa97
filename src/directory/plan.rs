//! An expression made ready for the columns, evaluated block by block, one bit a row.

use std::ops::Range;

use crate::domain::expression::{Expression, Op};
use crate::domain::{AgentId, Day};

use super::bits::{BLOCK, BLOCK_WORDS, Bits};
use super::columns::{Columns, UNKNOWN};
use super::lists::Lists;

/// What an expression is evaluated against beside the columns.
pub(super) struct Setting<'a> {
    pub columns: &'a Columns,
    pub today: Day,
    pub me: Option<AgentId>,
    pub minor_per_major: i64,
    pub agents: &'a [(AgentId, String)],
    /// The rows the search bar finds for a text.
    pub search: &'a dyn Fn(&str) -> Bits,
    /// The rows of those who bought what a text names, or anything.
    pub bought: &'a dyn Fn(Option<&str>) -> Bits,
    /// The rows of those who bought from one day to another.
    pub bought_in: &'a dyn Fn(Day, Day) -> Bits,
}

/// A block of rows, one bit each.
pub(super) type Mask = [u64; BLOCK_WORDS];

/// An expression ready to be evaluated.
pub(super) enum Plan<'a> {
    Fixed(bool),
    And(Vec<Plan<'a>>),
    Or(Vec<Plan<'a>>),
    Not(Box<Plan<'a>>),
    Codes(&'a [u32], Bits),
    Bytes(&'a [u8], Box<[bool; 256]>),
    Days(&'a [i32], i32, i32),
    Counts(&'a [u32], i64, i64),
    Ids(&'a [u64], i64, i64),
    Money(&'a [i64], i64, i64),
    Share(&'a [f32], Op, f32),
    Known(&'a [f32]),
    Birthday(&'a [i32], Box<[[bool; 32]; 13]>),
    List(&'a Lists<u32>, Bits),
    Name(&'a Lists<u32>, Vec<u32>),
    External(&'a Columns, String),
    Rows(Bits),
}

impl<'a> Plan<'a> {
    pub fn new(e: &Expression, s: &Setting<'a>) -> Self {
        match e {
            Expression::All => Self::Fixed(true),
            Expression::And(all) => Self::And(all.iter().map(|e| Self::new(e, s)).collect()),
            Expression::Or(some) => Self::Or(some.iter().map(|e| Self::new(e, s)).collect()),
            Expression::Not(e) => Self::Not(Box::new(Self::new(e, s))),
            Expression::Word(text) => Self::Rows((s.search)(text)),
            Expression::Test(test) => Self::test(test, s),
        }
    }

    /// The rows of the block that begins at `from` that pass.
    pub fn eval(&self, from: usize, rows: usize, out: &mut Mask) {
        let end = (from + BLOCK).min(rows);
        match self {
            Self::Fixed(yes) => out.fill(if *yes { u64::MAX } else { 0 }),
            Self::Not(plan) => {
                plan.eval(from, rows, out);
                for w in out.iter_mut() {
                    *w = !*w;
                }
            }
            Self::And(plans) => {
                out.fill(u64::MAX);
                let mut one = [0; BLOCK_WORDS];
                for plan in plans {
                    if out.iter().all(|w| *w == 0) {
                        return;
                    }
                    plan.eval(from, rows, &mut one);
                    out.iter_mut().zip(&one).for_each(|(w, o)| *w &= o);
                }
            }
            Self::Or(plans) => {
                out.fill(0);
                let mut one = [0; BLOCK_WORDS];
                for plan in plans {
                    plan.eval(from, rows, &mut one);
                    out.iter_mut().zip(&one).for_each(|(w, o)| *w |= o);
                }
            }
            Self::Codes(column, wanted) => fill(&column[from..end], out, |code| wanted.has(*code)),
            Self::Bytes(column, wanted) => {
                fill(&column[from..end], out, |byte| wanted[usize::from(*byte)]);
            }
            Self::Days(column, low, high) => {
                let low = (*low).max(Day::NEVER.0 + 1);
                fill(&column[from..end], out, |day| *day >= low && *day <= *high);
            }
            Self::Counts(column, low, high) => {
                fill(&column[from..end], out, |n| i64::from(*n) >= *low && i64::from(*n) <= *high);
            }
            Self::Ids(column, low, high) => fill(&column[from..end], out, |id| {
                i64::try_from(*id).is_ok_and(|id| id >= *low && id <= *high)
            }),
            Self::Money(column, low, high) => {
                let low = (*low).max(UNKNOWN + 1);
                fill(&column[from..end], out, |sum| *sum >= low && *sum <= *high);
            }
            Self::Share(column, op, than) => {
                let (column, than) = (&column[from..end], *than);
                match op {
                    Op::Less => fill(column, out, |x| *x < than),
                    Op::AtMost => fill(column, out, |x| *x <= than),
                    Op::Greater => fill(column, out, |x| *x > than),
                    Op::AtLeast => fill(column, out, |x| *x >= than),
                    Op::Equal | Op::Has => fill(column, out, |x| (*x - than).abs() < 0.000_05),
                }
            }
            Self::Known(column) => fill(&column[from..end], out, |x| !x.is_nan()),
            Self::Birthday(column, wanted) => fill(&column[from..end], out, |birth| {
                *birth != Day::NEVER.0 && {
                    let (month, day) = month_and_day(*birth);
                    wanted[month][day]
                }
            }),
            Self::List(lists, wanted) => {
                in_lists(lists, from..end, out, |list| list.iter().any(|code| wanted.has(*code)));
            }
            Self::Name(lists, words) => in_lists(lists, from..end, out, |list| {
                list.split(|word| *word == 0).any(|name| name == words)
            }),
            Self::External(columns, id) => {
                out.fill(0);
                for (at, row) in (from..end).enumerate() {
                    let mut ids = columns.external_ids(row as u32);
                    let same = ids.any(|own| own.eq_ignore_ascii_case(id.as_bytes()));
                    out[at / 64] |= u64::from(same) << (at % 64);
                }
            }
            Self::Rows(bits) => {
                out.iter_mut().enumerate().for_each(|(w, o)| *o = bits.word(from / 64 + w));
            }
        }
    }
}

/// One bit an entry.
fn fill<T>(column: &[T], out: &mut Mask, passes: impl Fn(&T) -> bool) {
    out.fill(0);
    for (chunk, word) in column.chunks(64).zip(out) {
        let mut bits = 0;
        for (at, entry) in chunk.iter().enumerate() {
            bits |= u64::from(passes(entry)) << at;
        }
        *word = bits;
    }
}

/// One bit a list.
fn in_lists(
    lists: &Lists<u32>,
    rows: Range<usize>,
    out: &mut Mask,
    passes: impl Fn(&[u32]) -> bool,
) {
    out.fill(0);
    let (items, starts) = lists.main();
    let covered = lists.covered(&rows);
    for row in covered {
        let list = &items[starts[row] as usize..starts[row + 1] as usize];
        let at = row - rows.start;
        out[at / 64] |= u64::from(passes(list)) << (at % 64);
    }
    for (row, list) in lists.moved(&rows) {
        let at = row as usize - rows.start;
        out[at / 64] &= !(1 << (at % 64));
        out[at / 64] |= u64::from(passes(list)) << (at % 64);
    }
}

/// Month and day of the month of a count of days since 1970-01-01 (H. Hinnant, "chrono-compatible
/// low-level date algorithms", `civil_from_days`).
pub(super) fn month_and_day(days: i32) -> (usize, usize) {
    let shifted = i64::from(days) + 719_468;
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (month as usize, day as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    pub(super) fn month_and_day_agree_with_the_calendar() {
        for day in (-200_000..200_000).step_by(17) {
            let date = Day(day).date().unwrap();
            let want = (date.month() as usize, date.day() as usize);
            assert_eq!(month_and_day(day), want, "{date}");
        }
    }
}
