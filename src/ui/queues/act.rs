//! What can be done with a row of a queue: log, snooze, skip, finish, hand over.

use jiff::{Timestamp, ToSpan};

use crate::desk::{Command, TaskChange};
use crate::domain::{AgentId, CustomerId};
use crate::text::SafeText;
use crate::text::words::{lifecycle as l, queues as w};

use super::super::choose::{Choose, Line};
use super::super::keymap::Action;
use super::super::log;
use super::super::offer::OfferPanel;
use super::super::picker::Choice;
use super::super::screen::Told;
use super::super::shell::Shell;
use super::super::snooze;
use super::super::toast::Tone;
use super::Queues;

const SKIP: u8 = 12;
const HAND_OVER: u8 = 13;
pub const FIT: u8 = 14;
const CLOSE: u8 = 15;

/// A skipped customer is not proposed again for so long.
const SKIP_DAYS: i64 = 30;
/// Does an action on the row under the cursor; false when it is none of a queue.
pub fn on_row(screen: &mut Queues, action: Action, shell: &mut Shell) -> bool {
    let row = screen.window.current();
    let who = row.map(|r| (r.row.customer.id, r.row.customer.name.clone()));
    let task = row.and_then(|r| r.task.as_ref()).map(|t| t.id);
    if action == Action::Fit {
        screen.is_fitting = true;
        shell.act(screen.id, FIT, Command::Fit { as_of: None, horizon_weeks: None, model: None });
        let text = shell.say(w::FITTING);
        shell.toast(Tone::Note, text);
        return true;
    }
    if action == Action::Correct {
        log::correct_last(shell);
        return true;
    }
    let Some((id, name)) = who else { return false };
    screen.asked = Some((id, task));
    let queue = screen.campaign.is_none().then_some(screen.kind);
    let from = log::From { queue, task, campaign: screen.campaign };
    let titled = |phrase: crate::text::Phrase, shell: &Shell| {
        shell.say_with(phrase, &[("who", SafeText::clean(&name).into())])
    };
    match action {
        Action::Log => log::open_from(id, &name, log::Kind::WithNote, from, shell),
        Action::LogQuick => log::open_from(id, &name, log::Kind::Quick, from, shell),
        Action::Offer => OfferPanel::open_from(id, &name, from, shell),
        Action::Snooze => snooze::ask(screen.id, &name, shell),
        Action::Skip => {
            let title = titled(w::SKIP_TITLE, shell);
            Line::open(screen.id, SKIP, title, "", shell);
        }
        Action::Finish => {
            let Some(task) = task else { return true };
            let change = TaskChange::Finish;
            shell.act(screen.id, 0, Command::ChangeTask { task, change });
        }
        Action::CloseWinBack => {
            let title = shell.say_with(l::CLOSE_TITLE, &[("name", SafeText::clean(&name).into())]);
            Line::open(screen.id, CLOSE, title, "", shell);
        }
        Action::HandOver => {
            let agents = shell.status.as_ref().map(|s| s.agents.clone());
            let choices = agents
                .iter()
                .flat_map(|a| a.iter())
                .filter(|a| !a.disabled && a.id.0 > 0)
                .map(|a| Choice::new(&a.id.to_string(), SafeText::clean(&a.name).isolate()))
                .collect();
            let title = titled(w::HAND_TITLE, shell);
            Choose::one(screen.id, HAND_OVER, title, choices, shell);
        }
        _ => return false,
    }
    true
}

/// Goes on with what was chosen or typed.
pub fn told(screen: &mut Queues, told: &Told, shell: &mut Shell) {
    let Some((id, task)) = screen.asked else { return };
    if snooze::told(screen.id, (screen.kind, screen.campaign), (id, task), told, shell) {
        return;
    }
    match told.part {
        SKIP => {
            let until = shell.now.checked_add((SKIP_DAYS * 24).hours());
            if let (Ok(until), false) = (until, told.text.trim().is_empty()) {
                put_off(screen, id, until, told.text.trim(), shell);
            }
        }
        CLOSE => {
            let (customer, note) = (id, told.text.trim().to_owned());
            shell.act(screen.id, 0, Command::CloseWinBack { customer, note });
        }
        HAND_OVER => {
            if let (Some(task), Ok(agent)) = (task, told.text.parse()) {
                let change = TaskChange::HandOver(AgentId(agent));
                shell.act(screen.id, 0, Command::ChangeTask { task, change });
            }
        }
        _ => {}
    }
}

fn put_off(screen: &Queues, id: CustomerId, until: Timestamp, reason: &str, shell: &mut Shell) {
    let (queue, campaign) = (screen.kind, screen.campaign);
    let (customers, reason) = (vec![id], reason.to_owned());
    shell.act(screen.id, 0, Command::PutOff { queue, campaign, customers, until, reason });
}
