//! A small file beside sled's that remembers how far the store had come.
//!
//! Sled takes a damaged end of its log for a write that was cut off, and opens without it. The
//! witness is written after each sync (and never synced itself), so it is never ahead of what is
//! safe; a store that opens with less than the witness saw has lost commits and says so. A witness
//! that cannot be read is no witness: the store does not need it.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

const MAGIC: [u8; 4] = *b"vafw";
const SIZE: usize = 16;

/// The newest sequence the witness saw safe; 0 when it knows nothing.
pub(super) fn read(file: &File) -> u64 {
    let mut bytes = [0; SIZE];
    if file.read_exact_at(&mut bytes, 0).is_err() {
        return 0;
    }
    let [m0, m1, m2, m3, seq @ .., s0, s1, s2, s3] = bytes;
    let sum = u32::from_le_bytes([s0, s1, s2, s3]);
    if [m0, m1, m2, m3] != MAGIC || crc32fast::hash(&seq) != sum {
        return 0;
    }
    u64::from_le_bytes(seq)
}

/// Remembers that everything up to `seq` is safe.
pub(super) fn write(file: &File, seq: u64) -> io::Result<()> {
    let seq = seq.to_le_bytes();
    let sum = crc32fast::hash(&seq).to_le_bytes();
    file.write_all_at(&[MAGIC.as_slice(), &seq, &sum].concat(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_knows_the_newest_or_nothing() {
        let file = tempfile::tempfile().unwrap();
        assert_eq!(read(&file), 0);
        write(&file, 7).unwrap();
        write(&file, 9).unwrap();
        assert_eq!(read(&file), 9);
        for bit in 0..SIZE * 8 {
            let mut byte = [0];
            file.read_exact_at(&mut byte, bit as u64 / 8).unwrap();
            file.write_all_at(&[byte[0] ^ (1 << (bit % 8))], bit as u64 / 8).unwrap();
            assert_eq!(read(&file), 0, "bit {bit}");
            file.write_all_at(&byte, bit as u64 / 8).unwrap();
        }
        file.set_len(5).unwrap();
        assert_eq!(read(&file), 0);
    }
}
