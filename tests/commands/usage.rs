//! Wrong usage, missing stores, configuration, completions.

use crate::bench::Bench;

#[test]
fn wrong_usage_is_status_2() {
    let bench = Bench::with_people();
    for (args, words) in [
        (&["dance"][..], "no command dance"),
        (&["import", "planets", "x"], "customers, purchases"),
        (&["import", "customers", "people.csv", "--delimiter", ";;"], "--delimiter takes"),
        (&["import", "customers", "people.csv", "--encoding", "klingon"], "--encoding takes"),
        (&["import", "customers", "people.csv", "--map", "name"], "COLUMN=FIELD"),
        (
            &["import", "customers", "people.csv", "--map", "name=shoe"],
            "no field shoe in customers",
        ),
        (&["import", "customers", "people.csv", "--map", "hat=city"], "no column hat"),
        (&["import", "subscriptions", "people.csv"], "no column is the customer"),
        (&["list", "--columns", "shoe"], "--columns takes"),
        (&["list", "--sort", "tags"], "--sort takes"),
        (&["queue", "lunch"], "retention"),
        (&["export", "segment"], "segment NAME"),
        (&["export", "queue", "lunch"], "retention"),
        (&["score", "--horizon", "6mo"], "--horizon takes"),
        (&["score", "--as-of", "2025-02-30"], "2025-02-30"),
        (&["log", "C-1", "--outcome", "vanished"], "--outcome takes"),
        (&["log", "C-1", "--channel", "pigeon"], "--channel takes"),
        (&["log", "C-1", "--callback", "2001-01-01"], "--callback"),
        (&["tag", " ", "--where", "city:Qom"], "NAME takes"),
        (&["tag", "vip"], "--where"),
        (&["config", "set", "colour", "red"], "no setting colour"),
        (&["config", "set", "theme", "pink"], "dark, light"),
        (&["--store", "postgres://x", "list"], "postgres://"),
    ] {
        let run = bench.fails(args, 2, &[words]);
        assert_eq!(run.out, "", "{args:?}");
    }
}

#[test]
fn expressions_are_wrong_at_a_character() {
    let bench = Bench::with_people();
    for args in [
        &["list", "--where", "city:Tehran spent>>10"][..],
        &["export", "customers", "--where", "city:Tehran spent>>10"],
        &["tag", "x", "--where", "city:Tehran spent>>10"],
    ] {
        let run = bench.fails(args, 2, &["city:Tehran spent>>10\n"]);
        let lines: Vec<&str> = run.err.lines().collect();
        let caret = lines.last().and_then(|l| l.find('^'));
        // The number is expected after the first or at the second `>`.
        assert!(matches!(caret, Some(17..=19)), "{run:?}");
    }
    bench.fails(&["list", "--where", "citty:Qom"], 2, &["no field citty", "city"]);
}

#[test]
fn a_missing_store_is_told_and_not_made() {
    let bench = Bench::new();
    for args in [
        &["list"][..],
        &["find", "reza"],
        &["show", "C-1"],
        &["log", "C-1", "--outcome", "answered"],
        &["tag", "vip", "--where", "city:Qom"],
        &["queue", "retention"],
        &["score"],
        &["undo"],
        &["check"],
        &["report", "rfm"],
        &["export", "customers"],
    ] {
        bench.fails(args, 3, &["there is no store in", "vafa import"]);
    }
    assert!(!bench.store().exists());
    let file = bench.file("a.csv", "name\nSara\n");
    bench.ok(&["import", "customers", &file, "--dry-run"]);
    assert!(!bench.store().exists(), "a dry run made a store");
}

#[test]
fn words_follow_the_language() {
    let bench = Bench::new();
    bench.fails(&["--lang", "fa", "list"], 3, &["انبار داده‌ای نیست"]);
    bench.ok(&["config", "set", "language", "fa"]);
    bench.fails(&["list"], 3, &["انبار داده‌ای نیست"]);
    bench.fails(&["--lang", "en", "list"], 3, &["there is no store"]);
}

#[test]
fn the_configuration_is_a_small_file() {
    let bench = Bench::new();
    let path = bench.ok(&["config", "path"]);
    assert!(path.trim().ends_with("config.toml"), "{path}");
    let elsewhere = bench.path("mine.toml");
    let elsewhere = elsewhere.to_str().unwrap();
    bench.ok(&["--config", elsewhere, "config", "set", "calendar", "jalali"]);
    bench.ok(&["--config", elsewhere, "config", "set", "agent", "Mina"]);
    let shown = bench.ok(&["--config", elsewhere, "config"]);
    assert!(
        shown.contains("calendar = \"jalali\"") && shown.contains("agent = \"Mina\""),
        "{shown}"
    );
    let bad = bench.file("bad.toml", "colour = 1\n");
    bench.fails(&["--config", &bad, "list"], 2, &["bad.toml", "colour"]);
}

#[test]
fn settings_of_the_store_are_kept_in_it() {
    let bench = Bench::new();
    bench.ok(&["config", "set", "currency", "IRR"]);
    bench.ok(&["config", "set", "country", "IR"]);
    let file = bench.file("a.csv", "external_id,name,phone\nC-9,Ali,0912 123 4567\n");
    bench.ok(&["import", "customers", &file]);
    let rows = bench.rows(&["find", "Ali"]);
    assert_eq!(rows[0]["phone"], "+989121234567");
    let file = bench.file("b.csv", "customer,date,amount\nC-9,2025-01-01,1250.50\n");
    bench.fails(&["import", "purchases", &file], 2, &["1250.50", "at most 0 digits"]);
}

#[test]
fn completions_and_help_are_printed() {
    let bench = Bench::new();
    assert!(bench.ok(&["completions", "bash"]).contains("_vafa"));
    assert!(bench.ok(&["--help"]).contains("import"));
    let manual = bench.ok(&["--lang", "fa", "man", "import"]);
    for part in [".TH", "vafa\\-import", "Brings a file in", "dry\\-run"] {
        assert!(manual.contains(part), "{part} in {manual}");
    }
    bench.fails(&["man", "nothing"], 2, &["nothing"]);
    assert!(bench.ok(&["--version"]).starts_with("vafa "));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let bench = Bench::new();
    let many: String = (0..20_000).map(|i| format!("Customer number {i},City {i}\n")).collect();
    let file = bench.file("many.csv", format!("name,city\n{many}"));
    bench.ok(&["import", "customers", &file]);
    for args in [&["list"][..], &["list", "--format", "jsonl"], &["export", "customers"]] {
        let mut child = bench
            .command(args)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
    }
}

#[test]
fn one_store_is_not_opened_twice() {
    use vafa::store::sled::{OpenOptions, open};
    let bench = Bench::with_people();
    // While another process holds it every command is told who that is; afterwards it works.
    let held = open(&bench.store(), OpenOptions::default()).unwrap();
    let run = bench.run(&["list", "--limit", "1"]);
    assert_eq!(run.status, 4, "{run:?}");
    assert!(run.err.contains(&format!("process {} is using it", std::process::id())), "{run:?}");
    drop(held);
    bench.ok(&["list", "--limit", "1"]);
}

#[test]
fn a_damaged_store_is_status_6() {
    let bench = Bench::with_people();
    bench.ok(&["check"]);
    bench.ok(&["check", "--deep"]);
    let db = bench.store().join("db");
    let mut bytes = std::fs::read(&db).unwrap();
    for byte in bytes.iter_mut().skip(64) {
        *byte ^= 0x5a;
    }
    std::fs::write(&db, bytes).unwrap();
    let run = bench.run(&["check"]);
    assert_eq!(run.status, 6, "{run:?}");
    assert!(run.err.contains("damaged") && run.err.contains("vafa restore"), "{run:?}");
}

#[test]
fn rials_are_shown_and_typed_as_toman() {
    let bench = Bench::with_people();
    bench.ok(&["config", "set", "currency", "IRR"]);
    bench.ok(&["config", "set", "money", "toman"]);
    let file = bench.file("p.csv", "customer,date,amount\nC-1,2025-01-01,1250000\n");
    bench.ok(&["import", "purchases", &file]);
    let columns = ["list", "--columns", "name,spent", "--where", "spent>0"];
    assert!(bench.ok(&columns).contains("125,000\n"));
    let persian = [&["--lang", "fa"], &columns[..]].concat();
    assert!(bench.ok(&persian).contains("۱۲۵٬۰۰۰\n"));
    // Machines and files keep the unit of the currency.
    assert_eq!(bench.rows(&columns)[0]["spent"], 1_250_000);
    assert!(bench.ok(&["export", "purchases"]).contains(",1250000,"));
    let line = bench.ok(&["config", "set", "minute_cost", "12k"]);
    assert_eq!(line, "minute_cost = 12,000 toman\n");
    bench.fails(&["config", "set", "money", "gold"], 2, &["rial, toman"]);
}
