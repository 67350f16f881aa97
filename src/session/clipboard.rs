//! Puts text on the clipboard of the terminal's owner (OSC 52). Never reads a clipboard.

/// Longest text copied, in bytes: xterm, tmux and others cut or drop longer strings.
pub const LONGEST_COPY: usize = 74_994;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The sequence that copies `text`, cut at a whole character to [`LONGEST_COPY`].
pub fn copy(text: &str) -> Vec<u8> {
    let end = (0..=LONGEST_COPY.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    let text = text.get(..end.unwrap_or(0)).unwrap_or_default();
    let mut bytes = b"\x1b]52;c;".to_vec();
    for three in text.as_bytes().chunks(3) {
        let group = three.iter().fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte))
            << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = (group >> (18 - 6 * place)) as usize & 63;
            bytes.push(if place <= three.len() { ALPHABET[letter] } else { b'=' });
        }
    }
    bytes.extend_from_slice(b"\x1b\\");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_published() {
        // RFC 4648, section 10.
        for (text, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(copy(text), format!("\x1b]52;c;{expected}\x1b\\").into_bytes());
        }
    }

    #[test]
    fn a_long_text_is_cut_at_a_character() {
        let long = "ی".repeat(LONGEST_COPY);
        let sent = copy(&long);
        assert_eq!(sent.len(), 7 + (LONGEST_COPY - LONGEST_COPY % 2).div_ceil(3) * 4 + 2);
        assert!(sent.iter().all(|&b| b == 0x1b || (0x20..0x7f).contains(&b)));
    }
}
