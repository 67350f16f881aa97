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
mod script;
mod told;

use crate::desk::{Answer, Command, Log, Notice, Question, Refusal, Which};
use crate::domain::{
    CampaignId, Channel, CustomerId, Direction, Draft, InteractionId, Meaning, Outcome, QueueKind,
    TaskId, WrapUp,
};
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
use super::when::moment;

use script::Script;
use told::Told;

const DRAFT: u8 = 0;
const LOGGED: u8 = 1;
const OFFERS: u8 = 2;
const SCRIPT: u8 = 3;

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
    let began = shell.now;
    shell.push(Strip {
        id,
        customer,
        name: name.to_owned(),
        kind,
        from,
        began,
        corrects: None,
        outcome: None,
        focus: Focus::Letter,
        note: Field::note(""),
        again: Field::new(""),
        told: Told::default(),
        script: Script::default(),
        fault: SafeText::EMPTY,
        is_known: false,
    });
}

/// Opens the strip to replace the outcome of an interaction.
pub fn open_correction(customer: CustomerId, name: &str, wrong: InteractionId, shell: &mut Shell) {
    let id = shell.new_screen();
    let began = shell.now;
    shell.push(Strip {
        id,
        customer,
        name: name.to_owned(),
        kind: Kind::Quick,
        from: From::default(),
        began,
        corrects: Some(wrong),
        outcome: None,
        focus: Focus::Letter,
        note: Field::note(""),
        again: Field::new(""),
        told: Told::default(),
        script: Script::default(),
        fault: SafeText::EMPTY,
        is_known: false,
    });
}

/// Opens the strip for what this agent logged last.
pub fn correct_last(shell: &mut Shell) {
    match shell.last_logged.clone() {
        Some((customer, name, wrong)) => open_correction(customer, &name, wrong, shell),
        None => {
            let text = shell.say(w::NOTHING_LOGGED);
            shell.toast(super::toast::Tone::Note, text);
        }
    }
}

/// The slot of a customer's draft; the desk forgets it when the call is logged.
pub fn slot(customer: CustomerId) -> String {
    format!("log:{customer}")
}

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

impl Strip {
    fn outcomes(shell: &Shell) -> Vec<Outcome> {
        let all = shell.status.as_ref().map(|s| s.outcomes.clone());
        all.iter().flat_map(|all| all.iter()).filter(|o| o.active).cloned().collect()
    }

    fn choose(&mut self, outcome: Outcome, shell: &mut Shell) {
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

    fn save(&mut self, shell: &mut Shell) {
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
    fn step(&mut self, action: Action) {
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
    fn go_on(&mut self) {
        self.focus = match (self.focus, &self.outcome) {
            (Focus::Satisfied, _) => Focus::Recommends,
            (_, Some(_)) => Focus::Note,
            (_, None) => Focus::Letter,
        };
    }

    /// A figure in one key.
    fn figure(&mut self, typed: char) {
        let digit = typed.to_digit(10).map(|d| d as u8);
        match (self.focus, digit, typed) {
            (Focus::Satisfied, Some(given @ 1..=5), _) => self.told.satisfaction = Some(given),
            (Focus::Recommends, Some(given), _) => self.told.recommend = Some(given),
            (Focus::Recommends, None, 'x') => self.told.recommend = Some(10),
            _ => return,
        }
        self.go_on();
    }

    fn field(&mut self) -> Option<&mut Field> {
        match self.focus {
            Focus::Letter | Focus::Satisfied | Focus::Recommends => None,
            Focus::Reason => Some(&mut self.told.reason),
            Focus::Note => Some(&mut self.note),
            Focus::Again => Some(&mut self.again),
        }
    }

    /// What is worth keeping: something was typed.
    fn keep(&self, shell: &Shell) -> Option<Draft> {
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

    fn restore(&mut self, draft: &Draft, shell: &Shell) {
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
