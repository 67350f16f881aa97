//! What the campaigns did so far: every contact made for one, by customer, with what it cost. Kept in
//! memory from the rows as they are written, corrected and taken back. Decides nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;

use crate::domain::{
    CampaignId, CustomerId, Direction, Interaction, InteractionId, OfferAnswer, OfferId,
};

/// A contact made for a campaign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Effort {
    pub id: InteractionId,
    pub corrects: Option<InteractionId>,
    pub campaign: CampaignId,
    pub at: Timestamp,
    /// The number of its outcome's code.
    pub outcome: u16,
    pub seconds: u32,
    /// What was offered, and the answer.
    pub offer: Option<(OfferId, OfferAnswer)>,
    /// We called: it counts as an attempt.
    pub outbound: bool,
}

/// What a campaign did in sum.
#[derive(Clone, Debug, Default)]
struct Sum {
    /// When calls were made.
    calls: BTreeSet<(Timestamp, InteractionId)>,
    seconds: u64,
    /// Offers that were accepted.
    accepted: BTreeMap<OfferId, u32>,
}

/// All contacts of all campaigns.
#[derive(Default)]
pub(super) struct Efforts {
    /// Of each customer, those that were corrected since among them.
    all: HashMap<CustomerId, Vec<Effort>>,
    sums: HashMap<CampaignId, Sum>,
    codes: Vec<String>,
}

impl Efforts {
    /// Takes in a row of the interactions: as it is now, or that it is gone. True when it, or what was
    /// there before, is of a campaign.
    pub fn take(
        &mut self,
        customer: CustomerId,
        id: InteractionId,
        row: Option<&Interaction>,
    ) -> bool {
        let new = row.and_then(|row| self.effort(row));
        let known = self.all.get(&customer).is_some_and(|all| all.iter().any(|e| e.id == id));
        if new.is_none() && !known {
            return false;
        }
        self.count(customer, false);
        let all = self.all.entry(customer).or_default();
        all.retain(|effort| effort.id != id);
        all.extend(new);
        if all.is_empty() {
            self.all.remove(&customer);
        }
        self.count(customer, true);
        true
    }

    /// Takes in what was read elsewhere, but for what is here already or was touched since.
    pub fn absorb(&mut self, read: Self, touched: &HashSet<InteractionId>) {
        let codes: Vec<u16> = read.codes.iter().map(|code| self.number(code)).collect();
        for (customer, all) in read.all {
            self.count(customer, false);
            let known = self.all.entry(customer).or_default();
            for effort in all.into_iter().filter(|effort| !touched.contains(&effort.id)) {
                if known.iter().all(|other| other.id != effort.id) {
                    let outcome = codes.get(usize::from(effort.outcome)).copied();
                    known.push(Effort { outcome: outcome.unwrap_or_default(), ..effort });
                }
            }
            self.count(customer, true);
        }
    }

    /// The number of a code.
    fn number(&mut self, code: &str) -> u16 {
        let known = self.codes.iter().position(|known| known == code);
        let number = known.unwrap_or_else(|| {
            self.codes.push(code.to_owned());
            self.codes.len() - 1
        });
        number as u16
    }

    fn effort(&mut self, row: &Interaction) -> Option<Effort> {
        let campaign = row.wrap_up.campaign?;
        Some(Effort {
            id: row.id,
            corrects: row.corrects,
            campaign,
            at: row.at,
            outcome: self.number(&row.outcome),
            seconds: row.seconds,
            offer: row.wrap_up.offer.as_ref().map(|made| (made.offer, made.answer)),
            outbound: row.direction == Direction::Outbound,
        })
    }

    /// Adds what a customer's contacts come to, or takes it off.
    fn count(&mut self, customer: CustomerId, adds: bool) {
        for effort in self.of(customer) {
            let sum = self.sums.entry(effort.campaign).or_default();
            let (seconds, at) = (u64::from(effort.seconds), (effort.at, effort.id));
            let taken = effort.offer.filter(|(_, said)| *said == OfferAnswer::Accepted);
            let accepted = taken.map(|(offer, _)| sum.accepted.entry(offer).or_default());
            if adds {
                sum.seconds += seconds;
                if let Some(n) = accepted {
                    *n += 1;
                }
                if effort.outbound {
                    sum.calls.insert(at);
                }
            } else {
                sum.seconds = sum.seconds.saturating_sub(seconds);
                if let Some(n) = accepted {
                    *n = n.saturating_sub(1);
                }
                sum.calls.remove(&at);
            }
        }
    }

    /// What was done about a customer, oldest first, without what was corrected since.
    pub fn of(&self, customer: CustomerId) -> Vec<Effort> {
        self.all.get(&customer).map(|all| standing(all)).unwrap_or_default()
    }

    /// The code behind its number.
    pub fn code(&self, number: u16) -> &str {
        self.codes.get(usize::from(number)).map_or("", String::as_str)
    }

    /// Calls of a campaign from one moment to before another.
    pub fn calls(&self, campaign: CampaignId, from: Timestamp, to: Timestamp) -> usize {
        let least = InteractionId(0);
        let range = (from, least)..(to.max(from), least);
        self.sums.get(&campaign).map_or(0, |sum| sum.calls.range(range).count())
    }

    /// When a campaign called first and last.
    pub fn span(&self, campaign: CampaignId) -> Option<(Timestamp, Timestamp)> {
        let calls = &self.sums.get(&campaign)?.calls;
        Some((calls.first()?.0, calls.last()?.0))
    }

    /// Those about whom a campaign did something.
    pub fn called(&self, campaign: CampaignId) -> usize {
        let of = |all: &&Vec<Effort>| all.iter().any(|effort| effort.campaign == campaign);
        self.all.values().filter(of).count()
    }

    /// What a campaign has cost: its minutes, and the offers that were accepted. Minor units.
    pub fn spent(
        &self,
        campaign: CampaignId,
        minute_cost: i64,
        offer_cost: &dyn Fn(OfferId) -> i64,
    ) -> i64 {
        let Some(sum) = self.sums.get(&campaign) else { return 0 };
        let offers = sum.accepted.iter();
        let offers = offers.map(|(id, n)| offer_cost(*id).saturating_mul(i64::from(*n)));
        offers.fold(talk_cost(sum.seconds, minute_cost), i64::saturating_add)
    }
}

/// What so many seconds of talk cost, minor units.
pub(super) fn talk_cost(seconds: u64, minute_cost: i64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(minute_cost) / 60
}

/// Contacts without those that were corrected, oldest first.
pub(super) fn standing(all: &[Effort]) -> Vec<Effort> {
    let is_corrected = |one: &Effort| all.iter().any(|other| other.corrects == Some(one.id));
    let mut kept: Vec<Effort> = all.iter().filter(|one| !is_corrected(one)).copied().collect();
    kept.sort_unstable_by_key(|effort| (effort.at, effort.id));
    kept
}
