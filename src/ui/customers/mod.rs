//! The list of all customers: found as one types, filtered, marked, changed in bulk.
//!
//! ```text
//!  / rez                     city:Tehran spent>10m             1,284 of 52,310   worth 41.2 m
//! ─────────────────────────────────────────────────────────────────────────────────────────────
//!    name                    phone             city      stage      last      spent     value
//!  ▸ [Rez]a Karimi           +98 912 123 4567  Tehran    loyal      64 d    182,000    38,200
//!   ●Fa[rez]eh Moradi        ...
//! ```

mod bulk;
mod columns;
mod draw;

use std::collections::BTreeSet;

pub(super) use bulk::owners;

use crate::desk::{Answer, Heard, ListQuery, Listing, Question, Refusal, Row, Whom};
use crate::directory::{Sort, SortField};
use crate::domain::{CustomerId, ExpressionError};
use crate::text::words::{frame as w, housekeeping as h};
use crate::text::{Field, SafeText};

use super::canvas::{Area, Canvas};
use super::customer_form::CustomerSheet;
use super::duplicates::Duplicates;
use super::editor;
use super::frame;
use super::key::{Key, Mouse};
use super::keymap::{Action, Context};
use super::merge::MergePanel;
use super::message::ScreenId;
use super::on_customer;
use super::screen::{Screen, Target, Told};
use super::sheet::SheetScreen;
use super::shell::Shell;
use super::table::{Keyed, Window};
use super::toast::Tone;

impl Keyed for Row {
    fn customer(&self) -> CustomerId {
        self.customer.id
    }
}

/// What takes the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    List,
    Search,
    Expression,
}

/// Which customers are marked.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Marks {
    These(BTreeSet<CustomerId>),
    /// All that match, as the list was asked for.
    All,
}

/// The answers this screen waits for.
const LIST: u8 = 0;
const RANGE: u8 = 1;
const WORDS: u8 = 2;

/// The screen.
pub struct Customers {
    id: ScreenId,
    focus: Focus,
    search: Field,
    expression: Field,
    error: Option<ExpressionError>,
    sort: Sort,
    window: Window<Row>,
    of: usize,
    worth: i64,
    spent: i64,
    marks: Marks,
    /// Where a range was begun.
    range: Option<usize>,
    /// Words that can stand at the end of the expression.
    words: Vec<String>,
    /// Something changed while an answer was awaited.
    is_stale: bool,
    /// Enter was faster than the answer to the last letter.
    is_opening: bool,
    /// The expression it was opened with, which stepping back does not take away.
    home: String,
}

impl Customers {
    pub fn new(shell: &mut Shell) -> Self {
        Self {
            id: shell.new_screen(),
            focus: Focus::List,
            search: Field::new(""),
            expression: Field::new(""),
            error: None,
            sort: Sort::default(),
            window: Window::default(),
            of: 0,
            worth: 0,
            spent: 0,
            marks: Marks::These(BTreeSet::new()),
            range: None,
            words: Vec::new(),
            is_stale: false,
            is_opening: false,
            home: String::new(),
        }
    }

    /// Opens a list of those an expression selects over what is seen.
    pub(super) fn open(expression: &str, shell: &mut Shell) {
        let mut screen = Self::new(shell);
        screen.expression.set(expression);
        expression.clone_into(&mut screen.home);
        shell.push(screen);
    }

    fn ask(&mut self, shell: &mut Shell) {
        self.window.set_height(draw::list_rows(frame::body(shell)));
        let anchor = self.window.anchor();
        let (from, count) = self.window.ask();
        let (text, expression) = (self.search.text().to_owned(), self.expression.text().to_owned());
        let query = ListQuery { text, expression, sort: self.sort, from, count, anchor };
        self.is_stale = false;
        shell.ask(self.id, LIST, Question::List(query));
    }

    /// Another search: the best match comes under the cursor, and marks of the old one go.
    fn restart(&mut self, shell: &mut Shell) {
        self.window.restart();
        self.range = None;
        if self.marks == Marks::All {
            self.marks = Marks::These(BTreeSet::new());
        }
        self.ask(shell);
    }

    fn moved(&mut self, shell: &mut Shell) {
        if self.window.lacks() {
            self.ask(shell);
        }
    }

    fn is_marked(&self, id: CustomerId) -> bool {
        match &self.marks {
            Marks::All => true,
            Marks::These(ids) => ids.contains(&id),
        }
    }

    fn marked(&self) -> usize {
        match &self.marks {
            Marks::All => self.window.total(),
            Marks::These(ids) => ids.len(),
        }
    }

    fn mark(&mut self) {
        let Some(id) = self.window.current().map(Keyed::customer) else { return };
        if self.marks == Marks::All {
            self.marks = Marks::These(BTreeSet::new());
        }
        if let Marks::These(ids) = &mut self.marks
            && !ids.remove(&id)
        {
            ids.insert(id);
        }
        self.window.act(Action::Down);
    }

    fn close_range(&mut self, start: usize, shell: &mut Shell) {
        let (text, expression) = (self.search.text().to_owned(), self.expression.text().to_owned());
        self.range = None;
        let (from, to) = (start.min(self.window.cursor()), start.max(self.window.cursor()));
        let here: Option<Vec<CustomerId>> =
            (from..=to).map(|place| self.window.at(place).map(Keyed::customer)).collect();
        if let Some(ids) = here {
            self.mark_all(ids);
        } else {
            // Longer than what is in memory: the desk knows the rest.
            self.range = Some(start);
            shell.ask(self.id, RANGE, Question::Ids { text, expression, sort: self.sort });
        }
    }

    fn mark_all(&mut self, ids: Vec<CustomerId>) {
        match &mut self.marks {
            Marks::These(marked) => marked.extend(ids),
            Marks::All => {}
        }
    }

    fn take(&mut self, listing: Listing, shell: &mut Shell) {
        self.error = listing.error;
        self.of = listing.of;
        self.worth = listing.worth;
        self.spent = listing.spent;
        self.window.take(listing.rows, listing.from, listing.total, listing.anchor_at);
        if self.is_stale || self.window.lacks() {
            self.ask(shell);
        }
        if std::mem::take(&mut self.is_opening) {
            on_customer::act(self.id, self.target().as_ref(), Action::Open, shell);
        }
    }

    /// Lays the two that are marked side by side.
    fn merge(&self, shell: &mut Shell) {
        let pair = match &self.marks {
            Marks::These(ids) => ids.iter().copied().collect::<Vec<_>>(),
            Marks::All => Vec::new(),
        };
        if let [one, other] = pair[..] {
            MergePanel::open(one, other, shell);
        } else {
            let text = shell.say(h::TWO_MARKED);
            shell.toast(Tone::Note, text);
        }
    }

    fn leave_fields(&mut self) {
        self.focus = Focus::List;
        self.words.clear();
    }

    fn step_back(&mut self, shell: &mut Shell) -> bool {
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
    fn ask_words(&mut self, shell: &mut Shell) {
        let text = self.expression.text();
        let head = text.get(..self.expression.cursor()).unwrap_or(text);
        let word = head.rsplit([' ', '(', ')']).next().unwrap_or_default();
        let word = word.trim_start_matches('-');
        let (field, start) = word.split_once([':', '=']).unwrap_or(("", word));
        let (field, start) = (field.to_owned(), start.trim_start_matches('"').to_owned());
        shell.ask(self.id, WORDS, Question::Complete { field, start });
    }

    fn complete(&mut self, shell: &mut Shell) {
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
}

impl Screen for Customers {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        match self.focus {
            Focus::List => &[Context::Customers, Context::Customer, Context::Marks, Context::List],
            Focus::Search => &[Context::Search],
            Focus::Expression => &[Context::Expression],
        }
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(w::CUSTOMERS)
    }

    fn target(&self) -> Option<Target> {
        match &self.marks {
            Marks::All => {
                let text = self.search.text().to_owned();
                let expression = self.expression.text().to_owned();
                let whom = Whom::Matching { text, expression };
                Some(Target { whom, count: self.window.total(), one: None })
            }
            Marks::These(ids) if !ids.is_empty() => {
                let one = ids.first().filter(|_| ids.len() == 1).and_then(|id| {
                    let row = self.window.rows().iter().find(|r| r.customer.id == *id)?;
                    Some((*id, row.customer.name.clone()))
                });
                let whom = Whom::These(ids.iter().copied().collect());
                Some(Target { whom, count: ids.len(), one })
            }
            Marks::These(_) => {
                self.window.current().map(|row| Target::one(row.customer.id, &row.customer.name))
            }
        }
    }

    fn can(&self, action: Action, _shell: &Shell) -> bool {
        let has_row = self.window.current().is_some();
        match action {
            Action::Open
            | Action::Log
            | Action::LogQuick
            | Action::CallBack
            | Action::Edit
            | Action::Copy => has_row && self.marked() <= 1,
            Action::Tag | Action::Untag | Action::Bulk | Action::Mark | Action::MarkAll => has_row,
            Action::Complete => !self.words.is_empty(),
            Action::Again => true,
            _ => true,
        }
    }

    fn shown(&mut self, shell: &mut Shell) {
        self.ask(shell);
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        // What is done to those who are marked is done to the open range too.
        let on_marked =
            matches!(action, Action::Tag | Action::Untag | Action::Bulk | Action::Again);
        if let Some(start) = self.range.filter(|_| on_marked) {
            self.close_range(start, shell);
            if self.range.is_some() {
                return true; // the desk is asked who the rest are; nothing is done to half of them
            }
        }
        match action {
            Action::Search => self.focus = Focus::Search,
            Action::Filter => {
                self.focus = Focus::Expression;
                self.ask_words(shell);
            }
            Action::StepBack => return self.step_back(shell),
            Action::Open if self.focus == Focus::Search && shell.is_waiting(self.id, LIST) => {
                self.is_opening = true;
            }
            Action::Open if self.marked() == 0 => return false,
            // Enter opens what is under the cursor, whatever is marked.
            Action::Open => {
                if let Some(row) = self.window.current() {
                    let target = Target::one(row.customer.id, &row.customer.name);
                    on_customer::act(self.id, Some(&target), action, shell);
                }
            }
            Action::Complete => self.complete(shell),
            Action::Mark => {
                self.mark();
                self.moved(shell);
            }
            Action::Range => match self.range {
                Some(start) => self.close_range(start, shell),
                None => self.range = Some(self.window.cursor()),
            },
            Action::MarkAll if self.marks == Marks::All => {
                self.marks = Marks::These(BTreeSet::new());
            }
            Action::MarkAll => self.marks = Marks::All,
            Action::Copy => {
                if let Some(row) = self.window.current() {
                    let customer = row.customer.clone();
                    on_customer::copy(&customer, shell);
                }
            }
            Action::New => SheetScreen::open(CustomerSheet::new(self.search.text()), shell),
            Action::Sort => bulk::ask_sort(self.id, self.sort, shell),
            Action::Reverse => {
                self.sort.descending = !self.sort.descending;
                self.ask(shell);
            }
            Action::Duplicates => Duplicates::open(shell),
            Action::Merge => self.merge(shell),
            Action::Columns => bulk::ask_columns(self.id, shell),
            Action::Bulk => match self.target() {
                Some(target) => bulk::ask_change(self.id, &target, shell),
                None => return false,
            },
            _ => {
                if !self.window.act(action) {
                    return false;
                }
                self.moved(shell);
            }
        }
        true
    }

    fn key(&mut self, key: Key, shell: &mut Shell) {
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

    fn pasted(&mut self, text: &str, shell: &mut Shell) {
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

    fn mouse(&mut self, mouse: Mouse, area: Area, shell: &mut Shell) {
        match mouse {
            Mouse::Wheel { lines, .. } => {
                let action = if lines < 0 { Action::Up } else { Action::Down };
                for _ in 0..lines.unsigned_abs().min(20) {
                    self.window.act(action);
                }
            }
            Mouse::Click { y, .. } => {
                let first = area.y + draw::HEAD_ROWS;
                let rows = draw::list_rows(area);
                if y == area.y {
                    self.focus = Focus::Search;
                } else if let Some(line) = y.checked_sub(first).map(usize::from)
                    && line < rows
                {
                    let place = self.window.top_for(rows) + line;
                    if place < self.window.total() {
                        self.leave_fields();
                        self.window.move_to(place);
                    }
                }
            }
        }
        self.moved(shell);
    }

    fn answered(&mut self, part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        match (part, answer) {
            (LIST, Ok(Answer::List(listing))) => self.take(listing, shell),
            (RANGE, Ok(Answer::Ids(ids))) => {
                if let Some(start) = self.range.take() {
                    let cursor = self.window.cursor();
                    let (from, to) = (start.min(cursor), start.max(cursor));
                    self.mark_all(ids.into_iter().skip(from).take(to - from + 1).collect());
                }
            }
            (WORDS, Ok(answer)) => self.words = on_customer::completions(answer),
            (_, Err(Refusal::Expression(error))) => self.error = Some(error),
            (_, Err(refusal)) => shell.toast_result(&Err(refusal)),
            _ => {}
        }
    }

    fn heard(&mut self, _heard: &Heard, shell: &mut Shell) {
        // One question at a time: what happens meanwhile is asked for once, afterwards.
        if shell.is_waiting(self.id, LIST) {
            self.is_stale = true;
        } else {
            self.ask(shell);
        }
    }

    fn told(&mut self, told: Told, shell: &mut Shell) {
        if told.part == bulk::SORT {
            self.sort = bulk::sort_of(&told.text, self.sort);
            self.window.restart();
            self.ask(shell);
        } else if let Some(target) = self.target() {
            bulk::told(self.id, &target, &told, shell);
        } else if told.part == bulk::COLUMNS {
            bulk::keep_columns(self.id, &told.text, shell);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        draw::draw(self, canvas, area, shell);
    }
}

/// The order a list has when none was asked for and nothing is searched.
pub(super) const fn is_best(sort: Sort) -> bool {
    matches!(sort.field, SortField::Best)
}
