//! What one act of a person changed, as undo and the audit log know it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{AgentId, GestureId};

/// One act: an import, a bulk tag or a single edit alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gesture {
    /// Identity.
    pub id: GestureId,
    /// Who acted.
    pub actor: AgentId,
    /// When it began.
    pub at: Timestamp,
    /// Machine name of the act: `log`, `import purchases`, `tag vip`.
    pub label: String,
    /// The gesture this one took back.
    pub undoes: Option<GestureId>,
    /// Taken back itself.
    pub undone: bool,
    /// Sequence of the commit before its first; its changes lie from there to the row's revision.
    pub after: u64,
    /// Records it changed.
    pub records: u64,
}
