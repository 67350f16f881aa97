//! Asks the person at the terminal before what cannot be taken back.

use std::io::{self, BufRead, IsTerminal};

use crate::text::{SafeText, fold};

use super::out;
use super::setup::Setup;

/// Answers that mean yes; a Persian keyboard has غ where y is.
const YES: &[&str] = &["y", "yes", "بله", "آره", "ب", "غ"];

/// Whether the person agrees; `None` where there is nobody to ask. `--yes` always agrees.
pub fn agreed(setup: &Setup, question: &SafeText) -> Option<bool> {
    if setup.yes {
        return Some(true);
    }
    let answer = answer(setup, question)?;
    let answer = fold(&answer);
    Some(YES.iter().any(|yes| fold(yes) == answer))
}

/// What the person types; `None` where there is nobody to ask.
pub fn answer(setup: &Setup, question: &SafeText) -> Option<String> {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return None;
    }
    out::say(setup.tongue(), question);
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).ok()?;
    Some(line.trim().to_owned())
}
