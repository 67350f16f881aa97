//! A form over the body: loads, checks, saves, keeps a draft, shows both values of a conflict.
//!
//! What it is about is a [`Sheet`]: the fields, the checks and the command. A new form is a new sheet.

use crate::desk::{Answer, Command, Deed, Heard, Notice, Question, Refusal};
use crate::domain::{AgentId, CustomerId, Draft};
use crate::text::words::forms as w;
use crate::text::{SafeText, safe};

use super::canvas::{Area, Canvas};
use super::form::{Asked, Entry, Form, Item};
use super::key::Key;
use super::keymap::{Action, Context};
use super::message::{Effect, ScreenId};
use super::panel;
use super::screen::Screen;
use super::shell::Shell;
use super::theme::Role;
use super::toast::Tone;

/// What a form is about.
pub trait Sheet: Send {
    fn title(&self, shell: &Shell) -> SafeText;

    /// What must be known before the form can be filled; `None` when nothing is.
    fn question(&self) -> Option<Question> {
        None
    }

    /// The fields, from the answer when there was a question.
    fn build(&mut self, answer: Option<Answer>, shell: &Shell) -> Result<Form, SafeText>;

    /// What is wrong with a field, on its own.
    fn check(&self, item: &Item, shell: &Shell) -> Result<(), SafeText> {
        let _ = (item, shell);
        Ok(())
    }

    /// What saves it; or the name of the field that is wrong and why.
    fn command(&mut self, form: &Form, shell: &Shell) -> Result<Save, (String, SafeText)>;

    /// The answer to a [`Save::Ask`]; what saves it now.
    fn resolved(
        &mut self,
        answer: Answer,
        form: &Form,
        shell: &Shell,
    ) -> Result<Save, (String, SafeText)> {
        let _ = answer;
        self.command(form, shell)
    }

    /// Where the draft is kept.
    fn slot(&self) -> Option<String> {
        None
    }

    /// The customer the record is of, to hear of changes by others.
    fn customer(&self) -> Option<CustomerId> {
        None
    }

    /// Takes the record as it is now in the store, after a conflict: the values by field name as they
    /// would be typed. `None` when this sheet cannot show both.
    fn rebase(&mut self, refusal: &Refusal, shell: &Shell) -> Option<Vec<(String, String)>> {
        let _ = (refusal, shell);
        None
    }

    /// The contexts its keys are looked up in.
    fn contexts(&self, form: Option<&Form>) -> &'static [Context] {
        let _ = form;
        &[Context::Form]
    }

    /// Does an action of its own; false when it is the form's.
    fn act(&mut self, action: Action, form: &mut Form) -> bool {
        let _ = (action, form);
        false
    }

    /// Something was typed or the focus moved: what must be asked to show what it means, by parts from
    /// 0 on.
    fn typed(&mut self, form: &mut Form, shell: &Shell) -> Vec<(u8, Question)> {
        let _ = (form, shell);
        Vec::new()
    }

    /// The answer to a part of [`Sheet::typed`].
    fn answered(&mut self, part: u8, answer: Answer, form: &mut Form, shell: &Shell) {
        let _ = (part, answer, form, shell);
    }

    /// It was saved.
    fn saved(&self, notice: &Notice, shell: &mut Shell) {
        let _ = (notice, shell);
    }
}

/// How a form goes on when it is saved.
#[derive(Debug)]
pub enum Save {
    Act(Command),
    /// Something must be looked up first.
    Ask(Question),
}

const LOAD: u8 = 0;
const DRAFT: u8 = 1;
const SAVE: u8 = 2;
const LOOK_UP: u8 = 3;
/// Parts from here on are the sheet's own.
const TYPED: u8 = 100;

/// The panel round a sheet.
pub struct SheetScreen<S> {
    id: ScreenId,
    sheet: S,
    form: Option<Form>,
    wrong: Option<SafeText>,
    note: Option<SafeText>,
    draft: Option<Draft>,
    is_conflict: bool,
    is_saving: bool,
    is_asked: bool,
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

    fn check(&mut self, at: usize, shell: &Shell) {
        let Some(item) = self.form.as_mut().and_then(|f| f.items.get_mut(at)) else { return };
        item.error = self.sheet.check(item, shell).err();
    }

    fn save(&mut self, shell: &mut Shell) {
        if self.is_saving {
            return;
        }
        let Some(form) = self.form.as_mut() else { return };
        let mut wrong = None;
        for (i, item) in form.items.iter_mut().enumerate() {
            item.error = self.sheet.check(item, shell).err();
            if item.error.is_some() && wrong.is_none() {
                wrong = Some(i);
            }
        }
        if let Some(at) = wrong {
            form.focus_on(at);
            return;
        }
        let next = self.sheet.command(form, shell);
        self.go_on(next, shell);
    }

    fn go_on(&mut self, next: Result<Save, (String, SafeText)>, shell: &mut Shell) {
        match next {
            Ok(Save::Act(command)) => {
                self.is_saving = true;
                shell.act(self.id, SAVE, command);
            }
            Ok(Save::Ask(question)) => shell.ask(self.id, LOOK_UP, question),
            Err((name, why)) => self.fault(&name, why),
        }
    }

    fn fault(&mut self, name: &str, why: SafeText) {
        let Some(form) = self.form.as_mut() else { return };
        form.focus_named(name);
        match form.item_mut(name) {
            Some(item) => item.error = Some(why),
            None => self.note = Some(why),
        }
    }

    fn conflict(&mut self, refusal: &Refusal, shell: &Shell) -> bool {
        let Some(now) = self.sheet.rebase(refusal, shell) else { return false };
        let Some(form) = self.form.as_mut() else { return false };
        let mut differs = false;
        for (name, value) in now {
            let Some(item) = form.item_mut(&name) else { continue };
            if item.first() == value {
                continue;
            }
            // Only they changed it: theirs. Both did: both are shown.
            if item.is_changed() && item.value() != value {
                item.theirs = Some(value.clone());
                differs = true;
            } else {
                item.set(&value);
            }
            item.rebase(&value);
        }
        if let Refusal::Conflict { by, .. } = refusal {
            let by = SafeText::clean(by);
            self.note = Some(shell.say_with(w::CONFLICT, &[("by", by.into())]));
        }
        self.is_conflict = differs;
        if let Some(at) = form.items.iter().position(|i| i.theirs.is_some()) {
            form.focus_on(at);
        }
        true
    }

    fn keep(&self, shell: &Shell) -> Option<Draft> {
        let form = self.form.as_ref().filter(|f| f.is_changed())?;
        let agent = shell.status.as_ref().map_or(AgentId(0), |s| s.me.id);
        Some(Draft { agent, slot: self.sheet.slot()?, fields: form.changes(), at: shell.now })
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
        let key = super::editor::seen(key, shell.dir());
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
                let why = super::tell::problem_in(&invalid.problem, shell.lang());
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
            let by = super::tell::agent_name(shell, notice.by);
            self.note = Some(shell.say_with(w::CHANGED_BY, &[("by", by.into())]));
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let title = self.sheet.title(shell);
        let rows = self.form.as_ref().map_or(3, Form::wants);
        let note = u16::from(self.note.is_some() || self.is_saving);
        let wanted = rows.saturating_add(note);
        let inside = if wanted + 3 >= area.height {
            panel::whole(canvas, area, &title)
        } else {
            panel::foot(canvas, area, wanted, &title)
        };
        let (note_line, fields) = inside.split_top(note.min(inside.height.saturating_sub(1)));
        if !note_line.is_empty() {
            let text = match &self.note {
                _ if self.is_saving => shell.say(w::SAVING),
                Some(note) => safe!["· ", note],
                None => SafeText::EMPTY,
            };
            canvas.put((note_line.x, note_line.y), note_line.width, &text, Role::Warning);
        }
        match (&self.form, &self.wrong) {
            (Some(form), _) => form.draw(canvas, fields, shell),
            (None, Some(why)) => super::frame::sentence(canvas, fields, why, Role::Error),
            (None, None) => {
                let text = shell.say(crate::text::words::frame::WAITING);
                super::frame::sentence(canvas, fields, &safe![text, " …"], Role::Dim);
            }
        }
    }
}
