//! The one loop: input → update → effects → one frame. Knows lines, desks and programs only by
//! their traits; never blocks, never polls, and sleeps while nothing happens.
//!
//! ```text
//!  line ── bytes ──► decode ─┐                         ┌─► ask, act (work) ──► results ─┐
//!  desk ── heard ────────────┼─► program.update ── effects                              │
//!  results, minute ──────────┘        ▲                └─► copy, edit, suspend, quit    │
//!                                     └─────────────────────────────────────────────────┘
//!  after each batch: program.draw ──► paper ──► line.send, one frame in flight
//! ```

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, sleep_until, timeout};

use crate::desk::Heard;
use crate::ui::{Effect, Msg, Stage};

use super::clipboard;
use super::decode::{Decoded, Decoder};
use super::failure;
use super::line::{Input, Line};
use super::minute::Minute;
use super::modes::Modes;
use super::opening::{Failure, News, Opening};
use super::paper::Paper;
use super::profile::Profile;
use super::program::{Clock, End, Program, Seat};
use super::reply::Reply;
use super::work::{Door, Outcome, Work};

/// Results and notices folded in before a frame is drawn, so that a flood does not hold it up.
const MOST_FOLDED: usize = 256;
/// How long a session that was told to end (or lost its line) waits for its commands.
const GRACE: Duration = Duration::from_millis(1200);
/// How long the last bytes may take on a line that does not read.
const LAST_BYTES: Duration = Duration::from_millis(300);

/// Runs a session from its first frame to its end. On the way out unfinished work is kept, every
/// command sent is done, and the terminal's modes are restored if the line still takes bytes.
pub async fn run<L: Line, P: Program, D: Door>(
    line: &L,
    modes: &Modes,
    opening: Opening<D>,
    program: &mut P,
    seat: Seat,
) -> End {
    let mut session = Session {
        paper: Paper::new(line.size()),
        work: Work::new(seat.agent, Arc::clone(&seat.clock)),
        clock: seat.clock,
        minute: Minute::default(),
        decoder: Decoder::default(),
        silent_at: None,
        opening: Some(opening),
        failure: None,
        heard: None,
        outbox: modes.enter(),
        stale: true,
        aside: None,
        end: None,
        modes,
        program,
    };
    session.keep_time();
    session.tell(Msg::Resized(line.size()));
    let mut sending: Sending = None;
    let end = loop {
        if let Some(end) = session.end.take() {
            break end;
        }
        if let Some(aside) = session.aside.take() {
            settle(&mut sending).await;
            session.step_aside(line, aside).await;
            continue;
        }
        if sending.is_none() && session.stale {
            let bytes = session.frame();
            if !bytes.is_empty() {
                sending = Some(Box::pin(async move { line.send(&bytes).await }));
            }
        }
        match session.wait(line, &mut sending).await {
            Event::Sent(Err(_)) | Event::Input(None) => break End::Gone,
            Event::Sent(Ok(())) => {}
            Event::Input(Some(input)) => session.input(input),
            Event::Outcome(outcome) => session.outcome(outcome),
            Event::Heard(heard) => session.heard(heard),
            Event::News(news) => session.news(news),
            Event::Minute => session.keep_time(),
            Event::Silence => {
                session.silent_at = None;
                session.decode(None);
            }
        }
        session.fold_what_waits();
    };
    session.leave(line, sending, end).await
}

/// A frame on its way.
type Sending<'a> = Option<Pin<Box<dyn Future<Output = io::Result<()>> + Send + 'a>>>;

/// Lets a frame on its way arrive, if it does so soon.
async fn settle(sending: &mut Sending<'_>) {
    if let Some(frame) = sending.take() {
        let _ = timeout(LAST_BYTES, frame).await;
    }
}

enum Event<D> {
    Input(Option<Input>),
    Sent(io::Result<()>),
    Outcome(Outcome),
    Heard(Option<Heard>),
    News(Option<News<D>>),
    Minute,
    Silence,
}

/// What cannot be done while the loop has the terminal.
enum Aside {
    Suspend,
    Edit(String),
}

struct Session<'a, P, D> {
    modes: &'a Modes,
    program: &'a mut P,
    paper: Paper,
    work: Work<D>,
    clock: Clock,
    minute: Minute,
    decoder: Decoder,
    /// When the terminal has been silent long enough for what the decoder holds.
    silent_at: Option<Instant>,
    opening: Option<Opening<D>>,
    failure: Option<Failure>,
    heard: Option<Receiver<Heard>>,
    /// Bytes that go before the next frame.
    outbox: Vec<u8>,
    /// Something happened since the last frame.
    stale: bool,
    aside: Option<Aside>,
    end: Option<End>,
}

impl<P: Program, D: Door> Session<'_, P, D> {
    async fn wait<L: Line>(&mut self, line: &L, sending: &mut Sending<'_>) -> Event<D> {
        let minute = if self.program.wants_minute() { self.minute.ends } else { None };
        tokio::select! {
            input = line.next() => Event::Input(input),
            sent = some(sending.as_mut()) => {
                *sending = None;
                Event::Sent(sent)
            }
            outcome = self.work.next() => Event::Outcome(outcome),
            heard = async { some(self.heard.as_mut().map(Receiver::recv)).await } => {
                Event::Heard(heard)
            }
            news = async { some(self.opening.as_mut().map(|o| o.0.recv())).await } => {
                Event::News(news)
            }
            () = at(minute) => Event::Minute,
            () = at(self.silent_at) => Event::Silence,
        }
    }

    /// Folds in what came while the last event was handled, so that all of it shares a frame.
    fn fold_what_waits(&mut self) {
        let mut progress = false;
        for _ in 0..MOST_FOLDED {
            if let Some(outcome) = self.work.try_next() {
                self.outcome(outcome);
            } else if let Some(heard) = self.heard.as_mut().and_then(|h| h.try_recv().ok()) {
                match heard {
                    Heard::Progress => progress = true,
                    heard => self.tell(Msg::Heard(heard)),
                }
            } else {
                break;
            }
        }
        if progress {
            self.tell(Msg::Heard(Heard::Progress));
        }
    }

    fn tell(&mut self, msg: Msg) {
        self.stale = true;
        for effect in self.program.update(msg) {
            self.carry_out(effect);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Ask(ticket, question) => self.work.ask(ticket, question),
            Effect::Act(ticket, command) => self.work.act(ticket, command),
            Effect::Copy(text) => self.post(&clipboard::copy(&text)),
            Effect::Edit(text) => self.aside = Some(Aside::Edit(text)),
            Effect::Suspend => self.aside = Some(Aside::Suspend),
            Effect::Redraw => {
                self.paper.renew(self.paper.size());
                self.stale = true;
            }
            Effect::Quit => self.end = Some(End::Quit),
        }
    }

    /// Sends bytes with the next frame.
    fn post(&mut self, bytes: &[u8]) {
        self.outbox.extend_from_slice(bytes);
        self.stale |= !bytes.is_empty();
    }

    fn frame(&mut self) -> Vec<u8> {
        self.stale = false;
        self.agree_on_bidi();
        let mut bytes = std::mem::take(&mut self.outbox);
        let bidi = self.paper.bidi();
        let drawn = match &self.failure {
            Some(failure) => {
                self.paper.draw(&mut bytes, |frame| failure::draw(failure, bidi, frame))
            }
            None => self.paper.draw(&mut bytes, |frame| self.program.draw(frame)),
        };
        if drawn.is_err() {
            // Memory takes every byte; should a backend ever say otherwise, the line is of no use.
            self.end = Some(End::Gone);
        }
        bytes
    }

    /// Brings together what the person wishes and what the terminal turned out to be.
    fn agree_on_bidi(&mut self) {
        if let Some(wish) = self.program.bidi_wish() {
            let told = self.modes.wish(wish);
            if !told.is_empty() {
                self.outbox.extend_from_slice(told.as_bytes());
                self.paper.renew(self.paper.size());
            }
        }
        let bidi = self.modes.bidi();
        if bidi != self.paper.bidi() {
            self.paper.set_bidi(bidi);
            self.program.bidi(bidi);
        }
    }

    fn input(&mut self, input: Input) {
        self.keep_time();
        match input {
            Input::Bytes(bytes) => self.decode(Some(&bytes)),
            Input::Resized(size) => {
                if size != self.paper.size() {
                    self.paper.renew(size);
                    self.tell(Msg::Resized(size));
                }
            }
            Input::Redraw => {
                self.paper.renew(self.paper.size());
                self.stale = true;
            }
            Input::Leave(signal) => self.end = Some(End::Told(signal)),
        }
    }

    /// Decodes bytes, or what silence makes of those held.
    fn decode(&mut self, bytes: Option<&[u8]>) {
        let mut said = Vec::new();
        match bytes {
            Some(bytes) => self.decoder.feed(bytes, &mut |decoded| said.push(decoded)),
            None => self.decoder.silence(&mut |decoded| said.push(decoded)),
        }
        self.silent_at = self.decoder.patience().map(|patience| Instant::now() + patience);
        for decoded in said {
            if self.end.is_some() {
                return;
            }
            self.said(decoded);
        }
    }

    fn said(&mut self, decoded: Decoded) {
        match (decoded, &self.failure) {
            (Decoded::Key(_), Some(failure)) => self.end = Some(End::Failed(failure.clone())),
            (Decoded::Key(key), None) => self.tell(Msg::Key(key)),
            (Decoded::Mouse(mouse), None) => self.tell(Msg::Mouse(mouse)),
            (Decoded::Pasted(text), None) => self.tell(Msg::Pasted(text)),
            (Decoded::Mouse(_) | Decoded::Pasted(_), Some(_)) | (Decoded::Focus(false), _) => {}
            // The person may have turned to another theme meanwhile.
            (Decoded::Focus(true), _) => self.post(self.modes.ask_background().as_bytes()),
            (Decoded::Reply(reply), _) => self.replied(reply),
        }
    }

    fn replied(&mut self, reply: Reply) {
        match reply {
            Reply::Version(version) => self.learn(Profile::of_version(&version)),
            Reply::Device(device) => self.learn(Profile::of_device(device)),
            Reply::Mode { private: false, mode: 8, setting } => {
                self.learn(Profile::of_mode_8(setting));
            }
            Reply::Background { light } => {
                self.program.background(light);
                self.stale = true;
            }
            Reply::Attributes => self.modes.learn_settled(),
            Reply::Mode { .. } => {}
        }
    }

    /// The terminal said what it is. What it draws before it is told stays in its old order in some,
    /// so that all is drawn anew.
    fn learn(&mut self, profile: Option<Profile>) {
        let (before, told) = (self.modes.bidi(), self.modes.learn(profile));
        if !told.is_empty() || before != self.modes.bidi() {
            self.post(told.as_bytes());
            self.paper.renew(self.paper.size());
            self.stale = true;
        }
    }

    fn outcome(&mut self, outcome: Outcome) {
        self.tell(match outcome {
            Outcome::Answered(ticket, answer) => Msg::Answered(ticket, answer),
            Outcome::Acted(ticket, notice) => Msg::Acted(ticket, notice),
        });
    }

    fn heard(&mut self, heard: Option<Heard>) {
        match heard {
            Some(heard) => self.tell(Msg::Heard(heard)),
            // The desk is gone; what is asked of it says why.
            None => self.heard = None,
        }
    }

    fn news(&mut self, news: Option<News<D>>) {
        match news {
            Some(News::Stage(stage)) => self.tell(Msg::Opening(stage)),
            Some(News::Ready(desk)) => {
                // Heard first, asked second: nothing is missed between the two.
                self.heard = Some(self.work.open(desk));
                self.opening = None;
                self.tell(Msg::Opening(Stage::Ready));
            }
            Some(News::Failed(failure)) => {
                self.opening = None;
                self.failure = Some(failure);
                self.paper.renew(self.paper.size());
                self.stale = true;
            }
            None => self.opening = None,
        }
    }

    /// Tells the minute when it has changed and somebody wants it.
    fn keep_time(&mut self) {
        let now = (self.clock)();
        if self.minute.turned(now) && self.program.wants_minute() {
            self.tell(Msg::Tick(now));
        }
    }

    async fn step_aside<L: Line>(&mut self, line: &L, aside: Aside) {
        match aside {
            Aside::Suspend => line.suspend().await,
            Aside::Edit(text) => {
                let edited = line.edit(text).await;
                self.tell(Msg::Edited(edited));
            }
        }
        self.input(Input::Resized(line.size()));
        self.input(Input::Redraw);
    }

    async fn leave<L: Line>(mut self, line: &L, mut sending: Sending<'_>, end: End) -> End {
        for effect in self.program.leaving() {
            if let Effect::Act(ticket, command) = effect {
                self.work.act(ticket, command);
            }
        }
        let finish = self.work.finish();
        tokio::pin!(finish);
        if end == End::Quit {
            tokio::select! {
                () = &mut finish => {}
                () = told_to_hurry(line) => { let _ = timeout(GRACE, finish).await; }
            }
        } else {
            let _ = timeout(GRACE, finish).await;
        }
        settle(&mut sending).await;
        let last = self.modes.leave();
        if end != End::Gone && !last.is_empty() {
            let _ = timeout(LAST_BYTES, line.send(&last)).await;
        }
        end
    }
}

/// The line goes, or somebody insists.
async fn told_to_hurry<L: Line>(line: &L) {
    while let Some(input) = line.next().await {
        if matches!(input, Input::Leave(_)) {
            return;
        }
    }
}

/// Waits for what may not be there; then for ever.
async fn some<F: Future>(future: Option<F>) -> F::Output {
    match future {
        Some(future) => future.await,
        None => std::future::pending().await,
    }
}

async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
