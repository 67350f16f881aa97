//! A list to choose from by typing: fuzzy, the best first, Enter takes it.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::text::words::frame as w;
use crate::text::{Field, SafeText, fold, safe, swap_layout};

use super::canvas::{Area, Canvas};
use super::editor;
use super::key::Key;
use super::keymap::Action;
use super::shell::Shell;
use super::theme::Role;

/// Something to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Machine name.
    pub key: String,
    pub label: SafeText,
    /// At the end of the line, dim: a key, a number.
    pub detail: SafeText,
    /// On or off, when several are chosen.
    pub on: Option<bool>,
    /// Offered last even when it does not match.
    pub always: bool,
}

impl Choice {
    pub fn new(key: &str, label: SafeText) -> Self {
        Self { key: key.to_owned(), label, detail: SafeText::EMPTY, on: None, always: false }
    }

    pub fn with_detail(self, detail: SafeText) -> Self {
        Self { detail, ..self }
    }
}

/// What is typed, what there is, what of it matches.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    pub field: Field,
    choices: Vec<Choice>,
    found: Vec<Found>,
    cursor: usize,
    /// Why what is typed cannot be chosen, when that is known.
    pub why_not: Option<SafeText>,
}

#[derive(Clone, Debug)]
struct Found {
    at: usize,
    matches: Vec<Range<u32>>,
}

impl Picker {
    pub fn new(choices: Vec<Choice>) -> Self {
        let mut picker = Self { choices, ..Self::default() };
        picker.search();
        picker
    }

    /// Puts other choices in; what is typed stays.
    pub fn set_choices(&mut self, choices: Vec<Choice>) {
        self.choices = choices;
        self.search();
    }

    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The choice under the cursor.
    pub fn current(&self) -> Option<&Choice> {
        self.found.get(self.cursor).and_then(|f| self.choices.get(f.at))
    }

    /// Turns the choice under the cursor on or off.
    pub fn toggle(&mut self) {
        let at = self.found.get(self.cursor).map(|f| f.at);
        if let Some(choice) = at.and_then(|at| self.choices.get_mut(at)) {
            choice.on = choice.on.map(|on| !on);
        }
    }

    /// Moves the cursor; false when the action is no move.
    pub fn act(&mut self, action: Action) -> bool {
        let last = self.found.len().saturating_sub(1);
        self.cursor = match action {
            Action::Down if self.cursor == last => 0,
            Action::Down => self.cursor + 1,
            Action::Up if self.cursor == 0 => last,
            Action::Up => self.cursor - 1,
            Action::PageDown => (self.cursor + 8).min(last),
            Action::PageUp => self.cursor.saturating_sub(8),
            _ => return false,
        };
        true
    }

    /// A key in the search line.
    pub fn key(&mut self, key: Key) -> bool {
        let is_known = editor::edit(&mut self.field, key);
        self.search();
        is_known
    }

    pub fn paste(&mut self, text: &str) {
        self.field.insert_str(text);
        self.search();
    }

    /// Rows it would like to have.
    pub fn wants(&self, most: u16) -> u16 {
        (self.choices.len().max(1) as u16).saturating_add(1).min(most)
    }

    /// The search line, then the choices.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let (line, list) = area.split_top(1);
        if line.is_empty() {
            return;
        }
        canvas.put((line.x, line.y), 1, &safe!["/"], Role::Key);
        let room = line.width.saturating_sub(2);
        canvas.put_field((line.x + 2, line.y), room, &self.field, true);
        if self.found.is_empty() && !list.is_empty() {
            let (words, role) = match &self.why_not {
                Some(why) => (why.clone(), Role::Error),
                None => (shell.say(w::NO_MATCH), Role::Dim),
            };
            canvas.put((list.x + 2, list.y), list.width.saturating_sub(2), &words, role);
        }
        let height = usize::from(list.height);
        let top = (self.cursor + 1).saturating_sub(height);
        for (i, found) in self.found.iter().enumerate().skip(top).take(height) {
            let Some(choice) = self.choices.get(found.at) else { continue };
            let row = list.line((i - top) as u16);
            let mut x = row.x;
            if i == self.cursor {
                canvas.tint(row, Role::Selected);
                canvas.put((x, row.y), 1, &safe!["▸"], Role::Accent);
            }
            x += 2;
            if let Some(on) = choice.on {
                canvas.put((x, row.y), 1, &safe![if on { '●' } else { '○' }], Role::Text);
                x += 2;
            }
            let room = row.width.saturating_sub(x - row.x);
            let taken =
                canvas.put_matched((x, row.y), room, &choice.label, Role::Text, &found.matches);
            let rest = room.saturating_sub(taken + 2);
            canvas.put_end((x + taken + 1, row.y), rest, &choice.detail, Role::Dim);
        }
    }

    fn search(&mut self) {
        let typed = fold(self.field.text());
        let swapped = swap_layout(self.field.text()).map(|s| fold(&s));
        let matcher = SkimMatcherV2::default();
        let mut scored: Vec<(i64, Found)> = Vec::new();
        for (at, choice) in self.choices.iter().enumerate() {
            if typed.is_empty() {
                scored.push((0, Found { at, matches: Vec::new() }));
                continue;
            }
            let label = fold(&choice.label.plain());
            let hit = matcher.fuzzy_indices(&label, &typed);
            let hit = hit.map(|(score, places)| (score + prefix_bonus(&label, &typed), places));
            let other = || swapped.as_ref().and_then(|s| matcher.fuzzy_indices(&label, s));
            let by_key =
                || matcher.fuzzy_indices(&choice.key, &typed).map(|(s, _)| (s / 2, vec![]));
            if let Some((score, places)) = hit.or_else(other).or_else(by_key) {
                let matches = matches_in(&choice.label, &label, &places);
                scored.push((score, Found { at, matches }));
            } else if choice.always {
                scored.push((i64::MIN, Found { at, matches: Vec::new() }));
            }
        }
        scored.sort_by_key(|(score, found)| (std::cmp::Reverse(*score), found.at));
        self.found = scored.into_iter().map(|(_, found)| found).collect();
        self.cursor = 0;
    }
}

/// What begins with what was typed stands before what merely contains it.
fn prefix_bonus(label: &str, typed: &str) -> i64 {
    if label == typed {
        2_000
    } else if label.starts_with(typed) {
        1_000
    } else {
        0
    }
}

/// The bytes of the label that match, when folding kept its letters one to one.
fn matches_in(label: &SafeText, folded: &str, places: &[usize]) -> Vec<Range<u32>> {
    let text = label.as_str();
    if text.chars().count() != folded.chars().count() {
        return Vec::new();
    }
    let spans = text.char_indices().enumerate().filter(|(i, _)| places.contains(i));
    spans.map(|(_, (at, c))| at as u32..(at + c.len_utf8()) as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(labels: &[&str], typed: &str, want: Option<&str>) {
        let all = labels.iter().map(|l| Choice::new(l, SafeText::clean(l))).collect();
        let mut picker = Picker::new(all);
        typed.chars().for_each(|c| {
            picker.key(Key::char(c));
        });
        assert_eq!(picker.current().map(|c| c.key.as_str()), want, "{typed}");
    }

    #[test]
    fn two_letters_find_the_tag() {
        let tags = ["new-fibre", "vip", "fibre", "churned"];
        check(&tags, "fi", Some("fibre"));
        check(&tags, "VI", Some("vip"));
        check(&tags, "hd", Some("churned"));
        check(&tags, "zz", None);
        // Typed with the Persian layout on.
        check(&tags, "رهح", Some("vip"));
        check(&["وفادار", "تازه"], "وف", Some("وفادار"));
    }
}
