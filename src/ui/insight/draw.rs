//! Draws the pictures: tabs, the one in focus, the next ones beside it, heat maps, bars, columns, tables.

use crate::text::words::frame as f;
use crate::text::{Dir, safe, width, wrap};

use super::super::canvas::{Area, Canvas};
use super::super::frame::{self, sentence};
use super::super::shell::Shell;
use super::super::theme::Role;
use super::Insight;
use super::bars::{self, AXIS, pace};
use super::heat::{self, grid};
use super::ladders;
use super::paper;
use super::picture::{Form, Kind, Picture};
use super::tabs::{head, tab_room, tabs};

/// From this width on a second picture stands beside the first.
const TWO: u16 = 100;
/// From this size on a third stands below the second.
const THREE: (u16, u16) = (170, 36);
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
            Form::Heat { rows, columns } => {
                heat::draw(canvas, inside, picture, (rows, columns), cursor);
            }
            Form::Bars => bars::draw(canvas, inside, picture, cursor),
            Form::Columns => bars::columns(canvas, inside, picture, cursor, shell),
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
