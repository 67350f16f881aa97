//! Puts a sample together from a recipe.

use std::collections::HashMap;

use jiff::tz::TimeZone;

use crate::domain::{
    Agent, AgentId, CalendarKind, Customer, CustomerId, FactId, InteractionId, Language,
    Membership, Preferences, PurchaseId, PurchaseKind, Role, Segment, SegmentId, Settings, Stage,
    SubscriptionId, Task, TaskId, TaskKind, TaskState,
};

use super::calendar::{AGENTS, Calendar, SPAN};
use super::contracts;
use super::drives::{Drives, Met};
use super::ingredients::Ingredients;
use super::knowledge::{self, Tag};
use super::life::{self, Life};
use super::market::Market;
use super::orders::orders;
use super::people::{Census, Person};
use super::processes;
use super::random::Random;
use super::strategy::Strategy;
use super::talks::{Promise, Spoken, Talks};
use super::voices::{Voices, Whose};
use super::{Recipe, Redemption, Sample, Story, Truth};

/// Share of customers with each story; the rest are ordinary.
const STORIES: &[(Story, f64)] = &[
    (Story::Prospect, 0.13),
    (Story::Regular, 0.06),
    (Story::Gone, 0.055),
    (Story::Advocate, 0.024),
    (Story::WonBack, 0.02),
    (Story::PriceAngry, 0.015),
    (Story::CostlyToKeep, 0.012),
    (Story::FellSilent, 0.012),
    (Story::OrdersHalved, 0.008),
    (Story::Double, 0.004),
];
/// How fast those leave who came before Nowruz or Easter: they stay longest.
const MARCH: f64 = 0.45;
/// Share of customers, by what they spent, who are very important.
const VIP: f64 = 0.03;
/// Streams of random numbers beside those of the customers.
const TIES: u64 = u64::MAX - 1;
const START: u64 = u64::MAX - 2;
const CASES: u64 = u64::MAX - 3;
/// The first stream of those of the contracts, and of campaigns and answers.
const CONTRACTS: u64 = 1 << 62;
const VOICES: u64 = 1 << 61;
/// Open callbacks of the first agent: days from today, hour and minute.
const PROMISES: &[(i32, i32, i32)] = &[
    (0, 9, 30),
    (-1, 16, 0),
    (1, 10, 0),
    (0, 14, 30),
    (-3, 15, 0),
    (0, 11, 0),
    (-1, 10, 30),
    (1, 13, 0),
    (0, 16, 30),
    (2, 9, 30),
    (4, 11, 0),
    (7, 15, 0),
];
/// Open callbacks of each other agent.
const PROMISES_OF_OTHERS: &[(i32, i32, i32)] = &[(0, 13, 0), (-1, 14, 0), (1, 12, 30)];

/// Makes a sample. The same recipe gives the same sample.
pub fn make(recipe: Recipe) -> Sample {
    let things = Ingredients::read();
    let calendar = Calendar::new(recipe.lang, recipe.today);
    let market = Market::new(recipe.lang, &things.goods);
    let own = usize::from(recipe.lang.code());
    let settings = settings(recipe.lang, &market);
    let people = people(recipe, &things, &calendar);
    let relations = knowledge::relations(&mut Random::of(recipe.seed, TIES), &things, own, &people);
    let talks = Talks {
        things: &things,
        calendar: &calendar,
        market: &market,
        own,
        zone: &settings.time_zone,
    };
    let zone = TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC);
    let strategy = &Strategy::read(recipe.lang, recipe.today);
    let worth = (500.0 * market.scale) as i64;
    let drives = Drives { things: &things, calendar: &calendar, strategy, worth, own, zone: &zone };
    let voices = Voices { things: &things, calendar: &calendar, strategy, own, zone: &zone };
    let promises = promises(&people);
    let mut sample = Sample {
        agents: agents(recipe.lang, &things),
        products: market.products(recipe.lang),
        segments: segments(&things, own),
        settings: settings.clone(),
        customers: Vec::with_capacity(people.len()),
        truths: Vec::with_capacity(people.len()),
        purchases: Vec::new(),
        interactions: Vec::new(),
        facts: Vec::new(),
        relations,
        tasks: Vec::new(),
        subscriptions: Vec::new(),
        processes: processes::processes(&things, own),
        courses: Vec::new(),
        plan: strategy.plan.clone(),
        redemptions: Vec::new(),
    };
    let mut spent: Vec<i64> = Vec::with_capacity(people.len());
    for (at, person) in people.into_iter().enumerate() {
        let random = &mut Random::of(recipe.seed, 2 * at as u64 + 1);
        let march = if calendar.month(person.joined) == 3 { MARCH } else { 1.0 };
        let leaves = things.sources.get(person.source).map_or(1.0, |s| s.leaves) * march;
        let life = life::live(random, &calendar, person.story, person.joined, leaves, person.firm);
        let likes = person.interest.and_then(|i| things.wishes.get(i)).map_or("", |w| w.likes);
        let bought = orders(random, &calendar, &market, &person, likes, &life);
        let mut spoken = talks.with(random, &person, &life, &bought, promises.get(&at).copied());
        let facts = knowledge::facts(random, &calendar, &things, own, &person);
        let fibre = calendar.day(SPAN - 120);
        let has_fibre = bought.iter().any(|p| p.day >= fibre && market.holds(p, "internet"));
        let sales = bought.iter().filter(|p| p.kind == PurchaseKind::Sale);
        spent.push(sales.map(crate::domain::Purchase::amount).sum());
        let sensitive = facts.iter().any(|f| {
            things.wishes.iter().any(|w| w.text[0] == "price-sensitive" && f.text == w.text[own])
        });
        sample
            .truths
            .push(Truth { story: person.story, left: life.left.map(|at| calendar.day(at)) });
        let holder =
            contracts::Holder { customer: person.customer.id, joined: person.joined, leaves };
        let has_bought = person.story != Story::Prospect;
        let story = person.story;
        let mut customer = finish(random, &things, own, &person, &life, &spoken);
        for (yes, tag) in [(has_fibre, Tag::Fibre), (sensitive, Tag::PriceSensitive)] {
            if yes {
                knowledge::tag(&things, own, &mut customer, tag);
            }
        }
        let random = &mut Random::of(recipe.seed, VOICES + at as u64);
        strategy.fill_in(random, &calendar, &person, &mut customer);
        let sum = spent.last().copied().unwrap_or_default();
        let met = Met { person: &person, customer: &customer, life: &life, spent: sum };
        drives.call(random, &met, &mut spoken);
        let whose = Whose { story, customer: &customer, facts: &facts };
        voices.tell(random, &whose, &mut spoken);
        let random = &mut Random::of(recipe.seed, CONTRACTS + at as u64);
        if has_bought {
            let contract = contracts::contract(random, &calendar, &market, &things.goods, &holder);
            sample.subscriptions.extend(contract);
        }
        sample.customers.push(customer);
        sample.facts.extend(facts);
        sample.purchases.extend(bought);
        keep(&mut sample, spoken);
    }
    todos(&mut sample, &things, &calendar, own);
    number(&mut sample);
    honour(&mut sample, &things, own, &spent);
    let random = &mut Random::of(recipe.seed, CASES);
    sample.courses = processes::courses(random, &things, &calendar, own, &sample.truths);
    sample.redemptions = redemptions(&sample, strategy, &things, &calendar, own);
    sample
}

/// One in six of those who have gathered points took some off a bill, weeks ago.
fn redemptions(
    sample: &Sample,
    strategy: &Strategy,
    things: &Ingredients,
    calendar: &Calendar,
    own: usize,
) -> Vec<Redemption> {
    let Some(programme) = strategy.programmes.first() else { return Vec::new() };
    let (from, to) = (calendar.day(SPAN - 330), calendar.day(SPAN - 60));
    let mut earned = vec![0_i64; sample.customers.len()];
    let within = sample.purchases.iter().filter(|p| p.day >= from && p.day <= to);
    for purchase in within {
        let sign = if purchase.kind == PurchaseKind::Sale { 1 } else { -3 };
        if let Some(sum) = earned.get_mut((purchase.customer.0 as usize).wrapping_sub(1)) {
            *sum += sign * programme.earned(purchase.amount());
        }
    }
    let takes_part = |c: &&Customer| matches!(c.stage, Stage::Loyal | Stage::Advocate);
    let all = sample.customers.iter().zip(earned).filter(|(c, _)| takes_part(c));
    let some = all.filter(|(_, points)| *points >= 40).step_by(6).enumerate();
    let made = some.map(|(at, (customer, points))| {
        let day = calendar.open_until(SPAN - 5 - at as i32 % 50);
        Redemption {
            customer: customer.id,
            agent: at % AGENTS,
            at: calendar.moment(day, 12 * 60 + 30 + at as i32 % 4 * 60),
            points: points / 20 * 10,
            note: things.word("redeemed", own, at % 2).to_owned(),
        }
    });
    let mut all: Vec<Redemption> = made.collect();
    all.sort_by_key(|r| r.at);
    all
}

/// Stories are spread evenly over the list, in the shares given, for small samples too.
fn story(start: f64, at: usize) -> Story {
    // Multiples of the golden ratio fill the unit interval evenly.
    let mut place = (start + (at + 1) as f64 * 0.618_033_988_749_894_9).fract();
    for (story, share) in STORIES {
        if place < *share {
            return *story;
        }
        place -= share;
    }
    Story::Ordinary
}

fn people(recipe: Recipe, things: &Ingredients, calendar: &Calendar) -> Vec<Person> {
    let start = Random::of(recipe.seed, START).unit();
    let mut census = Census::new(things, calendar, recipe.lang, recipe.seed);
    for at in 0..recipe.customers {
        let story = story(start, at);
        census.add(&mut Random::of(recipe.seed, 2 * at as u64), story);
    }
    census.people
}

/// Gives the callbacks to customers of each agent, spread over the list.
fn promises(people: &[Person]) -> HashMap<usize, Promise> {
    let mut all = HashMap::new();
    for agent in 0..AGENTS {
        let forms = if agent == 0 { PROMISES } else { PROMISES_OF_OTHERS };
        let fits = |p: &Person| {
            let calm = matches!(p.story, Story::Ordinary | Story::Regular | Story::Advocate);
            calm && p.agent == agent && p.ahead == 0.0 && !p.evening && p.joined < SPAN - 20
        };
        let whom: Vec<usize> = (0..people.len()).filter(|at| fits(&people[*at])).collect();
        let step = (whom.len() / forms.len()).max(1);
        for (at, (days, hour, minute)) in whom.iter().step_by(step).zip(forms) {
            let minute = hour * 60 + minute;
            all.insert(*at, Promise { agent, due: SPAN + days, minute });
        }
    }
    all
}

fn finish(
    random: &mut Random,
    things: &Ingredients,
    own: usize,
    person: &Person,
    life: &Life,
    spoken: &Spoken,
) -> Customer {
    let stage = knowledge::stage(person, life);
    let mut customer = person.customer.clone();
    customer.stage = stage;
    customer.consent.do_not_call.clone_from(&spoken.do_not_call);
    let asked = random.unit();
    customer.consent.marketing = match asked {
        _ if spoken.do_not_call.is_some() => Some(false),
        ..0.45 => Some(true),
        ..0.6 => Some(false),
        _ => None,
    };
    let reads = customer.consent.marketing == Some(true) && asked < 0.25;
    for (yes, tag) in [
        (spoken.complained, Tag::Complaint),
        (reads, Tag::Newsletter),
        (person.firm, Tag::Business),
    ] {
        if yes {
            knowledge::tag(things, own, &mut customer, tag);
        }
    }
    customer
}

/// Adds conversations and tasks, with ids that count on.
fn keep(sample: &mut Sample, spoken: Spoken) {
    let before = sample.interactions.len() as u64;
    sample.interactions.extend(spoken.interactions);
    for mut task in spoken.tasks {
        task.from = task.from.map(|local| InteractionId(before + local.0));
        sample.tasks.push(task);
    }
}

/// A thing to do for each agent, beside the callbacks.
fn todos(sample: &mut Sample, things: &Ingredients, calendar: &Calendar, own: usize) {
    for (agent, note) in (0..AGENTS).zip(things.words("todos", own).iter().cycle()) {
        let owner = Some(AgentId(agent as u64 + 1));
        let Some(customer) =
            sample.customers.iter().find(|c| c.owner == owner && !c.must_not_be_called())
        else {
            continue;
        };
        let due = calendar.moment(calendar.open_from(SPAN + 1 + agent as i32 % 3), 15 * 60);
        sample.tasks.push(Task {
            id: TaskId(0),
            customer: customer.id,
            kind: TaskKind::Todo,
            due,
            zone: sample.settings.time_zone.clone(),
            owner: AgentId(agent as u64 + 1),
            note: (*note).to_owned(),
            state: TaskState::Open,
            from: None,
        });
    }
}

fn number(sample: &mut Sample) {
    let count = |at: usize| at as u64 + 1;
    for (at, purchase) in sample.purchases.iter_mut().enumerate() {
        purchase.id = PurchaseId(count(at));
        purchase.external_id = Some(format!("P-{:07}", count(at)));
    }
    for (at, interaction) in sample.interactions.iter_mut().enumerate() {
        interaction.id = InteractionId(count(at));
        interaction.external_id = Some(format!("I-{:07}", count(at)));
    }
    for (at, fact) in sample.facts.iter_mut().enumerate() {
        fact.id = FactId(count(at));
    }
    for (at, subscription) in sample.subscriptions.iter_mut().enumerate() {
        subscription.id = SubscriptionId(count(at));
        subscription.external_id = Some(format!("S-{:06}", count(at)));
    }
    sample.tasks.sort_by_key(|t| t.due);
    for (at, task) in sample.tasks.iter_mut().enumerate() {
        task.id = TaskId(count(at));
    }
}

/// Marks those who spent most.
fn honour(sample: &mut Sample, things: &Ingredients, own: usize, spent: &[i64]) {
    let mut ranked: Vec<(i64, CustomerId)> =
        spent.iter().copied().zip(sample.customers.iter().map(|c| c.id)).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    ranked.truncate((VIP * spent.len() as f64) as usize);
    for (_, id) in ranked {
        if let Some(customer) = sample.customers.get_mut(id.0 as usize - 1) {
            knowledge::tag(things, own, customer, Tag::Vip);
        }
    }
}

fn settings(language: Language, market: &Market) -> Settings {
    let minor = |dollars: f64| (dollars * market.scale) as i64;
    let persian = language == Language::Persian;
    Settings {
        currency: market.currency,
        country: if persian { "IR" } else { "US" }.to_owned(),
        time_zone: if persian { "Asia/Tehran" } else { "America/New_York" }.to_owned(),
        margin: 0.4,
        minute_cost: minor(0.5),
        offer_cost: minor(4.0),
        ..Settings::default()
    }
}

fn agents(language: Language, things: &Ingredients) -> Vec<Agent> {
    let own = usize::from(language.code());
    let calendar =
        if language == Language::Persian { CalendarKind::Jalali } else { CalendarKind::Gregorian };
    let names = things.words("agents", own).iter().take(AGENTS).enumerate();
    names
        .map(|(at, name)| Agent {
            id: AgentId(at as u64 + 1),
            name: (*name).to_owned(),
            role: if at == 0 { Role::Supervisor } else { Role::Agent },
            team: things.word("teams", own, at % (AGENTS / 2)).to_owned(),
            disabled: false,
            preferences: Preferences {
                language: Some(language),
                calendar: Some(calendar),
                ..Preferences::default()
            },
        })
        .collect()
}

fn segments(things: &Ingredients, own: usize) -> Vec<Segment> {
    let segment = |(at, words): (usize, &super::ingredients::SegmentWords)| {
        let rule = words.rule[own].to_owned();
        Segment {
            id: SegmentId(at as u64 + 1),
            name: words.name[own].to_owned(),
            membership: if words.by_tag { Membership::Tag(rule) } else { Membership::Rule(rule) },
            target: words.target,
            note: words.note[own].to_owned(),
        }
    };
    things.segments.iter().enumerate().map(segment).collect()
}
