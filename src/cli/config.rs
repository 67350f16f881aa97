//! The configuration file: how a person likes the program on this machine. What holds for a store
//! lies in the store.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::desk::Command;
use crate::domain::{
    BidiKind, CalendarKind, Currency, Language, MoneyUnit, Settings, ThemeKind, Weekend,
};
use crate::text::digits::ascii_digit;
use crate::text::words::commands as words;
use crate::text::words::files;
use crate::text::{Calendar, Lang, SafeText, os_error, safe, spoken_amount, toman};

use super::args::{self, ConfigAction};
use super::failure::{Failure, Status, clean};
use super::out::Out;
use super::setup::Setup;
use super::visit::{Make, Visit};

/// What the file may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Folder of the store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<String>,
    /// Name of the agent; the name of the person's account when not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<ThemeKind>,
    /// Who orders right-to-left text on this terminal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bidi: Option<BidiKind>,
    /// Rials shown and typed as rials or as toman.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<MoneyUnit>,
}

/// What can be set in the file.
const HERE: &[&str] = &["store", "agent", "language", "calendar", "theme", "bidi", "money"];
/// What can be set in the store.
const THERE: &[&str] = &[
    "currency",
    "country",
    "time_zone",
    "margin",
    "minute_cost",
    "call_minutes",
    "offer_cost",
    "horizon_weeks",
    "discount",
    "cooling_days",
    "gone_below",
    "calls_from",
    "calls_to",
    "weekend",
    "hold_out",
];

impl Config {
    /// Reads the file; nothing is set where there is none.
    pub fn read(path: &Path, lang: Lang) -> Result<Self, Failure> {
        let bad = |error: &str| {
            let args = [("path", clean(&path.display().to_string())), ("error", clean(error))];
            Failure::new(Status::Usage, words::BAD_CONFIG.with(lang, &args))
        };
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) => return Err(bad(&os_error(&e, lang).plain())),
        };
        toml::from_str(&text).map_err(|e| bad(e.to_string().trim_end()))
    }

    /// The language, when one is set.
    pub fn lang(&self) -> Option<Lang> {
        self.language.map(|l| if l == Language::Persian { Lang::Fa } else { Lang::En })
    }

    /// The calendar, when one is set.
    pub fn calendar(&self) -> Option<Calendar> {
        self.calendar.map(|c| match c {
            CalendarKind::Gregorian => Calendar::Gregorian,
            CalendarKind::Jalali => Calendar::Jalali,
        })
    }

    fn set(&mut self, name: &str, value: &str, lang: Lang) -> Result<(), Failure> {
        let given = Some(value.to_owned()).filter(|v| !v.is_empty());
        match name {
            "store" => self.store = given,
            "agent" => self.agent = given,
            "language" => self.language = word(name, given, Language::parse, Language::ALL, lang)?,
            "calendar" => {
                self.calendar = word(name, given, CalendarKind::parse, CalendarKind::ALL, lang)?;
            }
            "bidi" => self.bidi = word(name, given, BidiKind::parse, BidiKind::ALL, lang)?,
            "money" => self.money = word(name, given, MoneyUnit::parse, MoneyUnit::ALL, lang)?,
            _ => self.theme = word(name, given, ThemeKind::parse, ThemeKind::ALL, lang)?,
        }
        Ok(())
    }

    fn write(&self, path: &Path, lang: Lang) -> Result<(), Failure> {
        let failed = |error: io::Error| {
            let args = [
                ("path", clean(&path.display().to_string())),
                ("error", os_error(&error, lang).into()),
            ];
            Failure::new(Status::Failed, files::CANNOT_WRITE.with(lang, &args))
        };
        let text = toml::to_string(self).map_err(|e| failed(io::Error::other(e)))?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let beside = path.with_extension("toml.new");
        fs::write(&beside, text).map_err(failed)?;
        fs::rename(&beside, path).map_err(failed)
    }
}

fn word<T: Copy + std::fmt::Display>(
    name: &str,
    given: Option<String>,
    parse: impl Fn(&str) -> Option<T>,
    all: &[T],
    lang: Lang,
) -> Result<Option<T>, Failure> {
    let Some(given) = given else { return Ok(None) };
    let known = || all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match parse(&given) {
        Some(value) => Ok(Some(value)),
        None => Err(Failure::bad_word(name, &known(), &given, lang)),
    }
}

/// `vafa config`.
pub fn run(setup: &Setup, given: &args::Config, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let print = |out: &mut Out, text: SafeText| {
        out.line(&text.ltr()).map_err(|e| Failure::output(&e, lang))
    };
    match &given.action {
        Some(ConfigAction::Path) => {
            print(out, SafeText::clean(&setup.config_path.display().to_string()))
        }
        None | Some(ConfigAction::Show) => {
            for (name, value) in in_force(setup) {
                print(out, safe![SafeText::clean(name), " = ", SafeText::clean(&value)])?;
            }
            Ok(())
        }
        Some(ConfigAction::Set { name, value }) => {
            let name = crate::domain::names::machine_name(name);
            if HERE.contains(&name.as_str()) {
                let mut config = setup.config.clone();
                config.set(&name, value, lang)?;
                config.write(&setup.config_path, lang)?;
            } else if THERE.contains(&name.as_str()) {
                let visit = Visit::open(setup, Make::IfMissing)?;
                let unit = visit.spoken(setup).money;
                let kept = visit.plans()?.settings;
                let settings = changed(&kept.record, &name, value, unit, lang)?;
                let read = amount_of(&settings, &name);
                visit.act(Command::SaveSettings { settings, base: kept.revision })?;
                if let Some(minor) = read.filter(|_| unit == MoneyUnit::Toman) {
                    // Ten to one is worth a word about what was understood.
                    let amount = toman(minor, lang).into();
                    let value = words::IN_TOMAN.with(lang, &[("amount", amount)]);
                    let args = [("name", clean(&name)), ("value", value.into())];
                    return print(out, words::SAVED.with(lang, &args));
                }
            } else {
                let known = HERE.iter().chain(THERE).copied().collect::<Vec<_>>().join(", ");
                let args = [("name", clean(&name)), ("known", clean(&known))];
                return Err(Failure::new(Status::Usage, words::NO_SETTING.with(lang, &args)));
            }
            let args = [("name", clean(&name)), ("value", clean(value))];
            print(out, words::SAVED.with(lang, &args))
        }
    }
}

/// What is in force on this machine, as the file would say it.
fn in_force(setup: &Setup) -> Vec<(&'static str, String)> {
    let text = |path: &Path| format!("{:?}", path.display().to_string());
    let language = if setup.lang == Lang::Fa { Language::Persian } else { Language::English };
    let calendar = match setup.calendar {
        Calendar::Gregorian => CalendarKind::Gregorian,
        Calendar::Jalali => CalendarKind::Jalali,
    };
    let mut all = vec![
        ("store", text(&setup.store)),
        ("agent", format!("{:?}", setup.agent)),
        ("language", format!("{:?}", language.name())),
        ("calendar", format!("{:?}", calendar.name())),
    ];
    let bidi = setup.config.bidi.unwrap_or(BidiKind::Auto);
    all.push(("bidi", format!("{:?}", bidi.name())));
    all.extend(setup.config.money.map(|unit| ("money", format!("{:?}", unit.name()))));
    all.extend(setup.config.theme.map(|theme| ("theme", format!("{:?}", theme.name()))));
    all
}

/// The setting of this name, when it is an amount, in minor units.
fn amount_of(settings: &Settings, name: &str) -> Option<i64> {
    match name {
        "minute_cost" => Some(settings.minute_cost),
        "offer_cost" => Some(settings.offer_cost),
        _ => None,
    }
}

/// The settings of the store with one of them changed; amounts are in the unit that is shown.
fn changed(
    now: &Settings,
    name: &str,
    value: &str,
    unit: MoneyUnit,
    lang: Lang,
) -> Result<Settings, Failure> {
    let mut new = now.clone();
    let value = value.trim();
    let bad = |known: &str| Failure::bad_word(name, known, value, lang);
    let real = || value.parse::<f64>().ok().filter(|x| x.is_finite()).ok_or_else(|| bad("0.3"));
    let count = || value.parse::<u16>().map_err(|_| bad("26"));
    let money = || {
        let spoken = spoken_amount(value);
        let read = unit.read(now.currency, &spoken.number, spoken.zeros, spoken.unit);
        read.map_err(|_| bad("12.50, 12k"))
    };
    match name {
        "currency" => new.currency = Currency::parse(value).ok_or_else(|| bad("USD, IRR"))?,
        "country" if value.len() == 2 && value.is_ascii() => {
            new.country = value.to_ascii_uppercase();
        }
        "country" => return Err(bad("US, IR")),
        "time_zone" => {
            if !value.is_empty() && jiff::tz::TimeZone::get(value).is_err() {
                return Err(bad("Asia/Tehran, UTC"));
            }
            value.clone_into(&mut new.time_zone);
        }
        "margin" => new.margin = real()?,
        "minute_cost" => new.minute_cost = money()?,
        "call_minutes" => new.call_minutes = real()?,
        "offer_cost" => new.offer_cost = money()?,
        "horizon_weeks" => new.horizon_weeks = count()?,
        "discount" => new.discount = real()?,
        "cooling_days" => new.cooling_days = count()?,
        "calls_from" => new.calls_from = hour(value).ok_or_else(|| bad("0..24"))?,
        "calls_to" => new.calls_to = hour(value).ok_or_else(|| bad("0..24"))?,
        "weekend" => {
            let given = Some(value.to_owned()).filter(|v| !v.is_empty());
            new.weekend = word(name, given, Weekend::parse, Weekend::ALL, lang)?;
        }
        "hold_out" => new.hold_out = real()?,
        _ => new.gone_below = real()?,
    }
    Ok(new)
}

/// A whole hour of the day, in the digits of any script; 24 is its end.
fn hour(text: &str) -> Option<u8> {
    let digits: Option<String> = text.chars().map(ascii_digit).collect();
    digits?.parse().ok().filter(|hour| *hour <= 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("config.toml");
        let mut config = Config::default();
        for (name, value) in
            [("store", "/s"), ("language", "fa"), ("calendar", "jalali"), ("bidi", "Terminal")]
        {
            config.set(name, value, Lang::En).unwrap();
        }
        config.write(&path, Lang::En).unwrap();
        let read = Config::read(&path, Lang::En).unwrap();
        assert_eq!(read, config);
        assert_eq!((read.lang(), read.calendar()), (Some(Lang::Fa), Some(Calendar::Jalali)));
        config.set("store", "", Lang::En).unwrap();
        assert_eq!(config.store, None);
        assert_eq!(read.bidi, Some(BidiKind::Terminal));
        assert!(config.set("theme", "pink", Lang::En).is_err());
        assert!(config.set("bidi", "rtl", Lang::En).is_err());
        for bad in ["colour = 1", "language = \"xx\"", "store ="] {
            fs::write(&path, bad).unwrap();
            let failure = Config::read(&path, Lang::En).unwrap_err();
            assert_eq!(failure.status, Status::Usage, "{bad}");
        }
        assert!(Config::read(&folder.path().join("none"), Lang::En).is_ok());
    }

    #[test]
    fn settings_of_the_store_are_checked() {
        let now = Settings::default();
        let set = |name: &str, value: &str| changed(&now, name, value, MoneyUnit::Rial, Lang::En);
        assert_eq!(set("currency", "irr").unwrap().currency, Currency::IRR);
        assert_eq!(set("minute_cost", "1.25").unwrap().minute_cost, 125);
        assert_eq!(set("country", "ir").unwrap().country, "IR");
        assert_eq!(set("calls_from", "۸").unwrap().calls_from, 8);
        assert_eq!(
            set("weekend", "thursday-friday").unwrap().weekend,
            Some(Weekend::ThursdayFriday)
        );
        assert_eq!(set("weekend", "").unwrap().weekend, None);
        let iran = Settings { currency: Currency::IRR, ..Settings::default() };
        let toman = |value: &str| changed(&iran, "minute_cost", value, MoneyUnit::Toman, Lang::Fa);
        assert_eq!(toman("۱۲ هزار").unwrap().minute_cost, 120_000);
        assert_eq!(toman("12k rial").unwrap().minute_cost, 12_000);
        assert_eq!(toman("1.5").unwrap().minute_cost, 15);
        assert!(toman("1.55").is_err());
        assert!(set("minute_cost", "12 toman").is_err(), "a dollar is no toman");
        for (name, value) in [
            ("calls_to", "25"),
            ("calls_to", "-9"),
            ("weekend", "monday"),
            ("currency", "dollars"),
            ("country", "Iran"),
            ("time_zone", "Mars/Base"),
            ("margin", "much"),
            ("margin", "inf"),
            ("minute_cost", "1.255"),
            ("cooling_days", "-1"),
        ] {
            assert_eq!(set(name, value).unwrap_err().status, Status::Usage, "{name} {value}");
        }
    }
}
