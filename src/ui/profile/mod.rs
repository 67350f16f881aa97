//! Everything about one customer on one screen.
//!
//! ```text
//!  Reza Karimi  loyal        value 38,200   P(alive) 71%   leaves about 14 Dec   profile 80%
//! ───────────────────────────────────────────────────────────────────────────────────────────
//!  who                      │ timeline                          f all │ next
//!  +98 912 123 4567         │ today  call no answer              Sara │ callback tomorrow 10:00
//!  Tehran, Vanak · 41 years │ 12 d   call answered "it is late"   Ali │ value if kept    38,200
//!  need fast delivery ●●●○○ │ 64 d   purchase 1,240  router           │ buys ▁▃▂▅▃▄▂▁▁
//! ```
//! Wide screens show the three regions side by side; at 80 columns `next` shares its place with `who`
//! and comes with Tab; below 60 one region is seen at a time.

mod act;
mod contract_sheet;
mod draw;
mod lines;
mod parts;
mod redeem;
mod sheets;

use crate::desk::{Answer, Command, Deed, Heard, Notice, Question, Refusal};
use crate::domain::CustomerId;
use crate::text::SafeText;
use crate::text::words::{lifecycle as l, profile as w};

use super::canvas::{Area, Canvas};
use super::choose::Line;
use super::erase::ErasePanel;
use super::key::Mouse;
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::on_customer;
use super::screen::{Screen, Target, Told};
use super::shell::Shell;
use super::tell;
use parts::{Item, Region, Shown};

const LOAD: u8 = 0;
const CHANGE: u8 = 1;
const ADD: u8 = 10;
const CLOSE: u8 = 11;

/// The screen.
pub struct Profile {
    id: ScreenId,
    customer: CustomerId,
    name: String,
    known: Option<Box<crate::desk::Profile>>,
    wrong: Option<SafeText>,
    region: Region,
    cursors: [usize; 3],
    shown: Shown,
    /// Who else has just changed the record.
    changed_by: Option<SafeText>,
    is_stale: bool,
}

impl Profile {
    /// Opens a customer over what is seen.
    pub fn open(customer: CustomerId, name: &str, shell: &mut Shell) {
        let id = shell.new_screen();
        shell.push(Self {
            id,
            customer,
            name: name.to_owned(),
            known: None,
            wrong: None,
            region: Region::Timeline,
            cursors: [0; 3],
            shown: Shown::All,
            changed_by: None,
            is_stale: false,
        });
    }

    fn ask(&mut self, shell: &mut Shell) {
        if shell.is_waiting(self.id, LOAD) {
            self.is_stale = true;
        } else {
            shell.ask(self.id, LOAD, Question::Profile(self.customer));
        }
    }

    fn cursor(&self) -> usize {
        self.cursors.get(self.region as usize).copied().unwrap_or_default()
    }

    fn move_by(&mut self, action: Action, shell: &Shell) -> bool {
        let last = lines::of(self, self.region, shell).len().saturating_sub(1);
        let Some(at) = self.cursors.get_mut(self.region as usize) else { return false };
        *at = match action {
            Action::Down => at.saturating_add(1),
            Action::Up => at.saturating_sub(1),
            Action::Top => 0,
            Action::Bottom => last,
            Action::PageDown => at.saturating_add(10),
            Action::PageUp => at.saturating_sub(10),
            _ => return false,
        }
        .min(last);
        true
    }
}

/// Whether a deed can have changed what is seen of a customer.
fn concerns(deed: &Deed, id: CustomerId) -> bool {
    match deed {
        Deed::Created { customer, .. }
        | Deed::Edited { customer, .. }
        | Deed::Noted { customer, .. }
        | Deed::Logged { customer, .. }
        | Deed::Corrected { customer, .. }
        | Deed::TaskChanged { customer, .. }
        | Deed::CaseChanged { customer, .. } => *customer == id,
        Deed::Changed { one: Some((customer, _)), .. } => *customer == id,
        Deed::PutOff { .. }
        | Deed::SegmentSaved { .. }
        | Deed::SegmentDropped { .. }
        | Deed::Configured { .. }
        | Deed::Defined { .. }
        | Deed::Drafted
        | Deed::Begun => false,
        _ => true,
    }
}

impl Screen for Profile {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Profile, Context::Customer, Context::List]
    }

    fn title(&self, _shell: &Shell) -> SafeText {
        SafeText::clean(&self.name)
    }

    fn target(&self) -> Option<Target> {
        Some(Target::one(self.customer, &self.name))
    }

    fn can(&self, action: Action, shell: &Shell) -> bool {
        match action {
            Action::Accept => self.item(shell).is_some(),
            Action::Finish => self.known.as_ref().is_some_and(|p| !p.tasks.is_empty()),
            Action::CloseWinBack => self.known.as_ref().is_some_and(|p| p.win_back.is_some()),
            Action::Redeem => {
                let mut all = self.known.iter().flat_map(|p| &p.memberships);
                all.any(|m| m.balance.points > 0)
            }
            Action::TimelineFilter => self.region == Region::Timeline,
            // Enter opens what is under the cursor; the profile itself is open.
            Action::Open => false,
            _ => true,
        }
    }

    fn shown(&mut self, shell: &mut Shell) {
        self.ask(shell);
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        match action {
            Action::NextRegion => self.region = self.region.step(1),
            Action::LastRegion => self.region = self.region.step(2),
            Action::Accept => self.open_item(shell),
            Action::Open => {}
            Action::TimelineFilter => {
                self.shown = self.shown.next();
                self.region = Region::Timeline;
                self.cursors = [self.cursors[0], 0, self.cursors[2]];
            }
            Action::Add => self.ask_add(shell),
            Action::AddFact => self.add("need", shell),
            Action::AddPerson => self.add("person", shell),
            Action::AddPurchase => self.add("purchase", shell),
            Action::AddTask => self.add("task", shell),
            Action::CloseWinBack => {
                let name = [("name", SafeText::clean(&self.name).isolate().into())];
                let title = shell.say_with(l::CLOSE_TITLE, &name);
                Line::open(self.id, CLOSE, title, "", shell);
            }
            Action::Erase => {
                ErasePanel::open(self.customer, &self.name, Some(self.id), shell);
            }
            Action::AddContract => self.add("contract", shell),
            Action::Finish => self.finish(shell),
            Action::Redeem => self.redeem(shell),
            Action::Drop => self.drop_item(shell),
            Action::Correct => self.correct(shell),
            Action::Copy => match (self.item(shell), &self.known) {
                (Some(Item::Contact(at)), _) => self.copy_contact(at, shell),
                (_, Some(profile)) => on_customer::copy(&profile.customer, shell),
                _ => {}
            },
            _ => return self.move_by(action, shell),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, area: Area, shell: &mut Shell) {
        let (Mouse::Click { x, y } | Mouse::Wheel { x, y, .. }) = mouse;
        let Some((region, line)) = draw::at(self, area, (x, y), shell) else { return };
        self.region = region;
        if let Mouse::Wheel { lines, .. } = mouse {
            let action = if lines < 0 { Action::Up } else { Action::Down };
            for _ in 0..lines.unsigned_abs().min(20) {
                self.move_by(action, shell);
            }
        } else {
            let last = lines::of(self, region, shell).len().saturating_sub(1);
            if let Some(at) = self.cursors.get_mut(region as usize) {
                *at = line.min(last);
            }
        }
    }

    fn answered(&mut self, part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        match (part, answer) {
            (LOAD, Ok(Answer::Profile(profile))) => {
                self.name.clone_from(&profile.customer.name);
                self.known = Some(profile);
                self.wrong = None;
                for region in Region::ALL {
                    let last = lines::of(self, region, shell).len().saturating_sub(1);
                    if let Some(at) = self.cursors.get_mut(region as usize) {
                        *at = (*at).min(last);
                    }
                }
                if std::mem::take(&mut self.is_stale) {
                    self.ask(shell);
                }
            }
            (LOAD, Err(Refusal::NotFound { .. })) => {
                self.known = None;
                self.wrong = Some(shell.say(w::GONE));
            }
            (LOAD, Err(refusal)) => self.wrong = Some(shell.refusal(&refusal)),
            _ => {}
        }
    }

    fn acted(&mut self, _part: u8, result: &Result<Notice, Refusal>, shell: &mut Shell) -> bool {
        if result.is_ok() {
            self.ask(shell);
        }
        false
    }

    fn heard(&mut self, heard: &Heard, shell: &mut Shell) {
        match heard {
            Heard::Notice(notice) => {
                if !concerns(&notice.deed, self.customer) {
                    return;
                }
                let mine = shell.status.as_ref().is_some_and(|s| s.me.id == notice.by);
                if !mine {
                    let by = tell::agent_name(shell, notice.by);
                    self.changed_by = Some(shell.say_with(w::CHANGED_BY, &[("by", by.into())]));
                }
                self.ask(shell);
            }
            Heard::Missed | Heard::Progress => self.ask(shell),
        }
    }

    fn told(&mut self, told: Told, shell: &mut Shell) {
        if told.part == ADD {
            self.add(&told.text, shell);
        } else if told.part == CLOSE {
            let (customer, note) = (self.customer, told.text);
            shell.act(self.id, CHANGE, Command::CloseWinBack { customer, note });
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        draw::draw(self, canvas, area, shell);
    }
}
