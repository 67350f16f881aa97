//! The calls of the sample's campaigns: who was called when, how often, and what came of it. Within the
//! campaign's days and hours, never more often than it allows, nobody who asked not to be called.

use jiff::tz::TimeZone;

use crate::domain::{
    AgentId, Campaign, Channel, Customer, CustomerId, Direction, Interaction, InteractionId,
    OfferAnswer, Proposed, WrapUp,
};

use super::Story;
use super::calendar::{Calendar, SPAN};
use super::ingredients::{Ingredients, Topic};
use super::life::Life;
use super::people::Person;
use super::random::Random;
use super::strategy::{Drive, Strategy};
use super::talks::Spoken;

/// Share of those it is about whom a campaign has called.
const CALLED: f64 = 0.55;
/// Share of those who came back whom the campaign brought.
const CLAIMED: f64 = 0.3;
/// Days from one attempt to the next.
const APART: (i32, i32) = (5, 9);
/// Silent for so long before somebody is to be won back.
const SILENT: i32 = 45;
/// Bought once, no longer ago than this.
const ONCE: i32 = 240;

/// Draws the calls of campaigns.
pub(super) struct Drives<'a> {
    pub things: &'a Ingredients,
    pub calendar: &'a Calendar,
    pub strategy: &'a Strategy,
    /// Minor units of what those have spent at least who are worth having back.
    pub worth: i64,
    /// Language of the store.
    pub own: usize,
    pub zone: &'a TimeZone,
}

/// A customer as a campaign meets one.
pub(super) struct Met<'a> {
    pub person: &'a Person,
    pub customer: &'a Customer,
    pub life: &'a Life,
    /// Minor units in all.
    pub spent: i64,
}

/// First and last place of days that a campaign lasts, up to the sample's end.
fn days(calendar: &Calendar, campaign: &Campaign) -> (i32, i32) {
    let place =
        |day: Option<crate::domain::Day>, or: i32| day.map_or(or, |day| day.since(calendar.day(0)));
    (place(campaign.from, 0), place(campaign.until, SPAN).min(SPAN - 1))
}

impl Drives<'_> {
    /// Adds the calls of both campaigns to what was said.
    pub fn call(&self, random: &mut Random, met: &Met<'_>, spoken: &mut Spoken) {
        let [ended, running] = &self.strategy.campaigns[..] else { return };
        if met.customer.must_not_be_called() || !spoken.tasks.is_empty() {
            return;
        }
        let before = spoken.interactions.len();
        self.win_back(random, met, ended, spoken);
        self.second_purchase(random, met, running, spoken);
        if spoken.interactions.len() > before {
            // No task hangs on a number: they can be counted anew.
            spoken.interactions.sort_by_key(|i| i.at);
            for (at, interaction) in spoken.interactions.iter_mut().enumerate() {
                interaction.id = InteractionId(at as u64 + 1);
            }
        }
    }

    /// Those who came back were called by it; of those who left for good some are tried in vain.
    fn win_back(&self, random: &mut Random, met: &Met<'_>, drive: &Drive, spoken: &mut Spoken) {
        let (from, until) = days(self.calendar, &drive.campaign);
        let last = met.life.bought.iter().rev().find(|at| **at < until).copied();
        let Some(last) = last.filter(|_| met.spent > self.worth) else { return };
        if met.person.story == Story::WonBack {
            if random.chance(CLAIMED) {
                self.claim(random, met, drive, spoken);
            }
            return;
        }
        let gone = met.life.left.is_some() && met.life.bought.last() == Some(&last);
        let first = from.max(last + SILENT);
        if !gone || first > until - 30 || !random.chance(1.5 * CALLED) {
            return;
        }
        let at = random.between(first, until - 30);
        self.attempts(random, met, drive, (at, until), 0.0, spoken);
    }

    /// Calls that were made within the campaign's days and brought somebody back belong to it.
    fn claim(&self, random: &mut Random, met: &Met<'_>, drive: &Drive, spoken: &mut Spoken) {
        let (from, until) = days(self.calendar, &drive.campaign);
        let begin = self.calendar.day(from);
        let end = self.calendar.day(until);
        let back = met.life.bought.windows(2).max_by_key(|pair| pair[1] - pair[0]);
        let Some(&[last, back]) = back else { return };
        let [last, back] = [last, back].map(|at| self.calendar.day(at));
        for call in &mut spoken.interactions {
            let zoned = call.at.to_zoned(self.zone.clone());
            let day = crate::domain::Day::of(zoned.date());
            let within = day >= begin && day <= end && day > last && day <= back;
            let minute = i32::from(zoned.hour()) * 60 + i32::from(zoned.minute());
            let is_call = call.direction == Direction::Outbound && call.channel == Channel::Call;
            if within && is_call && Self::is_open(&drive.campaign, met.person, minute) {
                call.wrap_up = self.wrap_up(random, drive, &call.outcome);
            }
        }
    }

    /// Some who bought once take the voucher and buy again on the day of the call.
    fn second_purchase(
        &self,
        random: &mut Random,
        met: &Met<'_>,
        drive: &Drive,
        spoken: &mut Spoken,
    ) {
        let (from, until) = days(self.calendar, &drive.campaign);
        let agreed = met.customer.consent.marketing == Some(true);
        let (first, second) = match met.life.bought[..] {
            [first] => (first, None),
            [first, second] if second >= from => (first, Some(second)),
            _ => return,
        };
        let fits = SPAN - first < ONCE && first < from - 20;
        if !agreed || !fits || !random.chance(CALLED) {
            return;
        }
        match second {
            Some(at) => self.attempts(random, met, drive, (at, at), 1.0, spoken),
            None => {
                let at = random.between(from, until - 10);
                self.attempts(random, met, drive, (at, until), 0.0, spoken);
            }
        }
    }

    /// Calls until somebody is reached or the attempts are used up.
    fn attempts(
        &self,
        random: &mut Random,
        met: &Met<'_>,
        drive: &Drive,
        (mut at, until): (i32, i32),
        sells: f64,
        spoken: &mut Spoken,
    ) {
        let campaign = &drive.campaign;
        for _ in 0..campaign.attempts {
            let sold = random.chance(sells);
            let day = if sold { at } else { self.calendar.open_from(at) };
            if day > until || !self.calendar.is_open(day) {
                return;
            }
            let outcome = match random.unit() {
                _ if sold => "sale",
                ..0.45 => "no_answer",
                ..0.55 => "busy",
                ..0.8 => "refused",
                _ => "answered",
            };
            let Some(call) = self.made(random, met, drive, day, outcome) else { return };
            let reached = !matches!(outcome, "no_answer" | "busy");
            spoken.interactions.push(call);
            if reached {
                return;
            }
            at = day + random.between(APART.0, APART.1);
        }
    }

    /// One call on a day; `None` when nobody works at an hour the campaign allows.
    fn made(
        &self,
        random: &mut Random,
        met: &Met<'_>,
        drive: &Drive,
        day: i32,
        outcome: &'static str,
    ) -> Option<Interaction> {
        let person = met.person;
        let window = Calendar::window(person.ahead, person.evening)?;
        let (minute, agent) = (0..8).find_map(|_| {
            let (minute, agent) = Calendar::call(random, window, person.agent);
            Self::is_open(&drive.campaign, person, minute).then_some((minute, agent))
        })?;
        let (topic, seconds) = match outcome {
            "no_answer" => (Topic::NoAnswer, (15, 40)),
            "busy" => (Topic::Busy, (5, 30)),
            "refused" => (Topic::Refused, (30, 150)),
            "sale" => (Topic::Sale, (180, 600)),
            _ => (Topic::CheckIn, (80, 420)),
        };
        let notes = self.things.notes(topic, person.tongue);
        let plain: Vec<_> = notes.iter().filter(|note| !note.contains('{')).collect();
        let is_silent = matches!(outcome, "no_answer" | "busy");
        let note = random.pick(&plain).filter(|_| !is_silent).map_or("", |note| **note);
        Some(Interaction {
            id: InteractionId(0),
            customer: CustomerId(person.customer.id.0),
            external_id: None,
            at: self.calendar.moment(day, minute),
            channel: Channel::Call,
            direction: Direction::Outbound,
            outcome: outcome.to_owned(),
            seconds: random.between(seconds.0, seconds.1).max(0) as u32,
            agent: AgentId(agent as u64 + 1),
            note: note.to_owned(),
            corrects: None,
            queue: None,
            wrap_up: self.wrap_up(random, drive, outcome),
        })
    }

    /// What is noted of a call of the campaign.
    fn wrap_up(&self, random: &mut Random, drive: &Drive, outcome: &str) -> WrapUp {
        let answer = match outcome {
            "sale" => Some(OfferAnswer::Accepted),
            "refused" => Some(OfferAnswer::Refused),
            "answered" => Some(OfferAnswer::Undecided),
            _ => None,
        };
        let reasons = self.things.words("reasons", self.own);
        let offer = drive.campaign.offer.zip(answer).map(|(offer, answer)| {
            let is_no = answer == OfferAnswer::Refused;
            let reason = random.pick(reasons).filter(|_| is_no).copied();
            Proposed { offer, answer, reason: reason.unwrap_or("").to_owned() }
        });
        // Who says no early has heard less.
        let most = drive.steps.len() as i32;
        let said = match answer {
            None => 0,
            Some(OfferAnswer::Refused) => random.between(1, (most - 1).max(1)),
            Some(_) => random.between((most - 1).max(1), most),
        };
        let checked = drive.steps.iter().take(said.max(0) as usize).copied().collect();
        WrapUp { campaign: Some(drive.campaign.id), offer, checked, ..WrapUp::default() }
    }

    /// True when a minute of the business's day lies in the campaign's hours where the customer is, by an
    /// hour to spare: summer time begins on other days elsewhere.
    fn is_open(campaign: &Campaign, person: &Person, minute: i32) -> bool {
        let spare = if person.ahead == 0.0 { 0 } else { 60 };
        let there = (minute + (person.ahead * 60.0) as i32).rem_euclid(1_440);
        let (from, to) = (i32::from(campaign.calls_from) * 60, i32::from(campaign.calls_to) * 60);
        there >= from + spare && there < to - spare
    }
}
