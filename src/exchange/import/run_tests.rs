//! Whole files: what is found in them, what would be written, what is said of bad ones.

use std::fs;

use super::super::value::tests::tehran;
use super::*;

struct File {
    folder: tempfile::TempDir,
    options: Options,
}

fn file(kind: Kind, name: &str, bytes: &[u8]) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let options = Options {
        kind,
        path,
        opened: None,
        form: Form::default(),
        maps: Vec::new(),
        how: tehran(),
        skip_bad: None,
        most_errors: 5,
        lang: crate::text::Lang::En,
    };
    File { folder, options }
}

impl File {
    fn map(mut self, maps: &[&str]) -> Self {
        let kind = self.options.kind;
        self.options.maps = maps.iter().map(|m| Map::parse(m, kind).unwrap()).collect();
        self
    }

    /// The report, or the error in words with the rows' errors.
    fn check(&self) -> Result<Report, String> {
        check(&self.options, &mut |_| {}).map_err(|e| e.to_string())
    }

    /// What would reach the desk.
    fn loads(&self) -> Vec<Load> {
        let source = Source::open(&self.options.path, None, &self.options.form).unwrap();
        let report = check_pass(&source, &self.options, None, &mut |_| {}).unwrap();
        let mut all = Vec::new();
        write(&source, &self.options, report.rows - report.bad, &mut |_| {}, &mut |part| {
            assert!(part.len() <= PART);
            all.extend(part);
            Ok(Tally::default())
        })
        .unwrap();
        all
    }

    fn errors(&self) -> Vec<String> {
        self.check().unwrap().errors.iter().map(ToString::to_string).collect()
    }
}

#[test]
fn whole_files_are_read_however_they_are_written() {
    let persian = "نام؛شهر\nرضا؛تهران\n".replace('؛', ";");
    let with_bom = format!("\u{feff}{persian}").into_bytes();
    let windows = encoding_rs::WINDOWS_1256.encode(&persian).0.into_owned();
    let sixteen: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(persian.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (bytes, form) in [
        (persian.clone().into_bytes(), "UTF-8, ';'"),
        (with_bom, "UTF-8, ';'"),
        (windows, "Windows-1256, ';'"),
        (sixteen, "UTF-16LE, ';'"),
        ("name\tcity\r\nرضا\tتهران".into(), "UTF-8, tab"),
        (r#"{"name":"رضا","city":"تهران"}"#.into(), "UTF-8, JSON Lines"),
    ] {
        let f = file(Kind::Customers, "people", &bytes);
        assert_eq!(f.check().unwrap().form, form);
        let [Load::Customer { customer, .. }] = &f.loads()[..] else { panic!("{form}") };
        assert_eq!((customer.name.as_str(), customer.place.city.as_str()), ("رضا", "تهران"));
    }
}

#[test]
fn columns_that_go_nowhere_are_named() {
    let f = file(Kind::Customers, "a.csv", b"name,hat,city\nSara,9,Qom\n");
    let columns: Vec<_> = f.check().unwrap().columns;
    let named: Vec<_> = columns.iter().map(|c| (c.title.as_str(), c.field.as_deref())).collect();
    assert_eq!(named, [("name", Some("name")), ("hat", None), ("city", Some("city"))]);
    assert_eq!(columns[2].example, "Qom");
}

#[test]
fn rows_of_one_purchase_become_its_lines() {
    let text = "order,customer,date,amount,sku\n\
        7,A,2025-01-01,5,x\n7,A,2025-01-01,6,y\n8,A,2025-01-01,1,z\n,B,2025-01-02,2,\n";
    let loads = file(Kind::Purchases, "a.csv", text.as_bytes()).loads();
    let mut lines: Vec<_> = loads
        .iter()
        .map(|l| match l {
            Load::Purchase { customer, purchase, skus } => {
                assert_eq!(skus.len(), purchase.lines.len());
                let amounts: Vec<i64> = purchase.lines.iter().map(|l| l.amount).collect();
                (customer.as_str(), purchase.external_id.as_deref(), amounts)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    lines.sort_unstable();
    let want =
        [("A", Some("7"), vec![500, 600]), ("A", Some("8"), vec![100]), ("B", None, vec![200])];
    assert_eq!(lines, want);
}

#[test]
fn a_purchase_with_a_bad_row_is_bad_as_a_whole() {
    let text = "order,customer,date,amount\n7,A,2025-01-01,5\n7,A,2025-01-01,x\n7,A,2025-01-01,6\n\
        8,A,2025-01-01,1\n7,A,2025-01-01,9\n9,A,2025-01-01,1\n9,B,2025-01-01,1\n";
    let f = file(Kind::Purchases, "a.csv", text.as_bytes());
    let report = f.check().unwrap();
    assert_eq!((report.rows, report.bad), (7, 6));
    let errors = f.errors();
    assert!(errors[0].starts_with("line 3, column amount: \"x\": not an amount"), "{errors:?}");
    assert!(errors[1].contains("line 6") && errors[1].contains("line 2 already"), "{errors:?}");
    assert!(errors[2].contains("line 8") && errors[2].contains("another customer"), "{errors:?}");
    assert_eq!(f.loads().len(), 1);
}

#[test]
fn bad_files_are_told_apart() {
    let long = format!("name\n{}\n", "ن".repeat(10_000));
    for (name, bytes, want) in [
        ("a.csv", &b""[..], "is empty"),
        ("a.csv", b"\n\n  \n", "no column is the name"),
        ("a.csv", b"\r\n\n", "is empty"),
        ("a.xlsx", b"PK\x03\x04rest", "spreadsheet"),
        ("a.csv", b"city,phone\n", "no column is the name"),
        ("a.csv", b"name,Name\n", "two columns are the name"),
        ("a.csv", b"name,\"city\nSara", "titles of the columns cannot be read: a quote"),
        ("a.csv", b"na\0me\n", "titles of the columns cannot be read: holds a zero byte"),
    ] {
        let got = file(Kind::Customers, name, bytes).check().unwrap_err();
        assert!(got.contains(want), "{want:?} is not in {got:?}");
    }
    for (bytes, line, want) in [
        (&b"name,city\nSara,Qom\nAli,Q\0m\n"[..], 3, "zero byte"),
        (b"name,city\nSara,Qom\nAl", 3, "expected 2 columns, found 1"),
        (b"name,city\nSara,Qom,x\n", 2, "expected 2 columns, found 3"),
        ("name,city\nرضا,تهران\nسارا\nرضا,ت\u{646}".as_bytes(), 3, "expected 2 columns"),
        (b"name,city\nSara,\"Qom\nAli,x\n", 2, "a quote is opened and never closed"),
        (long.as_bytes(), 2, "longer than 200 characters"),
        (
            b"name\nSara\nR\xffza\n\xd8\xb1\xd8\xb6\xd8\xa7\xd8\xb1\xd8\xb6\xd8\xa7\n",
            3,
            "not text in UTF-8",
        ),
    ] {
        let errors = file(Kind::Customers, "a.csv", bytes).errors();
        let first = errors.first().cloned().unwrap_or_default();
        assert!(first.starts_with(&format!("line {line}")) && first.contains(want), "{errors:?}");
        assert!(first.len() < 400, "{first}");
    }
    let f = file(Kind::Customers, "a.csv", b"x");
    let mut options = f.options.clone();
    options.path = f.folder.path().to_path_buf();
    assert!(check(&options, &mut |_| {}).unwrap_err().to_string().contains("is not a file"));
    options.path = f.folder.path().join("missing");
    assert!(check(&options, &mut |_| {}).unwrap_err().to_string().contains("cannot be opened"));
}

#[test]
fn objects_say_what_they_lack() {
    let f = file(Kind::Purchases, "a.jsonl", b"{\"customer\":\"A\",\"date\":\"2025-01-01\",\"amount\":2933}\n\
        {\"customer\":\"A\",\"date\":\"2025-01-01\",\"amount\":29.33}\n{\"customer\":\"A\"}\n{\"cust\n");
    let errors = f.errors();
    assert!(errors[0].contains("minor units"), "{errors:?}");
    assert!(errors[1].contains("line 3, column date"), "{errors:?}");
    assert!(errors[2].contains("line 4") && errors[2].contains("object of JSON"), "{errors:?}");
    let [Load::Purchase { purchase, .. }] = &f.loads()[..] else { panic!() };
    assert_eq!(purchase.amount(), 2933);
    let lost = file(Kind::Customers, "a.jsonl", b"{\"name\":\"Sara\"}\n").map(&["town=city"]);
    assert!(lost.check().unwrap_err().contains("no column town"));
    let late =
        file(Kind::Customers, "a.jsonl", b"{\"name\":\"A\"}\n{\"name\":\"B\",\"town2\":\"Qom\"}\n");
    let Load::Customer { customer, .. } = &late.map(&["town2=city"]).loads()[1] else { panic!() };
    assert_eq!(customer.place.city, "Qom");
}

#[test]
fn errors_are_listed_to_a_limit_and_counted_to_the_end() {
    let text = format!("name,birth date\n{}", "Sara,2025-02-30\n".repeat(5_000));
    let report = file(Kind::Customers, "a.csv", text.as_bytes()).check().unwrap();
    assert_eq!((report.rows, report.bad, report.errors.len()), (5_000, 5_000, 5));
}

#[test]
fn bad_rows_are_written_out_and_the_rest_is_kept() {
    let f = file(Kind::Customers, "a.csv", b"name,phone\nSara,0912 123 4567\nAli,call me\n");
    let bad = f.folder.path().join("bad.csv");
    let source = Source::open(&f.options.path, None, &f.options.form).unwrap();
    let report = check_pass(&source, &f.options, Some(&bad), &mut |_| {}).unwrap();
    assert_eq!((report.bad, report.skipped_to.as_deref()), (1, Some(bad.as_path())));
    let text = fs::read_to_string(&bad).unwrap();
    assert!(
        text.starts_with("name,phone,vafa_error\nAli,call me,\"line 3, column phone"),
        "{text}"
    );
    let again = check_pass(&source, &f.options, Some(&bad), &mut |_| {});
    assert!(again.unwrap_err().to_string().contains("is there already"));
}

#[test]
fn a_refusal_stops_the_reader_and_is_told() {
    let text = format!("name\n{}", "Sara\n".repeat(20_000));
    let f = file(Kind::Customers, "a.csv", text.as_bytes());
    let source = Source::open(&f.options.path, None, &f.options.form).unwrap();
    let mut parts = 0;
    let written = write(&source, &f.options, 20_000, &mut |_| {}, &mut |_| {
        parts += 1;
        if parts == 3 { Err(Refusal::Cancelled) } else { Ok(Tally::default()) }
    });
    assert!(matches!(written, Err(ImportError::Refused(Refusal::Cancelled))) && parts == 3);
    // Another number of good rows than the first pass saw.
    let written = write(&source, &f.options, 19_999, &mut |_| {}, &mut |_| Ok(Tally::default()));
    assert!(matches!(written, Err(ImportError::Changed { .. })));
}
