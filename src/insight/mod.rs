//! The analyses: pure functions from histories to numbers. Never reads a clock, a store or a screen:
//! the caller says what day it is and brings the histories.
//!
//! | module | question |
//! |---|---|
//! | [`summary`] | what the purchase models need to know of one history |
//! | [`pareto_nbd`] | how often will they buy, and are they still with us? |
//! | [`beta_geometric`] | the same for those who leave after a purchase, and for regular buyers |
//! | [`choice`] | which of the two tells the truth about these customers? |
//! | [`gamma_gamma`] | how much will they spend each time? |
//! | [`score`] | both for everyone at once |
//! | [`logistic`], [`features`] | who leaves or converts, by what is known of them? |
//! | [`contract`] | who ends a contract, when, and why? |
//! | [`survival`], [`sbg`] | how long do contracts last, and which end when? |
//! | [`rfm`] | the classic segments |
//! | [`retention`] | who is worth a call, and what does the arithmetic look like? |
//! | [`offer`] | what is a win-back, a cross-sale, an up-sale, a prospect worth? |
//! | [`acceptance`] | how likely is an offer taken by one like this? |
//! | [`experience`] | how satisfied are they, and has it fallen? |
//! | [`loyalty`] | loyal or not, profitable or not |
//! | [`cohort`] | do those who came together stay? |
//! | [`affinity`] | what is bought together, and what next? |
//! | [`cluster`] | which groups are there among prospects? |
//! | [`reasons`] | which two facts speak loudest? |
//! | [`maturity`] | how far has the organisation come in steering by its customers? |
//! | [`quality`] | were the scores true on time they had not seen? |
//!
//! Times are weeks (days / 7) and money is in major units from [`summary`] on. No function answers
//! NaN: where there is too little to go by, it says [`NotEnough`].
#![allow(clippy::float_cmp)] // equal bits are meant: grouping equal customers, exact limits in tests

pub mod acceptance;
pub mod affinity;
pub mod beta_geometric;
pub mod choice;
pub mod cluster;
pub mod cohort;
pub mod contract;
pub mod experience;
pub mod features;
pub mod gamma_gamma;
pub mod lifecycle;
pub mod logistic;
pub mod loyalty;
pub mod matrix;
pub mod maturity;
pub mod offer;
mod optimise;
pub mod pareto_nbd;
pub mod purchasing;
pub mod quality;
pub mod reasons;
pub mod retention;
pub mod rfm;
pub mod sbg;
pub mod score;
pub mod share;
mod special;
pub mod summary;
pub mod survival;

pub use purchasing::PurchaseModel;
pub use summary::{Summary, summarise};

/// Too little data for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("needs {needed} {what}, has {have}")]
pub struct NotEnough {
    /// How many there must be.
    pub needed: usize,
    /// How many there are.
    pub have: usize,
    /// What is counted.
    pub what: What,
}

/// What [`NotEnough`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Customers with at least one purchase.
    Customers,
    /// Customers who bought on a second day and spent something.
    RepeatBuyers,
    /// Customers who did what is to be predicted, and customers who did not.
    Outcomes,
    /// Rows of a table.
    Rows,
}

impl std::fmt::Display for What {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            What::Customers => "customers",
            What::RepeatBuyers => "repeat buyers",
            What::Outcomes => "outcomes of either kind",
            What::Rows => "rows",
        })
    }
}

/// A model with what is known about how it was fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit<M> {
    /// The model at its best parameters.
    pub model: M,
    /// Log-likelihood of the customers used, without the prior.
    pub log_likelihood: f64,
    /// Customers used.
    pub n: usize,
    /// Those of them with a repeat purchase.
    pub repeaters: usize,
    /// Steps of the optimiser.
    pub iterations: u64,
    /// There were too few repeat buyers to stand alone: the parameters are drawn to published ones.
    pub shrunk: bool,
}

impl<M> Fit<M> {
    /// The same fit of a model that stands for this one.
    pub fn map<N>(self, f: impl FnOnce(M) -> N) -> Fit<N> {
        let Self { model, log_likelihood, n, repeaters, iterations, shrunk } = self;
        Fit { model: f(model), log_likelihood, n, repeaters, iterations, shrunk }
    }
}

/// With fewer repeat buyers than this a fit leans on a prior and says so ([`Fit::shrunk`]).
pub const ENOUGH_REPEATERS: usize = 100;
