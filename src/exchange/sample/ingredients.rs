//! Reads the recipe's data files, which lie in `demo/` and are part of the program. Never reads a disk.
//!
//! Languages are numbered by [`Language::code`]: English 0, Persian 1.

use crate::domain::{FactKind, Gender, Language};

/// A text in both languages.
pub(super) type Both = [&'static str; 2];

/// A name as shown, and in Latin letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub shown: &'static str,
    pub latin: &'static str,
}

#[derive(Debug)]
pub(super) struct City {
    pub country: &'static str,
    pub weight: f64,
    /// Hours before the sample's businesses in New York; those in Tehran are 8.5 ahead.
    pub hours: f64,
    pub zone: &'static str,
    pub name: Both,
    pub region: Both,
    /// Phone ranges kept for fiction, `#` for a digit; the last one is for landlines.
    pub phones: Vec<&'static str>,
}

/// Who wants a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Persons,
    Firms,
    Both,
}

#[derive(Debug)]
pub(super) struct Good {
    pub sku: &'static str,
    pub wanted: Wanted,
    pub weight: f64,
    /// US dollars.
    pub price: f64,
    /// Share of the price.
    pub cost: f64,
    pub category: Both,
    pub name: Both,
    /// What goes into the same basket (place in the catalogue), with its chance.
    pub with: Vec<(usize, f64)>,
    /// The next better one.
    pub up: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Wish {
    pub kind: FactKind,
    /// Category (in English) an interest draws to; may be empty.
    pub likes: &'static str,
    pub text: Both,
}

/// How customers came to us.
#[derive(Debug)]
pub(super) struct Source {
    pub weight: f64,
    /// Share that bought.
    pub bought: f64,
    /// How fast they leave; 1 is usual.
    pub leaves: f64,
    /// Middle age.
    pub age: f64,
    pub name: Both,
}

#[derive(Debug)]
pub(super) struct SegmentWords {
    pub target: bool,
    pub by_tag: bool,
    pub name: Both,
    pub rule: Both,
    pub note: Both,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    CheckIn,
    Bill,
    Plan,
    OrderStatus,
    Technical,
    Thanks,
    LateDelivery,
    BadQuality,
    BadSupport,
    PriceAngry,
    LongCall,
    Returned,
    Credited,
    Refused,
    Left,
    Callback,
    NoAnswer,
    Busy,
    WrongNumber,
    DoNotCall,
    Sale,
    WinBack,
    ProspectOpen,
    ProspectNo,
    FirmReview,
    FirmHalved,
    Advocate,
    Silent,
    Evening,
    Birthday,
    Message,
}

/// The topics by their names in the data, in order.
const TOPICS: &[(&str, Topic)] = &[
    ("check_in", Topic::CheckIn),
    ("bill", Topic::Bill),
    ("plan", Topic::Plan),
    ("order_status", Topic::OrderStatus),
    ("technical", Topic::Technical),
    ("thanks", Topic::Thanks),
    ("complaint_delivery", Topic::LateDelivery),
    ("complaint_quality", Topic::BadQuality),
    ("complaint_support", Topic::BadSupport),
    ("price_angry", Topic::PriceAngry),
    ("long_call", Topic::LongCall),
    ("returned", Topic::Returned),
    ("credited", Topic::Credited),
    ("refused", Topic::Refused),
    ("left", Topic::Left),
    ("callback", Topic::Callback),
    ("no_answer", Topic::NoAnswer),
    ("busy", Topic::Busy),
    ("wrong_number", Topic::WrongNumber),
    ("do_not_call", Topic::DoNotCall),
    ("sale", Topic::Sale),
    ("win_back", Topic::WinBack),
    ("prospect_open", Topic::ProspectOpen),
    ("prospect_no", Topic::ProspectNo),
    ("firm_review", Topic::FirmReview),
    ("firm_halved", Topic::FirmHalved),
    ("advocate", Topic::Advocate),
    ("silent", Topic::Silent),
    ("evening", Topic::Evening),
    ("birthday", Topic::Birthday),
    ("message", Topic::Message),
];

/// All words and figures the sample is made of.
pub(super) struct Ingredients {
    /// First names by language, female and male.
    pub first: [[Vec<Name>; 2]; 2],
    /// Family names by language.
    pub last: [Vec<Name>; 2],
    /// Full names that are never made.
    pub avoid: Vec<&'static str>,
    pub cities: Vec<City>,
    pub goods: Vec<Good>,
    pub wishes: Vec<Wish>,
    pub sources: Vec<Source>,
    pub segments: Vec<SegmentWords>,
    /// Notes by topic and language.
    notes: Vec<[Vec<&'static str>; 2]>,
    words: Vec<(&'static str, [Vec<&'static str>; 2])>,
}

/// The columns of each row that is no comment.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let full = |line: &&str| !line.is_empty() && !line.starts_with('#');
    text.lines().filter(full).map(|line| line.split('\t').collect())
}

fn column(row: &[&'static str], at: usize) -> &'static str {
    match row.get(at).copied() {
        Some("-") | None => "",
        Some(text) => text,
    }
}

fn number(row: &[&'static str], at: usize) -> f64 {
    column(row, at).parse().unwrap_or(0.0)
}

fn both(row: &[&'static str], at: usize) -> Both {
    [column(row, at), column(row, at + 1)]
}

fn items(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

impl Ingredients {
    /// Reads them all.
    pub fn read() -> Self {
        let mut all = Self {
            first: Default::default(),
            last: Default::default(),
            avoid: Vec::new(),
            cities: rows(include_str!("../../../demo/cities.tsv")).map(|r| city(&r)).collect(),
            goods: goods(include_str!("../../../demo/catalogue.tsv")),
            wishes: rows(include_str!("../../../demo/facts.tsv"))
                .filter_map(|r| wish(&r))
                .collect(),
            sources: rows(include_str!("../../../demo/sources.tsv")).map(|r| source(&r)).collect(),
            segments: rows(include_str!("../../../demo/segments.tsv"))
                .map(|r| segment(&r))
                .collect(),
            notes: TOPICS.iter().map(|_| Default::default()).collect(),
            words: Vec::new(),
        };
        for row in rows(include_str!("../../../demo/names.tsv")) {
            all.read_names(&row);
        }
        for row in rows(include_str!("../../../demo/notes.tsv")) {
            let language = Language::parse(column(&row, 1)).map_or(0, Language::code);
            let topic = TOPICS.iter().position(|(name, _)| *name == column(&row, 0));
            if let Some(list) = topic.and_then(|at| all.notes.get_mut(at)) {
                list[usize::from(language)].push(column(&row, 2));
            }
        }
        for row in rows(include_str!("../../../demo/words.tsv")) {
            let lists = both(&row, 1).map(|text| items(text).collect());
            all.words.push((column(&row, 0), lists));
        }
        all
    }

    fn read_names(&mut self, row: &[&'static str]) {
        let language = usize::from(Language::parse(column(row, 1)).map_or(0, Language::code));
        let names = items(column(row, 3)).map(|item| {
            let (shown, latin) = item.split_once('=').unwrap_or((item, item));
            Name { shown, latin }
        });
        match (column(row, 0), Gender::parse(column(row, 2))) {
            ("first", Some(Gender::Female)) => self.first[language][0].extend(names),
            ("first", _) => self.first[language][1].extend(names),
            ("last", _) => self.last[language].extend(names),
            _ => self.avoid.extend(names.map(|n| n.shown)),
        }
    }

    /// What can be noted on a topic in a language.
    pub fn notes(&self, topic: Topic, language: usize) -> &[&'static str] {
        let all = self.notes.get(topic as usize).and_then(|n| n.get(language));
        all.map_or(&[], Vec::as_slice)
    }

    /// A list of words in a language; empty when there is no such list.
    pub fn words(&self, what: &str, language: usize) -> &[&'static str] {
        let lists = self.words.iter().find(|(name, _)| *name == what);
        lists.and_then(|(_, l)| l.get(language)).map_or(&[], Vec::as_slice)
    }

    /// A word of a list, the first when there are not so many.
    pub fn word(&self, what: &str, language: usize, at: usize) -> &'static str {
        let list = self.words(what, language);
        list.get(at).or(list.first()).copied().unwrap_or("")
    }
}

fn city(row: &[&'static str]) -> City {
    City {
        country: column(row, 0),
        weight: number(row, 1),
        hours: number(row, 2),
        zone: column(row, 3),
        name: [column(row, 4), column(row, 6)],
        region: [column(row, 5), column(row, 7)],
        phones: column(row, 8).split_whitespace().collect(),
    }
}

fn wish(row: &[&'static str]) -> Option<Wish> {
    let kind = FactKind::parse(column(row, 0))?;
    Some(Wish { kind, likes: column(row, 1), text: both(row, 2) })
}

fn source(row: &[&'static str]) -> Source {
    Source {
        weight: number(row, 0),
        bought: number(row, 1),
        leaves: number(row, 2),
        age: number(row, 3),
        name: both(row, 4),
    }
}

fn segment(row: &[&'static str]) -> SegmentWords {
    SegmentWords {
        target: column(row, 0) == "yes",
        by_tag: column(row, 1) == "tag",
        name: both(row, 2),
        rule: both(row, 4),
        note: both(row, 6),
    }
}

fn goods(text: &'static str) -> Vec<Good> {
    let skus: Vec<&str> = rows(text).map(|row| column(&row, 0)).collect();
    let place = |sku: &str| skus.iter().position(|s| *s == sku);
    let with = |pair: &str| {
        let (sku, chance) = pair.split_once(':')?;
        Some((place(sku)?, chance.parse().ok()?))
    };
    rows(text)
        .map(|row| Good {
            sku: column(&row, 0),
            wanted: match column(&row, 1) {
                "p" => Wanted::Persons,
                "o" => Wanted::Firms,
                _ => Wanted::Both,
            },
            weight: number(&row, 2),
            price: number(&row, 3),
            cost: number(&row, 4),
            category: both(&row, 5),
            name: both(&row, 7),
            with: column(&row, 9).split_whitespace().filter_map(with).collect(),
            up: place(column(&row, 10)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read_whole() {
        let all = Ingredients::read();
        for language in 0..2 {
            let [female, male] = &all.first[language];
            assert!(female.len() >= 40 && male.len() >= 40 && all.last[language].len() >= 60);
            let notes: usize = TOPICS.iter().map(|(_, t)| all.notes(*t, language).len()).sum();
            assert!(notes >= 60, "{notes}");
            for (at, (name, topic)) in TOPICS.iter().enumerate() {
                assert_eq!(*topic as usize, at, "{name}");
                assert!(!all.notes(*topic, language).is_empty(), "{name}");
            }
        }
        for city in &all.cities {
            assert!(city.weight > 0.0 && city.phones.len() >= 2 && city.zone.contains('/'));
            assert!(city.name.iter().chain(&city.region).all(|t| !t.is_empty()), "{city:?}");
        }
        for good in &all.goods {
            assert!(good.weight > 0.0 && good.price > 0.0 && good.cost > 0.0 && good.cost < 1.0);
            assert!(good.category.iter().chain(&good.name).all(|t| !t.is_empty()), "{good:?}");
        }
        assert!(all.goods.iter().any(|g| g.up.is_some()));
        assert!(all.goods.iter().filter(|g| !g.with.is_empty()).count() >= 8);
        assert!(all.wishes.iter().all(|w| w.text.iter().all(|t| !t.is_empty())));
        assert!(all.sources.iter().all(|s| s.weight > 0.0 && s.bought > 0.0 && s.leaves > 0.0));
        for (what, lists) in &all.words {
            assert!(!lists[0].is_empty() && lists[0].len() == lists[1].len(), "{what}");
        }
    }

    #[test]
    fn every_place_in_the_catalogue_is_found() {
        let text = include_str!("../../../demo/catalogue.tsv");
        let named: usize = rows(text)
            .map(|r| {
                column(&r, 9).split_whitespace().count() + usize::from(!column(&r, 10).is_empty())
            })
            .sum();
        let all = goods(text);
        let found: usize = all.iter().map(|g| g.with.len() + usize::from(g.up.is_some())).sum();
        assert_eq!(found, named);
    }

    #[test]
    fn notes_have_only_known_slots() {
        let all = Ingredients::read();
        for (_, topic) in TOPICS {
            for note in all.notes(*topic, 0).iter().chain(all.notes(*topic, 1)) {
                let bare = note.replace("{product}", "").replace("{when}", "").replace("{n}", "");
                assert!(!bare.contains(['{', '}']), "{note}");
            }
        }
    }
}
