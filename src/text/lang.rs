//! The languages of the screen and the direction each is read in.

use serde::{Deserialize, Serialize};

/// A language the screen speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    En,
    Fa,
}

impl Lang {
    /// The base direction of screens in this language.
    pub const fn dir(self) -> Dir {
        match self {
            Lang::En => Dir::Ltr,
            Lang::Fa => Dir::Rtl,
        }
    }
}

/// The base direction of a line: where it starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dir {
    #[default]
    Ltr,
    Rtl,
}
