//! Bad files: a clear error, nothing kept, nothing lost.

use std::fs;

use crate::bench::Bench;

#[test]
fn a_form_of_dates_that_reads_none_is_refused_before_anything_is_made() {
    let bench = Bench::new();
    let file = bench.file("a.csv", "customer,date,amount\nC-1,19970101,1\n");
    for format in ["YYYYMMDD", "banana", ""] {
        let args = ["import", "purchases", &file, "--date-format", format];
        bench.fails(&args, 2, &["--date-format", "%Y%m%d"]);
        bench.fails(&[&["--lang", "fa"], &args[..]].concat(), 2, &["%Y%m%d"]);
        assert!(!bench.store().exists());
    }
    bench.ok(&["import", "purchases", &file, "--date-format", "%Y%m%d"]);
}

#[test]
fn nothing_is_kept_of_a_file_with_a_bad_row() {
    let bench = Bench::with_people();
    for (kind, text, words) in [
        (
            "customers",
            "name,birth_date\nSara,2025-02-30\nAli,x\nMina,\n",
            &[
                "2 of 3 rows",
                "line 2, column birth_date: \"2025-02-30\": there is no such date",
                "line 3",
                "nothing of the file was kept",
                "--skip-bad",
            ][..],
        ),
        (
            "customers",
            "name,city\nSara,Qom\nAl",
            &["1 of 2 rows", "line 3: expected 2 columns, found 1"],
        ),
        ("customers", "name\nSa\0ra\n", &["line 2", "zero byte"]),
        ("customers", "name,city\nSara,\"Qom\nAli,Yazd\n", &["line 2", "quote is opened"]),
        ("customers", "name,city\nSara,Qom,5\n", &["expected 2 columns, found 3"]),
        (
            "purchases",
            "customer,date,amount\nC-1,2025-01-01,99999999999999999999\n",
            &["too many digits"],
        ),
        ("purchases", "customer,date,amount\nC-1,2025-01-01,1.005\n", &["at most 2 digits"]),
        ("purchases", "customer,date,amount\nC-1,01/02/2025,1\n", &["--date-format"]),
        ("purchases", "customer,date,amount\nC-1,1404/12/30,1\n", &["no such date"]),
        ("purchases", "customer,date,amount\nC-1,2999-01-01,1\n", &["in the future"]),
        ("purchases", "customer,date,amount\n,2025-01-01,1\n", &["column customer"]),
        (
            "interactions",
            "customer,time,channel\nC-1,2025-01-01,pigeon\n",
            &["expected one of call, email"],
        ),
        (
            "interactions",
            "customer,time,channel,agent\nC-1,2025-01-01,call,Nobody\n",
            &["known are", "sara"],
        ),
        ("products", "sku,name,price\nA,Milk,-1\n", &["no negative number"]),
    ] {
        let file = bench.file("bad.csv", text);
        let run = bench.fails(&["import", kind, &file], 2, words);
        assert_eq!(run.out, "", "{text:?}");
    }
    assert_eq!(bench.count(""), 3);
    assert!(bench.rows(&["show", "C-1"])[0]["purchases"].as_array().unwrap().is_empty());
}

#[test]
fn files_that_are_none_are_told_apart() {
    let bench = Bench::with_people();
    let folder = bench.path("folder");
    fs::create_dir(&folder).unwrap();
    for (path, status, words) in [
        (bench.file("empty.csv", ""), 2, "is empty"),
        (bench.file("heads.csv", "city,phone\n"), 2, "no column is the name"),
        (bench.file("twice.csv", "name,Name\nA,B\n"), 2, "two columns are the name"),
        (bench.file("sheet.xlsx", "PK\x03\x04"), 2, "spreadsheet"),
        (folder.to_str().unwrap().to_owned(), 2, "is not a file"),
        (bench.path("missing.csv").to_str().unwrap().to_owned(), 3, "cannot be opened"),
    ] {
        bench.fails(&["import", "customers", &path], status, &[words]);
    }
    assert_eq!(bench.count(""), 3);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    let file = bench.file("secret.csv", "name\nSara\n");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&file).is_ok() {
        return; // the superuser reads everything
    }
    bench.fails(&["import", "customers", &file], 2, &["cannot be opened"]);
    assert!(!bench.store().exists());
}

#[test]
fn bad_rows_are_written_out_mended_and_brought_in() {
    let bench = Bench::new();
    let file =
        bench.file("a.csv", "external_id,name,birth_date\nA,Sara,2000-01-01\nB,Ali,2025-02-30\n");
    let bad = bench.path("bad.csv");
    let bad = bad.to_str().unwrap();
    let out = bench.ok(&["import", "customers", &file, "--skip-bad", bad]);
    assert!(out.contains("2 rows: 1 added") && out.contains("1 bad row left out"), "{out}");
    let text = bench.read("bad.csv");
    assert!(
        text.starts_with("external_id,name,birth_date,vafa_error\nB,Ali,2025-02-30,"),
        "{text}"
    );
    bench.fails(&["import", "customers", &file, "--skip-bad", bad], 4, &["there already"]);
    let mended = bench.file("mended.csv", text.replace("2025-02-30", "2025-02-28"));
    let out = bench.ok(&["import", "customers", &mended]);
    assert!(out.contains("1 added") && out.contains("ignored columns: vafa_error"), "{out}");
    assert_eq!(bench.count(""), 2);
    let all_good = bench.path("none.csv");
    bench.ok(&["import", "customers", &mended, "--skip-bad", all_good.to_str().unwrap()]);
    assert!(!all_good.exists());
}

#[test]
fn errors_are_listed_to_a_limit() {
    let bench = Bench::new();
    let file = bench.file("a.csv", format!("name,email\n{}", "Sara,x\n".repeat(1_000)));
    let run = bench.fails(
        &["import", "customers", &file, "--errors", "3"],
        2,
        &["1,000 of 1,000 rows", "and 997 more"],
    );
    assert_eq!(run.err.matches("column email").count(), 3);
}
