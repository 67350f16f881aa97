//! Ranks customers worth a call (to be filled in).

/// The arithmetic of one row.
#[derive(Clone, Debug)]
pub struct Worth {}

/// A reason in data.
#[derive(Clone, Debug)]
pub enum Reason {}
