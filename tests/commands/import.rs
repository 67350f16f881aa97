//! Files in: what is kept, twice, undone, with columns of any name.

use crate::bench::{Bench, PEOPLE};

#[test]
fn an_import_twice_is_an_import_once() {
    let bench = Bench::new();
    let file = bench.file("people.csv", PEOPLE);
    let first = bench.ok(&["import", "customers", &file]);
    assert!(first.contains("3 rows: 3 added, 0 changed, 0 the same"), "{first}");
    let again = bench.ok(&["import", "customers", &file]);
    assert!(again.contains("3 rows: 0 added, 0 changed, 3 the same"), "{again}");
    assert!(!again.contains("vafa undo"), "{again}");
    let newer = bench.file("newer.csv", "external_id,name,city\nC-3,Olivia Brown,Leeds\n");
    let changed = bench.ok(&["import", "customers", &newer]);
    assert!(changed.contains("0 added, 1 changed, 0 the same"), "{changed}");
    let row = &bench.rows(&["show", "C-3"])[0];
    assert_eq!(
        (&row["place"]["city"], &row["contacts"][0]["value"]),
        (&"Leeds".into(), &"+442079460018".into())
    );
    bench.ok(&["undo"]);
    assert_eq!(bench.rows(&["show", "C-3"])[0]["place"]["city"], "London");
    let batch = first.split('`').nth(1).unwrap().rsplit(' ').next().unwrap().to_owned();
    bench.ok(&["undo", &batch]);
    assert_eq!(bench.count(""), 0);
}

#[test]
fn purchases_without_ids_keep_their_number() {
    let bench = Bench::new();
    // Two equal purchases on one day are two.
    let text = "customer,date,amount\nA,2025-01-01,10\nA,2025-01-01,10\nB,2025-01-02,5\n";
    let file = bench.file("p.csv", text);
    let first = bench.ok(&["import", "purchases", &file]);
    assert!(first.contains("3 added") && first.contains("2 customers were made"), "{first}");
    let again = bench.ok(&["import", "purchases", &file]);
    assert!(again.contains("0 added, 0 changed, 3 the same"), "{again}");
    assert_eq!(bench.rows(&["show", "A"])[0]["figures"]["spent"], 2000);
    let longer = bench.file("longer.csv", format!("{text}A,2025-01-01,10\n"));
    assert!(bench.ok(&["import", "purchases", &longer]).contains("1 added, 0 changed, 3 the same"));
    assert_eq!(bench.rows(&["show", "A"])[0]["figures"]["spent"], 3000);
}

#[test]
fn every_kind_comes_in() {
    let bench = Bench::with_people();
    let file = bench.file("products.csv", "sku,name,price,unit_cost\nA,Milk,1.20,0.80\n");
    assert!(bench.ok(&["import", "products", &file]).contains("1 added"));
    let lines =
        "order,customer,date,sku,qty,price\n7,C-1,2025-01-01,A,2,1.20\n7,C-1,2025-01-01,B,1,5\n";
    let file = bench.file("orders.csv", lines);
    assert!(bench.ok(&["import", "purchases", &file]).contains("2 rows: 1 added"));
    let file = bench.file(
        "talks.jsonl",
        "{\"customer\":\"C-1\",\"time\":\"2025-01-02T09:00:00Z\",\"channel\":\"call\",\
         \"outcome\":\"refused\",\"seconds\":65,\"note\":\"too dear\"}\n",
    );
    assert!(bench.ok(&["import", "interactions", &file]).contains("1 added"));
    assert!(
        bench.ok(&["import", "interactions", &file]).contains("0 added, 0 changed, 1 the same")
    );
    let row = &bench.rows(&["show", "C-1"])[0];
    assert_eq!(row["purchases"][0]["amount"], 740);
    assert_eq!(row["purchases"][0]["lines"][0]["product"], "A");
    assert_eq!(row["interactions"][0]["note"], "too dear");
    assert_eq!(row["figures"]["last_contact"], "2025-01-02");
}

#[test]
fn columns_are_mapped_by_name_number_and_heading() {
    let bench = Bench::new();
    let text = "کد مشتری;نام;نام خانوادگی;تاریخ تولد;سایز;می‌خواهد\nM-1;رضا;کریمی;۱۳۶۰/۰۱/۱۵;42;ارسال سریع\n";
    let file = bench.file("fa.csv", text);
    let out = bench.ok(&[
        "import",
        "customers",
        &file,
        "--map",
        "سایز=field.shoe size",
        "--map",
        "6=need",
    ]);
    assert!(out.contains("1 added") && !out.contains("ignored"), "{out}");
    let row = &bench.rows(&["show", "M-1"])[0];
    assert_eq!((&row["name"], &row["birth_date"]), (&"رضا کریمی".into(), &"1981-04-04".into()));
    assert_eq!(row["fields"]["shoe size"], "42");
    assert_eq!(
        (&row["facts"][0]["kind"], &row["facts"][0]["text"]),
        (&"need".into(), &"ارسال سریع".into())
    );
    let again = bench.ok(&["import", "customers", &file, "--map", "6=need"]);
    assert!(
        again.contains("0 added, 0 changed, 1 the same") && again.contains("ignored columns: سایز"),
        "{again}"
    );
    assert_eq!(bench.rows(&["show", "M-1"])[0]["facts"].as_array().unwrap().len(), 1);
}

#[test]
fn windows_files_and_marks_are_read() {
    let text = "external_id,name,city\nA,علي رضايي,تهران\n";
    let (windows, ..) = encoding_rs::WINDOWS_1256.encode(text);
    for bytes in
        [text.as_bytes().to_vec(), windows.into_owned(), format!("\u{feff}{text}").into_bytes()]
    {
        let bench = Bench::new();
        let file = bench.file("a.csv", bytes);
        bench.ok(&["import", "customers", &file]);
        assert_eq!(bench.rows(&["show", "A"])[0]["place"]["city"], "تهران");
    }
    let bench = Bench::new();
    let file = bench.file("a.csv", encoding_rs::WINDOWS_1252.encode("name\nZoë\n").0);
    bench.ok(&["import", "customers", &file, "--encoding", "windows-1252"]);
    assert_eq!(bench.rows(&["list"])[0]["name"], "Zoë");
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let bench = Bench::with_people();
    let file = bench.file("a.csv", "name;hat\nSara;9\nAli;8\n");
    let out = bench.ok(&["import", "customers", &file, "--dry-run"]);
    for word in ["UTF-8, ';'", "name", "hat", "Sara", "2 rows, 0 bad; nothing was written"] {
        assert!(out.contains(word), "{word:?} is not in {out:?}");
    }
    assert_eq!(bench.count(""), 3);
    let bad = bench.file("b.csv", "name,email\nSara,nowhere\n");
    let run =
        bench.fails(&["import", "customers", &bad, "--dry-run"], 2, &["line 2, column email"]);
    assert!(run.out.contains("1 row, 1 bad"), "{run:?}");
}

#[test]
fn names_of_ten_thousand_characters_are_refused_not_cut() {
    let bench = Bench::new();
    let file = bench.file("a.csv", format!("name\n{}\nAli\n", "ن".repeat(10_000)));
    let run =
        bench.fails(&["import", "customers", &file], 2, &["line 2, column name", "200 characters"]);
    assert!(run.err.len() < 1_000);
}

#[test]
fn a_pipe_is_a_file_too() {
    use std::io::Write;
    let bench = Bench::new();
    for (text, kind) in [
        ("external_id,name\nA,Sara\n", "1 added"),
        ("{\"external_id\":\"B\",\"name\":\"رضا\"}\n", "1 added"),
        ("", "is empty"),
        ("name,birth_date\nSara,2025-02-30\n", "line 2"),
    ] {
        let mut child = bench
            .command(&["import", "customers", "-"])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let told = [output.stdout, output.stderr].concat();
        let told = String::from_utf8(told).unwrap();
        assert!(told.contains(kind), "{text:?}: {told}");
        assert!(kind != "is empty" || told.contains("standard input"), "{told}");
    }
    assert_eq!(bench.count(""), 2);
}

#[test]
fn wrong_numbers_of_identity_are_told_and_kept() {
    let bench = Bench::new();
    bench.ok(&["config", "set", "country", "IR"]);
    let text = "name,field.کد ملی,field.sheba,postal_code\n\
        Sara,0123456789,IR050170000000123456789012,1619735744\n\
        Ali,0123456788,IR060170000000123456789012,123\n";
    let file = bench.file("a.csv", text);
    let run = bench.run(&["import", "customers", &file]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.out.contains("2 added"), "{run:?}");
    for words in ["3 numbers may be wrong", "line 3", "national id", "Sheba, Melli", "postal code"]
    {
        assert!(run.err.contains(words), "{words}: {run:?}");
    }
    assert!(!run.err.contains("line 2"), "{run:?}");
    assert_eq!(bench.rows(&["show", "Ali"])[0]["fields"]["کد ملی"], "0123456788");
    let run = bench.run(&["--quiet", "import", "customers", &file]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
}

#[test]
fn national_phones_are_of_the_country_of_their_row_then_of_the_store() {
    const FILE: &str = "\
نام,تلفن,کشور
علی,۰۹۱۲۳۴۵۶۷۸۹,IR
سارا,۰۹۱۲۳۴۵۶۷۸۸,ایران
Ann,020 7946 0018,UK
رضا,۰۹۱۲۳۴۵۶۷۸۷,
";
    let phones = |bench: &Bench| -> Vec<String> {
        let rows = bench.rows(&["list", "--columns", "phone", "--sort", "id"]);
        rows.iter().map(|row| row["phone"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let of_row = ["+989123456789", "+989123456788", "+442079460018"];
    // A store made in Persian begins in Iran.
    let bench = Bench::new();
    let file = bench.file("fa.csv", FILE);
    bench.ok(&["--lang", "fa", "import", "customers", &file]);
    assert_eq!(phones(&bench), [&of_row[..], &["+989123456787"]].concat());
    // And stays there, whoever comes next.
    let more = bench.file("more.csv", "name,phone\nMina,0935 123 4567\n");
    bench.ok(&["--lang", "en", "import", "customers", &more]);
    assert_eq!(phones(&bench).last().unwrap(), "+989351234567");
    // One made in English does not: what is no number there is kept as written, and told.
    for (lang, told) in [("en", "no such number"), ("fa", "چنین شماره‌ای")] {
        let bench = Bench::new();
        bench.ok(&["config", "set", "country", "US"]);
        let file = bench.file("fa.csv", FILE);
        let run = bench.run(&["--lang", lang, "import", "customers", &file]);
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(phones(&bench), [&of_row[..], &["09123456787"]].concat());
        assert!(run.err.contains(told) && run.err.contains("۰۹۱۲۳۴۵۶۷۸۷"), "{}", run.err);
        assert!(!run.err.contains("۰۹۱۲۳۴۵۶۷۸۹"), "{}", run.err);
    }
}
