//! What is due: callbacks and other promises; what was put off in a queue; texts not finished.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{AgentId, CampaignId, CustomerId, InteractionId, TaskId};
use super::names::named_enum;

named_enum! {
    /// What has to be done.
    pub enum TaskKind { Callback = "callback", Todo = "todo" }
}

named_enum! {
    /// Whether it was done.
    pub enum TaskState { Open = "open", Done = "done", Dropped = "dropped" }
}

/// Something promised for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Identity.
    pub id: TaskId,
    /// About whom.
    pub customer: CustomerId,
    /// What.
    pub kind: TaskKind,
    /// When.
    pub due: Timestamp,
    /// The IANA zone in which the time was promised; empty for UTC.
    pub zone: String,
    /// Who has to do it.
    pub owner: AgentId,
    /// In words; may be empty.
    pub note: String,
    /// Open, done or dropped.
    pub state: TaskState,
    /// The interaction in which it was promised.
    pub from: Option<InteractionId>,
}

named_enum! {
    /// The queues, in the order of their tabs.
    pub enum QueueKind {
        Retention = "retention", WinBack = "win_back", CrossSell = "cross_sell",
        UpSell = "up_sell", Acquisition = "acquisition", Callbacks = "callbacks",
    }
}

/// A customer put off in a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// In which queue.
    pub queue: QueueKind,
    /// In the queue of this campaign, and in no other.
    pub campaign: Option<CampaignId>,
    /// Who.
    pub customer: CustomerId,
    /// Not shown before.
    pub until: Timestamp,
    /// Why; empty for a snooze.
    pub reason: String,
    /// By whom.
    pub by: AgentId,
}

/// A text that was begun and not saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Whose.
    pub agent: AgentId,
    /// Which form or field, for instance `log:42`.
    pub slot: String,
    /// Field by field.
    pub fields: Vec<(String, String)>,
    /// When it was last touched.
    pub at: Timestamp,
}
