//! backup, restore, agent.

use crate::bench::Bench;

#[test]
fn a_store_comes_back_from_its_backup() {
    let bench = Bench::with_people();
    let line = bench.ok(&["backup", "all.vafa"]);
    assert!(line.contains("rows and") && line.contains("all.vafa"), "{line}");
    bench.fails(&["backup", "all.vafa"], 4, &["there already", "--yes"]);
    bench.ok(&["--yes", "backup", "all.vafa"]);
    bench.fails(&["restore", "all.vafa"], 4, &["holds a store already"]);
    let other = bench.path("other");
    let other = other.to_str().unwrap();
    bench.ok(&["--store", other, "restore", "all.vafa"]);
    let args = ["--store", other, "export", "customers"];
    assert_eq!(bench.ok(&args), bench.ok(&["export", "customers"]));
    bench.ok(&["--store", other, "check", "--deep"]);
}

#[test]
fn what_is_no_backup_makes_no_store() {
    let bench = Bench::new();
    bench.fails(&["restore", "nowhere.vafa"], 3, &["cannot be opened", "no such file"]);
    bench.fails(&["--lang", "fa", "restore", "nowhere.vafa"], 3, &["چنین پرونده"]);
    let file = bench.file("poem.txt", "not a backup\n");
    let run = bench.run(&["restore", &file]);
    assert!(run.status != 0 && !run.err.is_empty(), "{run:?}");
    assert!(!bench.store().exists());
    bench.fails(&["backup", "x"], 3, &["there is no store"]);
    let bench = Bench::with_people();
    bench.fails(&["backup", "/nowhere/at/all"], 1, &["cannot be written"]);
}

#[test]
fn agents_come_and_go() {
    let bench = Bench::with_people();
    bench.ok(&["agent", "add", "Mina", "--role", "supervisor", "--team", "north"]);
    bench.fails(&["agent", "add", "mina"], 4, &["is taken"]);
    bench.fails(&["agent", "add", "Ali", "--role", "king"], 2, &["agent, supervisor, admin"]);
    let rows = bench.rows(&["agent", "list"]);
    let roles: Vec<_> = rows.iter().map(|r| (r["name"].clone(), r["role"].clone())).collect();
    assert_eq!(
        roles,
        [("sara".into(), "admin".into()), ("Mina".into(), "supervisor".into())]
            as [(serde_json::Value, serde_json::Value); 2]
    );
    assert!(bench.ok(&["--lang", "fa", "agent", "list"]).contains("سرپرست"));
    bench.fails(&["agent", "disable", "sara"], 4, &["no administrator"]);
    bench.fails(&["agent", "disable", "nobody"], 3, &["no agent nobody"]);
    bench.ok(&["agent", "disable", "Mina"]);
    bench.ok(&["config", "set", "agent", "Mina"]);
    bench.fails(&["list"], 5, &["may not work in this store"]);
}
