//! Keys of this place, and every command of it: both from the keymap, both searched and run.

use crate::text::words::frame as w;
use crate::text::{Phrase, SafeText};

use super::canvas::{Area, Canvas};
use super::key::Key;
use super::keymap::{self, Action, Context};
use super::message::ScreenId;
use super::model::{Model, TABS};
use super::panel;
use super::picker::{Choice, Picker};
use super::program::contexts;
use super::screen::Screen;
use super::shell::Shell;

/// Help or palette.
pub struct Help {
    id: ScreenId,
    title: Phrase,
    picker: Picker,
    actions: Vec<Action>,
}

impl Help {
    /// The keys of this place.
    pub(super) fn keys(model: &mut Model) -> Self {
        Self::of(model, w::HELP_TITLE)
    }

    /// Everything that can be done here.
    pub(super) fn palette(model: &mut Model) -> Self {
        Self::of(model, w::PALETTE_TITLE)
    }

    fn of(model: &mut Model, title: Phrase) -> Self {
        let mut choices = Vec::new();
        let mut actions = Vec::new();
        for binding in keymap::bindings(&contexts(model)) {
            let shell = model.shell();
            let is_tab = |d: u8| TABS.iter().any(|t| t.digit == d);
            let exists = !matches!(binding.action, Action::Tab(d) if !is_tab(d));
            let means = model.top().is_none_or(|top| top.can(binding.action, shell));
            if !(exists && means) {
                continue;
            }
            let key = SafeText::clean(&keymap::label(binding.key)).ltr();
            let english = binding.help.str(crate::text::Lang::En);
            let label = shell.say(binding.help);
            choices.push(Choice::new(english, label).with_detail(key));
            actions.push(binding.action);
        }
        // Commands are found again by their place.
        for (i, choice) in choices.iter_mut().enumerate() {
            choice.key = format!("{} #{i}", choice.key);
        }
        let id = model.shell.new_screen();
        Self { id, title, picker: Picker::new(choices), actions }
    }

    fn chosen(&self) -> Option<Action> {
        let key = &self.picker.current()?.key;
        let place: usize = key.rsplit_once('#')?.1.parse().ok()?;
        self.actions.get(place).copied()
    }
}

impl Screen for Help {
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
        shell.say(self.title)
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        if action == Action::Accept {
            shell.close(self.id);
            if let Some(chosen) = self.chosen() {
                shell.run_after(chosen);
            }
            return true;
        }
        self.picker.act(action)
    }

    fn key(&mut self, key: Key, _shell: &mut Shell) {
        self.picker.key(key);
    }

    fn pasted(&mut self, text: &str, _shell: &mut Shell) {
        self.picker.paste(text);
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let inside = panel::whole(canvas, area, &self.title(shell));
        self.picker.draw(canvas, inside, shell);
    }
}
