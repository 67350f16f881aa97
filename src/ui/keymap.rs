//! One table of keys: hints, help and palette are made from it, so none of them can tell a lie.
//!
//! A key is looked up in the contexts of the screen, innermost first, then in [`Context::Global`]
//! (command state) or [`Context::Text`] (a field takes the printing keys). In a text context no
//! printing key is ever bound; a test says so.

mod action;
mod context;
mod keys;

pub use action::Action;
pub use context::Context;

use crate::text::{Phrase, digits, swap_layout};

use super::key::{Code, Key};
use keys::KEYS;

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    pub context: Context,
    pub key: Key,
    pub action: Action,
    /// What it does, in words.
    pub help: Phrase,
    /// How much it belongs into the hints; 0 for help only.
    pub weight: u8,
}

/// The action of a key in these contexts.
pub fn action(contexts: &[Context], key: Key) -> Option<Action> {
    let wanted = as_bound(key);
    let find = |context: &Context| {
        let text = context.is_text();
        let looked_for = if text { key } else { wanted };
        KEYS.iter().find(|b| b.context == *context && b.key == looked_for).map(|b| b.action)
    };
    contexts.iter().find_map(find)
}

/// The bindings that hold in these contexts, each action once, inner contexts first.
pub fn bindings(contexts: &[Context]) -> Vec<&'static Binding> {
    let mut found: Vec<&'static Binding> = Vec::new();
    for context in contexts {
        for binding in KEYS.iter().filter(|b| b.context == *context) {
            let is_taken = found.iter().any(|f| f.action == binding.action || f.key == binding.key);
            if !is_taken {
                found.push(binding);
            }
        }
    }
    found
}

/// A key as the table has it: the Latin letter and ASCII digit of its place on the keyboard.
pub fn as_bound(key: Key) -> Key {
    let Code::Char(c) = key.code else { return key };
    if c.is_ascii() {
        return key;
    }
    let text = c.to_string();
    let meant = digits(&text).chars().next();
    let meant = meant.or_else(|| swap_layout(&text).and_then(|swapped| swapped.chars().next()));
    meant.map_or(key, |c| Key { code: Code::Char(c), ..key })
}

/// A key as hints and help print it.
pub fn label(key: Key) -> String {
    let name = match key.code {
        Code::Char(' ') => "␣".to_owned(),
        Code::Char(c) if key.ctrl => return format!("^{}", c.to_ascii_uppercase()),
        Code::Char(c) => c.to_string(),
        Code::Enter => "⏎".to_owned(),
        Code::Esc => "Esc".to_owned(),
        Code::Tab => "Tab".to_owned(),
        Code::BackTab => "⇧Tab".to_owned(),
        Code::Backspace => "Bksp".to_owned(),
        Code::Delete => "Del".to_owned(),
        Code::Left => "←".to_owned(),
        Code::Right => "→".to_owned(),
        Code::Up => "↑".to_owned(),
        Code::Down => "↓".to_owned(),
        Code::Home => "Home".to_owned(),
        Code::End => "End".to_owned(),
        Code::PgUp => "PgUp".to_owned(),
        Code::PgDn => "PgDn".to_owned(),
        Code::F(n) => format!("F{n}"),
    };
    if key.alt { format!("Alt-{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_bound_twice_in_a_context() {
        for (i, a) in KEYS.iter().enumerate() {
            for b in &KEYS[i + 1..] {
                assert!(a.context != b.context || a.key != b.key, "{a:?} and {b:?}");
            }
        }
    }

    #[test]
    fn fields_keep_their_letters_and_terminals_their_keys() {
        for b in KEYS {
            assert!(!b.context.is_text() || b.key.writes().is_none(), "{b:?}");
            let swallowed =
                b.key.ctrl && matches!(b.key.code, Code::Char('s' | 'q' | 'm' | 'j' | 'i' | 'h'));
            assert!(!swallowed, "{b:?}");
        }
    }

    #[test]
    fn keys_work_by_position_on_a_persian_keyboard() {
        let list = [Context::Customer, Context::Customers, Context::Global];
        for (typed, meant) in [
            ('م', Some(Action::Log)),
            ('ف', Some(Action::Tag)),
            ('۲', Some(Action::Tab(2))),
            ('٣', Some(Action::Tab(3))),
            ('؟', Some(Action::Help)),
            ('l', Some(Action::Log)),
            ('é', None),
        ] {
            assert_eq!(action(&list, Key::char(typed)), meant, "{typed}");
        }
    }
}
