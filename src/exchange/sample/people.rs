//! Who the customers are: names, contacts, places, how they came. Combinations of common names; phones
//! from ranges kept for fiction (see `demo/cities.tsv`); e-mail addresses at the example domains of RFC 2606.

use crate::domain::{
    AgentId, ContactKind, ContactPoint, Customer, CustomerId, CustomerKind, Gender, Language, Place,
};

use super::Story;
use super::calendar::{Calendar, SPAN};
use super::ingredients::{City, Ingredients, Name};
use super::life;
use super::random::Random;

/// Share of organisations among those whose story does not say what they are.
const FIRMS: f64 = 0.07;
/// Share of persons who live with an earlier customer.
const HOUSEHOLDS: f64 = 0.10;
/// How far back in the list the household is looked for.
const NEIGHBOURS: i32 = 40;
/// Share of persons who have asked for calls in the evening.
const EVENINGS: f64 = 0.06;

/// A customer and what the recipe knows beside the record.
#[derive(Debug)]
pub(super) struct Person {
    pub customer: Customer,
    pub story: Story,
    /// Language of the customer: English 0, Persian 1.
    pub tongue: usize,
    /// Hours ahead of the business.
    pub ahead: f64,
    /// First day of the relation, counted from the first day of the sample.
    pub joined: i32,
    /// Can be reached in the evening only.
    pub evening: bool,
    pub firm: bool,
    /// Place in the list of sources.
    pub source: usize,
    /// Place of an interest in the list of wishes.
    pub interest: Option<usize>,
    /// Place of the agent who cares for the customer.
    pub agent: usize,
    /// The customer this one lives with, or is a second record of.
    pub with: Option<usize>,
    family: Name,
}

/// Draws customers one after another.
pub(super) struct Census<'a> {
    things: &'a Ingredients,
    calendar: &'a Calendar,
    language: Language,
    /// How many numbers of each phone range were given out.
    given: Vec<Vec<u64>>,
    /// Where the numbers start, so that another seed gives other numbers.
    start: u64,
    pub people: Vec<Person>,
}

impl<'a> Census<'a> {
    pub fn new(
        things: &'a Ingredients,
        calendar: &'a Calendar,
        language: Language,
        seed: u64,
    ) -> Self {
        let given = things.cities.iter().map(|c| vec![0; c.phones.len()]).collect();
        let start = Random::of(seed, u64::MAX).bits() % 1_000_000;
        Self { things, calendar, language, given, start, people: Vec::new() }
    }

    /// Adds the next customer.
    pub fn add(&mut self, random: &mut Random, story: Story) {
        let things = self.things;
        let firm = match story {
            Story::OrdersHalved => true,
            Story::Ordinary | Story::Regular | Story::Prospect => random.chance(FIRMS),
            _ => false,
        };
        let foreign = if self.language == Language::English { 0.2 } else { 0.08 };
        let own = usize::from(self.language.code());
        let tongue = if random.chance(foreign) { 1 - own } else { own };
        let bought = !matches!(story, Story::Prospect | Story::Double);
        let likely = things.sources.iter().map(|s| {
            let share = if bought { s.bought } else { 1.0 - s.bought };
            s.weight * share
        });
        let source = random.weighed(likely).unwrap_or(0);
        let id = CustomerId(self.people.len() as u64 + 1);
        let joined = self.calendar.spread(firm, life::latest_joined(story), random.unit());
        let mut customer = Customer::named(id, "", self.calendar.day(joined));
        customer.external_id = Some(format!("C-{:06}", id.0));
        ["en", "fa"][tongue].clone_into(&mut customer.language);
        customer.source = words(things.sources.get(source).map(|s| s.name), own);
        let gender = usize::from(random.chance(0.5));
        let pick = |random: &mut Random, from: &[Name]| {
            random.pick(from).copied().unwrap_or(Name { shown: "?", latin: "x" })
        };
        let mut first = pick(random, &things.first[tongue][gender]);
        let family = pick(random, &things.last[tongue]);
        while things.avoid.contains(&format!("{} {}", first.shown, family.shown).as_str()) {
            first = pick(random, &things.first[tongue][gender]);
        }
        // In an English store a Persian customer is found in Iran or anywhere else.
        let at_home = random.chance(if tongue == 1 { 0.65 } else { 0.6 });
        let iran = |city: &City| city.country == "IR";
        let in_iran = if tongue == 1 { at_home || own == 1 } else { own == 1 && at_home };
        let place = random
            .weighed(things.cities.iter().map(|c| if iran(c) == in_iran { c.weight } else { 0.0 }))
            .unwrap_or(0);
        let mut person = Person {
            customer,
            story,
            tongue,
            ahead: 0.0,
            joined,
            evening: false,
            firm,
            source,
            interest: None,
            agent: random.weighed([2.2, 1.0, 1.0, 1.2, 1.0, 1.0].into_iter()).unwrap_or(0),
            with: None,
            family,
        };
        if let Some(city) = things.cities.get(place) {
            person.ahead = city.hours - if own == 1 { 8.5 } else { 0.0 };
            let street = random.pick(things.words("streets", own)).copied().unwrap_or("");
            person.customer.place = self.address(random, city, street);
            city.zone.clone_into(&mut person.customer.time_zone);
            if firm {
                self.describe_firm(random, &mut person);
            } else {
                self.describe(random, &mut person, first, gender);
            }
            self.reach(random, &mut person, place, first);
        }
        if random.chance(0.85) {
            person.customer.owner = Some(AgentId(person.agent as u64 + 1));
        }
        self.people.push(person);
    }

    fn address(&self, random: &mut Random, city: &City, street: &str) -> Place {
        let own = usize::from(self.language.code());
        let number = random.between(1, 180);
        Place {
            city: city.name[own].to_owned(),
            region: city.region[own].to_owned(),
            country: city.country.to_owned(),
            address: match own {
                1 => format!("{street}، پلاک {}", persian_digits(number)),
                _ => format!("{number} {street}"),
            },
            // Left to be asked for.
            postal_code: String::new(),
        }
    }

    fn describe(&self, random: &mut Random, person: &mut Person, first: Name, gender: usize) {
        let things = self.things;
        let customer = &mut person.customer;
        if person.story == Story::Double {
            let likely = |p: &Person| !p.firm && p.with.is_none() && p.story != Story::Double;
            person.with = self.earlier(random, likely);
        } else if random.chance(HOUSEHOLDS) {
            let (tongue, joined) = (person.tongue, person.joined);
            let near = |p: &Person| {
                p.tongue == tongue && !p.firm && p.with.is_none() && p.joined <= joined
            };
            person.with = self.earlier(random, near);
        }
        if let Some(other) = person.with.and_then(|at| self.people.get(at)) {
            person.family = other.family;
            person.ahead = other.ahead;
            customer.place = other.customer.place.clone();
            customer.time_zone.clone_from(&other.customer.time_zone);
        }
        let latin = format!("{} {}", first.latin, person.family.latin);
        let shown = format!("{} {}", first.shown, person.family.shown);
        customer.kind = CustomerKind::Person;
        // Many Persian customers of a business abroad are written in Latin letters.
        if person.tongue == 1 && self.language == Language::English && random.chance(0.3) {
            customer.name = latin;
        } else {
            if person.tongue == 1 && random.chance(0.35) {
                customer.other_names.push(latin);
            }
            customer.name = shown;
        }
        customer.gender =
            random.chance(0.9).then_some(if gender == 0 { Gender::Female } else { Gender::Male });
        let middle = things.sources.get(person.source).map_or(40.0, |s| s.age);
        let age = (middle + 12.0 * random.normal()).clamp(18.0, 92.0);
        if random.chance(0.72) {
            let days = (age * 365.25) as i32 + random.between(0, 364);
            customer.birth = Some(self.calendar.today.plus(-days));
        }
        let interests = things.wishes.iter().map(|w| {
            let young = if matches!(w.likes, "gaming" | "audio") && age > 35.0 { 0.3 } else { 1.0 };
            if w.kind == crate::domain::FactKind::Interest { young } else { 0.0 }
        });
        person.interest = random.weighed(interests);
        if person.story == Story::Double {
            self.second_record(person);
        }
    }

    /// The same person, entered once more with another spelling of the name.
    fn second_record(&self, person: &mut Person) {
        let Some(other) = person.with.and_then(|at| self.people.get(at)) else { return };
        let (first, family) =
            other.customer.name.split_once(' ').unwrap_or(("", other.family.latin));
        let initial = first.chars().next().unwrap_or('x');
        person.tongue = other.tongue;
        person.customer.name = match other.customer.other_names.first() {
            Some(spelling) => spelling.clone(),
            None if other.tongue == 1 => format!("{family} {first}"),
            None => format!("{initial}. {family}"),
        };
        person.customer.other_names.clear();
        person.customer.language.clone_from(&other.customer.language);
        person.customer.gender = other.customer.gender;
        person.customer.birth = None;
        person.customer.contacts = other.customer.contacts.iter().take(1).cloned().collect();
        person.evening = other.evening;
        person.joined = (other.joined + 60).min(SPAN - 1);
        person.customer.joined = self.calendar.day(person.joined);
    }

    /// One of the last few customers that suits.
    fn earlier(&self, random: &mut Random, suits: impl Fn(&Person) -> bool) -> Option<usize> {
        let last = self.people.len() as i32 - 1;
        (0..12).find_map(|_| {
            let at = usize::try_from(last - random.between(0, NEIGHBOURS)).ok()?;
            self.people.get(at).is_some_and(&suits).then_some(at)
        })
    }

    /// Named by street and trade, so that no firm is meant.
    fn describe_firm(&self, random: &mut Random, person: &mut Person) {
        let own = usize::from(self.language.code());
        let of = |random: &mut Random, what: &str, tongue: usize| {
            random.pick(self.things.words(what, tongue)).copied().unwrap_or("")
        };
        let street = of(random, "streets", person.tongue);
        let trade = of(random, "trades", person.tongue);
        let customer = &mut person.customer;
        customer.kind = CustomerKind::Organisation;
        customer.name = match person.tongue {
            1 => format!("{trade} {street}"),
            _ => format!("{street} {trade}"),
        };
        let field = self.things.word("sizes_field", own, 0).to_owned();
        customer.fields.push((field, of(random, "sizes", own).to_owned()));
    }

    fn reach(&mut self, random: &mut Random, person: &mut Person, city: usize, first: Name) {
        let own = usize::from(self.language.code());
        let ranges = self.things.cities.get(city).map_or(0, |c| c.phones.len());
        let label = |at: usize| self.things.word("labels", own, at).to_owned();
        if person.customer.contacts.is_empty() {
            let window = Calendar::window(person.ahead, true);
            let asked = matches!(person.story, Story::Ordinary | Story::Regular | Story::Prospect);
            person.evening = !person.firm && asked && window.is_some() && random.chance(EVENINGS);
            let range = self.mobile_range(city);
            let (range, name) = match (person.firm, person.evening) {
                (true, _) => (ranges.saturating_sub(1), 2),
                (false, true) => (range, 3),
                (false, false) => (range, 0),
            };
            let label = label(name);
            let value = self.phone(city, range);
            person.customer.contacts.push(ContactPoint { kind: ContactKind::Phone, value, label });
            if !person.firm && random.chance(0.15) {
                let label = self.things.word("labels", own, 1).to_owned();
                let value = self.phone(city, ranges.saturating_sub(1));
                let kind = ContactKind::Phone;
                person.customer.contacts.push(ContactPoint { kind, value, label });
            }
        }
        if random.chance(if person.firm { 0.95 } else { 0.66 }) {
            let domain = random.pick(&["example.com", "example.org", "example.net"]);
            let local = if person.firm {
                "office".to_owned()
            } else {
                ascii(&format!("{}.{}", first.latin, person.family.latin))
            };
            let id = person.customer.id;
            let value = format!("{local}{id}@{}", domain.unwrap_or(&"example.com"));
            person.customer.contacts.push(ContactPoint::new(ContactKind::Email, &value));
        }
    }

    /// The range for mobiles of which the smallest part is used; in North America they are for all phones.
    fn mobile_range(&self, city: usize) -> usize {
        let Some(place) = self.things.cities.get(city) else { return 0 };
        let all = matches!(place.country, "US" | "CA");
        let count = place.phones.len() - usize::from(!all && place.phones.len() > 1);
        (0..count).min_by_key(|at| self.given.get(city).map(|g| g[*at])).unwrap_or(0)
    }

    /// The next number of a range. Ranges for fiction are small: in very large samples numbers come again.
    fn phone(&mut self, city: usize, range: usize) -> String {
        let form = self.things.cities.get(city).and_then(|c| c.phones.get(range)).unwrap_or(&"");
        let places = form.matches('#').count();
        let Some(count) = self.given.get_mut(city).and_then(|g| g.get_mut(range)) else {
            return String::new();
        };
        *count += 1;
        // Odd and not a multiple of five: runs through all numbers of the range before one comes again.
        let own = (city as u64 * 16 + range as u64).wrapping_mul(2_654_435_761);
        let number =
            (*count + self.start + own).wrapping_mul(7_368_787) % 10_u64.pow(places as u32);
        format!("{}{number:0places$}", form.trim_end_matches('#'))
    }
}

fn words(both: Option<super::ingredients::Both>, language: usize) -> String {
    both.map_or("", |b| b[language]).to_owned()
}

/// A number in Persian digits.
pub(super) fn persian_digits(number: i32) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|d| char::from_u32(0x6f0 + d)).unwrap_or(c);
    number.to_string().chars().map(digit).collect()
}

/// Small Latin letters and points; letters with marks lose them.
fn ascii(name: &str) -> String {
    let plain = |c: char| match c {
        'á' | 'à' | 'ä' => 'a',
        'é' | 'è' | 'ë' => 'e',
        'í' => 'i',
        'ó' | 'ö' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        other => other,
    };
    let fine = |c: &char| c.is_ascii_lowercase() || *c == '.';
    name.to_lowercase().chars().map(plain).filter(fine).collect()
}
