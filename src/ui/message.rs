//! What comes in and what goes out: the whole traffic between the screens and the session.

use jiff::Timestamp;

use crate::desk::{Answer, Command, Heard, Notice, Question, Refusal};

use super::key::{Key, Mouse, Size};

/// Something happened.
#[derive(Debug)]
pub enum Msg {
    Key(Key),
    Mouse(Mouse),
    /// Text pasted in one piece.
    Pasted(String),
    Resized(Size),
    /// The minute changed.
    Tick(Timestamp),
    /// How far the store is opened; until `Stage::Ready` nothing is asked.
    Opening(Stage),
    Answered(Ticket, Result<Answer, Refusal>),
    Acted(Ticket, Result<Notice, Refusal>),
    /// Somebody did something, or notices were missed.
    Heard(Heard),
    /// The editor has closed; `None` when it failed or changed nothing.
    Edited(Option<String>),
}

/// How far a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Not begun.
    Starting,
    /// The files are being opened.
    Opening,
    /// What a crash left is being put right.
    Recovering,
    /// Questions are answered.
    Ready,
}

/// Something to be done outside.
#[derive(Debug)]
pub enum Effect {
    /// Ask the desk; an older ask with the same slot is not wanted any more.
    Ask(Ticket, Question),
    /// Have the desk do something.
    Act(Ticket, Command),
    /// Put text on the clipboard (OSC 52).
    Copy(String),
    /// Open `$EDITOR` on a text; answered with [`Msg::Edited`].
    Edit(String),
    /// Stop the process until the shell resumes it (Ctrl-Z).
    Suspend,
    /// Draw everything anew.
    Redraw,
    Quit,
}

/// Where the answer to an ask goes, and which ask it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket {
    pub slot: Slot,
    /// Counts up; a larger number in the same slot supersedes a smaller one.
    pub number: u64,
}

/// A place an answer is shown in: which screen, and which part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot {
    pub screen: ScreenId,
    pub part: u8,
}

/// One opened screen or panel; 0 is the frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScreenId(pub u32);
