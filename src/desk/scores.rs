//! Scores and places in the queues, kept up per customer: one change ranks one customer again.
//! Fits nothing and reads no clock: the models and the day are given.

mod everyone;
mod judge;

use std::sync::Arc;

use crate::directory::Score as Column;
use crate::domain::{CustomerId, Day, Ledger, QueueKind, Scoring, Settings};
use crate::insight::choice::Chosen;
use crate::insight::gamma_gamma::GammaGamma;
use crate::insight::offer::LifeStage;
use crate::insight::retention::{self, SaveRate, Worth};
use crate::insight::rfm::Cuts;
use crate::insight::score::{Score, Terms};
use crate::insight::{Summary, summarise};

use super::arithmetic::{Arithmetic, Fresh, Rates, YEAR};
use super::leads::Leads;
use super::learn;
use super::offers::{Offers, Pick};
use super::places::{Line, Place, RANKED};

use everyone::{Basis, Ranking};
use judge::{Judge, case};

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

/// What beside purchases and contacts decides where a customer stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stand {
    pub may_call: bool,
    /// A bit for each queue the customer is put off in, by its code.
    pub put_off: u8,
    /// Never proposed.
    pub held_out: bool,
    /// Chance of a first purchase, of a prospect for whom there is one.
    pub lead: Option<f32>,
    pub stage: LifeStage,
    /// What the offer costs that is proposed, major units; what is usual when none is.
    pub offer_cost: Option<f32>,
}

/// The fitted models, ready for use.
#[derive(Clone, Debug)]
pub(super) struct Models {
    pub scoring: Arc<Scoring>,
    pub buying: Chosen,
    pub spend: GammaGamma,
    pub rates: Rates,
    pub leads: Option<Arc<Leads>>,
}

/// Scores of everyone.
#[derive(Default)]
pub(super) struct Scores {
    models: Option<Models>,
    /// The day scores stand on; unknown until the desk says what day it is.
    day: Option<Day>,
    inputs: Vec<Input>,
    lines: [Line; RANKED.len()],
    cuts: Option<Cuts>,
    /// Values of all with a score when everyone was scored last, ascending: for "top x %".
    values: Vec<i64>,
    /// What can be proposed, once the purchases have been read.
    offers: Option<Arc<Offers>>,
    /// Days with a sale, over all customers.
    sale_days: u64,
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

    /// What can be proposed, once that is known.
    pub fn offers(&self) -> Option<&Arc<Offers>> {
        self.offers.as_ref()
    }

    pub fn offers_mut(&mut self) -> Option<&mut Arc<Offers>> {
        self.offers.as_mut()
    }

    pub fn set_offers(&mut self, offers: Option<Offers>) {
        self.offers = offers.map(Arc::new);
    }

    /// What is believed of calls.
    pub fn rates(&self) -> Rates {
        self.models.as_ref().map(|m| m.rates).unwrap_or_default()
    }

    pub fn save_rate(&self) -> SaveRate {
        self.rates().save
    }

    /// Days with a sale, over all customers.
    pub fn sale_days(&self) -> u64 {
        self.sale_days
    }

    /// What the analyses know of a customer.
    pub fn input(&self, id: CustomerId) -> Option<&Input> {
        self.inputs.get(slot(id)?)
    }

    /// What the analyses know of everyone, by id.
    pub fn inputs(&self) -> impl Iterator<Item = (CustomerId, &Input)> {
        self.inputs.iter().enumerate().map(|(id, input)| (CustomerId(id as u64), input))
    }

    /// Takes a ledger in.
    pub fn put(&mut self, id: CustomerId, ledger: &Ledger, settings: &Settings) {
        let (Some(at), Some(day)) = (slot(id), self.day) else { return };
        if self.inputs.len() <= at {
            self.inputs.resize_with(at + 1, Input::default);
        }
        if let Some(input) = self.inputs.get_mut(at) {
            let new = Input::of(ledger, day, settings);
            self.sale_days = self.sale_days.saturating_sub(u64::from(input.days));
            self.sale_days += u64::from(new.days);
            *input = new;
        }
    }

    /// Forgets a customer.
    pub fn remove(&mut self, id: CustomerId) {
        let Some(at) = slot(id) else { return };
        for line in &mut self.lines {
            line.put(id, Place::default());
        }
        if let Some(input) = self.inputs.get_mut(at) {
            self.sale_days = self.sale_days.saturating_sub(u64::from(input.days));
            *input = Input::default();
        }
    }

    /// Ranks one customer anew.
    pub fn rank(&mut self, id: CustomerId, settings: &Settings, stand: Stand) -> Option<Column> {
        let at = slot(id)?;
        let input = self.inputs.get(at).copied().unwrap_or_default();
        let judge = Judge::new(
            self.models.as_ref(),
            self.offers.as_deref(),
            self.cuts.as_ref(),
            self.day?,
            settings,
        );
        let score = judge.score(&input);
        let (column, _) = judge.column(&input, score, stand);
        let places = judge.places(id, &input, score, stand);
        for (line, place) in self.lines.iter_mut().zip(places) {
            line.put(id, place);
        }
        Some(column)
    }

    /// A copy of what scoring everyone needs.
    pub fn basis(&self) -> Option<Basis> {
        Some(Basis {
            models: self.models.clone(),
            day: self.day?,
            inputs: self.inputs.clone(),
            offers: self.offers.clone(),
        })
    }

    /// Takes everyone's scores in.
    pub fn install(&mut self, ranking: Ranking) -> Vec<(CustomerId, Column)> {
        self.cuts = Some(ranking.cuts);
        self.lines = ranking.lines;
        self.values = ranking.values;
        ranking.columns
    }

    /// A queue; that of retention for one that is not ranked.
    pub fn line(&self, kind: QueueKind) -> &Line {
        let at = usize::from(kind.code());
        self.lines.get(at).unwrap_or(&self.lines[0])
    }

    /// Part of all with a score, in percent, who are worth more than `value`.
    pub fn percentile(&self, value: i64) -> Option<f64> {
        top_part(&self.values, value)
    }

    /// The retention arithmetic of one customer, worth a call or not; money in major units.
    pub fn worth(
        &self,
        id: CustomerId,
        settings: &Settings,
        stand: Stand,
    ) -> Option<(Score, Worth)> {
        let input = self.input(id)?;
        let models = self.models.as_ref()?;
        let score = models.score(&input.summary?, settings);
        let case = case(input, score, settings, stand);
        Some((score, retention::worth(&case, models.rates.save.mean())))
    }

    /// What a queue says of one customer, with the product it proposes.
    pub fn pitch(
        &self,
        kind: QueueKind,
        id: CustomerId,
        settings: &Settings,
        stand: Stand,
    ) -> Option<Pitch> {
        let input = self.input(id).copied().unwrap_or_default();
        let judge = Judge::new(
            self.models.as_ref(),
            self.offers.as_deref(),
            self.cuts.as_ref(),
            self.day?,
            settings,
        );
        judge.pitch(kind, id, &input, judge.score(&input), stand).ok()
    }
}

/// What a queue says of a customer worth a call.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pitch {
    pub arithmetic: Arithmetic,
    /// Product, and what the customer has that it goes with.
    pub product: Option<(u32, Vec<u32>)>,
}

impl From<Pick> for Pitch {
    fn from(pick: Pick) -> Self {
        Self { arithmetic: pick.arithmetic, product: Some((pick.product, pick.because)) }
    }
}

impl From<Arithmetic> for Pitch {
    fn from(arithmetic: Arithmetic) -> Self {
        Self { arithmetic, product: None }
    }
}

impl Models {
    fn of(scoring: Scoring) -> Option<Self> {
        let buying = scoring.models.iter().find(|m| m.chosen).and_then(Chosen::of)?;
        let spend = scoring.model("gamma_gamma")?;
        let of = |name| spend.parameter(name).filter(|v| *v > 0.0);
        let spend = GammaGamma { p: of("p")?, q: of("q")?, gamma: of("gamma")? };
        let rates = learn::rates(&scoring);
        let leads = scoring.model(super::leads::NAME).and_then(Leads::of).map(Arc::new);
        Some(Self { scoring: Arc::new(scoring), buying, spend, rates, leads })
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

    /// One who is new today.
    fn fresh(&self, settings: &Settings) -> Fresh {
        Fresh::of(&self.buying, &self.spend, &self.terms(settings))
    }
}

/// The yearly rate as a continuous rate a week.
pub(super) fn weekly_discount(settings: &Settings) -> f64 {
    (1.0 + settings.discount.max(0.0)).ln() / YEAR
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

fn slot(id: CustomerId) -> Option<usize> {
    (id.0 < HIGHEST_ID).then_some(id.0 as usize)
}

/// The place of a value among all, rising, in percent from the top: the first of six is of the top sixth.
fn top_part(values: &[i64], value: i64) -> Option<f64> {
    let n = values.len();
    let more = n - values.partition_point(|v| *v <= value);
    (n > 0).then(|| 100.0 * (more + 1).min(n) as f64 / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_stands_first_is_of_the_part_they_make() {
        let values = [10, 20, 30, 40, 50, 60];
        for (value, top) in [(60, 100.0 / 6.0), (50, 200.0 / 6.0), (10, 100.0), (5, 100.0)] {
            let found = top_part(&values, value).unwrap();
            assert!((found - top).abs() < 1e-9, "{value}: {found}");
        }
        assert_eq!(top_part(&[], 5), None);
    }
}
