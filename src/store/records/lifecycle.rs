//! Moves between stages, and what is tried to have customers back.

use serde::{Deserialize, Serialize};

use super::{MomentV1, known, stored};
use crate::domain::{
    AgentId, CustomerId, Day, Stage, StageMove, StageMoveId, WinBack, WinBackState,
};
use crate::store::{StoreError, Table};

/// A move; frozen.
#[derive(Serialize, Deserialize)]
struct StageMoveV1 {
    id: u64,
    customer: u64,
    from: u8,
    to: u8,
    at: MomentV1,
    reason: String,
    rule: String,
    by: u64,
}

stored!(StageMove, StageMove, StageMoveV1);

impl From<&StageMove> for StageMoveV1 {
    fn from(moved: &StageMove) -> Self {
        let StageMove { id, customer, from, to, at, reason, rule, by } = moved.clone();
        Self {
            id: id.0,
            customer: customer.0,
            from: from.code(),
            to: to.code(),
            at: at.into(),
            reason,
            rule,
            by: by.0,
        }
    }
}

impl StageMoveV1 {
    fn open(self) -> Result<StageMove, StoreError> {
        Ok(StageMove {
            id: StageMoveId(self.id),
            customer: CustomerId(self.customer),
            from: known!(Stage, self.from)?,
            to: known!(Stage, self.to)?,
            at: self.at.open(Table::StageMove)?,
            reason: self.reason,
            rule: self.rule,
            by: AgentId(self.by),
        })
    }
}

/// What is tried to have a customer back; frozen.
#[derive(Serialize, Deserialize)]
struct WinBackV1 {
    customer: u64,
    state: u8,
    since: i32,
    cost: i64,
    note: String,
}

stored!(WinBack, WinBack, WinBackV1);

impl From<&WinBack> for WinBackV1 {
    fn from(win_back: &WinBack) -> Self {
        let WinBack { customer, state, since, cost, note } = win_back.clone();
        Self { customer: customer.0, state: state.code(), since: since.0, cost, note }
    }
}

impl WinBackV1 {
    fn open(self) -> Result<WinBack, StoreError> {
        let Self { customer, state, since, cost, note } = self;
        let state = known!(WinBackState, state)?;
        Ok(WinBack { customer: CustomerId(customer), state, since: Day(since), cost, note })
    }
}
