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
        }
    }
}
