//! What can be done with a customer wherever one is seen: the same keys on every screen.

use crate::desk::{Answer, Command};
use crate::domain::{ContactKind, CustomerId};
use crate::text::SafeText;
use crate::text::words::frame as w;

use super::customer_form::CustomerSheet;
use super::erase::ErasePanel;
use super::keymap::Action;
use super::learned::Learned;
use super::log;
use super::message::{Effect, ScreenId};
use super::offer::OfferPanel;
use super::profile::Profile;
use super::screen::Target;
use super::sheet::SheetScreen;
use super::shell::Shell;
use super::start_case::StartCase;
use super::tag::TagPanel;
use super::toast::Tone;
use super::when::WhenPanel;

/// The part number acts from here come back with; screens number their own below 200.
pub const PART: u8 = 255;

/// Does an action on a customer; false when it is none.
pub fn act(screen: ScreenId, target: Option<&Target>, action: Action, shell: &mut Shell) -> bool {
    let is_ours = matches!(
        action,
        Action::Open
            | Action::Log
            | Action::LogQuick
            | Action::Tag
            | Action::Untag
            | Action::CallBack
            | Action::StartCase
            | Action::Edit
            | Action::Erase
            | Action::Learned
            | Action::Offer
    );
    if !is_ours {
        return false;
    }
    let Some(target) = target else {
        let text = shell.say(w::NO_CUSTOMER);
        shell.toast(Tone::Note, text);
        return true;
    };
    match action {
        Action::Tag => TagPanel::open(screen, target.clone(), shell),
        Action::Untag => TagPanel::open_untag(screen, target.clone(), shell),
        _ => {
            let Some((id, name)) = target.one.clone() else {
                let text = shell.say(w::ONE_AT_A_TIME);
                shell.toast(Tone::Note, text);
                return true;
            };
            one(id, &name, action, shell);
        }
    }
    true
}

fn one(id: CustomerId, name: &str, action: Action, shell: &mut Shell) {
    match action {
        Action::Open => Profile::open(id, name, shell),
        Action::Erase => ErasePanel::open(id, name, None, shell),
        Action::Edit => SheetScreen::open(CustomerSheet::edit(id, name), shell),
        Action::CallBack => WhenPanel::open(id, name, shell),
        Action::Learned => Learned::open(id, name, shell),
        Action::Offer => OfferPanel::open(id, name, shell),
        Action::StartCase => StartCase::open(id, name, shell),
        Action::Log => log::open(id, name, log::Kind::WithNote, shell),
        _ => log::open(id, name, log::Kind::Quick, shell),
    }
}

/// Puts the phone (or else the e-mail) of a customer on the clipboard.
pub fn copy(customer: &crate::domain::Customer, shell: &mut Shell) {
    let text = customer.contact(ContactKind::Phone).or(customer.contact(ContactKind::Email));
    if let Some(text) = text {
        let what = SafeText::clean(text);
        shell.effect(Effect::Copy(text.to_owned()));
        let said = shell.say_with(w::COPIED, &[("what", what.ltr().into())]);
        shell.toast(Tone::Note, said);
    } else {
        let said = shell.say(w::NO_PHONE);
        shell.toast(Tone::Note, said);
    }
}

/// How a target is named in a title.
pub fn name_of(target: &Target, shell: &Shell) -> SafeText {
    match &target.one {
        Some((_, name)) => SafeText::clean(name).isolate(),
        None => shell.say_with(w::MANY, &[("n", target.count.into())]),
    }
}

/// The words of a [`Answer::Complete`].
pub fn completions(answer: Answer) -> Vec<String> {
    match answer {
        Answer::Complete(words) => words,
        _ => Vec::new(),
    }
}

/// A change of whoever is meant, kept for `.`.
pub fn change(screen: ScreenId, target: &Target, change: crate::desk::Change, shell: &mut Shell) {
    shell.repeat = Some(super::shell::Repeat::Change(change.clone()));
    shell.act(screen, PART, Command::Change { whom: target.whom.clone(), change });
}
