//! What the operating system says, in the language of the person.

use std::io::{self, ErrorKind};

use super::lang::Lang;
use super::safe::SafeText;
use super::words::{Phrase, store as words};

/// Why the operating system refused something.
pub fn os_error(error: &io::Error, lang: Lang) -> SafeText {
    os_error_of(error.kind(), &error.to_string(), lang)
}

/// The same of an error that was kept as its kind and its words.
pub fn os_error_of(kind: ErrorKind, message: &str, lang: Lang) -> SafeText {
    match phrase(kind) {
        Some(phrase) => phrase.in_(lang),
        None => words::SYSTEM.with(lang, &[("error", SafeText::clean(message).into())]),
    }
}

fn phrase(kind: ErrorKind) -> Option<Phrase> {
    Some(match kind {
        ErrorKind::NotFound => words::NO_SUCH_FILE,
        ErrorKind::PermissionDenied => words::PERMISSION,
        ErrorKind::AlreadyExists => words::THERE_ALREADY,
        ErrorKind::IsADirectory => words::IS_A_FOLDER,
        ErrorKind::NotADirectory => words::NOT_A_FOLDER,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            words::NO_ROOM
        }
        ErrorKind::ReadOnlyFilesystem => words::READ_ONLY_DISK,
        ErrorKind::UnexpectedEof => words::CUT_SHORT,
        ErrorKind::InvalidData => words::NOT_TEXT,
        ErrorKind::Interrupted => words::INTERRUPTED,
        ErrorKind::InvalidFilename => words::NAME_TOO_LONG,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_errors_have_words_and_others_their_own() {
        for (error, en, fa) in [
            (io::Error::from_raw_os_error(2), "no such file", "نیست"),
            (io::Error::from_raw_os_error(13), "permission denied", "اجازه نیست"),
            (io::Error::from_raw_os_error(28), "no room left", "جا ندارد"),
            (io::Error::other("a riddle"), "a riddle", "a riddle"),
        ] {
            assert!(os_error(&error, Lang::En).plain().contains(en), "{error}");
            assert!(os_error(&error, Lang::Fa).plain().contains(fa), "{error}");
        }
    }
}
