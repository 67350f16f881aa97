//! The CDNOW sample (Fader and Hardie), read where it lies, against published figures.

use serde_json::Value;

use crate::bench::{Bench, shared};

fn import(bench: &Bench, path: &str) -> String {
    bench.ok(&[
        "import",
        "purchases",
        path,
        "--no-header",
        "--delimiter",
        "space",
        "--map",
        "2=customer",
        "--map",
        "3=date",
        "--map",
        "4=quantity",
        "--map",
        "5=amount",
    ])
}

#[test]
fn cdnow_comes_in_once_is_scored_and_goes_away_whole() {
    let Some(path) = shared("CDNOW_sample.txt") else { return };
    let path = path.to_str().unwrap();
    let bench = Bench::new();
    // 6,919 transactions of 2,357 customers (brucehardie.com, note to the data set).
    let first = import(&bench, path);
    assert!(
        first.contains("6,919 rows: 6,919 added") && first.contains("2,357 customers"),
        "{first}"
    );
    let again = import(&bench, path);
    assert!(again.contains("0 added, 0 changed, 6,919 the same"), "{again}");

    let models = bench.rows(&["score", "--as-of", "1997-09-30"]);
    let model = |name: &str| models.iter().find(|m| m["model"] == name).unwrap();
    // Log-likelihoods and parameters of 39 weeks of calibration.
    let pareto = model("pareto_nbd");
    near(&pareto["log_likelihood"], -9594.9762, 1e-3);
    for (name, want, most) in [
        ("r", 0.553277, 1e-3),
        ("alpha", 10.577683, 1e-3),
        ("s", 0.606240, 1e-3),
        ("beta", 11.668735, 1e-2),
    ] {
        near(&pareto["parameters"][name], want, want * most);
    }
    let gamma = model("gamma_gamma");
    near(&gamma["log_likelihood"], -4055.9177, 1e-3);
    for (name, want) in [("p", 6.24957), ("q", 3.74422), ("gamma", 15.44352)] {
        near(&gamma["parameters"][name], want, want * 1e-3);
    }
    assert_eq!((&pareto["n"], &pareto["as_of"]), (&2357.into(), &"1997-09-30".into()));

    // Pareto/NBD keeps its place, and every model says how it did on time it had not seen.
    let chosen = |models: &[Value]| -> Vec<Value> {
        models.iter().filter(|m| m["chosen"] == true).map(|m| m["model"].clone()).collect()
    };
    assert_eq!(chosen(&models), ["pareto_nbd"]);
    for name in ["pareto_nbd", "mbg_nbd", "mbg_cnbd_k"] {
        let quality = &model(name)["quality"];
        for figure in ["auc", "auc_recency", "auc_average_rate", "mae", "lift_top_tenth"] {
            assert!(quality[figure].as_f64().is_some_and(|f| f > 0.0), "{name} {figure}");
        }
        let table = model(name)["calibration"].as_array().unwrap();
        let of = |row: &Value| (row["n"].as_u64().unwrap(), row["actual"].as_f64().unwrap());
        let sum: f64 = table.iter().map(|row| of(row).0 as f64 * of(row).1).sum();
        assert!(table.len() > 3 && (sum - quality["actual"].as_f64().unwrap()).abs() < 1e-6);
        assert_eq!(
            table.iter().map(|row| of(row).0).sum::<u64>(),
            quality["customers"].as_f64().unwrap() as u64
        );
    }
    near(&model("mbg_nbd")["log_likelihood"], -9582.1357, 1e-3);
    assert!(models.iter().all(|m| m["model"] != "bg_nbd"), "an anchor only when asked for");
    let forced = bench.rows(&["score", "--as-of", "1997-09-30", "--model", "mbg-nbd"]);
    assert_eq!(chosen(&forced), ["mbg_nbd"]);
    let rows = bench.rows(&["queue", "retention", "--limit", "10"]);
    assert!(rows.iter().all(|r| r["leave_date"].is_string() && r["p_alive"].is_f64()));
    let scores = bench.ok(&["export", "scores"]);
    assert!(!scores.contains("NaN") && scores.lines().count() == 2_358);
    let anchored = bench.rows(&["score", "--as-of", "1997-09-30", "--model", "bg_nbd"]);
    let anchor = anchored.iter().find(|m| m["model"] == "bg_nbd").unwrap();
    near(&anchor["log_likelihood"], -9582.4292, 1e-3);
    assert_eq!(chosen(&anchored), ["pareto_nbd"]);
    bench.fails(&["score", "--model", "arima"], 2, &["pareto_nbd", "bg_nbd"]);

    let rows = bench.rows(&["queue", "retention", "--limit", "10"]);
    assert_eq!(rows.len(), 10);
    let mut last = i64::MAX;
    for (place, row) in rows.iter().enumerate() {
        assert_eq!(row["rank"], place as i64 + 1);
        let value = row["expected_value"].as_i64().unwrap();
        assert!(value > 0 && value <= last, "{rows:?}");
        last = value;
        let p = row["p_alive"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&p) && row["leave_date"].is_string(), "{row}");
        assert!(!row["reasons"].as_array().unwrap().is_empty(), "{row}");
    }
    let scores = bench.ok(&["export", "scores"]);
    assert_eq!(scores.lines().count(), 2_358);

    let batch = first.split('`').nth(1).unwrap().rsplit(' ').next().unwrap().to_owned();
    bench.ok(&["undo", &batch]);
    assert_eq!(bench.count(""), 0);
    bench.ok(&["check", "--deep"]);
}

fn near(value: &Value, want: f64, most: f64) {
    let got = value.as_f64().unwrap();
    assert!((got - want).abs() <= most, "{got}, not {want}");
}
