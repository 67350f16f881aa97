//! The form of a definition: an offer, a programme, a campaign, a process, a script, an own field. What
//! an expression selects is counted under it as it is typed.

use crate::desk::{Answer, Command, Deed, Notice, Plans, Question};
use crate::domain::{Definition, DefinitionKind, Invalid};
use crate::text::SafeText;
use crate::text::words::{forms as f, manage as m};

use super::super::form::Form;
use super::super::message::ScreenId;
use super::super::screen::Told;
use super::super::sheet::{Save, Sheet, Wrong};
use super::super::shell::Shell;
use super::super::tell;
use super::super::theme::Role;
use super::forms::{EXPRESSION, blank, first, items, read};
use super::kinds::Kind;

const LOOK: u8 = 0;

/// The sheet of one definition.
pub struct DefinitionSheet {
    kind: DefinitionKind,
    /// 0 for a new one.
    id: u64,
    base: Option<Definition>,
    revision: u64,
    plans: Option<Box<Plans>>,
    looked: String,
    /// What is wrong with it.
    wrong: Option<SafeText>,
    /// What a new one begins with; nothing usual when not said.
    begun: Option<Definition>,
    /// The screen that is told what was saved, and by what part.
    to: (ScreenId, u8),
}

impl DefinitionSheet {
    pub fn new(kind: DefinitionKind, id: u64, to: ScreenId, part: u8) -> Self {
        let (base, plans, looked) = (None, None, String::new());
        let wrong = None;
        Self { kind, id, base, revision: 0, plans, looked, wrong, begun: None, to: (to, part) }
    }

    /// The same, of a new one that is begun elsewhere.
    pub fn begun(self, definition: Definition) -> Self {
        Self { begun: Some(definition), ..self }
    }
}

impl Sheet for DefinitionSheet {
    fn title(&self, shell: &Shell) -> SafeText {
        match &self.base {
            Some(base) if self.id != 0 => {
                let name = SafeText::clean(base.name());
                shell.say_with(f::EDIT_TITLE, &[("name", name.into())])
            }
            _ => {
                let name = shell.say(Kind::Of(self.kind).name());
                shell.say_with(m::NEW_TITLE, &[("name", name.into())])
            }
        }
    }

    fn question(&self) -> Option<Question> {
        Some(Question::Plans)
    }

    fn build(&mut self, answer: Option<Answer>, shell: &Shell) -> Result<Form, SafeText> {
        let Some(Answer::Plans(plans)) = answer else { return Err(shell.say(m::GONE)) };
        let base = if self.id == 0 {
            self.begun.clone().unwrap_or_else(|| blank(self.kind))
        } else {
            let all = plans.definitions.all(self.kind);
            let kept = all.into_iter().find(|kept| kept.record.id() == self.id);
            let Some(kept) = kept else { return Err(shell.say(m::GONE)) };
            self.revision = kept.revision;
            kept.record
        };
        let form = Form::new(items(&base, &plans, shell));
        self.base = Some(base);
        self.plans = Some(plans);
        Ok(form)
    }

    fn faults(&self, form: &Form, shell: &Shell) -> Vec<Wrong> {
        let (Some(base), Some(plans)) = (&self.base, &self.plans) else { return Vec::new() };
        let mut faults = match read(form, base, plans, shell) {
            Ok(definition) => {
                let invalid = definition.validate().err();
                let fault = |e: Invalid| {
                    (e.field.name().to_owned(), tell::problem_in(&e.problem, shell.lang()))
                };
                invalid.map(fault).into_iter().collect()
            }
            Err(wrong) => wrong,
        };
        if form.value(EXPRESSION).trim() == self.looked {
            faults.extend(self.wrong.clone().map(|why| (EXPRESSION.to_owned(), why)));
        }
        faults
    }

    fn command(&mut self, form: &Form, shell: &Shell) -> Result<Save, Wrong> {
        let (Some(base), Some(plans)) = (&self.base, &self.plans) else {
            return Err((String::new(), shell.say(m::GONE)));
        };
        let definition = Box::new(read(form, base, plans, shell).map_err(first)?);
        Ok(Save::Act(Command::SaveDefinition { definition, base: self.revision }))
    }

    fn slot(&self) -> Option<String> {
        // What was begun elsewhere is not mixed with an older draft.
        self.begun.is_none().then(|| format!("manage:{}:{}", self.kind, self.id))
    }

    fn typed(&mut self, form: &mut Form, shell: &Shell) -> Vec<(u8, Question)> {
        let Some(item) = form.item_mut(EXPRESSION) else { return Vec::new() };
        let expression = item.value().trim().to_owned();
        if expression.is_empty() {
            item.below = vec![(shell.say(m::FOR_ALL), Role::Dim)];
        }
        if expression == self.looked {
            return Vec::new();
        }
        if !expression.is_empty() {
            item.below = vec![(SafeText::EMPTY, Role::Dim)];
        }
        self.wrong = None;
        self.looked.clone_from(&expression);
        if expression.is_empty() {
            return Vec::new();
        }
        vec![(LOOK, Question::Look { expression, against: None })]
    }

    fn answered(&mut self, part: u8, answer: Answer, form: &mut Form, shell: &Shell) {
        let (LOOK, Answer::Look(look)) = (part, answer) else { return };
        if look.expression != self.looked {
            return;
        }
        let Some(item) = form.item_mut(EXPRESSION) else { return };
        match &look.error {
            Some(error) => {
                let blanks = item.value().len() - item.value().trim_start().len();
                self.wrong = Some(tell::expression_in(error, shell.lang()));
                item.error.clone_from(&self.wrong);
                item.error_at = Some(error.at.start + blanks);
            }
            None => {
                item.error = None;
                item.error_at = None;
                item.below = vec![(super::super::segments::sums(&look, shell), Role::Text)];
            }
        }
    }

    fn saved(&self, notice: &Notice, shell: &mut Shell) {
        if let Deed::Defined { id, .. } = &notice.deed {
            shell.tell(self.to.0, Told { part: self.to.1, text: id.to_string() });
        }
    }
}
