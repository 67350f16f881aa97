//! The words of maturity, for the screens and the commands: levels, dimensions, what speaks for a
//! figure, what the next level asks for, and what to do.

use crate::desk::reports::{Before, MaturityLine, Next, Todo};
use crate::domain::Field;
use crate::insight::maturity::{Dimension, Level, Unit, rungs_of};
use crate::text::words::{maturity as w, profile as p};
use crate::text::{Arg, Lang, Phrase, SafeText, decimal, number, percent};

use super::terms;

pub const fn level(level: Level) -> Phrase {
    match level {
        Level::BeforePlanning => w::BEFORE_PLANNING,
        Level::Building => w::BUILDING,
        Level::Relatively => w::RELATIVELY,
        Level::Well => w::WELL,
        Level::Highly => w::HIGHLY,
    }
}

pub const fn dimension(dimension: Dimension) -> Phrase {
    match dimension {
        Dimension::Profiles => w::PROFILES,
        Dimension::Calls => w::CALLS,
        Dimension::Segments => w::SEGMENTS,
        Dimension::Offers => w::OFFERS,
        Dimension::Scores => w::SCORES,
        Dimension::Processes => w::PROCESSES,
        Dimension::Lifecycle => w::LIFECYCLE,
        Dimension::Consent => w::CONSENT,
        Dimension::Experience => w::EXPERIENCE,
    }
}

/// A figure in its unit; small shares with a tenth, or they would all be nothing.
pub fn amount(value: f64, unit: Unit, lang: Lang) -> SafeText {
    let percents = value * 100.0;
    match unit {
        Unit::Count => number(value.round() as i64, lang),
        Unit::Share if percents > 0.0 && percents < 9.95 && percents.fract() > 0.05 => {
            // The sign stays at the end of its number, as with whole percents.
            w::PERCENT.with(lang, &[("n", decimal(percents, 1, lang).into())]).ltr()
        }
        Unit::Share => percent(value, lang),
    }
}

/// The figure, or a dash.
pub fn figure(line: &MaturityLine, lang: Lang) -> SafeText {
    let unit = rungs_of(line.dimension).figure;
    line.figure.map_or_else(|| percent(f64::NAN, lang), |figure| amount(figure, unit, lang))
}

/// What the next level asks for, as a figure; empty at the highest.
pub fn next_figure(line: &MaturityLine, lang: Lang) -> SafeText {
    let unit = rungs_of(line.dimension).figure;
    line.next.map(|step| amount(step.figure, unit, lang)).unwrap_or_default()
}

/// The figure 90 days ago; empty where there is none.
pub fn before_figure(line: &MaturityLine, lang: Lang) -> SafeText {
    let unit = rungs_of(line.dimension).figure;
    match line.before {
        Before::Figure(was) => amount(was, unit, lang),
        Before::Undated | Before::Nothing => SafeText::EMPTY,
    }
}

/// A count as a number that the language can bend words by.
fn count(value: f64) -> Arg {
    Arg::Number(value.round() as i64)
}

fn cases(value: f64, of: Dimension, lang: Lang) -> Arg {
    match rungs_of(of).cases {
        Unit::Count => count(value),
        Unit::Share => Arg::from(percent(value, lang)),
    }
}

/// What the figure is made of.
pub fn evidence(line: &MaturityLine, lang: Lang) -> SafeText {
    let phrase = match line.dimension {
        Dimension::Profiles => w::E_PROFILES,
        Dimension::Calls => w::E_CALLS,
        Dimension::Segments => w::E_SEGMENTS,
        Dimension::Offers => w::E_OFFERS,
        Dimension::Scores => w::E_SCORES,
        Dimension::Processes => w::E_PROCESSES,
        Dimension::Lifecycle => w::E_LIFECYCLE,
        Dimension::Consent => w::E_CONSENT,
        Dimension::Experience => w::E_EXPERIENCE,
    };
    let whole = if line.dimension == Dimension::Profiles {
        count(line.cases)
    } else {
        Arg::from(line.whole)
    };
    let args = [
        ("figure", figure(line, lang).into()),
        ("part", line.part.into()),
        ("whole", whole),
        ("cases", cases(line.cases, line.dimension, lang)),
    ];
    let told = phrase.with(lang, &args);
    if line.figure.is_none() && line.dimension != Dimension::Scores {
        return w::NO_FIGURE.with(lang, &[("evidence", told.into())]);
    }
    told
}

/// What the next level asks for.
pub fn next(line: &MaturityLine, lang: Lang) -> SafeText {
    let Some(step) = line.next else { return w::N_NONE.in_(lang) };
    let phrase = match line.dimension {
        Dimension::Profiles | Dimension::Consent => w::N_SHARE,
        Dimension::Calls => w::N_CALLS,
        Dimension::Segments => w::N_SEGMENTS,
        Dimension::Offers => w::N_OFFERS,
        Dimension::Scores => w::N_SCORES,
        Dimension::Processes => w::N_PROCESSES,
        Dimension::Lifecycle => w::N_LIFECYCLE,
        Dimension::Experience => w::N_EXPERIENCE,
    };
    let unit = rungs_of(line.dimension).figure;
    let args = [
        ("level", (line.level.number() + 1).into()),
        ("figure", amount(step.figure, unit, lang).into()),
        ("cases", cases(step.cases, line.dimension, lang)),
    ];
    phrase.with(lang, &args)
}

/// How it was 90 days ago.
pub fn before(line: &MaturityLine, lang: Lang) -> SafeText {
    let unit = rungs_of(line.dimension).figure;
    match line.before {
        Before::Undated => w::B_UNDATED.in_(lang),
        Before::Nothing => w::B_NOTHING.in_(lang),
        Before::Figure(was) => {
            w::B_FIGURE.with(lang, &[("figure", amount(was, unit, lang).into())])
        }
    }
}

/// Up, down or neither against 90 days ago, by more than a hundredth of what it was.
pub fn trend(line: &MaturityLine) -> std::cmp::Ordering {
    match (line.figure, line.before) {
        (Some(now), Before::Figure(was)) if (now - was).abs() > was.abs() * 0.01 => {
            now.total_cmp(&was)
        }
        _ => std::cmp::Ordering::Equal,
    }
}

/// What to do, in words.
pub fn todo(next: &Next, lang: Lang) -> SafeText {
    let phrase = match next.what {
        Todo::Ask(Field::Owner) => w::T_GIVE_OWNERS,
        Todo::Ask(field) => {
            let what = match field {
                Field::Text => p::ASK_NEEDS,
                Field::Other => p::ASK_TASTES,
                Field::Marketing => w::ASK_CONSENT,
                field => terms::field(field),
            };
            let args = [("n", next.count.into()), ("field", what.in_(lang).into())];
            return w::T_ASK.with(lang, &args);
        }
        Todo::GiveOutcomes => w::T_GIVE_OUTCOMES,
        Todo::CallWorth => w::T_CALL_WORTH,
        Todo::CallProspects => w::T_CALL_PROSPECTS,
        Todo::WakeAgents => w::T_WAKE_AGENTS,
        Todo::SaveSegments => w::T_SAVE_SEGMENTS,
        Todo::UseSegments => w::T_USE_SEGMENTS,
        Todo::NarrowOffers => w::T_NARROW_OFFERS,
        Todo::CoverOthers => w::T_COVER_OTHERS,
        Todo::MakeOffers => w::T_MAKE_OFFERS,
        Todo::MakeThisOffer => w::T_MAKE_THIS_OFFER,
        Todo::HoldOut => w::T_HOLD_OUT,
        Todo::CallQueue => w::T_CALL_QUEUE,
        Todo::OfferInCampaigns => w::T_OFFER_IN_CAMPAIGNS,
        Todo::Fit => w::T_FIT,
        Todo::CheckModel => w::T_CHECK_MODEL,
        Todo::ScoreBuyers => w::T_SCORE_BUYERS,
        Todo::KnowCosts => w::T_KNOW_COSTS,
        Todo::DoLate => w::T_DO_LATE,
        Todo::MakeProcesses => w::T_MAKE_PROCESSES,
        Todo::StaffTeams => w::T_STAFF_TEAMS,
        Todo::StartByRule => w::T_START_BY_RULE,
        Todo::MoveProspects => w::T_MOVE_PROSPECTS,
        Todo::MoveFirstTime => w::T_MOVE_FIRST_TIME,
        Todo::MoveGone => w::T_MOVE_GONE,
        Todo::CallAtRisk => w::T_CALL_AT_RISK,
        Todo::AskConsentOfBuyers => w::T_CONSENT_BUYERS,
        Todo::AskConsentOfProspects => w::T_CONSENT_PROSPECTS,
        Todo::CheckConsent => w::T_CHECK_CONSENT,
        Todo::AskSatisfaction => w::T_ASK_SATISFACTION,
        Todo::RemindAgents => w::T_REMIND_AGENTS,
        Todo::AskLoyal => w::T_ASK_LOYAL,
    };
    let name = SafeText::clean(&next.name).isolate();
    phrase.with(lang, &[("n", next.count.into()), ("name", name.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_shares_keep_a_tenth() {
        for (value, text) in [
            (0.005, "0.5%"),
            (0.02, "2%"),
            (0.0, "0%"),
            (0.0349, "3.5%"),
            (0.951, "95%"),
            (1.0, "100%"),
        ] {
            assert_eq!(amount(value, Unit::Share, Lang::En).plain(), text);
        }
        assert_eq!(amount(0.005, Unit::Share, Lang::Fa).plain(), "۰٫۵٪");
        assert_eq!(amount(1_234.0, Unit::Count, Lang::En).plain(), "1,234");
    }
}
