//! What all models of "buys until gone" can be asked. Never fits anything.

use super::Summary;

/// Later dates are not told: a century of weeks.
pub const FARTHEST_WEEKS: f64 = 5_218.0;

/// A model of customers who buy at their own pace until they silently leave.
///
/// `x`, `t_x` and `tenure` are those of [`Summary`]; times are weeks. Recency outside 0..=tenure is
/// taken to its nearer end.
pub trait PurchaseModel: Sync {
    /// Log-likelihood of one customer.
    fn log_likelihood(&self, x: u32, t_x: f64, tenure: f64) -> f64;

    /// Chance that the customer is still with us.
    fn p_alive(&self, x: u32, t_x: f64, tenure: f64) -> f64;

    /// Expected days of buying in the next `horizon` weeks.
    fn expected_purchases(&self, x: u32, t_x: f64, tenure: f64, horizon: f64) -> f64;

    /// Weeks after the first purchase at which P(alive) of one who has been silent since `t_x` falls to
    /// `threshold`; `None` when no silence of a century is long enough. To a thousandth of a week.
    ///
    /// Silence tells more than time alone: this comes sooner than the day on which P(alive) as of now,
    /// with nothing known of the days between, has fallen as low.
    fn gone_at(&self, x: u32, t_x: f64, threshold: f64) -> Option<f64> {
        if threshold <= 0.0 {
            return None;
        }
        let t_x = t_x.max(0.0);
        let above = |silent: f64| self.p_alive(x, t_x, t_x + silent) - threshold;
        let (mut low, mut from) = (0.0, above(0.0));
        if from <= 0.0 {
            return Some(t_x);
        }
        let (mut high, mut to) = (1.0, above(1.0));
        while to > 0.0 {
            (low, from, high) = (high, to, 2.0 * high);
            if high > FARTHEST_WEEKS {
                return None;
            }
            to = above(high);
        }
        // Regula falsi, the end that stays put halved each time (Illinois).
        while high - low > 1e-3 {
            let there = (high - to * (high - low) / (to - from)).clamp(low, high);
            let height = above(there);
            if height > 0.0 {
                (low, from, to) = (there, height, to / 2.0);
            } else {
                (high, to, from) = (there, height, from / 2.0);
            }
            if height.abs() < 1e-9 {
                return Some(t_x + there);
            }
        }
        Some(t_x + high)
    }

    /// Expected purchases in each of the next `periods` of `period` weeks, discounted at `rate` a
    /// period from its end, as `lifetimes` sums customer lifetime value. Times the value of a
    /// purchase it is the value over that time.
    fn discounted_purchases(&self, s: &Summary, periods: u32, period: f64, rate: f64) -> f64 {
        let mut before = 0.0;
        let mut sum = 0.0;
        for i in 1..=periods {
            let n = f64::from(i);
            let until = self.expected_purchases(s.x, s.t_x, s.tenure, n * period);
            sum += (until - before) / (1.0 + rate).powf(n);
            before = until;
        }
        sum
    }
}

/// Recency and tenure with recency inside tenure and neither below zero nor NaN.
pub(super) fn inside(t_x: f64, tenure: f64) -> (f64, f64) {
    let tenure = tenure.max(0.0);
    (t_x.max(0.0).min(tenure), tenure)
}

/// Equal customers of a set, with how many there are: they share every figure of a purchase model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Group {
    pub x: u32,
    pub t_x: f64,
    pub tenure: f64,
    pub count: f64,
}

/// Groups equal (x, t_x, tenure); ascending, so that the sums never depend on the order of rows.
pub(super) fn group<'a>(summaries: impl Iterator<Item = &'a Summary>) -> Vec<Group> {
    let mut all: Vec<Group> = summaries
        .map(|s| {
            let (t_x, tenure) = inside(s.t_x, s.tenure);
            Group { x: s.x, t_x, tenure, count: 1.0 }
        })
        .collect();
    all.sort_unstable_by(|a, b| {
        a.x.cmp(&b.x).then(a.tenure.total_cmp(&b.tenure)).then(a.t_x.total_cmp(&b.t_x))
    });
    all.dedup_by(|next, kept| {
        let same = (kept.x, kept.t_x, kept.tenure) == (next.x, next.t_x, next.tenure);
        if same {
            kept.count += next.count;
        }
        same
    });
    all
}

/// Every k-th, so that at most `most` are left; a fit on a hundred thousand knows its parameters to
/// a fraction of a percent.
pub(super) fn at_most(summaries: &[Summary], most: usize) -> impl Iterator<Item = &Summary> {
    summaries.iter().step_by(summaries.len().div_ceil(most).max(1))
}

/// Sums `f` over the groups on all cores, in pieces of fixed size: the same on any machine.
pub(super) fn sum<T: Sync>(of: &[T], f: impl Fn(&T) -> f64 + Sync) -> f64 {
    const PIECE: usize = 2_048;
    let piece = |piece: &[T]| piece.iter().map(&f).sum::<f64>();
    let cores = cores().min(of.len() / PIECE);
    if cores < 2 {
        return of.chunks(PIECE).map(piece).sum();
    }
    let pieces: Vec<&[T]> = of.chunks(PIECE).collect();
    let share = pieces.len().div_ceil(cores);
    let sums: Vec<f64> = std::thread::scope(|scope| {
        let workers: Vec<_> = pieces
            .chunks(share)
            .map(|mine| scope.spawn(move || mine.iter().map(|p| piece(p)).collect::<Vec<_>>()))
            .collect();
        // A worker only computes; should one die, its part is no number and the point loses.
        workers.into_iter().flat_map(|w| w.join().unwrap_or_else(|_| vec![f64::NAN])).collect()
    });
    sums.iter().sum()
}

/// How many threads are worth starting.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_customers_are_one_group_in_any_order() {
        let s = |x, t_x, tenure| Summary { x, t_x, tenure, mean: 1.0 };
        let rows = [s(1, 2.0, 9.0), s(0, 0.0, 9.0), s(1, 2.0, 9.0), s(1, 99.0, 9.0)];
        let groups = group(rows.iter());
        assert_eq!(groups, group(rows.iter().rev()));
        assert_eq!(groups.iter().map(|g| g.count).collect::<Vec<_>>(), [1.0, 2.0, 1.0]);
        assert_eq!((groups[2].t_x, groups[2].tenure), (9.0, 9.0)); // recency kept inside tenure
    }

    #[test]
    fn a_sum_is_the_same_in_pieces() {
        let rows: Vec<f64> = (0..10_000).map(f64::from).collect();
        assert_eq!(sum(&rows, |r| *r), 49_995_000.0);
        assert_eq!(sum(&rows[..0], |r| *r), 0.0);
    }
}
