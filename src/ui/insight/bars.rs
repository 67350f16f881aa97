//! Bars one under the other, and columns one beside the other.

use crate::text::{safe, width};

use super::super::canvas::{Area, Canvas};
use super::super::shell::Shell;
use super::super::theme::Role;
use super::draw::top;
use super::picture::Picture;

/// Cells of the axis of columns.
pub const AXIS: u16 = 6;

/// Lines a bar takes, and bars that fit.
pub fn pace(height: u16, bars: usize) -> (u16, usize) {
    let step = if usize::from(height) >= bars * 2 && bars < 12 { 2 } else { 1 };
    (step, usize::from(height / step).max(1))
}

pub fn draw(canvas: &mut Canvas<'_>, area: Area, picture: &Picture, cursor: Option<usize>) {
    let (step, fit) = pace(area.height, picture.spots.len());
    let first = cursor.map_or(0, |c| top(c, fit, picture.spots.len()));
    let longest = picture.spots.iter().map(|s| width(&s.label)).max().unwrap_or(0) as u16;
    let labels = (longest + 1).min(area.width * 2 / 3);
    let ends = picture.spots.iter().map(|s| width(&s.text)).max().unwrap_or(0) as u16;
    let bar = area.width.saturating_sub(labels + ends + 4);
    for (i, spot) in picture.spots.iter().enumerate().skip(first).take(fit) {
        let line = area.line((i - first) as u16 * step);
        if line.is_empty() {
            break;
        }
        let is_here = cursor == Some(i);
        if is_here {
            canvas.tint(line, Role::Selected);
            canvas.put((line.x, line.y), 1, &safe!["▸"], Role::Accent);
        }
        canvas.put((line.x + 2, line.y), labels.saturating_sub(1), &spot.label, Role::Text);
        let x = line.x + labels + 2;
        canvas.bar((x, line.y), bar, spot.share, Role::Bar);
        if let (Some(tick), true) = (spot.tick, bar > 0) {
            let at = (tick.clamp(0.0, 1.0) * f64::from(bar - 1)).round() as u16;
            canvas.put((x + at, line.y), 1, &safe!["┃"], Role::Warning);
        }
        canvas.put_end((x + bar + 1, line.y), ends, &spot.text, Role::Strong);
    }
}

pub fn columns(
    canvas: &mut Canvas<'_>,
    area: Area,
    picture: &Picture,
    cursor: Option<usize>,
    shell: &Shell,
) {
    let (graph, feet) = area.split_foot(1);
    for (share, row) in [(1.0, 0), (0.5, graph.height / 2)] {
        canvas.put_end((area.x, graph.line(row).y), AXIS - 2, &shell.percent(share), Role::Dim);
    }
    let count = picture.spots.len().max(1);
    let room = area.width.saturating_sub(AXIS);
    // Columns share the room without gaps; where each begins.
    let begin = |i: usize| area.x + AXIS + (usize::from(room) * i / count) as u16;
    let each = (count * 6).div_ceil(usize::from(room).max(1)).max(1);
    for (i, spot) in picture.spots.iter().enumerate() {
        let (x, next) = (begin(i), begin(i + 1));
        let is_here = cursor == Some(i);
        let bar = Area { x, width: next - x, ..graph };
        canvas.column(bar, spot.share, if is_here { Role::Warning } else { Role::Bar });
        if is_here {
            let above = (f64::from(graph.height) * (1.0 - spot.share)) as u16;
            let y = graph.line(above.saturating_sub(1).min(graph.height.saturating_sub(1))).y;
            let at = x.min((area.x + area.width).saturating_sub(5));
            canvas.put((at, y), 5, &spot.text, Role::Strong);
        }
        if i.is_multiple_of(each) {
            let role = if is_here { Role::Accent } else { Role::Dim };
            canvas.put(
                (x, feet.y),
                (area.x + area.width).saturating_sub(x).min(5),
                &spot.label,
                role,
            );
        }
    }
}
