//! Draws the profile: the head line, then as many regions as the width has room for.

use crate::text::words::{frame as f, profile as w};
use crate::text::{SafeText, safe, width};

use super::super::canvas::{Area, Canvas};
use super::super::frame::sentence;
use super::super::shell::Shell;
use super::super::theme::Role;
use super::lines::{self, Line};
use super::{Profile, Region};

/// From this width on all three regions are seen.
const THREE: u16 = 100;
/// From this width on two are seen.
const TWO: u16 = 60;
/// From this height on `next` lies under `who` when there are two columns.
const FOLDED: u16 = 14;
/// Columns of the timeline: day and kind.
const DAY: u16 = 8;
const KIND: u16 = 9;

pub fn draw(screen: &Profile, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let (head, rest) = area.split_top(1);
    let has_rule = rest.height > 4;
    let (rule, body) = rest.split_top(u16::from(has_rule));
    draw_head(screen, canvas, head, shell);
    if has_rule {
        canvas.rule((rule.x, rule.y), rule.width);
        if let Some(changed) = &screen.changed_by {
            let line = safe![" · ", changed, " "];
            canvas.put_end((rule.x, rule.y), rule.width.saturating_sub(2), &line, Role::Warning);
        }
    }
    if let Some(wrong) = &screen.wrong {
        sentence(canvas, body, wrong, Role::Error);
        return;
    }
    if screen.known.is_none() {
        sentence(canvas, body, &safe![shell.say(f::WAITING), " …"], Role::Dim);
        return;
    }
    for (region, place) in regions(screen, body, shell) {
        draw_region(screen, region, canvas, place, shell);
        if place.x > 0 {
            canvas.pillar((place.x.saturating_sub(1), place.y), place.height);
        }
    }
}

/// Which regions are seen, and where.
pub fn regions(screen: &Profile, body: Area, shell: &Shell) -> Vec<(Region, Area)> {
    if body.fits(THREE) {
        let side = (body.width * 3 / 10).clamp(32, 56);
        let last = (body.width * 27 / 100).clamp(33, 52);
        let (who, rest) = body.split_start(side);
        let (middle, next) = rest.split_end(last);
        return vec![
            (Region::Who, who),
            (Region::Timeline, middle.split_start(1).1),
            (Region::Next, next.split_start(1).1),
        ];
    }
    if body.fits(TWO) {
        let (side, rest) = body.split_start(body.width * 2 / 5);
        let timeline = (Region::Timeline, rest.split_start(1).1);
        if body.height < FOLDED {
            let first = if screen.region == Region::Next { Region::Next } else { Region::Who };
            return vec![(first, side), timeline];
        }
        // What comes next folds under who it is.
        let rows = lines::of(screen, Region::Who, shell).len() as u16 + 1;
        let (who, next) = side.split_top(rows.clamp(4, body.height.saturating_sub(8)));
        return vec![(Region::Who, who), timeline, (Region::Next, next)];
    }
    vec![(screen.region, body)]
}

fn draw_head(screen: &Profile, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let name = SafeText::clean(&screen.name);
    let x = area.x + 1.min(area.width.saturating_sub(1));
    let room = area.width.saturating_sub(2).max(1);
    let Some(profile) = &screen.known else {
        canvas.put((x, area.y), room, &name, Role::Strong);
        return;
    };
    let stage = lines::stage(&profile.customer, shell);
    let used = canvas.put_parts(
        (x, area.y),
        room,
        &[(name.isolate(), Role::Strong), (safe!["  "], Role::Text), (stage, Role::Accent)],
    );
    let mut parts = lines::head(profile, shell);
    let gap = safe!["   "];
    // Cut at a whole figure, the last first.
    while !parts.is_empty() {
        let line = SafeText::join(&parts, &gap);
        if width(&line) <= usize::from(room.saturating_sub(used + 3)) {
            canvas.put_end((area.x, area.y), area.width.saturating_sub(1), &line, Role::Text);
            return;
        }
        parts.pop();
    }
}

fn draw_region(
    screen: &Profile,
    region: Region,
    canvas: &mut Canvas<'_>,
    area: Area,
    shell: &Shell,
) {
    let has_keys = screen.region == region;
    let (title, list) = if area.height > 2 { area.split_top(1) } else { (Area::default(), area) };
    if !title.is_empty() {
        let phrase = match region {
            Region::Who => w::WHO,
            Region::Timeline => w::TIMELINE,
            Region::Next => w::NEXT,
        };
        let role = if has_keys { Role::Accent } else { Role::Dim };
        canvas.put((title.x + 1, title.y), title.width, &shell.say(phrase), role);
        if region == Region::Timeline {
            let what = shell.say(screen.shown.name());
            let text = shell.say_with(w::FILTER, &[("what", what.into())]);
            let room = title.width.saturating_sub(2);
            canvas.put_end((title.x + 1, title.y), room, &text, Role::Dim);
        }
    }
    let all = lines::of(screen, region, shell);
    if all.is_empty() && region == Region::Timeline {
        sentence(canvas, list, &shell.say(w::NO_TALKS), Role::Dim);
        return;
    }
    let cursor = screen.cursors.get(region as usize).copied().unwrap_or_default();
    let height = usize::from(list.height).max(1);
    let top = top(cursor, list.height);
    for (i, line) in all.iter().enumerate().skip(top).take(height) {
        let row = list.line((i - top) as u16);
        if row.is_empty() {
            break;
        }
        if i == cursor && has_keys {
            canvas.tint(row, Role::Selected);
            canvas.put((row.x, row.y), 1, &safe!["▸"], Role::Accent);
        }
        draw_line(region, line, canvas, row);
    }
}

/// The first line seen.
fn top(cursor: usize, height: u16) -> usize {
    (cursor + 1).saturating_sub(usize::from(height).max(1))
}

/// The region at a place of the body, and the line of it.
pub fn at(
    screen: &Profile,
    area: Area,
    (x, y): (u16, u16),
    shell: &Shell,
) -> Option<(Region, usize)> {
    let (_, rest) = area.split_top(1);
    let (_, body) = rest.split_top(u16::from(rest.height > 4));
    let all = regions(screen, body, shell);
    let (region, place) = all.into_iter().find(|(_, place)| place.contains(x, y))?;
    let title = u16::from(place.height > 2);
    let cursor = screen.cursors.get(region as usize).copied().unwrap_or_default();
    let line = y.checked_sub(place.y + title).map(usize::from);
    Some((region, line.map_or(cursor, |l| l + top(cursor, place.height - title))))
}

fn draw_line(region: Region, line: &Line, canvas: &mut Canvas<'_>, row: Area) {
    let row = Area { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    let end = line.end.as_ref().map_or(0, |(text, _)| width(text) as u16);
    let end = end.min(row.width / 2);
    let mut x = 0;
    let room = row.width.saturating_sub(if end > 0 { end + 1 } else { 0 });
    let mut parts = line.parts.as_slice();
    if let (Region::Timeline, [day, kind, rest @ ..]) = (region, parts) {
        canvas.put((row.x, row.y), DAY.min(room), &day.0, day.1);
        canvas.put((row.x + DAY, row.y), KIND.min(room.saturating_sub(DAY)), &kind.0, kind.1);
        x = DAY + KIND;
        parts = rest;
    }
    let used = canvas.put_parts((row.x + x, row.y), room.saturating_sub(x), parts);
    if let Some(picture) = &line.picture {
        let at = row.x + x + used;
        let wide = row.width.saturating_sub(x + used);
        canvas.spark((at, row.y), wide, &picture.values, picture.top, Role::Bar);
    }
    if let Some((text, role)) = &line.end {
        canvas.put_end((row.x, row.y), row.width, text, *role);
    }
}
