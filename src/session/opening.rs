//! A desk that opens in the background while the first frame is on the screen already.

use std::sync::Arc;
use std::thread;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::text::{Lang, SafeText};
use crate::ui::Stage;

/// Why a desk did not open, in the person's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was tried, what is wrong, what to do next: a paragraph each.
    pub words: Vec<SafeText>,
    /// Their language.
    pub lang: Lang,
    /// Exit status of the program.
    pub status: u8,
}

/// News of an opening desk.
#[derive(Debug)]
pub(super) enum News<D> {
    Stage(Stage),
    Ready(Arc<D>),
    Failed(Failure),
}

/// A desk that becomes ready, or does not.
#[derive(Debug)]
pub struct Opening<D>(pub(super) UnboundedReceiver<News<D>>);

impl<D: Send + Sync + 'static> Opening<D> {
    /// A desk that is open, as for a session of a running server.
    pub fn ready(desk: Arc<D>) -> Self {
        let (sender, receiver) = unbounded_channel();
        let _ = sender.send(News::Ready(desk));
        Self(receiver)
    }

    /// Opens a desk on a thread of its own. `open` says how far it is as it goes; should it panic,
    /// the person is shown `broken`.
    pub fn in_background<F>(open: F, broken: Failure) -> Self
    where
        F: FnOnce(&dyn Fn(Stage)) -> Result<Arc<D>, Failure> + Send + 'static,
    {
        let (sender, receiver) = unbounded_channel();
        let last_word = LastWord { sender: sender.clone(), broken: Some(broken) };
        let work = move || {
            let mut last_word = last_word;
            let result = open(&|stage| {
                let _ = last_word.sender.send(News::Stage(stage));
            });
            last_word.broken = None;
            let _ = last_word.sender.send(match result {
                Ok(desk) => News::Ready(desk),
                Err(failure) => News::Failed(failure),
            });
        };
        // A thread that cannot be made drops `work`, and its last word is sent.
        let _ = thread::Builder::new().name("vafa-open".to_owned()).spawn(work);
        Self(receiver)
    }
}

/// Sends the failure kept for a panic unless it was taken out before.
struct LastWord<D> {
    sender: UnboundedSender<News<D>>,
    broken: Option<Failure>,
}

impl<D> Drop for LastWord<D> {
    fn drop(&mut self) {
        if let Some(broken) = self.broken.take() {
            let _ = self.sender.send(News::Failed(broken));
        }
    }
}
