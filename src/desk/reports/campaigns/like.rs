//! Calls outside a campaign to customers at the same stages of life as those it called.

use jiff::Timestamp;

use super::super::super::turns::stood_at;
use super::super::super::{Desk, rows};
use super::Called;
use crate::domain::{CustomerId, Stage, StageMove};

/// Those at one stage of life.
#[derive(Clone, Copy, Default)]
pub struct AtStage {
    /// Customers the campaign called.
    pub called: usize,
    pub outside: Called,
    pub seconds: u64,
    pub offers: i64,
}

/// A stage for each, and one for those of whom it is not known.
pub type ByStage = [AtStage; Stage::ALL.len() + 1];

/// Those called outside at the stages the campaign called, the part that said yes weighed, and what
/// they cost: seconds and offers.
pub fn outside(by_stage: &ByStage) -> (Called, Option<f64>, u64, i64) {
    let (mut sum, mut seconds, mut offers) = (Called::default(), 0, 0_i64);
    let (mut weighed, mut weight) = (0.0, 0_usize);
    for at in by_stage.iter().filter(|at| at.called > 0) {
        sum.join(at.outside);
        seconds += at.seconds;
        offers = offers.saturating_add(at.offers);
        if let Some(rate) = at.outside.rate() {
            weighed += rate * at.called as f64;
            weight += at.called;
        }
    }
    (sum, (weight > 0).then(|| weighed / weight as f64), seconds, offers)
}

/// The stage of today, and when a customer moved and from where.
type Past = (Option<Stage>, Vec<(Timestamp, Stage)>);

/// Where a customer stood, looked up when it is asked.
pub struct Stood {
    customer: CustomerId,
    moves: Option<Past>,
}

impl Stood {
    pub fn of(customer: CustomerId) -> Self {
        Self { customer, moves: None }
    }

    /// The place of the stage at a moment in [`ByStage`].
    pub fn place(&mut self, desk: &Desk, at: Option<Timestamp>) -> usize {
        let (now, moves) = self.moves.get_or_insert_with(|| {
            // Moves that cannot be read are as none.
            let moves =
                rows::children::<StageMove>(&*desk.engine, self.customer).unwrap_or_default();
            let state = desk.read();
            let row = state.directory.row_of(self.customer);
            let now = row.and_then(|row| state.directory.stage(row));
            (now, moves.into_iter().map(|(m, _)| (m.at, m.from)).collect())
        });
        let Some((now, at)) = now.zip(at) else { return Stage::ALL.len() };
        usize::from(stood_at(moves.iter().copied(), at, now).code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stages_outside_are_weighed_as_among_those_called() {
        let at = |called, customers, yes| AtStage {
            called,
            outside: Called { customers, reached: yes, yes, no: 0 },
            seconds: 60,
            offers: 5,
        };
        let mut by_stage = ByStage::default();
        // Ninety called who left and ten who are loyal; outside it is the loyal who are called.
        by_stage[0] = at(90, 10, 1);
        by_stage[1] = at(10, 100, 80);
        by_stage[2] = at(0, 500, 500);
        let (sum, rate, seconds, offers) = outside(&by_stage);
        assert_eq!((sum.customers, sum.yes, seconds, offers), (110, 81, 120, 10));
        assert!((rate.expect("some") - (0.9 * 0.1 + 0.1 * 0.8)).abs() < 1e-12);
        assert_eq!(outside(&ByStage::default()).1, None);
    }
}
