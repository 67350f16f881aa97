//! `vafa log`: a conversation and how it ended.

use jiff::tz::TimeZone;

use crate::desk::tell::problem_in;
use crate::desk::{Command, Deed};
use crate::domain::{Channel, Direction, Outcome, Problem};
use crate::exchange::export::sheet::Cell;
use crate::exchange::import::value::seconds;
use crate::text::words::commands as words;
use crate::text::{Calendar, SafeText, WeekStart, fold, parse_when, safe, store_note};

use super::args::Log;
use super::failure::{Failure, Status, clean};
use super::out::Out;
use super::setup::Setup;
use super::table;
use super::visit::Visit;

/// `vafa log`.
pub fn run(setup: &Setup, given: &Log, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let channel = Channel::parse(&given.channel).ok_or_else(|| {
        let known = Channel::ALL.iter().map(|c| c.name()).collect::<Vec<_>>().join(", ");
        Failure::bad_word("--channel", &known, &given.channel, lang)
    })?;
    let seconds = given.duration.as_deref().map(|text| {
        seconds(text).map_err(|_| Failure::bad_word("--duration", "95, 1:35", text, lang))
    });
    let seconds = seconds.transpose()?.unwrap_or(0);
    let visit = Visit::open_loaded(setup)?;
    let customer = visit.customer(&given.customer)?;
    let outcome = outcome(&given.outcome, &visit, setup)?;
    let callback = given.callback.as_deref().map(|when| moment(when, &visit, setup)).transpose()?;
    let log = crate::desk::Log {
        customer,
        outcome,
        note: store_note(&given.note),
        channel,
        direction: if given.inbound { Direction::Inbound } else { Direction::Outbound },
        seconds,
        callback,
        queue: None,
        finishes: None,
    };
    let notice = visit.act(Command::Log(log))?;
    let Deed::Logged { name, outcome, callback, .. } = notice.deed else { return Ok(()) };
    let mut line = words::LOGGED.with(lang, &[("name", clean(&name))]);
    if let Some(outcome) = visit.status.outcomes.iter().find(|o| o.code == outcome) {
        line = safe![line, ", ", SafeText::clean(named(outcome, setup))];
    }
    if let Some(at) = callback {
        let setup = Setup { zone: zone(&visit, setup), ..setup.clone() };
        let when = table::words(&Cell::Time(at), &setup, 0);
        line = safe![line, ", ", words::CALLED_AGAIN.with(lang, &[("when", when.into())])];
    }
    out.line(&line).map_err(|e| Failure::output(&e, lang))
}

fn named<'o>(outcome: &'o Outcome, setup: &Setup) -> &'o str {
    match setup.lang {
        crate::text::Lang::En => &outcome.name_en,
        crate::text::Lang::Fa => &outcome.name_fa,
    }
}

/// The code of an outcome given by code, letter or name in either language.
fn outcome(given: &str, visit: &Visit, setup: &Setup) -> Result<String, Failure> {
    if given.is_empty() {
        return Ok(String::new());
    }
    let wanted = fold(&given.replace(['-', ' '], "_"));
    let is = |name: &str| fold(&name.replace(' ', "_")) == wanted;
    let outcomes = &visit.status.outcomes;
    let found = outcomes
        .iter()
        .find(|o| is(&o.code) || is(&o.name_en) || is(&o.name_fa) || given == o.key.to_string());
    found.map(|o| o.code.clone()).ok_or_else(|| {
        let known: Vec<&str> = outcomes.iter().map(|o| o.code.as_str()).collect();
        Failure::bad_word("--outcome", &known.join(", "), given, setup.lang)
    })
}

/// The zone in which the agent speaks of times.
fn zone(visit: &Visit, setup: &Setup) -> TimeZone {
    let named =
        [visit.who.agent.preferences.time_zone.as_str(), visit.status.settings.time_zone.as_str()];
    let mut named = named.into_iter().filter(|name| !name.is_empty());
    named.find_map(|name| TimeZone::get(name).ok()).unwrap_or(setup.zone.clone())
}

fn moment(when: &str, visit: &Visit, setup: &Setup) -> Result<jiff::Timestamp, Failure> {
    let zone = zone(visit, setup);
    let now = visit.who.now.to_zoned(zone.clone()).datetime();
    let week = match setup.calendar {
        Calendar::Jalali => WeekStart::Saturday,
        Calendar::Gregorian => WeekStart::Monday,
    };
    let wrong = |words: SafeText| Failure::new(Status::Usage, safe!["--callback: ", words]);
    let at = parse_when(when, now, setup.calendar, week)
        .map_err(|e| wrong(e.words(setup.calendar, setup.lang)))?;
    let zoned =
        at.to_zoned(zone).map_err(|_| wrong(problem_in(&Problem::NoSuchDate, setup.lang)))?;
    Ok(zoned.timestamp())
}
