//! Carries questions and commands to the desk, away from the loop, and brings back what came of them.
//!
//! Questions of the same slot supersede each other: the older is cancelled and its answer never
//! arrives. Commands run one after the other in the order they were sent, and none is dropped.
//! What the desk announces is heard on a thread of its own, through a bounded channel.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc::{Receiver, UnboundedReceiver, UnboundedSender, channel, unbounded_channel};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::desk::{Answer, Cancel, Closed, Command, Desk, Heard, Notice, Question, Refusal, Who};
use crate::store::StoreError;
use crate::ui::{Slot, Ticket};

use super::program::{Clock, Occupant};

/// Questions of one session that run at a time.
const ASKS_AT_ONCE: usize = 2;
/// Notices that wait for the loop; beyond them the desk's own queue fills, then tells `Missed`.
const HEARD_WAITING: usize = 64;
/// How often the hearing thread looks whether its session still lives.
const HEARING_TURN: Duration = Duration::from_secs(1);

/// Listens at a desk: waits at most so long for the next notice.
pub type Ear = Box<dyn FnMut(Duration) -> Result<Option<Heard>, Closed> + Send>;

/// The desk as a session sees it.
pub trait Door: Send + Sync + 'static {
    /// As [`Desk::ask`].
    fn ask(&self, who: &Who, question: Question, cancel: &Cancel) -> Result<Answer, Refusal>;
    /// As [`Desk::act`].
    fn act(&self, who: &Who, command: Command) -> Result<Notice, Refusal>;
    /// As [`Desk::listen`].
    fn listen(&self) -> Ear;
}

impl Door for Desk {
    fn ask(&self, who: &Who, question: Question, cancel: &Cancel) -> Result<Answer, Refusal> {
        Self::ask(self, who, question, cancel)
    }

    fn act(&self, who: &Who, command: Command) -> Result<Notice, Refusal> {
        Self::act(self, who, command)
    }

    fn listen(&self) -> Ear {
        let listener = Self::listen(self);
        Box::new(move |at_most| listener.next(at_most))
    }
}

/// What came of a question or a command.
#[derive(Debug)]
pub enum Outcome {
    Answered(Ticket, Result<Answer, Refusal>),
    Acted(Ticket, Result<Notice, Refusal>),
}

/// The carrier of one session.
pub struct Work<D> {
    agent: Occupant,
    clock: Clock,
    desk: watch::Sender<Option<Arc<D>>>,
    permits: Arc<Semaphore>,
    /// The newest question of each slot that is not answered yet.
    asked: HashMap<Slot, (u64, Cancel)>,
    acts: UnboundedSender<(Ticket, Command, Who)>,
    acting: JoinHandle<()>,
    results: UnboundedSender<Outcome>,
    outcomes: UnboundedReceiver<Outcome>,
}

impl<D: Door> Work<D> {
    /// A carrier that holds everything until [`Work::open`]. Needs a running tokio runtime.
    pub fn new(agent: Occupant, clock: Clock) -> Self {
        let (results, outcomes) = unbounded_channel();
        let (acts, queue) = unbounded_channel();
        let (desk, ready) = watch::channel(None);
        let acting = tokio::spawn(act_in_order(ready, queue, results.clone()));
        let permits = Arc::new(Semaphore::new(ASKS_AT_ONCE));
        let asked = HashMap::new();
        Self { agent, clock, desk, permits, asked, acts, acting, results, outcomes }
    }

    /// The desk is open: what was held begins. Returns what the desk announces from now on.
    pub fn open(&mut self, desk: Arc<D>) -> Receiver<Heard> {
        let heard = hear(desk.listen());
        self.desk.send_replace(Some(desk));
        heard
    }

    /// Asks; an older question of the same slot is not wanted any more.
    pub fn ask(&mut self, ticket: Ticket, question: Question) {
        let cancel = Cancel::default();
        if let Some((_, older)) = self.asked.insert(ticket.slot, (ticket.number, cancel.clone())) {
            older.cancel();
        }
        let who = self.who();
        let mut ready = self.desk.subscribe();
        let (permits, results) = (Arc::clone(&self.permits), self.results.clone());
        tokio::spawn(async move {
            let Some(desk) = opened(&mut ready).await else { return };
            let Ok(_permit) = permits.acquire_owned().await else { return };
            if cancel.is_cancelled() {
                return;
            }
            let asking = spawn_blocking(move || desk.ask(&who, question, &cancel));
            let answer = asking.await.unwrap_or_else(|_| Err(broke()));
            let _ = results.send(Outcome::Answered(ticket, answer));
        });
    }

    /// Acts, after all that was sent before.
    pub fn act(&mut self, ticket: Ticket, command: Command) {
        let _ = self.acts.send((ticket, command, self.who()));
    }

    /// The next answer still wanted, or what came of the next command.
    pub async fn next(&mut self) -> Outcome {
        loop {
            // The carrier holds a sender itself, so the channel does not end.
            let Some(outcome) = self.outcomes.recv().await else { std::future::pending().await };
            if self.is_wanted(&outcome) {
                return outcome;
            }
        }
    }

    /// The same without waiting.
    pub fn try_next(&mut self) -> Option<Outcome> {
        loop {
            let outcome = self.outcomes.try_recv().ok()?;
            if self.is_wanted(&outcome) {
                return Some(outcome);
            }
        }
    }

    /// Cancels all questions and waits until every command is done. Without a desk nothing is waited for.
    pub async fn finish(self) {
        for (_, cancel) in self.asked.values() {
            cancel.cancel();
        }
        let Self { desk, acts, acting, .. } = self;
        let open = desk.borrow().is_some();
        drop((acts, desk));
        if open {
            let _ = acting.await;
        } else {
            acting.abort();
        }
    }

    fn who(&self) -> Who {
        let agent = self.agent.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Who { agent: agent.clone(), now: (self.clock)() }
    }

    fn is_wanted(&mut self, outcome: &Outcome) -> bool {
        let Outcome::Answered(ticket, _) = outcome else { return true };
        let newest = self.asked.get(&ticket.slot).is_some_and(|(n, _)| *n == ticket.number);
        if newest {
            self.asked.remove(&ticket.slot);
        }
        newest
    }
}

/// The desk once it is open; `None` when the session ended before.
async fn opened<D>(ready: &mut watch::Receiver<Option<Arc<D>>>) -> Option<Arc<D>> {
    ready.wait_for(Option::is_some).await.ok()?.clone()
}

async fn act_in_order<D: Door>(
    mut ready: watch::Receiver<Option<Arc<D>>>,
    mut queue: UnboundedReceiver<(Ticket, Command, Who)>,
    results: UnboundedSender<Outcome>,
) {
    let Some(desk) = opened(&mut ready).await else { return };
    while let Some((ticket, command, who)) = queue.recv().await {
        let desk = Arc::clone(&desk);
        let acted = spawn_blocking(move || desk.act(&who, command)).await;
        let _ = results.send(Outcome::Acted(ticket, acted.unwrap_or_else(|_| Err(broke()))));
    }
}

/// Work that panicked: nobody must take it for done. A local session prints the panic at its end.
fn broke() -> Refusal {
    Refusal::Store(StoreError::Io {
        doing: "the work".to_owned(),
        kind: io::ErrorKind::Other,
        message: "a mistake in vafa itself, printed when you leave".to_owned(),
    })
}

/// Hears on a thread of its own, which ends soon after the receiver or the desk is gone.
fn hear(mut ear: Ear) -> Receiver<Heard> {
    let (sender, receiver) = channel(HEARD_WAITING);
    let work = move || {
        while !sender.is_closed() {
            match ear(HEARING_TURN) {
                Ok(Some(heard)) => {
                    if sender.blocking_send(heard).is_err() {
                        return;
                    }
                }
                Ok(None) => {}
                Err(Closed) => return,
            }
        }
    };
    // Without a thread nothing is heard; the channel then ends at once.
    let _ = thread::Builder::new().name("vafa-hear".to_owned()).spawn(work);
    receiver
}
