//! Customers who may be one and the same: found by what they share, scored, and grouped.
//!
//! ```text
//! rows ─► keys (national id, e-mail, phone, name, sound and birth) ─► sort ─► runs of equal keys
//!      ─► pairs of each short run ─► score ─► those likely enough ─► groups
//! ```
//!
//! Never compares everybody with everybody: a pair that shares no key cannot score enough, and a key
//! that many share (a switchboard, a common name) says little and makes no pairs. The weights below are
//! a judgement, not learned: each is the chance that two who share this and nothing else are one, in
//! the manner of Fellegi and Sunter (1969), with rarer names saying more (Winkler 1989).

use std::collections::HashMap;

use crate::domain::{CustomerId, Day};
use crate::text;

use super::columns::Columns;
use super::pool::KEY_END;
use super::{Cancelled, Directory, parallel};

/// What two customers have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// A number by which one person or firm is known.
    NationalId,
    Email,
    Phone,
    /// The name as it is searched: spelling, case and spaces do not matter.
    Name,
    /// The sounds of the name, in either script and any order of its words.
    Sound,
    BirthDate,
    City,
}

impl Likeness {
    /// Machine name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NationalId => "national_id",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::Sound => "sound",
            Self::BirthDate => "birth_date",
            Self::City => "city",
        }
    }

    /// Chance that two who share this alone are one, when nobody else shares it.
    const fn weight(self) -> f32 {
        match self {
            Self::NationalId => 0.95,
            Self::Email => 0.7,
            Self::Phone => 0.6,
            Self::Name => 0.5,
            Self::Sound => 0.25,
            Self::BirthDate => 0.3,
            Self::City => 0.1,
        }
    }
}

/// Customers who may be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Who, the oldest record first.
    pub customers: Vec<CustomerId>,
    /// How likely the likeliest pair of them is one, 0 to 1.
    pub score: f32,
    /// What pairs of them have in common, the weightiest first.
    pub shares: Vec<Likeness>,
}

/// Pairs below this are not told.
const LIKELY: f32 = 0.4;
/// What so many share tells nobody apart.
const MOST_SHARE: usize = 20;
/// A name alone is told only when so few bear it: with more it never scores enough.
const MOST_NAMESAKES: usize = 3;
/// Names of own fields that hold a number by which one person or firm is known, folded and tight.
const NATIONAL_IDS: &[&str] = &[
    "nationalid",
    "nationalcode",
    "idnumber",
    "passport",
    "taxid",
    "vat",
    "ssn",
    "legalid",
    "کدملی",
    "شمارهملی",
    "شناسهملی",
    "کداقتصادی",
    "شمارهگذرنامه",
];

/// A key and a row that has it.
type Keyed = (u64, u32);

/// Rows by one key, sorted.
struct Index(Vec<Keyed>);

impl Index {
    fn new(mut all: Vec<Keyed>) -> Self {
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// How many rows have a key.
    fn count(&self, key: u64) -> usize {
        let from = self.0.partition_point(|(k, _)| *k < key);
        self.0.get(from..).map_or(0, |rest| rest.partition_point(|(k, _)| *k == key))
    }

    /// The pairs of the runs with at most so many rows.
    fn pairs(&self, most: usize, into: &mut Vec<(u32, u32)>) {
        for run in self.0.chunk_by(|a, b| a.0 == b.0) {
            if (2..=most).contains(&run.len()) {
                for (at, (_, one)) in run.iter().enumerate() {
                    into.extend(run.iter().skip(at + 1).map(|(_, other)| (*one, *other)));
                }
            }
        }
    }
}

/// All keys of all rows.
struct Indexes {
    ids: Index,
    emails: Index,
    phones: Index,
    names: Index,
    sounds: Index,
}

/// The keys of one row, each sorted.
#[derive(Default)]
struct Keys {
    ids: Vec<u64>,
    emails: Vec<u64>,
    phones: Vec<u64>,
    names: Vec<u64>,
    sounds: Vec<u64>,
}

impl Directory {
    /// Groups of customers who may be one, the likeliest first; `None` when it was cancelled.
    pub fn duplicates(&self, cancelled: Cancelled<'_>) -> Option<Vec<Group>> {
        let columns = &self.columns;
        let id_values = id_values(columns);
        let index = |of: &(dyn Fn(&mut Keys, u32) + Sync), pick: fn(Keys) -> Vec<u64>| {
            let parts = parallel::split(columns.rows(), |range| {
                let mut found = Vec::with_capacity(range.len());
                for row in range.start as u32..range.end as u32 {
                    if columns.live.has(row) {
                        let mut keys = Keys::default();
                        of(&mut keys, row);
                        found.extend(pick(keys).into_iter().map(|key| (key, row)));
                    }
                }
                found
            });
            (!cancelled()).then(|| Index::new(parts.concat()))
        };
        let indexes = Indexes {
            ids: index(&|k, row| k.put_ids(columns, row, &id_values), |k| k.ids)?,
            emails: index(&|k, row| k.put_emails(columns, row), |k| k.emails)?,
            phones: index(&|k, row| k.put_phones(columns, row), |k| k.phones)?,
            names: index(&|k, row| k.put_names(columns, row), |k| k.names)?,
            sounds: index(&|k, row| k.put_names(columns, row), |k| k.sounds)?,
        };
        let mut pairs = Vec::new();
        for (index, most) in [
            (&indexes.ids, MOST_SHARE),
            (&indexes.emails, MOST_SHARE),
            (&indexes.phones, MOST_SHARE),
            (&indexes.names, MOST_NAMESAKES),
        ] {
            index.pairs(most, &mut pairs);
        }
        with_birth(columns, &indexes.sounds).pairs(MOST_SHARE, &mut pairs);
        pairs.sort_unstable();
        pairs.dedup();
        if cancelled() {
            return None;
        }
        let parts = parallel::split(pairs.len(), |range| {
            let all = pairs.get(range).unwrap_or_default().iter();
            let scored = all.filter_map(|(one, other)| {
                let (score, shares) = score(columns, &indexes, &id_values, *one, *other);
                (score >= LIKELY).then_some((*one, *other, score, shares))
            });
            scored.collect::<Vec<_>>()
        });
        Some(self.grouped(parts.concat()))
    }

    fn grouped(&self, pairs: Vec<(u32, u32, f32, Vec<Likeness>)>) -> Vec<Group> {
        let mut heads: HashMap<u32, u32> = HashMap::new();
        for (one, other, ..) in &pairs {
            let (one, other) = (head(&mut heads, *one), head(&mut heads, *other));
            heads.insert(one.max(other), one.min(other));
        }
        let mut groups: HashMap<u32, (Vec<u32>, f32, Vec<Likeness>)> = HashMap::new();
        for (one, other, score, shares) in pairs {
            let group = groups.entry(head(&mut heads, one)).or_default();
            group.0.extend([one, other]);
            group.1 = group.1.max(score);
            group.2.extend(shares);
        }
        let mut found: Vec<Group> = groups
            .into_values()
            .map(|(rows, score, mut shares)| {
                let mut customers: Vec<_> = rows.iter().map(|row| self.id_at(*row)).collect();
                customers.sort_unstable();
                customers.dedup();
                shares.sort_unstable();
                shares.dedup();
                Group { customers, score, shares }
            })
            .collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.customers.cmp(&b.customers)));
        found
    }
}

/// The first of those a row is one with.
fn head(heads: &mut HashMap<u32, u32>, row: u32) -> u32 {
    let mut at = row;
    while let Some(next) = heads.get(&at).copied().filter(|next| *next != at) {
        at = next;
    }
    if at != row {
        heads.insert(row, at);
    }
    at
}

/// Keys of sound and birth date together.
fn with_birth(columns: &Columns, sounds: &Index) -> Index {
    let born = sounds.0.iter().filter_map(|(key, row)| {
        let birth = columns.birth.get(*row as usize).copied().filter(|b| Day(*b).is_known())?;
        Some((mixed(*key, u64::from(birth.unsigned_abs())), *row))
    });
    Index::new(born.collect())
}

/// How likely two rows are one customer, 0 to 1, and what they share.
fn score(
    columns: &Columns,
    indexes: &Indexes,
    id_values: &[bool],
    one: u32,
    other: u32,
) -> (f32, Vec<Likeness>) {
    let keys = |row| {
        let mut keys = Keys::default();
        keys.put_ids(columns, row, id_values);
        keys.put_emails(columns, row);
        keys.put_phones(columns, row);
        keys.put_names(columns, row);
        keys
    };
    let (a, b) = (keys(one), keys(other));
    let mut shares = Vec::new();
    let mut unlike = 1.0_f32;
    let mut share = |what: Likeness, sharing: usize| {
        // One in twice as many says one step less.
        let rarity = 1.0 + (sharing.max(2) as f32 / 2.0).log2();
        unlike *= 1.0 - what.weight() / rarity;
        shares.push(what);
    };
    let common = |a: &[u64], b: &[u64], index: &Index| {
        let both = a.iter().filter(|key| b.contains(key));
        both.map(|key| index.count(*key)).min()
    };
    let id = common(&a.ids, &b.ids, &indexes.ids);
    let email = common(&a.emails, &b.emails, &indexes.emails);
    let phone = common(&a.phones, &b.phones, &indexes.phones);
    let name = common(&a.names, &b.names, &indexes.names);
    let sound = common(&a.sounds, &b.sounds, &indexes.sounds).filter(|_| name.is_none());
    for (what, found) in [
        (Likeness::NationalId, id),
        (Likeness::Email, email),
        (Likeness::Phone, phone),
        (Likeness::Name, name),
        (Likeness::Sound, sound),
    ] {
        if let Some(sharing) = found.filter(|sharing| *sharing <= most_share(what)) {
            share(what, sharing);
        }
    }
    let (at, to) = (one as usize, other as usize);
    let birth = |row: usize| columns.birth.get(row).copied().filter(|b| Day(*b).is_known());
    let births = birth(at).zip(birth(to));
    if births.is_some_and(|(a, b)| a == b) {
        share(Likeness::BirthDate, 2);
    }
    let city = |row: usize| columns.city.codes.get(row).copied().filter(|code| *code > 0);
    if city(at).is_some()
        && city(at).map(|c| columns.city.values.folded_of(c))
            == city(to).map(|c| columns.city.values.folded_of(c))
    {
        share(Likeness::City, 2);
    }
    let mut score = 1.0 - unlike;
    let differ = |column: &[u8]| column.get(at) != column.get(to);
    let known = |column: &[u8]| column.get(at) > Some(&0) && column.get(to) > Some(&0);
    for (yes, part) in [
        (id.is_none() && !a.ids.is_empty() && !b.ids.is_empty(), 0.1),
        (births.is_some_and(|(a, b)| a != b), 0.5),
        (known(&columns.gender) && differ(&columns.gender), 0.5),
        (differ(&columns.kind), 0.5),
        (name.is_none() && sound.is_none(), names_apart(columns, one, other)),
    ] {
        if yes {
            score *= part;
        }
    }
    (score, shares)
}

/// A name may be borne by many and still count beside other things.
fn most_share(what: Likeness) -> usize {
    match what {
        Likeness::Name | Likeness::Sound => usize::MAX,
        _ => MOST_SHARE,
    }
}

/// What is left of the chance when two names differ: much when one is a part of the other, little when
/// they have only a word in common (a household), less when none.
fn names_apart(columns: &Columns, one: u32, other: u32) -> f32 {
    let words = |row| columns.names.get(row).iter().filter(|w| **w > 0).collect::<Vec<_>>();
    let (a, b) = (words(one), words(other));
    let begins = |a: &u32, b: &u32| {
        let (a, b) = (columns.vocabulary.get(*a), columns.vocabulary.get(*b));
        a == b || b.starts_with(a) || a.starts_with(b)
    };
    let within = |a: &[&u32], b: &[&u32]| a.iter().all(|w| b.iter().any(|v| begins(w, v)));
    if !a.is_empty() && !b.is_empty() && (within(&a, &b) || within(&b, &a)) {
        0.9
    } else if a.iter().any(|w| b.contains(w)) {
        0.6
    } else {
        0.45
    }
}

impl Keys {
    fn put_ids(&mut self, columns: &Columns, row: u32, id_values: &[bool]) {
        for value in columns.own.get(row) {
            if id_values.get(*value as usize) == Some(&true) {
                let text = columns.own_values.folded_of(*value);
                let value = text.split_once(KEY_END).map_or(text, |(_, value)| value);
                let bare = value.bytes().filter(u8::is_ascii_alphanumeric);
                self.ids.push(hash(bare));
            }
        }
    }

    fn put_emails(&mut self, columns: &Columns, row: u32) {
        let locals = columns.emails.get(row).split(|b| *b == b'\n').filter(|l| !l.is_empty());
        for (local, host) in locals.zip(columns.hosts.get(row)) {
            if *host > 0 {
                self.emails.push(mixed(hash(local.iter().copied()), u64::from(*host)));
            }
        }
    }

    fn put_phones(&mut self, columns: &Columns, row: u32) {
        /// Shorter ones are extensions.
        const SHORTEST: usize = 7;
        let all = columns.phones.get(row).split(|b| *b == b'\n').filter(|p| p.len() >= SHORTEST);
        self.phones.extend(all.map(|phone| hash(phone.iter().copied())));
    }

    fn put_names(&mut self, columns: &Columns, row: u32) {
        let vocabulary = &columns.vocabulary;
        for name in columns.names.get(row).split(|word| *word == 0).filter(|n| !n.is_empty()) {
            let tight = hash(name.iter().flat_map(|word| vocabulary.get(*word).bytes()));
            self.names.push(tight);
            let mut sounds: Vec<&str> =
                name.iter().map(|word| vocabulary.skeletons().get(*word)).collect();
            sounds.sort_unstable();
            let mut letters = sounds.iter().flat_map(|s| s.bytes()).peekable();
            // A name of vowels only sounds like itself alone.
            let sound = if letters.peek().is_some() { hash(letters) } else { tight };
            self.sounds.push(sound);
        }
        for keys in [&mut self.names, &mut self.sounds] {
            keys.sort_unstable();
            keys.dedup();
        }
    }
}

/// Which values of own fields are numbers of one person or firm.
fn id_values(columns: &Columns) -> Vec<bool> {
    let mut found = vec![false; columns.own_values.len()];
    for (number, folded) in columns.own_values.folded() {
        let Some((name, value)) = folded.split_once(KEY_END) else { continue };
        let name: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        let is_id = NATIONAL_IDS.iter().any(|id| text::fold(id) == name);
        let is_number = value.chars().filter(char::is_ascii_alphanumeric).count() >= 4;
        if let Some(slot) = found.get_mut(number as usize) {
            *slot = is_id && is_number;
        }
    }
    found
}

/// FNV-1a: quick for a few bytes; a clash makes a pair that then scores nothing.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn mixed(one: u64, other: u64) -> u64 {
    (one.rotate_left(23) ^ other).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ContactKind, ContactPoint, Customer, Gender};

    /// Name, phone, e-mail, birth, city, own field.
    type Person<'a> = (&'a str, &'a str, &'a str, i32, &'a str, &'a str);

    fn directory(people: &[Person<'_>]) -> Directory {
        let mut d = Directory::new();
        for (at, (name, phone, email, birth, city, id)) in people.iter().enumerate() {
            let mut c = Customer::named(CustomerId(at as u64 + 1), name, Day(20_000));
            for (kind, value) in [(ContactKind::Phone, phone), (ContactKind::Email, email)] {
                if !value.is_empty() {
                    c.contacts.push(ContactPoint::new(kind, value));
                }
            }
            c.birth = (*birth > 0).then_some(Day(*birth));
            (*city).clone_into(&mut c.place.city);
            if !id.is_empty() {
                c.fields.push(("National ID".into(), (*id).into()));
            }
            c.gender = name.contains("Mina").then_some(Gender::Female);
            d.put_customer(&c);
        }
        d
    }

    fn check(people: &[Person<'_>], want: &[(&[u64], &[Likeness])]) {
        let found = directory(people).duplicates(&|| false).unwrap();
        let found: Vec<(Vec<u64>, Vec<Likeness>)> = found
            .iter()
            .map(|g| (g.customers.iter().map(|id| id.0).collect(), g.shares.clone()))
            .collect();
        let want: Vec<(Vec<u64>, Vec<Likeness>)> =
            want.iter().map(|(ids, shares)| (ids.to_vec(), shares.to_vec())).collect();
        assert_eq!(found, want, "{people:?}");
    }

    #[test]
    fn what_two_share_makes_them_alike() {
        use Likeness::{BirthDate, City, Email, Name, NationalId, Phone, Sound};
        let (mobile, other) = ("+989121234567", "+989350000000");
        check(&[("Reza Karimi", mobile, "", 0, "", ""), ("Sara", other, "", 0, "", "")], &[]);
        check(
            &[
                ("Reza Karimi", mobile, "", 0, "Qom", ""),
                ("REZA  KARIMI", mobile, "", 0, "qom", ""),
            ],
            &[(&[1, 2], &[Phone, Name, City])],
        );
        // One script and the other, words in another order.
        check(
            &[("Karimi Reza", mobile, "", 0, "", ""), ("رضا کریمی", mobile, "", 0, "", "")],
            &[(&[1, 2], &[Phone, Sound])],
        );
        check(
            &[("علی رضا", "", "a@b.co", 0, "", ""), ("علي‌رضا", "", "A@B.co", 0, "", "")],
            &[(&[1, 2], &[Email, Name])],
        );
        check(
            &[("Ann", "", "", 0, "", "12-34567"), ("Anna Brown", "", "", 0, "", "1234567")],
            &[(&[1, 2], &[NationalId])],
        );
        check(
            &[("Zal Zarir", "", "", 900, "", ""), ("زال زریر", "", "", 900, "", "")],
            &[(&[1, 2], &[Sound, BirthDate])],
        );
        // Other numbers: two people, whatever else they share.
        check(
            &[("Ann Lee", mobile, "", 9, "", "11111"), ("Ann Lee", mobile, "", 9, "", "22222")],
            &[],
        );
        // A household: one phone, one family name.
        check(
            &[("Reza Karimi", mobile, "", 0, "", ""), ("Mina Karimi", mobile, "", 0, "", "")],
            &[],
        );
        // An initial is a part of the name.
        check(
            &[("Reza Karimi", mobile, "", 0, "", ""), ("R. Karimi", mobile, "", 0, "", "")],
            &[(&[1, 2], &[Phone])],
        );
        // Three in a chain are one group.
        check(
            &[
                ("Reza Karimi", mobile, "r@x.ir", 0, "", ""),
                ("Reza Karimi", mobile, "", 0, "", ""),
                ("Reza Karimi", "", "r@x.ir", 0, "", ""),
            ],
            &[(&[1, 2, 3], &[Email, Phone, Name])],
        );
    }

    #[test]
    fn what_many_share_says_nothing() {
        let names: Vec<String> = (0..30).map(|n| format!("Name{n} Of{n}")).collect();
        let phone: Vec<Person<'_>> =
            names.iter().map(|n| (n.as_str(), "+982188001122", "", 0, "Qom", "")).collect();
        check(&phone, &[]);
        let name: Vec<Person<'_>> = (0..30).map(|_| ("Mohammad", "", "", 0, "Qom", "")).collect();
        check(&name, &[]);
    }

    /// No likely pair is missed for want of a key.
    #[test]
    fn keys_find_what_comparing_all_with_all_finds() {
        const NAMES: &[&str] =
            &["Reza Karimi", "رضا کریمی", "Riza Karimi", "Mina Karimi", "R Karimi", "آوا", "Ann"];
        let mut state = 7_u64;
        let mut pick = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % n
        };
        let texts: Vec<[String; 4]> = (0..240)
            .map(|_| {
                let some = |yes: bool, text: String| if yes { text } else { String::new() };
                [
                    some(pick(3) == 0, format!("+98912123{:04}", pick(60))),
                    some(pick(4) == 0, format!("a{}@b.co", pick(60))),
                    some(pick(9) == 0, format!("1234{}", pick(30))),
                    some(pick(2) == 0, ["Qom", "Yazd"][pick(2) as usize].to_owned()),
                ]
            })
            .collect();
        let people: Vec<Person<'_>> = texts
            .iter()
            .map(|[phone, email, id, city]| {
                let name = NAMES[pick(NAMES.len() as u64) as usize];
                let birth = if pick(2) == 0 { 1 + pick(40) as i32 } else { 0 };
                (name, phone.as_str(), email.as_str(), birth, city.as_str(), id.as_str())
            })
            .collect();
        let d = directory(&people);
        let found = d.duplicates(&|| false).unwrap();
        let c = &d.columns;
        let id_values = id_values(c);
        let all = |of: fn(&mut Keys, &Columns, u32, &[bool]), pick: fn(Keys) -> Vec<u64>| {
            let rows = (0..c.rows() as u32).flat_map(|row| {
                let mut keys = Keys::default();
                of(&mut keys, c, row, &id_values);
                pick(keys).into_iter().map(move |key| (key, row))
            });
            Index::new(rows.collect())
        };
        let indexes = Indexes {
            ids: all(Keys::put_ids, |k| k.ids),
            emails: all(|k, c, row, _| k.put_emails(c, row), |k| k.emails),
            phones: all(|k, c, row, _| k.put_phones(c, row), |k| k.phones),
            names: all(|k, c, row, _| k.put_names(c, row), |k| k.names),
            sounds: all(|k, c, row, _| k.put_names(c, row), |k| k.sounds),
        };
        let mut pairs = Vec::new();
        for one in 0..c.rows() as u32 {
            for other in one + 1..c.rows() as u32 {
                let (score, shares) = score(c, &indexes, &id_values, one, other);
                if score >= LIKELY {
                    pairs.push((one, other, score, shares));
                }
            }
        }
        assert!(pairs.len() > 20, "{}", pairs.len());
        assert_eq!(found, d.grouped(pairs));
    }
}
