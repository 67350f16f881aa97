//! Layout against FriBidi, an implementation of the same standards by other hands, and what must
//! hold of every line whatever is in it.

use std::io::Write;
use std::process::{Command, Stdio};

use super::super::safe::{FSI, LRI, PDI};
use super::super::sanitise::ZWNJ;
use super::glyph::cell_width;
use super::*;

/// What mixed lines are made of: Persian above all, then what stands beside it in a customer's file.
const PARTS: &[&str] = &[
    "س", "ل", "ا", "م", "ع", "ی", "ک", "گ", "چ", "پ", "ژ", "آ", "أ", "ؤ", "ئ", "ء", "لا", "لآ", "ه",
    "ۀ", "د", "ر", "و", "ي", "ك", "ة", "ى", "ـ", "\u{200c}", "َ", "ّ", "ڤ", "ہ", "ے", "א", "ב", "a",
    "Z", "é", "0", "7", "۱", "۹", "٣", "٪", "%", "+", "-", "/", ".", ",", "٬", "٫", "،", "؟", ":",
    "(", ")", "[", "]", "{", "}", "«", "»", "<", ">", "\"", "!", "&", "@", "#", "$", "_", "€", "'",
    "*", ";", "=", "?", "\\", "^", "`", "|", "~", "·", "–", "“", "”", "●", "★", "│", " ", " ", " ",
    "日", "\u{2066}", "\u{2068}", "\u{2069}",
];

/// A stream of numbers, the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % n
    }
}

/// Lines as safe text has them: marks on letters, isolates closed. No more than one isolate a line,
/// as FriBidi 1.0.8 resolves signs in one by the letters of another, against UAX #9 (BD13).
fn lines(count: usize, seed: u64) -> Vec<String> {
    lines_of(PARTS, count, seed)
}

fn lines_of(parts: &[&str], count: usize, seed: u64) -> Vec<String> {
    let mut dice = Dice(seed);
    let mut lines = Vec::with_capacity(count);
    while lines.len() < count {
        let mut line = String::new();
        for _ in 0..=dice.below(30) {
            let part = parts[dice.below(parts.len())];
            let on_letter = line.chars().next_back().is_some_and(|c| ('ء'..='ے').contains(&c));
            if on_letter || !["َ", "ّ"].contains(&part) {
                line.push_str(part);
            }
        }
        let isolates = line.matches(['\u{2066}', '\u{2068}']).count();
        if isolates <= 1 {
            line.extend((0..isolates).map(|_| '\u{2069}'));
            lines.push(line);
        }
    }
    lines
}

fn fribidi(lines: &[String], direction: &str) -> Vec<String> {
    let mut child = Command::new("fribidi")
        .args(["--charset", "UTF-8", "--nobreak", "--nopad", "--clean", direction])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the fribidi command, to compare with (Debian: apt-get install libfribidi-bin)");
    let input = lines.join("\n") + "\n";
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(String::from).collect()
}

#[test]
fn twenty_thousand_lines_as_fribidi_has_them() {
    let mut lines = lines(10_000, 0x5eed);
    // Without left-to-right letters: most lines of a Persian screen.
    let is_persian = |part: &&&str| {
        !part.contains(['a', 'Z', 'é', '日', 'א', 'ב', '\u{2066}', '\u{2068}', '\u{2069}'])
    };
    let persian: Vec<&str> = PARTS.iter().filter(is_persian).copied().collect();
    lines.extend(lines_of(&persian, 10_000, 0xcafe));
    for (dir, option) in [(Dir::Rtl, "--rtl"), (Dir::Ltr, "--ltr")] {
        let theirs = fribidi(&lines, option);
        assert_eq!(theirs.len(), lines.len());
        let mut differ = 0;
        for (line, theirs) in lines.iter().zip(&theirs) {
            let cells = lay_whole(line, dir);
            let ours: String = cells.iter().map(|c| c.symbol.as_str()).collect();
            if &ours != theirs {
                differ += 1;
                if differ <= 5 {
                    println!("{line:?}\n  ours   {ours:?}\n  theirs {theirs:?}");
                }
            }
        }
        assert_eq!(differ, 0, "of {} lines, {option}", lines.len());
    }
}

#[track_caller]
fn check(line: &str, width: usize, align: Align, dir: Dir) {
    let laid = layout(&SafeText::made(line.into()), width, align, dir);
    let at = format!("{line:?} in {width} columns {align:?} {dir:?}: {:?}", laid.to_string());
    assert!(laid.columns() <= width, "{at}");
    let mut shown: Vec<Range<u32>> = Vec::new();
    for cell in &laid.cells {
        assert_eq!(cell_width(&cell.symbol), usize::from(cell.width), "{at}");
        assert!((1..=2).contains(&cell.width), "{at}");
        assert!(!cell.symbol.contains(['\u{200c}', '\u{200e}', '\u{200f}', LRI, FSI, PDI]), "{at}");
        if !cell.logical.is_empty() {
            shown.push(cell.logical.clone());
        }
    }
    shown.sort_by_key(|range| range.start);
    assert!(shown.windows(2).all(|pair| pair[0].end <= pair[1].start), "{at}");
    for (byte, c) in line.char_indices() {
        let is_shown = shown.iter().any(|range| range.contains(&(byte as u32)));
        let is_control = matches!(c, ZWNJ | LRI | FSI | PDI);
        assert!(is_shown || is_control || width == 0, "{c:?} is lost: {at}");
    }
    let is_longer = super::width(&SafeText::made(line.into())) > width;
    assert_eq!(laid.is_cut, is_longer, "{at}");
    assert_eq!(laid.to_string().matches('…').count(), usize::from(is_longer && width > 0), "{at}");
    if is_longer && width > 1 {
        // A wide letter may leave one column free.
        assert!(laid.columns() + 1 >= width, "{at}");
    }
}

#[test]
fn no_letter_is_lost_at_any_width() {
    for (i, line) in lines(10_000, 0xfeed).iter().enumerate() {
        let widths = if i < 100 { 1..=40 } else { i % 41..=i % 41 };
        for width in widths {
            for align in [Align::Start, Align::Centre, Align::End] {
                check(line, width, align, Dir::Rtl);
                check(line, width, align, Dir::Ltr);
            }
        }
    }
}

#[test]
fn wrapped_lines_hold_every_letter() {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| !matches!(*c, ' ' | ZWNJ | LRI | FSI | PDI)).collect()
    };
    for (i, line) in lines(3_000, 0xbead).iter().enumerate() {
        let width = 2 + i % 30;
        let text = SafeText::made(line.clone());
        let wrapped = wrap(&text, width, Dir::Rtl);
        let at = format!("{line:?} in {width} columns: {wrapped:?}");
        assert!(wrapped.iter().all(|line| super::width(line) <= width), "{at}");
        let again: String = wrapped.iter().map(|line| letters(line.as_str())).collect();
        assert_eq!(again, letters(line), "{at}");
        for line in &wrapped {
            let opened = line.as_str().matches([LRI, FSI]).count();
            assert!(opened <= line.as_str().matches(PDI).count(), "{at}");
        }
    }
}
