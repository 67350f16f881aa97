//! A line of choices, one letter each.
//!
//! ```text
//! ── Add ─────────────────────────────────────────────
//!  [n]eed  [t]aste  [p]urchase ...
//! ```

use crate::text::{SafeText, safe, width};

use super::canvas::{Area, Canvas};
use super::key::Key;
use super::keymap::{self, Action, Context};
use super::message::ScreenId;
use super::panel;
use super::screen::{Screen, Told};
use super::shell::Shell;
use super::theme::Role;

/// One choice: its letter, its machine name, its words.
#[derive(Clone, Debug)]
pub struct Letter {
    pub key: char,
    pub name: String,
    pub label: SafeText,
}

impl Letter {
    pub fn new(key: char, name: &str, label: SafeText) -> Self {
        Self { key, name: name.to_owned(), label }
    }
}

/// A menu; what is chosen is told to the screen that opened it.
pub struct Menu {
    id: ScreenId,
    to: ScreenId,
    part: u8,
    title: SafeText,
    letters: Vec<Letter>,
}

impl Menu {
    pub fn open(to: ScreenId, part: u8, title: SafeText, letters: Vec<Letter>, shell: &mut Shell) {
        let id = shell.new_screen();
        shell.push(Self { id, to, part, title, letters });
    }
}

impl Screen for Menu {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Menu]
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, _shell: &Shell) -> SafeText {
        self.title.clone()
    }

    fn act(&mut self, _action: Action, _shell: &mut Shell) -> bool {
        false
    }

    fn key(&mut self, key: Key, shell: &mut Shell) {
        let Some(typed) = keymap::as_bound(key).writes() else { return };
        let hit = self.letters.iter().find(|l| l.key == typed);
        if let Some(letter) = hit {
            shell.close(self.id);
            shell.tell(self.to, Told { part: self.part, text: letter.name.clone() });
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, _shell: &Shell) {
        let room = area.width.saturating_sub(2);
        let wide = |l: &Letter| width(&l.label) as u16 + 6;
        let mut lines = 1;
        let mut x = 0;
        for letter in &self.letters {
            if x > 0 && x + wide(letter) > room {
                lines += 1;
                x = 0;
            }
            x += wide(letter);
        }
        let inside = panel::foot(canvas, area, lines, &self.title);
        let (mut x, mut row) = (0, 0);
        for letter in &self.letters {
            if x > 0 && x + wide(letter) > room {
                row += 1;
                x = 0;
            }
            let line = inside.line(row);
            if line.is_empty() {
                break;
            }
            let parts = [
                (safe!["[", letter.key, "]"].ltr(), Role::Key),
                (safe![" ", letter.label], Role::Text),
            ];
            canvas.put_parts((line.x + x, line.y), line.width.saturating_sub(x), &parts);
            x += wide(letter);
        }
    }
}
