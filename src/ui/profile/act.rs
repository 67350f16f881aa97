//! What can be done with what is under the cursor: open, finish, take away, put right, add.

use crate::desk::{Command, TaskChange};
use crate::domain::{Fact, FactKind};
use crate::text::words::profile as w;
use crate::text::{Phrase, SafeText};

use super::super::log;
use super::super::menu::{Letter, Menu};
use super::super::message::Effect;
use super::super::reader::Reader;
use super::super::sheet::SheetScreen;
use super::super::shell::Shell;
use super::super::terms;
use super::super::toast::Tone;
use super::contract_sheet::ContractSheet;
use super::parts::Item;
use super::redeem::RedeemSheet;
use super::sheets::{FactSheet, PersonSheet, PurchaseSheet, TaskSheet};
use super::{ADD, CHANGE, Profile, lines};

impl Profile {
    pub(super) fn item(&self, shell: &Shell) -> Option<Item> {
        lines::of(self, self.region, shell).get(self.cursor()).and_then(|l| l.item)
    }

    pub(super) fn open_item(&mut self, shell: &mut Shell) {
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

    pub(super) fn copy_contact(&self, at: usize, shell: &mut Shell) {
        let Some(profile) = &self.known else { return };
        if let Some(contact) = profile.customer.contacts.get(at) {
            shell.effect(Effect::Copy(contact.value.clone()));
            let what = SafeText::clean(&contact.value).ltr();
            let text = shell.say_with(crate::text::words::frame::COPIED, &[("what", what.into())]);
            shell.toast(Tone::Note, text);
        }
    }

    /// The task under the cursor, or else the first.
    pub(super) fn finish(&mut self, shell: &mut Shell) {
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

    pub(super) fn drop_item(&mut self, shell: &mut Shell) {
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
    pub(super) fn correct(&mut self, shell: &mut Shell) {
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

    pub(super) fn add(&mut self, what: &str, shell: &mut Shell) {
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

    pub(super) fn ask_add(&self, shell: &mut Shell) {
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

    pub(super) fn redeem(&self, shell: &mut Shell) {
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

fn note(shell: &mut Shell, phrase: Phrase) {
    let text = shell.say(phrase);
    shell.toast(Tone::Note, text);
}
