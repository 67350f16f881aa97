//! How this agent likes the screen, kept in the agent's record: a letter goes on to the next choice,
//! and the screen follows at once.
//!
//! ```text
//! ── My settings ─────────────────────────────
//!  [l] language          English
//!  [c] calendar          Gregorian
//!  [t] colours           dark (as on this machine)
//!  ...
//! ```

use crate::desk::{Command, Notice, Refusal};
use crate::domain::{
    BidiKind, CalendarKind, Language, Preferences as Kept, ThemeKind, WeekKind, Weekend,
};
use crate::text::words::{dates as d, preferences as w};
use crate::text::{Calendar, Phrase, SafeText, WeekStart, safe, width};

use super::canvas::{Area, Canvas};
use super::key::Key;
use super::keymap::{self, Context};
use super::message::ScreenId;
use super::panel;
use super::screen::Screen;
use super::shell::Shell;
use super::theme::Role;

/// One thing that can be chosen: its letter, its name, what holds, and the step to the next choice.
struct Row {
    key: char,
    name: Phrase,
    value: fn(&Shell) -> SafeText,
    next: fn(&mut Kept, &Shell),
}

const ROWS: &[Row] = &[
    Row { key: 'l', name: w::LANGUAGE, value: language, next: next_language },
    Row {
        key: 'c',
        name: w::CALENDAR,
        value: |shell| {
            let phrase = match shell.calendar() {
                Calendar::Gregorian => w::GREGORIAN,
                Calendar::Jalali => w::JALALI,
            };
            here(phrase, shell.preferences().and_then(|p| p.calendar).is_none(), shell)
        },
        next: |kept, shell| {
            kept.calendar = Some(match shell.calendar() {
                Calendar::Gregorian => CalendarKind::Jalali,
                Calendar::Jalali => CalendarKind::Gregorian,
            });
        },
    },
    Row {
        key: 't',
        name: w::COLOURS,
        value: |shell| {
            let own = shell.preferences().and_then(|p| p.theme);
            let phrase = match own.unwrap_or(shell.setup.theme) {
                ThemeKind::Dark => w::DARK,
                ThemeKind::Light => w::LIGHT,
                ThemeKind::Ansi => w::ANSI,
                ThemeKind::Mono => w::MONO,
            };
            here(phrase, own.is_none(), shell)
        },
        next: |kept, _| kept.theme = after(ThemeKind::ALL, kept.theme),
    },
    Row {
        key: 'w',
        name: w::WEEK,
        value: |shell| {
            let phrase = match shell.week() {
                WeekStart::Monday => d::MONDAY,
                WeekStart::Saturday => d::SATURDAY,
            };
            here(phrase, shell.preferences().and_then(|p| p.week).is_none(), shell)
        },
        next: |kept, shell| {
            kept.week = Some(match shell.week() {
                WeekStart::Monday => WeekKind::Saturday,
                WeekStart::Saturday => WeekKind::Monday,
            });
        },
    },
    Row {
        key: 'e',
        name: w::DAYS_OFF,
        value: |shell| {
            shell.say(match shell.preferences().and_then(|p| p.weekend) {
                None => w::AS_BUSINESS,
                Some(Weekend::SaturdaySunday) => w::SATURDAY_SUNDAY,
                Some(Weekend::FridaySaturday) => w::FRIDAY_SATURDAY,
                Some(Weekend::ThursdayFriday) => w::THURSDAY_FRIDAY,
                Some(Weekend::Friday) => w::FRIDAY,
                Some(Weekend::Sunday) => w::SUNDAY,
                Some(Weekend::None) => w::NO_DAYS,
            })
        },
        next: |kept, _| kept.weekend = after(Weekend::ALL, kept.weekend),
    },
    Row {
        key: 'b',
        name: w::ORDER,
        value: |shell| {
            let phrase = match shell.bidi_wish() {
                BidiKind::Auto => w::AUTO,
                BidiKind::App => w::APP,
                BidiKind::Terminal => w::TERMINAL,
                BidiKind::Off => w::OFF,
            };
            here(phrase, shell.preferences().and_then(|p| p.bidi).is_none(), shell)
        },
        next: |kept, _| kept.bidi = after(BidiKind::ALL, kept.bidi),
    },
];

fn language(shell: &Shell) -> SafeText {
    let phrase = if shell.lang() == crate::text::Lang::Fa { w::PERSIAN } else { w::ENGLISH };
    here(phrase, shell.preferences().and_then(|p| p.language).is_none(), shell)
}

fn next_language(kept: &mut Kept, shell: &Shell) {
    kept.language = Some(match shell.lang() {
        crate::text::Lang::En => Language::Persian,
        crate::text::Lang::Fa => Language::English,
    });
}

/// A value, and that it is that of the place where vafa runs.
fn here(value: Phrase, is_here: bool, shell: &Shell) -> SafeText {
    let value = shell.say(value);
    if is_here { shell.say_with(w::AS_HERE, &[("value", value.into())]) } else { value }
}

/// The choice after this one; none of its own comes after the last.
fn after<T: Copy + PartialEq>(all: &[T], now: Option<T>) -> Option<T> {
    match now {
        None => all.first().copied(),
        Some(now) => all.iter().skip_while(|v| **v != now).nth(1).copied(),
    }
}

/// Changes how this agent likes the screen, at once and in the store.
fn change(screen: ScreenId, next: fn(&mut Kept, &Shell), shell: &mut Shell) {
    let Some(mut kept) = shell.preferences().cloned() else { return };
    next(&mut kept, shell);
    shell.prefer(kept.clone());
    shell.act(screen, 0, Command::SavePreferences(kept));
}

/// Goes on to the other language.
pub fn switch_language(screen: ScreenId, shell: &mut Shell) {
    change(screen, next_language, shell);
}

/// The panel.
pub struct Preferences {
    id: ScreenId,
}

impl Preferences {
    pub fn new(shell: &mut Shell) -> Self {
        Self { id: shell.new_screen() }
    }
}

impl Screen for Preferences {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Menu]
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(w::TITLE)
    }

    fn act(&mut self, _action: keymap::Action, _shell: &mut Shell) -> bool {
        false
    }

    fn key(&mut self, key: Key, shell: &mut Shell) {
        let Some(typed) = keymap::as_bound(key).writes() else { return };
        if let Some(row) = ROWS.iter().find(|row| row.key == typed) {
            change(self.id, row.next, shell);
        }
    }

    fn acted(&mut self, _part: u8, result: &Result<Notice, Refusal>, _shell: &mut Shell) -> bool {
        // What is seen says it.
        result.is_ok()
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let inside = panel::foot(canvas, area, ROWS.len() as u16, &self.title(shell));
        let names: Vec<SafeText> = ROWS.iter().map(|row| shell.say(row.name)).collect();
        let wide = names.iter().map(width).max().unwrap_or(0) as u16 + 2;
        for (i, (row, name)) in ROWS.iter().zip(&names).enumerate() {
            let line = inside.line(i as u16);
            if line.is_empty() {
                break;
            }
            canvas.put((line.x, line.y), 4, &safe!["[", row.key, "]"].ltr(), Role::Key);
            let (_, rest) = line.split_start(4);
            canvas.put((rest.x, rest.y), rest.width.min(wide), name, Role::Dim);
            let (_, rest) = rest.split_start(wide);
            canvas.put((rest.x, rest.y), rest.width, &(row.value)(shell), Role::Text);
        }
    }
}
