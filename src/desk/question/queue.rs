//! What is told of queues: their rows, what to propose, who is left out and why.

use crate::domain::{Day, Offer, Product, QueueKind, Stage, Task};
use crate::insight::acceptance::Tally;
use crate::insight::reasons::Reason;
use crate::insight::retention::SaveRate;

use super::super::arithmetic::Arithmetic;
use super::super::campaigns::{CampaignRow, CampaignTab, Tried};
use super::Row;

/// A row of a queue.
#[derive(Clone, Debug)]
pub struct QueueRow {
    pub row: Row,
    /// Expected value of the call, minor units.
    pub expected_value: i64,
    /// How it comes about.
    pub arithmetic: Option<Arithmetic>,
    /// The product to propose.
    pub offer: Option<Proposal>,
    /// The offer that fits and worked best for such customers.
    pub proposition: Option<Proposition>,
    pub reasons: Vec<Reason>,
    /// What of a prospect speaks for or against a first purchase, the strongest first.
    pub leads: Vec<Lead>,
    /// When P(alive) falls below the threshold.
    pub leave: Option<Day>,
    /// The callback this row stands for.
    pub task: Option<Task>,
    /// What the campaign whose queue it is has tried.
    pub tried: Option<Tried>,
}

/// A window of a queue.
#[derive(Clone, Debug)]
pub struct QueuePage {
    pub kind: QueueKind,
    pub rows: Vec<QueueRow>,
    pub from: usize,
    pub total: usize,
    /// Sum of the expected values, minor units.
    pub worth: i64,
    pub anchor_at: Option<usize>,
    pub left_out: LeftOut,
    /// Sizes of all queues that exist, for the tabs.
    pub sizes: Vec<(QueueKind, usize)>,
    /// Overdue callbacks.
    pub overdue: usize,
    /// There is a fitted model.
    pub fitted: bool,
    /// What was bought is being read: the queue is not there yet.
    pub preparing: bool,
    /// Too little is known for the queue.
    pub lack: Option<Lack>,
    /// What the calls of this queue brought, when there are enough of them.
    pub uplift: Option<Uplift>,
    /// The campaigns this agent may call for, by name, for the tabs.
    pub campaigns: Vec<CampaignTab>,
    /// The campaign whose queue it is.
    pub campaign: Option<Box<CampaignRow>>,
}

/// Too little data for a queue: so many of so many are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Lack {
    /// What is counted.
    pub what: &'static str,
    pub have: usize,
    pub needed: usize,
}

/// What the calls of a queue brought against those held out.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Uplift {
    /// Called, and held out in like standing.
    pub called: usize,
    pub held_out: usize,
    /// Part that bought more often for being called, -1 to 1, and where it lies with 95 %.
    pub uplift: f64,
    pub low: f64,
    pub high: f64,
}

/// A product to propose to a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub product: Product,
    /// What the customer has that it goes with or comes after.
    pub because: Vec<Product>,
}

/// An offer that fits a customer, with what speaks for it. Money in minor units.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposition {
    pub offer: Offer,
    /// Chance that one like this customer takes it.
    pub rate: SaveRate,
    /// The stage of life in which the customer is like others.
    pub stage: Stage,
    /// What those at this stage said to it.
    pub alike: Tally,
    /// What all said.
    pub all: Tally,
    /// What it brings when it is taken, less what it costs.
    pub gain: i64,
    /// Chance times gain.
    pub worth: i64,
}

/// A trait of a prospect that speaks for or against a first purchase.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Lead {
    pub field: crate::domain::Field,
    /// As recorded; weeks since joining, or an age, as a band.
    pub value: String,
    /// Odds of a first purchase against those of the usual prospect.
    pub odds: f64,
}

/// Customers that are not in a queue, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    pub stay_anyway: usize,
    pub gone: usize,
    pub cost_more: usize,
    pub do_not_call: usize,
    pub cooling_off: usize,
    pub put_off: usize,
    pub never_bought: usize,
    /// Never proposed, so that what calls bring can be measured against them.
    pub held_out: usize,
    /// More likely with us than not: nobody to win back.
    pub still_here: usize,
    /// No product is known that would go with what they have.
    pub nothing_to_offer: usize,
    /// Bought already: no prospects.
    pub customers: usize,
}

impl LeftOut {
    /// All of them.
    pub fn total(&self) -> usize {
        let Self {
            stay_anyway,
            gone,
            cost_more,
            do_not_call,
            cooling_off,
            put_off,
            never_bought,
            held_out,
            still_here,
            nothing_to_offer,
            customers,
        } = *self;
        stay_anyway
            + gone
            + cost_more
            + do_not_call
            + cooling_off
            + put_off
            + never_bought
            + held_out
            + still_here
            + nothing_to_offer
            + customers
    }
}
