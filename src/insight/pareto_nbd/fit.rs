//! The likeliest parameters of a Pareto/NBD for a set of customers.

use super::super::optimise::minimise;
use super::super::purchasing::{Group, at_most, group, sum};
use super::super::special::{hyp2f1_1, ln_gamma};
use super::super::{ENOUGH_REPEATERS, Fit, NotEnough, Summary, What};
use super::{ParetoNbd, ln_1p_odds};

/// A fit looks at no more customers than this, evenly picked.
const MOST_CUSTOMERS: usize = 100_000;
/// The wide search looks at no more than this.
const ROUGH_CUSTOMERS: usize = 2_000;

/// Mean and spread of ln r, ln α, ln s, ln β where data are few. The means lie among published weekly
/// fits: CDNOW .553, 10.58, .606, 11.67 (Fader and Hardie 2005) and .563, 12.56, .408, 10.51 (the BTYD
/// walkthrough's discounting example). The spreads are ours: wide for the scales, which follow a
/// trade's pace, narrower for the shapes.
const PRIOR: [(f64, f64); 4] = [(-0.58, 0.7), (2.44, 1.2), (-0.69, 0.7), (2.40, 1.2)];

/// Fits by maximum likelihood over customers grouped by equal (x, t_x, T).
///
/// With fewer than [`ENOUGH_REPEATERS`] repeat buyers a log-normal prior from published fits is
/// added and [`Fit::shrunk`] is set. Above a hundred thousand customers every k-th is used, and
/// [`Fit::n`] says how many that were. Errors when nobody has bought.
pub fn fit(customers: &[Summary]) -> Result<Fit<ParetoNbd>, NotEnough> {
    if customers.is_empty() {
        return Err(NotEnough { needed: 1, have: 0, what: What::Customers });
    }
    let all = Sample::new(group(at_most(customers, MOST_CUSTOMERS)));
    let rough = Sample::new(group(at_most(customers, ROUGH_CUSTOMERS)));
    let shrunk = all.repeaters < ENOUGH_REPEATERS;
    let penalty = |p: &[f64; 4]| if shrunk { against(p) } else { 0.0 };
    let best = minimise(
        all.start(),
        |p| penalty(p) - rough.log_likelihood(p),
        |p| penalty(p) - all.log_likelihood(p),
    );
    Ok(Fit {
        model: ParetoNbd { r: best.at[0], alpha: best.at[1], s: best.at[2], beta: best.at[3] },
        log_likelihood: all.log_likelihood(&best.at),
        n: all.n,
        repeaters: all.repeaters,
        iterations: best.steps,
        shrunk,
    })
}

/// Minus the log-density of the prior, up to a constant.
fn against(p: &[f64; 4]) -> f64 {
    p.iter().zip(PRIOR).map(|(p, (mean, sd))| ((p.ln() - mean) / sd).powi(2) / 2.0).sum()
}

/// Groups as indexes into tables of what few of them differ in: counts of purchases and times.
struct Sample {
    rows: Vec<Row>,
    /// Distinct x, ascending.
    xs: Vec<u32>,
    /// Distinct t_x and T, ascending.
    times: Vec<f64>,
    n: usize,
    repeaters: usize,
    /// Purchases and weeks seen, summed over the customers.
    seen: (f64, f64),
}

#[derive(Clone, Copy)]
struct Row {
    x: u32,
    t_x: u32,
    tenure: u32,
    count: f32,
}

impl Sample {
    fn new(groups: Vec<Group>) -> Self {
        let mut xs: Vec<u32> = groups.iter().map(|g| g.x).collect();
        xs.dedup(); // groups ascend in x
        let mut times: Vec<f64> = groups.iter().flat_map(|g| [g.t_x, g.tenure]).collect();
        times.sort_unstable_by(f64::total_cmp);
        times.dedup();
        let time = |t: f64| times.partition_point(|known| *known < t) as u32;
        let rows = groups
            .iter()
            .map(|g| Row {
                x: xs.partition_point(|known| *known < g.x) as u32,
                t_x: time(g.t_x),
                tenure: time(g.tenure),
                count: g.count as f32, // at most a hundred thousand: exact
            })
            .collect();
        let total = |f: fn(&Group) -> f64| groups.iter().map(f).sum::<f64>();
        Self {
            n: total(|g| g.count) as usize,
            repeaters: total(|g| if g.x > 0 { g.count } else { 0.0 }) as usize,
            seen: (total(|g| g.count * f64::from(g.x)), total(|g| g.count * g.tenure)),
            rows,
            xs,
            times,
        }
    }

    /// A pace that fits the mean, and lives about as long as customers have been seen.
    fn start(&self) -> [f64; 4] {
        let weeks = (self.seen.1 / self.n as f64).max(1.0);
        let pace = self.seen.0.max(0.5) / self.seen.1.max(1.0);
        [0.6, 0.6 / pace, 0.6, weeks / 3.0]
    }

    fn log_likelihood(&self, p: &[f64; 4]) -> f64 {
        let [r, alpha, s, beta] = *p;
        let per_x: Vec<f64> = self.xs.iter().map(|x| ln_gamma(r + f64::from(*x))).collect();
        let per_time: Vec<AtTime> =
            self.times.iter().map(|t| AtTime::new(alpha + t, beta + t)).collect();
        let same = r * alpha.ln() + s * beta.ln() - ln_gamma(r);
        // Tables are indexed by what built them, so every index is inside.
        sum(&self.rows, |row| {
            let (near, far) = (&per_time[row.t_x as usize], &per_time[row.tenure as usize]);
            let rx = r + f64::from(self.xs[row.x as usize]);
            let bought = per_x[row.x as usize] - rx * far.ln_alpha - s * far.ln_beta;
            let left = if row.t_x == row.tenure {
                0.0
            } else {
                let w = rx * (far.ln_alpha - near.ln_alpha) + s * (far.ln_beta - near.ln_beta);
                ln_1p_odds(s / (rx + s), w, near.series(rx, s), far.series(rx, s))
            };
            f64::from(row.count) * (same + bought + left)
        })
    }
}

/// What a likelihood needs of a time τ.
struct AtTime {
    ln_alpha: f64,
    ln_beta: f64,
    /// (α - β) / max(α, β) at τ.
    z: f64,
    /// min(1, α/β) at τ.
    factor: f64,
}

impl AtTime {
    fn new(a: f64, b: f64) -> Self {
        Self { ln_alpha: a.ln(), ln_beta: b.ln(), z: (a - b) / a.max(b), factor: (a / b).min(1.0) }
    }

    /// The same as [`ParetoNbd::series`].
    fn series(&self, rx: f64, s: f64) -> f64 {
        let b = if self.z >= 0.0 { rx } else { s + 1.0 };
        self.factor * hyp2f1_1(b, rx + s + 1.0, self.z.abs())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::PurchaseModel;
    use super::*;

    fn customer(x: u32, t_x: f64, tenure: f64) -> Summary {
        Summary { x, t_x, tenure, mean: 0.0 }
    }

    #[test]
    fn the_sum_is_that_of_the_single_customers() {
        let customers: Vec<_> = (0..60)
            .map(|i| customer(i % 7, f64::from((i * 5) % 20) * f64::from((i % 7).min(1)), 20.0))
            .collect();
        let sample = Sample::new(group(customers.iter()));
        for p in [[0.5, 10.0, 0.6, 12.0], [0.5, 12.0, 0.6, 10.0], [3.0, 0.1, 2.0, 50.0]] {
            let m = ParetoNbd { r: p[0], alpha: p[1], s: p[2], beta: p[3] };
            let single: f64 =
                customers.iter().map(|c| m.log_likelihood(c.x, c.t_x, c.tenure)).sum();
            let found = sample.log_likelihood(&p);
            assert!((found / single - 1.0).abs() < 1e-12, "{found} {single}");
        }
    }

    #[test]
    fn too_few_to_stand_alone_lean_on_the_prior_and_say_so() {
        let none = Err(NotEnough { needed: 1, have: 0, what: What::Customers });
        assert_eq!(fit(&[]), none);
        let one = vec![customer(3, 9.0, 10.0)];
        let same_day = vec![customer(0, 0.0, 0.0); 50];
        let no_repeats = vec![customer(0, 0.0, 30.0); 500];
        for customers in [one, same_day, no_repeats] {
            let fit = fit(&customers).expect("some customers");
            assert!(fit.shrunk && fit.n == customers.len(), "{fit:?}");
            assert!(fit.log_likelihood.is_finite(), "{fit:?}");
            let m = fit.model;
            for (p, (mean, sd)) in [m.r, m.alpha, m.s, m.beta].iter().zip(PRIOR) {
                assert!((p.ln() - mean).abs() < 5.0 * sd, "{fit:?}");
            }
        }
    }
}
