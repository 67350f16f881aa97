//! Draws the work: whose, the list, and what the step under the cursor asks.

use crate::desk::{CaseLine, WorkItem, WorkRow, WorkScope};
use crate::domain::ContactKind;
use crate::text::words::work as w;
use crate::text::{SafeText, phone, safe, width, wrap};

use super::super::canvas::{Area, Canvas};
use super::super::frame::sentence;
use super::super::shell::Shell;
use super::super::table::{Column, Placed, fit};
use super::super::terms;
use super::super::theme::Role;
use super::Work;

/// From this width on the detail stands beside the list.
const BESIDE: u16 = 100;
/// Cells before the first column.
const GUTTER: u16 = 3;

#[derive(Clone, Copy)]
enum Cell {
    What,
    Customer,
    Due,
    Who,
    Team,
    Note,
}

const fn column(
    what: Cell,
    title: crate::text::Phrase,
    sizes: (u16, u16),
    rank: u8,
) -> Column<Cell> {
    Column { what, title, least: sizes.0, most: sizes.1, rank, at_end: false }
}

const COLUMNS: &[Column<Cell>] = &[
    column(Cell::What, w::WHAT, (22, 38), 0),
    column(Cell::Customer, w::CUSTOMER, (16, 26), 1),
    column(Cell::Due, w::DUE, (17, 20), 0),
    column(Cell::Who, w::WHO, (8, 14), 3),
    column(Cell::Team, w::TEAM, (8, 14), 4),
    column(Cell::Note, w::NOTE, (14, 60), 5),
];

/// The regions of the body.
struct Parts {
    tabs: Area,
    rule: Area,
    head: Area,
    list: Area,
    pillar: Option<u16>,
    detail: Area,
}

fn parts(area: Area) -> Parts {
    let (tabs, rest) = area.split_top(1);
    let (rule, rest) = rest.split_top(u16::from(area.height >= 8));
    let (left, pillar, detail) = if area.fits(BESIDE) {
        let (left, right) = rest.split_end((rest.width / 3).clamp(36, 64));
        let (_, detail) = right.split_start(2);
        (left, Some(right.x), detail)
    } else {
        // Narrow: the detail folds under.
        let (left, foot) = rest.split_foot(if rest.height >= 14 { 6 } else { 0 });
        (left, None, foot)
    };
    let (head, list) = left.split_top(u16::from(left.height >= 4));
    Parts { tabs, rule, head, list, pillar, detail }
}

/// The scopes with their places in the head line.
fn scopes(screen: &Work, area: Area, shell: &Shell) -> Vec<(WorkScope, SafeText, Role, u16)> {
    let sums = screen.found.as_ref().map(|work| work.sums.as_slice()).unwrap_or_default();
    let mut x = area.x + 1;
    let mut placed = Vec::new();
    for scope in WorkScope::ALL {
        let (n, late) =
            sums.iter().find(|(s, ..)| s == scope).map_or((0, 0), |(_, n, late)| (*n, *late));
        let name = shell.say(match scope {
            WorkScope::Mine => w::MINE,
            WorkScope::Team => w::MY_TEAM,
            WorkScope::All => w::EVERYBODY,
        });
        let mut text = safe![name, " ", shell.number(n)];
        if late > 0 {
            text = safe![text, "  ! ", shell.number(late)];
        }
        let is_here = *scope == screen.scope && screen.step.is_none();
        let role = match (is_here, late > 0) {
            (true, _) => Role::Accent,
            (false, true) => Role::Warning,
            (false, false) => Role::Text,
        };
        let wide = width(&text) as u16;
        placed.push((*scope, text, role, x));
        x += wide + 3;
    }
    placed
}

/// The scope at a point.
pub fn scope_at(screen: &Work, area: Area, x: u16, y: u16, shell: &Shell) -> Option<WorkScope> {
    let p = parts(area);
    let all = scopes(screen, p.tabs, shell);
    let found = all.iter().find(|(_, text, _, at)| (*at..*at + width(text) as u16).contains(&x));
    found.filter(|_| p.tabs.contains(x, y)).map(|(scope, ..)| *scope)
}

/// The place of the row at a point.
pub fn place_at(screen: &Work, area: Area, x: u16, y: u16) -> Option<usize> {
    let p = parts(area);
    let place = top(screen, p.list) + usize::from(y.checked_sub(p.list.y)?);
    (p.list.contains(x, y) && place < screen.rows().len()).then_some(place)
}

/// The first row that is seen: the cursor's is among them.
fn top(screen: &Work, list: Area) -> usize {
    let room = usize::from(list.height).max(1);
    (screen.cursor + 1).saturating_sub(room)
}

pub fn draw(screen: &Work, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    use crate::text::words::frame as f;
    if let Some(error) = &screen.error {
        sentence(canvas, area, &safe!["! ", error], Role::Error);
        return;
    }
    let Some(work) = &screen.found else {
        sentence(canvas, area, &safe![shell.say(f::WAITING), " …"], Role::Dim);
        return;
    };
    let p = parts(area);
    for (_, text, role, x) in scopes(screen, p.tabs, shell) {
        let room = (p.tabs.x + p.tabs.width).saturating_sub(x);
        canvas.put((x, p.tabs.y), room, &text, role);
    }
    if screen.step.is_some() {
        step(screen, canvas, p.tabs, shell);
    }
    if !p.rule.is_empty() {
        canvas.rule((p.rule.x, p.rule.y), p.rule.width);
    }
    if work.rows.is_empty() {
        let text = match screen.scope {
            _ if screen.step.is_some() => w::NOTHING_THERE,
            WorkScope::Mine => w::NOTHING_MINE,
            WorkScope::Team => w::NOTHING_TEAM,
            WorkScope::All => w::NOTHING_AT_ALL,
        };
        let whole = Area { y: p.head.y, height: p.head.height + p.list.height, ..p.list };
        sentence(canvas, whole, &shell.say(text), Role::Dim);
        return;
    }
    let columns = fit(COLUMNS, p.list.x + GUTTER, p.list.width.saturating_sub(GUTTER + 1));
    if !p.head.is_empty() {
        for placed in &columns {
            let at = (placed.x, p.head.y);
            canvas.put(at, placed.width, &shell.say(placed.column.title), Role::Dim);
        }
    }
    let from = top(screen, p.list);
    let seen = work.rows.iter().enumerate().skip(from).take(usize::from(p.list.height));
    for (at, row) in seen {
        let line = p.list.line((at - from) as u16);
        if at == screen.cursor {
            canvas.tint(line, Role::Selected);
            canvas.put((line.x + 1, line.y), 1, &safe!["▸"], Role::Accent);
        }
        for placed in &columns {
            cell(row, placed, line.y, canvas, shell);
        }
    }
    if let Some(x) = p.pillar {
        canvas.pillar((x, p.list.y.saturating_sub(1)), p.list.height + 1);
    } else if !p.detail.is_empty() {
        canvas.rule((p.detail.x, p.detail.y), p.detail.width);
    }
    if let Some(row) = screen.row() {
        let area = if p.pillar.is_some() {
            p.detail
        } else {
            let (_, below) = p.detail.split_top(1);
            below.inset(1)
        };
        detail(row, canvas, area, shell);
    }
}

/// The step whose cases are seen, after the scopes.
fn step(screen: &Work, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let Some(work) = &screen.found else { return };
    let last = scopes(screen, area, shell).pop();
    let x = last.map_or(area.x + 1, |(_, text, _, x)| x + width(&text) as u16 + 3);
    let name = screen.row().map_or(SafeText::EMPTY, |row| what(row, shell));
    let text = safe![name, " ", shell.number(work.total)];
    let room = (area.x + area.width).saturating_sub(x + 1);
    canvas.put((x, area.y), room, &text, Role::Accent);
}

/// When something is due; late says so.
fn due(row: &WorkRow, shell: &Shell) -> (SafeText, Role) {
    let text = shell.when(row.due);
    if row.due < shell.now { (safe!["! ", text], Role::Overdue) } else { (text, Role::Text) }
}

fn what(row: &WorkRow, shell: &Shell) -> SafeText {
    match &row.item {
        WorkItem::Task(task) => shell.say(terms::task(task.kind)),
        WorkItem::Step(line) => {
            let step = SafeText::clean(&line.step.name).isolate();
            safe![SafeText::clean(&line.process).isolate(), ": ", step]
        }
    }
}

fn note(row: &WorkRow) -> SafeText {
    let text = match &row.item {
        WorkItem::Task(task) => &task.note,
        WorkItem::Step(line) => &line.case.note,
    };
    SafeText::clean(text.lines().next().unwrap_or_default())
}

fn cell(row: &WorkRow, placed: &Placed<Cell>, y: u16, canvas: &mut Canvas<'_>, shell: &Shell) {
    let (text, role) = match placed.column.what {
        Cell::What => (what(row, shell), Role::Text),
        Cell::Customer => (SafeText::clean(&row.row.customer.name), Role::Strong),
        Cell::Due => due(row, shell),
        Cell::Who if row.owner.is_empty() => (shell.say(w::NOBODY), Role::Dim),
        Cell::Who => (SafeText::clean(&row.owner), Role::Text),
        Cell::Team => match &row.item {
            WorkItem::Step(line) => (SafeText::clean(&line.step.team), Role::Dim),
            WorkItem::Task(_) => (SafeText::EMPTY, Role::Dim),
        },
        Cell::Note => (note(row), Role::Dim),
    };
    canvas.put((placed.x, y), placed.width, &text, role);
}

fn detail(row: &WorkRow, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    for (at, (text, role)) in lines(row, area.width, shell).into_iter().enumerate() {
        let line = area.line(at as u16);
        if line.is_empty() {
            return;
        }
        canvas.put((line.x, line.y), line.width.saturating_sub(1), &text, role);
    }
}

fn lines(row: &WorkRow, wide: u16, shell: &Shell) -> Vec<(SafeText, Role)> {
    let customer = &row.row.customer;
    let stage = shell.say(terms::stage(customer.stage));
    let mut lines =
        vec![(safe![SafeText::clean(&customer.name).isolate(), "  ", stage], Role::Strong)];
    if let Some(number) = customer.contact(ContactKind::Phone) {
        let city = SafeText::clean(&customer.place.city).isolate();
        lines.push((safe![phone::pretty(number, shell.lang()), "  ", city], Role::Text));
    }
    match &row.item {
        WorkItem::Step(line) => steps(row, line, wide, shell, &mut lines),
        WorkItem::Task(task) => {
            let (when, role) = due(row, shell);
            lines.push((safe![shell.say(terms::task(task.kind)), "  ", when], role));
            words(&task.note, wide, shell, &mut lines);
        }
    }
    lines
}

/// The way of a case: what is behind it, what it asks now, what is to come.
fn steps(
    row: &WorkRow,
    line: &CaseLine,
    wide: u16,
    shell: &Shell,
    lines: &mut Vec<(SafeText, Role)>,
) {
    let case = &line.case;
    let place = shell.say_with(
        w::STEP_OF,
        &[
            ("process", SafeText::clean(&line.process).into()),
            ("n", (usize::from(case.step) + 1).into()),
            ("of", line.steps.into()),
        ],
    );
    let is_late = row.due < shell.now;
    lines.push((SafeText::EMPTY, Role::Text));
    lines.push((place, Role::Accent));
    lines.push((SafeText::clean(&line.step.name), Role::Strong));
    let team = SafeText::clean(&line.step.team);
    let mut whose = shell.say_with(w::BY_TEAM, &[("team", team.into())]);
    if !line.step.role.is_empty() {
        whose = safe![whose, " · ", SafeText::clean(&line.step.role).isolate()];
    }
    if !line.owner.is_empty() {
        whose = safe![whose, " · ", SafeText::clean(&line.owner).isolate()];
    }
    lines.push((whose, Role::Text));
    let at = shell.say_with(w::DUE_AT, &[("when", shell.when(row.due).into())]);
    lines.push(if is_late { (safe!["! ", at], Role::Overdue) } else { (at, Role::Text) });
    words(&case.note, wide, shell, lines);
    lines.push((SafeText::EMPTY, Role::Text));
    let begun = shell.when(case.opened);
    lines.push((shell.say_with(w::BEGUN, &[("when", begun.into())]), Role::Dim));
    for (passage, by) in case.passages.iter().zip(&line.by) {
        let name = line.names.get(usize::from(passage.step)).map_or("", String::as_str);
        let day = shell.when(passage.at);
        let by = SafeText::clean(by).isolate();
        lines.push((safe!["✓ ", SafeText::clean(name)], Role::Good));
        lines.push((safe!["  ", by, " · ", day], Role::Dim));
        words(&passage.note, wide, shell, lines);
    }
    for (at, name) in line.names.iter().enumerate().skip(usize::from(case.step)) {
        let is_here = at == usize::from(case.step);
        let (sign, role) = if is_here { ("▸ ", Role::Text) } else { ("· ", Role::Dim) };
        lines.push((safe![sign, SafeText::clean(name)], role));
    }
}

/// A text in as many lines as it needs, but no more than four.
fn words(text: &str, wide: u16, shell: &Shell, lines: &mut Vec<(SafeText, Role)>) {
    const ROWS: usize = 4;
    if text.is_empty() {
        return;
    }
    let room = usize::from(wide.saturating_sub(3)).max(8);
    let folded = wrap(&SafeText::clean(text), room, shell.dir());
    lines.extend(folded.into_iter().take(ROWS).map(|row| (safe!["  ", row], Role::Dim)));
}
