//! Two customers side by side before they are made one: a line a field in which they differ, and which
//! of the two values stays.
//!
//! ```text
//! ── Merge: who stays, who goes ────────────────────────────────────────
//!                  stays: Reza Karimi #12      goes: REZA KARIMI #98
//!    name        ● Reza Karimi               ○ REZA KARIMI
//!  ▸ city        ○ Qom                       ● Yazd
//!  both are kept: contacts, tags, other names, ids
//!  from REZA KARIMI to Reza Karimi go purchases: 3, conversations: 4
//! ```

use crate::desk::tell::comma;
use crate::desk::values::Teller;
use crate::desk::{Answer, Command, MergePreview, Notice, Question, Refusal};
use crate::domain::{CustomerId, MergeField, Side};
use crate::text::words::{forms, frame as f, housekeeping as h};
use crate::text::{SafeText, safe};

use super::canvas::{Area, Canvas};
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::panel;
use super::screen::Screen;
use super::shell::Shell;
use super::theme::Role;
use super::toast::Tone;

const PREVIEW: u8 = 0;
const DONE: u8 = 1;
/// Lines that are no field: the two names, what is united, what goes over.
const OTHER_LINES: usize = 3;

/// The panel.
pub struct MergePanel {
    id: ScreenId,
    keep: CustomerId,
    gone: CustomerId,
    preview: Option<Box<MergePreview>>,
    /// The fields whose value comes from the one that goes.
    take: Vec<MergeField>,
    cursor: usize,
    /// Two agents' customers: Enter was pressed once.
    is_asked: bool,
}

impl MergePanel {
    pub fn open(keep: CustomerId, gone: CustomerId, shell: &mut Shell) {
        let id = shell.new_screen();
        shell.ask(id, PREVIEW, Question::Merge { keep, gone });
        let (preview, take) = (None, Vec::new());
        shell.push(Self { id, keep, gone, preview, take, cursor: 0, is_asked: false });
    }

    fn field(&self) -> Option<MergeField> {
        let preview = self.preview.as_ref()?;
        preview.differences.get(self.cursor).map(|d| d.field.clone())
    }

    fn choose(&mut self, side: Option<Side>) {
        let Some(field) = self.field() else { return };
        let is_taken = self.take.contains(&field);
        let side = side.unwrap_or(if is_taken { Side::Keep } else { Side::Gone });
        self.take.retain(|taken| *taken != field);
        if side == Side::Gone {
            self.take.push(field);
        }
    }

    fn merge(&mut self, shell: &mut Shell) {
        let Some(preview) = &self.preview else { return };
        if preview.across_owners && !self.is_asked {
            self.is_asked = true;
            let text = shell.say(h::TWO_OWNERS);
            shell.toast(Tone::Note, text);
            return;
        }
        let base = Some((preview.keep_revision, preview.gone_revision));
        let (keep, gone, take) = (self.keep, self.gone, Some(self.take.clone()));
        shell.act(self.id, DONE, Command::Merge { keep, gone, take, base });
    }

    fn swap(&mut self, shell: &mut Shell) {
        std::mem::swap(&mut self.keep, &mut self.gone);
        (self.preview, self.is_asked) = (None, false);
        shell.ask(self.id, PREVIEW, Question::Merge { keep: self.keep, gone: self.gone });
    }
}

impl Screen for MergePanel {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Merge, Context::List]
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(h::MERGE_TITLE)
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        let last = self.preview.as_ref().map_or(0, |p| p.differences.len()).saturating_sub(1);
        match action {
            Action::Down => self.cursor = (self.cursor + 1).min(last),
            Action::Up => self.cursor = self.cursor.saturating_sub(1),
            Action::Top => self.cursor = 0,
            Action::Bottom => self.cursor = last,
            Action::Start => self.choose(Some(Side::Keep)),
            Action::End => self.choose(Some(Side::Gone)),
            Action::Toggle => self.choose(None),
            Action::NextRegion => self.swap(shell),
            Action::Save => self.merge(shell),
            _ => return false,
        }
        true
    }

    fn answered(&mut self, _part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        match answer {
            Ok(Answer::Merge(preview)) => {
                let usual = preview.differences.iter().filter(|d| d.side == Side::Gone);
                self.take = usual.map(|d| d.field.clone()).collect();
                self.cursor = self.cursor.min(preview.differences.len().saturating_sub(1));
                self.preview = Some(preview);
            }
            Ok(_) => {}
            Err(refusal) => {
                shell.toast_result(&Err(refusal));
                shell.close(self.id);
            }
        }
    }

    fn acted(&mut self, _part: u8, result: &Result<Notice, Refusal>, shell: &mut Shell) -> bool {
        match result {
            Ok(_) => shell.close(self.id),
            // What somebody changed meanwhile is looked at again.
            Err(Refusal::Conflict { .. }) => {
                let (keep, gone) = (self.keep, self.gone);
                shell.ask(self.id, PREVIEW, Question::Merge { keep, gone });
            }
            Err(_) => {}
        }
        false
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let fields = self.preview.as_ref().map_or(0, |p| p.differences.len());
        let wanted = (fields + OTHER_LINES).min(usize::from(area.height)) as u16;
        let inside = panel::foot(canvas, area, wanted, &self.title(shell));
        let Some(preview) = &self.preview else {
            canvas.put((inside.x, inside.y), inside.width, &shell.say(f::WAITING), Role::Dim);
            return;
        };
        let title = (inside.width / 5).clamp(8, 18);
        let value = inside.width.saturating_sub(title + 4) / 2;
        let columns = [inside.x + 2, inside.x + 2 + title, inside.x + 3 + title + value];
        let (head, rest) = inside.split_top(1);
        let named = |phrase, c: &crate::domain::Customer| {
            let name = SafeText::clean(&c.name).isolate();
            shell
                .say_with(phrase, &[("name", name.into()), ("id", safe!["#", c.id.0].ltr().into())])
        };
        for (x, text) in [
            (columns[1], named(h::THIS_STAYS, &preview.keep)),
            (columns[2], named(h::THIS_GOES, &preview.gone)),
        ] {
            canvas.put((x, head.y), value, &text, Role::Strong);
        }
        let (list, foot) = rest.split_foot(2.min(rest.height));
        self.fields(preview, canvas, list, (columns, title, value), shell);
        let united = shell.say(h::BOTH_KEPT);
        for (at, text) in [united, moving(preview, shell)].iter().enumerate() {
            let line = foot.line(at as u16);
            canvas.put((line.x, line.y), line.width, text, Role::Dim);
        }
    }
}

impl MergePanel {
    fn fields(
        &self,
        preview: &MergePreview,
        canvas: &mut Canvas<'_>,
        area: Area,
        ([name_at, keep_at, gone_at], title, value): ([u16; 3], u16, u16),
        shell: &Shell,
    ) {
        let teller = teller(shell);
        let height = usize::from(area.height);
        let top = (self.cursor + 1).saturating_sub(height);
        for (i, d) in preview.differences.iter().enumerate().skip(top).take(height) {
            let line = area.line((i - top) as u16);
            if i == self.cursor {
                canvas.tint(line, Role::Selected);
                canvas.put((line.x, line.y), 1, &safe!["▸"], Role::Accent);
            }
            canvas.put(
                (name_at, line.y),
                title.saturating_sub(1),
                &teller.title(&d.field),
                Role::Dim,
            );
            let is_taken = self.take.contains(&d.field);
            for (x, customer, stays) in
                [(keep_at, &preview.keep, !is_taken), (gone_at, &preview.gone, is_taken)]
            {
                let text = match teller.value(customer, &d.field) {
                    text if text.is_empty() => shell.say(forms::NOT_SAID),
                    text => text,
                };
                let (mark, role) = if stays { ("●", Role::Text) } else { ("○", Role::Dim) };
                canvas.put((x, line.y), 1, &safe![mark], role);
                canvas.put((x + 2, line.y), value.saturating_sub(2), &text, role);
            }
        }
    }
}

/// How many rows of what go over.
fn moving(preview: &MergePreview, shell: &Shell) -> SafeText {
    let name = |c: &crate::domain::Customer| SafeText::clean(&c.name).isolate();
    let (gone, keep) = (name(&preview.gone), name(&preview.keep));
    let names = [("gone", gone.into()), ("keep", keep.into())];
    if preview.rows.is_empty() {
        return shell.say_with(h::NOTHING_MOVES, &names);
    }
    let teller = teller(shell);
    let rows = preview.rows.iter().map(|(table, count)| {
        shell.say_with(h::SO_MANY, &[("what", teller.rows(*table).into()), ("n", (*count).into())])
    });
    let rows = SafeText::join(&rows.collect::<Vec<_>>(), &comma(shell.lang()));
    let [gone, keep] = names;
    shell.say_with(h::MOVES, &[gone, keep, ("rows", rows.into())])
}

fn teller(shell: &Shell) -> Teller<'_> {
    let agents = shell.status.as_ref().map(|s| &*s.agents).unwrap_or_default();
    Teller { agents, calendar: shell.calendar(), lang: shell.lang() }
}
