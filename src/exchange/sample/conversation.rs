//! The conversations of one customer drawn: who called whom and when, and how it ended. Outcomes follow
//! the customer's story, and calls fall into the hours of the agent and of the customer.

use crate::domain::{Channel, Day, Direction, Purchase, PurchaseKind};

use super::Story;
use super::calendar::{AGENTS, Calendar, PRICE_RISE_AGO, SHIFTS, SPAN};
use super::ingredients::Topic;
use super::life::Life;
use super::people::Person;
use super::random::Random;
use super::talks::{Promise, Talks};

/// Yearly calls from us, and service calls and messages from the customer.
const OUTBOUND: f64 = 0.62;
const INBOUND: f64 = 0.38;
const WRITTEN: f64 = 0.15;
/// Share of sales made by phone.
const BY_PHONE: f64 = 0.07;

/// One conversation before it is written down.
pub(super) struct Event {
    pub at: i32,
    pub minute: i32,
    pub agent: usize,
    pub channel: Channel,
    pub direction: Direction,
    pub outcome: &'static str,
    pub seconds: i32,
    pub topic: Topic,
    pub promise: Option<Promise>,
}

/// The conversations of one customer while they are drawn.
pub(super) struct Conversation<'a> {
    pub talks: &'a Talks<'a>,
    pub person: &'a Person,
    pub life: &'a Life,
    /// The day from which the customer must not be called.
    pub silence: i32,
    pub events: Vec<Event>,
}

impl Conversation<'_> {
    fn window(&self) -> (i32, i32) {
        let ahead = self.person.ahead;
        Calendar::window(ahead, self.person.evening)
            .or(Calendar::window(ahead, false))
            .unwrap_or((SHIFTS[1].1 - 60, SHIFTS[1].1))
    }

    /// Adds a conversation on this day or the next working day, unless that is not over yet.
    fn add(
        &mut self,
        random: &mut Random,
        at: i32,
        direction: Direction,
        outcome: &'static str,
        topic: Topic,
    ) {
        let at = self.talks.calendar.open_from(at.max(self.person.joined));
        let silenced = direction == Direction::Outbound && at >= self.silence;
        if at >= SPAN || (silenced && topic != Topic::DoNotCall) {
            return;
        }
        // Those who can be reached in the evening are first called at any time.
        let missed = matches!(outcome, "no_answer" | "busy");
        let window = if missed { Calendar::window(self.person.ahead, false) } else { None };
        let window = window.unwrap_or_else(|| self.window());
        let (minute, agent) = Calendar::call(random, window, self.person.agent);
        let (from, to) = match (outcome, topic) {
            ("no_answer", _) => (15, 40),
            ("busy" | "wrong_number", _) => (5, 30),
            (_, Topic::LongCall) => (900, 2_400),
            (_, Topic::LateDelivery | Topic::BadQuality | Topic::BadSupport) => (240, 900),
            (_, Topic::PriceAngry | Topic::FirmReview | Topic::FirmHalved) => (300, 1_100),
            ("callback", _) => (30, 110),
            ("refused" | "do_not_call", _) => (30, 150),
            ("sale", _) => (180, 600),
            (_, Topic::Message) => (60, 180),
            _ => (80, 420),
        };
        let written = topic == Topic::Message;
        self.events.push(Event {
            at,
            minute,
            agent,
            channel: match written {
                true if random.chance(0.5) => Channel::Email,
                true => Channel::Message,
                false => Channel::Call,
            },
            direction,
            outcome,
            seconds: random.between(from, to),
            topic,
            promise: None,
        });
    }

    pub fn refuse_calls(&mut self, random: &mut Random) {
        let at = random.between(self.person.joined + 5, SPAN - 6);
        self.silence = self.talks.calendar.open_from(at);
        self.add(random, self.silence, Direction::Outbound, "do_not_call", Topic::DoNotCall);
    }

    /// Calls, service and messages as everybody has them.
    pub fn everyday(&mut self, random: &mut Random) {
        // Those who fell silent were let alone lately: nobody noticed.
        let until = match self.person.story {
            Story::FellSilent => self.life.bought.last().copied().unwrap_or(SPAN) - 1,
            Story::Double => return,
            _ => SPAN - 1,
        };
        let joined = self.person.joined;
        let years = f64::from((until - joined).max(0)) / 365.0;
        let more = if self.person.story == Story::Prospect { 2.2 } else { 1.0 };
        for _ in 0..random.poisson(OUTBOUND * more * years) {
            let at = random.between(joined, until);
            self.call(random, at, 0);
        }
        let here = self.life.left.unwrap_or(until).min(until);
        let years = f64::from((here - joined).max(0)) / 365.0;
        if self.person.story != Story::Prospect {
            for _ in 0..random.poisson(INBOUND * years) {
                let at = random.between(joined, here);
                let topics =
                    [Topic::Bill, Topic::Plan, Topic::OrderStatus, Topic::Technical, Topic::Thanks];
                let topic = random.pick(&topics).copied().unwrap_or(Topic::Bill);
                self.add(random, at, Direction::Inbound, "answered", topic);
            }
            if random.chance(0.06) {
                let at = random.between(joined, here);
                self.complain(random, at);
            }
        }
        for _ in 0..random.poisson(WRITTEN * years) {
            let at = random.between(joined, here);
            self.add(random, at, Direction::Inbound, "", Topic::Message);
        }
        if self.person.evening {
            let at = random.between(joined, joined + 60);
            self.add(random, at, Direction::Outbound, "answered", Topic::Evening);
        }
        self.birthday(random);
    }

    /// A call from us, with what follows from how it ended.
    fn call(&mut self, random: &mut Random, at: i32, tries: i32) {
        let outbound = Direction::Outbound;
        let prospect = self.person.story == Story::Prospect;
        let gone = self.life.left.is_some_and(|left| left < at);
        let weights = match (gone, prospect) {
            _ if self.person.evening && tries == 0 => [1.0, 0.0, 0.0, 0.0, 0.0, 0.6],
            (true, _) => [0.4, 0.04, 0.03, 0.0, 0.5, 0.0],
            (_, true) => [0.3, 0.05, 0.03, 0.12, 0.2, 0.3],
            _ => [0.28, 0.05, 0.01, 0.08, 0.12, 0.46],
        };
        let refusal = match (gone, prospect) {
            (true, _) => Topic::Left,
            (_, true) => Topic::ProspectNo,
            _ => Topic::Refused,
        };
        let pleasant = if prospect { Topic::ProspectOpen } else { Topic::CheckIn };
        let outcomes = [
            ("no_answer", Topic::NoAnswer),
            ("busy", Topic::Busy),
            ("wrong_number", Topic::WrongNumber),
            ("callback", Topic::Callback),
            ("refused", refusal),
            ("answered", pleasant),
        ];
        let drawn = random.weighed(weights.into_iter()).unwrap_or(0);
        let (outcome, topic) = outcomes[drawn];
        let before = self.events.len();
        self.add(random, at, outbound, outcome, topic);
        let Some(event) = self.events.get_mut(before) else { return };
        let (day, agent) = (event.at, event.agent);
        match outcome {
            "no_answer" | "busy" if tries < 2 && random.chance(0.5) => {
                let again = day + random.between(1, 4);
                self.call(random, again, tries + 1);
            }
            "callback" => {
                let due = self.talks.calendar.open_from(day + random.between(1, 5));
                if due < SPAN {
                    self.add(random, due, outbound, "answered", pleasant);
                } else if self.silence > SPAN {
                    let window = self.window();
                    let minute = random.between(window.0 / 15, (window.1 - 15) / 15) * 15;
                    if let Some(event) = self.events.get_mut(before) {
                        event.promise = Some(Promise { agent, due, minute });
                    }
                }
            }
            _ => {}
        }
    }

    fn complain(&mut self, random: &mut Random, at: i32) {
        let topics = [Topic::LateDelivery, Topic::BadQuality, Topic::BadSupport];
        let topic = random.pick(&topics).copied().unwrap_or(Topic::BadSupport);
        self.add(random, at, Direction::Inbound, "complaint", topic);
    }

    fn birthday(&mut self, random: &mut Random) {
        let Some(date) = self.person.customer.birth.and_then(Day::date) else { return };
        if !random.chance(0.12) || self.life.bought.is_empty() {
            return;
        }
        let today = self.talks.calendar.today;
        let year = today.date().map_or(0, jiff::civil::Date::year);
        let last = (0..2).find_map(|back| {
            let day = jiff::civil::Date::new(year - back, date.month(), date.day()).ok();
            let at = SPAN + day.map(Day::of)?.since(today);
            (at < SPAN && at >= self.person.joined).then_some(at)
        });
        let at = last.filter(|at| self.talks.calendar.is_open(*at));
        if let Some(at) = at.filter(|at| self.life.left.is_none_or(|left| *at < left)) {
            self.add(random, at, Direction::Outbound, "answered", Topic::Birthday);
        }
    }

    /// Orders by phone, and what was said of returns and credits.
    pub fn about(&mut self, random: &mut Random, purchases: &[Purchase]) {
        for purchase in purchases {
            let at = SPAN + purchase.day.since(self.talks.calendar.today);
            if !self.talks.calendar.is_open(at) {
                continue;
            }
            match purchase.kind {
                PurchaseKind::Sale if random.chance(BY_PHONE) => {
                    let ours = at < self.silence && random.chance(0.5);
                    let direction = if ours { Direction::Outbound } else { Direction::Inbound };
                    self.add(random, at, direction, "sale", Topic::Sale);
                }
                PurchaseKind::Return if random.chance(0.6) => {
                    self.add(random, at, Direction::Inbound, "answered", Topic::Returned);
                }
                PurchaseKind::Credit => {
                    self.add(random, at, Direction::Inbound, "answered", Topic::Credited);
                }
                _ => {}
            }
        }
    }

    pub fn story(&mut self, random: &mut Random) {
        let last = self.life.bought.last().copied().unwrap_or(SPAN);
        let (inbound, outbound) = (Direction::Inbound, Direction::Outbound);
        match self.person.story {
            Story::FellSilent => {
                let at = last - random.between(22, 40);
                self.complain(random, at);
                let at = last + random.between(1, 12);
                self.add(random, at, inbound, "complaint", Topic::LateDelivery);
                if random.chance(0.4) {
                    let at = SPAN - random.between(18, 32);
                    self.add(random, at, outbound, "refused", Topic::Silent);
                }
            }
            Story::PriceAngry => {
                let at = SPAN - PRICE_RISE_AGO + random.between(1, 20);
                self.add(random, at, inbound, "complaint", Topic::PriceAngry);
            }
            Story::CostlyToKeep => {
                let years = f64::from(SPAN - self.person.joined) / 365.0;
                for _ in 0..(years * f64::from(random.between(14, 24))) as i32 {
                    let at = random.between(self.person.joined, SPAN - 1);
                    self.add(random, at, inbound, "answered", Topic::LongCall);
                }
            }
            Story::OrdersHalved => {
                let mut at = self.person.joined + random.between(60, 180);
                let halved = self.life.halved.unwrap_or(SPAN);
                while at < halved {
                    self.add(random, at, outbound, "answered", Topic::FirmReview);
                    at += random.between(150, 200);
                }
                let at = halved + random.between(5, 40);
                self.add(random, at, outbound, "answered", Topic::FirmHalved);
            }
            Story::Advocate => {
                for topic in [Topic::Advocate, Topic::Thanks] {
                    let at = random.between(self.person.joined + 90, SPAN - 1);
                    self.add(random, at, inbound, "answered", topic);
                }
            }
            Story::WonBack => self.won_back(random),
            Story::Ordinary | Story::Gone => {
                if let Some(left) = self.life.left.filter(|_| random.chance(0.3)) {
                    let at = left - random.between(0, 25);
                    self.complain(random, at);
                }
            }
            Story::Prospect | Story::Regular | Story::Double => {}
        }
    }

    /// The call that brought them back falls on the day of the first purchase after the silence.
    fn won_back(&mut self, random: &mut Random) {
        let pairs = self.life.bought.windows(2);
        let longest = pairs.max_by_key(|pair| pair[1] - pair[0]).map(|pair| (pair[0], pair[1]));
        if let Some((last, back)) = longest {
            let at = last + random.between(60, 120);
            self.events.retain(|e| e.at <= last || e.at > back);
            self.add(random, at, Direction::Outbound, "refused", Topic::Left);
            self.add(random, back, Direction::Outbound, "sale", Topic::WinBack);
        }
    }

    /// Ends with the promise to call again: later conversations are left out.
    pub fn promise(&mut self, random: &mut Random, promise: Promise) {
        let asked = (promise.due.min(SPAN) - random.between(1, 5)).max(self.person.joined);
        let at = self.talks.calendar.open_until(asked);
        self.events.retain(|e| e.at < at && e.promise.is_none());
        let window = SHIFTS[promise.agent * 2 / AGENTS];
        let (minute, agent) = Calendar::call(random, window, promise.agent);
        self.events.push(Event {
            at,
            minute,
            agent,
            channel: Channel::Call,
            direction: Direction::Outbound,
            outcome: "callback",
            seconds: random.between(30, 110),
            topic: Topic::Callback,
            promise: Some(promise),
        });
    }
}
