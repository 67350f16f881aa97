//! Agents, and the settings of the store.

use serde::{Deserialize, Serialize};

use super::purchase::CurrencyV1;
use super::{known, stored};
use crate::domain::{
    Agent, AgentId, CalendarKind, Language, Preferences, Role, Settings, ThemeKind,
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

stored!(Agent, Agent, AgentV1);

impl From<&Agent> for AgentV1 {
    fn from(agent: &Agent) -> Self {
        let Agent {
            id,
            name,
            role,
            team,
            disabled,
            preferences: Preferences { language, calendar, theme, time_zone, columns },
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

stored!(Settings, Setting, SettingsV1);

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
        })
    }
}
