//! Who stands in a queue and where, and who is left out and why: kept up per customer. Decides nothing:
//! the places are given.

use std::cmp::Reverse;

use crate::domain::{CustomerId, QueueKind};

use super::question::LeftOut;

/// The queues that are ranked by expected value.
pub(super) const RANKED: [QueueKind; 5] = [
    QueueKind::Retention,
    QueueKind::WinBack,
    QueueKind::CrossSell,
    QueueKind::UpSell,
    QueueKind::Acquisition,
];

/// Why a customer is not in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Out {
    NeverBought,
    StaysAnyway,
    Gone,
    CostsMore,
    DoNotCall,
    CoolingOff,
    PutOff,
    /// Held out.
    Control,
    StillHere,
    NothingToOffer,
    Customer,
}

impl Out {
    const ALL: [Self; 11] = [
        Self::NeverBought,
        Self::StaysAnyway,
        Self::Gone,
        Self::CostsMore,
        Self::DoNotCall,
        Self::CoolingOff,
        Self::PutOff,
        Self::Control,
        Self::StillHere,
        Self::NothingToOffer,
        Self::Customer,
    ];
}

/// Where a customer stands with respect to a queue: nowhere (no such customer), in it with an expected
/// value, or left out for a reason. Eight bytes, because there are five for every customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place(i64);

impl Place {
    /// In the queue; `value` in minor units, counted as 1 where it rounds to nothing.
    pub fn queued(value: i64) -> Self {
        Self(value.max(1))
    }

    pub fn out(why: Out) -> Self {
        Self(-1 - why as i64)
    }

    /// The expected value of one in the queue.
    pub fn value(self) -> Option<i64> {
        (self.0 > 0).then_some(self.0)
    }

    /// Why one is left out.
    pub fn why(self) -> Option<Out> {
        let code = usize::try_from(-1 - self.0).ok()?;
        Out::ALL.get(code).copied()
    }
}

/// One queue.
#[derive(Default)]
pub(super) struct Line {
    places: Vec<Place>,
    /// Those in it: the most worth first, then by id.
    queue: Vec<(Reverse<i64>, CustomerId)>,
    left_out: LeftOut,
    worth: i64,
}

impl Line {
    /// A queue of these places, by id.
    pub fn of(places: Vec<Place>) -> Self {
        let mut line = Self { places, ..Self::default() };
        for (id, place) in line.places.iter().enumerate() {
            count(&mut line.left_out, &mut line.worth, *place, 1);
            if let Some(value) = place.value() {
                line.queue.push((Reverse(value), CustomerId(id as u64)));
            }
        }
        line.queue.sort_unstable();
        line
    }

    /// Those in the queue, the most worth first.
    pub fn queue(&self) -> &[(Reverse<i64>, CustomerId)] {
        &self.queue
    }

    /// Where a customer stands with respect to it.
    pub fn place(&self, id: CustomerId) -> Place {
        let at = usize::try_from(id.0).ok();
        at.and_then(|at| self.places.get(at)).copied().unwrap_or_default()
    }

    /// Where a customer stands in it.
    pub fn position(&self, id: CustomerId) -> Option<usize> {
        let value = self.places.get(usize::try_from(id.0).ok()?)?.value()?;
        self.queue.binary_search(&(Reverse(value), id)).ok()
    }

    /// Those left out, and the sum of what the queue is worth, minor units.
    pub fn left_out(&self) -> (LeftOut, i64) {
        (self.left_out, self.worth)
    }

    /// Moves one customer.
    pub fn put(&mut self, id: CustomerId, new: Place) {
        let at = id.0 as usize;
        if self.places.len() <= at {
            self.places.resize_with(at + 1, Place::default);
        }
        let Some(place) = self.places.get_mut(at) else { return };
        let old = std::mem::replace(place, new);
        if old == new {
            return;
        }
        count(&mut self.left_out, &mut self.worth, old, -1);
        count(&mut self.left_out, &mut self.worth, new, 1);
        if let Some(value) = old.value()
            && let Ok(at) = self.queue.binary_search(&(Reverse(value), id))
        {
            self.queue.remove(at);
        }
        if let Some(value) = new.value()
            && let Err(at) = self.queue.binary_search(&(Reverse(value), id))
        {
            self.queue.insert(at, (Reverse(value), id));
        }
    }
}

fn count(left_out: &mut LeftOut, worth: &mut i64, place: Place, by: isize) {
    if let Some(value) = place.value() {
        *worth = worth.saturating_add(value.saturating_mul(by as i64));
        return;
    }
    let Some(why) = place.why() else { return };
    let slot = match why {
        Out::NeverBought => &mut left_out.never_bought,
        Out::StaysAnyway => &mut left_out.stay_anyway,
        Out::Gone => &mut left_out.gone,
        Out::CostsMore => &mut left_out.cost_more,
        Out::DoNotCall => &mut left_out.do_not_call,
        Out::CoolingOff => &mut left_out.cooling_off,
        Out::PutOff => &mut left_out.put_off,
        Out::Control => &mut left_out.held_out,
        Out::StillHere => &mut left_out.still_here,
        Out::NothingToOffer => &mut left_out.nothing_to_offer,
        Out::Customer => &mut left_out.customers,
    };
    *slot = slot.saturating_add_signed(by);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_kept_up_is_a_line_made_anew() {
        let at = |code: i64| match code {
            0 => Place::default(),
            1..=11 => Place::out(Out::ALL[code as usize - 1]),
            value => Place::queued(value),
        };
        let mut line = Line::default();
        let mut places = vec![Place::default(); 40];
        for step in 0..400_u64 {
            let (id, code) = (step * 7 % 40, (step * step + 3 * step) % 23);
            places[id as usize] = at(code as i64);
            line.put(CustomerId(id), at(code as i64));
        }
        let anew = Line::of(places);
        assert_eq!(line.queue(), anew.queue());
        assert_eq!(line.left_out(), anew.left_out());
        assert!(line.queue().is_sorted() && !line.queue().is_empty());
        for (place, (_, id)) in line.queue().iter().enumerate() {
            assert_eq!(line.position(*id), Some(place));
        }
        assert_eq!(line.position(CustomerId(9_999)), None);
        assert_eq!(line.left_out().1, line.queue().iter().map(|(v, _)| v.0).sum::<i64>());
    }

    #[test]
    fn every_reason_is_counted_as_itself() {
        for why in Out::ALL {
            assert_eq!(Place::out(why).why(), Some(why));
            assert_eq!(Place::out(why).value(), None);
            let line = Line::of(vec![Place::out(why)]);
            assert_eq!(line.left_out().0.total(), 1);
        }
        assert_eq!(Place::queued(0).value(), Some(1));
    }
}
