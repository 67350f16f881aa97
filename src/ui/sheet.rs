//! A form over the body: loads, checks, saves, keeps a draft, shows both values of a conflict.
//!
//! What it is about is a [`Sheet`]: the fields, the checks and the command. A new form is a new sheet.

mod draw;
mod saving;
mod screen;

pub use screen::SheetScreen;

use crate::desk::{Answer, Command, Notice, Question, Refusal};
use crate::domain::CustomerId;
use crate::text::SafeText;

use super::form::{Form, Item};
use super::keymap::{Action, Context};
use super::shell::Shell;

/// The name of a field, and what is wrong with it.
pub type Wrong = (String, SafeText);

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

    /// All that is wrong by now: names of fields and why.
    fn faults(&self, form: &Form, shell: &Shell) -> Vec<Wrong> {
        let fault = |item: &Item| Some((item.name.clone(), self.check(item, shell).err()?));
        form.items.iter().filter_map(fault).collect()
    }

    /// What saves it; or the name of the field that is wrong and why.
    fn command(&mut self, form: &Form, shell: &Shell) -> Result<Save, Wrong>;

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
