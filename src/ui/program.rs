//! The fold of everything that happens into the state of the screens.

use crate::desk::{Answer, Command, Deed, Heard, Question};
use crate::text::words::frame as w;

use super::canvas::{Area, Canvas};
use super::frame;
use super::help::Help;
use super::key::{Key, Mouse};
use super::keymap::{self, Action, Context};
use super::log;
use super::message::{Effect, Msg, ScreenId, Stage};
use super::messages::Messages;
use super::model::Model;
use super::on_customer;
use super::preferences::{self, Preferences};
use super::shell::Repeat;
use super::stage_rules::StageRules;
use super::toast::Tone;

/// The frame's own place for answers.
const FRAME: ScreenId = ScreenId(0);
const STATUS: u8 = 0;

/// Folds a message into the model; answers what is to be done outside.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => press(model, key),
        Msg::Mouse(mouse) => point(model, mouse),
        Msg::Pasted(text) => {
            if let Some((top, shell)) = model.top_mut() {
                top.pasted(&text, shell);
            }
        }
        Msg::Edited(text) => {
            if let (Some((top, shell)), Some(text)) = (model.top_mut(), text) {
                top.edited(&text, shell);
            }
        }
        Msg::Resized(size) => {
            model.shell.size = size;
            model.show_top();
        }
        Msg::Tick(now) => {
            model.shell.now = now;
            model.each(|screen, shell| screen.ticked(shell));
        }
        Msg::Opening(stage) => {
            let was_ready = model.shell.opening == Stage::Ready;
            model.shell.opening = stage;
            if stage == Stage::Ready && !was_ready {
                model.shell.ask(FRAME, STATUS, Question::Status);
                model.show_top();
            }
        }
        Msg::Answered(ticket, answer) => {
            if !model.shell.settle(ticket) {
                return Vec::new();
            }
            if ticket.slot.screen == FRAME {
                match answer {
                    Ok(Answer::Status(status)) => model.shell.set_status(*status),
                    Ok(_) => {}
                    Err(refusal) => model.shell.toast_result(&Err(refusal)),
                }
                if std::mem::take(&mut model.is_stale) {
                    model.shell.ask(FRAME, STATUS, Question::Status);
                }
            } else if let Some((screen, shell)) = model.screen_mut(ticket.slot.screen) {
                screen.answered(ticket.slot.part, answer, shell);
            }
        }
        Msg::Acted(ticket, result) => {
            if let Ok(notice) = &result
                && let Deed::Logged { customer, name, interaction, .. }
                | Deed::Corrected { customer, name, interaction, .. } = &notice.deed
            {
                model.shell.last_logged = Some((*customer, name.clone(), *interaction));
            }
            let shown = match model.screen_mut(ticket.slot.screen) {
                Some((screen, shell)) => screen.acted(ticket.slot.part, &result, shell),
                None => false,
            };
            let asked = matches!(&result, Err(refusal)
                if super::log::despite::ask(refusal, &mut model.shell));
            if !shown && !asked {
                model.shell.toast_result(&result);
            }
        }
        Msg::Heard(heard) => hear(model, &heard),
    }
    model.make_moves();
    model.shell.take_effects()
}

/// Draws the model.
pub fn draw(model: &Model, frame: &mut ratatui::Frame<'_>) {
    let shell = model.shell();
    let mut canvas = Canvas::new(frame.buffer_mut(), shell.lang(), shell.bidi, shell.theme());
    frame::draw(model, &mut canvas);
}

fn hear(model: &mut Model, heard: &Heard) {
    if model.shell.opening != Stage::Ready {
        return;
    }
    // One question at a time: a storm of notices must not put the answer off for ever.
    if model.shell.is_waiting(FRAME, STATUS) {
        model.is_stale = true;
    } else {
        model.shell.ask(FRAME, STATUS, Question::Status);
    }
    if matches!(heard, Heard::Missed) {
        let text = model.shell.say(w::NOTES_MISSED);
        model.shell.toast(Tone::Note, text);
    }
    model.each(|screen, shell| screen.heard(heard, shell));
}

/// The contexts keys are looked up in now.
pub(super) fn contexts(model: &Model) -> Vec<Context> {
    let Some(top) = model.top() else { return vec![Context::Global] };
    let mut all = top.contexts().to_vec();
    if all.iter().any(|c| c.is_text()) {
        all.push(Context::Text);
    } else if all.iter().any(|c| c.is_modal()) {
        all.push(Context::Panel);
    } else {
        all.push(Context::Global);
    }
    all
}

fn press(model: &mut Model, key: Key) {
    let contexts = contexts(model);
    match keymap::action(&contexts, key) {
        Some(action) => run(model, action),
        None => {
            if let Some((top, shell)) = model.top_mut() {
                top.key(key, shell);
            }
        }
    }
}

/// Does an action where it means something: the screen on top, a customer, the frame.
pub(super) fn run(model: &mut Model, action: Action) {
    let depth = model.depth();
    let Some((top, shell)) = model.top_mut() else { return };
    if top.act(action, shell) {
        return;
    }
    let (id, target) = (top.id(), top.target());
    if on_customer::act(id, target.as_ref(), action, shell) {
        return;
    }
    match action {
        Action::Tab(digit) => shell.tab(digit),
        Action::Palette => {
            let help = Help::palette(model);
            model.shell.push(help);
        }
        Action::Help => {
            let help = Help::keys(model);
            model.shell.push(help);
        }
        Action::Back if depth == 0 => shell.effect(Effect::Quit),
        Action::Back => shell.close(id),
        Action::StepBack if depth > 0 => shell.close(id),
        Action::Quit => shell.effect(Effect::Quit),
        Action::Undo => shell.act(FRAME, 1, Command::Undo(None)),
        Action::Redo => shell.act(FRAME, 1, Command::Redo),
        Action::Again => match (shell.repeat.clone(), target) {
            (Some(Repeat::Change(change)), Some(target)) => {
                shell.act(id, on_customer::PART, Command::Change { whom: target.whom, change });
            }
            (None, _) => {
                let text = shell.say(w::NOTHING_TO_REPEAT);
                shell.toast(Tone::Note, text);
            }
            (_, None) => {
                let text = shell.say(w::NO_CUSTOMER);
                shell.toast(Tone::Note, text);
            }
        },
        Action::Messages => {
            let messages = Messages::new(shell);
            shell.push(messages);
        }
        Action::Language => preferences::switch_language(FRAME, shell),
        Action::Preferences => {
            let panel = Preferences::new(shell);
            shell.push(panel);
        }
        Action::Correct => log::correct_last(shell),
        Action::MoveStages => StageRules::open(shell),
        Action::Suspend if shell.setup.can_suspend => shell.effect(Effect::Suspend),
        Action::Redraw => shell.effect(Effect::Redraw),
        _ => {}
    }
}

fn point(model: &mut Model, mouse: Mouse) {
    let width = model.shell.size.width;
    let dir = model.shell.dir();
    let mouse = match mouse {
        Mouse::Click { x, y } => Mouse::Click { x: Canvas::logical(x, width, dir), y },
        Mouse::Wheel { x, y, lines } => {
            Mouse::Wheel { x: Canvas::logical(x, width, dir), y, lines }
        }
    };
    if let Mouse::Click { x, y } = mouse
        && let Some(digit) = frame::tab_at(model, x, y)
    {
        model.shell.tab(digit);
        return;
    }
    let body: Area = frame::body(&model.shell);
    if let Some((top, shell)) = model.top_mut() {
        top.mouse(mouse, body, shell);
    }
}
