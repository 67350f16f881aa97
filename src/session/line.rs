//! The seam between the loop and whatever carries bytes to a person and back.

use std::future::Future;
use std::io;

use crate::ui::Size;

/// What a line brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Bytes from the terminal, cut anywhere.
    Bytes(Vec<u8>),
    /// The terminal has this size now.
    Resized(Size),
    /// The screen may show something else by now (resumed after a stop): draw it anew.
    Redraw,
    /// The session shall end, as by signal `.0` (15 for TERM): drafts are saved, then it leaves.
    Leave(i32),
}

/// A terminal at the end of a line: the local one, an SSH channel, a test script.
///
/// Methods take `&self` because the loop waits for input while a frame is on its way.
pub trait Line: Send + Sync {
    /// The terminal's size now, in cells.
    fn size(&self) -> Size;

    /// The next input; `None` once the line is gone, and at every call from then on. Cancelling
    /// the wait loses nothing.
    fn next(&self) -> impl Future<Output = Option<Input>> + Send;

    /// Sends all of `bytes`; returns when the line can take more. At most one call at a time.
    fn send(&self, bytes: &[u8]) -> impl Future<Output = io::Result<()>> + Send;

    /// Gives the terminal back until the shell resumes the program. Only a local terminal can.
    fn suspend(&self) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }

    /// Has a text changed in the person's editor; `None` where there is none, or when it failed.
    fn edit(&self, text: String) -> impl Future<Output = Option<String>> + Send {
        let _ = text;
        std::future::ready(None)
    }
}
