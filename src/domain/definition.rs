//! What a strategy is made of: offers, programmes, processes, campaigns, scripts and own fields, as
//! one kind of thing that is saved, dropped, exported and imported alike.

use serde::{Deserialize, Serialize};

use super::campaign::Campaign;
use super::invalid::{Field, Invalid, Problem};
use super::names::named_enum;
use super::offer::Offer;
use super::own_field::OwnField;
use super::process::Process;
use super::programme::Programme;
use super::script::Script;

named_enum! {
    /// Kinds of definitions; those that others name come first.
    pub enum DefinitionKind {
        Offer = "offer", Programme = "programme", Process = "process", Script = "script",
        Campaign = "campaign", OwnField = "own_field",
    }
}

/// A definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Definition {
    Offer(Offer),
    Programme(Programme),
    Process(Process),
    Script(Script),
    Campaign(Campaign),
    OwnField(OwnField),
}

impl Definition {
    /// Longest name, in characters.
    pub const MOST_NAME: usize = 100;

    /// Its kind.
    pub fn kind(&self) -> DefinitionKind {
        match self {
            Self::Offer(_) => DefinitionKind::Offer,
            Self::Programme(_) => DefinitionKind::Programme,
            Self::Process(_) => DefinitionKind::Process,
            Self::Script(_) => DefinitionKind::Script,
            Self::Campaign(_) => DefinitionKind::Campaign,
            Self::OwnField(_) => DefinitionKind::OwnField,
        }
    }

    /// Its identity among those of its kind; 0 for a new one.
    pub fn id(&self) -> u64 {
        match self {
            Self::Offer(offer) => offer.id.0,
            Self::Programme(programme) => programme.id.0,
            Self::Process(process) => process.id.0,
            Self::Script(script) => script.id.0,
            Self::Campaign(campaign) => campaign.id.0,
            Self::OwnField(field) => field.id.0,
        }
    }

    /// Gives it an identity.
    pub fn set_id(&mut self, id: u64) {
        match self {
            Self::Offer(offer) => offer.id.0 = id,
            Self::Programme(programme) => programme.id.0 = id,
            Self::Process(process) => process.id.0 = id,
            Self::Script(script) => script.id.0 = id,
            Self::Campaign(campaign) => campaign.id.0 = id,
            Self::OwnField(field) => field.id.0 = id,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Offer(offer) => &offer.name,
            Self::Programme(programme) => &programme.name,
            Self::Process(process) => &process.name,
            Self::Script(script) => &script.name,
            Self::Campaign(campaign) => &campaign.name,
            Self::OwnField(field) => &field.name,
        }
    }

    /// The expressions of the segment language inside.
    pub fn expressions(&self) -> Vec<&str> {
        match self {
            Self::Offer(offer) => vec![&offer.segment],
            Self::Programme(programme) => vec![&programme.eligible],
            Self::Process(process) => process.expressions().collect(),
            Self::Campaign(campaign) => vec![&campaign.segment],
            Self::Script(_) | Self::OwnField(_) => Vec::new(),
        }
    }

    /// Checks it on its own; names it refers to and expressions are checked against a store.
    pub fn validate(&self) -> Result<(), Invalid> {
        let bad = |problem| Err(Invalid { field: Field::Name, problem });
        if self.name().trim().is_empty() {
            return bad(Problem::Empty);
        }
        if self.name().chars().count() > Self::MOST_NAME {
            return bad(Problem::TooLong { most: Self::MOST_NAME });
        }
        match self {
            Self::Offer(offer) => offer.validate(),
            Self::Programme(programme) => programme.validate(),
            Self::Process(process) => process.validate(),
            Self::Script(script) => script.validate(),
            Self::Campaign(campaign) => campaign.validate(),
            Self::OwnField(field) => field.validate(),
        }
    }
}

macro_rules! from {
    ($($kind:ident),+) => {$(
        impl From<$kind> for Definition {
            fn from(record: $kind) -> Self {
                Self::$kind(record)
            }
        }
    )+};
}
from!(Offer, Programme, Process, Script, Campaign, OwnField);
