//! Opens the log strip: for a call, for one of a queue, a task or a campaign, or to put an outcome right.

use crate::desk::{Question, Which};
use crate::domain::{CampaignId, CustomerId, InteractionId, QueueKind, TaskId};
use crate::text::words::queues as w;
use crate::text::{Field, SafeText};

use super::super::message::ScreenId;
use super::super::shell::Shell;
use super::super::toast::Tone;
use super::script::Script;
use super::told::Told;
use super::{DRAFT, Focus, OFFERS, SCRIPT, Strip};

/// Whether a note is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    WithNote,
    Quick,
}

/// What the call belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct From {
    pub queue: Option<QueueKind>,
    pub task: Option<TaskId>,
    pub campaign: Option<CampaignId>,
}

/// Opens the strip for a customer.
pub fn open(customer: CustomerId, name: &str, kind: Kind, shell: &mut Shell) {
    open_from(customer, name, kind, From::default(), shell);
}

/// Opens the strip for a customer taken from a queue or a task.
pub fn open_from(customer: CustomerId, name: &str, kind: Kind, from: From, shell: &mut Shell) {
    let id = shell.new_screen();
    shell.ask(id, DRAFT, Question::Draft(slot(customer)));
    shell.ask(id, OFFERS, Question::Propositions { customer, campaign: from.campaign });
    if kind == Kind::WithNote {
        let which = Which::Call { queue: from.queue, campaign: from.campaign };
        shell.ask(id, SCRIPT, Question::Script { customer, which });
    }
    let strip = Strip::new(id, (customer, name), shell);
    shell.push(Strip { kind, from, ..strip });
}

/// Opens the strip to replace the outcome of an interaction.
pub fn open_correction(customer: CustomerId, name: &str, wrong: InteractionId, shell: &mut Shell) {
    let id = shell.new_screen();
    let strip = Strip::new(id, (customer, name), shell);
    shell.push(Strip { corrects: Some(wrong), ..strip });
}

impl Strip {
    /// An empty one without a note.
    fn new(id: ScreenId, (customer, name): (CustomerId, &str), shell: &Shell) -> Self {
        Self {
            id,
            customer,
            name: name.to_owned(),
            kind: Kind::Quick,
            from: From::default(),
            began: shell.now,
            corrects: None,
            outcome: None,
            focus: Focus::Letter,
            note: Field::note(""),
            again: Field::new(""),
            told: Told::default(),
            script: Script::default(),
            fault: SafeText::EMPTY,
            is_known: false,
        }
    }
}

/// Opens the strip for what this agent logged last.
pub fn correct_last(shell: &mut Shell) {
    match shell.last_logged.clone() {
        Some((customer, name, wrong)) => open_correction(customer, &name, wrong, shell),
        None => {
            let text = shell.say(w::NOTHING_LOGGED);
            shell.toast(Tone::Note, text);
        }
    }
}

/// The slot of a customer's draft; the desk forgets it when the call is logged.
pub fn slot(customer: CustomerId) -> String {
    format!("log:{customer}")
}
