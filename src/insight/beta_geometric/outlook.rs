//! What is still to come of a customer under the beta-geometric family: discounted purchases and
//! time. Pareto/NBD has these in closed form; here the rate is averaged over by a
//! short sum.

use super::super::score::{Score, Terms, part_kept};
use super::super::special::hyp2f1_1;
use super::super::{PurchaseModel, Summary};
use super::{Alive, BetaGeometric, Walk, ln_1p_exp};

/// Nodes over the logarithm of the rate.
const NODES: u32 = 32;
/// Where the density of the rate is cut, as a logarithm relative to its peak.
const CUT: f64 = -16.0;
/// What customers of one count and one tenure share, given the ticks passed in the open gap.
#[derive(Clone, Copy)]
struct Phase {
    /// Expected purchases within the horizon.
    purchases: f64,
    /// Chance to be there at its end.
    stays: f64,
    /// Discounted purchases.
    discounted: f64,
    /// Discounted weeks.
    weeks: f64,
    /// Discounted weeks of those there at the horizon, from there on.
    later: f64,
}

/// All phases of the open gap; a single one for k = 1.
pub(in super::super) struct Shared {
    x: u32,
    tenure: f64,
    phases: Vec<Phase>,
}

impl Shared {
    /// Serves this customer too.
    pub fn serves(&self, s: &Summary) -> bool {
        (self.x, self.tenure) == (s.x, s.tenure)
    }
}

impl BetaGeometric {
    /// The figures of one customer, with `mean` the expected spend on a day of buying.
    pub fn score(&self, s: &Summary, mean: f64, terms: &Terms) -> Score {
        let gone_at = self.gone_at(s.x, s.t_x, terms.gone_below);
        self.score_shared(&self.shared(s, terms), s, mean, gone_at)
    }

    /// What is costly, for all customers with this count and tenure.
    pub(in super::super) fn shared(&self, s: &Summary, terms: &Terms) -> Shared {
        let of = self.alive(s.x, s.t_x, s.tenure);
        let phases = (0..self.k)
            .map(|phase| {
                let walk = Walk { a: self.a, b: of.stays, k: self.k, phase };
                let passed = f64::from(phase);
                let horizon = terms.horizon.max(0.0);
                let (purchases, stays) =
                    walk.over(of.shape + passed, horizon / (of.scale + horizon));
                let delta = terms.discount.max(1e-6);
                let (discounted, weeks) = self.discounted_from(&of, passed, delta);
                // Those still there at the horizon will have bought about as often as expected.
                let more = purchases * f64::midpoint(1.0, stays);
                let stayer = Alive {
                    stays: of.stays + more,
                    shape: of.shape + f64::from(self.k) * more,
                    scale: of.scale + horizon,
                    silence: 0.0,
                };
                let later = self.discounted_from(&stayer, 0.0, delta).1;
                Phase { purchases, stays, discounted, weeks, later }
            })
            .collect();
        Shared { x: s.x, tenure: s.tenure, phases }
    }

    /// [`Self::score`] with what is shared known already, and [`PurchaseModel::gone_at`].
    pub(in super::super) fn score_shared(
        &self,
        shared: &Shared,
        s: &Summary,
        mean: f64,
        gone_at: Option<f64>,
    ) -> Score {
        let of = self.alive(s.x, s.t_x, s.tenure);
        let p_alive = (-ln_1p_exp(self.ln_odds(s.x, &of).0)).exp();
        let all: f64 = self.phases(&of).sum();
        let mix = |f: &dyn Fn(&Phase) -> f64| {
            self.phases(&of).zip(&shared.phases).map(|(w, phase)| w * f(phase)).sum::<f64>() / all
        };
        let (stays, weeks) = (mix(&|p| p.stays), mix(&|p| p.weeks));
        Score {
            p_alive,
            p_leave: 1.0 - stays,
            expected: p_alive * mix(&|p| p.purchases),
            mean,
            // So that rate x weeks is what is expected, as under Pareto/NBD.
            rate: mix(&|p| p.discounted) / weeks,
            weeks,
            kept: part_kept(weeks, mix(&|p| p.stays * p.later), stays),
            leave_in: gone_at.map(|at| (at - s.tenure).max(0.0)),
        }
    }

    /// Discounted expected residual transactions at a continuous `delta` a week.
    pub fn dert(&self, x: u32, t_x: f64, tenure: f64, delta: f64) -> f64 {
        self.p_alive(x, t_x, tenure) * self.discounted(&self.alive(x, t_x, tenure), delta).0
    }

    /// Discounted purchases and discounted weeks of one who is alive now.
    fn discounted(&self, of: &Alive, delta: f64) -> (f64, f64) {
        let (mut purchases, mut weeks, mut all) = (0.0, 0.0, 0.0);
        for (phase, weight) in self.phases(of).enumerate() {
            let (p, w) = self.discounted_from(of, phase as f64, delta.max(1e-6));
            purchases += weight * p;
            weeks += weight * w;
            all += weight;
        }
        (purchases / all, weeks / all)
    }

    /// [`Self::discounted`] with `passed` ticks in the open gap.
    ///
    /// At rate λ a tick's discount is u = λ / (λ+δ) and a gap's φ = u^k. Purchase n+1 comes with
    /// chance (B)_n / (a+B)_n, so the purchases are u^(k - passed) 2F1(1, B; a+B; φ).
    fn discounted_from(&self, of: &Alive, passed: f64, delta: f64) -> (f64, f64) {
        let k = f64::from(self.k);
        let shape = of.shape + passed;
        // Nodes are even in v with y = v - e^-v, which folds up the long tail of slow rates.
        let (low, high) = reach(shape);
        let (low, high) = (folded(low), folded(high));
        let step = (high - low) / f64::from(NODES);
        let (mut purchases, mut weeks, mut all) = (0.0, 0.0, 0.0);
        for node in 0..=NODES {
            let v = low + step * f64::from(node);
            let fold = (-v).exp();
            let y = v - fold;
            let weight = (shape * (y - y.exp_m1())).exp() * (1.0 + fold);
            let rate = shape / of.scale * y.exp();
            let u = rate / (rate + delta);
            let (gap, first) = (u.powf(k), u.powf(k - passed));
            let chain = hyp2f1_1(of.stays, self.a + of.stays, gap);
            purchases += weight * first * chain;
            let later = if gap > 0.0 { (1.0 - gap) * (chain - 1.0) / gap } else { 0.0 };
            weeks += weight * ((1.0 - first) + first * later) / delta;
            all += weight;
        }
        (purchases / all, weeks / all)
    }
}

/// Where e^(shape (y - e^y + 1)), the density of ln(rate) around its peak, falls to [`CUT`].
fn reach(shape: f64) -> (f64, f64) {
    let room = CUT / shape;
    let slope = |y: f64| -y.exp_m1();
    // Newton from outside: the density is log-concave, so it never overshoots.
    let solve = |mut y: f64| {
        for _ in 0..60 {
            let step = (y - y.exp_m1() - room) / slope(y);
            y -= step;
            if step.abs() < 1e-3 {
                break;
            }
        }
        y
    };
    (solve(room - 1.0), solve((1.0 - room).ln() + 2.0))
}

/// The v at which v - e^-v is `y`.
fn folded(y: f64) -> f64 {
    let mut v = if y > 0.0 { y } else { -(1.0 - y).ln() };
    for _ in 0..20 {
        let fold = (-v).exp();
        let step = (v - fold - y) / (1.0 + fold);
        v -= step;
        if step.abs() < 1e-3 {
            break;
        }
    }
    v
}

#[cfg(test)]
mod tests {
    use super::*;

    const MBG: BetaGeometric = BetaGeometric::mbg_nbd(0.525, 6.183, 0.891, 1.614);

    #[test]
    fn discounted_purchases_are_their_sum_over_time() {
        let delta = 0.05;
        let regular = BetaGeometric { k: 3, alpha: 2.0, r: 1.0, ..MBG };
        for (m, room) in [
            (MBG, 2e-3),
            (BetaGeometric::bg_nbd(0.243, 4.414, 0.793, 2.426), 2e-3),
            (regular, 1e-4),
        ] {
            for (x, t_x, tenure) in [(0, 0.0, 38.86), (2, 30.43, 38.86), (26, 30.86, 31.0)] {
                let mut before = 0.0;
                let mut sum = 0.0;
                for half_days in 1..=8_000 {
                    let weeks = f64::from(half_days) / 20.0;
                    let until = m.expected_purchases(x, t_x, tenure, weeks);
                    sum += (until - before) * (-delta * (weeks - 0.025)).exp();
                    before = until;
                }
                let found = m.dert(x, t_x, tenure, delta);
                assert!((found / sum - 1.0).abs() < room, "{m:?} {x}: {found} {sum}");
            }
        }
    }

    #[test]
    fn a_score_holds_together() {
        let terms = Terms { horizon: 26.0, discount: 0.0027, gone_below: 0.5 };
        for (x, t_x, tenure) in
            [(0, 0.0, 38.86), (2, 30.43, 38.86), (26, 30.86, 31.0), (0, 0.0, 0.0)]
        {
            let s = Summary { x, t_x, tenure, mean: 0.0 };
            let score = MBG.score(&s, 35.0, &terms);
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs();
            assert!(close(score.dert(), MBG.dert(x, t_x, tenure, 0.0027)), "{score:?}");
            assert!(close(score.expected, MBG.expected_purchases(x, t_x, tenure, 26.0)));
            assert!((0.0..=1.0).contains(&score.p_leave) && score.weeks > 0.0, "{score:?}");
            if let Some(weeks) = score.leave_in.filter(|w| *w > 0.0) {
                let there = MBG.p_alive(x, t_x, tenure + weeks);
                assert!((there - 0.5).abs() < 1e-4, "{score:?} {there}");
            }
        }
        let gone = MBG.score(&Summary { x: 20, t_x: 20.0, tenure: 39.0, mean: 0.0 }, 1.0, &terms);
        assert_eq!(gone.leave_in, Some(0.0));
    }
}
