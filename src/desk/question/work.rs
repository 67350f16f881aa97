//! What is told of work: cases and promises, the most urgent first.

use jiff::Timestamp;

use crate::domain::names::named_enum;
use crate::domain::{Case, Step, Task};

use super::Row;

/// A case with the names of what it is about.
#[derive(Clone, Debug)]
pub struct CaseLine {
    pub case: Case,
    /// Name of the process.
    pub process: String,
    /// The step it stands at.
    pub step: Step,
    /// Names of all steps.
    pub names: Vec<String>,
    /// How many steps there are.
    pub steps: usize,
    /// Who has taken it; empty when nobody has.
    pub owner: String,
    /// Who left each step that is behind it.
    pub by: Vec<String>,
}

named_enum! {
    /// Whose work.
    pub enum WorkScope { Mine = "mine", Team = "team", All = "all" }
}

/// What is to be done, the most urgent first.
#[derive(Clone, Debug)]
pub struct Work {
    pub scope: WorkScope,
    /// As many as were asked for.
    pub rows: Vec<WorkRow>,
    pub total: usize,
    /// For each scope: how much there is, and how much of it is late.
    pub sums: Vec<(WorkScope, usize, usize)>,
}

/// Something to do.
#[derive(Clone, Debug)]
pub struct WorkRow {
    pub row: Row,
    pub due: Timestamp,
    pub item: WorkItem,
    /// Who has to do it; empty when nobody has taken it.
    pub owner: String,
}

/// A promise, or a step of a process.
#[derive(Clone, Debug)]
pub enum WorkItem {
    Task(Task),
    Step(Box<CaseLine>),
}
