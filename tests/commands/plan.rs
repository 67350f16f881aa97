//! A strategy as one document: out, in, in again, back.

use crate::bench::Bench;

const PLAN: &str = r#"
[[segment]]
name = "Gone quiet"
rule = "stage:lapsed -tag:vip"
target = true

[[offer]]
name = "Free delivery"
need = "fast delivery"
segment = 'segment:"Gone quiet"'
cost = 4000
margin = 12000
from = "2026-01-01"

[[programme]]
name = "Club"
spend_per_point = 1000
point_value = 10
expires_days = 365
tiers = [{ threshold = 0 }, { threshold = 500000, discount = 50, terms = "30 days" }]

[[process]]
name = "Complaint"
starts = [{ outcome = "refused" }, { stage = "at_risk" }, { enters = "tag:angry" }]
steps = [
    { name = "listen", team = "support", hours = 8 },
    { name = "repay", team = "finance", hours = 16 },
]

[[script]]
name = "Win-back"
queue = "win_back"
lines = [{ text = "Hello {name}" }, { text = "Why did you leave?", check = true }]

[[campaign]]
name = "Come back"
kind = "win_back"
segment = 'segment:"Gone quiet"'
offer = "Free delivery"
script = "Win-back"
delays = [{ outcome = "busy", minutes = 30 }]
state = "running"

[[own_field]]
name = "shoe"
kind = "choice"
choices = ["42", "43"]
"#;

#[test]
fn a_plan_goes_in_comes_out_and_goes_into_another_store() {
    let bench = Bench::with_people();
    let file = bench.file("plan.toml", PLAN);
    let line = bench.ok(&["import", "plan", &file, "--dry-run"]);
    assert!(line.contains('7'), "{line}");
    assert_eq!(bench.ok(&["export", "plan"]), "", "a dry run keeps nothing");
    let line = bench.ok(&["import", "plan", &file]);
    assert!(line.contains("7 added") && line.contains("vafa undo"), "{line}");
    let line = bench.ok(&["import", "plan", &file]);
    assert!(line.contains("7 the same") && !line.contains("undo"), "{line}");

    let out = bench.ok(&["export", "plan"]);
    for part in ["name = \"Free delivery\"", "offer = \"Free delivery\"", "enters = \"tag:angry\""]
    {
        assert!(out.contains(part), "{part}: {out}");
    }
    let copy = bench.file("copy.toml", &out);
    let line = bench.ok(&["import", "plan", &copy]);
    assert!(line.contains("7 the same"), "what comes out goes in: {line}");
    let other = Bench::with_people();
    other.ok(&["import", "plan", &copy]);
    assert_eq!(other.ok(&["export", "plan"]), out);
    other.ok(&["undo"]);
    assert_eq!(other.ok(&["export", "plan"]), "");
}

#[test]
fn a_fault_is_named_by_line_and_nothing_is_kept() {
    let bench = Bench::with_people();
    for (from, to, status, words) in [
        ("cost = 4000", "cost = -4", 2, &["line 11, Free delivery: cost"][..]),
        ("cost = 4000", "cots = 4000", 2, &["line 11", "cots"]),
        ("cost = 4000", "cost = \"much\"", 2, &["line 11"]),
        ("2026-01-01", "2026-02-30", 2, &["line 13", "2026-02-30"]),
        ("-tag:vip", "-tga:vip", 2, &["line 4, Gone quiet", "tga"]),
        (
            "segment = 'segment:\"Gone quiet\"'\ncost",
            "segment = 'x:y'\ncost",
            2,
            &["line 10, Free"],
        ),
        ("outcome = \"refused\"", "outcome = \"refusal\"", 2, &["Complaint: outcome"]),
        ("offer = \"Free", "offer = \"Freed", 2, &["line 39, Come back: offer"]),
        ("hours = 16", "hours = 0", 2, &["Complaint: business hours"]),
        ("Hello {name}", "Hello {nmae}", 2, &["line 33, Win-back: lines", "name"]),
        ("rule = ", "rules = ", 2, &["line 4"]),
        ("name = \"shoe\"", "name = \"\"", 2, &["line 45"]),
    ] {
        assert!(PLAN.contains(from), "{from}");
        let file = bench.file("bad.toml", PLAN.replacen(from, to, 1));
        let run = bench.fails(&["import", "plan", &file], status, words);
        assert!(run.err.contains("nothing"), "{run:?}");
        assert_eq!(bench.ok(&["export", "plan"]), "");
    }
    bench.fails(&["import", "plan", "nowhere.toml"], 3, &["cannot be opened"]);
    let file = bench.file("fa.toml", PLAN.replacen("cost = 4000", "cost = -4", 1));
    bench.fails(&["--lang", "fa", "import", "plan", &file], 2, &["سطر ۱۱"]);
}

#[test]
fn a_plan_makes_the_store_as_other_files_do() {
    let from = Bench::with_plan(PLAN);
    let plan = from.ok(&["export", "plan"]);
    for lang in ["en", "fa"] {
        let bench = Bench::new();
        let file = bench.file("plan.toml", &plan);
        // Looking at it makes nothing.
        bench.ok(&["--lang", lang, "import", "plan", &file, "--dry-run"]);
        assert!(!bench.store().exists());
        bench.ok(&["--lang", lang, "import", "plan", &file]);
        assert_eq!(bench.ok(&["export", "plan"]), plan);
    }
    let bench = Bench::new();
    bench.fails(&["import", "plan", "nowhere.toml"], 3, &["nowhere.toml"]);
    assert!(!bench.store().exists());
}
