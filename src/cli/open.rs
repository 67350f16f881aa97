//! Opens the screens in the terminal this process was started in: what `vafa` without a subcommand
//! and `vafa demo` do. Decides from the environment what the terminal can show, and turns the end of
//! the session into an exit status.

use std::env;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::{Desk, Refusal};
use crate::domain::ThemeKind;
use crate::session::local::{Editor, Local, PanicHook};
use crate::session::{self, End, Failure, Modes, Occupant, Opening, Screens, Seat, Wishes};
use crate::store::StoreError;
use crate::text::words::terminal as words;
use crate::text::{Lang, SafeText, os_error};
use crate::ui::tell::refusal_in;
use crate::ui::{Model, Setup, Stage};

use super::out;
use super::setup::Tongue;

/// Wrong usage.
const USAGE: u8 = 2;
/// The store is in use.
const IN_USE: u8 = 4;
/// Not permitted.
const NOT_PERMITTED: u8 = 5;
/// The store is damaged.
const DAMAGED: u8 = 6;
/// The work failed.
const FAILED: u8 = 1;
/// Added to the number of the signal that ended a program, as shells do.
const BY_SIGNAL: u8 = 128;
/// The signal of a line that is gone.
const HUP: u8 = 1;
/// Threads that ask and act for the one session.
const WORKERS: usize = 4;

/// What the environment says about this terminal and its owner.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Colours that are safe to begin with; a terminal may say later that its background is light.
    pub theme: ThemeKind,
    /// The terminal takes questions about itself without printing them.
    pub questions: bool,
    /// It can be drawn on at all: cells have places.
    pub draws: bool,
    /// The person's editor.
    pub editor: Editor,
}

impl Surroundings {
    /// Reads them.
    pub fn of_process() -> Self {
        Self::from(|name| env::var(name).ok(), env::temp_dir())
    }

    fn from(variable: impl Fn(&str) -> Option<String>, folder: PathBuf) -> Self {
        let value = |name| variable(name).filter(|value| !value.is_empty());
        let term = value("TERM").unwrap_or_default();
        let poor = matches!(term.as_str(), "" | "dumb" | "linux" | "vt100" | "vt220" | "ansi");
        let rich = matches!(value("COLORTERM").as_deref(), Some("truecolor" | "24bit"))
            || ["256color", "direct", "kitty", "alacritty", "ghostty", "foot", "wezterm"]
                .iter()
                .any(|name| term.contains(name));
        let theme = match (value("NO_COLOR").is_some(), poor, rich) {
            (true, _, _) => ThemeKind::Mono,
            (false, false, true) => ThemeKind::Dark,
            _ => ThemeKind::Ansi,
        };
        let command = value("VISUAL").or_else(|| value("EDITOR"));
        let editor = Editor { command: command.unwrap_or_else(|| "vi".to_owned()), folder };
        Self { theme, questions: !poor, draws: term != "dumb", editor }
    }
}

/// What a session in this terminal needs.
pub struct Sitting {
    /// The screens: language, calendar, zone, and the theme from the surroundings or the configuration.
    pub setup: Setup,
    /// The configuration names a theme: the terminal's background does not change it.
    pub theme_is_chosen: bool,
    /// Who sits here; set by `open_desk` once the store says.
    pub agent: Occupant,
    /// Report clicks and the wheel.
    pub mouse: bool,
    /// For screen readers: no colours, and the mouse stays with the terminal.
    pub plain: bool,
    /// What the environment said.
    pub surroundings: Surroundings,
    /// How to speak outside the screens.
    pub tongue: Tongue,
}

/// Runs the screens until they are left; the desk opens meanwhile. Returns the exit status: 0 left,
/// 2 no terminal, the failure's own when the desk does not open, 128 and the signal's number when
/// one ended it, 1 when the terminal could not be used.
pub fn open<F>(mut sitting: Sitting, open_desk: F) -> ExitCode
where
    F: FnOnce(&dyn Fn(Stage)) -> Result<Arc<Desk>, Refusal> + Send + 'static,
{
    let tongue = sitting.tongue;
    let lang = tongue.lang;
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        complain(tongue, &[words::NO_TERMINAL.in_(lang)]);
        return ExitCode::from(USAGE);
    }
    if !sitting.surroundings.draws {
        complain(tongue, &[words::DUMB.in_(lang)]);
        return ExitCode::from(USAGE);
    }
    if sitting.plain {
        sitting.setup.theme = ThemeKind::Mono;
        sitting.mouse = false;
    }
    match sit(sitting, move |stage| open_desk(stage).map_err(|why| failure(&why, lang))) {
        Ok(End::Quit) => ExitCode::SUCCESS,
        Ok(End::Gone) => ExitCode::from(BY_SIGNAL + HUP),
        Ok(End::Told(signal)) => ExitCode::from(BY_SIGNAL + u8::try_from(signal).unwrap_or(0)),
        Ok(End::Failed(failure)) => {
            complain(tongue, &failure.words);
            ExitCode::from(failure.status)
        }
        Err(error) => {
            let why = [("why", os_error(&error, lang).into())];
            complain(tongue, &[words::CANNOT_USE.with(lang, &why)]);
            ExitCode::from(FAILED)
        }
    }
}

/// A refusal to open, in words and as an exit status.
fn failure(refusal: &Refusal, lang: Lang) -> Failure {
    let status = match refusal {
        Refusal::Store(StoreError::InUse { .. }) => IN_USE,
        Refusal::Store(
            StoreError::Newer { .. } | StoreError::Damaged { .. } | StoreError::Corrupt { .. },
        ) => DAMAGED,
        Refusal::NotPermitted { .. } => NOT_PERMITTED,
        _ => FAILED,
    };
    Failure { words: vec![refusal_in(refusal, lang)], lang, status }
}

fn sit<F>(sitting: Sitting, open_desk: F) -> io::Result<End>
where
    F: FnOnce(&dyn Fn(Stage)) -> Result<Arc<Desk>, Failure> + Send + 'static,
{
    let tongue = sitting.tongue;
    let lang = tongue.lang;
    let broken =
        Failure { words: vec![words::BROKE_WHILE_OPENING.in_(lang)], lang, status: FAILED };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(WORKERS)
        .build()?;
    let (end, kept) = runtime.block_on(async {
        let modes = Arc::new(Modes::new(Wishes {
            bidi: sitting.setup.bidi,
            mouse: sitting.mouse,
            questions: sitting.surroundings.questions,
        }));
        let editor = Some(sitting.surroundings.editor);
        let local = Local::open(io::stdin(), Arc::clone(&modes), editor)?;
        let hook = PanicHook::set(local.tty());
        let opening = Opening::in_background(open_desk, broken);
        let seat = Seat { agent: sitting.agent, clock: Arc::new(Timestamp::now) };
        let follows_background = !sitting.theme_is_chosen && sitting.setup.theme == ThemeKind::Dark;
        let model = Model::new(sitting.setup);
        let mut screens = Screens { model, follows_background };
        let end = session::run(&local, &modes, opening, &mut screens, seat).await;
        drop(local);
        io::Result::Ok((end, hook.kept()))
    })?;
    // A question nobody waits for any more may still run: it must not hold up the shell.
    runtime.shutdown_background();
    let kept: Vec<_> = kept.iter().map(|said| SafeText::clean(said)).collect();
    complain(tongue, &kept);
    Ok(end)
}

/// Says something on standard error, if there still is one.
fn complain(tongue: Tongue, lines: &[SafeText]) {
    for line in lines {
        out::say(tongue, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_environment_says() {
        for (variables, theme, questions) in [
            (&[("TERM", "xterm-256color")][..], ThemeKind::Dark, true),
            (&[("TERM", "xterm"), ("COLORTERM", "truecolor")], ThemeKind::Dark, true),
            (&[("TERM", "xterm")], ThemeKind::Ansi, true),
            (&[("TERM", "xterm-kitty")], ThemeKind::Dark, true),
            (&[("TERM", "linux"), ("COLORTERM", "truecolor")], ThemeKind::Ansi, false),
            (&[("TERM", "dumb")], ThemeKind::Ansi, false),
            (&[], ThemeKind::Ansi, false),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "1")], ThemeKind::Mono, true),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], ThemeKind::Dark, true),
        ] {
            let said = Surroundings::from(
                |name| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()),
                PathBuf::new(),
            );
            assert_eq!((said.theme, said.questions), (theme, questions), "{variables:?}");
            assert_eq!(said.draws, !variables.contains(&("TERM", "dumb")), "{variables:?}");
        }
    }

    #[test]
    fn which_editor() {
        for (variables, expected) in [
            (&[("VISUAL", "code --wait"), ("EDITOR", "nano")][..], "code --wait"),
            (&[("VISUAL", ""), ("EDITOR", "nano")], "nano"),
            (&[], "vi"),
        ] {
            let said = Surroundings::from(
                |name| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()),
                PathBuf::new(),
            );
            assert_eq!(said.editor.command, expected, "{variables:?}");
        }
    }
}
