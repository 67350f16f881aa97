//! What was done and what was refused, in words. The command line says the same.

use jiff::Timestamp;

use crate::desk::{Change, Deed, Notice, Refusal};
use crate::domain::{ExpressionError, ExpressionProblem, Invalid, Outcome, Problem, Stage};
use crate::store::{StoreError, Table};
use crate::text::words::{deeds as d, refusals as r, stores as s};
use crate::text::{Arg, Lang, Phrase, SafeText, safe};

use super::shell::Shell;
use super::terms;
use super::toast::{Toast, Tone};

impl Shell {
    /// Shows words above the hints.
    pub fn toast(&mut self, tone: Tone, text: SafeText) {
        let at = self.now;
        self.toasts.push(Toast { text, tone, undoes: false, at });
    }

    /// Shows what came of an act of this agent.
    pub fn toast_result(&mut self, result: &Result<Notice, Refusal>) {
        match result {
            Ok(notice) => {
                let Some(text) = deed(self, &notice.deed) else { return };
                // Without a gesture nothing was changed: there is nothing to take back.
                let undoes = undoable(&notice.deed) && notice.gesture.0 != 0;
                self.toasts.push(Toast { text, tone: Tone::Done, undoes, at: self.now });
            }
            Err(Refusal::Cancelled) => {}
            Err(refusal) => {
                let text = self.refusal(refusal);
                self.toast(Tone::Wrong, text);
            }
        }
    }

    /// A refusal in words: what was tried, what is wrong, what to do.
    pub fn refusal(&self, refusal: &Refusal) -> SafeText {
        refusal_in(refusal, self.lang())
    }

    /// The name of an outcome in the language of the screen; its code when it is not in the table.
    pub fn outcome(&self, code: &str) -> SafeText {
        let row = self.status.as_ref().and_then(|s| s.outcomes.iter().find(|o| o.code == code));
        row.map_or_else(|| SafeText::clean(code), |o| outcome_name(o, self.lang()))
    }
}

/// The name of an outcome.
pub fn outcome_name(outcome: &Outcome, lang: Lang) -> SafeText {
    SafeText::clean(match lang {
        Lang::En => &outcome.name_en,
        Lang::Fa => &outcome.name_fa,
    })
}

fn undoable(deed: &Deed) -> bool {
    !matches!(
        deed,
        Deed::Drafted
            | Deed::Undone { .. }
            | Deed::Redone { .. }
            | Deed::Fitted { .. }
            | Deed::Begun
            | Deed::Loaded(_)
    )
}

/// What was done; nothing for what needs no words.
pub fn deed(shell: &Shell, deed: &Deed) -> Option<SafeText> {
    let clean = |text: &str| SafeText::clean(text);
    let named =
        |phrase: Phrase, name: &str| shell.say_with(phrase, &[("name", clean(name).into())]);
    Some(match deed {
        Deed::Created { name, .. } => named(d::CREATED, name),
        Deed::Edited { name, .. } => named(d::EDITED, name),
        Deed::Changed { change, count, of, one } => {
            changed(shell, change, *count, *of, one.as_ref().map(|(_, name)| name.as_str()))
        }
        Deed::Noted { name, .. } => named(d::NOTED, name),
        Deed::Logged { name, outcome, callback, .. } => logged(shell, name, outcome, *callback),
        Deed::Corrected { name, outcome, .. } => shell.say_with(
            d::CORRECTED,
            &[("name", clean(name).into()), ("outcome", shell.outcome(outcome).into())],
        ),
        Deed::TaskChanged { name, done: true, .. } => named(d::TASK_DONE, name),
        Deed::TaskChanged { name, due, .. } => shell.say_with(
            d::TASK_DUE,
            &[("name", clean(name).into()), ("when", shell.when(*due).into())],
        ),
        Deed::PutOff { count, one, until, .. } => {
            let who = match one {
                Some((_, name)) => clean(name),
                None => shell.say_with(d::CUSTOMERS, &[("n", Arg::from(*count))]),
            };
            shell.say_with(d::PUT_OFF, &[("who", who.into()), ("when", shell.when(*until).into())])
        }
        Deed::SegmentSaved { name } => named(d::SEGMENT_SAVED, name),
        Deed::SegmentDropped { name } => named(d::SEGMENT_DROPPED, name),
        Deed::Configured { name, .. } => named(d::CONFIGURED, name),
        Deed::Undone { label, count, .. } => {
            shell.say_with(d::UNDONE, &[("what", clean(label).into()), ("n", Arg::from(*count))])
        }
        Deed::Redone { label, .. } => shell.say_with(d::REDONE, &[("what", clean(label).into())]),
        Deed::Fitted { customers, .. } => {
            shell.say_with(d::FITTED, &[("n", Arg::from(*customers))])
        }
        Deed::Closed { label, .. } => named(d::CLOSED, label),
        Deed::Drafted | Deed::Begun | Deed::Loaded(_) => return None,
    })
}

fn logged(shell: &Shell, name: &str, outcome: &str, callback: Option<Timestamp>) -> SafeText {
    let name = SafeText::clean(name).into();
    let outcome: Arg = shell.outcome(outcome).into();
    match callback {
        None => shell.say_with(d::LOGGED, &[("name", name), ("outcome", outcome)]),
        Some(at) => shell.say_with(
            d::LOGGED_AGAIN,
            &[("name", name), ("outcome", outcome), ("when", shell.when(at).into())],
        ),
    }
}

fn changed(shell: &Shell, change: &Change, count: usize, of: usize, one: Option<&str>) -> SafeText {
    let who = match one {
        Some(name) => SafeText::clean(name),
        None => shell.say_with(d::CUSTOMERS, &[("n", Arg::from(count))]),
    };
    let clean = |text: &str| SafeText::clean(text);
    let (phrase, what) = match change {
        Change::Tag(tag) => (d::TAGGED, clean(tag)),
        Change::Untag(tag) => (d::UNTAGGED, clean(tag)),
        Change::Stage(stage) => (d::STAGE, shell.say(terms::stage(*stage))),
        Change::Owner(Some(id)) => (d::OWNER, agent_name(shell, *id)),
        Change::Owner(None) => (d::NO_OWNER, SafeText::EMPTY),
        Change::Source(source) => (d::SOURCE, clean(source)),
        Change::DoNotCall(Some(_)) => (d::DO_NOT_CALL, SafeText::EMPTY),
        Change::DoNotCall(None) => (d::MAY_CALL, SafeText::EMPTY),
        Change::Marketing(_) => (d::MARKETING, SafeText::EMPTY),
        Change::Field(name, _) => (d::FIELD, clean(name)),
    };
    let text = shell.say_with(phrase, &[("who", who.into()), ("what", what.into())]);
    if of > count {
        let same = shell.say_with(d::WERE_SO, &[("n", Arg::from(of - count))]);
        return safe![text, " · ", same];
    }
    text
}

/// The name of an agent.
pub fn agent_name(shell: &Shell, id: crate::domain::AgentId) -> SafeText {
    let found = shell.status.as_ref().and_then(|s| s.agents.iter().find(|a| a.id == id));
    found.map_or_else(|| safe!["#", id.0], |a| SafeText::clean(&a.name))
}

/// A refusal in words.
pub fn refusal_in(refusal: &Refusal, lang: Lang) -> SafeText {
    let clean = |text: &str| Arg::from(SafeText::clean(text));
    match refusal {
        Refusal::Invalid(invalid) => invalid_in(invalid, lang),
        Refusal::Conflict { by, .. } => r::CONFLICT.with(lang, &[("by", clean(by))]),
        Refusal::NotFound { name, .. } => r::NOT_FOUND.with(lang, &[("name", clean(name))]),
        Refusal::NotPermitted { needs } => {
            r::NOT_PERMITTED.with(lang, &[("role", terms::role(*needs).in_(lang).into())])
        }
        Refusal::DoNotCall { name } => r::DO_NOT_CALL.with(lang, &[("name", clean(name))]),
        Refusal::Expression(error) => expression_in(error, lang),
        Refusal::NothingToUndo => r::NOTHING_TO_UNDO.in_(lang),
        Refusal::ChangedSince { name, by } => {
            r::CHANGED_SINCE.with(lang, &[("name", clean(name)), ("by", clean(by))])
        }
        Refusal::NotEnough { have, needed, .. } => {
            r::NOT_ENOUGH.with(lang, &[("have", Arg::from(*have)), ("needed", Arg::from(*needed))])
        }
        Refusal::Cancelled => r::CANCELLED.in_(lang),
        Refusal::Taken { field, name } => r::TAKEN
            .with(lang, &[("field", terms::field(*field).in_(lang).into()), ("name", clean(name))]),
        Refusal::Store(error) => r::STORE.with(lang, &[("why", store_in(error, lang).into())]),
    }
}

/// What is wrong with the store, in words.
pub fn store_in(error: &StoreError, lang: Lang) -> SafeText {
    let clean = |text: &str| Arg::from(SafeText::clean(text));
    let path = |path: &std::path::Path| ("path", clean(&path.display().to_string()));
    let record = |table: Table, key: &[u8]| {
        let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        ("record", clean(&format!("{table:?} {key}")))
    };
    match error {
        StoreError::Conflict { table, key, .. } => {
            s::CHANGED_MEANWHILE.with(lang, &[record(*table, key)])
        }
        StoreError::InUse { path: folder, pid } => {
            s::IN_USE.with(lang, &[path(folder), ("pid", clean(&pid.to_string()))])
        }
        StoreError::Newer { what, found, known } => s::NEWER.with(
            lang,
            &[("what", clean(what)), ("found", Arg::from(*found)), ("known", Arg::from(*known))],
        ),
        StoreError::Damaged { path: folder, detail } => {
            s::DAMAGED.with(lang, &[path(folder), ("detail", clean(detail))])
        }
        StoreError::Corrupt { table, key } => s::CORRUPT.with(lang, &[record(*table, key)]),
        StoreError::ReadOnly { reason } => s::READ_ONLY.with(lang, &[("reason", clean(reason))]),
        StoreError::Full { detail } => s::FULL.with(lang, &[("detail", clean(detail))]),
        StoreError::TooLarge { table, key, size, limit } => s::TOO_LARGE.with(
            lang,
            &[record(*table, key), ("size", Arg::from(*size)), ("limit", Arg::from(*limit))],
        ),
        StoreError::Inner { table } => {
            s::INNER.with(lang, &[("table", clean(&format!("{table:?}")))])
        }
        StoreError::Io { doing, message, .. } => {
            s::IO.with(lang, &[("doing", clean(doing)), ("message", clean(message))])
        }
    }
}

/// A field and what is wrong with it, in words.
pub fn invalid_in(invalid: &Invalid, lang: Lang) -> SafeText {
    let field = terms::field(invalid.field).in_(lang);
    safe![field, ": ", problem_in(&invalid.problem, lang)]
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
        Problem::TooPrecise { decimals } => {
            r::TOO_PRECISE.with(lang, &[("n", Arg::from(*decimals))])
        }
        Problem::OtherCurrency { expected } => {
            r::OTHER_CURRENCY.with(lang, &[("code", clean(expected))])
        }
        Problem::NotFound => r::NOT_IN_STORE.in_(lang),
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

/// The stage of a customer in words.
pub fn stage(stage: Stage, lang: Lang) -> SafeText {
    terms::stage(stage).in_(lang)
}
