//! `vafa` without a command: the screens in this terminal.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use crate::desk::{Desk, Refusal};
use crate::domain::{Agent, BidiKind, CalendarKind, Language, MoneyUnit};
use crate::session::Occupant;
use crate::text::{Calendar, Lang, WeekStart};
use crate::ui::{Setup as Screens, Size, Stage};

use super::erase;
use super::open::{Sitting, Surroundings, open as open_terminal};
use super::setup::Setup;
use super::visit;

/// Opens the store of this setup in the terminal, made on first use.
pub fn open(setup: &Setup) -> ExitCode {
    show(setup, setup.store.clone(), |_| Ok(()))
}

/// Opens a store in the terminal; `prepare` is done to the desk before the screens may use it.
pub fn show(
    setup: &Setup,
    folder: PathBuf,
    prepare: impl FnOnce(&Desk) -> Result<(), Refusal> + Send + 'static,
) -> ExitCode {
    let surroundings = Surroundings::of_process();
    let now = Timestamp::now();
    let agent: Occupant = Arc::new(Mutex::new(Agent::program()));
    let language = match setup.lang {
        Lang::En => Language::English,
        Lang::Fa => Language::Persian,
    };
    let calendar = match setup.calendar {
        Calendar::Gregorian => CalendarKind::Gregorian,
        Calendar::Jalali => CalendarKind::Jalali,
    };
    let week =
        if setup.calendar == Calendar::Jalali { WeekStart::Saturday } else { WeekStart::Monday };
    let sitting = Sitting {
        setup: Screens {
            agent: setup.agent.clone(),
            place: String::new(),
            language,
            calendar,
            theme: setup.config.theme.unwrap_or(surroundings.theme),
            bidi: setup.config.bidi.unwrap_or(BidiKind::Auto),
            zone: setup.zone.clone(),
            week,
            money: setup.config.money.unwrap_or(MoneyUnit::Rial),
            can_edit: true,
            can_suspend: true,
            now,
            size: Size { width: 80, height: 24 },
        },
        theme_is_chosen: setup.config.theme.is_some(),
        agent: Arc::clone(&agent),
        tongue: setup.tongue(),
        mouse: true,
        plain: setup.plain,
        surroundings,
    };
    let name = setup.agent.clone();
    let holidays = setup.holidays.clone();
    let first = setup.first_settings();
    open_terminal(sitting, move |stage| {
        stage(Stage::Opening);
        let (engine, _) = erase::open(&folder)?;
        stage(Stage::Recovering);
        let desk = Desk::open_or_make(Arc::new(engine), first, now)?;
        desk.keep_holidays(holidays);
        let person = visit::person(&desk, &name, now)?;
        *agent.lock().unwrap_or_else(PoisonError::into_inner) = person;
        prepare(&desk)?;
        desk.keep_fresh();
        Ok(desk)
    })
}
