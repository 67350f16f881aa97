//! Thousands of key presses against what they mean.

use super::*;
use crate::text::Bidi;

/// What a person does, drawn from a stream of numbers that is the same every time.
fn presses(count: usize) -> impl Iterator<Item = u64> {
    let mut state = 0x1234_5678_u64;
    (0..count).map(move |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state >> 33
    })
}

#[test]
fn ten_thousand_presses_leave_the_text_that_was_meant() {
    let letters = ['س', 'ل', 'ا', 'م', 'a', 'Z', '1', '۲', ' ', '(', ')'];
    for dir in [Dir::Ltr, Dir::Rtl] {
        let mut field = Field::default();
        let (mut meant, mut at): (Vec<char>, usize) = (Vec::new(), 0);
        for press in presses(10_000) {
            match press % 24 {
                0..=1 => {
                    field.backspace();
                    if at > 0 {
                        at -= 1;
                        meant.remove(at);
                    }
                }
                2 => {
                    field.delete();
                    if at < meant.len() {
                        meant.remove(at);
                    }
                }
                3..=5 => {
                    field.left();
                    at = at.saturating_sub(1);
                }
                6..=7 => {
                    field.right();
                    at = (at + 1).min(meant.len());
                }
                8 => {
                    field.home();
                    at = 0;
                }
                9 => {
                    field.end();
                    at = meant.len();
                }
                10 if meant.len() > 60 => {
                    field.delete_to_end();
                    meant.truncate(at);
                }
                n => {
                    let letter = letters[(press / 24 + n) as usize % letters.len()];
                    field.insert(letter);
                    meant.insert(at, letter);
                    at += 1;
                }
            }
            let text: String = meant.iter().collect();
            assert_eq!(field.text(), text);
            assert_eq!(field.cursor(), meant[..at].iter().map(|c| c.len_utf8()).sum::<usize>());
            let width = 1 + (press % 30) as usize;
            let view = field.view(width, dir, Bidi::App);
            assert!(view.cursor < width && view.laid.columns() <= width, "{field:?} in {width}");
            // The cursor stands on the letter it is at, wherever that is seen.
            if at < meant.len() {
                assert_eq!(view.laid.column_of(field.cursor()), Some(view.cursor), "{field:?}");
            }
        }
    }
}

#[test]
fn anything_typed_anywhere_is_kept_whole() {
    let parts = [
        "س",
        "لا",
        "\u{200c}",
        "َ",
        "e",
        "\u{301}",
        "👩",
        "\u{200d}",
        "🚀",
        "日",
        "क्",
        "षि",
        "\n",
        "\t",
        "\u{1b}[0m",
        "\u{202e}",
        "🇮",
        "🇷",
        "\u{feb3}",
        " ",
        "ᄀ",
        "ᅡ",
    ];
    let mut field = Field::note("");
    for press in presses(5_000) {
        match press % 8 {
            0 => field.left(),
            1 => field.right(),
            2 => field.word_left(),
            3 => field.delete(),
            4 => field.up(10),
            5 if field.text().len() > 200 => field.clear(),
            _ => field.insert_str(parts[(press / 8) as usize % parts.len()]),
        }
        let borders = field.text().grapheme_indices(true).map(|(at, _)| at);
        assert!(borders.chain([field.text().len()]).any(|at| at == field.cursor()), "{field:?}");
        assert_eq!(typed(field.text(), true), field.text());
        for dir in [Dir::Ltr, Dir::Rtl] {
            let view = field.note_view(11, 3, dir, Bidi::App);
            assert!(view.cursor.0 < 11 && view.cursor.1 < view.lines.len(), "{field:?} {view:?}");
            assert!(view.lines.iter().all(|line| line.columns() <= 11), "{field:?}");
        }
    }
}
