//! Draws the kinds, the rows of one of them, and the record under the cursor where there is room.

use crate::domain::DefinitionKind;
use crate::text::words::frame as f;
use crate::text::{SafeText, safe, width, wrap};

use super::super::canvas::{Area, Canvas};
use super::super::form::{Entry as Field, Item};
use super::super::frame::{self, sentence};
use super::super::shell::Shell;
use super::super::table::{Column, Placed, fit};
use super::super::theme::Role;
use super::Manage;
use super::forms;
use super::kinds::{Entry, Kind};

/// From this width on the kinds stand beside the rows; below, only the ones the keys move in are seen.
const BESIDE: u16 = 60;
/// From this height on the record is shown below the rows.
const BELOW: u16 = 22;
/// From this width on it is shown beside them.
const WIDE: u16 = 150;
/// A name is cut to no less than this, and grows to no more.
const LEAST_NAME: u16 = 14;
const MOST_NAME: u16 = 40;
/// Another text is not cut when it is short, as a time is, and else to no less than this.
const SHORT: u16 = 16;
const LEAST_TEXT: u16 = 12;
/// Cells before the first column.
const GUTTER: u16 = 3;

/// What is at a point.
pub enum Place {
    Kind(usize),
    Row(usize),
}

struct Parts {
    kinds: Area,
    pillar: Option<u16>,
    heads: Area,
    rows: Area,
    second: Option<u16>,
    rule: Area,
    detail: Area,
}

fn parts(screen: &Manage, area: Area) -> Parts {
    let none = Area { height: 0, width: 0, ..area };
    let both = area.fits(BESIDE);
    let (kinds, pillar, rest) = if both {
        let (left, right) = area.split_start(24.min(area.width / 3));
        let (bar, rest) = right.split_start(2);
        (left, Some(bar.x), rest)
    } else if screen.in_rows {
        (none, None, area)
    } else {
        (area, None, none)
    };
    let has_detail = matches!(screen.here(), Kind::Of(_)) && !screen.rows.is_empty();
    if has_detail && area.fits(WIDE) {
        let (left, right) = rest.split_end(rest.width * 2 / 5);
        let (heads, rows) = left.split_top(u16::from(left.height > 1));
        let (bar, detail) = right.split_start(2);
        return Parts { kinds, pillar, heads, rows, second: Some(bar.x), rule: none, detail };
    }
    let below = if has_detail && rest.height >= BELOW { rest.height / 2 } else { 0 };
    let (top, below) = rest.split_foot(below);
    let (heads, rows) = top.split_top(u16::from(top.height > 1));
    let (rule, detail) = below.split_top(1);
    Parts { kinds, pillar, heads, rows, second: None, rule, detail: detail.inset(1) }
}

/// Rows that fit.
pub fn list_rows(screen: &Manage, shell: &Shell) -> usize {
    usize::from(parts(screen, frame::body(shell)).rows.height).max(1)
}

/// What is at a point of the body.
pub fn place_at(screen: &Manage, area: Area, x: u16, y: u16) -> Option<Place> {
    let p = parts(screen, area);
    if p.kinds.contains(x, y) {
        let at = usize::from(y - p.kinds.y);
        return (at < Kind::ALL.len()).then_some(Place::Kind(at));
    }
    let at = screen.top + usize::from(y.checked_sub(p.rows.y)?);
    (p.rows.contains(x, y) && at < screen.rows.len()).then_some(Place::Row(at))
}

pub fn draw(screen: &Manage, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let p = parts(screen, area);
    kinds(screen, canvas, p.kinds, shell);
    if let Some(x) = p.pillar {
        canvas.pillar((x, area.y), area.height);
    }
    let room = Area { y: p.heads.y, height: p.heads.height + p.rows.height, ..p.rows };
    if let Some(error) = screen.error.as_ref().filter(|_| screen.plans.is_none()) {
        sentence(canvas, room, error, Role::Error);
    } else if screen.plans.is_none() {
        sentence(canvas, room, &safe![shell.say(f::WAITING), " …"], Role::Dim);
    } else if screen.rows.is_empty() {
        sentence(canvas, room, &shell.say(screen.here().empty()), Role::Text);
    } else {
        rows(screen, canvas, &p, shell);
    }
    if let Some(x) = p.second {
        canvas.pillar((x, area.y), area.height);
    } else if !p.detail.is_empty() {
        canvas.rule((p.rule.x, p.rule.y), p.rule.width);
    }
    if let Kind::Of(kind) = screen.here()
        && !p.detail.is_empty()
    {
        detail(screen, kind, canvas, p.detail, shell);
    }
}

fn kinds(screen: &Manage, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    for (at, kind) in Kind::ALL.into_iter().enumerate() {
        let line = area.line(at as u16);
        if line.is_empty() {
            return;
        }
        let is_here = at == screen.kind;
        if is_here && !screen.in_rows {
            canvas.tint(line, Role::Selected);
        }
        if is_here {
            canvas.put((line.x + 1, line.y), 1, &safe!["▸"], Role::Accent);
        }
        let role = if is_here { Role::Strong } else { Role::Text };
        let room = line.width.saturating_sub(GUTTER + 1);
        let used = canvas.put((line.x + GUTTER, line.y), room, &shell.say(kind.name()), role);
        let count = screen.counts.get(at).copied().flatten();
        if let Some(n) = count.filter(|n| *n > 0) {
            let rest = room.saturating_sub(used + 1);
            canvas.put_end((line.x + GUTTER + used + 1, line.y), rest, &shell.number(n), Role::Dim);
        }
    }
}

/// The columns of a kind, as wide as what stands in them: figures are never cut, texts may be.
pub fn columns(kind: Kind, rows: &[Entry], shell: &Shell) -> Vec<Column<usize>> {
    let all = kind.heads().iter().enumerate();
    let column = |(what, (title, at_end)): (usize, &(crate::text::Phrase, bool))| {
        let cells = rows.iter().filter_map(|row| row.cells.get(what)).map(width);
        // Where nothing stands no column is needed.
        let widest = cells.max().filter(|widest| *widest > 0)?;
        let widest = widest.max(width(&shell.say(*title))) as u16;
        let (least, most) = match (what, *at_end) {
            (0, _) => (LEAST_NAME, widest.clamp(LEAST_NAME, MOST_NAME)),
            (_, true) => (widest, widest),
            (_, false) if widest <= SHORT => (widest, widest),
            (_, false) => (LEAST_TEXT, widest),
        };
        Some(Column { what, title: *title, least, most, rank: what as u8, at_end: *at_end })
    };
    all.filter_map(column).collect()
}

fn rows(screen: &Manage, canvas: &mut Canvas<'_>, p: &Parts, shell: &Shell) {
    let placed = fit(&screen.columns, p.rows.x + GUTTER, p.rows.width.saturating_sub(GUTTER + 1));
    if !p.heads.is_empty() {
        for at in &placed {
            put(canvas, p.heads.y, at, &shell.say(at.column.title), Role::Dim);
        }
    }
    let seen = screen.rows.iter().enumerate().skip(screen.top);
    for (at, (place, row)) in seen.take(usize::from(p.rows.height)).enumerate() {
        let line = p.rows.line(at as u16);
        if place == screen.cursor {
            if screen.in_rows {
                canvas.tint(line, Role::Selected);
            }
            canvas.put((line.x + 1, line.y), 1, &safe!["▸"], Role::Accent);
        }
        let role = if row.is_off { Role::Dim } else { Role::Text };
        for column in &placed {
            if let Some(cell) = row.cells.get(column.column.what) {
                put(canvas, line.y, column, cell, role);
            }
        }
    }
}

fn put(canvas: &mut Canvas<'_>, y: u16, p: &Placed<usize>, text: &SafeText, role: Role) {
    if p.column.at_end {
        canvas.put_end((p.x, y), p.width, text, role);
    } else {
        canvas.put((p.x, y), p.width, text, role);
    }
}

/// All that is known of the record under the cursor, as its form would show it.
fn detail(
    screen: &Manage,
    kind: DefinitionKind,
    canvas: &mut Canvas<'_>,
    area: Area,
    shell: &Shell,
) {
    let Some(plans) = &screen.plans else { return };
    let id = screen.current().and_then(|row| row.key.parse::<u64>().ok());
    let all = plans.definitions.all(kind);
    let Some(kept) = all.into_iter().find(|kept| Some(kept.record.id()) == id) else { return };
    let items = forms::items(&kept.record, plans, shell);
    let label = items.iter().map(|item| width(&item.label)).max().unwrap_or(0) as u16;
    let label = label.min(area.width / 3);
    let mut row = 0;
    for item in &items {
        let room = area.width.saturating_sub(label + 2);
        for (at, text) in value(item, room, shell).into_iter().enumerate() {
            let line = area.line(row);
            if line.is_empty() {
                return;
            }
            if at == 0 {
                canvas.put((line.x, line.y), label, &item.label, Role::Dim);
            }
            canvas.put((line.x + label + 2, line.y), room, &text, Role::Text);
            row += 1;
        }
    }
}

/// What is in a field, line by line; nothing where it is empty.
fn value(item: &Item, room: u16, shell: &Shell) -> Vec<SafeText> {
    match &item.entry {
        Field::Choice { options, at } => {
            let label = options.get(*at).filter(|(key, _)| !key.is_empty());
            label.map(|(_, label)| label.clone()).into_iter().collect()
        }
        Field::Line(_) if item.value().is_empty() => Vec::new(),
        Field::Line(_) => vec![SafeText::clean(item.value()).ltr()],
        Field::Note(field) => {
            let lines = SafeText::clean_lines(field.text());
            let lines = lines.into_iter().filter(|line| !line.is_empty());
            lines.flat_map(|line| wrap(&line, usize::from(room), shell.dir())).collect()
        }
    }
}
