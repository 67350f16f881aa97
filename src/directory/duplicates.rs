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

mod keys;

use std::collections::HashMap;

use crate::domain::{CustomerId, Day};

use super::columns::Columns;
use super::{Cancelled, Directory, parallel};
use keys::{Index, Indexes, Keys, id_values, with_birth};

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

#[cfg(test)]
mod tests;
