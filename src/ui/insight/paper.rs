//! A picture as a table. Figures are never cut: headings take two lines first, then words give way, and
//! at last the columns at the end, which the line below tells all the same.

use crate::text::{Dir, SafeText, safe, width, wrap};

use super::super::canvas::{Area, Canvas};
use super::super::theme::Role;
use super::draw::top;
use super::picture::Picture;

/// Cells before the first column.
const GUTTER: u16 = 2;
/// A column of words keeps so much.
const WORDS: u16 = 8;
/// Lines a heading may take.
const HEADS: usize = 2;

/// How a table lies in its region.
struct Layout {
    /// Of the columns that are seen.
    widths: Vec<u16>,
    gap: u16,
    heads: u16,
}

/// Lines the headings take.
fn head_lines(area: Area, picture: &Picture, dir: Dir) -> u16 {
    layout(area, picture, &words(picture), dir).heads
}

/// Which columns hold words.
fn words(picture: &Picture) -> Vec<bool> {
    let is_word = |cell: &SafeText| {
        let first = cell.plain().chars().find(|c| c.is_alphanumeric());
        first.is_some_and(char::is_alphabetic)
    };
    let of = |column: usize| picture.spots.iter().filter_map(move |s| s.row.get(column));
    (0..picture.heads.len()).map(|column| of(column).any(is_word)).collect()
}

fn layout(area: Area, picture: &Picture, words: &[bool], dir: Dir) -> Layout {
    let mut cells = vec![0_u16; picture.heads.len()];
    for spot in &picture.spots {
        for (most, cell) in cells.iter_mut().zip(&spot.row) {
            *most = (*most).max(width(cell) as u16);
        }
    }
    let titles: Vec<u16> = picture.heads.iter().map(|head| width(head) as u16).collect();
    let mut widths: Vec<u16> = titles.iter().zip(&cells).map(|(a, b)| *a.max(b)).collect();
    let mut gap = 2;
    let needs = |widths: &[u16], gap: u16| {
        widths.iter().sum::<u16>() + gap * (widths.len() as u16).saturating_sub(1)
    };
    let room = area.width.saturating_sub(GUTTER);
    let is_over = |widths: &[u16], gap: u16| needs(widths, gap) > room;
    if is_over(&widths, gap) {
        for ((wide, cell), head) in widths.iter_mut().zip(&cells).zip(&picture.heads) {
            let fits = |w: &u16| wrap(head, usize::from(*w).max(1), dir).len() <= HEADS;
            // No word of it is broken.
            let plain = head.plain();
            let longest = plain.split(' ').map(|word| width(&SafeText::clean(word))).max();
            let least = (*cell).max(longest.unwrap_or(0) as u16).min(*wide);
            *wide = (least..=*wide).find(fits).unwrap_or(*wide);
        }
    }
    while is_over(&widths, gap) {
        let of_words = (0..widths.len()).filter(|i| words.get(*i) == Some(&true));
        let wide = |i: usize| widths.get(i).copied().unwrap_or(0);
        let widest = of_words.filter(|i| wide(*i) > WORDS).max_by_key(|i| wide(*i));
        let columns = widths.len();
        match widest.and_then(|i| widths.get_mut(i)) {
            Some(widest) => *widest -= 1,
            None if gap > 1 => gap = 1,
            None if columns > 1 => _ = widths.pop(),
            None => break,
        }
    }
    let is_long = |(wide, title): (&u16, &u16)| title > wide;
    let heads = if widths.iter().zip(&titles).any(is_long) { HEADS as u16 } else { 1 };
    Layout { widths, gap, heads }
}

/// The first row that is seen when so many fit.
fn first(picture: &Picture, cursor: usize, rows: usize) -> usize {
    let lines = picture.lines();
    top(lines.iter().position(|at| *at == cursor).unwrap_or(0), rows, lines.len())
}

/// The mark whose row is so many lines below the top of the region.
pub fn mark_at(area: Area, picture: &Picture, cursor: usize, line: u16, dir: Dir) -> Option<usize> {
    let heads = head_lines(area, picture, dir);
    let rows = usize::from(area.height.saturating_sub(heads)).max(1);
    let row = first(picture, cursor, rows) + usize::from(line.checked_sub(heads)?);
    picture.lines().get(row).copied()
}

pub fn draw(canvas: &mut Canvas<'_>, area: Area, picture: &Picture, cursor: usize, dir: Dir) {
    let words = words(picture);
    let Layout { widths, gap, heads } = layout(area, picture, &words, dir);
    let put = |canvas: &mut Canvas<'_>, y: u16, cells: &[SafeText], role: Role| {
        let mut x = area.x + GUTTER;
        for (i, (cell, wide)) in cells.iter().zip(&widths).enumerate() {
            let room = (*wide).min((area.x + area.width).saturating_sub(x));
            if words.get(i).copied().unwrap_or_default() {
                canvas.put((x, y), room, cell, role);
            } else {
                canvas.put_end((x, y), room, cell, role);
            }
            x = x.saturating_add(wide + gap);
        }
    };
    // The last line of a heading stands above its column, the others above that.
    let wrapped = picture.heads.iter().zip(&widths).map(|(head, wide)| {
        if heads == 1 { vec![head.clone()] } else { wrap(head, usize::from(*wide).max(1), dir) }
    });
    let wrapped: Vec<Vec<SafeText>> = wrapped.collect();
    for line in 0..heads {
        let below = usize::from(heads - 1 - line);
        let cells = wrapped.iter().map(|lines| {
            let at = lines.len().min(usize::from(heads)).checked_sub(below + 1);
            at.and_then(|at| lines.get(at)).cloned().unwrap_or_default()
        });
        put(canvas, area.line(line).y, &cells.collect::<Vec<_>>(), Role::Dim);
    }
    let rows = usize::from(area.height.saturating_sub(heads)).max(1);
    let lines = picture.lines();
    let first = first(picture, cursor, rows);
    for (row, at) in lines.iter().enumerate().skip(first).take(rows) {
        let Some(spot) = picture.spots.get(*at) else { continue };
        let line = area.line((row - first) as u16 + heads);
        if line.is_empty() {
            break;
        }
        if *at == cursor {
            canvas.tint(line, Role::Selected);
            canvas.put((line.x, line.y), 1, &safe!["▸"], Role::Accent);
        }
        put(canvas, line.y, &spot.row, Role::Text);
    }
}
