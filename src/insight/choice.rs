//! Which purchase model tells the truth about these customers? Candidates are fitted up to a day and
//! judged on the time after it. Never chooses BG/NBD, which calls every one-time buyer alive; it can be
//! fitted to be compared with.

use super::beta_geometric::{self, BetaGeometric, Leaving, ln_gaps};
use super::gamma_gamma::GammaGamma;
use super::pareto_nbd::{self, ParetoNbd};
use super::purchasing::PurchaseModel;
use super::quality::{HeldOut, Quality, check};
use super::score::{Score, Terms, score};
use super::{Fit, NotEnough, Summary};
use crate::domain::names::named_enum;
use crate::domain::{Day, FittedModel, History};

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

    /// The figures of one customer.
    pub fn score(&self, spend: &GammaGamma, s: &Summary, terms: &Terms) -> Score {
        match self {
            Self::ParetoNbd(m) => score(m, spend, s, terms),
            Self::BetaGeometric(m) => m.score(s, spend.expected_mean(s.x, s.mean), terms),
        }
    }

    /// P(alive) `weeks` later, with nothing known of the time between.
    pub fn p_alive_later(&self, s: &Summary, weeks: f64) -> f64 {
        match self {
            Self::ParetoNbd(m) => m.p_alive_later(s.x, s.t_x, s.tenure, weeks),
            Self::BetaGeometric(m) => {
                m.p_alive(s.x, s.t_x, s.tenure) * m.survival(s.x, s.t_x, s.tenure, weeks)
            }
        }
    }

    /// The parameters by name, in the order in which they are printed.
    pub fn parameters(&self) -> Vec<(&'static str, f64)> {
        match *self {
            Self::ParetoNbd(ParetoNbd { r, alpha, s, beta }) => {
                vec![("r", r), ("alpha", alpha), ("s", s), ("beta", beta)]
            }
            Self::BetaGeometric(BetaGeometric { k, r, alpha, a, b, .. }) => {
                let mut all = vec![("r", r), ("alpha", alpha), ("a", a), ("b", b)];
                if k > 1 {
                    all.push(("k", f64::from(k)));
                }
                all
            }
        }
    }

    /// The model that was kept; `None` of one of another kind, or of parameters out of range.
    pub fn of(kept: &FittedModel) -> Option<Self> {
        let of = |name| kept.parameter(name).filter(|v| v.is_finite() && *v > 0.0);
        let (r, alpha) = (of("r")?, of("alpha")?);
        let k = of("k").map_or(1, |k| k as u32).clamp(1, beta_geometric::MOST_K);
        let leaving = match Kind::parse(&kept.name)? {
            Kind::ParetoNbd => {
                return Some(Self::ParetoNbd(ParetoNbd {
                    r,
                    alpha,
                    s: of("s")?,
                    beta: of("beta")?,
                }));
            }
            Kind::MbgNbd | Kind::MbgCnbdK => Leaving::AfterAny,
            Kind::BgNbd => Leaving::AfterRepeat,
        };
        let (a, b) = (of("a")?, of("b")?);
        Some(Self::BetaGeometric(BetaGeometric { leaving, k, r, alpha, a, b }))
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

named_enum! {
    /// A kind of model that may be fitted.
    pub enum Kind {
        /// The default.
        ParetoNbd = "pareto_nbd",
        /// Closed forms throughout.
        MbgNbd = "mbg_nbd",
        /// For regular buyers.
        MbgCnbdK = "mbg_cnbd_k",
        /// An anchor to published figures, never chosen.
        BgNbd = "bg_nbd",
    }
}

/// The kinds to choose from, the default first.
pub const KINDS: [Kind; 3] = [Kind::ParetoNbd, Kind::MbgNbd, Kind::MbgCnbdK];

/// The default keeps its place unless another errs less by this part.
const CLEARLY: f64 = 0.02;
/// And only if the other's ranking, as AUC, is no worse than by so much: queues are rankings.
const RANKS_ALIKE: f64 = 0.01;

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
        Kind::BgNbd => {
            beta_geometric::fit(Leaving::AfterRepeat, customers)?.map(Chosen::BetaGeometric)
        }
    })
}

/// Fits every kind up to the split and orders them: the one to use first.
///
/// Judged by mean absolute error of purchases on the weeks held back. The default stays first unless
/// another is clearly better, ranks about as well, and is as well calibrated. `ln_gaps` as of the split, as in [`total_ln_gaps`].
pub fn compare(held: &HeldOut, ln_gaps: f64) -> Result<Vec<Candidate>, NotEnough> {
    let mut candidates = Vec::new();
    for kind in KINDS {
        let fit = fit(kind, &held.customers, ln_gaps)?;
        let quality = check(&fit.model, held);
        candidates.push(Candidate { kind, fit, quality });
    }
    let default = candidates.first().map(|c| c.quality.clone());
    // Lower is better; one that ranks or is calibrated worse than the default never passes it.
    let handicap = |c: &Candidate| match &default {
        Some(default) if c.kind != Kind::ParetoNbd => {
            let clearly = c.quality.model.mae * (1.0 + CLEARLY);
            let auc = |q: &Quality| q.model.auc.unwrap_or(0.5);
            let worse = auc(default) - auc(&c.quality) > RANKS_ALIKE
                || c.quality.miscalibration() > default.miscalibration();
            if worse { clearly.max(default.model.mae) } else { clearly }
        }
        _ => c.quality.model.mae,
    };
    // Stable: a tie goes to the one named first.
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

    #[test]
    fn what_was_kept_is_the_model_again() {
        let pareto = ParetoNbd { r: 0.55, alpha: 10.5, s: 0.6, beta: 11.6 };
        let mbg = BetaGeometric::mbg_nbd(0.5, 6.0, 0.9, 1.6);
        for (name, model) in [
            ("pareto_nbd", Chosen::ParetoNbd(pareto)),
            ("mbg_nbd", Chosen::BetaGeometric(mbg)),
            ("mbg_cnbd_k", Chosen::BetaGeometric(BetaGeometric { k: 3, ..mbg })),
            ("bg_nbd", Chosen::BetaGeometric(BetaGeometric::bg_nbd(0.2, 4.4, 0.8, 2.4))),
        ] {
            let named = model.parameters().into_iter().map(|(n, v)| (n.to_owned(), v));
            let mut kept = FittedModel {
                name: name.to_owned(),
                parameters: named.collect(),
                ..FittedModel::default()
            };
            assert_eq!(Chosen::of(&kept), Some(model));
            kept.parameters[0].1 = f64::NAN;
            assert_eq!(Chosen::of(&kept), None);
            kept.parameters.remove(0);
            assert_eq!(Chosen::of(&kept), None);
        }
        assert_eq!(Chosen::of(&FittedModel::default()), None);
    }

    #[test]
    fn who_is_there_now_is_there_no_more_surely_later() {
        let s = Summary { x: 2, t_x: 30.4, tenure: 38.9, mean: 20.0 };
        let spend = GammaGamma { p: 6.0, q: 4.0, gamma: 15.0 };
        let regular = BetaGeometric { k: 2, ..BetaGeometric::mbg_nbd(0.5, 6.0, 0.9, 1.6) };
        let pareto = ParetoNbd { r: 0.55, alpha: 10.5, s: 0.6, beta: 11.6 };
        for m in [Chosen::ParetoNbd(pareto), Chosen::BetaGeometric(regular)] {
            let score = m.score(&spend, &s, &Terms::default());
            let now = m.p_alive_later(&s, 0.0);
            assert!((now - score.p_alive).abs() < 1e-9, "{m:?}");
            let later: Vec<f64> =
                (0..5).map(|n| m.p_alive_later(&s, 13.0 * f64::from(n))).collect();
            assert!(later.windows(2).all(|w| w[1] < w[0]) && later[4] > 0.0, "{later:?}");
            // The date of leaving is where it falls to the threshold if nothing is bought until then.
            let terms = Terms { gone_below: 0.3, ..Terms::default() };
            let leave = m.score(&spend, &s, &terms).leave_in.unwrap();
            let then = m.p_alive(s.x, s.t_x, s.tenure + leave);
            assert!(leave > 0.0 && (then - 0.3).abs() < 1e-4, "{m:?}");
            // Sooner than without knowing that nothing was bought.
            assert!(m.p_alive_later(&s, leave) > 0.3, "{m:?}");
            let gone = Summary { tenure: 900.0, ..s };
            assert_eq!(m.score(&spend, &gone, &terms).leave_in, Some(0.0));
        }
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
            for m in [Chosen::ParetoNbd(pn), Chosen::BetaGeometric(bg)] {
                if let Some(at) = m.gone_at(x, t_x, 0.2) {
                    let then = m.p_alive(x, t_x, at);
                    let before = m.p_alive(x, t_x, (at - 2e-3).max(t_x));
                    prop_assert!(then <= 0.2 + 1e-6 && (before >= 0.2 - 1e-6 || at <= t_x + 2e-3));
                }
            }
        }
    }
}
