//! Asks a supervisor why a call that a rule forbids was made all the same, and logs it with the reason.
//!
//! ```text
//! ── Log Reza Karimi all the same ────────────────────────────────────────────
//!  Spring may not call Reza Karimi now: has not agreed to marketing
//!  reason ▏
//! ```
//! An agent is only told what forbids it. Esc leaves the call unlogged; its words are kept.

use crate::desk::tell::campaign as told;
use crate::desk::{Command, Log, Refusal};
use crate::domain::Role as Rank;
use crate::text::words::{campaigns as w, queues as q};
use crate::text::{Field, SafeText, safe, width, wrap};

use super::super::canvas::{Area, Canvas};
use super::super::editor;
use super::super::key::Key;
use super::super::keymap::{Action, Context};
use super::super::message::ScreenId;
use super::super::panel;
use super::super::screen::Screen;
use super::super::shell::Shell;
use super::super::theme::Role;
use super::super::toast::Tone;

/// Lines of what forbids the call.
const LINES: usize = 3;

/// The question.
struct Despite {
    id: ScreenId,
    log: Log,
    name: String,
    why: SafeText,
    reason: Field,
}

/// Takes a refused call up: asks for a reason where one may be given, else says why. False when it is
/// no refusal of a call.
pub fn ask(refusal: &Refusal, shell: &mut Shell) -> bool {
    let (name, why) = match refusal {
        Refusal::DoNotCall { name } => (name.clone(), shell.refusal(refusal)),
        Refusal::Forbidden { name, campaign, bans } => {
            let when = |at| shell.when(at);
            let bans: Vec<SafeText> =
                bans.iter().map(|ban| told::ban_until(*ban, &when, shell.lang())).collect();
            (name.clone(), told::forbidden(name, campaign, &bans, shell.lang()))
        }
        _ => return false,
    };
    let may = shell.status.as_ref().is_some_and(|s| s.me.role >= Rank::Supervisor);
    match shell.unlogged.take().filter(|_| may) {
        Some(log) => {
            let id = shell.new_screen();
            shell.push(Despite { id, log, name, why, reason: Field::new("") });
        }
        None => shell.toast(Tone::Wrong, why),
    }
    true
}

impl Screen for Despite {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Prompt]
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say_with(w::DESPITE_TITLE, &[("who", SafeText::clean(&self.name).into())])
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        if action != Action::Accept {
            return false;
        }
        let reason = self.reason.text().trim().to_owned();
        if !reason.is_empty() {
            let mut log = self.log.clone();
            log.wrap_up.despite = Some(reason);
            shell.act(self.id, 0, Command::Log(log));
            shell.close(self.id);
        }
        true
    }

    fn key(&mut self, key: Key, shell: &mut Shell) {
        editor::edit(&mut self.reason, editor::seen(key, shell.dir()));
    }

    fn pasted(&mut self, text: &str, _shell: &mut Shell) {
        self.reason.insert_str(text);
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let room = usize::from(area.width.saturating_sub(2));
        let why: Vec<SafeText> =
            wrap(&self.why, room, shell.dir()).into_iter().take(LINES).collect();
        let inside = panel::foot(canvas, area, why.len() as u16 + 1, &self.title(shell));
        let (above, below) = inside.split_foot(1);
        for (at, text) in why.iter().enumerate() {
            let line = above.line(at as u16);
            if !line.is_empty() {
                canvas.put((line.x, line.y), line.width, text, Role::Warning);
            }
        }
        let label = safe![shell.say(q::LOG_REASON), " "];
        canvas.put((below.x, below.y), below.width, &label, Role::Accent);
        let (_, field) = below.split_start(width(&label) as u16);
        canvas.put_field((field.x, field.y), field.width, &self.reason, true);
    }
}
