//! Work: callbacks and steps of processes, mine, my team's, everybody's, the most urgent first.
//!
//! ```text
//!  Mine 3   Team 7 ! 2   All 21 ! 5
//! ─────────────────────────────────────────────────────────────────────────────────
//!    what                  customer        due           who    │ Reza Karimi  loyal
//!  ▸ Complaint: repay      Reza Karimi     ! today 9:30  Sara   │ Complaint, step 2 of 3
//!    callback              Mina Ahmadi       today 14:00 Sara   │ ✓ listen  Ali  12 Nov
//! ```
//! Late comes first, in the warning colour, and is never left out. The detail follows the cursor.

mod act;
mod draw;

use crate::desk::{Answer, Deed, Heard, Question, Refusal, WorkItem, WorkRow, WorkScope};
use crate::domain::{CaseId, ProcessId, TaskId};
use crate::text::SafeText;
use crate::text::words::frame as w;

use super::canvas::{Area, Canvas};
use super::key::Mouse;
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::screen::{Screen, Target, Told};
use super::shell::Shell;

const LIST: u8 = 0;
/// What other screens tell it: the step whose cases are to be seen, as [`at_step`] writes it.
const STEP: u8 = 20;
/// Rows asked for.
const MOST: usize = 500;

/// What a row is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Task(TaskId),
    Case(CaseId),
}

/// The screen.
pub struct Work {
    id: ScreenId,
    scope: WorkScope,
    /// Only the cases that stand at this step of a process.
    step: Option<(ProcessId, u8)>,
    /// The team's list was shown because nothing was mine.
    is_chosen: bool,
    found: Option<Box<crate::desk::Work>>,
    cursor: usize,
    error: Option<SafeText>,
    /// What the panel that is open is about: the list may move under it.
    asked: Option<WorkRow>,
}

/// Shows the cases of everybody that stand at a step of a process.
pub fn at_step((process, step): (ProcessId, u8), shell: &mut Shell) {
    shell.tab_told(6, Told { part: STEP, text: format!("{process} {step}") });
}

impl Work {
    pub fn new(shell: &mut Shell) -> Self {
        Self {
            id: shell.new_screen(),
            scope: WorkScope::Mine,
            step: None,
            is_chosen: false,
            found: None,
            cursor: 0,
            error: None,
            asked: None,
        }
    }

    fn ask(&self, shell: &mut Shell) {
        let (scope, step) = (self.scope, self.step);
        shell.ask(self.id, LIST, Question::Work { scope, step, count: MOST });
    }

    fn rows(&self) -> &[WorkRow] {
        self.found.as_ref().map_or(&[], |work| work.rows.as_slice())
    }

    fn row(&self) -> Option<&WorkRow> {
        self.rows().get(self.cursor)
    }

    fn key(row: &WorkRow) -> Key {
        match &row.item {
            WorkItem::Task(task) => Key::Task(task.id),
            WorkItem::Step(line) => Key::Case(line.case.id),
        }
    }

    fn take(&mut self, work: Box<crate::desk::Work>) {
        let here = self.row().map(Self::key);
        self.found = Some(work);
        let place = self.rows().iter().position(|row| Some(Self::key(row)) == here);
        let last = self.rows().len().saturating_sub(1);
        self.cursor = place.unwrap_or(self.cursor).min(last);
    }

    fn turn(&mut self, scope: WorkScope, shell: &mut Shell) {
        self.is_chosen = true;
        if scope != self.scope || self.step.is_some() {
            (self.scope, self.step) = (scope, None);
            self.cursor = 0;
            self.ask(shell);
        }
    }

    fn next_scope(&self, by: usize) -> WorkScope {
        let at = usize::from(self.scope.code()) + by;
        WorkScope::ALL.get(at % WorkScope::ALL.len()).copied().unwrap_or(WorkScope::Mine)
    }
}

impl Screen for Work {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Work, Context::Customer, Context::List]
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(w::WORK)
    }

    fn target(&self) -> Option<Target> {
        let customer = &self.row()?.row.customer;
        Some(Target::one(customer.id, &customer.name))
    }

    fn can(&self, action: Action, _shell: &Shell) -> bool {
        let is_step = self.row().is_some_and(|row| matches!(row.item, WorkItem::Step(_)));
        match action {
            Action::Take => is_step,
            Action::Open
            | Action::Log
            | Action::Tag
            | Action::CallBack
            | Action::Edit
            | Action::Finish
            | Action::HandOver
            | Action::Drop
            | Action::StartCase
            | Action::Snooze => self.row().is_some(),
            _ => true,
        }
    }

    fn shown(&mut self, shell: &mut Shell) {
        self.ask(shell);
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        let last = self.rows().len().saturating_sub(1);
        let page = usize::from(shell.size.height / 2).max(1);
        match action {
            Action::Down => self.cursor = (self.cursor + 1).min(last),
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::Top => self.cursor = 0,
            Action::Bottom => self.cursor = last,
            Action::PageDown => self.cursor = (self.cursor + page).min(last),
            Action::PageUp => self.cursor = self.cursor.saturating_sub(page),
            // Leaves the one step first.
            Action::NextRegion | Action::LastRegion | Action::StepBack if self.step.is_some() => {
                self.turn(self.scope, shell);
            }
            Action::NextRegion => self.turn(self.next_scope(1), shell),
            Action::LastRegion => self.turn(self.next_scope(WorkScope::ALL.len() - 1), shell),
            _ => return act::on_row(self, action, shell),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, area: Area, shell: &mut Shell) {
        match mouse {
            Mouse::Wheel { lines, .. } => {
                let action = if lines < 0 { Action::Up } else { Action::Down };
                self.act(action, shell);
            }
            Mouse::Click { x, y } => {
                if let Some(scope) = draw::scope_at(self, area, x, y, shell) {
                    self.turn(scope, shell);
                } else if let Some(place) = draw::place_at(self, area, x, y) {
                    let again = place == self.cursor;
                    self.cursor = place;
                    if again {
                        shell.run_after(Action::Open);
                    }
                }
            }
        }
    }

    fn answered(&mut self, _part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        match answer {
            Ok(Answer::Work(work)) => {
                self.error = None;
                // Until somebody chooses: the team's list where nothing is mine.
                let team = work.sums.iter().any(|(s, n, _)| *s == WorkScope::Team && *n > 0);
                if !self.is_chosen && work.total == 0 && work.scope == WorkScope::Mine && team {
                    self.scope = WorkScope::Team;
                    self.ask(shell);
                }
                self.take(work);
            }
            Err(refusal) if !matches!(refusal, Refusal::Cancelled) => {
                self.error = Some(shell.refusal(&refusal));
            }
            _ => {}
        }
    }

    fn heard(&mut self, heard: &Heard, shell: &mut Shell) {
        let drafted = matches!(heard, Heard::Notice(n) if matches!(n.deed, Deed::Drafted));
        if !drafted && self.found.is_some() {
            self.ask(shell);
        }
    }

    fn told(&mut self, told: Told, shell: &mut Shell) {
        if told.part == STEP {
            let parsed = told.text.split_once(' ');
            let parsed =
                parsed.and_then(|(p, s)| Some((ProcessId(p.parse().ok()?), s.parse().ok()?)));
            (self.scope, self.step, self.is_chosen) = (WorkScope::All, parsed, true);
            (self.cursor, self.found) = (0, None);
            self.ask(shell);
            return;
        }
        act::told(self, &told, shell);
    }

    fn ticked(&mut self, shell: &mut Shell) {
        if self.found.is_some() {
            self.ask(shell);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        draw::draw(self, canvas, area, shell);
    }
}
