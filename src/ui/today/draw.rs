//! Draws the day: what is due, the next best calls, and how it went so far.

use crate::desk::{QueueRow, Today as Day};
use crate::text::words::queues as w;
use crate::text::{SafeText, safe, width};

use super::super::canvas::{Area, Canvas};
use super::super::frame::sentence;
use super::super::queues::due;
use super::super::shell::Shell;
use super::super::theme::Role;
use super::super::why;
use super::Today;

/// From this width on the day stands beside the lists.
const BESIDE: u16 = 100;
/// Cells before a name.
const GUTTER: u16 = 3;
/// The name's room.
const NAME: u16 = 24;

/// The regions of the body.
struct Parts {
    due: Area,
    rule: Area,
    next: Area,
    pillar: Option<u16>,
    day: Area,
}

fn parts(screen: &Today, area: Area) -> Parts {
    let next_rows = screen.day.as_ref().map_or(0, |d| d.next.len()) as u16 + 1;
    let (lists, day, pillar) = if area.fits(BESIDE) {
        let (left, right) = area.split_end((area.width / 3).clamp(38, 64));
        let (_, day) = right.split_start(2);
        (left, day, Some(right.x))
    } else {
        let (top, foot) = area.split_foot(if area.height >= 14 { 3 } else { 0 });
        (top, foot, None)
    };
    let (due, rest) = lists.split_foot((next_rows + 1).min(lists.height / 2 + 1));
    let (rule, next) = rest.split_top(1);
    Parts { due, rule, next, pillar, day }
}

/// The place of the row at a point.
pub fn place_at(screen: &Today, area: Area, x: u16, y: u16) -> Option<usize> {
    let day = screen.day.as_ref()?;
    let p = parts(screen, area);
    if p.due.contains(x, y) {
        let place = from(screen, p.due) + usize::from(y - p.due.y).checked_sub(1)?;
        return (place < day.due.len()).then_some(place);
    }
    if p.next.contains(x, y) {
        let place = usize::from(y - p.next.y).checked_sub(1)?;
        return (place < day.next.len()).then_some(day.due.len() + place);
    }
    None
}

/// The first of the due rows that is seen: the cursor's is among them.
fn from(screen: &Today, area: Area) -> usize {
    let room = usize::from(area.height.saturating_sub(1)).max(1);
    let due = screen.day.as_ref().map_or(0, |d| d.due.len());
    let at = screen.cursor.min(due.saturating_sub(1));
    (at + 1).saturating_sub(room).min(due.saturating_sub(room.min(due)))
}

pub fn draw(screen: &Today, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    use crate::text::words::frame as f;
    if let Some(error) = &screen.error {
        sentence(canvas, area, &safe!["! ", error], Role::Error);
        return;
    }
    let Some(day) = &screen.day else {
        sentence(canvas, area, &safe![shell.say(f::WAITING), " …"], Role::Dim);
        return;
    };
    let nobody = shell.status.as_ref().is_some_and(|s| s.customers == 0 && s.loading.is_none());
    if nobody {
        sentence(canvas, area, &shell.say(w::FIRST_RUN), Role::Text);
        return;
    }
    let p = parts(screen, area);
    due_list(screen, day, canvas, p.due, shell);
    if !p.rule.is_empty() {
        canvas.rule((p.rule.x, p.rule.y), p.rule.width);
    }
    next_list(screen, day, canvas, p.next, shell);
    match p.pillar {
        Some(x) => {
            canvas.pillar((x, area.y), area.height);
            my_day(day, canvas, p.day, shell);
        }
        None => day_line(day, canvas, p.day, shell),
    }
}

fn heading(
    canvas: &mut Canvas<'_>,
    area: Area,
    title: &SafeText,
    at_end: &SafeText,
    role: Role,
) -> Area {
    let (line, rest) = area.split_top(1);
    if !line.is_empty() {
        let used = canvas.put((line.x + 1, line.y), line.width.saturating_sub(2), title, role);
        let room = line.width.saturating_sub(used + 4);
        canvas.put_end((line.x + used + 3, line.y), room, at_end, Role::Dim);
    }
    rest
}

fn due_list(screen: &Today, day: &Day, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let late = day.due.iter().filter_map(|r| r.task.as_ref()).any(|t| t.due <= shell.now);
    let mark = if late { " !" } else { "" };
    let title = safe![shell.say(w::DUE_NOW), " ", shell.number(day.due.len()), mark];
    let later = if day.later > 0 {
        shell.say_with(w::DUE_LATER, &[("n", day.later.into())])
    } else {
        SafeText::EMPTY
    };
    let role = if late { Role::Overdue } else { Role::Strong };
    let list = heading(canvas, area, &title, &later, role);
    if day.due.is_empty() {
        sentence(canvas, list, &shell.say(w::NOTHING_DUE), Role::Dim);
        return;
    }
    let top = from(screen, area);
    for (i, row) in day.due.iter().enumerate().skip(top).take(usize::from(list.height)) {
        let line = list.line((i - top) as u16);
        cursor(canvas, line, i == screen.cursor);
        let (when, role) = due(row, shell);
        let wide = 20.min(line.width / 3);
        let at = name(row, canvas, line);
        canvas.put((at, line.y), wide, &when, role);
        let at = at + wide + 2;
        why_cell(row, canvas, line, at, shell);
    }
}

fn next_list(screen: &Today, day: &Day, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let worth = if day.worth > 0 {
        let sum = shell.money_in(day.worth, 12);
        shell.say_with(w::WORTH_TODAY, &[("sum", sum.into())])
    } else {
        SafeText::EMPTY
    };
    let list = heading(canvas, area, &shell.say(w::NEXT_BEST), &worth, Role::Strong);
    if day.next.is_empty() {
        let text = if day.fitted { w::EMPTY_RETENTION } else { w::NOT_FITTED };
        sentence(canvas, list, &shell.say(text), Role::Dim);
        return;
    }
    for (i, row) in day.next.iter().enumerate().take(usize::from(list.height)) {
        let line = list.line(i as u16);
        cursor(canvas, line, day.due.len() + i == screen.cursor);
        let at = name(row, canvas, line);
        let saves = shell.money_in(row.expected_value, 12);
        canvas.put_end((at, line.y), 12, &saves, Role::Strong);
        let risk = row.row.figures.risk.map(|r| shell.percent(f64::from(r))).unwrap_or_default();
        canvas.put_end((at + 14, line.y), 5, &risk, Role::Text);
        why_cell(row, canvas, line, at + 21, shell);
    }
}

fn cursor(canvas: &mut Canvas<'_>, line: Area, here: bool) {
    if here {
        canvas.tint(line, Role::Selected);
        canvas.put((line.x + 1, line.y), 1, &safe!["▸"], Role::Accent);
    }
}

/// Writes the name; where the next column begins.
fn name(row: &QueueRow, canvas: &mut Canvas<'_>, line: Area) -> u16 {
    let room = NAME.min(line.width.saturating_sub(GUTTER) / 2);
    let text = SafeText::clean(&row.row.customer.name);
    canvas.put((line.x + GUTTER, line.y), room, &text, Role::Text);
    line.x + GUTTER + room + 2
}

fn why_cell(row: &QueueRow, canvas: &mut Canvas<'_>, line: Area, at: u16, shell: &Shell) {
    let room = (line.x + line.width).saturating_sub(at + 1);
    let note = row.task.as_ref().filter(|t| !t.note.is_empty());
    match note {
        Some(task) => {
            canvas.put((at, line.y), room, &SafeText::clean(&task.note).isolate(), Role::Text);
        }
        None => {
            canvas.put((at, line.y), room, &why::reasons(&row.reasons, shell), Role::Dim);
        }
    }
}

/// Figures of the day, each with what a full bar is.
fn figures(day: &Day, shell: &Shell) -> [(SafeText, usize, usize); 3] {
    let calls = day.calls.len();
    [
        (shell.say(w::CALLS), calls, calls.max(1)),
        (shell.say(w::REACHED), day.reached, calls.max(1)),
        (shell.say(w::WON), day.won, calls.max(1)),
    ]
}

fn my_day(day: &Day, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let mut at = 0;
    let mut line = || {
        let line = area.line(at);
        at += 1;
        line
    };
    let head = line();
    canvas.put((head.x, head.y), head.width, &shell.say(w::MY_DAY), Role::Strong);
    let rows = figures(day, shell);
    let wide = rows.iter().map(|(label, ..)| width(label)).max().unwrap_or(0) as u16 + 2;
    for (label, n, of) in rows {
        let here = line();
        canvas.put((here.x, here.y), here.width, &label, Role::Dim);
        let bar = here.width.saturating_sub(wide + 8).min(24);
        canvas.bar((here.x + wide, here.y), bar, n as f64 / of as f64, Role::Bar);
        canvas.put_end((here.x + wide + bar, here.y), 6, &shell.number(n), Role::Text);
    }
    let here = line();
    let kept = shell.say_with(w::OF, &[("n", day.kept.into()), ("of", day.promised.into())]);
    let text = safe![shell.say(w::KEPT), "  ", kept];
    canvas.put((here.x, here.y), here.width, &text, Role::Dim);
    let worked: Vec<f64> = day.by_hour.iter().skip(6).take(16).map(|n| *n as f64).collect();
    if worked.iter().any(|n| *n > 0.0) {
        let here = line();
        let used = canvas.put((here.x, here.y), here.width, &shell.say(w::BY_HOUR), Role::Dim) + 2;
        let top = worked.iter().copied().fold(0.0, f64::max);
        canvas.spark((here.x + used, here.y), 16, &worked, top, Role::Bar);
    }
    line();
    let here = line();
    canvas.put((here.x, here.y), here.width, &shell.say(w::LAST_CALLS), Role::Strong);
    if day.calls.is_empty() {
        let rest = Area { y: here.y + 1, height: area.height.saturating_sub(at), ..area };
        sentence(canvas, rest, &shell.say(w::NO_CALLS), Role::Dim);
        return;
    }
    for (call, who) in &day.calls {
        let here = line();
        if here.is_empty() {
            return;
        }
        let clock = shell.clock(call.at);
        let used = canvas.put((here.x, here.y), here.width, &clock, Role::Dim) + 2;
        let outcome = shell.outcome(&call.outcome);
        let end = (width(&outcome) as u16).min(here.width / 2);
        let room = here.width.saturating_sub(used + end + 3);
        canvas.put((here.x + used, here.y), room, &SafeText::clean(who), Role::Text);
        let rest = here.width.saturating_sub(used + room + 2);
        canvas.put_end((here.x + used + room + 1, here.y), rest, &outcome, Role::Dim);
    }
}

/// The day in a line, where there is no room beside the lists.
fn day_line(day: &Day, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let (rule, rest) = area.split_top(1);
    if rest.is_empty() {
        return;
    }
    canvas.rule((rule.x, rule.y), rule.width);
    let mut parts: Vec<SafeText> = figures(day, shell)
        .into_iter()
        .map(|(label, n, _)| safe![shell.number(n), " ", label])
        .collect();
    let kept = shell.say_with(w::OF, &[("n", day.kept.into()), ("of", day.promised.into())]);
    parts.push(safe![shell.say(w::KEPT), " ", kept]);
    let text = safe![shell.say(w::MY_DAY), ":  ", SafeText::join(&parts, &safe!["  ·  "])];
    canvas.put((rest.x + 1, rest.y), rest.width.saturating_sub(2), &text, Role::Dim);
    if let (Some((call, who)), true) = (day.calls.first(), rest.height > 1) {
        let text = safe![
            shell.clock(call.at),
            "  ",
            SafeText::clean(who).isolate(),
            "  ",
            shell.outcome(&call.outcome)
        ];
        canvas.put((rest.x + 1, rest.y + 1), rest.width.saturating_sub(2), &text, Role::Dim);
    }
}
