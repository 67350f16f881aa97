//! Tasks, marks in queues, drafts.

use serde::{Deserialize, Serialize};

use super::{MomentV1, known, stored};
use crate::domain::{
    AgentId, CampaignId, CustomerId, Draft, InteractionId, Mark, QueueKind, Task, TaskId, TaskKind,
    TaskState,
};
use crate::store::{StoreError, Table};

/// A task; frozen.
#[derive(Serialize, Deserialize)]
struct TaskV1 {
    id: u64,
    customer: u64,
    kind: u8,
    due: MomentV1,
    zone: String,
    owner: u64,
    note: String,
    state: u8,
    from: Option<u64>,
}

stored!(Task, Task, TaskV1);

impl From<&Task> for TaskV1 {
    fn from(task: &Task) -> Self {
        let Task { id, customer, kind, due, zone, owner, note, state, from } = task.clone();
        Self {
            id: id.0,
            customer: customer.0,
            kind: kind.code(),
            due: due.into(),
            zone,
            owner: owner.0,
            note,
            state: state.code(),
            from: from.map(|id| id.0),
        }
    }
}

impl TaskV1 {
    fn open(self) -> Result<Task, StoreError> {
        Ok(Task {
            id: TaskId(self.id),
            customer: CustomerId(self.customer),
            kind: known!(TaskKind, self.kind)?,
            due: self.due.open(Table::Task)?,
            zone: self.zone,
            owner: AgentId(self.owner),
            note: self.note,
            state: known!(TaskState, self.state)?,
            from: self.from.map(InteractionId),
        })
    }
}

/// A mark; frozen.
#[derive(Serialize, Deserialize)]
struct MarkV1 {
    queue: u8,
    customer: u64,
    until: MomentV1,
    reason: String,
    by: u64,
}

/// A mark that may be a campaign's; frozen.
#[derive(Serialize, Deserialize)]
struct MarkV2 {
    mark: MarkV1,
    campaign: Option<u64>,
}

stored!(Mark, Mark, MarkV1, MarkV2);

impl From<&Mark> for MarkV2 {
    fn from(mark: &Mark) -> Self {
        let Mark { queue, campaign, customer, until, reason, by } = mark.clone();
        let (queue, customer, until) = (queue.code(), customer.0, until.into());
        let mark = MarkV1 { queue, customer, until, reason, by: by.0 };
        Self { mark, campaign: campaign.map(|id| id.0) }
    }
}

impl MarkV2 {
    fn open(self) -> Result<Mark, StoreError> {
        Ok(Mark { campaign: self.campaign.map(CampaignId), ..self.mark.open()? })
    }
}

impl MarkV1 {
    fn open(self) -> Result<Mark, StoreError> {
        Ok(Mark {
            queue: known!(QueueKind, self.queue)?,
            campaign: None,
            customer: CustomerId(self.customer),
            until: self.until.open(Table::Mark)?,
            reason: self.reason,
            by: AgentId(self.by),
        })
    }
}

/// A draft; frozen.
#[derive(Serialize, Deserialize)]
struct DraftV1 {
    agent: u64,
    slot: String,
    fields: Vec<(String, String)>,
    at: MomentV1,
}

stored!(Draft, Draft, DraftV1);

impl From<&Draft> for DraftV1 {
    fn from(draft: &Draft) -> Self {
        let Draft { agent, slot, fields, at } = draft.clone();
        Self { agent: agent.0, slot, fields, at: at.into() }
    }
}

impl DraftV1 {
    fn open(self) -> Result<Draft, StoreError> {
        let at = self.at.open(Table::Draft)?;
        Ok(Draft { agent: AgentId(self.agent), slot: self.slot, fields: self.fields, at })
    }
}
