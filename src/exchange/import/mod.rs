//! Files in: rows are read, checked and handed to the desk as one gesture.

pub mod columns;
pub mod delimited;
pub mod doubt;
pub mod encoding;
mod error;
pub mod fault;
mod headings;
pub mod objects;
mod own;
mod pass;
mod record;
pub mod row;
mod run;
mod skipped;
pub mod source;
pub mod value;
pub mod vocabulary;

use crate::domain::Field;

pub use error::ImportError;
pub use run::{Column, Options, Progress, Report, check, import};

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Customers,
    Purchases,
    Interactions,
    Products,
    Subscriptions,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Kind] = &[
        Self::Customers,
        Self::Purchases,
        Self::Interactions,
        Self::Products,
        Self::Subscriptions,
    ];

    /// The machine name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Purchases => "purchases",
            Self::Interactions => "interactions",
            Self::Products => "products",
            Self::Subscriptions => "subscriptions",
        }
    }

    /// The fields no row can do without.
    pub const fn required(self) -> &'static [Field] {
        match self {
            Self::Customers => &[Field::Name],
            Self::Purchases => &[Field::Customer, Field::Date, Field::Amount],
            Self::Interactions => &[Field::Customer, Field::Time, Field::Channel],
            Self::Products => &[Field::Sku, Field::Name],
            Self::Subscriptions => &[Field::Customer, Field::Product, Field::Start],
        }
    }
}
