//! Which offers fit a customer, and which of them worked best for such customers. Answers to offers
//! are kept in memory, all of them, once the interactions were read in the background; whom an offer
//! fits is one set of rows an offer. Never makes an offer: it proposes.
//!
//! ```text
//! fits    valid today ∧ segment ∧ its need is one of the customer's needs, expectations, tastes or
//!         interests ∧ not answered within 90 days
//! worth   chance that one at this stage of life takes it x (what it brings - what it costs)
//! ```

use std::collections::HashMap;
use std::sync::Arc;

use crate::directory::Bits;
use crate::domain::expression::{Attribute, Expression, Op, Test, Value, as_value};
use crate::domain::{
    AgentId, CampaignId, CustomerId, Day, Offer, OfferAnswer, OfferId, ProductId, Stage,
};
use crate::insight::acceptance::{Tally, acceptance};
use crate::insight::retention::SaveRate;

use super::lists::parse_some;
use super::question::Proposition;
use super::reports::narrowed;
use super::state::State;
use super::{Desk, Who};

/// Propositions shown of a customer.
const MOST: usize = 5;
/// What of a customer a need of an offer is looked for in.
const NEEDS: [Attribute; 4] =
    [Attribute::Need, Attribute::Expectation, Attribute::Taste, Attribute::Interest];

/// Answers to one offer, of all and by the stage of life the customers were in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Record {
    pub all: Tally,
    by_stage: [Tally; Stage::ALL.len()],
}

impl Record {
    fn at(&self, stage: Stage) -> Tally {
        self.by_stage.get(usize::from(stage.code())).copied().unwrap_or_default()
    }

    fn rate(&self, stage: Stage) -> SaveRate {
        acceptance(self.all, self.at(stage))
    }
}

/// The chance that it is taken, by stage.
fn rates(record: &Record) -> [f64; Stage::ALL.len()] {
    std::array::from_fn(|code| {
        let stage = Stage::from_code(code as u8).unwrap_or(Stage::Prospect);
        record.rate(stage).mean()
    })
}

/// One offer to reckon with for many; money in major units.
pub(super) struct OfferWorth {
    rates: [f64; Stage::ALL.len()],
    /// What taking it brings; one usual purchase of the customer when not known.
    margin: Option<f64>,
    cost: f64,
    /// What a call costs.
    call: f64,
}

/// One offer and all whom it fits; money in major units.
struct Fit {
    offer: OfferId,
    set: Arc<Bits>,
    cost: f64,
    /// What taking it brings; one usual purchase of the customer when not known.
    margin: Option<f64>,
    rates: [f64; Stage::ALL.len()],
}

/// Whom each offer fits, as of the last time everyone was scored.
#[derive(Default)]
pub(super) struct Fits {
    all: Vec<Fit>,
    /// The offers, or the answers to them, are others by now.
    pub stale: bool,
}

impl Fits {
    /// The same, out of date or not.
    pub fn with(self, stale: bool) -> Self {
        Self { stale, ..self }
    }
}

/// What an offer is to a customer, before it is put into words.
struct Candidate<'a> {
    offer: &'a Offer,
    rate: SaveRate,
    /// Major units.
    gain: f64,
}

impl State {
    /// What was said to each offer so far.
    pub fn records(&self) -> HashMap<OfferId, Record> {
        let mut found: HashMap<OfferId, Record> = HashMap::new();
        for (customer, asked) in self.answers.all() {
            let stage = self.directory.row_of(customer).and_then(|row| self.directory.stage(row));
            let stage = stage.map(|now| self.turns.stage_at(customer, asked.at, now));
            let record = found.entry(asked.offer).or_default();
            let taken = asked.answer == OfferAnswer::Accepted;
            record.all.add(taken);
            let slot = stage.and_then(|s| record.by_stage.get_mut(usize::from(s.code())));
            if let Some(tally) = slot {
                tally.add(taken);
            }
        }
        found
    }

    /// Whom each offer that can be made today fits.
    pub fn fits(&self, today: Day) -> Fits {
        let offers = self.definitions.offers.iter().map(|kept| &kept.record);
        let offers: Vec<&Offer> = offers.filter(|offer| offer.holds_on(today)).collect();
        if offers.is_empty() {
            return Fits::default();
        }
        let records = self.records();
        let fit = |offer: &Offer| {
            let condition = self.condition(offer)?;
            let record = records.get(&offer.id).copied().unwrap_or_default();
            let minor = self.minor();
            Some(Fit {
                offer: offer.id,
                set: self.directory.eval(&condition, today, None),
                cost: offer.cost as f64 / minor,
                margin: self.brings(offer).map(|margin| margin as f64 / minor),
                rates: rates(&record),
            })
        };
        Fits { all: offers.into_iter().filter_map(fit).collect(), stale: false }
    }

    /// What the offer costs that is proposed to a customer, major units; `None` where none fits.
    pub fn offer_cost(&self, row: u32, id: CustomerId) -> Option<f32> {
        self.best_fit(row, id).map(|fit| fit.cost as f32)
    }

    fn best_fit(&self, row: u32, id: CustomerId) -> Option<&Fit> {
        if self.fits.all.is_empty() {
            return None;
        }
        let code = usize::from(self.directory.stage(row)?.code());
        let today = self.scores.day()?;
        let usual = self.usual_margin(id);
        let worth = |fit: &Fit| {
            let gain = fit.margin.unwrap_or(usual) - fit.cost;
            fit.rates.get(code).copied().unwrap_or_default() * gain
        };
        let fits = self.fits.all.iter().filter(|fit| fit.set.has(row));
        let fits = fits.filter(|fit| !self.answers.rests(id, fit.offer, today));
        // Of equals the first by name.
        fits.fold(None, |best: Option<&Fit>, fit| match best {
            Some(other) if worth(other) >= worth(fit) => best,
            _ => Some(fit),
        })
    }

    /// The offer proposed to a customer, as everyone was last scored: for many at once.
    pub fn proposed(
        &self,
        id: CustomerId,
        records: &HashMap<OfferId, Record>,
    ) -> Option<Proposition> {
        let row = self.directory.row_of(id)?;
        let fit = self.best_fit(row, id)?;
        let offer = self.definitions.offer(fit.offer)?;
        Some(self.proposition(&self.candidate(offer, row, id, records)?, row, records))
    }

    /// The offers that fit a customer now, the one worth most first.
    pub fn propositions(&self, id: CustomerId, today: Day, me: AgentId) -> Vec<Proposition> {
        let offers = self.definitions.offers.iter().map(|kept| &kept.record);
        let offers: Vec<&Offer> = offers.filter(|offer| offer.holds_on(today)).collect();
        let Some(row) = self.directory.row_of(id).filter(|_| !offers.is_empty()) else {
            return Vec::new();
        };
        let records = self.records();
        let fits = |offer: &&Offer| {
            self.is_for(offer, row, today, me) && !self.answers.rests(id, offer.id, today)
        };
        let all = offers.into_iter().filter(fits);
        let mut all: Vec<Candidate> =
            all.filter_map(|offer| self.candidate(offer, row, id, &records)).collect();
        all.sort_by(|a, b| (b.rate.mean() * b.gain).total_cmp(&(a.rate.mean() * a.gain)));
        all.truncate(MOST);
        all.iter().map(|candidate| self.proposition(candidate, row, &records)).collect()
    }

    /// True when an offer is for a customer.
    pub fn is_for(&self, offer: &Offer, row: u32, today: Day, me: AgentId) -> bool {
        let condition = self.condition(offer);
        condition.is_some_and(|c| self.directory.matches(&c, row, today, Some(me)))
    }

    fn candidate<'a>(
        &self,
        offer: &'a Offer,
        row: u32,
        id: CustomerId,
        records: &HashMap<OfferId, Record>,
    ) -> Option<Candidate<'a>> {
        let stage = self.directory.stage(row)?;
        let record = records.get(&offer.id).copied().unwrap_or_default();
        let brings = self.brings(offer).map(|margin| margin as f64 / self.minor());
        let gain =
            brings.unwrap_or_else(|| self.usual_margin(id)) - offer.cost as f64 / self.minor();
        Some(Candidate { offer, rate: record.rate(stage), gain })
    }

    fn proposition(
        &self,
        candidate: &Candidate<'_>,
        row: u32,
        records: &HashMap<OfferId, Record>,
    ) -> Proposition {
        let stage = self.directory.stage(row).unwrap_or(Stage::Prospect);
        let record = records.get(&candidate.offer.id).copied().unwrap_or_default();
        Proposition {
            offer: candidate.offer.clone(),
            rate: candidate.rate,
            stage,
            alike: record.at(stage),
            all: record.all,
            gain: self.whole(candidate.gain),
            worth: self.whole(candidate.rate.mean() * candidate.gain),
        }
    }

    /// What there is to reckon with when one offer is made to many.
    pub fn offer_worth(&self, offer: &Offer) -> OfferWorth {
        let record = self.records().get(&offer.id).copied().unwrap_or_default();
        let minor = self.minor();
        OfferWorth {
            rates: rates(&record),
            margin: self.brings(offer).map(|margin| margin as f64 / minor),
            cost: offer.cost as f64 / minor,
            call: self.settings.call_minutes * self.settings.minute_cost as f64 / minor,
        }
    }

    /// What a call in which the offer is made is worth, minor units.
    pub fn worth_of_call(&self, offer: &OfferWorth, row: u32, id: CustomerId) -> i64 {
        let stage = self.directory.stage(row).unwrap_or(Stage::Prospect);
        let rate = offer.rates.get(usize::from(stage.code())).copied().unwrap_or_default();
        let gain = offer.margin.unwrap_or_else(|| self.usual_margin(id)) - offer.cost;
        self.whole(rate * gain - offer.call)
    }

    /// The proposition one offer is to a customer, fitting or not.
    pub fn proposition_of(
        &self,
        offer: &Offer,
        id: CustomerId,
        records: &HashMap<OfferId, Record>,
    ) -> Option<Proposition> {
        let row = self.directory.row_of(id)?;
        Some(self.proposition(&self.candidate(offer, row, id, records)?, row, records))
    }

    /// Major units in minor ones.
    pub fn whole(&self, major: f64) -> i64 {
        (major * self.minor()).round() as i64
    }

    /// Whom an offer is for; `None` when its expression says nothing any more (a segment is gone).
    fn condition(&self, offer: &Offer) -> Option<Expression> {
        let segment = parse_some(self, &offer.segment).ok()?;
        let need = offer.need.trim();
        let needs = (!need.is_empty()).then(|| {
            let value = Value::Text(need.to_owned());
            let test = |attribute| {
                let (key, op) = (String::new(), Op::Has);
                Expression::Test(Test { attribute, key, op, value: value.clone() })
            };
            Expression::Or(NEEDS.map(test).to_vec())
        });
        Some(match (segment, needs) {
            (Some(segment), Some(needs)) => Expression::And(vec![segment, needs]),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => Expression::All,
        })
    }

    /// What taking an offer brings before its cost, minor units: as was said of it, else the margin of
    /// its product.
    fn brings(&self, offer: &Offer) -> Option<i64> {
        let of_product = |id: ProductId| {
            let product = self.products.get(&id)?;
            Some(product.price?.saturating_sub(product.unit_cost?))
        };
        offer.margin.or_else(|| of_product(offer.product?))
    }

    /// The margin of one usual purchase of a customer, major units.
    fn usual_margin(&self, id: CustomerId) -> f64 {
        let input = self.scores.input(id).filter(|input| input.days > 0);
        input.map_or(0.0, |input| {
            input.revenue as f64 / self.minor() / f64::from(input.days) * f64::from(input.margin)
        })
    }

    fn minor(&self) -> f64 {
        self.settings.currency.minor_per_major() as f64
    }
}

/// Whom an offer is for, of those whom `more` selects, as an expression.
pub(super) fn offered_to(offer: &Offer, more: &str) -> String {
    let need = offer.need.trim();
    if need.is_empty() {
        return narrowed(&offer.segment, more);
    }
    let needs = NEEDS.map(|attribute| format!("{attribute}:{}", as_value(need)));
    narrowed(&offer.segment, &format!("({}) {more}", needs.join(" or ")))
}

impl Desk {
    /// The offers that fit a customer, the one worth most first.
    pub(super) fn propositions(
        &self,
        who: &Who,
        id: CustomerId,
        campaign: Option<CampaignId>,
    ) -> Vec<Proposition> {
        let state = self.read();
        let today = Self::day_in(&state.settings, who.now);
        let mut all = state.propositions(id, today, who.agent.id);
        let campaign = campaign.and_then(|id| state.definitions.campaign(id));
        let own = campaign.and_then(|c| state.definitions.offer(c.offer?));
        if let Some(own) = own.and_then(|offer| state.proposition_of(offer, id, &state.records())) {
            all.retain(|other| other.offer.id != own.offer.id);
            all.insert(0, own);
        }
        all
    }
}
