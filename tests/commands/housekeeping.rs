//! duplicates, merge, erase, set.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::bench::Bench;

/// How often a text is in the files of a folder and those below it.
fn found(dir: &Path, text: &str) -> usize {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let count = |path: std::path::PathBuf| {
        if path.is_dir() {
            return found(&path, text);
        }
        let bytes = fs::read(path).unwrap();
        bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count()
    };
    entries.map(count).sum()
}

fn store() -> Bench {
    let bench = Bench::new();
    let people = bench.file(
        "twins.csv",
        "external_id,name,phone,email,city,tags,need\n\
         A,Nasrin Forgotten,+989121234567,,Qom,vip,fast delivery\n\
         B,NASRIN  FORGOTTEN,+989121234567,nasrin@forgotten.ir,Yazd,fibre,low price\n\
         C,Sara Kept,+989350000000,,Qom,,\n",
    );
    bench.ok(&["import", "customers", &people]);
    let bought = bench.file(
        "bought.csv",
        "customer,date,amount\nA,2024-01-02,10.00\nB,2024-02-03,20.00\nC,2024-02-03,5.00\n",
    );
    bench.ok(&["import", "purchases", &bought]);
    bench.ok(&["log", "B", "--outcome", "answered", "--note", "Nasrin asks for a router"]);
    bench
}

#[test]
fn twins_are_found_merged_and_parted() {
    let bench = store();
    let rows = bench.rows(&["duplicates"]);
    let seen: Vec<_> = rows.iter().map(|r| (r["group"].clone(), r["customer"].clone())).collect();
    assert_eq!(seen, [(1.into(), "A".into()), (1.into(), "B".into())] as [(Value, Value); 2]);
    assert_eq!(rows[0]["shares"], serde_json::json!(["phone", "name"]));
    assert!(bench.ok(&["--lang", "fa", "duplicates"]).contains("تلفن"));

    let before = bench.ok(&["export", "customers"]);
    let line = bench.ok(&["merge", "A", "B", "--take", "city", "--dry-run"]);
    assert!(line.contains("Yazd") && line.contains("purchases: 1"), "{line}");
    assert_eq!(bench.ok(&["export", "customers"]), before);
    bench.fails(&["merge", "A", "B"], 4, &["--yes"]);
    bench.fails(&["merge", "A", "B", "--take", "shoe"], 2, &["--take"]);
    bench.fails(&["merge", "A", "A"], 2, &["customer"]);

    let line = bench.ok(&["--yes", "merge", "A", "B", "--take", "city"]);
    assert!(line.contains("was merged into") && line.contains("vafa undo"), "{line}");
    let shown = &bench.rows(&["show", "B"])[0];
    assert_eq!((&shown["id"], &shown["place"]["city"]), (&Value::from(1), &Value::from("Yazd")));
    assert_eq!(shown["purchases"].as_array().unwrap().len(), 2);
    assert_eq!(shown["tags"], serde_json::json!(["fibre", "vip"]));
    assert!(bench.rows(&["duplicates"]).is_empty());
    bench.ok(&["check", "--deep"]);
    bench.ok(&["undo"]);
    assert_eq!(bench.ok(&["export", "customers"]), before);
}

#[test]
fn two_who_are_two_are_not_listed_together_again() {
    let bench = store();
    let before = bench.ok(&["duplicates"]);
    bench.fails(&["duplicates", "--distinct", "A", "Z"], 3, &["Z"]);
    bench.fails(&["duplicates", "--distinct", "A"], 2, &["--distinct"]);
    bench.fails(&["duplicates", "--distinct", "A", "A"], 2, &["customer"]);
    bench.fails(&["duplicates", "--distinct", "A", "B", "--limit", "3"], 2, &["--limit"]);
    let line = bench.ok(&["duplicates", "--distinct", "A", "B"]);
    assert!(line.contains("are two") && line.contains("vafa undo"), "{line}");
    assert!(bench.rows(&["duplicates"]).is_empty());
    let again = bench.ok(&["--lang", "fa", "duplicates", "--distinct", "B", "A"]);
    assert!(again.contains("از پیش") && !again.contains("undo"), "{again}");
    bench.ok(&["undo"]);
    assert_eq!(bench.ok(&["duplicates"]), before);
    assert!(bench.ok(&["--lang", "fa", "duplicates", "--distinct", "A", "B"]).contains("دو نفرند"));
}

#[test]
fn reports_of_today_alone_say_so_when_asked_for_another_day() {
    let bench = store();
    for kind in
        ["campaigns", "lifecycle", "needs", "processes", "programmes", "segments", "winback"]
    {
        let args = ["report", kind, "--as-of", "2024-03-01"];
        bench.fails(&args, 2, &["leave the date out"]);
        bench.fails(&[&["--lang", "fa"], &args[..]].concat(), 2, &["تاریخ را بردارید"]);
        bench.ok(&args[..2]);
    }
    bench.ok(&["report", "rfm", "--as-of", "2024-03-01"]);
}

#[test]
fn what_is_erased_is_in_no_file_and_a_certificate_says_so() {
    let bench = store();
    bench.ok(&["tag", "hot", "--where", "tag:vip or tag:fibre"]);
    bench.ok(&["--yes", "merge", "A", "B"]);
    bench.ok(&["undo"]);
    bench.ok(&["--yes", "merge", "A", "B"]);
    assert!(found(&bench.store(), "Nasrin") > 0);
    bench.fails(&["erase", "A"], 2, &["--name"]);
    bench.fails(&["--yes", "erase", "A"], 2, &["--name"]);
    bench.fails(&["erase", "A", "--name", "Sara Kept"], 4, &["nothing was erased"]);
    let line = bench.ok(&[
        "erase",
        "A",
        "--name",
        "nasrin forgotten",
        "--format",
        "jsonl",
        "-o",
        "proof.json",
    ]);
    assert!(line.contains("proof.json"), "{line}");
    let proof: Value =
        serde_json::from_str(&fs::read_to_string(bench.path("proof.json")).unwrap()).unwrap();
    assert_eq!((&proof["customer"], &proof["by"]), (&Value::from(1), &Value::from("sara")));
    assert_eq!(proof["rows"]["purchase"], 2);
    assert_eq!(proof["chain"].as_str().unwrap().len(), 64);
    assert!(proof["old_values"].as_u64().unwrap() > 10, "{proof}");
    assert!(!proof.to_string().contains("Nasrin"));

    for trace in ["Nasrin", "NASRIN", "nasrin@forgotten", "989121234567", "fast delivery"] {
        assert_eq!(found(&bench.store(), trace), 0, "{trace}");
    }
    assert!(found(&bench.store(), "Sara Kept") > 0);
    bench.ok(&["check", "--deep"]);
    bench.fails(&["show", "#1"], 3, &["no customer is #1"]);
    bench.fails(&["show", "#2"], 3, &["no customer is #2"]);
    // What was done before is taken back without bringing anybody back.
    for _ in 0..3 {
        bench.run(&["undo"]);
    }
    assert_eq!(found(&bench.store(), "Nasrin"), 0);
    bench.ok(&["check", "--deep"]);
}

#[test]
fn the_certificate_says_where_others_records_name_the_erased() {
    let bench = store();
    let file = bench.file(
        "talks.csv",
        "customer,time,channel,note\n\
         C,2026-01-02T10:00:00Z,call,\"came with Nasrin Forgotten, wants the same\"\n\
         C,2026-01-03T10:00:00Z,call,ring 0912 123 45 67 for her\n\
         C,2026-01-04T10:00:00Z,call,knows a Nasrin\n\
         A,2026-01-05T10:00:00Z,call,I am Nasrin Forgotten\n",
    );
    bench.ok(&["import", "interactions", &file]);
    let before = bench.rows(&["show", "C"])[0]["interactions"].clone();
    let args = ["erase", "A", "--name", "Nasrin Forgotten"];
    let line = bench.ok(&[&args[..], &["--format", "jsonl"]].concat());
    let proof: Value = serde_json::from_str(&line).unwrap();
    // B has the same name and phone; the words in C's talks are not changed.
    assert_eq!(proof["mentions_total"], 3);
    let place = |at: usize| {
        let m = &proof["mentions"][at];
        (m["customer"].as_u64(), m["on"].as_str().map(str::to_owned), m["in"].as_str().unwrap())
    };
    assert_eq!((place(0).0, place(0).2), (Some(2), "customer"));
    assert_eq!(place(1), (Some(3), Some("2026-01-02".into()), "interaction"));
    assert_eq!(place(2), (Some(3), Some("2026-01-03".into()), "interaction"));
    assert_eq!(bench.rows(&["show", "C"])[0]["interactions"], before);
    // The other twin's certificate is read by a person.
    let told = bench.ok(&["--lang", "fa", "erase", "B", "--name", "Nasrin Forgotten"]);
    assert!(told.contains("۲ رکورد دربارهٔ دیگران") && told.contains("#3"), "{told}");
    let told = bench.ok(&["erase", "C", "--name", "Sara Kept"]);
    assert!(told.contains("Named in no record about others"), "{told}");
}

#[test]
fn erasing_is_not_for_everybody() {
    let bench = store();
    bench.ok(&["agent", "add", "Mina"]);
    bench.ok(&["config", "set", "agent", "Mina"]);
    bench.fails(&["erase", "A", "--name", "Nasrin Forgotten"], 5, &["supervisor"]);
    assert!(found(&bench.store(), "Nasrin") > 0);
}

#[test]
fn a_trait_is_set_for_all_who_match() {
    let bench = store();
    for (field, value, check) in [
        ("stage", "loyal", "stage:loyal"),
        ("owner", "Sara", "owner:sara"),
        ("source", "fair", "source:fair"),
        ("marketing", "yes", "marketing:yes"),
        ("field.plan", "gold", "field.plan:gold"),
        ("do_not_call", "asked by mail", "do_not_call:yes"),
    ] {
        let line = bench.ok(&["set", field, value, "--where", "tag:vip or tag:fibre"]);
        assert!(line.contains("2 of 2") && line.contains("vafa undo"), "{line}");
        assert_eq!(bench.rows(&["list", "--where", check]).len(), 2, "{check}");
    }
    bench.ok(&["set", "do_not_call", "", "--where", "tag:vip or tag:fibre"]);
    assert!(bench.rows(&["list", "--where", "do_not_call:yes"]).is_empty());
    bench.ok(&["set", "owner", "", "--where", "tag:vip or tag:fibre"]);
    assert!(bench.rows(&["list", "--where", "owner:sara"]).is_empty());
    bench.fails(&["set", "shoe", "43", "--where", "tag:vip or tag:fibre"], 2, &["field.NAME"]);
    bench.fails(&["set", "stage", "great", "--where", "tag:vip or tag:fibre"], 2, &["prospect"]);
    bench.fails(&["set", "owner", "Nobody", "--where", "tag:vip or tag:fibre"], 2, &["sara"]);
}

#[test]
fn do_not_call_means_what_it_says() {
    let bench = store();
    let set = |value: &str, more: &[&str]| {
        let line = ["set", "do_not_call", value, "--where", "tag:vip"];
        bench.ok(&[&line, more].concat())
    };
    let told = || {
        let marked = bench.count("tag:vip do_not_call:yes") == 1;
        let shown = bench.ok(&["export", "customers", "--where", "tag:vip"]);
        let mut lines = shown.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let place = lines.next().unwrap().iter().position(|head| *head == "do_not_call").unwrap();
        let cell = lines.next().unwrap()[place].to_owned();
        (marked, cell.split_once(' ').map_or(String::new(), |(_, reason)| reason.to_owned()))
    };
    for (value, more, want) in [
        ("no", &[][..], (false, "")),
        ("yes", &[], (true, "")),
        ("false", &[], (false, "")),
        ("true", &["--reason", "asked by mail"], (true, "asked by mail")),
        ("خیر", &[], (false, "")),
        ("بله", &[], (true, "")),
        ("No", &[], (false, "")),
        ("moved abroad", &[], (true, "moved abroad")),
    ] {
        set(value, more);
        assert_eq!(told(), (want.0, want.1.to_owned()), "{value}");
    }
    assert!(set("no", &[]).contains("1 of 1"));
    // Only a supervisor lets somebody be called again.
    set("yes", &[]);
    bench.ok(&["agent", "add", "Mina"]);
    bench.ok(&["config", "set", "agent", "Mina"]);
    bench.fails(&["set", "do_not_call", "no", "--where", "tag:vip"], 5, &["supervisor"]);
    assert!(told().0);
}

#[test]
fn stages_follow_the_scores_and_are_reported() {
    let bench = Bench::new();
    let mut rows = String::from("customer,date,amount\n");
    for n in 0..60 {
        let (last, gap) = (if n % 3 == 0 { 700 } else { 1 + n % 9 }, 12 + n % 7);
        for k in 0..6 {
            let day = jiff::Zoned::now()
                .date()
                .checked_sub(jiff::Span::new().days(i64::from(last + k * gap)));
            rows.extend([format!("c{n},{},10.00\n", day.unwrap())]);
        }
    }
    let file = bench.file("bought.csv", rows);
    bench.ok(&["import", "purchases", &file]);
    bench.fails(&["lifecycle"], 2, &[]);
    bench.ok(&["score"]);
    let lapsed = bench.count("stage:lapsed");
    assert_eq!(lapsed, 20);
    assert!(bench.rows(&["lifecycle", "run", "--dry-run"]).is_empty(), "scoring has moved them");
    // They left long before this month: a move has the day of what makes it.
    let moves = bench.rows(&["report", "moves"]);
    assert!(moves.iter().all(|m| m["rule"] != "gone"), "{moves:?}");
    let left = &bench.rows(&["show", "c0"])[0]["moves"][0];
    let left: jiff::Timestamp = left["at"].as_str().unwrap().parse().unwrap();
    let days = jiff::Timestamp::now().duration_since(left).as_hours() / 24;
    assert!((100..700).contains(&days), "{days}");
    assert_eq!(bench.rows(&["report", "winback"])[0]["customers"], 20);
    assert_eq!(bench.rows(&["report", "relations"]).last().unwrap()["customers"], 40);
    bench.ok(&["undo"]);
    assert_eq!(bench.count("stage:lapsed"), 0);
    let due = bench.rows(&["lifecycle", "run", "--dry-run"]);
    assert!(due.iter().any(|m| m["rule"] == "gone" && m["customers"] == 20));
    assert!(bench.ok(&["--lang", "fa", "lifecycle", "run"]).contains("رفته"));
    assert_eq!(bench.count("stage:lapsed"), 20);
    bench.ok(&["lifecycle", "close", "c0", "--note", "moved abroad"]);
    let shown = &bench.rows(&["show", "c0"])[0];
    assert_eq!(shown["win_back"]["state"], "closed");
    assert_eq!(shown["moves"][0]["rule"], "gone");
    bench.fails(&["lifecycle", "close", "c1"], 3, &[]);
    bench.ok(&["set", "stage", "loyal", "--reason", "signed again", "--where", "stage:lapsed"]);
    assert!(bench.rows(&["lifecycle", "run"]).is_empty(), "set by hand stays");
}
