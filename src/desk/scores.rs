//! Scores and places in the retention queue, kept up per customer: one change ranks one customer again.
//! Fits nothing and reads no clock: the models and the day are given.

use crate::directory::{Score as Column, Verdict};
use crate::domain::{CustomerId, Day, Ledger, Scoring, Settings};
use crate::insight::choice::Chosen;
use crate::insight::gamma_gamma::GammaGamma;
use crate::insight::retention::{self, Case, SaveRate, Worth};
use crate::insight::rfm::Cuts;
use crate::insight::score::{Score, Terms, score_all_chosen};
use crate::insight::{Summary, summarise};

use super::question::LeftOut;

/// Past this id a customer is not ranked: ids are dense, and a column must not grow without bound.
const HIGHEST_ID: u64 = 1 << 28;

/// What the analyses need of one customer; money in minor units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input {
    /// `None` before the first purchase.
    pub summary: Option<Summary>,
    pub last: Day,
    pub days: u32,
    pub revenue: i64,
    pub margin: f32,
    /// Call time and returns, a week of the relation.
    pub cost_per_week: f32,
    pub last_contact: Day,
}

impl Default for Input {
    fn default() -> Self {
        Self {
            summary: None,
            last: Day::NEVER,
            days: 0,
            revenue: 0,
            margin: 0.0,
            cost_per_week: 0.0,
            last_contact: Day::NEVER,
        }
    }
}

/// Where a customer stands with respect to the retention queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing known: no such customer.
    #[default]
    None,
    /// In the queue, with the expected value of a call in minor units.
    Queued(i64),
    NeverBought,
    StaysAnyway,
    Gone,
    CostsMore,
    DoNotCall,
    CoolingOff,
    PutOff,
}

/// The fitted models, ready for use.
#[derive(Clone, Debug)]
pub(super) struct Models {
    pub scoring: Scoring,
    pub buying: Chosen,
    pub spend: GammaGamma,
}

/// Scores of everyone.
#[derive(Default)]
pub(super) struct Scores {
    models: Option<Models>,
    /// The day scores stand on; unknown until the desk says what day it is.
    day: Option<Day>,
    inputs: Vec<Input>,
    places: Vec<Place>,
    /// Those in the queue: the most worth first, then by id.
    queue: Vec<(std::cmp::Reverse<i64>, CustomerId)>,
    left_out: LeftOut,
    worth: i64,
    cuts: Option<Cuts>,
    /// Values of all with a score when everyone was scored last, ascending: for "top x %".
    values: Vec<i64>,
    save_rate: SaveRate,
}

/// Everyone's scores at once, made aside of the desk's lock.
pub(super) struct Ranking {
    pub columns: Vec<(CustomerId, Column)>,
    places: Vec<Place>,
    queue: Vec<(std::cmp::Reverse<i64>, CustomerId)>,
    cuts: Cuts,
    values: Vec<i64>,
}

/// What scoring everyone needs: a copy, so that nobody waits for it.
pub(super) struct Basis {
    models: Option<Models>,
    day: Day,
    inputs: Vec<Input>,
    save_rate: SaveRate,
}

impl Scores {
    /// The day scores stand on.
    pub fn day(&self) -> Option<Day> {
        self.day
    }

    /// Moves to a day; inputs must be put again after it.
    pub fn set_day(&mut self, day: Day) {
        self.day = Some(day);
    }

    /// The models in use.
    pub fn models(&self) -> Option<&Models> {
        self.models.as_ref()
    }

    /// Takes models in, or forgets them.
    pub fn set_models(&mut self, scoring: Option<Scoring>) {
        self.models = scoring.and_then(Models::of);
        if let Some(models) = self.models.as_ref().filter(|m| m.scoring.pinned) {
            self.day = Some(models.scoring.as_of);
        }
    }

    pub fn save_rate(&self) -> SaveRate {
        self.save_rate
    }

    /// What the analyses know of a customer.
    pub fn input(&self, id: CustomerId) -> Option<&Input> {
        self.inputs.get(slot(id)?)
    }

    /// Takes a ledger in.
    pub fn put(&mut self, id: CustomerId, ledger: &Ledger, settings: &Settings) {
        let (Some(at), Some(day)) = (slot(id), self.day) else { return };
        if self.inputs.len() <= at {
            self.inputs.resize_with(at + 1, Input::default);
        }
        if let Some(input) = self.inputs.get_mut(at) {
            *input = Input::of(ledger, day, settings);
        }
    }

    /// Forgets a customer.
    pub fn remove(&mut self, id: CustomerId) {
        let Some(at) = slot(id) else { return };
        self.place(id, Place::None);
        if let Some(input) = self.inputs.get_mut(at) {
            *input = Input::default();
        }
    }

    /// Ranks one customer anew.
    pub fn rank(
        &mut self,
        id: CustomerId,
        settings: &Settings,
        may_call: bool,
        put_off: bool,
    ) -> Option<Column> {
        let at = slot(id)?;
        let input = self.inputs.get(at).copied().unwrap_or_default();
        let day = self.day?;
        let judged =
            judge(&input, self.models.as_ref(), self.cuts.as_ref(), day, self.save_rate, settings);
        self.place(id, place(&input, &judged, day, settings, may_call, put_off));
        Some(judged.column)
    }

    /// A copy of what scoring everyone needs.
    pub fn basis(&self) -> Option<Basis> {
        Some(Basis {
            models: self.models.clone(),
            day: self.day?,
            inputs: self.inputs.clone(),
            save_rate: self.save_rate,
        })
    }

    /// Takes everyone's scores in.
    pub fn install(&mut self, ranking: Ranking) -> Vec<(CustomerId, Column)> {
        self.cuts = Some(ranking.cuts);
        self.left_out = LeftOut::default();
        self.worth = 0;
        for p in &ranking.places {
            count(&mut self.left_out, &mut self.worth, *p, 1);
        }
        self.places = ranking.places;
        self.queue = ranking.queue;
        self.values = ranking.values;
        ranking.columns
    }

    /// The retention queue, the most worth first.
    pub fn queue(&self) -> &[(std::cmp::Reverse<i64>, CustomerId)] {
        &self.queue
    }

    /// Where a customer stands in the queue.
    pub fn position(&self, id: CustomerId) -> Option<usize> {
        match self.places.get(slot(id)?) {
            Some(Place::Queued(ev)) => self.queue.binary_search(&(std::cmp::Reverse(*ev), id)).ok(),
            _ => None,
        }
    }

    /// Those left out, and the sum of what the queue is worth, minor units.
    pub fn left_out(&self) -> (LeftOut, i64) {
        (self.left_out, self.worth)
    }

    /// Part of all with a score, in percent, who are worth more than `value`.
    pub fn percentile(&self, value: i64) -> Option<f64> {
        let no_more = self.values.partition_point(|v| *v <= value);
        let n = self.values.len();
        (n > 0).then(|| 100.0 * (n - no_more) as f64 / n as f64)
    }

    /// The arithmetic of one customer; money in major units.
    pub fn worth(&self, id: CustomerId, settings: &Settings) -> Option<(Score, Worth)> {
        let input = self.input(id)?;
        let models = self.models.as_ref()?;
        let score = models.score(&input.summary?, settings);
        Some((score, retention::worth(&case(input, score, settings), self.save_rate.mean())))
    }

    fn place(&mut self, id: CustomerId, new: Place) {
        let Some(at) = slot(id) else { return };
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
        if let Place::Queued(ev) = old
            && let Ok(at) = self.queue.binary_search(&(std::cmp::Reverse(ev), id))
        {
            self.queue.remove(at);
        }
        if let Place::Queued(ev) = new
            && let Err(at) = self.queue.binary_search(&(std::cmp::Reverse(ev), id))
        {
            self.queue.insert(at, (std::cmp::Reverse(ev), id));
        }
    }
}

impl Basis {
    /// Scores everyone on all cores. `standing` says of each id whether the customer exists, may be
    /// called, and is put off.
    pub fn rank_all(
        &self,
        settings: &Settings,
        standing: &dyn Fn(CustomerId) -> Option<(bool, bool)>,
    ) -> Ranking {
        let bought = || self.inputs.iter().filter(|i| i.summary.is_some());
        let recency: Vec<i32> = bought().map(|i| self.day.since(i.last)).collect();
        let frequency: Vec<u32> = bought().map(|i| i.days).collect();
        let monetary: Vec<i64> = bought().map(|i| i.revenue).collect();
        let cuts = Cuts::of(&recency, &frequency, &monetary);
        let scores = self.models.as_ref().map(|m| {
            let summaries: Vec<Summary> = bought().filter_map(|i| i.summary).collect();
            score_all_chosen(&m.buying, &m.spend, &summaries, &m.terms(settings))
        });
        let mut scores = scores.map(Vec::into_iter);
        let mut ranking = Ranking {
            columns: Vec::with_capacity(self.inputs.len()),
            places: vec![Place::None; self.inputs.len()],
            queue: Vec::new(),
            cuts,
            values: Vec::new(),
        };
        for (at, input) in self.inputs.iter().enumerate() {
            let score = match (input.summary, scores.as_mut()) {
                (Some(_), Some(scores)) => scores.next(),
                _ => None,
            };
            let id = CustomerId(at as u64);
            let Some((may_call, put_off)) = standing(id) else { continue };
            let judged =
                judged(input, score, Some(&ranking.cuts), self.day, self.save_rate, settings);
            let new = place(input, &judged, self.day, settings, may_call, put_off);
            if let Some(place) = ranking.places.get_mut(at) {
                *place = new;
            }
            if let Place::Queued(ev) = new {
                ranking.queue.push((std::cmp::Reverse(ev), id));
            }
            if judged.worth.is_some() {
                ranking.values.push(judged.column.value);
            }
            ranking.columns.push((id, judged.column));
        }
        ranking.values.sort_unstable();
        ranking.queue.sort_unstable();
        ranking
    }
}

impl Models {
    fn of(scoring: Scoring) -> Option<Self> {
        let buying = scoring.models.iter().find(|m| m.chosen).and_then(Chosen::of)?;
        let spend = scoring.model("gamma_gamma")?;
        let of = |name| spend.parameter(name).filter(|v| *v > 0.0);
        let spend = GammaGamma { p: of("p")?, q: of("q")?, gamma: of("gamma")? };
        Some(Self { scoring, buying, spend })
    }

    /// The figures of one customer.
    pub fn score(&self, summary: &Summary, settings: &Settings) -> Score {
        self.buying.score(&self.spend, summary, &self.terms(settings))
    }

    pub fn terms(&self, settings: &Settings) -> Terms {
        Terms {
            horizon: f64::from(self.scoring.horizon_weeks),
            discount: weekly_discount(settings),
            gone_below: settings.gone_below,
        }
    }
}

/// The yearly rate as a continuous rate a week.
pub(super) fn weekly_discount(settings: &Settings) -> f64 {
    (1.0 + settings.discount.max(0.0)).ln() / (365.25 / 7.0)
}

impl Input {
    fn of(ledger: &Ledger, day: Day, settings: &Settings) -> Self {
        let history = &ledger.purchases;
        let minor = settings.currency.minor_per_major() as f64;
        let summary = summarise(history, day, minor);
        let total = history.total();
        let margin = if total.cost > 0 && total.revenue > 0 {
            (total.revenue - total.cost) as f64 / total.revenue as f64
        } else {
            settings.margin
        };
        let weeks = summary.map_or(1.0, |s| s.tenure.max(1.0));
        let calls = ledger.contacts.seconds as f64 / 60.0 * settings.minute_cost as f64;
        Self {
            summary,
            last: history.days.iter().rev().find(|d| d.day <= day && d.sales > 0).map_or_else(
                || history.last_sale().filter(|l| *l <= day).unwrap_or(Day::NEVER),
                |d| d.day,
            ),
            days: summary.map_or(0, |s| s.x + 1),
            revenue: total.revenue,
            margin: margin as f32,
            cost_per_week: ((calls + total.returned as f64) / weeks / minor) as f32,
            last_contact: ledger.contacts.last,
        }
    }
}

/// A customer's score column, and what a call is worth in minor units.
struct Judged {
    column: Column,
    worth: Option<i64>,
}

fn judge(
    input: &Input,
    models: Option<&Models>,
    cuts: Option<&Cuts>,
    day: Day,
    save_rate: SaveRate,
    settings: &Settings,
) -> Judged {
    let score = models.zip(input.summary).map(|(m, summary)| m.score(&summary, settings));
    judged(input, score, cuts, day, save_rate, settings)
}

fn judged(
    input: &Input,
    score: Option<Score>,
    cuts: Option<&Cuts>,
    day: Day,
    save_rate: SaveRate,
    settings: &Settings,
) -> Judged {
    let minor = settings.currency.minor_per_major() as f64;
    let mut column = Column::default();
    if let Some(cuts) = cuts.filter(|_| input.summary.is_some()) {
        let rfm = cuts.score(day.since(input.last), input.days, input.revenue);
        column.rfm = Some([rfm.r, rfm.f, rfm.m]);
    }
    let Some(score) = score else { return Judged { column, worth: None } };
    let worth = retention::worth(&case(input, score, settings), save_rate.mean());
    let whole = |major: f64| (major * minor).round() as i64;
    column.p_alive = score.p_alive as f32;
    column.risk = (1.0 - score.p_alive * (1.0 - score.p_leave)) as f32;
    column.value = whole(worth.p_alive * worth.value_if_kept);
    column.saves = Some(whole(worth.ev));
    column.leave = score.leave_in.map(|weeks| day.plus((weeks * 7.0).round() as i32));
    column.verdict = match worth.verdict {
        retention::Verdict::Call => Verdict::Call,
        retention::Verdict::StaysAnyway => Verdict::StaysAnyway,
        retention::Verdict::Gone => Verdict::Gone,
        retention::Verdict::CostsMore => Verdict::CostsMore,
    };
    Judged { column, worth: Some(whole(worth.ev)) }
}

fn case(input: &Input, score: Score, settings: &Settings) -> Case {
    let minor = settings.currency.minor_per_major() as f64;
    Case {
        score,
        margin_rate: f64::from(input.margin),
        cost_per_week: f64::from(input.cost_per_week),
        offer_cost: settings.offer_cost as f64 / minor,
        call_cost: settings.call_minutes * settings.minute_cost as f64 / minor,
        minutes: settings.call_minutes,
    }
}

fn place(
    input: &Input,
    judged: &Judged,
    day: Day,
    settings: &Settings,
    may_call: bool,
    put_off: bool,
) -> Place {
    let Some(ev) = judged.worth else { return Place::NeverBought };
    match judged.column.verdict {
        Verdict::StaysAnyway => Place::StaysAnyway,
        Verdict::Gone => Place::Gone,
        Verdict::CostsMore => Place::CostsMore,
        Verdict::Unknown => Place::NeverBought,
        Verdict::Call if !may_call => Place::DoNotCall,
        Verdict::Call if put_off => Place::PutOff,
        Verdict::Call
            if input.last_contact.is_known()
                && day.since(input.last_contact) < i32::from(settings.cooling_days) =>
        {
            Place::CoolingOff
        }
        Verdict::Call => Place::Queued(ev),
    }
}

fn count(left_out: &mut LeftOut, worth: &mut i64, place: Place, by: isize) {
    let slot = match place {
        Place::None => return,
        Place::Queued(ev) => {
            *worth += ev * by as i64;
            return;
        }
        Place::NeverBought => &mut left_out.never_bought,
        Place::StaysAnyway => &mut left_out.stay_anyway,
        Place::Gone => &mut left_out.gone,
        Place::CostsMore => &mut left_out.cost_more,
        Place::DoNotCall => &mut left_out.do_not_call,
        Place::CoolingOff => &mut left_out.cooling_off,
        Place::PutOff => &mut left_out.put_off,
    };
    *slot = slot.saturating_add_signed(by);
}

fn slot(id: CustomerId) -> Option<usize> {
    (id.0 < HIGHEST_ID).then_some(id.0 as usize)
}
