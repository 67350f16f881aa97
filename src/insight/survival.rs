//! How long do contracts last? Kaplan-Meier over all, and Cox's proportional hazards for each by their
//! facts. Never encodes facts; see [`super::features`]. Time is in the caller's unit.

mod cox;

pub use cox::{Cox, fit_cox};

/// One contract: how long it was seen, and whether it ended then.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Duration seen.
    pub time: f64,
    /// It ended; otherwise it was still running.
    pub ended: bool,
}

/// The part still there after each time at which any ended (Kaplan and Meier 1958).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KaplanMeier {
    /// (time, part still there after it, standard error after Greenwood), ascending in time.
    pub steps: Vec<(f64, f64, f64)>,
}

impl KaplanMeier {
    /// The curve of some contracts. One that ran until a time at which others ended counts as at risk
    /// then.
    pub fn of(spans: &[Span]) -> Self {
        let mut spans = spans.to_vec();
        spans.sort_unstable_by(|a, b| a.time.total_cmp(&b.time));
        let mut at_risk = spans.len() as f64;
        let (mut left, mut greenwood) = (1.0, 0.0);
        let mut steps = Vec::new();
        for same in spans.chunk_by(|a, b| a.time == b.time) {
            let ended = same.iter().filter(|s| s.ended).count() as f64;
            if ended > 0.0 {
                left *= 1.0 - ended / at_risk;
                // The last one ending leaves nothing, and nothing to be unsure about.
                greenwood +=
                    if at_risk > ended { ended / (at_risk * (at_risk - ended)) } else { 0.0 };
                steps.extend(same.first().map(|s| (s.time, left, left * f64::sqrt(greenwood))));
            }
            at_risk -= same.len() as f64;
        }
        Self { steps }
    }

    /// Part still there after `time`.
    pub fn survival(&self, time: f64) -> f64 {
        let until = self.steps.partition_point(|step| step.0 <= time);
        until.checked_sub(1).and_then(|last| self.steps.get(last)).map_or(1.0, |step| step.1)
    }

    /// When half have ended; `None` when fewer have.
    pub fn median(&self) -> Option<f64> {
        self.steps.iter().find(|step| step.1 <= 0.5).map(|step| step.0)
    }
}

/// Harrell's C: the part of comparable pairs in which the one with the higher risk ended first; ties
/// in risk count half. A pair compares when one ended while the other was longer seen, or was seen
/// running at that same time. `None` when no pair compares.
pub fn concordance(spans: &[Span], risk: &[f64]) -> Option<f64> {
    let mut ranks = risk.to_vec();
    ranks.sort_unstable_by(f64::total_cmp);
    ranks.dedup();
    let rank = |r: f64| ranks.partition_point(|known| *known < r);
    let mut rows: Vec<(f64, bool, usize)> =
        spans.iter().zip(risk).map(|(s, r)| (s.time, s.ended, rank(*r))).collect();
    rows.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    // From the longest seen down, with a count of the risks of those seen longer.
    let mut longer = Counts(vec![0; ranks.len() + 1]);
    let (mut seen, mut pairs, mut won) = (0_u64, 0.0, 0.0);
    for same in rows.chunk_by(|a, b| a.0 == b.0) {
        for (_, _, rank) in same.iter().filter(|row| !row.1) {
            longer.add(*rank);
            seen += 1;
        }
        for (_, _, rank) in same.iter().filter(|row| row.1) {
            let below = longer.below(*rank);
            let equal = longer.below(rank + 1) - below;
            pairs += seen as f64;
            won += below as f64 + equal as f64 / 2.0;
        }
        for (_, _, rank) in same.iter().filter(|row| row.1) {
            longer.add(*rank);
            seen += 1;
        }
    }
    (pairs > 0.0).then(|| won / pairs)
}

/// Counts by rank with running sums (a Fenwick tree).
struct Counts(Vec<u64>);

impl Counts {
    fn add(&mut self, rank: usize) {
        let mut at = rank + 1;
        while let Some(count) = self.0.get_mut(at) {
            *count += 1;
            at += at & at.wrapping_neg();
        }
    }

    /// How many have a smaller rank.
    fn below(&self, rank: usize) -> u64 {
        let (mut at, mut sum) = (rank, 0);
        while at > 0 {
            sum += self.0.get(at).copied().unwrap_or_default();
            at &= at - 1;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(rows: &[(f64, bool)]) -> Vec<Span> {
        rows.iter().map(|&(time, ended)| Span { time, ended }).collect()
    }

    #[test]
    fn kaplan_meier_of_the_textbook() {
        // Remission of leukaemia under 6-MP (Freireich et al. 1963), as in Kalbfleisch and Prentice.
        let rows: Vec<(f64, bool)> = [6, 6, 6, 7, 10, 13, 16, 22, 23]
            .map(|t| (f64::from(t), true))
            .into_iter()
            .chain([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|t| (f64::from(t), false)))
            .collect();
        let km = KaplanMeier::of(&spans(&rows));
        let wanted = [
            (6, 0.857),
            (7, 0.807),
            (10, 0.753),
            (13, 0.690),
            (16, 0.627),
            (22, 0.538),
            (23, 0.448),
        ];
        assert_eq!(km.steps.len(), wanted.len());
        for (time, part) in wanted {
            assert!((km.survival(f64::from(time)) - part).abs() < 5.1e-4, "{time}");
        }
        assert_eq!((km.survival(5.9), km.median()), (1.0, Some(23.0)));
        // Greenwood's standard error at 6: .857 sqrt(3 / (21 x 18)) = .0764.
        assert!((km.steps[0].2 - 0.0764).abs() < 1e-4);
    }

    #[test]
    fn curves_of_nothing_and_of_everything() {
        assert_eq!(KaplanMeier::of(&[]).survival(3.0), 1.0);
        let all = KaplanMeier::of(&spans(&[(2.0, true), (2.0, true)]));
        assert_eq!((all.survival(2.0), all.median()), (0.0, Some(2.0)));
        assert_eq!(KaplanMeier::of(&spans(&[(2.0, false)])).median(), None);
    }

    #[test]
    fn concordance_counts_comparable_pairs() {
        let rows = spans(&[(1.0, true), (2.0, false), (3.0, true), (3.0, true), (3.0, false)]);
        // Comparable: 1 with four others; each ended 3 with the running 3.
        for (risk, wanted) in [
            ([5.0, 1.0, 2.0, 2.0, 1.0], 1.0),
            ([0.0, 1.0, 2.0, 2.0, 3.0], 0.0),
            ([7.0; 5], 0.5),
            ([1.5, 1.0, 2.0, 2.0, 2.0], 2.0 / 6.0),
        ] {
            assert_eq!(concordance(&rows, &risk), Some(wanted), "{risk:?}");
        }
        assert_eq!(concordance(&rows[1..2], &[1.0]), None);
    }
}
