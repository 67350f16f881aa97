//! Today: what is due, whom to call next, and how the day goes. One key starts the first call.
//!
//! ```text
//!  Due 4                                             │ My day
//!    Reza Karimi     ! 09:30   price of the renewal  │ calls     ████████····  12
//!    Mina Ahmadi       14:00   wants an offer        │ reached   █████·······   7
//! ───────────────────────────────────────────────────│ won       █···········   1
//!  Next best                          worth 184,200  │ promises kept  3 of 7
//!  ▸ Olivia Brown    7,900   71%   stopped buying    │ by hour ▁▃▂▅▃
//! ```

mod draw;

use crate::desk::{Answer, Command, Deed, Heard, Question, QueueRow, Refusal, TaskChange};
use crate::domain::{CustomerId, QueueKind, TaskId};
use crate::text::SafeText;
use crate::text::words::frame as w;

use super::canvas::{Area, Canvas};
use super::key::Mouse;
use super::keymap::{Action, Context};
use super::log;
use super::message::ScreenId;
use super::offer::OfferPanel;
use super::screen::{Screen, Target, Told};
use super::shell::Shell;
use super::snooze;

const DAY: u8 = 0;

/// The screen.
pub struct Today {
    id: ScreenId,
    day: Option<Box<crate::desk::Today>>,
    cursor: usize,
    error: Option<SafeText>,
    /// Whom the menu that is open is about.
    asked: Option<(CustomerId, Option<TaskId>)>,
}

impl Today {
    pub fn new(shell: &mut Shell) -> Self {
        Self { id: shell.new_screen(), day: None, cursor: 0, error: None, asked: None }
    }

    fn ask(&self, shell: &mut Shell) {
        shell.ask(self.id, DAY, Question::Today);
    }

    /// The rows of both lists, what is due first.
    fn rows(&self) -> impl Iterator<Item = &QueueRow> {
        self.day.iter().flat_map(|day| day.due.iter().chain(&day.next))
    }

    fn row(&self) -> Option<&QueueRow> {
        self.rows().nth(self.cursor)
    }

    /// What a row is known by: its task, or its customer.
    fn key(row: &QueueRow) -> (CustomerId, Option<TaskId>) {
        (row.row.customer.id, row.task.as_ref().map(|t| t.id))
    }

    fn take(&mut self, day: Box<crate::desk::Today>) {
        let here = self.row().map(Self::key);
        self.day = Some(day);
        let place = self.rows().position(|row| Some(Self::key(row)) == here);
        let last = self.rows().count().saturating_sub(1);
        self.cursor = place.unwrap_or(self.cursor).min(last);
    }

    fn on_row(&mut self, action: Action, shell: &mut Shell) -> bool {
        let Some(row) = self.row() else { return false };
        let (id, name) = (row.row.customer.id, row.row.customer.name.clone());
        let task = row.task.as_ref().map(|t| t.id);
        self.asked = Some((id, task));
        let queue = if task.is_some() { QueueKind::Callbacks } else { QueueKind::Retention };
        let from = log::From { queue: Some(queue), task, campaign: None };
        match action {
            Action::Log => log::open_from(id, &name, log::Kind::WithNote, from, shell),
            Action::LogQuick => log::open_from(id, &name, log::Kind::Quick, from, shell),
            Action::Offer => OfferPanel::open_from(id, &name, from, shell),
            Action::Snooze => snooze::ask(self.id, &name, shell),
            Action::Finish => {
                if let Some(task) = task {
                    let change = TaskChange::Finish;
                    shell.act(self.id, DAY, Command::ChangeTask { task, change });
                }
            }
            _ => return false,
        }
        true
    }
}

impl Screen for Today {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Today, Context::Customer, Context::List]
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(w::TODAY)
    }

    fn target(&self) -> Option<Target> {
        let customer = &self.row()?.row.customer;
        Some(Target::one(customer.id, &customer.name))
    }

    fn can(&self, action: Action, _shell: &Shell) -> bool {
        match action {
            Action::Finish => self.row().is_some_and(|r| r.task.is_some()),
            Action::Open
            | Action::Log
            | Action::Tag
            | Action::CallBack
            | Action::Edit
            | Action::Snooze => self.row().is_some(),
            _ => true,
        }
    }

    fn shown(&mut self, shell: &mut Shell) {
        self.ask(shell);
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        let last = self.rows().count().saturating_sub(1);
        match action {
            Action::Down => self.cursor = (self.cursor + 1).min(last),
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::Top | Action::PageUp => self.cursor = 0,
            Action::Bottom | Action::PageDown => self.cursor = last,
            Action::NextRegion | Action::LastRegion => {
                let due = self.day.as_ref().map_or(0, |d| d.due.len());
                self.cursor = if self.cursor < due { due.min(last) } else { 0 };
            }
            Action::Correct => log::correct_last(shell),
            _ => return self.on_row(action, shell),
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
                if let Some(place) = draw::place_at(self, area, x, y) {
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
            Ok(Answer::Today(day)) => {
                self.error = None;
                self.take(day);
            }
            Err(refusal) if !matches!(refusal, Refusal::Cancelled) => {
                self.error = Some(shell.refusal(&refusal));
            }
            _ => {}
        }
    }

    fn heard(&mut self, heard: &Heard, shell: &mut Shell) {
        let drafted = matches!(heard, Heard::Notice(n) if matches!(n.deed, Deed::Drafted));
        if !drafted {
            self.ask(shell);
        }
    }

    fn told(&mut self, told: Told, shell: &mut Shell) {
        if let Some(asked) = self.asked {
            snooze::told(self.id, (QueueKind::Retention, None), asked, &told, shell);
        }
    }

    fn ticked(&mut self, shell: &mut Shell) {
        self.ask(shell);
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        draw::draw(self, canvas, area, shell);
    }
}
