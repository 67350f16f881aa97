//! Contracts: who ends theirs within a horizon, and when, by their history and by what is known of the
//! customer. What was known only later never takes part: rows are taken as of a day, and durations end
//! there. Never reads records; the caller says what is known.

use std::collections::BTreeMap;

use super::features::{Column, Encoder, Feature, all_rows};
use super::logistic::{self, log_loss};
use super::matrix::Matrix;
use super::quality::{auc, lift};
use super::survival::{Span, concordance, fit_cox};
use super::{NotEnough, What};
use crate::domain::Day;

/// Contracts with each outcome below which nothing is learned.
pub const LEAST_ENDED: usize = 20;
/// Values of one trait told apart; rarer ones are one.
const MOST_LEVELS: usize = 12;
/// Parts of the cross-validation.
const FOLDS: usize = 5;
/// Days of a month: a twelfth of a year.
pub const MONTH: f64 = 365.25 / 12.0;
/// The name of the duration among the traits.
pub const TENURE: &str = "tenure";

/// Something known of a contract or its customer.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    Number(f64),
    Word(String),
}

/// One contract, with what was known of it: never anything that only its end would tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    pub start: Day,
    pub end: Option<Day>,
    pub traits: Vec<(String, Known)>,
}

/// One weight of a model: of a number, or of a choice (`column=level`).
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    pub name: String,
    /// On the log-odds, or the log of the hazard, a unit of the trait.
    pub weight: f64,
    /// Of the trait among the contracts it was learned from.
    pub mean: f64,
}

/// A logistic regression of ending within the horizon (L2 penalty 1 on standardised traits).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Churn {
    /// Log-odds of a mean contract.
    pub base: f64,
    pub weights: Vec<Weight>,
}

/// How a [`Churn`] was fitted, and how it does on contracts it has not seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChurnFit {
    pub model: Churn,
    pub n: usize,
    pub ended: usize,
    pub log_likelihood: f64,
    /// Five-fold, on the contracts left out.
    pub auc: Option<f64>,
    pub log_loss: f64,
    pub lift: Option<f64>,
    /// The same by duration alone: the shorter, the likelier to end.
    pub auc_tenure: Option<f64>,
}

/// Cox's model of the duration in months.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaving {
    pub weights: Vec<Weight>,
    /// Cumulated hazard of a mean contract after so many months, ascending.
    pub baseline: Vec<(f64, f64)>,
}

/// How a [`Leaving`] was fitted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeavingFit {
    pub model: Leaving,
    pub n: usize,
    pub ended: usize,
    /// Partial log-likelihood (Efron's ties).
    pub log_likelihood: f64,
    pub concordance: Option<f64>,
}

impl Churn {
    /// The chance to end within the horizon.
    pub fn chance(&self, traits: &[(String, Known)]) -> f64 {
        let odds = self.base + pulls(&self.weights, traits).iter().map(|p| p.1).sum::<f64>();
        1.0 / (1.0 + (-odds).exp())
    }

    /// How far each trait moves the log-odds from those of a mean contract, the strongest first.
    pub fn reasons(&self, traits: &[(String, Known)]) -> Vec<(String, f64)> {
        let mut all = pulls(&self.weights, traits);
        all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        all
    }
}

impl Leaving {
    /// The month by which half of such contracts that ran for `now` months have ended; `None` when
    /// that is later than any was seen.
    pub fn half_gone(&self, traits: &[(String, Known)], now: f64) -> Option<f64> {
        let risk = pulls(&self.weights, traits).iter().map(|p| p.1).sum::<f64>().exp();
        let until = |time: f64| {
            let at = self.baseline.partition_point(|(t, _)| *t <= time);
            at.checked_sub(1).and_then(|i| self.baseline.get(i)).map_or(0.0, |(_, h)| *h)
        };
        let before = until(now);
        let half = std::f64::consts::LN_2;
        self.baseline.iter().find(|(t, h)| *t > now && (h - before) * risk >= half).map(|(t, _)| *t)
    }
}

/// Learns who ends a contract that runs on `day` less `horizon` days, within those days.
///
/// Errors with fewer than [`LEAST_ENDED`] that ended or went on.
pub fn fit_churn(contracts: &[Contract], day: Day, horizon: i32) -> Result<ChurnFit, NotEnough> {
    let split = day.plus(-horizon);
    let running = |c: &&Contract| c.start <= split && c.end.is_none_or(|end| end > split);
    let rows: Vec<&Contract> = contracts.iter().filter(running).collect();
    let ended: Vec<bool> = rows.iter().map(|c| c.end.is_some_and(|end| end <= day)).collect();
    enough(&ended)?;
    let columns = columns(&rows, Some(split));
    let all = all_rows(&columns);
    let (encoder, matrix, fit) = fitted(&columns, &all, &ended)?;
    let mut predicted = vec![(0.0, false); rows.len()];
    for fold in 0..FOLDS {
        let (test, train): (Vec<usize>, Vec<usize>) =
            all.iter().partition(|row| mixed(**row) % FOLDS == fold);
        let Ok((encoder, _, fit)) = fitted(&columns, &train, &ended) else { continue };
        for (row, encoded) in test.iter().zip(encoder.encode(&columns, &test).rows()) {
            if let Some(slot) = predicted.get_mut(*row) {
                *slot = (fit.model.predict(encoded), ended.get(*row).copied().unwrap_or_default());
            }
        }
    }
    let by_tenure: Vec<(f64, bool)> =
        rows.iter().zip(&ended).map(|(c, e)| (-f64::from(split.since(c.start)), *e)).collect();
    let weights = weights(&encoder, &fit.model.weights, &fit.model.means);
    let mean_row = &fit.model.means;
    let moved: f64 = fit.model.weights.iter().zip(mean_row).map(|(w, m)| w * m).sum();
    Ok(ChurnFit {
        model: Churn { base: fit.model.intercept + moved, weights },
        n: matrix.len(),
        ended: ended.iter().filter(|e| **e).count(),
        log_likelihood: fit.log_likelihood,
        auc: auc(&predicted),
        log_loss: log_loss(&predicted),
        lift: lift(&predicted, 0.1),
        auc_tenure: auc(&by_tenure),
    })
}

/// Learns how long contracts run, seen until `day`.
pub fn fit_leaving(contracts: &[Contract], day: Day) -> Result<LeavingFit, NotEnough> {
    let rows: Vec<&Contract> = contracts.iter().filter(|c| c.start < day).collect();
    let spans: Vec<Span> = rows
        .iter()
        .map(|c| {
            let end = c.end.filter(|end| *end <= day);
            let days = f64::from(end.unwrap_or(day).since(c.start).max(1));
            // Whole months, as contracts are paid: ties are many, and meant.
            Span { time: (days / MONTH).ceil(), ended: end.is_some() }
        })
        .collect();
    let ended: Vec<bool> = spans.iter().map(|s| s.ended).collect();
    enough(&ended)?;
    let columns = columns(&rows, None);
    let all = all_rows(&columns);
    let encoder = Encoder::learn(&columns, &all);
    let matrix = encoder.encode(&columns, &all);
    let fit = fit_cox(&matrix, &spans)?;
    let risk: Vec<f64> = matrix.rows().map(|row| fit.model.risk(row)).collect();
    Ok(LeavingFit {
        n: spans.len(),
        ended: ended.iter().filter(|e| **e).count(),
        log_likelihood: fit.log_likelihood,
        concordance: concordance(&spans, &risk),
        model: Leaving {
            weights: weights(&encoder, &fit.model.weights, &fit.model.means),
            baseline: fit.model.baseline,
        },
    })
}

fn enough(ended: &[bool]) -> Result<(), NotEnough> {
    let yes = ended.iter().filter(|e| **e).count();
    let have = yes.min(ended.len() - yes);
    if have < LEAST_ENDED {
        return Err(NotEnough { needed: LEAST_ENDED, have, what: What::Outcomes });
    }
    Ok(())
}

type Fitted = (Encoder, Matrix, super::Fit<logistic::Logistic>);

fn fitted(columns: &[Column], rows: &[usize], ended: &[bool]) -> Result<Fitted, NotEnough> {
    let encoder = Encoder::learn(columns, rows);
    let matrix = encoder.encode(columns, rows);
    let outcome: Vec<bool> =
        rows.iter().map(|row| ended.get(*row).copied().unwrap_or_default()).collect();
    let fit = logistic::fit(&matrix, &outcome, 1.0)?;
    Ok((encoder, matrix, fit))
}

/// A number whose remainders are as if thrown: rows that lie together go to different folds.
fn mixed(row: usize) -> usize {
    (row as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29) as usize >> 3
}

/// Columns of what is known; with `as_of` also how long each contract had run by then.
fn columns(rows: &[&Contract], as_of: Option<Day>) -> Vec<Column> {
    let mut names: BTreeMap<&str, bool> = BTreeMap::new();
    for (name, known) in rows.iter().flat_map(|c| &c.traits) {
        let is_number = names.entry(name).or_insert(true);
        *is_number &= matches!(known, Known::Number(_));
    }
    let mut columns = Vec::new();
    if let Some(day) = as_of {
        let months = rows.iter().map(|c| f64::from(day.since(c.start)) / MONTH).collect();
        columns.push(Column::numbers(TENURE, months));
    }
    for (name, is_number) in names {
        let of = |c: &Contract| c.traits.iter().find(|(n, _)| n == name).map(|(_, k)| k.clone());
        if is_number {
            let values = rows.iter().map(|c| match of(c) {
                Some(Known::Number(x)) => x,
                _ => f64::NAN,
            });
            columns.push(Column::numbers(name, values.collect()));
            continue;
        }
        let values: Vec<String> = rows
            .iter()
            .map(|c| match of(c) {
                Some(Known::Word(word)) => word,
                Some(Known::Number(x)) => x.to_string(),
                None => String::new(),
            })
            .collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for value in &values {
            *counts.entry(value).or_default() += 1;
        }
        let mut common: Vec<(&str, usize)> = counts.into_iter().collect();
        common.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        common.truncate(MOST_LEVELS);
        if common.len() < 2 {
            continue;
        }
        let told =
            values.iter().map(|v| if common.iter().any(|(c, _)| c == v) { v.as_str() } else { "" });
        columns.push(Column::choices(name, told));
    }
    columns
}

/// Weights in the traits' own units.
fn weights(encoder: &Encoder, fitted: &[f64], means: &[f64]) -> Vec<Weight> {
    let one = |((f, w), m): ((&Feature, &f64), &f64)| Weight {
        name: match &f.level {
            Some(level) => format!("{}={level}", f.column),
            None => f.column.clone(),
        },
        weight: w / f.scale,
        mean: f.mean + m * f.scale,
    };
    encoder.features.iter().zip(fitted).zip(means).map(one).collect()
}

/// What each trait adds to the log-odds of a mean contract; what is unknown adds nothing.
fn pulls(weights: &[Weight], traits: &[(String, Known)]) -> Vec<(String, f64)> {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for weight in weights {
        let (column, level) = match weight.name.split_once('=') {
            Some((column, level)) => (column, Some(level)),
            None => (weight.name.as_str(), None),
        };
        let known = traits.iter().find(|(name, _)| name == column).map(|(_, k)| k);
        let value = match (known, level) {
            (Some(Known::Number(x)), None) if x.is_finite() => *x,
            (Some(Known::Word(word)), Some(level)) => f64::from(u8::from(word == level)),
            (Some(Known::Number(x)), Some(level)) => f64::from(u8::from(x.to_string() == level)),
            _ => continue,
        };
        *sums.entry(column).or_default() += weight.weight * (value - weight.mean);
    }
    sums.into_iter().map(|(name, pull)| (name.to_owned(), pull)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monthly contracts end after 3 to 10 months, yearly ones hardly ever; green and blue are noise.
    fn planted() -> Vec<Contract> {
        (0..600_i32)
            .map(|i| {
                let monthly = i % 2 == 0;
                let start = Day(1_000 - (i * 13) % 500);
                let months = if monthly { 3 + (i / 2) % 8 } else { 60 };
                let end = start.plus((f64::from(months) * MONTH) as i32);
                let term = if monthly { "month" } else { "year" };
                let colour = if (i / 3) % 2 == 0 { "green" } else { "blue" };
                Contract {
                    start,
                    // Every twentieth yearly one ends early, so that both ends are seen.
                    end: Some(if !monthly && i % 40 == 1 { start.plus(90) } else { end }),
                    traits: vec![
                        ("period".into(), Known::Word(term.into())),
                        ("colour".into(), Known::Word(colour.into())),
                    ],
                }
            })
            .collect()
    }

    #[test]
    fn the_planted_cause_is_the_first_reason() {
        let all = planted();
        let fit = fit_churn(&all, Day(1_000), 182).expect("both outcomes");
        assert!(fit.auc.is_some_and(|a| a > 0.85), "{fit:?}");
        assert!(fit.auc > fit.auc_tenure);
        let of = |term: &str, tenure: f64| {
            let word = |w: &str| Known::Word(w.to_owned());
            vec![
                ("period".to_owned(), word(term)),
                ("colour".to_owned(), word("green")),
                (TENURE.to_owned(), Known::Number(tenure)),
            ]
        };
        let (monthly, yearly) = (of("month", 4.0), of("year", 4.0));
        assert!(fit.model.chance(&monthly) > 0.7 && fit.model.chance(&yearly) < 0.2);
        assert_eq!(fit.model.reasons(&monthly)[0].0, "period");
        assert!(fit.model.reasons(&yearly)[0].1 < 0.0, "what holds them pulls down");

        let cox = fit_leaving(&all, Day(1_000)).expect("some ended");
        assert!(cox.concordance.is_some_and(|c| c > 0.7), "{cox:?}");
        let leaves = cox.model.half_gone(&monthly, 2.0).expect("a month that was seen");
        assert!((5.0..=10.0).contains(&leaves), "{leaves}");
        assert_eq!(cox.model.half_gone(&yearly, 2.0), None);
    }

    #[test]
    fn what_comes_after_the_day_is_not_looked_at() {
        let all = planted();
        let day = Day(900);
        let cut: Vec<Contract> = all
            .iter()
            .filter(|c| c.start <= day)
            .map(|c| Contract { end: c.end.filter(|e| *e <= day), ..c.clone() })
            .collect();
        assert_eq!(fit_churn(&all, day, 120), fit_churn(&cut, day, 120));
        let began = |c: &&Contract| c.start <= day;
        let known: Vec<Contract> = all.iter().filter(began).cloned().collect();
        assert_eq!(fit_leaving(&known, day), fit_leaving(&cut, day));
    }

    #[test]
    fn too_few_of_either_kind_is_said() {
        let mut none_ended = planted();
        for contract in &mut none_ended {
            contract.end = None;
        }
        for contracts in [Vec::new(), none_ended] {
            let churn = fit_churn(&contracts, Day(1_000), 182).unwrap_err();
            assert_eq!((churn.needed, churn.have), (LEAST_ENDED, 0));
            assert!(fit_leaving(&contracts, Day(1_000)).is_err());
        }
    }
}
