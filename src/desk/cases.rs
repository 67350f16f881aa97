//! Processes on their way: begun by hand or by rule, handed from team to team, each step due by hours
//! of business. An outcome or a stage begins a process in the gesture that wrote it; a segment entered
//! does so in `entry`. Conversations that are imported lie in the past and begin none.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use crate::domain::{
    Agent, AgentId, Case, CaseId, CaseState, Customer, CustomerId, Field, Interaction, Invalid,
    Passage, Problem, Process, ProcessId, Role, StageMove, Start, Step,
};
use crate::store::records;
use crate::store::{Expect, StoreError, Table, Write};

use super::calls::not_found;
use super::command::CaseChange;
use super::plan::Plan;
use super::question::CaseLine;
use super::state::State;
use super::tasks::check_due;
use super::{Deed, Desk, Notice, Refusal, Who, hours, rows};

/// A move to a stage begins its processes for a week: rules are run daily or weekly.
const FRESH_MOVE: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Desk {
    /// Begins a process for a customer by hand.
    pub(super) fn start_case(
        &self,
        who: &Who,
        process: ProcessId,
        customer: CustomerId,
        note: &str,
    ) -> Result<Notice, Refusal> {
        check_note(note, Field::Note)?;
        self.perform(who, || {
            let (customer, _) = self.customer(customer)?;
            let process = self.process(process)?;
            if !process.active {
                return Err(Invalid { field: Field::Active, problem: Problem::NotFound }.into());
            }
            if let Some(open) = self.read().open_case(process.id, customer.id) {
                let name = format!("{} · {}", process.name, customer.name);
                return Err(Refusal::InUse { name, by: format!("#{}", open.id) });
            }
            let id = rows::new_case(&*self.engine)?;
            let case = self.new_case(who, &process, (id, customer.id), note);
            let mut plan = Plan::new("start case");
            plan.put(&case, Expect::Absent)?;
            Ok((plan, Self::case_deed(&case, &process, customer.name)))
        })
    }

    /// Finishes a step, drops a case, gives it to somebody, or moves its deadline: those of the step's
    /// team, who has taken it, and supervisors.
    pub(super) fn change_case(
        &self,
        who: &Who,
        customer: CustomerId,
        id: CaseId,
        change: &CaseChange,
    ) -> Result<Notice, Refusal> {
        match change {
            CaseChange::Finish(note) => check_note(note, Field::Note)?,
            CaseChange::Drop(reason) if reason.trim().is_empty() => {
                return Err(Invalid { field: Field::Reason, problem: Problem::Empty }.into());
            }
            CaseChange::Drop(reason) => check_note(reason, Field::Reason)?,
            CaseChange::Move(due) => check_due(*due, who.now)?,
            CaseChange::Give(Some(agent)) => self.agent_there(*agent)?,
            CaseChange::Give(None) => {}
        }
        self.perform(who, || {
            let key = rows::child(customer, id.0);
            let read = records::get::<Case>(&*self.engine, &key)?;
            let (mut case, revision) = read.ok_or_else(|| not_found("case", id.0))?;
            if case.state != CaseState::Open {
                return Err(not_found("case", id.0));
            }
            let process = self.process(case.process)?;
            self.refuse_other_team(who, &case)?;
            let passed = |case: &mut Case, note: &str| {
                let (step, by) = (case.step, who.agent.id);
                case.passages.push(Passage { step, at: who.now, by, note: note.to_owned() });
            };
            let label = match change {
                CaseChange::Finish(note) => {
                    passed(&mut case, note);
                    match process.steps.get(usize::from(case.step) + 1) {
                        Some(next) => {
                            case.step += 1;
                            case.due = self.step_due(who.now, next.hours);
                            case.owner = None;
                        }
                        None => case.state = CaseState::Done,
                    }
                    "finish step"
                }
                CaseChange::Drop(reason) => {
                    passed(&mut case, reason);
                    case.state = CaseState::Dropped;
                    "drop case"
                }
                CaseChange::Give(owner) => {
                    case.owner = *owner;
                    if *owner == Some(who.agent.id) { "take case" } else { "give case" }
                }
                CaseChange::Move(due) => {
                    case.due = *due;
                    "move case"
                }
            };
            let mut plan = Plan::new(label);
            plan.put(&case, Expect::Revision(revision))?;
            let name = self.customer(customer)?.0.name;
            Ok((plan, Self::case_deed(&case, &process, name)))
        })
    }

    /// A step is its team's, unless somebody else was given it.
    fn refuse_other_team(&self, who: &Who, case: &Case) -> Result<(), Refusal> {
        let state = self.read();
        let step = state.step_of(case).filter(|step| !step.team.trim().is_empty());
        let may = who.agent.role >= Role::Supervisor
            || case.owner == Some(who.agent.id)
            || state.is_of_team(case, &who.agent);
        match step {
            Some(step) if !may => Err(Refusal::OtherTeam {
                step: step.name.clone(),
                team: step.team.clone(),
                own: who.agent.team.clone(),
            }),
            _ => Ok(()),
        }
    }

    fn agent_there(&self, id: AgentId) -> Result<(), Refusal> {
        let there = self.read().agents.iter().any(|a| a.id == id && !a.disabled);
        if there { Ok(()) } else { Err(not_found("agent", id.0)) }
    }

    pub(super) fn process(&self, id: ProcessId) -> Result<Process, Refusal> {
        let found = self.read().definitions.process(id).cloned();
        found.ok_or_else(|| not_found("process", id.0))
    }

    fn step_due(&self, at: Timestamp, hours: u16) -> Timestamp {
        let state = self.read();
        hours::due(at, hours, &state.settings, &state.holidays)
    }

    pub(super) fn new_case(
        &self,
        who: &Who,
        process: &Process,
        (id, customer): (CaseId, CustomerId),
        note: &str,
    ) -> Case {
        let first = process.steps.first().map_or(1, |step| step.hours);
        Case {
            id,
            process: process.id,
            customer,
            step: 0,
            opened: who.now,
            due: self.step_due(who.now, first),
            owner: None,
            state: CaseState::Open,
            passages: Vec::new(),
            note: note.chars().take(Case::MOST_NOTE).collect(),
        }
    }

    fn case_deed(case: &Case, process: &Process, name: String) -> Deed {
        let step = process.steps.get(usize::from(case.step));
        Deed::CaseChanged {
            case: case.id,
            customer: case.customer,
            name,
            process: process.name.clone(),
            step: step.map(|step| step.name.clone()).unwrap_or_default(),
            state: case.state,
            due: case.due,
        }
    }

    /// The cases an act begins by its own rows: a conversation that ended so, a move to a stage.
    pub(super) fn begun_by(&self, who: &Who, writes: &[Write]) -> Result<Vec<Write>, Refusal> {
        let mut begun = Vec::new();
        if !self.read().definitions.processes.iter().any(|kept| kept.record.active) {
            return Ok(begun);
        }
        let mut seen = HashSet::new();
        let long_ago = Self::moved_long_ago(who, writes)?;
        for write in writes {
            let Some((schema, payload)) = &write.value else { continue };
            let record = records::record_of(*schema, payload);
            let (customer, note, found) = match write.table {
                Table::Interaction => {
                    let said: Interaction = records::open(&write.key, record)?;
                    let outcome = said.outcome.clone();
                    let wanted = |start: &Start| *start == Start::Outcome(outcome.clone());
                    (said.customer, said.note, self.begun_with(&wanted))
                }
                Table::Customer => {
                    let now: Customer = records::open(&write.key, record)?;
                    let was = records::get::<Customer>(&*self.engine, &write.key)?;
                    // One that is new has not moved.
                    let was = was.filter(|(was, _)| was.stage != now.stage);
                    let Some((was, _)) = was.filter(|_| !long_ago.contains(&now.id)) else {
                        continue;
                    };
                    let wanted = |start: &Start| *start == Start::Stage(now.stage);
                    let note = format!("{} → {}", was.stage, now.stage);
                    (now.id, note, self.begun_with(&wanted))
                }
                _ => continue,
            };
            for process in found {
                let is_new = self.read().open_case(process.id, customer).is_none();
                if is_new && seen.insert((process.id, customer)) {
                    let id = rows::new_case(&*self.engine)?;
                    let case = self.new_case(who, &process, (id, customer), &note);
                    begun.push(rows::put(&case, Expect::Absent)?);
                }
            }
        }
        Ok(begun)
    }

    /// Those who came to their stage so long ago that to begin with it today makes no sense: a first run
    /// of the rules tells of years.
    fn moved_long_ago(who: &Who, writes: &[Write]) -> Result<HashSet<CustomerId>, Refusal> {
        let since = who.now.checked_sub(FRESH_MOVE).unwrap_or(who.now);
        let mut found = HashSet::new();
        for write in writes.iter().filter(|write| write.table == Table::StageMove) {
            let Some((schema, payload)) = &write.value else { continue };
            let record = records::record_of(*schema, payload);
            let moved: StageMove = records::open(&write.key, record)?;
            if moved.at < since {
                found.insert(moved.customer);
            }
        }
        Ok(found)
    }

    /// The active processes with such a start.
    fn begun_with(&self, wanted: &dyn Fn(&Start) -> bool) -> Vec<Process> {
        let state = self.read();
        let active = state.definitions.processes.iter().map(|kept| &kept.record);
        active.filter(|p| p.active && p.starts.iter().any(wanted)).cloned().collect()
    }

    /// The open cases of a customer, the most urgent first, then those that are past.
    pub(super) fn cases_of(&self, customer: CustomerId) -> Result<Vec<CaseLine>, StoreError> {
        const MOST: usize = 50;
        let mut cases = rows::newest_children::<Case>(&*self.engine, customer, MOST)?;
        cases.sort_by_key(|case| (case.state != CaseState::Open, case.due));
        let state = self.read();
        Ok(cases.into_iter().map(|case| state.case_line(case)).collect())
    }

    /// What a wrong outcome began is dropped, as long as nobody has gone on with it.
    pub(super) fn drop_begun(
        &self,
        who: &Who,
        said: &Interaction,
        plan: &mut Plan,
    ) -> Result<(), Refusal> {
        let wanted = |start: &Start| *start == Start::Outcome(said.outcome.clone());
        let begun: Vec<ProcessId> = self.begun_with(&wanted).iter().map(|p| p.id).collect();
        for (mut case, revision) in rows::children::<Case>(&*self.engine, said.customer)? {
            let fresh = case.state == CaseState::Open && case.passages.is_empty();
            if fresh && case.opened == said.at && begun.contains(&case.process) {
                let (at, by) = (who.now, who.agent.id);
                case.passages.push(Passage { step: case.step, at, by, note: String::new() });
                case.state = CaseState::Dropped;
                plan.put(&case, Expect::Revision(revision))?;
            }
        }
        Ok(())
    }
}

impl State {
    /// The open case of a process for a customer.
    pub fn open_case(&self, process: ProcessId, customer: CustomerId) -> Option<&Case> {
        self.cases.values().find(|case| case.process == process && case.customer == customer)
    }

    /// A case with the names of what it is about.
    pub fn case_line(&self, case: Case) -> CaseLine {
        let process = self.definitions.process(case.process);
        let step = process.and_then(|p| p.steps.get(usize::from(case.step))).cloned();
        CaseLine {
            process: process.map_or_else(|| format!("#{}", case.process), |p| p.name.clone()),
            steps: process.map_or(0, |p| p.steps.len()),
            step: step.unwrap_or_default(),
            owner: case.owner.map(|id| self.agent_name(id)).unwrap_or_default(),
            by: case.passages.iter().map(|passage| self.agent_name(passage.by)).collect(),
            names: process
                .map_or_else(Vec::new, |p| p.steps.iter().map(|s| s.name.clone()).collect()),
            case,
        }
    }

    /// The step at which a case stands; `None` when its process has fewer by now.
    fn step_of(&self, case: &Case) -> Option<&Step> {
        self.definitions.process(case.process)?.steps.get(usize::from(case.step))
    }

    /// True of a case that stands at a step of this agent's team.
    pub fn is_of_team(&self, case: &Case, agent: &Agent) -> bool {
        let is_same = |step: &Step| step.team.to_lowercase() == agent.team.to_lowercase();
        !agent.team.is_empty() && self.step_of(case).is_some_and(is_same)
    }
}

fn check_note(note: &str, field: Field) -> Result<(), Invalid> {
    if note.chars().count() > Case::MOST_NOTE {
        return Err(Invalid { field, problem: Problem::TooLong { most: Case::MOST_NOTE } });
    }
    Ok(())
}
