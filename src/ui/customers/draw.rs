//! Draws the list: the search line, the head, the rows, and beside them on wide screens the one under
//! the cursor.

use crate::desk::Row;
use crate::directory::{Sort, SortField};
use crate::text::words::{customers as w, frame as f};
use crate::text::{SafeText, safe, width};

use super::super::canvas::{Area, Canvas};
use super::super::frame::sentence;
use super::super::message::Stage;
use super::super::shell::Shell;
use super::super::table::{Placed, fit};
use super::super::theme::Role;
use super::columns::{self, What};
use super::{Customers, Focus, Marks, bulk};

/// Rows above the first customer: the search line, the rule, the heads.
pub const HEAD_ROWS: u16 = 3;
/// From this width on the customer under the cursor is shown beside the list.
const BESIDE: u16 = 150;
/// How wide it is then.
const SIDE: u16 = 46;
/// Cells before the first column: cursor and mark.
const GUTTER: u16 = 3;

/// Customers that fit.
pub fn list_rows(body: Area) -> usize {
    usize::from(body.height.saturating_sub(HEAD_ROWS)).max(1)
}

pub fn draw(screen: &Customers, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let (search, rest) = area.split_top(1);
    let (rule, rest) = rest.split_top(1);
    if rest.is_empty() {
        // Room for one thing only: the one under the cursor, or what is typed.
        if screen.focus == Focus::List {
            rows(screen, canvas, search, shell);
        } else {
            search_line(screen, canvas, search, rule, shell);
        }
        return;
    }
    canvas.rule((rule.x, rule.y), rule.width);
    search_line(screen, canvas, search, rule, shell);
    let (list, side) =
        if rest.fits(BESIDE) { rest.split_end(SIDE) } else { (rest, Area::default()) };
    rows(screen, canvas, list, shell);
    if !side.is_empty() {
        canvas.pillar((side.x, side.y), side.height);
        if let Some(row) = screen.window.current() {
            beside(row, canvas, side.split_start(2).1, shell);
        }
    }
}

/// What was typed at the start, what it found at the end.
fn search_line(screen: &Customers, canvas: &mut Canvas<'_>, area: Area, rule: Area, shell: &Shell) {
    let sums = sums(screen, usize::from(area.width * 2 / 5), shell);
    let sums_width = width(&sums) as u16;
    let room = area.width.saturating_sub(sums_width + 4);
    let search_width = (room / 3).clamp(6.min(room), 34);
    let (x, y) = (area.x + 1, area.y);
    canvas.put((x, y), 1, &safe!["/"], Role::Key);
    let is_search = screen.focus == Focus::Search;
    if screen.search.is_empty() && !is_search {
        canvas.put((x + 2, y), search_width, &shell.say(w::SEARCH_HERE), Role::Dim);
    } else {
        canvas.put_field((x + 2, y), search_width.saturating_sub(2), &screen.search, is_search);
    }
    let ex = x + search_width + 2;
    let expression_width = room.saturating_sub(search_width + 3);
    let is_expression = screen.focus == Focus::Expression;
    if screen.expression.is_empty() && !is_expression {
        canvas.put((ex, y), expression_width, &shell.say(w::FILTER_HERE), Role::Dim);
    } else {
        canvas.put_code((ex, y), expression_width, &screen.expression, is_expression);
    }
    canvas.put_end((area.x, y), area.width.saturating_sub(1), &sums, Role::Dim);
    if rule.is_empty() {
        return;
    }
    if let Some(error) = &screen.error {
        // Points at the character: a mark under it, and the words after the mark.
        let before = screen.expression.text().get(..error.at.start).unwrap_or_default();
        let column = width(&SafeText::clean(before)) as u16;
        let at = canvas.code_column(ex, expression_width, column);
        let words = super::super::tell::expression_in(error, shell.lang());
        canvas.put((at, rule.y), 1, &safe!["▲"], Role::Error);
        let line = safe![" ", words, " "];
        let room = rule.width.saturating_sub(at + 1);
        let wide = width(&line) as u16;
        // Where the words have no room after the mark they stand before it.
        if wide <= room {
            canvas.put((at + 1, rule.y), room, &line, Role::Error);
        } else {
            canvas.put((at.saturating_sub(wide), rule.y), wide, &line, Role::Error);
        }
    } else if is_expression && !screen.words.is_empty() {
        let words: Vec<SafeText> =
            screen.words.iter().take(12).map(|word| SafeText::clean(word).isolate()).collect();
        let line = safe![" ", SafeText::join(&words, &safe!["  "]), " "];
        canvas.put((ex, rule.y), rule.width.saturating_sub(ex), &line, Role::Dim);
    }
}

/// What is marked, found and worth, as far as there is room.
fn sums(screen: &Customers, room: usize, shell: &Shell) -> SafeText {
    let total = screen.window.total();
    let mut parts = Vec::new();
    match &screen.marks {
        Marks::All => parts.push(shell.say_with(w::ALL_MARKED, &[("n", total.into())])),
        Marks::These(ids) if !ids.is_empty() => {
            parts.push(shell.say_with(w::MARKED, &[("n", ids.len().into())]));
        }
        Marks::These(_) => {}
    }
    if screen.window.is_known() {
        parts.push(shell.say_with(w::OF, &[("n", total.into()), ("of", screen.of.into())]));
        let worth = shell.short_money(screen.worth);
        if screen.worth != 0 {
            parts.push(shell.say_with(w::WORTH, &[("n", worth.into())]));
        } else if screen.spent != 0 {
            let spent = shell.short_money(screen.spent);
            parts.push(shell.say_with(w::SPENT_SUM, &[("n", spent.into())]));
        }
    }
    let gap = safe!["   "];
    while !parts.is_empty() {
        let line = SafeText::join(&parts, &gap);
        if width(&line) <= room {
            return line;
        }
        parts.pop();
    }
    SafeText::EMPTY
}

fn rows(screen: &Customers, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let chosen = shell.preferences().map(|p| p.columns.as_slice()).unwrap_or_default();
    let mut all = columns::of(chosen);
    // Figures nobody has are no use: before the models are fitted their columns leave their room.
    let has_model = screen.window.rows().iter().any(|r| r.figures.value.is_some());
    if chosen.is_empty() && !has_model {
        all.retain(|c| !matches!(c.what, What::Value | What::Risk | What::Leave));
    }
    let inner = area.width.saturating_sub(GUTTER + 1);
    let placed = fit(&all, area.x + GUTTER, inner);
    let (head, list) = if area.height > 1 { area.split_top(1) } else { (Area::default(), area) };
    if !head.is_empty() {
        heads(screen, canvas, head.y, &placed, shell);
    }
    if screen.window.total() == 0 {
        empty(screen, canvas, list, shell);
        return;
    }
    for (i, (place, row)) in screen.window.seen(usize::from(list.height)).enumerate() {
        let line = list.line(i as u16);
        if line.is_empty() {
            break;
        }
        let is_here = place == screen.window.cursor();
        if is_here {
            canvas.tint(line, Role::Selected);
            canvas.put(
                (line.x + 1.min(line.width.saturating_sub(1)), line.y),
                1,
                &safe!["▸"],
                Role::Accent,
            );
        }
        let Some(row) = row else {
            canvas.put((line.x + GUTTER, line.y), line.width, &safe!["…"], Role::Dim);
            continue;
        };
        let in_range = screen.range.is_some_and(|start| {
            (start.min(screen.window.cursor())..=start.max(screen.window.cursor())).contains(&place)
        });
        if screen.is_marked(row.customer.id) {
            canvas.put((line.x + 2, line.y), 1, &safe!["●"], Role::Accent);
        } else if in_range {
            canvas.put((line.x + 2, line.y), 1, &safe!["│"], Role::Accent);
        }
        cells(canvas, line.y, &placed, row, shell);
    }
}

fn heads(
    screen: &Customers,
    canvas: &mut Canvas<'_>,
    y: u16,
    placed: &[Placed<What>],
    shell: &Shell,
) {
    let sorted = if is_best(screen.sort) { None } else { bulk::order_name(screen.sort) };
    for p in placed {
        let title = shell.say(p.column.title);
        let is_sorted = sorted == Some(columns::name(p.column.what));
        let arrow = if screen.sort.descending { "▾" } else { "▴" };
        let (text, role) =
            if is_sorted { (safe![title, arrow], Role::Accent) } else { (title, Role::Dim) };
        if p.column.at_end {
            canvas.put_end((p.x, y), p.width, &text, role);
        } else {
            canvas.put((p.x, y), p.width, &text, role);
        }
    }
}

fn cells(canvas: &mut Canvas<'_>, y: u16, placed: &[Placed<What>], row: &Row, shell: &Shell) {
    for p in placed {
        let (text, role) = columns::cell(p.column.what, row, p.width, shell);
        if p.column.what == What::Name && text == row.customer.name.as_str() {
            canvas.put_matched((p.x, y), p.width, &text, role, &row.matches);
        } else if p.column.at_end {
            canvas.put_end((p.x, y), p.width, &text, role);
        } else {
            canvas.put((p.x, y), p.width, &text, role);
        }
    }
}

fn empty(screen: &Customers, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let is_loading = shell.status.as_ref().is_none_or(|s| s.loading.is_some());
    if !screen.window.is_known() || (is_loading && screen.of == 0) {
        let text = if shell.opening == Stage::Ready { f::WAITING } else { f::STARTING };
        sentence(canvas, area, &safe![shell.say(text), " …"], Role::Dim);
    } else if screen.of == 0 {
        sentence(canvas, area, &shell.say(w::EMPTY), Role::Text);
    } else if screen.error.is_none() {
        sentence(canvas, area, &shell.say(w::NO_MATCH), Role::Text);
    }
}

/// The customer under the cursor at more length.
fn beside(row: &Row, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    use super::super::terms;
    let customer = &row.customer;
    let mut lines: Vec<(SafeText, Role)> =
        vec![(SafeText::clean(&customer.name), Role::Strong), (SafeText::EMPTY, Role::Text)];
    if customer.must_not_be_called() {
        lines.push((safe!["⊘ ", shell.say(w::NOW_NOT_CALLED)], Role::Warning));
    }
    for contact in customer.contacts.iter().take(4) {
        let value = match contact.kind {
            crate::domain::ContactKind::Phone => {
                crate::text::phone::pretty(&contact.value, shell.lang())
            }
            _ => SafeText::clean(&contact.value).ltr(),
        };
        lines.push((safe![value, "  ", SafeText::clean(&contact.label)], Role::Text));
    }
    let place = [&customer.place.city, &customer.place.region, &customer.place.address];
    let place: Vec<SafeText> =
        place.iter().filter(|t| !t.is_empty()).map(|t| SafeText::clean(t)).collect();
    lines.push((SafeText::join(&place, &safe![", "]), Role::Text));
    lines.push((shell.say(terms::stage(customer.stage)), Role::Text));
    lines.push((SafeText::clean(&customer.tags.join(", ")), Role::Dim));
    lines.push((SafeText::EMPTY, Role::Text));
    for what in [
        What::Value,
        What::Risk,
        What::Saves,
        What::Leave,
        What::Spent,
        What::Purchases,
        What::Last,
        What::Contact,
        What::Owner,
        What::Source,
        What::Joined,
    ] {
        let (text, _) = columns::cell(what, row, u16::MAX, shell);
        if !text.is_empty() {
            let title = shell.say(columns::title(what));
            lines.push((safe![title, ": ", text.isolate()], Role::Text));
        }
    }
    for (at, (text, role)) in lines.into_iter().enumerate() {
        let line = area.line(at as u16);
        if line.is_empty() {
            break;
        }
        canvas.put((line.x, line.y), line.width, &text, role);
    }
}

/// The order a list has when none was asked for and nothing is searched.
const fn is_best(sort: Sort) -> bool {
    matches!(sort.field, SortField::Best)
}
