//! Processes that several teams share: ordered steps, each a team's and within so many hours of
//! business; and the cases under way, each with its passages from step to step.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::customer::Stage;
use super::ids::{AgentId, CaseId, CustomerId, ProcessId};
use super::invalid::{Field, Invalid, Problem};
use super::names::named_enum;

/// A process: what is done with a customer, by whom, in what order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// Identity.
    pub id: ProcessId,
    /// Name, unique among processes without regard to case.
    pub name: String,
    /// What is done, the first step first.
    pub steps: Vec<Step>,
    /// What begins it by itself; by hand it can be begun always.
    pub starts: Vec<Start>,
    /// New cases can be begun.
    pub active: bool,
}

/// One step of a process.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is done.
    pub name: String,
    /// The team that does it, as agents' teams are written.
    pub team: String,
    /// The part it plays there, in words; may be empty.
    pub role: String,
    /// Hours of business it may take.
    pub hours: u16,
}

/// What begins a process by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// A conversation ended with this outcome, by its code.
    Outcome(String),
    /// A customer moved to this stage.
    Stage(Stage),
    /// A customer came to match this expression.
    Enters(String),
}

impl Process {
    /// Most steps, and most starts.
    pub const MOST_STEPS: usize = 50;
    /// Longest step, in hours of business.
    pub const MOST_HOURS: u16 = 2_000;

    /// Refuses a process without steps, and steps without a name, a team or time.
    pub fn validate(&self) -> Result<(), Invalid> {
        let bad = |field, problem| Err(Invalid { field, problem });
        if self.steps.is_empty() {
            return bad(Field::Steps, Problem::Empty);
        }
        if self.steps.len() > Self::MOST_STEPS {
            return bad(Field::Steps, Problem::TooMany { most: Self::MOST_STEPS });
        }
        if self.starts.len() > Self::MOST_STEPS {
            return bad(Field::Starts, Problem::TooMany { most: Self::MOST_STEPS });
        }
        for step in &self.steps {
            if step.name.trim().is_empty() {
                return bad(Field::Steps, Problem::Empty);
            }
            if step.team.trim().is_empty() {
                return bad(Field::Team, Problem::Empty);
            }
            if step.hours == 0 || step.hours > Self::MOST_HOURS {
                let problem = Problem::OutOfRange { from: 1, to: i64::from(Self::MOST_HOURS) };
                return bad(Field::Hours, problem);
            }
        }
        Ok(())
    }

    /// The expressions inside.
    pub fn expressions(&self) -> impl Iterator<Item = &str> {
        self.starts.iter().filter_map(|start| match start {
            Start::Enters(expression) => Some(expression.as_str()),
            Start::Outcome(_) | Start::Stage(_) => None,
        })
    }
}

named_enum! {
    /// Where a case stands.
    pub enum CaseState { Open = "open", Done = "done", Dropped = "dropped" }
}

/// A process on its way for a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Identity.
    pub id: CaseId,
    /// Which process.
    pub process: ProcessId,
    /// For whom.
    pub customer: CustomerId,
    /// The step it stands at, the first is 0.
    pub step: u8,
    /// When it was begun.
    pub opened: Timestamp,
    /// When the step is due.
    pub due: Timestamp,
    /// Who of the team has taken it.
    pub owner: Option<AgentId>,
    /// Open, done or dropped.
    pub state: CaseState,
    /// Steps that are behind it, the first first.
    pub passages: Vec<Passage>,
    /// Why it was begun, in words; may be empty.
    pub note: String,
}

/// A step that was left behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Which step.
    pub step: u8,
    /// When it was left.
    pub at: Timestamp,
    /// By whom.
    pub by: AgentId,
    /// What was done, in words; may be empty.
    pub note: String,
}

impl Case {
    /// Longest note, in characters.
    pub const MOST_NOTE: usize = 1_000;

    /// When it came to the step it stands at.
    pub fn since(&self) -> Timestamp {
        self.passages.last().map_or(self.opened, |passage| passage.at)
    }

    /// Open and past its time.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state == CaseState::Open && self.due < now
    }
}

/// Who of some customers matched an expression that begins a process when everybody was looked at last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roll {
    /// Which process.
    pub process: ProcessId,
    /// Which of its expressions, the first is 0.
    pub start: u8,
    /// Which customers: those of `BLOCK` ids from here on times `BLOCK`.
    pub block: u32,
    /// What the expression meant, as a number.
    pub rule: u64,
    /// There were scores.
    pub scored: bool,
    /// When it was.
    pub at: Timestamp,
    /// By id.
    pub inside: Vec<CustomerId>,
}

impl Roll {
    /// Ids a block: at a byte a gap it stays below what a row may hold.
    pub const BLOCK: u64 = 1 << 14;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_has_steps_that_somebody_does_in_time() {
        let step = |name: &str, team: &str, hours| Step {
            name: name.into(),
            team: team.into(),
            hours,
            ..Step::default()
        };
        for (steps, want) in [
            (vec![step("call", "support", 8), step("pay", "finance", 2_000)], Ok(())),
            (vec![], Err(Field::Steps)),
            (vec![step(" ", "support", 8)], Err(Field::Steps)),
            (vec![step("call", "", 8)], Err(Field::Team)),
            (vec![step("call", "support", 0)], Err(Field::Hours)),
            (vec![step("call", "support", 2_001)], Err(Field::Hours)),
            (vec![step("call", "support", 8); 51], Err(Field::Steps)),
        ] {
            let process = Process { steps, ..Process::default() };
            assert_eq!(process.validate().map_err(|e| e.field), want, "{process:?}");
        }
    }
}
