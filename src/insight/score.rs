//! Every figure of the purchase models for every customer. Never fits or ranks.

use super::Summary;
use super::beta_geometric::Shared;
use super::choice::Chosen;
use super::gamma_gamma::GammaGamma;
use super::pareto_nbd::ParetoNbd;
use super::purchasing::{PurchaseModel, cores};

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
#[derive(Clone, Copy, Debug, PartialEq)]
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
    /// Part of those weeks that one who would leave within the horizon has, if kept: below 1, because
    /// who would leave soon is likely to leave again soon.
    pub kept: f64,
    /// Weeks of further silence until P(alive) falls below the threshold; 0 when it is, `None` when a
    /// century off.
    pub leave_in: Option<f64>,
}

impl Default for Score {
    /// Nothing to be had, nobody there.
    fn default() -> Self {
        Self {
            p_alive: 0.0,
            p_leave: 0.0,
            expected: 0.0,
            mean: 0.0,
            rate: 0.0,
            weeks: 0.0,
            kept: 1.0,
            leave_in: None,
        }
    }
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
    at.score(model, spend, s, model.gone_at(s.x, s.t_x, terms.gone_below))
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
    on_all_cores(customers, |from, to| score_some(model, spend, from, to, terms))
}

/// [`score_all`] under the model that was chosen. The beta-geometric family has no closed form for
/// what is still to come; it is worked out once for each count and tenure.
pub fn score_all_chosen(
    model: &Chosen,
    spend: &GammaGamma,
    customers: &[Summary],
    terms: &Terms,
) -> Vec<Score> {
    let model = match model {
        Chosen::ParetoNbd(model) => return score_all(model, spend, customers, terms),
        Chosen::BetaGeometric(model) => model,
    };
    let mut order: Vec<(u32, Summary)> = (0..).zip(customers.iter().copied()).collect();
    order.sort_unstable_by(|(_, a), (_, b)| {
        a.x.cmp(&b.x).then(a.tenure.total_cmp(&b.tenure)).then(a.t_x.total_cmp(&b.t_x))
    });
    let sorted = on_all_cores(&order, |from, to| {
        let mut shared: Option<Shared> = None;
        let mut silences = Silences::new(from.len());
        for ((_, s), score) in from.iter().zip(to) {
            let known = shared.take().filter(|known| known.serves(s));
            let known = known.unwrap_or_else(|| model.shared(s, terms));
            let gone_at = silences.gone_at(model, s, terms.gone_below);
            *score = model.score_shared(&known, s, spend.expected_mean(s.x, s.mean), gone_at);
            shared = Some(known);
        }
    });
    let mut scores = vec![Score::default(); customers.len()];
    for ((at, _), score) in order.iter().zip(sorted) {
        if let Some(place) = scores.get_mut(*at as usize) {
            *place = score;
        }
    }
    scores
}

fn on_all_cores<T: Sync>(customers: &[T], work: impl Fn(&[T], &mut [Score]) + Sync) -> Vec<Score> {
    const LEAST: usize = 4_096;
    let mut scores = vec![Score::default(); customers.len()];
    let share = customers.len().div_ceil(cores()).max(LEAST);
    let work = &work;
    std::thread::scope(|scope| {
        for (from, to) in customers.chunks(share).zip(scores.chunks_mut(share)) {
            scope.spawn(move || work(from, to));
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
    let mut silences = Silences::new(customers.len());
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
        *score = at.score(model, spend, s, silences.gone_at(model, s, terms.gone_below));
    }
}

/// When those silent since a day count as gone: the same for all who bought as often until then, however
/// long they have been silent. Of many customers few differ in both.
struct Silences {
    known: Vec<Option<(u32, f64, Option<f64>)>>,
}

impl Silences {
    /// For so many customers; a power of two of slots.
    fn new(customers: usize) -> Self {
        const MOST: usize = 1 << 16;
        Self { known: vec![None; customers.next_power_of_two().min(MOST)] }
    }

    fn gone_at(&mut self, model: &dyn PurchaseModel, s: &Summary, threshold: f64) -> Option<f64> {
        let days = (s.t_x * super::summary::DAYS_PER_WEEK).round() as u64;
        // A multiplier without pattern (Knuth's) spreads neighbours over the slots.
        let hash = (days << 20 ^ u64::from(s.x)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let at = hash as usize & (self.known.len() - 1);
        if let Some(Some((x, t_x, gone))) = self.known.get(at)
            && (*x, *t_x) == (s.x, s.t_x)
        {
            return *gone;
        }
        let gone = model.gone_at(s.x, s.t_x, threshold);
        if let Some(slot) = self.known.get_mut(at) {
            *slot = Some((s.x, s.t_x, gone));
        }
        gone
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
    /// [`Score::kept`].
    kept: f64,
    /// -ln P(alive) of one who never repeated.
    never_repeated: f64,
}

impl AtTenure {
    fn new(model: &ParetoNbd, tenure: f64, terms: &Terms) -> Self {
        let survival = model.survival(tenure, terms.horizon);
        let weeks = model.discounted_weeks(tenure, terms.discount);
        // Leaving has no memory for one customer, so those still there after the horizon have later
        // what they would have now; the rest of the weeks is that of those who are not.
        let stayers = survival * model.discounted_weeks(tenure + terms.horizon, terms.discount);
        Self {
            tenure,
            survival,
            weeks_alive: model.weeks_alive(tenure, terms.horizon),
            weeks,
            kept: part_kept(weeks, stayers, survival),
            never_repeated: model.ln_odds(0, 0.0, tenure),
        }
    }

    fn score(
        &self,
        model: &ParetoNbd,
        spend: &GammaGamma,
        s: &Summary,
        gone_at: Option<f64>,
    ) -> Score {
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
            kept: self.kept,
            leave_in: gone_at.map(|at| (at - s.tenure).max(0.0)),
        }
    }
}

/// [`Score::kept`] from the weeks of all, the weeks of stayers times their part, and that part.
pub(super) fn part_kept(weeks: f64, stayers: f64, survival: f64) -> f64 {
    let leavers = (1.0 - survival) * weeks;
    if leavers > 0.0 { ((weeks - stayers) / leavers).clamp(0.0, 1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
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
            let gone = MODEL.gone_at(s.x, s.t_x, terms.gone_below);
            assert_eq!(found.leave_in, gone.map(|at| (at - s.tenure).max(0.0)), "{s:?}");
            let expected = MODEL.expected_purchases(s.x, s.t_x, s.tenure, terms.horizon);
            assert!((found.expected - expected).abs() <= 1e-9 * expected, "{s:?}");
        }
        assert_eq!(score_all(&MODEL, &SPEND, &[], &terms), []);
        let chosen = score_all_chosen(&Chosen::ParetoNbd(MODEL), &SPEND, &customers, &terms);
        assert_eq!(chosen, all);
    }

    #[test]
    fn scoring_all_of_the_other_family_is_scoring_each() {
        use super::super::beta_geometric::BetaGeometric;
        let customers: Vec<Summary> = (0..300_u32)
            .map(|i| {
                let (x, tenure) = (i * 7 % 5, f64::from(20 + i % 3));
                let t_x = if x == 0 { 0.0 } else { tenure * f64::from(i % 11) / 11.0 };
                Summary { x, t_x, tenure, mean: f64::from(i) }
            })
            .collect();
        for k in [1, 3] {
            let model = BetaGeometric { k, ..BetaGeometric::mbg_nbd(0.525, 6.183, 0.891, 1.614) };
            let terms = Terms::default();
            let all = score_all_chosen(&Chosen::BetaGeometric(model), &SPEND, &customers, &terms);
            for (s, found) in customers.iter().zip(&all) {
                let mean = SPEND.expected_mean(s.x, s.mean);
                assert_eq!(*found, model.score(s, mean, &terms), "k = {k}: {s:?}");
            }
        }
    }

    #[test]
    fn the_other_family_scores_alike() {
        use super::super::beta_geometric::BetaGeometric;
        // Both fitted to the CDNOW sample: they agree on who is there within a tenth.
        let model = Chosen::BetaGeometric(BetaGeometric::mbg_nbd(0.525, 6.183, 0.891, 1.614));
        let s = Summary { x: 2, t_x: 30.43, tenure: 38.86, mean: 22.0 };
        let terms = Terms::default();
        let other = score_all_chosen(&model, &SPEND, &[s], &terms)[0];
        let own = score(&MODEL, &SPEND, &s, &terms);
        assert_eq!(other.mean, own.mean);
        for (a, b, room) in [
            (other.p_alive, own.p_alive, 0.2),
            (other.expected, own.expected, 0.2),
            (other.dert(), own.dert(), 0.4),
        ] {
            assert!((a / b - 1.0).abs() < room, "{other:?} {own:?}");
        }
    }
}
