//! Fitted models.

use serde::{Deserialize, Serialize};

use super::{MomentV1, stored};
use crate::domain::{Day, FittedModel, Scoring};
use crate::store::{StoreError, Table};

/// The models of one scoring run; frozen.
#[derive(Serialize, Deserialize)]
struct ScoringV1 {
    as_of: i32,
    pinned: bool,
    at: MomentV1,
    horizon_weeks: u16,
    models: Vec<ModelV1>,
}

/// One model; frozen.
#[derive(Serialize, Deserialize)]
struct ModelV1 {
    name: String,
    n: u64,
    log_likelihood: f64,
    parameters: Vec<(String, f64)>,
    quality: Vec<(String, f64)>,
    seconds: f64,
    shrunk: bool,
}

stored!(Scoring, Model, ScoringV1);

impl From<&Scoring> for ScoringV1 {
    fn from(scoring: &Scoring) -> Self {
        let Scoring { as_of, pinned, at, horizon_weeks, models } = scoring.clone();
        let model =
            |FittedModel { name, n, log_likelihood, parameters, quality, seconds, shrunk }| {
                ModelV1 { name, n, log_likelihood, parameters, quality, seconds, shrunk }
            };
        Self {
            as_of: as_of.0,
            pinned,
            at: at.into(),
            horizon_weeks,
            models: models.into_iter().map(model).collect(),
        }
    }
}

impl ScoringV1 {
    fn open(self) -> Result<Scoring, StoreError> {
        let model = |ModelV1 { name, n, log_likelihood, parameters, quality, seconds, shrunk }| {
            FittedModel { name, n, log_likelihood, parameters, quality, seconds, shrunk }
        };
        Ok(Scoring {
            as_of: Day(self.as_of),
            pinned: self.pinned,
            at: self.at.open(Table::Model)?,
            horizon_weeks: self.horizon_weeks,
            models: self.models.into_iter().map(model).collect(),
        })
    }
}
