//! What forbids a call of a campaign, in words.

use crate::desk::Ban;
use crate::text::words::campaigns as w;
use crate::text::{Lang, Phrase, SafeText};

use super::comma;

/// That a campaign may not call a customer, and what forbids it.
pub fn forbidden(name: &str, campaign: &str, bans: &[SafeText], lang: Lang) -> SafeText {
    let args = [
        ("campaign", SafeText::clean(campaign).into()),
        ("name", SafeText::clean(name).into()),
        ("list", SafeText::join(bans, &comma(lang)).into()),
    ];
    w::FORBIDDEN.with(lang, &args)
}

/// What forbids a call.
pub fn ban(ban: Ban, lang: Lang) -> SafeText {
    match ban {
        Ban::DoNotCall => w::BAN_DO_NOT_CALL.in_(lang),
        Ban::NotRunning => w::BAN_NOT_RUNNING.in_(lang),
        Ban::OtherTeam => w::BAN_OTHER_TEAM.in_(lang),
        Ban::NotOfSegment => w::BAN_NOT_OF_SEGMENT.in_(lang),
        Ban::Answered => w::BAN_ANSWERED.in_(lang),
        Ban::NoConsent => w::BAN_NO_CONSENT.in_(lang),
        Ban::AttemptsUsed { most } => w::BAN_ATTEMPTS.with(lang, &[("n", most.into())]),
        Ban::Spent { .. } => w::BAN_SPENT.in_(lang),
        Ban::DayFull { most } => w::BAN_DAY_FULL.with(lang, &[("n", most.into())]),
        Ban::WeekFull { most, .. } => w::BAN_WEEK_FULL.with(lang, &[("n", most.into())]),
        Ban::Waiting { .. } => w::BAN_WAITING.in_(lang),
        Ban::Closed { .. } => w::BAN_CLOSED.in_(lang),
    }
}

/// The same with the time at which it is over by itself.
pub fn ban_until(one: Ban, when: &dyn Fn(jiff::Timestamp) -> SafeText, lang: Lang) -> SafeText {
    let what = ban(one, lang);
    let Some(at) = one.until() else { return what };
    w::BAN_UNTIL.with(lang, &[("what", what.into()), ("at", when(at).into())])
}

/// An act by which rules were set aside, from their machine names.
pub fn act(act: &SafeText, names: &str, lang: Lang) -> SafeText {
    let names: Vec<SafeText> = names.split(',').map(|name| named(name, lang)).collect();
    let list = SafeText::join(&names, &comma(lang));
    w::DESPITE.with(lang, &[("act", act.clone().into()), ("list", list.into())])
}

fn named(name: &str, lang: Lang) -> SafeText {
    const NAMES: [Phrase; Ban::NAMES.len()] = [
        w::NAME_DO_NOT_CALL,
        w::NAME_NOT_RUNNING,
        w::NAME_OTHER_TEAM,
        w::NAME_NOT_OF_SEGMENT,
        w::NAME_ANSWERED,
        w::NAME_NO_CONSENT,
        w::NAME_ATTEMPTS,
        w::NAME_SPENT,
        w::NAME_DAY_FULL,
        w::NAME_WEEK_FULL,
        w::NAME_WAITING,
        w::NAME_CLOSED,
    ];
    let known = Ban::NAMES.iter().zip(NAMES).find(|(known, _)| **known == name);
    known.map_or_else(|| SafeText::clean(name), |(_, phrase)| phrase.in_(lang))
}
