//! The terminal this process was started in, as a [`Line`].
//!
//! Reads with a reader of its own that ends when the terminal vanishes, with or without a hang-up
//! signal. Everything switched on is switched off again at the end, at a panic, at TERM, HUP and INT,
//! and around a stop. One per process, on the thread that runs the loop.

mod editor;
mod hook;
mod tty;

use std::future::poll_fn;
use std::io;
use std::os::fd::AsFd;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use rustix::process::Signal as Number;
use tokio::net::unix::pipe::{Receiver, Sender};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Mutex;
use tokio::time::timeout;

pub use editor::Editor;
pub use hook::PanicHook;
pub use tty::Tty;

use crate::ui::Size;

use super::line::{Input, Line};
use super::modes::Modes;

/// Bytes read at once.
const READ: usize = 16 * 1024;
/// How long a stop may take to come after it was asked for; where nobody could resume the process
/// it never comes.
const STOP_COMES: Duration = Duration::from_millis(200);

/// The local terminal.
pub struct Local {
    tty: Arc<Tty>,
    input: Receiver,
    output: Sender,
    signals: Mutex<Signals>,
    editor: Option<Editor>,
}

impl Local {
    /// Takes the terminal that `shared` (standard input) is connected to: raw mode from here on.
    /// The modes themselves are entered by the loop. Needs a running tokio runtime.
    pub fn open(shared: impl AsFd, modes: Arc<Modes>, editor: Option<Editor>) -> io::Result<Self> {
        let signals = Mutex::new(Signals::new()?);
        let tty = Arc::new(Tty::open(shared, modes)?);
        // tokio's pipes wait for any file that can be waited for; a terminal is one.
        let input = Receiver::from_owned_fd_unchecked(tty.duplicate()?)?;
        let output = Sender::from_owned_fd_unchecked(tty.duplicate()?)?;
        tty.make_raw()?;
        Ok(Self { tty, input, output, signals, editor })
    }

    /// The terminal itself, for whoever must restore it in an emergency.
    pub fn tty(&self) -> Arc<Tty> {
        Arc::clone(&self.tty)
    }

    /// Reads what is there; nothing once the terminal is gone.
    async fn read(&self) -> Option<Vec<u8>> {
        let mut bytes = vec![0; READ];
        loop {
            self.input.readable().await.ok()?;
            match self.input.try_read(&mut bytes) {
                Ok(0) => return None,
                Ok(length) => {
                    bytes.truncate(length);
                    return Some(bytes);
                }
                Err(error) if is_passing(&error) => {}
                Err(_) => return None,
            }
        }
    }

    /// Takes the terminal back.
    fn enter(&self) {
        // Should the terminal be gone meanwhile, the next read says so.
        let _ = self.tty.make_raw();
        let _ = self.tty.write_all(&self.tty.modes().enter());
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        self.tty.restore();
    }
}

impl Line for Local {
    fn size(&self) -> Size {
        self.tty.size()
    }

    async fn next(&self) -> Option<Input> {
        let mut signals = self.signals.lock().await;
        tokio::select! {
            biased;
            signal = signals.next() => Some(match signal {
                Heard::Size => Input::Resized(self.tty.size()),
                Heard::Resumed => {
                    self.enter();
                    Input::Redraw
                }
                Heard::End(number) => Input::Leave(number.as_raw()),
            }),
            bytes = self.read() => bytes.map(Input::Bytes),
        }
    }

    async fn send(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            self.output.writable().await?;
            match self.output.try_write(bytes) {
                Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                Err(error) if is_passing(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn suspend(&self) {
        let Ok(mut resumed) = signal(SignalKind::from_raw(Number::CONT.as_raw())) else { return };
        self.tty.restore();
        // The whole group, as the terminal's own Ctrl-Z: a script that started us stops as well.
        if rustix::process::kill_current_process_group(Number::TSTP).is_ok() {
            let _ = timeout(STOP_COMES, resumed.recv()).await;
        }
        self.signals.lock().await.forget().await;
        self.enter();
    }

    async fn edit(&self, text: String) -> Option<String> {
        let editor = self.editor.clone()?;
        self.tty.restore();
        let edited = tokio::task::spawn_blocking(move || editor.run(&text)).await;
        self.signals.lock().await.forget().await;
        self.enter();
        edited.ok().flatten()
    }
}

/// Trying again helps.
fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock)
}

/// The signals a terminal program lives by.
struct Signals {
    size: Signal,
    resumed: Signal,
    terminate: Signal,
    hang_up: Signal,
    interrupt: Signal,
}

enum Heard {
    Size,
    Resumed,
    End(Number),
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            size: signal(SignalKind::window_change())?,
            resumed: signal(SignalKind::from_raw(Number::CONT.as_raw()))?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) -> Heard {
        tokio::select! {
            _ = self.terminate.recv() => Heard::End(Number::TERM),
            _ = self.hang_up.recv() => Heard::End(Number::HUP),
            _ = self.interrupt.recv() => Heard::End(Number::INT),
            _ = self.resumed.recv() => Heard::Resumed,
            _ = self.size.recv() => Heard::Size,
        }
    }

    /// Forgets what came while another program had the terminal: an interrupt was typed at it, and
    /// the resumption is known.
    async fn forget(&mut self) {
        poll_fn(|context| {
            for signal in [&mut self.interrupt, &mut self.resumed] {
                while let Poll::Ready(Some(())) = signal.poll_recv(context) {}
            }
            Poll::Ready(())
        })
        .await;
    }
}
