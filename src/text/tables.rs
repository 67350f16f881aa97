//! Reads the reference tables that the tests of this room are checked against.

use std::path::Path;

/// The rows of `reference/persian/<name>` without comments and heading, split at tabs.
pub fn rows(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/persian").join(name);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|e| panic!("the reference table {} cannot be read: {e}", path.display()));
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t').map(String::from).collect())
        .collect()
}

/// The character of `U+0622` or `0622`.
pub fn code_point(text: &str) -> char {
    let hex = text.strip_prefix("U+").unwrap_or(text);
    char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap()
}
