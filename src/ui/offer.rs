//! An offer to a customer wherever one is seen: which fits, with what speaks for it, and the answer in one
//! key, logged with its reason as what came of a call.
//!
//! ```text
//! ── Offer Reza Karimi ───────────────────────────────────────────────────────
//!  ▸ Free delivery                      brings 86    taken by 12 of 40: loyal
//!    A month free                       brings 75    not offered before
//!  [1] accepted  [2] refused  [3] undecided
//! ```

use crate::desk::{Answer, Command, Log, Proposition, Question, Refusal};
use crate::domain::{Channel, CustomerId, Direction, Meaning, OfferAnswer, Proposed, WrapUp};
use crate::text::words::queues as w;
use crate::text::{Field, SafeText, safe, width};

use super::canvas::{Area, Canvas};
use super::editor;
use super::frame::sentence;
use super::key::Key;
use super::keymap::{self, Action, Context};
use super::log::From;
use super::message::ScreenId;
use super::panel;
use super::screen::Screen;
use super::shell::Shell;
use super::theme::Role;
use super::{terms, why};

/// The digit of each answer.
pub const ANSWERS: [(char, OfferAnswer); 3] =
    [('1', OfferAnswer::Accepted), ('2', OfferAnswer::Refused), ('3', OfferAnswer::Undecided)];

/// The panel.
pub struct OfferPanel {
    id: ScreenId,
    customer: CustomerId,
    name: String,
    from: From,
    began: jiff::Timestamp,
    /// Those that fit, the best first; `None` until they are known.
    offers: Option<Vec<Proposition>>,
    at: usize,
    /// What was said; then a reason is asked for.
    answer: Option<OfferAnswer>,
    reason: Field,
}

impl OfferPanel {
    pub fn open(customer: CustomerId, name: &str, shell: &mut Shell) {
        Self::open_from(customer, name, From::default(), shell);
    }

    /// The same for one who was taken from a queue or a task.
    pub fn open_from(customer: CustomerId, name: &str, from: From, shell: &mut Shell) {
        let id = shell.new_screen();
        shell.ask(id, 0, Question::Propositions { customer, campaign: None });
        let (name, began, reason) = (name.to_owned(), shell.now, Field::new(""));
        let (offers, at, answer) = (None, 0, None);
        shell.push(Self { id, customer, name, from, began, offers, at, answer, reason });
    }

    fn meant(&self) -> Option<&Proposition> {
        self.offers.as_ref()?.get(self.at)
    }

    fn go(&mut self, by: isize) {
        let n = self.offers.as_ref().map_or(0, Vec::len) as isize;
        if n > 0 {
            self.at = (self.at as isize + by).rem_euclid(n).unsigned_abs();
        }
    }

    fn save(&self, answer: OfferAnswer, shell: &mut Shell) {
        let Some(offer) = self.meant().map(|p| p.offer.id) else { return };
        // The offer is answered: how the call ended is that somebody was spoken to.
        let outcomes = shell.status.as_ref().map(|s| s.outcomes.clone());
        let mut all = outcomes.iter().flat_map(|all| all.iter());
        let reached = all.find(|o| o.active && o.meaning == Meaning::Reached);
        let outcome = reached.map(|o| o.code.clone()).unwrap_or_default();
        let reason = self.reason.text().trim().to_owned();
        let seconds = shell.now.as_second().saturating_sub(self.began.as_second());
        let offer = Some(Proposed { offer, answer, reason });
        shell.act(
            self.id,
            0,
            Command::Log(Log {
                customer: self.customer,
                outcome,
                note: String::new(),
                channel: Channel::Call,
                direction: Direction::Outbound,
                seconds: seconds.clamp(0, 4 * 3_600) as u32,
                callback: None,
                queue: self.from.queue,
                finishes: self.from.task,
                wrap_up: WrapUp { offer, ..WrapUp::default() },
            }),
        );
        shell.close(self.id);
    }

    fn list(&self, canvas: &mut Canvas<'_>, area: Area, offers: &[Proposition], shell: &Shell) {
        let names: Vec<SafeText> =
            offers.iter().map(|p| SafeText::clean(&p.offer.name).isolate()).collect();
        let wide = names.iter().map(width).max().unwrap_or(0) as u16;
        let wide = wide.min(area.width.saturating_sub(4) / 2);
        for (at, (p, name)) in offers.iter().zip(&names).enumerate() {
            let line = area.line(at as u16);
            if line.is_empty() {
                break;
            }
            let here = at == self.at;
            if here {
                canvas.put((line.x, line.y), 1, &safe!["▸"], Role::Accent);
            }
            let (_, room) = line.split_start(2);
            let role = if here { Role::Strong } else { Role::Text };
            canvas.put((room.x, room.y), wide, name, role);
            let (_, room) = room.split_start(wide + 2);
            let gain = shell.money_in(p.gain, 12);
            let brings = safe![shell.say(w::OFFER_BRINGS), " ", gain, "   "];
            let parts = [(brings, Role::Text), (why::evidence(p, shell), Role::Dim)];
            canvas.put_parts((room.x, room.y), room.width, &parts);
        }
    }

    fn answers(&self, canvas: &mut Canvas<'_>, line: Area, shell: &Shell) {
        let mut parts = Vec::new();
        for (digit, answer) in ANSWERS {
            let role = if self.answer == Some(answer) { Role::Accent } else { Role::Text };
            parts.push((safe!["[", digit, "]"].ltr(), Role::Key));
            parts.push((safe![" ", shell.say(terms::answer(answer)), "  "], role));
        }
        let used = canvas.put_parts((line.x, line.y), line.width, &parts);
        if self.answer.is_none() {
            return;
        }
        let (_, room) = line.split_start(used);
        let label = safe![shell.say(w::LOG_REASON), " "];
        let used = canvas.put((room.x, room.y), room.width, &label, Role::Accent);
        let (_, room) = room.split_start(used);
        canvas.put_field((room.x, room.y), room.width.min(60), &self.reason, true);
    }
}

impl Screen for OfferPanel {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        if self.answer.is_some() { &[Context::Prompt] } else { &[Context::Offer] }
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say_with(w::OFFER_TITLE, &[("who", SafeText::clean(&self.name).into())])
    }

    fn can(&self, action: Action, _shell: &Shell) -> bool {
        action != Action::Complete
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        match (action, self.answer) {
            (Action::Accept, Some(answer)) => self.save(answer, shell),
            // Back to the answers; what was typed stays.
            (Action::StepBack, Some(_)) => self.answer = None,
            (Action::Down, None) => self.go(1),
            (Action::Up, None) => self.go(-1),
            _ => return false,
        }
        true
    }

    fn key(&mut self, key: Key, shell: &mut Shell) {
        if self.answer.is_some() {
            editor::edit(&mut self.reason, editor::seen(key, shell.dir()));
            return;
        }
        let typed = keymap::as_bound(key).writes();
        if self.meant().is_some() {
            let hit = ANSWERS.iter().find(|(digit, _)| Some(*digit) == typed);
            self.answer = hit.map(|(_, answer)| *answer);
        }
    }

    fn pasted(&mut self, text: &str, _shell: &mut Shell) {
        if self.answer.is_some() {
            self.reason.insert_str(text);
        }
    }

    fn answered(&mut self, _part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        match answer {
            Ok(Answer::Propositions(offers)) => self.offers = Some(offers),
            Err(refusal) => shell.toast_result(&Err(refusal)),
            Ok(_) => {}
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let count = self.offers.as_ref().map_or(0, Vec::len) as u16;
        let inside = panel::foot(canvas, area, count + 1, &self.title(shell));
        match &self.offers {
            None => {}
            Some(offers) if offers.is_empty() => {
                sentence(canvas, inside, &shell.say(w::NO_OFFER_FITS), Role::Dim);
            }
            Some(offers) => {
                let (list, foot) = inside.split_foot(1);
                self.list(canvas, list, offers, shell);
                self.answers(canvas, foot, shell);
            }
        }
    }
}
