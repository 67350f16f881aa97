//! Asks the rule of calls about what is being logged or corrected: a call that is forbidden is refused,
//! unless a supervisor says why it was made all the same.

use jiff::Timestamp;

use crate::domain::{
    Campaign, CampaignId, Channel, Customer, Direction, Field, Interaction, Invalid, Outcome,
    Problem, Role,
};
use crate::store::{Table, Write};

use super::command::Log;
use super::lists::parse_some;
use super::permit::{self, Ban, Course, Person, Window};
use super::standing::Effort;
use super::state::State;
use super::{Desk, Refusal, Who, hours, rows, zone};

/// Stands for the outcome that a correction gives.
const CORRECTED: u16 = u16::MAX;

impl State {
    /// A campaign as it stands at a moment.
    pub fn course<'a>(&self, campaign: &'a Campaign, now: Timestamp) -> Course<'a> {
        let zone = zone(&self.settings.time_zone);
        let day = Desk::day_in(&self.settings, now);
        let begins = |days: i32| {
            let date = day.plus(days).date()?;
            let midnight = date.to_zoned(zone.clone()).ok()?;
            Some(midnight.timestamp())
        };
        let efforts = &self.answers.efforts;
        let calls = begins(0).zip(begins(1));
        Course {
            campaign,
            day,
            calls: calls.map_or(0, |(from, to)| efforts.calls(campaign.id, from, to)),
            spent: self.spent(campaign.id),
        }
    }

    /// What a campaign has cost so far, minor units.
    pub fn spent(&self, campaign: CampaignId) -> i64 {
        let cost = |id| self.definitions.offer(id).map_or(0, |offer| offer.cost);
        self.answers.efforts.spent(campaign, self.settings.minute_cost, &cost)
    }

    /// What forbids an agent a call to a customer for a campaign, given what campaigns did about the
    /// customer.
    fn bans<'s>(
        &'s self,
        who: &Who,
        campaign: &Campaign,
        customer: &Customer,
        efforts: &[Effort],
        outcome: &dyn Fn(u16) -> Option<&'s Outcome>,
    ) -> Vec<Ban> {
        let segment = parse_some(self, &campaign.segment);
        let today = self.scoring_day(Desk::day_in(&self.settings, who.now));
        let row = self.directory.row_of(customer.id);
        let is_member = row.zip(segment.ok()).is_some_and(|(row, segment)| {
            segment.is_none_or(|rule| self.directory.matches(&rule, row, today, None))
        });
        let zone = hours::zone_of(&customer.time_zone, &self.settings);
        let person = Person {
            must_not_be_called: customer.must_not_be_called(),
            agreed: customer.consent.marketing == Some(true),
            is_member,
            window: Window::of(campaign, &zone, who.now, &self.settings, &self.holidays),
            efforts,
            cooling: permit::cooling(&self.settings),
        };
        let mut all: Vec<Ban> = self.course(campaign, who.now).bans(&who.agent).collect();
        all.extend(permit::bans(campaign, &person, who.now, outcome));
        all.sort_by_key(|ban| ban.code());
        all
    }
}

/// What a call that is logged overrides, and who would have refused it.
pub(super) struct Allowed {
    pub overridden: Vec<Ban>,
    /// Touched so that two calls at once cannot both be the last that a cap or a budget allows.
    pub guard: Option<Write>,
}

impl Allowed {
    /// The label of an act, with what it overrides.
    pub fn label(&self, act: &str) -> String {
        let names: Vec<&str> = self.overridden.iter().map(|ban| ban.name()).collect();
        if names.is_empty() { act.to_owned() } else { format!("{act} despite {}", names.join(",")) }
    }
}

impl Desk {
    /// Whether a call may be logged: what it overrides, or a refusal.
    pub(super) fn allowed(
        &self,
        who: &Who,
        log: &Log,
        customer: &Customer,
    ) -> Result<Allowed, Refusal> {
        let (bans, guard, campaign) = match log.wrap_up.campaign {
            None => (ban_of_call(log, customer), None, String::new()),
            Some(id) => {
                let campaign = self.read().definitions.campaign(id).cloned();
                let missing = Invalid { field: Field::Campaign, problem: Problem::NotFound };
                let campaign = campaign.ok_or(missing)?;
                if log.direction == Direction::Inbound {
                    (Vec::new(), None, campaign.name)
                } else {
                    self.know_efforts()?;
                    let state = self.read();
                    let efforts = state.answers.efforts.of(customer.id);
                    let outcome = |number| state.outcome_numbered(number);
                    let bans = state.bans(who, &campaign, customer, &efforts, &outcome);
                    drop(state);
                    let capped = campaign.cap_day > 0 || campaign.budget > 0;
                    let guard = if capped { Some(self.campaign_guard(id)?) } else { None };
                    (bans, guard, campaign.name)
                }
            }
        };
        if bans.is_empty() {
            return Ok(Allowed { overridden: bans, guard });
        }
        if log.wrap_up.despite.as_deref().is_some_and(|reason| !reason.trim().is_empty()) {
            who.needs(Role::Supervisor)?;
            return Ok(Allowed { overridden: bans, guard });
        }
        let name = customer.name.clone();
        Err(match log.wrap_up.campaign {
            None => Refusal::DoNotCall { name },
            Some(_) => Refusal::Forbidden { name, campaign, bans },
        })
    }

    fn campaign_guard(&self, id: CampaignId) -> Result<Write, Refusal> {
        let key = [b"campaign".as_slice(), &id.0.to_be_bytes()].concat();
        let kept = self.engine.get(Table::Guard, &key)?.map(|row| row.revision);
        let value = Some((1, Vec::new()));
        Ok(Write { table: Table::Guard, key, value, expect: rows::as_read(kept) })
    }

    /// What a correction makes possible that was forbidden before: only a supervisor may.
    pub(super) fn loosened(
        &self,
        who: &Who,
        customer: (&Customer, &Customer),
        old: &Interaction,
        new: &Interaction,
    ) -> Result<Allowed, Refusal> {
        let (was, is) = customer;
        let mut lifted = Vec::new();
        if was.must_not_be_called() && !is.must_not_be_called() {
            lifted.push(Ban::DoNotCall);
        }
        if old.wrap_up.campaign.is_some() {
            self.know_efforts()?;
        }
        let state = self.read();
        let campaign = old.wrap_up.campaign.and_then(|id| state.definitions.campaign(id));
        if let Some(campaign) = campaign {
            let before = state.answers.efforts.of(was.id);
            let mut after = before.clone();
            for effort in after.iter_mut().filter(|effort| effort.id == old.id) {
                effort.outcome = CORRECTED;
            }
            let outcome = |number| match number {
                CORRECTED => state.outcome(&new.outcome),
                number => state.outcome_numbered(number),
            };
            let after = state.bans(who, campaign, is, &after, &outcome);
            let before = state.bans(who, campaign, was, &before, &outcome);
            if held_until(&after) < held_until(&before) {
                let by = before.into_iter().filter(|ban| hangs_on_outcome(*ban));
                lifted.extend(by.filter(|ban| *ban != Ban::DoNotCall));
            }
        }
        drop(state);
        if !lifted.is_empty() {
            who.needs(Role::Supervisor)?;
        }
        Ok(Allowed { overridden: lifted, guard: None })
    }
}

/// True of what the outcome of a call decides.
fn hangs_on_outcome(ban: Ban) -> bool {
    matches!(ban, Ban::DoNotCall | Ban::Answered | Ban::Waiting { .. })
}

/// How long the outcome of a call keeps a campaign from the next; for good is the longest.
fn held_until(bans: &[Ban]) -> Option<Timestamp> {
    let by = bans.iter().filter(|ban| hangs_on_outcome(**ban));
    by.map(|ban| ban.until().unwrap_or(Timestamp::MAX)).max()
}

/// Without a campaign only the customer's own wish forbids a call.
fn ban_of_call(log: &Log, customer: &Customer) -> Vec<Ban> {
    let calls = log.direction == Direction::Outbound && log.channel == Channel::Call;
    if calls && customer.must_not_be_called() { vec![Ban::DoNotCall] } else { Vec::new() }
}
