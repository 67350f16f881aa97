//! The rows of the list: asked for as far as they are near the eye, and taken in.

use std::collections::BTreeSet;

use crate::desk::{ListQuery, Listing, Question, Row};
use crate::domain::CustomerId;

use super::super::frame;
use super::super::keymap::Action;
use super::super::on_customer;
use super::super::screen::Screen;
use super::super::shell::Shell;
use super::super::table::Keyed;
use super::marks::Marks;
use super::{Customers, LIST, draw};

impl Keyed for Row {
    fn customer(&self) -> CustomerId {
        self.customer.id
    }
}

impl Customers {
    pub(super) fn ask(&mut self, shell: &mut Shell) {
        self.window.set_height(draw::list_rows(frame::body(shell)));
        let anchor = self.window.anchor();
        let (from, count) = self.window.ask();
        let (text, expression) = (self.search.text().to_owned(), self.expression.text().to_owned());
        let query = ListQuery { text, expression, sort: self.sort, from, count, anchor };
        self.is_stale = false;
        shell.ask(self.id, LIST, Question::List(query));
    }

    /// Another search: the best match comes under the cursor, and marks of the old one go.
    pub(super) fn restart(&mut self, shell: &mut Shell) {
        self.window.restart();
        self.range = None;
        if self.marks == Marks::All {
            self.marks = Marks::These(BTreeSet::new());
        }
        self.ask(shell);
    }

    pub(super) fn moved(&mut self, shell: &mut Shell) {
        if self.window.lacks() {
            self.ask(shell);
        }
    }

    pub(super) fn take(&mut self, listing: Listing, shell: &mut Shell) {
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
}
