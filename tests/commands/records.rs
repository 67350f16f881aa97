//! What else is kept of customers, out of one store and into another.

use serde_json::Value;

use crate::bench::Bench;

const PLAN: &str = r#"
[[programme]]
name = "Club"
spend_per_point = 100
point_value = 10

[[process]]
name = "Complaint"
steps = [
    { name = "listen", team = "support", hours = 8 },
    { name = "repay", team = "finance", hours = 16 },
]

[[campaign]]
name = "Spring"
kind = "retention"
segment = "spent>=0"
"#;

/// In the order in which a store is filled.
const KINDS: [&str; 7] =
    ["products", "customers", "purchases", "subscriptions", "plan", "interactions", "records"];

fn lines(file: &str) -> Vec<Value> {
    file.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// How many there are of each kind of record.
fn kinds(records: &[Value]) -> std::collections::BTreeMap<&str, usize> {
    let mut found = std::collections::BTreeMap::new();
    for record in records {
        *found.entry(record["record"].as_str().unwrap()).or_default() += 1;
    }
    found
}

#[test]
fn a_whole_store_goes_out_and_into_an_empty_one() {
    let here = Bench::new();
    here.ok(&["demo", "--only-make", "--customers", "80"]);
    let files: Vec<String> = KINDS.iter().map(|kind| here.ok(&["export", kind])).collect();
    let records = lines(files.last().unwrap());
    let found = kinds(&records);
    for kind in ["fact", "relation", "task", "case", "move", "win_back", "points"] {
        assert!(found.contains_key(kind), "{found:?}");
    }
    let there = Bench::new();
    there.ok(&["import", "products", &there.file("products", &files[0])]);
    for agent in here.rows(&["agent", "list"]).into_iter().skip(1) {
        let said = |field: &str| agent[field].as_str().unwrap().to_owned();
        there.ok(&[
            "agent",
            "add",
            &said("name"),
            "--role",
            &said("role"),
            "--team",
            &said("team"),
        ]);
    }
    for (kind, file) in KINDS.iter().zip(&files).skip(1) {
        let path = there.file(kind, file);
        there.run(&["--quiet", "import", kind, &path]);
    }
    for (kind, file) in KINDS.iter().zip(&files) {
        assert!(&there.ok(&["export", kind]) == file, "{kind} came in otherwise");
    }
    let again = there.ok(&["import", "records", there.path("records").to_str().unwrap()]);
    assert!(again.contains(&format!("0 added, 0 changed, {} the same", records.len())), "{again}");
    there.ok(&["check", "--deep"]);
    there.ok(&["undo"]);
    // The calls tell by themselves who was tried to have back.
    let left = there.ok(&["export", "records"]);
    assert_eq!(kinds(&lines(&left)).into_keys().collect::<Vec<_>>(), ["win_back"]);
    assert!(there.ok(&["export", "interactions"]) == files[5]);
}

/// A record of each kind, as a person would write it.
const RECORDS: &str = r#"
{"record":"fact","customer":"C-1","kind":"need","text":"fast delivery","strength":4,"on":"2026-01-02"}
{"record":"relation","customer":"C-1","to":"C-2","kind":"referred_by"}
{"record":"task","customer":"C-1","kind":"callback","due":"2026-12-01T09:00:00Z","owner":"SARA","from":"2026-01-03T10:00:00Z"}
{"record":"case","customer":"C-2","process":"complaint","step":1,"opened":"2026-01-05T10:00:00Z","due":"2026-01-09T10:00:00Z","note":"late","passages":[{"step":0,"at":"2026-01-06T10:00:00Z","by":"sara","note":"called"}]}
{"record":"move","customer":"C-2","from":"loyal","to":"lapsed","at":"2026-01-05T10:00:00Z","rule":"silence","by":"vafa"}
{"record":"win_back","customer":"C-2","state":"contacted","since":"2026-01-06","cost":250}
{"record":"points","customer":"C-1","programme":"Club","points":-2,"day":"2026-01-04","note":"a cup","by":"sara","interaction":"2026-01-03T10:00:00Z"}
{"record":"points","customer":"C-1","programme":"Club","points":7,"day":"2026-01-02","purchase":"2026-01-02#2","by":"sara"}
{"record":"put_off","customer":"C-1","queue":"retention","campaign":"spring","until":"2027-01-01T00:00:00Z","reason":"travels","by":"sara"}
"#;

fn bench() -> Bench {
    let bench = Bench::with_plan(PLAN);
    let talks = bench
        .file("talks.csv", "customer,time,channel,note\nC-1,2026-01-03T10:00:00Z,call,heard\n");
    bench.ok(&["import", "interactions", &talks]);
    let bought = bench
        .file("bought.csv", "customer,date,amount\nC-1,2026-01-02,3.00\nC-1,2026-01-02,5.00\n");
    bench.ok(&["import", "purchases", &bought]);
    bench
}

#[test]
fn records_a_person_wrote_come_in_are_met_again_and_go_with_undo() {
    let bench = bench();
    // The purchases earned points by themselves.
    let earned = lines(&bench.ok(&["export", "records"]));
    assert_eq!(kinds(&earned).get("points"), Some(&2), "{earned:?}");
    let before = bench.ok(&["export", "records"]);
    let file = bench.file("records.jsonl", RECORDS);
    assert!(bench.ok(&["import", "records", &file, "--dry-run"]).contains("9 rows, 0 bad"));
    assert_eq!(bench.ok(&["export", "records"]), before);
    let told = bench.ok(&["import", "records", &file]);
    assert!(told.contains("9 rows: 8 added, 1 changed, 0 the same"), "{told}");
    let out = bench.ok(&["export", "records"]);
    let all = lines(&out);
    let of = |kind: &str| all.iter().filter(|r| r["record"] == kind).collect::<Vec<_>>();
    assert_eq!(of("fact")[0]["strength"], 4);
    assert_eq!(
        (&of("relation")[0]["to"], &of("relation")[0]["customer"]),
        (&"C-2".into(), &"C-1".into())
    );
    assert_eq!(of("task")[0]["from"], "2026-01-03T10:00:00Z");
    assert_eq!(of("case")[0]["passages"][0]["note"], "called");
    assert_eq!(of("win_back")[0]["cost"], 250);
    assert_eq!(of("put_off")[0]["campaign"], "Spring");
    // That of the second purchase is what the file says; that of the first stayed.
    let points: Vec<_> = of("points")
        .iter()
        .map(|p| (p["points"].as_i64().unwrap(), p["purchase"].clone()))
        .collect();
    assert_eq!(points[1], (7, "2026-01-02#2".into()));
    assert_eq!(points[2], (-2, Value::Null));
    let shown = &bench.rows(&["show", "C-2"])[0];
    assert_eq!(shown["cases"][0]["state"], "open");
    assert!(bench.ok(&["case", "list"]).contains("repay"));

    // What was written out is met again, as is what a person wrote.
    for (name, text) in [("again.jsonl", out.as_str()), ("same.jsonl", RECORDS)] {
        let path = bench.file(name, text);
        let told = bench.ok(&["import", "records", &path]);
        assert!(told.contains("0 added, 0 changed"), "{name}: {told}");
    }
    bench.ok(&["check", "--deep"]);
    bench.ok(&["undo"]);
    assert_eq!(bench.ok(&["export", "records"]), before);
    assert!(bench.ok(&["export", "records", "--where", "id:3"]).is_empty());
}

#[test]
fn a_record_that_is_wrong_is_told_by_its_line_and_nothing_is_kept() {
    let bench = bench();
    let before = bench.ok(&["export", "records"]);
    let good = r#"{"record":"fact","customer":"C-1","kind":"need","text":"x","on":"2026-01-02"}"#;
    for (row, status, words) in [
        ("{", 2, "line 2"),
        ("[]", 2, "line 2"),
        (r#"{"record":"fact"}"#, 2, "customer"),
        (r#"{"record":"shoe","customer":"C-1"}"#, 2, "shoe"),
        (&good.replace("need", "shoe"), 2, "shoe"),
        (&good.replace("2026-01-02", "yesterday"), 2, "yesterday"),
        (&good.replace("C-1", "C-77"), 3, "C-77"),
        (&good.replace(r#""text":"x""#, r#""text":"""#), 2, "line 2"),
        (&good.replace(r#""text""#, r#""strength":9,"text""#), 2, "line 2"),
        (r#"{"record":"relation","customer":"C-1","to":"C-1","kind":"family"}"#, 2, "line 2"),
        (
            r#"{"record":"put_off","customer":"C-1","queue":"retention","campaign":"Autumn","until":"2027-01-01T00:00:00Z","by":"sara"}"#,
            3,
            "Autumn",
        ),
        (
            r#"{"record":"task","customer":"C-1","kind":"todo","due":"2027-01-01T00:00:00Z","owner":"nobody"}"#,
            3,
            "nobody",
        ),
        (
            r#"{"record":"case","customer":"C-1","process":"Complaint","step":2,"opened":"2026-01-01T00:00:00Z","due":"2026-01-01T00:00:00Z"}"#,
            2,
            "line 2",
        ),
        (
            r#"{"record":"points","customer":"C-1","programme":"Club","points":1,"day":"2026-01-02","purchase":"2026-01-02#9","by":"sara"}"#,
            3,
            "2026-01-02",
        ),
        (
            r#"{"record":"win_back","customer":"C-1","state":"left","since":"2026-01-02","cost":-1}"#,
            2,
            "line 2",
        ),
    ] {
        let path = bench.file("bad.jsonl", format!("{good}\n{row}\n"));
        bench.fails(&["import", "records", &path], status, &[words, "nothing of the file"]);
        let run = bench.run(&["--lang", "fa", "import", "records", &path]);
        assert!(run.err.contains("سطر ۲"), "{row}: {}", run.err);
        assert_eq!(bench.ok(&["export", "records"]), before, "{row}");
    }
    bench.fails(&["export", "records", "--format", "csv"], 2, &["jsonl"]);
    bench.fails(&["import", "records", "nothing.jsonl"], 3, &["nothing.jsonl"]);
    bench.fails(&["export", "products", "--where", "city:Qom"], 2, &["--where"]);
}
