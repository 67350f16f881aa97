//! The one rule of whom an agent may call now, for a campaign or for none: what is proposed and what is
//! logged are both asked here. Says what forbids a call; never looks anything up and reads no clock.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::domain::{Agent, Campaign, Day, Meaning, OfferAnswer, Outcome, Role, Settings};
use crate::text::Holidays;

use super::hours;
use super::standing::Effort;

/// The days in which the calls to one customer are counted together.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What forbids a call. The gravest first: what holds for good before what passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Ban {
    /// The customer must not be called.
    DoNotCall,
    /// The campaign is a draft, paused, ended, or this is not one of its days.
    NotRunning,
    /// It is another team's.
    OtherTeam,
    /// The customer is not, or no longer, of its segment.
    NotOfSegment,
    /// The customer has said yes or no.
    Answered,
    /// The customer has not agreed to marketing.
    NoConsent,
    /// As many calls as it may take were made.
    AttemptsUsed { most: u8 },
    /// What may be spent is spent, minor units.
    Spent { budget: i64 },
    /// As many calls as it may make a day were made.
    DayFull { most: u32 },
    /// As many calls as a customer may get in seven days were made, by whatever campaign.
    WeekFull { most: u8, until: Timestamp },
    /// The last call is not long enough ago for how it ended.
    Waiting { until: Timestamp },
    /// It is no hour at which it calls, where the customer is; `opens` says when, if ever.
    Closed { opens: Option<Timestamp> },
}

impl Ban {
    /// The machine names, as they stand in the log of changes.
    pub const NAMES: [&'static str; 12] = [
        "do_not_call",
        "not_running",
        "other_team",
        "not_of_segment",
        "answered",
        "no_consent",
        "attempts_used",
        "spent",
        "day_full",
        "week_full",
        "waiting",
        "closed",
    ];

    /// The place of its name.
    pub const fn code(self) -> usize {
        match self {
            Self::DoNotCall => 0,
            Self::NotRunning => 1,
            Self::OtherTeam => 2,
            Self::NotOfSegment => 3,
            Self::Answered => 4,
            Self::NoConsent => 5,
            Self::AttemptsUsed { .. } => 6,
            Self::Spent { .. } => 7,
            Self::DayFull { .. } => 8,
            Self::WeekFull { .. } => 9,
            Self::Waiting { .. } => 10,
            Self::Closed { .. } => 11,
        }
    }

    /// The machine name.
    pub fn name(self) -> &'static str {
        Self::NAMES.get(self.code()).copied().unwrap_or_default()
    }

    /// When it is over by itself.
    pub fn until(self) -> Option<Timestamp> {
        match self {
            Self::WeekFull { until, .. } | Self::Waiting { until } => Some(until),
            Self::Closed { opens } => opens,
            _ => None,
        }
    }
}

/// A campaign as it stands on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course<'a> {
    pub campaign: &'a Campaign,
    /// The business's day.
    pub day: Day,
    /// Calls made on it.
    pub calls: usize,
    /// Spent so far, minor units.
    pub spent: i64,
}

impl Course<'_> {
    /// What forbids this agent every call of the campaign.
    pub fn bans(&self, agent: &Agent) -> impl Iterator<Item = Ban> + use<> {
        let campaign = self.campaign;
        let is_ours = campaign.team.is_empty()
            || agent.role >= Role::Supervisor
            || agent.team.to_lowercase() == campaign.team.to_lowercase();
        let (budget, most) = (campaign.budget, campaign.cap_day);
        [
            (!campaign.runs_on(self.day), Ban::NotRunning),
            (!is_ours, Ban::OtherTeam),
            (budget > 0 && self.spent >= budget, Ban::Spent { budget }),
            (most > 0 && self.calls >= most as usize, Ban::DayFull { most }),
        ]
        .into_iter()
        .filter_map(|(holds, ban)| holds.then_some(ban))
    }
}

/// What is known of a customer who may be called.
pub(super) struct Person<'a> {
    pub must_not_be_called: bool,
    /// Agreed to marketing.
    pub agreed: bool,
    /// Of the campaign's segment.
    pub is_member: bool,
    /// Whether the campaign calls now where the customer is.
    pub window: Window,
    /// All that campaigns did, corrected ones left out.
    pub efforts: &'a [Effort],
    /// How long the next call waits after one that ended in a way for which no delay is set.
    pub cooling: SignedDuration,
}

/// What forbids the campaign a call to this customer, the gravest first.
pub(super) fn bans<'o>(
    campaign: &Campaign,
    person: &Person<'_>,
    now: Timestamp,
    outcome: &dyn Fn(u16) -> Option<&'o Outcome>,
) -> impl Iterator<Item = Ban> + use<'o> {
    let own = || person.efforts.iter().filter(|effort| effort.campaign == campaign.id);
    let calls = own().filter(|effort| effort.outbound);
    let last = calls.clone().max_by_key(|effort| (effort.at, effort.id));
    let attempts = calls.count();
    let waits = last.and_then(|last| {
        let minutes = outcome(last.outcome).and_then(|known| {
            let own = campaign.delays.iter().find(|(code, _)| *code == known.code);
            own.map(|(_, minutes)| *minutes).or(known.retry_minutes)
        });
        let wait = minutes.map_or(person.cooling, |m| SignedDuration::from_mins(i64::from(m)));
        last.at.checked_add(wait).ok()
    });
    let answered = own().any(|effort| {
        let said = effort.offer.is_some_and(|(_, said)| said != OfferAnswer::Undecided);
        let ends = || outcome(effort.outcome).map(|outcome| outcome.meaning);
        said || matches!(ends(), Some(Meaning::Sale | Meaning::Refused))
    });
    let (most, cap) = (campaign.attempts, campaign.cap_week);
    [
        person.must_not_be_called.then_some(Ban::DoNotCall),
        (!person.is_member).then_some(Ban::NotOfSegment),
        answered.then_some(Ban::Answered),
        (campaign.needs_consent && !person.agreed).then_some(Ban::NoConsent),
        (attempts >= usize::from(most)).then_some(Ban::AttemptsUsed { most }),
        week_over(person.efforts, cap)
            .filter(|until| now < *until)
            .map(|until| Ban::WeekFull { most: cap, until }),
        waits.filter(|until| now < *until).map(|until| Ban::Waiting { until }),
        match person.window {
            Window::Open { .. } => None,
            Window::Closed { opens } => Some(Ban::Closed { opens }),
        },
    ]
    .into_iter()
    .flatten()
}

/// When so many calls lie within seven days no more; `None` without a limit or that many calls.
fn week_over(efforts: &[Effort], most: u8) -> Option<Timestamp> {
    let nth = usize::from(most).checked_sub(1)?;
    let mut calls: Vec<Timestamp> = efforts.iter().filter(|e| e.outbound).map(|e| e.at).collect();
    calls.sort_unstable_by(|one, other| other.cmp(one));
    calls.get(nth)?.checked_add(WEEK).ok()
}

/// How long nobody is called again by rule.
pub(super) fn cooling(settings: &Settings) -> SignedDuration {
    SignedDuration::from_hours(24 * i64::from(settings.cooling_days))
}

/// Whether a campaign calls now in a zone, and when that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    Open { closes: Timestamp },
    Closed { opens: Option<Timestamp> },
}

impl Window {
    /// The window of a campaign in a zone: its hours on days that are no days off.
    pub fn of(
        campaign: &Campaign,
        zone: &TimeZone,
        now: Timestamp,
        settings: &Settings,
        holidays: &Holidays,
    ) -> Self {
        let hours = (campaign.calls_from, campaign.calls_to);
        match hours::opens(now, hours, zone, settings, holidays) {
            Some(opens) if opens <= now => {
                Self::Open { closes: hours::closes(now, campaign.calls_to, zone) }
            }
            opens => Self::Closed { opens },
        }
    }

    /// When it is another.
    pub fn changes(self) -> Option<Timestamp> {
        match self {
            Self::Open { closes } => Some(closes),
            Self::Closed { opens } => opens,
        }
    }
}
