//! What stands round every screen.
//!
//! ```text
//!  vafa   1 Today  2 Customers ...                          loading 34 %   Sara · Tehran  14:32
//! ───────────────────────────────────────────────────────────────────────────────────────────────
//!  body
//! ───────────────────────────────────────────────────────────────────────────────────────────────
//!  ✓ Logged: Reza Karimi, no answer, again tomorrow 10:00   u undo
//!  ⏎ profile  l log  t tag  / search  : commands  ? help
//! ```

use crate::text::words::frame as w;
use crate::text::{SafeText, safe, width};

use super::canvas::{Area, Canvas};
use super::keymap;
use super::message::Stage;
use super::model::{Model, TABS};
use super::program::contexts;
use super::shell::Shell;
use super::theme::Role;

/// The rows of the frame; those a small terminal has no room for are empty.
struct Rows {
    head: Area,
    head_rule: Area,
    banner: Area,
    body: Area,
    foot_rule: Area,
    toast: Area,
    hints: Area,
}

fn rows(shell: &Shell) -> Rows {
    let one_column = !shell.bidi.takes_columns();
    let all = Area { one_column, ..Area::new(0, 0, shell.size.width, shell.size.height) };
    let room = all.height;
    let wants = |least: u16| u16::from(room >= least);
    let (head, rest) = all.split_top(wants(4));
    let (head_rule, rest) = rest.split_top(wants(10));
    let is_read_only = shell.status.as_ref().is_some_and(|s| s.read_only.is_some());
    let (banner, rest) = rest.split_top(if is_read_only { wants(6) } else { 0 });
    let (rest, hints) = rest.split_foot(wants(5));
    let (rest, toast) = rest.split_foot(wants(3));
    let (body, foot_rule) = rest.split_foot(wants(11));
    Rows { head, head_rule, banner, body, foot_rule, toast, hints }
}

/// The part of the screen a screen has to itself.
pub(super) fn body(shell: &Shell) -> Area {
    rows(shell).body
}

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>) {
    let shell = model.shell();
    // The buffer can be smaller than the last size the session told.
    let rows = rows(shell);
    head(model, canvas, rows.head);
    for rule in [rows.head_rule, rows.foot_rule] {
        if !rule.is_empty() {
            canvas.rule((rule.x, rule.y), rule.width);
        }
    }
    banner(shell, canvas, rows.banner);
    if shell.opening == Stage::Ready {
        let stack = model.stack();
        let lowest = stack.iter().rposition(|s| s.fills()).unwrap_or_default();
        for screen in stack.iter().skip(lowest) {
            screen.draw(canvas, rows.body, shell);
        }
    } else {
        let phrase = match shell.opening {
            Stage::Starting | Stage::Ready => w::STARTING,
            Stage::Opening => w::OPENING,
            Stage::Recovering => w::RECOVERING,
        };
        sentence(canvas, rows.body, &safe![shell.say(phrase), " …"], Role::Dim);
    }
    toast(shell, canvas, rows.toast);
    hints(model, canvas, rows.hints);
}

/// One sentence in the middle third of a region: what is empty, loading or wrong.
pub fn sentence(canvas: &mut Canvas<'_>, area: Area, text: &SafeText, role: Role) {
    let lines = crate::text::wrap(
        text,
        usize::from(area.width.saturating_sub(6)).max(1),
        crate::text::Dir::Ltr,
    );
    let first = area.height / 3;
    for (i, line) in lines.iter().enumerate() {
        let row = area.line((first + i as u16).min(area.height.saturating_sub(1)));
        if row.is_empty() || i as u16 + first >= area.height.max(1) {
            break;
        }
        canvas.put(
            (row.x + 3.min(row.width), row.y),
            row.width.saturating_sub(6).max(1),
            line,
            role,
        );
    }
}

/// The tabs with the place each begins at and ends before.
fn tabs(model: &Model) -> Vec<(u8, SafeText, u16, u16)> {
    let shell = model.shell();
    let roomy = shell.size.width >= 60;
    let mut x = if roomy { 8 } else { 1 };
    let mut placed = Vec::new();
    for tab in TABS {
        let digit = shell.number(usize::from(tab.digit));
        let text = if roomy || tab.digit == model.tab {
            safe![digit, " ", shell.say(tab.name)]
        } else {
            digit
        };
        let wide = width(&text) as u16;
        placed.push((tab.digit, text, x, x + wide));
        x += wide + 2;
    }
    placed
}

/// The tab at a place of the head line.
pub(super) fn tab_at(model: &Model, x: u16, y: u16) -> Option<u8> {
    let head = rows(model.shell()).head;
    if head.is_empty() || y != head.y {
        return None;
    }
    tabs(model).iter().find(|(_, _, from, to)| (*from..*to).contains(&x)).map(|(digit, ..)| *digit)
}

fn head(model: &Model, canvas: &mut Canvas<'_>, area: Area) {
    if area.is_empty() {
        return;
    }
    let shell = model.shell();
    if shell.size.width >= 60 {
        canvas.put((1, area.y), 6, &safe!["vafa"], Role::Strong);
    }
    let mut used = 0;
    for (digit, text, from, to) in tabs(model) {
        let role = if digit == model.tab { Role::Accent } else { Role::Text };
        let room = area.width.saturating_sub(from);
        if to > area.width && digit != model.tab {
            break;
        }
        canvas.put((from, area.y), room, &text, role);
        used = to;
    }
    let mut parts: Vec<SafeText> = Vec::new();
    if let Some(loading) = shell.status.as_ref().and_then(|s| s.loading) {
        let share = loading.done as f64 / loading.of.max(1) as f64;
        parts.push(shell.say_with(w::LOADING, &[("share", shell.percent(share).into())]));
    }
    if shell.status.as_ref().is_some_and(|s| s.fitting) {
        parts.push(shell.say(w::FITTING));
    }
    let clock = shell.clock(shell.now);
    let agent = SafeText::clean(&shell.setup.agent).isolate();
    if shell.setup.place.is_empty() {
        parts.push(agent);
    } else {
        parts.push(safe![agent, " · ", SafeText::clean(&shell.setup.place).isolate()]);
    }
    parts.push(clock);
    // Narrow: the clock goes last, the agent before it, the loading never.
    let room = area.width.saturating_sub(used + 3);
    let gap = safe!["  "];
    loop {
        let line = SafeText::join(&parts, &gap);
        if width(&line) <= usize::from(room) {
            canvas.put_end((used, area.y), area.width.saturating_sub(used + 1), &line, Role::Dim);
            return;
        }
        let middle = parts.len().checked_sub(2);
        match middle {
            Some(at) => {
                parts.remove(at);
            }
            None => return,
        }
    }
}

fn banner(shell: &Shell, canvas: &mut Canvas<'_>, area: Area) {
    let why = shell.status.as_ref().and_then(|s| s.read_only.as_ref());
    if let (Some(why), false) = (why, area.is_empty()) {
        let text = shell.say_with(w::READ_ONLY, &[("why", why.words(shell.lang()).into())]);
        canvas.put_parts(
            (1, area.y),
            area.width.saturating_sub(2),
            &[(safe!["! ", text], Role::Warning)],
        );
    }
}

fn toast(shell: &Shell, canvas: &mut Canvas<'_>, area: Area) {
    let (Some(toast), false) = (shell.toasts.fresh(shell.now), area.is_empty()) else { return };
    // What takes it back is never cut off.
    let undo = if toast.undoes { shell.say(w::UNDO_KEY) } else { SafeText::EMPTY };
    let kept = if undo.is_empty() { 0 } else { width(&undo) as u16 + 3 };
    let room = area.width.saturating_sub(2);
    let parts =
        [(safe![toast.tone.sign(), " "], toast.tone.role()), (toast.text.clone(), Role::Text)];
    let used = canvas.put_parts((1, area.y), room.saturating_sub(kept), &parts);
    canvas.put((used + 4, area.y), room.saturating_sub(used + 3), &undo, Role::Dim);
}

fn hints(model: &Model, canvas: &mut Canvas<'_>, area: Area) {
    if area.is_empty() {
        return;
    }
    let shell = model.shell();
    let mut rows: Vec<_> = keymap::bindings(&contexts(model))
        .into_iter()
        .filter(|b| b.weight > 0)
        .filter(|b| model.top().is_none_or(|top| top.can(b.action, shell)))
        .collect();
    rows.sort_by_key(|b| std::cmp::Reverse(b.weight));
    let mut x = 1;
    for binding in rows {
        let key = SafeText::clean(&keymap::label(binding.key)).ltr();
        let help = shell.say(binding.help);
        let wide = (width(&key) + 1 + width(&help)) as u16;
        // Cut at a whole hint.
        if x + wide + 1 > area.width {
            break;
        }
        let taken = canvas.put((x, area.y), wide, &key, Role::Key);
        canvas.put((x + taken + 1, area.y), wide, &help, Role::Dim);
        x += wide + 2;
    }
}
