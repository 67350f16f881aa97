//! Cox's proportional hazards with Efron's treatment of ties.

use super::super::matrix::{Matrix, Symmetric, dot};
use super::super::{Fit, NotEnough, What};
use super::Span;

const MOST_STEPS: u64 = 50;
const SMALL_STEP: f64 = 1e-9;

/// The model: the hazard of a row is that of a mean row times e^(weights · (row - means)).
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Cox {
    /// One a feature.
    pub weights: Vec<f64>,
    /// Their standard errors; 0 where the data say nothing.
    pub errors: Vec<f64>,
    /// Mean of each feature.
    pub means: Vec<f64>,
    /// Cumulated hazard of a mean row after each time at which any ended (Breslow), ascending.
    pub baseline: Vec<(f64, f64)>,
}

impl Cox {
    /// Log of the hazard relative to a mean row: above 0 leaves sooner.
    pub fn risk(&self, row: &[f64]) -> f64 {
        dot(&self.weights, row) - dot(&self.weights, &self.means)
    }

    /// Chance to run for longer than `time`.
    pub fn survival(&self, row: &[f64], time: f64) -> f64 {
        (-self.hazard_until(time) * self.risk(row).exp()).exp()
    }

    /// Chance to run until `later` for one who has run until `now`.
    pub fn survival_from(&self, row: &[f64], now: f64, later: f64) -> f64 {
        let hazard = (self.hazard_until(later) - self.hazard_until(now)).max(0.0);
        (-hazard * self.risk(row).exp()).exp()
    }

    /// Time at which [`Self::survival_from`] falls to `threshold` or below; `None` when that is later
    /// than anything seen.
    pub fn leave_at(&self, row: &[f64], now: f64, threshold: f64) -> Option<f64> {
        let room = -threshold.clamp(f64::MIN_POSITIVE, 1.0).ln() / self.risk(row).exp();
        let until = self.hazard_until(now) + room;
        self.baseline.iter().find(|step| step.0 > now && step.1 >= until).map(|step| step.0)
    }

    fn hazard_until(&self, time: f64) -> f64 {
        let until = self.baseline.partition_point(|step| step.0 <= time);
        until.checked_sub(1).and_then(|last| self.baseline.get(last)).map_or(0.0, |step| step.1)
    }
}

/// Fits by Newton's method on the partial likelihood (Efron 1977 for ties).
///
/// [`Fit::log_likelihood`] is the partial one and [`Fit::repeaters`] counts the contracts that ended.
/// Errors when none did.
pub fn fit_cox(rows: &Matrix, spans: &[Span]) -> Result<Fit<Cox>, NotEnough> {
    let data = Data::new(rows, spans);
    if data.ended == 0 {
        return Err(NotEnough { needed: 1, have: 0, what: What::Outcomes });
    }
    let mut at = vec![0.0; rows.width()];
    let mut state = data.at(&at);
    let mut steps = 0;
    while steps < MOST_STEPS {
        steps += 1;
        let step = state.information.solve(&state.gradient);
        let mut size = 1.0;
        loop {
            let next: Vec<f64> = at.iter().zip(&step).map(|(a, s)| a + size * s).collect();
            let there = data.at(&next);
            if there.likelihood >= state.likelihood - 1e-9 * state.likelihood.abs() || size < 1e-6 {
                (at, state) = (next, there);
                break;
            }
            size /= 2.0;
        }
        if step.iter().all(|s| s.abs() < SMALL_STEP) {
            break;
        }
    }
    let errors = state.information.inverse_diagonal().iter().map(|v| v.max(0.0).sqrt()).collect();
    let baseline = data.baseline(&at);
    Ok(Fit {
        log_likelihood: state.likelihood,
        n: data.order.len(),
        repeaters: data.ended,
        iterations: steps,
        shrunk: false,
        model: Cox { weights: at, errors, means: data.means, baseline },
    })
}

/// Rows from the longest seen down, centred so that e^(weights · row) stays tame.
struct Data<'a> {
    rows: &'a Matrix,
    order: Vec<(usize, Span)>,
    means: Vec<f64>,
    ended: usize,
}

struct State {
    likelihood: f64,
    gradient: Vec<f64>,
    information: Symmetric,
}

impl<'a> Data<'a> {
    fn new(rows: &'a Matrix, spans: &[Span]) -> Self {
        let mut order: Vec<(usize, Span)> =
            spans.iter().copied().take(rows.len()).enumerate().collect();
        order.sort_by(|a, b| b.1.time.total_cmp(&a.1.time));
        let n = order.len() as f64;
        let mut means = vec![0.0; rows.width()];
        for row in rows.rows().take(order.len()) {
            means.iter_mut().zip(row).for_each(|(m, x)| *m += x / n);
        }
        let ended = order.iter().filter(|o| o.1.ended).count();
        Self { rows, order, means, ended }
    }

    /// Rows seen equally long, from the longest down, with the hazard of each and the centred row.
    fn groups(&self) -> impl Iterator<Item = &[(usize, Span)]> {
        self.order.chunk_by(|a, b| a.1.time == b.1.time)
    }

    fn centred(&self, at: usize, into: &mut [f64]) {
        let row = self.rows.row(at).unwrap_or_default();
        into.iter_mut().zip(row).zip(&self.means).for_each(|((c, x), m)| *c = x - m);
    }

    fn at(&self, weights: &[f64]) -> State {
        let width = weights.len();
        let (mut likelihood, mut gradient) = (0.0, vec![0.0; width]);
        let mut information = Symmetric::zero(width);
        // Sums over those at risk, and over those of them that end now.
        let (mut s0, mut s1, mut s2) = (0.0, vec![0.0; width], Symmetric::zero(width));
        let mut x = vec![0.0; width];
        for group in self.groups() {
            let (mut e0, mut e1, mut e2) = (0.0, vec![0.0; width], Symmetric::zero(width));
            let ends = group.iter().filter(|(_, span)| span.ended).count();
            for (at, span) in group {
                self.centred(*at, &mut x);
                let risk = dot(weights, &x);
                let hazard = risk.exp();
                s0 += hazard;
                s1.iter_mut().zip(&x).for_each(|(s, x)| *s += hazard * x);
                s2.add_square(&x, hazard);
                if span.ended {
                    likelihood += risk;
                    gradient.iter_mut().zip(&x).for_each(|(g, x)| *g += x);
                    e0 += hazard;
                    e1.iter_mut().zip(&x).for_each(|(e, x)| *e += hazard * x);
                    if ends > 1 {
                        e2.add_square(&x, hazard);
                    }
                }
            }
            // The l-th of m ties sees the others on average l/m ended.
            let (mut of_s, mut of_e) = (0.0, 0.0);
            let mut mean = vec![0.0; width];
            for l in 0..ends {
                let part = l as f64 / ends as f64;
                let sum = s0 - part * e0;
                likelihood -= sum.ln();
                of_s += 1.0 / sum;
                of_e += part / sum;
                for (m, (s, e)) in mean.iter_mut().zip(s1.iter().zip(&e1)) {
                    *m = (s - part * e) / sum;
                }
                gradient.iter_mut().zip(&mean).for_each(|(g, m)| *g -= m);
                information.add_square(&mean, -1.0);
            }
            if ends > 0 {
                information.add(&s2, of_s);
                information.add(&e2, -of_e);
            }
        }
        State { likelihood, gradient, information }
    }

    fn baseline(&self, weights: &[f64]) -> Vec<(f64, f64)> {
        let mut at_risk = 0.0;
        let mut x = vec![0.0; weights.len()];
        let mut steps = Vec::new();
        for group in self.groups() {
            for (at, _) in group {
                self.centred(*at, &mut x);
                at_risk += dot(weights, &x).exp();
            }
            let ends = group.iter().filter(|(_, span)| span.ended).count();
            if let Some((_, span)) = group.first().filter(|_| ends > 0) {
                steps.push((span.time, ends as f64 / at_risk));
            }
        }
        steps.reverse();
        let mut sum = 0.0;
        for step in &mut steps {
            sum += step.1;
            step.1 = sum;
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::super::KaplanMeier;
    use super::*;

    fn span(time: f64, ended: bool) -> Span {
        Span { time, ended }
    }

    #[test]
    fn two_groups_of_the_leukaemia_trial() {
        // Freireich et al. 1963, 6-MP against placebo: weight 1.572, standard error .412, partial
        // log-likelihood -85.008 with Efron's ties (R survival, documented widely).
        let treated = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|t| span(f64::from(t), true));
        let running =
            [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|t| span(f64::from(t), false));
        let placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
            .map(|t| span(f64::from(t), true));
        let spans: Vec<Span> = treated.into_iter().chain(running).chain(placebo).collect();
        let rows = Matrix::new(1, (0..42).map(|i| f64::from(u8::from(i >= 21))).collect());
        let fit = fit_cox(&rows, &spans).expect("some ended");
        assert!((fit.model.weights[0] - 1.572).abs() < 5e-4, "{fit:?}");
        assert!((fit.model.errors[0] - 0.412).abs() < 5e-4, "{fit:?}");
        assert!((fit.log_likelihood + 85.008).abs() < 5e-4, "{fit:?}");
        // A leaver's chance of staying falls from where they are, never rises.
        let m = &fit.model;
        let when = m.leave_at(&[1.0], 5.0, 0.5).expect("seen");
        assert!(m.survival_from(&[1.0], 5.0, when) <= 0.5);
        assert!(m.survival_from(&[1.0], 5.0, when - 1.0) > 0.5);
        assert_eq!(m.leave_at(&[0.0], 34.0, 0.5), None);
    }

    #[test]
    fn without_facts_it_is_nearly_kaplan_meier() {
        let spans: Vec<Span> = (1..=200).map(|i| span(f64::from(i % 50), i % 3 == 0)).collect();
        let fit = fit_cox(&Matrix::new(1, vec![1.0; 200]), &spans).expect("some ended");
        let km = KaplanMeier::of(&spans);
        for time in [0.0, 10.0, 25.0, 40.0] {
            let room = (fit.model.survival(&[1.0], time) - km.survival(time)).abs();
            assert!(room < 0.02, "{time}: {room}");
        }
        assert_eq!(fit.model.weights, [0.0]); // a fact all share says nothing
    }

    #[test]
    fn nothing_ended_nothing_to_learn() {
        let needs = NotEnough { needed: 1, have: 0, what: What::Outcomes };
        assert_eq!(fit_cox(&Matrix::new(1, vec![1.0]), &[span(1.0, false)]), Err(needs));
        assert_eq!(fit_cox(&Matrix::default(), &[]), Err(needs));
    }
}
