//! What is switched on in a terminal while vafa has it, and how all of it is switched off again.
//!
//! Makes bytes only: the loop sends them, a local terminal also writes them at a panic or a stop.
//! Never asks the environment what terminal this is: the terminal says so itself, or nothing is done.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crossterm::Command;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};

use crate::domain::BidiKind;
use crate::text::Bidi;

use super::profile::{Profile, is_ours};

/// What to ask of a terminal.
#[derive(Clone, Copy, Debug)]
pub struct Wishes {
    /// Who orders right-to-left text, until the program says otherwise.
    pub bidi: BidiKind,
    /// Report clicks and the wheel (selecting text then needs Shift).
    pub mouse: bool,
    /// Ask for name and background. False for terminals that print questions they do not know.
    pub questions: bool,
}

/// Clicks and the wheel, in the SGR form. Not crossterm's command: that also asks for every move.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";
/// ECMA-48 BDSM to explicit: cells stay where they are put. VTE heeds it.
const CELLS_STAY: &str = "\x1b[8l";
const CELLS_MAY_MOVE: &str = "\x1b[8h";
/// Background colour (OSC 11).
const ASK_BACKGROUND: &str = "\x1b]11;?\x1b\\";
/// Name and version (XTVERSION), secondary device attributes, what became of mode 8 (DECRQM),
/// background, and primary device attributes, which everyone answers last.
const ASK: &str = "\x1b[>q\x1b[>c\x1b[8$p\x1b]11;?\x1b\\\x1b[c";
/// Ends a control string a cut frame may have left open; means nothing elsewhere.
const END_STRING: &str = "\x1b\\";

/// The modes of one terminal. Shared by the loop and whoever must restore in an emergency.
#[derive(Debug)]
pub struct Modes {
    wishes: Wishes,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    on: bool,
    /// Who orders right-to-left text.
    bidi: BidiKind,
    /// What the terminal is, as far as it has said.
    profile: Profile,
    /// The questions were sent.
    asked: bool,
    /// The last of them was answered.
    settled: bool,
}

impl State {
    /// What makes the terminal leave cells where they are; empty when it may do as it likes.
    fn keep_cells(self, out: &mut String) {
        if is_ours(self.bidi) {
            out.push_str(CELLS_STAY);
            out.push_str(self.profile.words().map_or("", |(stay, _)| stay));
        }
    }

    /// Takes that back.
    fn let_cells_go(self, out: &mut String) {
        if is_ours(self.bidi) {
            out.push_str(self.profile.words().map_or("", |(_, go)| go));
            out.push_str(CELLS_MAY_MOVE);
        }
    }
}

impl Modes {
    /// Nothing is switched on yet.
    pub fn new(wishes: Wishes) -> Self {
        let state = State {
            on: false,
            bidi: wishes.bidi,
            profile: Profile::default(),
            asked: false,
            settled: false,
        };
        Self { wishes, state: Mutex::new(state) }
    }

    /// Switches everything on. The questions are asked only the first time.
    pub fn enter(&self) -> Vec<u8> {
        let mut state = self.lock();
        state.on = true;
        let mut bytes = String::new();
        put(&mut bytes, EnterAlternateScreen);
        put(&mut bytes, EnableBracketedPaste);
        put(&mut bytes, EnableFocusChange);
        if self.wishes.mouse {
            bytes.push_str(MOUSE_ON);
        }
        state.keep_cells(&mut bytes);
        put(&mut bytes, Hide);
        if self.wishes.questions && !std::mem::replace(&mut state.asked, true) {
            bytes.push_str(ASK);
        }
        bytes.into_bytes()
    }

    /// Switches everything off that was switched on; nothing when nothing was.
    pub fn leave(&self) -> Vec<u8> {
        let mut state = self.lock();
        if !std::mem::replace(&mut state.on, false) {
            return Vec::new();
        }
        let mut bytes = END_STRING.to_owned();
        put(&mut bytes, EndSynchronizedUpdate);
        put(&mut bytes, SetAttribute(Attribute::Reset));
        state.let_cells_go(&mut bytes);
        if self.wishes.mouse {
            bytes.push_str(MOUSE_OFF);
        }
        put(&mut bytes, DisableFocusChange);
        put(&mut bytes, DisableBracketedPaste);
        put(&mut bytes, Show);
        put(&mut bytes, LeaveAlternateScreen);
        bytes.into_bytes()
    }

    /// The terminal said what it is: what to tell it. The first answer that means something stands;
    /// what comes late is as good as what comes at once.
    pub fn learn(&self, profile: Option<Profile>) -> &'static str {
        let mut state = self.lock();
        let (Some(profile), Profile::Plain) = (profile, state.profile) else { return "" };
        state.profile = profile;
        let is_told = state.on && is_ours(state.bidi);
        profile.words().filter(|_| is_told).map_or("", |(stay, _)| stay)
    }

    /// How right-to-left text reaches the terminal as things stand.
    pub fn bidi(&self) -> Bidi {
        let state = self.lock();
        state.profile.bidi(state.bidi)
    }

    /// Another shall order right-to-left text from now on: what to tell the terminal.
    pub fn wish(&self, bidi: BidiKind) -> String {
        let mut state = self.lock();
        let mut bytes = String::new();
        let was = std::mem::replace(&mut state.bidi, bidi);
        if state.on && is_ours(was) != is_ours(bidi) {
            State { bidi: was, ..*state }.let_cells_go(&mut bytes);
            state.keep_cells(&mut bytes);
        }
        bytes
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last question was answered.
    pub fn learn_settled(&self) {
        self.lock().settled = true;
    }

    /// Answers may still be on their way: whoever reads the terminal next would take them for keys.
    pub fn is_unsettled(&self) -> bool {
        let state = self.lock();
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

    const ALL: Wishes = Wishes { bidi: BidiKind::Auto, mouse: true, questions: true };

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
            Wishes { bidi: BidiKind::App, ..ALL },
            Wishes { bidi: BidiKind::Terminal, ..ALL },
            Wishes { bidi: BidiKind::Off, ..ALL },
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
        for (profile, stay, go) in [
            (Profile::Konsole, "BidiRenderingEnabled=false", "BidiRenderingEnabled=true"),
            (Profile::Mlterm, "use_bidi=false", "use_bidi=true"),
            (Profile::Tmux, "Ptmux;\x1b\x1b[8l", "Ptmux;\x1b\x1b[8h"),
        ] {
            let modes = Modes::new(ALL);
            assert!(!text(modes.enter()).contains(stay), "{profile:?} is not known yet");
            assert!(modes.learn(Some(profile)).contains(stay));
            assert!(text(modes.leave()).contains(go));
            assert!(text(modes.enter()).contains(stay), "after a stop");
            // The answer that came first stands.
            assert_eq!(modes.learn(Some(Profile::Kitty)), "");
            assert_eq!(modes.bidi(), Bidi::App);
            // Asked to let it be, the terminal gets its own way back, and only once.
            let told = modes.wish(BidiKind::Off);
            assert!(told.contains(go) && told.contains(CELLS_MAY_MOVE), "{told:?}");
            assert_eq!(modes.wish(BidiKind::Terminal), "");
            assert!(!text(modes.leave()).contains(go));
            assert!(!text(modes.enter()).contains(stay));
            let told = modes.wish(BidiKind::Auto);
            assert!(told.contains(stay) && told.contains(CELLS_STAY), "{told:?}");
        }
        let modes = Modes::new(ALL);
        assert_eq!((modes.learn(None), modes.bidi()), ("", Bidi::App));
        assert_eq!((modes.learn(Some(Profile::Orders)), modes.bidi()), ("", Bidi::Terminal));
        let modes = Modes::new(Wishes { bidi: BidiKind::Terminal, ..ALL });
        modes.enter();
        assert_eq!(modes.learn(Some(Profile::Konsole)), "");
    }
}
