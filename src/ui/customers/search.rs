//! The two fields above the list: the search and the expression, what completes it, and the way back.

use std::collections::BTreeSet;

use crate::desk::Question;

use super::super::editor;
use super::super::key::Key;
use super::super::shell::Shell;
use super::marks::Marks;
use super::{Customers, Focus, WORDS};

impl Customers {
    pub(super) fn leave_fields(&mut self) {
        self.focus = Focus::List;
        self.words.clear();
    }

    pub(super) fn step_back(&mut self, shell: &mut Shell) -> bool {
        if self.focus != Focus::List {
            self.leave_fields();
        } else if self.range.take().is_some() {
        } else if self.marked() > 0 {
            self.marks = Marks::These(BTreeSet::new());
        } else if !self.search.is_empty() {
            self.search.clear();
            self.restart(shell);
        } else if self.expression.text() != self.home {
            self.expression.set(&self.home);
            self.restart(shell);
        } else {
            return false;
        }
        true
    }

    /// The word of the expression the caret stands behind: its field and its start.
    pub(super) fn ask_words(&mut self, shell: &mut Shell) {
        let text = self.expression.text();
        let head = text.get(..self.expression.cursor()).unwrap_or(text);
        let word = head.rsplit([' ', '(', ')']).next().unwrap_or_default();
        let word = word.trim_start_matches('-');
        let (field, start) = word.split_once([':', '=']).unwrap_or(("", word));
        let (field, start) = (field.to_owned(), start.trim_start_matches('"').to_owned());
        shell.ask(self.id, WORDS, Question::Complete { field, start });
    }

    pub(super) fn complete(&mut self, shell: &mut Shell) {
        let Some(word) = self.words.first().cloned() else { return };
        let head = self.expression.text().get(..self.expression.cursor()).unwrap_or_default();
        let head = head.to_owned();
        let start = head.rfind([' ', '(', ')', ':', '=', '-']).map_or(0, |at| at + 1);
        for _ in head.get(start..).unwrap_or_default().chars() {
            self.expression.backspace();
        }
        let is_field = !head.get(..start).unwrap_or_default().ends_with([':', '=']);
        let quoted = if word.contains(' ') && !is_field { format!("\"{word}\"") } else { word };
        self.expression.insert_str(&quoted);
        if is_field && !quoted.ends_with([':', '<', '>', '=']) {
            self.expression.insert(':');
        }
        self.ask_words(shell);
        self.restart(shell);
    }

    /// A key in the field that has the focus.
    pub(super) fn write(&mut self, key: Key, shell: &mut Shell) {
        let dir = shell.dir();
        let changed = match self.focus {
            Focus::List => return,
            Focus::Search => {
                let before = self.search.text().to_owned();
                editor::edit(&mut self.search, editor::seen(key, dir));
                before != self.search.text()
            }
            Focus::Expression => {
                let before = self.expression.text().to_owned();
                editor::edit(&mut self.expression, key);
                self.ask_words(shell);
                before != self.expression.text()
            }
        };
        if changed {
            self.restart(shell);
        }
    }

    pub(super) fn paste(&mut self, text: &str, shell: &mut Shell) {
        match self.focus {
            Focus::Expression => self.expression.insert_str(text),
            // Pasted into the list: a phone or a name to look for.
            Focus::List | Focus::Search => {
                self.focus = Focus::Search;
                self.search.insert_str(text.trim());
            }
        }
        self.restart(shell);
    }
}
