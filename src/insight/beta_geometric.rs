//! BG/NBD, MBG/NBD and MBG/CNBD-k: customers who buy at a pace of their own and may leave only right
//! after a purchase (Fader, Hardie and Lee 2005; Batislam, Denizel and Filiztekin 2007; Reutterer,
//! Platzer and Schröder 2020). One family, told apart by when leaving begins and by how regular the
//! gaps are: k = 1 is buying at random, larger k ever more like a clock.
//!
//! BG/NBD lets nobody leave before a repeat purchase, so it calls every one-time buyer alive: it is
//! here to compare with, never to rank leavers. Never fits; see [`fit`].
//!
//! Expected purchases are a sum of positive terms: the customer who is alive makes the next purchase
//! for certain, and one more with chance (B)_j / (a+B)_j after j chances to leave; the count of
//! purchases without leaving is negative binomial. That is the published 2F1 form without its
//! cancellation at a = 1.

mod fit;
mod outlook;

pub use fit::{MOST_K, fit, fit_regular, ln_gaps};
pub(super) use outlook::Shared;

use super::purchasing::{PurchaseModel, inside};
use super::special::{ln_beta, ln_gamma};

/// When a customer may first leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaving {
    /// After any repeat purchase (BG/NBD).
    AfterRepeat,
    /// After any purchase, the first among them (MBG).
    AfterAny,
}

/// Parameters of the family; all must be positive. Time is in weeks.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct BetaGeometric {
    /// When leaving begins.
    pub leaving: Leaving,
    /// Regularity: gaps are Erlang-k.
    pub k: u32,
    /// Shape of the rates among customers.
    pub r: f64,
    /// Their scale: the mean rate is r / (k α) purchases a week.
    pub alpha: f64,
    /// Weight of leaving at a chance to leave.
    pub a: f64,
    /// Weight of staying.
    pub b: f64,
}

/// What is known of a customer who is still there.
struct Alive {
    /// Chances to leave that were passed, and their share in b.
    stays: f64,
    /// Shape of the rate of ticks, of which k make a purchase.
    shape: f64,
    /// Its scale, α + T.
    scale: f64,
    /// Silence in units of the scale, (T - t_x) / (α + T).
    silence: f64,
}

impl BetaGeometric {
    /// BG/NBD.
    pub const fn bg_nbd(r: f64, alpha: f64, a: f64, b: f64) -> Self {
        Self { leaving: Leaving::AfterRepeat, k: 1, r, alpha, a, b }
    }

    /// MBG/NBD.
    pub const fn mbg_nbd(r: f64, alpha: f64, a: f64, b: f64) -> Self {
        Self { leaving: Leaving::AfterAny, k: 1, r, alpha, a, b }
    }

    /// Chances to leave after `x` repeat purchases.
    fn chances(&self, x: u32) -> f64 {
        f64::from(x) + if self.leaving == Leaving::AfterAny { 1.0 } else { 0.0 }
    }

    fn alive(&self, x: u32, t_x: f64, tenure: f64) -> Alive {
        let (t_x, tenure) = inside(t_x, tenure);
        let scale = self.alpha + tenure;
        Alive {
            stays: self.b + self.chances(x),
            shape: self.r + f64::from(self.k) * f64::from(x),
            scale,
            silence: (tenure - t_x) / scale,
        }
    }

    /// Weights of the ticks already passed in the open gap, 0 to k - 1: their sum is the chance of
    /// the silence while alive, relative to that of no tick at all.
    fn phases(&self, of: &Alive) -> impl Iterator<Item = f64> {
        let (shape, silence) = (of.shape, of.silence);
        (0..self.k).scan(1.0, move |weight, j| {
            let now = *weight;
            let j = f64::from(j);
            *weight *= (shape + j) / (j + 1.0) * silence;
            Some(now)
        })
    }

    /// ln of the odds that the customer left right after the last purchase, and of the phases.
    fn ln_odds(&self, x: u32, of: &Alive) -> (f64, f64) {
        let phases = self.phases(of).sum::<f64>().ln();
        let chances = self.chances(x);
        if chances < 1.0 {
            return (f64::NEG_INFINITY, phases);
        }
        let left = (self.a / (of.stays - 1.0)).ln() - of.shape * (-of.silence).ln_1p();
        (left - phases, phases)
    }

    /// The part of the log-likelihood that only the count decides.
    fn of_count(&self, x: u32) -> f64 {
        let shape = self.r + f64::from(self.k) * f64::from(x);
        ln_gamma(shape) + ln_beta(self.a, self.b + self.chances(x))
    }

    /// The part that is the same for all, to be taken away.
    fn of_all(&self) -> f64 {
        ln_gamma(self.r) - self.r * self.alpha.ln() + ln_beta(self.a, self.b)
    }

    /// The part that the times decide.
    fn of_times(&self, x: u32, t_x: f64, tenure: f64) -> f64 {
        let of = self.alive(x, t_x, tenure);
        let (left, phases) = self.ln_odds(x, &of);
        phases + ln_1p_exp(left) - of.shape * of.scale.ln()
    }

    /// Expected purchases in `horizon` weeks and the chance to be there at their end, of one who is
    /// alive now.
    fn ahead(&self, of: &Alive, horizon: f64) -> (f64, f64) {
        let z = horizon.max(0.0) / (of.scale + horizon.max(0.0));
        let (mut purchases, mut stays, mut all) = (0.0, 0.0, 0.0);
        for (phase, weight) in self.phases(of).enumerate() {
            let walk = Walk { a: self.a, b: of.stays, k: self.k, phase: phase as u32 };
            let (p, s) = walk.over(of.shape + phase as f64, z);
            purchases += weight * p;
            stays += weight * s;
            all += weight;
        }
        (purchases / all, stays / all)
    }

    /// Chance that a customer who is alive now is so after `weeks`.
    pub fn survival(&self, x: u32, t_x: f64, tenure: f64, weeks: f64) -> f64 {
        self.ahead(&self.alive(x, t_x, tenure), weeks).1
    }
}

impl PurchaseModel for BetaGeometric {
    /// For k > 1 without the part that only the gaps decide; see [`fit_regular`].
    fn log_likelihood(&self, x: u32, t_x: f64, tenure: f64) -> f64 {
        self.of_count(x) - self.of_all() + self.of_times(x, t_x, tenure)
    }

    fn p_alive(&self, x: u32, t_x: f64, tenure: f64) -> f64 {
        let of = self.alive(x, t_x, tenure);
        (-ln_1p_exp(self.ln_odds(x, &of).0)).exp()
    }

    fn expected_purchases(&self, x: u32, t_x: f64, tenure: f64, horizon: f64) -> f64 {
        let of = self.alive(x, t_x, tenure);
        (-ln_1p_exp(self.ln_odds(x, &of).0)).exp() * self.ahead(&of, horizon).0
    }
}

/// ln(1 + e^w) without overflow.
pub(super) fn ln_1p_exp(w: f64) -> f64 {
    if w > 0.0 { w + (-w).exp().ln_1p() } else { w.exp().ln_1p() }
}

/// Purchases ahead of one who is alive: every k-th tick is one, and each is a chance to leave.
struct Walk {
    a: f64,
    b: f64,
    k: u32,
    /// Ticks passed since the last purchase.
    phase: u32,
}

impl Walk {
    /// Expected purchases made, and the chance not to have left, where the ticks of one who never
    /// leaves are negative binomial with `shape` and `z`: weight (shape)_n / n! z^n, normalised.
    fn over(&self, shape: f64, z: f64) -> (f64, f64) {
        let (mut weight, mut sum) = (1.0, 0.0);
        let (mut purchases, mut stays) = (0.0, 0.0);
        let (mut made, mut still, mut j) = (0.0, 1.0, 0.0);
        let mut until_next = self.k - self.phase.min(self.k - 1);
        let mut n = 0.0;
        loop {
            sum += weight;
            purchases += weight * made;
            stays += weight * still;
            let ratio = (shape + n) / (n + 1.0) * z;
            // Past the mode the rest is smaller than a geometric series.
            if ratio < 1.0 && weight * (made + 1.0) * ratio < 1e-15 * (1.0 - ratio) * purchases
                || weight == 0.0
                || n > 1e6
            {
                break;
            }
            if sum > 1e250 {
                for part in [&mut weight, &mut sum, &mut purchases, &mut stays] {
                    *part *= 1e-250;
                }
            }
            weight *= ratio;
            n += 1.0;
            until_next -= 1;
            if until_next == 0 {
                until_next = self.k;
                made += still; // the next purchase is made by those still there
                still *= (self.b + j) / (self.a + self.b + j);
                j += 1.0;
            }
        }
        (purchases / sum, stays / sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MBG: BetaGeometric = BetaGeometric::mbg_nbd(0.525, 6.183, 0.891, 1.614);
    const BG: BetaGeometric = BetaGeometric::bg_nbd(0.243, 4.414, 0.793, 2.426);

    #[test]
    fn every_figure_is_a_number_in_its_range() {
        let regular = BetaGeometric { k: 4, ..MBG };
        let at_one = BetaGeometric { a: 1.0, ..MBG };
        let small = BetaGeometric::bg_nbd(1e-4, 1e4, 1e-4, 1e-4);
        for m in [MBG, BG, regular, at_one, small] {
            for (x, t_x, tenure) in [
                (0, 0.0, 38.86),
                (0, 0.0, 0.0),
                (254, 97.14, 97.29),
                (5_000, 10.0, 500.0),
                (3, 9.0, 9.0),
            ] {
                let case = format!("{m:?} {x} {t_x} {tenure}");
                assert!(m.log_likelihood(x, t_x, tenure).is_finite(), "{case}");
                assert!((0.0..=1.0).contains(&m.p_alive(x, t_x, tenure)), "{case}");
                let e = m.expected_purchases(x, t_x, tenure, 39.0);
                assert!(e.is_finite() && e >= 0.0, "{case}: {e}");
                let s = m.survival(x, t_x, tenure, 39.0);
                assert!((0.0..=1.0).contains(&s), "{case}: {s}");
                assert_eq!(m.expected_purchases(x, t_x, tenure, 0.0), 0.0, "{case}");
            }
        }
    }

    #[test]
    fn only_bg_nbd_calls_every_one_time_buyer_alive() {
        assert_eq!(BG.p_alive(0, 0.0, 200.0), 1.0);
        assert!(MBG.p_alive(0, 0.0, 200.0) < 0.25);
    }

    #[test]
    fn a_silence_past_its_time_is_worse_for_a_regular_buyer() {
        // Ten purchases a week apart, then three weeks of nothing; both buy as often on average.
        let random = BetaGeometric::mbg_nbd(5.0, 5.0, 1.0, 3.0);
        let regular = BetaGeometric { k: 4, r: 5.0, alpha: 1.25, ..random };
        assert!(regular.p_alive(10, 10.0, 13.0) < 0.5 * random.p_alive(10, 10.0, 13.0));
        // And for a regular buyer the next purchase is nearer the longer the gap has been open.
        let soon = |silent: f64| regular.ahead(&regular.alive(10, 10.0, 10.0 + silent), 0.5).0;
        assert!(soon(0.9) > 1.5 * soon(0.0), "{} {}", soon(0.9), soon(0.0));
    }
}
