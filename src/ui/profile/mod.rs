//! Everything about one customer on one screen.

use crate::domain::CustomerId;
use crate::text::SafeText;

use super::canvas::{Area, Canvas};
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::screen::{Screen, Target};
use super::shell::Shell;

/// The screen.
pub struct Profile {
    id: ScreenId,
    customer: CustomerId,
    name: String,
}

impl Profile {
    /// Opens a customer over what is seen.
    pub fn open(customer: CustomerId, name: &str, shell: &mut Shell) {
        let id = shell.new_screen();
        shell.push(Self { id, customer, name: name.to_owned() });
    }
}

impl Screen for Profile {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Profile, Context::Customer, Context::List]
    }

    fn title(&self, _shell: &Shell) -> SafeText {
        SafeText::clean(&self.name)
    }

    fn target(&self) -> Option<Target> {
        Some(Target::one(self.customer, &self.name))
    }

    fn act(&mut self, _action: Action, _shell: &mut Shell) -> bool {
        false
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        super::frame::sentence(canvas, area, &self.title(shell), super::theme::Role::Strong);
    }
}
