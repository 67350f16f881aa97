//! How fast, beside the libraries people use, in one run on one machine: medians of five rounds.
//!
//! Asked for by VAFA_PYTHON, which names a python that has lifetimes 0.11.3, mlxtend and scikit-learn
//! (`theirs.py` beside this file is what it runs). Only a release build says anything about speed.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;
use std::time::Instant;

use vafa::insight::affinity::{Part, frequent_sets};
use vafa::insight::gamma_gamma::GammaGamma;
use vafa::insight::pareto_nbd::{self, ParetoNbd};
use vafa::insight::retention::{Case, Worth, rank, worth};
use vafa::insight::rfm::Cuts;
use vafa::insight::score::{Terms, score_all};
use vafa::insight::{PurchaseModel, Summary};

use super::data::folder;
use super::worlds::{Random, pareto_nbd_customers};

const ROUNDS: usize = 5;
/// As fitted to the CDNOW sample.
const CDNOW: ParetoNbd = ParetoNbd { r: 0.553277, alpha: 10.577683, s: 0.606240, beta: 11.668735 };
const SPEND: GammaGamma = GammaGamma { p: 6.24957, q: 3.74422, gamma: 15.44352 };

/// Median seconds of five rounds, and what the last one found.
fn median<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut seconds = Vec::new();
    loop {
        let clock = Instant::now();
        let found = work();
        seconds.push(clock.elapsed().as_secs_f64());
        if seconds.len() == ROUNDS {
            seconds.sort_by(f64::total_cmp);
            return (seconds[ROUNDS / 2], found);
        }
    }
}

/// To the end of the day.
fn days(weeks: f64) -> f64 {
    (weeks * 7.0).ceil() / 7.0
}

/// As many customers as CDNOW has in all, first met within twelve weeks and seen for 39, drawn from the
/// model the sample was fitted with: the sample is a tenth of them. In whole days.
fn customers() -> Vec<Summary> {
    let drawn = pareto_nbd_customers(&CDNOW, &SPEND, 23_570, 27.0..39.0, &mut Random(7));
    drawn
        .into_iter()
        .map(|(s, _)| Summary { t_x: days(s.t_x), tenure: days(s.tenure), ..s })
        .collect()
}

/// What the other libraries did: median seconds, and what they found.
struct Theirs {
    seconds: f64,
    figures: Vec<f64>,
}

fn theirs(python: &str, customers: &[Summary]) -> std::collections::HashMap<String, Theirs> {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let mut text = String::from("x,t_x,tenure\n");
    for s in customers {
        writeln!(text, "{},{},{}", s.x, s.t_x, s.tenure).expect("a string takes it");
    }
    file.write_all(text.as_bytes()).expect("written");
    let done = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/theirs.py"))
        .arg(folder().join("data"))
        .arg(folder().join("reference/analytics/telco_folds_seed42.csv"))
        .arg(file.path())
        .output()
        .expect("VAFA_PYTHON starts");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{python}: {said}");
    let mut found = std::collections::HashMap::new();
    for line in String::from_utf8_lossy(&done.stdout).lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("an object");
        let seconds = row["seconds"].as_array().expect("seconds").iter();
        let mut seconds: Vec<f64> = seconds.filter_map(serde_json::Value::as_f64).collect();
        seconds.sort_by(f64::total_cmp);
        let figures = row["figures"].as_array().expect("figures").iter();
        let figures = figures.filter_map(serde_json::Value::as_f64).collect();
        let seconds = seconds[seconds.len() / 2];
        let what = row["what"].as_str().expect("a name").to_owned();
        found.insert(what, Theirs { seconds, figures });
    }
    found
}

/// One comparison and what it must come to.
struct Row {
    what: &'static str,
    ours: f64,
    theirs: Option<f64>,
    goal: &'static str,
    met: bool,
}

/// Prints the table; `telco` and `baskets` are what the reference run has read already.
pub fn run(python: &str, telco: impl FnMut() -> f64, baskets: &[Vec<u32>]) {
    let customers = customers();
    let theirs = theirs(python, &customers);
    let of = |what: &str| theirs.get(what).expect("a line of theirs.py");
    let mut rows = Vec::new();

    let (ours, fit) = median(|| pareto_nbd::fit(&customers).expect("customers"));
    let other = of("pareto_nbd");
    // Both by the likelihood that is checked against forty digits in `golden_points.csv`.
    let likelihood = |m: &ParetoNbd| -> f64 {
        customers.iter().map(|s| m.log_likelihood(s.x, s.t_x, s.tenure)).sum()
    };
    let [r, alpha, s, beta] = other.figures[..] else { panic!("four parameters") };
    let (of_ours, of_theirs) =
        (likelihood(&fit.model), likelihood(&ParetoNbd { r, alpha, s, beta }));
    println!(
        "\nPareto/NBD of {} customers: log-likelihood {of_ours:.4}, lifetimes {of_theirs:.4}",
        fit.n
    );
    assert!(of_ours > of_theirs - 1e-3 && (of_ours - fit.log_likelihood).abs() < 1e-3);
    rows.push(Row {
        what: "Pareto/NBD fit, 23,570 customers, lifetimes",
        ours,
        theirs: Some(other.seconds),
        goal: ">= 10 x",
        met: other.seconds >= 10.0 * ours,
    });

    let part = Part { of: 1, out_of: 1_000 };
    let (ours, sets) = median(|| frequent_sets(baskets.iter().map(Vec::as_slice), part));
    let other = of("fp_growth");
    assert_eq!(vec![sets.count.len() as f64], other.figures, "sets of mlxtend");
    rows.push(Row {
        what: "FP-growth, groceries at .001, mlxtend",
        ours,
        theirs: Some(other.seconds),
        goal: ">= 10 x",
        met: other.seconds >= 10.0 * ours,
    });

    let (ours, auc) = median(telco);
    let other = of("telco");
    let apart = other.figures.first().map(|theirs| (auc - theirs).abs());
    assert!(apart.is_some_and(|a| a < 2e-3), "AUC {auc}, scikit-learn {:?}", other.figures);
    rows.push(Row {
        what: "Telco logistic, five folds, scikit-learn",
        ours,
        theirs: Some(other.seconds),
        goal: ">= 3 x or <= .7 s",
        met: ours <= 0.7 || other.seconds >= 3.0 * ours,
    });

    let mut random = Random(11);
    let million: Vec<Summary> =
        pareto_nbd_customers(&CDNOW, &SPEND, 1_000_000, 4.0..260.0, &mut random)
            .into_iter()
            .map(|(s, _)| Summary { t_x: days(s.t_x), tenure: days(s.tenure), ..s })
            .collect();
    let (ours, queue) = median(|| score_and_rank(&million));
    assert!(!queue.is_empty() && queue.len() < million.len());
    rows.push(Row {
        what: "score and rank 1,000,000 customers",
        ours,
        theirs: None,
        goal: "<= 2 s",
        met: ours <= 2.0,
    });

    println!("\n{:<46} {:>9} {:>9} {:>7}  goal", "medians of five", "ours s", "theirs s", "ratio");
    for r in &rows {
        let ratio = r.theirs.map_or(String::new(), |t| format!("{:.1}", t / r.ours));
        let theirs = r.theirs.map_or(String::new(), |t| format!("{t:.3}"));
        let sign = if r.met { "" } else { "  missed" };
        println!("{:<46} {:>9.3} {theirs:>9} {ratio:>7}  {}{sign}", r.what, r.ours, r.goal);
    }
    let missed: Vec<&str> = rows.iter().filter(|r| !r.met).map(|r| r.what).collect();
    assert!(cfg!(debug_assertions) || missed.is_empty(), "too slow: {missed:?}");
}

/// Scores, value and risk of everyone, the RFM cells, and the retention queue in its order.
fn score_and_rank(customers: &[Summary]) -> Vec<usize> {
    let scores = score_all(&CDNOW, &SPEND, customers, &Terms::default());
    let recency: Vec<i32> = customers.iter().map(|s| ((s.tenure - s.t_x) * 7.0) as i32).collect();
    let frequency: Vec<u32> = customers.iter().map(|s| s.x + 1).collect();
    let monetary: Vec<i64> =
        customers.iter().map(|s| (s.mean * f64::from(s.x) * 100.0) as i64).collect();
    let cuts = Cuts::of(&recency, &frequency, &monetary);
    let mut cells = 0_u32;
    let worths: Vec<Worth> = scores
        .iter()
        .enumerate()
        .map(|(at, score)| {
            cells += u32::from(cuts.score(recency[at], frequency[at], monetary[at]).r);
            let case = Case {
                score: *score,
                margin_rate: 0.4,
                cost_per_week: 0.02,
                offer_cost: 2.0,
                call_cost: 1.0,
                minutes: 5.0,
            };
            worth(&case, 0.3)
        })
        .collect();
    assert!(cells > 0);
    rank(&worths, usize::MAX)
}
