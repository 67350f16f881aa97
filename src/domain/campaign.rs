//! Campaigns over a segment, and the scripts of their calls: who may be called, when, how often, with
//! what to say and offer, for how much.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::ids::{CampaignId, OfferId, ScriptId};
use super::invalid::{Field, Invalid, Problem};
use super::names::named_enum;
use super::task::QueueKind;

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
        range(Field::Time, self.calls_from < self.calls_to && self.calls_to <= 24, 0, 24)?;
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

/// What is said in a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// Identity.
    pub id: ScriptId,
    /// Name, unique among scripts without regard to case.
    pub name: String,
    /// The queue whose calls it is for; none when only campaigns name it.
    pub queue: Option<QueueKind>,
    /// Line by line.
    pub lines: Vec<ScriptLine>,
}

/// A line of a script.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptLine {
    /// In words, with places such as `{name}` that the customer's facts fill.
    pub text: String,
    /// Ticked off when it was said.
    pub check: bool,
}

impl Script {
    /// Most lines.
    pub const MOST_LINES: usize = 60;
    /// Longest line, in characters.
    pub const MOST_TEXT: usize = 500;
    /// The places a line can have.
    pub const PLACES: &'static [&'static str] = &[
        "name",
        "city",
        "last_purchase",
        "product",
        "offer",
        "need",
        "agent",
        "stage",
        "points",
        "company",
    ];

    /// Refuses a script without lines, and lines with places nobody can fill.
    pub fn validate(&self) -> Result<(), Invalid> {
        let bad = |problem| Err(Invalid { field: Field::Lines, problem });
        if self.lines.is_empty() {
            return bad(Problem::Empty);
        }
        if self.lines.len() > Self::MOST_LINES {
            return bad(Problem::TooMany { most: Self::MOST_LINES });
        }
        for line in &self.lines {
            if line.text.trim().is_empty() {
                return bad(Problem::Empty);
            }
            if line.text.chars().count() > Self::MOST_TEXT {
                return bad(Problem::TooLong { most: Self::MOST_TEXT });
            }
            for place in places(&line.text) {
                let Some(place) = place else { return bad(Problem::Malformed) };
                if !Self::PLACES.contains(&place) {
                    let start = place.get(..1).unwrap_or_default();
                    let nearest =
                        Self::PLACES.iter().find(|p| !start.is_empty() && p.starts_with(start));
                    let nearest = nearest.map(|p| (*p).to_owned());
                    return bad(Problem::UnknownWord { nearest });
                }
            }
        }
        Ok(())
    }
}

/// The places of a line; `None` for one that is not closed.
fn places(text: &str) -> impl Iterator<Item = Option<&str>> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').map(|(place, _)| place))
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

    #[test]
    fn a_script_names_places_that_can_be_filled() {
        let unknown =
            |nearest: Option<&str>| Problem::UnknownWord { nearest: nearest.map(Into::into) };
        for (text, want) in [
            ("Hello {name} from {city}", Ok(())),
            ("Hello", Ok(())),
            ("Hello {nam}", Err(unknown(Some("name")))),
            ("Hello {xyz}", Err(unknown(None))),
            ("Hello {}", Err(unknown(None))),
            ("Hello {name", Err(Problem::Malformed)),
            ("  ", Err(Problem::Empty)),
        ] {
            let lines = vec![ScriptLine { text: text.into(), check: false }];
            let script = Script { lines, ..Script::default() };
            assert_eq!(script.validate().map_err(|e| e.problem), want, "{text}");
        }
        assert!(Script::default().validate().is_err());
    }
}
