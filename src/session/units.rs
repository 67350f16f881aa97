//! Cuts a stream of terminal input into whole units: one character, one escape sequence, one paste.
//!
//! Follows ECMA-48 for the shape of sequences; whatever has no such shape is dropped as a whole, so
//! that the rest of a broken sequence never turns into key presses. Memory is bounded. Never decides
//! what a unit means, and never reads a clock: the caller says when the sender has been silent.

use std::time::Duration;

/// Longest control sequence kept, in bytes; longer ones are read to their end and dropped.
const LONGEST_SEQUENCE: usize = 64;
/// Longest control string (a reply of the terminal) kept, in bytes.
const LONGEST_STRING: usize = 1024;
/// Longest paste kept, in bytes; what exceeds it is left out.
pub const LONGEST_PASTE: usize = 1 << 20;

/// Silence after a lone Esc that makes it the Esc key.
const ESC_ALONE: Duration = Duration::from_millis(50);
/// Silence after `ESC [` or `ESC O` that makes it Alt with that letter.
const ALT_ALONE: Duration = Duration::from_millis(150);
/// Silence inside a sequence, a string or a character after which the rest will not come.
const LOST: Duration = Duration::from_millis(500);
/// Silence inside a paste after which its end will not come.
const PASTE_LOST: Duration = Duration::from_secs(3);

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
const CAN: u8 = 0x18;
const SUB: u8 = 0x1a;
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// A whole piece of input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The Esc key.
    Esc,
    /// One character or one key sequence: whole, of known shape, with its leading ESC.
    Key(Vec<u8>),
    /// A control string (DCS, OSC, ...): its introducer byte and what stands before the terminator.
    Text(u8, Vec<u8>),
    /// A paste without its brackets.
    Paste(Vec<u8>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ground,
    /// Inside a character of so many bytes more.
    Character(u8),
    Escape,
    Ss3,
    Csi,
    /// Inside a sequence that is too long: dropped at its final byte.
    CsiDropped,
    /// Bytes of an old mouse report that follow as they are.
    Raw(u8),
    Text,
    /// ESC inside a string: its terminator, if a backslash follows.
    TextEscape,
    Paste,
}

/// The cutter.
#[derive(Debug)]
pub struct Units {
    state: State,
    held: Vec<u8>,
    /// Bytes of `PASTE_ENDS` seen.
    ending: usize,
}

impl Default for Units {
    fn default() -> Self {
        Self { state: State::Ground, held: Vec::new(), ending: 0 }
    }
}

impl Units {
    /// Takes bytes as they come and gives each whole unit to `out`.
    pub fn feed(&mut self, bytes: &[u8], out: &mut impl FnMut(Unit)) {
        for &byte in bytes {
            self.byte(byte, out);
        }
    }

    /// How long the sender must be silent before [`Units::silence`]; `None` when nothing is held.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            State::Escape => Some(ESC_ALONE),
            State::Ss3 | State::Csi if self.held.len() == 2 => Some(ALT_ALONE),
            State::Paste => Some(PASTE_LOST),
            _ => Some(LOST),
        }
    }

    /// Nothing came for [`Units::patience`]: what is held is a key of its own, or lost.
    pub fn silence(&mut self, out: &mut impl FnMut(Unit)) {
        let held = std::mem::take(&mut self.held);
        match std::mem::replace(&mut self.state, State::Ground) {
            State::Escape => out(Unit::Esc),
            State::Ss3 | State::Csi | State::Text if held.len() == 2 => out(Unit::Key(held)),
            State::Paste => out(Unit::Paste(held)),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8, out: &mut impl FnMut(Unit)) {
        match self.state {
            State::Ground => self.ground(byte, out),
            State::Character(more) => self.character(byte, more, out),
            State::Escape => self.escape(byte, out),
            State::Ss3 => match byte {
                0x40..=0x7e => self.whole(byte, out),
                b'0'..=b'9' | b';' if self.held.len() < LONGEST_SEQUENCE => self.held.push(byte),
                _ => self.broken(byte, out),
            },
            State::Csi => self.csi(byte, out),
            State::CsiDropped => match byte {
                0x40..=0x7e => self.drop_held(),
                0x20..=0x3f => {}
                _ => self.broken(byte, out),
            },
            State::Raw(more) => {
                self.held.push(byte);
                match more {
                    0 | 1 => self.give(out),
                    _ => self.state = State::Raw(more - 1),
                }
            }
            State::Text => match byte {
                ESC => self.state = State::TextEscape,
                BEL => self.give_text(out),
                CAN | SUB => self.drop_held(),
                _ if self.held.len() < LONGEST_STRING => self.held.push(byte),
                _ => {}
            },
            State::TextEscape => {
                if byte == b'\\' {
                    self.give_text(out);
                } else {
                    self.begin_escape();
                    self.escape(byte, out);
                }
            }
            State::Paste => self.paste(byte, out),
        }
    }

    fn ground(&mut self, byte: u8, out: &mut impl FnMut(Unit)) {
        match byte {
            ESC => self.begin_escape(),
            0..=0x7f => out(Unit::Key(vec![byte])),
            _ => self.begin_character(byte),
        }
    }

    /// Bytes that cannot begin a character are dropped with what was held before them.
    fn begin_character(&mut self, byte: u8) {
        let more = match byte {
            0xc2..=0xdf => 1,
            0xe0..=0xef => 2,
            0xf0..=0xf4 => 3,
            _ => return self.drop_held(),
        };
        self.held.push(byte);
        self.state = State::Character(more);
    }

    fn character(&mut self, byte: u8, more: u8, out: &mut impl FnMut(Unit)) {
        if !(0x80..=0xbf).contains(&byte) {
            return self.broken(byte, out);
        }
        self.held.push(byte);
        if more > 1 {
            self.state = State::Character(more - 1);
        } else if std::str::from_utf8(&self.held).is_ok() {
            self.give(out);
        } else {
            self.drop_held();
        }
    }

    fn escape(&mut self, byte: u8, out: &mut impl FnMut(Unit)) {
        let state = match byte {
            ESC => {
                out(Unit::Esc);
                return self.begin_escape();
            }
            b'[' => State::Csi,
            b'O' => State::Ss3,
            b'P' | b']' | b'X' | b'^' | b'_' => State::Text,
            0..=0x7f => return self.whole(byte, out),
            _ => return self.begin_character(byte),
        };
        self.held.push(byte);
        self.state = state;
    }

    fn csi(&mut self, byte: u8, out: &mut impl FnMut(Unit)) {
        let first = self.held.len() == 2;
        match byte {
            // The Linux console's function keys: CSI [ A to E.
            b'[' if first => self.held.push(byte),
            b'M' if first => {
                self.held.push(byte);
                self.state = State::Raw(3);
            }
            0x40..=0x7e => {
                self.held.push(byte);
                if self.held == PASTE_BEGINS {
                    self.drop_held();
                    self.state = State::Paste;
                } else {
                    self.give(out);
                }
            }
            0x20..=0x3f if self.held.len() < LONGEST_SEQUENCE => self.held.push(byte),
            0x20..=0x3f => self.state = State::CsiDropped,
            _ => self.broken(byte, out),
        }
    }

    fn paste(&mut self, byte: u8, out: &mut impl FnMut(Unit)) {
        if PASTE_ENDS.get(self.ending) == Some(&byte) {
            self.ending += 1;
            if self.ending == PASTE_ENDS.len() {
                self.ending = 0;
                self.state = State::Ground;
                out(Unit::Paste(std::mem::take(&mut self.held)));
            }
            return;
        }
        // ESC stands only at the start of the pattern, so a false start holds no second one.
        let false_start = std::mem::take(&mut self.ending);
        self.keep(&PASTE_ENDS[..false_start]);
        if byte == ESC {
            self.ending = 1;
        } else {
            self.keep(&[byte]);
        }
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = LONGEST_PASTE.saturating_sub(self.held.len());
        self.held.extend(bytes.iter().take(room));
    }

    fn begin_escape(&mut self) {
        self.held.clear();
        self.held.push(ESC);
        self.state = State::Escape;
    }

    /// Drops a sequence that broke off; the byte that broke it stands for itself.
    fn broken(&mut self, byte: u8, out: &mut impl FnMut(Unit)) {
        self.drop_held();
        if byte != CAN && byte != SUB {
            self.ground(byte, out);
        }
    }

    fn whole(&mut self, byte: u8, out: &mut impl FnMut(Unit)) {
        self.held.push(byte);
        self.give(out);
    }

    fn give(&mut self, out: &mut impl FnMut(Unit)) {
        self.state = State::Ground;
        out(Unit::Key(std::mem::take(&mut self.held)));
    }

    fn give_text(&mut self, out: &mut impl FnMut(Unit)) {
        self.state = State::Ground;
        let held = std::mem::take(&mut self.held);
        // A string as long as the limit may have lost its tail.
        if let [_, introducer, text @ ..] = held.as_slice()
            && held.len() < LONGEST_STRING
        {
            out(Unit::Text(*introducer, text.to_vec()));
        }
    }

    fn drop_held(&mut self) {
        self.held.clear();
        self.state = State::Ground;
    }
}
