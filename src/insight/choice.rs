//! Which purchase model tells the truth about these customers? Candidates are fitted up to a day and
//! judged on the time after it. Never lets BG/NBD in: it calls every one-time buyer alive.

use super::beta_geometric::{self, BetaGeometric, Leaving, ln_gaps};
use super::pareto_nbd::{self, ParetoNbd};
use super::purchasing::PurchaseModel;
use super::quality::{HeldOut, Quality, check};
use super::{Fit, NotEnough, Summary};
use crate::domain::{Day, History};

/// A purchase model that may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// Buys at random, leaves at any time.
    ParetoNbd(ParetoNbd),
    /// Leaves after a purchase; regular when its k is above 1.
    BetaGeometric(BetaGeometric),
}

impl Chosen {
    fn model(&self) -> &dyn PurchaseModel {
        match self {
            Self::ParetoNbd(m) => m,
            Self::BetaGeometric(m) => m,
        }
    }
}

impl PurchaseModel for Chosen {
    fn log_likelihood(&self, x: u32, t_x: f64, tenure: f64) -> f64 {
        self.model().log_likelihood(x, t_x, tenure)
    }

    fn p_alive(&self, x: u32, t_x: f64, tenure: f64) -> f64 {
        self.model().p_alive(x, t_x, tenure)
    }

    fn expected_purchases(&self, x: u32, t_x: f64, tenure: f64, horizon: f64) -> f64 {
        self.model().expected_purchases(x, t_x, tenure, horizon)
    }
}

/// A kind of model that may be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The default.
    ParetoNbd,
    /// Closed forms throughout.
    MbgNbd,
    /// For regular buyers.
    MbgCnbdK,
}

/// All kinds, the default first.
pub const KINDS: [Kind; 3] = [Kind::ParetoNbd, Kind::MbgNbd, Kind::MbgCnbdK];

/// The default keeps its place unless another errs less by this part.
const CLEARLY: f64 = 0.01;

/// A fitted candidate and how it did on the time held back.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its kind.
    pub kind: Kind,
    /// As fitted up to the split.
    pub fit: Fit<Chosen>,
    /// On the weeks after it.
    pub quality: Quality,
}

/// Fits a kind. `ln_gaps` is the sum of [`ln_gaps`] over the customers; only [`Kind::MbgCnbdK`]
/// looks at it.
pub fn fit(kind: Kind, customers: &[Summary], ln_gaps: f64) -> Result<Fit<Chosen>, NotEnough> {
    Ok(match kind {
        Kind::ParetoNbd => pareto_nbd::fit(customers)?.map(Chosen::ParetoNbd),
        Kind::MbgNbd => {
            beta_geometric::fit(Leaving::AfterAny, customers)?.map(Chosen::BetaGeometric)
        }
        Kind::MbgCnbdK => {
            beta_geometric::fit_regular(customers, ln_gaps)?.map(Chosen::BetaGeometric)
        }
    })
}

/// Fits every kind up to the split and orders them: the one to use first.
///
/// Judged by mean absolute error of purchases on the weeks held back; the default stays first unless
/// another is better by a hundredth. `ln_gaps` as of the split, as in [`total_ln_gaps`].
pub fn compare(held: &HeldOut, ln_gaps: f64) -> Result<Vec<Candidate>, NotEnough> {
    let mut candidates = Vec::new();
    for kind in KINDS {
        let fit = fit(kind, &held.customers, ln_gaps)?;
        let quality = check(&fit.model, held);
        candidates.push(Candidate { kind, fit, quality });
    }
    let handicap = |c: &Candidate| match c.kind {
        Kind::ParetoNbd => c.quality.model.mae,
        Kind::MbgNbd | Kind::MbgCnbdK => c.quality.model.mae * (1.0 + CLEARLY),
    };
    candidates.sort_by(|a, b| handicap(a).total_cmp(&handicap(b)));
    Ok(candidates)
}

/// Sum of [`ln_gaps`] over all who had bought by `as_of`.
pub fn total_ln_gaps<'a>(histories: impl IntoIterator<Item = &'a History>, as_of: Day) -> f64 {
    histories.into_iter().map(|h| ln_gaps(h, as_of)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parameter() -> impl Strategy<Value = f64> {
        (-9.2..9.2_f64).prop_map(f64::exp) // the box of the fits
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever parameters a fit may end at and whatever a customer did, every figure is a number
        /// in its range.
        #[test]
        fn no_figure_is_ever_no_number(
            p in [parameter(), parameter(), parameter(), parameter()],
            k in 1..=4_u32,
            x in 0..400_u32,
            part in 0.0..=1.0_f64,
            tenure in 0.0..1_500.0_f64,
            horizon in 0.0..200.0_f64,
        ) {
            let t_x = if x == 0 { 0.0 } else { part * tenure };
            let bg = BetaGeometric { leaving: Leaving::AfterAny, k, r: p[0], alpha: p[1], a: p[2], b: p[3] };
            let pn = ParetoNbd { r: p[0], alpha: p[1], s: p[2], beta: p[3] };
            for m in [Chosen::ParetoNbd(pn), Chosen::BetaGeometric(bg)] {
                prop_assert!(m.log_likelihood(x, t_x, tenure).is_finite());
                prop_assert!((0.0..=1.0).contains(&m.p_alive(x, t_x, tenure)));
                let expected = m.expected_purchases(x, t_x, tenure, horizon);
                prop_assert!(expected.is_finite() && expected >= 0.0, "{}", expected);
            }
            let terms = crate::insight::score::Terms { horizon, ..Default::default() };
            let s = Summary { x, t_x, tenure, mean: 1.0 };
            let spend = crate::insight::gamma_gamma::GammaGamma { p: 6.0, q: 4.0, gamma: 15.0 };
            for score in [
                crate::insight::score::score(&pn, &spend, &s, &terms),
                bg.score(&s, 1.0, &terms),
            ] {
                for part in [score.p_alive, score.p_leave, score.kept] {
                    prop_assert!((0.0..=1.0).contains(&part), "{:?}", score);
                }
                for figure in [score.dert(), score.rate, score.weeks, score.expected] {
                    prop_assert!(figure.is_finite() && figure >= 0.0, "{:?}", score);
                }
                prop_assert!(score.leave_in.is_none_or(|w| w.is_finite() && w >= 0.0), "{:?}", score);
            }
        }
    }
}
