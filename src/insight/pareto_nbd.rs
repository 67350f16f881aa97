//! Pareto/NBD: customers buy at random at a pace of their own until they leave for good at a time
//! nobody sees (Schmittlein, Morrison and Colombo 1987; derivations after Fader and Hardie 2005).
//!
//! Everything rests on one number, the odds that a silent customer has left,
//!
//! D = s (α+T)^(r+x) (β+T)^s ∫ from t_x to T of (α+τ)^-(r+x) (β+τ)^-(s+1) dτ,
//!
//! so P(alive) = 1 / (1 + D), and D = 0 at t_x = T. Never fits; see [`fit`].

mod fit;

pub use fit::fit;

use super::purchasing::{FARTHEST_WEEKS, PurchaseModel, inside};
use super::special::{discounted_survival, hyp2f1_1, ln_gamma, one_less_power};

/// Parameters of the model; all must be positive. Time is in weeks.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ParetoNbd {
    /// Shape of the purchase rates among customers.
    pub r: f64,
    /// Their scale: the mean rate is r / α purchases a week.
    pub alpha: f64,
    /// Shape of the rates of leaving.
    pub s: f64,
    /// Their scale: the mean rate is s / β a week.
    pub beta: f64,
}

impl ParetoNbd {
    /// ln(1 + D) = -ln P(alive); never negative, never overflows.
    pub(super) fn ln_odds(&self, x: u32, t_x: f64, tenure: f64) -> f64 {
        let (t_x, tenure) = inside(t_x, tenure);
        if t_x >= tenure {
            return 0.0;
        }
        let rx = self.r + f64::from(x);
        let gap = tenure - t_x;
        let w =
            rx * (gap / (self.alpha + t_x)).ln_1p() + self.s * (gap / (self.beta + t_x)).ln_1p();
        ln_1p_odds(self.s / (rx + self.s), w, self.series(rx, t_x), self.series(rx, tenure))
    }

    /// The factor of the antiderivative at τ that is neither power: Euler's transform leaves a
    /// 2F1(1, b; c; z) of positive terms on either side of α = β.
    fn series(&self, rx: f64, tau: f64) -> f64 {
        let c = rx + self.s + 1.0;
        let (a, b) = (self.alpha + tau, self.beta + tau);
        if a >= b {
            hyp2f1_1(rx, c, (a - b) / a)
        } else {
            a / b * hyp2f1_1(self.s + 1.0, c, (b - a) / b)
        }
    }

    /// Purchases a week while alive, expected of this customer.
    pub fn rate(&self, x: u32, tenure: f64) -> f64 {
        (self.r + f64::from(x)) / (self.alpha + tenure.max(0.0))
    }

    /// Chance to be with us another `weeks`, for one who is alive now.
    pub fn survival(&self, tenure: f64, weeks: f64) -> f64 {
        let b = self.beta + tenure.max(0.0);
        (self.s * (b / (b + weeks.max(0.0))).ln()).exp()
    }

    /// P(alive) `weeks` later, with nothing known of the time between.
    pub fn p_alive_later(&self, x: u32, t_x: f64, tenure: f64, weeks: f64) -> f64 {
        self.p_alive(x, t_x, tenure) * self.survival(tenure, weeks)
    }

    /// Weeks until [`Self::p_alive_later`] falls to `threshold`, with nothing known of the time between:
    /// 0 when it is below already, `None` when that is more than a century away.
    pub fn leave_after(&self, x: u32, t_x: f64, tenure: f64, threshold: f64) -> Option<f64> {
        let p_alive = self.p_alive(x, t_x, tenure);
        if p_alive <= threshold {
            return Some(0.0);
        }
        let grown = ((p_alive / threshold.max(f64::MIN_POSITIVE)).ln() / self.s).exp_m1();
        let weeks = (self.beta + tenure.max(0.0)) * grown;
        (weeks <= FARTHEST_WEEKS).then_some(weeks)
    }

    /// Weeks within which half of such customers leave, if alive now.
    pub fn median_residual(&self, tenure: f64) -> f64 {
        let weeks = (self.beta + tenure.max(0.0)) * (std::f64::consts::LN_2 / self.s).exp_m1();
        weeks.min(f64::MAX)
    }

    /// Discounted weeks still to come for one who is alive now, at a continuous `delta` a week:
    /// what a weekly income or a weekly cost of one is worth today. A `delta` below 1e-6 counts as 1e-6.
    pub fn discounted_weeks(&self, tenure: f64, delta: f64) -> f64 {
        let b = self.beta + tenure.max(0.0);
        b * discounted_survival(self.s, delta.max(1e-6) * b)
    }

    /// Discounted expected residual transactions at a continuous `delta` a week (Fader, Hardie and
    /// Lee 2005, "RFM and CLV", eq. 2).
    pub fn dert(&self, x: u32, t_x: f64, tenure: f64, delta: f64) -> f64 {
        self.p_alive(x, t_x, tenure) * self.rate(x, tenure) * self.discounted_weeks(tenure, delta)
    }

    /// Expected weeks alive among the next `horizon`, for one who is alive now.
    pub(super) fn weeks_alive(&self, tenure: f64, horizon: f64) -> f64 {
        let b = self.beta + tenure.max(0.0);
        b * one_less_power(b / (b + horizon.max(0.0)), self.s - 1.0)
    }
}

impl PurchaseModel for ParetoNbd {
    fn log_likelihood(&self, x: u32, t_x: f64, tenure: f64) -> f64 {
        let rx = self.r + f64::from(x);
        let tenure = tenure.max(0.0);
        ln_gamma(rx) - ln_gamma(self.r) + self.r * self.alpha.ln() + self.s * self.beta.ln()
            - rx * (self.alpha + tenure).ln()
            - self.s * (self.beta + tenure).ln()
            + self.ln_odds(x, t_x, tenure)
    }

    fn p_alive(&self, x: u32, t_x: f64, tenure: f64) -> f64 {
        (-self.ln_odds(x, t_x, tenure)).exp()
    }

    fn expected_purchases(&self, x: u32, t_x: f64, tenure: f64, horizon: f64) -> f64 {
        self.p_alive(x, t_x, tenure) * self.rate(x, tenure) * self.weeks_alive(tenure, horizon)
    }
}

/// ln(1 + part * (e^w * near - far)) where `near` and `far` are [`ParetoNbd::series`] at t_x and T.
#[inline]
fn ln_1p_odds(part: f64, w: f64, near: f64, far: f64) -> f64 {
    if w < 500.0 {
        // e^w near - far without losing the digits of a short silence.
        (part * (w.exp_m1() * near + (near - far))).max(0.0).ln_1p()
    } else {
        w + (part * near).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CDNOW: ParetoNbd = ParetoNbd { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };

    /// Parameters on both sides of α = β, at it, and far from it.
    const MODELS: [ParetoNbd; 6] = [
        CDNOW,
        ParetoNbd { r: 0.5, alpha: 12.0, s: 0.6, beta: 3.0 },
        ParetoNbd { r: 2.0, alpha: 5.0, s: 1.0, beta: 5.0 },
        ParetoNbd { r: 1.0, alpha: 900.0, s: 0.1, beta: 0.5 },
        ParetoNbd { r: 1.0, alpha: 0.5, s: 3.0, beta: 900.0 },
        ParetoNbd { r: 20.0, alpha: 1.0, s: 0.01, beta: 1.0 },
    ];

    const CUSTOMERS: [(u32, f64, f64); 8] = [
        (0, 0.0, 38.86),
        (0, 0.0, 0.0),
        (1, 0.1, 39.0),
        (2, 30.43, 38.86),
        (254, 97.14, 97.29),
        (5_000, 10.0, 500.0),
        (132, 200.0, 200.0),
        (3, 1e9, 4.0),
    ];

    #[test]
    fn every_figure_is_a_number_in_its_range() {
        for m in MODELS {
            for (x, t_x, tenure) in CUSTOMERS {
                let case = format!("{m:?} {x} {t_x} {tenure}");
                assert!(m.log_likelihood(x, t_x, tenure).is_finite(), "{case}");
                let p = m.p_alive(x, t_x, tenure);
                assert!((0.0..=1.0).contains(&p), "{case}: {p}");
                let later = m.p_alive_later(x, t_x, tenure, 13.0);
                assert!(later <= p, "{case}: {later}");
                let e = m.expected_purchases(x, t_x, tenure, 39.0);
                assert!(e >= 0.0 && e <= 39.0 * m.rate(x, tenure), "{case}: {e}");
                assert!(m.dert(x, t_x, tenure, 0.0027).is_finite(), "{case}");
                assert!(m.median_residual(tenure).is_finite(), "{case}");
            }
        }
    }

    #[test]
    fn one_who_bought_on_the_last_day_is_alive() {
        for m in MODELS {
            assert_eq!(m.p_alive(132, 200.0, 200.0), 1.0);
            assert_eq!(m.p_alive(0, 0.0, 0.0), 1.0);
        }
    }

    #[test]
    fn the_odds_match_their_integral() {
        // D by Simpson's rule on the integral of the definition.
        for m in &MODELS[..5] {
            for (x, t_x, tenure) in [(0, 0.0, 38.86), (2, 30.43, 38.86), (7, 20.0, 39.0)] {
                let rx = m.r + f64::from(x);
                let f = |tau: f64| {
                    m.s / (m.beta + tenure)
                        * ((m.alpha + tenure) / (m.alpha + tau)).powf(rx)
                        * ((m.beta + tenure) / (m.beta + tau)).powf(m.s + 1.0)
                };
                let n = 20_000;
                let h = (tenure - t_x) / f64::from(n);
                let inner: f64 = (1..n)
                    .map(|i| f(t_x + h * f64::from(i)) * if i % 2 == 1 { 4.0 } else { 2.0 })
                    .sum();
                let d = h / 3.0 * (f(t_x) + inner + f(tenure));
                let p = m.p_alive(x, t_x, tenure);
                assert!((p * (1.0 + d) - 1.0).abs() < 1e-9, "{m:?} {x}: {p} for D = {d}");
            }
        }
    }

    #[test]
    fn the_date_of_leaving_is_where_p_alive_meets_the_threshold() {
        let (x, t_x, tenure) = (2, 30.43, 38.86);
        let weeks = CDNOW.leave_after(x, t_x, tenure, 0.5).expect("within a century");
        assert!((CDNOW.p_alive_later(x, t_x, tenure, weeks) - 0.5).abs() < 1e-12);
        assert_eq!(CDNOW.leave_after(20, 20.0, 39.0, 0.5), Some(0.0)); // long gone
        assert_eq!(CDNOW.leave_after(x, t_x, tenure, 0.0), None); // never certain
        let b = CDNOW.beta + tenure;
        let median = CDNOW.median_residual(tenure);
        assert!(((b / (b + median)).powf(CDNOW.s) - 0.5).abs() < 1e-12);
    }
}
