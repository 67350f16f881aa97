//! Draws who would move, or the rules.

use crate::desk::LifecycleRun;
use crate::insight::lifecycle::Rule;
use crate::text::words::{frame as f, lifecycle as l};
use crate::text::{SafeText, safe, width, wrap};

use super::super::canvas::{Area, Canvas};
use super::super::panel;
use super::super::screen::Screen;
use super::super::shell::Shell;
use super::super::terms;
use super::super::theme::Role;
use super::{StageRules, View, rules};

/// Rows a panel has at most.
const MOST: u16 = 16;
/// Cells before the first column.
const GUTTER: u16 = 2;
/// Cells between columns.
const GAP: u16 = 3;

/// What is said above the rows.
fn head(screen: &StageRules, shell: &Shell) -> SafeText {
    if let Some(error) = &screen.error {
        return safe!["! ", error];
    }
    let waiting = |phrase| safe![shell.say(phrase), " …"];
    let Some(run) = &screen.run else { return waiting(f::WAITING) };
    if screen.view == View::Rules {
        return shell.say(l::FIRST_HOLDS);
    }
    if screen.is_moving {
        return waiting(l::MOVING);
    }
    let day = shell.date(run.as_of);
    let args = [("n", run.total().into()), ("of", run.of.into()), ("day", day.into())];
    let phrase = if run.moves.is_empty() { l::NOBODY_MOVES } else { l::PREVIEW };
    let told = shell.say_with(phrase, &args);
    if run.by_hand == 0 {
        return told;
    }
    let stay = shell.say_with(l::HANDS_OFF, &[("hand", run.by_hand.into())]);
    safe![told, " · ", stay]
}

/// The cells of the rows; the last of a row stands at its end.
fn cells(screen: &StageRules, run: &LifecycleRun, shell: &Shell) -> Vec<[SafeText; 3]> {
    if screen.view == View::Rules {
        return rules::told(&run.limits, shell);
    }
    let row = |moved: &crate::desk::MoveCount| {
        let (from, to) = (shell.say(terms::stage(moved.from)), shell.say(terms::stage(moved.to)));
        let why = Rule::parse(moved.rule).map(|rule| shell.say(terms::rule(rule)));
        [
            shell.say_with(l::MOVED, &[("from", from.into()), ("to", to.into())]),
            why.unwrap_or_default(),
            shell.number(moved.customers),
        ]
    };
    run.moves.iter().map(row).collect()
}

/// The region of the rows below what is said above them, of the inside of the panel.
fn below(area: Area, lines: usize) -> Area {
    area.split_top(lines as u16).1
}

fn lines(screen: &StageRules, area: Area, shell: &Shell) -> Vec<SafeText> {
    let room = usize::from(area.width.saturating_sub(2)).max(1);
    wrap(&head(screen, shell), room, shell.dir())
}

/// Rows the panel takes.
fn height(screen: &StageRules, lines: usize) -> u16 {
    (lines as u16).saturating_add(screen.rows() as u16).clamp(2, MOST)
}

/// The row at a point of the body.
pub fn place_at(
    screen: &StageRules,
    area: Area,
    (x, y): (u16, u16),
    shell: &Shell,
) -> Option<usize> {
    let lines = lines(screen, area, shell).len();
    let rows = height(screen, lines).min(area.height.saturating_sub(1));
    let inside = below(area.split_foot(rows).1.inset(1), lines);
    let first = first(screen, inside.height);
    let at = first + usize::from(y.checked_sub(inside.y)?);
    (inside.contains(x, y) && at < screen.rows()).then_some(at)
}

/// The first row that is seen.
fn first(screen: &StageRules, fit: u16) -> usize {
    (screen.cursor + 1).saturating_sub(usize::from(fit).max(1))
}

pub fn draw(screen: &StageRules, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let lines = lines(screen, area, shell);
    let inside = panel::foot(canvas, area, height(screen, lines.len()), &screen.title(shell));
    let role = match (&screen.error, &screen.run) {
        (Some(_), _) => Role::Error,
        (None, None) => Role::Dim,
        _ => Role::Text,
    };
    for (at, text) in lines.iter().enumerate() {
        let line = inside.line(at as u16);
        canvas.put((line.x, line.y), line.width, text, role);
    }
    let Some(run) = screen.run.as_ref().filter(|_| screen.error.is_none()) else { return };
    let rows = cells(screen, run, shell);
    let list = below(inside, lines.len());
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(width).max().unwrap_or(0) as u16
    };
    let [one, two, three] = [0, 1, 2].map(widest);
    let room = list.width.saturating_sub(GUTTER);
    // Figures are never cut: words give way to them.
    let kept = if screen.view == View::Moves { three + GAP } else { 0 };
    let one = one.min(room.saturating_sub(kept));
    let two = two.min(room.saturating_sub(one + GAP + kept));
    let last = one + GAP + if two > 0 { two + GAP } else { 0 };
    let three = three.min(room.saturating_sub(last));
    for (at, row) in rows.iter().enumerate().skip(first(screen, list.height)) {
        let line = list.line((at - first(screen, list.height)) as u16);
        if line.is_empty() {
            return;
        }
        if at == screen.cursor {
            canvas.tint(line, Role::Selected);
            canvas.put((line.x, line.y), 1, &safe!["▸"], Role::Accent);
        }
        let [a, b, c] = row;
        let x = line.x + GUTTER;
        canvas.put((x, line.y), one, a, Role::Strong);
        canvas.put((x + one + GAP, line.y), two, b, Role::Text);
        if screen.view == View::Moves {
            canvas.put_end((x + last, line.y), three, c, Role::Strong);
        } else {
            canvas.put((x + last, line.y), three, c, Role::Dim);
        }
    }
}
