//! What customers can share, as keys that are quick to sort.

use crate::domain::Day;
use crate::text;

use super::super::columns::Columns;
use super::super::pool::KEY_END;

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
pub(super) type Keyed = (u64, u32);

/// Rows by one key, sorted.
pub(super) struct Index(pub Vec<Keyed>);

impl Index {
    pub fn new(mut all: Vec<Keyed>) -> Self {
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// How many rows have a key.
    pub fn count(&self, key: u64) -> usize {
        let from = self.0.partition_point(|(k, _)| *k < key);
        self.0.get(from..).map_or(0, |rest| rest.partition_point(|(k, _)| *k == key))
    }

    /// The pairs of the runs with at most so many rows.
    pub fn pairs(&self, most: usize, into: &mut Vec<(u32, u32)>) {
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
pub(super) struct Indexes {
    pub ids: Index,
    pub emails: Index,
    pub phones: Index,
    pub names: Index,
    pub sounds: Index,
}

/// The keys of one row, each sorted.
#[derive(Default)]
pub(super) struct Keys {
    pub ids: Vec<u64>,
    pub emails: Vec<u64>,
    pub phones: Vec<u64>,
    pub names: Vec<u64>,
    pub sounds: Vec<u64>,
}

/// Keys of sound and birth date together.
pub(super) fn with_birth(columns: &Columns, sounds: &Index) -> Index {
    let born = sounds.0.iter().filter_map(|(key, row)| {
        let birth = columns.birth.get(*row as usize).copied().filter(|b| Day(*b).is_known())?;
        Some((mixed(*key, u64::from(birth.unsigned_abs())), *row))
    });
    Index::new(born.collect())
}

impl Keys {
    pub fn put_ids(&mut self, columns: &Columns, row: u32, id_values: &[bool]) {
        for value in columns.own.get(row) {
            if id_values.get(*value as usize) == Some(&true) {
                let text = columns.own_values.folded_of(*value);
                let value = text.split_once(KEY_END).map_or(text, |(_, value)| value);
                let bare = value.bytes().filter(u8::is_ascii_alphanumeric);
                self.ids.push(hash(bare));
            }
        }
    }

    pub fn put_emails(&mut self, columns: &Columns, row: u32) {
        let locals = columns.emails.get(row).split(|b| *b == b'\n').filter(|l| !l.is_empty());
        for (local, host) in locals.zip(columns.hosts.get(row)) {
            if *host > 0 {
                self.emails.push(mixed(hash(local.iter().copied()), u64::from(*host)));
            }
        }
    }

    pub fn put_phones(&mut self, columns: &Columns, row: u32) {
        /// Shorter ones are extensions.
        const SHORTEST: usize = 7;
        let all = columns.phones.get(row).split(|b| *b == b'\n').filter(|p| p.len() >= SHORTEST);
        self.phones.extend(all.map(|phone| hash(phone.iter().copied())));
    }

    pub fn put_names(&mut self, columns: &Columns, row: u32) {
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
pub(super) fn id_values(columns: &Columns) -> Vec<bool> {
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
pub(super) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

pub(super) fn mixed(one: u64, other: u64) -> u64 {
    (one.rotate_left(23) ^ other).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
