//! The log strip: one letter logs how a call ended, over any screen, which stays in sight.
//!
//! ```text
//! ── Log Reza Karimi ─────────────────────────────────────────────────────────
//!  script  Retention · line 2 of 5 · 1 of 4 steps
//!  ▸ · You bought on 2026-10-02. Is the coffee still to your taste?
//!  [a] answered  [n] no answer  [b] busy  [r] refused  [s] sale  [c] callback
//!  offer  Free delivery  [1] accepted  [2] refused  [3] undecided
//!  note  ▏
//!  again ▏
//! ```
//! A letter that means nobody was reached logs at once. One that means somebody was asks for a note;
//! Tab goes on to when to call again. A digit answers the offer that fits; F5 asks how satisfied the
//! customer is (1 to 5) and how likely to recommend us (0 to 9, x for 10), one key each; F6 notes what was
//! learned. F7 ticks a line of the script off and goes on, F3 goes back. Closed with Esc all of it is kept and comes back.

pub mod despite;
mod draw;
mod open;
mod script;
mod strip;
mod told;

pub use open::{From, Kind, correct_last, open, open_correction, open_from, slot};

use crate::desk::{Answer, Command, Notice, Question, Refusal};
use crate::domain::{CustomerId, Draft, InteractionId, Outcome};
use crate::text::words::queues as w;
use crate::text::{Field, SafeText};

use super::canvas::{Area, Canvas};
use super::editor;
use super::key::Key;
use super::keymap::{self, Action, Context};
use super::learned::Learned;
use super::message::{Effect, ScreenId};
use super::screen::Screen;
use super::shell::Shell;

use script::Script;
use told::Told;

const DRAFT: u8 = 0;
const LOGGED: u8 = 1;
const OFFERS: u8 = 2;
const SCRIPT: u8 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Letter,
    Reason,
    Note,
    Again,
    Satisfied,
    Recommends,
}

struct Strip {
    id: ScreenId,
    customer: CustomerId,
    name: String,
    kind: Kind,
    from: From,
    began: jiff::Timestamp,
    corrects: Option<InteractionId>,
    outcome: Option<Outcome>,
    focus: Focus,
    note: Field,
    again: Field,
    told: Told,
    script: Script,
    fault: SafeText,
    /// The draft that was kept is here, or there is none.
    is_known: bool,
}

impl Screen for Strip {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        match self.focus {
            Focus::Letter => &[Context::Log],
            Focus::Reason | Focus::Note | Focus::Again => &[Context::LogNote],
            Focus::Satisfied | Focus::Recommends => &[Context::LogAsk],
        }
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, shell: &Shell) -> SafeText {
        let who = ("who", SafeText::clean(&self.name).into());
        let phrase = if self.corrects.is_some() { w::CORRECT_TITLE } else { w::LOG_TITLE };
        shell.say_with(phrase, &[who])
    }

    fn can(&self, action: Action, _shell: &Shell) -> bool {
        !matches!(action, Action::NextLine | Action::LastLine) || self.script.is_there()
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        match action {
            Action::NextLine => self.script.next(),
            Action::LastLine => self.script.last(),
            Action::Accept if matches!(self.focus, Focus::Satisfied | Focus::Recommends) => {
                self.go_on();
            }
            // The reason is said before the outcome.
            Action::Accept if self.focus == Focus::Reason && self.outcome.is_none() => {
                self.focus = Focus::Letter;
            }
            Action::Accept | Action::Save => self.save(shell),
            Action::NextField | Action::LastField => self.step(action),
            Action::Survey if self.corrects.is_none() => {
                self.told.is_asked = true;
                self.focus = Focus::Satisfied;
            }
            Action::Learned => Learned::open(self.customer, &self.name, shell),
            Action::Down | Action::Up if !self.told.offers.is_empty() => {
                let n = self.told.offers.len();
                let by = if action == Action::Down { 1 } else { n - 1 };
                self.told.which = (self.told.which + by) % n;
                self.told.answer = None;
            }
            Action::NewLine if self.focus == Focus::Note => self.note.insert('\n'),
            Action::Editor if shell.setup.can_edit => {
                shell.effect(Effect::Edit(self.note.text().to_owned()));
            }
            Action::StepBack => {
                if let Some(draft) = self.keep(shell) {
                    shell.act(self.id, DRAFT, Command::SaveDraft(draft));
                } else if self.corrects.is_none() && self.is_known {
                    shell.act(self.id, DRAFT, Command::DropDraft(slot(self.customer)));
                }
                shell.close(self.id);
            }
            _ => return false,
        }
        true
    }

    fn key(&mut self, key: Key, shell: &mut Shell) {
        if self.focus == Focus::Letter {
            let Some(typed) = keymap::as_bound(key).writes() else { return };
            let hit = Self::outcomes(shell).into_iter().find(|o| o.key == typed);
            if let Some(outcome) = hit {
                self.choose(outcome, shell);
            } else if self.corrects.is_none() {
                self.focus = if self.told.say(typed) { Focus::Reason } else { self.focus };
            }
            return;
        }
        if matches!(self.focus, Focus::Satisfied | Focus::Recommends) {
            if let Some(typed) = keymap::as_bound(key).writes() {
                self.figure(typed);
            }
            return;
        }
        self.fault = SafeText::EMPTY;
        let key = editor::seen(key, shell.dir());
        if let Some(field) = self.field() {
            editor::edit(field, key);
        }
    }

    fn pasted(&mut self, text: &str, _shell: &mut Shell) {
        if let Some(field) = self.field() {
            field.insert_str(text);
        }
    }

    fn edited(&mut self, text: &str, _shell: &mut Shell) {
        self.note.set(text);
        self.focus = Focus::Note;
    }

    fn answered(&mut self, _part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        match answer {
            Ok(Answer::Propositions(offers)) => {
                let answered = self.told.answer.map(|(offer, _)| offer);
                let which = offers.iter().position(|p| Some(p.offer.id) == answered);
                (self.told.offers, self.told.which) = (offers, which.unwrap_or(0));
            }
            Ok(Answer::Script(Some(spoken))) => {
                // A call that was taken from nowhere is for what its script is of.
                if self.from.queue.is_none() && self.from.campaign.is_none() {
                    (self.from.queue, self.from.campaign) = (spoken.queue, spoken.campaign);
                    if let Some(campaign) = spoken.campaign {
                        let (customer, campaign) = (self.customer, Some(campaign));
                        shell.ask(self.id, OFFERS, Question::Propositions { customer, campaign });
                    }
                }
                self.script.take(*spoken);
            }
            Ok(Answer::Draft(draft)) => {
                self.is_known = true;
                if let Some(draft) = draft {
                    self.restore(&draft, shell);
                }
            }
            _ => {}
        }
    }

    fn acted(&mut self, part: u8, result: &Result<Notice, Refusal>, _shell: &mut Shell) -> bool {
        part == DRAFT && result.is_ok()
    }

    fn draft(&self, shell: &Shell) -> Option<Draft> {
        self.keep(shell)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        self.paint(canvas, area, shell);
    }
}
