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
    /// How long the fit took.
    pub seconds: f64,
    /// Too little data: the fit leans on a prior.
    pub shrunk: bool,
}

impl FittedModel {
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
    /// The models.
    pub models: Vec<FittedModel>,
}

impl Scoring {
    /// A model by name.
    pub fn model(&self, name: &str) -> Option<&FittedModel> {
        self.models.iter().find(|m| m.name == name)
    }
}
