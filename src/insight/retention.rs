//! Who is worth a call? Ranks customers by what a call is expected to save, and keeps the arithmetic
//! so that every row can be explained. Never words a reason and never decides for an agent.
//!
//! ```text
//! EV saved =  P(alive) p γ (κ V - d)    leaving, and kept by the offer
//!           - P(alive) (1 - p) d        staying anyway, and given the offer
//!           - f                         the call
//! ```
//!
//! V: value if kept, that of one who is there; κ: part of it that a kept leaver has; p: chance to leave
//! within the horizon, if alive; γ: chance that a call keeps a leaver; d: cost of the offer; f: cost of
//! the call. At P(alive) = κ = 1 this is the profit of a customer in a retention campaign (Verbraken,
//! Verbeke and Baesens 2013, after Neslin et al. 2006). κ is ours: those who would leave within the
//! horizon are mostly those who leave easily, and V counts them as average. On simulated customers the
//! queue without κ promised two and a half times what it earned.

use super::score::Score;

/// One customer as the queue sees them; money in major units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case {
    /// What the models say.
    pub score: Score,
    /// Part of revenue that stays with us.
    pub margin_rate: f64,
    /// What serving the customer costs a week.
    pub cost_per_week: f64,
    /// What the offer costs if taken (d).
    pub offer_cost: f64,
    /// What the call costs (f).
    pub call_cost: f64,
    /// Minutes of an agent the call takes.
    pub minutes: f64,
}

/// What the queue says of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Worth a call.
    Call,
    /// Likely to stay without one.
    StaysAnyway,
    /// More likely gone than not: a case for win-back.
    Gone,
    /// Even a leaver for certain would not be worth the call.
    CostsMore,
}

/// The arithmetic of one row; money in major units.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Worth {
    /// V: discounted margin still to come of one who is there, less the cost to serve. Times P(alive)
    /// it is the customer's lifetime value from here on.
    pub value_if_kept: f64,
    /// κ: part of V that one who would leave within the horizon has, if kept.
    pub kept: f64,
    /// κ V.
    pub leaver_value: f64,
    /// Chance to be still with us.
    pub p_alive: f64,
    /// p: chance to leave within the horizon, if alive.
    pub p_leave: f64,
    /// γ: chance that the call keeps a leaver.
    pub save_rate: f64,
    /// d: the offer, if taken.
    pub offer_cost: f64,
    /// What is saved of those who would leave: P(alive) p γ (κ V - d).
    pub saved: f64,
    /// What is given to those who would stay: P(alive) (1 - p) d.
    pub given_away: f64,
    /// f: the call.
    pub call_cost: f64,
    /// `saved - given_away - call_cost`.
    pub ev: f64,
    /// What the queue is ranked by.
    pub ev_per_minute: f64,
    /// Weeks of further silence until the customer counts as gone.
    pub leave_in_weeks: Option<f64>,
    /// What follows.
    pub verdict: Verdict,
}

impl Worth {
    /// Chance to be gone by the end of the horizon: gone already, or about to leave.
    pub fn risk(&self) -> f64 {
        1.0 - self.p_alive * (1.0 - self.p_leave)
    }

    /// Chance to be there and about to leave: whom a call may keep.
    pub fn to_keep(&self) -> f64 {
        self.p_alive * self.p_leave
    }
}

/// Shortest call that is reckoned with, so that a rank never divides by zero.
pub(super) const SHORTEST_CALL_MINUTES: f64 = 0.5;

/// The worth of calling a customer, at the save rate of such calls.
pub fn worth(case: &Case, save_rate: f64) -> Worth {
    let Score { p_alive, p_leave, mean, rate, weeks, kept, leave_in, .. } = case.score;
    let income_per_week = case.margin_rate * mean * rate;
    let value_if_kept = weeks * (income_per_week - case.cost_per_week);
    let leaver_value = kept * value_if_kept;
    let by_keeping = save_rate * (leaver_value - case.offer_cost);
    let saved = p_alive * p_leave * by_keeping;
    let given_away = p_alive * (1.0 - p_leave) * case.offer_cost;
    let ev = saved - given_away - case.call_cost;
    let verdict = if ev > 0.0 {
        Verdict::Call
    } else if by_keeping <= case.call_cost {
        Verdict::CostsMore
    } else if p_alive < 0.5 {
        Verdict::Gone
    } else {
        Verdict::StaysAnyway
    };
    Worth {
        value_if_kept,
        kept,
        leaver_value,
        p_alive,
        p_leave,
        save_rate,
        offer_cost: case.offer_cost,
        saved,
        given_away,
        call_cost: case.call_cost,
        ev,
        ev_per_minute: ev / case.minutes.max(SHORTEST_CALL_MINUTES),
        leave_in_weeks: leave_in,
        verdict,
    }
}

/// Rows worth a call, the best first; ties in the order given. `limit` rows at most.
///
/// Linear in the rows plus the sorting of what is returned.
pub fn rank(worths: &[Worth], limit: usize) -> Vec<usize> {
    let mut rows: Vec<usize> = worths
        .iter()
        .enumerate()
        .filter(|(_, w)| w.verdict == Verdict::Call)
        .map(|(row, _)| row)
        .collect();
    let value = |row: &usize| worths.get(*row).map_or(0.0, |w| w.ev_per_minute);
    let by = |a: &usize, b: &usize| value(b).total_cmp(&value(a)).then(a.cmp(b));
    if limit < rows.len() {
        rows.select_nth_unstable_by(limit, by);
        rows.truncate(limit);
    }
    rows.sort_unstable_by(by);
    rows
}

/// What is believed of a rate: a Beta distribution, learned from outcomes.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SaveRate {
    /// Successes seen, and those believed in from the start.
    pub a: f64,
    /// Failures likewise.
    pub b: f64,
}

impl Default for SaveRate {
    /// Six in twenty, before anything is known.
    fn default() -> Self {
        Self { a: 6.0, b: 14.0 }
    }
}

/// What became of a group by the end of the horizon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Customers in it.
    pub n: u64,
    /// Those still with us; never more than `n`.
    pub stayed: u64,
}

impl Outcome {
    fn leave_rate(self) -> Option<f64> {
        (self.n > 0).then(|| self.n.saturating_sub(self.stayed) as f64 / self.n as f64)
    }
}

impl SaveRate {
    /// Adds `tried` attempts of which `saved` succeeded; more successes than attempts count as all.
    pub fn learn(self, saved: u64, tried: u64) -> Self {
        let saved = saved.min(tried);
        Self { a: self.a + saved as f64, b: self.b + (tried - saved) as f64 }
    }

    /// Learns from calls beside a random group that is never called: of those who would have left,
    /// the part that stayed.
    ///
    /// That part is 1 - (leavers among the called) / (leavers among the held out); it counts for as
    /// many attempts as its own uncertainty (delta method) is worth, never for more than the leavers
    /// there would have been. Nothing is learned while either group is empty or nobody leaves it.
    pub fn learn_against(self, called: Outcome, held_out: Outcome) -> Self {
        let (Some(with), Some(without)) = (called.leave_rate(), held_out.leave_rate()) else {
            return self;
        };
        if without <= 0.0 {
            return self;
        }
        let ratio = with / without;
        let effect = (1.0 - ratio).clamp(0.0, 1.0);
        let spread = |rate: f64, n: u64| (1.0 - rate) / (n as f64 * rate.max(0.5 / n as f64));
        let variance =
            ratio.max(0.01).powi(2) * (spread(with, called.n) + spread(without, held_out.n));
        let would_leave = called.n as f64 * without;
        // Away from certainty, so that an extreme result of few calls does not count for many.
        let at = effect.clamp(0.05, 0.95);
        let attempts = (at * (1.0 - at) / variance.max(1e-12)).min(would_leave);
        Self { a: self.a + effect * attempts, b: self.b + (1.0 - effect) * attempts }
    }

    /// Its mean.
    pub fn mean(self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// Where it lies with 95 %: the mean and twice its standard deviation, inside 0..=1.
    pub fn interval(self) -> (f64, f64) {
        let n = self.a + self.b;
        let half = 1.96 * (self.a * self.b / (n * n * (n + 1.0))).sqrt();
        ((self.mean() - half).max(0.0), (self.mean() + half).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// V = 100 weeks x (.5 x 40 x .1 - .5) = 150.
    fn case(p_alive: f64, p_leave: f64) -> Case {
        Case {
            score: Score {
                p_alive,
                p_leave,
                mean: 40.0,
                rate: 0.1,
                weeks: 100.0,
                leave_in: Some(9.0),
                ..Score::default()
            },
            margin_rate: 0.5,
            cost_per_week: 0.5,
            offer_cost: 10.0,
            call_cost: 2.0,
            minutes: 4.0,
        }
    }

    #[test]
    fn the_arithmetic_is_that_of_the_formula() {
        let w = worth(&case(0.8, 0.5), 0.3);
        assert!((w.value_if_kept - 150.0).abs() < 1e-9);
        // .8 x .5 x .3 x 140 = 16.8; .8 x .5 x 10 = 4; 2
        assert!((w.risk() - 0.6).abs() < 1e-9 && (w.to_keep() - 0.4).abs() < 1e-9);
        let parts = [(w.saved, 16.8), (w.given_away, 4.0), (w.ev, 10.8), (w.ev_per_minute, 2.7)];
        for (found, wanted) in parts {
            assert!((found - wanted).abs() < 1e-9, "{found} {wanted}");
        }
        assert_eq!((w.verdict, w.leave_in_weeks), (Verdict::Call, Some(9.0)));
        let mut easy_leaver = case(0.8, 0.5);
        easy_leaver.score.kept = 0.5;
        let w = worth(&easy_leaver, 0.3);
        // .8 x .5 x .3 x (.5 x 150 - 10) = 7.8
        for (found, wanted) in
            [(w.value_if_kept, 150.0), (w.leaver_value, 75.0), (w.saved, 7.8), (w.ev, 1.8)]
        {
            assert!((found - wanted).abs() < 1e-9, "{found} {wanted}");
        }
    }

    #[test]
    fn the_verdict_says_why_there_is_no_call() {
        let poor = Case { cost_per_week: 2.5, ..case(0.9, 0.9) };
        let dear = Case { call_cost: 500.0, ..case(1.0, 1.0) };
        for (case, verdict) in [
            (case(0.9, 0.3), Verdict::Call),
            (case(1.0, 1.0), Verdict::Call),
            (case(0.9, 0.05), Verdict::StaysAnyway),
            (case(0.03, 0.5), Verdict::Gone),
            (case(0.0, 0.0), Verdict::Gone),
            (poor, Verdict::CostsMore),
            (dear, Verdict::CostsMore),
        ] {
            let w = worth(&case, 0.3);
            assert_eq!(w.verdict, verdict, "{w:?}");
            assert_eq!(w.verdict == Verdict::Call, w.ev > 0.0);
        }
        assert!(worth(&Case { minutes: 0.0, ..case(0.8, 0.5) }, 0.3).ev_per_minute.is_finite());
    }

    #[test]
    fn the_queue_is_ranked_by_value_a_minute_and_holds_calls_only() {
        let worths: Vec<Worth> = [(0.8, 4.0), (0.01, 1.0), (0.8, 2.0), (0.8, 4.0), (0.9, 1.0)]
            .map(|(p, minutes)| worth(&Case { minutes, ..case(p, 0.5) }, 0.3))
            .to_vec();
        assert_eq!(rank(&worths, 9), [4, 2, 0, 3]);
        assert_eq!(rank(&worths, 2), [4, 2]);
        assert_eq!(rank(&worths, 0), [0; 0]);
        assert_eq!(rank(&[], 5), [0; 0]);
    }

    #[test]
    fn the_save_rate_learns() {
        let start = SaveRate::default();
        assert!((start.mean() - 0.3).abs() < 1e-12);
        let learned = start.learn(50, 100);
        assert!((learned.mean() - 56.0 / 120.0).abs() < 1e-12);
        let width = |r: SaveRate| r.interval().1 - r.interval().0;
        assert!(width(learned) < width(start));
        assert_eq!(start.learn(0, 0), start);
        assert_eq!(start.learn(9, 3).mean(), start.learn(3, 3).mean());
        let of = |n, stayed| Outcome { n, stayed };
        // Half would have left, a quarter did: half of the leavers were kept.
        let learned = start.learn_against(of(4_000, 3_000), of(4_000, 2_000));
        assert!((learned.mean() - 0.5).abs() < 0.01, "{learned:?}");
        assert!(learned.interval().0 < 0.5 && width(learned) < width(start));
        // A small hold-out group teaches little.
        let little = start.learn_against(of(4_000, 3_000), of(20, 10));
        assert!(width(little) > 2.0 * width(learned) && little.mean() > start.mean());
        // Calls that do nothing teach that they do nothing.
        assert!(start.learn_against(of(900, 450), of(900, 450)).mean() < 0.15);
        for (called, held) in [(of(0, 0), of(9, 3)), (of(9, 3), of(0, 0)), (of(9, 9), of(9, 9))] {
            assert_eq!(start.learn_against(called, held), start);
        }
        assert!(start.learn_against(of(9, 9), of(9, 3)).mean() > start.mean());
        let (low, high) = SaveRate { a: 0.1, b: 30.0 }.interval();
        assert!(low >= 0.0 && high <= 1.0);
    }
}
