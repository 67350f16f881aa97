//! Offers.

use serde::{Deserialize, Serialize};

use super::stored;
use crate::domain::{Day, Offer, OfferId, ProductId};
use crate::store::StoreError;

/// An offer; frozen.
#[derive(Serialize, Deserialize)]
struct OfferV1 {
    id: u64,
    name: String,
    note: String,
    need: String,
    segment: String,
    product: Option<u64>,
    cost: i64,
    margin: Option<i64>,
    from: Option<i32>,
    until: Option<i32>,
    active: bool,
}

stored!(Offer, Offer, OfferV1);

impl From<&Offer> for OfferV1 {
    fn from(offer: &Offer) -> Self {
        let Offer { id, name, note, need, segment, product, cost, margin, from, until, active } =
            offer.clone();
        Self {
            id: id.0,
            name,
            note,
            need,
            segment,
            product: product.map(|id| id.0),
            cost,
            margin,
            from: from.map(|day| day.0),
            until: until.map(|day| day.0),
            active,
        }
    }
}

impl OfferV1 {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of all records")]
    fn open(self) -> Result<Offer, StoreError> {
        let Self { id, name, note, need, segment, product, cost, margin, from, until, active } =
            self;
        Ok(Offer {
            id: OfferId(id),
            name,
            note,
            need,
            segment,
            product: product.map(ProductId),
            cost,
            margin,
            from: from.map(Day),
            until: until.map(Day),
            active,
        })
    }
}
