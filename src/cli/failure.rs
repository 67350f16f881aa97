//! Why a command has no result: an exit status, and words that say what was tried, what is wrong and
//! what to do next.

use std::io;

use crate::desk::Refusal;
use crate::domain::ExpressionError;
use crate::exchange::export::ExportError;
use crate::exchange::import::ImportError;
use crate::store::StoreError;
use crate::text::words::commands as words;
use crate::text::{Arg, Lang, SafeText, width};
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
        Self::new(refusal_status(refusal), refusal_words(refusal, lang))
    }

    /// What is wrong with an expression, the expression, and a line that points into it.
    pub fn expression(error: &ExpressionError, expression: &str, lang: Lang) -> Self {
        let mut lines = vec![tell::expression_in(error, lang)];
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
    pub fn store(error: &StoreError, lang: Lang) -> Self {
        Self::new(store_status(error), tell::store_in(error, lang))
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

fn refusal_status(refusal: &Refusal) -> Status {
    match refusal {
        Refusal::Invalid(_) | Refusal::Expression(_) => Status::Usage,
        Refusal::NotFound { .. } | Refusal::NothingToUndo => Status::NotFound,
        Refusal::Conflict { .. } | Refusal::ChangedSince { .. } | Refusal::Taken { .. } => {
            Status::Conflict
        }
        Refusal::NotPermitted { .. } | Refusal::DoNotCall { .. } => Status::NotPermitted,
        Refusal::NotEnough { .. } | Refusal::Cancelled => Status::Failed,
        Refusal::Store(error) => store_status(error),
    }
}

/// The words of the screens, but where a script's error needs more: what was not found, and a store's
/// error as it is.
fn refusal_words(refusal: &Refusal, lang: Lang) -> SafeText {
    match refusal {
        Refusal::NotFound { what, name } => {
            words::NOT_FOUND.with(lang, &[("what", clean(what)), ("name", clean(name))])
        }
        Refusal::Store(error) => tell::store_in(error, lang),
        other => tell::refusal_in(other, lang),
    }
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
