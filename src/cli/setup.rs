//! What arguments, environment and configuration say together, and where things lie.

use std::env;
use std::path::{Path, PathBuf};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use jiff::tz::TimeZone;

use crate::text::words::commands as words;
use crate::text::{Calendar, Lang};

use super::args::{Global, LangArg};
use super::config::Config;
use super::failure::{Failure, Status, clean};

/// What holds for one run of the program.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Folder of the store.
    pub store: PathBuf,
    /// The configuration file, there or not.
    pub config_path: PathBuf,
    pub config: Config,
    pub lang: Lang,
    pub calendar: Calendar,
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
        let folders = choose_app_strategy(AppStrategyArgs {
            top_level_domain: String::new(),
            author: String::new(),
            app_name: "vafa".to_owned(),
        });
        let lang = given.unwrap_or_default();
        let no_home = || Failure::new(Status::Usage, words::NO_HOME.in_(lang));
        let config_path = match (&global.config, &folders) {
            (Some(path), _) => path.clone(),
            (None, Ok(folders)) => folders.in_config_dir("config.toml"),
            (None, Err(_)) => PathBuf::from("vafa.toml"),
        };
        let config = Config::read(&config_path, lang)?;
        let lang = given.or(config.lang()).unwrap_or_default();
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
            config_path,
            calendar: config.calendar().unwrap_or(by_lang),
            agent: config.agent.clone().unwrap_or_else(user),
            config,
            lang,
            zone: TimeZone::system(),
            plain: global.plain,
            quiet: global.quiet,
            yes: global.yes,
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
            lang: Lang::En,
            calendar: Calendar::Gregorian,
            zone: TimeZone::UTC,
            agent: "sara".to_owned(),
            plain: true,
            quiet: false,
            yes: false,
        }
    }
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
