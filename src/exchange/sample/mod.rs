//! A believable store from a seed, for the demonstration and for tests: customers with histories,
//! conversations, wishes and ties, each history a story that the analyses should find.
//!
//! Never reads a clock or a disk: the same recipe gives the same sample on every machine. All persons
//! and firms are invented, all phones and addresses lie in ranges kept for fiction.

mod calendar;
mod contracts;
mod conversation;
mod drives;
mod fill;
mod ingredients;
mod install;
mod knowledge;
mod life;
mod make;
mod market;
mod orders;
mod people;
mod processes;
mod random;
mod strategy;
mod talks;
#[cfg(test)]
mod tests;
mod voices;

use crate::domain::names::named_enum;
use crate::domain::{
    Agent, Customer, Day, Fact, Interaction, Language, Process, Product, Purchase, Relation,
    Segment, Settings, Subscription, Task,
};
use crate::exchange::plan::Plan;

pub use fill::fill;
pub use install::{Redemption, follow_up};
pub use make::make;
pub use processes::Course;

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// How many customers.
    pub customers: usize,
    /// Another seed makes another store.
    pub seed: u64,
    /// Language of the store's own words, and of most customers; sets currency and country.
    pub lang: Language,
    /// The day on which the three years end, in the business's zone.
    pub today: Day,
}

impl Recipe {
    /// Customers of the usual sample.
    pub const CUSTOMERS: usize = 5_000;
}

named_enum! {
    /// What the recipe planted with a customer. The store never learns of it: it is there to check
    /// whether the analyses find it.
    pub enum Story {
        /// Was spoken to and has not bought.
        Prospect = "prospect",
        /// Buys whenever; may have left for good.
        Ordinary = "ordinary",
        /// Buys as a habit and stays without being called.
        Regular = "regular",
        /// Bought as a habit and left for good some time ago.
        Gone = "gone",
        /// Bought every 21 days or so, has complained and been silent for three times as long.
        FellSilent = "fell_silent",
        /// Left in anger when the price of the plans rose.
        PriceAngry = "price_angry",
        /// Many long calls, returns and credits for little margin.
        CostlyToKeep = "costly_to_keep",
        /// An organisation whose orders were halved.
        OrdersHalved = "orders_halved",
        /// Loyal, and brings others.
        Advocate = "advocate",
        /// Left and came back after a call.
        WonBack = "won_back",
        /// A second record of another customer.
        Double = "double",
    }
}

/// What the recipe knows of a customer and the business cannot know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truth {
    /// What was planted.
    pub story: Story,
    /// When the customer left for good, if that was before the sample's end.
    pub left: Option<Day>,
}

/// A store as plain values. Ids count from 1 in the order of the lists and tie the lists together;
/// [`fill`] replaces them by those the store hands out.
#[derive(Clone, Debug)]
pub struct Sample {
    pub settings: Settings,
    /// The first is the one whose callbacks the demonstration shows.
    pub agents: Vec<Agent>,
    pub products: Vec<Product>,
    pub customers: Vec<Customer>,
    /// What was planted with each customer, in the order of the customers.
    pub truths: Vec<Truth>,
    /// By customer, then by day.
    pub purchases: Vec<Purchase>,
    /// By customer, then by time.
    pub interactions: Vec<Interaction>,
    /// By customer.
    pub facts: Vec<Fact>,
    pub relations: Vec<Relation>,
    pub tasks: Vec<Task>,
    /// By customer.
    pub subscriptions: Vec<Subscription>,
    pub segments: Vec<Segment>,
    pub processes: Vec<Process>,
    /// Cases of the processes, as they went.
    pub courses: Vec<Course>,
    /// Offers, a programme, scripts, campaigns and own fields. Conversations number offers and campaigns
    /// from 1 in its order.
    pub plan: Plan,
    /// Points that were redeemed, by time.
    pub redemptions: Vec<Redemption>,
}
