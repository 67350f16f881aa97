//! Campaigns from the command line: started, asked whom they would call, logged for, and refused.

use serde_json::json;

use crate::bench::Bench;

/// Nobody has hours that are not theirs: every day and hour is one of calls.
const PLAN: &str = r#"
[[offer]]
name = "Gift"
cost = 5
margin = 100

[[campaign]]
name = "Spring"
kind = "loyalty"
segment = "spent>=0"
offer = "Gift"
calls_from = 0
calls_to = 24
attempts = 2
state = "draft"

[[campaign]]
name = "Agreed only"
kind = "retention"
segment = "spent>=0"
calls_from = 0
calls_to = 24
needs_consent = true
state = "running"
"#;

fn bench() -> Bench {
    let bench = Bench::with_plan(PLAN);
    bench.ok(&["config", "set", "weekend", "none"]);
    bench.ok(&["config", "set", "hold_out", "0"]);
    bench
}

#[test]
fn a_campaign_is_started_carried_out_and_paused() {
    let bench = bench();
    let rows = bench.rows(&["campaign", "list"]);
    assert_eq!((&rows[1]["campaign"], &rows[1]["state"]), (&"Spring".into(), &"draft".into()));
    assert_eq!(rows[1]["stopped"][0], "not_running");
    assert!(bench.rows(&["campaign", "queue", "spring"]).is_empty());
    let refused = ["log", "C-1", "--outcome", "no_answer", "--campaign", "Spring"];
    bench.fails(&refused, 5, &["Spring may not call Reza Karimi now", "does not run", "--despite"]);
    assert!(bench.ok(&["campaign", "start", "spring"]).contains("Spring: running"));
    let proposed = bench.rows(&["campaign", "queue", "spring"]);
    let people = proposed.len();
    assert!(people > 1 && proposed[0]["offer"] == "Gift", "{proposed:?}");
    assert_eq!(bench.rows(&["campaign", "queue", "spring", "--limit", "1"]).len(), 1);
    bench.ok(&refused);
    // The next try waits for a day, and says until when.
    bench.fails(&refused, 5, &["too short a time ago; from "]);
    let rows = bench.rows(&["campaign", "list"]);
    assert_eq!(
        (rows[1]["ready"].as_u64(), &rows[1]["held"]["waiting"]),
        (Some(people as u64 - 1), &1.into())
    );
    assert_eq!((&rows[1]["calls_today"], &rows[1]["called"]), (&1.into(), &1.into()));
    let report = bench.rows(&["report", "campaigns"]);
    assert_eq!((&report[1]["campaign"], &report[1]["called"]), (&"Spring".into(), &1.into()));
    assert_eq!((&report[1]["yes"], &report[1]["rate"]), (&0.into(), &0.0.into()));
    assert_eq!(report[0]["rate"], serde_json::Value::Null, "nobody was called");
    bench.ok(&["undo"]);
    assert_eq!(bench.rows(&["campaign", "queue", "spring"]).len(), people);
    assert!(bench.ok(&["campaign", "pause", "Spring"]).contains("paused"));
    bench.fails(&refused, 5, &["does not run"]);
    bench.fails(&["campaign", "end", "Autumn"], 3, &["no campaign Autumn"]);
    assert!(bench.ok(&["--lang", "fa", "campaign", "list"]).contains("کارزار"));
}

#[test]
fn a_campaign_whose_last_day_has_passed_is_not_started() {
    let bench = bench();
    let plan = PLAN.replace("name = \"Spring\"", "name = \"Spring\"\nuntil = \"2020-01-01\"");
    let file = bench.file("plan.toml", &plan);
    bench.ok(&["import", "plan", &file]);
    let start = ["campaign", "start", "Spring"];
    bench.fails(&start, 2, &["end", "has already passed"]);
    bench.fails(&[&["--lang", "fa"], &start[..]].concat(), 2, &["گذشته است"]);
    assert_eq!(bench.rows(&["campaign", "list"])[1]["state"], "draft");
    let plan = plan.replace("2020-01-01", "2999-01-01");
    let file = bench.file("plan.toml", &plan);
    bench.ok(&["import", "plan", &file]);
    assert!(bench.ok(&start).contains("Spring: running"));
}

#[test]
fn a_rule_is_set_aside_by_a_supervisor_with_a_reason_that_can_be_read_later() {
    let bench = bench();
    let call = ["log", "C-1", "--outcome", "answered", "--campaign", "agreed only"];
    bench.fails(&call, 5, &["has not agreed to marketing"]);
    let despite = [&call[..], &["--despite", "asked by letter"]].concat();
    bench.ok(&despite);
    assert!(bench.ok(&["undo"]).contains("despite: no consent"));
    bench.ok(&despite);
    let said = &bench.rows(&["show", "C-1"])[0]["interactions"][0];
    assert_eq!(
        (&said["campaign"], &said["despite"]),
        (&json!("Agreed only"), &json!("asked by letter"))
    );
    assert!(bench.ok(&["show", "C-1"]).contains("Agreed only  asked by letter"));
    // An agent may not.
    bench.ok(&["agent", "add", "ben"]);
    bench.ok(&["config", "set", "agent", "ben"]);
    bench.fails(&despite, 5, &["supervisor"]);
    bench.fails(&["log", "C-1", "--outcome", "busy", "--campaign", "nothing"], 3, &["nothing"]);
}

#[test]
fn what_a_call_was_for_and_why_it_was_made_goes_out_and_in() {
    let here = bench();
    here.ok(&[
        "log",
        "C-1",
        "--outcome",
        "answered",
        "--campaign",
        "agreed only",
        "--despite",
        "asked by letter",
    ]);
    let file = here.file(
        "more.csv",
        "customer,time,channel,outcome,queue,campaign,checked,despite\n\
         C-2,2026-01-02T10:00:00Z,call,answered,win-back,,3; 1,\n\
         C-2,2026-01-03T10:00:00Z,تماس,busy,نگهداشت,SPRING,,\n",
    );
    here.ok(&["import", "interactions", &file]);
    let rows = here.rows(&["export", "interactions"]);
    assert_eq!(
        (&rows[0]["campaign"], &rows[0]["despite"]),
        (&"Agreed only".into(), &"asked by letter".into())
    );
    assert_eq!(rows[1]["queue"], "win_back");
    assert_eq!(rows[1]["checked"], serde_json::json!(["1", "3"]));
    assert_eq!((&rows[2]["queue"], &rows[2]["campaign"]), (&"retention".into(), &"Spring".into()));
    let there = bench();
    for format in ["csv", "jsonl"] {
        let file = here.ok(&["export", "interactions", "--format", format]);
        let path = there.file(&format!("talks.{format}"), &file);
        there.ok(&["import", "interactions", &path]);
        assert_eq!(there.ok(&["export", "interactions", "--format", format]), file);
        there.ok(&["undo"]);
        assert!(there.rows(&["export", "interactions"]).is_empty());
    }
    // The campaign counts them as attempts of its own.
    let path = there.file("t.csv", here.ok(&["export", "interactions"]));
    there.ok(&["import", "interactions", &path]);
    let called = |at: usize| there.rows(&["campaign", "list"])[at]["called"].clone();
    assert_eq!((called(0), called(1)), (1.into(), 1.into()));
    for (row, words) in [
        ("C-1,2026-01-02T10:00:00Z,call,,,Autumn,,", "Agreed only, Spring"),
        ("C-1,2026-01-02T10:00:00Z,call,,nowhere,,,", "retention"),
        ("C-1,2026-01-02T10:00:00Z,call,,,,0,", "between 1 and 255"),
    ] {
        let head = "customer,time,channel,outcome,queue,campaign,checked,despite";
        let path = there.file("bad.csv", format!("{head}\n{row}\n"));
        there.fails(&["import", "interactions", &path], 2, &[words]);
    }
}
