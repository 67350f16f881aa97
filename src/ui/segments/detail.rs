//! The segment under the cursor: its expression, its numbers, what sets it apart, what it shares with
//! another, its first members.

use crate::desk::{Look, Row, SegmentRow, Trait};
use crate::text::words::{programmes as p, segments as w};
use crate::text::{SafeText, safe, width, wrap};

use super::super::canvas::{Area, Canvas};
use super::super::shell::Shell;
use super::super::tell;
use super::super::theme::Role;
use super::{Segments, sums};

/// Traits shown.
const TRAITS: usize = 3;
/// Members shown.
const MEMBERS: usize = 10;
/// From this width on the members stand beside the rest where there is little height.
const TWO_COLUMNS: u16 = 70;
/// Height from which all stands in one column.
const TALL: u16 = 22;
/// Cells of a bar.
const BAR: u16 = 10;

enum Piece<'a> {
    Text(SafeText, Role),
    Head(SafeText),
    Trait(&'a Trait),
    Member(&'a Row),
    Gap,
}

pub fn draw(screen: &Segments, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let Some(row) = screen.list.current() else { return };
    let look = screen.look.as_deref().filter(|l| l.expression == row.expression);
    if area.height < TALL && area.fits(TWO_COLUMNS) {
        let (left, right) = area.split_end(area.width * 2 / 5);
        pieces(canvas, left, about(screen, row, look, left.width, shell), shell);
        let (_, right) = right.split_start(2);
        pieces(canvas, right, members(look, shell), shell);
        return;
    }
    let mut all = about(screen, row, look, area.width, shell);
    all.push(Piece::Gap);
    all.extend(members(look, shell));
    pieces(canvas, area, all, shell);
}

fn about<'a>(
    screen: &'a Segments,
    row: &'a SegmentRow,
    look: Option<&'a Look>,
    wide: u16,
    shell: &Shell,
) -> Vec<Piece<'a>> {
    let mut all = Vec::new();
    let room = usize::from(wide.saturating_sub(1)).max(1);
    let text = |text: SafeText, role: Role, all: &mut Vec<Piece<'a>>| {
        let lines = wrap(&text, room, shell.dir());
        all.extend(lines.into_iter().map(|line| Piece::Text(line, role)));
    };
    let name = SafeText::clean(&row.name).isolate();
    let is_target = row.segment.as_ref().is_some_and(|s| s.target);
    let star = if is_target { safe!["   ", shell.say(w::YES_TARGET)] } else { SafeText::EMPTY };
    all.push(Piece::Text(safe![name, star], Role::Strong));
    text(SafeText::clean(&row.expression).ltr(), Role::Accent, &mut all);
    if let Some(note) = row.segment.as_ref().map(|s| &s.note).filter(|n| !n.is_empty()) {
        for line in SafeText::clean_lines(note) {
            text(line, Role::Dim, &mut all);
        }
    }
    if let Some(error) = &row.error {
        text(safe!["! ", tell::expression_in(error, shell.lang())], Role::Error, &mut all);
        return all;
    }
    let Some(look) = look else {
        let waiting = shell.say(crate::text::words::frame::WAITING);
        all.push(Piece::Text(safe![waiting, " …"], Role::Dim));
        return all;
    };
    text(sums(look, shell), Role::Text, &mut all);
    if look.cost != 0 {
        let cost = [("cost", shell.short_money(look.cost).into())];
        text(shell.say_with(p::SERVE, &cost), Role::Text, &mut all);
    }
    text(answers(look, shell), Role::Text, &mut all);
    all.push(Piece::Head(shell.say(w::APART)));
    if look.apart.is_empty() {
        all.push(Piece::Text(safe![" ", shell.say(w::NOTHING_APART)], Role::Dim));
    }
    all.extend(look.apart.iter().take(TRAITS).map(Piece::Trait));
    all.push(Piece::Head(shell.say(w::OVERLAP)));
    match screen.other().zip(look.overlap) {
        Some((other, both)) => {
            let share = |of: usize| shell.percent(both as f64 / of.max(1) as f64);
            let name = SafeText::clean(&other.name);
            let args = [
                ("n", both.into()),
                ("name", name.into()),
                ("share", share(look.count).into()),
                ("back", share(other.count).into()),
            ];
            text(safe![" ", shell.say_with(w::SHARED, &args)], Role::Text, &mut all);
        }
        None => all.push(Piece::Text(safe![" ", shell.say(w::OVERLAP_HINT)], Role::Dim)),
    }
    all
}

/// How they answer offers.
fn answers(look: &Look, shell: &Shell) -> SafeText {
    let (asked, taken) = (look.response.asked, look.response.taken);
    if asked > 0 {
        let rate = shell.percent(f64::from(taken) / f64::from(asked));
        let args = [
            ("taken", i64::from(taken).into()),
            ("asked", i64::from(asked).into()),
            ("rate", rate.into()),
        ];
        shell.say_with(p::RESPONSE, &args)
    } else {
        shell.say(p::NO_RESPONSE)
    }
}

fn members<'a>(look: Option<&'a Look>, shell: &Shell) -> Vec<Piece<'a>> {
    let Some(look) = look.filter(|l| l.error.is_none()) else { return Vec::new() };
    let mut all = vec![Piece::Head(shell.say(w::MEMBERS))];
    if look.members.is_empty() {
        all.push(Piece::Text(safe![" ", shell.say(w::NO_MEMBERS)], Role::Dim));
    }
    all.extend(look.members.iter().take(MEMBERS).map(Piece::Member));
    all
}

fn pieces(canvas: &mut Canvas<'_>, area: Area, all: Vec<Piece<'_>>, shell: &Shell) {
    for (i, piece) in all.into_iter().enumerate() {
        let line = area.line(i as u16);
        if line.is_empty() {
            return;
        }
        let (x, y, room) = (line.x, line.y, line.width.saturating_sub(1));
        match piece {
            Piece::Text(text, role) => _ = canvas.put((x, y), room, &text, role),
            Piece::Head(text) => _ = canvas.put((x, y), room, &text, Role::Dim),
            Piece::Trait(found) => put_trait(canvas, (x, y), room, found, shell),
            Piece::Member(row) => put_member(canvas, (x, y), room, row, shell),
            Piece::Gap => {}
        }
    }
}

/// `city:Tehran   ████████··  82 %  others 31 %`: the bar goes first where there is no room.
fn put_trait(canvas: &mut Canvas<'_>, (x, y): (u16, u16), room: u16, found: &Trait, shell: &Shell) {
    let inside = shell.percent(found.inside);
    let others = shell.say_with(w::OTHERS, &[("share", shell.percent(found.outside).into())]);
    // As wide as it ever gets, so that bars and shares stand one under the other.
    let widest = shell.say_with(w::OTHERS, &[("share", shell.percent(1.0).into())]);
    let shares = 6 + 2 + width(&widest).max(width(&others)) as u16;
    let text = SafeText::clean(&found.expression).ltr();
    let bar = if room >= 12 + 1 + BAR + 1 + shares { BAR + 1 } else { 0 };
    let name = room.saturating_sub(1 + bar + shares);
    canvas.put((x + 1, y), name, &text, Role::Text);
    let mut at = x + 1 + name;
    if bar > 0 {
        canvas.bar((at, y), BAR, found.inside, Role::Bar);
        at += bar;
    }
    let end = x + room;
    canvas.put_end((at, y), 6.min(end.saturating_sub(at)), &inside, Role::Text);
    at += 8;
    canvas.put_end((at, y), end.saturating_sub(at), &others, Role::Dim);
}

fn put_member(canvas: &mut Canvas<'_>, (x, y): (u16, u16), room: u16, row: &Row, shell: &Shell) {
    let figures = &row.figures;
    let value = match figures.value {
        Some(value) => shell.whole(value),
        None if figures.spent != 0 => shell.whole(figures.spent),
        None => SafeText::EMPTY,
    };
    let value_wide = (width(&value) as u16 + 2).min(room);
    let name = SafeText::clean(&row.customer.name);
    canvas.put((x + 1, y), room.saturating_sub(value_wide + 1), &name, Role::Text);
    canvas.put_end((x, y), room, &value, Role::Dim);
}
