//! Gamma-Gamma: what a customer spends on a day of buying (Fader and Hardie 2013). Works on revenue;
//! margin is applied after, because a negative margin breaks the model. Never looks at when they buy.

use super::optimise::minimise;
use super::purchasing::{at_most, sum};
use super::special::ln_gamma;
use super::{ENOUGH_REPEATERS, Fit, NotEnough, Summary, What};

const MOST_CUSTOMERS: usize = 100_000;
const ROUGH_CUSTOMERS: usize = 2_000;
/// Mean and spread of ln p and ln (q - 1) where data are few, around the CDNOW fit (6.25, 3.74); the
/// spread is ours. The scale γ follows the customers' own mean.
const PRIOR: [(f64, f64); 2] = [(1.83, 0.7), (1.01, 0.7)];

/// Parameters of the model; money is in major units.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct GammaGamma {
    /// Shape of one customer's amounts.
    pub p: f64,
    /// Shape of the customers' means; above 1, so that the mean of means exists.
    pub q: f64,
    /// Scale of the customers' means.
    pub gamma: f64,
}

impl GammaGamma {
    /// Expected spend on a day of buying, given `x` repeat days of mean `mean` (eq. 5): the mean of
    /// all customers at x = 0, ever closer to their own mean as x grows.
    pub fn expected_mean(&self, x: u32, mean: f64) -> f64 {
        let x = f64::from(x);
        self.p * (self.gamma + x * mean.max(0.0)) / (self.p * x + self.q - 1.0)
    }

    /// Expected spend of a customer nothing is known about.
    pub fn population_mean(&self) -> f64 {
        self.expected_mean(0, 0.0)
    }

    /// Log-likelihood of a mean of `mean` > 0 over `x` > 0 days (eq. 1a).
    pub fn log_likelihood(&self, x: u32, mean: f64) -> f64 {
        let px = self.p * f64::from(x);
        self.per_x(f64::from(x)) + (px - 1.0) * mean.ln()
            - (px + self.q) * (self.gamma + f64::from(x) * mean).ln()
    }

    /// The part that only the count decides.
    fn per_x(&self, x: f64) -> f64 {
        let px = self.p * x;
        ln_gamma(px + self.q) - ln_gamma(px) - ln_gamma(self.q)
            + self.q * self.gamma.ln()
            + px * x.ln()
    }
}

/// Fits by maximum likelihood over the customers with repeat days that brought something.
///
/// With fewer than [`ENOUGH_REPEATERS`] of them a prior is added and [`Fit::shrunk`] is set; with
/// none there is nothing to fit.
pub fn fit(customers: &[Summary]) -> Result<Fit<GammaGamma>, NotEnough> {
    let spenders: Vec<Summary> =
        customers.iter().filter(|c| c.x > 0 && c.mean > 0.0).copied().collect();
    let Some(mean) = mean_of(&spenders) else {
        return Err(NotEnough { needed: 1, have: 0, what: What::RepeatBuyers });
    };
    let (all, rough) =
        (Sample::new(&spenders, MOST_CUSTOMERS), Sample::new(&spenders, ROUGH_CUSTOMERS));
    let shrunk = spenders.len() < ENOUGH_REPEATERS;
    let penalty = |at: &[f64; 3]| if shrunk { against(at) } else { 0.0 };
    let start = [6.0, 3.0, mean / 2.0];
    let best = minimise(
        start,
        |at| penalty(at) - rough.log_likelihood(at, mean),
        |at| penalty(at) - all.log_likelihood(at, mean),
    );
    let model = model(&best.at, mean);
    let n = all.rows.len();
    Ok(Fit {
        model,
        log_likelihood: all.log_likelihood(&best.at, mean),
        n,
        repeaters: n,
        iterations: best.steps,
        shrunk,
    })
}

/// The mean of the customers' means, in which the scale γ is searched; `None` of nobody.
fn mean_of(spenders: &[Summary]) -> Option<f64> {
    let mean = spenders.iter().map(|c| c.mean).sum::<f64>() / spenders.len() as f64;
    mean.is_finite().then_some(mean)
}

/// The searched parameters are p, q - 1 and γ in units of the customers' mean: free of currency.
fn model(at: &[f64; 3], mean: f64) -> GammaGamma {
    GammaGamma { p: at[0], q: 1.0 + at[1], gamma: at[2] * mean }
}

/// Minus the log-density of the prior, up to a constant; γ is drawn to where the means agree.
fn against(at: &[f64; 3]) -> f64 {
    let shapes: f64 =
        at.iter().zip(PRIOR).map(|(p, (mean, sd))| ((p.ln() - mean) / sd).powi(2) / 2.0).sum();
    let population = at[0] * at[2] / at[1];
    shapes + population.ln().powi(2) / 2.0
}

struct Sample {
    rows: Vec<Row>,
    /// Distinct x, ascending.
    xs: Vec<f64>,
}

struct Row {
    x: u32,
    ln_mean: f64,
    total: f64,
}

impl Sample {
    fn new(spenders: &[Summary], most: usize) -> Self {
        let mut xs: Vec<f64> = at_most(spenders, most).map(|c| f64::from(c.x)).collect();
        xs.sort_unstable_by(f64::total_cmp);
        xs.dedup();
        let rows = at_most(spenders, most)
            .map(|c| {
                let x = f64::from(c.x);
                let at = xs.partition_point(|known| *known < x) as u32;
                Row { x: at, ln_mean: c.mean.ln(), total: x * c.mean }
            })
            .collect();
        Self { rows, xs }
    }

    fn log_likelihood(&self, at: &[f64; 3], mean: f64) -> f64 {
        let m = model(at, mean);
        let per_x: Vec<f64> = self.xs.iter().map(|x| m.per_x(*x)).collect();
        // The table is indexed by what built it, so every index is inside.
        sum(&self.rows, |row| {
            let px = m.p * self.xs[row.x as usize];
            per_x[row.x as usize] + (px - 1.0) * row.ln_mean
                - (px + m.q) * (m.gamma + row.total).ln()
        })
    }
}

/// Correlation of how often with how much among repeat buyers: the model takes them to be unrelated,
/// so far from 0 its means lean the wrong way. `None` with fewer than two, or all alike.
pub fn frequency_spend_correlation(customers: &[Summary]) -> Option<f64> {
    let pairs =
        || customers.iter().filter(|c| c.x > 0 && c.mean > 0.0).map(|c| (f64::from(c.x), c.mean));
    let n = pairs().count() as f64;
    let (sx, sm) = pairs().fold((0.0, 0.0), |(x, m), (a, b)| (x + a, m + b));
    let (mx, mm) = (sx / n, sm / n);
    let (xx, mm2, xm) = pairs().fold((0.0, 0.0, 0.0), |(xx, m2, xm), (a, b)| {
        (xx + (a - mx).powi(2), m2 + (b - mm).powi(2), xm + (a - mx) * (b - mm))
    });
    let spread = (xx * mm2).sqrt();
    (spread > 0.0).then(|| xm / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CDNOW: GammaGamma = GammaGamma { p: 6.25, q: 3.74, gamma: 15.44 };

    #[test]
    fn the_mean_moves_from_all_to_ones_own() {
        let own = 100.0;
        let means = [0, 1, 10, 1_000].map(|x| CDNOW.expected_mean(x, own));
        assert!((means[0] - 6.25 * 15.44 / 2.74).abs() < 1e-12);
        assert!(means.windows(2).all(|w| w[0] < w[1]), "{means:?}");
        assert!((means[3] - own).abs() < 0.1);
        assert!(CDNOW.expected_mean(3, -5.0) >= 0.0);
    }

    #[test]
    fn fitting_needs_someone_who_spent_and_says_when_few_did() {
        let c = |x, mean| Summary { x, t_x: 1.0, tenure: 2.0, mean };
        for nobody in [vec![], vec![c(0, 0.0)], vec![c(3, 0.0)], vec![c(1, -4.0)]] {
            let needs = NotEnough { needed: 1, have: 0, what: What::RepeatBuyers };
            assert_eq!(fit(&nobody), Err(needs));
        }
        for scale in [1e-3, 1.0, 1e9] {
            for few in [vec![c(2, 30.0 * scale)], vec![c(1, 30.0 * scale); 40]] {
                let fit = fit(&few).expect("someone spent");
                let population = fit.model.population_mean() / scale;
                assert!(fit.shrunk && fit.n == few.len(), "{fit:?}");
                assert!((10.0..90.0).contains(&population), "{fit:?}");
            }
        }
    }

    #[test]
    fn the_sum_is_that_of_the_single_customers() {
        let rows: Vec<_> = (1..50)
            .map(|i| Summary { x: i % 5 + 1, t_x: 1.0, tenure: 2.0, mean: f64::from(i) })
            .collect();
        let m = model(&[6.0, 2.0, 0.5], 30.0);
        let single: f64 = rows.iter().map(|c| m.log_likelihood(c.x, c.mean)).sum();
        let found = Sample::new(&rows, 100).log_likelihood(&[6.0, 2.0, 0.5], 30.0);
        assert!((found / single - 1.0).abs() < 1e-12, "{found} {single}");
    }

    #[test]
    fn correlation_of_what_is_alike_is_not_told() {
        let c = |x, mean| Summary { x, t_x: 1.0, tenure: 2.0, mean };
        assert_eq!(frequency_spend_correlation(&[]), None);
        assert_eq!(frequency_spend_correlation(&[c(2, 5.0), c(2, 6.0)]), None);
        let up = frequency_spend_correlation(&[c(1, 5.0), c(2, 6.0), c(0, 99.0)]);
        assert!(up.is_some_and(|r| (r - 1.0).abs() < 1e-12));
    }
}
