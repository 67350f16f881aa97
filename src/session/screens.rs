//! The screens as the loop's program: keeps drafts at the end, follows the terminal's background.

use ratatui::Frame;

use crate::desk::Command;
use crate::domain::{BidiKind, ThemeKind};
use crate::text::Bidi;
use crate::ui::{self, Effect, Model, Msg, ScreenId, Slot, Ticket};

use super::program::Program;

/// Where what came of a draft kept at the very end would go; nobody is there to see it.
const NOWHERE: Slot = Slot { screen: ScreenId(u32::MAX), part: 0 };

/// The screens of one session.
pub struct Screens {
    /// Their state.
    pub model: Model,
    /// Dark or light follows the terminal's background, unless a person has chosen.
    pub follows_background: bool,
}

impl Program for Screens {
    fn update(&mut self, msg: Msg) -> Vec<Effect> {
        ui::update(&mut self.model, msg)
    }

    fn draw(&self, frame: &mut Frame) {
        ui::draw(&self.model, frame);
    }

    fn leaving(&mut self) -> Vec<Effect> {
        let drafts = self.model.drafts().into_iter().zip(0..);
        let keep = |(draft, number)| {
            Effect::Act(Ticket { slot: NOWHERE, number }, Command::SaveDraft(draft))
        };
        drafts.map(keep).collect()
    }

    fn bidi_wish(&self) -> Option<BidiKind> {
        Some(self.model.bidi_wish())
    }

    fn bidi(&mut self, bidi: Bidi) {
        self.model.set_bidi(bidi);
    }

    fn background(&mut self, light: bool) {
        if self.follows_background {
            self.model.set_theme(if light { ThemeKind::Light } else { ThemeKind::Dark });
        }
    }
}
