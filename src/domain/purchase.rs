//! Products and what was bought of them. Returns and credits are purchases of another kind.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::history::DayTotal;
use super::ids::{CustomerId, ProductId, PurchaseId};
use super::money::Currency;
use super::names::named_enum;

/// Something that is sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Identity.
    pub id: ProductId,
    /// Stock-keeping unit: the product's name in files, unique.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Category; may be empty.
    pub category: String,
    /// Usual price, in minor units of the store's currency.
    pub price: Option<i64>,
    /// What one costs us, in minor units of the store's currency.
    pub unit_cost: Option<i64>,
}

named_enum! {
    /// Which way the goods and the money went.
    pub enum PurchaseKind { Sale = "sale", Return = "return", Credit = "credit" }
}

/// One line of a purchase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What, when known.
    pub product: Option<ProductId>,
    /// Thousandths of a unit.
    pub quantity: i64,
    /// What the line brought, in minor units; positive, also for returns.
    pub amount: i64,
    /// What the goods of the line cost us, where known.
    pub cost: Option<i64>,
}

/// A purchase, return or credit on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// Identity.
    pub id: PurchaseId,
    /// Who bought.
    pub customer: CustomerId,
    /// Identity in the system it came from.
    pub external_id: Option<String>,
    /// Sale, return or credit.
    pub kind: PurchaseKind,
    /// When.
    pub day: Day,
    /// In what money.
    pub currency: Currency,
    /// What.
    pub lines: Vec<Line>,
}

impl Purchase {
    /// Most lines of one purchase.
    pub const MOST_LINES: usize = 500;

    /// What it brought (or gave back), in minor units, never negative by itself.
    pub fn amount(&self) -> i64 {
        self.lines.iter().fold(0, |sum: i64, l| sum.saturating_add(l.amount))
    }

    /// The purchase as an entry of the customer's history.
    pub fn day_total(&self) -> DayTotal {
        let amount = self.amount();
        let cost = self.lines.iter().fold(0, |sum: i64, l| sum.saturating_add(l.cost.unwrap_or(0)));
        match self.kind {
            PurchaseKind::Sale => {
                DayTotal { day: self.day, sales: 1, revenue: amount, cost, returned: 0 }
            }
            PurchaseKind::Return | PurchaseKind::Credit => {
                DayTotal { day: self.day, returned: amount, ..DayTotal::default() }
            }
        }
    }
}
