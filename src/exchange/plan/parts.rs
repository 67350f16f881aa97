//! The parts of a document as they are written: the keys of TOML, and what may be left out.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::domain::{
    Campaign, CampaignId, CampaignKind, CampaignState, Day, Membership, Offer, OfferId, OwnField,
    OwnFieldId, OwnFieldKind, Process, ProcessId, Programme, ProgrammeId, QueueKind, Script,
    ScriptId, ScriptLine, Segment, SegmentId, Stage, Start, Step, Tier,
};

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Document {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub segment: Vec<Spanned<SegmentPart>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offer: Vec<Spanned<OfferPart>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub programme: Vec<Spanned<ProgrammePart>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub process: Vec<Spanned<ProcessPart>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub script: Vec<Spanned<ScriptPart>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub campaign: Vec<Spanned<CampaignPart>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub own_field: Vec<Spanned<OwnFieldPart>>,
}

/// A rule or a tag.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentPart {
    name: String,
    rule: Option<String>,
    tag: Option<String>,
    #[serde(default)]
    target: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

impl SegmentPart {
    pub fn of(segment: &Segment) -> Self {
        let Segment { id: _, name, membership, target, note } = segment.clone();
        let (rule, tag) = match membership {
            Membership::Rule(rule) => (Some(rule), None),
            Membership::Tag(tag) => (None, Some(tag)),
        };
        Self { name, rule, tag, target, note }
    }

    /// `None` unless there is either a rule or a tag.
    pub fn segment(self) -> Option<Segment> {
        let membership = match (self.rule, self.tag) {
            (Some(rule), None) => Membership::Rule(rule),
            (None, Some(tag)) => Membership::Tag(tag),
            _ => return None,
        };
        let (name, target, note) = (self.name, self.target, self.note);
        Some(Segment { id: SegmentId(0), name, membership, target, note })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferPart {
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    need: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    segment: String,
    pub product: Option<String>,
    #[serde(default)]
    cost: i64,
    margin: Option<i64>,
    from: Option<String>,
    until: Option<String>,
    #[serde(default = "yes")]
    active: bool,
}

impl OfferPart {
    pub fn of(offer: &Offer, product: Option<String>) -> Self {
        let Offer { id: _, name, note, need, segment, product: _, cost, margin, .. } =
            offer.clone();
        let (from, until) = (offer.from.map(date), offer.until.map(date));
        let active = offer.active;
        Self { name, note, need, segment, product, cost, margin, from, until, active }
    }

    pub fn offer(self) -> Result<Offer, String> {
        Ok(Offer {
            id: OfferId(0),
            name: self.name,
            note: self.note,
            need: self.need,
            segment: self.segment,
            product: None,
            cost: self.cost,
            margin: self.margin,
            from: day(self.from)?,
            until: day(self.until)?,
            active: self.active,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgrammePart {
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    eligible: String,
    #[serde(default)]
    spend_per_point: i64,
    #[serde(default)]
    point_value: i64,
    expires_days: Option<u16>,
    #[serde(default)]
    tiers: Vec<TierPart>,
    #[serde(default = "yes")]
    active: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierPart {
    threshold: i64,
    #[serde(default)]
    discount: u16,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    terms: String,
}

impl ProgrammePart {
    pub fn of(programme: &Programme) -> Self {
        let Programme { id: _, name, eligible, spend_per_point, point_value, .. } =
            programme.clone();
        let tier = |tier: &Tier| {
            let Tier { threshold, discount, terms } = tier.clone();
            TierPart { threshold, discount, terms }
        };
        Self {
            name,
            eligible,
            spend_per_point,
            point_value,
            expires_days: programme.expires_days,
            tiers: programme.tiers.iter().map(tier).collect(),
            active: programme.active,
        }
    }

    pub fn programme(self) -> Programme {
        let tier = |TierPart { threshold, discount, terms }| Tier { threshold, discount, terms };
        Programme {
            id: ProgrammeId(0),
            name: self.name,
            eligible: self.eligible,
            spend_per_point: self.spend_per_point,
            point_value: self.point_value,
            expires_days: self.expires_days,
            tiers: self.tiers.into_iter().map(tier).collect(),
            active: self.active,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessPart {
    name: String,
    #[serde(default = "yes")]
    active: bool,
    #[serde(default)]
    starts: Vec<StartPart>,
    steps: Vec<StepPart>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartPart {
    Outcome(String),
    Stage(Stage),
    Enters(String),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepPart {
    name: String,
    team: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    role: String,
    hours: u16,
}

impl ProcessPart {
    pub fn of(process: &Process) -> Self {
        let start = |start: &Start| match start.clone() {
            Start::Outcome(code) => StartPart::Outcome(code),
            Start::Stage(stage) => StartPart::Stage(stage),
            Start::Enters(rule) => StartPart::Enters(rule),
        };
        let step = |step: &Step| {
            let Step { name, team, role, hours } = step.clone();
            StepPart { name, team, role, hours }
        };
        Self {
            name: process.name.clone(),
            active: process.active,
            starts: process.starts.iter().map(start).collect(),
            steps: process.steps.iter().map(step).collect(),
        }
    }

    pub fn process(self) -> Process {
        let start = |start| match start {
            StartPart::Outcome(code) => Start::Outcome(code),
            StartPart::Stage(stage) => Start::Stage(stage),
            StartPart::Enters(rule) => Start::Enters(rule),
        };
        let step = |StepPart { name, team, role, hours }| Step { name, team, role, hours };
        Process {
            id: ProcessId(0),
            name: self.name,
            steps: self.steps.into_iter().map(step).collect(),
            starts: self.starts.into_iter().map(start).collect(),
            active: self.active,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptPart {
    name: String,
    queue: Option<QueueKind>,
    lines: Vec<LinePart>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinePart {
    text: String,
    #[serde(default)]
    check: bool,
}

impl ScriptPart {
    pub fn of(script: &Script) -> Self {
        let line = |line: &ScriptLine| LinePart { text: line.text.clone(), check: line.check };
        let lines = script.lines.iter().map(line).collect();
        Self { name: script.name.clone(), queue: script.queue, lines }
    }

    pub fn script(self) -> Script {
        let line = |LinePart { text, check }| ScriptLine { text, check };
        let lines = self.lines.into_iter().map(line).collect();
        Script { id: ScriptId(0), name: self.name, queue: self.queue, lines }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampaignPart {
    name: String,
    kind: CampaignKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    segment: String,
    pub offer: Option<String>,
    pub script: Option<String>,
    from: Option<String>,
    until: Option<String>,
    calls_from: Option<u8>,
    calls_to: Option<u8>,
    attempts: Option<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    delays: Vec<DelayPart>,
    cap_day: Option<u32>,
    cap_week: Option<u8>,
    #[serde(default)]
    needs_consent: bool,
    #[serde(default)]
    budget: i64,
    state: Option<CampaignState>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    team: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DelayPart {
    outcome: String,
    minutes: u32,
}

impl CampaignPart {
    pub fn of(campaign: &Campaign, offer: Option<String>, script: Option<String>) -> Self {
        let delay = |(outcome, minutes): &(String, u32)| DelayPart {
            outcome: outcome.clone(),
            minutes: *minutes,
        };
        Self {
            name: campaign.name.clone(),
            kind: campaign.kind,
            segment: campaign.segment.clone(),
            offer,
            script,
            from: campaign.from.map(date),
            until: campaign.until.map(date),
            calls_from: Some(campaign.calls_from),
            calls_to: Some(campaign.calls_to),
            attempts: Some(campaign.attempts),
            delays: campaign.delays.iter().map(delay).collect(),
            cap_day: Some(campaign.cap_day),
            cap_week: Some(campaign.cap_week),
            needs_consent: campaign.needs_consent,
            budget: campaign.budget,
            state: Some(campaign.state),
            team: campaign.team.clone(),
        }
    }

    pub fn campaign(self) -> Result<Campaign, String> {
        let usual = Campaign::new(&self.name, self.kind);
        let delay = |DelayPart { outcome, minutes }| (outcome, minutes);
        Ok(Campaign {
            id: CampaignId(0),
            segment: self.segment,
            from: day(self.from)?,
            until: day(self.until)?,
            calls_from: self.calls_from.unwrap_or(usual.calls_from),
            calls_to: self.calls_to.unwrap_or(usual.calls_to),
            attempts: self.attempts.unwrap_or(usual.attempts),
            delays: self.delays.into_iter().map(delay).collect(),
            cap_day: self.cap_day.unwrap_or(usual.cap_day),
            cap_week: self.cap_week.unwrap_or(usual.cap_week),
            needs_consent: self.needs_consent,
            budget: self.budget,
            state: self.state.unwrap_or(usual.state),
            team: self.team,
            ..usual
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnFieldPart {
    name: String,
    kind: OwnFieldKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
    #[serde(default)]
    order: u16,
}

impl OwnFieldPart {
    pub fn of(field: &OwnField) -> Self {
        let OwnField { id: _, name, kind, choices, order } = field.clone();
        Self { name, kind, choices, order }
    }

    pub fn own_field(self) -> OwnField {
        let Self { name, kind, choices, order } = self;
        OwnField { id: OwnFieldId(0), name, kind, choices, order }
    }
}

fn yes() -> bool {
    true
}

fn date(day: Day) -> String {
    day.to_string()
}

/// The text comes back when it is no date.
fn day(text: Option<String>) -> Result<Option<Day>, String> {
    let read = |text: String| match text.parse::<jiff::civil::Date>() {
        Ok(date) => Ok(Day::of(date)),
        Err(_) => Err(text),
    };
    text.map(read).transpose()
}
