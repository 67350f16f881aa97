//! What is typed into the log strip and what becomes of it: the outcome, the fields, the call that is
//! saved, the draft that is kept.

use crate::desk::{Command, Log};
use crate::domain::{Channel, Direction, Draft, Meaning, Outcome, WrapUp};
use crate::text::Field;
use crate::text::words::queues as w;

use super::super::keymap::Action;
use super::super::shell::Shell;
use super::super::when::moment;
use super::{DRAFT, Focus, Kind, LOGGED, Strip, slot};

impl Strip {
    pub(super) fn outcomes(shell: &Shell) -> Vec<Outcome> {
        let all = shell.status.as_ref().map(|s| s.outcomes.clone());
        all.iter().flat_map(|all| all.iter()).filter(|o| o.active).cloned().collect()
    }

    pub(super) fn choose(&mut self, outcome: Outcome, shell: &mut Shell) {
        let meaning = outcome.meaning;
        self.outcome = Some(outcome);
        let asks_when = meaning == Meaning::Callback && self.corrects.is_none();
        let asks_note = self.kind == Kind::WithNote
            && !matches!(meaning, Meaning::NotReached | Meaning::WrongNumber);
        if asks_when {
            self.focus = Focus::Again;
        } else if asks_note {
            self.focus = Focus::Note;
        } else {
            self.save(shell);
        }
    }

    pub(super) fn save(&mut self, shell: &mut Shell) {
        let Some(outcome) = self.outcome.clone() else {
            self.focus = Focus::Letter;
            return;
        };
        if let Some(wrong) = self.corrects {
            let (customer, outcome) = (self.customer, outcome.code);
            shell.act(self.id, LOGGED, Command::Correct { customer, interaction: wrong, outcome });
            shell.close(self.id);
            return;
        }
        let text = self.again.text().trim();
        let callback = if text.is_empty() {
            if outcome.meaning == Meaning::Callback {
                self.focus = Focus::Again;
                self.fault = shell.say(w::AGAIN_HINT);
                return;
            }
            None
        } else {
            match moment(text, shell) {
                Ok(at) => Some(at),
                Err(error) => {
                    self.focus = Focus::Again;
                    self.fault = error.words(shell.calendar(), shell.lang());
                    return;
                }
            }
        };
        // Should the desk refuse, the words are still there.
        if let Some(draft) = self.keep(shell) {
            shell.act(self.id, DRAFT, Command::SaveDraft(draft));
        }
        let seconds = shell.now.as_second().saturating_sub(self.began.as_second());
        let log = Log {
            customer: self.customer,
            outcome: outcome.code,
            note: self.note.text().to_owned(),
            channel: Channel::Call,
            direction: Direction::Outbound,
            seconds: seconds.clamp(0, 4 * 3_600) as u32,
            callback,
            queue: self.from.queue,
            finishes: self.from.task,
            wrap_up: WrapUp {
                campaign: self.from.campaign,
                checked: self.script.checked(),
                ..self.told.wrap_up()
            },
        };
        // Should a rule forbid it, a supervisor is asked why it was made.
        shell.unlogged = Some(log.clone());
        shell.act(self.id, LOGGED, Command::Log(log));
        shell.close(self.id);
    }

    /// To the next field or the one before; figures only when they are asked for, a reason only when
    /// there is an answer.
    pub(super) fn step(&mut self, action: Action) {
        let mut all = vec![Focus::Letter];
        all.extend(self.told.answer.map(|_| Focus::Reason));
        all.extend([Focus::Note, Focus::Again]);
        if self.told.is_asked {
            all.extend([Focus::Satisfied, Focus::Recommends]);
        }
        if self.corrects.is_some() {
            return;
        }
        let at = all.iter().position(|focus| *focus == self.focus).unwrap_or(0);
        let next = if action == Action::NextField { at + 1 } else { at + all.len() - 1 };
        self.focus = all.get(next % all.len()).copied().unwrap_or(Focus::Letter);
    }

    /// From a figure on to the next, and back to the letters, or the note when the outcome is known.
    pub(super) fn go_on(&mut self) {
        self.focus = match (self.focus, &self.outcome) {
            (Focus::Satisfied, _) => Focus::Recommends,
            (_, Some(_)) => Focus::Note,
            (_, None) => Focus::Letter,
        };
    }

    /// A figure in one key.
    pub(super) fn figure(&mut self, typed: char) {
        let digit = typed.to_digit(10).map(|d| d as u8);
        match (self.focus, digit, typed) {
            (Focus::Satisfied, Some(given @ 1..=5), _) => self.told.satisfaction = Some(given),
            (Focus::Recommends, Some(given), _) => self.told.recommend = Some(given),
            (Focus::Recommends, None, 'x') => self.told.recommend = Some(10),
            _ => return,
        }
        self.go_on();
    }

    pub(super) fn field(&mut self) -> Option<&mut Field> {
        match self.focus {
            Focus::Letter | Focus::Satisfied | Focus::Recommends => None,
            Focus::Reason => Some(&mut self.told.reason),
            Focus::Note => Some(&mut self.note),
            Focus::Again => Some(&mut self.again),
        }
    }

    /// What is worth keeping: something was typed.
    pub(super) fn keep(&self, shell: &Shell) -> Option<Draft> {
        let is_untold = self.told.is_empty() && self.script.is_empty();
        let is_bare = self.note.is_empty() && self.again.is_empty() && is_untold;
        if self.corrects.is_some() || is_bare {
            return None;
        }
        let code = self.outcome.as_ref().map(|o| o.code.clone()).unwrap_or_default();
        Some(Draft {
            agent: shell.status.as_ref().map(|s| s.me.id).unwrap_or_default(),
            slot: slot(self.customer),
            fields: [
                ("outcome".to_owned(), code),
                ("note".to_owned(), self.note.text().to_owned()),
                ("again".to_owned(), self.again.text().to_owned()),
            ]
            .into_iter()
            .chain(self.told.fields())
            .chain(self.script.field())
            .collect(),
            at: shell.now,
        })
    }

    pub(super) fn restore(&mut self, draft: &Draft, shell: &Shell) {
        if !self.note.is_empty() || !self.again.is_empty() {
            return; // the agent was quicker
        }
        if self.told.is_empty() {
            self.told.restore(draft);
        }
        if self.script.is_empty() {
            self.script.restore(draft);
        }
        for (name, text) in &draft.fields {
            match name.as_str() {
                "note" => self.note.set(text),
                "again" => self.again.set(text),
                "outcome" if self.outcome.is_none() && self.focus == Focus::Letter => {
                    self.outcome = Self::outcomes(shell).into_iter().find(|o| o.code == *text);
                    if self.outcome.is_some() {
                        self.focus = Focus::Note;
                    }
                }
                _ => {}
            }
        }
    }
}
