//! What the desk keeps in memory: the directory, the small tables, the scores. All of it can be rebuilt
//! from the store, and all of it follows the rows that are committed, here or by another process.

mod apply;
mod stand;

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::directory::Directory;
use crate::domain::{
    Agent, CampaignId, Case, CaseId, CustomerId, Day, Interaction, Mark, Outcome, Product,
    ProductId, QueueKind, Scoring, Segment, Settings, Task, TaskId,
};
use crate::insight::lifecycle::Limits;
use crate::store::StoreError;
use crate::text::Holidays;

use super::answers::Answers;
use super::definitions::{Definitions, Kept};
use super::drives::Moved;
use super::holdings::Holdings;
use super::propose::Fits;
use super::question::Loading;
use super::scores::Scores;
use super::turns::Turns;

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

    /// The day on which scores stand.
    pub fn scoring_day(&self, today: Day) -> Day {
        self.scores.day().unwrap_or(today)
    }
}
