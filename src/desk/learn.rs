//! What calls bring: rates learned from outcomes against those held out, kept beside the models. Works
//! on copies; holds no lock and reads no clock.
//!
//! ```text
//! week by week, as far down the ranking as calls went:
//!   called      ─► bought again within the horizon?   ┐ part of those who would have left
//!   held out    ─► bought again within the horizon?   ┘ that the calls kept
//! ```

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use crate::domain::{
    Channel, CustomerId, Day, Direction, FittedModel, History, Interaction, InteractionId, Meaning,
    QueueKind, Scoring, Settings,
};
use crate::insight::choice::Chosen;
use crate::insight::gamma_gamma::GammaGamma;
use crate::insight::retention::{Case, Outcome, SaveRate};
use crate::insight::score::Terms;
use crate::insight::summarise;
use crate::store::{Engine, KeyRange, StoreError};

use super::arithmetic::{self, Fresh, Rates};
use super::question::Uplift;
use super::rows;

/// Uplift is told from this many called and as many held out: with fewer, 95 % lies further than 14
/// points to either side (1.96 √(.5 .5 2/100)), which is as much as any call can be hoped to bring.
pub(super) const ENOUGH: u64 = 100;
/// Weeks looked back over, whose outcome is known.
const MOST_WEEKS: i32 = 52;
const WEEK: i32 = 7;

/// An outbound call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    pub customer: CustomerId,
    pub day: Day,
    /// The queue it was made from.
    pub queue: Option<QueueKind>,
    pub sold: bool,
}

/// All who bought, with what the queues know of them.
pub(super) struct People<'a> {
    pub ids: &'a [CustomerId],
    pub histories: &'a [History],
    pub buying: &'a Chosen,
    pub spend: &'a GammaGamma,
    pub fresh: Fresh,
    pub terms: Terms,
    pub settings: &'a Settings,
    pub day: Day,
}

/// The name under which the rate of a queue's calls is kept.
pub(super) fn name(kind: QueueKind) -> &'static str {
    match kind {
        QueueKind::WinBack => "return_rate",
        QueueKind::CrossSell => "cross_sell_rate",
        QueueKind::UpSell => "up_sell_rate",
        QueueKind::Retention | QueueKind::Acquisition | QueueKind::Callbacks => "save_rate",
    }
}

/// The rates that were kept; what was believed from the start where none was.
pub(super) fn rates(scoring: &Scoring) -> Rates {
    let start = Rates::default();
    let of = |kind, start: SaveRate| {
        let kept = scoring.model(name(kind))?;
        let part = |name| kept.parameter(name).filter(|v| v.is_finite() && *v > 0.0);
        Some(SaveRate { a: part("a")?, b: part("b")? }).filter(|r| r.a + r.b >= start.a + start.b)
    };
    Rates {
        save: of(QueueKind::Retention, start.save).unwrap_or(start.save),
        back: of(QueueKind::WinBack, start.back).unwrap_or(start.back),
        cross: of(QueueKind::CrossSell, start.cross).unwrap_or(start.cross),
        up: of(QueueKind::UpSell, start.up).unwrap_or(start.up),
    }
}

/// What the calls of a queue brought; `None` before there are enough of them.
pub(super) fn uplift(scoring: &Scoring, kind: QueueKind) -> Option<Uplift> {
    let model = scoring.model(name(kind))?;
    Some(Uplift {
        called: model.figure("called")? as usize,
        held_out: model.figure("held_out")? as usize,
        uplift: model.figure("uplift")?,
        low: model.figure("uplift_low")?,
        high: model.figure("uplift_high")?,
    })
}

/// All outbound calls of a store, those that were corrected as corrected.
pub(super) fn calls(
    engine: &dyn Engine,
    day_of: &dyn Fn(jiff::Timestamp) -> Day,
    meaning: &dyn Fn(&str) -> Option<Meaning>,
) -> Result<Vec<Made>, StoreError> {
    let mut all: Vec<(InteractionId, Made)> = Vec::new();
    let mut corrected: HashSet<InteractionId> = HashSet::new();
    rows::read_all::<Interaction>(engine, KeyRange::all(), &mut |_, i, _| {
        corrected.extend(i.corrects);
        if i.channel == Channel::Call && i.direction == Direction::Outbound {
            let sold = meaning(&i.outcome) == Some(Meaning::Sale);
            let made = Made { customer: i.customer, day: day_of(i.at), queue: i.queue, sold };
            all.push((i.id, made));
        }
        ControlFlow::Continue(())
    })?;
    all.retain(|(id, _)| !corrected.contains(id));
    Ok(all.into_iter().map(|(_, made)| made).collect())
}

/// The rates as these calls teach them, one model a queue that was called from.
pub(super) fn learn(people: &People, calls: &[Made]) -> Vec<FittedModel> {
    let start = Rates::default();
    let mut learned = Vec::new();
    for (kind, start) in [(QueueKind::Retention, start.save), (QueueKind::WinBack, start.back)] {
        if let Some((called, held_out)) = trial(people, calls, kind) {
            let rate = start.learn_against(called, held_out);
            learned.push(kept(kind, rate, Some((called, held_out)), called.n));
        }
    }
    for (kind, start) in [(QueueKind::CrossSell, start.cross), (QueueKind::UpSell, start.up)] {
        let of = || calls.iter().filter(|c| c.queue == Some(kind) && c.day <= people.day);
        let (tried, sold) = (of().count() as u64, of().filter(|c| c.sold).count() as u64);
        if tried > 0 {
            learned.push(kept(kind, start.learn(sold, tried), None, tried));
        }
    }
    learned
}

fn kept(
    kind: QueueKind,
    rate: SaveRate,
    groups: Option<(Outcome, Outcome)>,
    n: u64,
) -> FittedModel {
    let named = |all: &[(&str, f64)]| all.iter().map(|(n, v)| ((*n).to_owned(), *v)).collect();
    let (low, high) = rate.interval();
    let mut quality = vec![("mean", rate.mean()), ("low", low), ("high", high)];
    if let Some((called, held_out)) = groups {
        quality.extend([
            ("called", called.n as f64),
            ("called_stayed", called.stayed as f64),
            ("held_out", held_out.n as f64),
            ("held_out_stayed", held_out.stayed as f64),
            ("needed", ENOUGH as f64),
        ]);
        if called.n >= ENOUGH && held_out.n >= ENOUGH {
            let (uplift, low, high) = difference(called, held_out);
            quality.extend([("uplift", uplift), ("uplift_low", low), ("uplift_high", high)]);
        }
    }
    FittedModel {
        name: name(kind).to_owned(),
        n,
        parameters: named(&[("a", rate.a), ("b", rate.b)]),
        quality: named(&quality),
        ..FittedModel::default()
    }
}

/// Those called from a queue and those held out in like standing, with how many bought again within
/// the horizon; `None` where nobody was called whose horizon is over.
fn trial(people: &People, calls: &[Made], kind: QueueKind) -> Option<(Outcome, Outcome)> {
    let horizon = (people.terms.horizon * 7.0) as i32;
    let place: HashMap<CustomerId, usize> =
        people.ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut last_call: HashMap<CustomerId, Vec<Day>> = HashMap::new();
    for call in calls {
        last_call.entry(call.customer).or_default().push(call.day);
    }
    let held: Vec<usize> =
        (0..people.ids.len()).filter(|at| people.settings.holds_out(people.ids[*at])).collect();
    let (mut called, mut counted) = (Outcome::default(), HashSet::new());
    // Part of those held out who stayed, each week's weighted by its calls.
    let (mut expected, mut weight, mut compared) = (0.0, 0.0, HashSet::new());
    for week in 0..MOST_WEEKS {
        let to = people.day.plus(-horizon - week * WEEK);
        let from = to.plus(-WEEK);
        let mut least = f64::INFINITY;
        let mut group = Outcome::default();
        for call in calls.iter().filter(|c| c.queue == Some(kind)) {
            let Some(at) = place.get(&call.customer).copied() else { continue };
            if call.day <= from || call.day > to || counted.contains(&at) {
                continue;
            }
            let Some(ev) = people.ev(at, from, kind) else { continue };
            counted.insert(at);
            least = least.min(ev);
            group.n += 1;
            group.stayed += u64::from(people.bought(at, to, to.plus(horizon)));
        }
        if group.n == 0 {
            continue;
        }
        let mut alike = Outcome::default();
        for at in held.iter().copied() {
            let calls = people.ids.get(at).and_then(|id| last_call.get(id));
            let was_called = |day: &Day| *day > from && *day <= to.plus(horizon);
            if calls.is_some_and(|days| days.iter().any(was_called)) {
                continue; // by mistake, or at the customer's wish
            }
            if people.ev(at, from, kind).is_some_and(|ev| ev >= least) {
                alike.n += 1;
                alike.stayed += u64::from(people.bought(at, to, to.plus(horizon)));
                compared.insert(at);
            }
        }
        called.n += group.n;
        called.stayed += group.stayed;
        if alike.n > 0 {
            expected += group.n as f64 * alike.stayed as f64 / alike.n as f64;
            weight += group.n as f64;
        }
    }
    if called.n == 0 {
        return None;
    }
    let n = compared.len() as u64;
    let part = if weight > 0.0 { expected / weight } else { 0.0 };
    Some((called, Outcome { n, stayed: (part * n as f64).round() as u64 }))
}

impl People<'_> {
    /// What a call would have been worth on a day, if the queue would have named the customer.
    fn ev(&self, at: usize, day: Day, kind: QueueKind) -> Option<f64> {
        let history = self.histories.get(at)?;
        let minor = self.settings.currency.minor_per_major() as f64;
        let summary = summarise(history, day, minor)?;
        let total = history.total();
        let margin = if total.cost > 0 && total.revenue > 0 {
            (total.revenue - total.cost) as f64 / total.revenue as f64
        } else {
            self.settings.margin
        };
        let case = Case {
            // When they count as gone is of no matter here, and not for nothing.
            score: self.buying.score(
                self.spend,
                &summary,
                &Terms { gone_below: 0.0, ..self.terms },
            ),
            margin_rate: margin,
            cost_per_week: 0.0,
            offer_cost: self.settings.offer_cost as f64 / minor,
            call_cost: self.settings.call_minutes * self.settings.minute_cost as f64 / minor,
            minutes: self.settings.call_minutes,
        };
        // By what was believed from the start, so that what is learned does not choose its teachers.
        let rates = Rates::default();
        let worth = match kind {
            QueueKind::WinBack => arithmetic::win_back(&case, &rates, &self.fresh),
            _ => arithmetic::retention(&case, &rates),
        };
        worth.ok().map(|w| w.ev())
    }

    /// Bought something after `from`, up to `to`.
    fn bought(&self, at: usize, from: Day, to: Day) -> bool {
        let days = self.histories.get(at).map(|h| h.days.as_slice()).unwrap_or_default();
        days.iter().any(|d| d.sales > 0 && d.day > from && d.day <= to)
    }
}

/// The difference of two parts and where it lies with 95 % (Newcombe 1998, method 10).
fn difference(called: Outcome, held_out: Outcome) -> (f64, f64, f64) {
    let (p, low_p, high_p) = wilson(called);
    let (q, low_q, high_q) = wilson(held_out);
    let below = ((p - low_p).powi(2) + (high_q - q).powi(2)).sqrt();
    let above = ((high_p - p).powi(2) + (q - low_q).powi(2)).sqrt();
    (p - q, p - q - below, p - q + above)
}

/// A part and its interval (Wilson 1927).
fn wilson(of: Outcome) -> (f64, f64, f64) {
    const Z: f64 = 1.96;
    let n = of.n.max(1) as f64;
    let p = of.stayed.min(of.n) as f64 / n;
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let all = 1.0 + Z * Z / n;
    (p, (middle - half) / all, (middle + half) / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe 1998, table II: (a) 56/70 against 48/80, (b) 9/10 against 3/10, (g) 10/10 against 0/20.
    #[test]
    fn the_interval_of_a_difference_is_the_published_one() {
        let of = |stayed, n| Outcome { n, stayed };
        for (called, held, low, high) in [
            (of(56, 70), of(48, 80), 0.0524, 0.3339),
            (of(9, 10), of(3, 10), 0.1705, 0.8090),
            (of(10, 10), of(0, 20), 0.6791, 1.0),
        ] {
            let (_, found_low, found_high) = difference(called, held);
            assert!((found_low - low).abs() < 1e-4, "{found_low} {low}");
            assert!((found_high - high).abs() < 1e-4, "{found_high} {high}");
        }
    }

    #[test]
    fn what_was_not_kept_or_cannot_be_is_what_was_believed() {
        let scoring = |models| Scoring {
            as_of: Day(0),
            pinned: false,
            at: jiff::Timestamp::UNIX_EPOCH,
            horizon_weeks: 26,
            forced: false,
            sale_days: 0,
            models,
        };
        assert_eq!(rates(&scoring(Vec::new())), Rates::default());
        let mut model = kept(QueueKind::WinBack, SaveRate { a: 12.0, b: 30.0 }, None, 22);
        assert_eq!(rates(&scoring(vec![model.clone()])).back, SaveRate { a: 12.0, b: 30.0 });
        model.parameters[0].1 = f64::NAN;
        assert_eq!(rates(&scoring(vec![model])), Rates::default());
    }
}
