//! Queues: whom to call, why, and what it is worth.
//!
//! ```text
//!  Retention 128   Callbacks 7 !                                              worth 184,200
//! ─────────────────────────────────────────────────────────────────────────────────────────
//!    customer        saves   risk   leaves   why                      │ Reza Karimi   loyal
//!  ▸ Reza Karimi    12,400    62%   in 3 w   buys every 21 d, silent  │ Tehran · customer 6 y
//!    Mina Ahmadi     9,850    48%   in 6 w   rank top 5 %             │ value if kept   38,200
//!  not in the queue: 2,104 stay anyway · 311 gone
//! ```
//! The detail follows the cursor; logging advances. Campaigns that run have a row of tabs of their own.

mod act;
mod campaigns;
mod detail;
mod draw;

pub use draw::due;

use crate::desk::{Answer, Deed, Heard, Profile, Question, QueuePage, QueueRow, Refusal};
use crate::domain::{CampaignId, CustomerId, QueueKind, TaskId};
use crate::text::SafeText;
use crate::text::words::frame as w;

use super::canvas::{Area, Canvas};
use super::key::Mouse;
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::screen::{Screen, Target, Told};
use super::shell::Shell;
use super::table::{Keyed, Window};

const PAGE: u8 = 0;
const DETAIL: u8 = 1;

impl Keyed for QueueRow {
    fn customer(&self) -> CustomerId {
        self.row.customer.id
    }
}

/// The screen.
pub struct Queues {
    id: ScreenId,
    kind: QueueKind,
    /// The campaign whose queue is seen.
    campaign: Option<CampaignId>,
    window: Window<QueueRow>,
    /// All of the newest answer but its rows.
    page: Option<QueuePage>,
    detail: Option<Box<Profile>>,
    /// What is told of the one under the cursor may have changed since.
    is_stale: bool,
    error: Option<SafeText>,
    is_fitting: bool,
    /// Whom the menu that is open is about: the queue may move under it.
    asked: Option<(CustomerId, Option<TaskId>)>,
}

impl Queues {
    pub fn new(shell: &mut Shell) -> Self {
        Self {
            id: shell.new_screen(),
            kind: QueueKind::Retention,
            campaign: None,
            window: Window::default(),
            page: None,
            detail: None,
            is_stale: false,
            error: None,
            is_fitting: false,
            asked: None,
        }
    }

    fn ask(&mut self, shell: &mut Shell) {
        self.window.set_height(draw::list_rows(shell, self));
        let (from, count) = self.window.ask();
        let anchor = self.window.anchor();
        let question = match self.campaign {
            Some(campaign) => Question::CampaignQueue { campaign, from, count, anchor },
            None => Question::Queue { kind: self.kind, from, count, anchor },
        };
        shell.ask(self.id, PAGE, question);
    }

    /// Asks for the one under the cursor, if another was shown or something new is known.
    fn follow(&mut self, shell: &mut Shell) {
        let Some(id) = self.window.current().map(Keyed::customer) else {
            self.detail = None;
            return;
        };
        let other = self.detail.as_ref().is_none_or(|d| d.customer.id != id);
        if std::mem::take(&mut self.is_stale) || other {
            shell.ask(self.id, DETAIL, Question::Profile(id));
        }
    }

    fn moved(&mut self, shell: &mut Shell) {
        if self.window.lacks() {
            self.ask(shell);
        }
        self.follow(shell);
    }

    /// The kinds, then the campaigns.
    fn tabs(&self) -> Vec<Tab> {
        let Some(page) = &self.page else { return Vec::new() };
        let kinds = page.sizes.iter().map(|(kind, _)| Tab::Kind(*kind));
        kinds.chain(page.campaigns.iter().map(|tab| Tab::Campaign(tab.id))).collect()
    }

    fn here(&self) -> Tab {
        self.campaign.map_or(Tab::Kind(self.kind), Tab::Campaign)
    }

    fn turn(&mut self, action: Action, shell: &mut Shell) {
        let tabs = self.tabs();
        let at = tabs.iter().position(|tab| *tab == self.here()).unwrap_or(0);
        let step = if action == Action::LastRegion { tabs.len().saturating_sub(1) } else { 1 };
        if let Some(tab) = tabs.get((at + step) % tabs.len().max(1)) {
            self.open_tab(*tab, shell);
        }
    }

    fn open_tab(&mut self, tab: Tab, shell: &mut Shell) {
        if tab == self.here() {
            return;
        }
        match tab {
            Tab::Kind(kind) => (self.kind, self.campaign) = (kind, None),
            Tab::Campaign(id) => self.campaign = Some(id),
        }
        self.window = Window::default();
        self.detail = None;
        self.ask(shell);
    }
}

/// What can be opened in the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Kind(QueueKind),
    Campaign(CampaignId),
}

impl Screen for Queues {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Queue, Context::Customer, Context::List]
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(w::QUEUES)
    }

    fn target(&self) -> Option<Target> {
        let row = self.window.current()?;
        Some(Target::one(row.row.customer.id, &row.row.customer.name))
    }

    fn can(&self, action: Action, _shell: &Shell) -> bool {
        let has_row = self.window.current().is_some();
        match action {
            Action::Fit => self.page.as_ref().is_some_and(|p| !p.fitted),
            Action::CloseWinBack => self.detail.as_ref().is_some_and(|p| p.win_back.is_some()),
            Action::Finish | Action::HandOver => {
                self.window.current().is_some_and(|r| r.task.is_some())
            }
            Action::Open
            | Action::Log
            | Action::Tag
            | Action::CallBack
            | Action::Edit
            | Action::Snooze
            | Action::Skip => has_row,
            _ => true,
        }
    }

    fn shown(&mut self, shell: &mut Shell) {
        self.ask(shell);
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        if self.window.act(action) {
            self.moved(shell);
            return true;
        }
        match action {
            Action::NextRegion | Action::LastRegion => self.turn(action, shell),
            _ => return act::on_row(self, action, shell),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, area: Area, shell: &mut Shell) {
        match mouse {
            Mouse::Wheel { lines, .. } => {
                let by = usize::from(lines.unsigned_abs());
                let at = self.window.cursor();
                let to = if lines < 0 { at.saturating_sub(by) } else { at.saturating_add(by) };
                self.window.move_to(to);
                self.moved(shell);
            }
            Mouse::Click { x, y } => {
                if let Some(tab) = draw::tab_at(self, area, x, y, shell) {
                    self.open_tab(tab, shell);
                } else if let Some(place) = draw::place_at(self, area, x, y) {
                    let again = place == self.window.cursor();
                    self.window.move_to(place);
                    self.moved(shell);
                    if again {
                        shell.run_after(Action::Open);
                    }
                }
            }
        }
    }

    fn answered(&mut self, part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        match (part, answer) {
            (PAGE, Ok(Answer::Queue(mut page))) => {
                self.error = None;
                let rows = std::mem::take(&mut page.rows);
                self.kind = page.kind;
                self.window.take(rows, page.from, page.total, page.anchor_at);
                self.page = Some(*page);
                self.follow(shell);
            }
            (DETAIL, Ok(Answer::Profile(profile))) => self.detail = Some(profile),
            (PAGE, Err(refusal)) if !matches!(refusal, Refusal::Cancelled) => {
                self.error = Some(shell.refusal(&refusal));
            }
            _ => {}
        }
    }

    fn acted(
        &mut self,
        part: u8,
        _result: &Result<crate::desk::Notice, Refusal>,
        _shell: &mut Shell,
    ) -> bool {
        if part == act::FIT {
            self.is_fitting = false;
        }
        false
    }

    fn heard(&mut self, heard: &Heard, shell: &mut Shell) {
        // Scores and answers to offers become known after the screen is open.
        self.is_stale = true;
        if let Heard::Notice(notice) = heard {
            let mine = shell.status.as_ref().is_some_and(|s| s.me.id == notice.by);
            let about = match &notice.deed {
                Deed::Logged { customer, .. } | Deed::TaskChanged { customer, .. } => {
                    Some(*customer)
                }
                Deed::PutOff { one, .. } => one.as_ref().map(|(id, _)| *id),
                _ => None,
            };
            let here = self.window.current().map(Keyed::customer);
            // What was just done moves away from the cursor, not the cursor with it.
            if mine && about.is_some() && about == here {
                self.window.move_to(self.window.cursor().saturating_add(1));
            }
            let detail = self.detail.as_ref().map(|d| d.customer.id);
            if about.is_some() && about == detail {
                self.detail = None;
            }
        }
        self.ask(shell);
    }

    fn told(&mut self, told: Told, shell: &mut Shell) {
        act::told(self, &told, shell);
    }

    fn ticked(&mut self, shell: &mut Shell) {
        if self.kind == QueueKind::Callbacks || self.campaign.is_some() {
            self.ask(shell);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        draw::draw(self, canvas, area, shell);
    }
}
