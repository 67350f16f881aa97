//! Committed rows taken into memory, table by table.

use std::sync::Arc;

use crate::domain::{
    Agent, CampaignId, Case, CaseId, CaseState, Customer, CustomerId, Fact, Interaction, Ledger,
    Mark, Outcome, Product, ProductId, QueueKind, Scoring, Settings, StageMove, Task, TaskId,
    TaskState, WinBack, WinBackState,
};
use crate::store::records::Stored;
use crate::store::{Record, StoreError, Table};

use super::super::definitions;
use super::super::rows;
use super::{Lane, State};

/// Interactions logged lately that are kept at hand, for the agents' days.
const MOST_RECENT: usize = 20_000;

/// What of it can move everybody in the queues of campaigns.
const MOVES_ALL: [Table; 7] = [
    Table::Segment,
    Table::Outcome,
    Table::Setting,
    Table::Model,
    Table::Offer,
    Table::Product,
    Table::Agent,
];

impl State {
    /// Takes one committed row in.
    pub fn apply(
        &mut self,
        table: Table,
        key: &[u8],
        record: Option<&Record>,
    ) -> Result<(), StoreError> {
        if MOVES_ALL.contains(&table) {
            self.drives.all_moved();
        }
        match table {
            Table::Customer => self.customer(key, decode(record)?),
            Table::History => self.ledger(key, decode(record)?),
            Table::Product => self.product(key, decode(record)?),
            Table::Outcome => self.outcome_row(key, decode(record)?),
            Table::Task => self.task(key, decode(record)?),
            Table::Segment => {
                definitions::take(&mut self.segments, key, record, |s| s.name.to_lowercase())?;
            }
            Table::Agent => self.agent(key, decode(record)?),
            Table::Mark => self.mark(key, decode(record)?),
            Table::Model => {
                self.models = decode::<Scoring>(record)?;
                self.scores.set_models(self.models.clone());
            }
            Table::Interaction => {
                let interaction: Option<Interaction> = decode(record)?;
                if let Some(i) = interaction.as_ref().filter(|i| i.wrap_up.offer.is_some()) {
                    self.turns.meet(i.customer);
                }
                if let Some(customer) = self.answers.take(key, interaction.as_ref()) {
                    self.drives.one(customer);
                }
                if let Some(i) = interaction {
                    self.remember(i);
                } else {
                    // It may stand under another customer by now.
                    self.recent.retain(|i| rows::child(i.customer, i.id.0) != key);
                }
            }
            Table::Purchase => {
                self.purchases += 1;
                if self.watches_purchases {
                    self.stale_purchases.extend(rows::customer_at(key));
                }
            }
            Table::Subscription => self.purchases += 1,
            Table::Offer
            | Table::Programme
            | Table::Process
            | Table::Script
            | Table::Campaign
            | Table::OwnField => {
                Arc::make_mut(&mut self.definitions).apply(table, key, record)?;
                let reads = table == Table::Campaign && !self.answers.is_whole();
                self.fits.stale |= table == Table::Offer || reads;
            }
            Table::Case => self.case(key, decode(record)?),
            Table::Guard if key != rows::GUARD => {}
            Table::Guard => self.guard = record.map(|r| r.revision),
            Table::Setting => {
                if let Some(settings) = decode::<Settings>(record)? {
                    self.directory.set_minor_per_major(settings.currency.minor_per_major());
                    self.settings = Arc::new(settings);
                }
            }
            Table::Meta
            | Table::Change
            | Table::Request
            | Table::Fact
            | Table::Relation
            | Table::Draft
            | Table::Gesture
            | Table::Points => {}
            Table::StageMove => self.turns.take(key, decode::<StageMove>(record)?.as_ref()),
            Table::WinBack => {
                // What is reported of it is made anew.
                self.purchases += 1;
                let state = decode::<WinBack>(record)?.map(|win_back| win_back.state);
                self.win_back(key, state);
            }
        }
        Ok(())
    }

    /// How far it is with having a customer back.
    pub fn win_back(&mut self, key: &[u8], state: Option<WinBackState>) {
        let Some(id) = rows::customer_at(key) else { return };
        self.directory.put_win_back(id, state);
        if self.loading.is_some() {
            self.touched_ledgers.insert(id);
        }
    }

    fn customer(&mut self, key: &[u8], customer: Option<Customer>) {
        let Some(id) = rows::customer_at(key) else { return };
        if self.loading.is_some() {
            self.touched.insert(id);
        }
        match customer {
            Some(customer) => {
                self.directory.put_customer(&customer);
                self.rank(id);
            }
            None => {
                self.directory.remove(id);
                self.scores.remove(id);
                self.drives.one(id);
            }
        }
    }

    fn ledger(&mut self, key: &[u8], ledger: Option<Ledger>) {
        let Some(id) = rows::customer_at(key) else { return };
        if self.loading.is_some() {
            self.touched_ledgers.insert(id);
        }
        let ledger = ledger.unwrap_or_default();
        self.put_ledger(id, &ledger);
        self.rank(id);
    }

    /// Takes a ledger in without ranking: the loader ranks all at the end.
    pub fn put_ledger(&mut self, id: CustomerId, ledger: &Ledger) {
        self.directory.put_ledger(id, ledger);
        self.scores.put(id, ledger, &self.settings);
    }

    /// Facts of a customer, all of them.
    pub fn put_facts(&mut self, id: CustomerId, facts: &[Fact]) {
        self.drives.one(id);
        self.directory.put_facts(id, facts);
    }

    /// Keeps an interaction at hand for the agents' days.
    pub fn remember(&mut self, interaction: Interaction) {
        const DAYS: i64 = 3;
        let newest = self.recent.back().map_or(interaction.at, |i| i.at);
        if newest.as_second() - interaction.at.as_second() > DAYS * 86_400 {
            return; // an import of old ones must not push today's out
        }
        self.recent.retain(|i| i.id != interaction.id);
        if let Some(corrected) = interaction.corrects {
            self.recent.retain(|i| i.id != corrected);
        }
        let later = self.recent.iter().rev().take_while(|i| i.at > interaction.at).count();
        self.recent.insert(self.recent.len() - later, interaction);
        if self.recent.len() > MOST_RECENT {
            self.recent.pop_front();
        }
    }

    fn product(&mut self, key: &[u8], product: Option<Product>) {
        self.new_products = true;
        match product {
            Some(product) => {
                if let Some(old) = self.products.get(&product.id) {
                    self.by_sku.remove(&old.sku);
                }
                self.by_sku.insert(product.sku.clone(), product.id);
                self.products.insert(product.id, product);
            }
            None => {
                let id = rows::customer_at(key).map(|id| ProductId(id.0));
                if let Some(product) = id.and_then(|id| self.products.remove(&id)) {
                    self.by_sku.remove(&product.sku);
                }
            }
        }
    }

    fn outcome_row(&mut self, key: &[u8], outcome: Option<Outcome>) {
        let mut all: Vec<Outcome> = self.outcomes.to_vec();
        replace(&mut all, outcome, |o| o.code.as_bytes() == key);
        self.outcomes = all.into();
    }

    fn task(&mut self, key: &[u8], task: Option<Task>) {
        let id = rows::customer_at(key).map(|id| TaskId(id.0));
        let old = id.and_then(|id| self.tasks.remove(&id));
        for task in old.iter().chain(&task) {
            self.drives.one(task.customer);
        }
        if let Some(task) = task.filter(|t| t.state == TaskState::Open) {
            self.tasks.insert(task.id, task);
        }
    }

    fn case(&mut self, key: &[u8], case: Option<Case>) {
        // One that went over to another customer is under another key already.
        let of = rows::customer_at(key);
        if let Some(id) = rows::child_at(key).map(CaseId)
            && self.cases.get(&id).is_some_and(|case| Some(case.customer) == of)
        {
            self.cases.remove(&id);
        }
        if let Some(case) = case.filter(|case| case.state == CaseState::Open) {
            self.cases.insert(case.id, case);
        }
    }

    fn agent(&mut self, key: &[u8], agent: Option<Agent>) {
        let mut all: Vec<Agent> = self.agents.to_vec();
        replace(&mut all, agent, |a| a.id.key() == key);
        self.directory.set_agents(all.iter().map(|a| (a.id, a.name.as_str())));
        self.agents = all.into();
    }

    fn mark(&mut self, key: &[u8], mark: Option<Mark>) {
        let Some((queue, customer, campaign)) = key.split_first().and_then(|(q, rest)| {
            let campaign = rows::child_at(rest).map(CampaignId);
            Some((QueueKind::from_code(*q)?, rows::customer_at(rest)?, campaign))
        }) else {
            return;
        };
        let lane = campaign.map_or(Lane::Queue(queue), Lane::Campaign);
        match mark {
            Some(mark) => self.marks.insert((lane, customer), mark),
            None => self.marks.remove(&(lane, customer)),
        };
        self.rank(customer);
    }
}

fn decode<T: Stored>(record: Option<&Record>) -> Result<Option<T>, StoreError> {
    record.map(|r| T::decode(r.schema, &r.payload)).transpose()
}

/// Replaces the item found by `same`, adds it when there was none, drops it when it is gone.
fn replace<T>(all: &mut Vec<T>, item: Option<T>, same: impl Fn(&T) -> bool) {
    let at = all.iter().position(same);
    match (at, item) {
        (Some(at), Some(item)) => {
            if let Some(slot) = all.get_mut(at) {
                *slot = item;
            }
        }
        (Some(at), None) => {
            all.remove(at);
        }
        (None, Some(item)) => all.push(item),
        (None, None) => {}
    }
}
