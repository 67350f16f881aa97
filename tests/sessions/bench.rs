//! A line that is a script, a program small enough to see through, and a desk that waits to be let go.

use std::collections::HashMap;
use std::io;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver as Releases, Sender as Release, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::widgets::Paragraph;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Mutex as AsyncMutex, Semaphore};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use vafa::desk::{Answer, Cancel, Closed, Command, Deed, Heard, Notice, Question, Refusal, Who};
use vafa::domain::{Agent, AgentId, BidiKind, Draft, GestureId};
use vafa::session::{Door, Ear, End, Input, Line, Modes, Opening, Program, Seat, Wishes, run};
use vafa::text::Bidi;
use vafa::ui::{Code, Effect, Key, Msg, ScreenId, Size, Slot, Ticket};

/// Longer than anything a test waits for takes, unless it is broken.
pub const DEADLINE: Duration = Duration::from_secs(10);
pub const SIZE: Size = Size { width: 60, height: 8 };

/// A line that is a script.
pub struct Script {
    input: AsyncMutex<UnboundedReceiver<Input>>,
    sent: UnboundedSender<Vec<u8>>,
    /// A permit is a frame the terminal takes.
    room: Arc<Semaphore>,
}

impl Line for Script {
    fn size(&self) -> Size {
        SIZE
    }

    async fn next(&self) -> Option<Input> {
        self.input.lock().await.recv().await
    }

    async fn send(&self, bytes: &[u8]) -> io::Result<()> {
        self.room.acquire().await.map_err(io::Error::other)?.forget();
        self.sent.send(bytes.to_vec()).map_err(io::Error::other)
    }

    async fn edit(&self, text: String) -> Option<String> {
        Some(format!("{text} edited"))
    }
}

/// Writes what is typed; a few keys have effects. Shows its text, its last answer and a count.
#[derive(Default)]
pub struct Pad {
    pub text: String,
    pub answer: String,
    /// Every message, in a word.
    pub log: Arc<Mutex<Vec<String>>>,
    pub light: Option<bool>,
    /// Who shall order right-to-left text; Ctrl-O says nobody.
    pub wish: Option<BidiKind>,
    /// Every way it was told right-to-left text goes out.
    pub bidi: Vec<Bidi>,
    pub minutes: bool,
    pub asks: u64,
    pub drawn: Arc<AtomicUsize>,
}

fn ticket(part: u8, number: u64) -> Ticket {
    Ticket { slot: Slot { screen: ScreenId(1), part }, number }
}

impl Program for Pad {
    fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let (word, effect) = match msg {
            Msg::Key(Key { code: Code::Char(c), ctrl: true, .. }) => (
                format!("ctrl-{c}"),
                match c {
                    'q' => Some(Effect::Quit),
                    'y' => Some(Effect::Copy(self.text.clone())),
                    'e' => Some(Effect::Edit(self.text.clone())),
                    'l' => Some(Effect::Redraw),
                    'o' => {
                        self.wish = Some(BidiKind::Off);
                        None
                    }
                    's' => Some(Effect::Act(ticket(9, 0), Command::DropDraft(self.text.clone()))),
                    _ => None,
                },
            ),
            Msg::Key(Key { code: Code::Char(c), .. }) => {
                self.text.push(c);
                (format!("key {c}"), None)
            }
            Msg::Key(Key { code: Code::Enter, .. }) => {
                self.asks += 1;
                let question =
                    Question::Complete { field: String::new(), start: self.text.clone() };
                ("ask".to_owned(), Some(Effect::Ask(ticket(0, self.asks), question)))
            }
            Msg::Key(Key { code: Code::Esc, .. }) => {
                self.text.clear();
                ("esc".to_owned(), None)
            }
            Msg::Answered(_, Ok(Answer::Complete(words))) => {
                self.answer = words.concat();
                (format!("answer {}", self.answer), None)
            }
            Msg::Answered(_, Err(refusal)) => {
                self.answer = refusal.to_string();
                ("refused".to_owned(), None)
            }
            Msg::Acted(_, result) => (format!("acted {}", result.is_ok()), None),
            Msg::Edited(text) => {
                self.text = text.unwrap_or_default();
                ("edited".to_owned(), None)
            }
            Msg::Heard(heard) => (format!("heard {heard:?}"), None),
            Msg::Tick(now) => {
                self.answer = now.to_string();
                ("tick".to_owned(), None)
            }
            Msg::Pasted(text) => {
                self.text.push_str(&text);
                ("pasted".to_owned(), None)
            }
            other => (format!("{other:?}"), None),
        };
        self.log.lock().expect("log").push(word);
        effect.into_iter().collect()
    }

    fn draw(&self, frame: &mut Frame) {
        self.drawn.fetch_add(1, Ordering::Relaxed);
        let lines = format!("text {}\nanswer {}", self.text, self.answer);
        frame.render_widget(Paragraph::new(lines), frame.area());
    }

    fn wants_minute(&self) -> bool {
        self.minutes
    }

    fn leaving(&mut self) -> Vec<Effect> {
        let fields = vec![("text".to_owned(), self.text.clone())];
        let (agent, at) = (AgentId(0), Timestamp::UNIX_EPOCH);
        let draft = Draft { agent, slot: "pad".to_owned(), fields, at };
        vec![Effect::Act(ticket(9, 9), Command::SaveDraft(draft))]
    }

    fn bidi_wish(&self) -> Option<BidiKind> {
        self.wish
    }

    fn bidi(&mut self, bidi: Bidi) {
        self.bidi.push(bidi);
    }

    fn background(&mut self, light: bool) {
        self.light = Some(light);
    }
}

/// A desk whose answers wait to be let go, by what was asked.
#[derive(Default)]
pub struct Slow {
    held: Mutex<HashMap<String, Releases<()>>>,
    /// Questions begun and given up, commands done, in order.
    pub deeds: Mutex<Vec<String>>,
    ears: Mutex<Vec<Releases<Heard>>>,
}

impl Slow {
    /// Holds whatever is about `what` until the sender is used or dropped.
    pub fn hold(&self, what: &str) -> Release<()> {
        let (release, wait) = channel();
        self.held.lock().expect("held").insert(what.to_owned(), wait);
        release
    }

    /// What listeners will hear.
    pub fn voice(&self) -> Release<Heard> {
        let (voice, ear) = channel();
        self.ears.lock().expect("ears").push(ear);
        voice
    }

    pub fn deeds(&self) -> Vec<String> {
        self.deeds.lock().expect("deeds").clone()
    }

    fn wait(&self, what: &str, cancel: &Cancel) -> Result<(), Refusal> {
        let held = self.held.lock().expect("held").remove(what);
        self.deeds.lock().expect("deeds").push(format!("begin {what}"));
        if let Some(wait) = held {
            while wait
                .recv_timeout(Duration::from_millis(1))
                .is_err_and(|e| e == std::sync::mpsc::RecvTimeoutError::Timeout)
            {
                if cancel.is_cancelled() {
                    self.deeds.lock().expect("deeds").push(format!("give up {what}"));
                    return Err(Refusal::Cancelled);
                }
            }
        }
        self.deeds.lock().expect("deeds").push(format!("end {what}"));
        Ok(())
    }
}

impl Door for Slow {
    fn ask(&self, _: &Who, question: Question, cancel: &Cancel) -> Result<Answer, Refusal> {
        let Question::Complete { start, .. } = question else { return Err(Refusal::Cancelled) };
        assert_ne!(start, "panic", "on purpose");
        self.wait(&start, cancel)?;
        Ok(Answer::Complete(vec![start]))
    }

    fn act(&self, who: &Who, command: Command) -> Result<Notice, Refusal> {
        match command {
            Command::DropDraft(name) => self.wait(&name, &Cancel::default())?,
            Command::SaveDraft(draft) => {
                let text: String = draft.fields.into_iter().map(|(_, text)| text).collect();
                self.wait(&format!("draft {text}"), &Cancel::default())?;
            }
            _ => return Err(Refusal::NothingToUndo),
        }
        let (gesture, by) = (GestureId(0), AgentId(0));
        Ok(Notice { seq: 1, gesture, by, at: who.now, deed: Deed::Drafted, begun: 0 })
    }

    fn listen(&self) -> Ear {
        let ear = self.ears.lock().expect("ears").pop();
        Box::new(move |at_most| match &ear {
            Some(ear) => match ear.recv_timeout(at_most) {
                Ok(heard) => Ok(Some(heard)),
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => Ok(None),
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => Err(Closed),
            },
            None => Err(Closed),
        })
    }
}

/// A session on a scripted line, and what its terminal shows.
pub struct Bench {
    keys: Option<UnboundedSender<Input>>,
    sent: UnboundedReceiver<Vec<u8>>,
    room: Arc<Semaphore>,
    session: JoinHandle<(End, Pad)>,
    screen: vt100::Parser,
    pub frames: Vec<Vec<u8>>,
    pub log: Arc<Mutex<Vec<String>>>,
    pub drawn: Arc<AtomicUsize>,
}

impl Bench {
    /// A terminal that takes everything, and an open desk.
    pub fn new(desk: &Arc<Slow>) -> Self {
        Self::with(Pad::default(), Opening::ready(Arc::clone(desk)), Semaphore::MAX_PERMITS)
    }

    pub fn with(pad: Pad, opening: Opening<Slow>, room: usize) -> Self {
        let (keys, input) = unbounded_channel();
        let (sender, sent) = unbounded_channel();
        let room = Arc::new(Semaphore::new(room));
        let script =
            Script { input: AsyncMutex::new(input), sent: sender, room: Arc::clone(&room) };
        let (log, drawn) = (Arc::clone(&pad.log), Arc::clone(&pad.drawn));
        let began = tokio::time::Instant::now();
        // 2025-03-01T00:00:30Z and whatever time passes.
        let clock = move || {
            Timestamp::from_millisecond(1_740_787_230_000 + began.elapsed().as_millis() as i64)
                .expect("a time")
        };
        let seat = Seat {
            agent: Arc::new(std::sync::Mutex::new(Agent::program())),
            clock: Arc::new(clock),
        };
        let modes = Modes::new(Wishes { bidi: BidiKind::Auto, mouse: true, questions: true });
        let session = tokio::spawn(async move {
            let mut pad = pad;
            let end = run(&script, &modes, opening, &mut pad, seat).await;
            (end, pad)
        });
        let cells = |count| NonZero::new(count).expect("a size");
        let screen = vt100::Parser::new(cells(SIZE.height), cells(SIZE.width), 0);
        Self { keys: Some(keys), sent, room, session, screen, frames: Vec::new(), log, drawn }
    }

    pub fn input(&self, input: Input) {
        self.keys.as_ref().expect("a line").send(input).expect("a session");
    }

    pub fn types(&self, keys: &str) {
        self.input(Input::Bytes(keys.as_bytes().to_vec()));
    }

    /// The terminal takes so many more frames.
    pub fn take(&self, frames: usize) {
        self.room.add_permits(frames);
    }

    /// The line is gone.
    pub fn hang_up(&mut self) {
        self.keys = None;
    }

    /// Waits until the screen shows `text`.
    pub async fn shows(&mut self, text: &str) {
        while !self.screen.screen().contents().contains(text) {
            self.frame().await;
        }
    }

    /// The next bytes the terminal gets.
    pub async fn frame(&mut self) {
        let Ok(Some(frame)) = timeout(DEADLINE, self.sent.recv()).await else {
            panic!("no frame; last shown:\n{}", self.screen.screen().contents());
        };
        self.screen.process(&frame);
        self.frames.push(frame);
    }

    /// Waits until something is so.
    pub async fn until(&self, what: &str, so: impl Fn() -> bool) {
        let waiting = async {
            while !so() {
                tokio::task::yield_now().await;
            }
        };
        assert!(timeout(DEADLINE, waiting).await.is_ok(), "never: {what}");
    }

    /// Everything sent so far that was not looked at.
    pub fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        while let Ok(frame) = self.sent.try_recv() {
            self.screen.process(&frame);
            rest.extend(frame);
        }
        rest
    }

    pub fn screen(&self) -> String {
        self.screen.screen().contents()
    }

    pub fn log(&self) -> Vec<String> {
        self.log.lock().expect("log").clone()
    }

    pub fn drawn(&self) -> usize {
        self.drawn.load(Ordering::Relaxed)
    }

    /// Waits for the end.
    pub async fn ends(&mut self) -> (End, Pad) {
        timeout(DEADLINE, &mut self.session).await.expect("an end in time").expect("no panic")
    }
}
