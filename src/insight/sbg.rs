//! sBG: how many of a cohort renew each period, and how many will (Fader and Hardie 2007, "How to
//! project customer retention"). Each customer leaves at each renewal with a chance of their own.
//! Never looks at single customers.

use super::optimise::minimise;
use super::special::{hyp2f1_1, ln_beta};
use super::{Fit, NotEnough, What};

/// Parameters of the beta distribution of the chance to leave at a renewal.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Sbg {
    /// Weight of leaving.
    pub alpha: f64,
    /// Weight of renewing.
    pub beta: f64,
}

impl Sbg {
    /// Part of a cohort that is still there after `renewals`.
    pub fn survival(&self, renewals: u32) -> f64 {
        (ln_beta(self.alpha, self.beta + f64::from(renewals)) - ln_beta(self.alpha, self.beta))
            .exp()
    }

    /// Part of those still there after `renewals` - 1 that renew once more; rises with time, because
    /// those who leave easily have left.
    pub fn retention(&self, renewals: u32) -> f64 {
        let stayed = self.beta + f64::from(renewals.max(1)) - 1.0;
        stayed / (self.alpha + stayed)
    }

    /// Discounted expected residual lifetime in periods of one who has renewed `renewals` times and is
    /// about to decide again, at `rate` a period (Fader and Hardie 2010, eq. 6). A rate of zero or
    /// below counts as 1e-4.
    pub fn residual_lifetime(&self, renewals: u32, rate: f64) -> f64 {
        let next = self.beta + f64::from(renewals) + 1.0;
        let z = 1.0 / (1.0 + rate.max(1e-4));
        self.retention(renewals.saturating_add(1)) * hyp2f1_1(next, self.alpha + next, z)
    }
}

/// Fits to the numbers still there: at the start, after one renewal, after two, and so on, as far as
/// was seen. A count above the one before is taken down to it.
///
/// Errors with fewer than three counts or nobody at the start; [`Fit::n`] is the cohort's size and
/// [`Fit::repeaters`] those who renewed at least once.
pub fn fit(still_there: &[u32]) -> Result<Fit<Sbg>, NotEnough> {
    let size = still_there.first().copied().unwrap_or_default();
    if still_there.len() < 3 || size == 0 {
        let have = if size == 0 { 0 } else { still_there.len() };
        return Err(NotEnough { needed: 3, have, what: What::Rows });
    }
    let mut counts: Vec<f64> = still_there.iter().map(|n| f64::from(*n)).collect();
    for i in 1..counts.len() {
        counts[i] = counts[i].min(counts[i - 1]);
    }
    let likelihood = |p: &[f64; 2]| {
        let m = Sbg { alpha: p[0], beta: p[1] };
        let mut before = 1.0;
        let mut sum = 0.0;
        for (renewals, pair) in (1..).zip(counts.windows(2)) {
            let [were, are] = [pair[0], pair[1]];
            let after = before * m.retention(renewals);
            if were > are {
                sum += (were - are) * f64::ln(before - after);
            }
            before = after;
        }
        sum + counts.last().copied().unwrap_or_default() * before.ln()
    };
    let cost = |p: &[f64; 2]| -likelihood(p);
    let best = minimise([1.0, 3.0], cost, cost);
    Ok(Fit {
        model: Sbg { alpha: best.at[0], beta: best.at[1] },
        log_likelihood: likelihood(&best.at),
        n: size as usize,
        repeaters: counts[1] as usize,
        iterations: best.steps,
        shrunk: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The "High End" cohort of the paper: seven years to fit, five to project.
    const HIGH_END: [u32; 13] = [1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394];
    const REGULAR: [u32; 8] = [1000, 631, 468, 382, 326, 289, 262, 241];

    #[test]
    fn the_cohorts_of_the_paper() {
        let fit = fit(&HIGH_END[..8]).expect("a cohort");
        let m = fit.model;
        assert!((m.alpha - 0.668).abs() < 1e-3 && (m.beta - 3.806).abs() < 5e-3, "{fit:?}");
        assert!((fit.log_likelihood + 1611.2).abs() < 0.05, "{fit:?}");
        // Survival of years 8 to 12 and residual lifetime at 10 %, as published with the
        // Python implementation of the paper (jdmaturen/shifted_beta_geometric_py).
        for (year, wanted) in (8..).zip([0.460, 0.436, 0.414, 0.395, 0.378]) {
            assert!((m.survival(year) - wanted).abs() < 6e-4, "{year}: {}", m.survival(year));
            let came = f64::from(HIGH_END[year as usize]) / 1000.0;
            assert!((m.survival(year) - came).abs() < 0.02, "{year}");
        }
        assert!(
            (m.residual_lifetime(7, 0.1) - 7.530).abs() < 5e-3,
            "{}",
            m.residual_lifetime(7, 0.1)
        );

        let regular = super::fit(&REGULAR).expect("a cohort").model;
        assert!(
            (regular.alpha - 0.704).abs() < 1e-3 && (regular.beta - 1.182).abs() < 2e-3,
            "{regular:?}"
        );
    }

    #[test]
    fn residual_lifetime_is_its_sum() {
        let m = Sbg { alpha: 0.7, beta: 1.2 };
        let mut sum = 0.0;
        let mut alive = 1.0;
        for renewal in 3..5_000 {
            alive *= m.retention(renewal);
            sum += alive / 1.1_f64.powi(renewal as i32 - 3);
        }
        assert!((m.residual_lifetime(2, 0.1) - sum).abs() < 1e-9);
    }

    #[test]
    fn a_cohort_must_have_been_seen_for_a_while() {
        for (counts, have) in [(&[][..], 0), (&[0, 0, 0][..], 0), (&[10, 9][..], 2)] {
            assert_eq!(fit(counts), Err(NotEnough { needed: 3, have, what: What::Rows }));
        }
        for odd in [[10, 10, 10], [10, 0, 0], [5, 9, 2]] {
            let fit = fit(&odd).expect("three counts");
            assert!(fit.log_likelihood.is_finite() && fit.model.survival(9) <= 1.0, "{fit:?}");
        }
    }
}
