//! What every screen shares: who looks, in what language and zone, what time it is, and the way to
//! ask, act, open and close. Holds effects until `update` hands them out; never does one itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::desk::{Change, Command, Log, Question, Status};
use crate::domain::{
    BidiKind, CalendarKind, Currency, CustomerId, Day, InteractionId, Language, MoneyUnit,
    Preferences, Settings, ThemeKind, WeekKind,
};
use crate::text::words::holidays;
use crate::text::{Bidi, Calendar, Dir, Lang, SafeText, WeekStart};

use super::key::Size;
use super::keymap::Action;
use super::message::{Effect, ScreenId, Slot, Stage, Ticket};
use super::screen::{Screen, Told};
use super::theme::Theme;
use super::toast::Toasts;

/// What the place where vafa runs says; an agent's own preferences go before it.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The agent's name.
    pub agent: String,
    /// Where this is: a town, a host; may be empty.
    pub place: String,
    pub language: Language,
    pub calendar: CalendarKind,
    pub theme: ThemeKind,
    pub bidi: BidiKind,
    pub zone: TimeZone,
    pub week: WeekStart,
    /// Rials as rials or as toman.
    pub money: MoneyUnit,
    /// `$EDITOR` can be opened (a local terminal).
    pub can_edit: bool,
    /// Ctrl-Z can suspend (a local terminal).
    pub can_suspend: bool,
    pub now: Timestamp,
    pub size: Size,
}

/// What `.` does again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// The same change of whoever is meant now.
    Change(Change),
}

/// A move through the screens, made after the update.
pub enum Move {
    Push(Box<dyn Screen>),
    /// Closes the one with this id, and all above it.
    Close(ScreenId),
    Tab(u8),
    Tell(ScreenId, Told),
    /// Goes to a tab and tells its screen.
    TabTold(u8, Told),
    /// Does an action as if its key were pressed, once the moves before it are made.
    Run(Action),
}

/// What every screen shares.
pub struct Shell {
    pub setup: Setup,
    pub now: Timestamp,
    pub size: Size,
    pub opening: Stage,
    pub status: Option<Arc<Status>>,
    pub toasts: Toasts,
    pub repeat: Option<Repeat>,
    /// What this agent logged last, for a correction.
    pub last_logged: Option<(CustomerId, String, InteractionId)>,
    /// The call on its way to the desk: should a rule forbid it, it can be logged with a reason.
    pub unlogged: Option<Log>,
    /// How right-to-left text reaches this terminal, as the session found out.
    pub bidi: Bidi,
    zone: TimeZone,
    effects: Vec<Effect>,
    moves: Vec<Move>,
    tickets: u64,
    screens: u32,
    newest: BTreeMap<Slot, u64>,
}

impl Shell {
    pub fn new(setup: Setup) -> Self {
        Self {
            now: setup.now,
            size: setup.size,
            zone: setup.zone.clone(),
            setup,
            opening: Stage::Starting,
            status: None,
            toasts: Toasts::default(),
            repeat: None,
            last_logged: None,
            bidi: Bidi::default(),
            unlogged: None,
            effects: Vec::new(),
            moves: Vec::new(),
            tickets: 0,
            screens: 0,
            newest: BTreeMap::new(),
        }
    }

    pub fn lang(&self) -> Lang {
        let own = self.preferences().and_then(|p| p.language);
        match own.unwrap_or(self.setup.language) {
            Language::English => Lang::En,
            Language::Persian => Lang::Fa,
        }
    }

    /// The side lines start at on this terminal.
    pub fn dir(&self) -> Dir {
        self.bidi.dir(self.lang())
    }

    /// Who shall order right-to-left text on this terminal.
    pub fn bidi_wish(&self) -> BidiKind {
        self.preferences().and_then(|p| p.bidi).unwrap_or(self.setup.bidi)
    }

    pub fn calendar(&self) -> Calendar {
        let own = self.preferences().and_then(|p| p.calendar);
        match own.unwrap_or(self.setup.calendar) {
            CalendarKind::Gregorian => Calendar::Gregorian,
            CalendarKind::Jalali => Calendar::Jalali,
        }
    }

    pub fn theme(&self) -> Theme {
        let own = self.preferences().and_then(|p| p.theme);
        // Without colour is what the terminal asked for; no preference can overrule that.
        let mono = self.setup.theme == ThemeKind::Mono;
        Theme::new(if mono { ThemeKind::Mono } else { own.unwrap_or(self.setup.theme) })
    }

    pub fn preferences(&self) -> Option<&Preferences> {
        self.status.as_ref().map(|s| &s.me.preferences)
    }

    /// The agent's time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Takes what the frame was told, and the zone the agent prefers.
    pub fn set_status(&mut self, status: Status) {
        self.status = Some(Arc::new(status));
        self.take_zone();
    }

    /// Takes what this agent likes before the store has said that it is kept.
    pub fn prefer(&mut self, preferences: Preferences) {
        if let Some(status) = &mut self.status {
            Arc::make_mut(status).me.preferences = preferences;
        }
        self.take_zone();
    }

    /// The agent's own zone, else the business's, else that of the place where vafa runs.
    fn take_zone(&mut self) {
        let zone = |name: &str| {
            let named = (!name.is_empty()).then(|| TimeZone::get(name).ok());
            named.flatten()
        };
        let own = self.preferences().and_then(|p| zone(&p.time_zone));
        let own = own.or_else(|| self.settings().and_then(|s| zone(&s.time_zone)));
        self.zone = own.unwrap_or_else(|| self.setup.zone.clone());
    }

    /// The first day of this agent's week.
    pub fn week(&self) -> WeekStart {
        match self.preferences().and_then(|p| p.week) {
            Some(WeekKind::Monday) => WeekStart::Monday,
            Some(WeekKind::Saturday) => WeekStart::Saturday,
            None => self.setup.week,
        }
    }

    /// Why nobody works on a day: its holiday, or the weekend.
    pub fn day_off(&self, date: Date) -> Option<SafeText> {
        let status = self.status.as_ref()?;
        let settings = &status.settings;
        let weekend = status.me.preferences.weekend.unwrap_or_else(|| settings.weekend());
        let holiday = status.holidays.name(date, &settings.country, self.lang());
        holiday.or_else(|| weekend.has(date.weekday()).then(|| self.say(holidays::WEEKEND)))
    }

    /// The first day from `date` on that somebody works on; `date` when none comes soon.
    pub fn working_day(&self, date: Date) -> Date {
        let days = std::iter::successors(Some(date), |day| day.tomorrow().ok());
        days.take(31).find(|day| self.day_off(*day).is_none()).unwrap_or(date)
    }

    /// The wall clock of the agent.
    pub fn civil(&self) -> DateTime {
        self.civil_of(self.now)
    }

    /// A moment on the wall clock of the agent.
    pub fn civil_of(&self, at: Timestamp) -> DateTime {
        at.to_zoned(self.zone.clone()).datetime()
    }

    /// Today, for the agent.
    pub fn today(&self) -> Day {
        Day::of(self.civil().date())
    }

    pub fn settings(&self) -> Option<&Settings> {
        self.status.as_ref().map(|s| s.settings.as_ref())
    }

    pub fn currency(&self) -> Currency {
        self.settings().map_or(Currency::USD, |s| s.currency)
    }

    /// The identity of a new screen.
    pub fn new_screen(&mut self) -> ScreenId {
        self.screens += 1;
        ScreenId(self.screens)
    }

    /// Asks the desk for a part of a screen; an older ask for that part is not wanted any more.
    pub fn ask(&mut self, screen: ScreenId, part: u8, question: Question) {
        let ticket = self.ticket(screen, part);
        self.newest.insert(ticket.slot, ticket.number);
        self.effects.push(Effect::Ask(ticket, question));
    }

    /// True while an ask of this part has no answer.
    pub fn is_waiting(&self, screen: ScreenId, part: u8) -> bool {
        self.newest.contains_key(&Slot { screen, part })
    }

    /// Has the desk do something; the screen is told what came of it.
    pub fn act(&mut self, screen: ScreenId, part: u8, command: Command) {
        let ticket = self.ticket(screen, part);
        self.effects.push(Effect::Act(ticket, command));
    }

    /// True when an answer is the newest of its slot; it is settled then.
    pub fn settle(&mut self, ticket: Ticket) -> bool {
        let newest = self.newest.get(&ticket.slot) == Some(&ticket.number);
        if newest {
            self.newest.remove(&ticket.slot);
        }
        newest
    }

    /// Forgets the asks of a screen that is closed.
    pub fn forget(&mut self, screen: ScreenId) {
        self.newest.retain(|slot, _| slot.screen != screen);
    }

    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Opens a screen or panel on top.
    pub fn push(&mut self, screen: impl Screen + 'static) {
        self.moves.push(Move::Push(Box::new(screen)));
    }

    /// Closes a screen or panel and what is above it.
    pub fn close(&mut self, screen: ScreenId) {
        self.moves.push(Move::Close(screen));
    }

    /// Goes to a tab.
    pub fn tab(&mut self, tab: u8) {
        self.moves.push(Move::Tab(tab));
    }

    /// Goes to a tab, and tells its screen what is wanted there.
    pub fn tab_told(&mut self, tab: u8, told: Told) {
        self.moves.push(Move::TabTold(tab, told));
    }

    /// Tells a screen what was chosen in a panel.
    pub fn tell(&mut self, screen: ScreenId, told: Told) {
        self.moves.push(Move::Tell(screen, told));
    }

    /// Does an action after this update, on what is on top then.
    pub fn run_after(&mut self, action: Action) {
        self.moves.push(Move::Run(action));
    }

    pub(super) fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    pub(super) fn take_moves(&mut self) -> Vec<Move> {
        std::mem::take(&mut self.moves)
    }

    fn ticket(&mut self, screen: ScreenId, part: u8) -> Ticket {
        self.tickets += 1;
        Ticket { slot: Slot { screen, part }, number: self.tickets }
    }
}
