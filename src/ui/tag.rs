//! Puts a tag on, or takes one off: type, Enter takes the first that matches or makes a new one.

use crate::desk::{Answer, Change, Question, Refusal};
use crate::domain::{MOST_TAG, Problem, tag_name};
use crate::text::words::frame as w;
use crate::text::{Phrase, SafeText};

use super::canvas::{Area, Canvas};
use super::key::Key;
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::on_customer::{self, name_of};
use super::panel;
use super::picker::{Choice, Picker};
use super::screen::{Screen, Target};
use super::shell::Shell;

/// Tags seen at once.
const ROWS: u16 = 6;

/// A panel that ends in one change of tags.
pub struct TagPanel {
    id: ScreenId,
    from: ScreenId,
    target: Target,
    title: Phrase,
    make: fn(String) -> Change,
    /// New tags can be made (not when one is taken off).
    makes_new: bool,
    known: Vec<String>,
    picker: Picker,
    is_known: bool,
    is_accepted: bool,
}

impl TagPanel {
    pub fn open(from: ScreenId, target: Target, shell: &mut Shell) {
        Self::push(from, target, (w::TAG_TITLE, Change::Tag, true), shell);
    }

    pub fn open_untag(from: ScreenId, target: Target, shell: &mut Shell) {
        Self::push(from, target, (w::UNTAG_TITLE, Change::Untag, false), shell);
    }

    fn push(
        from: ScreenId,
        target: Target,
        (title, make, makes_new): (Phrase, fn(String) -> Change, bool),
        shell: &mut Shell,
    ) {
        let id = shell.new_screen();
        let field = "tag".to_owned();
        shell.ask(id, 0, Question::Complete { field, start: String::new() });
        let (known, picker) = (Vec::new(), Picker::default());
        let (is_known, is_accepted) = (false, false);
        let panel =
            Self { id, from, target, title, make, makes_new, known, picker, is_known, is_accepted };
        shell.push(panel);
    }

    /// The known tags, then what is typed as a new one.
    fn offer(&mut self, shell: &Shell) {
        let mut choices: Vec<Choice> =
            self.known.iter().map(|t| Choice::new(t, SafeText::clean(t))).collect();
        let typed = self.picker.field.text();
        let is_long = typed.chars().count() > MOST_TAG;
        self.picker.why_not = (self.makes_new && is_long && tag_name(typed).is_none()).then(|| {
            crate::desk::tell::problem_in(&Problem::TooLong { most: MOST_TAG }, shell.lang())
        });
        if let Some(new) = tag_name(self.picker.field.text()).filter(|_| self.makes_new)
            && !self.known.contains(&new)
        {
            let label = shell.say_with(w::TAG_NEW, &[("tag", SafeText::clean(&new).into())]);
            choices.push(Choice { always: true, ..Choice::new(&new, label) });
        }
        self.picker.set_choices(choices);
    }

    fn accept(&mut self, shell: &mut Shell) {
        let Some(tag) = self.picker.current().map(|c| c.key.clone()) else { return };
        on_customer::change(self.from, &self.target, (self.make)(tag), shell);
        shell.close(self.id);
    }
}

impl Screen for TagPanel {
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
        shell.say_with(self.title, &[("who", name_of(&self.target, shell).into())])
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        match action {
            Action::Accept if self.is_known => self.accept(shell),
            // Faster than the answer: taken as soon as it is here.
            Action::Accept => self.is_accepted = true,
            Action::Complete => {
                let word = self.picker.current().map(|c| c.key.clone());
                if let Some(word) = word {
                    self.picker.field.set(&word);
                    self.offer(shell);
                }
            }
            _ => return self.picker.act(action),
        }
        true
    }

    fn key(&mut self, key: Key, shell: &mut Shell) {
        self.picker.key(key);
        self.offer(shell);
    }

    fn pasted(&mut self, text: &str, shell: &mut Shell) {
        self.picker.paste(text);
        self.offer(shell);
    }

    fn answered(&mut self, _part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        self.is_known = true;
        match answer {
            Ok(answer) => self.known = on_customer::completions(answer),
            Err(refusal) => shell.toast_result(&Err(refusal)),
        }
        self.offer(shell);
        if self.is_accepted {
            self.accept(shell);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let inside = panel::foot(canvas, area, self.picker.wants(ROWS), &self.title(shell));
        self.picker.draw(canvas, inside, shell);
        if self.picker.choices().is_empty() && inside.height > 1 && self.makes_new {
            let line = inside.line(1);
            canvas.put(
                (line.x, line.y),
                line.width,
                &shell.say(w::TAG_EMPTY),
                super::theme::Role::Dim,
            );
        }
    }
}
