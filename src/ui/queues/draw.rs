//! Draws a queue: its tabs, its rows, the one under the cursor beside or below, and who is left out.

use crate::desk::{QueuePage, QueueRow};
use crate::domain::{QueueKind, Stage as LifeStage};
use crate::text::words::{campaigns as c, queues as w, terms as t};
use crate::text::{SafeText, safe, width};

use super::super::canvas::{Area, Canvas};
use super::super::frame::sentence;
use super::super::shell::Shell;
use super::super::table::{Column, Placed, fit};
use super::super::theme::Role;
use super::super::{frame, terms, why};
use super::{Queues, Tab, campaigns, detail};

/// From this width on the detail stands beside the list.
const BESIDE: u16 = 100;
/// From this height on the detail stands below the list where it cannot stand beside it.
const BELOW: u16 = 16;
/// Rows of the detail below the list.
const BELOW_ROWS: u16 = 6;
/// Cells before the first column.
const GUTTER: u16 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Name,
    Due,
    Saves,
    Risk,
    Leaves,
    /// Expected value of the call.
    Brings,
    /// How likely it comes off, before the call itself.
    Chance,
    /// When they bought last.
    Last,
    /// The product to propose.
    Offer,
    /// How often the campaign has tried.
    Tried,
    Why,
}

/// Columns that several queues have.
const NAME: Column<What> =
    Column { what: What::Name, title: t::CUSTOMER, least: 16, most: 26, rank: 0, at_end: false };
const BRINGS: Column<What> = Column {
    what: What::Brings,
    title: w::HEAD_BRINGS,
    least: 12,
    most: 14,
    rank: 1,
    at_end: true,
};
const WHY: Column<What> =
    Column { what: What::Why, title: w::HEAD_WHY, least: 24, most: 90, rank: 3, at_end: false };

const RETENTION: &[Column<What>] = &[
    NAME,
    Column { what: What::Saves, title: w::HEAD_SAVES, least: 12, most: 14, rank: 1, at_end: true },
    Column { what: What::Risk, title: w::HEAD_RISK, least: 5, most: 5, rank: 2, at_end: true },
    Column {
        what: What::Leaves,
        title: w::HEAD_LEAVES,
        least: 10,
        most: 11,
        rank: 4,
        at_end: true,
    },
    WHY,
];

const WIN_BACK: &[Column<What>] = &[
    NAME,
    BRINGS,
    Column { what: What::Chance, title: w::HEAD_GONE, least: 5, most: 5, rank: 2, at_end: true },
    Column { what: What::Last, title: w::HEAD_LAST, least: 8, most: 9, rank: 4, at_end: true },
    WHY,
];

const PROPOSALS: &[Column<What>] = &[
    NAME,
    BRINGS,
    Column { what: What::Offer, title: w::HEAD_OFFER, least: 16, most: 30, rank: 2, at_end: false },
    Column { what: What::Why, title: w::HEAD_WHY, least: 16, most: 90, rank: 3, at_end: false },
];

const ACQUISITION: &[Column<What>] = &[
    NAME,
    BRINGS,
    Column { what: What::Chance, title: w::HEAD_CHANCE, least: 6, most: 6, rank: 2, at_end: true },
    WHY,
];

const CAMPAIGN: &[Column<What>] = &[
    NAME,
    BRINGS,
    Column { what: What::Tried, title: c::HEAD_TRIED, least: 6, most: 7, rank: 2, at_end: true },
    WHY,
];

const fn columns(kind: QueueKind) -> &'static [Column<What>] {
    match kind {
        QueueKind::Retention => RETENTION,
        QueueKind::WinBack => WIN_BACK,
        QueueKind::CrossSell | QueueKind::UpSell => PROPOSALS,
        QueueKind::Acquisition => ACQUISITION,
        QueueKind::Callbacks => CALLBACKS,
    }
}

const CALLBACKS: &[Column<What>] = &[
    NAME,
    Column { what: What::Due, title: w::HEAD_DUE, least: 16, most: 22, rank: 1, at_end: false },
    Column { what: What::Saves, title: w::HEAD_SAVES, least: 12, most: 14, rank: 3, at_end: true },
    Column { what: What::Risk, title: w::HEAD_RISK, least: 5, most: 5, rank: 4, at_end: true },
    Column { what: What::Why, title: w::HEAD_WHY, least: 20, most: 90, rank: 2, at_end: false },
];

/// The regions of the body.
struct Parts {
    tabs: Area,
    campaigns: Area,
    rule: Area,
    heads: Area,
    list: Area,
    pillar: Option<u16>,
    detail: Area,
    foot: Area,
}

fn parts(screen: &Queues, area: Area) -> Parts {
    let has_foot = has_foot(screen);
    let (tabs, rest) = area.split_top(1);
    let has_campaigns = screen.page.as_ref().is_some_and(|page| !page.campaigns.is_empty());
    let (campaigns, rest) = rest.split_top(u16::from(has_campaigns && rest.height > 4));
    let (rule, rest) = rest.split_top(1);
    let (rest, foot) = rest.split_foot(u16::from(has_foot && rest.height > 5));
    if area.fits(BESIDE) {
        let wide = (area.width * 2 / 5).clamp(44, 72);
        let (left, right) = rest.split_end(wide);
        let (heads, list) = left.split_top(1);
        let (_, detail) = right.split_start(2);
        return Parts { tabs, campaigns, rule, heads, list, pillar: Some(right.x), detail, foot };
    }
    let (top, detail) = if rest.height + campaigns.height >= BELOW {
        rest.split_foot(BELOW_ROWS + 1)
    } else {
        rest.split_foot(0)
    };
    let (heads, list) = top.split_top(1);
    Parts { tabs, campaigns, rule, heads, list, pillar: None, detail, foot }
}

fn has_foot(screen: &Queues) -> bool {
    screen.campaign.is_some()
        || screen.kind != QueueKind::Callbacks && screen.page.as_ref().is_some_and(|p| p.fitted)
}

/// Rows of the list that fit.
pub fn list_rows(shell: &Shell, screen: &Queues) -> usize {
    usize::from(parts(screen, frame::body(shell)).list.height).max(1)
}

/// The place of the row at a point.
pub fn place_at(screen: &Queues, area: Area, x: u16, y: u16) -> Option<usize> {
    let list = parts(screen, area).list;
    if !list.contains(x, y) {
        return None;
    }
    let place = screen.window.top_for(usize::from(list.height)) + usize::from(y - list.y);
    (place < screen.window.total()).then_some(place)
}

/// The tab at a point.
pub fn tab_at(screen: &Queues, area: Area, x: u16, y: u16, shell: &Shell) -> Option<Tab> {
    let below = parts(screen, area).campaigns;
    if below.contains(x, y) {
        return campaigns::tab_at(screen, below, x, shell).map(Tab::Campaign);
    }
    if y != area.y {
        return None;
    }
    let mut from = area.x + 1;
    let (tabs, gap) = tabs(screen, area.width, shell);
    for (kind, text, _) in tabs {
        let wide = width(&text) as u16;
        if (from..from + wide).contains(&x) {
            return Some(Tab::Kind(kind));
        }
        from += wide + gap;
    }
    None
}

/// A kind, its words, and whether something is late.
type Head = (QueueKind, SafeText, bool);

/// The tabs and the gap between them: with less room closer, then without the counts of those that are
/// neither open nor late.
fn tabs(screen: &Queues, room: u16, shell: &Shell) -> (Vec<Head>, u16) {
    let Some(page) = &screen.page else { return (Vec::new(), 3) };
    let tab = |(kind, n): &(QueueKind, usize), all: bool| {
        let late = *kind == QueueKind::Callbacks && page.overdue > 0;
        let name = shell.say(terms::queue(*kind));
        let mark = if late { " !" } else { "" };
        let counted = all || late || screen.here() == Tab::Kind(*kind);
        let text = if counted { safe![name, " ", shell.number(*n), mark] } else { name };
        (*kind, text, late)
    };
    let mut made = Vec::new();
    for (gap, all) in [(3, true), (2, true), (2, false), (1, false)] {
        let tabs: Vec<Head> = page.sizes.iter().map(|size| tab(size, all)).collect();
        let gaps = gap * tabs.len().saturating_sub(1);
        let wide = tabs.iter().map(|t| width(&t.1)).sum::<usize>() + gaps + 2;
        made = tabs;
        if wide <= usize::from(room) {
            return (made, gap as u16);
        }
    }
    (made, 1)
}

pub fn draw(screen: &Queues, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let p = parts(screen, area);
    head(screen, canvas, p.tabs, shell);
    campaigns::tabs(screen, canvas, p.campaigns, shell);
    if !p.rule.is_empty() {
        canvas.rule((p.rule.x, p.rule.y), p.rule.width);
    }
    if let Some(x) = p.pillar {
        canvas.pillar((x, p.heads.y), p.heads.height + p.list.height);
    }
    if screen.window.total() == 0 {
        let body = Area { height: p.heads.height + p.list.height, ..p.heads };
        empty(screen, canvas, body, shell);
    } else {
        rows(screen, canvas, p.heads, p.list, shell);
        if p.pillar.is_none() && p.detail.height > 1 {
            let (rule, below) = p.detail.split_top(1);
            canvas.rule((rule.x, rule.y), rule.width);
            detail::draw(screen, canvas, below.inset(1), shell);
        } else if p.pillar.is_some() {
            detail::draw(screen, canvas, p.detail, shell);
        }
    }
    if let (Some(page), false) = (&screen.page, p.foot.is_empty()) {
        let as_of = shell.status.as_ref().filter(|s| s.fitted).map(|s| shell.date(s.as_of));
        let day = as_of.map(|day| shell.say_with(w::SCORES_OF, &[("day", day.into())]));
        let room = p.foot.width.saturating_sub(2);
        let text = if page.campaign.is_some() {
            campaigns::left_out(page, usize::from(room), shell)
        } else {
            why::left_out(&page.left_out, day, usize::from(room), shell)
        };
        canvas.put((p.foot.x + 1, p.foot.y), room, &text, Role::Dim);
    }
}

fn head(screen: &Queues, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    if area.is_empty() {
        return;
    }
    let mut x = area.x + 1;
    let (tabs, gap) = tabs(screen, area.width, shell);
    for (kind, text, late) in tabs {
        let role = match (screen.here() == Tab::Kind(kind), late) {
            (true, _) => Role::Accent,
            (false, true) => Role::Warning,
            (false, false) => Role::Dim,
        };
        x += canvas.put((x, area.y), area.width.saturating_sub(x), &text, role) + gap;
    }
    if let Some(page) = screen.page.as_ref().filter(|p| p.worth > 0) {
        let sum = shell.money_in(page.worth, 12);
        let text = shell.say_with(w::WORTH_TODAY, &[("sum", sum.into())]);
        let room = area.width.saturating_sub(x + 1);
        if usize::from(room) >= width(&text) {
            canvas.put_end((x, area.y), room, &text, Role::Strong);
        }
    }
}

fn empty(screen: &Queues, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    use crate::text::words::frame as f;
    if let Some(error) = &screen.error {
        sentence(canvas, area, &safe!["! ", error], Role::Error);
        return;
    }
    let loading = shell.status.as_ref().is_none_or(|s| s.loading.is_some());
    let text = match &screen.page {
        None => shell.say(f::WAITING),
        Some(_) if screen.is_fitting => shell.say(w::FITTING),
        Some(QueuePage { campaign: Some(row), .. }) => campaigns::empty(row, shell),
        Some(_) if screen.kind == QueueKind::Callbacks => shell.say(w::EMPTY_CALLBACKS),
        Some(_) if loading => shell.say(f::WAITING),
        Some(page) if !page.fitted => shell.say(w::NOT_FITTED),
        Some(page) if page.preparing => match screen.kind {
            QueueKind::CrossSell | QueueKind::UpSell => shell.say(w::PREPARING),
            _ => shell.say(f::WAITING),
        },
        Some(page) => match &page.lack {
            Some(lack) => why::lack(lack, shell),
            None => shell.say(match screen.kind {
                QueueKind::WinBack => w::EMPTY_WIN_BACK,
                QueueKind::CrossSell => w::EMPTY_CROSS_SELL,
                QueueKind::UpSell => w::EMPTY_UP_SELL,
                QueueKind::Acquisition => w::EMPTY_ACQUISITION,
                QueueKind::Retention | QueueKind::Callbacks => w::EMPTY_RETENTION,
            }),
        },
    };
    sentence(canvas, area, &text, Role::Text);
}

fn rows(screen: &Queues, canvas: &mut Canvas<'_>, heads: Area, list: Area, shell: &Shell) {
    let columns = if screen.campaign.is_some() { CAMPAIGN } else { columns(screen.kind) };
    let room = list.width.saturating_sub(GUTTER + 1);
    let placed = fit(columns, list.x + GUTTER, room);
    for p in &placed {
        let title = shell.say(p.column.title);
        put(canvas, heads.y, p, &title, Role::Dim);
    }
    for (i, (place, row)) in screen.window.seen(usize::from(list.height)).enumerate() {
        let line = list.line(i as u16);
        if line.is_empty() {
            break;
        }
        if place == screen.window.cursor() {
            canvas.tint(line, Role::Selected);
            canvas.put((line.x + 1, line.y), 1, &safe!["▸"], Role::Accent);
        }
        let Some(row) = row else {
            canvas.put((line.x + GUTTER, line.y), room, &safe!["…"], Role::Dim);
            continue;
        };
        for p in &placed {
            let (text, role) = match p.column.what {
                What::Tried => (campaigns::tried(row, screen, shell), Role::Dim),
                what => cell(what, row, p.width, shell),
            };
            put(canvas, line.y, p, &text, role);
        }
    }
}

fn put(canvas: &mut Canvas<'_>, y: u16, p: &Placed<What>, text: &SafeText, role: Role) {
    if p.column.at_end {
        canvas.put_end((p.x, y), p.width, text, role);
    } else {
        canvas.put((p.x, y), p.width, text, role);
    }
}

fn cell(what: What, row: &QueueRow, room: u16, shell: &Shell) -> (SafeText, Role) {
    let figures = &row.row.figures;
    match what {
        What::Name => {
            let late = row.row.customer.stage == LifeStage::AtRisk;
            let role = if late { Role::Warning } else { Role::Text };
            (SafeText::clean(&row.row.customer.name), role)
        }
        What::Due => due(row, shell),
        What::Tried => (SafeText::EMPTY, Role::Dim),
        What::Saves => match figures.saves.filter(|v| *v > 0) {
            Some(saves) => (shell.money_in(saves, room), Role::Strong),
            None => (SafeText::EMPTY, Role::Dim),
        },
        What::Risk => {
            let risk = figures.risk.map(f64::from);
            let role = if risk.is_some_and(|r| r >= 0.6) { Role::Warning } else { Role::Text };
            (risk.map(|r| shell.percent(r)).unwrap_or_default(), role)
        }
        What::Leaves => (row.leave.map(|day| shell.ahead(day)).unwrap_or_default(), Role::Dim),
        What::Brings => (shell.money_in(row.expected_value, room), Role::Strong),
        What::Chance => (why::chance(row, shell), Role::Text),
        What::Last => (shell.ago(figures.last), Role::Dim),
        What::Offer => {
            let name = row.offer.as_ref().map(|o| SafeText::clean(&o.product.name));
            (name.unwrap_or_default(), Role::Text)
        }
        What::Why => match row.task.as_ref().filter(|t| !t.note.is_empty()) {
            Some(task) => (SafeText::clean(&task.note).isolate(), Role::Text),
            None => (why::of_row(row, shell), Role::Dim),
        },
    }
}

/// When a callback is due; late ones say so.
pub fn due(row: &QueueRow, shell: &Shell) -> (SafeText, Role) {
    let Some(task) = &row.task else { return (SafeText::EMPTY, Role::Dim) };
    let text = shell.when(task.due);
    if task.due <= shell.now { (safe!["! ", text], Role::Overdue) } else { (text, Role::Text) }
}
