//! Offers, answers and points from the command line.

use crate::bench::Bench;

const PLAN: &str = r#"
[[offer]]
name = "Free delivery"
cost = 400
margin = 1200

[[programme]]
name = "Club"
spend_per_point = 1000
point_value = 10
"#;

#[test]
fn an_answer_to_an_offer_is_logged_told_and_carried_over() {
    let bench = Bench::with_plan(PLAN);
    bench.ok(&[
        "log",
        "C-1",
        "--outcome",
        "answered",
        "--offer",
        "free delivery",
        "--answer",
        "refused",
        "--reason",
        "too slow",
        "--satisfaction",
        "2",
        "--recommend",
        "۱۰",
    ]);
    bench.ok(&["log", "C-3", "--offer", "Free delivery", "--answer", "پذیرفت"]);
    let shown = bench.rows(&["show", "C-1"]);
    let talk = &shown[0]["interactions"][0];
    assert_eq!(talk["offer"]["name"], "Free delivery");
    assert_eq!(talk["offer"]["answer"], "refused");
    assert_eq!((talk["satisfaction"].as_i64(), talk["recommend"].as_i64()), (Some(2), Some(10)));
    assert_eq!(shown[0]["offers"], serde_json::json!([]), "refused lately");
    let other = bench.rows(&["show", "C-2"]);
    assert_eq!(other[0]["offers"][0]["all"], serde_json::json!({"asked": 2, "taken": 1}));

    let report = bench.rows(&["report", "offers"]);
    let all = &report[0];
    assert_eq!((all["among"].as_str(), all["asked"].as_i64()), (None, Some(2)));
    assert_eq!((all["accepted"].as_i64(), all["refused"].as_i64()), (Some(1), Some(1)));
    assert_eq!((all["margin"].as_i64(), all["cost"].as_i64()), (Some(1_200), Some(400)));
    let stages: Vec<_> = report.iter().skip(1).map(|row| row["where"].clone()).collect();
    assert_eq!(stages, ["stage:prospect", "stage:loyal"]);
    let said = bench.rows(&["report", "experience"]);
    let all = &said[0];
    assert_eq!((all["by"].as_str(), all["satisfaction"].as_f64()), (Some("all"), Some(2.0)));
    assert_eq!(all["nps"].as_f64(), Some(100.0));

    // The same conversations in another store, offers by name.
    let file = bench.ok(&["export", "interactions"]);
    assert!(
        file.lines()
            .next()
            .is_some_and(|l| l.contains("offer,answer,reason,satisfaction,recommend"))
    );
    let there = Bench::with_plan(PLAN);
    let path = there.file("talks.csv", &file);
    there.ok(&["import", "interactions", &path]);
    assert_eq!(there.ok(&["export", "interactions"]).lines().count(), 3);
    let report = there.rows(&["report", "offers"]);
    assert_eq!((report[0]["asked"].as_i64(), report[0]["accepted"].as_i64()), (Some(2), Some(1)));
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    let bench = Bench::with_plan(PLAN);
    for (args, words) in [
        (&["--offer", "Gold", "--answer", "accepted"][..], "Free delivery"),
        (&["--offer", "Free delivery", "--answer", "perhaps"], "accepted, refused, undecided"),
        (&["--offer", "Free delivery"], "--answer"),
        (&["--satisfaction", "6"], "1–5"),
        (&["--recommend", "11"], "0–10"),
    ] {
        let args: Vec<&str> = ["log", "C-1"].iter().chain(args).copied().collect();
        bench.fails(&args, 2, &[words]);
    }
}

#[test]
fn points_are_earned_shown_redeemed_and_reported() {
    let bench = Bench::with_plan(PLAN);
    let sales = bench
        .file("sales.csv", "customer,date,amount\nC-1,2026-01-05,45.00\nC-3,2026-01-06,5.00\n");
    bench.ok(&["import", "purchases", &sales]);
    let mine = bench.rows(&["points", "C-1"]);
    assert_eq!((mine[0]["points"].as_i64(), mine[0]["worth"].as_i64()), (Some(4), Some(40)));
    bench.fails(&["points", "C-1", "--redeem", "5"], 2, &["4"]);
    let left = bench.rows(&["points", "C-1", "--redeem", "۳", "--note", "gift"]);
    assert_eq!(left[0]["points"].as_i64(), Some(1));
    let report = bench.rows(&["programme", "report"]);
    let row = &report[0];
    assert_eq!((row["members"].as_i64(), row["earned"].as_i64()), (Some(1), Some(4)));
    assert_eq!((row["liability"].as_i64(), row["cost"].as_i64()), (Some(10), Some(30)));
    bench.ok(&["programme", "accrue"]);
    assert_eq!(bench.rows(&["programme", "report"]), report, "nothing earns twice");
    bench.ok(&["undo"]);
    assert_eq!(bench.rows(&["points", "C-1"])[0]["points"].as_i64(), Some(4));
}

#[test]
fn an_offer_made_to_others_or_twice_a_day_is_told_and_kept() {
    const OFFERS: &str = r#"
[[offer]]
name = "Come back"
segment = "stage:lapsed"
cost = 400

[[offer]]
name = "For all"
cost = 400

[[offer]]
name = "Of last year"
cost = 400
until = "2020-01-01"
"#;
    for (lang, others, twice, over) in [
        ("en", "the offer is for others", "made today already", "does not hold today"),
        ("fa", "برای مشتریان دیگری است", "یک بار داده شده بود", "امروز برقرار نیست"),
    ] {
        let bench = Bench::with_plan(OFFERS);
        let log = |customer: &str, offer: &str| {
            let offer = ["--offer", offer, "--answer", "accepted"];
            bench
                .ok(&[&["--lang", lang, "log", customer, "--outcome", "answered"], &offer[..]]
                    .concat())
        };
        let first = log("C-1", "Come back");
        assert!(first.contains(others) && !first.contains(twice), "{first}");
        let second = log("C-1", "Come back");
        assert!(second.contains(others) && second.contains(twice), "{second}");
        let fits = log("C-1", "For all");
        assert!(!fits.contains(others) && !fits.contains(twice), "{fits}");
        let again = log("C-1", "For all");
        assert!(!again.contains(others) && again.contains(twice), "{again}");
        assert!(log("C-2", "Of last year").contains(over));
        // All of it is kept.
        let shown = bench.rows(&["show", "C-1"]);
        assert_eq!(shown[0]["interactions"].as_array().unwrap().len(), 4);
    }
}
