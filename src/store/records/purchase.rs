//! Products and purchases.

use serde::{Deserialize, Serialize};

use super::{known, stored};
use crate::domain::{
    Currency, CustomerId, Day, Line, Product, ProductId, Purchase, PurchaseId, PurchaseKind,
};
use crate::store::{StoreError, Table};

/// A product; frozen.
#[derive(Serialize, Deserialize)]
struct ProductV1 {
    id: u64,
    sku: String,
    name: String,
    category: String,
    price: Option<i64>,
    unit_cost: Option<i64>,
}

stored!(Product, Product, ProductV1);

impl From<&Product> for ProductV1 {
    fn from(product: &Product) -> Self {
        let Product { id, sku, name, category, price, unit_cost } = product.clone();
        Self { id: id.0, sku, name, category, price, unit_cost }
    }
}

impl ProductV1 {
    #[expect(clippy::unnecessary_wraps, reason = "the shape of all records")]
    fn open(self) -> Result<Product, StoreError> {
        let Self { id, sku, name, category, price, unit_cost } = self;
        Ok(Product { id: ProductId(id), sku, name, category, price, unit_cost })
    }
}

/// A purchase; frozen.
#[derive(Serialize, Deserialize)]
struct PurchaseV1 {
    id: u64,
    customer: u64,
    external_id: Option<String>,
    kind: u8,
    day: i32,
    currency: CurrencyV1,
    lines: Vec<LineV1>,
}

/// A line; frozen.
#[derive(Serialize, Deserialize)]
struct LineV1 {
    product: Option<u64>,
    quantity: i64,
    amount: i64,
    cost: Option<i64>,
}

stored!(Purchase, Purchase, PurchaseV1);

impl From<&Purchase> for PurchaseV1 {
    fn from(purchase: &Purchase) -> Self {
        let Purchase { id, customer, external_id, kind, day, currency, lines } = purchase;
        let line = |Line { product, quantity, amount, cost }: &Line| LineV1 {
            product: product.map(|id| id.0),
            quantity: *quantity,
            amount: *amount,
            cost: *cost,
        };
        Self {
            id: id.0,
            customer: customer.0,
            external_id: external_id.clone(),
            kind: kind.code(),
            day: day.0,
            currency: CurrencyV1::from(*currency),
            lines: lines.iter().map(line).collect(),
        }
    }
}

impl PurchaseV1 {
    fn open(self) -> Result<Purchase, StoreError> {
        let line = |LineV1 { product, quantity, amount, cost }| Line {
            product: product.map(ProductId),
            quantity,
            amount,
            cost,
        };
        Ok(Purchase {
            id: PurchaseId(self.id),
            customer: CustomerId(self.customer),
            external_id: self.external_id,
            kind: known!(PurchaseKind, self.kind)?,
            day: Day(self.day),
            currency: self.currency.open(Table::Purchase)?,
            lines: self.lines.into_iter().map(line).collect(),
        })
    }
}

/// Three letters; frozen.
#[derive(Serialize, Deserialize)]
pub(super) struct CurrencyV1([u8; 3]);

impl From<Currency> for CurrencyV1 {
    fn from(currency: Currency) -> Self {
        let mut code = [0; 3];
        for (kept, letter) in code.iter_mut().zip(currency.code().bytes()) {
            *kept = letter;
        }
        Self(code)
    }
}

impl CurrencyV1 {
    pub(super) fn open(&self, table: Table) -> Result<Currency, StoreError> {
        let code = std::str::from_utf8(&self.0).ok();
        code.and_then(Currency::parse).ok_or_else(|| StoreError::Corrupt { table, key: Vec::new() })
    }
}
