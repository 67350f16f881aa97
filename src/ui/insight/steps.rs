//! Moves from picture to picture and from mark to mark.

use super::super::shell::Shell;
use super::Insight;
use super::picture::{Form, Kind, Picture, Spot};

impl Insight {
    /// Goes to a picture; the cursor begins where the most are.
    pub(super) fn turn(&mut self, kind: Kind, shell: &mut Shell) {
        self.kind = kind;
        self.cursor = 0;
        self.make(shell);
        self.start();
        self.ask(shell);
    }

    pub(super) fn start(&mut self) {
        let Some(picture) = self.focus() else { return };
        if matches!(picture.form, Form::Heat { .. }) {
            self.cursor = picture.most();
        }
    }

    /// Moves by marks, never to one that is not there.
    pub(super) fn step(&mut self, across: i32, down: i32) {
        let Some(picture) = self.focus() else { return };
        if self.is_table {
            let lines = picture.lines();
            let here = lines.iter().position(|at| *at == self.cursor).unwrap_or(0);
            let by = usize::try_from(down.unsigned_abs()).unwrap_or(0);
            let wanted = if down < 0 { here.saturating_sub(by) } else { here + by };
            let last = lines.len().saturating_sub(1);
            self.cursor = lines.get(wanted.min(last)).copied().unwrap_or(self.cursor);
            return;
        }
        let columns = picture.columns();
        let rows = picture.spots.len().div_ceil(columns.max(1));
        let (row, column) = (self.cursor / columns.max(1), self.cursor % columns.max(1));
        let moved = |at: usize, by: i32, of: usize| {
            let by = usize::try_from(by.unsigned_abs()).unwrap_or(0);
            let wanted = if across + down < 0 { at.saturating_sub(by) } else { at + by };
            wanted.min(of.saturating_sub(1))
        };
        let wanted = moved(row, down, rows) * columns + moved(column, across, columns);
        let there = picture.spots.get(wanted);
        if there.is_some_and(|s| !s.text.is_empty()) {
            self.cursor = wanted;
        }
    }

    /// The first mark that is there.
    pub(super) fn first(&self) -> usize {
        let lines = self.focus().map(Picture::lines).unwrap_or_default();
        lines.first().copied().filter(|_| self.is_table).unwrap_or(0)
    }

    /// The last mark that is there.
    pub(super) fn last(&self) -> usize {
        let there = |s: &Spot| if self.is_table { !s.row.is_empty() } else { !s.text.is_empty() };
        self.focus().and_then(|p| p.spots.iter().rposition(there)).unwrap_or(0)
    }
}
