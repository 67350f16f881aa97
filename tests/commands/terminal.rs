//! What a person sees: the program's standard output is a terminal.

use std::io::{ErrorKind, Read};

use pty_process::Size;
use pty_process::blocking::{Command, open};

use crate::bench::Bench;

/// All that the program writes to a terminal of so many columns.
fn written(bench: &Bench, args: &[&str], columns: u16) -> String {
    let (mut pty, pts) = open().unwrap();
    pty.resize(Size::new(24, columns)).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_vafa"))
        .args(args)
        .env_clear()
        .env("HOME", bench.path("."))
        .env("USER", "sara")
        .env("TZ", "UTC")
        .env("TERM", "xterm-256color")
        .env("VAFA_STORE", bench.store())
        .spawn(pts)
        .unwrap();
    let mut bytes = Vec::new();
    match pty.read_to_end(&mut bytes) {
        Ok(_) => {}
        // The last holder of the other end has gone.
        Err(error) => assert_ne!(error.kind(), ErrorKind::NotFound, "{error}"),
    }
    assert!(child.wait().unwrap().success());
    String::from_utf8(bytes).unwrap()
}

/// The lines without what holds the cells in place, and how often that was said.
fn lines(text: &str) -> (Vec<String>, usize) {
    let held = text.matches("\x1b[8l").count();
    assert_eq!(held, text.matches("\x1b[8h").count(), "{text:?}");
    let plain = text.replace("\x1b[8l", "").replace("\x1b[8h", "").replace('\r', "");
    (plain.lines().map(str::to_owned).collect(), held)
}

#[test]
fn a_persian_list_begins_at_the_right_with_joined_letters() {
    let bench = Bench::with_people();
    let args = ["--quiet", "--lang", "fa", "list", "--columns", "name,city", "--sort", "id"];
    let (seen, held) = lines(&written(&bench, &args, 40));
    assert_eq!(held, 2, "the heading and the Persian row: {seen:?}");
    // The first column ends where the screen does.
    assert!(seen[1].ends_with("Reza Karimi"), "{seen:?}");
    assert!(seen[2].ends_with("\u{fe8e}\u{feb3}"), "sin and alef of Sara: {seen:?}");
    assert!(seen.iter().take(4).all(|line| line.chars().count() == 40), "{seen:?}");
    // The same where a terminal orders the letters itself, or a screen reader reads them.
    for how in [&["--plain"][..], &[]] {
        if how.is_empty() {
            bench.ok(&["config", "set", "bidi", "terminal"]);
        }
        let (read, held) = lines(&written(&bench, &[how, &args].concat(), 40));
        assert!(held == 0 && read[2].starts_with("سارا محمدی"), "{read:?}");
    }
}

#[test]
fn an_english_list_stays_within_the_screen() {
    let bench = Bench::with_people();
    let (seen, _) = lines(&written(&bench, &["--quiet", "list"], 60));
    assert!(seen.iter().all(|line| line.chars().count() <= 60), "{seen:?}");
    assert!(seen[0].starts_with("customer  name") && seen.concat().contains("+98 912 123 4567"));
    let (seen, _) = lines(&written(&bench, &["--quiet", "list"], 30));
    assert!(seen.iter().any(|line| line.starts_with("name") && line.contains("Reza Karimi")));
}
