//! Telco churn (7,043 contracts, IBM) against scikit-learn and statsmodels (`telco_reference.json`)
//! on the folds of `telco_folds_seed42.csv`.

use vafa::insight::features::{Column, Encoder, all_rows};
use vafa::insight::logistic;
use vafa::insight::quality::{auc, lift};
use vafa::insight::survival::{KaplanMeier, Span, concordance, fit_cox};

use crate::data::{Table, close, near, read};

const NUMBERS: [&str; 3] = ["tenure", "MonthlyCharges", "TotalCharges"];
const CHOICES: [&str; 16] = [
    "gender",
    "SeniorCitizen",
    "Partner",
    "Dependents",
    "PhoneService",
    "MultipleLines",
    "InternetService",
    "OnlineSecurity",
    "OnlineBackup",
    "DeviceProtection",
    "TechSupport",
    "StreamingTV",
    "StreamingMovies",
    "Contract",
    "PaperlessBilling",
    "PaymentMethod",
];

struct Telco {
    table: Table,
}

impl Telco {
    fn read() -> Self {
        Self { table: Table::read("data/Telco-Customer-Churn.csv") }
    }

    /// Blank amounts are zero.
    fn number(&self, name: &str) -> Vec<f64> {
        self.table.rows().map(|r| r.text(name).trim().parse().unwrap_or(0.0)).collect()
    }

    fn columns(&self, numbers: &[&str], level: fn(&str) -> &str) -> Vec<Column> {
        let numbers = numbers.iter().map(|name| Column::numbers(name, self.number(name)));
        let choices = CHOICES.iter().map(|name| {
            let values: Vec<&str> = self.table.rows().map(|r| level(r.text(name))).collect();
            Column::choices(name, values.iter().copied())
        });
        numbers.chain(choices).collect()
    }

    fn churn(&self) -> Vec<bool> {
        self.table.rows().map(|r| r.text("Churn") == "Yes").collect()
    }

    fn spans(&self) -> Vec<Span> {
        let times = self.number("tenure").into_iter();
        times.zip(self.churn()).map(|(time, ended)| Span { time, ended }).collect()
    }
}

/// "No internet service" and "No phone service" say no more than the columns of those services.
fn plain_no(value: &str) -> &str {
    if value.starts_with("No ") { "No" } else { value }
}

/// The file is Python's JSON, which knows infinity.
fn reference() -> serde_json::Value {
    let text = read("reference/analytics/telco_reference.json").replace("Infinity", "null");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn who_leaves_on_the_given_folds() {
    let telco = Telco::read();
    let churn = telco.churn();
    let columns = telco.columns(&NUMBERS, |v| v);
    let folds: Vec<u32> = Table::read("reference/analytics/telco_folds_seed42.csv")
        .rows()
        .map(|r| r.number("fold") as u32)
        .collect();
    assert_eq!((churn.len(), folds.len()), (7_043, 7_043));
    let mut predicted = vec![(0.0, false); churn.len()];
    let mut aucs = Vec::new();
    for fold in 0..5 {
        let (test, train): (Vec<usize>, Vec<usize>) =
            all_rows(&columns).into_iter().partition(|row| folds[*row] == fold);
        let encoder = Encoder::learn(&columns, &train);
        let outcome: Vec<bool> = train.iter().map(|row| churn[*row]).collect();
        let model = logistic::fit(&encoder.encode(&columns, &train), &outcome, 1.0)
            .expect("both outcomes")
            .model;
        for (row, encoded) in test.iter().zip(encoder.encode(&columns, &test).rows()) {
            predicted[*row] = (model.predict(encoded), churn[*row]);
        }
        let rows: Vec<_> = test.iter().map(|row| predicted[*row]).collect();
        aucs.push(auc(&rows).expect("both outcomes"));
    }
    let wanted = &reference()["logreg_L2_C1"];
    for (found, wanted) in aucs.iter().zip(wanted["auc_folds"].as_array().expect("five")) {
        near(*found, wanted.as_f64().expect("a number"), 1e-4, "AUC of a fold");
    }
    near(aucs.iter().sum::<f64>() / 5.0, 0.84513, 1e-4, "mean AUC");
    near(logistic::log_loss(&predicted), 0.41737, 1e-5, "log-loss");
    near(lift(&predicted, 0.1).expect("leavers"), 2.8637, 0.01, "lift of the first tenth");
}

#[test]
fn weights_without_penalty() {
    let telco = Telco::read();
    let columns = telco.columns(&NUMBERS, plain_no);
    let rows = all_rows(&columns);
    let encoder = Encoder::learn(&columns, &rows);
    let fit = logistic::fit(&encoder.encode(&columns, &rows), &telco.churn(), 0.0)
        .expect("both outcomes");
    let wanted = &reference()["full_logit"];
    near(fit.log_likelihood, wanted["LL"].as_f64().expect("a number"), 1e-6, "log-likelihood");
    compare(&encoder, &fit.model.weights, None, &wanted["coef"], 1e-5);
}

#[test]
fn when_contracts_end() {
    let telco = Telco::read();
    // As the reference: without the columns that hold the duration.
    let columns = telco.columns(&["MonthlyCharges"], plain_no);
    let rows = all_rows(&columns);
    let encoder = Encoder::learn(&columns, &rows);
    let matrix = encoder.encode(&columns, &rows);
    let spans = telco.spans();
    let fit = fit_cox(&matrix, &spans).expect("some ended");
    let wanted = &reference()["cox_efron_full"];
    near(fit.log_likelihood, -13884.60059588979, 1e-5, "partial log-likelihood");
    compare(&encoder, &fit.model.weights, Some(&fit.model.errors), &wanted["coef"], 1e-5);
    let risk: Vec<f64> = matrix.rows().map(|row| fit.model.risk(row)).collect();
    near(concordance(&spans, &risk).expect("pairs"), 0.8664, 5e-3, "concordance");
}

/// Weights and errors in the columns' own units against (weight, error) by name.
fn compare(
    encoder: &Encoder,
    weights: &[f64],
    errors: Option<&[f64]>,
    wanted: &serde_json::Value,
    room: f64,
) {
    let mut seen = 0;
    for (i, feature) in encoder.features.iter().enumerate() {
        let name = match &feature.level {
            Some(level) => format!("{}_{level}", feature.column),
            None => feature.column.clone(),
        };
        let of = |at: usize| wanted[&name][at].as_f64().unwrap_or_else(|| panic!("{name}"));
        near(weights[i] / feature.scale, of(0), room, &name);
        if let Some(errors) = errors {
            near(errors[i] / feature.scale, of(1), room, &format!("error of {name}"));
        }
        seen += 1;
    }
    assert!(seen >= 20);
}

#[test]
fn kaplan_meier_of_all_and_by_contract() {
    let telco = Telco::read();
    let spans = telco.spans();
    let reference = reference();
    let check = |km: &KaplanMeier, wanted: &serde_json::Value, case: &str| {
        for (month, part) in wanted.as_object().expect("months") {
            let time = month.parse().expect("a month");
            close(
                km.survival(time),
                part.as_f64().expect("a part"),
                1e-9,
                &format!("{case} {month}"),
            );
        }
    };
    let all = KaplanMeier::of(&spans);
    check(&all, &reference["KM"]["S"], "all");
    assert_eq!(all.median(), None); // more than half never left
    for contract in ["Month-to-month", "One year", "Two year"] {
        let of: Vec<Span> = telco
            .table
            .rows()
            .zip(&spans)
            .filter(|(row, _)| row.text("Contract") == contract)
            .map(|(_, span)| *span)
            .collect();
        check(&KaplanMeier::of(&of), &reference["KM_by_contract"][contract], contract);
    }
}
