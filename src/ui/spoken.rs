//! A script in the reader's words: days in their calendar, stages by name, and in plain words what is
//! not known. Never shows a place as it is written.

use crate::desk::{Said, SpokenLine, SpokenPart};
use crate::domain::ScriptPlace;
use crate::text::words::scripts as w;
use crate::text::{Calendar, Lang, Phrase, SafeText, date, number, safe};

use super::terms;

/// A line as it is said; it keeps its own direction wherever it stands.
pub fn line(line: &SpokenLine, calendar: Calendar, lang: Lang) -> SafeText {
    let parts = line.parts.iter().map(|part| match part {
        SpokenPart::Words(words) => SafeText::clean(words),
        SpokenPart::Fact(_, Some(said)) => fact(said, calendar, lang).isolate(),
        SpokenPart::Fact(place, None) => unknown(*place).in_(lang).isolate(),
    });
    let parts: Vec<SafeText> = parts.collect();
    SafeText::join(&parts, &SafeText::EMPTY).isolate()
}

fn fact(said: &Said, calendar: Calendar, lang: Lang) -> SafeText {
    match said {
        Said::Text(text) => SafeText::clean(text),
        Said::Day(day) => day.date().map_or_else(|| safe!["–"], |day| date(day, calendar, lang)),
        Said::Stage(stage) => terms::stage(*stage).in_(lang),
        Said::Points(points) => number(*points, lang),
    }
}

/// What stands where no fact is known.
const fn unknown(place: ScriptPlace) -> Phrase {
    match place {
        ScriptPlace::Name | ScriptPlace::Agent | ScriptPlace::Stage => w::NO_NAME,
        ScriptPlace::City => w::NO_CITY,
        ScriptPlace::LastPurchase => w::NO_PURCHASE,
        ScriptPlace::Product => w::NO_PRODUCT,
        ScriptPlace::Offer => w::NO_OFFER,
        ScriptPlace::Need => w::NO_NEED,
        ScriptPlace::Points => w::NO_POINTS,
        ScriptPlace::Company => w::NO_COMPANY,
    }
}
