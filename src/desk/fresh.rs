//! Fits again in the background when the data has moved: scores follow every purchase at once, the
//! parameters behind them need not.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use jiff::Timestamp;

use crate::domain::{Agent, Day};
use crate::insight::choice::Kind;

use super::state::State;
use super::{Desk, Heard, Who};

/// A fit is renewed when it is so many days old: parameters move by less than their error in a week.
const DAYS: i32 = 7;
/// Or when so large a part of the days with a sale came since: a twentieth moves a likelihood of a few
/// thousand customers by about its standard error.
const PART: f64 = 0.05;
/// And so many of them at least, that a small store is not fitted at every sale.
const LEAST: u64 = 50;

impl Desk {
    /// Fits again by itself from now on, when the data has moved: for those who sit at a screen. Scripts
    /// see the fit they asked for.
    pub fn keep_fresh(&self) {
        self.refits.store(true, Ordering::Relaxed);
    }

    /// True when it does.
    pub(super) fn keeps_fresh(&self) -> bool {
        self.refits.load(Ordering::Relaxed)
    }

    /// Begins to fit again if it is time.
    pub(super) fn refresh(&self, now: Timestamp) {
        if !self.keeps_fresh() || self.is_fitting() {
            return;
        }
        let (due, day, sale_days, forced) = {
            let state = self.read();
            let today = Self::day_in(&state.settings, now);
            (is_due(&state, today), today, state.scores.sale_days(), forced(&state))
        };
        if !due {
            return;
        }
        {
            // Where a fit did not come off, it is tried again when there is more.
            let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
            if tried.is_some_and(|(on, of)| on == day && has_moved(of, sale_days) < PART) {
                return;
            }
            *tried = Some((day, sale_days));
        }
        if self.fitting.swap(true, Ordering::AcqRel) {
            return;
        }
        let weak = self.me.clone();
        let begun = std::thread::Builder::new().name("fit".to_owned()).spawn(move || {
            let Some(desk) = weak.upgrade() else { return };
            desk.listeners.tell(&Heard::Progress);
            let who = Who { agent: Agent::program(), now };
            // What did not come off leaves the scores as they are.
            if desk.fit(&who, None, None, forced).is_ok() {
                let _ = desk.run_lifecycle(&who);
            }
            desk.fitting.store(false, Ordering::Release);
            desk.listeners.tell(&Heard::Progress);
        });
        if begun.is_err() {
            self.fitting.store(false, Ordering::Release);
        }
    }

    /// Models are being fitted in the background.
    pub(super) fn is_fitting(&self) -> bool {
        self.fitting.load(Ordering::Acquire)
    }
}

/// The model that was named by hand stays.
fn forced(state: &State) -> Option<Kind> {
    let scoring = &state.scores.models()?.scoring;
    let chosen = scoring.models.iter().find(|m| m.chosen && scoring.forced)?;
    Kind::parse(&chosen.name)
}

fn is_due(state: &State, today: Day) -> bool {
    let Some(models) = state.scores.models() else { return false };
    let scoring = &models.scoring;
    let days = state.scores.sale_days();
    state.loading.is_none()
        && !scoring.pinned
        && (today.since(scoring.as_of) >= DAYS
            || days.abs_diff(scoring.sale_days) >= LEAST
                && has_moved(scoring.sale_days, days) >= PART)
}

/// How far the days with a sale have moved, as a part of those there were.
fn has_moved(from: u64, to: u64) -> f64 {
    to.abs_diff(from) as f64 / from.max(1) as f64
}
