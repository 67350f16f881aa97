//! Which customers are marked, and whom a key is about because of it.

use std::collections::BTreeSet;

use crate::desk::{Question, Whom};
use crate::domain::CustomerId;
use crate::text::words::housekeeping as h;

use super::super::keymap::Action;
use super::super::merge::MergePanel;
use super::super::screen::Target;
use super::super::shell::Shell;
use super::super::table::Keyed;
use super::super::toast::Tone;
use super::{Customers, RANGE};

/// Which customers are marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marks {
    These(BTreeSet<CustomerId>),
    /// All that match, as the list was asked for.
    All,
}

impl Customers {
    /// Whom a key on a customer is about: those who are marked, else the one under the cursor.
    pub(super) fn meant(&self) -> Option<Target> {
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

    pub(super) fn is_marked(&self, id: CustomerId) -> bool {
        match &self.marks {
            Marks::All => true,
            Marks::These(ids) => ids.contains(&id),
        }
    }

    pub(super) fn marked(&self) -> usize {
        match &self.marks {
            Marks::All => self.window.total(),
            Marks::These(ids) => ids.len(),
        }
    }

    pub(super) fn mark(&mut self) {
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

    pub(super) fn close_range(&mut self, start: usize, shell: &mut Shell) {
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

    pub(super) fn mark_all(&mut self, ids: Vec<CustomerId>) {
        match &mut self.marks {
            Marks::These(marked) => marked.extend(ids),
            Marks::All => {}
        }
    }

    /// Lays the two that are marked side by side.
    pub(super) fn merge(&self, shell: &mut Shell) {
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
}
