//! Who bought which product and when, for expressions that ask (`bought:ROUTER`, `bought_in:2025-03`): read from the purchases when
//! one first does, and kept up with every purchase from then on. Learns nothing from it; see `offers`.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use crate::directory::Bought;
use crate::domain::expression::Attribute;
use crate::domain::{CustomerId, Day, Membership, Start};
use crate::text::fold;

use super::holdings::{Holdings, Sales};
use super::prepare::MOST_SINGLY;
use super::question::Question;
use super::state::State;
use super::{Command, Desk, Refusal, Whom};

/// What everyone bought, with the names of the products, as of the last time it was brought up to date.
struct Shelves {
    holdings: Holdings,
    /// Products by folded stock-keeping unit and name.
    named: HashMap<String, Vec<u32>>,
}

impl Bought for Shelves {
    fn buyers(&self, product: Option<&str>) -> Vec<CustomerId> {
        let wanted: &[u32] = match product {
            None => &[],
            Some(text) => match self.named.get(&fold(text)) {
                Some(found) => found,
                None => return Vec::new(),
            },
        };
        let all = self.holdings.iter();
        let has = |held: &[super::holdings::Held]| {
            let owns = |p: &u32| held.binary_search_by_key(p, |h| h.product).is_ok();
            product.is_none() || wanted.iter().any(owns)
        };
        all.filter(|(_, held)| has(held)).map(|(id, _)| id).collect()
    }

    fn buyers_in(&self, from: Day, to: Day) -> Vec<CustomerId> {
        self.holdings.within(from, to).collect()
    }
}

/// True when an expression may ask what was bought.
fn asks(expression: &str) -> bool {
    let lower = expression.to_lowercase();
    Attribute::Bought.names().any(|name| lower.contains(name))
}

impl State {
    /// Hands the directory what is known of who bought what.
    pub fn stock(&mut self) {
        let Some(holdings) = self.shelves.clone() else { return };
        let mut named: HashMap<String, Vec<u32>> = HashMap::new();
        for product in self.products.values() {
            let Ok(id) = u32::try_from(product.id.0) else { continue };
            for name in [fold(&product.sku), fold(&product.name)] {
                let known = named.entry(name).or_default();
                if !known.contains(&id) {
                    known.push(id);
                }
            }
        }
        self.new_products = false;
        self.directory.set_bought(Arc::new(Shelves { holdings, named }));
    }

    /// True when anything that is kept asks what was bought.
    fn asks_what_was_bought(&self) -> bool {
        let d = &self.definitions;
        let rules = self.segments.iter().any(|kept| match &kept.record.membership {
            Membership::Rule(rule) => asks(rule),
            Membership::Tag(_) => false,
        });
        let starts = |kept: &super::Kept<crate::domain::Process>| {
            let enters = kept.record.starts.iter();
            enters.into_iter().any(|start| matches!(start, Start::Enters(e) if asks(e)))
        };
        rules
            || d.offers.iter().any(|kept| asks(&kept.record.segment))
            || d.campaigns.iter().any(|kept| asks(&kept.record.segment))
            || d.programmes.iter().any(|kept| asks(&kept.record.eligible))
            || d.processes.iter().any(starts)
    }
}

/// The expressions a question is about.
fn of_question(question: &Question) -> Vec<&str> {
    match question {
        Question::List(query) => vec![&query.expression],
        Question::Ids { expression, .. } => vec![expression],
        Question::Look { expression, against } => {
            std::iter::once(expression.as_str()).chain(against.as_deref()).collect()
        }
        Question::Report(query) => vec![&query.expression],
        _ => Vec::new(),
    }
}

impl Desk {
    /// Before a question is answered: it may ask what was bought.
    pub(super) fn keep_shelves_for(&self, question: &Question) -> Result<(), Refusal> {
        self.keep_shelves(&of_question(question))
    }

    /// Before a command is done: it may be about those who bought something.
    pub(super) fn keep_shelves_of(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Change { whom: Whom::Matching { expression, .. }, .. } => {
                self.keep_shelves(&[expression])
            }
            _ => self.keep_shelves(&[]),
        }
    }

    fn keep_shelves(&self, expressions: &[&str]) -> Result<(), Refusal> {
        let (known, stale, renamed, offers) = {
            let state = self.read();
            let is_asked = expressions.iter().any(|e| asks(e)) || state.asks_what_was_bought();
            if !is_asked || state.loading.is_some() {
                return Ok(());
            }
            let offers = state.scores.offers().is_some();
            (state.shelves.is_some(), state.stale_purchases.len(), state.new_products, offers)
        };
        if !known || stale > MOST_SINGLY {
            // What is proposed hangs on the same purchases.
            return if offers { self.learn_offers(true) } else { self.read_shelves() };
        }
        if stale > 0 {
            return self.refresh_purchases();
        }
        if renamed {
            self.write().stock();
        }
        Ok(())
    }

    fn read_shelves(&self) -> Result<(), Refusal> {
        let _turn = self.offering.lock().unwrap_or_else(PoisonError::into_inner);
        let day = {
            let mut state = self.write();
            if state.shelves.is_some() && state.stale_purchases.len() <= MOST_SINGLY {
                return Ok(());
            }
            // Whoever buys from here on is read again afterwards.
            state.stale_purchases.clear();
            state.watches_purchases = true;
            state.scores.day()
        };
        let Some(day) = day else { return Ok(()) };
        let wanted = || !self.closing.load(std::sync::atomic::Ordering::Relaxed);
        let Some(sales) = Sales::read(&*self.engine, day, &wanted)? else { return Ok(()) };
        let mut state = self.write();
        state.shelves = Some(sales.holdings);
        state.stock();
        Ok(())
    }
}
