//! How a relation moves: from stage to stage, each move dated with its reason; and what is tried to
//! have back those who left.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::customer::Stage;
use super::day::Day;
use super::ids::{AgentId, CustomerId, StageMoveId};
use super::names::named_enum;

/// A customer moved from one stage to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageMove {
    /// Identity.
    pub id: StageMoveId,
    /// Who.
    pub customer: CustomerId,
    /// From where.
    pub from: Stage,
    /// To where.
    pub to: Stage,
    /// When.
    pub at: Timestamp,
    /// Why, in few words; may be empty.
    pub reason: String,
    /// Machine name of the rule that moved; empty when it was done by hand.
    pub rule: String,
    /// By whom; the program when it was a rule.
    pub by: AgentId,
}

named_enum! {
    /// How far it is with one who left.
    pub enum WinBackState {
        Left = "left", Contacted = "contacted", Returned = "returned",
        /// Nothing more is tried.
        Closed = "closed",
    }
}

/// What is tried to have a customer back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WinBack {
    /// Who.
    pub customer: CustomerId,
    /// How far it is.
    pub state: WinBackState,
    /// Since when.
    pub since: Day,
    /// What it has cost so far, minor units.
    pub cost: i64,
    /// In words; may be empty.
    pub note: String,
}
