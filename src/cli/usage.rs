//! Reads the command line, and says what is wrong with one in the language of the person. clap finds
//! the mistake; the sentence about it is ours.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Command, FromArgMatches};

use crate::text::words::commands::BAD_WORD;
use crate::text::words::usage as words;
use crate::text::{Lang, SafeText};

use super::args::Cli;
use super::failure::{Failure, Status, clean};
use super::help;

/// What a command line asks for.
#[derive(Debug)]
pub enum Said {
    Do(Box<Cli>),
    /// The help of the command this path leads to.
    Help(Vec<String>),
    Version,
}

/// Reads a command line, the name of the program first.
pub fn read(args: &[OsString], lang: Lang) -> Result<Said, Failure> {
    let mut command = help::command(lang);
    let read = command.try_get_matches_from_mut(args);
    match read.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => Ok(Said::Do(Box::new(cli))),
        Err(error) => match error.kind() {
            ErrorKind::DisplayVersion => Ok(Said::Version),
            ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                Ok(Said::Help(path(&command, args)))
            }
            _ => Err(wrong(&error, &path(&command, args), lang)),
        },
    }
}

/// The help that `vafa help NAME...` asks for.
pub fn named(names: &[String], lang: Lang) -> Result<Vec<String>, Failure> {
    let root = help::command(lang);
    let mut command = &root;
    for name in names {
        let Some(below) = command.find_subcommand(name) else {
            let given = [("given", clean(name))];
            return Err(told(words::NO_COMMAND.with(lang, &given), &[], lang));
        };
        command = below;
    }
    Ok(names.to_vec())
}

/// The commands named on a command line, options and their values left out.
fn path(root: &Command, args: &[OsString]) -> Vec<String> {
    let mut path = Vec::new();
    let (mut command, mut skip) = (root, false);
    for arg in args.iter().skip(1) {
        let Some(arg) = arg.to_str() else { continue };
        if std::mem::take(&mut skip) {
            continue;
        }
        if arg == "--" {
            break;
        }
        if let Some(option) = arg.strip_prefix('-') {
            skip = takes_value(command, option) || takes_value(root, option);
        } else if let Some(below) = command.find_subcommand(arg) {
            path.push(arg.to_owned());
            command = below;
        } else if command.get_positionals().next().is_some() {
            break;
        }
    }
    path
}

/// Whether what follows an option, written without its first dash, is its value.
fn takes_value(command: &Command, option: &str) -> bool {
    command.get_opts().any(|arg| {
        let long = option.strip_prefix('-').is_some_and(|name| arg.get_long() == Some(name));
        let short = arg.get_short().is_some_and(|short| option == short.to_string());
        (long || short) && arg.get_action().takes_values()
    })
}

/// What is wrong, how the command is written, and where more is told.
fn wrong(error: &Error, path: &[String], lang: Lang) -> Failure {
    told(sentence(error, lang), path, lang)
}

fn told(words: SafeText, path: &[String], lang: Lang) -> Failure {
    let command = ["vafa", &path.join(" "), "--help"];
    let command = command.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
    let see = words::SEE.with(lang, &[("command", clean(&command.join(" ")))]);
    let mut failure = Failure::new(Status::Usage, words);
    failure.words.push(help::usage(path, lang));
    failure.words.push(see);
    failure
}

fn sentence(error: &Error, lang: Lang) -> SafeText {
    let texts = |kind| context(error, kind);
    let one = |kind| texts(kind).into_iter().next().unwrap_or_default();
    let argument = || argument(&one(ContextKind::InvalidArg));
    // The nearest comes last.
    let near = |kind| texts(kind).pop();
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let given = clean(&one(ContextKind::InvalidSubcommand));
            match near(ContextKind::SuggestedSubcommand) {
                Some(near) => {
                    words::NO_COMMAND_NEAR.with(lang, &[("given", given), ("near", clean(&near))])
                }
                None => words::NO_COMMAND.with(lang, &[("given", given)]),
            }
        }
        ErrorKind::UnknownArgument => {
            let given = clean(&one(ContextKind::InvalidArg));
            match near(ContextKind::SuggestedArg) {
                Some(near) => words::UNKNOWN_ARGUMENT_NEAR
                    .with(lang, &[("given", given), ("near", clean(&near))]),
                None => words::UNKNOWN_ARGUMENT.with(lang, &[("given", given)]),
            }
        }
        ErrorKind::InvalidValue => {
            let known = texts(ContextKind::ValidValue).join(", ");
            let given = one(ContextKind::InvalidValue);
            let argument = ("argument", clean(&argument()));
            match (given.as_str(), near(ContextKind::SuggestedValue)) {
                ("", _) if known.is_empty() => words::NO_VALUE.with(lang, &[argument]),
                ("", _) => words::NO_VALUE_OF.with(lang, &[argument, ("known", clean(&known))]),
                (given, Some(near)) => words::BAD_VALUE_NEAR.with(
                    lang,
                    &[
                        argument,
                        ("known", clean(&known)),
                        ("given", clean(given)),
                        ("near", clean(&near)),
                    ],
                ),
                (given, None) => BAD_WORD.with(
                    lang,
                    &[("option", argument.1), ("known", clean(&known)), ("given", clean(given))],
                ),
            }
        }
        // The only values that are checked here are numbers.
        ErrorKind::ValueValidation => words::NOT_A_NUMBER.with(
            lang,
            &[("argument", clean(&argument())), ("given", clean(&one(ContextKind::InvalidValue)))],
        ),
        ErrorKind::MissingRequiredArgument => {
            let all = texts(ContextKind::InvalidArg);
            let named: Vec<String> = all.iter().map(|name| self::argument(name)).collect();
            let names = clean(&named.join(", "));
            words::MISSING.with(lang, &[("arguments", names), ("n", all.len().into())])
        }
        ErrorKind::MissingSubcommand => words::NO_SUBCOMMAND.in_(lang),
        ErrorKind::ArgumentConflict => {
            let (given, prior) = (argument(), self::argument(&one(ContextKind::PriorArg)));
            if given == prior || prior.is_empty() {
                return words::TWICE.with(lang, &[("given", clean(&given))]);
            }
            words::TOGETHER.with(lang, &[("given", clean(&given)), ("prior", clean(&prior))])
        }
        ErrorKind::TooManyValues => {
            let given = clean(&one(ContextKind::InvalidValue));
            words::UNKNOWN_ARGUMENT.with(lang, &[("given", given)])
        }
        ErrorKind::WrongNumberOfValues => {
            let n = match error.get(ContextKind::ExpectedNumValues) {
                Some(ContextValue::Number(n)) => *n,
                _ => 1,
            };
            let n = usize::try_from(n).unwrap_or_default();
            words::MORE_VALUES.with(lang, &[("argument", clean(&argument())), ("n", n.into())])
        }
        ErrorKind::InvalidUtf8 => words::NOT_UTF8.in_(lang),
        _ => words::NOT_UNDERSTOOD.in_(lang),
    }
}

/// An argument as clap names it (`--lang <LANG>`, `<FILE>...`), as we do.
fn argument(named: &str) -> String {
    named.replace(['<', '>'], "")
}

fn context(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(all)) => all.clone(),
        Some(ContextValue::StyledStr(one)) => vec![one.to_string()],
        Some(ContextValue::StyledStrs(all)) => all.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn mistakes_are_told_in_both_languages() {
        for (line, en, fa) in [
            ("vafa dance", "there is no command dance", "فرمان"),
            ("vafa imprt", "did you mean import?", "منظورتان"),
            (
                "vafa list --colums a",
                "--colums is not expected here; did you mean --columns?",
                "بی‌جاست",
            ),
            ("vafa list extra", "extra is not expected here", "بی‌جاست"),
            ("vafa --lang xx list", "--lang LANG takes en, fa, not xx", "می‌پذیرد"),
            ("vafa list --format tabel", "did you mean table?", "منظورتان"),
            ("vafa list --limit many", "--limit N takes a whole number, not many", "عدد صحیح"),
            ("vafa list --limit", "--limit N needs a value", "مقدار می‌خواهد"),
            ("vafa find x --format", "needs a value: table, csv, jsonl", "مقدار می‌خواهد"),
            ("vafa import", "KIND, FILE are missing", "داده نشده"),
            ("vafa tag vip", "--where EXPR is missing", "داده نشده"),
            (
                "vafa show a --format text --format text",
                "--format FORMAT can be given once only",
                "یک بار",
            ),
            (
                "vafa export customers --bom --no-bom",
                "--bom cannot be used with --no-bom",
                "نمی‌آید",
            ),
        ] {
            for (lang, want) in [(Lang::En, en), (Lang::Fa, fa)] {
                let failure = read(&args(line), lang).unwrap_err();
                let told = failure.words[0].plain().into_owned();
                assert_eq!(failure.status, Status::Usage);
                assert!(told.contains(want), "{line}: {told}");
                let rest: Vec<_> = failure.words.iter().skip(1).map(|w| w.plain()).collect();
                assert!(rest[0].contains("vafa") && rest[1].contains("--help"), "{rest:?}");
            }
        }
    }

    #[test]
    fn help_is_found_wherever_it_is_asked_for() {
        for (line, want) in [
            ("vafa --help", ""),
            ("vafa -h", ""),
            ("vafa --store list import -h", "import"),
            ("vafa import customers --help", "import"),
            ("vafa find import --help", "find"),
            ("vafa config set --help", "config set"),
            ("vafa --lang fa -q score --help", "score"),
        ] {
            match read(&args(line), Lang::Fa) {
                Ok(Said::Help(path)) => assert_eq!(path.join(" "), want, "{line}"),
                other => panic!("{line}: {other:?}"),
            }
        }
        assert!(matches!(read(&args("vafa -V"), Lang::En), Ok(Said::Version)));
        let name = |name: &str| named(&[name.to_owned()], Lang::En);
        assert_eq!(name("import").unwrap(), ["import"]);
        assert_eq!(name("dance").unwrap_err().status, Status::Usage);
    }

    #[test]
    fn numbers_may_be_persian() {
        match read(&args("vafa list --limit ۲۰"), Lang::Fa).unwrap() {
            Said::Do(cli) => match cli.command {
                Some(super::super::args::Command::List(list)) => assert_eq!(list.limit, Some(20)),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }
}
