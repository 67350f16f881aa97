//! What belongs to many customers, read once in the order of the store: for exports of everyone. Never
//! holds more than a window of customers, and never leaves out what is old, as a profile does.

use std::collections::HashMap;
use std::ops::ControlFlow;

use crate::domain::{
    CampaignId, Customer, CustomerId, Interaction, Ledger, OfferId, Product, ProductId, Purchase,
    Subscription,
};
use crate::store::KeyRange;
use crate::store::records::Stored;

use super::ledgers::standing;
use super::rows;
use super::{Desk, Refusal};

/// Customers read at a time.
const WINDOW: usize = 500;
/// Where the customers wanted lie further apart than this, each is looked up on its own.
const APART: u64 = 16;

/// Meets a customer and what belongs to them.
pub type Each<'e, T, E> = dyn FnMut(&Customer, T) -> Result<(), E> + 'e;

impl Desk {
    /// Shows each of these customers, in rising order of their ids, with all their purchases, oldest
    /// first. Those who are not there are left out.
    pub fn purchases_of<E: From<Refusal>>(
        &self,
        ids: &[CustomerId],
        each: &mut Each<'_, Vec<Purchase>, E>,
    ) -> Result<(), E> {
        self.stream(ids, &mut |customer, mut all: Vec<Purchase>| {
            all.sort_by_key(|p| (p.day, p.id));
            each(customer, all)
        })
    }

    /// The same with all their interactions but those that were corrected, oldest first.
    pub fn interactions_of<E: From<Refusal>>(
        &self,
        ids: &[CustomerId],
        each: &mut Each<'_, Vec<Interaction>, E>,
    ) -> Result<(), E> {
        self.stream(ids, &mut |customer, all: Vec<Interaction>| {
            let mut all = standing(all);
            all.sort_by_key(|i| (i.at, i.id));
            each(customer, all)
        })
    }

    /// The same with all their subscriptions, oldest first.
    pub fn subscriptions_of<E: From<Refusal>>(
        &self,
        ids: &[CustomerId],
        each: &mut Each<'_, Vec<Subscription>, E>,
    ) -> Result<(), E> {
        self.stream(ids, &mut |customer, mut all: Vec<Subscription>| {
            all.sort_by_key(|s| (s.start, s.id));
            each(customer, all)
        })
    }

    /// The same with what they bought by day; who never bought or spoke has an empty ledger.
    pub fn ledgers_of<E: From<Refusal>>(
        &self,
        ids: &[CustomerId],
        each: &mut Each<'_, Ledger, E>,
    ) -> Result<(), E> {
        self.stream(ids, &mut |customer, all: Vec<Ledger>| {
            each(customer, all.into_iter().next().unwrap_or_default())
        })
    }

    /// The figures of a customer, when there is one.
    pub fn figures_of(&self, id: CustomerId) -> Option<crate::directory::Figures> {
        let state = self.read();
        state.directory.row_of(id).map(|row| state.directory.figures(row))
    }

    /// The article number of every product.
    pub fn skus(&self) -> HashMap<ProductId, String> {
        self.read().products.iter().map(|(id, product)| (*id, product.sku.clone())).collect()
    }

    /// Every product, by article number.
    pub fn products(&self) -> Vec<Product> {
        let mut all: Vec<Product> = self.read().products.values().cloned().collect();
        all.sort_by(|one, other| one.sku.cmp(&other.sku));
        all
    }

    /// The name of every offer.
    pub fn offer_names(&self) -> HashMap<OfferId, String> {
        let state = self.read();
        let offers = state.definitions.offers.iter().map(|kept| &kept.record);
        offers.map(|offer| (offer.id, offer.name.clone())).collect()
    }

    /// The name of every campaign.
    pub fn campaign_names(&self) -> HashMap<CampaignId, String> {
        let state = self.read();
        let campaigns = state.definitions.campaigns.iter().map(|kept| &kept.record);
        campaigns.map(|campaign| (campaign.id, campaign.name.clone())).collect()
    }

    fn stream<T: Stored, E: From<Refusal>>(
        &self,
        ids: &[CustomerId],
        each: &mut Each<'_, Vec<T>, E>,
    ) -> Result<(), E> {
        for window in ids.chunks(WINDOW) {
            let mut customers = self.window::<Customer>(window)?;
            let mut belongings = self.window::<T>(window)?;
            for id in window {
                let Some(customer) = customers.remove(id).and_then(|mut all| all.pop()) else {
                    continue;
                };
                each(&customer, belongings.remove(id).unwrap_or_default())?;
            }
        }
        Ok(())
    }

    /// The records whose keys begin with one of these ids, which rise.
    fn window<T: Stored>(
        &self,
        ids: &[CustomerId],
    ) -> Result<HashMap<CustomerId, Vec<T>>, Refusal> {
        let mut found: HashMap<CustomerId, Vec<T>> = HashMap::with_capacity(ids.len());
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(found) };
        let lies_close = last.0.saturating_sub(first.0) / APART < ids.len() as u64;
        let mut keep = |key: &[u8], value: T, _| {
            if let Some(id) = rows::customer_at(key).filter(|id| ids.binary_search(id).is_ok()) {
                found.entry(id).or_default().push(value);
            }
            ControlFlow::Continue(())
        };
        let engine = &*self.engine;
        if lies_close {
            let range = KeyRange::from(&first.key());
            let range = match last.0.checked_add(1) {
                Some(past) => range.until(&CustomerId(past).key()),
                None => range,
            };
            rows::read_all(engine, range, &mut keep)?;
        } else {
            for id in ids {
                rows::read_all(engine, KeyRange::prefix(&id.key()), &mut keep)?;
            }
        }
        Ok(found)
    }
}
