//! The one under the cursor: who it is, the arithmetic, what was bought and said, what is needed.

use crate::desk::tell::lead_in;
use crate::desk::{Profile, Proposition};
use crate::domain::{ContactKind, FactKind};
use crate::text::words::queues as w;
use crate::text::{SafeText, phone, safe, width, wrap};

use super::super::canvas::{Area, Canvas};
use super::super::shell::Shell;
use super::super::theme::Role;
use super::super::{terms, why, win_back};
use super::{Queues, campaigns};

/// Months of purchases shown.
const MONTHS: usize = 18;

/// Where fewer lines are free than this, only what decides the call is told.
const LOW: u16 = 10;

pub fn draw(screen: &Queues, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let row = screen.window.current();
    let here = row.map(|r| r.row.customer.id);
    let profile = screen.detail.as_deref().filter(|p| Some(p.customer.id) == here);
    let Some(p) = profile else { return };
    let is_low = area.height < LOW;
    let lines = if is_low { short(screen, p, shell) } else { lines(screen, p, area.width, shell) };
    for (at, line) in lines.into_iter().enumerate() {
        let room = area.line(at as u16);
        if room.is_empty() {
            return;
        }
        match line {
            Line::Text(text, role) => {
                canvas.put((room.x, room.y), room.width, &text, role);
            }
            Line::Pair(label, value, role) => {
                canvas.put((room.x, room.y), room.width, &label, role);
                let used = width(&label) as u16 + 2;
                let rest = room.width.saturating_sub(used + 1);
                canvas.put_end((room.x + used, room.y), rest, &value, Role::Text);
            }
            Line::Spark(label, last) => {
                let used = canvas.put((room.x, room.y), room.width, &label, Role::Dim) + 2;
                let months: Vec<f64> = p.months.iter().map(|m| *m as f64).collect();
                let top = months.iter().copied().fold(0.0, f64::max);
                let newest = months.len().saturating_sub(MONTHS);
                let shown = months.get(newest..).unwrap_or_default();
                let wide = (shown.len() as u16).min(room.width.saturating_sub(used));
                canvas.spark((room.x + used, room.y), wide, shown, top, Role::Bar);
                let from = used + wide + 2;
                canvas.put_end(
                    (room.x + from, room.y),
                    room.width.saturating_sub(from + 1),
                    &last,
                    Role::Dim,
                );
            }
        }
    }
}

enum Line {
    Text(SafeText, Role),
    /// What it is, what it comes to, and how the first is drawn.
    Pair(SafeText, SafeText, Role),
    /// Purchases by month, and when the last was.
    Spark(SafeText, SafeText),
}

/// Name and stage.
fn head(p: &Profile, shell: &Shell) -> SafeText {
    let name = SafeText::clean(&p.customer.name).isolate();
    safe![name, "  ", shell.say(terms::stage(p.customer.stage))]
}

/// Number of the first phone, and what it is.
fn number(p: &Profile, shell: &Shell) -> Option<SafeText> {
    let contact = p.customer.contacts.iter().find(|k| k.kind == ContactKind::Phone)?;
    let label = SafeText::clean(&contact.label);
    Some(safe![phone::pretty(&contact.value, shell.lang()), "  ", label])
}

/// Place, since when, and whose.
fn about(p: &Profile, shell: &Shell) -> SafeText {
    let c = &p.customer;
    let mut about = Vec::new();
    if !c.place.city.is_empty() {
        about.push(SafeText::clean(&c.place.city).isolate());
    }
    let since = p.figures.first;
    if since.is_known() {
        let span = shell.ago(since);
        about.push(shell.say_with(w::SINCE, &[("span", span.into())]));
    }
    if !p.owner.is_empty() {
        let owner = SafeText::clean(&p.owner);
        about.push(shell.say_with(w::OWNED_BY, &[("name", owner.into())]));
    }
    SafeText::join(&about, &safe![" · "])
}

/// Whom to call, why, what to offer and what it is worth, in a few lines.
fn short(screen: &Queues, p: &Profile, shell: &Shell) -> Vec<Line> {
    let row = screen.window.current();
    let mut lines = vec![
        Line::Pair(head(p, shell), number(p, shell).unwrap_or_default(), Role::Strong),
        Line::Text(about(p, shell), Role::Dim),
    ];
    let campaign = screen.page.as_ref().and_then(|page| page.campaign.as_deref());
    if let Some((campaign, row)) = campaign.zip(row) {
        let told = campaigns::about(campaign, row, shell);
        lines.extend(told.into_iter().map(|(label, value)| Line::Pair(label, value, Role::Dim)));
    }
    let decided = campaign.is_none() || row.is_some_and(|row| row.arithmetic.is_some());
    let sum = if decided { why::of_call(row, p, shell).pop() } else { None };
    lines.extend(sum.map(|(label, value)| Line::Pair(label, value, Role::Dim)));
    if let Some(offer) = proposed(screen, p) {
        let name = SafeText::clean(&offer.offer.name).isolate();
        lines.push(Line::Pair(
            safe![shell.say(w::OFFER), "  ", name],
            why::evidence(offer, shell),
            Role::Dim,
        ));
    }
    let leads = row.map(|row| row.leads.as_slice()).unwrap_or_default().iter();
    lines
        .extend(leads.map(|lead| Line::Text(safe!["· ", lead_in(lead, shell.lang())], Role::Text)));
    let reasons = p.reasons.iter().map(|reason| safe!["· ", why::reason(reason, shell)]);
    lines.extend(reasons.map(|text| Line::Text(text, Role::Text)));
    lines
}

/// The offer to make: the campaign's own, else the one worth most.
fn proposed<'s>(screen: &'s Queues, p: &'s Profile) -> Option<&'s Proposition> {
    let own = screen.window.current().and_then(|row| row.proposition.as_ref());
    let campaign = screen.page.as_ref().and_then(|page| page.campaign.as_deref());
    match campaign.and_then(|row| row.campaign.offer) {
        Some(_) => own,
        None => p.propositions.first().or(own),
    }
}

fn lines(screen: &Queues, p: &Profile, wide: u16, shell: &Shell) -> Vec<Line> {
    let row = screen.window.current();
    let mut lines =
        vec![Line::Text(head(p, shell), Role::Strong), Line::Text(about(p, shell), Role::Dim)];
    lines.extend(number(p, shell).map(|number| Line::Text(number, Role::Text)));
    let campaign = screen.page.as_ref().and_then(|page| page.campaign.as_deref());
    if let Some((campaign, row)) = campaign.zip(row) {
        for (label, value) in campaigns::about(campaign, row, shell) {
            lines.push(Line::Pair(label, value, Role::Dim));
        }
    }
    let decided = campaign.is_none() || row.is_some_and(|row| row.arithmetic.is_some());
    let arithmetic = if decided { why::of_call(row, p, shell) } else { Vec::new() };
    if !arithmetic.is_empty() {
        lines.push(Line::Text(SafeText::EMPTY, Role::Text));
        for (label, value) in arithmetic {
            // Where both have no room in one line, the figure goes below.
            if width(&label) + width(&value) + 3 > usize::from(wide) {
                lines.push(Line::Text(label, Role::Dim));
                // One end of the line stays free, and the gap to an empty label.
                let room = usize::from(wide.saturating_sub(3));
                let parts = wrap(&value, room, shell.dir()).into_iter();
                lines.extend(parts.map(|part| Line::Pair(SafeText::EMPTY, part, Role::Dim)));
            } else {
                lines.push(Line::Pair(label, value, Role::Dim));
            }
        }
    }
    if let Some(offer) = proposed(screen, p) {
        let label = shell.say(w::OFFER);
        let name = SafeText::clean(&offer.offer.name).isolate();
        lines.push(Line::Pair(label, name, Role::Dim));
        lines.push(Line::Pair(SafeText::EMPTY, why::evidence(offer, shell), Role::Dim));
    }
    for (text, role) in win_back::told(p, shell) {
        lines.push(Line::Text(text, role));
    }
    if let Some(uplift) = screen.page.as_ref().and_then(|page| page.uplift.as_ref()) {
        lines.push(Line::Text(why::uplift(uplift, screen.kind, shell), Role::Dim));
    }
    let mut rest = Vec::new();
    if let Some(row) = row {
        for lead in &row.leads {
            rest.push(Line::Text(safe!["· ", lead_in(lead, shell.lang())], Role::Text));
        }
    }
    if p.months.iter().any(|m| *m > 0) {
        let span = shell.ago(p.figures.last);
        let last = shell.say_with(w::LAST_BOUGHT_AGO, &[("span", span.into())]);
        rest.push(Line::Spark(shell.say(w::BUYS), last));
    }
    for reason in &p.reasons {
        rest.push(Line::Text(safe!["· ", why::reason(reason, shell)], Role::Text));
    }
    if !rest.is_empty() {
        lines.push(Line::Text(SafeText::EMPTY, Role::Text));
        lines.extend(rest);
    }
    said(p, wide, shell, &mut lines);
    let needs: Vec<_> = p
        .facts
        .iter()
        .filter(|f| matches!(f.kind, FactKind::Need | FactKind::Expectation))
        .collect();
    if !needs.is_empty() {
        lines.push(Line::Text(SafeText::EMPTY, Role::Text));
    }
    for need in needs {
        let label = safe![shell.say(terms::fact(need.kind)), "  ", SafeText::clean(&need.text)];
        lines.push(Line::Pair(label, why::dots(need.strength), Role::Dim));
    }
    lines
}

/// The last things said, the newest first.
fn said(p: &Profile, wide: u16, shell: &Shell, lines: &mut Vec<Line>) {
    const NOTES: usize = 3;
    const ROWS: usize = 3;
    let notes = p.interactions.iter().filter(|(i, _)| !i.note.is_empty()).take(NOTES);
    for (n, (i, agent)) in notes.enumerate() {
        if n == 0 {
            lines.push(Line::Text(SafeText::EMPTY, Role::Text));
        }
        let ago = shell.ago(shell.day_of(i.at));
        let agent = SafeText::clean(agent).isolate();
        let head = safe![
            shell.say(w::SAID),
            " ",
            ago,
            " · ",
            shell.outcome(&i.outcome).isolate(),
            " · ",
            agent
        ];
        lines.push(Line::Text(head, Role::Dim));
        let text = SafeText::clean(&i.note).isolate();
        let folded = wrap(&text, usize::from(wide.saturating_sub(2)), shell.dir());
        for row in folded.into_iter().take(ROWS) {
            lines.push(Line::Text(row, Role::Text));
        }
    }
}
