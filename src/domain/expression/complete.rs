//! What can stand at the end of an expression that is being typed.

use super::attribute::{Attribute, Kind, plain};
use super::parse::ends_word;

/// Field names and words that begin with the last part of the text, whole: each can replace that part.
/// Values that only the data knows are the caller's to add ([`open_value`]).
pub fn completions(text: &str) -> Vec<String> {
    if let Some((attribute, start)) = open_value(text) {
        let wanted = plain(start);
        let mut words: Vec<&str> = attribute.words().iter().map(|row| row.name).collect();
        match attribute.kind() {
            Kind::Agent => words.extend(["me", "none"]),
            Kind::Text | Kind::Phone | Kind::Past | Kind::Within | Kind::Own => {
                words.extend(["none", "any"]);
            }
            _ => {}
        }
        words.retain(|w| plain(w).starts_with(&wanted));
        return words.into_iter().map(|w| format!("{attribute}:{w}")).collect();
    }
    let start = last_part(text).trim_start_matches(['-', '!']);
    let wanted = plain(start);
    if wanted.is_empty() {
        return Vec::new();
    }
    let all = Attribute::ALL.iter().flat_map(|a| a.names().map(move |name| (a, name)));
    let found = all.filter(|(_, name)| plain(name).starts_with(&wanted));
    found.map(|(a, name)| format!("{name}{}", sign(*a))).collect()
}

/// The field whose value is being typed at the end of the text, and what is typed of the value.
pub fn open_value(text: &str) -> Option<(Attribute, &str)> {
    let part = last_part(text);
    let at = part.find([':', '=', '<', '>'])?;
    let name = part.get(..at)?.trim_start_matches(['-', '!', '(']);
    let value = part.get(at..)?.trim_start_matches([':', '=', '<', '>', '"', '«']);
    let own = name.split_once('.').map_or(name, |(field, _)| field);
    Attribute::find(own).map(|attribute| (attribute, value))
}

fn sign(attribute: Attribute) -> &'static str {
    match attribute.kind() {
        Kind::Number | Kind::Money | Kind::Share => ">",
        Kind::Years | Kind::Past | Kind::Coming | Kind::Yearly => "<",
        Kind::Own => ".",
        _ => ":",
    }
}

/// What stands after the last space or parenthesis outside quotes.
fn last_part(text: &str) -> &str {
    let mut quoted = false;
    let mut start = 0;
    for (at, c) in text.char_indices() {
        match c {
            '"' | '«' | '»' => quoted = !quoted,
            ':' | '<' | '>' | '=' => {}
            c if !quoted && ends_word(c) => start = at + c.len_utf8(),
            _ => {}
        }
    }
    text.get(start..).unwrap_or_default()
}
