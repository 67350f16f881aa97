//! Bytes as terminals send them, whole and cut anywhere.

use proptest::prelude::*;
use vafa::session::decode::{Decoded, Decoder};
use vafa::session::reply::Reply;
use vafa::session::units::LONGEST_PASTE;
use vafa::ui::{Code, Key, Mouse};

/// What the bytes mean, fed in one piece; then the terminal is silent.
fn decoded(bytes: &[u8]) -> Vec<Decoded> {
    pieces(&[bytes])
}

fn pieces(pieces: &[&[u8]]) -> Vec<Decoded> {
    let mut decoder = Decoder::default();
    let mut said = Vec::new();
    for piece in pieces {
        decoder.feed(piece, &mut |decoded| said.push(decoded));
    }
    if decoder.patience().is_some() {
        decoder.silence(&mut |decoded| said.push(decoded));
    }
    assert_eq!(decoder.patience(), None, "nothing is held after silence: {pieces:?}");
    said
}

fn key(code: Code) -> Decoded {
    Decoded::Key(Key::of(code))
}

fn char(c: char) -> Decoded {
    Decoded::Key(Key::char(c))
}

/// Sequences from xterm's ctlseqs, the Linux console, rxvt and the kitty keyboard protocol.
fn table() -> Vec<(&'static [u8], Vec<Decoded>)> {
    let up = Key::of(Code::Up);
    vec![
        (b"a", vec![char('a')]),
        (b"A", vec![char('A')]),
        ("ی".as_bytes(), vec![char('ی')]),
        ("\u{200c}".as_bytes(), vec![char('\u{200c}')]),
        ("👍".as_bytes(), vec![char('👍')]),
        (b"\r", vec![key(Code::Enter)]),
        (b"\t", vec![key(Code::Tab)]),
        (b"\x7f", vec![key(Code::Backspace)]),
        (b"\x03", vec![Decoded::Key(Key::char('c').with_ctrl())]),
        (b"\x1b[A", vec![Decoded::Key(up)]),
        (b"\x1bOA", vec![Decoded::Key(up)]),
        (b"\x1b[1;2A", vec![Decoded::Key(up.with_shift())]),
        (b"\x1b[1;5A", vec![Decoded::Key(up.with_ctrl())]),
        (b"\x1b[1;3A", vec![Decoded::Key(up.with_alt())]),
        (b"\x1b[H\x1b[F", vec![key(Code::Home), key(Code::End)]),
        (b"\x1b[1~\x1b[4~", vec![key(Code::Home), key(Code::End)]),
        (b"\x1b[5~\x1b[6~", vec![key(Code::PgUp), key(Code::PgDn)]),
        (b"\x1b[3~", vec![key(Code::Delete)]),
        (b"\x1b[Z", vec![key(Code::BackTab)]),
        (b"\x1bOP\x1b[[A\x1b[11~", vec![key(Code::F(1)), key(Code::F(1)), key(Code::F(1))]),
        (b"\x1bOQ\x1b[24~", vec![key(Code::F(2)), key(Code::F(12))]),
        (b"\x1ba", vec![Decoded::Key(Key::char('a').with_alt())]),
        ("\x1bی".as_bytes(), vec![Decoded::Key(Key::char('ی').with_alt())]),
        (b"\x1b\r", vec![Decoded::Key(Key::of(Code::Enter).with_alt())]),
        (b"\x1b", vec![key(Code::Esc)]),
        (b"\x1b\x1b", vec![key(Code::Esc), key(Code::Esc)]),
        (b"\x1b\x1b[A", vec![key(Code::Esc), Decoded::Key(up)]),
        (b"\x1b[", vec![Decoded::Key(Key::char('[').with_alt())]),
        (b"\x1b]", vec![Decoded::Key(Key::char(']').with_alt())]),
        (b"\x1b[97;2u", vec![char('A')]),
        (b"\x1b[97;5u", vec![Decoded::Key(Key::char('a').with_ctrl())]),
        (b"\x1b[I\x1b[O", vec![Decoded::Focus(true), Decoded::Focus(false)]),
        (b"\x1b[<0;10;5M\x1b[<0;10;5m", vec![Decoded::Mouse(Mouse::Click { x: 9, y: 4 })]),
        (b"\x1b[<64;1;1M", vec![Decoded::Mouse(Mouse::Wheel { x: 0, y: 0, lines: -3 })]),
        (b"\x1b[M !!", vec![Decoded::Mouse(Mouse::Click { x: 0, y: 0 })]),
        (b"\x1b[200~a\r\nb\rc\x1b[201~", vec![Decoded::Pasted("a\nb\nc".to_owned())]),
        (
            b"\x1b[200~\x1b[A\x1b[20\x1b[201~x",
            vec![Decoded::Pasted("\x1b[A\x1b[20".to_owned()), char('x')],
        ),
        (b"\x1b[200~lost end", vec![Decoded::Pasted("lost end".to_owned())]),
        (
            b"\x1bP>|Konsole 24.12.1\x1b\\",
            vec![Decoded::Reply(Reply::Version("Konsole 24.12.1".to_owned()))],
        ),
        (
            b"\x1b]11;rgb:ffff/ffff/dddd\x07",
            vec![Decoded::Reply(Reply::Background { light: true })],
        ),
        (
            b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
            vec![Decoded::Reply(Reply::Background { light: false })],
        ),
        (b"\x1b[>0;276;0c", vec![Decoded::Reply(Reply::Device([0, 276, 0]))]),
        (b"\x1b[?65;1;9c", vec![Decoded::Reply(Reply::Attributes)]),
        (b"\x1b[8;2$y", vec![Decoded::Reply(Reply::Mode { private: false, mode: 8, setting: 2 })]),
        (
            b"\x1b[?2026;0$y",
            vec![Decoded::Reply(Reply::Mode { private: true, mode: 2026, setting: 0 })],
        ),
    ]
}

/// What terminals and lines send that is no key: nothing may come of it, and `x` after it is `x`.
const NOTHING: &[&[u8]] = &[
    b"\x1b[?1;2;3q",
    b"\x1b[99~",
    b"\x1b[27;5;97~",
    b"\x1b[1;99999A",
    b"\x1b[24;80R",
    b"\x1b[8;24;80t",
    b"\x1b[>0;276c",
    b"\x1b[97;9u",
    b"\x1b[97;1:3u",
    b"\x1b[<35;10;5M",
    b"\x1b]10;rgb:0/0/0\x07",
    b"\x1b]52;c;aGFsbG8=\x07",
    b"\x1bP1+r544e=78\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b]11;?\x18",
    b"\x1b[12\x18",
    b"\x1b[\x18",
    b"\x80",
    b"\xff\xfe",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xf8\x88",
    "\u{85}".as_bytes(),
    "\u{9b}".as_bytes(),
    b"\x1b\xff",
];

#[test]
fn what_terminals_send() {
    for (bytes, expected) in table() {
        assert_eq!(decoded(bytes), expected, "{:?}", bytes.escape_ascii().to_string());
    }
}

#[test]
fn cut_anywhere_it_means_the_same() {
    for (bytes, expected) in table() {
        for cut in 1..bytes.len() {
            let (head, tail) = bytes.split_at(cut);
            assert_eq!(
                pieces(&[head, tail]),
                expected,
                "{:?} cut at {cut}",
                bytes.escape_ascii().to_string()
            );
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(pieces(&single), expected, "{:?}", bytes.escape_ascii().to_string());
    }
}

#[test]
fn what_is_no_key_becomes_none() {
    for bytes in NOTHING {
        let shown = bytes.escape_ascii().to_string();
        assert_eq!(decoded(bytes), [], "{shown:?}");
        assert_eq!(pieces(&[bytes, b"x"]), [char('x')], "{shown:?} then x");
    }
}

#[test]
fn a_sequence_that_breaks_off_takes_nothing_with_it() {
    for (bytes, expected) in [
        (&b"\x1b[1;\r"[..], vec![key(Code::Enter)]),
        (b"\x1b[1;\x1b[B", vec![key(Code::Down)]),
        (b"\xd8x", vec![char('x')]),
        (b"\xd8\x1b[B", vec![key(Code::Down)]),
        (b"\x1b]11;rgb:\x1b[B", vec![key(Code::Down)]),
    ] {
        assert_eq!(decoded(bytes), expected, "{:?}", bytes.escape_ascii().to_string());
    }
}

#[test]
fn what_never_ends_is_bounded() {
    let mut long_sequence = b"\x1b[".to_vec();
    long_sequence.extend(std::iter::repeat_n(b'1', 100_000));
    assert_eq!(pieces(&[&long_sequence, b"Ax"]), [char('x')]);

    let mut long_string = b"\x1bP>|".to_vec();
    long_string.extend(std::iter::repeat_n(b'a', 100_000));
    assert_eq!(pieces(&[&long_string, b"\x1b\\x"]), [char('x')]);

    let mut long_paste = b"\x1b[200~".to_vec();
    long_paste.extend(std::iter::repeat_n(b'a', LONGEST_PASTE + 10));
    let said = pieces(&[&long_paste, b"\x1b[201~x"]);
    assert_eq!(said, [Decoded::Pasted("a".repeat(LONGEST_PASTE)), char('x')]);
}

/// Bytes that are likely to hit the corners, and any others.
fn garbage() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"\x1b".to_vec()),
        Just(b"\x1b[".to_vec()),
        Just(b"\x1b[<".to_vec()),
        Just(b"\x1b[?".to_vec()),
        Just(b"\x1b[>".to_vec()),
        Just(b"\x1b[M".to_vec()),
        Just(b"\x1bO".to_vec()),
        Just(b"\x1bP".to_vec()),
        Just(b"\x1b]".to_vec()),
        Just(b"\x1b\\".to_vec()),
        Just(b"\x1b[200~".to_vec()),
        Just(b"\x1b[201~".to_vec()),
        "[0-9;:]{1,8}[A-Za-z~$]".prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 1..8),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Any bytes, cut anywhere: no panic, no control character as a key, and the same in pieces.
    #[test]
    fn garbage_is_survived(bytes in garbage(), cut in 1_usize..16) {
        let whole = decoded(&bytes);
        let cut: Vec<&[u8]> = bytes.chunks(cut).collect();
        prop_assert_eq!(&pieces(&cut), &whole);
        for said in whole {
            if let Decoded::Key(Key { code: Code::Char(c), .. }) = said {
                prop_assert!(!c.is_control(), "{:?}", c);
            }
        }
    }
}
