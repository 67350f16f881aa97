//! Files out, and in again.

use crate::bench::Bench;

#[test]
fn customers_go_out_and_in_without_a_change() {
    let bench = Bench::with_people();
    let more = bench.file(
        "more.csv",
        "name,phone,email,field.size,field.hat,kind,do_not_call,marketing,tags,other_names,joined\n\
         \"Comma, Quote \"\"Ltd\"\"\",+98 21 8888 0000 (front desk); +98 912 000 0000,a@b.co; c@d.co,42,,organisation,2024-05-06 asked twice,no,a; b,CQ; Cq Ltd,2020-01-01\n\
         =1+1,,,,x,person,,yes,,,2021-01-01\n",
    );
    bench.ok(&["import", "customers", &more]);
    for name in ["out.csv", "out.jsonl"] {
        let path = bench.path(name);
        let path = path.to_str().unwrap();
        assert_eq!(bench.ok(&["export", "customers", "-o", path]), "");
        let text = bench.read(name);
        assert!(text.contains("=1+1") && !text.contains("'=1+1"), "{text}");
        let again = bench.ok(&["import", "customers", path]);
        assert!(again.contains("5 rows: 0 added, 0 changed, 5 the same"), "{name}: {again}");
        let other = Bench::new();
        let out = other.ok(&["import", "customers", path]);
        assert!(out.contains("5 added"), "{out}");
        other.ok(&["export", "customers", "-o", "out2.csv"]);
        bench.ok(&["--yes", "export", "customers", "-o", "out2.csv"]);
        assert_eq!(other.read("out2.csv"), bench.read("out2.csv"), "{name}");
    }
}

#[test]
fn purchases_and_interactions_go_out_and_in_without_a_change() {
    let bench = Bench::with_people();
    let orders = "order,customer,date,sku,qty,amount,cost,kind\n7,C-1,2025-01-01,A,2,3.50,1,\n\
        7,C-1,2025-01-01,B,0.5,2,0.3,\n,C-2,2025-02-01,,,9.99,,\n,C-1,2025-03-01,,1,4,,return\n";
    let file = bench.file("o.csv", orders);
    bench.ok(&["import", "purchases", &file]);
    bench.ok(&[
        "log",
        "C-1",
        "--outcome",
        "answered",
        "--note",
        "two\nlines",
        "--duration",
        "1:05",
    ]);
    for (kind, name, rows) in [
        ("purchases", "p.csv", 4),
        ("purchases", "p.jsonl", 4),
        ("interactions", "i.csv", 1),
        ("interactions", "i.jsonl", 1),
    ] {
        bench.ok(&["export", kind, "-o", name]);
        let again = bench.ok(&["import", kind, name]);
        assert!(
            again.contains(&format!("{rows} rows: 0 added, 0 changed")) || rows == 1,
            "{again}"
        );
        assert!(again.contains("0 added, 0 changed"), "{name}: {again}");
    }
    let line = bench.ok(&["export", "purchases", "--where", "city:شیراز", "--format", "jsonl"]);
    let row: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&row["amount"], &row["date"]), (&999.into(), &"2025-02-01".into()));
}

#[test]
fn segments_and_byte_order_marks() {
    let bench = Bench::with_people();
    let out = bench.ok(&["export", "segment", "vip"]);
    assert_eq!(out.lines().count(), 3, "{out}");
    let out = bench.ok(&["export", "segment", "VIP", "--where", "city:London"]);
    assert!(out.lines().count() == 2 && out.contains("Olivia"), "{out}");
    bench.fails(&["export", "segment", "nobody"], 3, &["no segment nobody"]);
    let out = bench.ok(&["export", "customers", "--bom"]);
    assert!(out.starts_with("\u{feff}external_id,"), "{out}");
    bench.fails(&["export", "customers", "-o", "/nowhere/at/all.csv"], 1, &["cannot be written"]);
    bench.fails(&["export", "scores"], 3, &["vafa score"]);
    bench.fails(&["export", "customers", "-o", "x.csv", "--where", "a<"], 2, &["^"]);
    assert!(!bench.path("x.csv").exists());
}

#[test]
fn a_file_that_is_there_is_not_written_over_unasked() {
    let bench = Bench::with_people();
    let kept = bench.file("kept.csv", "mine\n");
    bench.fails(&["export", "customers", "-o", &kept], 4, &["there already", "--yes"]);
    assert_eq!(bench.read("kept.csv"), "mine\n");
    bench.fails(&["--lang", "fa", "export", "customers", "-o", &kept], 4, &["از پیش هست"]);
    bench.ok(&["--yes", "export", "customers", "-o", &kept]);
    assert!(bench.read("kept.csv").contains("C-2"));
    // A name of one dash is standard output, as without a name.
    assert_eq!(bench.ok(&["export", "customers", "-o", "-"]), bench.ok(&["export", "customers"]));
    assert!(!bench.path("-").exists());
}

#[test]
fn persian_files_begin_with_a_mark_that_spreadsheets_know() {
    let bench = Bench::with_people();
    for (args, marked) in [
        (&["--lang", "fa", "export", "customers"][..], true),
        (&["--lang", "fa", "export", "customers", "--no-bom"], false),
        (&["--lang", "fa", "export", "customers", "--format", "jsonl"], false),
        (&["export", "customers"], false),
    ] {
        let out = bench.ok(args);
        assert_eq!(out.starts_with('\u{feff}'), marked, "{args:?}");
        // Logical order, letters as they were written.
        assert!(out.contains("سارا محمدی"), "{out}");
    }
    let file = bench.file("fa.csv", bench.ok(&["--lang", "fa", "export", "customers"]));
    assert!(bench.ok(&["import", "customers", &file]).contains("3 the same"));
}

#[test]
fn customers_without_an_id_of_their_own_are_known_by_their_number() {
    let bench = Bench::new();
    let people = bench.file("a.csv", "name\nSara\nAli\n");
    bench.ok(&["import", "customers", &people]);
    let orders = bench.file("o.csv", "customer,date,amount\n#2,2025-01-01,5\n#1,2025-01-02,7\n");
    let out = bench.ok(&["import", "purchases", &orders]);
    assert!(out.contains("2 added") && !out.contains("were made"), "{out}");
    assert_eq!(bench.count(""), 2);
    let out = bench.ok(&["export", "purchases"]);
    assert!(out.contains("#1,2025-01-02") && out.contains("#2,2025-01-01"), "{out}");
    let again = bench.file("again.csv", &out);
    assert!(bench.ok(&["import", "purchases", &again]).contains("2 the same"));
    assert_eq!(bench.count(""), 2);
}

#[test]
fn nothing_old_is_left_out() {
    let bench = Bench::new();
    let days = |i: usize| format!("{}-{:02}-{:02}", 2020 + i / 336, i / 28 % 12 + 1, i % 28 + 1);
    let rows: String = (0..700).map(|i| format!("A,{},1\nB-{i},2024-05-05,2\n", days(i))).collect();
    let file = bench.file("o.csv", format!("customer,date,amount\n{rows}"));
    bench.ok(&["import", "purchases", &file]);
    assert_eq!(bench.ok(&["export", "purchases"]).lines().count(), 1_401);
    let few = bench.ok(&["export", "purchases", "--where", "purchases>100 or B-699"]);
    assert_eq!(few.lines().count(), 702, "far apart and all of them");
}
