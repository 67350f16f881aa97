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

mod contract_sheet;
mod draw;
mod lines;
mod redeem;
mod sheets;

use crate::desk::{Answer, Command, Deed, Heard, Notice, Question, Refusal, TaskChange};
use crate::domain::{CustomerId, Fact, FactKind, InteractionId, PurchaseId, RelationId, TaskId};
use crate::text::words::{lifecycle as l, profile as w};
use crate::text::{Phrase, SafeText};

use super::canvas::{Area, Canvas};
use super::choose::Line;
use super::erase::ErasePanel;
use super::key::Mouse;
use super::keymap::{Action, Context};
use super::log;
use super::menu::{Letter, Menu};
use super::message::{Effect, ScreenId};
use super::on_customer;
use super::reader::Reader;
use super::screen::{Screen, Target, Told};
use super::sheet::SheetScreen;
use super::shell::Shell;
use super::tell;
use super::terms;
use super::toast::Tone;
use contract_sheet::ContractSheet;
use redeem::RedeemSheet;
use sheets::{FactSheet, PersonSheet, PurchaseSheet, TaskSheet};

/// What a line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Contact(usize),
    Fact(FactAt),
    Relation(RelationId),
    Interaction(InteractionId),
    Purchase(PurchaseId),
    /// A contract by its place in the profile.
    Contract(usize),
    Task(TaskId),
}

/// A fact by its place in the profile.
type FactAt = usize;

/// The three regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Region {
    Who,
    Timeline,
    Next,
}

impl Region {
    const ALL: [Region; 3] = [Region::Who, Region::Timeline, Region::Next];

    fn step(self, by: usize) -> Self {
        let at = (self as usize + by) % Self::ALL.len();
        Self::ALL.get(at).copied().unwrap_or(self)
    }
}

/// What the timeline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    All,
    Talks,
    Buys,
    Notes,
}

impl Shown {
    const fn next(self) -> Self {
        match self {
            Self::All => Self::Talks,
            Self::Talks => Self::Buys,
            Self::Buys => Self::Notes,
            Self::Notes => Self::All,
        }
    }

    const fn name(self) -> Phrase {
        match self {
            Self::All => w::EVERYTHING,
            Self::Talks => w::TALKS,
            Self::Buys => w::BUYS,
            Self::Notes => w::NOTES,
        }
    }
}

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

    fn item(&self, shell: &Shell) -> Option<Item> {
        lines::of(self, self.region, shell).get(self.cursor()).and_then(|l| l.item)
    }

    fn open_item(&mut self, shell: &mut Shell) {
        let Some(profile) = &self.known else { return };
        match self.item(shell) {
            Some(Item::Contact(at)) => self.copy_contact(at, shell),
            Some(Item::Fact(at)) => {
                if let Some(fact) = profile.facts.get(at) {
                    let sheet = FactSheet::new(fact.clone(), &self.name);
                    SheetScreen::open(sheet, shell);
                }
            }
            Some(Item::Relation(id)) => {
                let other = profile.relations.iter().find(|(r, ..)| r.id == id);
                if let Some((_, other, name)) = other {
                    Profile::open(*other, name, shell);
                }
            }
            Some(Item::Interaction(id)) => {
                let found = profile.interactions.iter().find(|(i, _)| i.id == id);
                if let Some((interaction, agent)) = found {
                    let (title, text) =
                        lines::interaction_in_full(interaction, agent, profile, shell);
                    Reader::open(title, text, shell);
                }
            }
            Some(Item::Purchase(id)) => {
                if let Some(purchase) = profile.purchases.iter().find(|p| p.id == id) {
                    let (title, text) = lines::purchase_in_full(purchase, profile, shell);
                    Reader::open(title, text, shell);
                }
            }
            Some(Item::Contract(at)) => {
                if let Some(contract) = profile.subscriptions.get(at) {
                    let product = profile.products.iter().find(|p| Some(p.id) == contract.product);
                    let sku = product.map_or("", |p| &p.sku);
                    let sheet = ContractSheet::new(contract.clone(), sku, &self.name);
                    SheetScreen::open(sheet, shell);
                }
            }
            Some(Item::Task(id)) => {
                if let Some(task) = profile.tasks.iter().find(|t| t.id == id) {
                    Reader::open(
                        lines::task_title(task, shell),
                        SafeText::clean_lines(&task.note).iter().map(SafeText::isolate).collect(),
                        shell,
                    );
                }
            }
            None => {}
        }
    }

    fn copy_contact(&self, at: usize, shell: &mut Shell) {
        let Some(profile) = &self.known else { return };
        if let Some(contact) = profile.customer.contacts.get(at) {
            shell.effect(Effect::Copy(contact.value.clone()));
            let what = SafeText::clean(&contact.value).ltr();
            let text = shell.say_with(crate::text::words::frame::COPIED, &[("what", what.into())]);
            shell.toast(Tone::Note, text);
        }
    }

    /// The task under the cursor, or else the first.
    fn finish(&mut self, shell: &mut Shell) {
        let first = self.known.as_ref().and_then(|p| p.tasks.first()).map(|t| t.id);
        let here = match self.item(shell) {
            Some(Item::Task(id)) => Some(id),
            _ => first,
        };
        match here {
            Some(task) => {
                let change = TaskChange::Finish;
                shell.act(self.id, CHANGE, Command::ChangeTask { task, change });
            }
            None => note(shell, w::TASK_GONE),
        }
    }

    fn drop_item(&mut self, shell: &mut Shell) {
        let Some(profile) = &self.known else { return };
        let command = match self.item(shell) {
            Some(Item::Fact(at)) => {
                profile.facts.get(at).map(|f| Command::DropFact(self.customer, f.id))
            }
            Some(Item::Relation(id)) => profile
                .relations
                .iter()
                .find(|(r, ..)| r.id == id)
                .map(|(r, ..)| Command::Unrelate { from: r.from, relation: id }),
            Some(Item::Task(task)) => Some(Command::ChangeTask { task, change: TaskChange::Drop }),
            Some(Item::Contract(at)) => {
                let contract = profile.subscriptions.get(at);
                contract.map(|s| Command::DropSubscription(self.customer, s.id))
            }
            _ => None,
        };
        match command {
            Some(command) => shell.act(self.id, CHANGE, command),
            None => note(shell, w::NOT_HERE),
        }
    }

    /// The interaction under the cursor, or else the newest with an outcome.
    fn correct(&mut self, shell: &mut Shell) {
        let Some(profile) = &self.known else { return };
        let newest = profile.interactions.iter().find(|(i, _)| !i.outcome.is_empty());
        let wrong = match self.item(shell) {
            Some(Item::Interaction(id)) => Some(id),
            _ => newest.map(|(i, _)| i.id),
        };
        match wrong {
            Some(wrong) => log::open_correction(self.customer, &self.name, wrong, shell),
            None => note(shell, w::NO_TALK),
        }
    }

    fn add(&mut self, what: &str, shell: &mut Shell) {
        let (id, name) = (self.customer, self.name.clone());
        match what {
            "person" => SheetScreen::open(PersonSheet::new(id, &name), shell),
            "purchase" => {
                let products = self.known.as_ref().map(|p| p.products.clone()).unwrap_or_default();
                SheetScreen::open(PurchaseSheet::new(id, &name, products), shell);
            }
            "task" => SheetScreen::open(TaskSheet::new(id, &name), shell),
            "contract" => {
                let sheet = ContractSheet::begun(id, &name, shell.today());
                SheetScreen::open(sheet, shell);
            }
            _ => {
                let kind = FactKind::parse(what).unwrap_or(FactKind::Need);
                let fact = Fact {
                    id: crate::domain::FactId(0),
                    customer: id,
                    kind,
                    text: String::new(),
                    strength: 0,
                    met: 0,
                    source: String::new(),
                    on: shell.today(),
                };
                SheetScreen::open(FactSheet::new(fact, &name), shell);
            }
        }
    }

    fn ask_add(&self, shell: &mut Shell) {
        let facts = ['n', 'x', 't', 'i', 'a', 'b'].into_iter().zip(FactKind::ALL);
        let mut letters: Vec<Letter> = facts
            .map(|(c, kind)| Letter::new(c, kind.name(), shell.say(terms::fact(*kind))))
            .collect();
        for (c, name, phrase) in [
            ('r', "person", w::ADD_PERSON),
            ('p', "purchase", w::ADD_PURCHASE),
            ('c', "contract", w::ADD_CONTRACT),
            ('w', "task", w::ADD_TASK),
        ] {
            letters.push(Letter::new(c, name, shell.say(phrase)));
        }
        let title = shell.say(w::ADD_TITLE);
        Menu::open(self.id, ADD, title, letters, shell);
    }
}

fn note(shell: &mut Shell, phrase: Phrase) {
    let text = shell.say(phrase);
    shell.toast(Tone::Note, text);
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

impl Profile {
    fn redeem(&self, shell: &mut Shell) {
        let all = self.known.iter().flat_map(|p| &p.memberships);
        let all: Vec<_> = all.filter(|m| m.balance.points > 0).cloned().collect();
        if all.is_empty() {
            let text = shell.say(crate::text::words::profile::NO_POINTS);
            shell.toast(Tone::Note, text);
        } else {
            SheetScreen::open(RedeemSheet::new(self.customer, &self.name, all), shell);
        }
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
            Heard::Missed => self.ask(shell),
            Heard::Progress => {
                if self.known.is_none() {
                    self.ask(shell);
                }
            }
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
