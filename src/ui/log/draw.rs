//! How the strip is drawn: the script, the letters of the outcomes, what stands beside them, the note. It
//! never takes more rows than its words need.

use crate::text::words::queues as w;
use crate::text::{SafeText, safe, width};

use super::super::canvas::{Area, Canvas};
use super::super::panel;
use super::super::screen::Screen;
use super::super::shell::Shell;
use super::super::tell::outcome_name;
use super::super::theme::Role;
use super::super::when::{moment, understood};
use super::{Focus, Kind, Strip};

impl Strip {
    pub(super) fn paint(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let rows = Self::letter_rows(area.width.saturating_sub(2), shell);
        let quick = self.corrects.is_some() || (self.kind == Kind::Quick && self.outcome.is_none());
        let fields = if quick { 0 } else { 2 };
        let beside = if self.corrects.is_some() { Vec::new() } else { self.told.rows(shell) };
        let script = if quick { 0 } else { self.script.rows(area, shell) };
        let wanted = rows + fields + beside.len() as u16 + script;
        let whole = panel::foot(canvas, area, wanted, &self.title(shell));
        // The script gives way to all that is chosen and typed.
        let others = rows + fields + beside.len() as u16;
        let (said, whole) = whole.split_top(whole.height.saturating_sub(others).min(script));
        self.script.draw(canvas, said, shell);
        // What stands beside gives way to what could be chosen and what is typed.
        let spare = whole.height.saturating_sub(rows + fields).min(beside.len() as u16);
        let (inside, _) = whole.split_foot(spare);
        // With no room for all, what is typed goes before what could be chosen.
        let (letters, rest) = if inside.height < rows + fields && self.focus != Focus::Letter {
            inside.split_top(inside.height.saturating_sub(fields))
        } else {
            inside.split_top(rows)
        };
        if !letters.is_empty() {
            self.letters(canvas, letters, shell);
        }
        let between = Area { height: spare, ..rest };
        for (at, row) in beside.iter().enumerate() {
            self.told.draw(canvas, between.line(at as u16), row, self.focus, shell);
        }
        if fields == 0 {
            return;
        }
        let rest = Area { y: rest.y + spare, ..rest };
        let labels = [shell.say(w::LOG_NOTE), shell.say(w::LOG_AGAIN)];
        let wide = labels.iter().map(width).max().unwrap_or(0) as u16 + 1;
        let rows = [(Focus::Note, &self.note), (Focus::Again, &self.again)];
        // With one line left, the field that takes the keys has it.
        let is_tight = rest.height < fields;
        let seen = rows.into_iter().zip(&labels);
        let seen = seen.filter(|((focus, _), _)| !is_tight || self.focus == *focus);
        for (i, ((focus, field), label)) in seen.enumerate() {
            let line = rest.line(i as u16);
            if line.is_empty() {
                break;
            }
            let here = self.focus == focus;
            let role = if here { Role::Accent } else { Role::Dim };
            canvas.put((line.x, line.y), wide, label, role);
            let (_, room) = line.split_start(wide);
            if focus == Focus::Note {
                canvas.put_note(room, field, here);
                continue;
            }
            let short = room.width.min(24);
            canvas.put_field((room.x, room.y), short, field, here);
            let (_, beside) = room.split_start(short + 2);
            let (text, role) = self.again_words(shell);
            canvas.put((beside.x, beside.y), beside.width, &text, role);
        }
    }

    fn letters(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) -> u16 {
        let all = Self::outcomes(shell);
        if all.is_empty() {
            canvas.put((area.x, area.y), area.width, &shell.say(w::NO_OUTCOMES), Role::Warning);
            return 1;
        }
        let (mut x, mut row) = (0, 0);
        for outcome in all {
            let label = outcome_name(&outcome, shell.lang());
            let key = SafeText::clean(&outcome.key.to_string());
            let wide = (width(&label) + 6) as u16;
            if x > 0 && x + wide > area.width {
                x = 0;
                row += 1;
            }
            let line = area.line(row);
            if line.is_empty() {
                break;
            }
            let chosen = self.outcome.as_ref().is_some_and(|o| o.code == outcome.code);
            let role = if chosen { Role::Accent } else { Role::Text };
            let parts = [(safe!["[", key, "]"].ltr(), Role::Key), (safe![" ", label], role)];
            canvas.put_parts((line.x + x, line.y), line.width.saturating_sub(x), &parts);
            x += wide;
        }
        row + 1
    }

    fn letter_rows(room: u16, shell: &Shell) -> u16 {
        let (mut x, mut rows) = (0, 1);
        for outcome in Self::outcomes(shell) {
            let wide = (width(&outcome_name(&outcome, shell.lang())) + 6) as u16;
            if x > 0 && x + wide > room {
                x = 0;
                rows += 1;
            }
            x += wide;
        }
        rows
    }

    /// What stands beside the field for calling again.
    fn again_words(&self, shell: &Shell) -> (SafeText, Role) {
        if !self.fault.is_empty() {
            return (safe!["! ", self.fault], Role::Error);
        }
        let text = self.again.text().trim();
        if text.is_empty() {
            return (shell.say(w::AGAIN_HINT), Role::Dim);
        }
        match moment(text, shell) {
            Ok(at) => understood(at, shell),
            Err(error) => (safe!["! ", error.words(shell.calendar(), shell.lang())], Role::Error),
        }
    }
}
