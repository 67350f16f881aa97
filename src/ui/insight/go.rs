//! What is behind a mark and what is to be done next about it, and the way there.

use crate::desk::Command;
use crate::desk::reports::{Go, MOST_NAMED};
use crate::domain::{Membership, Segment, SegmentId};
use crate::text::SafeText;
use crate::text::words::{insight as w, lifecycle as l, maturity as m, relations};

use super::super::choose::Choose;
use super::super::customers::Customers;
use super::super::picker::Choice;
use super::super::screen::Told;
use super::super::shell::Shell;
use super::super::toast::Tone;
use super::super::work;
use super::picture::Kind;
use super::{Insight, KEEP, NEXT, PICTURE, WHOM};

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

impl Insight {
    pub(super) fn open(&self, shell: &mut Shell) {
        if self.kind == Kind::Maturity {
            choose(self, shell);
            return;
        }
        let Some(spot) = self.spot() else { return };
        if let Some(step) = spot.cases {
            work::at_step(step, shell);
            return;
        }
        if let Some(of) = spot.behind.filter(|of| *of > MOST_NAMED) {
            let args = [("n", MOST_NAMED.into()), ("of", of.into())];
            let text = shell.say_with(l::THE_FIRST, &args);
            shell.toast(Tone::Note, text);
        }
        let expression = &spot.expression;
        if expression.is_empty() {
            let text = shell.say(w::NO_EXPRESSION);
            shell.toast(Tone::Note, text);
        } else {
            Customers::open(expression, shell);
        }
    }

    /// Saves the customers behind the mark as a segment.
    pub(super) fn keep(&self, shell: &mut Shell) {
        let expression = self.expression().to_owned();
        let label = self.spot().map(|s| s.label.plain());
        let (Some(label), false) = (label, expression.is_empty()) else {
            let text = shell.say(w::NO_EXPRESSION);
            shell.toast(Tone::Note, text);
            return;
        };
        let name = format!("{}: {label}", shell.say(self.kind.name()).plain());
        let finding = self.focus().map(|p| p.finding.plain().into_owned()).unwrap_or_default();
        let segment = Segment {
            id: SegmentId(0),
            name: name.chars().take(100).collect(),
            membership: Membership::Rule(expression),
            target: false,
            note: finding,
        };
        shell.act(self.id, KEEP, Command::SaveSegment { segment, base: 0 });
    }

    pub(super) fn ask_whom(&self, shell: &mut Shell) {
        let everyone = Choice::new("", shell.say(w::EVERYONE));
        let fine = self.segments.iter().filter(|s| s.error.is_none() && s.count > 0);
        let named = fine.map(|s| {
            let detail = shell.number(s.count);
            Choice::new(&s.expression, SafeText::clean(&s.name)).with_detail(detail)
        });
        let choices = std::iter::once(everyone).chain(named).collect();
        let title = shell.say(w::SEGMENT_TITLE);
        Choose::one(self.id, WHOM, title, choices, shell);
    }

    /// Asks which picture, by its name; what was found stands beside those that are made.
    pub(super) fn ask_picture(&self, shell: &mut Shell) {
        let choices = Kind::ALL.iter().enumerate().map(|(at, kind)| {
            let finding = self.picture(*kind).map(|p| p.finding.clone()).unwrap_or_default();
            Choice::new(&at.to_string(), shell.say(kind.name())).with_detail(finding)
        });
        let choices = choices.collect();
        let title = shell.say(relations::PICTURES_TITLE);
        Choose::one(self.id, PICTURE, title, choices, shell);
    }
}
