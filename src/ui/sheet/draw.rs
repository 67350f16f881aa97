//! Draws a sheet: what is to be known of it in one line, and its fields.

use crate::text::words::forms as w;
use crate::text::{SafeText, safe};

use super::super::canvas::{Area, Canvas};
use super::super::form::Form;
use super::super::panel;
use super::super::shell::Shell;
use super::super::theme::Role;
use super::Sheet;
use super::screen::SheetScreen;

impl<S: Sheet + 'static> SheetScreen<S> {
    pub(super) fn paint(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let title = self.sheet.title(shell);
        let rows = self.form.as_ref().map_or(3, Form::wants);
        let note = u16::from(self.note.is_some() || self.is_saving);
        let wanted = rows.saturating_add(note);
        let inside = if wanted + 3 >= area.height {
            panel::whole(canvas, area, &title)
        } else {
            panel::foot(canvas, area, wanted, &title)
        };
        let (note_line, fields) = inside.split_top(note.min(inside.height.saturating_sub(1)));
        if !note_line.is_empty() {
            let text = match &self.note {
                _ if self.is_saving => shell.say(w::SAVING),
                Some(note) => safe!["· ", note],
                None => SafeText::EMPTY,
            };
            canvas.put((note_line.x, note_line.y), note_line.width, &text, Role::Warning);
        }
        match (&self.form, &self.wrong) {
            (Some(form), _) => form.draw(canvas, fields, shell),
            (None, Some(why)) => super::super::frame::sentence(canvas, fields, why, Role::Error),
            (None, None) => {
                let text = shell.say(crate::text::words::frame::WAITING);
                super::super::frame::sentence(canvas, fields, &safe![text, " …"], Role::Dim);
            }
        }
    }
}
