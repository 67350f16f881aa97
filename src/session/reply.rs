//! What terminals answer when asked: kept apart from keys.

/// An answer of the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Name and version in the terminal's own words (XTVERSION).
    Version(String),
    /// Its background is light (OSC 11).
    Background { light: bool },
    /// A mode's setting (DECRPM): 0 unknown, 1 set, 2 reset, 3 always set, 4 always reset.
    Mode { private: bool, mode: u16, setting: u8 },
    /// Secondary device attributes: kind, version, a third number.
    Device([u32; 3]),
    /// Primary device attributes: every terminal answers these, so earlier questions are settled.
    Attributes,
}

/// Reads a control sequence (`ESC [ ...`) that is an answer.
pub fn from_sequence(sequence: &[u8]) -> Option<Reply> {
    let inside = std::str::from_utf8(sequence.strip_prefix(b"\x1b[")?).ok()?;
    if let Some(inside) = inside.strip_prefix('>') {
        let mut numbers = inside.strip_suffix('c')?.split(';').map(|n| n.parse().ok());
        let device = [numbers.next()??, numbers.next()??, numbers.next()??];
        return numbers.next().is_none().then_some(Reply::Device(device));
    }
    let (private, inside) = match inside.strip_prefix('?') {
        Some(rest) => (true, rest),
        None => (false, inside),
    };
    if private && inside.ends_with('c') {
        return Some(Reply::Attributes);
    }
    let (mode, setting) = inside.strip_suffix("$y")?.split_once(';')?;
    Some(Reply::Mode { private, mode: mode.parse().ok()?, setting: setting.parse().ok()? })
}

/// Reads a control string that is an answer; `introducer` is the byte after ESC.
pub fn from_text(introducer: u8, text: &[u8]) -> Option<Reply> {
    let text = std::str::from_utf8(text).ok()?;
    match introducer {
        b'P' => Some(Reply::Version(text.strip_prefix(">|")?.to_owned())),
        b']' => is_light(text.strip_prefix("11;")?).map(|light| Reply::Background { light }),
        _ => None,
    }
}

/// `rgb:RRRR/GGGG/BBBB` with one to four hexadecimal digits a part, or `rgba:` with a fourth part.
fn is_light(colour: &str) -> Option<bool> {
    let parts = colour.strip_prefix("rgb:").or_else(|| colour.strip_prefix("rgba:"))?;
    let mut weighed = 0.0;
    let mut parts = parts.split('/');
    // Relative luminance weights of ITU-R BT.709.
    for weight in [0.2126, 0.7152, 0.0722] {
        let part = parts.next()?;
        if part.is_empty() || part.len() > 4 {
            return None;
        }
        let most = 16_u32.pow(part.len() as u32) - 1;
        weighed += weight * f64::from(u32::from_str_radix(part, 16).ok()?) / f64::from(most);
    }
    Some(weighed > 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_that_are_answers() {
        let mode = |private, mode, setting| Some(Reply::Mode { private, mode, setting });
        for (sequence, expected) in [
            (&b"\x1b[?62;22c"[..], Some(Reply::Attributes)),
            (b"\x1b[?2026;2$y", mode(true, 2026, 2)),
            (b"\x1b[8;1$y", mode(false, 8, 1)),
            (b"\x1b[>0;136;0c", Some(Reply::Device([0, 136, 0]))),
            (b"\x1b[>65;7006;1c", Some(Reply::Device([65, 7006, 1]))),
            (b"\x1b[>0;136c", None),
            (b"\x1b[>0;136;0;1c", None),
            (b"\x1b[>;;c", None),
            (b"\x1b[>99999999999;0;0c", None),
            (b"\x1b[>c", None),
            (b"\x1b[8;1y", None),
            (b"\x1b[8;999$y", None),
            (b"\x1b[A", None),
            (b"\x1b[", None),
        ] {
            assert_eq!(from_sequence(sequence), expected, "{sequence:?}");
        }
    }

    #[test]
    fn strings_that_are_answers() {
        let background = |light| Some(Reply::Background { light });
        for (introducer, text, expected) in [
            (b'P', &b">|XTerm(379)"[..], Some(Reply::Version("XTerm(379)".to_owned()))),
            (b'P', b"1+r", None),
            (b']', b"11;rgb:0000/0000/0000", background(false)),
            (b']', b"11;rgb:ffff/ffff/ffff", background(true)),
            (b']', b"11;rgba:ff/fa/e0/ff", background(true)),
            (b']', b"11;rgb:1/2/3", background(false)),
            (b']', b"11;rgb:ff/ff", None),
            (b']', b"11;rgb:fffff/0/0", None),
            (b']', b"10;rgb:ff/ff/ff", None),
            (b']', b"11;rgb:\xff", None),
        ] {
            assert_eq!(from_text(introducer, text), expected, "{text:?}");
        }
    }
}
