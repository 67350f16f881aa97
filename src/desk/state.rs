//! What the desk keeps in memory: the directory, the small tables, the scores. All of it can be rebuilt
//! from the store, and all of it follows the rows that are committed, here or by another process.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::directory::Directory;
use crate::domain::{
    Agent, CampaignId, Case, CaseId, CaseState, Customer, CustomerId, CustomerKind, Day, Fact,
    Interaction, Ledger, Mark, Outcome, Product, ProductId, QueueKind, Scoring, Segment, Settings,
    StageMove, Task, TaskId, TaskState, WinBack, WinBackState,
};
use crate::insight::lifecycle::Limits;
use crate::insight::offer::LifeStage;
use crate::store::records::Stored;
use crate::store::{Record, StoreError, Table};
use crate::text::Holidays;

use super::answers::Answers;
use super::definitions::{self, Definitions, Kept};
use super::drives::Moved;
use super::holdings::Holdings;
use super::places::RANKED;
use super::propose::Fits;
use super::question::Loading;
use super::rows;
use super::scores::{Scores, Stand};
use super::turns::Turns;

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

/// In which a customer can be put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Lane {
    Queue(QueueKind),
    Campaign(CampaignId),
}

/// All that is in memory.
pub(super) struct State {
    pub directory: Directory,
    pub settings: Arc<Settings>,
    /// Those that move; they are not of the store.
    pub holidays: Arc<Holidays>,
    pub outcomes: Arc<[Outcome]>,
    pub agents: Arc<[Agent]>,
    pub products: HashMap<ProductId, Product>,
    pub by_sku: HashMap<String, ProductId>,
    /// By name.
    pub segments: Vec<Kept<Segment>>,
    pub definitions: Arc<Definitions>,
    /// Open cases.
    pub cases: BTreeMap<CaseId, Case>,
    /// Open tasks.
    pub tasks: BTreeMap<TaskId, Task>,
    pub marks: HashMap<(Lane, CustomerId), Mark>,
    pub scores: Scores,
    /// The limits of the stages, as learned when everyone was scored last.
    pub limits: Limits,
    /// The models as they are kept, those of contracts among them.
    pub models: Option<Scoring>,
    /// What was said to offers and done for campaigns.
    pub answers: Answers,
    /// Where those stood who answered.
    pub turns: Turns,
    /// Who moved since the queues of campaigns were looked at.
    pub drives: Moved,
    /// Whom the offers fit.
    pub fits: Fits,
    /// Interactions of the last days, oldest first.
    pub recent: VecDeque<Interaction>,
    /// Revision of the row that guards external ids.
    pub guard: Option<u64>,
    /// Sequence of the last commit that is in memory.
    pub applied: u64,
    /// Grows with everything that can change an answer.
    pub version: u64,
    /// Grows with every purchase or subscription that is written or taken back.
    pub purchases: u64,
    /// While the directory is being built.
    pub loading: Option<Loading>,
    /// Customers that changed while the directory was being built: their rows are newer than the loader's.
    pub touched: HashSet<CustomerId>,
    /// The same of their ledgers and facts: read again when the loader is through.
    pub touched_ledgers: HashSet<CustomerId>,
    /// Everyone is being scored: those who change meanwhile are ranked again.
    pub scoring: bool,
    pub dirty: Vec<CustomerId>,
    /// It is known what to propose to whom, or being learned.
    pub watches_purchases: bool,
    /// Those of whom purchases changed since.
    pub stale_purchases: HashSet<CustomerId>,
    /// What everyone bought, once an expression has asked.
    pub shelves: Option<Holdings>,
    /// Products were added or named anew since.
    pub new_products: bool,
    /// Why the directory could not be built.
    pub load_error: Option<StoreError>,
}

impl State {
    pub fn new() -> Self {
        Self {
            directory: Directory::new(),
            settings: Arc::new(Settings::default()),
            holidays: Arc::default(),
            outcomes: Arc::new([]),
            agents: Arc::new([]),
            products: HashMap::new(),
            by_sku: HashMap::new(),
            segments: Vec::new(),
            definitions: Arc::default(),
            cases: BTreeMap::new(),
            tasks: BTreeMap::new(),
            marks: HashMap::new(),
            scores: Scores::default(),
            limits: Limits::default(),
            models: None,
            answers: Answers::default(),
            turns: Turns::default(),
            drives: Moved::default(),
            fits: Fits::default(),
            recent: VecDeque::new(),
            guard: None,
            applied: 0,
            version: 0,
            purchases: 0,
            loading: None,
            touched: HashSet::new(),
            touched_ledgers: HashSet::new(),
            scoring: false,
            dirty: Vec::new(),
            watches_purchases: false,
            stale_purchases: HashSet::new(),
            shelves: None,
            new_products: false,
            load_error: None,
        }
    }

    /// The outcome with this code.
    pub fn outcome(&self, code: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|o| o.code == code)
    }

    /// An agent's name; the number where it is not known.
    pub fn agent_name(&self, id: crate::domain::AgentId) -> String {
        match self.agents.iter().find(|a| a.id == id) {
            Some(agent) => agent.name.clone(),
            None if id.0 == 0 => Agent::program().name,
            None => format!("#{id}"),
        }
    }

    /// The outcome behind its number among what campaigns did.
    pub fn outcome_numbered(&self, number: u16) -> Option<&Outcome> {
        self.outcome(self.answers.efforts.code(number))
    }

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

    /// Brings a customer's score and place in the queue up to date.
    pub fn rank(&mut self, id: CustomerId) {
        if self.scoring {
            self.dirty.push(id);
        }
        self.drives.one(id);
        let stand = self.stand(id).unwrap_or(Stand {
            may_call: false,
            put_off: 0,
            held_out: false,
            lead: None,
            stage: LifeStage::Unknown,
            offer_cost: None,
        });
        if let Some(score) = self.scores.rank(id, &self.settings, stand)
            && let Some(row) = self.directory.row_of(id)
        {
            self.directory.set_score(row, &score);
        }
    }

    /// Where a customer stands, beside purchases and contacts; `None` when there is no such customer.
    pub fn stand(&self, id: CustomerId) -> Option<Stand> {
        let row = self.directory.row_of(id)?;
        let mut put_off = 0;
        for kind in RANKED {
            let is_off = self.marks.contains_key(&(Lane::Queue(kind), id));
            put_off |= u8::from(is_off) << kind.code();
        }
        Some(Stand { put_off, ..self.stand_at(row, id) })
    }

    /// The same without what was put off.
    fn stand_at(&self, row: u32, id: CustomerId) -> Stand {
        let traits = self.directory.traits(row);
        let day = self.scores.day();
        let age = traits.and_then(|t| Some(day?.since(t.birth?)));
        let years = age.map(|days| (f64::from(days) / 365.25).floor() as i32);
        let organisation = traits.is_some_and(|t| t.kind == CustomerKind::Organisation);
        let leads = self.scores.models().and_then(|m| m.leads.as_deref());
        // Only of those who never bought: the others are no prospects.
        let lead = leads
            .zip(day)
            .zip(traits.filter(|t| t.first.is_none() && t.joined.is_known()))
            .map(|((leads, day), traits)| leads.chance(&traits, day) as f32);
        Stand {
            may_call: !self.directory.must_not_be_called(row),
            put_off: 0,
            held_out: self.settings.holds_out(id),
            lead,
            stage: LifeStage::of(organisation, years),
            offer_cost: self.offer_cost(row, id),
        }
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

    /// The day on which scores stand.
    pub fn scoring_day(&self, today: Day) -> Day {
        self.scores.day().unwrap_or(today)
    }
}

/// Where everyone stands: a copy for scoring aside of the lock.
pub(super) struct Standing(Vec<Option<Stand>>);

impl Standing {
    /// Every id there is lies below this.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Where a customer stands; `None` when there is no such customer.
    pub fn of(&self, id: CustomerId) -> Option<Stand> {
        self.0.get(id.0 as usize).copied().flatten()
    }
}

impl State {
    pub fn standing(&self) -> Standing {
        let mut all = Vec::new();
        for row in self.directory.live_rows() {
            let id = self.directory.id_at(row);
            let at = id.0 as usize;
            if at >= all.len() {
                all.resize(at + 1, None);
            }
            if let Some(slot) = all.get_mut(at) {
                *slot = Some(self.stand_at(row, id));
            }
        }
        for (lane, id) in self.marks.keys() {
            let Lane::Queue(kind) = lane else { continue };
            if RANKED.contains(kind)
                && let Some(Some(stand)) = all.get_mut(id.0 as usize)
            {
                stand.put_off |= 1 << kind.code();
            }
        }
        Standing(all)
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
