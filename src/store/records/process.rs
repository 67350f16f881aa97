//! Processes, the cases under way, and who was inside of what begins them.

use serde::{Deserialize, Serialize};

use super::{MomentV1, known, stored};
use crate::domain::{
    AgentId, Case, CaseId, CaseState, CustomerId, Passage, Process, ProcessId, Roll, Stage, Start,
    Step,
};
use crate::store::{StoreError, Table};

/// A process; frozen.
#[derive(Serialize, Deserialize)]
struct ProcessV1 {
    id: u64,
    name: String,
    steps: Vec<StepV1>,
    starts: Vec<StartV1>,
    active: bool,
}

/// A step; frozen.
#[derive(Serialize, Deserialize)]
struct StepV1 {
    name: String,
    team: String,
    role: String,
    hours: u16,
}

/// What begins a process; frozen.
#[derive(Serialize, Deserialize)]
enum StartV1 {
    Outcome(String),
    Stage(u8),
    Enters(String),
}

stored!(Process, Process, ProcessV1);

impl From<&Process> for ProcessV1 {
    fn from(process: &Process) -> Self {
        let Process { id, name, steps, starts, active } = process.clone();
        let step = |Step { name, team, role, hours }| StepV1 { name, team, role, hours };
        let start = |start| match start {
            Start::Outcome(code) => StartV1::Outcome(code),
            Start::Stage(stage) => StartV1::Stage(stage.code()),
            Start::Enters(expression) => StartV1::Enters(expression),
        };
        Self {
            id: id.0,
            name,
            steps: steps.into_iter().map(step).collect(),
            starts: starts.into_iter().map(start).collect(),
            active,
        }
    }
}

impl ProcessV1 {
    fn open(self) -> Result<Process, StoreError> {
        let step = |StepV1 { name, team, role, hours }| Step { name, team, role, hours };
        let start = |start| -> Result<Start, StoreError> {
            Ok(match start {
                StartV1::Outcome(code) => Start::Outcome(code),
                StartV1::Stage(code) => Start::Stage(known!(Stage, code)?),
                StartV1::Enters(expression) => Start::Enters(expression),
            })
        };
        Ok(Process {
            id: ProcessId(self.id),
            name: self.name,
            steps: self.steps.into_iter().map(step).collect(),
            starts: self.starts.into_iter().map(start).collect::<Result<_, _>>()?,
            active: self.active,
        })
    }
}

/// A case; frozen.
#[derive(Serialize, Deserialize)]
struct CaseV1 {
    id: u64,
    process: u64,
    customer: u64,
    step: u8,
    opened: MomentV1,
    due: MomentV1,
    owner: Option<u64>,
    state: u8,
    passages: Vec<PassageV1>,
    note: String,
}

/// A step left behind; frozen.
#[derive(Serialize, Deserialize)]
struct PassageV1 {
    step: u8,
    at: MomentV1,
    by: u64,
    note: String,
}

stored!(Case, Case, CaseV1);

impl From<&Case> for CaseV1 {
    fn from(case: &Case) -> Self {
        let Case { id, process, customer, step, opened, due, owner, state, passages, note } =
            case.clone();
        let passage =
            |Passage { step, at, by, note }| PassageV1 { step, at: at.into(), by: by.0, note };
        Self {
            id: id.0,
            process: process.0,
            customer: customer.0,
            step,
            opened: opened.into(),
            due: due.into(),
            owner: owner.map(|agent| agent.0),
            state: state.code(),
            passages: passages.into_iter().map(passage).collect(),
            note,
        }
    }
}

impl CaseV1 {
    fn open(self) -> Result<Case, StoreError> {
        let passage = |PassageV1 { step, at, by, note }| -> Result<Passage, StoreError> {
            Ok(Passage { step, at: at.open(Table::Case)?, by: AgentId(by), note })
        };
        Ok(Case {
            id: CaseId(self.id),
            process: ProcessId(self.process),
            customer: CustomerId(self.customer),
            step: self.step,
            opened: self.opened.open(Table::Case)?,
            due: self.due.open(Table::Case)?,
            owner: self.owner.map(AgentId),
            state: known!(CaseState, self.state)?,
            passages: self.passages.into_iter().map(passage).collect::<Result<_, _>>()?,
            note: self.note,
        })
    }
}

/// A block of a roll; frozen. Each gap is from the id before it, the first from where the block begins.
#[derive(Serialize, Deserialize)]
struct RollV1 {
    process: u64,
    start: u8,
    block: u32,
    rule: u64,
    scored: bool,
    at: MomentV1,
    gaps: Vec<u16>,
}

stored!(Roll, Guard, RollV1);

impl From<&Roll> for RollV1 {
    fn from(roll: &Roll) -> Self {
        let Roll { process, start, block, rule, scored, at, inside } = roll.clone();
        let mut before = u64::from(block) * Roll::BLOCK;
        let gap = |id: CustomerId| {
            let gap = id.0.saturating_sub(before);
            before = id.0;
            u16::try_from(gap).unwrap_or(u16::MAX)
        };
        let gaps = inside.into_iter().map(gap).collect();
        Self { process: process.0, start, block, rule, scored, at: at.into(), gaps }
    }
}

impl RollV1 {
    fn open(self) -> Result<Roll, StoreError> {
        let mut at = u64::from(self.block) * Roll::BLOCK;
        let id = |gap: u16| {
            at = at.saturating_add(u64::from(gap));
            CustomerId(at)
        };
        Ok(Roll {
            process: ProcessId(self.process),
            start: self.start,
            block: self.block,
            rule: self.rule,
            scored: self.scored,
            at: self.at.open(Table::Guard)?,
            inside: self.gaps.into_iter().map(id).collect(),
        })
    }
}
