//! Own fields from the command line: what they take, and where a file is wrong.

use crate::bench::Bench;

const PLAN: &str = r#"
[[own_field]]
name = "shoe"
kind = "number"

[[own_field]]
name = "prefers"
kind = "choice"
choices = ["phone", "message"]

[[own_field]]
name = "review"
kind = "date"
"#;

#[test]
fn values_are_checked_when_they_are_set_and_when_they_come_in() {
    let bench = Bench::with_people();
    let file = bench.file("plan.toml", PLAN);
    bench.ok(&["import", "plan", &file]);
    let set = |field: &str, value: &str| {
        ["set", field, value, "--where", "city:Tehran"].map(str::to_owned)
    };
    for (field, value, words) in [
        ("field.shoe", "big", "not a number"),
        ("field.prefers", "letter", "takes one of: phone, message"),
        ("field.review", "soon", "not a date"),
    ] {
        let args = set(field, value);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        bench.fails(&args, 2, &[words]);
        let persian: Vec<&str> = ["--lang", "fa"].into_iter().chain(args).collect();
        bench.fails(&persian, 2, &[]);
    }
    for (field, value) in
        [("field.shoe", "۴۲"), ("field.prefers", "PHONE"), ("field.review", "2026-12-01")]
    {
        let args = set(field, value);
        bench.ok(&args.iter().map(String::as_str).collect::<Vec<_>>());
    }
    assert_eq!(bench.count("field.shoe>40 field.prefers:phone field.review:2026-12-01"), 1);

    let bad = bench.file("bad.csv", "external_id,name,field.shoe\nC-8,Omid,41\nC-9,Nima,huge\n");
    let run = bench.fails(&["import", "customers", &bad], 2, &["line 3", "huge", "not a number"]);
    assert!(run.out.is_empty());
    assert_eq!(bench.count("name:Omid"), 0, "nothing of the file is kept");
    let good = "external_id,name,field.Prefers,field.review\nC-8,Omid,Message,1405/09/10\n";
    let good = bench.file("good.csv", good);
    bench.ok(&["import", "customers", &good]);
    assert_eq!(bench.count("field.prefers:message field.review:2026-12-01"), 1);
}
