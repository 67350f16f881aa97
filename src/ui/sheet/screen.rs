//! The panel round a sheet: what is loaded into it, the keys, what comes back, how it is drawn.

use crate::desk::{Answer, Command, Deed, Heard, Notice, Question, Refusal};
use crate::domain::Draft;
use crate::text::SafeText;
use crate::text::words::forms as w;

use super::super::canvas::{Area, Canvas};
use super::super::form::{Asked, Entry, Form, Item};
use super::super::key::Key;
use super::super::keymap::{Action, Context};
use super::super::message::{Effect, ScreenId};
use super::super::screen::Screen;
use super::super::shell::Shell;
use super::super::toast::Tone;
use super::Sheet;

const LOAD: u8 = 0;
const DRAFT: u8 = 1;
pub(super) const SAVE: u8 = 2;
pub(super) const LOOK_UP: u8 = 3;
/// Parts from here on are the sheet's own.
const TYPED: u8 = 100;

/// The panel round a sheet.
pub struct SheetScreen<S> {
    pub(super) id: ScreenId,
    pub(super) sheet: S,
    pub(super) form: Option<Form>,
    pub(super) wrong: Option<SafeText>,
    pub(super) note: Option<SafeText>,
    pub(super) draft: Option<Draft>,
    pub(super) is_conflict: bool,
    pub(super) is_saving: bool,
    pub(super) is_asked: bool,
}

impl<S: Sheet + 'static> SheetScreen<S> {
    /// Opens a form over what is seen.
    pub fn open(sheet: S, shell: &mut Shell) {
        let id = shell.new_screen();
        let screen = Self {
            id,
            sheet,
            form: None,
            wrong: None,
            note: None,
            draft: None,
            is_conflict: false,
            is_saving: false,
            is_asked: false,
        };
        shell.push(screen);
    }

    fn build(&mut self, answer: Option<Answer>, shell: &mut Shell) {
        match self.sheet.build(answer, shell) {
            Ok(form) => self.form = Some(form),
            Err(why) => self.wrong = Some(why),
        }
        self.restore(shell);
    }

    fn restore(&mut self, shell: &mut Shell) {
        if let (Some(form), Some(draft)) = (self.form.as_mut(), self.draft.take()) {
            form.restore(&draft.fields);
            self.note = Some(shell.say(w::DRAFT_BACK));
        }
        self.typed(shell);
    }

    /// Asks for what is shown of what was typed.
    fn typed(&mut self, shell: &mut Shell) {
        let Some(form) = self.form.as_mut() else { return };
        for (part, question) in self.sheet.typed(form, shell) {
            shell.ask(self.id, TYPED.saturating_add(part), question);
        }
    }
}

impl<S: Sheet + 'static> Screen for SheetScreen<S> {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        if self.is_conflict {
            return &[Context::Conflict, Context::Form];
        }
        self.sheet.contexts(self.form.as_ref())
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, shell: &Shell) -> SafeText {
        self.sheet.title(shell)
    }

    fn draft(&self, shell: &Shell) -> Option<Draft> {
        self.keep(shell)
    }

    fn can(&self, action: Action, shell: &Shell) -> bool {
        let is_note = self.form.as_ref().and_then(|f| f.items.get(f.focus()));
        let is_note = is_note.is_some_and(|i| matches!(i.entry, Entry::Note(_)));
        match action {
            Action::NewLine => is_note,
            Action::Editor => is_note && shell.setup.can_edit,
            _ => true,
        }
    }

    fn shown(&mut self, shell: &mut Shell) {
        if self.is_asked {
            return;
        }
        self.is_asked = true;
        match self.sheet.question() {
            Some(question) => shell.ask(self.id, LOAD, question),
            None => self.build(None, shell),
        }
        if let Some(slot) = self.sheet.slot() {
            shell.ask(self.id, DRAFT, Question::Draft(slot));
        }
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        match action {
            Action::StepBack => {
                if let Some(draft) = self.keep(shell) {
                    shell.act(self.id, DRAFT, Command::SaveDraft(draft));
                    let text = shell.say(w::DRAFT_KEPT);
                    shell.toast(Tone::Note, text);
                }
                shell.close(self.id);
            }
            Action::Editor => {
                let note = self.form.as_mut().and_then(Form::current_mut);
                if let Some(Item { entry: Entry::Note(field), .. }) = note
                    && shell.setup.can_edit
                {
                    shell.effect(Effect::Edit(field.text().to_owned()));
                }
            }
            Action::Theirs => {
                let Some(form) = self.form.as_mut() else { return true };
                if let Some(item) = form.current_mut()
                    && let Some(theirs) = item.theirs.take()
                {
                    item.set(&theirs);
                }
                match form.items.iter().position(|i| i.theirs.is_some()) {
                    Some(next) => form.focus_on(next),
                    None => self.is_conflict = false,
                }
            }
            _ if self.form.as_mut().is_some_and(|f| self.sheet.act(action, f)) => {
                self.typed(shell);
            }
            _ => match self.form.as_mut().map(|f| f.act(action)) {
                Some(Asked::Check(at)) => {
                    self.check(at, shell);
                    self.typed(shell);
                }
                Some(Asked::Save) => self.save(shell),
                Some(Asked::Nothing) => {
                    return matches!(
                        action,
                        Action::Accept | Action::NewLine | Action::Down | Action::Up
                    );
                }
                None => return false,
            },
        }
        true
    }

    fn key(&mut self, key: Key, shell: &mut Shell) {
        let key = super::super::editor::seen(key, shell.dir());
        if let Some(form) = self.form.as_mut() {
            form.key(key);
        }
        self.typed(shell);
    }

    fn pasted(&mut self, text: &str, shell: &mut Shell) {
        if let Some(form) = self.form.as_mut() {
            form.paste(text);
        }
        self.typed(shell);
    }

    fn edited(&mut self, text: &str, _shell: &mut Shell) {
        if let Some(item) = self.form.as_mut().and_then(Form::current_mut) {
            item.set(text.trim_end_matches('\n'));
        }
    }

    fn answered(&mut self, part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        match (part, answer) {
            (LOAD, Ok(answer)) => self.build(Some(answer), shell),
            (LOAD, Err(refusal)) => self.wrong = Some(shell.refusal(&refusal)),
            // Never over what was typed since.
            (DRAFT, Ok(Answer::Draft(Some(draft))))
                if self.form.as_ref().is_none_or(|f| !f.is_changed()) =>
            {
                self.draft = Some(draft);
                self.restore(shell);
            }
            (LOOK_UP, Ok(answer)) => {
                let Some(form) = self.form.as_ref() else { return };
                let next = self.sheet.resolved(answer, form, shell);
                self.go_on(next, shell);
            }
            (LOOK_UP, Err(refusal)) => shell.toast_result(&Err(refusal)),
            (part, Ok(answer)) if part >= TYPED => {
                if let Some(form) = self.form.as_mut() {
                    self.sheet.answered(part - TYPED, answer, form, shell);
                }
            }
            _ => {}
        }
    }

    fn acted(&mut self, part: u8, result: &Result<Notice, Refusal>, shell: &mut Shell) -> bool {
        if part != SAVE {
            return result.is_ok();
        }
        self.is_saving = false;
        match result {
            Ok(notice) => {
                if let Some(slot) = self.sheet.slot() {
                    shell.act(self.id, DRAFT, Command::DropDraft(slot));
                }
                self.sheet.saved(notice, shell);
                shell.close(self.id);
                false
            }
            Err(Refusal::Invalid(invalid)) => {
                let why = super::super::tell::problem_in(&invalid.problem, shell.lang());
                self.fault(invalid.field.name(), why);
                self.form.as_ref().is_some_and(|f| f.items.iter().any(|i| i.error.is_some()))
            }
            Err(refusal @ Refusal::Conflict { .. }) => self.conflict(refusal, shell),
            Err(refusal @ Refusal::Taken { field, .. }) => {
                self.fault(field.name(), shell.refusal(refusal));
                self.form.as_ref().is_some_and(|f| f.items.iter().any(|i| i.error.is_some()))
            }
            Err(refusal @ Refusal::Expression(error)) => {
                self.fault("expression", shell.refusal(refusal));
                let item = self.form.as_mut().and_then(|f| f.item_mut("expression"));
                item.map(|i| i.error_at = Some(error.at.start)).is_some()
            }
            Err(_) => false,
        }
    }

    fn heard(&mut self, heard: &Heard, shell: &mut Shell) {
        let Heard::Notice(notice) = heard else { return };
        let mine = shell.status.as_ref().is_some_and(|s| s.me.id == notice.by);
        let about = match &notice.deed {
            Deed::Edited { customer, .. } => Some(*customer),
            Deed::Changed { one: Some((customer, _)), .. } => Some(*customer),
            _ => None,
        };
        if !mine && about.is_some() && about == self.sheet.customer() {
            let by = super::super::tell::agent_name(shell, notice.by);
            self.note = Some(shell.say_with(w::CHANGED_BY, &[("by", by.into())]));
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        self.paint(canvas, area, shell);
    }
}
