//! Saving a sheet: the checks of its fields, the command, a conflict with somebody else, the draft.

use crate::desk::Refusal;
use crate::domain::{AgentId, Draft};
use crate::text::SafeText;
use crate::text::words::forms as w;

use super::super::shell::Shell;
use super::screen::{LOOK_UP, SAVE, SheetScreen};
use super::{Save, Sheet};

impl<S: Sheet + 'static> SheetScreen<S> {
    pub(super) fn check(&mut self, at: usize, shell: &Shell) {
        let Some(form) = self.form.as_mut() else { return };
        let faults = self.sheet.faults(form, shell);
        let Some(item) = form.items.get_mut(at) else { return };
        item.error = faults.into_iter().find(|(name, _)| *name == item.name).map(|(_, why)| why);
    }

    pub(super) fn save(&mut self, shell: &mut Shell) {
        if self.is_saving {
            return;
        }
        let Some(form) = self.form.as_mut() else { return };
        let mut faults = self.sheet.faults(form, shell);
        for item in &mut form.items {
            let at = faults.iter().position(|(name, _)| *name == item.name);
            item.error = at.map(|at| faults.swap_remove(at).1);
        }
        if let Some(at) = form.items.iter().position(|item| item.error.is_some()) {
            form.focus_on(at);
            return;
        }
        let next = self.sheet.command(form, shell);
        self.go_on(next, shell);
    }

    pub(super) fn go_on(&mut self, next: Result<Save, (String, SafeText)>, shell: &mut Shell) {
        match next {
            Ok(Save::Act(command)) => {
                self.is_saving = true;
                shell.act(self.id, SAVE, command);
            }
            Ok(Save::Ask(question)) => shell.ask(self.id, LOOK_UP, question),
            Err((name, why)) => self.fault(&name, why),
        }
    }

    pub(super) fn fault(&mut self, name: &str, why: SafeText) {
        let Some(form) = self.form.as_mut() else { return };
        form.focus_named(name);
        match form.item_mut(name) {
            Some(item) => item.error = Some(why),
            None => self.note = Some(why),
        }
    }

    pub(super) fn conflict(&mut self, refusal: &Refusal, shell: &Shell) -> bool {
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

    pub(super) fn keep(&self, shell: &Shell) -> Option<Draft> {
        let form = self.form.as_ref().filter(|f| f.is_changed())?;
        let agent = shell.status.as_ref().map_or(AgentId(0), |s| s.me.id);
        Some(Draft { agent, slot: self.sheet.slot()?, fields: form.changes(), at: shell.now })
    }
}
