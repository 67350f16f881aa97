//! A form: fields one under another, checked when they are left.
//!
//! ```text
//!  name        Reza Karimi
//!  phone       +98 912 123 4567
//!            ! not of the right form
//!  gender    ◂ male ▸
//! ```
//! Knows nothing of what it is about; a [`Sheet`](super::sheet::Sheet) does.

use crate::text::{Bidi, Dir, Field, SafeText, safe, width};

use super::canvas::{Area, Canvas};
use super::editor;
use super::key::{Code, Key};
use super::keymap::Action;
use super::shell::Shell;
use super::theme::Role;

/// Rows a note takes in a form.
const NOTE_ROWS: u16 = 4;

/// How a value is given.
#[derive(Clone, Debug)]
pub enum Entry {
    Line(Field),
    Note(Field),
    /// One of some words: machine name and label.
    Choice {
        options: Vec<(String, SafeText)>,
        at: usize,
    },
}

/// One field of a form.
#[derive(Clone, Debug)]
pub struct Item {
    /// Machine name: drafts and conflicts are kept by it.
    pub name: String,
    pub label: SafeText,
    pub entry: Entry,
    /// What is wrong with it.
    pub error: Option<SafeText>,
    /// What is odd but allowed, or how to fill it in.
    pub hint: SafeText,
    /// What somebody else has written meanwhile, as it would be typed.
    pub theirs: Option<String>,
    /// The byte of the value that the error is about.
    pub error_at: Option<usize>,
    /// What is known of the value, under it while nothing is wrong.
    pub below: Vec<(SafeText, Role)>,
    first: String,
    is_code: bool,
    is_long: bool,
}

impl Item {
    pub fn line(name: &str, label: SafeText, value: &str) -> Self {
        Self::new(name, label, Entry::Line(Field::new(value)))
    }

    pub fn note(name: &str, label: SafeText, value: &str) -> Self {
        Self::new(name, label, Entry::Note(Field::note(value)))
    }

    /// The first option when the value is none of them.
    pub fn choice(
        name: &str,
        label: SafeText,
        options: Vec<(String, SafeText)>,
        value: &str,
    ) -> Self {
        let at = options.iter().position(|(key, _)| key == value).unwrap_or_default();
        Self::new(name, label, Entry::Choice { options, at })
    }

    fn new(name: &str, label: SafeText, entry: Entry) -> Self {
        let mut item = Self {
            name: name.to_owned(),
            label,
            entry,
            error: None,
            hint: SafeText::EMPTY,
            theirs: None,
            error_at: None,
            below: Vec::new(),
            first: String::new(),
            is_code: false,
            is_long: false,
        };
        item.first = item.value().to_owned();
        item
    }

    /// Written from left to right on every screen: phones, addresses of the net, codes, amounts.
    pub fn code(self) -> Self {
        Self { is_code: true, ..self }
    }

    /// As wide as there is room.
    pub fn long(self) -> Self {
        Self { is_long: true, ..self }
    }

    /// Turns [`Item::code`] on or off while the form is open.
    pub fn set_code(&mut self, is_code: bool) {
        self.is_code = is_code;
    }

    pub fn with_hint(self, hint: SafeText) -> Self {
        Self { hint, ..self }
    }

    /// What is in it now.
    pub fn value(&self) -> &str {
        match &self.entry {
            Entry::Line(field) | Entry::Note(field) => field.text(),
            Entry::Choice { options, at } => options.get(*at).map_or("", |(key, _)| key.as_str()),
        }
    }

    /// What was in it at first.
    pub fn first(&self) -> &str {
        &self.first
    }

    pub fn is_changed(&self) -> bool {
        self.value() != self.first
    }

    pub fn set(&mut self, value: &str) {
        match &mut self.entry {
            Entry::Line(field) | Entry::Note(field) => field.set(value),
            Entry::Choice { options, at } => {
                if let Some(found) = options.iter().position(|(key, _)| key == value) {
                    *at = found;
                }
            }
        }
    }

    /// Takes a value as the one it had at first.
    pub fn rebase(&mut self, value: &str) {
        value.clone_into(&mut self.first);
    }

    fn rows(&self) -> u16 {
        let own = if matches!(self.entry, Entry::Note(_)) { NOTE_ROWS } else { 1 };
        // The first line under the value is the error's while there is one.
        let below = (self.below.len() as u16).max(u16::from(self.error.is_some()));
        own + below + u16::from(self.theirs.is_some())
    }
}

/// What the form wants after a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Nothing,
    /// The field at this place was left: check it.
    Check(usize),
    /// Save the whole.
    Save,
}

/// Fields and the one that takes the keys.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub items: Vec<Item>,
    focus: usize,
}

impl Form {
    pub fn new(items: Vec<Item>) -> Self {
        Self { items, focus: 0 }
    }

    pub fn focus(&self) -> usize {
        self.focus
    }

    pub fn focus_on(&mut self, at: usize) {
        self.focus = at.min(self.items.len().saturating_sub(1));
    }

    /// Goes to the field of this name.
    pub fn focus_named(&mut self, name: &str) {
        if let Some(at) = self.items.iter().position(|i| i.name == name) {
            self.focus = at;
        }
    }

    pub fn value(&self, name: &str) -> &str {
        self.items.iter().find(|i| i.name == name).map_or("", Item::value)
    }

    pub fn item_mut(&mut self, name: &str) -> Option<&mut Item> {
        self.items.iter_mut().find(|i| i.name == name)
    }

    pub fn current_mut(&mut self) -> Option<&mut Item> {
        self.items.get_mut(self.focus)
    }

    pub fn is_changed(&self) -> bool {
        self.items.iter().any(Item::is_changed)
    }

    /// Name and value of all fields that were changed: a draft.
    pub fn changes(&self) -> Vec<(String, String)> {
        let changed = self.items.iter().filter(|i| i.is_changed());
        changed.map(|i| (i.name.clone(), i.value().to_owned())).collect()
    }

    /// Puts a draft in; unknown names are left out.
    pub fn restore(&mut self, fields: &[(String, String)]) {
        for (name, value) in fields {
            if let Some(item) = self.item_mut(name) {
                item.set(value);
            }
        }
    }

    pub fn act(&mut self, action: Action) -> Asked {
        let here = self.focus;
        let is_note = matches!(self.items.get(here).map(|i| &i.entry), Some(Entry::Note(_)));
        match action {
            Action::NextField | Action::LastField => self.step(action == Action::NextField),
            Action::Down | Action::Up => {
                if let Some(Item { entry: Entry::Note(field), .. }) = self.items.get_mut(here) {
                    let before = field.cursor();
                    if action == Action::Down {
                        field.down(60);
                    } else {
                        field.up(60);
                    }
                    if field.cursor() != before {
                        return Asked::Nothing;
                    }
                }
                self.step(action == Action::Down);
            }
            Action::Accept if is_note => {
                self.new_line();
                return Asked::Nothing;
            }
            Action::NewLine => {
                self.new_line();
                return Asked::Nothing;
            }
            Action::Accept | Action::Save => return Asked::Save,
            _ => return Asked::Nothing,
        }
        Asked::Check(here)
    }

    pub fn key(&mut self, key: Key) {
        let Some(item) = self.items.get_mut(self.focus) else { return };
        item.error = None;
        item.error_at = None;
        match &mut item.entry {
            Entry::Line(field) | Entry::Note(field) => {
                editor::edit(field, key);
            }
            Entry::Choice { options, at } => {
                let count = options.len().max(1);
                match key.code {
                    Code::Left | Code::Backspace => *at = (*at + count - 1) % count,
                    Code::Right | Code::Char(' ') => *at = (*at + 1) % count,
                    Code::Char(c) => {
                        // The next option that begins with the letter.
                        let starts = |i: &usize| {
                            let label = options.get(i % count).map(|(_, label)| label);
                            label.is_some_and(|l| {
                                crate::text::fold(&l.plain())
                                    .starts_with(&crate::text::fold(&c.to_string()))
                            })
                        };
                        if let Some(found) = (*at + 1..*at + 1 + count).find(starts) {
                            *at = found % count;
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    pub fn paste(&mut self, text: &str) {
        if let Some(Item { entry: Entry::Line(field) | Entry::Note(field), .. }) =
            self.items.get_mut(self.focus)
        {
            field.insert_str(text);
        }
    }

    fn new_line(&mut self) {
        if let Some(Item { entry: Entry::Note(field), .. }) = self.items.get_mut(self.focus) {
            field.insert('\n');
        }
    }

    fn step(&mut self, forward: bool) {
        let count = self.items.len().max(1);
        self.focus = if forward { self.focus + 1 } else { self.focus + count - 1 } % count;
    }

    /// Rows of all fields.
    pub fn wants(&self) -> u16 {
        self.items.iter().map(Item::rows).sum()
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let longest = self.items.iter().map(|i| width(&i.label)).max().unwrap_or_default() as u16;
        let label = longest.min(area.width / 3);
        // Scrolled so that the field with the keys is seen whole.
        let mut first = 0;
        let room = area.height;
        let height_to = |first: usize| -> u16 {
            self.items.iter().take(self.focus + 1).skip(first).map(Item::rows).sum()
        };
        while first < self.focus && height_to(first) > room {
            first += 1;
        }
        let mut row = 0;
        for (i, item) in self.items.iter().enumerate().skip(first) {
            if row >= room {
                break;
            }
            row += draw_item(canvas, area, (row, label), (i == self.focus, item), shell);
        }
    }
}

fn draw_item(
    canvas: &mut Canvas<'_>,
    area: Area,
    (row, label): (u16, u16),
    (has_keys, item): (bool, &Item),
    shell: &Shell,
) -> u16 {
    let y = area.y + row;
    let role = if has_keys { Role::Strong } else { Role::Dim };
    canvas.put((area.x, y), label, &item.label, role);
    let x = area.x + label + 2;
    let wide = area.width.saturating_sub(label + 2);
    let value = if item.is_long { wide } else { wide.min(64) };
    let mut used = 1;
    match &item.entry {
        Entry::Line(field) if item.is_code => canvas.put_code((x, y), value, field, has_keys),
        Entry::Line(field) => canvas.put_field((x, y), value, field, has_keys),
        Entry::Note(field) => {
            used = NOTE_ROWS.min(area.height - row);
            canvas.put_note(Area::new(x, y, wide, used), field, has_keys);
        }
        Entry::Choice { options, at } => {
            let text = options.get(*at).map(|(_, label)| label.clone()).unwrap_or_default();
            canvas
                .tint(Area::new(x, y, value, 1), if has_keys { Role::Focus } else { Role::Field });
            let text = if has_keys { safe!["◂ ", text, " ▸"] } else { text };
            canvas.put((x, y), value, &text, Role::Text);
        }
    }
    if has_keys && !item.hint.is_empty() && wide > value + 3 {
        canvas.put((x + value + 2, y), wide - value - 2, &item.hint, Role::Dim);
    }
    let line = |canvas: &mut Canvas<'_>, used: u16, text: SafeText, role: Role| {
        if row + used < area.height {
            canvas.put((x, y + used), wide, &text, role);
        }
    };
    match (&item.error, column_of_error(item, value)) {
        (Some(error), Some(column)) if row + used < area.height => {
            point(canvas, (x, y + used), (value, column), error);
        }
        (Some(error), _) => line(canvas, used, safe!["! ", error], Role::Error),
        (None, _) => {}
    }
    used += u16::from(item.error.is_some());
    for (text, role) in item.below.iter().skip(usize::from(item.error.is_some())) {
        line(canvas, used, text.clone(), *role);
        used += 1;
    }
    if let Some(theirs) = &item.theirs {
        use crate::text::words::forms as w;
        let label = match &item.entry {
            Entry::Choice { options, .. } => {
                options.iter().find(|(k, _)| k == theirs).map(|(_, l)| l.clone())
            }
            _ => None,
        };
        let theirs = label.unwrap_or_else(|| SafeText::clean(theirs));
        let text = shell.say_with(w::THEIRS, &[("value", theirs.into())]);
        line(canvas, used, safe!["≠ ", text], Role::Warning);
        used += 1;
    }
    used
}

/// The column, from the left of a line of code, of the character an error is about.
fn column_of_error(item: &Item, room: u16) -> Option<u16> {
    let (Some(at), Entry::Line(field), true) = (item.error_at, &item.entry, item.is_code) else {
        return None;
    };
    let wide = |to: usize| width(&SafeText::clean(field.text().get(..to).unwrap_or_default()));
    let caret = field.view(usize::from(room), Dir::Ltr, Bidi::App).cursor;
    // The caret says how far the line is scrolled.
    let column = (caret + wide(at)).saturating_sub(wide(field.cursor()));
    Some((column as u16).min(room.saturating_sub(1)))
}

/// A mark under a character of a line of code, and words beside the mark where they have room.
fn point(
    canvas: &mut Canvas<'_>,
    (x, y): (u16, u16),
    (room, column): (u16, u16),
    words: &SafeText,
) {
    let at = canvas.code_column(x, room, column);
    canvas.put((at, y), 1, &safe!["▲"], Role::Error);
    let line = safe![" ", words, " "];
    let wide = width(&line) as u16;
    let after = (x + room).saturating_sub(at + 1);
    if wide <= after || after >= at - x {
        canvas.put((at + 1, y), after, &line, Role::Error);
    } else {
        let from = at.saturating_sub(wide).max(x);
        canvas.put((from, y), at - from, &line, Role::Error);
    }
}
