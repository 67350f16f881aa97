//! Were the scores true? Checks a model on time it has not seen, against what anyone could say
//! without it. Never fits: the caller fits on [`HeldOut::customers`] and hands the model in.

use std::cmp::Ordering;

use super::purchasing::PurchaseModel;
use super::summary::DAYS_PER_WEEK;
use super::{Summary, summarise};
use crate::domain::{Day, History};

/// Area under the ROC curve: the chance that one with the outcome scores above one without; ties
/// count half. `None` unless both kinds are there.
pub fn auc(rows: &[(f64, bool)]) -> Option<f64> {
    let ranked = ascending(rows);
    let (mut below, mut pairs, mut yes_all) = (0.0, 0.0, 0.0);
    for tied in ranked.chunk_by(|a, b| a.0.total_cmp(&b.0) == Ordering::Equal) {
        let yes = tied.iter().filter(|r| r.1).count() as f64;
        let no = tied.len() as f64 - yes;
        pairs += yes * (below + no / 2.0);
        below += no;
        yes_all += yes;
    }
    let all = yes_all * below;
    (all > 0.0).then(|| pairs / all)
}

/// How much more often the outcome comes among the top `part` of the scores than among all. Rows
/// tied at the edge count in proportion. `None` when it never comes or there are no rows.
pub fn lift(rows: &[(f64, bool)], part: f64) -> Option<f64> {
    let all = rows.iter().filter(|r| r.1).count() as f64;
    let top = (rows.len() as f64 * part).max(1.0);
    let (mut room, mut hits) = (top, 0.0);
    for tied in ascending(rows).chunk_by(|a, b| a.0.total_cmp(&b.0) == Ordering::Equal).rev() {
        let n = tied.len() as f64;
        let yes = tied.iter().filter(|r| r.1).count() as f64;
        hits += yes * (room / n).clamp(0.0, 1.0);
        room -= n;
        if room <= 0.0 {
            break;
        }
    }
    (all > 0.0).then(|| (hits / top) / (all / rows.len() as f64))
}

fn ascending(rows: &[(f64, bool)]) -> Vec<(f64, bool)> {
    let mut ranked = rows.to_vec();
    ranked.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    ranked
}

/// Rows of like prediction: what was said and what came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Rows.
    pub n: usize,
    /// Mean of the predictions.
    pub predicted: f64,
    /// Mean of what came.
    pub actual: f64,
}

/// A calibration table: (predicted, actual) in up to `bins` bins of equally many rows, lowest
/// prediction first. Equal predictions share a bin.
pub fn calibration(rows: &[(f64, f64)], bins: usize) -> Vec<Bin> {
    let mut rows = rows.to_vec();
    rows.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let size = rows.len().div_ceil(bins.max(1)).max(1);
    let mut table = Vec::new();
    let mut open: Vec<(f64, f64)> = Vec::new();
    for tied in rows.chunk_by(|a, b| a.0.total_cmp(&b.0) == Ordering::Equal) {
        open.extend_from_slice(tied);
        if open.len() >= size {
            table.extend(bin(&open));
            open.clear();
        }
    }
    table.extend(bin(&open));
    table
}

fn bin(rows: &[(f64, f64)]) -> Option<Bin> {
    let n = rows.len();
    let mean = |f: fn(&(f64, f64)) -> f64| rows.iter().map(f).sum::<f64>() / n as f64;
    (n > 0).then(|| Bin { n, predicted: mean(|r| r.0), actual: mean(|r| r.1) })
}

/// Customers as they were at a day, and what they did after it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeldOut {
    /// As of the split, in the order of the histories that had begun by then.
    pub customers: Vec<Summary>,
    /// Days with a sale after the split, until the end.
    pub actual: Vec<u32>,
    /// Weeks from split to end.
    pub weeks: f64,
}

/// Cuts histories at the end of day `split` and counts the days with a sale after it, until `end`.
///
/// Exact unless `split` lies inside the folded part of a very long history; see [`summarise`].
pub fn hold_out<'a>(
    histories: impl IntoIterator<Item = &'a History>,
    split: Day,
    end: Day,
    minor_per_major: f64,
) -> HeldOut {
    let mut held =
        HeldOut { weeks: f64::from(end.since(split).max(0)) / DAYS_PER_WEEK, ..HeldOut::default() };
    for history in histories {
        let Some(before) = summarise(history, split, minor_per_major) else { continue };
        let after = summarise(history, end, minor_per_major).map_or(before.x, |s| s.x);
        held.customers.push(before);
        held.actual.push(after.saturating_sub(before.x));
    }
    held
}

/// How well one way of predicting did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// Chance to rank a buyer above a non-buyer; `None` when all or none bought.
    pub auc: Option<f64>,
    /// How much more often the first tenth bought than all.
    pub lift: Option<f64>,
    /// Mean absolute error in purchases.
    pub mae: f64,
}

/// A model on held-back time.
#[derive(Clone, Debug, PartialEq)]
pub struct Quality {
    /// Customers.
    pub n: usize,
    /// Weeks held back.
    pub weeks: f64,
    /// Purchases that came.
    pub actual: f64,
    /// Purchases expected.
    pub predicted: f64,
    /// The model, ranking by expected purchases.
    pub model: Record,
    /// The model's P(alive) as a ranking of who buys again: poor for models that call every
    /// one-time buyer alive.
    pub auc_alive: Option<f64>,
    /// Recency alone: the later the last purchase, the more; in number the mean of all.
    pub recency: Record,
    /// Everyone keeps the average rate of their own past.
    pub average_rate: Record,
    /// Expected purchases against those that came, by tenths.
    pub calibration: Vec<Bin>,
}

impl Quality {
    /// How far the calibration table lies from what came, in purchases a customer: 0 is perfect. Tells
    /// what the mean error does not: guessing too little for the many who buy nothing lessens that one.
    pub fn miscalibration(&self) -> f64 {
        let off = |b: &Bin| b.n as f64 * (b.predicted - b.actual).abs();
        self.calibration.iter().map(off).sum::<f64>() / self.n.max(1) as f64
    }

    /// The model ranks no worse and errs less than both baselines.
    pub fn beats_baselines(&self) -> bool {
        let ranks = |other: &Record| self.model.auc >= other.auc;
        let errs_less = |other: &Record| self.model.mae < other.mae;
        [&self.recency, &self.average_rate].iter().all(|b| ranks(b) && errs_less(b))
    }
}

/// Checks a model against what came in the weeks held back.
pub fn check(model: &dyn PurchaseModel, held: &HeldOut) -> Quality {
    let rows = || held.customers.iter().zip(&held.actual);
    let predict = |f: &dyn Fn(&Summary) -> f64| -> Vec<(f64, f64)> {
        rows().map(|(s, actual)| (f(s), f64::from(*actual))).collect()
    };
    let model_rows = predict(&|s| model.expected_purchases(s.x, s.t_x, s.tenure, held.weeks));
    let alive = predict(&|s| model.p_alive(s.x, s.t_x, s.tenure));
    let rate_rows = predict(&|s| f64::from(s.x) / s.tenure.max(1.0 / DAYS_PER_WEEK) * held.weeks);
    let recency_rows = predict(&|s| s.t_x - s.tenure);
    let n = held.customers.len();
    let actual: f64 = held.actual.iter().map(|a| f64::from(*a)).sum();
    let seen: f64 = held.customers.iter().map(|s| f64::from(s.x)).sum();
    let time: f64 = held.customers.iter().map(|s| s.tenure).sum();
    let mean = if time > 0.0 { seen / time * held.weeks } else { 0.0 };
    let mae_of_mean = mean_error(&predict(&|_| mean));
    Quality {
        n,
        weeks: held.weeks,
        actual,
        predicted: model_rows.iter().map(|r| r.0).sum(),
        model: record(&model_rows, mean_error(&model_rows)),
        auc_alive: auc(&bought(&alive)),
        recency: record(&recency_rows, mae_of_mean),
        average_rate: record(&rate_rows, mean_error(&rate_rows)),
        calibration: calibration(&model_rows, 10),
    }
}

fn bought(rows: &[(f64, f64)]) -> Vec<(f64, bool)> {
    rows.iter().map(|(p, actual)| (*p, *actual > 0.0)).collect()
}

fn record(rows: &[(f64, f64)], mae: f64) -> Record {
    let outcome = bought(rows);
    Record { auc: auc(&outcome), lift: lift(&outcome, 0.1), mae }
}

fn mean_error(rows: &[(f64, f64)]) -> f64 {
    rows.iter().map(|(p, a)| (p - a).abs()).sum::<f64>() / rows.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DayTotal;

    #[test]
    fn auc_counts_pairs_and_halves_ties() {
        for (rows, wanted) in [
            (vec![(0.1, false), (0.9, true)], Some(1.0)),
            (vec![(0.9, false), (0.1, true)], Some(0.0)),
            (vec![(0.5, false), (0.5, true), (0.5, true)], Some(0.5)),
            // Pairs won: 2 of 4, and one tie.
            (
                vec![(1.0, true), (2.0, false), (2.0, true), (3.0, true), (0.5, false)],
                Some(4.5 / 6.0),
            ),
            (vec![(0.3, true)], None),
            (vec![], None),
        ] {
            assert_eq!(auc(&rows), wanted, "{rows:?}");
        }
    }

    #[test]
    fn lift_compares_the_top_with_all() {
        let rows: Vec<(f64, bool)> = (0..20).map(|i| (f64::from(i), i >= 18 || i == 3)).collect();
        assert!(lift(&rows, 0.1).is_some_and(|l| (l - 20.0 / 3.0).abs() < 1e-12));
        let tied: Vec<(f64, bool)> = (0..20).map(|i| (1.0, i % 4 == 0)).collect();
        assert!(lift(&tied, 0.1).is_some_and(|l| (l - 1.0).abs() < 1e-12));
        assert_eq!(lift(&[(1.0, false)], 0.1), None);
        assert_eq!(lift(&[], 0.1), None);
    }

    #[test]
    fn calibration_bins_hold_equal_predictions_together() {
        let rows = [(0.1, 0.0), (0.1, 1.0), (0.1, 0.0), (0.8, 1.0), (0.9, 0.0)];
        let table = calibration(&rows, 2);
        assert_eq!(table.iter().map(|b| b.n).collect::<Vec<_>>(), [3, 2]);
        assert!((table[1].predicted - 0.85).abs() < 1e-12 && table[1].actual == 0.5);
        assert_eq!(calibration(&[], 10), []);
        assert_eq!(calibration(&rows, 0).len(), 1);
    }

    #[test]
    fn holding_out_splits_at_the_end_of_a_day() {
        let history = |days: &[i32]| {
            let mut h = History::default();
            for day in days {
                h.add(DayTotal { day: Day(*day), sales: 1, revenue: 500, ..DayTotal::default() });
            }
            h
        };
        let histories = [history(&[0, 7, 8, 14, 30]), history(&[9, 10]), history(&[7])];
        let held = hold_out(&histories, Day(7), Day(21), 100.0);
        assert_eq!(held.actual, [2, 0]); // the second began after the split, the fifth day is later
        assert_eq!(held.customers[0], Summary { x: 1, t_x: 1.0, tenure: 1.0, mean: 5.0 });
        assert_eq!(held.weeks, 2.0);
    }
}
