//! The help, in the language of the person: what stands in the table of words, laid out by the page.
//! Never asks clap for a sentence, only for what there is.

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command, CommandFactory};

use crate::exchange::import::Kind;
use crate::text::words::{help, typed, usage as words};
use crate::text::{Arg as Filling, Lang, Phrase, SafeText, safe, ungrouped, width, wrap};

use super::args::Cli;
use super::failure::clean;
use super::paper::{Cell, Paper};

/// Blanks before what a heading stands over.
const INDENT: usize = 2;
/// The least room for an explanation.
const LEAST: usize = 20;

/// The command line with its explanations, as clap reads it and completions tell it.
pub fn command(lang: Lang) -> Command {
    let page = |id: &'static str| Arg::new(id).long(id).action(ArgAction::Help);
    let command = Cli::command()
        .arg(page("help").short('h').global(true))
        .arg(page("version").short('V').action(ArgAction::Version));
    told(command, "", lang)
}

/// Gives a command and all below it their explanations.
fn told(command: Command, path: &str, lang: Lang) -> Command {
    let command = match text(path) {
        Some(about) => command.about(about.str(lang)),
        None => command,
    };
    command
        .mut_args(|arg| match text(&format!("{path}.{}", arg.get_id())) {
            Some(help) => arg.help(help.str(lang)),
            None => arg,
        })
        .mut_subcommands(|sub| {
            let path = format!("{path} {}", sub.get_name());
            told(sub, path.trim_start(), lang)
        })
}

fn text(name: &str) -> Option<Phrase> {
    help::ALL.iter().find(|(known, _)| *known == name).map(|(_, phrase)| *phrase)
}

/// The help of the command that `path` leads to, a line each.
pub fn page(path: &[String], lang: Lang, paper: Paper) -> Vec<String> {
    let mut root = command(lang);
    root.build();
    let mut page = Page { lang, paper, lines: Vec::new() };
    page.command(at(&root, path), path);
    page.lines
}

/// The manual page of a command as roff, in English as all its headings are.
pub fn manual(path: &[String]) -> std::io::Result<Vec<u8>> {
    let mut root = command(Lang::En);
    root.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(at(&root, path).clone()).render(&mut page)?;
    Ok(page)
}

/// How a command is written.
pub fn usage(path: &[String], lang: Lang) -> SafeText {
    let mut root = command(lang);
    root.build();
    safe![words::USAGE.in_(lang), " ", line(at(&root, path), path, lang).ltr()]
}

/// The command that a path leads to; the last one known on it.
fn at<'c>(root: &'c Command, path: &[String]) -> &'c Command {
    path.iter().fold(root, |command, name| command.find_subcommand(name).unwrap_or(command))
}

fn line(command: &Command, path: &[String], lang: Lang) -> SafeText {
    let mut parts = vec![SafeText::clean("vafa")];
    parts.extend(path.iter().map(|name| SafeText::clean(name)));
    if own(command).any(|arg| !arg.is_positional() && !arg.is_required_set()) {
        parts.push(words::ANY_OPTIONS.in_(lang));
    }
    let required = own(command).filter(|arg| !arg.is_positional() && arg.is_required_set());
    parts.extend(required.map(shape));
    parts.extend(command.get_positionals().map(shape));
    if command.has_subcommands() {
        parts.push(words::A_COMMAND.in_(lang));
    }
    SafeText::join(&parts, &safe![" "])
}

/// The arguments of a command that are not those of every command.
fn own(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| !arg.is_global_set())
}

/// An argument as it is typed.
fn shape(arg: &Arg) -> SafeText {
    let names = arg.get_value_names().unwrap_or_default();
    let name = names.first().map_or_else(|| arg.get_id().as_str(), |name| name.as_str());
    let value = name.to_uppercase();
    let many = if arg.get_num_args().is_some_and(|n| n.max_values() > 1) { "..." } else { "" };
    let long = arg.get_long().map(|long| format!("--{long}"));
    SafeText::clean(&match long {
        Some(long) if arg.get_action().takes_values() => format!("{long} {value}"),
        Some(long) => long,
        None if arg.is_required_set() => format!("{value}{many}"),
        None => format!("[{value}]{many}"),
    })
}

/// An argument as it is typed, its short form first.
fn named(arg: &Arg, lang: Lang) -> SafeText {
    let shape = shape(arg);
    match (arg.get_short(), arg.is_positional()) {
        (Some(short), _) => safe!["-", short, ", ", shape],
        // Under the long names of others, where the page begins at the left.
        (None, false) if lang == Lang::En => safe!["    ", shape],
        (None, _) => shape,
    }
}

struct Page {
    lang: Lang,
    paper: Paper,
    lines: Vec<String>,
}

impl Page {
    fn command(&mut self, command: &Command, path: &[String]) {
        let about = text(&path.join(" "));
        self.say(&about.map(|about| about.in_(self.lang)).unwrap_or_default());
        self.blank();
        let line = line(command, path, self.lang);
        self.say(&safe![words::USAGE.in_(self.lang), " ", line.ltr()]);
        let rows = |args: &mut dyn Iterator<Item = &Arg>| -> Vec<(SafeText, SafeText)> {
            args.map(|arg| (named(arg, self.lang), self.explained(arg))).collect()
        };
        let positional = rows(&mut command.get_positionals());
        let options = rows(&mut own(command).filter(|arg| !arg.is_positional()));
        let everywhere = rows(&mut command.get_arguments().filter(|arg| arg.is_global_set()));
        let commands = command.get_subcommands().map(|sub| {
            let path = [path, &[sub.get_name().to_owned()]].concat().join(" ");
            let about = text(&path).map(|about| about.in_(self.lang)).unwrap_or_default();
            (SafeText::clean(sub.get_name()), about)
        });
        let commands: Vec<_> = commands.collect();
        self.section(words::COMMANDS, &commands);
        self.section(words::ARGUMENTS, &positional);
        self.section(words::OPTIONS, &options);
        self.section(words::EVERYWHERE, &everywhere);
        self.after(path);
    }

    /// What else there is to know.
    fn after(&mut self, path: &[String]) {
        match path {
            [] => {
                self.blank();
                self.say(&words::STATUSES.in_(self.lang));
                let command = [("command", clean("vafa help COMMAND"))];
                self.say(&words::MORE.with(self.lang, &command));
            }
            [command] if command == "import" => {
                let fields =
                    Kind::ALL.iter().map(|kind| (SafeText::clean(kind.name()), fields(*kind)));
                let fields: Vec<_> = fields.collect();
                self.section(words::FIELDS, &fields);
                self.blank();
                self.say(&words::IMPORT_TITLES.in_(self.lang));
                self.say(&words::IMPORT_AMOUNTS.in_(self.lang));
            }
            _ => {}
        }
    }

    /// A heading over rows of two cells, the second as many lines as it needs.
    fn section(&mut self, title: Phrase, rows: &[(SafeText, SafeText)]) {
        if rows.is_empty() {
            return;
        }
        self.blank();
        self.say(&title.in_(self.lang));
        let left = rows.iter().map(|(left, _)| width(left)).max().unwrap_or_default();
        let room = self.paper.columns.saturating_sub(INDENT + left + 2).max(LEAST);
        for (name, explained) in rows {
            let mut name = name.ltr();
            for line in wrap(&typed(explained), room, self.lang.dir()) {
                let cells = [
                    Cell { text: &name, width: left, is_number: false },
                    Cell { text: &line, width: room, is_number: false },
                ];
                self.lines.push(self.paper.row(INDENT, &cells));
                name = SafeText::EMPTY;
            }
        }
    }

    /// What an argument means, what it takes and what it is without it.
    fn explained(&self, arg: &Arg) -> SafeText {
        let mut parts: Vec<SafeText> = Vec::new();
        parts.extend(arg.get_help().map(|help| SafeText::clean(&help.to_string())));
        if !arg.get_action().takes_values() {
            return SafeText::join(&parts, &safe![" "]);
        }
        let say = |phrase: Phrase, name: &str, value: &str| {
            let value: Filling = SafeText::clean(value).into();
            phrase.with(self.lang, &[(name, value)])
        };
        let values = arg.get_possible_values();
        if !values.is_empty() {
            let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
            parts.push(say(words::ONE_OF, "values", &names.join(", ")));
        }
        let usual = arg.get_default_values().first().and_then(|value| value.to_str());
        if let Some(usual) = usual.filter(|usual| !usual.is_empty()) {
            let usual = usual.parse().map_or(SafeText::clean(usual), |n| ungrouped(n, self.lang));
            parts.push(words::USUALLY.with(self.lang, &[("value", usual.into())]));
        }
        if let Some(variable) = arg.get_env().and_then(|name| name.to_str()) {
            parts.push(say(words::FROM, "variable", variable));
        }
        SafeText::join(&parts, &safe![" "])
    }

    fn say(&mut self, text: &SafeText) {
        for line in wrap(&typed(text), self.paper.columns, self.lang.dir()) {
            self.lines.extend(self.paper.lines(&line));
        }
    }

    fn blank(&mut self) {
        self.lines.push(String::new());
    }
}

/// The fields of a kind of rows, those that are needed with a star.
fn fields(kind: Kind) -> SafeText {
    let star = |field| if kind.required().contains(field) { "*" } else { "" };
    let mut names: Vec<String> =
        kind.fields().iter().map(|field| format!("{}{}", field.name(), star(field))).collect();
    if kind == Kind::Customers {
        names.push("field.NAME".to_owned());
        names.extend(crate::domain::FactKind::ALL.iter().map(|kind| kind.name().to_owned()));
    }
    SafeText::clean(&names.join(", ")).ltr()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every command below one, by its path.
    fn paths(command: &Command, path: &[String], all: &mut Vec<Vec<String>>) {
        all.push(path.to_vec());
        for sub in command.get_subcommands() {
            paths(sub, &[path, &[sub.get_name().to_owned()]].concat(), all);
        }
    }

    fn every_path() -> Vec<Vec<String>> {
        let mut all = Vec::new();
        paths(&command(Lang::En), &[], &mut all);
        all
    }

    #[test]
    fn every_command_and_argument_is_explained_and_nothing_else() {
        let root = command(Lang::En);
        let mut used = BTreeSet::new();
        for path in every_path() {
            let command = at(&root, &path);
            let name = path.join(" ");
            assert!(text(&name).is_some(), "{name:?} is not explained");
            used.insert(name.clone());
            for arg in command.get_arguments() {
                let name = format!("{name}.{}", arg.get_id());
                assert!(text(&name).is_some(), "{name} is not explained");
                used.insert(name);
            }
        }
        let spare: Vec<_> = help::ALL.iter().filter(|(name, _)| !used.contains(*name)).collect();
        assert!(spare.is_empty(), "explained, but not there: {spare:?}");
        assert!(used.len() > 80, "{}", used.len());
    }

    /// A text without what is typed as it is: backquotes, options, placeholders and machine names.
    fn without_typed(text: &str) -> String {
        let outside = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
        let is_typed = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let placeholder = |c: char| c.is_ascii_uppercase() || "=,_".contains(c);
            word.chars().all(placeholder) || is_name(word)
        };
        outside.split_whitespace().filter(|word| !is_typed(word)).collect::<Vec<_>>().join(" ")
    }

    /// A name that a command, an option, a value or a field has.
    fn is_name(word: &str) -> bool {
        let root = command(Lang::En);
        let mut names: BTreeSet<String> = BTreeSet::from(["vafa".to_owned()]);
        for path in every_path() {
            names.extend(path.iter().cloned());
            for arg in at(&root, &path).get_arguments() {
                names.extend(arg.get_long().map(str::to_owned));
                names.extend(arg.get_short().map(|c| c.to_string()));
                names.extend(arg.get_possible_values().iter().map(|v| v.get_name().to_owned()));
                names.extend(
                    arg.get_default_values().iter().filter_map(|v| v.to_str()).map(str::to_owned),
                );
            }
        }
        names.extend(Kind::ALL.iter().flat_map(|k| k.fields()).map(|f| f.name().to_owned()));
        names.extend(crate::domain::FactKind::ALL.iter().map(|k| k.name().to_owned()));
        names.contains(word) || word.starts_with("field.")
    }

    #[test]
    fn persian_help_is_persian() {
        for path in every_path() {
            let page = page(&path, Lang::Fa, Paper::file(Lang::Fa));
            assert!(page.len() > 4, "{path:?}: {page:?}");
            // What is typed may go on in the next line.
            let rest = without_typed(&page.join(" "));
            let english: String = rest.split(' ').filter(|w| w.is_ascii()).collect();
            let is_english = rest.chars().any(|c| c.is_ascii_alphabetic());
            assert!(!is_english, "{path:?}: {english:?}");
        }
    }

    #[test]
    fn a_page_stays_within_its_columns() {
        for path in every_path() {
            for (lang, columns) in [(Lang::En, 80), (Lang::Fa, 80), (Lang::Fa, 60)] {
                for line in page(&path, lang, Paper::terminal(lang, columns)) {
                    let line = line.strip_prefix("\x1b[8l").unwrap_or(&line);
                    let wide = width(&SafeText::clean(line));
                    assert!(wide <= columns, "{path:?} {lang:?}: {wide} in {line:?}");
                }
            }
        }
    }

    #[test]
    fn usage_is_as_it_is_typed() {
        for (path, want) in [
            (&[][..], "Usage: vafa [OPTIONS] [COMMAND]"),
            (&["find"], "Usage: vafa find [OPTIONS] TEXT..."),
            (&["tag"], "Usage: vafa tag --where EXPR NAME"),
            (&["undo"], "Usage: vafa undo [BATCH]"),
            (&["config", "set"], "Usage: vafa config set NAME VALUE"),
        ] {
            let path: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(usage(&path, Lang::En).plain(), want);
        }
    }
}
