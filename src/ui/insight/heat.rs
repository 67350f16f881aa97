//! Heat maps: a grid of cells, the darker the more, each with its number.

use crate::text::{SafeText, safe, width};

use super::super::canvas::{Area, Canvas};
use super::super::theme::Role;
use super::draw::top;
use super::picture::{Picture, Spot};

/// How a grid lies in its region.
pub struct Grid {
    pub labels: u16,
    pub wide: u16,
    pub high: u16,
    pub first_row: usize,
    pub first_column: usize,
    pub rows: usize,
    pub columns: usize,
}

pub fn grid(area: Area, rows: &[SafeText], columns: &[SafeText], cursor: usize) -> Grid {
    let longest = |all: &[SafeText]| all.iter().map(width).max().unwrap_or(0) as u16;
    let labels = (longest(rows) + 2).min(area.width / 3);
    let room = area.width.saturating_sub(labels);
    let least = longest(columns).clamp(5, 14) + 1;
    let wide = (room / columns.len().max(1) as u16).clamp(least.min(room.max(1)), 18);
    let fit = usize::from(room / wide.max(1)).clamp(1, columns.len().max(1));
    let below = area.height.saturating_sub(1);
    let high = match below / rows.len().max(1) as u16 {
        0 | 1 => 1,
        2 | 3 => 2,
        _ => 4,
    };
    let fit_rows = usize::from(below / high).clamp(1, rows.len().max(1));
    let (row, column) = (cursor / columns.len().max(1), cursor % columns.len().max(1));
    // The newest rows stand at the foot: they are seen first.
    let first_row = rows.len().saturating_sub(fit_rows).min(row);
    Grid {
        labels,
        wide,
        high,
        first_row,
        first_column: top(column, fit, columns.len()),
        rows: fit_rows,
        columns: fit,
    }
}

pub fn draw(
    canvas: &mut Canvas<'_>,
    area: Area,
    picture: &Picture,
    (rows, columns): (&[SafeText], &[SafeText]),
    cursor: Option<usize>,
) {
    let g = grid(area, rows, columns, cursor.unwrap_or(picture.spots.len().saturating_sub(1)));
    // Without a cursor the column with the most is among those that are seen.
    let column = picture.most() % columns.len().max(1);
    let first_column =
        if cursor.is_some() { g.first_column } else { top(column, g.columns, columns.len()) };
    let heads = area.line(0);
    for (i, column) in columns.iter().skip(first_column).take(g.columns).enumerate() {
        let x = area.x + g.labels + i as u16 * g.wide;
        let is_here = cursor.is_some_and(|c| c % columns.len().max(1) == first_column + i);
        let role = if is_here { Role::Strong } else { Role::Dim };
        // In line with the figures below it, where it is not cut by that.
        let room = canvas.heat_room(g.wide - 1);
        let pad = u16::from(g.wide > 6 && width(column) < usize::from(room));
        canvas.put_end((x, heads.y), room - pad, column, role);
    }
    for (i, label) in rows.iter().enumerate().skip(g.first_row).take(g.rows) {
        let y = area.y + 1 + (i - g.first_row) as u16 * g.high;
        let high = if g.high > 1 { g.high - 1 } else { 1 };
        let middle = y + (high - 1) / 2;
        let is_here = cursor.is_some_and(|c| c / columns.len().max(1) == i);
        let role = if is_here { Role::Strong } else { Role::Dim };
        canvas.put((area.x, middle), g.labels - 1, label, role);
        for column in first_column..(first_column + g.columns).min(columns.len()) {
            let at = i * columns.len() + column;
            let Some(spot) = picture.spots.get(at).filter(|s| !s.text.is_empty()) else { continue };
            let x = area.x + g.labels + (column - first_column) as u16 * g.wide;

            let cell = Area::new(x, y, g.wide - 1, high);
            cell_of(canvas, cell, middle, spot, cursor == Some(at));
        }
    }
}

fn cell_of(canvas: &mut Canvas<'_>, cell: Area, middle: u16, spot: &Spot, is_here: bool) {
    let level = match spot.share {
        share if share <= 0.0 => 0,
        share => 1 + (share * 4.0).clamp(0.0, 3.99) as u8,
    };
    canvas.heat(cell, level.min(4));
    let room = canvas.heat_room(cell.width);
    let pad = u16::from(room > 5);
    canvas.put_end(
        (cell.x, middle),
        room.saturating_sub(pad),
        &spot.text,
        Role::Heat(level.min(4)),
    );
    if is_here {
        canvas.put((cell.x, middle), 1, &safe!["◆"], Role::Heat(level.min(4)));
        canvas.tint(Area { y: middle, height: 1, ..cell }, Role::Strong);
    }
}
