//! What is to be done: callbacks, tasks and steps of processes in one list, the most urgent first.

use jiff::Timestamp;

use crate::domain::{Agent, AgentId, Case, CustomerId, ProcessId, Task};

use super::question::{Work, WorkItem, WorkRow, WorkScope};
use super::state::State;
use super::{Desk, Refusal, Who};

impl Desk {
    /// The work of an agent, a team, or everybody; at one step of a process when one is named.
    pub(super) fn work(
        &self,
        who: &Who,
        scope: WorkScope,
        step: Option<(ProcessId, u8)>,
        count: usize,
    ) -> Result<Work, Refusal> {
        let mut sums = Vec::new();
        let mut found: Vec<(Timestamp, CustomerId, WorkItem, String)> = Vec::new();
        let total;
        {
            let state = self.read();
            let me = state.agents.iter().find(|a| a.id == who.agent.id);
            let me = me.cloned().unwrap_or_else(|| who.agent.clone());
            for each in WorkScope::ALL {
                let items = state.items(&me, *each);
                let late = items.iter().filter(|item| item.due() < who.now).count();
                sums.push((*each, items.len(), late));
            }
            let mut items = state.items(&me, scope);
            items.retain(|item| step.is_none_or(|step| item.step() == Some(step)));
            total = items.len();
            items.sort_by_key(Item::due);
            for item in items.into_iter().take(count) {
                found.push(match item {
                    Item::Task(task) => {
                        let owner = state.agent_name(task.owner);
                        (task.due, task.customer, WorkItem::Task(task.clone()), owner)
                    }
                    Item::Step(case) => {
                        let line = state.case_line(case.clone());
                        let owner = line.owner.clone();
                        (line.case.due, line.case.customer, WorkItem::Step(Box::new(line)), owner)
                    }
                });
            }
        }
        let ids: Vec<CustomerId> = found.iter().map(|(_, id, ..)| *id).collect();
        let mut known: std::collections::HashMap<CustomerId, super::Row> =
            self.rows(&ids, "")?.into_iter().map(|row| (row.customer.id, row)).collect();
        let mut rows = Vec::with_capacity(found.len());
        for (due, id, item, owner) in found {
            let more = rows.iter().rev().find(|r: &&WorkRow| r.row.customer.id == id);
            let row = known.remove(&id).or_else(|| more.map(|r| r.row.clone()));
            if let Some(row) = row {
                rows.push(WorkRow { row, due, item, owner });
            }
        }
        Ok(Work { scope, rows, total, sums })
    }
}

/// Something to do.
enum Item<'a> {
    Task(&'a Task),
    Step(&'a Case),
}

impl Item<'_> {
    fn step(&self) -> Option<(ProcessId, u8)> {
        match self {
            Self::Task(_) => None,
            Self::Step(case) => Some((case.process, case.step)),
        }
    }

    fn due(&self) -> Timestamp {
        match self {
            Self::Task(task) => task.due,
            Self::Step(case) => case.due,
        }
    }
}

impl State {
    fn items(&self, me: &Agent, scope: WorkScope) -> Vec<Item<'_>> {
        let team_of =
            |id: AgentId| self.agents.iter().find(|a| a.id == id).map(|a| a.team.as_str());
        let mates = |id: AgentId| {
            id == me.id
                || !me.team.is_empty()
                    && team_of(id).is_some_and(|team| team.to_lowercase() == me.team.to_lowercase())
        };
        let allowed = self.tasks.values().filter(|task| self.is_allowed(task));
        let tasks = allowed.filter(|task| match scope {
            WorkScope::Mine => task.owner == me.id,
            WorkScope::Team => mates(task.owner),
            WorkScope::All => true,
        });
        let steps = self.cases.values().filter(|case| match scope {
            WorkScope::Mine => case.owner == Some(me.id),
            WorkScope::Team => case.owner == Some(me.id) || self.is_of_team(case, me),
            WorkScope::All => true,
        });
        tasks.map(Item::Task).chain(steps.map(Item::Step)).collect()
    }
}
