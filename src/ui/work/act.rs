//! What can be done with a row of the work: log, finish, take, move, hand over, give up.

use crate::desk::{CaseChange, Command, TaskChange, WorkItem};
use crate::domain::{AgentId, QueueKind, TaskKind};
use crate::text::SafeText;
use crate::text::words::queues as q;
use crate::text::words::work as w;

use super::super::choose::{Choose, Line};
use super::super::keymap::Action;
use super::super::log;
use super::super::offer::OfferPanel;
use super::super::picker::Choice;
use super::super::screen::Told;
use super::super::shell::Shell;
use super::super::snooze::{self, Until};
use super::Work;

const FINISH: u8 = 10;
const DROP: u8 = 12;
const HAND_OVER: u8 = 13;

/// The choice that gives a step back to its team.
const TEAM: &str = "team";

/// Does an action on the row under the cursor; false when it is none of the work.
pub fn on_row(screen: &mut Work, action: Action, shell: &mut Shell) -> bool {
    let Some(row) = screen.row().cloned() else { return false };
    let (id, name) = (row.row.customer.id, row.row.customer.name.clone());
    let who = SafeText::clean(&name);
    let task = match &row.item {
        WorkItem::Task(task) => Some(task.clone()),
        WorkItem::Step(_) => None,
    };
    let queue = task.as_ref().filter(|t| t.kind == TaskKind::Callback);
    let from = log::From {
        queue: queue.map(|_| QueueKind::Callbacks),
        task: task.as_ref().map(|t| t.id),
        campaign: None,
    };
    match action {
        Action::Log => log::open_from(id, &name, log::Kind::WithNote, from, shell),
        Action::LogQuick => log::open_from(id, &name, log::Kind::Quick, from, shell),
        Action::Offer => OfferPanel::open_from(id, &name, from, shell),
        Action::Snooze => snooze::ask(screen.id, &name, shell),
        Action::Finish => match &row.item {
            WorkItem::Task(task) => {
                let change = TaskChange::Finish;
                shell.act(screen.id, 0, Command::ChangeTask { task: task.id, change });
            }
            WorkItem::Step(line) => {
                let step = SafeText::clean(&line.step.name);
                let title = shell.say_with(w::FINISH_TITLE, &[("step", step.into())]);
                Line::open(screen.id, FINISH, title, "", shell);
            }
        },
        Action::Take => {
            let me = shell.status.as_ref().map_or(AgentId(0), |s| s.me.id);
            let WorkItem::Step(line) = &row.item else { return true };
            // What is taken already is given back.
            let owner = (line.case.owner != Some(me)).then_some(me);
            change_case(screen, &row.item, CaseChange::Give(owner), shell);
        }
        Action::Drop => match &row.item {
            WorkItem::Task(task) => {
                let change = TaskChange::Drop;
                shell.act(screen.id, 0, Command::ChangeTask { task: task.id, change });
            }
            WorkItem::Step(line) => {
                let process = SafeText::clean(&line.process);
                let args = [("process", process.into()), ("who", who.into())];
                let title = shell.say_with(w::DROP_TITLE, &args);
                Line::open(screen.id, DROP, title, "", shell);
            }
        },
        Action::HandOver => {
            let agents = shell.status.as_ref().map(|s| s.agents.clone());
            let people = agents.iter().flat_map(|a| a.iter());
            let mut choices: Vec<Choice> = people
                .filter(|a| !a.disabled && a.id.0 > 0)
                .map(|a| {
                    Choice::new(&a.id.to_string(), SafeText::clean(&a.name).isolate())
                        .with_detail(SafeText::clean(&a.team))
                })
                .collect();
            if task.is_none() {
                choices.push(Choice::new(TEAM, shell.say(w::TO_TEAM)));
            }
            let title = shell.say_with(q::HAND_TITLE, &[("who", who.into())]);
            Choose::one(screen.id, HAND_OVER, title, choices, shell);
        }
        _ => return false,
    }
    screen.asked = Some(row);
    true
}

/// Goes on with what was chosen or typed.
pub fn told(screen: &mut Work, told: &Told, shell: &mut Shell) {
    let Some(row) = screen.asked.clone() else { return };
    match snooze::until(screen.id, told, shell) {
        Until::At(until) => match &row.item {
            WorkItem::Task(task) => {
                let change = TaskChange::Move(until);
                shell.act(screen.id, 0, Command::ChangeTask { task: task.id, change });
            }
            WorkItem::Step(_) => change_case(screen, &row.item, CaseChange::Move(until), shell),
        },
        Until::Asking => {}
        Until::Another => match (told.part, &row.item) {
            (FINISH, item) => {
                let note = told.text.trim().to_owned();
                change_case(screen, item, CaseChange::Finish(note), shell);
            }
            (DROP, item) => {
                let reason = told.text.trim().to_owned();
                change_case(screen, item, CaseChange::Drop(reason), shell);
            }
            (HAND_OVER, WorkItem::Task(task)) => {
                if let Ok(agent) = told.text.parse() {
                    let change = TaskChange::HandOver(AgentId(agent));
                    shell.act(screen.id, 0, Command::ChangeTask { task: task.id, change });
                }
            }
            (HAND_OVER, item) => {
                let owner = told.text.parse().ok().map(AgentId);
                change_case(screen, item, CaseChange::Give(owner), shell);
            }
            _ => {}
        },
    }
}

fn change_case(screen: &Work, item: &WorkItem, change: CaseChange, shell: &mut Shell) {
    if let WorkItem::Step(line) = item {
        let (customer, case) = (line.case.customer, line.case.id);
        shell.act(screen.id, 0, Command::ChangeCase { customer, case, change });
    }
}
