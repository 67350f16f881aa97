//! When to call a customer back: one line, read as it is typed.

use crate::desk::Command;
use crate::domain::{AgentId, CustomerId, Task, TaskId, TaskKind, TaskState};
use crate::text::words::frame as w;
use crate::text::{DateError, Field, SafeText, parse_when, safe};

use super::canvas::{Area, Canvas};
use super::editor;
use super::key::Key;
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::panel;
use super::screen::Screen;
use super::shell::Shell;
use super::theme::Role;

/// A panel that ends in a callback.
pub struct WhenPanel {
    id: ScreenId,
    customer: CustomerId,
    name: String,
    field: Field,
}

/// Reads a moment on the agent's wall clock.
pub fn moment(text: &str, shell: &Shell) -> Result<jiff::Timestamp, DateError> {
    let civil = parse_when(text, shell.civil(), shell.calendar(), shell.week())?;
    let zoned = civil.to_zoned(shell.zone().clone());
    zoned.map(|z| z.timestamp()).map_err(|_| DateError::NotADate(text.to_owned()))
}

/// A moment that was understood, beside its field; with a warning when nobody works that day.
pub fn understood(at: jiff::Timestamp, shell: &Shell) -> (SafeText, Role) {
    match shell.day_off(shell.civil_of(at).date()) {
        Some(why) => (safe!["! ", shell.when(at), " · ", why.isolate()], Role::Warning),
        None => (safe!["= ", shell.when(at)], Role::Good),
    }
}

impl WhenPanel {
    pub fn open(customer: CustomerId, name: &str, shell: &mut Shell) {
        let id = shell.new_screen();
        shell.push(Self { id, customer, name: name.to_owned(), field: Field::new("") });
    }
}

impl Screen for WhenPanel {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Prompt]
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, shell: &Shell) -> SafeText {
        let name = SafeText::clean(&self.name);
        shell.say_with(w::CALL_BACK_TITLE, &[("who", name.into())])
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        if action != Action::Accept {
            return false;
        }
        if let Ok(due) = moment(self.field.text(), shell) {
            let task = Task {
                id: TaskId(0),
                customer: self.customer,
                kind: TaskKind::Callback,
                due,
                zone: shell.zone().iana_name().unwrap_or_default().to_owned(),
                owner: shell.status.as_ref().map_or(AgentId(0), |s| s.me.id),
                note: String::new(),
                state: TaskState::Open,
                from: None,
            };
            shell.act(self.id, 0, Command::AddTask(task));
            shell.close(self.id);
        }
        true
    }

    fn key(&mut self, key: Key, shell: &mut Shell) {
        editor::edit(&mut self.field, editor::seen(key, shell.dir()));
    }

    fn pasted(&mut self, text: &str, _shell: &mut Shell) {
        self.field.insert_str(text);
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let inside = panel::foot(canvas, area, 2, &self.title(shell));
        canvas.put_field((inside.x, inside.y), inside.width.min(40), &self.field, true);
        let line = inside.line(1);
        if line.is_empty() {
            return;
        }
        let (text, role) = if self.field.is_empty() {
            (shell.say(w::CALL_BACK_HINT), Role::Dim)
        } else {
            match moment(self.field.text(), shell) {
                Ok(at) => understood(at, shell),
                Err(error) => {
                    (safe!["! ", error.words(shell.calendar(), shell.lang())], Role::Error)
                }
            }
        };
        canvas.put((line.x, line.y), line.width, &text, role);
    }
}
