//! Ladders: how far each of some things has come, and below them what is told of the one under the
//! cursor.
//!
//! ```text
//! ▸ Profiles          ■ ■ ■ □ □  relatively developed      52%
//!   Calls logged      ■ ■ ■ ■ ■  highly developed       ▲  97%
//!   ...
//!   52% of what a profile asks for is known, over 2,000 customers
//!   level 4 asks for 60%  ·  no trend: ...
//!   1  ask 1,204 customers for: birth date
//! ```

use crate::text::words::maturity as w;
use crate::text::{SafeText, safe, width, wrap};

use super::super::canvas::{Area, Canvas};
use super::super::shell::Shell;
use super::super::theme::Role;
use super::draw::top;
use super::picture::{Ladder, Picture};

/// Lines kept for what is told: what speaks for it, what is asked for, three things to do.
const TOLD: u16 = 5;
/// From this height on there is room to spare.
const ROOMY: u16 = 16;
/// Fewest ladders that are seen.
const LEAST: u16 = 4;
/// Cells of the rungs.
const RUNGS: u16 = 2 * Ladder::RUNGS as u16 + 1;
/// From this width on the name of the level stands beside its rungs.
const NAMED: u16 = 52;

/// Ladders that fit.
pub fn fit(area: Area) -> usize {
    let told = if area.height < ROOMY { TOLD } else { TOLD + 2 };
    usize::from(area.height.saturating_sub(told).max(LEAST).min(area.height)).max(1)
}

pub fn draw(
    canvas: &mut Canvas<'_>,
    area: Area,
    picture: &Picture,
    all: &[Ladder],
    cursor: Option<usize>,
    shell: &Shell,
) {
    let fit = if cursor.is_some() { fit(area) } else { usize::from(area.height) };
    let first = cursor.map_or(0, |c| top(c, fit, all.len()));
    let longest = picture.spots.iter().map(|s| width(&s.label)).max().unwrap_or(0) as u16;
    let labels = (longest + 2).min(area.width * 2 / 5);
    let ends = picture.spots.iter().map(|s| width(&s.text)).max().unwrap_or(0) as u16;
    let has_names = area.width >= NAMED;
    let pairs = picture.spots.iter().zip(all).enumerate();
    let mut rows = 0;
    for (i, (spot, ladder)) in pairs.skip(first).take(fit) {
        let line = area.line(rows);
        if line.is_empty() {
            break;
        }
        rows += 1;
        if cursor == Some(i) {
            canvas.tint(line, Role::Selected);
            canvas.put((line.x, line.y), 1, &safe!["▸"], Role::Accent);
        }
        canvas.put((line.x + 2, line.y), labels - 1, &spot.label, Role::Text);
        let x = line.x + 2 + labels;
        for rung in 0..Ladder::RUNGS {
            let is_reached = rung < ladder.level;
            let (sign, role) = if is_reached { ("■", Role::Bar) } else { ("□", Role::Dim) };
            canvas.put((x + 2 * u16::from(rung), line.y), 1, &SafeText::clean(sign), role);
        }
        let after = x + RUNGS + 1;
        let end = area.x + area.width;
        if has_names {
            let room = end.saturating_sub(after + ends + 4);
            canvas.put((after, line.y), room, &ladder.name, Role::Dim);
        }
        let (arrow, role) = match ladder.trend {
            std::cmp::Ordering::Greater => ("▲", Role::Good),
            std::cmp::Ordering::Less => ("▼", Role::Warning),
            std::cmp::Ordering::Equal => ("", Role::Dim),
        };
        let at = end.saturating_sub(ends);
        canvas.put((at.saturating_sub(2), line.y), 1, &SafeText::clean(arrow), role);
        canvas.put_end((at, line.y), ends, &spot.text, Role::Strong);
    }
    if let Some(ladder) = cursor.and_then(|at| all.get(at)) {
        let (_, below) = area.split_top(rows);
        let gap = u16::from(area.height >= ROOMY && below.height > TOLD);
        tell(canvas, below.split_top(gap).1, ladder, shell);
    }
}

/// What is told of one, then what to do next; a line too long for the region goes on in the next.
fn tell(canvas: &mut Canvas<'_>, area: Area, ladder: &Ladder, shell: &Shell) {
    let dir = shell.lang().dir();
    let room = usize::from(area.width.saturating_sub(2)).max(1);
    let mut y = 0;
    let mut put =
        |canvas: &mut Canvas<'_>, lead: Option<&SafeText>, text: &SafeText, role: Role| {
            let inset = if lead.is_some() { 3 } else { 0 };
            for (i, part) in wrap(text, room.saturating_sub(inset).max(1), dir).iter().enumerate() {
                let line = area.line(y);
                if line.is_empty() {
                    return;
                }
                if let Some(lead) = lead.filter(|_| i == 0) {
                    canvas.put((line.x + 2, line.y), 2, lead, Role::Accent);
                }
                let from = line.x + 2 + inset as u16;
                canvas.put((from, line.y), (line.x + line.width).saturating_sub(from), part, role);
                y += 1;
            }
        };
    for (i, line) in ladder.lines.iter().enumerate() {
        put(canvas, None, line, if i == 0 { Role::Strong } else { Role::Dim });
    }
    for (i, (text, _)) in ladder.next.iter().enumerate() {
        put(canvas, Some(&shell.number(i + 1)), text, Role::Text);
    }
    if ladder.next.is_empty() {
        put(canvas, None, &shell.say(w::NOTHING_NEXT), Role::Dim);
    }
}
