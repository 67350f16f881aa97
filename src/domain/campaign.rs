//! Campaigns over a segment: who may be called, when, how often, with what to say and offer, for how
//! much.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::ids::{CampaignId, OfferId, ScriptId};
use super::invalid::{Field, Invalid, Problem};
use super::names::named_enum;

named_enum! {
    /// What a campaign is for.
    pub enum CampaignKind {
        Acquisition = "acquisition", Retention = "retention", WinBack = "win_back",
        CrossSell = "cross_sell", UpSell = "up_sell", Loyalty = "loyalty",
    }
}

named_enum! {
    /// Where a campaign stands.
    pub enum CampaignState {
        Draft = "draft", Running = "running", Paused = "paused", Ended = "ended",
    }
}

/// A campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// Identity.
    pub id: CampaignId,
    /// Name, unique among campaigns without regard to case.
    pub name: String,
    /// What it is for.
    pub kind: CampaignKind,
    /// Whom it is about, as an expression.
    pub segment: String,
    /// What is offered.
    pub offer: Option<OfferId>,
    /// What is said.
    pub script: Option<ScriptId>,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// The hour of the customer's day before which nobody is called, 0 to 23.
    pub calls_from: u8,
    /// The hour from which nobody is called, later than `calls_from`, at most 24.
    pub calls_to: u8,
    /// Calls to a customer after which no other is tried, 1 to 20.
    pub attempts: u8,
    /// Minutes until the next attempt, by the outcome of the last.
    pub delays: Vec<(String, u32)>,
    /// Most calls of the campaign a day; 0 for no limit.
    pub cap_day: u32,
    /// Most calls to one customer in seven days, by whatever campaign; 0 for no limit.
    pub cap_week: u8,
    /// Only those who agreed to marketing.
    pub needs_consent: bool,
    /// What may be spent, minor units; 0 for no limit.
    pub budget: i64,
    /// Draft, running, paused or ended.
    pub state: CampaignState,
    /// The team that carries it out; empty for all.
    pub team: String,
}

impl Campaign {
    /// Most delays.
    pub const MOST_DELAYS: usize = 50;
    /// Longest delay: a year.
    const MOST_MINUTES: u32 = 366 * 24 * 60;

    /// A draft with plain figures to start from.
    pub fn new(name: &str, kind: CampaignKind) -> Self {
        Self {
            id: CampaignId(0),
            name: name.to_owned(),
            kind,
            segment: String::new(),
            offer: None,
            script: None,
            from: None,
            until: None,
            calls_from: 9,
            calls_to: 20,
            attempts: 3,
            delays: Vec::new(),
            cap_day: 0,
            cap_week: 2,
            needs_consent: false,
            budget: 0,
            state: CampaignState::Draft,
            team: String::new(),
        }
    }

    /// True while it runs, on a day.
    pub fn runs_on(&self, day: Day) -> bool {
        self.state == CampaignState::Running
            && self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
    }

    /// Refuses what no call could be made by.
    pub fn validate(&self) -> Result<(), Invalid> {
        let range = |field, fine: bool, from, to| {
            let problem = Problem::OutOfRange { from, to };
            if fine { Ok(()) } else { Err(Invalid { field, problem }) }
        };
        range(Field::Time, self.calls_from.max(self.calls_to) <= 24, 0, 24)?;
        if self.calls_from >= self.calls_to {
            return Err(Invalid { field: Field::Time, problem: Problem::OutOfOrder });
        }
        range(Field::Attempts, (1..=20).contains(&self.attempts), 1, 20)?;
        range(Field::Budget, self.budget >= 0, 0, i64::MAX)?;
        let most = i64::from(Self::MOST_MINUTES);
        let fine =
            self.delays.iter().all(|(_, minutes)| (1..=Self::MOST_MINUTES).contains(minutes));
        range(Field::Delays, fine, 1, most)?;
        if self.delays.len() > Self::MOST_DELAYS {
            let problem = Problem::TooMany { most: Self::MOST_DELAYS };
            return Err(Invalid { field: Field::Delays, problem });
        }
        super::offer::in_order(self.from, self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(change: impl FnOnce(&mut Campaign), want: Result<(), Field>) {
        let mut campaign = Campaign::new("Spring", CampaignKind::Retention);
        change(&mut campaign);
        assert_eq!(campaign.validate().map_err(|e| e.field), want, "{campaign:?}");
    }

    #[test]
    fn a_campaign_leaves_room_for_calls() {
        check(|_| {}, Ok(()));
        check(|c| c.calls_to = 9, Err(Field::Time));
        check(|c| c.calls_to = 25, Err(Field::Time));
        check(|c| c.attempts = 0, Err(Field::Attempts));
        check(|c| c.attempts = 21, Err(Field::Attempts));
        check(|c| c.budget = -1, Err(Field::Budget));
        check(|c| c.delays = vec![("busy".into(), 0)], Err(Field::Delays));
        check(|c| c.delays = vec![("busy".into(), 30)], Ok(()));
        check(|c| (c.from, c.until) = (Some(Day(5)), Some(Day(4))), Err(Field::End));
    }

    #[test]
    fn a_campaign_runs_within_its_days() {
        let mut campaign = Campaign::new("Spring", CampaignKind::Loyalty);
        (campaign.from, campaign.until) = (Some(Day(5)), Some(Day(6)));
        assert!(!campaign.runs_on(Day(5)), "a draft");
        campaign.state = CampaignState::Running;
        let runs: Vec<bool> = (4..8).map(|day| campaign.runs_on(Day(day))).collect();
        assert_eq!(runs, [false, true, true, false]);
    }
}
