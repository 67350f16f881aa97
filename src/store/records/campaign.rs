//! Campaigns and call scripts.

use serde::{Deserialize, Serialize};

use super::{known, stored};
use crate::domain::{
    Campaign, CampaignId, CampaignKind, CampaignState, Day, OfferId, QueueKind, Script, ScriptId,
    ScriptLine,
};
use crate::store::StoreError;

/// A campaign; frozen.
#[derive(Serialize, Deserialize)]
struct CampaignV1 {
    id: u64,
    name: String,
    kind: u8,
    segment: String,
    offer: Option<u64>,
    script: Option<u64>,
    from: Option<i32>,
    until: Option<i32>,
    calls_from: u8,
    calls_to: u8,
    attempts: u8,
    delays: Vec<(String, u32)>,
    cap_day: u32,
    cap_week: u8,
    needs_consent: bool,
    budget: i64,
    state: u8,
    team: String,
}

stored!(Campaign, Campaign, CampaignV1);

impl From<&Campaign> for CampaignV1 {
    fn from(campaign: &Campaign) -> Self {
        let Campaign { id, name, kind, segment, offer, script, from, until, delays, .. } =
            campaign.clone();
        Self {
            id: id.0,
            name,
            kind: kind.code(),
            segment,
            offer: offer.map(|id| id.0),
            script: script.map(|id| id.0),
            from: from.map(|day| day.0),
            until: until.map(|day| day.0),
            calls_from: campaign.calls_from,
            calls_to: campaign.calls_to,
            attempts: campaign.attempts,
            delays,
            cap_day: campaign.cap_day,
            cap_week: campaign.cap_week,
            needs_consent: campaign.needs_consent,
            budget: campaign.budget,
            state: campaign.state.code(),
            team: campaign.team.clone(),
        }
    }
}

impl CampaignV1 {
    fn open(self) -> Result<Campaign, StoreError> {
        Ok(Campaign {
            id: CampaignId(self.id),
            name: self.name,
            kind: known!(CampaignKind, self.kind)?,
            segment: self.segment,
            offer: self.offer.map(OfferId),
            script: self.script.map(ScriptId),
            from: self.from.map(Day),
            until: self.until.map(Day),
            calls_from: self.calls_from,
            calls_to: self.calls_to,
            attempts: self.attempts,
            delays: self.delays,
            cap_day: self.cap_day,
            cap_week: self.cap_week,
            needs_consent: self.needs_consent,
            budget: self.budget,
            state: known!(CampaignState, self.state)?,
            team: self.team,
        })
    }
}

/// A script; frozen.
#[derive(Serialize, Deserialize)]
struct ScriptV1 {
    id: u64,
    name: String,
    queue: Option<u8>,
    lines: Vec<ScriptLineV1>,
}

/// A line of a script; frozen.
#[derive(Serialize, Deserialize)]
struct ScriptLineV1 {
    text: String,
    check: bool,
}

stored!(Script, Script, ScriptV1);

impl From<&Script> for ScriptV1 {
    fn from(script: &Script) -> Self {
        let Script { id, name, queue, lines } = script.clone();
        let line = |ScriptLine { text, check }| ScriptLineV1 { text, check };
        let lines = lines.into_iter().map(line).collect();
        Self { id: id.0, name, queue: queue.map(QueueKind::code), lines }
    }
}

impl ScriptV1 {
    fn open(self) -> Result<Script, StoreError> {
        let line = |ScriptLineV1 { text, check }| ScriptLine { text, check };
        Ok(Script {
            id: ScriptId(self.id),
            name: self.name,
            queue: self.queue.map(|code| known!(QueueKind, code)).transpose()?,
            lines: self.lines.into_iter().map(line).collect(),
        })
    }
}
