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
mod list;
mod marks;
mod search;

use std::collections::BTreeSet;

pub(super) use bulk::owners;

use crate::desk::{Answer, Heard, Refusal, Row};
use crate::directory::Sort;
use crate::domain::ExpressionError;
use crate::text::words::frame as w;
use crate::text::{Field, SafeText};

use super::canvas::{Area, Canvas};
use super::customer_form::CustomerSheet;
use super::duplicates::Duplicates;
use super::key::{Key, Mouse};
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::on_customer;
use super::screen::{Screen, Target, Told};
use super::sheet::SheetScreen;
use super::shell::Shell;
use super::table::Window;
use marks::Marks;

/// What takes the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    List,
    Search,
    Expression,
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
        self.meant()
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
        self.write(key, shell);
    }

    fn pasted(&mut self, text: &str, shell: &mut Shell) {
        self.paste(text, shell);
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
