//! What arguments, environment and configuration say together, and where things lie.

use std::env;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use jiff::tz::TimeZone;

use crate::domain::{BidiKind, Language, MoneyUnit, Settings};
use crate::text::words::{commands as words, holidays as days};
use crate::text::{Bidi, Calendar, Holidays, Lang};

use super::args::{Global, LangArg};
use super::config::Config;
use super::failure::{Failure, Status, clean};

/// How the program speaks: known before anything else is, so that every mistake is told in the
/// language of the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tongue {
    pub lang: Lang,
    /// Who orders right-to-left letters.
    pub bidi: Bidi,
}

impl Tongue {
    /// Finds it out from a command line that may be wrong, and from a configuration that may be.
    pub fn of(args: &[OsString]) -> Self {
        let words: Vec<&str> =
            args.iter().filter_map(|a| a.to_str()).take_while(|a| *a != "--").collect();
        let value = |name: &str| {
            words.iter().enumerate().find_map(|(place, word)| {
                let rest = word.strip_prefix(name)?;
                match rest.strip_prefix('=') {
                    Some(value) => Some(value),
                    None if rest.is_empty() => words.get(place + 1).copied(),
                    None => None,
                }
            })
        };
        let given = value("--lang").and_then(lang_named);
        let path = value("--config").map(PathBuf::from).or_else(|| {
            let folders = choose_app_strategy(strategy()).ok()?;
            Some(folders.in_config_dir("config.toml"))
        });
        let config = path.and_then(|path| Config::read(&path, Lang::En).ok()).unwrap_or_default();
        let plain = words.contains(&"--plain");
        Self::from(given, &config, plain, |name| env::var(name).ok())
    }

    /// The language: as given, else of `VAFA_LANG`, the configuration, or the locale.
    fn from(
        given: Option<Lang>,
        config: &Config,
        plain: bool,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let value = |name| variable(name).filter(|value| !value.is_empty());
        let by_locale = || {
            let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(value)?;
            lang_named(locale.split(['_', '.', '@']).next().unwrap_or_default())
        };
        let lang = given
            .or_else(|| value("VAFA_LANG").as_deref().and_then(lang_named))
            .or(config.lang())
            .or_else(by_locale)
            .unwrap_or_default();
        let bidi = match config.bidi {
            _ if plain => Bidi::Off,
            None | Some(BidiKind::Auto | BidiKind::App) => Bidi::App,
            Some(BidiKind::Terminal) => Bidi::Terminal,
            Some(BidiKind::Off) => Bidi::Off,
        };
        Self { lang, bidi }
    }
}

fn lang_named(name: &str) -> Option<Lang> {
    match name {
        "fa" => Some(Lang::Fa),
        "en" => Some(Lang::En),
        _ => None,
    }
}

fn strategy() -> AppStrategyArgs {
    AppStrategyArgs {
        top_level_domain: String::new(),
        author: String::new(),
        app_name: "vafa".to_owned(),
    }
}

/// What holds for one run of the program.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Folder of the store.
    pub store: PathBuf,
    /// The configuration file, there or not.
    pub config_path: PathBuf,
    pub config: Config,
    /// Holidays that move, of `holidays.tsv` beside the configuration file.
    pub holidays: Holidays,
    pub lang: Lang,
    /// Who orders right-to-left letters.
    pub bidi: Bidi,
    pub calendar: Calendar,
    /// Rials as rials or as toman, where the store counts in rials: known once it is open.
    pub money: MoneyUnit,
    /// Zone of times shown and typed.
    pub zone: TimeZone,
    /// Name of the agent at the keyboard.
    pub agent: String,
    pub plain: bool,
    pub quiet: bool,
    pub yes: bool,
}

impl Setup {
    /// Reads arguments, environment and configuration.
    pub fn read(global: &Global) -> Result<Self, Failure> {
        let given = global.lang.map(|l| if l == LangArg::Fa { Lang::Fa } else { Lang::En });
        let folders = choose_app_strategy(strategy());
        let speaks =
            |config: &Config| Tongue::from(given, config, global.plain, |name| env::var(name).ok());
        let lang = speaks(&Config::default()).lang;
        let no_home = || Failure::new(Status::Usage, words::NO_HOME.in_(lang));
        let config_path = match (&global.config, &folders) {
            (Some(path), _) => path.clone(),
            (None, Ok(folders)) => folders.in_config_dir("config.toml"),
            (None, Err(_)) => PathBuf::from("vafa.toml"),
        };
        let config = Config::read(&config_path, lang)?;
        let Tongue { lang, bidi } = speaks(&config);
        let named = global.store.as_deref().filter(|s| !s.is_empty());
        let store = match (named.or(config.store.as_deref()), folders) {
            (Some(store), _) if store.starts_with("postgres://") => {
                let what = [("what", clean("postgres://"))];
                return Err(Failure::new(Status::Usage, words::NOT_YET.with(lang, &what)));
            }
            (Some(store), _) => PathBuf::from(store),
            (None, Ok(folders)) => folders.in_data_dir("store"),
            (None, Err(_)) => return Err(no_home()),
        };
        let by_lang = if lang == Lang::Fa { Calendar::Jalali } else { Calendar::Gregorian };
        Ok(Self {
            store,
            calendar: config.calendar().unwrap_or(by_lang),
            agent: config.agent.clone().unwrap_or_else(user),
            holidays: holidays(&config_path, lang)?,
            config_path,
            config,
            lang,
            bidi,
            money: MoneyUnit::Rial,
            zone: TimeZone::system(),
            plain: global.plain,
            quiet: global.quiet,
            yes: global.yes,
        })
    }

    /// How the program speaks.
    pub fn tongue(&self) -> Tongue {
        Tongue { lang: self.lang, bidi: self.bidi }
    }

    /// What a store that is made now begins with.
    pub fn first_settings(&self) -> Settings {
        Settings::of_language(match self.lang {
            Lang::En => Language::English,
            Lang::Fa => Language::Persian,
        })
    }

    /// True when there is something in the folder of the store.
    pub fn store_is_there(&self) -> bool {
        has_something(&self.store)
    }

    /// English, Gregorian, UTC.
    #[cfg(test)]
    pub fn for_tests() -> Self {
        Self {
            store: PathBuf::new(),
            config_path: PathBuf::new(),
            config: Config::default(),
            holidays: Holidays::default(),
            lang: Lang::En,
            bidi: Bidi::App,
            money: MoneyUnit::Rial,
            calendar: Calendar::Gregorian,
            zone: TimeZone::UTC,
            agent: "sara".to_owned(),
            plain: true,
            quiet: false,
            yes: false,
        }
    }
}

/// Reads the holidays that move; none where there is no file.
fn holidays(config: &Path, lang: Lang) -> Result<Holidays, Failure> {
    let path = config.with_file_name("holidays.tsv");
    let path_arg = || ("path", clean(&path.display().to_string()));
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Holidays::default());
        }
        Err(e) => {
            let args = [path_arg(), ("error", clean(&e.to_string()))];
            return Err(Failure::new(Status::Usage, words::BAD_CONFIG.with(lang, &args)));
        }
    };
    Holidays::read(&text).map_err(|line| {
        let args = [("n", line.into()), path_arg()];
        Failure::new(Status::Usage, days::BAD_LINE.with(lang, &args))
    })
}

/// True for a folder with anything in it.
pub fn has_something(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// The name the person is known by to the operating system.
fn user() -> String {
    let names = ["LOGNAME", "USER", "USERNAME"].into_iter();
    let name = names.filter_map(|name| env::var(name).ok()).find(|n| !n.trim().is_empty());
    name.map_or_else(|| "admin".to_owned(), |n| crate::text::store_line(&n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_about_the_language_counts() {
        let persian = Config { language: Some(Language::Persian), ..Config::default() };
        for (given, variables, config, want) in [
            (None, &[][..], Config::default(), Lang::En),
            (None, &[("LANG", "fa_IR.UTF-8")], Config::default(), Lang::Fa),
            (None, &[("LANG", "fa_IR.UTF-8"), ("LC_ALL", "C")], Config::default(), Lang::En),
            (None, &[("LANG", "en_GB.UTF-8")], persian.clone(), Lang::Fa),
            (None, &[("VAFA_LANG", "en")], persian.clone(), Lang::En),
            (None, &[("VAFA_LANG", "")], persian.clone(), Lang::Fa),
            (Some(Lang::En), &[("VAFA_LANG", "fa")], persian, Lang::En),
        ] {
            let tongue = Tongue::from(given, &config, false, |name| {
                variables.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())
            });
            assert_eq!(tongue.lang, want, "{given:?} {variables:?}");
        }
        let off = Tongue::from(None, &Config::default(), true, |_| None);
        assert_eq!(off.bidi, Bidi::Off, "a screen reader reads in the order of reading");
    }

    #[test]
    fn a_wrong_command_line_is_told_in_its_language() {
        for (line, want) in [
            ("vafa dance --lang fa", Lang::Fa),
            ("vafa --lang=fa dance", Lang::Fa),
            ("vafa --config /nowhere --lang en x", Lang::En),
            ("vafa --config /nowhere -- --lang fa", Lang::En),
        ] {
            let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            assert_eq!(Tongue::of(&args).lang, want, "{line}");
        }
    }
}
