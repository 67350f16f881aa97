//! What was said of offers and of us: which offer works for whom, what it brought, and how customers
//! like it, by segment, offer, agent and month. One reading of all interactions serves each.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::ledgers::standing;
use super::super::rows;
use super::super::turns::stood_at;
use super::super::{Cancel, Desk, Refusal, Who};
use super::people::Chosen;
use super::{ReportQuery, narrowed};
use crate::directory::Bits;
use crate::domain::expression::as_value;
use crate::domain::names::named_enum;
use jiff::Timestamp;

use crate::domain::{
    AgentId, CustomerId, Day, Interaction, OfferAnswer, OfferId, Stage, StageMove,
};
use crate::insight::acceptance::Tally;
use crate::insight::experience::Voices;
use crate::insight::retention::SaveRate;
use crate::store::KeyRange;

/// Which offer works for whom.
#[derive(Clone, Debug, Default)]
pub struct OffersReport {
    pub as_of: Day,
    /// Each offer of all, then of those at each stage of life and in each saved segment who were asked.
    pub rows: Vec<OfferRow>,
}

/// An offer among some customers. Money in minor units.
#[derive(Clone, Debug, Default)]
pub struct OfferRow {
    pub offer: OfferId,
    pub name: String,
    /// Among whom.
    pub among: Among,
    /// Selects the customers who are like that now.
    pub expression: String,
    pub asked: u32,
    pub taken: u32,
    pub refused: u32,
    /// Its chance to be taken, by these answers, with the usual belief behind them.
    pub rate: SaveRate,
    /// What those that were taken brought, where it is known, and cost.
    pub margin: Option<i64>,
    pub cost: i64,
    /// What those who were asked said of us before and after.
    pub before: Voices,
    pub after: Voices,
}

/// A part of the customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Among {
    #[default]
    All,
    Stage(Stage),
    Segment(String),
}

named_enum! {
    /// By what answers of customers are grouped.
    pub enum VoiceBy {
        All = "all", Stage = "stage", Segment = "segment", Offer = "offer", Agent = "agent",
        Month = "month",
    }
}

/// How customers like it.
#[derive(Clone, Debug, Default)]
pub struct ExperienceReport {
    pub as_of: Day,
    /// Of all, then by stage, segment, offer, agent and month, as they come.
    pub rows: Vec<VoiceRow>,
}

/// What some of them said.
#[derive(Clone, Debug)]
pub struct VoiceRow {
    pub by: VoiceBy,
    /// The machine name of the stage, or the name of the segment, offer or agent, or the month.
    pub name: String,
    pub voices: Voices,
}

/// A saved segment and who is in it.
struct Part {
    name: String,
    set: Arc<Bits>,
}

/// Whose answers they are.
struct Whose {
    stage: Option<Stage>,
    /// When they moved, and from which stage.
    moves: Vec<(Timestamp, Stage)>,
    parts: Vec<Among>,
}

impl Whose {
    /// Which parts they belonged to at a moment: by the stage of then and the segments of now.
    fn when(&self, at: Timestamp) -> Vec<Among> {
        let stage = self.stage.map(|now| stood_at(self.moves.iter().copied(), at, now));
        let all = std::iter::once(Among::All).chain(stage.map(Among::Stage));
        all.chain(self.parts.iter().cloned()).collect()
    }
}

/// What a reading of the interactions needs.
struct Reading {
    chosen: Chosen,
    parts: Vec<Part>,
    agents: BTreeMap<AgentId, String>,
    offers: BTreeMap<OfferId, (String, Option<i64>, i64)>,
    zone: jiff::tz::TimeZone,
}

impl Desk {
    pub(super) fn report_offers(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<OffersReport, Refusal> {
        let reading = self.reading(who, query)?;
        let mut found: BTreeMap<(OfferId, Among), OfferRow> = BTreeMap::new();
        let until = query.as_of;
        self.each_customer(cancel, &mut |customer, all| {
            let Some(among) = self.among(customer, &reading) else { return };
            for (at, said) in all.iter().enumerate() {
                let Some(made) = &said.wrap_up.offer else { continue };
                let among = among.when(said.at);
                if until.is_some_and(|day| reading.day(said) > day) {
                    continue;
                }
                let (margin, cost) =
                    reading.offers.get(&made.offer).map_or((None, 0), |(_, m, c)| (*m, *c));
                let heard = |i: &&Interaction| {
                    i.wrap_up.satisfaction.is_some() || i.wrap_up.recommend.is_some()
                };
                let before = all.iter().take(at).rev().find(heard);
                let after = all.iter().skip(at).find(heard);
                for among in &among {
                    let row = found.entry((made.offer, among.clone())).or_default();
                    row.asked += 1;
                    let taken = made.answer == OfferAnswer::Accepted;
                    row.refused += u32::from(made.answer == OfferAnswer::Refused);
                    if taken {
                        row.taken += 1;
                        row.cost = row.cost.saturating_add(cost);
                        row.margin = margin.map(|m| row.margin.unwrap_or(0).saturating_add(m));
                    }
                    for (voices, said) in [(&mut row.before, before), (&mut row.after, after)] {
                        if let Some(said) = said {
                            voices.add(said.wrap_up.satisfaction, said.wrap_up.recommend);
                        }
                    }
                }
            }
        })?;
        let rows = found.into_iter().map(|((offer, among), row)| OfferRow {
            offer,
            name: reading.offers.get(&offer).map(|(name, ..)| name.clone()).unwrap_or_default(),
            expression: narrowed(&query.expression, &among.expression()),
            among,
            rate: Tally { asked: row.asked, taken: row.taken }.rate(),
            ..row
        });
        let mut rows: Vec<OfferRow> = rows.collect();
        // Within an offer all come first; the offer asked for most before the others.
        let mut asked: BTreeMap<OfferId, u32> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.among == Among::All) {
            asked.insert(row.offer, row.asked);
        }
        rows.sort_by_key(|row| {
            let of_offer = asked.get(&row.offer).copied().unwrap_or(0);
            (std::cmp::Reverse(of_offer), row.offer, row.among.clone())
        });
        Ok(OffersReport { as_of: self.report_day(who, query), rows })
    }

    pub(super) fn report_experience(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<ExperienceReport, Refusal> {
        let reading = self.reading(who, query)?;
        let mut found: BTreeMap<(VoiceBy, String), Voices> = BTreeMap::new();
        self.each_customer(cancel, &mut |customer, all| {
            let Some(among) = self.among(customer, &reading) else { return };
            for said in &all {
                let told = &said.wrap_up;
                let among = among.when(said.at);
                let is_silent = told.satisfaction.is_none() && told.recommend.is_none();
                let day = reading.day(said);
                if is_silent || query.as_of.is_some_and(|until| day > until) {
                    continue;
                }
                let mut add = |by, name: &str| {
                    let voices = found.entry((by, name.to_owned())).or_default();
                    voices.add(told.satisfaction, told.recommend);
                };
                for among in &among {
                    match among {
                        Among::All => add(VoiceBy::All, ""),
                        Among::Stage(stage) => add(VoiceBy::Stage, stage.name()),
                        Among::Segment(name) => add(VoiceBy::Segment, name),
                    }
                }
                if let Some((name, ..)) =
                    told.offer.as_ref().and_then(|o| reading.offers.get(&o.offer))
                {
                    add(VoiceBy::Offer, name);
                }
                let agent = reading.agents.get(&said.agent).map_or("", String::as_str);
                add(VoiceBy::Agent, agent);
                if let Some(date) = day.date() {
                    add(VoiceBy::Month, &format!("{:04}-{:02}", date.year(), date.month()));
                }
            }
        })?;
        let rows = found.into_iter().map(|((by, name), voices)| VoiceRow { by, name, voices });
        Ok(ExperienceReport { as_of: self.report_day(who, query), rows: rows.collect() })
    }

    fn reading(&self, who: &Who, query: &ReportQuery) -> Result<Reading, Refusal> {
        let chosen = self.chosen(who, &query.expression)?;
        let named: Vec<(String, String)> = {
            let state = self.read();
            let all = state.segments.iter().map(|kept| kept.record.name.clone());
            all.filter_map(|name| Some((state.segment_rule(&name)?, name))).collect()
        };
        let mut parts = Vec::with_capacity(named.len());
        for (rule, name) in named {
            // A segment whose rule says nothing any more has nobody in it.
            if let Ok(Chosen::Some(set)) = self.chosen(who, &rule) {
                parts.push(Part { name, set });
            }
        }
        let state = self.read();
        let offer = |kept: &super::super::Kept<crate::domain::Offer>| {
            let offer = &kept.record;
            (offer.id, (offer.name.clone(), offer.margin, offer.cost))
        };
        Ok(Reading {
            chosen,
            parts,
            agents: state.agents.iter().map(|a| (a.id, a.name.clone())).collect(),
            offers: state.definitions.offers.iter().map(offer).collect(),
            zone: super::super::zone(&state.settings.time_zone),
        })
    }

    /// Which parts a customer belongs to; `None` for one the report is not about.
    fn among(&self, customer: CustomerId, reading: &Reading) -> Option<Whose> {
        let state = self.read();
        let row = state.directory.row_of(customer)?;
        if let Chosen::Some(set) = &reading.chosen
            && !set.has(row)
        {
            return None;
        }
        let parts = reading.parts.iter().filter(|part| part.set.has(row));
        let parts = parts.map(|part| Among::Segment(part.name.clone())).collect();
        let stage = state.directory.stage(row);
        drop(state);
        // Moves that cannot be read are as none.
        let moves = rows::children::<StageMove>(&*self.engine, customer).unwrap_or_default();
        let moves = moves.into_iter().map(|(m, _)| (m.at, m.from)).collect();
        Some(Whose { stage, moves, parts })
    }

    /// Meets the interactions of each customer who was offered or asked anything, oldest first,
    /// without those that were corrected.
    fn each_customer(
        &self,
        cancel: &Cancel,
        each: &mut dyn FnMut(CustomerId, Vec<Interaction>),
    ) -> Result<(), Refusal> {
        const AT_ONCE: usize = 4_096;
        let mut seen = 0_usize;
        let mut waiting: Vec<Interaction> = Vec::new();
        let mut hand_on = |all: &mut Vec<Interaction>| {
            let told = |i: &Interaction| {
                let w = &i.wrap_up;
                w.offer.is_some() || w.satisfaction.is_some() || w.recommend.is_some()
            };
            if let Some(customer) = all.iter().find(|i| told(i)).map(|i| i.customer) {
                let mut all = standing(std::mem::take(all));
                all.sort_by_key(|i| (i.at, i.id));
                each(customer, all);
            }
            all.clear();
        };
        rows::read_all::<Interaction>(&*self.engine, KeyRange::all(), &mut |_, row, _| {
            seen += 1;
            if seen.is_multiple_of(AT_ONCE) && cancel.is_cancelled() {
                return ControlFlow::Break(());
            }
            if waiting.first().is_some_and(|first| first.customer != row.customer) {
                hand_on(&mut waiting);
            }
            // Notes are long and not needed here.
            waiting.push(Interaction { note: String::new(), ..row });
            ControlFlow::Continue(())
        })?;
        hand_on(&mut waiting);
        if cancel.is_cancelled() { Err(Refusal::Cancelled) } else { Ok(()) }
    }
}

impl Reading {
    fn day(&self, said: &Interaction) -> Day {
        Day::of(said.at.to_zoned(self.zone.clone()).date())
    }
}

impl Among {
    /// Selects those who are like that.
    fn expression(&self) -> String {
        match self {
            Self::All => String::new(),
            Self::Stage(stage) => format!("stage:{stage}"),
            Self::Segment(name) => format!("segment:{}", as_value(name)),
        }
    }

    /// The machine name of the stage, or the name of the segment; empty for all.
    pub fn name(&self) -> &str {
        match self {
            Self::All => "",
            Self::Stage(stage) => stage.name(),
            Self::Segment(name) => name,
        }
    }
}
