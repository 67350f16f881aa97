//! Who works here, what they may do and how they like their screen; and what holds for the store as a whole.

use serde::{Deserialize, Serialize};

use super::ids::AgentId;
use super::money::Currency;
use super::names::named_enum;

named_enum! {
    /// What an agent may do; each includes the ones before.
    pub enum Role { Agent = "agent", Supervisor = "supervisor", Admin = "admin" }
}

named_enum! {
    /// Language of the screen.
    pub enum Language { English = "en", Persian = "fa" }
}

named_enum! {
    /// Calendar of dates shown and typed.
    pub enum CalendarKind { Gregorian = "gregorian", Jalali = "jalali" }
}

named_enum! {
    /// Colours of the screen.
    pub enum ThemeKind { Dark = "dark", Light = "light", Ansi = "ansi", Mono = "mono" }
}

named_enum! {
    /// Who puts right-to-left letters in their places.
    pub enum BidiKind {
        /// The program, unless the terminal says that it does so itself and cannot be stopped.
        Auto = "auto",
        /// The program, whatever the terminal says.
        App = "app",
        /// The terminal.
        Terminal = "terminal",
        /// Nobody.
        Off = "off",
    }
}

named_enum! {
    /// The first day of a week.
    pub enum WeekKind { Monday = "monday", Saturday = "saturday" }
}

named_enum! {
    /// The days of a week on which nobody is called.
    pub enum Weekend {
        SaturdaySunday = "saturday_sunday",
        FridaySaturday = "friday_saturday",
        ThursdayFriday = "thursday_friday",
        Friday = "friday",
        Sunday = "sunday",
        None = "none",
    }
}

impl Weekend {
    /// The usual one of a country (ISO 3166); working days on paper, as of 2026.
    pub fn of_country(country: &str) -> Self {
        match country {
            "IR" | "AF" | "DJ" => Self::Friday,
            "DZ" | "BH" | "EG" | "IQ" | "JO" | "KW" | "LY" | "OM" | "QA" | "SA" | "SD" | "SY"
            | "YE" | "IL" => Self::FridaySaturday,
            _ => Self::SaturdaySunday,
        }
    }

    /// True for a day of the weekend.
    pub fn has(self, day: jiff::civil::Weekday) -> bool {
        use jiff::civil::Weekday as D;
        let days: &[D] = match self {
            Self::SaturdaySunday => &[D::Saturday, D::Sunday],
            Self::FridaySaturday => &[D::Friday, D::Saturday],
            Self::ThursdayFriday => &[D::Thursday, D::Friday],
            Self::Friday => &[D::Friday],
            Self::Sunday => &[D::Sunday],
            Self::None => &[],
        };
        days.contains(&day)
    }
}

/// How an agent likes the screen; `None` follows the configuration of the place where vafa runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// Language.
    pub language: Option<Language>,
    /// Calendar.
    pub calendar: Option<CalendarKind>,
    /// Colours.
    pub theme: Option<ThemeKind>,
    /// IANA time zone; empty for the system's.
    pub time_zone: String,
    /// Columns of the customer list, by field name; empty for the usual ones.
    pub columns: Vec<String>,
    /// Who orders right-to-left text on this agent's terminal.
    pub bidi: Option<BidiKind>,
    /// First day of the week.
    pub week: Option<WeekKind>,
    /// Days off; the business's when not said.
    pub weekend: Option<Weekend>,
}

/// A person who works with customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// Identity; 0 is the program itself.
    pub id: AgentId,
    /// Name as shown; also the log-in name, unique without regard to case.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Team; may be empty.
    pub team: String,
    /// No longer works here.
    pub disabled: bool,
    /// How they like the screen.
    pub preferences: Preferences,
}

impl Agent {
    /// The program itself: imports, scoring, recovery.
    pub fn program() -> Self {
        Self {
            id: AgentId(0),
            name: "vafa".to_owned(),
            role: Role::Admin,
            team: String::new(),
            disabled: false,
            preferences: Preferences::default(),
        }
    }
}

/// What holds for the whole store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The money of all purchases.
    pub currency: Currency,
    /// Country of phones written without one, ISO 3166 of two letters.
    pub country: String,
    /// IANA time zone of the business; empty for UTC.
    pub time_zone: String,
    /// Margin on revenue where the cost of goods is not known.
    pub margin: f64,
    /// Cost of an agent's minute, in minor units.
    pub minute_cost: i64,
    /// Usual length of a retention call.
    pub call_minutes: f64,
    /// Cost of the usual retention offer, in minor units.
    pub offer_cost: i64,
    /// Horizon in which leaving matters.
    pub horizon_weeks: u16,
    /// Yearly discount rate.
    pub discount: f64,
    /// Days after a contact in which a customer is not proposed again.
    pub cooling_days: u16,
    /// A customer whose P(alive) is below this counts as gone.
    pub gone_below: f64,
    /// The hour of a customer's day before which nobody is called by rule, 0 to 23.
    pub calls_from: u8,
    /// The hour from which nobody is called by rule, later than `calls_from`, at most 24.
    pub calls_to: u8,
    /// Days on which nobody is called by rule; those of the country when not said.
    pub weekend: Option<Weekend>,
    /// Share of customers who are never proposed in a queue, 0 to .5: what the calls of the others
    /// bring is measured against them.
    pub hold_out: f64,
    /// Decides, with a customer's id, who is held out.
    pub seed: u64,
}

impl Settings {
    /// What a new store begins with, made by somebody who works in this language: Persian is
    /// spoken in one time zone, and its phones are of Iran until the store says otherwise.
    pub fn of_language(language: Language) -> Self {
        match language {
            Language::English => Self::default(),
            Language::Persian => Self {
                country: "IR".to_owned(),
                time_zone: "Asia/Tehran".to_owned(),
                ..Self::default()
            },
        }
    }

    /// The days on which nobody is called by rule.
    pub fn weekend(&self) -> Weekend {
        self.weekend.unwrap_or_else(|| Weekend::of_country(&self.country))
    }

    /// True of a customer who is never proposed: the same ones always, evenly over all ids.
    pub fn holds_out(&self, id: super::CustomerId) -> bool {
        // The finaliser of splitmix64 (Steele, Lea and Flood 2014).
        let mut z = id.0.wrapping_add(self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        ((z >> 11) as f64) < self.hold_out * (1_u64 << 53) as f64
    }
}

impl Default for Settings {
    /// Plain figures to start from; each can be set, and the screens say which are in force.
    fn default() -> Self {
        Self {
            currency: Currency::USD,
            country: "US".to_owned(),
            time_zone: String::new(),
            margin: 0.3,
            minute_cost: 50,
            call_minutes: 6.0,
            offer_cost: 0,
            horizon_weeks: 26,
            discount: 0.15,
            cooling_days: 14,
            gone_below: 0.2,
            calls_from: 9,
            calls_to: 20,
            weekend: None,
            hold_out: 0.1,
            seed: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday as D;

    use super::super::CustomerId;
    use super::*;

    #[test]
    fn a_store_begins_where_its_language_is_spoken() {
        let persian = Settings::of_language(Language::Persian);
        assert_eq!((&*persian.country, &*persian.time_zone), ("IR", "Asia/Tehran"));
        assert!(jiff::tz::TimeZone::get(&persian.time_zone).is_ok());
        assert_eq!(persian.weekend(), Weekend::of_country("IR"));
        assert_eq!(Settings::of_language(Language::English), Settings::default());
    }

    #[test]
    fn days_off_follow_the_country_until_they_are_set() {
        for (country, set, day, off) in [
            ("IR", None, D::Friday, true),
            ("IR", None, D::Thursday, false),
            ("IR", Some(Weekend::ThursdayFriday), D::Thursday, true),
            ("US", None, D::Sunday, true),
            ("US", None, D::Friday, false),
            ("EG", None, D::Saturday, true),
            ("US", Some(Weekend::None), D::Sunday, false),
        ] {
            let settings =
                Settings { country: country.into(), weekend: set, ..Settings::default() };
            assert_eq!(settings.weekend().has(day), off, "{country} {set:?} {day:?}");
        }
    }

    #[test]
    fn those_held_out_are_the_share_asked_for_and_stay_the_same() {
        for (hold_out, seed) in [(0.0, 1), (0.1, 1), (0.1, 2), (0.5, 77)] {
            let settings = Settings { hold_out, seed, ..Settings::default() };
            let out =
                |from: u64| (from..from + 20_000).filter(|id| settings.holds_out(CustomerId(*id)));
            let share = out(1).count() as f64 / 20_000.0;
            assert!((share - hold_out).abs() < 0.01, "{share} of {hold_out}");
            assert!(out(1).eq(out(1)));
        }
        let of = |seed| Settings { seed, ..Settings::default() };
        let both =
            (0..20_000).map(CustomerId).filter(|id| of(1).holds_out(*id) && of(2).holds_out(*id));
        assert!((150..260).contains(&both.count()), "another store holds out others");
    }
}
