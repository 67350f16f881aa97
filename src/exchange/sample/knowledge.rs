//! What is known of customers beside their record: facts, tags, stage, and who belongs to whom.

use crate::domain::{
    Customer, CustomerId, Fact, FactId, FactKind, Relation, RelationId, RelationKind, Stage,
};

use super::Story;
use super::calendar::{Calendar, SPAN};
use super::ingredients::Ingredients;
use super::life::Life;
use super::people::Person;
use super::random::Random;

/// Share of persons known to work at one of the organisations.
const EMPLOYED: f64 = 0.05;

/// What we were told of a customer. Facts are in the store's language: they are its vocabulary, and
/// segments name them.
pub(super) fn facts(
    random: &mut Random,
    calendar: &Calendar,
    things: &Ingredients,
    own: usize,
    person: &Person,
) -> Vec<Fact> {
    let mut known: Vec<(usize, u8, u8)> = Vec::new();
    let named = |text: &str| things.wishes.iter().position(|w| w.text[0] == text);
    let planted: &[(&str, u8, u8)] = match person.story {
        Story::FellSilent => &[("fast delivery", 5, 1)],
        Story::PriceAngry => &[
            ("lower monthly bill", 5, 1),
            ("price-sensitive", 4, 0),
            ("to be told before prices change", 5, 1),
        ],
        Story::CostlyToKeep => &[("wants everything explained", 5, 0)],
        Story::OrdersHalved => &[("one contact person", 4, 2)],
        Story::Advocate => &[("trusts our advice", 5, 0), ("discount for long loyalty", 3, 3)],
        _ => &[],
    };
    for (text, strength, met) in planted {
        known.extend(named(text).map(|at| (at, *strength, *met)));
    }
    if let Some(at) = person.interest.filter(|_| random.chance(0.4)) {
        known.push((at, random.between(2, 5) as u8, 0));
    }
    let plain = [
        (FactKind::Need, 0.38),
        (FactKind::Expectation, 0.12),
        (FactKind::Taste, 0.18),
        (FactKind::Attitude, 0.18),
        (FactKind::Biography, 0.22),
    ];
    for (kind, chance) in plain {
        let personal = matches!(kind, FactKind::Taste | FactKind::Biography);
        if !random.chance(chance) || (person.firm && personal) || person.story == Story::Double {
            continue;
        }
        let fits = things.wishes.iter().map(|w| if w.kind == kind { 1.0 } else { 0.0 });
        let Some(at) = random.weighed(fits) else { continue };
        let measured = matches!(kind, FactKind::Need | FactKind::Expectation);
        let met = if measured && random.chance(0.7) { random.between(1, 5) as u8 } else { 0 };
        if known.iter().all(|(k, ..)| *k != at) {
            known.push((at, random.between(2, 5) as u8, met));
        }
    }
    let sources = things.words("learned", own);
    let write = |(at, strength, met): (usize, u8, u8)| {
        let wish = things.wishes.get(at)?;
        Some(Fact {
            id: FactId(0),
            customer: person.customer.id,
            kind: wish.kind,
            text: wish.text[own].to_owned(),
            strength,
            met,
            source: random.pick(sources).copied().unwrap_or("").to_owned(),
            on: calendar.day(random.between(person.joined, SPAN - 1)),
        })
    };
    known.into_iter().filter_map(write).collect()
}

/// Where the relation stands, by what the business can see.
pub(super) fn stage(person: &Person, life: &Life) -> Stage {
    let (Some(first), Some(last)) = (life.bought.first(), life.bought.last()) else {
        return Stage::Prospect;
    };
    let silent = SPAN - last;
    let repeats = life.bought.len() as i32 - 1;
    if repeats == 0 {
        return if silent > 365 { Stage::Lapsed } else { Stage::FirstTime };
    }
    let gap = (last - first) / repeats;
    if silent > (5 * gap).max(240) {
        Stage::Lapsed
    } else if silent > (5 * gap / 2).max(45) {
        Stage::AtRisk
    } else if person.story == Story::WonBack {
        Stage::WonBack
    } else if person.story == Story::Advocate {
        Stage::Advocate
    } else if repeats >= 6 && SPAN - first >= 240 {
        Stage::Loyal
    } else {
        Stage::Repeat
    }
}

/// A word of the list of tags.
#[derive(Clone, Copy)]
pub(super) enum Tag {
    Vip,
    Fibre,
    Complaint,
    Newsletter,
    PriceSensitive,
    Business,
}

/// Puts a tag on.
pub(super) fn tag(things: &Ingredients, own: usize, customer: &mut Customer, tag: Tag) {
    customer.tag(things.word("tags", own, tag as usize));
}

/// Households, employers, and who was sent by whom. Those sent by nobody who can be named stay so.
pub(super) fn relations(
    random: &mut Random,
    things: &Ingredients,
    own: usize,
    people: &[Person],
) -> Vec<Relation> {
    let mut all = Vec::new();
    let mut tie = |from: usize, to: usize, kind: RelationKind, note: &str| {
        let id = |at: usize| CustomerId(at as u64 + 1);
        let number = RelationId(all.len() as u64 + 1);
        all.push(Relation { id: number, from: id(from), to: id(to), kind, note: note.to_owned() });
    };
    let places = |story: fn(&Person) -> bool| -> Vec<usize> {
        let mut found: Vec<usize> = (0..people.len()).filter(|at| story(&people[*at])).collect();
        found.sort_by_key(|at| people[*at].joined);
        found
    };
    let firms = places(|p| p.firm);
    let advocates = places(|p| p.story == Story::Advocate);
    let referral = things.sources.iter().position(|s| s.name[0] == "referral");
    let mut turn = 0;
    for (at, person) in people.iter().enumerate() {
        if person.story == Story::Double {
            continue;
        }
        if let Some(other) = person.with {
            tie(at, other, RelationKind::Household, "");
        }
        let employed = !person.firm && random.chance(EMPLOYED);
        if let Some(firm) = random.pick(&firms).filter(|_| employed) {
            let role = random.pick(things.words("roles", own)).copied().unwrap_or("");
            tie(at, *firm, RelationKind::WorksAt, role);
        }
        if Some(person.source) == referral && person.story != Story::Advocate {
            // Advocates take turns, as far as they were customers already.
            let known = advocates.partition_point(|a| people[*a].joined < person.joined);
            if let Some(advocate) = advocates.get(turn % known.max(1)).filter(|_| known > 0) {
                tie(at, *advocate, RelationKind::ReferredBy, things.word("referred", own, 0));
                turn += 1;
            }
        }
    }
    all
}
