//! Answers about the campaigns: how each stands, and whom one that runs would have called now.

use std::sync::{MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::domain::expression::Expression;
use crate::domain::{Campaign, CampaignId, CustomerId, Outcome, QueueKind};

use super::drives::{Drives, Hold, put_off_in, queue_of};
use super::lists::parse_some;
use super::permit::Ban;
use super::places::RANKED;
use super::question::{QueuePage, QueueRow};
use super::state::State;
use super::{Desk, Refusal, Who};

/// Most rows a window holds.
const MOST_ROWS: usize = 500;

/// A campaign that runs, for the tabs.
#[derive(Clone, Debug, PartialEq)]
pub struct CampaignTab {
    pub id: CampaignId,
    pub name: String,
    /// Those it would have called now.
    pub ready: usize,
}

/// A campaign and how it stands. Money in minor units.
#[derive(Clone, Debug)]
pub struct CampaignRow {
    pub campaign: Campaign,
    /// Name of its script; empty without one.
    pub script: String,
    /// Name of its offer; empty without one.
    pub offer: String,
    /// Those of its segment.
    pub members: usize,
    /// Those it would have called now.
    pub ready: usize,
    /// What those calls are worth.
    pub worth: i64,
    /// Those of the segment who are not called now, and why.
    pub held: Vec<(Hold, usize)>,
    /// What forbids the asking agent every call.
    pub stopped: Vec<Ban>,
    /// When it calls next, when it is too early or too late everywhere.
    pub opens: Option<Timestamp>,
    /// Calls made today, in the business's day.
    pub today: usize,
    /// Spent so far.
    pub spent: i64,
    /// Those about whom it did something.
    pub called: usize,
    /// What it did is still being read.
    pub preparing: bool,
}

/// What a campaign has tried with a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    pub attempts: usize,
    /// The last of them, and how it ended.
    pub last: Option<(Timestamp, Option<Outcome>)>,
}

impl Desk {
    /// The queues of the campaigns, up to date; the state must not be held. `None` while it is not
    /// known what they did.
    fn drives(&self, now: Timestamp) -> Option<MutexGuard<'_, Drives>> {
        let mut drives = self.drives.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.read();
        if state.loading.is_some() || !state.answers.is_whole() {
            return None;
        }
        drives.follow(&state, now);
        Some(drives)
    }

    /// What a call is for that was taken from no queue: of the queues and campaigns with a script that
    /// would have the customer called now by this agent, the one where most is at stake.
    pub(super) fn purpose(
        &self,
        who: &Who,
        id: CustomerId,
    ) -> (Option<QueueKind>, Option<CampaignId>) {
        if self.read().definitions.scripts.is_empty() {
            return (None, None);
        }
        let drives = self.drives(who.now);
        let state = self.read();
        let queues = RANKED.into_iter().filter_map(|kind| {
            state.script_of(Some(kind), None)?;
            Some((state.scores.line(kind).place(id).value()?, (Some(kind), None)))
        });
        let campaigns = state.definitions.campaigns.iter().filter_map(|kept| {
            let campaign = &kept.record;
            state.script_of(None, Some(campaign.id))?;
            let value = drives.as_ref()?.get(campaign.id)?.value_of(id)?;
            let is_stopped = state.course(campaign, who.now).bans(&who.agent).next().is_some();
            (!is_stopped).then_some((value, (None, Some(campaign.id))))
        });
        let most = queues.chain(campaigns).max_by_key(|(value, _)| *value);
        most.map_or((None, None), |(_, purpose)| purpose)
    }

    /// The campaigns an agent may call for.
    pub(super) fn campaign_tabs(&self, who: &Who) -> Vec<CampaignTab> {
        if self.read().definitions.campaigns.is_empty() {
            return Vec::new();
        }
        let drives = self.drives(who.now);
        let state = self.read();
        let mut tabs = Vec::new();
        for campaign in state.definitions.campaigns.iter().map(|kept| &kept.record) {
            let course = state.course(campaign, who.now);
            let mut stopped = course.bans(&who.agent);
            let is_mine = stopped.all(|ban| !matches!(ban, Ban::NotRunning | Ban::OtherTeam));
            if is_mine {
                let stopped = course.bans(&who.agent).next().is_some();
                let drive = drives.as_ref().and_then(|d| d.get(campaign.id));
                let ready = drive.filter(|_| !stopped).map_or(0, |drive| drive.queue().len());
                tabs.push(CampaignTab { id: campaign.id, name: campaign.name.clone(), ready });
            }
        }
        tabs
    }

    /// All campaigns.
    pub(super) fn campaigns(&self, who: &Who) -> Vec<CampaignRow> {
        let drives = self.drives(who.now);
        let state = self.read();
        let campaigns = state.definitions.campaigns.iter().map(|kept| &kept.record);
        campaigns.map(|campaign| row(&state, who, campaign, drives.as_deref())).collect()
    }

    /// A window of what a campaign would have called now.
    pub(super) fn campaign_queue(
        &self,
        who: &Who,
        id: CampaignId,
        from: usize,
        count: usize,
        anchor: Option<CustomerId>,
    ) -> Result<QueuePage, Refusal> {
        let campaign = self.read().definitions.campaign(id).cloned();
        let name = id.to_string();
        let campaign = campaign.ok_or(Refusal::NotFound { what: "campaign", name })?;
        let kind = put_off_in(campaign.kind);
        let mut page = self.bare_page(who, kind, from)?;
        let mut window: Vec<(CustomerId, i64)> = Vec::new();
        {
            let drives = self.drives(who.now);
            let state = self.read();
            let row = row(&state, who, &campaign, drives.as_deref());
            let drive = drives.as_ref().and_then(|drives| drives.get(id));
            if let Some(drive) = drive.filter(|_| row.stopped.is_empty()) {
                page.total = drive.queue().len();
                page.worth = drive.worth();
                page.anchor_at = anchor.and_then(|id| drive.position(id));
                let rows = drive.queue().iter().skip(from).take(count.min(MOST_ROWS));
                window = rows.map(|(value, id)| (*id, value.0)).collect();
            }
            page.preparing = row.preparing;
            page.uplift = None;
            page.campaign = Some(Box::new(row));
        }
        let ids: Vec<CustomerId> = window.iter().map(|(id, _)| *id).collect();
        page.rows = self.queue_rows(who, kind, &ids)?;
        let state = self.read();
        let records = state.records();
        for row in &mut page.rows {
            let id = row.row.customer.id;
            let value = window.iter().find(|(other, _)| *other == id).map_or(0, |(_, v)| *v);
            adorn(&state, &campaign, row, value, &records);
        }
        Ok(page)
    }
}

/// What the campaign knows of a row of its queue beside what any queue does.
fn adorn(
    state: &State,
    campaign: &Campaign,
    row: &mut QueueRow,
    value: i64,
    records: &std::collections::HashMap<crate::domain::OfferId, super::propose::Record>,
) {
    let id = row.row.customer.id;
    row.expected_value = value;
    // Where the offer decided what the call is worth, the arithmetic of the queue did not.
    let decided = row.arithmetic.filter(|a| state.whole(a.ev()) == value);
    row.arithmetic = decided.filter(|_| queue_of(campaign.kind).is_some());
    if let Some(offer) = campaign.offer.and_then(|id| state.definitions.offer(id)) {
        row.proposition = state.proposition_of(offer, id, records);
    }
    let efforts = state.answers.efforts.of(id);
    let calls = efforts.iter().filter(|e| e.campaign == campaign.id && e.outbound);
    let outcome = |number| state.outcome_numbered(number).cloned();
    row.tried = Some(Tried {
        attempts: calls.clone().count(),
        last: calls.clone().next_back().map(|effort| (effort.at, outcome(effort.outcome))),
    });
}

fn row(state: &State, who: &Who, campaign: &Campaign, drives: Option<&Drives>) -> CampaignRow {
    let course = state.course(campaign, who.now);
    let drive = drives.and_then(|drives| drives.get(campaign.id));
    let members = || {
        let rule = parse_some(state, &campaign.segment).ok()?.unwrap_or(Expression::All);
        let today = state.scoring_day(Desk::day_in(&state.settings, who.now));
        Some(state.directory.eval(&rule, today, None).count())
    };
    let named = |name: Option<&String>| name.cloned().unwrap_or_default();
    let script = campaign.script.and_then(|id| state.definitions.script(id)).map(|s| &s.name);
    let offer = campaign.offer.and_then(|id| state.definitions.offer(id)).map(|o| &o.name);
    CampaignRow {
        script: named(script),
        offer: named(offer),
        members: drive.map_or_else(|| members().unwrap_or(0), super::drives::Drive::members),
        ready: drive.map_or(0, |drive| drive.queue().len()),
        worth: drive.map_or(0, super::drives::Drive::worth),
        held: drive.map(super::drives::Drive::held).unwrap_or_default(),
        stopped: course.bans(&who.agent).collect(),
        opens: drive.and_then(super::drives::Drive::opens),
        today: course.calls,
        spent: course.spent,
        called: state.answers.efforts.called(campaign.id),
        preparing: drives.is_none(),
        campaign: campaign.clone(),
    }
}
