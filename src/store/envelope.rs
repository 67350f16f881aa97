//! What a row's value looks like on disk. Never trusts a byte it reads.
//!
//! ```text
//! format u8 │ table u8 │ schema u16 │ revision u64 │ length u32 │ payload │ CRC-32 u32   (little endian)
//! ```
//! The checksum covers the key and everything before it, so that a value cannot pass for another
//! row's.

use super::engine::RecordRef;
use super::error::StoreError;
use super::table::Table;

const FORMAT: u8 = 1;
const HEAD: usize = 16;
const TAIL: usize = 4;

/// The value of a row; `key` is without the table's byte.
pub(super) fn seal(table: Table, key: &[u8], record: RecordRef<'_>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEAD + record.payload.len() + TAIL);
    bytes.push(FORMAT);
    bytes.push(table as u8);
    bytes.extend_from_slice(&record.schema.to_le_bytes());
    bytes.extend_from_slice(&record.revision.to_le_bytes());
    bytes.extend_from_slice(&(record.payload.len() as u32).to_le_bytes());
    bytes.extend_from_slice(record.payload);
    let sum = checksum(key, &bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}

/// The record in a row's value, or which row is damaged.
pub(super) fn open<'a>(
    table: Table,
    key: &[u8],
    bytes: &'a [u8],
) -> Result<RecordRef<'a>, StoreError> {
    let corrupt = || StoreError::Corrupt { table, key: key.to_vec() };
    let (body, sum) = bytes.split_last_chunk::<TAIL>().ok_or_else(corrupt)?;
    if checksum(key, body) != u32::from_le_bytes(*sum) {
        return Err(corrupt());
    }
    let (head, payload) = body.split_first_chunk::<HEAD>().ok_or_else(corrupt)?;
    let [format, number, s0, s1, revision @ .., l0, l1, l2, l3] = *head;
    if format > FORMAT {
        return Err(StoreError::Newer {
            what: format!("a row of the table {table:?}"),
            found: format.into(),
            known: FORMAT.into(),
        });
    }
    let length = u32::from_le_bytes([l0, l1, l2, l3]) as usize;
    if format != FORMAT || number != table as u8 || length != payload.len() {
        return Err(corrupt());
    }
    Ok(RecordRef {
        revision: u64::from_le_bytes(revision),
        schema: u16::from_le_bytes([s0, s1]),
        payload,
    })
}

fn checksum(key: &[u8], body: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(key);
    hasher.update(body);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: RecordRef<'static> =
        RecordRef { revision: 0x0102_0304_0506_0708, schema: 0x0a0b, payload: b"vafa" };

    #[test]
    fn the_bytes_of_version_one_stay() {
        let sealed = seal(Table::Customer, &[9], RECORD);
        let (body, sum) = sealed.split_at(20);
        assert_eq!(
            body,
            [1, 16, 0x0b, 0x0a, 8, 7, 6, 5, 4, 3, 2, 1, 4, 0, 0, 0, b'v', b'a', b'f', b'a']
        );
        // zlib.crc32(bytes([9]) + body) of another implementation.
        assert_eq!(sum, CRC.to_le_bytes());
        assert_eq!(open(Table::Customer, &[9], &sealed), Ok(RECORD));
    }

    const CRC: u32 = 0x4C7E_DFAA;

    #[test]
    fn every_flipped_bit_and_every_cut_is_seen() {
        let sealed = seal(Table::Customer, &[9], RECORD);
        let corrupt = Err(StoreError::Corrupt { table: Table::Customer, key: vec![9] });
        for bit in 0..sealed.len() * 8 {
            let mut bent = sealed.clone();
            bent[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(open(Table::Customer, &[9], &bent), corrupt, "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert_eq!(open(Table::Customer, &[9], &sealed[..length]), corrupt, "cut at {length}");
        }
        let longer = [sealed.as_slice(), &[0]].concat();
        assert_eq!(open(Table::Customer, &[9], &longer), corrupt);
    }

    #[test]
    fn a_value_cannot_pass_for_another_rows() {
        let sealed = seal(Table::Customer, &[9], RECORD);
        assert!(matches!(open(Table::Customer, &[8], &sealed), Err(StoreError::Corrupt { .. })));
        assert!(matches!(open(Table::Task, &[9], &sealed), Err(StoreError::Corrupt { .. })));
    }

    #[test]
    fn a_newer_format_is_named() {
        let mut body = seal(Table::Customer, &[9], RECORD);
        body.truncate(20);
        body[0] = 2;
        let sum = checksum(&[9], &body);
        body.extend_from_slice(&sum.to_le_bytes());
        assert!(matches!(
            open(Table::Customer, &[9], &body),
            Err(StoreError::Newer { found: 2, known: 1, .. })
        ));
    }
}
