//! `vafa log`: a conversation and how it ended.

use crate::desk::tell::{comma, problem_in};
use crate::desk::{Command, Deed};
use crate::domain::{Channel, Direction, OfferAnswer, Problem, Proposed, WeekKind, WrapUp};
use crate::exchange::export::sheet::Cell;
use crate::exchange::import::value::{on_scale, seconds};
use crate::exchange::import::vocabulary::Words;
use crate::text::words::commands as words;
use crate::text::{
    Calendar, Lang, SafeText, WeekStart, fold, parse_when, safe, store_line, store_note,
};

use crate::ui::tell::{oddity_phrase, outcome_name};

use super::args::Log;
use super::campaign;
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
    let satisfaction = figure("--satisfaction", given.satisfaction.as_deref(), 1, 5, lang)?;
    let recommend = figure("--recommend", given.recommend.as_deref(), 0, 10, lang)?;
    let visit = Visit::open_loaded(setup)?;
    let offer = offered(given, &visit, lang)?;
    let campaign = given.campaign.as_deref().map(|name| campaign::named(&visit, name, setup));
    let campaign = campaign.transpose()?.map(|(campaign, _)| campaign.id);
    let despite = given.despite.as_deref().map(store_line);
    let wrap_up = WrapUp { campaign, offer, satisfaction, recommend, despite, ..WrapUp::default() };
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
        wrap_up,
    };
    let done = visit.desk.act(&visit.who, Command::Log(log));
    let notice =
        done.map_err(|refusal| campaign::refused(&refusal, &visit, &visit.spoken(setup)))?;
    let Deed::Logged { name, outcome, callback, oddities, .. } = notice.deed else { return Ok(()) };
    let mut line = words::LOGGED.with(lang, &[("name", clean(&name))]);
    if let Some(outcome) = visit.status.outcomes.iter().find(|o| o.code == outcome) {
        line = safe![line, comma(lang), outcome_name(outcome, lang)];
    }
    if let Some(at) = callback {
        let when = table::words(&Cell::Time(at), &visit.spoken(setup), 0);
        line = safe![line, comma(lang), words::CALLED_AGAIN.with(lang, &[("when", when.into())])];
    }
    for oddity in oddities {
        line = safe![line, "; ", oddity_phrase(oddity).in_(lang)];
    }
    out.line(&line).map_err(|e| Failure::output(&e, lang))
}

/// A figure on a scale.
fn figure(
    option: &str,
    given: Option<&str>,
    from: u8,
    to: u8,
    lang: Lang,
) -> Result<Option<u8>, Failure> {
    let Some(text) = given else { return Ok(None) };
    let read = on_scale(text, from, to).map(Some);
    read.map_err(|_| Failure::bad_word(option, &format!("{from}–{to}"), text, lang))
}

/// The offer that was made and the answer to it.
fn offered(given: &Log, visit: &Visit, lang: Lang) -> Result<Option<Proposed>, Failure> {
    let (Some(name), Some(said)) = (&given.offer, &given.answer) else { return Ok(None) };
    let answer = OfferAnswer::read(said)
        .ok_or_else(|| Failure::bad_word("--answer", &OfferAnswer::expected(), said, lang))?;
    let offers = visit.desk.offer_names();
    let found = offers.iter().find(|(_, known)| fold(known) == fold(name));
    let offer = found.map(|(id, _)| *id).ok_or_else(|| {
        let mut known: Vec<&str> = offers.values().map(String::as_str).collect();
        known.sort_unstable();
        Failure::bad_word("--offer", &known.join(", "), name, lang)
    })?;
    Ok(Some(Proposed { offer, answer, reason: store_line(&given.reason) }))
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
        let known = outcomes.iter().map(|o| match setup.lang {
            Lang::En => o.code.clone(),
            Lang::Fa => format!("{} ({})", o.code, o.name_fa),
        });
        let known = known.collect::<Vec<_>>().join(", ");
        Failure::bad_word("--outcome", &known, given, setup.lang)
    })
}

fn moment(when: &str, visit: &Visit, setup: &Setup) -> Result<jiff::Timestamp, Failure> {
    let zone = visit.spoken(setup).zone;
    let now = visit.who.now.to_zoned(zone.clone()).datetime();
    let week = match (visit.who.agent.preferences.week, setup.calendar) {
        (Some(WeekKind::Saturday), _) | (None, Calendar::Jalali) => WeekStart::Saturday,
        (Some(WeekKind::Monday), _) | (None, Calendar::Gregorian) => WeekStart::Monday,
    };
    let wrong = |words: SafeText| Failure::new(Status::Usage, safe!["--callback: ", words]);
    let at = parse_when(when, now, setup.calendar, week)
        .map_err(|e| wrong(e.words(setup.calendar, setup.lang)))?;
    let zoned =
        at.to_zoned(zone).map_err(|_| wrong(problem_in(&Problem::NoSuchDate, setup.lang)))?;
    Ok(zoned.timestamp())
}
