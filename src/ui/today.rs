//! Today: what is due, whom to call next, how the day goes.

use crate::text::SafeText;
use crate::text::words::frame as w;

use super::canvas::{Area, Canvas};
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::screen::Screen;
use super::shell::Shell;
use super::theme::Role;

/// The screen.
pub struct Today {
    id: ScreenId,
}

impl Today {
    pub fn new(shell: &mut Shell) -> Self {
        Self { id: shell.new_screen() }
    }
}

impl Screen for Today {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Today]
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(w::TODAY)
    }

    fn act(&mut self, _action: Action, _shell: &mut Shell) -> bool {
        false
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        super::frame::sentence(canvas, area, &self.title(shell), Role::Dim);
    }
}
