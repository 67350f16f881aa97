//! What happened, line by line and read whole.

use jiff::Timestamp;

use crate::desk::Profile as Known;
use crate::domain::{
    Channel, Day, Direction, Interaction, Line as Bought, Purchase, PurchaseKind, StageMove,
};
use crate::insight::lifecycle::Rule;
use crate::text::words::{lifecycle as l, profile as w, terms as t};
use crate::text::{SafeText, safe};

use super::super::super::shell::Shell;
use super::super::super::terms;
use super::super::super::theme::Role;
use super::super::{Item, Shown};
use super::{Line, clean};

/// What happened, newest first, of both kinds.
pub(super) fn timeline(profile: &Known, shown: Shown, shell: &Shell) -> Vec<Line> {
    let is_shown = |i: &Interaction| match shown {
        Shown::All => true,
        Shown::Talks => i.channel != Channel::Note,
        Shown::Notes => !i.note.is_empty(),
        Shown::Buys => false,
    };
    let talks = profile.interactions.iter().filter(|(i, _)| is_shown(i));
    let mut lines: Vec<(Day, Timestamp, Line)> = talks
        .map(|(i, agent)| {
            let day = shell.day_of(i.at);
            let line = talk(i, agent, profile, shell).is(Item::Interaction(i.id));
            (day, i.at, line)
        })
        .collect();
    if matches!(shown, Shown::All | Shown::Buys) {
        for p in &profile.purchases {
            let line = bought(p, profile, shell).is(Item::Purchase(p.id));
            lines.push((p.day, Timestamp::MIN, line));
        }
    }
    if matches!(shown, Shown::All) {
        for moved in &profile.moves {
            lines.push((shell.day_of(moved.at), moved.at, stage_move(moved, shell)));
        }
    }
    lines.sort_by_key(|(day, at, _)| std::cmp::Reverse((*day, *at)));
    lines.into_iter().map(|(.., line)| line).collect()
}

/// The day in a column of its own: `today`, `12 d`, `6 mo`.
pub(super) fn day_column(day: Day, shell: &Shell) -> SafeText {
    match shell.today().since(day) {
        0 => shell.say(crate::text::words::frame::TODAY_DAY),
        ..0 => shell.ahead(day),
        _ => shell.ago(day),
    }
}

/// What was offered and said, and how satisfied the customer is.
fn wrap_up(i: &Interaction, profile: &Known, shell: &Shell) -> Vec<SafeText> {
    let mut parts = Vec::new();
    if let Some(id) = i.wrap_up.campaign {
        let name = profile.campaigns.iter().find(|(of, _)| *of == id);
        parts.extend(name.map(|(_, name)| clean(name).isolate()));
    }
    if let Some(why) = &i.wrap_up.despite {
        parts.push(shell.say_with(w::DESPITE, &[("text", clean(why).into())]));
    }
    if let Some(made) = &i.wrap_up.offer {
        let name = profile.offered.iter().find(|(id, _)| *id == made.offer);
        let name = name.map_or_else(|| safe!["–"], |(_, name)| clean(name).isolate());
        let answer = shell.say(terms::answer(made.answer));
        let args = [("offer", name.into()), ("answer", answer.into())];
        parts.push(shell.say_with(w::OFFERED, &args));
        if !made.reason.is_empty() {
            parts.push(shell.say_with(w::QUOTED, &[("text", clean(&made.reason).into())]));
        }
    }
    if let Some((_, of)) = profile.steps.iter().find(|(id, _)| *id == i.id) {
        let args = [("n", i.wrap_up.checked.len().into()), ("of", (*of).into())];
        parts.push(shell.say_with(crate::text::words::scripts::STEPS, &args));
    }
    if let Some(n) = i.wrap_up.satisfaction {
        parts.push(shell.say_with(w::SAYS, &[("n", usize::from(n).into())]));
    }
    if let Some(n) = i.wrap_up.recommend {
        parts.push(shell.say_with(w::RECOMMENDS, &[("n", usize::from(n).into())]));
    }
    parts
}

fn talk(i: &Interaction, agent: &str, profile: &Known, shell: &Shell) -> Line {
    let mut line = Line::new(day_column(shell.day_of(i.at), shell), Role::Dim);
    line = line.and(shell.say(terms::channel(i.channel)), Role::Dim);
    if i.direction == Direction::Inbound {
        line = line.and(safe![shell.say(w::INBOUND), shell.say(w::COMMA)], Role::Dim);
    }
    if !i.outcome.is_empty() {
        line = line.and(safe![shell.outcome(&i.outcome), " "], Role::Text);
    }
    if let Some(first) = i.note.lines().find(|l| !l.trim().is_empty()) {
        let quoted = shell.say_with(w::QUOTED, &[("text", clean(first).into())]);
        line = line.and(quoted, Role::Text);
    }
    for part in wrap_up(i, profile, shell) {
        line = line.and(safe![" · ", part], Role::Text);
    }
    line.ends(clean(agent), Role::Dim)
}

/// A move to another stage, and why.
fn stage_move(moved: &StageMove, shell: &Shell) -> Line {
    let stage = |stage| shell.say(terms::stage(stage)).into();
    let words = shell.say_with(l::MOVED, &[("from", stage(moved.from)), ("to", stage(moved.to))]);
    let why = match Rule::parse(&moved.rule) {
        Some(rule) => shell.say(terms::rule(rule)),
        None if moved.reason.is_empty() => shell.say(l::BY_HAND),
        None => shell.say_with(w::QUOTED, &[("text", clean(&moved.reason).into())]),
    };
    Line::new(day_column(shell.day_of(moved.at), shell), Role::Dim)
        .and(shell.say(t::STAGE), Role::Dim)
        .and(safe![words, "  "], Role::Accent)
        .and(why, Role::Dim)
}

fn product_name(line: &Bought, profile: &Known) -> Option<SafeText> {
    let id = line.product?;
    profile.products.iter().find(|p| p.id == id).map(|p| clean(&p.name).isolate())
}

fn bought(p: &Purchase, profile: &Known, shell: &Shell) -> Line {
    let amount = shell.whole(if p.kind == PurchaseKind::Sale { p.amount() } else { -p.amount() });
    let names: Vec<SafeText> =
        p.lines.iter().filter_map(|l| product_name(l, profile)).take(4).collect();
    let role = if p.kind == PurchaseKind::Sale { Role::Good } else { Role::Warning };
    Line::new(day_column(p.day, shell), Role::Dim)
        .and(shell.say(terms::purchase(p.kind)), role)
        .and(safe![amount, "  "], Role::Strong)
        .and(SafeText::join(&names, &shell.say(w::COMMA)), Role::Text)
}

/// An interaction to be read whole.
pub fn interaction_in_full(
    i: &Interaction,
    agent: &str,
    profile: &Known,
    shell: &Shell,
) -> (SafeText, Vec<SafeText>) {
    let what = safe![shell.say(terms::channel(i.channel)), " ", shell.outcome(&i.outcome)];
    let when = safe![shell.date(shell.day_of(i.at)), " ", shell.clock(i.at)];
    let by = shell.say_with(w::BY, &[("when", when.into()), ("who", clean(agent).into())]);
    let mut lines = vec![by];
    lines.extend(wrap_up(i, profile, shell));
    lines.extend(SafeText::clean_lines(&i.note).iter().map(SafeText::isolate));
    (what, lines)
}

/// A purchase to be read whole.
pub fn purchase_in_full(p: &Purchase, profile: &Known, shell: &Shell) -> (SafeText, Vec<SafeText>) {
    let title = safe![
        shell.say(terms::purchase(p.kind)),
        " ",
        shell.date(p.day),
        "  ",
        shell.money(p.amount()),
        " ",
        clean(p.currency.code())
    ];
    let lines = p.lines.iter().map(|line| {
        let what = product_name(line, profile).unwrap_or_else(|| safe!["–"]);
        let quantity = crate::text::decimal(line.quantity as f64 / 1000.0, 0, shell.lang());
        let what = safe![quantity, " × ", what];
        let amount = shell.money(line.amount);
        shell.say_with(w::LINE, &[("what", what.into()), ("amount", amount.into())])
    });
    (title, lines.collect())
}
