//! The tabs of the pictures, and whom they are about.

use crate::text::words::insight as w;
use crate::text::{Dir, SafeText, safe, width};

use super::super::canvas::{Area, Canvas};
use super::super::shell::Shell;
use super::super::terms;
use super::super::theme::Role;
use super::Insight;
use super::picture::Kind;

/// The tabs with the place each begins at: as many as fit, the one in focus among them.
pub fn tabs(screen: &Insight, room: u16, shell: &Shell) -> Vec<(Kind, SafeText, u16)> {
    let names: Vec<(Kind, SafeText)> =
        Kind::ALL.iter().map(|k| (*k, shell.say(k.name()))).collect();
    let wide = |name: &SafeText| width(name) as u16 + 2;
    let at = names.iter().position(|(k, _)| *k == screen.kind).unwrap_or(0);
    // The one after it is seen too, where it fits.
    let needs = |first: usize| -> u16 {
        let seen = names.iter().take(at + 2).skip(first);
        seen.map(|(_, name)| wide(name)).sum()
    };
    let first = (0..at).find(|first| needs(*first) <= room).unwrap_or(at);
    // Room for the sign that more lie before.
    let mut x = u16::from(first > 0);
    let mut placed = Vec::new();
    for (kind, name) in names.into_iter().skip(first) {
        let next = x + wide(&name);
        if next > room + 2 {
            break;
        }
        placed.push((kind, name, x));
        x = next;
    }
    placed
}

/// Whom the pictures are about, and by what period.
fn limits(screen: &Insight, shell: &Shell) -> SafeText {
    let whom = match screen.whom.0.as_str() {
        "" => shell.say(w::EVERYONE),
        name => SafeText::clean(name).isolate(),
    };
    if screen.kind.has_periods() {
        safe![whom, " · ", shell.say(terms::period(screen.period))]
    } else {
        whom
    }
}

pub fn tab_room(screen: &Insight, room: u16, shell: &Shell) -> u16 {
    room.saturating_sub(width(&limits(screen, shell)).min(30) as u16 + 6)
}

pub fn head(screen: &Insight, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    if area.is_empty() {
        return;
    }
    let room = tab_room(screen, area.width, shell);
    for (kind, name, x) in tabs(screen, room, shell) {
        let role = if kind == screen.kind { Role::Accent } else { Role::Dim };
        let x = area.x + 1 + x;
        canvas.put((x, area.y), area.width.saturating_sub(x), &name, role);
    }
    let placed = tabs(screen, room, shell);
    let (before, after) = match shell.lang().dir() {
        Dir::Ltr => ("‹", "›"),
        Dir::Rtl => ("›", "‹"),
    };
    let has = |end: Option<&(Kind, SafeText, u16)>, kind: Option<&Kind>| {
        end.map(|(kind, ..)| kind) == kind
    };
    if !has(placed.first(), Kind::ALL.first()) {
        canvas.put((area.x, area.y), 1, &SafeText::clean(before), Role::Dim);
    }
    if let Some((_, name, x)) = placed.last().filter(|last| !has(Some(last), Kind::ALL.last())) {
        let x = area.x + x + width(name) as u16 + 2;
        canvas.put((x, area.y), 1, &SafeText::clean(after), Role::Dim);
    }
    let text = limits(screen, shell);
    let from = area.x + 1 + room;
    canvas.put_end((from, area.y), area.width.saturating_sub(from + 1), &text, Role::Strong);
}
