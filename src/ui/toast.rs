//! The line above the hints: the last thing that happened, kept until the next; and those before it.

use std::collections::VecDeque;

use jiff::Timestamp;

use crate::text::SafeText;

use super::theme::Role;

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Done.
    Done,
    /// Good to know.
    Note,
    /// Not done, or lost.
    Wrong,
}

impl Tone {
    /// The sign before the words, so that colour is not needed.
    pub const fn sign(self) -> char {
        match self {
            Self::Done => '✓',
            Self::Note => '·',
            Self::Wrong => '!',
        }
    }

    pub const fn role(self) -> Role {
        match self {
            Self::Done => Role::Good,
            Self::Note => Role::Dim,
            Self::Wrong => Role::Error,
        }
    }
}

/// One message.
#[derive(Clone, Debug)]
pub struct Toast {
    pub text: SafeText,
    pub tone: Tone,
    /// Undo takes it back.
    pub undoes: bool,
    pub at: Timestamp,
}

/// How long what was done is news. Undo takes it back later as well; the words would then be about
/// something long out of sight.
const NEWS_SECONDS: i64 = 5 * 60;

/// The messages of this session, newest last.
#[derive(Clone, Debug, Default)]
pub struct Toasts {
    list: VecDeque<Toast>,
}

impl Toasts {
    /// Messages that can be read again.
    const MOST: usize = 200;

    pub fn push(&mut self, toast: Toast) {
        if self.list.len() == Self::MOST {
            self.list.pop_front();
        }
        self.list.push_back(toast);
    }

    pub fn last(&self) -> Option<&Toast> {
        self.list.back()
    }

    /// The last one while it is news; what went wrong stays until the next.
    pub fn fresh(&self, now: Timestamp) -> Option<&Toast> {
        let is_fresh = |t: &&Toast| {
            t.tone == Tone::Wrong || now.as_second() - t.at.as_second() <= NEWS_SECONDS
        };
        self.last().filter(is_fresh)
    }

    /// Newest first.
    pub fn all(&self) -> impl Iterator<Item = &Toast> {
        self.list.iter().rev()
    }
}
