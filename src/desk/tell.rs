//! What was refused, what is wrong with a record or an expression, and why a customer is worth a call,
//! in words: the screens, the files and the command line say the same. Never decides anything.

use crate::domain::{
    AmountError, CustomerKind, ExpressionError, ExpressionProblem, FactKind, Field, Gender,
    Invalid, Problem, Role, Stage,
};
use crate::insight::reasons::Reason;
use crate::text::words::{labels, queues as q, refusals as r, terms as t};
use crate::text::{Arg, Lang, Phrase, SafeText, decimal, percent, safe};

use super::{Lead, Refusal};

pub mod campaign;

/// A refusal in words.
pub fn refusal_in(refusal: &Refusal, lang: Lang) -> SafeText {
    let clean = |text: &str| Arg::from(SafeText::clean(text));
    match refusal {
        Refusal::Invalid(invalid) => invalid_in(invalid, lang),
        Refusal::Conflict { by, current: None, .. } => {
            r::CONFLICT_UNSEEN.with(lang, &[("by", clean(by))])
        }
        Refusal::Conflict { by, .. } => r::CONFLICT.with(lang, &[("by", clean(by))]),
        Refusal::NotFound { name, .. } => r::NOT_FOUND.with(lang, &[("name", clean(name))]),
        Refusal::NotPermitted { needs } => {
            r::NOT_PERMITTED.with(lang, &[("role", role(*needs).in_(lang).into())])
        }
        Refusal::OtherTeam { step, team, own } => {
            let phrase = if own.is_empty() { r::OTHER_TEAM_NONE } else { r::OTHER_TEAM };
            let args = [("step", clean(step)), ("team", clean(team)), ("own", clean(own))];
            phrase.with(lang, &args)
        }
        Refusal::Forbidden { name, campaign, bans } => {
            let bans: Vec<SafeText> = bans.iter().map(|ban| campaign::ban(*ban, lang)).collect();
            campaign::forbidden(name, campaign, &bans, lang)
        }
        Refusal::DoNotCall { name } => r::DO_NOT_CALL.with(lang, &[("name", clean(name))]),
        Refusal::Expression(error) => expression_in(error, lang),
        Refusal::NothingToUndo => r::NOTHING_TO_UNDO.in_(lang),
        Refusal::NothingToRedo => r::NOTHING_TO_REDO.in_(lang),
        Refusal::ChangedSince { name, by } => {
            r::CHANGED_SINCE.with(lang, &[("name", clean(name)), ("by", clean(by))])
        }
        Refusal::NotEnough { have, needed, .. } => {
            r::NOT_ENOUGH.with(lang, &[("have", Arg::from(*have)), ("needed", Arg::from(*needed))])
        }
        Refusal::Cancelled => r::CANCELLED.in_(lang),
        Refusal::Taken { field: of, name } => {
            r::TAKEN.with(lang, &[("field", field(*of).in_(lang).into()), ("name", clean(name))])
        }
        Refusal::InUse { name, by } => {
            r::IN_USE.with(lang, &[("name", clean(name)), ("by", clean(by))])
        }
        Refusal::InPlan { refusal, .. } => refusal_in(refusal, lang),
        Refusal::Store(error) => error.words(lang),
    }
}

/// A field and what is wrong with it, in words.
pub fn invalid_in(invalid: &Invalid, lang: Lang) -> SafeText {
    let named = field(invalid.field).in_(lang);
    safe![named, ": ", problem_in(&invalid.problem, lang)]
}

/// What is wrong with a field, in words.
pub fn problem_in(problem: &Problem, lang: Lang) -> SafeText {
    let clean = |text: &str| Arg::from(SafeText::clean(text));
    match problem {
        Problem::Empty => r::EMPTY.in_(lang),
        Problem::TooLong { most } => r::TOO_LONG.with(lang, &[("n", Arg::from(*most))]),
        Problem::TooMany { most } => r::TOO_MANY.with(lang, &[("n", Arg::from(*most))]),
        Problem::Malformed => r::MALFORMED.in_(lang),
        Problem::InTheFuture => r::IN_THE_FUTURE.in_(lang),
        Problem::OnlyToday => r::ONLY_TODAY.in_(lang),
        Problem::InThePast => r::IN_THE_PAST.in_(lang),
        Problem::NoSuchDate => r::NO_SUCH_DATE.in_(lang),
        Problem::UnknownZone => r::UNKNOWN_ZONE.in_(lang),
        Problem::UnknownWord { nearest: Some(word) } => {
            r::UNKNOWN_WORD_NEAREST.with(lang, &[("word", clean(word))])
        }
        Problem::UnknownWord { nearest: None } => r::UNKNOWN_WORD.in_(lang),
        Problem::Taken => r::TAKEN_ALREADY.in_(lang),
        Problem::OutOfRange { from, to } => {
            r::OUT_OF_RANGE.with(lang, &[("from", Arg::from(*from)), ("to", Arg::from(*to))])
        }
        Problem::TooFarAhead { days } => r::TOO_FAR_AHEAD.with(lang, &[("n", Arg::from(*days))]),
        Problem::TooPrecise { decimals } => amount_in(AmountError::TooPrecise(*decimals), lang),
        Problem::OtherCurrency { expected } => {
            r::OTHER_CURRENCY.with(lang, &[("code", clean(expected))])
        }
        Problem::NotFound => r::NOT_IN_STORE.in_(lang),
        Problem::TheSame => r::THE_SAME.in_(lang),
        Problem::OutOfOrder => r::OUT_OF_ORDER.in_(lang),
        Problem::NotANumber => r::NOT_A_NUMBER.in_(lang),
        Problem::NotADate => r::NOT_A_DATE.in_(lang),
        Problem::NotAChoice { known } => r::NOT_A_CHOICE.with(lang, &[("known", clean(known))]),
    }
}

/// What is wrong with an expression, in words.
pub fn expression_in(error: &ExpressionError, lang: Lang) -> SafeText {
    let clean = |text: &str| Arg::from(SafeText::clean(text));
    match &error.problem {
        ExpressionProblem::UnknownField { name, nearest: Some(nearest) } => {
            r::UNKNOWN_FIELD_NEAREST
                .with(lang, &[("name", clean(name)), ("nearest", clean(nearest))])
        }
        ExpressionProblem::UnknownField { name, nearest: None } => {
            r::UNKNOWN_FIELD.with(lang, &[("name", clean(name))])
        }
        ExpressionProblem::Operator { field, takes } => {
            r::OPERATOR.with(lang, &[("field", clean(field)), ("takes", clean(takes))])
        }
        ExpressionProblem::UnknownValue { field, value, nearest: Some(nearest) } => {
            r::UNKNOWN_VALUE_NEAREST.with(
                lang,
                &[("field", clean(field)), ("value", clean(value)), ("nearest", clean(nearest))],
            )
        }
        ExpressionProblem::UnknownValue { field, value, nearest: None } => {
            r::UNKNOWN_VALUE.with(lang, &[("field", clean(field)), ("value", clean(value))])
        }
        ExpressionProblem::Number => r::NUMBER_EXPECTED.in_(lang),
        ExpressionProblem::Date => r::DATE_EXPECTED.in_(lang),
        ExpressionProblem::NoSuchDate => r::NO_SUCH_DATE.in_(lang),
        ExpressionProblem::Value => r::VALUE_EXPECTED.in_(lang),
        ExpressionProblem::Unclosed(sign) => {
            r::UNCLOSED.with(lang, &[("sign", clean(&sign.to_string()))])
        }
        ExpressionProblem::Unexpected(text) => r::UNEXPECTED.with(lang, &[("text", clean(text))]),
        ExpressionProblem::Cycle { segment } => r::CYCLE.with(lang, &[("name", clean(segment))]),
        ExpressionProblem::BrokenSegment { segment, .. } => {
            r::BROKEN_SEGMENT.with(lang, &[("name", clean(segment))])
        }
        ExpressionProblem::TooComplex => r::TOO_COMPLEX.in_(lang),
    }
}

/// What is wrong with an amount that was written, in words.
pub fn amount_in(error: AmountError, lang: Lang) -> SafeText {
    match error {
        AmountError::NotANumber => r::NOT_AN_AMOUNT.in_(lang),
        AmountError::TooPrecise(decimals) => {
            r::TOO_PRECISE.with(lang, &[("n", Arg::from(decimals))])
        }
        AmountError::TooLarge => r::AMOUNT_TOO_LARGE.in_(lang),
    }
}

/// A reason in words, its sums as `money` writes minor units.
pub fn reason_in(reason: &Reason, money: &dyn Fn(i64) -> SafeText, lang: Lang) -> SafeText {
    let say = |phrase: Phrase, args: &[(&str, Arg)]| phrase.with(lang, args);
    let share = |p: u32| -> Arg { percent(f64::from(p) / 100.0, lang).into() };
    let n = |days: &u32| -> Arg { (*days).into() };
    match reason {
        Reason::Silent { usual_gap_days, silent_days } => {
            say(q::R_SILENT, &[("usual", n(usual_gap_days)), ("silent", n(silent_days))])
        }
        Reason::Steady { usual_gap_days, silent_days } => {
            say(q::R_STEADY, &[("usual", n(usual_gap_days)), ("silent", n(silent_days))])
        }
        Reason::Slowing { from_days, to_days } => {
            say(q::R_SLOWING, &[("from", n(from_days)), ("to", n(to_days))])
        }
        Reason::SpendFalling { from, to } => {
            say(q::R_FALLING, &[("from", money(*from).into()), ("to", money(*to).into())])
        }
        Reason::Returns { percent } => say(q::R_RETURNS, &[("share", share(*percent))]),
        Reason::Complaints { count } => say(q::R_COMPLAINTS, &[("n", n(count))]),
        Reason::RefusedLast => q::R_REFUSED.in_(lang),
        Reason::PriceRise { percent } => say(q::R_PRICE, &[("share", share(*percent))]),
        Reason::SatisfactionFell { from, to } => {
            say(q::R_FELL, &[("from", n(&u32::from(*from))), ("to", n(&u32::from(*to)))])
        }
        Reason::Detractor { given } => say(q::R_DETRACTOR, &[("n", n(&u32::from(*given)))]),
        Reason::UnmetNeed { need } => {
            say(q::R_UNMET, &[("need", SafeText::clean(need).isolate().into())])
        }
        Reason::NeverRepeated { days } => say(q::R_ONCE, &[("n", n(days))]),
        Reason::NoContact { days } => say(q::R_NO_CONTACT, &[("n", n(days))]),
        Reason::TopValue { percent } => say(q::R_TOP, &[("share", share(*percent))]),
        Reason::LastBought { days } => say(q::R_LAST, &[("n", n(days))]),
        Reason::GoesWith { percent } => say(q::R_GOES_WITH, &[("share", share(*percent))]),
        Reason::MovesUp { percent } => say(q::R_MOVES_UP, &[("share", share(*percent))]),
        Reason::Headroom { percent } => say(q::R_HEADROOM, &[("share", share(*percent))]),
    }
}

/// What of a prospect speaks for or against a first purchase.
pub fn lead_in(lead: &Lead, lang: Lang) -> SafeText {
    let number = |text: &str| text.trim_end_matches('w').parse::<usize>().unwrap_or_default();
    let term = |phrase: Option<Phrase>| phrase.map(|p| p.in_(lang)).unwrap_or_default();
    let what = match lead.field {
        Field::Joined => match number(&lead.value) {
            0 => q::LEAD_NEW.in_(lang),
            weeks => q::LEAD_KNOWN.with(lang, &[("n", weeks.into())]),
        },
        Field::Kind => term(CustomerKind::parse(&lead.value).map(kind)),
        Field::Gender => term(Gender::parse(&lead.value).map(gender)),
        Field::BirthDate => age(&lead.value, lang),
        other => safe![field(other).in_(lang), " ", SafeText::clean(&lead.value).isolate()],
    };
    let times = decimal(lead.odds, 1, lang);
    q::R_LEAD.with(lang, &[("what", what.into()), ("times", times.into())])
}

/// An age as a band: `25_34`, `under_25`, `65_up`.
fn age(band: &str, lang: Lang) -> SafeText {
    let mut years = band.split('_').filter_map(|part| part.parse::<usize>().ok());
    match (years.next(), years.next()) {
        (Some(from), Some(to)) => {
            q::LEAD_AGE.with(lang, &[("from", from.into()), ("to", to.into())])
        }
        (Some(years), None) if band.starts_with("under") => {
            q::LEAD_UNDER.with(lang, &[("n", years.into())])
        }
        (Some(years), None) => q::LEAD_OVER.with(lang, &[("n", years.into())]),
        _ => SafeText::EMPTY,
    }
}

/// What an act is called, from its label in the log of changes.
pub fn act_in(label: &str, lang: Lang) -> SafeText {
    if let Some((act, names)) = label.split_once(" despite ") {
        return campaign::act(&act_in(act, lang), names, lang);
    }
    let exact = labels::ALL.iter().find(|(name, _)| *name == label);
    if let Some((_, phrase)) = exact {
        return phrase.in_(lang);
    }
    let begun = labels::ALL.iter().filter(|(name, _)| name.ends_with(' '));
    let longest =
        begun.filter(|(name, _)| label.starts_with(name)).max_by_key(|(name, _)| name.len());
    let Some((name, phrase)) = longest else { return SafeText::clean(label) };
    let rest = label.get(name.len()..).unwrap_or_default();
    let rest = match *name {
        "undo " => act_in(rest, lang),
        "stage " => {
            Stage::parse(rest).map_or_else(|| SafeText::clean(rest), |s| stage(s).in_(lang))
        }
        "note " | "drop " => {
            FactKind::parse(rest).map_or_else(|| SafeText::clean(rest), |k| fact(k).in_(lang))
        }
        _ => SafeText::clean(rest),
    };
    phrase.with(lang, &[("name", rest.into())])
}

/// What stands between the members of a list in a sentence.
pub fn comma(lang: Lang) -> SafeText {
    match lang {
        Lang::En => safe![", "],
        Lang::Fa => safe!["، "],
    }
}

/// The name of a role.
pub const fn role(role: Role) -> Phrase {
    match role {
        Role::Agent => t::AGENT_ROLE,
        Role::Supervisor => t::SUPERVISOR,
        Role::Admin => t::ADMIN,
    }
}

/// The name of a field.
pub const fn field(field: Field) -> Phrase {
    match field {
        Field::Name => t::NAME,
        Field::Kind => t::KIND,
        Field::ExternalId => t::EXTERNAL_ID,
        Field::Phone => t::PHONE,
        Field::Email => t::EMAIL,
        Field::Web => t::WEB,
        Field::BirthDate => t::BIRTH_DATE,
        Field::Gender => t::GENDER,
        Field::City => t::CITY,
        Field::Region => t::REGION,
        Field::Country => t::COUNTRY,
        Field::Address => t::ADDRESS,
        Field::PostalCode => t::POSTAL_CODE,
        Field::TimeZone => t::TIME_ZONE,
        Field::Language => t::LANGUAGE,
        Field::Source => t::SOURCE,
        Field::Owner => t::OWNER,
        Field::Stage => t::STAGE,
        Field::Tags => t::TAGS,
        Field::Joined => t::JOINED,
        Field::Own => t::OWN,
        Field::Note => t::NOTE,
        Field::Outcome => t::OUTCOME,
        Field::Channel => t::CHANNEL,
        Field::Direction => t::DIRECTION,
        Field::Seconds => t::SECONDS,
        Field::Due => t::DUE,
        Field::Date => t::DATE,
        Field::Amount => t::AMOUNT,
        Field::Quantity => t::QUANTITY,
        Field::UnitPrice => t::UNIT_PRICE,
        Field::UnitCost => t::UNIT_COST,
        Field::Currency => t::CURRENCY,
        Field::Product => t::PRODUCT,
        Field::Sku => t::SKU,
        Field::Category => t::CATEGORY,
        Field::Price => t::PRICE,
        Field::Customer => t::CUSTOMER,
        Field::Agent => t::AGENT,
        Field::Time => t::TIME,
        Field::Expression => t::EXPRESSION,
        Field::Text => t::TEXT,
        Field::Strength => t::STRENGTH,
        Field::Other => t::OTHER_NAMES,
        Field::OtherIds => t::OTHER_IDS,
        Field::Key => t::KEY,
        Field::DoNotCall => t::DO_NOT_CALL,
        Field::Marketing => t::MARKETING,
        Field::Start => t::START,
        Field::End => t::END,
        Field::Term => t::TERM,
        Field::AutoRenew => t::AUTO_RENEW,
        Field::Cost => t::COST,
        Field::Margin => t::MARGIN,
        Field::Active => t::ACTIVE,
        Field::SpendPerPoint => t::SPEND_PER_POINT,
        Field::PointValue => t::POINT_VALUE,
        Field::ExpiresDays => t::EXPIRES_DAYS,
        Field::Tiers => t::TIERS,
        Field::Threshold => t::THRESHOLD,
        Field::Discount => t::DISCOUNT,
        Field::Points => t::POINTS,
        Field::Steps => t::STEPS,
        Field::Team => t::TEAM,
        Field::Hours => t::HOURS,
        Field::Starts => t::STARTS,
        Field::Offer => t::OFFER,
        Field::Script => t::SCRIPT,
        Field::Attempts => t::ATTEMPTS,
        Field::Delays => t::DELAYS,
        Field::Budget => t::BUDGET,
        Field::State => t::STATE,
        Field::Lines => t::LINES,
        Field::Choices => t::CHOICES,
        Field::Satisfaction => t::SATISFACTION,
        Field::Recommend => t::RECOMMEND,
        Field::Reason => t::REASON,
        Field::Answer => t::ANSWER,
        Field::Campaign => t::CAMPAIGN,
        Field::Queue => t::QUEUE,
        Field::Checked => t::CHECKED,
        Field::Despite => t::DESPITE,
    }
}

/// The name of a kind of customer.
pub const fn kind(kind: CustomerKind) -> Phrase {
    match kind {
        CustomerKind::Person => t::PERSON,
        CustomerKind::Organisation => t::ORGANISATION,
    }
}

/// The name of a gender.
pub const fn gender(gender: Gender) -> Phrase {
    match gender {
        Gender::Female => t::FEMALE,
        Gender::Male => t::MALE,
        Gender::Other => t::OTHER_GENDER,
    }
}

/// The name of a stage.
pub const fn stage(stage: Stage) -> Phrase {
    match stage {
        Stage::Prospect => t::PROSPECT,
        Stage::FirstTime => t::FIRST_TIME,
        Stage::Repeat => t::REPEAT,
        Stage::Loyal => t::LOYAL,
        Stage::Advocate => t::ADVOCATE,
        Stage::AtRisk => t::AT_RISK,
        Stage::Lapsed => t::LAPSED,
        Stage::WonBack => t::WON_BACK,
    }
}

/// The name of a kind of fact.
pub const fn fact(kind: FactKind) -> Phrase {
    match kind {
        FactKind::Need => t::NEED,
        FactKind::Expectation => t::EXPECTATION,
        FactKind::Taste => t::TASTE,
        FactKind::Interest => t::INTEREST,
        FactKind::Attitude => t::ATTITUDE,
        FactKind::Biography => t::BIOGRAPHY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_named_from_their_labels() {
        for (label, en, fa) in [
            ("import customers", "import of customers", "ورود مشتریان"),
            ("tag vip", "tag vip", "برچسب vip"),
            (
                "undo untag new-fibre",
                "taking back: removed tag new-fibre",
                "برداشتن برچسب new-fibre",
            ),
            ("stage at_risk", "stage at risk", "مرحلهٔ در خطر"),
            ("note need", "note of a need", "یادداشت نیاز"),
            ("drop segment drop it", "removed segment drop it", "حذف بخش drop it"),
            ("something newer", "something newer", "something newer"),
        ] {
            assert_eq!(act_in(label, Lang::En).plain(), en);
            assert!(act_in(label, Lang::Fa).plain().contains(fa), "{label}");
        }
    }
}
