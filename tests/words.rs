//! Every word of a screen or a message is in the word table, in both languages: no literal of the rooms
//! that speak to people becomes text, and no phrase of the table is left without a use.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms whose text a person reads.
const ROOMS: &[&str] = &["src/ui", "src/session", "src/cli", "src/desk"];

/// What makes text of its arguments, or shows them.
const MAKERS: &[&str] = &[
    "safe!",
    "clean",
    "SafeText::join",
    "Phrase::new",
    "shell.toast",
    "canvas.put",
    "canvas.put_end",
    "canvas.put_parts",
    "canvas.put_matched",
    "sentence",
    "println!",
    "print!",
    "eprintln!",
    "writeln!",
];

/// Literals that are the same in every language, and why.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("src/ui/frame.rs", "vafa", "the name of the program"),
    ("src/ui/segments/sheet.rs", "Tab  ", "the name of a key, as hints have it"),
    ("src/cli/log.rs", "--callback: ", "an option as it is typed"),
    ("src/cli/setup.rs", "postgres://", "the beginning of an address"),
    ("src/cli/out.rs", "vafa: ", "the name of the program before what it says"),
    ("src/cli/help.rs", "vafa", "the name of the program"),
    ("src/cli/help.rs", "vafa help COMMAND", "a command as it is typed"),
    ("src/cli/mod.rs", "vafa ", "the name of the program before its version"),
    ("src/cli/mod.rs", "CARGO_PKG_VERSION", "a variable of the build"),
];

#[test]
fn no_literal_becomes_text_outside_the_table() {
    let mut met = BTreeSet::new();
    let mut found = Vec::new();
    for path in ROOMS.iter().flat_map(|room| sources(Path::new(room))) {
        let source = fs::read_to_string(&path).expect("a source");
        let name = path.to_str().expect("UTF-8");
        for literal in literals_that_become_text(before_tests(&source)) {
            match ALLOWED.iter().position(|(file, text, _)| *file == name && *text == literal) {
                Some(place) => _ = met.insert(place),
                None => found.push(format!("{name}: {literal:?}")),
            }
        }
    }
    assert!(found.is_empty(), "words that are not in src/text/words:\n{}", found.join("\n"));
    for (place, allowed) in ALLOWED.iter().enumerate() {
        assert!(met.contains(&place), "allowed and not met: {allowed:?}");
    }
}

#[test]
fn no_phrase_is_without_a_use() {
    let words = sources(Path::new("src/text/words"));
    let rest: Vec<String> = sources(Path::new("src"))
        .iter()
        .map(|path| fs::read_to_string(path).expect("a source"))
        .flat_map(|source| identifiers(before_tests(&source)))
        .collect();
    let mut uses = std::collections::BTreeMap::new();
    for word in rest {
        *uses.entry(word).or_insert(0) += 1;
    }
    let mut count = 0;
    for path in words {
        let source = fs::read_to_string(&path).expect("a source");
        for line in source.lines() {
            let Some((head, _)) = line.split_once(": \"") else { continue };
            let name = head.trim().trim_start_matches("pub(crate) ").trim_start_matches("pub ");
            if name.is_empty()
                || !name.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit())
            {
                continue;
            }
            count += 1;
            // Itself, and somebody else.
            assert!(
                uses.get(name).is_some_and(|n| *n > 1),
                "{}: {name} has no use",
                path.display()
            );
        }
    }
    assert!(count > 300, "{count}");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The source without its tests, which end a file.
fn before_tests(source: &str) -> &str {
    source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

/// A piece of source: a literal, a word, a sign.
enum Piece {
    Literal(String),
    Word(String),
    Sign(char),
}

/// Cuts a source into pieces; comments, lifetimes, single characters and numbers go.
fn pieces(source: &str) -> Vec<Piece> {
    let chars: Vec<char> = source.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let c = at(i);
        if c == '/' && at(i + 1) == '/' {
            while i < chars.len() && at(i) != '\n' {
                i += 1;
            }
        } else if c == '"' {
            let mut text = String::new();
            i += 1;
            while i < chars.len() && at(i) != '"' {
                if at(i) == '\\' {
                    i += 1;
                    // Of an escape only that it is one matters.
                    if at(i) == 'u' {
                        while at(i) != '}' {
                            i += 1;
                        }
                    } else if at(i) == 'x' {
                        i += 2;
                    }
                } else {
                    text.push(at(i));
                }
                i += 1;
            }
            i += 1;
            out.push(Piece::Literal(text));
        } else if c == '\'' {
            // A character, or a lifetime.
            if at(i + 1) == '\\' {
                i += 2;
                while at(i) != '\'' || at(i - 1) == '\\' && at(i - 2) != '\\' {
                    i += 1;
                }
                i += 1;
            } else if at(i + 2) == '\'' {
                i += 3;
            } else {
                i += 1;
            }
        } else if c.is_alphabetic() || c == '_' {
            let mut word = String::new();
            while at(i).is_alphanumeric() || at(i) == '_' {
                word.push(at(i));
                i += 1;
            }
            if at(i) == '!' && at(i + 1) != '=' {
                word.push('!');
                i += 1;
            }
            out.push(Piece::Word(word));
        } else {
            if !c.is_whitespace() && !c.is_ascii_digit() {
                out.push(Piece::Sign(c));
            }
            i += 1;
        }
    }
    out
}

fn identifiers(source: &str) -> Vec<String> {
    let words = pieces(source).into_iter();
    words.filter_map(|p| if let Piece::Word(word) = p { Some(word) } else { None }).collect()
}

/// Literals with a word in them within the arguments of what makes text.
fn literals_that_become_text(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    // For each bracket that is open: whether what it belongs to makes text.
    let mut open: Vec<bool> = Vec::new();
    let mut before = String::new();
    for piece in pieces(source) {
        match piece {
            Piece::Word(word) => {
                before = if before.ends_with([':', '.']) { before + &word } else { word };
                continue;
            }
            Piece::Sign(sign @ (':' | '.')) => {
                before.push(sign);
                continue;
            }
            Piece::Sign('(' | '[' | '{') => {
                let last = before.rsplit("::").next().unwrap_or_default();
                let makes = [before.as_str(), last].iter().any(|name| MAKERS.contains(name));
                // The arguments of a phrase have names.
                let fills = before.ends_with("with");
                open.push(makes || !fills && open.last() == Some(&true));
            }
            Piece::Sign(')' | ']' | '}') => _ = open.pop(),
            Piece::Literal(text) if open.last() == Some(&true) && has_word(&text) => {
                found.push(text);
            }
            Piece::Literal(_) | Piece::Sign(_) => {}
        }
        before.clear();
    }
    found
}

/// Two letters in a row outside the places that are filled in.
fn has_word(text: &str) -> bool {
    let mut depth = 0;
    let mut letters = 0;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth > 0 => {}
            _ if c.is_alphabetic() => letters += 1,
            _ => letters = 0,
        }
        if letters > 1 {
            return true;
        }
    }
    false
}

#[test]
fn literals_are_found_where_they_become_text() {
    for (source, expected) in [
        (r#"safe!["ab", name]"#, &["ab"][..]),
        (r#"safe![" · ", shell.say(w::X)]"#, &[]),
        (r#"SafeText::clean("Ok")"#, &["Ok"]),
        (r#"SafeText::clean(&format!("{name}: no {}", x))"#, &["{name}: no {}"]),
        (r#"SafeText::clean(&format!("{name}-{}", x))"#, &[]),
        (r#"safe![w::X.with(lang, &[("when", y)])]"#, &[]),
        (r#"match x { "ab" => safe!["x"] }"#, &[]),
        (r#"// safe!["ab"]"#, &[]),
        (r#"canvas.put((0, 1), 3, &safe!["سلام"], '"')"#, &["سلام"]),
        (r#"let x: &'static str = "ab"; clean("cd")"#, &["cd"]),
        (r#"f('\'', '"', safe!["\u{1b}[A", "yes"])"#, &["yes"]),
    ] {
        assert_eq!(literals_that_become_text(source), expected, "{source}");
    }
}
