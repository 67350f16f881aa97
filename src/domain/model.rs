//! What was learned from the data and is kept: parameters, fit and quality, with the day they hold for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::day::Day;

/// One fitted model in plain numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FittedModel {
    /// Name, in English snake case: `pareto_nbd`, `gamma_gamma`.
    pub name: String,
    /// Customers it was fitted on.
    pub n: u64,
    /// Logarithm of the likelihood at the optimum.
    pub log_likelihood: f64,
    /// Parameters by name.
    pub parameters: Vec<(String, f64)>,
    /// Figures of quality by name, on held-back time.
    pub quality: Vec<(String, f64)>,
    /// What was said on held-back time and what came, from the lowest prediction on.
    pub calibration: Vec<Calibration>,
    /// Scores come from it.
    pub chosen: bool,
    /// How long the fit took.
    pub seconds: f64,
    /// Too little data: the fit leans on a prior.
    pub shrunk: bool,
}

/// Rows of like prediction: how many, what was said of them and what came, both in the mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Rows.
    pub n: u64,
    /// Mean of the predictions.
    pub predicted: f64,
    /// Mean of what came.
    pub actual: f64,
}

impl FittedModel {
    /// A figure of quality by name.
    pub fn figure(&self, name: &str) -> Option<f64> {
        self.quality.iter().find(|(n, _)| n == name).map(|(_, v)| *v)
    }

    /// A parameter by name.
    pub fn parameter(&self, name: &str) -> Option<f64> {
        self.parameters.iter().find(|(n, _)| n == name).map(|(_, v)| *v)
    }
}

/// All models of one scoring run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scoring {
    /// The day up to which histories were read.
    pub as_of: Day,
    /// The day was given by hand: scores stay on it. Otherwise they move with the calendar.
    pub pinned: bool,
    /// When it ran.
    pub at: Timestamp,
    /// Horizon in which leaving matters.
    pub horizon_weeks: u16,
    /// The purchase model was named by hand, not chosen on held-back time.
    pub forced: bool,
    /// Days with a sale that the fit knew of, over all customers: how far data has moved since.
    pub sale_days: u64,
    /// The models.
    pub models: Vec<FittedModel>,
}

impl Scoring {
    /// A model by name.
    pub fn model(&self, name: &str) -> Option<&FittedModel> {
        self.models.iter().find(|m| m.name == name)
    }
}
