//! The commands: what they print of data made to deceive, and what they say of arguments made so.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::corpus::{NON_JOINER, check, corpus};

/// What text that is printed or written may hold.
const TEXT: &[char] = &['\n', NON_JOINER];

/// A store of its own, whose customers, products, facts and calls are made of the corpus.
pub struct House {
    folder: tempfile::TempDir,
}

impl House {
    /// Imported by the program itself, a customer an entry.
    pub fn of_the_corpus() -> Self {
        let house = Self { folder: tempfile::tempdir().expect("a folder") };
        let mut people = String::new();
        let mut products = csv::Writer::from_path(house.path("products.csv")).expect("a file");
        let mut orders = csv::Writer::from_path(house.path("orders.csv")).expect("a file");
        let mut calls = csv::Writer::from_path(house.path("calls.csv")).expect("a file");
        products.write_record(["sku", "name", "category"]).expect("a row");
        orders.write_record(["customer", "date", "product", "amount"]).expect("a row");
        calls.write_record(["customer", "time", "channel", "outcome", "note"]).expect("a row");
        for (n, entry) in corpus().iter().enumerate() {
            let (text, id) = (&entry.text, format!("E-{n}"));
            let person = json!({
                "external_id": id, "name": format!("Reza{text}Karimi"), "other_names": [text],
                "city": text, "region": text, "address": text, "source": format!("via {text}"),
                "tags": [format!("t{text}")], "need": format!("fast{text}delivery"),
                "phone": format!("+98912{n:07} ({text})"), "web": format!("example.com/{text}"),
                "field.own": text, "biography": text, "joined": "2024-01-01",
            });
            writeln!(people, "{person}").expect("memory");
            products
                .write_record([format!("S-{n}"), format!("Lamp{text}"), text.clone()])
                .expect("a row");
            for month in 1..=3 {
                let (date, amount) = (format!("2026-{month:02}-01"), (n % 90 + 10).to_string());
                orders.write_record([&id, &date, &format!("S-{n}"), &amount]).expect("a row");
            }
            let note = format!("she said{text}that");
            calls
                .write_record([&id, "2026-05-01T10:00:00Z", "call", "answered", &note])
                .expect("a row");
        }
        std::fs::write(house.path("people.jsonl"), people).expect("a file");
        for writer in [&mut products, &mut orders, &mut calls] {
            writer.flush().expect("a file");
        }
        for (kind, file) in [
            ("products", "products.csv"),
            ("customers", "people.jsonl"),
            ("purchases", "orders.csv"),
            ("interactions", "calls.csv"),
        ] {
            let bad = format!("bad-{kind}");
            let (status, out) =
                house.run(&["import", kind, file, "--skip-bad", &bad, "--errors", "400"]);
            assert_eq!(status, 0, "{out}");
        }
        house
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program; exit status, and all it said, which is checked.
    pub fn run(&self, args: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_vafa"))
            .args(args)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("USER", "sara")
            .env("TZ", "UTC")
            .env("VAFA_STORE", self.path("store"))
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .output()
            .expect("a run");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).expect("UTF-8");
        assert!(!said.contains("panicked"), "{args:?}: {said}");
        // A spreadsheet is told by a mark at the very beginning that a file is UTF-8.
        let said_but_mark = said.strip_prefix('\u{feff}').unwrap_or(&said);
        check(&format!("{args:?}"), said_but_mark, TEXT);
        (output.status.code().unwrap_or(-1), said)
    }
}

#[test]
fn every_command_prints_data_without_a_forbidden_character() {
    let house = House::of_the_corpus();
    let (status, scored) = house.run(&["score"]);
    assert_eq!(status, 0, "{scored}");
    for lang in ["en", "fa"] {
        for args in [
            &["list", "--columns", "name,city,tags,source,phone"][..],
            &["list", "--format", "csv"],
            &["list", "--format", "jsonl"],
            &["find", "Reza", "--limit", "400"],
            &["find", "Reza", "--limit", "400", "--format", "jsonl"],
            &["queue", "retention", "--limit", "400"],
            &["queue", "win_back", "--limit", "400", "--format", "csv"],
            &["report", "rfm"],
            &["export", "customers"],
            &["export", "customers", "--format", "jsonl"],
            &["export", "purchases"],
            &["export", "interactions"],
            &["export", "interactions", "--format", "jsonl"],
            &["export", "scores"],
            &["config", "show"],
        ] {
            let (status, said) = house.run(&[&["--lang", lang], args].concat());
            assert_eq!(status, 0, "{args:?}: {said}");
            let is_many = said.lines().count() > 100;
            assert!(
                is_many || matches!(args[0], "report" | "config" | "queue"),
                "{args:?}: {said}"
            );
        }
    }
    // What is told of one customer: the longest in each way, and every tenth.
    for n in (0..corpus().len()).step_by(10) {
        for args in [&["show"][..], &["show", "--format", "jsonl"], &["--lang", "fa", "show"]] {
            house.run(&[args, &[&format!("E-{n}")]].concat());
        }
    }
}

#[test]
fn no_error_repeats_what_was_typed_as_it_is() {
    let house = House { folder: tempfile::tempdir().expect("a folder") };
    std::fs::write(house.path("people.csv"), "external_id,name\nC-1,Reza\nC-2,Mina\n")
        .expect("a file");
    house.run(&["import", "customers", "people.csv"]);
    let entries = corpus();
    // An argument cannot hold a NUL.
    let texts: Vec<String> = entries.iter().map(|e| e.text.replace('\0', "")).collect();
    for group in texts.chunks(44) {
        // Apart enough that none runs into the next.
        let text = format!("x{}x", group.join(" x "));
        let text = text.as_str();
        let file = format!("{}.csv", text.replace('/', "_").chars().take(60).collect::<String>());
        let mapped = format!("{text}=name");
        let expression = format!("name:\"{}\" and and", text.replace('"', ""));
        for args in [
            &["find", text][..],
            &["show", text],
            &["list", "--where", text],
            &["list", "--where", &expression],
            &["list", "--sort", text],
            &["list", "--columns", text],
            &["log", text, "--outcome", "answered"],
            &["log", "C-1", "--outcome", text],
            &["log", "C-1", "--outcome", "answered", "--note", text],
            &["log", "C-1", "--outcome", "callback", "--callback", text],
            &["log", "C-1", "--outcome", "answered", "--channel", text],
            &["log", "C-1", "--outcome", "answered", "--duration", text],
            &["tag", text, "--where", "name:Mina"],
            &["untag", "vip", "--where", text],
            &["queue", text],
            &["export", "segment", text],
            &["export", text],
            &["score", "--as-of", text],
            &["score", "--horizon", text],
            &["report", text],
            &["config", "set", "currency", text],
            &["config", "set", text, "1"],
            &["import", "customers", &file],
            &["import", "customers", "people.csv", "--map", &mapped],
            &["import", "customers", "people.csv", "--delimiter", text],
            &["import", "customers", "people.csv", "--encoding", text],
            &["import", "customers", "people.csv", "--date-format", text],
            &["undo", text],
            &["completions", text],
            &[text],
            &["--lang", text],
            &["show", "C-1"],
        ] {
            house.run(args);
        }
    }
    house.run(&["export", "interactions"]);
}
