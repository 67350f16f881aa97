//! What the loop is given beside a line and a desk: the screens as a pure program, who sits there, and
//! how it can end.

use std::sync::Arc;

use jiff::Timestamp;
use ratatui::Frame;

use crate::domain::{Agent, BidiKind};
use crate::text::Bidi;
use crate::ui::{Effect, Msg};

use super::opening::Failure;

/// Reads the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The screens as the loop sees them: a pure program.
pub trait Program: Send {
    /// Folds a message in; returns what is to be done outside.
    fn update(&mut self, msg: Msg) -> Vec<Effect>;

    /// Draws what is there now.
    fn draw(&self, frame: &mut Frame);

    /// True while the minute is shown somewhere, or something falls due.
    fn wants_minute(&self) -> bool {
        true
    }

    /// The session ends: what must be kept of unfinished work. Only commands are carried out.
    fn leaving(&mut self) -> Vec<Effect> {
        Vec::new()
    }

    /// Who shall order right-to-left text; `None` leaves it as the session began.
    fn bidi_wish(&self) -> Option<BidiKind> {
        None
    }

    /// How right-to-left text reaches the terminal from now on.
    fn bidi(&mut self, bidi: Bidi) {
        let _ = bidi;
    }

    /// The terminal said whether its background is light.
    fn background(&mut self, light: bool) {
        let _ = light;
    }
}

/// The one who acts, shared with whoever opens the store.
pub type Occupant = Arc<std::sync::Mutex<Agent>>;

/// Who sits at the line, and by what clock.
#[derive(Clone)]
pub struct Seat {
    /// Who acts. Known for certain only once the store is open: whoever opens it sets it.
    pub agent: Occupant,
    /// The time.
    pub clock: Clock,
}

/// How a session ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The person left.
    Quit,
    /// The line is gone.
    Gone,
    /// It was told to end by this signal.
    Told(i32),
    /// The desk did not open; the person has seen why.
    Failed(Failure),
}
