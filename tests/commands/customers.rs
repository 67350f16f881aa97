//! find, list, show, log, tag, undo.

use crate::bench::Bench;

#[test]
fn customers_are_found_however_spelt() {
    let bench = Bench::with_people();
    for (text, want) in
        [("kar", "C-1"), ("4567", "C-1"), ("olivia@", "C-3"), ("محمدی", "C-2"), ("محمدي", "C-2")]
    {
        let rows = bench.rows(&["find", text]);
        assert_eq!(rows.first().map(|r| &r["customer"]), Some(&want.into()), "{text}: {rows:?}");
    }
    assert!(bench.rows(&["find", "zzzzqqqq"]).is_empty());
    let table = bench.ok(&["find", "karimi"]);
    assert!(table.contains("Reza Karimi") && table.contains("+98 912 123 4567"), "{table}");
}

#[test]
fn lists_are_chosen_ordered_and_cut() {
    let bench = Bench::with_people();
    let names = |args: &[&str]| -> Vec<String> {
        let rows = bench.rows(&[&["list"], args].concat());
        rows.iter().map(|r| r["customer"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&["--where", "tag:vip -city:London"]), ["C-1"]);
    assert_eq!(names(&["--sort", "id"]), ["C-1", "C-2", "C-3"]);
    assert_eq!(names(&["--sort", "-id", "--limit", "2"]), ["C-3", "C-2"]);
    let csv = bench.ok(&["list", "--columns", "id,city,tags", "--sort", "id", "--format", "csv"]);
    assert_eq!(csv, "id,city,tags\n1,Tehran,fibre; vip\n2,شیراز,\n3,London,vip\n");
}

#[test]
fn a_profile_is_shown_whole() {
    let bench = Bench::with_people();
    for word in ["C-1", "#1", "+98 912 123 4567", "reza karimi"] {
        let text = bench.ok(&["show", word]);
        assert!(text.contains("Reza Karimi") && text.contains("Tehran"), "{word}: {text}");
    }
    let object = &bench.rows(&["show", "C-1"])[0];
    assert_eq!(object["contacts"][0]["value"], "+989121234567");
    assert_eq!(object["birth_date"], "1981-04-04");
    assert_eq!(object["tags"], serde_json::json!(["fibre", "vip"]));
    bench.fails(&["show", "nobody at all"], 3, &["nobody at all", "vafa find"]);
    bench.fails(&["show", "#999"], 3, &["#999"]);
}

#[test]
fn a_name_of_two_customers_is_told_apart() {
    let bench = Bench::new();
    let file = bench.file("a.csv", "external_id,name,city\nA,Sara Amini,Qom\nB,Sara Amini,Yazd\n");
    bench.ok(&["import", "customers", &file]);
    let run = bench.fails(&["show", "Sara Amini"], 4, &["Sara Amini", "#1", "#2", "Qom", "Yazd"]);
    assert_eq!(run.out, "");
    bench.fails(&["log", "Sara Amini", "--outcome", "answered"], 4, &["#1"]);
    bench.ok(&["show", "B"]);
}

#[test]
fn a_conversation_is_logged_and_called_again() {
    let bench = Bench::with_people();
    let line = bench.ok(&[
        "log",
        "C-1",
        "--outcome",
        "no-answer",
        "--note",
        "rang twice",
        "--callback",
        "tomorrow 9:30",
    ]);
    assert!(line.contains("Reza Karimi") && line.contains("9:30"), "{line}");
    let object = &bench.rows(&["show", "C-1"])[0];
    let talk = &object["interactions"][0];
    assert_eq!((&talk["outcome"], &talk["note"]), (&"no_answer".into(), &"rang twice".into()));
    assert_eq!(talk["agent"], "sara");
    assert!(object["tasks"][0]["due"].as_str().unwrap().ends_with("T09:30:00Z"), "{object}");
    let rows = bench.rows(&["queue", "callbacks"]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["customer"], "C-1");
    bench.ok(&["undo"]);
    let object = &bench.rows(&["show", "C-1"])[0];
    assert_eq!(
        (&object["interactions"], &object["tasks"]),
        (&serde_json::json!([]), &serde_json::json!([]))
    );
}

#[test]
fn tags_go_on_and_off_as_one_act() {
    let bench = Bench::with_people();
    let line = bench.ok(&["tag", "Summer Offer", "--where", "tag:vip"]);
    assert!(line.contains("2 of 2") && line.contains("summer-offer"), "{line}");
    assert_eq!(bench.count("tag:summer-offer"), 2);
    assert!(bench.ok(&["tag", "summer offer", "--where", "tag:vip"]).contains("0 of 2"));
    let line = bench.ok(&["untag", "summer-offer", "--where", "city:London"]);
    assert!(line.contains("1 of 1"), "{line}");
    let batch = line.split('`').nth(1).unwrap().to_owned();
    assert!(batch.starts_with("vafa undo "), "{line}");
    bench.ok(&["undo", batch.trim_start_matches("vafa undo ")]);
    assert_eq!(bench.count("tag:summer-offer"), 2);
    bench.fails(&["undo", "999999"], 3, &["nothing to take back"]);
}

#[test]
fn nothing_in_the_data_steers_the_terminal() {
    let bench = Bench::new();
    let name = "Eve\x1b[2J\u{9b}31m\u{202e}gnp";
    let file = bench.file("a.csv", format!("external_id,name,field.x\nE\x07,{name},a\x1bb\n"));
    bench.ok(&["import", "customers", &file]);
    for args in [
        &["list"][..],
        &["list", "--format", "jsonl"],
        &["show", "#1"],
        &["show", "#1", "--format", "jsonl"],
        &["export", "customers", "--format", "jsonl"],
    ] {
        let out = bench.ok(args);
        let bad = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!out.contains(bad), "{args:?}: {out:?}");
    }
    bench.fails(&["show", "x\x1b[31mnobody"], 3, &["x^[[31mnobody"]);
}

#[test]
fn reports_count_everyone_who_bought() {
    let bench = Bench::with_people();
    let file = bench.file(
        "p.csv",
        "customer,date,amount\nC-1,2025-01-01,10\nC-1,2025-02-01,20\nC-2,2025-01-05,5\n",
    );
    bench.ok(&["import", "purchases", &file]);
    let rows = bench.rows(&["report", "rfm"]);
    assert_eq!(rows.len(), 25);
    let sum = |key: &str| rows.iter().map(|r| r[key].as_i64().unwrap()).sum::<i64>();
    assert_eq!((sum("customers"), sum("spent")), (2, 3500));
}

#[test]
fn a_moment_is_told_in_one_zone() {
    let bench = Bench::with_people();
    bench.ok(&["config", "set", "time_zone", "Asia/Tehran"]);
    let line = bench.ok(&["log", "C-1", "--callback", "tomorrow 9:30", "--outcome", "answered"]);
    assert!(line.contains("09:30"), "{line}");
    let shown = bench.ok(&["show", "C-1"]);
    assert!(shown.contains("09:30  callback"), "{shown}");
    let due = &bench.rows(&["show", "C-1"])[0]["tasks"][0]["due"];
    assert!(due.as_str().unwrap().ends_with("T06:00:00Z"), "{due}");
    bench.fails(&["show", ""], 2, &["no customer is named"]);
    bench.fails(&["--lang", "fa", "show", " "], 2, &["نام برده نشده"]);
}

#[test]
fn words_of_the_business_are_those_of_the_language() {
    let bench = Bench::with_people();
    bench.ok(&["log", "C-1", "--outcome", "no-answer"]);
    let list = bench.ok(&["--lang", "fa", "list", "--columns", "name,stage,phone,birth_date"]);
    for word in ["وفادار", "۹۱۲", "۱۳۶۰/۰۱/۱۵", "تولد"] {
        assert!(list.contains(word), "{word}: {list}");
    }
    let shown = bench.ok(&["--lang", "fa", "show", "C-1"]);
    for word in ["تماس", "وفادار", "شخص"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    for machine in ["no_answer", "loyal", "person"] {
        assert!(!shown.contains(machine), "{machine}: {shown}");
    }
    // Files keep the words of machines.
    let csv = bench.ok(&["--lang", "fa", "list", "--columns", "stage,phone", "--format", "csv"]);
    assert!(csv.contains("loyal,+989121234567"), "{csv}");
}
