//! Subscriptions.

use serde::{Deserialize, Serialize};

use super::{known, stored};
use crate::domain::{CustomerId, Day, ProductId, Subscription, SubscriptionId, Term};
use crate::store::StoreError;

/// A subscription; frozen.
#[derive(Serialize, Deserialize)]
struct SubscriptionV1 {
    id: u64,
    customer: u64,
    external_id: Option<String>,
    product: Option<u64>,
    start: i32,
    end: Option<i32>,
    term: u8,
    amount: i64,
    auto_renew: bool,
}

stored!(Subscription, Subscription, SubscriptionV1);

impl From<&Subscription> for SubscriptionV1 {
    fn from(subscription: &Subscription) -> Self {
        let Subscription { id, customer, external_id, product, start, end, term, .. } =
            subscription.clone();
        Self {
            id: id.0,
            customer: customer.0,
            external_id,
            product: product.map(|id| id.0),
            start: start.0,
            end: end.map(|day| day.0),
            term: term.code(),
            amount: subscription.amount,
            auto_renew: subscription.auto_renew,
        }
    }
}

impl SubscriptionV1 {
    fn open(self) -> Result<Subscription, StoreError> {
        Ok(Subscription {
            id: SubscriptionId(self.id),
            customer: CustomerId(self.customer),
            external_id: self.external_id,
            product: self.product.map(ProductId),
            start: Day(self.start),
            end: self.end.map(Day),
            term: known!(Term, self.term)?,
            amount: self.amount,
            auto_renew: self.auto_renew,
        })
    }
}
