//! Finds the parameters that make the data most likely: Nelder-Mead over log-parameters in a box,
//! restarted once. Never needs a gradient; L-BFGS wandered for minutes on flat ridges of these models.

use argmin::core::{CostFunction, Error, Executor};
use argmin::solver::neldermead::NelderMead;
use argmin_math::{ArgminAdd, ArgminMul, ArgminSub};

/// Parameters live in [1e-4, 1e4]; outside, the likelihoods are flat and their sums lose digits.
pub const BOX: (f64, f64) = (1e-4, 1e4);
/// Spread of the log-likelihood over the simplex at which a search ends.
const TOLERANCE: f64 = 1e-7;
const MOST_STEPS: u64 = 600;

/// Where a search ended.
pub struct Best<const N: usize> {
    /// The parameters themselves, not their logarithms.
    pub at: [f64; N],
    /// Steps taken.
    pub steps: u64,
}

/// Minimises `cost` over positive parameters: a wide search from `start`, then a narrow one from
/// where it ended. `rough` serves the wide search and may be cheaper than `cost`.
pub fn minimise<const N: usize>(
    start: [f64; N],
    rough: impl Fn(&[f64; N]) -> f64,
    cost: impl Fn(&[f64; N]) -> f64,
) -> Best<N> {
    let wide = search(start, 0.7, rough);
    let narrow = search(wide.at, 0.15, cost);
    Best { steps: wide.steps + narrow.steps, ..narrow }
}

fn search<const N: usize>(start: [f64; N], size: f64, cost: impl Fn(&[f64; N]) -> f64) -> Best<N> {
    let start = Point(start.map(|p| p.clamp(BOX.0, BOX.1).ln()));
    let mut simplex = vec![start];
    for i in 0..N {
        let mut corner = start;
        corner.0[i] += size;
        simplex.push(corner);
    }
    let problem = Boxed::<_, N>(cost);
    let run = NelderMead::new(simplex).with_sd_tolerance(TOLERANCE).and_then(|solver| {
        Executor::new(problem, solver)
            .configure(|state| state.max_iters(MOST_STEPS))
            .timer(false)
            .run()
    });
    match run {
        Ok(done) => {
            let at = done.state.best_param.unwrap_or(start);
            Best { at: at.inside(), steps: done.state.iter }
        }
        // The cost below never fails, so nothing comes here; the start is still a valid answer.
        Err(_) => Best { at: start.inside(), steps: 0 },
    }
}

/// Log-parameters, with the arithmetic argmin asks for.
#[derive(Clone, Copy)]
struct Point<const N: usize>([f64; N]);

impl<const N: usize> Point<N> {
    fn inside(self) -> [f64; N] {
        self.0.map(|p| p.clamp(BOX.0.ln(), BOX.1.ln()).exp())
    }

    /// Squared distance to the box.
    fn outside(self) -> f64 {
        self.0.iter().map(|p| (p - p.clamp(BOX.0.ln(), BOX.1.ln())).powi(2)).sum()
    }
}

impl<const N: usize> ArgminAdd<Self, Self> for Point<N> {
    fn add(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }
}

impl<const N: usize> ArgminSub<Self, Self> for Point<N> {
    fn sub(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] - other.0[i]))
    }
}

impl<const N: usize> ArgminMul<f64, Self> for Point<N> {
    fn mul(&self, by: &f64) -> Self {
        Self(self.0.map(|p| p * by))
    }
}

/// The cost inside the box; outside, that of the nearest point and a wall that rises.
struct Boxed<F, const N: usize>(F);

impl<const N: usize, F: Fn(&[f64; N]) -> f64> CostFunction for Boxed<F, N> {
    type Param = Point<N>;
    type Output = f64;

    fn cost(&self, point: &Point<N>) -> Result<f64, Error> {
        let cost = (self.0)(&point.inside());
        let wall = 10.0 * point.outside();
        // A cost that is no number must lose against every other.
        Ok(if cost.is_finite() { cost + wall * (1.0 + cost.abs()) } else { f64::MAX })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_minimum_and_stays_in_the_box() {
        for (wanted, found) in [([3.0, 0.2], [3.0, 0.2]), ([1e9, 1e-9], [BOX.1, BOX.0])] {
            let bowl = |p: &[f64; 2]| {
                100.0 * (p[0] / wanted[0]).ln().powi(2) + (p[1] / wanted[1]).ln().powi(2)
            };
            let best = minimise([1.0, 1.0], bowl, bowl);
            for (at, want) in best.at.iter().zip(found) {
                assert!((at / want - 1.0).abs() < 1e-3, "{at} {want}");
            }
        }
    }

    #[test]
    fn a_cost_that_is_no_number_loses() {
        let cost = |p: &[f64; 1]| if p[0] < 2.0 { f64::NAN } else { p[0] };
        assert!((minimise([5.0], cost, cost).at[0] - 2.0).abs() < 1e-3);
    }
}
