//! Manage: what the organisation works by, kind by kind, and a form for each.
//!
//! ```text
//!  ▸ Offers 4        │  name              cost   margin   end        for whom
//!    Programmes 1    │ ▸ Free delivery     120    1,400   1 Mar      stage:at_risk need:delivery
//!    Campaigns 2     │   Router trial       80      900              city:Tehran
//!    ...             │ ──────────────────────────────────────────────────────
//!    Audit log       │  name        Free delivery
//! ```
//! Tab goes from the kinds to the rows and back. Who may not change a kind sees it all the same.

mod draw;
mod forms;
mod kinds;
mod lines;
mod sheet;
mod tables;

use crate::desk::{Answer, ChangeLine, Command, Deed, Heard, Plans, Question, Refusal};
use crate::domain::{Campaign, CampaignKind, CampaignState, DefinitionKind, Role};
use crate::text::SafeText;
use crate::text::words::{frame as f, manage as w};

use super::canvas::{Area, Canvas};
use super::key::Mouse;
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::profile::Profile;
use super::screen::{Screen, Told};
use super::sheet::SheetScreen;
use super::shell::Shell;
use super::table::Column;
use super::toast::Tone;
use kinds::{Entry, Kind};
use sheet::DefinitionSheet;
use tables::TableSheet;

/// The answers this screen waits for.
const PLANS: u8 = 0;
const CHANGES: u8 = 1;
/// What forms tell it.
const SAVED: u8 = 10;
/// What other screens tell it: the machine name of the kind to show.
pub const KIND: u8 = 11;
/// Changes of the audit log that are shown.
const MOST_CHANGES: usize = 500;

/// The screen.
pub struct Manage {
    id: ScreenId,
    plans: Option<Box<Plans>>,
    changes: Vec<ChangeLine>,
    /// Place among the kinds.
    kind: usize,
    /// How many there are of each kind; nothing to count among settings and changes.
    counts: Vec<Option<usize>>,
    /// The rows of that kind.
    rows: Vec<Entry>,
    /// How wide they make their columns.
    columns: Vec<Column<usize>>,
    cursor: usize,
    /// First row seen.
    top: usize,
    /// Keys move in the rows, not in the kinds.
    in_rows: bool,
    error: Option<SafeText>,
    is_stale: bool,
}

/// Opens the form of a new campaign over these customers; `to` is told when it was saved.
pub fn new_campaign(expression: &str, to: ScreenId, part: u8, shell: &mut Shell) {
    let role = shell.status.as_ref().map_or(Role::Agent, |s| s.me.role);
    if role < Role::Supervisor {
        shell.toast_result(&Err(Refusal::NotPermitted { needs: Role::Supervisor }));
        return;
    }
    let mut campaign = Campaign::new("", CampaignKind::Retention);
    expression.clone_into(&mut campaign.segment);
    let sheet = DefinitionSheet::new(DefinitionKind::Campaign, 0, to, part);
    SheetScreen::open(sheet.begun(campaign.into()), shell);
}

/// Opens the form of the settings at one of them.
pub fn open_setting(name: &str, shell: &mut Shell) {
    let role = shell.status.as_ref().map_or(Role::Agent, |s| s.me.role);
    match Kind::Settings.needs().filter(|needs| role < *needs) {
        Some(needs) => shell.toast_result(&Err(Refusal::NotPermitted { needs })),
        None => SheetScreen::open(TableSheet::settings(name), shell),
    }
}

impl Manage {
    pub fn new(shell: &mut Shell) -> Self {
        Self {
            id: shell.new_screen(),
            plans: None,
            changes: Vec::new(),
            kind: 0,
            counts: Vec::new(),
            rows: Vec::new(),
            columns: Vec::new(),
            cursor: 0,
            top: 0,
            in_rows: false,
            error: None,
            is_stale: false,
        }
    }

    fn here(&self) -> Kind {
        Kind::ALL.get(self.kind).copied().unwrap_or(Kind::Audit)
    }

    fn current(&self) -> Option<&Entry> {
        self.rows.get(self.cursor)
    }

    fn ask(&mut self, shell: &mut Shell) {
        self.is_stale = shell.is_waiting(self.id, PLANS);
        if !self.is_stale {
            shell.ask(self.id, PLANS, Question::Plans);
        }
        if self.here() == Kind::Audit {
            shell.ask(self.id, CHANGES, Question::Changes { count: MOST_CHANGES });
        }
    }

    /// Makes the rows anew; the cursor stays with its record.
    fn take(&mut self, shell: &Shell) {
        let key = self.current().map(|row| row.key.clone());
        let Some(plans) = &self.plans else { return };
        self.rows = kinds::entries(self.here(), plans, &self.changes, shell);
        self.columns = draw::columns(self.here(), &self.rows, shell);
        let found = key.and_then(|key| self.rows.iter().position(|row| row.key == key));
        self.move_to(found.unwrap_or(self.cursor), shell);
    }

    fn move_to(&mut self, at: usize, shell: &Shell) {
        self.cursor = at.min(self.rows.len().saturating_sub(1));
        let height = draw::list_rows(self, shell);
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(height));
    }

    fn turn(&mut self, kind: usize, shell: &mut Shell) {
        self.kind = kind.min(Kind::ALL.len() - 1);
        (self.cursor, self.top) = (0, 0);
        self.rows.clear();
        self.take(shell);
        if self.here() == Kind::Audit {
            shell.ask(self.id, CHANGES, Question::Changes { count: MOST_CHANGES });
        }
    }

    fn step(&mut self, action: Action, shell: &mut Shell) -> bool {
        let page = draw::list_rows(self, shell);
        let (at, last) = if self.in_rows {
            (self.cursor, self.rows.len().saturating_sub(1))
        } else {
            (self.kind, Kind::ALL.len() - 1)
        };
        let to = match action {
            Action::Down => at + 1,
            Action::Up => at.saturating_sub(1),
            Action::Top => 0,
            Action::Bottom => last,
            Action::PageDown => at + page,
            Action::PageUp => at.saturating_sub(page),
            _ => return false,
        };
        if self.in_rows {
            self.move_to(to.min(last), shell);
        } else {
            self.turn(to.min(last), shell);
        }
        true
    }

    /// The role that is missing to change this kind; `None` when it may be changed.
    fn lacks(&self, shell: &Shell) -> Option<Role> {
        let role = shell.status.as_ref().map_or(Role::Agent, |s| s.me.role);
        self.here().needs().filter(|needed| role < *needed)
    }

    fn may(&self, shell: &Shell) -> bool {
        self.here().needs().is_some() && self.lacks(shell).is_none()
    }

    fn refuse(&self, shell: &mut Shell) {
        if let Some(needs) = self.lacks(shell) {
            shell.toast_result(&Err(Refusal::NotPermitted { needs }));
        } else {
            let text = shell.say(w::NOT_CHANGED);
            shell.toast(Tone::Note, text);
        }
    }

    fn open(&self, is_new: bool, shell: &mut Shell) {
        // A line of the log leads to whom it is about.
        if self.here() == Kind::Audit && !is_new {
            let line = self.current().and_then(|row| row.key.parse::<u64>().ok());
            let line = line.and_then(|seq| self.changes.iter().find(|line| line.seq == seq));
            if let Some((id, name)) = line.and_then(|line| line.whom.as_ref()) {
                Profile::open(*id, name, shell);
                return;
            }
        }
        if !self.may(shell) || is_new && !self.here().can_add() {
            self.refuse(shell);
            return;
        }
        let key = self.current().map(|row| row.key.clone()).filter(|_| !is_new);
        if key.is_none() && !is_new {
            return;
        }
        match self.here() {
            Kind::Of(kind) => {
                let id = key.and_then(|key| key.parse().ok()).unwrap_or(0);
                SheetScreen::open(DefinitionSheet::new(kind, id, self.id, SAVED), shell);
            }
            Kind::Settings => {
                SheetScreen::open(TableSheet::settings(&key.unwrap_or_default()), shell);
            }
            kind => SheetScreen::open(TableSheet::new(kind, key), shell),
        }
    }

    /// The campaign under the cursor, with its revision.
    fn campaign(&self) -> Option<(Campaign, u64)> {
        let Kind::Of(DefinitionKind::Campaign) = self.here() else { return None };
        let id = self.current()?.key.parse::<u64>().ok()?;
        let all = self.plans.as_ref()?.definitions.campaigns.iter();
        let kept = all.into_iter().find(|kept| kept.record.id.0 == id)?;
        Some((kept.record.clone(), kept.revision))
    }

    /// Starts the campaign under the cursor, or pauses it when it runs.
    fn run_or_pause(&self, shell: &mut Shell) {
        let Some((campaign, base)) = self.campaign() else { return };
        if !self.may(shell) {
            self.refuse(shell);
            return;
        }
        let state = match campaign.state {
            CampaignState::Running => CampaignState::Paused,
            CampaignState::Draft | CampaignState::Paused | CampaignState::Ended => {
                CampaignState::Running
            }
        };
        let definition = Box::new(Campaign { state, ..campaign }.into());
        shell.act(self.id, 0, Command::SaveDefinition { definition, base });
    }

    fn drop_one(&self, shell: &mut Shell) {
        let Kind::Of(kind) = self.here() else {
            let text = shell.say(w::NOT_DROPPED);
            shell.toast(Tone::Note, text);
            return;
        };
        if !self.may(shell) {
            self.refuse(shell);
            return;
        }
        let all = self.plans.as_ref().map(|plans| plans.definitions.all(kind));
        let id = self.current().and_then(|row| row.key.parse::<u64>().ok());
        let kept = all.and_then(|all| all.into_iter().find(|kept| Some(kept.record.id()) == id));
        if let Some(kept) = kept {
            let (id, base) = (kept.record.id(), kept.revision);
            shell.act(self.id, 0, Command::DropDefinition { kind, id, base });
        }
    }
}

impl Screen for Manage {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        if self.here() == Kind::Settings {
            &[Context::Stages, Context::Manage, Context::List]
        } else {
            &[Context::Manage, Context::List]
        }
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(f::MANAGE)
    }

    fn can(&self, action: Action, shell: &Shell) -> bool {
        match action {
            Action::New => self.may(shell) && self.here().can_add(),
            Action::Edit => self.may(shell) && self.current().is_some(),
            Action::RunPause => self.campaign().is_some() && self.may(shell),
            Action::Drop => {
                matches!(self.here(), Kind::Of(_)) && self.may(shell) && self.current().is_some()
            }
            _ => true,
        }
    }

    fn shown(&mut self, shell: &mut Shell) {
        self.ask(shell);
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        if self.step(action, shell) {
            return true;
        }
        match action {
            Action::NextRegion | Action::LastRegion => self.in_rows = !self.in_rows,
            Action::Start => self.in_rows = false,
            Action::End => self.in_rows = true,
            Action::Edit if !self.in_rows => self.in_rows = true,
            Action::Edit => self.open(false, shell),
            Action::New => self.open(true, shell),
            Action::RunPause => self.run_or_pause(shell),
            Action::Drop => self.drop_one(shell),
            _ => return false,
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, area: Area, shell: &mut Shell) {
        match mouse {
            Mouse::Wheel { lines, .. } => {
                let action = if lines < 0 { Action::Up } else { Action::Down };
                for _ in 0..lines.unsigned_abs().min(20) {
                    self.step(action, shell);
                }
            }
            Mouse::Click { x, y } => match draw::place_at(self, area, x, y) {
                Some(draw::Place::Kind(at)) => {
                    self.in_rows = false;
                    self.turn(at, shell);
                }
                Some(draw::Place::Row(at)) if self.in_rows && at == self.cursor => {
                    shell.run_after(Action::Edit);
                }
                Some(draw::Place::Row(at)) => {
                    self.in_rows = true;
                    self.move_to(at, shell);
                }
                None => {}
            },
        }
    }

    fn answered(&mut self, part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        match (part, answer) {
            (PLANS, Ok(Answer::Plans(plans))) => {
                self.error = None;
                let counted = |kind: &Kind| !matches!(kind, Kind::Settings | Kind::Audit);
                let count = |kind| kinds::entries(kind, &plans, &[], shell).len();
                let counts = Kind::ALL.iter().map(|kind| counted(kind).then(|| count(*kind)));
                self.counts = counts.collect();
                self.plans = Some(plans);
                self.take(shell);
                if self.is_stale {
                    self.ask(shell);
                }
            }
            (CHANGES, Ok(Answer::Changes(changes))) => {
                self.changes = changes;
                self.take(shell);
            }
            (_, Err(refusal)) if !matches!(refusal, Refusal::Cancelled) => {
                self.error = Some(shell.refusal(&refusal));
            }
            _ => {}
        }
    }

    fn heard(&mut self, heard: &Heard, shell: &mut Shell) {
        if self.plans.is_none() {
            return;
        }
        let is_now = match heard {
            Heard::Notice(notice) => matches!(
                notice.deed,
                Deed::Defined { .. }
                    | Deed::Configured { .. }
                    | Deed::Undone { .. }
                    | Deed::Redone { .. }
                    | Deed::Closed { .. }
            ),
            Heard::Missed => true,
            Heard::Progress => false,
        };
        if is_now {
            self.ask(shell);
        } else {
            self.is_stale = true;
        }
    }

    fn ticked(&mut self, shell: &mut Shell) {
        if self.is_stale && self.plans.is_some() {
            self.ask(shell);
        }
    }

    fn told(&mut self, told: Told, shell: &mut Shell) {
        if told.part == KIND {
            if let Some(kind) = Kind::ALL.iter().position(|k| k.machine_name() == told.text) {
                self.in_rows = false;
                self.turn(kind, shell);
            }
            return;
        }
        // It is not among the rows yet when it is new: the answer puts the cursor there.
        if told.part == SAVED && !self.rows.iter().any(|row| row.key == told.text) {
            let entry = Entry { key: told.text, cells: Vec::new(), is_off: false };
            self.rows.push(entry);
            self.cursor = self.rows.len() - 1;
            self.in_rows = true;
        }
        self.ask(shell);
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        draw::draw(self, canvas, area, shell);
    }
}
