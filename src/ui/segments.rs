//! Segments: rules and tags with their figures, and an editor with a live count.

use crate::text::SafeText;
use crate::text::words::frame as w;

use super::canvas::{Area, Canvas};
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::screen::Screen;
use super::shell::Shell;
use super::theme::Role;

/// The screen.
pub struct Segments {
    id: ScreenId,
}

impl Segments {
    pub fn new(shell: &mut Shell) -> Self {
        Self { id: shell.new_screen() }
    }
}

impl Screen for Segments {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Segments]
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(w::SEGMENTS)
    }

    fn act(&mut self, _action: Action, _shell: &mut Shell) -> bool {
        false
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        super::frame::sentence(canvas, area, &self.title(shell), Role::Dim);
    }
}
