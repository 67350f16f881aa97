//! Processes on their way, from the command line.

use crate::bench::Bench;

const PLAN: &str = r#"
[[process]]
name = "Complaint"
starts = [{ outcome = "refused" }]
steps = [
    { name = "listen", team = "support", hours = 8 },
    { name = "repay", team = "finance", hours = 16 },
]
"#;

#[test]
fn a_case_goes_from_team_to_team() {
    let bench = Bench::with_plan(PLAN);
    let line = bench.ok(&["case", "start", "complaint", "--customer", "C-1", "--note", "late"]);
    assert!(line.contains("Complaint, Reza Karimi: listen by"), "{line}");
    bench.fails(&["case", "start", "Complaint", "--customer", "C-1"], 4, &["in use"]);
    bench.fails(&["case", "start", "Nothing", "--customer", "C-1"], 3, &["Nothing"]);
    let rows = bench.rows(&["case", "list"]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["step"], "listen");
    assert_eq!(rows[0]["customer"], "C-1");
    assert_eq!(rows[0]["overdue"], false);
    let id = rows[0]["case"].to_string();
    assert!(bench.rows(&["case", "list", "--mine"]).is_empty());
    bench.ok(&["case", "take", &format!("#{id}")]);
    assert_eq!(bench.rows(&["case", "list", "--mine"])[0]["owner"], "sara");
    assert!(bench.rows(&["case", "list", "--late"]).is_empty());
    let line = bench.ok(&["case", "finish", &id, "--note", "called"]);
    assert!(line.contains("repay by"), "{line}");
    assert_eq!(bench.rows(&["case", "list", "--team", "Finance"]).len(), 1);
    assert!(bench.rows(&["case", "list", "--team", "support"]).is_empty());
    assert!(bench.ok(&["show", "C-1"]).contains("Complaint: repay"));
    bench.ok(&["case", "finish", &id]);
    bench.fails(&["case", "finish", &id], 3, &["no open case"]);
    let steps = bench.rows(&["report", "processes"]);
    assert_eq!(steps.len(), 2);
    assert_eq!((&steps[0]["step"], &steps[0]["passed"]), (&"listen".into(), &1.into()));
    assert_eq!(steps[0]["in_time"], 1.0);
    let shown = bench.ok(&["show", "C-1", "--format", "jsonl"]);
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["cases"][0]["state"], "done");
    assert_eq!(shown["cases"][0]["passages"][0]["note"], "called");
}

#[test]
fn an_outcome_begins_a_case_and_undo_takes_both_back() {
    let bench = Bench::with_plan(PLAN);
    bench.ok(&["log", "C-3", "--outcome", "refused", "--note", "too dear"]);
    let rows = bench.rows(&["case", "list", "--process", "complaint"]);
    assert_eq!(rows[0]["customer"], "C-3");
    let id = rows[0]["case"].to_string();
    bench.fails(&["case", "drop", &id], 2, &["--reason"]);
    bench.fails(&["case", "drop", &id, "--reason", " "], 2, &["reason"]);
    bench.ok(&["case", "drop", &id, "--reason", "a joke"]);
    bench.ok(&["undo"]);
    assert_eq!(bench.rows(&["case", "list"]).len(), 1);
    bench.ok(&["undo"]);
    assert!(bench.rows(&["case", "list"]).is_empty());
    assert!(bench.ok(&["--lang", "fa", "case", "list"]).contains("فرایند"));
}

const ENTERS: &str = r#"
[[process]]
name = "Welcome"
starts = [{ enters = "city:Qom" }]
steps = [{ name = "greet", team = "support", hours = 8 }]
"#;

#[test]
fn an_import_tells_of_the_cases_it_begins() {
    let bench = Bench::with_plan(ENTERS);
    let file =
        bench.file("more.csv", "external_id,name,city\nC-1,Reza Karimi,Qom\nC-9,Nima,Yazd\n");
    let told = bench.ok(&["import", "customers", &file]);
    assert!(told.contains("1 case begun"), "{told}");
    assert_eq!(bench.rows(&["case", "list"])[0]["customer"], "C-1");
    bench.ok(&["undo"]);
    assert!(bench.rows(&["case", "list"]).is_empty());
    let told = bench.ok(&["--lang", "fa", "import", "customers", &file]);
    assert!(told.contains("۱ پرونده آغاز شد"), "{told}");
    let told = bench.ok(&["import", "customers", &file]);
    assert!(!told.contains("begun"), "{told}");
}

#[test]
fn a_step_of_another_team_is_refused_by_name() {
    let bench = Bench::with_plan(PLAN);
    bench.ok(&["case", "start", "complaint", "--customer", "C-1"]);
    let id = bench.rows(&["case", "list"])[0]["case"].to_string();
    bench.ok(&["agent", "add", "mina", "--role", "agent", "--team", "finance"]);
    let as_mina = |args: &[&str]| {
        let done = bench.command(args).env("USER", "mina").output().unwrap();
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    for (lang, words) in [
        ("en", ["listen", "the team support's", "supervisor"]),
        ("fa", ["listen", "support", "سرپرست"]),
    ] {
        let (status, told) = as_mina(&["--lang", lang, "case", "finish", &id]);
        assert_eq!(status, Some(5), "{told}");
        assert!(words.iter().all(|word| told.contains(word)), "{told}");
    }
    bench.ok(&["case", "finish", &id]);
    assert_eq!(as_mina(&["case", "finish", &id]), (Some(0), String::new()));
}
