//! Agents, and the settings of the store.

use serde::{Deserialize, Serialize};

use super::purchase::CurrencyV1;
use super::{known, stored};
use crate::domain::{
    Agent, AgentId, BidiKind, CalendarKind, Language, Preferences, Role, Settings, ThemeKind,
    WeekKind, Weekend,
};
use crate::store::{StoreError, Table};

/// An agent; frozen.
#[derive(Serialize, Deserialize)]
struct AgentV1 {
    id: u64,
    name: String,
    role: u8,
    team: String,
    disabled: bool,
    language: Option<u8>,
    calendar: Option<u8>,
    theme: Option<u8>,
    time_zone: String,
    columns: Vec<String>,
}

/// What version 2 knows of an agent beyond version 1; frozen.
#[derive(Serialize, Deserialize)]
struct AgentV2 {
    first: AgentV1,
    bidi: Option<u8>,
    week: Option<u8>,
    weekend: Option<u8>,
}

stored!(Agent, Agent, AgentV1, AgentV2);

impl From<&Agent> for AgentV2 {
    fn from(agent: &Agent) -> Self {
        let Preferences { bidi, week, weekend, .. } = agent.preferences;
        Self {
            first: agent.into(),
            bidi: bidi.map(BidiKind::code),
            week: week.map(WeekKind::code),
            weekend: weekend.map(Weekend::code),
        }
    }
}

impl AgentV2 {
    fn open(self) -> Result<Agent, StoreError> {
        let mut agent = self.first.open()?;
        agent.preferences.bidi = self.bidi.map(|code| known!(BidiKind, code)).transpose()?;
        agent.preferences.week = self.week.map(|code| known!(WeekKind, code)).transpose()?;
        agent.preferences.weekend = self.weekend.map(|code| known!(Weekend, code)).transpose()?;
        Ok(agent)
    }
}

impl From<&Agent> for AgentV1 {
    fn from(agent: &Agent) -> Self {
        let Agent {
            id,
            name,
            role,
            team,
            disabled,
            preferences: Preferences { language, calendar, theme, time_zone, columns, .. },
        } = agent.clone();
        Self {
            id: id.0,
            name,
            role: role.code(),
            team,
            disabled,
            language: language.map(Language::code),
            calendar: calendar.map(CalendarKind::code),
            theme: theme.map(ThemeKind::code),
            time_zone,
            columns,
        }
    }
}

impl AgentV1 {
    fn open(self) -> Result<Agent, StoreError> {
        Ok(Agent {
            id: AgentId(self.id),
            name: self.name,
            role: known!(Role, self.role)?,
            team: self.team,
            disabled: self.disabled,
            preferences: Preferences {
                language: self.language.map(|code| known!(Language, code)).transpose()?,
                calendar: self.calendar.map(|code| known!(CalendarKind, code)).transpose()?,
                theme: self.theme.map(|code| known!(ThemeKind, code)).transpose()?,
                time_zone: self.time_zone,
                columns: self.columns,
                ..Preferences::default()
            },
        })
    }
}

/// Settings; frozen.
#[derive(Serialize, Deserialize)]
struct SettingsV1 {
    currency: CurrencyV1,
    country: String,
    time_zone: String,
    margin: f64,
    minute_cost: i64,
    call_minutes: f64,
    offer_cost: i64,
    horizon_weeks: u16,
    discount: f64,
    cooling_days: u16,
    gone_below: f64,
}

/// What version 2 knows of the settings beyond version 1; frozen.
#[derive(Serialize, Deserialize)]
struct SettingsV2 {
    first: SettingsV1,
    calls_from: u8,
    calls_to: u8,
    weekend: Option<u8>,
    hold_out: f64,
    seed: u64,
}

stored!(Settings, Setting, SettingsV1, SettingsV2);

impl From<&Settings> for SettingsV2 {
    fn from(settings: &Settings) -> Self {
        Self {
            first: settings.into(),
            calls_from: settings.calls_from,
            calls_to: settings.calls_to,
            weekend: settings.weekend.map(Weekend::code),
            hold_out: settings.hold_out,
            seed: settings.seed,
        }
    }
}

impl SettingsV2 {
    fn open(self) -> Result<Settings, StoreError> {
        Ok(Settings {
            calls_from: self.calls_from,
            calls_to: self.calls_to,
            weekend: self.weekend.map(|code| known!(Weekend, code)).transpose()?,
            hold_out: self.hold_out,
            seed: self.seed,
            ..self.first.open()?
        })
    }
}

impl From<&Settings> for SettingsV1 {
    fn from(settings: &Settings) -> Self {
        let Settings {
            currency,
            country,
            time_zone,
            margin,
            minute_cost,
            call_minutes,
            offer_cost,
            horizon_weeks,
            discount,
            cooling_days,
            gone_below,
            ..
        } = settings.clone();
        Self {
            currency: currency.into(),
            country,
            time_zone,
            margin,
            minute_cost,
            call_minutes,
            offer_cost,
            horizon_weeks,
            discount,
            cooling_days,
            gone_below,
        }
    }
}

impl SettingsV1 {
    fn open(self) -> Result<Settings, StoreError> {
        Ok(Settings {
            currency: self.currency.open(Table::Setting)?,
            country: self.country,
            time_zone: self.time_zone,
            margin: self.margin,
            minute_cost: self.minute_cost,
            call_minutes: self.call_minutes,
            offer_cost: self.offer_cost,
            horizon_weeks: self.horizon_weeks,
            discount: self.discount,
            cooling_days: self.cooling_days,
            gone_below: self.gone_below,
            ..Settings::default()
        })
    }
}
