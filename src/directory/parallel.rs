//! Work on all rows by all cores.

use std::num::NonZero;
use std::ops::Range;
use std::sync::OnceLock;
use std::thread;

use super::bits::BLOCK;

/// Below this many rows starting a thread costs more than it brings.
const WORTH_A_THREAD: usize = 16 * BLOCK;

/// Most threads for one question: others ask too.
const MOST_THREADS: usize = 8;

/// Runs `work` on parts of the rows, whole blocks each, and gives back what came of them in order.
pub(super) fn split<T: Send>(rows: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let parts = cores().min(rows / WORTH_A_THREAD).max(1);
    if parts == 1 {
        return vec![work(0..rows)];
    }
    let each = rows.div_ceil(parts).next_multiple_of(BLOCK);
    let ranges: Vec<_> =
        (0..parts).map(|p| (p * each).min(rows)..((p + 1) * each).min(rows)).collect();
    let work = &work;
    thread::scope(|scope| {
        let mut ranges = ranges.into_iter();
        let mine = ranges.next();
        let others: Vec<_> = ranges.map(|range| scope.spawn(move || work(range))).collect();
        let mut done: Vec<T> = mine.map(work).into_iter().collect();
        for other in others {
            match other.join() {
                Ok(part) => done.push(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    })
}

/// A range in pieces of at most so many rows, each beginning on a block.
pub(super) fn pieces(range: Range<usize>, most: usize) -> impl Iterator<Item = Range<usize>> {
    let end = range.end;
    range.step_by(most).map(move |from| from..(from + most).min(end))
}

fn cores() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS))
}
