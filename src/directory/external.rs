//! External ids, and those a customer went by before: kept as given, found whole by a table of hashes,
//! in part by looking through them.

use std::hash::BuildHasher;

use super::columns::Columns;

impl Columns {
    /// The live row with exactly this external id, now or before.
    pub fn by_external(&self, id: &str) -> Option<u32> {
        if id.is_empty() || self.external_slots.is_empty() {
            return None;
        }
        let mask = self.external_slots.len() - 1;
        let mut at = self.external_hash(id) & mask;
        loop {
            let row = self.external_slots[at].checked_sub(1)?;
            if self.live.has(row) && self.external_ids(row).any(|own| own == id.as_bytes()) {
                return Some(row);
            }
            at = (at + 1) & mask;
        }
    }

    /// The external ids of a row, a line each.
    pub fn external_ids(&self, row: u32) -> impl Iterator<Item = &[u8]> {
        self.external.get(row).split(|byte| *byte == b'\n').filter(|id| !id.is_empty())
    }

    /// Sets the external ids of a row.
    pub fn put_external<'a>(&mut self, row: u32, ids: impl Iterator<Item = &'a str>) {
        let mut lines = Vec::new();
        for id in ids {
            lines.extend_from_slice(id.as_bytes());
            lines.push(b'\n');
        }
        if self.external.get(row) == lines && (lines.is_empty() || self.live.has(row)) {
            return;
        }
        self.external.set(row, &lines);
        let added = lines.split(|byte| *byte == b'\n').count() - 1;
        if (self.external_used + added) * 4 > self.external_slots.len() * 3 {
            self.external_used = 0;
            let rows = self.rows().max(8) * 2;
            let used = (0..self.rows() as u32).map(|row| self.external_ids(row).count());
            let ids = (used.sum::<usize>() + added) * 2;
            self.external_slots = vec![0; rows.max(ids).next_power_of_two()];
            for other in (0..self.rows() as u32).filter(|other| *other != row) {
                self.slot_external(other);
            }
        }
        self.slot_external(row);
    }

    fn slot_external(&mut self, row: u32) {
        let mask = self.external_slots.len().wrapping_sub(1);
        let places: Vec<usize> =
            self.external_ids(row).map(|id| self.external_hash_of(id)).collect();
        for place in places {
            let mut at = place & mask;
            while self.external_slots[at] != 0 && self.external_slots[at] != row + 1 {
                at = (at + 1) & mask;
            }
            if self.external_slots[at] == 0 {
                self.external_slots[at] = row + 1;
                self.external_used += 1;
            }
        }
    }

    fn external_hash(&self, id: &str) -> usize {
        self.external_hash_of(id.as_bytes())
    }

    fn external_hash_of(&self, id: &[u8]) -> usize {
        self.hasher.hash_one(id) as usize
    }
}
