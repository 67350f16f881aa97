//! Begins a process for a customer: which one, then what it is about.

use crate::desk::{Answer, Command, Question, Refusal};
use crate::domain::{CustomerId, ProcessId};
use crate::text::SafeText;
use crate::text::words::work as w;

use super::canvas::{Area, Canvas};
use super::choose::Line;
use super::frame::sentence;
use super::key::Key;
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::panel;
use super::picker::{Choice, Picker};
use super::screen::{Screen, Told};
use super::shell::Shell;
use super::theme::Role;

/// Processes seen at once.
const ROWS: u16 = 8;
const NOTE: u8 = 1;

/// The panel.
pub struct StartCase {
    id: ScreenId,
    customer: CustomerId,
    name: String,
    picker: Picker,
    is_known: bool,
    chosen: Option<(ProcessId, String)>,
}

impl StartCase {
    pub fn open(customer: CustomerId, name: &str, shell: &mut Shell) {
        let id = shell.new_screen();
        shell.ask(id, 0, Question::Plans);
        let (picker, name) = (Picker::default(), name.to_owned());
        shell.push(Self { id, customer, name, picker, is_known: false, chosen: None });
    }
}

impl Screen for StartCase {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Picker]
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, shell: &Shell) -> SafeText {
        let who = SafeText::clean(&self.name);
        shell.say_with(w::START_TITLE, &[("who", who.into())])
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        if action != Action::Accept {
            return self.picker.act(action);
        }
        let Some(choice) = self.picker.current() else { return true };
        if let Ok(id) = choice.key.parse() {
            self.chosen = Some((ProcessId(id), choice.label.plain().into_owned()));
            let title = shell.say_with(w::ABOUT_TITLE, &[("process", choice.label.clone().into())]);
            Line::open(self.id, NOTE, title, "", shell);
        }
        true
    }

    fn key(&mut self, key: Key, _shell: &mut Shell) {
        self.picker.key(key);
    }

    fn pasted(&mut self, text: &str, _shell: &mut Shell) {
        self.picker.paste(text);
    }

    fn answered(&mut self, _part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        self.is_known = true;
        match answer {
            Ok(Answer::Plans(plans)) => {
                let active = plans.definitions.processes.iter().map(|kept| &kept.record);
                let choices = active.filter(|process| process.active).map(|process| {
                    let first = process.steps.first().map_or("", |step| step.name.as_str());
                    let label = SafeText::clean(&process.name).isolate();
                    Choice::new(&process.id.to_string(), label).with_detail(SafeText::clean(first))
                });
                self.picker.set_choices(choices.collect());
            }
            Err(refusal) => shell.toast_result(&Err(refusal)),
            Ok(_) => {}
        }
    }

    fn told(&mut self, told: Told, shell: &mut Shell) {
        if let Some((process, _)) = self.chosen.take() {
            let (customer, note) = (self.customer, told.text.trim().to_owned());
            shell.act(self.id, 0, Command::StartCase { process, customer, note });
            shell.close(self.id);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let inside = panel::foot(canvas, area, self.picker.wants(ROWS).max(2), &self.title(shell));
        if self.is_known && self.picker.choices().is_empty() {
            sentence(canvas, inside, &shell.say(w::NO_PROCESS), Role::Dim);
            return;
        }
        self.picker.draw(canvas, inside, shell);
    }
}
