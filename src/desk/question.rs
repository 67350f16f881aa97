//! Everything that can be asked, and what the answers hold: data, never words.

mod queue;
mod work;

use std::sync::Arc;

use jiff::Timestamp;

use crate::directory::{Figures, Sort};
use crate::domain::{
    Agent, Balance, CampaignId, Customer, CustomerId, Day, Draft, ExpressionError, Fact, GestureId,
    Interaction, InteractionId, OfferId, Outcome, ProcessId, Product, Programme, Purchase,
    QueueKind, Relation, Segment, Settings, StageMove, Subscription, Task, Tier, WinBack,
};
use crate::insight::acceptance::Tally;
use crate::insight::reasons::Reason;
use crate::insight::retention::Worth;
use crate::store::StoreError;
use crate::text::Holidays;

pub use super::arithmetic::Arithmetic;
pub use super::campaigns::{CampaignRow, CampaignTab, Tried};
pub use queue::{Lack, Lead, LeftOut, Proposal, Proposition, QueuePage, QueueRow, Uplift};
pub use work::{CaseLine, Work, WorkItem, WorkRow, WorkScope};

use super::contracts::Outlook;
use super::definitions::{Definitions, Kept};
use super::lifecycle::LifecycleRun;
use super::likely::Duplicates;
use super::merge::MergePreview;
use super::reports::{Report, ReportQuery};
use super::scripts::{Spoken, Which};

/// Something to know.
#[derive(Clone, Debug)]
pub enum Question {
    /// The frame of every screen.
    Status,
    /// A window of the customers that match.
    List(ListQuery),
    /// The ids of all customers that match, in order.
    Ids { text: String, expression: String, sort: Sort },
    /// Rows for these customers, in this order; unknown ones are left out.
    Rows(Vec<CustomerId>),
    /// Everything about one customer.
    Profile(CustomerId),
    /// Whose stage is another by the rules.
    Lifecycle,
    /// A window of those who may be one and the same customer, the likeliest first.
    Duplicates { from: usize, count: usize },
    /// The offers that fit a customer, the one worth most first; that of a campaign before all.
    Propositions { customer: CustomerId, campaign: Option<CampaignId> },
    /// A script with the facts of a customer in its places.
    Script { customer: CustomerId, which: Which },
    /// What would come of making one of two customers.
    Merge { keep: CustomerId, gone: CustomerId },
    /// The customers a word on the command line may mean: id `#7`, external id, phone, else name.
    Named(String),
    /// A window of a queue.
    Queue { kind: QueueKind, from: usize, count: usize, anchor: Option<CustomerId> },
    /// A window of what a campaign would have called now.
    CampaignQueue { campaign: CampaignId, from: usize, count: usize, anchor: Option<CustomerId> },
    /// All campaigns and how they stand.
    Campaigns,
    /// The agent's day.
    Today,
    /// All saved segments and all tags, with their figures.
    Segments,
    /// What is to be done by the agent, the agent's team, or everybody; only what stands at a step of a
    /// process where one is named.
    Work { scope: WorkScope, step: Option<(ProcessId, u8)>, count: usize },
    /// Everything a strategy is made of, with its revisions.
    Plans,
    /// What an expression would select.
    Look { expression: String, against: Option<String> },
    /// Words that can stand at the end of an expression or in a field.
    Complete { field: String, start: String },
    /// The agent's draft in a slot.
    Draft(String),
    /// What the analyses say of all, or of those an expression selects.
    Report(ReportQuery),
    /// The fitted models.
    Models,
    /// The last changes, newest first: audit log.
    Changes { count: usize },
}

/// A window of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// What was typed in the search bar.
    pub text: String,
    /// Segment expression.
    pub expression: String,
    /// Order; by rank of the match when there is a text and no order was asked for.
    pub sort: Sort,
    /// First row of the window.
    pub from: usize,
    /// Rows in the window.
    pub count: usize,
    /// The customer under the cursor: the answer says where it is now.
    pub anchor: Option<CustomerId>,
}

/// An answer.
#[derive(Clone, Debug)]
pub enum Answer {
    Status(Box<Status>),
    List(Listing),
    Ids(Vec<CustomerId>),
    Rows(Vec<Row>),
    Profile(Box<Profile>),
    Lifecycle(Box<LifecycleRun>),
    Duplicates(Box<Duplicates>),
    Propositions(Vec<Proposition>),
    /// `None` when the call has no script.
    Script(Option<Box<Spoken>>),
    Merge(Box<MergePreview>),
    Queue(Box<QueuePage>),
    Campaigns(Vec<CampaignRow>),
    Today(Box<Today>),
    Segments(Vec<SegmentRow>),
    Work(Box<Work>),
    Plans(Box<Plans>),
    Look(Box<Look>),
    Complete(Vec<String>),
    Draft(Option<Draft>),
    Report(Arc<Report>),
    Models(Box<Models>),
    Changes(Vec<ChangeLine>),
}

/// What every screen shows at its edges.
#[derive(Clone, Debug)]
pub struct Status {
    /// Customers in memory.
    pub customers: usize,
    /// Customers in all, while they are being loaded.
    pub loading: Option<Loading>,
    /// What holds for the store.
    pub settings: Arc<Settings>,
    /// The holidays that move.
    pub holidays: Arc<Holidays>,
    /// The outcome table.
    pub outcomes: Arc<[Outcome]>,
    /// All agents.
    pub agents: Arc<[Agent]>,
    /// What a strategy is made of.
    pub definitions: Arc<Definitions>,
    /// Who asks, as kept in the store.
    pub me: Agent,
    /// Day on which the scores stand.
    pub as_of: Day,
    /// Open callbacks of the asking agent that are due.
    pub due: usize,
    /// The models are being fitted again in the background.
    pub fitting: bool,
    /// There is a fitted model: `as_of` is the day of scores.
    pub fitted: bool,
    /// The store takes no writes; why.
    pub read_only: Option<StoreError>,
    /// Changes with everything that can change an answer.
    pub version: u64,
}

/// How far the directory is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loading {
    pub done: usize,
    pub of: usize,
}

/// A customer in a list.
#[derive(Clone, Debug)]
pub struct Row {
    pub customer: Arc<Customer>,
    pub figures: Figures,
    /// Byte ranges of the name that match the search.
    pub matches: Vec<std::ops::Range<u32>>,
}

/// A window of a list, and what is known of the whole.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    pub rows: Vec<Row>,
    /// Place of the first row.
    pub from: usize,
    /// Customers that match.
    pub total: usize,
    /// Customers in all.
    pub of: usize,
    /// Expected residual value of those that match, minor units.
    pub worth: i64,
    /// What they have spent, minor units.
    pub spent: i64,
    /// Where the anchor stands now, if it still matches.
    pub anchor_at: Option<usize>,
    /// What is wrong with the expression; the rows are those of the last good one or none.
    pub error: Option<ExpressionError>,
}

/// Everything about one customer.
#[derive(Clone, Debug)]
pub struct Profile {
    pub customer: Customer,
    /// Revision of the record, for a later `Edit`.
    pub revision: u64,
    pub figures: Figures,
    /// Name of the owner.
    pub owner: String,
    pub facts: Vec<Fact>,
    /// Ties from and to this customer, with the other's id and name.
    pub relations: Vec<(Relation, CustomerId, String)>,
    /// Newest first.
    pub purchases: Vec<Purchase>,
    /// Newest first, corrected rows left out, with the agent's name.
    pub interactions: Vec<(Interaction, String)>,
    /// Open tasks, earliest first.
    pub tasks: Vec<Task>,
    /// Cases, the open ones first, the most urgent first.
    pub cases: Vec<CaseLine>,
    /// Contracts, oldest first.
    pub subscriptions: Vec<Subscription>,
    /// What the models say of the contract most likely to end, when one runs.
    pub outlook: Option<Outlook>,
    /// Moves between stages, newest first.
    pub moves: Vec<StageMove>,
    /// How far it is with having the customer back, when there was anything to try.
    pub win_back: Option<WinBack>,
    /// Products named in the purchases.
    pub products: Vec<Product>,
    /// Revenue by month, oldest first, up to 24 months.
    pub months: Vec<i64>,
    /// P(alive) at the end of each of the next 12 months, when there is a model.
    pub risk: Vec<f64>,
    /// The retention arithmetic, when there is a model.
    pub worth: Option<Worth>,
    pub reasons: Vec<Reason>,
    /// Where the customer stands in the loyalty programmes.
    pub memberships: Vec<Membership>,
    /// How many steps the script of an interaction has, where some were ticked off.
    pub steps: Vec<(InteractionId, usize)>,
    /// Names of the offers that were made to the customer.
    pub offered: Vec<(OfferId, String)>,
    /// Names of the campaigns the customer was called for.
    pub campaigns: Vec<(CampaignId, String)>,
    /// The offers that fit, the one worth most first.
    pub propositions: Vec<Proposition>,
    /// Share of the profile that is filled in, 0 to 1.
    pub completeness: f64,
    /// What to ask next, most useful first.
    pub missing: Vec<crate::domain::Field>,
    /// Save rate in use: mean and half width of its 90 % interval.
    pub save_rate: (f64, f64),
}

/// Where a customer stands in a programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    pub programme: Programme,
    pub balance: Balance,
    /// What the points are worth, minor units.
    pub worth: i64,
    /// What was spent in the last 365 days, minor units.
    pub spent: i64,
    /// What that gives.
    pub tier: Option<Tier>,
}

/// The agent's day.
#[derive(Clone, Debug)]
pub struct Today {
    /// Open tasks due today or before, late first.
    pub due: Vec<QueueRow>,
    /// Open tasks later than today.
    pub later: usize,
    /// The first rows of the retention queue.
    pub next: Vec<QueueRow>,
    pub worth: i64,
    /// Calls of the agent today, newest first.
    pub calls: Vec<(Interaction, String)>,
    pub reached: usize,
    /// Sales and saved customers.
    pub won: usize,
    /// Tasks the agent finished today, and tasks that were due.
    pub kept: usize,
    pub promised: usize,
    /// Calls by hour of the agent's day, 24 of them.
    pub by_hour: Vec<usize>,
    pub fitted: bool,
}

/// A segment or a tag with its figures.
#[derive(Clone, Debug)]
pub struct SegmentRow {
    /// `None` for a tag nobody made a segment of.
    pub segment: Option<Segment>,
    /// Revision of the record, for a later save; 0 without a segment.
    pub revision: u64,
    /// Name of the segment or tag.
    pub name: String,
    /// The expression that selects it.
    pub expression: String,
    pub count: usize,
    /// Minor units.
    pub worth: i64,
    pub spent: i64,
    /// Mean chance to leave of its members, 0 to 1, when there is a model.
    pub risk: Option<f64>,
    pub error: Option<ExpressionError>,
}

/// Everything a strategy is made of, with its revisions, and what is under way.
#[derive(Clone, Debug)]
pub struct Plans {
    pub definitions: Arc<Definitions>,
    pub segments: Vec<Kept<Segment>>,
    pub outcomes: Vec<Kept<Outcome>>,
    pub agents: Vec<Kept<Agent>>,
    pub settings: Kept<Settings>,
    /// By name: those that offers name, and of very many others the first.
    pub products: Vec<Kept<Product>>,
    /// Teams of agents and of steps of processes, in order.
    pub teams: Vec<String>,
    /// Open cases by process, and how many of them are overdue.
    pub cases: Vec<(ProcessId, usize, usize)>,
}

/// What an expression would select.
#[derive(Clone, Debug)]
pub struct Look {
    pub expression: String,
    pub error: Option<ExpressionError>,
    pub count: usize,
    pub of: usize,
    pub worth: i64,
    pub spent: i64,
    pub risk: Option<f64>,
    /// What a year of serving them costs, minor units.
    pub cost: i64,
    /// What they said to offers.
    pub response: Tally,
    /// The first ten by value.
    pub members: Vec<Row>,
    /// What sets them apart, strongest first.
    pub apart: Vec<Trait>,
    /// Members that are also in the other expression.
    pub overlap: Option<usize>,
}

/// A trait more (or less) common inside a group than outside.
#[derive(Clone, Debug)]
pub struct Trait {
    /// Field and value as in the segment language.
    pub expression: String,
    /// Share inside, 0 to 1.
    pub inside: f64,
    /// Share outside, 0 to 1.
    pub outside: f64,
}

/// The fitted models as they are kept in the store.
#[derive(Clone, Debug)]
pub struct Models {
    pub fitted: Option<crate::domain::Scoring>,
    pub customers: usize,
}

/// A line of the audit log.
#[derive(Clone, Debug)]
pub struct ChangeLine {
    pub seq: u64,
    pub at: Timestamp,
    pub by: String,
    pub gesture: GestureId,
    pub label: String,
    pub records: usize,
    pub undone: bool,
    /// The one customer it is about; `None` where there are many or none, or where it is gone.
    pub whom: Option<(CustomerId, String)>,
    /// The words of a supervisor who set a rule aside; usually empty.
    pub despite: String,
}
