//! The rules of the stages at work: who would move now, from where to where and why, and one key that
//! moves them; and the rules themselves, with what in them can be set.
//!
//! ```text
//! ── Who would move by the rules ──────────────────────────────────────────────
//!  412 of 2,905 customers would move, by what is known of 22 Nov 2026; 3 set by hand stay
//!  ▸ repeat → at risk     likely to leave            120
//!    at risk → loyal      buys often and steadily     88
//! ```

mod draw;
mod rules;

use crate::desk::reports::MOST_NAMED;
use crate::desk::{Answer, Command, Deed, Heard, LifecycleRun, Notice, Question, Refusal};
use crate::domain::Role;
use crate::text::SafeText;
use crate::text::words::lifecycle as l;

use super::canvas::{Area, Canvas};
use super::customers::Customers;
use super::key::Mouse;
use super::keymap::{Action, Context};
use super::manage;
use super::message::ScreenId;
use super::screen::Screen;
use super::shell::Shell;
use super::toast::Tone;

const PREVIEW: u8 = 0;
const MOVE: u8 = 1;

/// What the panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Moves,
    Rules,
}

/// The panel.
pub struct StageRules {
    id: ScreenId,
    view: View,
    run: Option<Box<LifecycleRun>>,
    error: Option<SafeText>,
    /// They are being moved.
    is_moving: bool,
    /// Something happened since it was asked.
    is_stale: bool,
    cursor: usize,
}

impl StageRules {
    /// Opens it for those who may move customers by the rules.
    pub fn open(shell: &mut Shell) {
        let role = shell.status.as_ref().map_or(Role::Agent, |s| s.me.role);
        if role < Role::Supervisor {
            shell.toast_result(&Err(Refusal::NotPermitted { needs: Role::Supervisor }));
            return;
        }
        let id = shell.new_screen();
        let (view, run, error) = (View::Moves, None, None);
        let (is_moving, is_stale) = (false, true);
        shell.push(Self { id, view, run, error, is_moving, is_stale, cursor: 0 });
    }

    /// Asks who would move: a question that looks at everybody, so never twice for the same.
    fn ask(&mut self, shell: &mut Shell) {
        self.is_stale = false;
        shell.ask(self.id, PREVIEW, Question::Lifecycle);
    }

    /// Somebody would move.
    fn has_moves(&self) -> bool {
        self.run.as_ref().is_some_and(|run| !run.moves.is_empty())
    }

    fn rows(&self) -> usize {
        match self.view {
            View::Moves => self.run.as_ref().map_or(0, |run| run.moves.len()),
            View::Rules => rules::COUNT,
        }
    }

    /// Lists those behind the line under the cursor.
    fn list(&self, shell: &mut Shell) {
        let Some(moved) = self.run.as_ref().and_then(|run| run.moves.get(self.cursor)) else {
            return;
        };
        if moved.customers > MOST_NAMED {
            let args = [("n", MOST_NAMED.into()), ("of", moved.customers.into())];
            let text = shell.say_with(l::THE_FIRST, &args);
            shell.toast(Tone::Note, text);
        }
        Customers::open(&moved.expression, shell);
    }

    /// Opens the setting behind the rule under the cursor.
    fn change(&self, shell: &mut Shell) {
        match rules::setting(self.cursor) {
            Some(setting) => manage::open_setting(setting, shell),
            None => {
                let text = shell.say(l::NOT_A_SETTING);
                shell.toast(Tone::Note, text);
            }
        }
    }
}

impl Screen for StageRules {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Moves, Context::List]
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(match self.view {
            View::Moves => l::MOVES_TITLE,
            View::Rules => l::RULES_TITLE,
        })
    }

    fn can(&self, action: Action, _shell: &Shell) -> bool {
        let moves = self.view == View::Moves && self.has_moves();
        match action {
            Action::Save | Action::Open => moves && !self.is_moving,
            Action::Edit => self.view == View::Rules && rules::setting(self.cursor).is_some(),
            Action::NextRegion => self.run.is_some(),
            Action::MoveStages => false,
            _ => true,
        }
    }

    fn shown(&mut self, shell: &mut Shell) {
        if self.is_stale && !self.is_moving {
            self.ask(shell);
        }
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        let last = self.rows().saturating_sub(1);
        match (action, self.view) {
            (Action::Down, _) => self.cursor = (self.cursor + 1).min(last),
            (Action::Up, _) => self.cursor = self.cursor.saturating_sub(1),
            (Action::PageDown, _) => self.cursor = (self.cursor + 8).min(last),
            (Action::PageUp, _) => self.cursor = self.cursor.saturating_sub(8),
            (Action::Top, _) => self.cursor = 0,
            (Action::Bottom, _) => self.cursor = last,
            (Action::NextRegion, view) => {
                self.view = if view == View::Moves { View::Rules } else { View::Moves };
                self.cursor = 0;
            }
            (Action::Open, View::Moves) => self.list(shell),
            (Action::Open | Action::Edit, View::Rules) => self.change(shell),
            (Action::Save, View::Moves) if !self.is_moving && self.has_moves() => {
                self.is_moving = true;
                shell.act(self.id, MOVE, Command::Lifecycle);
            }
            // Open already.
            (Action::MoveStages, _) => {}
            _ => return false,
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, area: Area, shell: &mut Shell) {
        match mouse {
            Mouse::Wheel { lines, .. } => {
                self.act(if lines < 0 { Action::Up } else { Action::Down }, shell);
            }
            Mouse::Click { x, y } => {
                let Some(place) = draw::place_at(self, area, (x, y), shell) else { return };
                if place == self.cursor {
                    shell.run_after(Action::Open);
                }
                self.cursor = place;
            }
        }
    }

    fn answered(&mut self, _part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        match answer {
            Ok(Answer::Lifecycle(run)) => {
                self.run = Some(run);
                self.error = None;
                self.cursor = self.cursor.min(self.rows().saturating_sub(1));
            }
            Ok(_) | Err(Refusal::Cancelled) => self.is_stale = true,
            Err(refusal) => self.error = Some(shell.refusal(&refusal)),
        }
    }

    fn acted(&mut self, _part: u8, result: &Result<Notice, Refusal>, shell: &mut Shell) -> bool {
        self.is_moving = false;
        match result {
            Ok(_) => shell.close(self.id),
            Err(_) => self.ask(shell),
        }
        false
    }

    fn heard(&mut self, heard: &Heard, shell: &mut Shell) {
        let is_other = match heard {
            Heard::Notice(notice) => matches!(
                notice.deed,
                Deed::Fitted { .. }
                    | Deed::Moved(_)
                    | Deed::Configured { .. }
                    | Deed::Closed { .. }
                    | Deed::Undone { .. }
                    | Deed::Redone { .. }
            ),
            Heard::Missed => true,
            Heard::Progress => false,
        };
        self.is_stale = true;
        if is_other && !self.is_moving {
            self.ask(shell);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        draw::draw(self, canvas, area, shell);
    }
}
