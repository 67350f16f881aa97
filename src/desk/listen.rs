//! Sends notices to whoever listens. A slow listener is told that it missed some; it never holds up a writer.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::notice::Notice;

/// Notices a listener can be behind before it is told that it missed some.
const MOST_WAITING: usize = 256;

/// What a listener hears.
#[derive(Clone, Debug)]
pub enum Heard {
    /// Somebody did something.
    Notice(Arc<Notice>),
    /// The directory has grown while it is being built, or scores have changed.
    Progress,
    /// Too slow: some notices are lost; ask again for what is shown.
    Missed,
}

/// The receiving end.
pub struct Listener {
    inbox: Receiver<Heard>,
    missed: Arc<Mutex<bool>>,
}

impl Listener {
    /// Waits for the next; `None` when nothing came in time, `Some(Err(()))` never.
    pub fn next(&self, at_most: Duration) -> Result<Option<Heard>, Closed> {
        match self.inbox.recv_timeout(at_most) {
            Ok(heard) => Ok(Some(heard)),
            Err(RecvTimeoutError::Timeout) => {
                let mut missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(std::mem::take(&mut *missed).then_some(Heard::Missed))
            }
            Err(RecvTimeoutError::Disconnected) => Err(Closed),
        }
    }
}

/// The desk is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the desk is closed")]
pub struct Closed;

/// A listener as the desk sees it: where to send, and where to leave word that it missed some.
type Ear = (SyncSender<Heard>, Arc<Mutex<bool>>);

/// The sending end: all listeners of a desk.
#[derive(Default)]
pub(super) struct Listeners(Mutex<Vec<Ear>>);

impl Listeners {
    pub(super) fn add(&self) -> Listener {
        let (sender, inbox) = sync_channel(MOST_WAITING);
        let missed = Arc::new(Mutex::new(false));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push((sender, Arc::clone(&missed)));
        Listener { inbox, missed }
    }

    /// Tells everyone; forgets those that are gone.
    pub(super) fn tell(&self, heard: &Heard) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(sender, missed)| match sender.try_send(heard.clone()) {
            Ok(()) => true,
            Err(TrySendError::Full(_)) => {
                *missed.lock().unwrap_or_else(PoisonError::into_inner) = true;
                true
            }
            Err(TrySendError::Disconnected(_)) => false,
        });
    }
}
