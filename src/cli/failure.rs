//! Why a command has no result: an exit status, and words that say what was tried, what is wrong and
//! what to do next.

use std::io;

use crate::desk::Refusal;
use crate::domain::{ExpressionError, ExpressionProblem};
use crate::exchange::export::ExportError;
use crate::exchange::import::ImportError;
use crate::exchange::import::fault::problem_words;
use crate::store::StoreError;
use crate::text::words::commands as words;
use crate::text::{Arg, Lang, SafeText, width};

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
}

impl Failure {
    /// A failure in one line.
    pub fn new(status: Status, words: SafeText) -> Self {
        Self { status, words: vec![words] }
    }

    /// A word that is none of those an option knows.
    pub fn bad_word(option: &str, known: &str, given: &str, lang: Lang) -> Self {
        let args = [("option", clean(option)), ("known", clean(known)), ("given", clean(given))];
        Self::new(Status::Usage, words::BAD_WORD.with(lang, &args))
    }

    /// Output that could not be written; silent when its reader has gone.
    pub fn output(error: &io::Error, lang: Lang) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self { status: Status::Done, words: Vec::new() };
        }
        let error = clean(&error.to_string());
        Self::new(Status::Failed, words::CANNOT_PRINT.with(lang, &[("error", error)]))
    }

    /// A refusal; `expression` is what was given with `--where`.
    pub fn refused(refusal: &Refusal, expression: &str, lang: Lang) -> Self {
        if let Refusal::Expression(error) = refusal {
            return Self::expression(error, expression, lang);
        }
        let (status, words) = refusal_words(refusal, lang);
        Self::new(status, words)
    }

    /// What is wrong with an expression, the expression, and a line that points into it.
    pub fn expression(error: &ExpressionError, expression: &str, lang: Lang) -> Self {
        let mut lines = vec![expression_words(&error.problem, lang)];
        let before = expression.get(..error.at.start);
        if let Some(before) = before.filter(|_| !expression.contains(char::is_control)) {
            let at = expression.get(error.at.clone()).unwrap_or_default();
            let carets = width(&SafeText::clean(at)).max(1);
            let indent = width(&SafeText::clean(before));
            lines.push(SafeText::clean(expression));
            lines.push(SafeText::clean(&format!("{:indent$}{}", "", "^".repeat(carets))));
        }
        Self { status: Status::Usage, words: lines }
    }

    /// A store that does not open or does not answer.
    pub fn store(error: &StoreError) -> Self {
        Self::new(store_status(error), SafeText::clean(&error.to_string()))
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

fn store_status(error: &StoreError) -> Status {
    match error {
        StoreError::InUse { .. } | StoreError::Conflict { .. } => Status::Conflict,
        StoreError::Damaged { .. } | StoreError::Corrupt { .. } => Status::Damaged,
        _ => Status::Failed,
    }
}

fn refusal_words(refusal: &Refusal, lang: Lang) -> (Status, SafeText) {
    let with = |phrase: crate::text::Phrase, args: &[(&str, Arg)]| phrase.with(lang, args);
    match refusal {
        Refusal::Invalid(invalid) => {
            let problem = problem_words(&invalid.problem, lang).into();
            let args = [("field", clean(invalid.field.name())), ("problem", problem)];
            (Status::Usage, with(words::BAD_FIELD, &args))
        }
        Refusal::Conflict { by, .. } => {
            (Status::Conflict, with(words::CONFLICT, &[("by", clean(by))]))
        }
        Refusal::NotFound { what, name } => {
            let args = [("what", clean(what)), ("name", clean(name))];
            (Status::NotFound, with(words::NOT_FOUND, &args))
        }
        Refusal::NotPermitted { needs } => {
            (Status::NotPermitted, with(words::NOT_PERMITTED, &[("role", clean(needs.name()))]))
        }
        Refusal::DoNotCall { name } => {
            (Status::NotPermitted, with(words::MUST_NOT_CALL, &[("name", clean(name))]))
        }
        Refusal::Expression(error) => (Status::Usage, expression_words(&error.problem, lang)),
        Refusal::NothingToUndo => (Status::NotFound, words::NOTHING_TO_UNDO.in_(lang)),
        Refusal::ChangedSince { name, by } => {
            let args = [("name", clean(name)), ("by", clean(by))];
            (Status::Conflict, with(words::CHANGED_SINCE, &args))
        }
        Refusal::NotEnough { what, have, needed } => {
            let args =
                [("what", clean(what)), ("have", (*have).into()), ("needed", (*needed).into())];
            (Status::Failed, with(words::NOT_ENOUGH, &args))
        }
        Refusal::Cancelled => (Status::Failed, words::CANCELLED.in_(lang)),
        Refusal::Taken { field, name } => {
            let args = [("field", clean(field.name())), ("name", clean(name))];
            (Status::Conflict, with(words::TAKEN, &args))
        }
        Refusal::Store(error) => (store_status(error), SafeText::clean(&error.to_string())),
    }
}

fn expression_words(problem: &ExpressionProblem, lang: Lang) -> SafeText {
    match problem {
        ExpressionProblem::UnknownField { name, nearest: Some(near) } => {
            words::EX_FIELD_NEAR.with(lang, &[("name", clean(name)), ("near", clean(near))])
        }
        ExpressionProblem::UnknownField { name, nearest: None } => {
            words::EX_FIELD.with(lang, &[("name", clean(name))])
        }
        ExpressionProblem::Operator { field, takes } => {
            words::EX_OPERATOR.with(lang, &[("field", clean(field)), ("takes", clean(takes))])
        }
        ExpressionProblem::UnknownValue { field, value, nearest: Some(near) } => {
            let args = [("field", clean(field)), ("value", clean(value)), ("near", clean(near))];
            words::EX_VALUE_NEAR.with(lang, &args)
        }
        ExpressionProblem::UnknownValue { field, value, nearest: None } => {
            let args = [("field", clean(field)), ("value", clean(value))];
            words::EX_VALUE_UNKNOWN.with(lang, &args)
        }
        ExpressionProblem::Number => words::EX_NUMBER.in_(lang),
        ExpressionProblem::Date => words::EX_DATE.in_(lang),
        ExpressionProblem::NoSuchDate => words::EX_NO_DATE.in_(lang),
        ExpressionProblem::Value => words::EX_VALUE.in_(lang),
        ExpressionProblem::Unclosed(mark) => {
            words::EX_UNCLOSED.with(lang, &[("mark", clean(&mark.to_string()))])
        }
        ExpressionProblem::Unexpected(word) => {
            words::EX_UNEXPECTED.with(lang, &[("word", clean(word))])
        }
        ExpressionProblem::Cycle { segment } => {
            words::EX_CYCLE.with(lang, &[("name", clean(segment))])
        }
        ExpressionProblem::BrokenSegment { segment, problem } => {
            let problem = expression_words(problem, lang).into();
            words::EX_BROKEN.with(lang, &[("name", clean(segment)), ("problem", problem)])
        }
        ExpressionProblem::TooComplex => words::EX_COMPLEX.in_(lang),
    }
}

/// Text of any origin as part of a phrase.
pub fn clean(text: &str) -> Arg {
    SafeText::clean(text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_in_expressions_point_at_the_character() {
        for (expression, at, want) in [
            ("city:Tehran spent>>1", 17..19, "                 ^^"),
            ("شهر:تهران x>", 11..11, "      ^"),
            ("a", 5..6, ""),
        ] {
            let error = ExpressionError { at, problem: ExpressionProblem::Number };
            let failure = Failure::expression(&error, expression, Lang::En);
            assert_eq!(failure.status, Status::Usage);
            let caret = failure.words.get(2).map(SafeText::as_str).unwrap_or_default();
            assert_eq!(caret, want, "{expression}");
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
