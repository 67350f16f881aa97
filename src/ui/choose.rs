//! Panels that ask for one thing and tell it to the screen that opened them: a choice of a list, or a
//! line of text.

use crate::text::{Field, SafeText};

use super::canvas::{Area, Canvas};
use super::editor;
use super::key::Key;
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::panel;
use super::picker::{Choice, Picker};
use super::screen::{Screen, Told};
use super::shell::Shell;
use super::theme::Role;

/// Choices seen at once.
const ROWS: u16 = 12;

/// How many are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Many {
    One,
    Several,
}

/// A list to choose from.
pub struct Choose {
    id: ScreenId,
    to: ScreenId,
    part: u8,
    title: SafeText,
    picker: Picker,
    many: Many,
}

impl Choose {
    /// Tells the key of the one that is chosen.
    pub fn one(to: ScreenId, part: u8, title: SafeText, choices: Vec<Choice>, shell: &mut Shell) {
        Self::open(to, part, title, (choices, Many::One), shell);
    }

    /// Tells the keys of those that are on, with commas between.
    pub fn several(
        to: ScreenId,
        part: u8,
        title: SafeText,
        choices: Vec<Choice>,
        shell: &mut Shell,
    ) {
        Self::open(to, part, title, (choices, Many::Several), shell);
    }

    fn open(
        to: ScreenId,
        part: u8,
        title: SafeText,
        (choices, many): (Vec<Choice>, Many),
        shell: &mut Shell,
    ) {
        let id = shell.new_screen();
        shell.push(Self { id, to, part, title, picker: Picker::new(choices), many });
    }

    fn done(&self, text: String, shell: &mut Shell) {
        shell.close(self.id);
        shell.tell(self.to, Told { part: self.part, text });
    }
}

impl Screen for Choose {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        match self.many {
            Many::One => &[Context::Picker],
            Many::Several => &[Context::Choices, Context::Picker],
        }
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, _shell: &Shell) -> SafeText {
        self.title.clone()
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        match (self.many, action) {
            (Many::One, Action::Accept) => {
                if let Some(choice) = self.picker.current() {
                    self.done(choice.key.clone(), shell);
                }
            }
            (Many::Several, Action::Toggle) => self.picker.toggle(),
            (Many::Several, Action::Accept | Action::Save) => {
                let on = self.picker.choices().iter().filter(|c| c.on == Some(true));
                let keys: Vec<&str> = on.map(|c| c.key.as_str()).collect();
                self.done(keys.join(","), shell);
            }
            _ => return self.picker.act(action),
        }
        true
    }

    fn key(&mut self, key: Key, _shell: &mut Shell) {
        if self.many == Many::Several && key.writes() == Some(' ') {
            self.picker.toggle();
        } else {
            self.picker.key(key);
        }
    }

    fn pasted(&mut self, text: &str, _shell: &mut Shell) {
        self.picker.paste(text);
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let inside = panel::foot(canvas, area, self.picker.wants(ROWS), &self.title);
        self.picker.draw(canvas, inside, shell);
    }
}

/// A line to fill in.
pub struct Line {
    id: ScreenId,
    to: ScreenId,
    part: u8,
    title: SafeText,
    field: Field,
}

impl Line {
    /// Tells what was typed.
    pub fn open(to: ScreenId, part: u8, title: SafeText, value: &str, shell: &mut Shell) {
        let id = shell.new_screen();
        shell.push(Self { id, to, part, title, field: Field::new(value) });
    }
}

impl Screen for Line {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Prompt]
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, _shell: &Shell) -> SafeText {
        self.title.clone()
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        if action == Action::Accept {
            shell.close(self.id);
            let text = self.field.text().to_owned();
            shell.tell(self.to, Told { part: self.part, text });
        }
        action == Action::Accept
    }

    fn key(&mut self, key: Key, shell: &mut Shell) {
        editor::edit(&mut self.field, editor::seen(key, shell.dir()));
    }

    fn pasted(&mut self, text: &str, _shell: &mut Shell) {
        self.field.insert_str(text);
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, _shell: &Shell) {
        let inside = panel::foot(canvas, area, 1, &self.title);
        canvas.tint(inside, Role::Text);
        canvas.put_field((inside.x, inside.y), inside.width, &self.field, true);
    }
}
