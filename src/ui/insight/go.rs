//! What is to be done next about a mark, and the way to where it is done.

use crate::desk::reports::Go;
use crate::text::words::maturity as m;

use super::super::choose::Choose;
use super::super::customers::Customers;
use super::super::picker::Choice;
use super::super::screen::Told;
use super::super::shell::Shell;
use super::super::toast::Tone;
use super::picture::Kind;
use super::{Insight, NEXT};

/// Asks which of them.
pub fn choose(screen: &Insight, shell: &mut Shell) {
    let next = screen.next();
    if next.is_empty() {
        let text = shell.say(m::NOTHING_NEXT);
        shell.toast(Tone::Note, text);
        return;
    }
    let choices =
        next.iter().enumerate().map(|(at, (text, _))| Choice::new(&at.to_string(), text.clone()));
    let choices = choices.collect();
    let spot = screen.focus().and_then(|p| p.spots.get(screen.cursor));
    let name = spot.map(|spot| spot.label.clone()).unwrap_or_default();
    let title = shell.say_with(m::NEXT_TITLE, &[("name", name.into())]);
    Choose::one(screen.id, NEXT, title, choices, shell);
}

/// Goes there.
pub fn go(screen: &mut Insight, go: &Go, shell: &mut Shell) {
    let manage = |kind: &str, shell: &mut Shell| {
        shell.tab_told(7, Told { part: super::super::manage::KIND, text: kind.to_owned() });
    };
    match go {
        Go::Customers(expression) => Customers::open(expression, shell),
        Go::Define(kind) => manage(kind.name(), shell),
        Go::Outcomes => manage("outcome", shell),
        Go::Products => manage("product", shell),
        Go::Agents => manage("agent", shell),
        Go::Settings => manage("settings", shell),
        Go::Segments => shell.tab(4),
        Go::Work => shell.tab(6),
        Go::Models => screen.turn(Kind::Quality, shell),
        // The queue of retention is the one that is seen first.
        Go::Queue(_) => shell.tab(3),
    }
}
