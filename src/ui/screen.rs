//! What a screen is. A screen that fills the body and a panel that lies over it are the same thing.
//!
//! A screen is a struct (its model), these functions, its rows in the keymap and its words.

use crate::desk::{Answer, Heard, Notice, Refusal, Whom};
use crate::domain::{CustomerId, Draft};
use crate::text::SafeText;

use super::canvas::{Area, Canvas};
use super::key::{Key, Mouse};
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::shell::Shell;

/// Whom a key on a customer is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub whom: Whom,
    /// How many they are.
    pub count: usize,
    /// The one, when it is one.
    pub one: Option<(CustomerId, String)>,
}

impl Target {
    /// One customer.
    pub fn one(id: CustomerId, name: &str) -> Self {
        Self { whom: Whom::These(vec![id]), count: 1, one: Some((id, name.to_owned())) }
    }
}

/// What a panel tells the screen that opened it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What the screen had asked for; its own numbering.
    pub part: u8,
    /// What was chosen or typed, by its machine name.
    pub text: String,
}

/// A screen or a panel.
pub trait Screen: Send {
    fn id(&self) -> ScreenId;

    /// The contexts its keys are looked up in, innermost first. A context of text state makes
    /// printing keys go to [`Screen::key`].
    fn contexts(&self) -> &'static [Context];

    /// False for a panel, which lies over the screen below it.
    fn fills(&self) -> bool {
        true
    }

    /// Its name, for the head of a narrow screen and for help.
    fn title(&self, shell: &Shell) -> SafeText;

    /// Whom a key on a customer is about, if on anybody.
    fn target(&self) -> Option<Target> {
        None
    }

    /// False when an action of the keymap has no meaning just now: it is left out of the hints.
    fn can(&self, action: Action, shell: &Shell) -> bool {
        let _ = (action, shell);
        true
    }

    /// It has come to the top: opened, or what lay over it was closed.
    fn shown(&mut self, shell: &mut Shell) {
        let _ = shell;
    }

    /// Does an action; false when it knows none of that name.
    fn act(&mut self, action: Action, shell: &mut Shell) -> bool;

    /// A key that is not in the keymap: letters for a field, choices of a menu.
    fn key(&mut self, key: Key, shell: &mut Shell) {
        let _ = (key, shell);
    }

    /// Text pasted in one piece.
    fn pasted(&mut self, text: &str, shell: &mut Shell) {
        let _ = (text, shell);
    }

    /// What came back from `$EDITOR`.
    fn edited(&mut self, text: &str, shell: &mut Shell) {
        let _ = (text, shell);
    }

    /// A click or a turn of the wheel, at a logical place inside `area`.
    fn mouse(&mut self, mouse: Mouse, area: Area, shell: &mut Shell) {
        let _ = (mouse, area, shell);
    }

    /// The newest answer to an ask of this part.
    fn answered(&mut self, part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        let _ = (part, answer, shell);
    }

    /// What came of an act; true when the screen itself shows it, so that no toast is needed.
    fn acted(&mut self, part: u8, result: &Result<Notice, Refusal>, shell: &mut Shell) -> bool {
        let _ = (part, result, shell);
        false
    }

    /// Somebody did something.
    fn heard(&mut self, heard: &Heard, shell: &mut Shell) {
        let _ = (heard, shell);
    }

    /// What was chosen in a panel this screen had opened.
    fn told(&mut self, told: Told, shell: &mut Shell) {
        let _ = (told, shell);
    }

    /// What was typed and not saved, for a line that is lost.
    fn draft(&self, shell: &Shell) -> Option<Draft> {
        let _ = shell;
        None
    }

    /// Another minute.
    fn ticked(&mut self, shell: &mut Shell) {
        let _ = shell;
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell);
}
