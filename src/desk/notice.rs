//! What came of a command, in data: the screens and the command line find the words.

use jiff::Timestamp;

use crate::domain::{
    AgentId, CaseId, CaseState, Customer, CustomerId, DefinitionKind, Field, GestureId,
    InteractionId, Invalid, QueueKind, TaskId,
};

use super::command::Change;
use super::erase::Certificate;
use super::lifecycle::LifecycleRun;
use super::permit::Ban;

/// Something was done and is durable; sent to the one who did it and to all listeners.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Sequence number of the last commit.
    pub seq: u64,
    /// What undo takes back.
    pub gesture: GestureId,
    /// Who did it.
    pub by: AgentId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub deed: Deed,
    /// Cases that began by it.
    pub begun: usize,
}

/// What is odd about an offer that was made; told, never refused: the call has been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// It does not hold today.
    NotToday,
    /// It is for others.
    Unfit,
    /// It was made to the same customer before on the same day.
    Again,
}

/// What was done, in the past tense.
#[derive(Clone, Debug)]
pub enum Deed {
    /// A customer was added.
    Created { customer: CustomerId, name: String },
    /// A customer was saved.
    Edited { customer: CustomerId, name: String },
    /// One trait of some customers was changed; `of` were asked for, `count` were different before.
    Changed { change: Change, count: usize, of: usize, one: Option<(CustomerId, String)> },
    /// Another customer was merged into this one, with so many rows.
    Merged { customer: CustomerId, name: String, gone: CustomerId, gone_name: String, rows: usize },
    /// Customers were moved to the stages of the rules.
    Moved(Box<LifecycleRun>),
    /// A customer was erased. Not a gesture.
    Erased(Box<Certificate>),
    /// A fact, relation or purchase of a customer was saved or taken away.
    Noted { customer: CustomerId, name: String },
    /// An interaction was logged.
    Logged {
        customer: CustomerId,
        name: String,
        interaction: InteractionId,
        /// Code of the outcome.
        outcome: String,
        /// When it will be called again.
        callback: Option<Timestamp>,
        /// What is odd about the offer that was made in it.
        oddities: Vec<Oddity>,
    },
    /// The outcome of an interaction was corrected.
    Corrected { customer: CustomerId, name: String, interaction: InteractionId, outcome: String },
    /// A task was added or changed.
    TaskChanged { task: TaskId, customer: CustomerId, name: String, done: bool, due: Timestamp },
    /// A case was begun or changed; `step` is the one it stands at now.
    CaseChanged {
        case: CaseId,
        customer: CustomerId,
        name: String,
        process: String,
        step: String,
        state: CaseState,
        due: Timestamp,
    },
    /// Customers were put off in a queue.
    PutOff { queue: QueueKind, count: usize, one: Option<(CustomerId, String)>, until: Timestamp },
    /// A segment was saved or taken away.
    SegmentSaved { name: String },
    /// A segment was taken away.
    SegmentDropped { name: String },
    /// A row of a table of settings was saved (outcome, product, agent, settings, preferences).
    Configured { what: &'static str, name: String },
    /// A definition was saved, or taken away.
    Defined { kind: DefinitionKind, id: u64, name: String, dropped: bool },
    /// A draft was kept or forgotten. Not a gesture.
    Drafted,
    /// A gesture was taken back; its label and how many records it had touched.
    Undone { label: String, count: usize, undone: GestureId },
    /// A gesture was done again.
    Redone { label: String, count: usize },
    /// The models were fitted and everyone was scored.
    Fitted { customers: usize, seconds: f64 },
    /// A gesture of many parts was begun.
    Begun,
    /// A part of it was written.
    Loaded(Tally),
    /// It was closed.
    Closed { label: String, tally: Tally },
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records that were new.
    pub added: usize,
    /// Records that were there and changed.
    pub changed: usize,
    /// Records that were there and stayed the same.
    pub same: usize,
    /// Customers made because a row named them.
    pub customers_made: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.changed += other.changed;
        self.same += other.same;
        self.customers_made += other.customers_made;
    }
}

/// Why something was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The record is not as it must be.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Somebody changed the record since it was read.
    #[error("changed by {by} in the meantime")]
    Conflict {
        /// By whom.
        by: String,
        /// The customer as it is now, when it is one.
        current: Option<Box<Customer>>,
        /// Its revision.
        revision: u64,
    },
    /// What was named is not there.
    #[error("no such {what}: {name}")]
    NotFound { what: &'static str, name: String },
    /// The agent may not do this.
    #[error("not permitted: needs the role {needs}")]
    NotPermitted { needs: crate::domain::Role },
    /// The step is another team's; `own` is the agent's, empty for none.
    #[error("the step {step} belongs to the team {team}")]
    OtherTeam { step: String, team: String, own: String },
    /// The customer must not be called.
    #[error("{name} must not be called")]
    DoNotCall { name: String },
    /// The campaign may not call this customer now.
    #[error("{campaign} may not call {name} now")]
    Forbidden { name: String, campaign: String, bans: Vec<Ban> },
    /// A segment expression is wrong.
    #[error("{0}")]
    Expression(crate::domain::ExpressionError),
    /// There is nothing to take back.
    #[error("nothing to undo")]
    NothingToUndo,
    /// The agent took nothing back that could be done again.
    #[error("nothing to do again")]
    NothingToRedo,
    /// What the gesture had changed was changed again by somebody since.
    #[error("cannot undo: {name} was changed since by {by}")]
    ChangedSince { name: String, by: String },
    /// Too little data for an answer.
    #[error("not enough data: {have} of {needed} {what}")]
    NotEnough { what: &'static str, have: usize, needed: usize },
    /// A newer question made this one moot.
    #[error("cancelled")]
    Cancelled,
    /// The name is taken.
    #[error("{field} is taken: {name}")]
    Taken { field: Field, name: String },
    /// Something else needs what was to be taken away.
    #[error("{name} is in use: {by}")]
    InUse { name: String, by: String },
    /// A part of a plan was refused; segments count first, then definitions, from 0.
    #[error("part {at}: {refusal}")]
    InPlan { at: usize, refusal: Box<Refusal> },
    /// The store refused.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
}
