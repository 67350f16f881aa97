//! Definitions of own fields.

use serde::{Deserialize, Serialize};

use super::{known, stored};
use crate::domain::{OwnField, OwnFieldId, OwnFieldKind};
use crate::store::StoreError;

/// A definition; frozen.
#[derive(Serialize, Deserialize)]
struct OwnFieldV1 {
    id: u64,
    name: String,
    kind: u8,
    choices: Vec<String>,
    order: u16,
}

stored!(OwnField, OwnField, OwnFieldV1);

impl From<&OwnField> for OwnFieldV1 {
    fn from(field: &OwnField) -> Self {
        let OwnField { id, name, kind, choices, order } = field.clone();
        Self { id: id.0, name, kind: kind.code(), choices, order }
    }
}

impl OwnFieldV1 {
    fn open(self) -> Result<OwnField, StoreError> {
        let Self { id, name, kind, choices, order } = self;
        let kind = known!(OwnFieldKind, kind)?;
        Ok(OwnField { id: OwnFieldId(id), name, kind, choices, order })
    }
}
