//! Queues: whom to call, why, and what it is worth.

use crate::text::SafeText;
use crate::text::words::frame as w;

use super::canvas::{Area, Canvas};
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::screen::Screen;
use super::shell::Shell;
use super::theme::Role;

/// The screen.
pub struct Queues {
    id: ScreenId,
}

impl Queues {
    pub fn new(shell: &mut Shell) -> Self {
        Self { id: shell.new_screen() }
    }
}

impl Screen for Queues {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Queue]
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(w::QUEUES)
    }

    fn act(&mut self, _action: Action, _shell: &mut Shell) -> bool {
        false
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        super::frame::sentence(canvas, area, &self.title(shell), Role::Dim);
    }
}
