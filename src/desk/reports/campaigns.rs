//! What the campaigns came to: how many answered, what it cost and brought, beside the calls that were
//! made in the same days for no campaign to customers at the same stages of life. Whom a campaign calls
//! answers otherwise than others do, so the calls outside are weighed as the stages are among those called
//! (direct standardisation).

mod like;

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use jiff::Timestamp;

use super::super::ledgers::standing;
use super::super::lists::parse_some;
use super::super::rows;
use super::super::standing::talk_cost;
use super::super::{Cancel, Desk, Refusal, Who};
use super::people::Chosen;
use super::{ReportQuery, narrowed};
use crate::domain::{
    Campaign, CampaignId, CampaignState, Channel, CustomerId, Day, Direction, Expression,
    Interaction, Meaning, OfferAnswer, Purchase,
};
use crate::insight::share::interval_90;
use crate::store::KeyRange;

use like::{ByStage, Stood, outside};

/// Days after an answer in which what is bought counts as brought by it.
const DAYS: i32 = 90;
/// Rows read between two looks at whether the answer is still wanted.
const AT_ONCE: usize = 4_096;

/// What the campaigns came to.
#[derive(Clone, Debug, Default)]
pub struct CampaignsReport {
    pub as_of: Day,
    /// By name.
    pub rows: Vec<CampaignResult>,
}

/// What one came to. Money in minor units.
#[derive(Clone, Debug)]
pub struct CampaignResult {
    pub id: CampaignId,
    pub name: String,
    pub state: CampaignState,
    /// Selects those of its segment.
    pub expression: String,
    /// Those of its segment now.
    pub members: usize,
    /// Calls made, and customers called.
    pub calls: usize,
    pub called: Called,
    /// Talk and the offers that were taken.
    pub cost: i64,
    /// What those who said yes bought within 90 days from then, less the cost of the goods and what was
    /// sent back.
    pub margin: i64,
    /// What may still be spent; `None` without a budget.
    pub left: Option<i64>,
    /// Customers at the stages it called who were called for no campaign from its first call to its last.
    pub outside: Called,
    /// Part of those who said yes, the stages weighed as among those the campaign called.
    pub outside_rate: Option<f64>,
    /// Talk with them, and the offers they took.
    pub outside_cost: i64,
}

impl CampaignResult {
    /// What an answer cost.
    pub fn cost_per_yes(&self) -> Option<i64> {
        let yes = i64::try_from(self.called.yes).ok().filter(|n| *n > 0)?;
        Some(self.cost / yes)
    }

    /// What an answer cost outside, the stages weighed the same.
    pub fn outside_cost_per_yes(&self) -> Option<i64> {
        let rate = self.outside_rate.filter(|rate| *rate > 0.0)?;
        let a_customer = self.outside_cost as f64 / self.outside.customers.max(1) as f64;
        Some((a_customer / rate).round() as i64)
    }

    /// What it brought less what it cost.
    pub fn gain(&self) -> i64 {
        self.margin.saturating_sub(self.cost)
    }
}

/// Customers who were called, and what they said in the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Called {
    pub customers: usize,
    pub reached: usize,
    pub yes: usize,
    pub no: usize,
}

impl Called {
    /// Part of those called who said yes.
    pub fn rate(&self) -> Option<f64> {
        (self.customers > 0).then(|| self.yes as f64 / self.customers as f64)
    }

    /// Where that part lies with 90 %.
    pub fn interval(&self) -> Option<(f64, f64)> {
        interval_90(self.yes, self.customers)
    }

    fn join(&mut self, other: Self) {
        self.customers += other.customers;
        self.reached += other.reached;
        self.yes += other.yes;
        self.no += other.no;
    }

    fn add(&mut self, one: One) {
        self.customers += 1;
        self.reached += usize::from(one.reached);
        self.yes += usize::from(one.yes.is_some());
        self.no += usize::from(one.no && one.yes.is_none());
    }
}

/// What came of the calls to one customer.
#[derive(Clone, Copy, Debug, Default)]
struct One {
    called: bool,
    reached: bool,
    /// The first yes.
    yes: Option<Day>,
    no: bool,
    /// The first contact.
    at: Option<Timestamp>,
    seconds: u64,
    offers: i64,
}

/// What is summed up of one campaign.
struct Sum {
    campaign: Campaign,
    from: Timestamp,
    to: Timestamp,
    calls: usize,
    called: Called,
    seconds: u64,
    offers: i64,
    responses: Vec<(CustomerId, Day)>,
    by_stage: ByStage,
}

impl Desk {
    pub(super) fn report_campaigns(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<CampaignsReport, Refusal> {
        let chosen = self.chosen(who, &query.expression)?;
        let day = self.day(who.now);
        let mut sums = self.sums(who)?;
        let mut waiting: Vec<Interaction> = Vec::new();
        let mut seen = 0_usize;
        rows::read_all::<Interaction>(&*self.engine, KeyRange::all(), &mut |_, row, _| {
            seen += 1;
            if seen.is_multiple_of(AT_ONCE) && cancel.is_cancelled() {
                return ControlFlow::Break(());
            }
            if waiting.first().is_some_and(|first| first.customer != row.customer) {
                self.sum_up(&chosen, std::mem::take(&mut waiting), day, &mut sums);
            }
            waiting.push(Interaction { note: String::new(), ..row });
            ControlFlow::Continue(())
        })?;
        self.sum_up(&chosen, waiting, day, &mut sums);
        if cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        let mut found = Vec::with_capacity(sums.len());
        for sum in sums.into_values() {
            found.push(self.result(who, query, &chosen, sum, day)?);
        }
        found.sort_by_key(|row: &CampaignResult| row.name.to_lowercase());
        Ok(CampaignsReport { as_of: day, rows: found })
    }

    /// All campaigns, with the time from the first call to the last.
    fn sums(&self, who: &Who) -> Result<BTreeMap<CampaignId, Sum>, Refusal> {
        if !self.read().definitions.campaigns.is_empty() {
            self.know_efforts()?;
        }
        let state = self.read();
        let campaigns = state.definitions.campaigns.iter().map(|kept| &kept.record);
        let sum = |campaign: &Campaign| {
            let (from, to) =
                state.answers.efforts.span(campaign.id).unwrap_or((who.now, Timestamp::MIN));
            let sum = Sum {
                campaign: campaign.clone(),
                from,
                to,
                calls: 0,
                called: Called::default(),
                seconds: 0,
                offers: 0,
                responses: Vec::new(),
                by_stage: ByStage::default(),
            };
            (campaign.id, sum)
        };
        Ok(campaigns.map(sum).collect())
    }

    /// Adds the contacts of one customer.
    fn sum_up(
        &self,
        chosen: &Chosen,
        all: Vec<Interaction>,
        until: Day,
        sums: &mut BTreeMap<CampaignId, Sum>,
    ) {
        let Some(customer) = all.first().map(|i| i.customer) else { return };
        if !self.is_chosen(chosen, customer) {
            return;
        }
        let mut all = standing(all);
        all.retain(|i| self.day(i.at) <= until);
        all.sort_by_key(|i| (i.at, i.id));
        let mut own: HashMap<CampaignId, One> = HashMap::new();
        for said in all.iter().filter(|i| i.wrap_up.campaign.is_some()) {
            let Some(sum) = said.wrap_up.campaign.and_then(|id| sums.get_mut(&id)) else {
                continue;
            };
            let one = own.entry(sum.campaign.id).or_default();
            let first = one.yes.is_none();
            self.hear(said, one);
            sum.calls += usize::from(said.direction == Direction::Outbound);
            sum.seconds += u64::from(said.seconds);
            sum.offers = sum.offers.saturating_add(self.given(said));
            if let (true, Some(day)) = (first, one.yes) {
                sum.responses.push((customer, day));
            }
        }
        let mut stood = Stood::of(customer);
        for (id, one) in own.into_iter().filter(|(_, one)| one.called) {
            if let Some(sum) = sums.get_mut(&id) {
                sum.called.add(one);
                if let Some(slot) = sum.by_stage.get_mut(stood.place(self, one.at)) {
                    slot.called += 1;
                }
            }
        }
        for sum in sums.values_mut() {
            let mut one = One::default();
            // What customers rang about themselves is no answer to a call of ours.
            let outside = all.iter().filter(|i| {
                let within = sum.from <= i.at && i.at <= sum.to;
                let is_call = i.channel == Channel::Call && i.direction == Direction::Outbound;
                within && is_call && i.wrap_up.campaign.is_none()
            });
            for said in outside {
                self.hear(said, &mut one);
                one.seconds += u64::from(said.seconds);
                one.offers = one.offers.saturating_add(self.given(said));
            }
            if one.called
                && let Some(slot) = sum.by_stage.get_mut(stood.place(self, one.at))
            {
                slot.outside.add(one);
                slot.seconds += one.seconds;
                slot.offers = slot.offers.saturating_add(one.offers);
            }
        }
    }

    /// What the offer cost that was taken in a contact.
    fn given(&self, said: &Interaction) -> i64 {
        let made = said.wrap_up.offer.as_ref();
        let Some(made) = made.filter(|made| made.answer == OfferAnswer::Accepted) else { return 0 };
        self.read().definitions.offer(made.offer).map_or(0, |offer| offer.cost)
    }

    /// Takes in what came of one contact.
    fn hear(&self, said: &Interaction, one: &mut One) {
        let meaning = self.read().outcome(&said.outcome).map(|outcome| outcome.meaning);
        let answer = said.wrap_up.offer.as_ref().map(|made| made.answer);
        one.called |= said.direction == Direction::Outbound;
        one.at = one.at.or(Some(said.at));
        one.reached |= meaning.is_some_and(Meaning::is_reached);
        let yes = answer == Some(OfferAnswer::Accepted) || meaning == Some(Meaning::Sale);
        if yes && one.yes.is_none() {
            one.yes = Some(self.day(said.at));
        }
        one.no |= answer == Some(OfferAnswer::Refused) || meaning == Some(Meaning::Refused);
    }

    fn result(
        &self,
        who: &Who,
        query: &ReportQuery,
        chosen: &Chosen,
        sum: Sum,
        until: Day,
    ) -> Result<CampaignResult, Refusal> {
        let mut margin = 0_i64;
        for (customer, day) in &sum.responses {
            margin = margin.saturating_add(self.bought(*customer, *day, until)?);
        }
        let (outside, outside_rate, seconds, offers) = outside(&sum.by_stage);
        let state = self.read();
        let outside_cost = talk_cost(seconds, state.settings.minute_cost).saturating_add(offers);
        let campaign = sum.campaign;
        let today = state.scoring_day(Self::day_in(&state.settings, who.now));
        let members = match parse_some(&state, &campaign.segment) {
            Ok(rule) => {
                let rule = rule.unwrap_or(Expression::All);
                let set = state.directory.eval(&rule, today, None);
                let ids = set.rows().map(|row| state.directory.id_at(row));
                let ids: Vec<CustomerId> = ids.collect();
                drop(state);
                ids.into_iter().filter(|id| self.is_chosen(chosen, *id)).count()
            }
            Err(_) => {
                drop(state);
                0
            }
        };
        let cost = talk_cost(sum.seconds, self.read().settings.minute_cost);
        let cost = cost.saturating_add(sum.offers);
        Ok(CampaignResult {
            expression: narrowed(&query.expression, &format!("({})", campaign.segment)),
            members,
            calls: sum.calls,
            called: sum.called,
            cost,
            margin,
            left: (campaign.budget > 0).then(|| campaign.budget.saturating_sub(cost)),
            outside,
            outside_rate,
            outside_cost,
            id: campaign.id,
            name: campaign.name,
            state: campaign.state,
        })
    }

    /// What a customer bought within the days after an answer, less what it cost us.
    fn bought(&self, customer: CustomerId, from: Day, until: Day) -> Result<i64, Refusal> {
        let last = from.plus(DAYS).min(until);
        let rate = self.read().settings.margin;
        let mut sum = 0_i64;
        for (purchase, _) in rows::children::<Purchase>(&*self.engine, customer)? {
            if (from..=last).contains(&purchase.day) {
                let total = purchase.day_total();
                // Where no cost is known the usual margin is earned.
                let earned = match total.cost {
                    0 => (total.revenue as f64 * rate).round() as i64,
                    cost => total.revenue.saturating_sub(cost),
                };
                sum = sum.saturating_add(earned).saturating_sub(total.returned);
            }
        }
        Ok(sum)
    }
}
