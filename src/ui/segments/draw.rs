//! Draws the list of segments, and the one under the cursor beside it or below it.

use crate::desk::SegmentRow;
use crate::text::words::{customers as c, segments as w, terms as t};
use crate::text::{SafeText, safe};

use super::super::canvas::{Area, Canvas};
use super::super::frame::{self, sentence};
use super::super::shell::Shell;
use super::super::table::{Column, Placed, fit};
use super::super::theme::Role;
use super::list::Line;
use super::{Segments, detail};

/// From this width on the detail stands beside the list.
const BESIDE: u16 = 100;
/// From this height on the detail stands below the list where it cannot stand beside it.
const BELOW: u16 = 12;
/// Cells before the first column: cursor and star.
const GUTTER: u16 = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Name,
    Size,
    Worth,
    Spent,
    Risk,
}

const NAME: Column<What> =
    Column { what: What::Name, title: t::NAME, least: 12, most: 60, rank: 0, at_end: false };
const SIZE: Column<What> =
    Column { what: What::Size, title: w::SIZE, least: 7, most: 10, rank: 1, at_end: true };
const WORTH: Column<What> =
    Column { what: What::Worth, title: c::VALUE, least: 10, most: 14, rank: 2, at_end: true };
const SPENT: Column<What> =
    Column { what: What::Spent, title: c::SPENT, least: 10, most: 14, rank: 2, at_end: true };
const RISK: Column<What> =
    Column { what: What::Risk, title: c::RISK, least: 5, most: 6, rank: 3, at_end: true };

/// The regions of the body.
struct Parts {
    heads: Area,
    list: Area,
    /// A line between the list and the detail: beside it, or above it.
    pillar: Option<u16>,
    rule: Area,
    detail: Area,
}

fn parts(area: Area) -> Parts {
    if area.fits(BESIDE) {
        let wide = (area.width / 2).clamp(50, 96);
        let (left, right) = area.split_end(wide);
        let (heads, list) = left.split_top(u16::from(left.height > 1));
        let (_, detail) = right.split_start(2);
        return Parts { heads, list, pillar: Some(right.x), rule: Area::default(), detail };
    }
    let rows = if area.height >= BELOW { area.height / 2 } else { 0 };
    let (top, below) = area.split_foot(rows);
    let (heads, list) = top.split_top(u16::from(top.height > 1));
    let (rule, detail) = below.split_top(1);
    Parts { heads, list, pillar: None, rule, detail: detail.inset(1) }
}

/// Lines of the list that fit.
pub fn list_rows(shell: &Shell) -> usize {
    usize::from(parts(frame::body(shell)).list.height).max(1)
}

/// The place of the segment at a point.
pub fn place_at(screen: &Segments, area: Area, x: u16, y: u16) -> Option<usize> {
    let list = parts(area).list;
    if !list.contains(x, y) {
        return None;
    }
    screen.list.place_at(usize::from(y - list.y), usize::from(list.height))
}

pub fn draw(screen: &Segments, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    if screen.list.rows().is_empty() {
        empty(screen, canvas, area, shell);
        return;
    }
    let p = parts(area);
    rows(screen, canvas, p.heads, p.list, shell);
    if let Some(x) = p.pillar {
        canvas.pillar((x, area.y), area.height);
    } else if !p.rule.is_empty() {
        canvas.rule((p.rule.x, p.rule.y), p.rule.width);
    }
    if !p.detail.is_empty() {
        detail::draw(screen, canvas, p.detail, shell);
    }
}

fn empty(screen: &Segments, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    use crate::text::words::frame as f;
    if let Some(error) = &screen.error {
        sentence(canvas, area, error, Role::Error);
    } else if screen.list.is_known() {
        sentence(canvas, area, &shell.say(w::EMPTY), Role::Text);
    } else {
        sentence(canvas, area, &safe![shell.say(f::WAITING), " …"], Role::Dim);
    }
}

/// The columns there are figures for.
fn columns(rows: &[SegmentRow]) -> Vec<Column<What>> {
    let mut all = vec![NAME, SIZE];
    if rows.iter().any(|r| r.worth != 0) {
        all.push(WORTH);
    } else if rows.iter().any(|r| r.spent != 0) {
        all.push(SPENT);
    }
    if rows.iter().any(|r| r.risk.is_some()) {
        all.push(RISK);
    }
    all
}

fn rows(screen: &Segments, canvas: &mut Canvas<'_>, heads: Area, list: Area, shell: &Shell) {
    let all = columns(screen.list.rows());
    let placed = fit(&all, list.x + GUTTER, list.width.saturating_sub(GUTTER + 1));
    if !heads.is_empty() {
        for p in &placed {
            put(canvas, heads.y, p, &shell.say(p.column.title), Role::Dim);
        }
    }
    for (i, seen) in screen.list.seen(usize::from(list.height)).enumerate() {
        let line = list.line(i as u16);
        match seen {
            Line::Head { is_rules, count } => {
                let name = shell.say(if is_rules { w::RULES } else { w::TAGS });
                let text = safe![name, " ", shell.number(count)];
                let room = line.width.saturating_sub(1);
                canvas.put((line.x + 1, line.y), room, &text, Role::Strong);
            }
            Line::Row(place, row) => {
                if place == screen.list.cursor() {
                    canvas.tint(line, Role::Selected);
                    canvas.put((line.x + 1, line.y), 1, &safe!["▸"], Role::Accent);
                }
                if row.segment.as_ref().is_some_and(|s| s.target) {
                    canvas.put((line.x + 2, line.y), 1, &safe!["★"], Role::Accent);
                }
                cells(canvas, line.y, &placed, row, shell);
            }
        }
    }
}

fn cells(
    canvas: &mut Canvas<'_>,
    y: u16,
    placed: &[Placed<What>],
    row: &SegmentRow,
    shell: &Shell,
) {
    for p in placed {
        let is_wrong = row.error.is_some();
        let (text, role) = match p.column.what {
            What::Name => (SafeText::clean(&row.name), Role::Text),
            What::Size if is_wrong => (safe!["!"], Role::Error),
            _ if is_wrong => continue,
            What::Size => (shell.number(row.count), Role::Text),
            What::Worth => (shell.money_in(row.worth, p.width), Role::Text),
            What::Spent => (shell.money_in(row.spent, p.width), Role::Text),
            What::Risk => match row.risk {
                Some(risk) => (shell.percent(risk), Role::Dim),
                None => continue,
            },
        };
        put(canvas, y, p, &text, role);
    }
}

fn put(canvas: &mut Canvas<'_>, y: u16, p: &Placed<What>, text: &SafeText, role: Role) {
    if p.column.at_end {
        canvas.put_end((p.x, y), p.width, text, role);
    } else {
        canvas.put((p.x, y), p.width, text, role);
    }
}
