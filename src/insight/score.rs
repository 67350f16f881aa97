//! Every figure of the purchase models for every customer. Never fits or ranks.

use super::Summary;
use super::gamma_gamma::GammaGamma;
use super::pareto_nbd::ParetoNbd;
use super::purchasing::cores;

/// What scores are asked for.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Terms {
    /// Weeks ahead for expected purchases and the chance to leave.
    pub horizon: f64,
    /// Continuous discount a week; .0027 is 15 % a year.
    pub discount: f64,
    /// P(alive) below which a customer counts as gone.
    pub gone_below: f64,
}

impl Default for Terms {
    fn default() -> Self {
        Self { horizon: 26.0, discount: 0.0027, gone_below: 0.5 }
    }
}

/// The figures of one customer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Chance to be still with us.
    pub p_alive: f64,
    /// Chance to leave within the horizon, if alive.
    pub p_leave: f64,
    /// Expected days of buying within the horizon.
    pub expected: f64,
    /// Expected spend on such a day, major units.
    pub mean: f64,
    /// Purchases a week while alive.
    pub rate: f64,
    /// Discounted weeks still to come, if alive.
    pub weeks: f64,
    /// Weeks until P(alive) falls below the threshold; 0 when it is, `None` when a century off.
    pub leave_in: Option<f64>,
}

impl Score {
    /// Discounted expected residual transactions.
    pub fn dert(&self) -> f64 {
        self.p_alive * self.rate * self.weeks
    }

    /// Discounted revenue still expected of the customer, major units.
    pub fn residual_revenue(&self) -> f64 {
        self.dert() * self.mean
    }
}

/// Scores one customer.
pub fn score(model: &ParetoNbd, spend: &GammaGamma, s: &Summary, terms: &Terms) -> Score {
    let at = AtTenure::new(model, s.tenure, terms);
    at.score(model, spend, s, terms)
}

/// Scores all customers on all cores, in their order.
///
/// What depends on tenure alone, the discounted weeks among it, is computed once for each tenure a
/// core meets: a million customers share a few thousand days of first purchase.
pub fn score_all(
    model: &ParetoNbd,
    spend: &GammaGamma,
    customers: &[Summary],
    terms: &Terms,
) -> Vec<Score> {
    const PIECE: usize = 4_096;
    let mut scores = vec![Score::default(); customers.len()];
    let share = customers.len().div_ceil(cores()).max(PIECE);
    std::thread::scope(|scope| {
        for (from, to) in customers.chunks(share).zip(scores.chunks_mut(share)) {
            scope.spawn(move || score_some(model, spend, from, to, terms));
        }
    });
    scores
}

fn score_some(
    model: &ParetoNbd,
    spend: &GammaGamma,
    customers: &[Summary],
    scores: &mut [Score],
    terms: &Terms,
) {
    let mut known: Vec<Option<AtTenure>> = vec![None; SLOTS.min(customers.len())];
    for (s, score) in customers.iter().zip(scores) {
        let days = (s.tenure * super::summary::DAYS_PER_WEEK).round() as usize;
        let slot = days % known.len().max(1);
        let at = match known.get(slot) {
            Some(Some(at)) if at.tenure == s.tenure => *at,
            _ => AtTenure::new(model, s.tenure, terms),
        };
        if let Some(kept) = known.get_mut(slot) {
            *kept = Some(at);
        }
        *score = at.score(model, spend, s, terms);
    }
}

/// One slot a day for 22 years; an older customer shares one.
const SLOTS: usize = 8_192;

/// What all customers of one tenure share.
#[derive(Clone, Copy)]
struct AtTenure {
    tenure: f64,
    /// [`ParetoNbd::survival`] over the horizon.
    survival: f64,
    /// Expected weeks alive within the horizon, if alive.
    weeks_alive: f64,
    /// [`ParetoNbd::discounted_weeks`].
    weeks: f64,
    /// -ln P(alive) of one who never repeated.
    never_repeated: f64,
}

impl AtTenure {
    fn new(model: &ParetoNbd, tenure: f64, terms: &Terms) -> Self {
        Self {
            tenure,
            survival: model.survival(tenure, terms.horizon),
            weeks_alive: model.weeks_alive(tenure, terms.horizon),
            weeks: model.discounted_weeks(tenure, terms.discount),
            never_repeated: model.ln_odds(0, 0.0, tenure),
        }
    }

    fn score(&self, model: &ParetoNbd, spend: &GammaGamma, s: &Summary, terms: &Terms) -> Score {
        let odds = match s.x {
            0 => self.never_repeated,
            x => model.ln_odds(x, s.t_x, s.tenure),
        };
        let p_alive = (-odds).exp();
        let rate = model.rate(s.x, s.tenure);
        Score {
            p_alive,
            p_leave: 1.0 - self.survival,
            expected: p_alive * rate * self.weeks_alive,
            mean: spend.expected_mean(s.x, s.mean),
            rate,
            weeks: self.weeks,
            leave_in: model.falls_to(p_alive, s.tenure, terms.gone_below),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::PurchaseModel;
    use super::*;

    const MODEL: ParetoNbd = ParetoNbd { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
    const SPEND: GammaGamma = GammaGamma { p: 6.25, q: 3.74, gamma: 15.44 };

    #[test]
    fn scoring_all_is_scoring_each() {
        let terms = Terms::default();
        let customers: Vec<Summary> = (0..9_000_u32)
            .map(|i| {
                let tenure = f64::from(i % 97) + f64::from(i % 7) / 7.0;
                let x = i % 5;
                let t_x = if x == 0 { 0.0 } else { tenure * f64::from(i % 11) / 11.0 };
                Summary { x, t_x, tenure, mean: f64::from(i % 50) }
            })
            .collect();
        let all = score_all(&MODEL, &SPEND, &customers, &terms);
        assert_eq!(all.len(), customers.len());
        for (s, found) in customers.iter().zip(&all) {
            assert_eq!(*found, score(&MODEL, &SPEND, s, &terms));
            let dert = MODEL.dert(s.x, s.t_x, s.tenure, terms.discount);
            assert!((found.dert() - dert).abs() <= 1e-9 * dert, "{s:?}");
            assert_eq!(
                found.leave_in,
                MODEL.leave_after(s.x, s.t_x, s.tenure, terms.gone_below),
                "{s:?}"
            );
            let expected = MODEL.expected_purchases(s.x, s.t_x, s.tenure, terms.horizon);
            assert!((found.expected - expected).abs() <= 1e-9 * expected, "{s:?}");
        }
        assert_eq!(score_all(&MODEL, &SPEND, &[], &terms), []);
    }
}
