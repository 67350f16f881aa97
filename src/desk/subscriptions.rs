//! Contracts written by hand: begun, changed, ended. What is learned from them is in `contracts`.

use crate::domain::{
    CustomerId, Field, Invalid, Problem, Product, ProductId, Subscription, SubscriptionId,
};
use crate::store::{Expect, records};
use crate::text::fold;

use super::calls::not_found;
use super::plan::Plan;
use super::rows;
use super::{Deed, Desk, Notice, Refusal, Who};

/// A contract begins no more than so many days from now.
const FARTHEST_START: i32 = 366;

impl Desk {
    /// Adds a contract (id 0) or saves one. `product` is a sku or a name as typed; an empty one leaves
    /// the product as it is in `subscription`.
    pub(super) fn save_subscription(
        &self,
        who: &Who,
        subscription: &Subscription,
        product: &str,
    ) -> Result<Notice, Refusal> {
        self.perform(who, || {
            subscription.validate()?;
            let today = self.day(who.now);
            if subscription.start > today.plus(FARTHEST_START) {
                let problem = Problem::TooFarAhead { days: i64::from(FARTHEST_START) };
                return Err(Invalid { field: Field::Start, problem }.into());
            }
            let (mut customer, revision) = self.customer(subscription.customer)?;
            let mut subscription = subscription.clone();
            if !product.trim().is_empty() {
                subscription.product = Some(self.product_named(product)?);
            }
            let mut expect = Expect::Absent;
            if subscription.id == SubscriptionId(0) {
                subscription.id = rows::new_subscription(&*self.engine)?;
            } else {
                expect = Expect::Revision(self.revision_of(&subscription)?);
            }
            let mut plan = Plan::new("subscription");
            plan.put(&subscription, expect)?;
            if subscription.start < customer.joined {
                customer.joined = subscription.start;
                plan.put(&customer, Expect::Revision(revision))?;
            }
            Ok((plan, Deed::Noted { customer: customer.id, name: customer.name }))
        })
    }

    /// Takes a contract away that was written down by mistake.
    pub(super) fn drop_subscription(
        &self,
        who: &Who,
        of: CustomerId,
        id: SubscriptionId,
    ) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let (customer, _) = self.customer(of)?;
            let key = rows::child(of, id.0);
            let read = records::get::<Subscription>(&*self.engine, &key)?;
            let (_, revision) = read.ok_or_else(|| not_found("subscription", id.0))?;
            let mut plan = Plan::new("drop subscription");
            plan.delete(crate::store::Table::Subscription, key, revision);
            Ok((plan, Deed::Noted { customer: customer.id, name: customer.name }))
        })
    }

    fn revision_of(&self, s: &Subscription) -> Result<u64, Refusal> {
        let key = rows::child(s.customer, s.id.0);
        let read = records::get::<Subscription>(&*self.engine, &key)?;
        read.map(|(_, revision)| revision).ok_or_else(|| not_found("subscription", s.id.0))
    }

    /// The product of this sku or name; else the only one whose name holds what was typed.
    fn product_named(&self, typed: &str) -> Result<ProductId, Refusal> {
        let wanted = fold(typed);
        let state = self.read();
        let all = || state.products.values();
        let exact = |p: &&Product| fold(&p.sku) == wanted || fold(&p.name) == wanted;
        if let Some(product) = all().filter(exact).min_by_key(|p| p.id) {
            return Ok(product.id);
        }
        let mut like = all().filter(|p| fold(&p.name).contains(&wanted));
        match (like.next(), like.next()) {
            (Some(product), None) => Ok(product.id),
            _ => Err(Invalid { field: Field::Product, problem: Problem::NotFound }.into()),
        }
    }
}
