//! How do customers like it? Satisfaction (1 to 5) and likelihood to recommend (0 to 10) in sum, and
//! whether somebody's has fallen. Source of the second: Reichheld 2003, "The one number you need to
//! grow": promoters give 9 or 10, detractors 0 to 6.

use serde::Serialize;

/// Lowest answer of a promoter.
const PROMOTER: u8 = 9;
/// Highest answer of a detractor.
const DETRACTOR: u8 = 6;
/// From this satisfaction on nobody need worry.
const CONTENT: u8 = 4;

/// Answers in sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Voices {
    /// Those who said how satisfied they are, and the sum of what they said.
    pub satisfied: u64,
    pub satisfaction: u64,
    /// Those who said how likely they recommend us.
    pub recommend: u64,
    pub promoters: u64,
    pub detractors: u64,
}

impl Voices {
    /// Adds the answers of one conversation.
    pub fn add(&mut self, satisfaction: Option<u8>, recommend: Option<u8>) {
        if let Some(given) = satisfaction {
            self.satisfied += 1;
            self.satisfaction += u64::from(given);
        }
        if let Some(given) = recommend {
            self.recommend += 1;
            self.promoters += u64::from(given >= PROMOTER);
            self.detractors += u64::from(given <= DETRACTOR);
        }
    }

    /// Mean satisfaction, 1 to 5.
    pub fn mean(&self) -> Option<f64> {
        (self.satisfied > 0).then(|| self.satisfaction as f64 / self.satisfied as f64)
    }

    /// Net promoter score, -100 to 100: promoters less detractors, in percent of those who answered.
    pub fn net_promoter(&self) -> Option<f64> {
        let net = self.promoters as f64 - self.detractors as f64;
        (self.recommend > 0).then(|| 100.0 * net / self.recommend as f64)
    }

    /// Half of what 95 % of such scores lie within, in points.
    pub fn net_promoter_half(&self) -> Option<f64> {
        let n = self.recommend as f64;
        let (up, down) = (self.promoters as f64 / n, self.detractors as f64 / n);
        let variance = up + down - (up - down).powi(2);
        (self.recommend > 1).then(|| 100.0 * 1.96 * (variance / n).sqrt())
    }

    /// True where nobody answered.
    pub fn is_empty(&self) -> bool {
        self.satisfied == 0 && self.recommend == 0
    }
}

/// A fall in satisfaction: the answer before and the last one, of answers newest first, when the last
/// is lower and gives reason to worry.
pub fn fall(newest_first: &[u8]) -> Option<(u8, u8)> {
    let [last, before, ..] = newest_first else { return None };
    (last < before && *last < CONTENT).then_some((*before, *last))
}

/// True of an answer to "how likely would you recommend us" that warns.
pub fn is_detractor(recommend: u8) -> bool {
    recommend <= DETRACTOR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_net_promoter_score_is_that_of_its_definition() {
        let mut voices = Voices::default();
        assert_eq!((voices.mean(), voices.net_promoter()), (None, None));
        // 3 promoters, 2 passives, 5 detractors: 30 % less 50 %.
        for given in [10, 9, 9, 8, 7, 6, 5, 3, 1, 0] {
            voices.add(None, Some(given));
        }
        assert_eq!(voices.net_promoter(), Some(-20.0));
        // sqrt((.3 + .5 - .04) / 10) = .27568; 1.96 x 100 x that
        let half = voices.net_promoter_half().expect("known");
        assert!((half - 54.03).abs() < 0.01, "{half}");
        voices.add(Some(5), None);
        voices.add(Some(2), None);
        assert_eq!(voices.mean(), Some(3.5));
    }

    #[test]
    fn only_a_fall_to_where_it_hurts_is_one() {
        for (said, want) in [
            (&[][..], None),
            (&[1], None),
            (&[5, 2], None),
            (&[4, 5], None),
            (&[3, 5, 5], Some((5, 3))),
            (&[2, 3], Some((3, 2))),
            (&[2, 2, 5], None),
        ] {
            assert_eq!(fall(said), want, "{said:?}");
        }
        assert!(is_detractor(6) && !is_detractor(7));
    }
}
