//! How likely is an offer taken? By what was said to it so far: first by customers alike, then by all,
//! then by what is believed of any offer. Never says whom to ask.
//!
//! ```text
//! all      Beta(2 + taken, 6 + not taken)                 before anything is known: one in four
//! alike    Beta(k m + taken, k (1 - m) + not taken)       m: mean of all, k = 10 answers
//! ```

use super::retention::SaveRate;

/// Belief in any offer before it was made: one in four takes it, worth eight answers. Ours.
const BEFORE: SaveRate = SaveRate { a: 2.0, b: 6.0 };
/// What is known of all customers counts for as many answers of those alike.
const OF_ALL: f64 = 10.0;

/// Answers to an offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Those who were asked, and answered whatever.
    pub asked: u32,
    /// Those who took it.
    pub taken: u32,
}

impl Tally {
    /// Adds an answer.
    pub fn add(&mut self, taken: bool) {
        self.asked = self.asked.saturating_add(1);
        self.taken = self.taken.saturating_add(u32::from(taken));
    }

    /// What these answers alone teach.
    pub fn rate(self) -> SaveRate {
        BEFORE.learn(u64::from(self.taken), u64::from(self.asked))
    }
}

/// The chance that one like these takes the offer, by the answers of all and of those alike, who are
/// among them.
pub fn acceptance(all: Tally, alike: Tally) -> SaveRate {
    let mean = all.rate().mean();
    let start = SaveRate { a: OF_ALL * mean, b: OF_ALL * (1.0 - mean) };
    start.learn(u64::from(alike.taken), u64::from(alike.asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(taken: u32, asked: u32) -> Tally {
        Tally { asked, taken }
    }

    #[test]
    fn what_those_alike_say_goes_before_what_all_say() {
        for (all, alike, want) in [
            (tally(0, 0), tally(0, 0), 0.25),
            // (2 + 30) / (8 + 72) = .4; (4 + 0) / 10
            (tally(30, 72), tally(0, 0), 0.4),
            // (4 + 4) / (10 + 10)
            (tally(30, 72), tally(4, 10), 0.4),
            (tally(30, 72), tally(8, 10), 0.6),
            (tally(30, 72), tally(0, 30), 0.1),
        ] {
            let found = acceptance(all, alike).mean();
            assert!((found - want).abs() < 1e-12, "{all:?} {alike:?} {found}");
        }
        let width = |r: SaveRate| r.interval().1 - r.interval().0;
        let few = acceptance(tally(4, 10), tally(2, 5));
        let many = acceptance(tally(400, 1_000), tally(200, 500));
        assert!(width(many) < width(few) / 3.0);
    }
}
