//! What customers answered in calls: to offers, which work better at some stages than at others, and how
//! satisfied they are. Only adds to conversations that took place.

use jiff::tz::TimeZone;

use crate::domain::{
    Channel, Customer, Day, Direction, Fact, Interaction, Offer, OfferAnswer, Proposed, Stage,
};

use super::Story;
use super::calendar::{Calendar, PRICE_RISE_AGO};
use super::ingredients::Ingredients;
use super::random::Random;
use super::strategy::Strategy;
use super::talks::Spoken;

/// Days back to which offers were made and satisfaction was asked.
const OFFERS_FOR: i32 = 400;
const ASKED_FOR: i32 = 540;
/// Share of calls in which an offer is made, and of conversations in which is asked.
const MADE: f64 = 0.4;
const ASKED: f64 = 0.36;
/// The same offer is not made again for so many days.
const REST: i32 = 100;
/// A complaint is felt for so many days.
const HURT: i32 = 150;

/// For each offer of the plan in its order: whom it is made to, and the share that takes it.
const TAKEN: &[&[(Stage, f64)]] = &[
    &[(Stage::AtRisk, 0.46), (Stage::Loyal, 0.24), (Stage::Repeat, 0.13)],
    &[
        (Stage::AtRisk, 0.5),
        (Stage::Advocate, 0.45),
        (Stage::Loyal, 0.35),
        (Stage::Repeat, 0.3),
        (Stage::FirstTime, 0.18),
    ],
    &[(Stage::Advocate, 0.55), (Stage::Loyal, 0.4), (Stage::Repeat, 0.16)],
    &[(Stage::Lapsed, 0.07)],
    &[(Stage::FirstTime, 0.22)],
    &[(Stage::Advocate, 0.42), (Stage::Loyal, 0.3), (Stage::Repeat, 0.2), (Stage::FirstTime, 0.1)],
    &[(Stage::Prospect, 0.17)],
];

/// How satisfied customers of a story are, 1 to 5.
fn level(story: Story, ago: i32) -> f64 {
    match story {
        Story::Advocate => 4.7,
        Story::Regular => 4.4,
        Story::FellSilent if ago > 130 => 4.6,
        Story::FellSilent => 1.9,
        Story::PriceAngry if ago > PRICE_RISE_AGO => 4.0,
        Story::PriceAngry => 1.7,
        Story::OrdersHalved if ago > 140 => 4.0,
        Story::OrdersHalved => 2.7,
        Story::CostlyToKeep => 3.3,
        Story::Gone => 3.2,
        Story::WonBack => 4.1,
        Story::Prospect | Story::Double | Story::Ordinary => 4.2,
    }
}

/// Writes answers down.
pub(super) struct Voices<'a> {
    pub things: &'a Ingredients,
    pub calendar: &'a Calendar,
    pub strategy: &'a Strategy,
    /// Language of the store.
    pub own: usize,
    pub zone: &'a TimeZone,
}

/// Whose conversations they are.
pub(super) struct Whose<'a> {
    pub story: Story,
    pub customer: &'a Customer,
    pub facts: &'a [Fact],
}

impl Voices<'_> {
    /// Goes through the conversations of a customer, oldest first.
    pub fn tell(&self, random: &mut Random, whose: &Whose<'_>, spoken: &mut Spoken) {
        let mut made: Vec<(usize, Day)> = Vec::new();
        let (mut pleased, mut hurt) = (0.0, Day::NEVER);
        for call in &mut spoken.interactions {
            let day = Day::of(call.at.to_zoned(self.zone.clone()).date());
            let ago = self.calendar.today.since(day);
            if call.outcome == "complaint" {
                hurt = day;
            }
            let is_talk = matches!(call.outcome.as_str(), "answered" | "refused" | "sale");
            if !is_talk || ago > ASKED_FOR {
                continue;
            }
            let inbound = call.direction == Direction::Inbound;
            let is_pitch = !inbound && call.channel == Channel::Call && ago <= OFFERS_FOR;
            if is_pitch && call.wrap_up.campaign.is_none() && random.chance(MADE) {
                self.offer(random, whose, call, day, &mut made);
            }
            let answer = call.wrap_up.offer.as_ref().map(|offer| offer.answer);
            let is_kept = matches!(whose.story, Story::FellSilent | Story::PriceAngry);
            if random.chance(if is_kept { 0.45 } else { ASKED }) {
                let aches = hurt.is_known() && day.since(hurt) < HURT;
                let level = level(whose.story, ago) + pleased - if aches { 1.3 } else { 0.0 };
                Self::ask(random, level, call);
            }
            // What was taken is felt in the next talk.
            if answer == Some(OfferAnswer::Accepted) {
                pleased = 0.6;
            }
        }
    }

    fn offer(
        &self,
        random: &mut Random,
        whose: &Whose<'_>,
        call: &mut Interaction,
        day: Day,
        made: &mut Vec<(usize, Day)>,
    ) {
        let stage = whose.customer.stage;
        let rests = |at: usize| made.iter().any(|(m, on)| *m == at && day.since(*on) < REST);
        let fits = self.strategy.offers.iter().zip(TAKEN).enumerate().filter_map(|(at, of)| {
            let (offer, taken) = of;
            let rate = taken.iter().find(|(s, _)| *s == stage).map(|(_, rate)| *rate)?;
            (Self::wants(whose, offer) && !rests(at)).then_some((at, offer, rate))
        });
        let fits: Vec<(usize, &Offer, f64)> = fits.collect();
        // What sells is what is taken more often.
        let weight = |rate: f64| match call.outcome.as_str() {
            "sale" => rate,
            "refused" => 1.0 - rate,
            _ => 1.0,
        };
        let Some((at, offer, rate)) = random
            .weighed(fits.iter().map(|(.., rate)| weight(*rate)))
            .and_then(|place| fits.get(place))
        else {
            return;
        };
        let answer = match call.outcome.as_str() {
            "sale" => OfferAnswer::Accepted,
            "refused" => OfferAnswer::Refused,
            _ if random.chance(*rate) => OfferAnswer::Accepted,
            _ if random.chance(0.3) => OfferAnswer::Undecided,
            _ => OfferAnswer::Refused,
        };
        let reasons = self.things.words("reasons", self.own);
        let is_no = answer == OfferAnswer::Refused && random.chance(0.7);
        let reason = random.pick(reasons).filter(|_| is_no).copied().unwrap_or("").to_owned();
        made.push((*at, day));
        call.wrap_up.offer = Some(Proposed { offer: offer.id, answer, reason });
    }

    /// True when an offer is for somebody like this, beside the stage.
    fn wants(whose: &Whose<'_>, offer: &Offer) -> bool {
        let tag = offer.segment.strip_prefix("tag:").and_then(|rest| rest.split(' ').next());
        let tagged = tag.is_none_or(|tag| whose.customer.tags.iter().any(|t| t == tag));
        let need = offer.need.as_str();
        tagged && (need.is_empty() || whose.facts.iter().any(|fact| fact.text == need))
    }

    fn ask(random: &mut Random, level: f64, call: &mut Interaction) {
        let given = libm::round(level + 0.6 * random.normal()).clamp(1.0, 5.0);
        call.wrap_up.satisfaction = Some(given as u8);
        if random.chance(0.55) {
            let would = libm::round(2.0 * level - 0.2 + 1.1 * random.normal()).clamp(0.0, 10.0);
            call.wrap_up.recommend = Some(would as u8);
        }
    }
}
