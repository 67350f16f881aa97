//! The messages of this session, to be read again.

use crate::text::words::frame as w;
use crate::text::{SafeText, safe};

use super::canvas::{Area, Canvas};
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::panel;
use super::screen::Screen;
use super::shell::Shell;
use super::theme::Role;

/// A list of what was told.
pub struct Messages {
    id: ScreenId,
    top: usize,
}

impl Messages {
    pub fn new(shell: &mut Shell) -> Self {
        Self { id: shell.new_screen(), top: 0 }
    }
}

impl Screen for Messages {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Reader]
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(w::MESSAGES_TITLE)
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        let last = shell.toasts.all().count().saturating_sub(1);
        self.top = match action {
            Action::Down => (self.top + 1).min(last),
            Action::Up => self.top.saturating_sub(1),
            Action::PageDown => (self.top + 10).min(last),
            Action::PageUp => self.top.saturating_sub(10),
            _ => return false,
        };
        true
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let inside = panel::whole(canvas, area, &self.title(shell));
        if shell.toasts.last().is_none() {
            super::frame::sentence(canvas, inside, &shell.say(w::NO_MESSAGES), Role::Dim);
        }
        let mut row = 0;
        for toast in shell.toasts.all().skip(self.top) {
            let room = usize::from(inside.width.saturating_sub(10));
            let lines = crate::text::wrap(&toast.text, room.max(1), shell.dir());
            for (i, text) in lines.iter().enumerate() {
                let line = inside.line(row);
                if line.is_empty() {
                    return;
                }
                if i == 0 {
                    canvas.put((line.x, line.y), 6, &shell.clock(toast.at), Role::Dim);
                    canvas.put(
                        (line.x + 7, line.y),
                        1,
                        &safe![toast.tone.sign()],
                        toast.tone.role(),
                    );
                }
                canvas.put((line.x + 9, line.y), line.width.saturating_sub(9), text, Role::Text);
                row += 1;
            }
        }
    }
}
