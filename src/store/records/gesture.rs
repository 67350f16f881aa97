//! Gestures.

use serde::{Deserialize, Serialize};

use super::{MomentV1, stored};
use crate::domain::{AgentId, Gesture, GestureId};
use crate::store::{StoreError, Table};

/// A gesture; frozen.
#[derive(Serialize, Deserialize)]
struct GestureV1 {
    id: u64,
    actor: u64,
    at: MomentV1,
    label: String,
    undoes: Option<u64>,
    undone: bool,
    after: u64,
    records: u64,
}

stored!(Gesture, Gesture, GestureV1);

impl From<&Gesture> for GestureV1 {
    fn from(gesture: &Gesture) -> Self {
        let Gesture { id, actor, at, label, undoes, undone, after, records } = gesture.clone();
        Self {
            id: id.0,
            actor: actor.0,
            at: at.into(),
            label,
            undoes: undoes.map(|id| id.0),
            undone,
            after,
            records,
        }
    }
}

impl GestureV1 {
    fn open(self) -> Result<Gesture, StoreError> {
        Ok(Gesture {
            id: GestureId(self.id),
            actor: AgentId(self.actor),
            at: self.at.open(Table::Gesture)?,
            label: self.label,
            undoes: self.undoes.map(GestureId),
            undone: self.undone,
            after: self.after,
            records: self.records,
        })
    }
}
