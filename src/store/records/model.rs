//! Fitted models.

use serde::{Deserialize, Serialize};

use super::{MomentV1, stored};
use crate::domain::{Calibration, Day, FittedModel, Scoring};
use crate::store::{StoreError, Table};

/// The models of one scoring run, before the purchase model was chosen among several; frozen.
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

/// The models of one scoring run; frozen.
#[derive(Serialize, Deserialize)]
struct ScoringV2 {
    as_of: i32,
    pinned: bool,
    at: MomentV1,
    horizon_weeks: u16,
    forced: bool,
    sale_days: u64,
    models: Vec<ModelV2>,
}

/// One model; frozen.
#[derive(Serialize, Deserialize)]
struct ModelV2 {
    name: String,
    n: u64,
    log_likelihood: f64,
    parameters: Vec<(String, f64)>,
    quality: Vec<(String, f64)>,
    /// Rows, predicted, actual.
    calibration: Vec<(u64, f64, f64)>,
    chosen: bool,
    seconds: f64,
    shrunk: bool,
}

stored!(Scoring, Model, ScoringV1, ScoringV2);

impl ScoringV1 {
    /// There was one purchase model then, and it was in use.
    fn open(self) -> Result<Scoring, StoreError> {
        let model = |ModelV1 { name, n, log_likelihood, parameters, quality, seconds, shrunk }| {
            let (calibration, chosen) = (Vec::new(), name == "pareto_nbd");
            FittedModel {
                name,
                n,
                log_likelihood,
                parameters,
                quality,
                calibration,
                chosen,
                seconds,
                shrunk,
            }
        };
        Ok(Scoring {
            as_of: Day(self.as_of),
            pinned: self.pinned,
            at: self.at.open(Table::Model)?,
            horizon_weeks: self.horizon_weeks,
            forced: false,
            sale_days: 0,
            models: self.models.into_iter().map(model).collect(),
        })
    }
}

impl From<&Scoring> for ScoringV2 {
    fn from(scoring: &Scoring) -> Self {
        let Scoring { as_of, pinned, at, horizon_weeks, forced, sale_days, models } =
            scoring.clone();
        Self {
            as_of: as_of.0,
            pinned,
            at: at.into(),
            horizon_weeks,
            forced,
            sale_days,
            models: models.into_iter().map(ModelV2::from).collect(),
        }
    }
}

impl From<FittedModel> for ModelV2 {
    fn from(model: FittedModel) -> Self {
        let FittedModel {
            name,
            n,
            log_likelihood,
            parameters,
            quality,
            calibration,
            chosen,
            seconds,
            shrunk,
        } = model;
        let row = |Calibration { n, predicted, actual }| (n, predicted, actual);
        let calibration = calibration.into_iter().map(row).collect();
        Self { name, n, log_likelihood, parameters, quality, calibration, chosen, seconds, shrunk }
    }
}

impl ScoringV2 {
    fn open(self) -> Result<Scoring, StoreError> {
        let row = |(n, predicted, actual)| Calibration { n, predicted, actual };
        let model = |model: ModelV2| FittedModel {
            name: model.name,
            n: model.n,
            log_likelihood: model.log_likelihood,
            parameters: model.parameters,
            quality: model.quality,
            calibration: model.calibration.into_iter().map(row).collect(),
            chosen: model.chosen,
            seconds: model.seconds,
            shrunk: model.shrunk,
        };
        Ok(Scoring {
            as_of: Day(self.as_of),
            pinned: self.pinned,
            at: self.at.open(Table::Model)?,
            horizon_weeks: self.horizon_weeks,
            forced: self.forced,
            sale_days: self.sale_days,
            models: self.models.into_iter().map(model).collect(),
        })
    }
}
