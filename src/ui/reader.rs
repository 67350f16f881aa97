//! Something longer to read: a note, the lines of a purchase.

use crate::text::{SafeText, wrap};

use super::canvas::{Area, Canvas};
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::panel;
use super::screen::Screen;
use super::shell::Shell;
use super::theme::Role;

/// A panel of lines.
pub struct Reader {
    id: ScreenId,
    title: SafeText,
    lines: Vec<SafeText>,
    top: usize,
}

impl Reader {
    pub fn open(title: SafeText, lines: Vec<SafeText>, shell: &mut Shell) {
        let id = shell.new_screen();
        shell.push(Self { id, title, lines, top: 0 });
    }
}

impl Screen for Reader {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Reader]
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, _shell: &Shell) -> SafeText {
        self.title.clone()
    }

    fn act(&mut self, action: Action, _shell: &mut Shell) -> bool {
        let last = self.lines.len().saturating_sub(1);
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
        let room = usize::from(area.width.saturating_sub(2)).max(1);
        let dir = shell.dir();
        let rows: Vec<SafeText> =
            self.lines.iter().skip(self.top).flat_map(|line| wrap(line, room, dir)).collect();
        let wanted = (rows.len() as u16).clamp(2, 16);
        let inside = panel::foot(canvas, area, wanted, &self.title);
        for (i, text) in rows.iter().take(usize::from(inside.height)).enumerate() {
            let line = inside.line(i as u16);
            canvas.put((line.x, line.y), line.width, text, Role::Text);
        }
    }
}
