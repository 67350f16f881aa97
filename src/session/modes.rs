//! What is switched on in a terminal while vafa has it, and how all of it is switched off again.
//!
//! Makes bytes only: the loop sends them, a local terminal also writes them at a panic or a stop.
//! Never asks the environment what terminal this is: the terminal says so itself, or nothing is done.

use std::sync::{Mutex, PoisonError};

use crossterm::Command;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};

/// Who puts letters of right-to-left scripts in their places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bidi {
    /// The program: the terminal is asked to leave the cells where they are.
    #[default]
    App,
    /// The terminal: text is sent in logical order and no mode is touched.
    Terminal,
}

/// What to ask of a terminal.
#[derive(Clone, Copy, Debug)]
pub struct Wishes {
    /// Who reorders.
    pub bidi: Bidi,
    /// Report clicks and the wheel (selecting text then needs Shift).
    pub mouse: bool,
    /// Ask for name and background. False for terminals that print questions they do not know.
    pub questions: bool,
}

/// Clicks and the wheel, in the SGR form. Not crossterm's command: that also asks for every move.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";
/// ECMA-48 BDSM to explicit: cells stay where they are put. VTE and others heed it.
const CELLS_STAY: &str = "\x1b[8l";
const CELLS_MAY_MOVE: &str = "\x1b[8h";
/// Background colour (OSC 11).
const ASK_BACKGROUND: &str = "\x1b]11;?\x1b\\";
/// Name and version (XTVERSION), background, and device attributes, which everyone answers last.
const ASK: &str = "\x1b[>q\x1b]11;?\x1b\\\x1b[c";
/// Ends a control string a cut frame may have left open; means nothing elsewhere.
const END_STRING: &str = "\x1b\\";

/// Terminals that need words of their own to leave cells where they are: how their XTVERSION
/// answer begins, what switches reordering off, what switches it on again.
const OWN_WORDS: &[(&str, &str, &str)] = &[
    ("Konsole", "\x1b]50;BidiRenderingEnabled=false\x07", "\x1b]50;BidiRenderingEnabled=true\x07"),
    ("mlterm", "\x1b]5379;use_bidi=false\x07", "\x1b]5379;use_bidi=true\x07"),
];

/// The modes of one terminal. Shared by the loop and whoever must restore in an emergency.
#[derive(Debug)]
pub struct Modes {
    wishes: Wishes,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    on: bool,
    /// The questions were sent.
    asked: bool,
    /// The last of them was answered.
    settled: bool,
    /// The row of [`OWN_WORDS`] in force.
    own: Option<(&'static str, &'static str)>,
}

impl Modes {
    /// Nothing is switched on yet.
    pub fn new(wishes: Wishes) -> Self {
        Self { wishes, state: Mutex::default() }
    }

    /// Switches everything on. The questions are asked only the first time.
    pub fn enter(&self) -> Vec<u8> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.on = true;
        let mut bytes = String::new();
        put(&mut bytes, EnterAlternateScreen);
        put(&mut bytes, EnableBracketedPaste);
        put(&mut bytes, EnableFocusChange);
        if self.wishes.mouse {
            bytes.push_str(MOUSE_ON);
        }
        if self.wishes.bidi == Bidi::App {
            bytes.push_str(CELLS_STAY);
        }
        if let Some((off, _)) = state.own {
            bytes.push_str(off);
        }
        put(&mut bytes, Hide);
        if self.wishes.questions && !std::mem::replace(&mut state.asked, true) {
            bytes.push_str(ASK);
        }
        bytes.into_bytes()
    }

    /// Switches everything off that was switched on; nothing when nothing was.
    pub fn leave(&self) -> Vec<u8> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !std::mem::replace(&mut state.on, false) {
            return Vec::new();
        }
        let mut bytes = END_STRING.to_owned();
        put(&mut bytes, EndSynchronizedUpdate);
        put(&mut bytes, SetAttribute(Attribute::Reset));
        if let Some((_, on)) = state.own {
            bytes.push_str(on);
        }
        if self.wishes.bidi == Bidi::App {
            bytes.push_str(CELLS_MAY_MOVE);
        }
        if self.wishes.mouse {
            bytes.push_str(MOUSE_OFF);
        }
        put(&mut bytes, DisableFocusChange);
        put(&mut bytes, DisableBracketedPaste);
        put(&mut bytes, Show);
        put(&mut bytes, LeaveAlternateScreen);
        bytes.into_bytes()
    }

    /// The terminal said what it is: what to tell it, if it needs words of its own.
    pub fn learn_version(&self, version: &str) -> &'static str {
        if self.wishes.bidi != Bidi::App {
            return "";
        }
        let found = OWN_WORDS.iter().find(|(name, _, _)| version.starts_with(name));
        let Some(&(_, off, on)) = found else { return "" };
        self.state.lock().unwrap_or_else(PoisonError::into_inner).own = Some((off, on));
        off
    }

    /// The last question was answered.
    pub fn learn_settled(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).settled = true;
    }

    /// Answers may still be on their way: whoever reads the terminal next would take them for keys.
    pub fn is_unsettled(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.asked && !state.settled
    }

    /// Asks for the background again, as when the window gets the focus; empty when not to be asked.
    pub fn ask_background(&self) -> &'static str {
        if self.wishes.questions { ASK_BACKGROUND } else { "" }
    }
}

fn put(bytes: &mut String, command: impl Command) {
    // Writing to a String cannot fail.
    let _ = command.write_ansi(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Wishes = Wishes { bidi: Bidi::App, mouse: true, questions: true };

    fn text(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).expect("text")
    }

    /// Every `CSI ? n h`, `CSI n h` and their opposites, in order.
    fn switched(bytes: &str, to: char) -> Vec<String> {
        let mut found = Vec::new();
        for part in bytes.split("\x1b[").skip(1) {
            let digits = part.trim_start_matches('?').trim_end_matches(|c: char| c != to);
            if let Some(mode) = digits.strip_suffix(to)
                && mode.bytes().all(|b| b.is_ascii_digit())
            {
                found.push(mode.to_owned());
            }
        }
        found.sort();
        found
    }

    #[test]
    fn all_that_is_switched_is_switched_back() {
        for wishes in [
            ALL,
            Wishes { mouse: false, ..ALL },
            Wishes { bidi: Bidi::Terminal, ..ALL },
            Wishes { questions: false, ..ALL },
        ] {
            let modes = Modes::new(wishes);
            let (enter, leave) = (text(modes.enter()), text(modes.leave()));
            let mut off = switched(&leave, 'l');
            // The end of a synchronised update is for a frame that was cut.
            off.retain(|mode| mode != "2026" && mode != "25" && mode != "8");
            let mut on = switched(&enter, 'h');
            on.retain(|mode| mode != "8");
            assert_eq!(on, off, "{wishes:?}");
            assert!(!on.is_empty());
            // The cursor and the places of cells are switched the other way round.
            let mut off: Vec<_> = switched(&enter, 'l');
            let mut on: Vec<_> = switched(&leave, 'h');
            off.sort();
            on.sort();
            assert_eq!(off, on, "{wishes:?}");
        }
    }

    #[test]
    fn leaving_twice_is_leaving_once() {
        let modes = Modes::new(ALL);
        assert!(modes.leave().is_empty());
        modes.enter();
        assert!(!modes.leave().is_empty());
        assert!(modes.leave().is_empty());
    }

    #[test]
    fn questions_are_asked_once_and_only_if_wished() {
        let modes = Modes::new(ALL);
        assert!(text(modes.enter()).ends_with(ASK));
        assert!(modes.is_unsettled());
        modes.learn_settled();
        assert!(!modes.is_unsettled());
        assert!(!text(modes.enter()).contains(ASK));
        let modes = Modes::new(Wishes { questions: false, ..ALL });
        assert!(!text(modes.enter()).contains("\x1b[>q"));
        assert!(!modes.is_unsettled() && modes.ask_background().is_empty());
    }

    #[test]
    fn some_terminals_need_words_of_their_own() {
        for (version, off, on) in [
            ("Konsole 24.12.1", "BidiRenderingEnabled=false", "BidiRenderingEnabled=true"),
            ("mlterm(3.9.3)", "use_bidi=false", "use_bidi=true"),
        ] {
            let modes = Modes::new(ALL);
            assert!(!text(modes.enter()).contains(off), "{version} is not known yet");
            assert!(modes.learn_version(version).contains(off));
            assert!(text(modes.leave()).contains(on));
            assert!(text(modes.enter()).contains(off), "after a stop");
        }
        let modes = Modes::new(ALL);
        assert_eq!(modes.learn_version("XTerm(379)"), "");
        let modes = Modes::new(Wishes { bidi: Bidi::Terminal, ..ALL });
        assert_eq!(modes.learn_version("Konsole 24.12.1"), "");
    }
}
