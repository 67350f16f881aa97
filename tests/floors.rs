//! A room imports only rooms of floors below it.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms by floor; `src/lib.rs` shows the same table to readers.
const FLOORS: &[(&str, u8)] = &[
    ("text", 0),
    ("domain", 0),
    ("insight", 1),
    ("store", 1),
    ("directory", 2),
    ("desk", 3),
    ("exchange", 4),
    ("ui", 4),
    ("session", 5),
    ("cli", 6),
];

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("source folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The rooms a source text names after `crate::`, with their lines.
fn rooms_named(text: &str) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for after in code.split("crate::").skip(1) {
            let rest = after.trim_start_matches('{');
            for part in rest.split(',') {
                let room: String =
                    part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if floor(&room).is_some() {
                    named.push((number + 1, room));
                }
                if !after.starts_with('{') {
                    break;
                }
            }
        }
    }
    named
}

fn breaches(room: &str, text: &str) -> Vec<String> {
    let own = floor(room).expect("a known room");
    rooms_named(text)
        .into_iter()
        .filter(|(_, other)| other != room && floor(other).is_some_and(|f| f >= own))
        .map(|(line, other)| format!("{line}: {room} (floor {own}) uses {other}"))
        .collect()
}

#[test]
fn rooms_use_only_floors_below() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&src, &mut found);
    let mut all = Vec::new();
    for path in found {
        let inside = path.strip_prefix(&src).expect("below src");
        let room = inside.components().next().expect("a room").as_os_str().to_string_lossy();
        if matches!(room.as_ref(), "lib.rs" | "main.rs") {
            continue;
        }
        assert!(floor(&room).is_some(), "{room} stands on no floor: add it to the table");
        let text = fs::read_to_string(&path).expect("source text");
        all.extend(breaches(&room, &text).into_iter().map(|b| format!("{}:{b}", inside.display())));
    }
    assert!(all.is_empty(), "a room may only use floors below it:\n{}", all.join("\n"));
}

#[test]
fn a_breach_is_seen() {
    assert_eq!(breaches("store", "use crate::desk::Desk;").len(), 1);
    assert_eq!(breaches("store", "use crate::{domain, ui};").len(), 1);
    assert_eq!(breaches("text", "fn f(d: crate::domain::Day) {}").len(), 1);
    assert!(breaches("desk", "use crate::store::Engine; // crate::ui").is_empty());
}
