//! Orders of a list.

/// What a list can be ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortField {
    /// By rank of the match when something is searched, else by name.
    #[default]
    Best,
    Name,
    City,
    Stage,
    Joined,
    Birth,
    LastPurchase,
    LastContact,
    Purchases,
    Spent,
    Value,
    Risk,
    Saves,
    Leave,
    Id,
}

/// An order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sort {
    /// By what.
    pub field: SortField,
    /// Largest first.
    pub descending: bool,
}
