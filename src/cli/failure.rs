//! Why a command has no result: an exit status, and words that say what was tried, what is wrong and
//! what to do next.

use std::io;
use std::ops::Range;

use crate::desk::Refusal;
use crate::domain::ExpressionError;
use crate::exchange::export::ExportError;
use crate::exchange::import::ImportError;
use crate::store::StoreError;
use crate::text::words::commands as words;
use crate::text::{Arg, Lang, Phrase, SafeText, os_error};
use crate::ui::tell;

/// The exit statuses of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// The reader of the output has gone: nothing is wrong.
    Done = 0,
    Failed = 1,
    Usage = 2,
    NotFound = 3,
    Conflict = 4,
    NotPermitted = 5,
    Damaged = 6,
}

/// Why there is no result.
#[derive(Debug)]
pub struct Failure {
    pub status: Status,
    /// Lines; the first is the message, the rest shows what it is about.
    pub words: Vec<SafeText>,
    /// A text that was given, and the bytes of it that the message is about.
    pub pointed: Option<(SafeText, Range<usize>)>,
}

impl Failure {
    /// A failure in these lines.
    pub fn of(status: Status, words: Vec<SafeText>) -> Self {
        Self { status, words, pointed: None }
    }

    /// A failure in one line.
    pub fn new(status: Status, words: SafeText) -> Self {
        Self::of(status, vec![words])
    }

    /// A word that is none of those an option knows.
    pub fn bad_word(option: &str, known: &str, given: &str, lang: Lang) -> Self {
        let args = [("option", clean(option)), ("known", clean(known)), ("given", clean(given))];
        Self::new(Status::Usage, words::BAD_WORD.with(lang, &args))
    }

    /// Output that could not be written; silent when its reader has gone.
    pub fn output(error: &io::Error, lang: Lang) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::of(Status::Done, Vec::new());
        }
        let error = ("error", os_error(error, lang).into());
        Self::new(Status::Failed, words::CANNOT_PRINT.with(lang, &[error]))
    }

    /// A refusal; `expression` is what was given with `--where`.
    pub fn refused(refusal: &Refusal, expression: &str, lang: Lang) -> Self {
        if let Refusal::Expression(error) = refusal {
            return Self::expression(error, expression, lang);
        }
        Self::new(refusal_status(refusal), refusal_words(refusal, lang))
    }

    /// What is wrong with an expression, the expression, and a line that points into it.
    pub fn expression(error: &ExpressionError, expression: &str, lang: Lang) -> Self {
        let mut failure = Self::new(Status::Usage, tell::expression_in(error, lang));
        if expression.get(..error.at.start).is_some() && !expression.contains(char::is_control) {
            failure.pointed = Some(around(expression, &error.at));
        }
        failure
    }

    /// A store that does not open or does not answer.
    pub fn store(error: &StoreError, lang: Lang) -> Self {
        Self::new(store_status(error), error.words(lang))
    }

    /// A file that was not imported.
    pub fn import(error: &ImportError, lang: Lang) -> Self {
        let status = match error {
            ImportError::Refused(refusal) => return Self::refused(refusal, "", lang),
            ImportError::Open { error, .. } if error.kind() == io::ErrorKind::NotFound => {
                Status::NotFound
            }
            ImportError::Read { .. } | ImportError::Skip { .. } => Status::Failed,
            ImportError::Changed { .. } | ImportError::SkipExists { .. } => Status::Conflict,
            _ => Status::Usage,
        };
        Self::new(status, error.words(lang))
    }

    /// An export that did not come to its end.
    pub fn export(error: &ExportError, expression: &str, lang: Lang) -> Self {
        match error {
            ExportError::Refused(Refusal::NotFound { what: "score", .. }) => {
                Self::new(Status::NotFound, words::NO_SCORES.in_(lang))
            }
            ExportError::Refused(refusal) => Self::refused(refusal, expression, lang),
            ExportError::Write(error) => Self::output(error, lang),
        }
    }
}

/// Characters of an expression shown on either side of what is wrong with it.
const AROUND: usize = 40;

/// The part of an expression that a message is about, and where in it that is.
fn around(expression: &str, at: &Range<usize>) -> (SafeText, Range<usize>) {
    let start = floor(expression, at.start);
    let (before, rest) = expression.split_at(start);
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(place, _)| place);
    let wrong = floor(rest, at.end.saturating_sub(start).min(rest.len()));
    let after = rest.get(wrong..).unwrap_or_default();
    let most = after.char_indices().nth(AROUND).map_or(after.len(), |(place, _)| place);
    let (left, right) = (from > 0, most < after.len());
    let shown = format!(
        "{}{}{}{}",
        if left { "…" } else { "" },
        before.get(from..).unwrap_or_default(),
        rest.get(..wrong + most).unwrap_or_default(),
        if right { "…" } else { "" },
    );
    let skipped = if left { '…'.len_utf8() } else { 0 };
    let start = start - from + skipped;
    (SafeText::clean(&shown), start..start + wrong)
}

/// The nearest place at or before this one at which a character begins.
fn floor(text: &str, place: usize) -> usize {
    (0..=place.min(text.len())).rev().find(|place| text.is_char_boundary(*place)).unwrap_or(0)
}

fn store_status(error: &StoreError) -> Status {
    match error {
        StoreError::InUse { .. } | StoreError::Conflict { .. } => Status::Conflict,
        StoreError::Damaged { .. } | StoreError::Corrupt { .. } => Status::Damaged,
        _ => Status::Failed,
    }
}

fn refusal_status(refusal: &Refusal) -> Status {
    match refusal {
        Refusal::Invalid(_) | Refusal::Expression(_) => Status::Usage,
        Refusal::NotFound { .. } | Refusal::NothingToUndo | Refusal::NothingToRedo => {
            Status::NotFound
        }
        Refusal::InPlan { refusal, .. } => refusal_status(refusal),
        Refusal::Conflict { .. }
        | Refusal::ChangedSince { .. }
        | Refusal::InUse { .. }
        | Refusal::Taken { .. } => Status::Conflict,
        Refusal::NotPermitted { .. }
        | Refusal::OtherTeam { .. }
        | Refusal::DoNotCall { .. }
        | Refusal::Forbidden { .. } => Status::NotPermitted,
        Refusal::NotEnough { .. } | Refusal::Cancelled => Status::Failed,
        Refusal::Store(error) => store_status(error),
    }
}

/// The words of the screens, but that a script is told what was not found.
fn refusal_words(refusal: &Refusal, lang: Lang) -> SafeText {
    match refusal {
        Refusal::NotFound { what, name } => {
            let what = thing(what).map_or_else(|| SafeText::clean(what), |what| what.in_(lang));
            words::NOT_FOUND.with(lang, &[("what", what.into()), ("name", clean(name))])
        }
        other => tell::refusal_in(other, lang),
    }
}

/// What was looked for, as the desk names it.
fn thing(what: &str) -> Option<Phrase> {
    Some(match what {
        "customer" => words::C_CUSTOMER,
        "segment" => words::SEGMENT,
        "agent" => words::AGENT,
        "task" => words::TASK,
        "product" => words::PRODUCT,
        "script" => crate::text::words::scripts::SCRIPT,
        _ => return None,
    })
}

/// Text of any origin as part of a phrase.
pub fn clean(text: &str) -> Arg {
    SafeText::clean(text).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ExpressionProblem;

    #[test]
    fn errors_in_expressions_point_at_the_character() {
        let long = format!("{}x>{}", "a ".repeat(300), " b".repeat(300));
        let end = long.len() - 600;
        for (expression, at, want) in [
            ("city:Tehran spent>>1", 17..19, Some(">>")),
            ("شهر:تهران x>", 19..19, Some("")),
            ("a", 5..6, None),
            (&long, end - 1..end, Some(">")),
        ] {
            let error = ExpressionError { at, problem: ExpressionProblem::Number };
            let failure = Failure::expression(&error, expression, Lang::En);
            assert_eq!(failure.status, Status::Usage);
            let found = failure.pointed.map(|(text, at)| {
                assert!(text.as_str().chars().count() < 90, "{text}");
                text.as_str()[at].to_owned()
            });
            assert_eq!(found.as_deref(), want, "{expression}");
        }
    }

    #[test]
    fn statuses_are_those_of_the_manual() {
        let name = || "x".to_owned();
        for (refusal, status) in [
            (Refusal::NothingToUndo, 3),
            (Refusal::NotFound { what: "segment", name: name() }, 3),
            (Refusal::ChangedSince { name: name(), by: name() }, 4),
            (Refusal::NotPermitted { needs: crate::domain::Role::Admin }, 5),
            (Refusal::Store(StoreError::InUse { path: "/s".into(), pid: 7 }), 4),
            (Refusal::Store(StoreError::ReadOnly { reason: name() }), 1),
            (
                Refusal::Store(StoreError::Corrupt {
                    table: crate::store::Table::Task,
                    key: Vec::new(),
                }),
                6,
            ),
        ] {
            let failure = Failure::refused(&refusal, "", Lang::Fa);
            assert_eq!(failure.status as u8, status, "{refusal:?}");
            assert!(!failure.words[0].is_empty());
        }
        let gone = io::Error::from(io::ErrorKind::BrokenPipe);
        let failure = Failure::output(&gone, Lang::En);
        assert!(failure.status == Status::Done && failure.words.is_empty());
    }
}
