//! Callbacks and other promises: added, finished, moved, handed over; and customers put off in queues.

use jiff::Timestamp;

use crate::domain::{
    CampaignId, Customer, CustomerId, Field, Invalid, Mark, Problem, QueueKind, Task, TaskId,
    TaskKind, TaskState,
};
use crate::store::Expect;
use crate::store::records;

use super::calls::not_found;
use super::command::TaskChange;
use super::drives::put_off_in;
use super::plan::Plan;
use super::rows;
use super::{Deed, Desk, Notice, Refusal, Who};

impl Desk {
    /// Adds a task.
    pub(super) fn add_task(&self, who: &Who, task: &Task) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let (customer, _) = self.customer(task.customer)?;
            if customer.must_not_be_called() && task.kind == TaskKind::Callback {
                return Err(Refusal::DoNotCall { name: customer.name });
            }
            check_due(task.due, who.now)?;
            if task.note.chars().count() > Customer::MOST_TEXT {
                let problem = Problem::TooLong { most: Customer::MOST_TEXT };
                return Err(Invalid { field: Field::Note, problem }.into());
            }
            let task = Task { id: rows::new_task(&*self.engine)?, ..task.clone() };
            let mut plan = Plan::new(task.kind.name());
            plan.put(&task, Expect::Absent)?;
            Ok((plan, task_deed(&task, customer.name)))
        })
    }

    /// Finishes, drops, moves or hands over a task.
    pub(super) fn change_task(
        &self,
        who: &Who,
        id: TaskId,
        change: &TaskChange,
    ) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let Some((mut task, revision)) = records::get::<Task>(&*self.engine, &id.key())? else {
                return Err(not_found("task", id.0));
            };
            let label = match change {
                TaskChange::Finish => {
                    task.state = TaskState::Done;
                    "finish task"
                }
                TaskChange::Drop => {
                    task.state = TaskState::Dropped;
                    "drop task"
                }
                TaskChange::Move(due) => {
                    check_due(*due, who.now)?;
                    task.due = *due;
                    "move task"
                }
                TaskChange::HandOver(agent) => {
                    if !self.read().agents.iter().any(|a| a.id == *agent && !a.disabled) {
                        return Err(not_found("agent", agent.0));
                    }
                    task.owner = *agent;
                    "hand task over"
                }
            };
            let mut plan = Plan::new(label);
            plan.put(&task, Expect::Revision(revision))?;
            let name = self.customer(task.customer)?.0.name;
            Ok((plan, task_deed(&task, name)))
        })
    }

    /// Puts customers off in a queue or in that of a campaign; callbacks are moved instead.
    pub(super) fn put_off(
        &self,
        who: &Who,
        (queue, campaign): (QueueKind, Option<CampaignId>),
        customers: &[CustomerId],
        until: Timestamp,
        reason: &str,
    ) -> Result<Notice, Refusal> {
        self.perform(who, || {
            check_due(until, who.now)?;
            let queue = match campaign {
                None => queue,
                Some(id) => {
                    let kind = self.read().definitions.campaign(id).map(|campaign| campaign.kind);
                    put_off_in(kind.ok_or_else(|| not_found("campaign", id.0))?)
                }
            };
            let mut plan = Plan::new("put off");
            for customer in customers {
                if queue == QueueKind::Callbacks {
                    for (task, was) in self.open_callbacks(*customer, who, None)? {
                        plan.put(&Task { due: until, ..task }, Expect::Revision(was))?;
                    }
                    continue;
                }
                let by = who.agent.id;
                let reason = reason.to_owned();
                let customer = *customer;
                let mark = Mark { queue, campaign, customer, until, reason, by };
                plan.put(&mark, Expect::Any)?;
            }
            let one = match customers {
                [one] => Some((*one, self.customer(*one)?.0.name)),
                _ => None,
            };
            Ok((plan, Deed::PutOff { queue, count: customers.len(), one, until }))
        })
    }

    /// The agent's open callbacks with a customer, and the task named, whosever it is.
    pub(super) fn open_callbacks(
        &self,
        customer: CustomerId,
        who: &Who,
        named: Option<TaskId>,
    ) -> Result<Vec<(Task, u64)>, Refusal> {
        let wanted: Vec<TaskId> = self
            .tasks_of(customer)
            .iter()
            .filter(|t| {
                Some(t.id) == named || t.kind == TaskKind::Callback && t.owner == who.agent.id
            })
            .map(|t| t.id)
            .collect();
        let mut found = Vec::with_capacity(wanted.len());
        for id in wanted {
            if let Some((task, was)) = records::get::<Task>(&*self.engine, &id.key())?
                && task.state == TaskState::Open
            {
                found.push((task, was));
            }
        }
        Ok(found)
    }

    pub(super) fn tasks_of(&self, customer: CustomerId) -> Vec<Task> {
        self.read().tasks.values().filter(|t| t.customer == customer).cloned().collect()
    }
}

/// A callback is not promised further ahead than this.
const MOST_AHEAD_DAYS: i64 = 5 * 366;

pub(super) fn check_due(due: Timestamp, now: Timestamp) -> Result<(), Invalid> {
    let field = Field::Due;
    if due < now {
        return Err(Invalid { field, problem: Problem::InThePast });
    }
    let most = MOST_AHEAD_DAYS * 86_400;
    if due.as_second() - now.as_second() > most {
        return Err(Invalid { field, problem: Problem::TooFarAhead { days: MOST_AHEAD_DAYS } });
    }
    Ok(())
}

fn task_deed(task: &Task, name: String) -> Deed {
    Deed::TaskChanged {
        task: task.id,
        customer: task.customer,
        name,
        done: task.state != TaskState::Open,
        due: task.due,
    }
}
