//! The terminal this process was started in, as a file: raw mode, size, and writes that can be
//! finished from anywhere, a panic hook included. Never reads.
//!
//! Opened anew rather than taken from standard input, so that making it non-blocking touches no
//! other process that shares the shell's file.

use std::ffi::OsStr;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, QueueSelector, Termios};

use crate::session::modes::Modes;
use crate::ui::Size;

/// How long the terminal may take for the last bytes before it is left as it is.
const LAST_WRITE: Duration = Duration::from_millis(300);
/// How long answers of the terminal that are still on their way are waited for.
const LAST_ANSWERS: Duration = Duration::from_millis(100);
/// What a terminal that does not know its size is taken for.
const USUAL: Size = Size { width: 80, height: 24 };

/// The terminal.
#[derive(Debug)]
pub struct Tty {
    file: OwnedFd,
    modes: Arc<Modes>,
    /// Settings before raw mode, while it is on.
    before: Mutex<Option<Termios>>,
}

impl Tty {
    /// Opens the terminal that `shared` (standard input) is connected to.
    pub fn open(shared: impl AsFd, modes: Arc<Modes>) -> io::Result<Self> {
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let open = |path: &Path| rustix::fs::open(path, flags, Mode::empty());
        // By its own name first: not every system can wait on /dev/tty. After `su`, or where
        // devices are not mounted, only the latter opens.
        let named = rustix::termios::ttyname(shared, Vec::new())
            .and_then(|name| open(Path::new(OsStr::from_bytes(name.as_bytes()))));
        let file = named.or_else(|_| open(Path::new("/dev/tty")))?;
        Ok(Self { file, modes, before: Mutex::new(None) })
    }

    /// The modes that go with it.
    pub fn modes(&self) -> &Modes {
        &self.modes
    }

    /// The same open file once more, non-blocking as this one.
    pub fn duplicate(&self) -> io::Result<OwnedFd> {
        self.file.try_clone()
    }

    /// Size in cells.
    pub fn size(&self) -> Size {
        match rustix::termios::tcgetwinsize(&self.file) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => {
                Size { width: size.ws_col, height: size.ws_row }
            }
            _ => USUAL,
        }
    }

    /// Every key comes at once, unchanged. Restored by [`Tty::restore`].
    pub fn make_raw(&self) -> io::Result<()> {
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        let found = match before.take() {
            // Raw already: put back what was found first, then do it again, for the shell may
            // have changed it while the process was stopped.
            Some(first) => first,
            None => rustix::termios::tcgetattr(&self.file)?,
        };
        let mut raw = found.clone();
        *before = Some(found);
        raw.make_raw();
        Ok(rustix::termios::tcsetattr(&self.file, OptionalActions::Now, &raw)?)
    }

    /// Switches off everything that was switched on. Does nothing the second time, and never fails:
    /// a terminal that is gone needs nothing.
    pub fn restore(&self) {
        let _ = self.write_all(&self.modes.leave());
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = before.take() {
            if self.modes.is_unsettled() {
                self.swallow_answers();
            }
            let _ = rustix::termios::tcsetattr(&self.file, OptionalActions::Now, &found);
        }
    }

    /// Writes all of it, waiting at most [`LAST_WRITE`] for a terminal that does not read.
    pub fn write_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        let until = Instant::now() + LAST_WRITE;
        while !bytes.is_empty() {
            match rustix::io::write(&self.file, bytes) {
                Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => {
                    if !self.is_ready(PollFlags::OUT, until)? {
                        return Err(io::ErrorKind::TimedOut.into());
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Answers that come after we are gone would be typed into the shell.
    fn swallow_answers(&self) {
        let _ = self.is_ready(PollFlags::IN, Instant::now() + LAST_ANSWERS);
        let _ = rustix::termios::tcflush(&self.file, QueueSelector::IFlush);
    }

    /// Waits for the file, until a moment.
    fn is_ready(&self, what: PollFlags, until: Instant) -> io::Result<bool> {
        let left = until.saturating_duration_since(Instant::now());
        let left = Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() };
        match poll(&mut [PollFd::new(&self.file, what)], Some(&left)) {
            Ok(ready) => Ok(ready > 0),
            Err(Errno::INTR) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        self.restore();
    }
}
