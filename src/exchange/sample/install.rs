//! Brings the sample's strategy into a store, and what follows from it: points that were redeemed, and,
//! once everyone is scored, calls to have some of those back who left.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::desk::{Answer, Cancel, Command, Desk, Log, Question, Refusal, Who};
use crate::domain::{
    Agent, AgentId, CampaignId, Channel, CustomerId, Day, DefinitionKind, Direction, Interaction,
    Language, OfferId, ProgrammeId, Purchase, PurchaseId, PurchaseKind, QueueKind, Segment, WrapUp,
};
use crate::exchange::plan::Plan;

use super::ingredients::Ingredients;

/// Of those in the queue of the ones who left, the first so many are looked at, and each third called.
const LEFT: usize = 48;
const EACH: usize = 3;

/// Points somebody took off a bill.
#[derive(Clone, Debug)]
pub struct Redemption {
    pub customer: CustomerId,
    /// The agent of this place.
    pub agent: usize,
    pub at: Timestamp,
    pub points: i64,
    pub note: String,
}

/// The store's identities of what the sample numbers from 1.
#[derive(Debug, Default)]
pub(super) struct Named {
    offers: Vec<OfferId>,
    campaigns: Vec<CampaignId>,
    programmes: Vec<ProgrammeId>,
}

impl Named {
    /// Puts the store's identities into what was noted of a conversation.
    pub fn put(&self, interaction: &mut Interaction) {
        let place = |id: u64| (id as usize).wrapping_sub(1);
        let said = &mut interaction.wrap_up;
        said.campaign = said.campaign.and_then(|id| self.campaigns.get(place(id.0)).copied());
        said.offer = said.offer.take().and_then(|mut made| {
            made.offer = *self.offers.get(place(made.offer.0))?;
            Some(made)
        });
    }
}

/// Saves segments and definitions, and finds out as what.
pub(super) fn install(
    desk: &Desk,
    who: &Who,
    plan: &Plan,
    segments: &[Segment],
) -> Result<Named, Refusal> {
    let (segments, definitions) = (segments.to_vec(), plan.definitions().to_vec());
    desk.act(who, Command::LoadPlan { segments, definitions })?;
    let Answer::Plans(plans) = desk.ask(who, Question::Plans, &Cancel::default())? else {
        return Ok(Named::default());
    };
    let kept = &plans.definitions;
    let mut named = Named::default();
    for planned in plan.definitions() {
        let Some(found) = kept.named(planned.definition.kind(), planned.definition.name()) else {
            continue;
        };
        let id = found.record.id();
        match planned.definition.kind() {
            DefinitionKind::Offer => named.offers.push(OfferId(id)),
            DefinitionKind::Campaign => named.campaigns.push(CampaignId(id)),
            DefinitionKind::Programme => named.programmes.push(ProgrammeId(id)),
            _ => {}
        }
    }
    Ok(named)
}

/// Redeems points of the first programme, each at its time and by its agent.
pub(super) fn redeem(
    desk: &Desk,
    who: &Who,
    named: &Named,
    staff: &[AgentId],
    customer: CustomerId,
    redemption: Redemption,
) -> Result<(), Refusal> {
    let Some(programme) = named.programmes.first().copied() else { return Ok(()) };
    let id = staff.get(redemption.agent).copied().unwrap_or(who.agent.id);
    let agent = Agent { id, ..who.agent.clone() };
    let then = Who { agent, now: redemption.at.min(who.now) };
    let Redemption { points, note, .. } = redemption;
    match desk.act(&then, Command::Redeem { customer, programme, points, note }) {
        // What was sent back has taken the points along.
        Err(Refusal::Invalid(_)) => Ok(()),
        done => done.map(|_| ()),
    }
}

/// Calls some of those who left, as the queue has them once everyone is scored: a few come back, with
/// some nothing more is tried. Calls lie three weeks back, so that nobody is missing from today's queue
/// for having been called a moment ago.
pub fn follow_up(desk: &Desk, who: &Who, language: Language) -> Result<(), Refusal> {
    let things = Ingredients::read();
    let own = usize::from(language.code());
    let then = Who { now: who.now.checked_sub(504.hours()).unwrap_or(who.now), ..who.clone() };
    let question = Question::Queue { kind: QueueKind::WinBack, from: 0, count: LEFT, anchor: None };
    let Answer::Queue(page) = desk.ask(who, question, &Cancel::default())? else { return Ok(()) };
    let called = page.rows.iter().step_by(EACH).map(|row| row.row.customer.id);
    for (at, customer) in called.enumerate() {
        let call = Command::Log(Log {
            customer,
            outcome: if at % 3 == 0 { "refused" } else { "answered" }.to_owned(),
            note: things.word("won_back_calls", own, at % 5).to_owned(),
            channel: Channel::Call,
            direction: Direction::Outbound,
            seconds: 120 + 35 * at as u32,
            callback: None,
            queue: Some(QueueKind::WinBack),
            finishes: None,
            wrap_up: WrapUp { checked: vec![1, 2], ..WrapUp::default() },
        });
        // Whoever may not be called at that hour is left alone.
        if desk.act(&then, call).is_err() {
            continue;
        }
        if at % 6 == 3 {
            let note = things.word("won_back_closed", own, at % 2).to_owned();
            desk.act(who, Command::CloseWinBack { customer, note })?;
        } else if at % 5 == 4 {
            came_back(desk, who, customer)?;
        }
    }
    Ok(())
}

/// Buys again what was bought last.
fn came_back(desk: &Desk, who: &Who, customer: CustomerId) -> Result<(), Refusal> {
    let question = Question::Profile(customer);
    let Answer::Profile(known) = desk.ask(who, question, &Cancel::default())? else {
        return Ok(());
    };
    let sale = known.purchases.iter().find(|p| p.kind == PurchaseKind::Sale);
    let Some(sale) = sale else { return Ok(()) };
    let lately = Day::of(who.now.to_zoned(TimeZone::UTC).date()).plus(-4);
    let day = lately.max(known.figures.last);
    let again = Purchase { id: PurchaseId(0), external_id: None, day, ..sale.clone() };
    desk.act(who, Command::AddPurchase(again)).map(|_| ())
}
