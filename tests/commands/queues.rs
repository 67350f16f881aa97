//! Queues and scores from the command line: what they print, and what they say when there is too little.

use std::fmt::Write;

use crate::bench::Bench;

/// A store of these purchases: customer, days ago, amount, product.
fn store(rows: &[(String, i64, &str, &str)]) -> Bench {
    let bench = Bench::new();
    let mut file = "customer,date,amount,product\n".to_owned();
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    for (who, ago, amount, product) in rows {
        let day = now.saturating_sub(jiff::Span::new().days(*ago));
        writeln!(file, "{who},{day},{amount},{product}").unwrap();
    }
    let products = bench
        .file("products.csv", "sku,name,category,price,unit_cost\nA,Pot,kitchen,80.00,20.00\n");
    bench.ok(&["import", "products", &products]);
    let path = bench.file("sales.csv", file);
    bench.ok(&["import", "purchases", &path]);
    bench
}

fn sales(
    customers: i64,
    each: i64,
    gap: i64,
    amount: &'static str,
) -> Vec<(String, i64, &'static str, &'static str)> {
    (0..customers)
        .flat_map(|n| (0..each).map(move |k| (format!("c{n}"), n % 9 + k * gap, amount, "")))
        .collect()
}

#[test]
fn too_little_is_said_in_words_and_never_as_no_number() {
    for (case, rows, status) in [
        ("no repeat buyers", sales(40, 1, 0, "5.00"), 1),
        ("all on one day", (0..40).map(|n| (format!("c{n}"), 0, "5.00", "")).collect(), 1),
        ("nothing paid", sales(40, 3, 20, "0"), 1),
        ("negative amounts", sales(40, 3, 20, "-4.00"), 1),
        ("one customer", sales(1, 4, 20, "9.00"), 0),
        ("one who buys every day", sales(1, 300, 1, "9.00"), 0),
    ] {
        let bench = if case == "negative amounts" {
            // An import takes a negative sale for what it is, or refuses the row: either is an answer.
            let bench = Bench::new();
            let file = bench.file("sales.csv", "customer,date,amount\nc1,2026-01-01,-4.00\n");
            let run = bench.run(&["import", "purchases", &file]);
            assert!(matches!(run.status, 0 | 2), "{run:?}");
            if run.status != 0 {
                continue;
            }
            bench
        } else {
            store(&rows)
        };
        let run = bench.run(&["score", "--format", "jsonl"]);
        assert_eq!(run.status, status, "{case}: {run:?}");
        assert!(!run.out.contains("NaN") && !run.out.contains("null"), "{case}: {}", run.out);
        if status == 1 {
            assert!(run.err.contains("too little data: 0 of 1"), "{case}: {run:?}");
        }
        for kind in ["retention", "win-back", "cross-sell", "up-sell", "acquisition", "callbacks"] {
            let run = bench.run(&["queue", kind, "--format", "jsonl"]);
            assert!(run.status == 0 || run.err.contains(" of "), "{case} {kind}: {run:?}");
            assert!(!run.out.contains("NaN") && !run.err.contains("panicked"), "{case} {kind}");
        }
    }
}

#[test]
fn a_queue_without_enough_to_go_by_says_how_much_is_missing() {
    let bench = store(&sales(60, 5, 12, "30.00"));
    bench.ok(&["score"]);
    bench.fails(&["queue", "cross-sell"], 1, &["too little data: 0 of 50"]);
    bench.fails(&["queue", "up-sell"], 1, &["too little data: 0 of 5"]);
    bench.fails(&["queue", "acquisition"], 1, &["too little data: 0 of 30"]);
    bench.ok(&["queue", "win-back"]);
    bench.fails(&["queue", "prospects"], 2, &["acquisition", "up-sell"]);
}

#[test]
fn a_queue_is_printed_field_by_field() {
    let mut rows = sales(90, 6, 15, "40.00");
    for n in (0..90).filter(|n| n % 3 == 0) {
        for (who, ago, ..) in rows.iter_mut().filter(|r| r.0 == format!("c{n}")) {
            let _ = who;
            *ago += 300;
        }
    }
    let bench = store(&rows);
    bench.ok(&["score"]);
    let printed = bench.rows(&["queue", "win-back", "--limit", "5"]);
    assert!(!printed.is_empty());
    for (rank, row) in printed.iter().enumerate() {
        assert_eq!(row["rank"], rank as i64 + 1);
        let number: i64 = row["customer"].as_str().unwrap()[1..].parse().unwrap();
        assert_eq!(number % 3, 0, "{row}");
        assert!(
            row["expected_value"].as_i64().unwrap() > 0 && row["p_alive"].as_f64().unwrap() < 0.5
        );
        assert!(row["reasons"][0]["silent"]["silent_days"].as_i64().unwrap() >= 300, "{row}");
    }
    bench.fails(&["config", "set", "hold_out", "0.7"], 2, &[]);
    bench.ok(&["config", "set", "hold_out", "0"]);
    let all = bench.rows(&["queue", "win-back", "--limit", "1000"]).len();
    bench.ok(&["config", "set", "hold_out", "0.5"]);
    let half = bench.rows(&["queue", "win-back", "--limit", "1000"]).len();
    assert!(half < all && half > 0, "{half} of {all}");
}
