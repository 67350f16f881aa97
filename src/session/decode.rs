//! Bytes from a terminal to keys, pastes, mouse events and the terminal's own answers.
//!
//! [`Units`] cuts the stream, termina's parser names the keys, `reply` reads the answers. What none
//! of them knows is dropped: it never becomes a key press it is not. Never waits: the caller says
//! when the terminal has been silent.

use std::time::Duration;

use termina::event::{KeyCode, KeyEvent, KeyEventKind, Modifiers, MouseButton, MouseEventKind};
use termina::{Event, Parser};

use crate::ui::{Code, Key, Mouse};

use super::reply::{self, Reply};
use super::units::{Unit, Units};

/// Lines one notch of the wheel moves.
const WHEEL_LINES: i16 = 3;

/// Something a terminal said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    Key(Key),
    Mouse(Mouse),
    /// Text pasted in one piece, line ends as `\n`, at most 1 MiB.
    Pasted(String),
    /// The window got (or lost) the focus.
    Focus(bool),
    Reply(Reply),
}

/// The decoder of one line.
#[derive(Debug, Default)]
pub struct Decoder {
    units: Units,
}

impl Decoder {
    /// Takes bytes as they come, cut anywhere.
    pub fn feed(&mut self, bytes: &[u8], out: &mut impl FnMut(Decoded)) {
        self.units.feed(bytes, &mut |unit| {
            if let Some(decoded) = decode(unit) {
                out(decoded);
            }
        });
    }

    /// How long the terminal must be silent before [`Decoder::silence`]; `None` when nothing is held.
    pub fn patience(&self) -> Option<Duration> {
        self.units.patience()
    }

    /// Nothing came for [`Decoder::patience`]: an Esc that was held is the Esc key.
    pub fn silence(&mut self, out: &mut impl FnMut(Decoded)) {
        self.units.silence(&mut |unit| {
            if let Some(decoded) = decode(unit) {
                out(decoded);
            }
        });
    }
}

fn decode(unit: Unit) -> Option<Decoded> {
    match unit {
        Unit::Esc => Some(Decoded::Key(Key::of(Code::Esc))),
        Unit::Text(introducer, text) => reply::from_text(introducer, &text).map(Decoded::Reply),
        Unit::Paste(bytes) => Some(Decoded::Pasted(
            String::from_utf8_lossy(&bytes).replace("\r\n", "\n").replace('\r', "\n"),
        )),
        Unit::Key(bytes) => match bytes.as_slice() {
            // Two bytes that could have begun a sequence, but nothing followed.
            [0x1b, letter @ (b'[' | b'O' | b'P' | b']' | b'X' | b'^' | b'_')] => {
                Some(Decoded::Key(Key::char(char::from(*letter)).with_alt()))
            }
            bytes => reply::from_sequence(bytes).map(Decoded::Reply).or_else(|| named(bytes)),
        },
    }
}

/// A whole character or sequence as termina's parser names it. A parser of its own for each: what
/// one does not understand cannot cling to the next.
fn named(bytes: &[u8]) -> Option<Decoded> {
    let mut parser = Parser::default();
    parser.parse(bytes, false);
    let event = parser.pop()?;
    if parser.pop().is_some() {
        return None;
    }
    match event {
        Event::Key(event) => key(event).map(Decoded::Key),
        Event::Mouse(event) => {
            let (x, y) = (event.column, event.row);
            let wheel = |lines| Some(Decoded::Mouse(Mouse::Wheel { x, y, lines }));
            match event.kind {
                MouseEventKind::Down(MouseButton::Left) => {
                    Some(Decoded::Mouse(Mouse::Click { x, y }))
                }
                MouseEventKind::ScrollUp => wheel(-WHEEL_LINES),
                MouseEventKind::ScrollDown => wheel(WHEEL_LINES),
                _ => None,
            }
        }
        Event::FocusIn => Some(Decoded::Focus(true)),
        Event::FocusOut => Some(Decoded::Focus(false)),
        _ => None,
    }
}

/// The key as the screens know it. Keys they have no name for, releases, and keys held with a
/// modifier they do not know are none.
fn key(event: KeyEvent) -> Option<Key> {
    let known = Modifiers::SHIFT
        | Modifiers::ALT
        | Modifiers::CONTROL
        | Modifiers::CAPS_LOCK
        | Modifiers::NUM_LOCK;
    if event.kind == KeyEventKind::Release || !known.contains(event.modifiers) {
        return None;
    }
    let mut shift = event.modifiers.contains(Modifiers::SHIFT);
    let code = match event.code {
        KeyCode::Char(c) if c.is_control() => return None,
        KeyCode::Char(c) => {
            let c = if shift { upper(c) } else { c };
            shift = false;
            Code::Char(c)
        }
        KeyCode::Enter => Code::Enter,
        KeyCode::Escape => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => {
            shift = false;
            Code::BackTab
        }
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PgUp,
        KeyCode::PageDown => Code::PgDn,
        KeyCode::Function(n) => Code::F(n),
        _ => return None,
    };
    Some(Key {
        code,
        ctrl: event.modifiers.contains(Modifiers::CONTROL),
        alt: event.modifiers.contains(Modifiers::ALT),
        shift,
    })
}

/// Shift is in the character; a letter whose capital is several characters stays as it is.
fn upper(c: char) -> char {
    let mut capital = c.to_uppercase();
    match (capital.next(), capital.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}
