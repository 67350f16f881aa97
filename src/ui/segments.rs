//! Segments: rules and tags with their figures, and the one under the cursor at length.
//!
//! ```text
//!    segment              size      value   risk │ Loyal in Tehran   ★ target
//!  rules 2                                       │ city:Tehran stage:loyal
//!  ▸★ Loyal in Tehran    1,284     41.2 m    31% │ 1,284 of 52,310   worth 41.2 m   risk 31 %
//!     Young                310      2.1 m    12% │ what sets them apart
//!  tags 1                                        │  city:Tehran    ████████  100 %  others 24 %
//!     vip                   64      9.8 m    22% │ members by value ...
//! ```

mod detail;
mod draw;
mod list;
mod sheet;

use crate::desk::{Answer, Command, Deed, Heard, Look, Question, Refusal, Whom};
use crate::domain::expression::as_value;
use crate::domain::{Membership, Segment, SegmentId};
use crate::text::words::{frame as f, segments as w};
use crate::text::{SafeText, safe};

use super::canvas::{Area, Canvas};
use super::choose::Choose;
use super::customers::Customers;
use super::key::Mouse;
use super::keymap::{Action, Context};
use super::manage::new_campaign;
use super::message::{Effect, ScreenId};
use super::picker::Choice;
use super::screen::{Screen, Target, Told};
use super::sheet::SheetScreen;
use super::shell::Shell;
use super::toast::Tone;
use list::{Key, List};
use sheet::SegmentSheet;

/// The answers this screen waits for.
const ROWS: u8 = 0;
const LOOK: u8 = 1;
/// What panels tell it.
const OTHER: u8 = 10;
const SAVED: u8 = 11;
/// A campaign over a segment was saved.
const CAMPAIGN: u8 = 12;

/// The screen.
pub struct Segments {
    id: ScreenId,
    list: List,
    look: Option<Box<Look>>,
    /// The segment the overlap is counted with.
    against: Option<Key>,
    /// Why there is nothing to show.
    error: Option<SafeText>,
    /// Something changed that the figures do not show yet.
    is_stale: bool,
}

impl Segments {
    pub fn new(shell: &mut Shell) -> Self {
        Self {
            id: shell.new_screen(),
            list: List::default(),
            look: None,
            against: None,
            error: None,
            is_stale: false,
        }
    }

    fn ask(&mut self, shell: &mut Shell) {
        self.list.set_height(draw::list_rows(shell));
        // One question at a time: what happens meanwhile is asked for once, afterwards.
        self.is_stale = shell.is_waiting(self.id, ROWS);
        if !self.is_stale {
            shell.ask(self.id, ROWS, Question::Segments);
        }
    }

    /// Asks for the one under the cursor.
    fn follow(&mut self, shell: &mut Shell) {
        match self.list.current() {
            Some(row) => {
                let against = self.other().map(|other| other.expression.clone());
                let question = Question::Look { expression: row.expression.clone(), against };
                shell.ask(self.id, LOOK, question);
            }
            None => self.look = None,
        }
    }

    /// The segment the one under the cursor is compared with.
    fn other(&self) -> Option<&crate::desk::SegmentRow> {
        let other = self.list.find(self.against.as_ref()?)?;
        let here = self.list.current()?;
        (other.expression != here.expression && other.error.is_none()).then_some(other)
    }

    /// The segment under the cursor as it would be saved: a mere tag becomes one.
    fn segment(&self) -> Option<(Segment, u64)> {
        let row = self.list.current()?;
        let segment = row.segment.clone().unwrap_or_else(|| Segment {
            id: SegmentId(0),
            name: row.name.clone(),
            membership: Membership::Tag(row.name.clone()),
            target: false,
            note: String::new(),
        });
        Some((segment, row.revision))
    }

    fn ask_other(&self, shell: &mut Shell) {
        let Some(here) = self.list.current() else { return };
        let others = self.list.rows().iter().enumerate();
        let others = others.filter(|(_, r)| r.expression != here.expression && r.error.is_none());
        let choices: Vec<Choice> = others
            .map(|(at, row)| {
                let detail = shell.number(row.count);
                Choice::new(&at.to_string(), SafeText::clean(&row.name)).with_detail(detail)
            })
            .collect();
        if choices.is_empty() {
            let text = shell.say(w::NO_OTHER);
            shell.toast(Tone::Note, text);
            return;
        }
        let name = SafeText::clean(&here.name);
        let title = shell.say_with(w::COMPARE_TITLE, &[("name", name.into())]);
        // Told by what it is known by, as rows can move while the panel is open.
        let choices = choices.into_iter().filter_map(|c| {
            let row = self.list.rows().get(c.key.parse::<usize>().ok()?)?;
            Some(Choice { key: row.expression.clone(), ..c })
        });
        Choose::one(self.id, OTHER, title, choices.collect(), shell);
    }

    /// Begins a campaign over the segment under the cursor: named where it has a name, so that the
    /// campaign follows the segment.
    fn send(&self, shell: &mut Shell) {
        let Some(row) = self.list.current().filter(|row| row.error.is_none()) else { return };
        let expression = match &row.segment {
            None => row.expression.clone(),
            Some(_) => format!("segment:{}", as_value(&row.name)),
        };
        new_campaign(&expression, self.id, CAMPAIGN, shell);
    }

    fn drop_segment(&self, shell: &mut Shell) {
        let Some(row) = self.list.current() else { return };
        if let Some(segment) = &row.segment {
            shell.act(self.id, 0, Command::DropSegment(segment.id));
        } else {
            let name = SafeText::clean(&row.name);
            let text = shell.say_with(w::ONLY_A_TAG, &[("name", name.into())]);
            shell.toast(Tone::Note, text);
        }
    }
}

impl Screen for Segments {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Segments, Context::List]
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(f::SEGMENTS)
    }

    fn target(&self) -> Option<Target> {
        let row = self.list.current().filter(|r| r.error.is_none())?;
        let whom = Whom::Matching { text: String::new(), expression: row.expression.clone() };
        Some(Target { whom, count: row.count, one: None })
    }

    fn can(&self, action: Action, _shell: &Shell) -> bool {
        let row = self.list.current();
        let has_members = row.is_some_and(|r| r.error.is_none() && r.count > 0);
        match action {
            Action::Open | Action::Tag | Action::Untag | Action::SendTo => has_members,
            Action::Edit | Action::Target | Action::Copy => row.is_some(),
            Action::Drop => row.is_some_and(|r| r.segment.is_some()),
            Action::Compare => self.list.rows().len() > 1,
            _ => true,
        }
    }

    fn shown(&mut self, shell: &mut Shell) {
        self.ask(shell);
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        if self.list.act(action) {
            self.follow(shell);
            return true;
        }
        match action {
            Action::Open => {
                if let Some(row) = self.list.current().filter(|r| r.error.is_none()) {
                    Customers::open(&row.expression, shell);
                }
            }
            Action::New => SheetScreen::open(SegmentSheet::new(self.id, SAVED), shell),
            Action::Edit => {
                if let Some((segment, base)) = self.segment() {
                    let sheet = SegmentSheet::edit(segment, base, self.id, SAVED);
                    SheetScreen::open(sheet, shell);
                }
            }
            Action::Target => {
                if let Some((segment, base)) = self.segment() {
                    let segment = Segment { target: !segment.target, ..segment };
                    shell.act(self.id, 0, Command::SaveSegment { segment, base });
                }
            }
            Action::Compare => self.ask_other(shell),
            Action::SendTo => self.send(shell),
            Action::Drop => self.drop_segment(shell),
            Action::Copy => {
                if let Some(row) = self.list.current() {
                    shell.effect(Effect::Copy(row.expression.clone()));
                    let what = SafeText::clean(&row.expression).ltr();
                    let text = shell.say_with(f::COPIED, &[("what", what.into())]);
                    shell.toast(Tone::Note, text);
                }
            }
            // Everybody at once: a tag for nobody would only puzzle.
            Action::Tag | Action::Untag if self.list.current().is_some_and(|r| r.count == 0) => {
                let text = shell.say(w::NO_MEMBERS);
                shell.toast(Tone::Note, text);
            }
            _ => return false,
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, area: Area, shell: &mut Shell) {
        match mouse {
            Mouse::Wheel { lines, .. } => {
                let action = if lines < 0 { Action::Up } else { Action::Down };
                for _ in 0..lines.unsigned_abs().min(20) {
                    self.list.act(action);
                }
            }
            Mouse::Click { x, y } => {
                let Some(place) = draw::place_at(self, area, x, y) else { return };
                if place == self.list.cursor() {
                    shell.run_after(Action::Open);
                    return;
                }
                self.list.move_to(place);
            }
        }
        self.follow(shell);
    }

    fn answered(&mut self, part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        match (part, answer) {
            (ROWS, Ok(Answer::Segments(rows))) => {
                self.error = None;
                self.list.take(rows);
                self.follow(shell);
                if self.is_stale {
                    self.ask(shell);
                }
            }
            (LOOK, Ok(Answer::Look(look))) => self.look = Some(look),
            (_, Err(refusal)) if !matches!(refusal, Refusal::Cancelled) => {
                self.error = Some(shell.refusal(&refusal));
                if self.list.is_known() {
                    shell.toast_result(&Err(refusal));
                }
            }
            _ => {}
        }
    }

    fn heard(&mut self, heard: &Heard, shell: &mut Shell) {
        // Nobody has looked yet: there is nothing to keep up.
        if !self.list.is_known() {
            return;
        }
        let is_now = match heard {
            Heard::Notice(notice) => {
                let is_mine = shell.status.as_ref().is_some_and(|s| s.me.id == notice.by);
                match &notice.deed {
                    Deed::SegmentSaved { .. }
                    | Deed::SegmentDropped { .. }
                    | Deed::Undone { .. }
                    | Deed::Redone { .. }
                    | Deed::Fitted { .. }
                    | Deed::Closed { .. } => true,
                    Deed::Created { .. } | Deed::Edited { .. } | Deed::Changed { .. } => is_mine,
                    _ => false,
                }
            }
            Heard::Missed | Heard::Progress => true,
        };
        // Every segment is counted for an answer: what others do waits for the minute.
        if is_now {
            self.ask(shell);
        } else {
            self.is_stale = true;
        }
    }

    fn ticked(&mut self, shell: &mut Shell) {
        if self.is_stale && self.list.is_known() {
            self.ask(shell);
        }
    }

    fn told(&mut self, told: Told, shell: &mut Shell) {
        match told.part {
            OTHER => {
                let row = self.list.rows().iter().find(|r| r.expression == told.text);
                self.against = row.map(Key::of);
                self.follow(shell);
            }
            // The figures are asked for when this screen comes to the top again.
            SAVED => self.list.go_to(Key::named(&told.text)),
            _ => {}
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        draw::draw(self, canvas, area, shell);
    }
}

/// The numbers of a group: how many of how many, their worth, their mean risk.
pub fn sums(look: &Look, shell: &Shell) -> SafeText {
    use crate::text::words::customers as c;
    let (n, of) = (look.count, look.of);
    let mut parts = vec![shell.say_with(c::OF, &[("n", n.into()), ("of", of.into())])];
    if look.worth != 0 {
        parts.push(shell.say_with(c::WORTH, &[("n", shell.short_money(look.worth).into())]));
    } else if look.spent != 0 {
        parts.push(shell.say_with(c::SPENT_SUM, &[("n", shell.short_money(look.spent).into())]));
    }
    if let Some(risk) = look.risk {
        parts.push(shell.say_with(w::RISK_OF, &[("share", shell.percent(risk).into())]));
    }
    SafeText::join(&parts, &safe!["   "])
}
