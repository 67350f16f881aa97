//! Draws the pictures: tabs, the one in focus, the next ones beside it, heat maps, bars, columns, tables.

use crate::text::words::{frame as f, insight as w};
use crate::text::{Dir, SafeText, safe, width, wrap};

use super::super::canvas::{Area, Canvas};
use super::super::frame::{self, sentence};
use super::super::shell::Shell;
use super::super::terms;
use super::super::theme::Role;
use super::Insight;
use super::ladders;
use super::paper;
use super::picture::{Form, Kind, Picture, Spot};

/// From this width on a second picture stands beside the first.
const TWO: u16 = 100;
/// From this size on a third stands below the second.
const THREE: (u16, u16) = (170, 36);
/// Cells of the axis of columns.
const AXIS: u16 = 6;

/// The regions of the body.
struct Parts {
    tabs: Area,
    rule: Area,
    panes: Vec<Area>,
    pillar: Option<(u16, u16, u16)>,
    between: Option<Area>,
}

fn parts(area: Area) -> Parts {
    let (tabs, rest) = area.split_top(1);
    let (rule, rest) = rest.split_top(u16::from(rest.height > 6));
    if area.width < TWO {
        return Parts { tabs, rule, panes: vec![rest.inset(1)], pillar: None, between: None };
    }
    let (left, right) = rest.split_end(rest.width * 2 / 5);
    let pillar = Some((right.x, right.y, right.height));
    let (_, right) = right.split_start(2);
    let right = Area { width: right.width.saturating_sub(1), ..right };
    let (_, left) = left.split_start(1);
    let left = Area { width: left.width.saturating_sub(1), ..left };
    if area.width < THREE.0 || area.height < THREE.1 {
        return Parts { tabs, rule, panes: vec![left, right], pillar, between: None };
    }
    let (above, below) = right.split_top(right.height / 2);
    let (between, below) = below.split_top(1);
    Parts { tabs, rule, panes: vec![left, above, below], pillar, between: Some(between) }
}

/// The pictures that are seen when this one is in focus.
pub fn seen(kind: Kind, shell: &Shell) -> Vec<Kind> {
    let panes = parts(frame::body(shell)).panes.len();
    (0..panes).map(|by| kind.further(by)).collect()
}

/// The tabs with the place each begins at: as many as fit, the one in focus among them.
fn tabs(screen: &Insight, room: u16, shell: &Shell) -> Vec<(Kind, SafeText, u16)> {
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

/// The picture whose tab, or whose pane beside the first, is at a point.
pub fn kind_at(screen: &Insight, area: Area, (x, y): (u16, u16), shell: &Shell) -> Option<Kind> {
    let p = parts(area);
    if p.tabs.contains(x, y) {
        let inside = x.checked_sub(p.tabs.x + 1)?;
        let placed = tabs(screen, tab_room(screen, p.tabs.width, shell), shell);
        let hit =
            placed.iter().find(|(_, n, from)| (*from..*from + width(n) as u16).contains(&inside));
        return hit.map(|(kind, ..)| *kind);
    }
    let beside = p.panes.iter().skip(1).position(|pane| pane.contains(x, y));
    beside.map(|at| screen.kind.further(at + 1))
}

/// The mark of the picture in focus at a point.
pub fn place_at(screen: &Insight, area: Area, (x, y): (u16, u16), shell: &Shell) -> Option<usize> {
    let pane = *parts(area).panes.first()?;
    let picture = screen.focus()?;
    let body = body(pane, picture, shell.dir());
    let (x, y) = (x.checked_sub(body.x)?, y.checked_sub(body.y)?);
    let window = |at: u16, first: usize, size: u16| first + usize::from(at / size.max(1));
    let place = if screen.is_table {
        paper::mark_at(body, picture, screen.cursor, y, shell.dir())?
    } else {
        match &picture.form {
            Form::Heat { rows, columns } => {
                let g = grid(body, rows, columns, screen.cursor);
                let (x, y) = (x.checked_sub(g.labels)?, y.checked_sub(1)?);
                let row = window(y, g.first_row, g.high);
                let column = window(x, g.first_column, g.wide);
                (row < rows.len() && column < columns.len())
                    .then_some(row * columns.len() + column)?
            }
            Form::Bars => {
                let (step, fit) = pace(body.height, picture.spots.len());
                top(screen.cursor, fit, picture.spots.len()) + usize::from(y / step)
            }
            Form::Ladders(_) => {
                top(screen.cursor, ladders::fit(body), picture.spots.len()) + usize::from(y)
            }
            Form::Columns => {
                let room = usize::from(body.width.saturating_sub(AXIS)).max(1);
                usize::from(x.checked_sub(AXIS)?) * picture.spots.len() / room
            }
        }
    };
    picture.spots.get(place).filter(|s| screen.is_table || !s.text.is_empty()).map(|_| place)
}

pub fn draw(screen: &Insight, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let p = parts(area);
    head(screen, canvas, p.tabs, shell);
    if !p.rule.is_empty() {
        canvas.rule((p.rule.x, p.rule.y), p.rule.width);
    }
    if let Some((x, y, height)) = p.pillar {
        canvas.pillar((x, y), height);
    }
    if let Some(between) = p.between {
        canvas.rule((between.x.saturating_sub(1), between.y), between.width + 1);
    }
    for (by, pane) in p.panes.iter().enumerate() {
        pane_of(screen, screen.kind.further(by), by == 0, canvas, *pane, shell);
    }
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

fn tab_room(screen: &Insight, room: u16, shell: &Shell) -> u16 {
    room.saturating_sub(width(&limits(screen, shell)).min(30) as u16 + 4)
}

fn head(screen: &Insight, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
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

fn pane_of(
    screen: &Insight,
    kind: Kind,
    in_focus: bool,
    canvas: &mut Canvas<'_>,
    area: Area,
    shell: &Shell,
) {
    if area.height < 3 {
        return;
    }
    let name = shell.say(kind.name());
    let Some(picture) = screen.picture(kind) else {
        canvas.put((area.x, area.y), area.width, &name, Role::Dim);
        let waiting = if screen.is_fitting {
            shell.say(crate::text::words::queues::FITTING)
        } else {
            shell.say(f::WAITING)
        };
        sentence(canvas, area, &safe![waiting, " …"], Role::Dim);
        return;
    };
    let role = if in_focus { Role::Accent } else { Role::Dim };
    canvas.put((area.x, area.y), area.width, &name, role);
    let dir = shell.lang().dir();
    if picture.spots.is_empty() {
        let fitting = screen.is_fitting.then(|| shell.say(crate::text::words::queues::FITTING));
        sentence(canvas, area, &fitting.unwrap_or_else(|| picture.finding.clone()), Role::Text);
        return;
    }
    let role = if in_focus { Role::Strong } else { Role::Text };
    let lines = wrap(&picture.finding, usize::from(area.width).max(1), dir);
    for (i, line) in lines.iter().take(FINDING_LINES).enumerate() {
        let at = area.line(1 + i as u16);
        canvas.put((at.x, at.y), at.width, line, role);
    }
    let legend = area.line(legend_line(area, lines.len()));
    if !(in_focus && screen.is_table) {
        canvas.put((legend.x, legend.y), legend.width, &picture.legend, Role::Dim);
    }
    let inside = body(area, picture, dir);
    let cursor = in_focus.then_some(screen.cursor);
    if in_focus && screen.is_table {
        paper::draw(canvas, inside, picture, screen.cursor, dir);
    } else {
        match &picture.form {
            Form::Heat { rows, columns } => heat(canvas, inside, picture, (rows, columns), cursor),
            Form::Bars => bars(canvas, inside, picture, cursor),
            Form::Columns => columns(canvas, inside, picture, cursor, shell),
            Form::Ladders(all) => ladders::draw(canvas, inside, picture, all, cursor, shell),
        }
    }
    let is_told = matches!(picture.form, Form::Ladders(_)) && !screen.is_table;
    if in_focus && !is_told {
        let lines = wrap(&picture.told(screen.cursor), usize::from(area.width).max(1), dir);
        let from = area.height.saturating_sub(foot_lines(area));
        for (i, line) in lines.iter().take(usize::from(foot_lines(area))).enumerate() {
            let at = area.line(from + i as u16);
            canvas.put((at.x, at.y), at.width, line, Role::Dim);
        }
    }
}

/// Lines a finding may take.
const FINDING_LINES: usize = 3;

/// Lines for the numbers of the mark under the cursor.
fn foot_lines(area: Area) -> u16 {
    if area.height > 12 { 2 } else { 1 }
}

/// Where the picture itself stands, between its finding and its foot.
fn body(area: Area, picture: &Picture, dir: Dir) -> Area {
    let lines = wrap(&picture.finding, usize::from(area.width).max(1), dir).len();
    let above = legend_line(area, lines) + u16::from(!picture.legend.is_empty());
    let (_, rest) = area.split_top(above);
    // What is told of a ladder stands among the ladders.
    if matches!(picture.form, Form::Ladders(_)) {
        return rest;
    }
    rest.split_foot(foot_lines(area) + u16::from(area.height > 12)).0
}

/// Where the legend stands: below the finding, with a gap where there is room.
fn legend_line(area: Area, finding: usize) -> u16 {
    1 + finding.min(FINDING_LINES) as u16 + u16::from(area.height > 16)
}

/// The first of `of` rows that is seen when `fit` fit and the cursor must be among them.
pub(super) fn top(cursor: usize, fit: usize, of: usize) -> usize {
    let most = of.saturating_sub(fit);
    (cursor + 1).saturating_sub(fit.max(1)).min(most)
}

/// How a grid lies in its region.
struct Grid {
    labels: u16,
    wide: u16,
    high: u16,
    first_row: usize,
    first_column: usize,
    rows: usize,
    columns: usize,
}

fn grid(area: Area, rows: &[SafeText], columns: &[SafeText], cursor: usize) -> Grid {
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

fn heat(
    canvas: &mut Canvas<'_>,
    area: Area,
    picture: &Picture,
    (rows, columns): (&[SafeText], &[SafeText]),
    cursor: Option<usize>,
) {
    let g = grid(area, rows, columns, cursor.unwrap_or(picture.spots.len().saturating_sub(1)));
    let first_column = if cursor.is_some() { g.first_column } else { 0 };
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

/// Lines a bar takes, and bars that fit.
fn pace(height: u16, bars: usize) -> (u16, usize) {
    let step = if usize::from(height) >= bars * 2 && bars < 12 { 2 } else { 1 };
    (step, usize::from(height / step).max(1))
}

fn bars(canvas: &mut Canvas<'_>, area: Area, picture: &Picture, cursor: Option<usize>) {
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

fn columns(
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
