//! Interactions and the outcomes they can end with.

use serde::{Deserialize, Serialize};

use super::{MomentV1, known, stored};
use crate::domain::{
    AgentId, CampaignId, Channel, CustomerId, Direction, Interaction, InteractionId, Meaning,
    OfferAnswer, OfferId, Outcome, Proposed, QueueKind, WrapUp,
};
use crate::store::{StoreError, Table};

/// An interaction; frozen.
#[derive(Serialize, Deserialize)]
struct InteractionV1 {
    id: u64,
    customer: u64,
    external_id: Option<String>,
    at: MomentV1,
    channel: u8,
    direction: u8,
    outcome: String,
    seconds: u32,
    agent: u64,
    note: String,
    corrects: Option<u64>,
}

/// An interaction with the queue it came from; frozen.
#[derive(Serialize, Deserialize)]
struct InteractionV2 {
    first: InteractionV1,
    queue: Option<u8>,
}

/// An interaction with what was noted beside its outcome; frozen.
#[derive(Serialize, Deserialize)]
struct InteractionV3 {
    second: InteractionV2,
    campaign: Option<u64>,
    offer: Option<ProposedV1>,
    satisfaction: Option<u8>,
    recommend: Option<u8>,
    checked: Vec<u8>,
}

/// An interaction with why it was made though a rule forbade it; frozen.
#[derive(Serialize, Deserialize)]
struct InteractionV4 {
    third: InteractionV3,
    despite: Option<String>,
}

/// An offer that was made; frozen.
#[derive(Serialize, Deserialize)]
struct ProposedV1 {
    offer: u64,
    answer: u8,
    reason: String,
}

stored!(Interaction, Interaction, InteractionV1, InteractionV2, InteractionV3, InteractionV4);

impl From<&Interaction> for InteractionV4 {
    fn from(interaction: &Interaction) -> Self {
        Self { third: interaction.into(), despite: interaction.wrap_up.despite.clone() }
    }
}

impl InteractionV4 {
    fn open(self) -> Result<Interaction, StoreError> {
        let mut interaction = self.third.open()?;
        interaction.wrap_up.despite = self.despite;
        Ok(interaction)
    }
}

impl From<&Interaction> for InteractionV3 {
    fn from(interaction: &Interaction) -> Self {
        let WrapUp { campaign, offer, satisfaction, recommend, checked, despite: _ } =
            interaction.wrap_up.clone();
        let proposed = |Proposed { offer, answer, reason }| ProposedV1 {
            offer: offer.0,
            answer: answer.code(),
            reason,
        };
        Self {
            second: interaction.into(),
            campaign: campaign.map(|id| id.0),
            offer: offer.map(proposed),
            satisfaction,
            recommend,
            checked,
        }
    }
}

impl InteractionV3 {
    fn open(self) -> Result<Interaction, StoreError> {
        let Self { second, campaign, offer, satisfaction, recommend, checked } = self;
        let proposed = |ProposedV1 { offer, answer, reason }| -> Result<Proposed, StoreError> {
            Ok(Proposed { offer: OfferId(offer), answer: known!(OfferAnswer, answer)?, reason })
        };
        let wrap_up = WrapUp {
            campaign: campaign.map(CampaignId),
            offer: offer.map(proposed).transpose()?,
            satisfaction,
            recommend,
            checked,
            despite: None,
        };
        Ok(Interaction { wrap_up, ..second.open()? })
    }
}

impl From<&Interaction> for InteractionV2 {
    fn from(interaction: &Interaction) -> Self {
        Self { first: interaction.into(), queue: interaction.queue.map(QueueKind::code) }
    }
}

impl InteractionV2 {
    fn open(self) -> Result<Interaction, StoreError> {
        let queue = self.queue.map(|code| known!(QueueKind, code)).transpose()?;
        Ok(Interaction { queue, ..self.first.open()? })
    }
}

impl From<&Interaction> for InteractionV1 {
    fn from(interaction: &Interaction) -> Self {
        let Interaction {
            id,
            customer,
            external_id,
            at,
            channel,
            direction,
            outcome,
            seconds,
            agent,
            note,
            corrects,
            queue: _,
            wrap_up: _,
        } = interaction.clone();
        Self {
            id: id.0,
            customer: customer.0,
            external_id,
            at: at.into(),
            channel: channel.code(),
            direction: direction.code(),
            outcome,
            seconds,
            agent: agent.0,
            note,
            corrects: corrects.map(|id| id.0),
        }
    }
}

impl InteractionV1 {
    fn open(self) -> Result<Interaction, StoreError> {
        Ok(Interaction {
            id: InteractionId(self.id),
            customer: CustomerId(self.customer),
            external_id: self.external_id,
            at: self.at.open(Table::Interaction)?,
            channel: known!(Channel, self.channel)?,
            direction: known!(Direction, self.direction)?,
            outcome: self.outcome,
            seconds: self.seconds,
            agent: AgentId(self.agent),
            note: self.note,
            corrects: self.corrects.map(InteractionId),
            queue: None,
            wrap_up: WrapUp::default(),
        })
    }
}

/// An outcome; frozen.
#[derive(Serialize, Deserialize)]
struct OutcomeV1 {
    code: String,
    key: char,
    name_en: String,
    name_fa: String,
    meaning: u8,
    retry_minutes: Option<u32>,
    active: bool,
}

stored!(Outcome, Outcome, OutcomeV1);

impl From<&Outcome> for OutcomeV1 {
    fn from(outcome: &Outcome) -> Self {
        let Outcome { code, key, name_en, name_fa, meaning, retry_minutes, active } =
            outcome.clone();
        Self { code, key, name_en, name_fa, meaning: meaning.code(), retry_minutes, active }
    }
}

impl OutcomeV1 {
    fn open(self) -> Result<Outcome, StoreError> {
        let Self { code, key, name_en, name_fa, meaning, retry_minutes, active } = self;
        let meaning = known!(Meaning, meaning)?;
        Ok(Outcome { code, key, name_en, name_fa, meaning, retry_minutes, active })
    }
}
