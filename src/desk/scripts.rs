//! What is said in a call: the script of a campaign or a queue, with a customer's facts in its places.
//! Hands out facts, never words: the screen says in its language what is not known.

use crate::domain::{
    CampaignId, CustomerId, CustomerKind, Day, Definition, DefinitionKind, Fact, FactKind,
    Interaction, Piece, ProductId, Purchase, PurchaseKind, QueueKind, Relation, RelationKind,
    Script, ScriptId, ScriptLine, ScriptPlace, Stage,
};

use super::rows;
use super::state::State;
use super::{Desk, Refusal, Who};

/// Newest purchases among which the last product is looked for.
const PURCHASES: usize = 20;

/// Which script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// That of a call: of its campaign, else of its queue; of one that is taken from neither, where
    /// most is at stake among those that would have the customer called.
    Call { queue: Option<QueueKind>, campaign: Option<CampaignId> },
    /// The one a word names: a script, a queue or a campaign.
    Named(String),
}

/// A script with the facts of a customer in its places.
#[derive(Clone, Debug, PartialEq)]
pub struct Spoken {
    pub id: ScriptId,
    pub name: String,
    /// What the call is for.
    pub queue: Option<QueueKind>,
    pub campaign: Option<CampaignId>,
    pub lines: Vec<SpokenLine>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq)]
pub struct SpokenLine {
    /// Ticked off when it was said.
    pub check: bool,
    pub parts: Vec<SpokenPart>,
}

/// Words of the script, or a place with what fills it, when that is known.
#[derive(Clone, Debug, PartialEq)]
pub enum SpokenPart {
    Words(String),
    Fact(ScriptPlace, Option<Said>),
}

/// A fact that fills a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    Text(String),
    Day(Day),
    Stage(Stage),
    Points(i64),
}

impl State {
    /// The script of a call: of its campaign, else of its queue.
    pub fn script_of(
        &self,
        queue: Option<QueueKind>,
        campaign: Option<CampaignId>,
    ) -> Option<&Script> {
        let campaign = campaign.and_then(|id| self.definitions.campaign(id));
        let own = campaign.and_then(|c| self.definitions.script(c.script?));
        own.or_else(|| {
            let queue = queue?;
            let all = self.definitions.scripts.iter().map(|kept| &kept.record);
            { all }.find(|script| script.queue == Some(queue))
        })
    }

    /// How many steps the script of an interaction has, when some were ticked off.
    pub fn steps_of(&self, interaction: &Interaction) -> Option<usize> {
        let ticked = interaction.wrap_up.checked.len();
        if ticked == 0 {
            return None;
        }
        let script = self.script_of(interaction.queue, interaction.wrap_up.campaign);
        // One that was shortened since had at least as many.
        Some(script.map_or(0, Script::steps).max(ticked))
    }
}

impl Desk {
    /// A script filled in for a customer; `None` when the call has none.
    pub(super) fn script(
        &self,
        who: &Who,
        id: CustomerId,
        which: &Which,
    ) -> Result<Option<Spoken>, Refusal> {
        let found = match which {
            Which::Call { queue, campaign } => {
                let (queue, campaign) = match (queue, campaign) {
                    (None, None) => self.purpose(who, id),
                    given => (*given.0, *given.1),
                };
                let script = self.read().script_of(queue, campaign).cloned();
                script.map(|script| (script, queue, campaign))
            }
            Which::Named(word) => Some(named(&self.read(), word)?),
        };
        let Some((script, queue, campaign)) = found else { return Ok(None) };
        let used: Vec<Vec<Piece<'_>>> = script.lines.iter().map(ScriptLine::pieces).collect();
        let mut facts: Vec<(ScriptPlace, Option<Said>)> = Vec::new();
        for piece in used.iter().flatten() {
            let Piece::Place(place) = piece else { continue };
            if !facts.iter().any(|(known, _)| known == place) {
                facts.push((*place, self.said(who, id, *place, queue, campaign)?));
            }
        }
        let said = |place: ScriptPlace| {
            let fact = facts.iter().find(|(known, _)| *known == place);
            fact.and_then(|(_, said)| said.clone())
        };
        let part = |piece: Piece<'_>| match piece {
            Piece::Words(words) => SpokenPart::Words(words.to_owned()),
            Piece::Place(place) => SpokenPart::Fact(place, said(place)),
        };
        let lines = script.lines.iter().zip(used).map(|(line, pieces)| SpokenLine {
            check: line.check,
            parts: pieces.into_iter().map(part).collect(),
        });
        let lines = lines.collect();
        Ok(Some(Spoken { id: script.id, name: script.name, queue, campaign, lines }))
    }

    /// What fills a place.
    fn said(
        &self,
        who: &Who,
        id: CustomerId,
        place: ScriptPlace,
        queue: Option<QueueKind>,
        campaign: Option<CampaignId>,
    ) -> Result<Option<Said>, Refusal> {
        let text = |text: String| Some(text).filter(|t| !t.trim().is_empty()).map(Said::Text);
        let (customer, _) = self.customer(id)?;
        Ok(match place {
            ScriptPlace::Name => text(customer.name),
            ScriptPlace::City => text(customer.place.city),
            ScriptPlace::Agent => text(who.agent.name.clone()),
            ScriptPlace::Stage => Some(Said::Stage(customer.stage)),
            ScriptPlace::LastPurchase => {
                let (ledger, _) = rows::ledger(&*self.engine, id)?;
                let mut days = ledger.purchases.days.iter().rev();
                days.find(|total| total.sales > 0).map(|total| Said::Day(total.day))
            }
            ScriptPlace::Product => self.product_said(id, queue)?.and_then(text),
            ScriptPlace::Offer => self.offer_said(who, id, campaign).and_then(text),
            ScriptPlace::Need => self.need_said(id)?.and_then(text),
            ScriptPlace::Points => {
                let (ledger, _) = rows::ledger(&*self.engine, id)?;
                let all = self.memberships(id, &ledger.purchases, self.day(who.now))?;
                let points = all.iter().map(|m| m.balance.points).sum();
                (!all.is_empty()).then_some(Said::Points(points))
            }
            ScriptPlace::Company if customer.kind == CustomerKind::Organisation => {
                text(customer.name)
            }
            ScriptPlace::Company => self.company_said(id)?.and_then(text),
        })
    }

    /// What the queue proposes; where it proposes nothing, what was bought last.
    fn product_said(
        &self,
        id: CustomerId,
        queue: Option<QueueKind>,
    ) -> Result<Option<String>, Refusal> {
        if let Some(kind @ (QueueKind::CrossSell | QueueKind::UpSell)) = queue {
            let state = self.read();
            let pitch = state
                .stand(id)
                .and_then(|stand| state.scores.pitch(kind, id, &state.settings, stand));
            let product = pitch.and_then(|pitch| pitch.product).map(|(product, _)| product);
            let product = product.map(|id| ProductId(u64::from(id)));
            if let Some(product) = product.and_then(|id| state.products.get(&id)) {
                return Ok(Some(product.name.clone()));
            }
        }
        let mut bought = rows::newest_children::<Purchase>(&*self.engine, id, PURCHASES)?;
        bought.retain(|purchase| purchase.kind == PurchaseKind::Sale);
        bought.sort_by_key(|purchase| std::cmp::Reverse((purchase.day, purchase.id)));
        let state = self.read();
        let lines = bought.iter().flat_map(|purchase| &purchase.lines);
        let mut named = lines.filter_map(|line| state.products.get(&line.product?));
        Ok(named.next().map(|product| product.name.clone()))
    }

    /// That of the campaign, else the one that fits best.
    fn offer_said(
        &self,
        who: &Who,
        id: CustomerId,
        campaign: Option<CampaignId>,
    ) -> Option<String> {
        let state = self.read();
        let campaign = campaign.and_then(|id| state.definitions.campaign(id));
        if let Some(offer) = campaign.and_then(|c| state.definitions.offer(c.offer?)) {
            return Some(offer.name.clone());
        }
        let today = Self::day_in(&state.settings, who.now);
        let best = state.propositions(id, today, who.agent.id).into_iter().next();
        best.map(|best| best.offer.name)
    }

    fn need_said(&self, id: CustomerId) -> Result<Option<String>, Refusal> {
        let facts = rows::children::<Fact>(&*self.engine, id)?;
        let of = |kind: FactKind| facts.iter().find(|(fact, _)| fact.kind == kind);
        let need = of(FactKind::Need).or_else(|| of(FactKind::Expectation));
        Ok(need.map(|(fact, _)| fact.text.clone()))
    }

    fn company_said(&self, id: CustomerId) -> Result<Option<String>, Refusal> {
        let ties = rows::children::<Relation>(&*self.engine, id)?;
        let mut ties = ties.into_iter().map(|(tie, _)| tie);
        let works = ties.find(|tie| tie.kind == RelationKind::WorksAt && tie.from == id);
        let Some(works) = works else { return Ok(None) };
        Ok(self.customer(works.to).ok().map(|(company, _)| company.name))
    }
}

/// The script a word names, and the queue or campaign it is looked at for.
fn named(
    state: &State,
    word: &str,
) -> Result<(Script, Option<QueueKind>, Option<CampaignId>), Refusal> {
    if let Some(kept) = state.definitions.named(DefinitionKind::Script, word)
        && let Definition::Script(script) = kept.record
    {
        let queue = script.queue;
        return Ok((script, queue, None));
    }
    let queue = QueueKind::parse(word);
    let campaign = state.definitions.named(DefinitionKind::Campaign, word);
    let campaign = campaign.map(|kept| CampaignId(kept.record.id()));
    let script = state.script_of(queue, campaign).cloned();
    let missing = || Refusal::NotFound { what: "script", name: word.to_owned() };
    Ok((script.ok_or_else(missing)?, queue, campaign))
}
