//! Everything a person or a script can do. Commands are imperative; what came of one is a [`Deed`].

use jiff::Timestamp;

use crate::domain::{
    Agent, AgentId, CampaignId, CaseId, Channel, Customer, CustomerId, Day, Definition,
    DefinitionKind, Direction, Draft, Fact, FactId, GestureId, Interaction, InteractionId,
    MergeField, Outcome, Preferences, ProcessId, Product, ProgrammeId, Purchase, QueueKind,
    Relation, RelationId, Segment, SegmentId, Settings, Stage, Subscription, SubscriptionId, Task,
    TaskId, WrapUp,
};
use crate::insight::choice::Kind;
use crate::text::truth;

use super::carried::Carried;
use super::definitions::Planned;

/// Something to do. Ids of new records are 0: the desk hands them out.
#[derive(Clone, Debug)]
pub enum Command {
    /// Adds a customer.
    Create(Box<Customer>),
    /// Saves a customer as a whole, if the record is still at revision `base`.
    Edit { customer: Box<Customer>, base: u64 },
    /// Changes one trait of one or many customers: one gesture.
    Change { whom: Whom, change: Change },
    /// Makes one of two customers: all that belongs to `gone` goes over to `keep`. `take` names the
    /// fields whose value comes from `gone` (what is usual when `None`); `base` are the revisions of
    /// both, as they were looked at.
    Merge {
        keep: CustomerId,
        gone: CustomerId,
        take: Option<Vec<MergeField>>,
        base: Option<(u64, u64)>,
    },
    /// Moves everybody whose stage is another by the rules: one gesture.
    Lifecycle,
    /// Gives up having a customer back, with a note of why.
    CloseWinBack { customer: CustomerId, note: String },
    /// Removes a customer and all that belongs to it for good, after its name was typed.
    Erase { customer: CustomerId, name: String },
    /// Adds a fact, or saves one whose id is known.
    SaveFact(Fact),
    /// Takes a fact away.
    DropFact(CustomerId, FactId),
    /// Ties two customers.
    Relate(Relation),
    /// Unties them; `from` is the customer the relation was kept with.
    Unrelate { from: CustomerId, relation: RelationId },
    /// Logs an interaction, with its callback and all that its outcome entails.
    Log(Log),
    /// Corrects the outcome of an interaction: a new row that replaces it.
    Correct { customer: CustomerId, interaction: InteractionId, outcome: String },
    /// Adds a task (a callback without a call, a thing to do).
    AddTask(Task),
    /// Changes a task.
    ChangeTask { task: TaskId, change: TaskChange },
    /// Begins a process for a customer.
    StartCase { process: ProcessId, customer: CustomerId, note: String },
    /// Changes an open case.
    ChangeCase { customer: CustomerId, case: CaseId, change: CaseChange },
    /// Puts customers off in a queue; an empty reason is a snooze.
    PutOff {
        queue: QueueKind,
        /// In this campaign's queue alone.
        campaign: Option<CampaignId>,
        customers: Vec<CustomerId>,
        until: Timestamp,
        reason: String,
    },
    /// Adds a purchase, return or credit.
    AddPurchase(Purchase),
    /// Adds a contract (id 0) or saves one; `product` is a sku or name as typed, empty to leave it.
    SaveSubscription { subscription: Subscription, product: String },
    /// Takes a contract away that was written down by mistake.
    DropSubscription(CustomerId, SubscriptionId),
    /// Gives points for all purchases that have earned none yet in programmes of those who bought.
    Accrue,
    /// Redeems points of a customer.
    Redeem { customer: CustomerId, programme: ProgrammeId, points: i64, note: String },
    /// Adds a segment (id 0), or saves one that is still at revision `base`.
    SaveSegment { segment: Segment, base: u64 },
    /// Takes a segment away; its members stay.
    DropSegment(SegmentId),
    /// Adds an offer, programme, process, script, campaign or own field (id 0), or saves one that is
    /// still at revision `base`.
    SaveDefinition { definition: Box<Definition>, base: u64 },
    /// Takes away one that is still at revision `base`, while nothing hangs on it.
    DropDefinition { kind: DefinitionKind, id: u64, base: u64 },
    /// Takes in a plan file: segments and definitions, found again by their names.
    LoadPlan { segments: Vec<Segment>, definitions: Vec<Planned> },
    /// Adds a row of the outcome table (`base` 0), or saves one that is still at revision `base`.
    SaveOutcome { outcome: Outcome, base: u64 },
    /// Adds a product (id 0) or saves one.
    SaveProduct { product: Product, base: u64 },
    /// Adds an agent (id 0), or saves one that is still at revision `base`.
    SaveAgent { agent: Agent, base: u64 },
    /// Saves what holds for the whole store, if it is still at revision `base`.
    SaveSettings { settings: Settings, base: u64 },
    /// Saves how the acting agent likes the screen.
    SavePreferences(Preferences),
    /// Keeps a text that was begun.
    SaveDraft(Draft),
    /// Forgets a draft of the acting agent.
    DropDraft(String),
    /// Takes back the acting agent's last gesture, or a given one.
    Undo(Option<GestureId>),
    /// Does again what was taken back last.
    Redo,
    /// Fits the models and scores everyone, as of a day (today when `None`). The purchase model is the
    /// one that does best on held-back time, or the one named; BG/NBD is only fitted beside it.
    Fit { as_of: Option<Day>, horizon_weeks: Option<u16>, model: Option<Kind> },
    /// Begins a gesture of many parts; it counts only once it is closed.
    Begin { label: String },
    /// One part of an open gesture.
    Load { gesture: GestureId, rows: Vec<Load> },
    /// Closes a gesture: all its parts are durable from here on.
    Close { gesture: GestureId },
    /// Gives up an open gesture and takes its parts back.
    Abandon { gesture: GestureId },
}

/// Whom a bulk command is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// These.
    These(Vec<CustomerId>),
    /// All that a search and an expression match.
    Matching { text: String, expression: String },
}

/// A change of one trait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Puts a tag on.
    Tag(String),
    /// Takes a tag off.
    Untag(String),
    /// Moves to a stage.
    Stage(Stage),
    /// Moves to a stage for a reason.
    Moved(Stage, String),
    /// Gives to an agent, or to nobody.
    Owner(Option<AgentId>),
    /// Sets the source.
    Source(String),
    /// Marks do-not-call with a reason, or lifts the mark.
    DoNotCall(Option<String>),
    /// Sets the consent to marketing.
    Marketing(Option<bool>),
    /// Sets an own field; an empty value removes it.
    Field(String, String),
}

impl Change {
    /// As a person says it: yes marks without a reason, no lifts the mark, anything else is why.
    pub fn do_not_call(said: &str) -> Self {
        Self::DoNotCall(match truth(said) {
            Some(true) => Some(String::new()),
            Some(false) => None,
            None => Some(said.to_owned()),
        })
    }
}

/// An interaction to log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// With whom.
    pub customer: CustomerId,
    /// Code of the outcome; empty for a mere note.
    pub outcome: String,
    /// In words; may be empty.
    pub note: String,
    /// By what means.
    pub channel: Channel,
    /// Who began.
    pub direction: Direction,
    /// How long it took.
    pub seconds: u32,
    /// When to call again. `None` with an outcome that has a retry delay uses that delay.
    pub callback: Option<Timestamp>,
    /// The queue it was taken from.
    pub queue: Option<QueueKind>,
    /// The task it fulfils; open callbacks of the customer are finished when it was reached.
    pub finishes: Option<TaskId>,
    /// What is noted beside the outcome: campaign, offer, answers.
    pub wrap_up: WrapUp,
}

/// A change of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskChange {
    /// Done.
    Finish,
    /// Will not be done.
    Drop,
    /// To another time.
    Move(Timestamp),
    /// To another agent.
    HandOver(AgentId),
}

/// A change of an open case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseChange {
    /// The step is done, with what was done in words: on to the next team, or to the end.
    Finish(String),
    /// The case is given up, and why.
    Drop(String),
    /// To an agent, or back to the team.
    Give(Option<AgentId>),
    /// The step is due at another time.
    Move(Timestamp),
}

/// A row of an import, ready to be written. Rows that are in the store already change nothing.
#[derive(Clone, Debug)]
pub enum Load {
    /// A customer: matched by external id; `fields` says which fields the file gave.
    Customer { customer: Box<Customer>, given: Vec<crate::domain::Field>, facts: Vec<Fact> },
    /// A purchase of the customer with this external id, who is made if unknown. The ids inside are 0.
    Purchase { customer: String, purchase: Purchase, skus: Vec<Option<String>> },
    /// An interaction with the customer with this external id.
    Interaction { customer: String, interaction: Interaction },
    /// A product: matched by sku.
    Product(Product),
    /// A subscription of the customer with this external id, who is made if unknown; its product by
    /// sku.
    Subscription { customer: String, subscription: Subscription, sku: Option<String> },
    /// What else is kept of the customer with this external id.
    Carried { customer: String, record: Box<Carried> },
}
