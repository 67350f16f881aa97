//! The reference run: every published figure with ours beside it, as a table.
//!
//! ```sh
//! cargo test --release --test reference -- --nocapture
//! ```
//! The data lie in `../shared`, or in the folder that VAFA_SHARED names; without them it says so.
//! With VAFA_PYTHON it also compares speed with the libraries people use, see [`ratios`].
//! `tests/accuracy` compares more (each row of the files of reference); this is what a person reads.
#![allow(clippy::print_stdout, clippy::float_cmp)]

#[allow(dead_code)] // a part of it is for the other comparisons
#[path = "../accuracy/data.rs"]
mod data;
mod ratios;
#[allow(dead_code)]
#[path = "../accuracy/worlds.rs"]
mod worlds;

use std::time::Instant;

use vafa::insight::affinity::{Part, frequent_sets, rules};
use vafa::insight::beta_geometric::{self, Leaving};
use vafa::insight::features::{Column, Encoder, all_rows};
use vafa::insight::quality::{auc, check, hold_out};
use vafa::insight::survival::{Span, fit_cox};
use vafa::insight::{gamma_gamma, logistic, pareto_nbd};

use data::{Table, calibration_end, cdnow, cdnow_summaries, day_of, folder, read};

/// A figure: whose it is, ours, theirs, and how far they may lie apart.
struct Line {
    model: &'static str,
    figure: &'static str,
    ours: f64,
    theirs: f64,
    room: f64,
}

#[derive(Default)]
struct Run {
    lines: Vec<Line>,
    seconds: Vec<(&'static str, f64)>,
}

impl Run {
    fn line(
        &mut self,
        model: &'static str,
        figure: &'static str,
        (ours, theirs): (f64, f64),
        room: f64,
    ) {
        self.lines.push(Line { model, figure, ours, theirs, room });
    }

    fn timed<T>(&mut self, what: &'static str, work: impl FnOnce() -> T) -> T {
        let clock = Instant::now();
        let done = work();
        self.seconds.push((what, clock.elapsed().as_secs_f64()));
        done
    }
}

#[test]
fn reference_run() {
    let needed = ["CDNOW_sample.txt", "Telco-Customer-Churn.csv", "groceries.csv"];
    let missing: Vec<&str> =
        needed.into_iter().filter(|name| !folder().join("data").join(name).exists()).collect();
    if !missing.is_empty() {
        println!("not run: needs {} in {}", missing.join(", "), folder().join("data").display());
        return;
    }
    let mut run = Run::default();
    purchases(&mut run);
    telco(&mut run);
    let baskets = baskets();
    groceries(&mut run, &baskets);
    println!("{:<14} {:<22} {:>16} {:>16} {:>11}", "model", "figure", "ours", "published", "apart");
    let mut far = Vec::new();
    for l in &run.lines {
        let apart = (l.ours - l.theirs).abs();
        let sign = if apart <= l.room { ' ' } else { '!' };
        println!(
            "{:<14} {:<22} {:>16.6} {:>16.6} {:>10.1e}{sign}",
            l.model, l.figure, l.ours, l.theirs, apart
        );
        if apart > l.room {
            far.push(format!("{} {}: {} not {} ± {}", l.model, l.figure, l.ours, l.theirs, l.room));
        }
    }
    for (what, seconds) in &run.seconds {
        println!("{what:<37} {seconds:>16.3} s");
    }
    assert!(far.is_empty(), "{far:#?}");
    match std::env::var("VAFA_PYTHON") {
        Ok(python) => {
            let contracts = Contracts::read();
            ratios::run(&python, || contracts.five_folds().0, &baskets);
        }
        Err(_) => println!("speed beside other libraries: not run, VAFA_PYTHON names no python"),
    }
}

/// CDNOW, 39 weeks to 1997-09-30, against `lifetimes` and BTYD (`cdnow_sample_fits.json`).
fn purchases(run: &mut Run) {
    let customers = cdnow_summaries();
    let fit = run.timed("Pareto/NBD fit, 2,357 customers", || pareto_nbd::fit(&customers));
    let fit = fit.expect("customers");
    let m = fit.model;
    run.line("Pareto/NBD", "log-likelihood", (fit.log_likelihood, -9594.9762), 1e-3);
    for (name, pair, part) in [
        ("r", (m.r, 0.553277), 1e-3),
        ("alpha", (m.alpha, 10.577683), 1e-3),
        ("s", (m.s, 0.606240), 1e-3),
        ("beta", (m.beta, 11.668735), 1e-2),
    ] {
        run.line("Pareto/NBD", name, pair, part * pair.1);
    }
    for (model, leaving, wanted) in [
        ("BG/NBD", Leaving::AfterRepeat, [0.242595, 4.413602, 0.792922, 2.425907, -9582.4292]),
        ("MBG/NBD", Leaving::AfterAny, [0.524843, 6.183085, 0.891359, 1.614002, -9582.1357]),
    ] {
        let fit = run.timed(model, || beta_geometric::fit(leaving, &customers)).expect("customers");
        let m = fit.model;
        run.line(model, "log-likelihood", (fit.log_likelihood, wanted[4]), 1e-3);
        for (name, ours, theirs) in [
            ("r", m.r, wanted[0]),
            ("alpha", m.alpha, wanted[1]),
            ("a", m.a, wanted[2]),
            ("b", m.b, wanted[3]),
        ] {
            run.line(model, name, (ours, theirs), 1e-3 * theirs);
        }
    }
    let fit = gamma_gamma::fit(&customers).expect("repeat buyers");
    run.line("Gamma-Gamma", "log-likelihood", (fit.log_likelihood, -4055.9177), 1e-3);
    for (name, ours, theirs) in [
        ("p", fit.model.p, 6.24957),
        ("q", fit.model.q, 3.74422),
        ("gamma", fit.model.gamma, 15.44352),
    ] {
        run.line("Gamma-Gamma", name, (ours, theirs), 1e-3 * theirs);
    }
    let histories = cdnow();
    let held = hold_out(histories.values(), calibration_end(), day_of(1998, 6, 30), 100.0);
    let quality = check(&m, &held);
    run.line("39 weeks held", "purchases that came", (quality.actual, 1_882.0), 0.0);
    run.line("39 weeks held", "purchases expected", (quality.predicted, 1_665.5), 0.5);
    run.line("39 weeks held", "mean absolute error", (quality.model.mae, 0.7545), 1e-3);
    run.line("39 weeks held", "AUC", (quality.model.auc.unwrap_or_default(), 0.7787), 1e-3);
}

/// The Telco table.
struct Contracts {
    table: Table,
    heads: Vec<String>,
    churn: Vec<bool>,
    folds: Vec<u32>,
}

impl Contracts {
    fn read() -> Self {
        let table = Table::read("data/Telco-Customer-Churn.csv");
        let text = read("data/Telco-Customer-Churn.csv");
        let heads = text.lines().next().unwrap_or_default().split(',');
        Self {
            heads: heads.map(|h| h.trim().to_owned()).collect(),
            churn: table.rows().map(|r| r.text("Churn") == "Yes").collect(),
            folds: Table::read("reference/analytics/telco_folds_seed42.csv")
                .rows()
                .map(|r| r.number("fold") as u32)
                .collect(),
            table,
        }
    }

    fn number(&self, name: &str) -> Vec<f64> {
        self.table.rows().map(|r| r.text(name).trim().parse().unwrap_or(0.0)).collect()
    }

    /// `plain` reads "No internet service" and the like as "No".
    fn columns(&self, numbers: &[&str], plain: bool) -> Vec<Column> {
        let apart = ["tenure", "MonthlyCharges", "TotalCharges", "customerID", "Churn"];
        let choices = self.heads.iter().filter(|h| !apart.contains(&h.as_str())).map(|name| {
            let level = |v: &'_ str| -> String {
                if plain && v.starts_with("No ") { "No".to_owned() } else { v.to_owned() }
            };
            let values: Vec<String> = self.table.rows().map(|r| level(r.text(name))).collect();
            Column::choices(name, values.iter().map(String::as_str))
        });
        numbers.iter().map(|n| Column::numbers(n, self.number(n))).chain(choices).collect()
    }

    /// Mean AUC and log-loss over the five folds, each learned from the other four.
    fn five_folds(&self) -> (f64, f64) {
        let all = self.columns(&["tenure", "MonthlyCharges", "TotalCharges"], false);
        let (mut predicted, mut aucs) = (vec![(0.0, false); self.churn.len()], Vec::new());
        for fold in 0..5 {
            let (test, train): (Vec<usize>, Vec<usize>) =
                all_rows(&all).into_iter().partition(|row| self.folds[*row] == fold);
            let encoder = Encoder::learn(&all, &train);
            let outcome: Vec<bool> = train.iter().map(|row| self.churn[*row]).collect();
            let fit = logistic::fit(&encoder.encode(&all, &train), &outcome, 1.0);
            let model = fit.expect("both outcomes").model;
            for (row, encoded) in test.iter().zip(encoder.encode(&all, &test).rows()) {
                predicted[*row] = (model.predict(encoded), self.churn[*row]);
            }
            let rows: Vec<_> = test.iter().map(|row| predicted[*row]).collect();
            aucs.push(auc(&rows).expect("both outcomes"));
        }
        (aucs.iter().sum::<f64>() / 5.0, logistic::log_loss(&predicted))
    }
}

/// Telco churn against scikit-learn and statsmodels (`telco_reference.json`).
fn telco(run: &mut Run) {
    let all = Contracts::read();
    let (auc, loss) = run.timed("logistic regression, five folds", || all.five_folds());
    run.line("Telco logistic", "AUC", (auc, 0.84513), 2e-3);
    run.line("Telco logistic", "log-loss", (loss, 0.41737), 1e-4);
    let plain = all.columns(&["MonthlyCharges"], true);
    let rows = all_rows(&plain);
    let encoder = Encoder::learn(&plain, &rows);
    let matrix = encoder.encode(&plain, &rows);
    let spans: Vec<Span> = all
        .number("tenure")
        .into_iter()
        .zip(&all.churn)
        .map(|(time, ended)| Span { time, ended: *ended })
        .collect();
    let fit = run.timed("Cox, 7,043 contracts", || fit_cox(&matrix, &spans)).expect("some ended");
    run.line("Telco Cox", "partial likelihood", (fit.log_likelihood, -13884.6006), 0.1);
}

/// The groceries' baskets as numbers of products.
fn baskets() -> Vec<Vec<u32>> {
    let text = read("data/groceries.csv");
    let mut names: Vec<&str> = text.lines().flat_map(|l| l.split(',')).map(str::trim).collect();
    names.sort_unstable();
    names.dedup();
    let id = |item: &str| names.partition_point(|n| *n < item.trim()) as u32;
    text.lines().map(|line| line.split(',').map(id).collect()).collect()
}

/// Groceries against exact counts (`groceries_summary.json`).
fn groceries(run: &mut Run, baskets: &[Vec<u32>]) {
    let sets = run.timed("FP-growth, support .001", || {
        frequent_sets(baskets.iter().map(Vec::as_slice), Part { of: 1, out_of: 1_000 })
    });
    run.line("groceries .001", "frequent sets", (sets.count.len() as f64, 13_492.0), 0.0);
    for (figure, tenths, wanted) in
        [("rules at .5", 5, 5_668.0), ("rules at .8", 8, 410.0), ("rules at .9", 9, 129.0)]
    {
        let found = rules(&sets, Part { of: tenths, out_of: 10 }).len() as f64;
        run.line("groceries .001", figure, (found, wanted), 0.0);
    }
}
