//! External ids: kept as given, found whole by a table of hashes, in part by looking through them.

use std::hash::BuildHasher;

use super::columns::Columns;

impl Columns {
    /// The live row with exactly this external id.
    pub fn by_external(&self, id: &str) -> Option<u32> {
        if id.is_empty() || self.external_slots.is_empty() {
            return None;
        }
        let mask = self.external_slots.len() - 1;
        let mut at = self.external_hash(id) & mask;
        loop {
            let row = self.external_slots[at].checked_sub(1)?;
            if self.live.has(row) && self.external_id(row) == id.as_bytes() {
                return Some(row);
            }
            at = (at + 1) & mask;
        }
    }

    /// The external id of a row; empty when it has none.
    pub fn external_id(&self, row: u32) -> &[u8] {
        self.external.get(row).strip_suffix(b"\n").unwrap_or_default()
    }

    /// Sets the external id of a row; empty for none.
    pub fn put_external(&mut self, row: u32, id: &str) {
        if self.external_id(row) == id.as_bytes() && (id.is_empty() || self.live.has(row)) {
            return;
        }
        let mut line = id.as_bytes().to_vec();
        if !line.is_empty() {
            line.push(b'\n');
        }
        self.external.set(row, &line);
        if id.is_empty() {
            return;
        }
        if (self.external_used + 1) * 4 > self.external_slots.len() * 3 {
            self.external_used = 0;
            let rows = self.rows().max(8) * 2;
            self.external_slots = vec![0; rows.next_power_of_two()];
            for other in 0..self.rows() as u32 {
                if other != row && !self.external_id(other).is_empty() {
                    self.slot_external(other);
                }
            }
        }
        self.slot_external(row);
    }

    fn slot_external(&mut self, row: u32) {
        let mask = self.external_slots.len() - 1;
        let mut at = self.external_hash_of(self.external_id(row)) & mask;
        while self.external_slots[at] != 0 {
            if self.external_slots[at] == row + 1 {
                return;
            }
            at = (at + 1) & mask;
        }
        self.external_slots[at] = row + 1;
        self.external_used += 1;
    }

    fn external_hash(&self, id: &str) -> usize {
        self.external_hash_of(id.as_bytes())
    }

    fn external_hash_of(&self, id: &[u8]) -> usize {
        self.hasher.hash_one(id) as usize
    }
}
