//! The script of a call inside the strip: which line is said now, what was ticked off. Folds to the line
//! that is said now where there is little room; the strip has the keys.

use std::collections::BTreeSet;

use crate::desk::Spoken;
use crate::domain::Draft;
use crate::text::words::scripts as w;
use crate::text::{SafeText, safe, wrap};

use super::super::canvas::{Area, Canvas};
use super::super::shell::Shell;
use super::super::spoken;
use super::super::theme::Role;

/// The body must be this high for more than the line that is said now.
const OPEN_FROM: u16 = 28;
/// Rows of a folded script: its name, and a line on two.
const FOLDED: u16 = 3;
/// Cells before a line: which is said now, and whether it is ticked off.
const MARGIN: u16 = 4;
/// The field of a draft that holds what was ticked off.
const FIELD: &str = "checked";

/// The script of this call.
#[derive(Default)]
pub struct Script {
    spoken: Option<Spoken>,
    /// The line that is said now.
    at: usize,
    ticked: BTreeSet<u8>,
}

impl Script {
    pub fn take(&mut self, spoken: Spoken) {
        self.spoken = Some(spoken);
        let ticked = std::mem::take(&mut self.ticked);
        self.ticked = ticked.into_iter().filter(|at| self.is_step(usize::from(*at))).collect();
        let last = self.ticked.last().map_or(0, |last| usize::from(*last) + 1);
        self.at = last.min(self.count().saturating_sub(1));
    }

    /// Nothing was ticked off.
    pub fn is_empty(&self) -> bool {
        self.ticked.is_empty()
    }

    /// There is one.
    pub fn is_there(&self) -> bool {
        self.spoken.is_some()
    }

    /// As the call keeps it: places of lines, rising.
    pub fn checked(&self) -> Vec<u8> {
        self.ticked.iter().copied().collect()
    }

    /// As a draft keeps it.
    pub fn field(&self) -> Option<(String, String)> {
        let places: Vec<String> = self.ticked.iter().map(u8::to_string).collect();
        (!places.is_empty()).then(|| (FIELD.to_owned(), places.join(",")))
    }

    pub fn restore(&mut self, draft: &Draft) {
        let kept = draft.fields.iter().find(|(name, _)| name == FIELD);
        let places = kept.iter().flat_map(|(_, text)| text.split(','));
        self.ticked = places.filter_map(|place| place.parse().ok()).collect();
        if let Some(spoken) = self.spoken.take() {
            self.take(spoken);
        }
    }

    /// Ticks the line off, or unticks it, and goes on to the next.
    pub fn next(&mut self) {
        let place = u8::try_from(self.at).unwrap_or(u8::MAX);
        if self.is_step(self.at) && !self.ticked.remove(&place) {
            self.ticked.insert(place);
        }
        self.at = (self.at + 1).min(self.count().saturating_sub(1));
    }

    pub fn last(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    fn count(&self) -> usize {
        self.spoken.as_ref().map_or(0, |spoken| spoken.lines.len())
    }

    fn is_step(&self, at: usize) -> bool {
        self.spoken.as_ref().and_then(|s| s.lines.get(at)).is_some_and(|line| line.check)
    }

    /// Rows it wants in a body of this size.
    pub fn rows(&self, body: Area, shell: &Shell) -> u16 {
        let Some(spoken) = &self.spoken else { return 0 };
        let most = if body.height < OPEN_FROM { FOLDED } else { body.height / 3 };
        let all: usize = wrapped(spoken, body.width.saturating_sub(2), shell)
            .iter()
            .map(Vec::len)
            .sum::<usize>()
            + 1;
        most.min(u16::try_from(all).unwrap_or(u16::MAX))
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let Some(spoken) = self.spoken.as_ref().filter(|_| !area.is_empty()) else { return };
        let (head, body) = if area.height > 1 { area.split_top(1) } else { area.split_top(0) };
        self.head(canvas, head, spoken, shell);
        let lines = wrapped(spoken, body.width, shell);
        let (from, to) = window(&lines, self.at, usize::from(body.height));
        let mut row = 0;
        for (at, text) in lines.iter().enumerate().take(to).skip(from) {
            self.line(canvas, body, row, at, text);
            row += u16::try_from(text.len()).unwrap_or(u16::MAX);
        }
    }

    fn head(&self, canvas: &mut Canvas<'_>, line: Area, spoken: &Spoken, shell: &Shell) {
        if line.is_empty() {
            return;
        }
        let steps = spoken.lines.iter().filter(|line| line.check).count();
        let mut parts = vec![
            (safe![shell.say(w::SCRIPT), "  "], Role::Dim),
            (SafeText::clean(&spoken.name).isolate(), Role::Strong),
        ];
        let at = [("n", (self.at + 1).into()), ("of", spoken.lines.len().into())];
        parts.push((safe![" · ", shell.say_with(w::AT_LINE, &at)], Role::Dim));
        if steps > 0 {
            let n = [("n", self.ticked.len().into()), ("of", steps.into())];
            let role = if self.ticked.len() == steps { Role::Good } else { Role::Dim };
            parts.push((safe![" · ", shell.say_with(w::STEPS, &n)], role));
        }
        canvas.put_parts((line.x, line.y), line.width, &parts);
    }

    fn line(&self, canvas: &mut Canvas<'_>, area: Area, row: u16, at: usize, text: &[SafeText]) {
        let is_here = at == self.at;
        let is_ticked = u8::try_from(at).is_ok_and(|place| self.ticked.contains(&place));
        let (sign, look) = match (self.is_step(at), is_ticked) {
            (_, true) => (safe!["✓"], Role::Good),
            (true, false) => (safe!["·"], Role::Key),
            (false, false) => (SafeText::EMPTY, Role::Dim),
        };
        let role = match (is_here, is_ticked) {
            (true, _) => Role::Strong,
            (false, true) => Role::Dim,
            (false, false) => Role::Text,
        };
        let first = area.line(row);
        if !first.is_empty() {
            if is_here {
                canvas.put((first.x, first.y), 1, &safe!["▸"], Role::Accent);
            }
            canvas.put((first.x + 2, first.y), 1, &sign, look);
        }
        for (more, text) in text.iter().enumerate() {
            let line = area.line(row.saturating_add(more as u16));
            if line.is_empty() {
                break;
            }
            let (_, room) = line.split_start(MARGIN);
            canvas.put((room.x, room.y), room.width, text, role);
        }
    }
}

/// Each line broken into what fits.
fn wrapped(spoken: &Spoken, width: u16, shell: &Shell) -> Vec<Vec<SafeText>> {
    let room = usize::from(width.saturating_sub(MARGIN)).max(1);
    let text = |line| spoken::line(line, shell.calendar(), shell.lang());
    spoken.lines.iter().map(|line| wrap(&text(line), room, shell.dir())).collect()
}

/// The lines that fit into `room` rows: the one that is said now, what follows it, then what was before.
fn window(lines: &[Vec<SafeText>], at: usize, room: usize) -> (usize, usize) {
    let rows = |place: usize| lines.get(place).map_or(0, Vec::len);
    let (mut from, mut to) = (at, (at + 1).min(lines.len()));
    let mut used = rows(at);
    while to < lines.len() && used + rows(to) <= room {
        used += rows(to);
        to += 1;
    }
    while from > 0 && used + rows(from - 1) <= room {
        from -= 1;
        used += rows(from);
    }
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_now_is_always_in_sight() {
        let line = |rows: usize| vec![SafeText::EMPTY; rows];
        let lines = [line(1), line(2), line(1), line(3)];
        for (at, room, want) in [
            (0, 9, (0, 4)),
            (0, 3, (0, 2)),
            (1, 2, (1, 2)),
            (1, 1, (1, 2)),
            (2, 3, (1, 3)),
            (3, 4, (2, 4)),
            (3, 1, (3, 4)),
        ] {
            assert_eq!(window(&lines, at, room), want, "line {at} in {room} rows");
        }
        assert_eq!(window(&[], 0, 3), (0, 0));
    }
}
