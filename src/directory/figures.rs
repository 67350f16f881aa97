//! The numbers of one customer, as lists and profiles show them.

use crate::domain::Day;

/// Whether a call is worth it, and if not, why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// No purchase yet, or no model.
    #[default]
    Unknown,
    /// The expected value of a call is positive.
    Call,
    /// Will stay without a call.
    StaysAnyway,
    /// Left already.
    Gone,
    /// Keeping costs more than it brings.
    CostsMore,
}

impl Verdict {
    /// Every verdict, in the order of its code and of the segment language's words.
    pub const ALL: [Self; 5] =
        [Self::Unknown, Self::Call, Self::StaysAnyway, Self::Gone, Self::CostsMore];
}

/// What the models say of one customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Chance that the customer has not left, 0 to 1; not a number when unknown.
    pub p_alive: f32,
    /// Chance to leave within the horizon, or to have left already, 0 to 1; not a number when unknown.
    pub risk: f32,
    /// Expected residual value in minor units; [`Score::UNKNOWN`] when there is none.
    pub value: i64,
    /// Expected value saved by a call, minor units.
    pub saves: Option<i64>,
    /// When P(alive) falls below the threshold.
    pub leave: Option<Day>,
    /// Recency, frequency and monetary scores, 1 to 5.
    pub rfm: Option<[u8; 3]>,
    /// Whether a call is worth it.
    pub verdict: Verdict,
}

impl Score {
    /// Marks a value that is not known.
    pub const UNKNOWN: i64 = super::columns::UNKNOWN;
}

impl Default for Score {
    /// Nothing is known.
    fn default() -> Self {
        Self {
            p_alive: f32::NAN,
            risk: f32::NAN,
            value: Self::UNKNOWN,
            saves: None,
            leave: None,
            rfm: None,
            verdict: Verdict::Unknown,
        }
    }
}

/// The purchases of one customer in sum: what the purchase models ask for. Money in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SaleSummary {
    /// First day with a sale.
    pub first: Day,
    /// Last day with a sale.
    pub last: Day,
    /// Days with a sale; all else is 0 or [`Day::NEVER`] when there is none.
    pub sale_days: u32,
    /// What the sales brought.
    pub revenue: i64,
    /// What the goods cost, where known.
    pub cost: i64,
    /// Returns and credits.
    pub returned: i64,
    /// Mean revenue of the days after the first; 0 when there are none.
    pub repeat_mean: f64,
}

/// The numbers of one customer. Money is in minor units; days are [`Day::NEVER`] when there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// First day with a sale.
    pub first: Day,
    /// Last day with a sale.
    pub last: Day,
    /// Days with a sale.
    pub purchases: u32,
    /// Revenue of all sales.
    pub spent: i64,
    /// Returns and credits.
    pub returned: i64,
    /// Last contact.
    pub last_contact: Day,
    /// Chance that the customer has not left, 0 to 1, when there is a model.
    pub p_alive: Option<f32>,
    /// Chance to leave within the horizon, or to have left already, 0 to 1.
    pub risk: Option<f32>,
    /// Expected residual value: discounted margin of what is still to come.
    pub value: Option<i64>,
    /// Expected value saved by a call.
    pub saves: Option<i64>,
    /// When P(alive) falls below the threshold.
    pub leave: Option<Day>,
    /// Recency, frequency and monetary scores, 1 to 5.
    pub rfm: Option<[u8; 3]>,
    /// Whether a call is worth it.
    pub verdict: Verdict,
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            first: Day::NEVER,
            last: Day::NEVER,
            purchases: 0,
            spent: 0,
            returned: 0,
            last_contact: Day::NEVER,
            p_alive: None,
            risk: None,
            value: None,
            saves: None,
            leave: None,
            rfm: None,
            verdict: Verdict::Unknown,
        }
    }
}
