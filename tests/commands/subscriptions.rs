//! Contracts: in, out, taken back, and what is learned from them. The published contracts are read
//! where they lie (see README).

use std::fmt::Write as _;

use crate::bench::{Bench, shared};

const PLANS: &str = "customer,product,start,end,period,amount,auto_renew,external_id\n\
    C-1,NET-100,2025-01-01,,month,35.00,yes,S-1\n\
    C-9,NET-30,2024-05-01,2025-02-01,one year,220,no,S-2\n";

#[test]
fn contracts_come_in_once_go_out_and_are_taken_back() {
    let bench = Bench::with_people();
    let file = bench.file("s.csv", PLANS);
    bench.ok(&["import", "subscriptions", &file]);
    let again = bench.ok(&["import", "subscriptions", &file]);
    assert!(again.contains("2 the same"), "{again}");
    let rows = bench.rows(&["export", "subscriptions"]);
    assert_eq!(rows.len(), 2);
    let yearly = rows.iter().find(|r| r["external_id"] == "S-2").unwrap();
    assert_eq!(yearly["customer"], "C-9");
    assert_eq!(
        (yearly["period"].as_str(), yearly["amount"].as_i64()),
        (Some("year"), Some(22_000))
    );
    assert_eq!(
        (yearly["end"].as_str(), yearly["auto_renew"].as_bool()),
        (Some("2025-02-01"), Some(false))
    );
    bench.ok(&["check", "--deep"]);
    // The end of one becomes known: the contract is changed, not doubled.
    let ended = bench.file("t.csv", PLANS.replace("2025-01-01,,", "2025-01-01,2025-08-01,"));
    let changed = bench.ok(&["import", "subscriptions", &ended]);
    assert!(changed.contains("1 changed, 1 the same"), "{changed}");
    bench.ok(&["undo"]);
    let rows = bench.rows(&["export", "subscriptions", "--where", "external_id:C-1"]);
    assert!(rows[0]["end"].is_null(), "{rows:?}");
    bench.ok(&["undo"]);
    assert!(bench.rows(&["export", "subscriptions"]).is_empty());
    bench.ok(&["check", "--deep"]);
}

#[test]
fn a_bad_contract_names_its_line_and_column() {
    let bench = Bench::with_people();
    for (row, column) in [
        ("C-1,NET-100,2025-01-01,2024-01-01,month,35,yes,", "end"),
        ("C-1,NET-100,2025-01-01,,fortnight,35,yes,", "period"),
        ("C-1,NET-100,2025-01-01,,month,-5,yes,", "amount"),
        ("C-1,,2025-01-01,,month,5,yes,", "product"),
        ("C-1,NET-100,2999-01-01,,month,5,yes,", "start"),
        ("C-1,NET-100,2025-01-01,,month,5,maybe,", "auto_renew"),
    ] {
        let heading = PLANS.lines().next().unwrap();
        let file = bench.file("bad.csv", format!("{heading}\n{row}\n"));
        bench.fails(&["import", "subscriptions", &file], 2, &["2", column]);
    }
    assert!(bench.rows(&["export", "subscriptions"]).is_empty());
}

/// 7,043 contracts of a telecom (IBM), of which 1,869 ended in the last month; the file has months
/// instead of days, so that day zero is put at 2020-01-01. Cox's partial likelihood is that of
/// `telco_reference.json`; the chance of ending is learned four weeks before that day.
#[test]
fn telco_contracts_are_learned_from() {
    let Some(path) = shared("Telco-Customer-Churn.csv") else {
        println!("not run: needs Telco-Customer-Churn.csv in ../shared/data");
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let at = |name: &str| heads.iter().position(|h| h == name).unwrap();
    let last = jiff::civil::date(2020, 1, 1);
    let mut people = format!("name,{}\n", heads.join(","));
    let mut plans = "customer,product,start,end,Contract,MonthlyCharges\n".to_owned();
    for row in reader.records() {
        let row = row.unwrap();
        let id = &row[at("customerID")];
        writeln!(people, "{id},{}", row.iter().collect::<Vec<_>>().join(",")).unwrap();
        let months: f64 = row[at("tenure")].parse().unwrap();
        let days = (months * 365.25 / 12.0).floor() as i64;
        let start = last.checked_sub(jiff::Span::new().days(days)).unwrap();
        let end = if &row[at("Churn")] == "Yes" { last.to_string() } else { String::new() };
        let (term, charge) = (&row[at("Contract")], &row[at("MonthlyCharges")]);
        writeln!(plans, "{id},PLAN,{start},{end},{term},{charge}").unwrap();
    }
    let bench = Bench::new();
    let (people, plans) = (bench.file("people.csv", &people), bench.file("plans.csv", &plans));
    let mut args: Vec<String> = ["import", "customers", &people, "--map", "customerID=external_id"]
        .iter()
        .map(|a| (*a).to_owned())
        .collect();
    for name in heads.iter().filter(|h| *h != "customerID" && *h != "gender") {
        // What only the end tells, and what the contract says itself, stay out.
        let out = matches!(
            name.as_str(),
            "tenure" | "TotalCharges" | "Churn" | "Contract" | "MonthlyCharges"
        );
        args.push("--map".to_owned());
        args.push(if out { format!("{name}=ignore") } else { format!("{name}=field.{name}") });
    }
    bench.ok(&args.iter().map(String::as_str).collect::<Vec<_>>());
    bench.ok(&["import", "subscriptions", &plans, "--map", "MonthlyCharges=amount"]);
    let models = bench.rows(&["score", "--as-of", "2020-01-01", "--horizon", "4w"]);
    let model = |name: &str| models.iter().find(|m| m["model"] == name).expect(name);
    let cox = model("cox");
    assert_eq!(cox["quality"]["ended"].as_f64(), Some(1_869.0));
    let likelihood = cox["log_likelihood"].as_f64().unwrap();
    assert!((likelihood + 13_884.60).abs() < 0.1, "{likelihood}");
    let churn = model("churn_logistic");
    let auc = churn["quality"]["auc"].as_f64().unwrap();
    assert!((auc - 0.845).abs() < 0.01, "{auc}");
    assert!(auc > churn["quality"]["auc_tenure"].as_f64().unwrap() + 0.05);
    println!(
        "telco: AUC {auc:.5}, log-loss {}, Cox LL {likelihood:.3}",
        churn["quality"]["log_loss"]
    );
    // The first of the file pays by the month: what pulls hardest is told, three at most.
    let shown = &bench.rows(&["show", "7590-VHVEG"])[0];
    assert_eq!(shown["subscriptions"].as_array().map(Vec::len), Some(1), "{shown}");
    let contract = &shown["contract"];
    assert_eq!(contract["reasons"].as_array().map(Vec::len), Some(3), "{contract}");
    let chance = contract["chance"].as_f64().unwrap();
    assert!((0.3..0.9).contains(&chance), "{contract}");
}
