//! The conversations of a customer written down: interactions with notes in the customer's language, open
//! callbacks, the wish not to be called. What takes place at all is drawn in `conversation`.

use crate::domain::{
    AgentId, CustomerId, Day, DoNotCall, Interaction, InteractionId, Purchase, Task, TaskId,
    TaskKind, TaskState, WrapUp,
};

use super::Story;
use super::calendar::{Calendar, SPAN};
use super::conversation::{Conversation, Event};
use super::ingredients::{Ingredients, Topic};
use super::life::Life;
use super::market::Market;
use super::people::{Person, persian_digits};
use super::random::Random;

/// Share of customers who ask not to be called.
const NO_CALLS: f64 = 0.022;
/// Days in which a complaint marks a customer.
const FRESH: i32 = 180;

/// A promise to call back: by whom, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Promise {
    pub agent: usize,
    /// Day, counted from the first day of the sample.
    pub due: i32,
    /// Minute of the business's day.
    pub minute: i32,
}

/// What the conversations of a customer came to.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    pub interactions: Vec<Interaction>,
    /// Callbacks that are open.
    pub tasks: Vec<Task>,
    pub do_not_call: Option<DoNotCall>,
    /// Complained lately.
    pub complained: bool,
}

/// What is the same for all conversations of a sample.
pub(super) struct Talks<'a> {
    pub things: &'a Ingredients,
    pub calendar: &'a Calendar,
    pub market: &'a Market<'a>,
    /// Language of the store.
    pub own: usize,
    /// IANA zone of the business.
    pub zone: &'a str,
}

impl Talks<'_> {
    /// Draws the conversations of a customer who bought these things; `promise` is an open callback
    /// that the last of them must end with.
    pub fn with(
        &self,
        random: &mut Random,
        person: &Person,
        life: &Life,
        purchases: &[Purchase],
        promise: Option<Promise>,
    ) -> Spoken {
        let mut conversation =
            Conversation { talks: self, person, life, silence: i32::MAX, events: Vec::new() };
        let may_refuse = matches!(person.story, Story::Ordinary | Story::Regular | Story::Prospect)
            && promise.is_none();
        if may_refuse && person.joined < SPAN - 30 && random.chance(NO_CALLS) {
            conversation.refuse_calls(random);
        }
        conversation.everyday(random);
        conversation.about(random, purchases);
        conversation.story(random);
        if let Some(promise) = promise {
            conversation.promise(random, promise);
        }
        self.write(random, conversation, purchases)
    }

    fn write(
        &self,
        random: &mut Random,
        mut conversation: Conversation,
        purchases: &[Purchase],
    ) -> Spoken {
        let person = conversation.person;
        conversation.events.sort_by_key(|e| (e.at, e.minute));
        let mut spoken = Spoken::default();
        if conversation.silence <= SPAN {
            let reasons = self.things.words("refusals", self.own);
            let reason = random.pick(reasons).copied().unwrap_or("").to_owned();
            spoken.do_not_call =
                Some(DoNotCall { since: self.calendar.day(conversation.silence), reason });
        }
        for event in conversation.events {
            let complaint = matches!(
                event.topic,
                Topic::LateDelivery | Topic::BadQuality | Topic::BadSupport | Topic::PriceAngry
            );
            spoken.complained |= complaint && event.at > SPAN - FRESH;
            let note = self.note(random, person, &event, purchases);
            let local = spoken.interactions.len() as u64 + 1;
            if let Some(promise) = event.promise {
                spoken.tasks.push(Task {
                    id: TaskId(0),
                    customer: CustomerId(person.customer.id.0),
                    kind: TaskKind::Callback,
                    due: self.calendar.moment(promise.due, promise.minute),
                    zone: self.zone.to_owned(),
                    owner: AgentId(promise.agent as u64 + 1),
                    note: note.clone(),
                    state: TaskState::Open,
                    from: Some(InteractionId(local)),
                });
            }
            spoken.interactions.push(Interaction {
                id: InteractionId(local),
                customer: CustomerId(person.customer.id.0),
                external_id: None,
                at: self.calendar.moment(event.at, event.minute),
                channel: event.channel,
                direction: event.direction,
                outcome: event.outcome.to_owned(),
                seconds: event.seconds.max(0) as u32,
                agent: AgentId(event.agent as u64 + 1),
                note,
                corrects: None,
                queue: None,
                wrap_up: WrapUp::default(),
            });
        }
        spoken
    }

    /// A sentence in the customer's language, about what was bought last.
    fn note(
        &self,
        random: &mut Random,
        person: &Person,
        event: &Event,
        purchases: &[Purchase],
    ) -> String {
        if matches!(event.topic, Topic::NoAnswer | Topic::Busy) && random.chance(0.7) {
            return String::new();
        }
        let form = random.pick(self.things.notes(event.topic, person.tongue)).copied();
        let form = form.unwrap_or("");
        if !form.contains('{') {
            return form.to_owned();
        }
        let day = self.calendar.day(event.at);
        let promised = event.promise.map_or(event.minute + 60, |p| p.minute);
        let local = (promised + (person.ahead * 60.0) as i32).rem_euclid(1_440);
        let when = [11 * 60 + 30, 14 * 60, 17 * 60].iter().filter(|m| local >= **m).count();
        let days = random.between(2, 9);
        let days = if person.tongue == 1 { persian_digits(days) } else { days.to_string() };
        form.replace("{product}", self.product(random, person, purchases, day))
            .replace("{when}", self.things.word("when", person.tongue, when))
            .replace("{n}", &days)
    }

    /// The main product bought on that day or last before; one that may be offered when there is none.
    fn product(
        &self,
        random: &mut Random,
        person: &Person,
        purchases: &[Purchase],
        day: Day,
    ) -> &'static str {
        let bought = purchases.iter().rev().filter(|p| p.day <= day);
        let line = bought.flat_map(|p| &p.lines).find(|l| l.product.is_some());
        let good =
            line.and_then(|l| self.market.good_of(l)).or_else(|| random.pick(&self.things.goods));
        good.map_or("", |g| g.name[person.tongue])
    }
}
