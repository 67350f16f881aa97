//! Shapes glyphs and puts them in the order a terminal prints them.

use std::borrow::Cow;
use std::ops::Range;

use icu_properties::CodePointMapData;
use icu_properties::props::BidiMirroringGlyph;
use unicode_bidi::{BidiInfo, Direction, Level, ParagraphBidiInfo, get_base_direction};

use super::super::lang::Dir;
use super::super::safe::{FSI, LRI, PDI};
use super::super::sanitise::ZWNJ;
use super::super::shape;
use super::Cell;
use super::glyph::{Glyph, Kind};

/// The kept text and the ellipsis, held to the direction of the letters it follows: in an English
/// column a cut Persian name goes on at its left.
fn with_ellipsis(kept: &str) -> String {
    let mark = match kept.chars().rev().find(|c| c.is_alphanumeric()) {
        Some(c) if !c.is_alphabetic() => "",
        Some(c) if is_right_to_left(c) => "\u{200F}",
        Some(_) => "\u{200E}",
        None => "",
    };
    format!("{kept}…{mark}")
}

/// Appends the cells of a line from left to right: shaped, ordered, mirrored, without controls.
pub(super) fn visual(text: &str, glyphs: &[Glyph], dir: Dir, out: &mut Vec<Cell>) {
    if let Some(inside) = figure(glyphs) {
        return logical(text, inside, dir, out);
    }
    match direction(glyphs, dir) {
        Run::Forward => logical(text, glyphs, dir, out),
        Run::Backward => {
            let places = (0..glyphs.len()).rev();
            out.extend(places.filter_map(|place| cell_at(text, glyphs, place, Level::rtl())));
        }
        Run::Mixed => {
            if dir == Dir::Rtl
                && let Some(numbers) = numbers(glyphs)
            {
                return turned(text, glyphs, &numbers, out);
            }
            let levels = levels(text, glyphs, dir);
            let places = BidiInfo::reorder_visual(&levels).into_iter();
            out.extend(
                places.filter_map(|place| cell_at(text, glyphs, place, *levels.get(place)?)),
            );
        }
    }
}

/// What stands within a line that is one left-to-right isolate around a phone, an id, a figure: no
/// sign of it is moved, whatever the line's direction, and nothing in it joins.
fn figure(glyphs: &[Glyph]) -> Option<&[Glyph]> {
    let [Glyph { base: LRI, .. }, inside @ .., Glyph { base: PDI, .. }] = glyphs else {
        return None;
    };
    // Arabic digits and separators draw neutral signs between them to their side; these do not.
    let stays = |g: &Glyph| {
        let is_letter = g.base.is_ascii_graphic() || matches!(g.base, '\u{6F0}'..='\u{6F9}');
        g.kind == Kind::Plain && (is_letter || g.base == ' ')
    };
    // Blanks that end a line stand at its end.
    let ends_well = inside.last().is_none_or(|g| g.base != ' ');
    (ends_well && inside.iter().all(stays)).then_some(inside)
}

/// Appends the cells in the order of the text, its letters as they are.
pub(super) fn logical(text: &str, glyphs: &[Glyph], _dir: Dir, out: &mut Vec<Cell>) {
    out.extend(glyphs.iter().filter(|g| g.width > 0).map(|g| g.cell(text, g.base)));
}

/// A line turned round, save its numbers.
fn turned(text: &str, glyphs: &[Glyph], is_number: &[bool], out: &mut Vec<Cell>) {
    let mut end = glyphs.len();
    while let Some(last) = end.checked_sub(1) {
        let number =
            is_number.get(..end).unwrap_or_default().iter().rev().take_while(|n| **n).count();
        if number == 0 {
            out.extend(cell_at(text, glyphs, last, Level::rtl()));
            end = last;
        } else {
            let places = end - number..end;
            out.extend(places.filter_map(|place| cell_at(text, glyphs, place, Level::ltr())));
            end -= number;
        }
    }
}

/// How a line runs.
enum Run {
    Forward,
    /// Letters of the Arabic script and blanks between them: the whole algorithm would only turn
    /// them round.
    Backward,
    Mixed,
}

fn direction(glyphs: &[Glyph], dir: Dir) -> Run {
    let is_letter = |g: &Glyph| matches!(g.base, '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D5}');
    let at_ends = glyphs.first().is_some_and(is_letter) && glyphs.last().is_some_and(is_letter);
    if (at_ends || dir == Dir::Rtl) && glyphs.iter().all(|g| is_letter(g) || g.base == ' ') {
        return Run::Backward;
    }
    let is_odd = |g: &Glyph| is_right_to_left(g.base);
    if dir == Dir::Ltr && !glyphs.iter().any(is_odd) { Run::Forward } else { Run::Mixed }
}

/// Which glyphs belong to numbers in a right-to-left line without a left-to-right letter or an
/// isolate: numbers run against it, all else with it. `None` where more must be known.
///
/// This is what the whole algorithm leaves of its rules W2 to W6 and N0 to N2 for such lines.
fn numbers(glyphs: &[Glyph]) -> Option<Vec<bool>> {
    let mut classes = Vec::with_capacity(glyphs.len());
    let mut after_letter = false;
    for glyph in glyphs {
        let class = Class::of(glyph.base)?;
        after_letter |= class == Class::Letter;
        // W2: digits after an Arabic letter are Arabic numbers.
        classes.push(match class {
            Class::Digit if after_letter => Class::ArabicNumber,
            class => class,
        });
    }
    let at = |i: usize| classes.get(i).copied().unwrap_or(Class::Neutral);
    let mut numbers = vec![false; classes.len()];
    let mut i = 0;
    while i < classes.len() {
        let around = (i.checked_sub(1).map_or(Class::Neutral, at), at(i + 1));
        // W4: one separator within a number belongs to it.
        let is_number = matches!(
            (at(i), around),
            (Class::Digit | Class::ArabicNumber, _)
                | (Class::Common | Class::Sign, (Class::Digit, Class::Digit))
                | (Class::Common, (Class::ArabicNumber, Class::ArabicNumber))
        );
        if at(i) == Class::Terminator {
            // W5: so do percents and currencies beside European digits.
            let run = (i..classes.len()).take_while(|&j| at(j) == Class::Terminator).count();
            if around.0 == Class::Digit || at(i + run) == Class::Digit {
                numbers.iter_mut().skip(i).take(run).for_each(|number| *number = true);
            }
            i += run;
            continue;
        }
        if is_number && let Some(number) = numbers.get_mut(i) {
            *number = true;
        }
        i += 1;
    }
    Some(numbers)
}

/// The bidirectional classes of what Persian lines are made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    ArabicNumber,
    /// `, . : /` and the like, within any number.
    Common,
    /// `+` and `-`, within European numbers.
    Sign,
    /// `% $ #` and the like.
    Terminator,
    Neutral,
}

impl Class {
    fn of(c: char) -> Option<Self> {
        Some(match c {
            '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D5}' | '\u{61B}' | '\u{61F}' => Self::Letter,
            '0'..='9' | '\u{6F0}'..='\u{6F9}' => Self::Digit,
            '\u{660}'..='\u{669}' | '\u{66B}' | '\u{66C}' => Self::ArabicNumber,
            ',' | '.' | ':' | '/' | '\u{60C}' => Self::Common,
            '+' | '-' => Self::Sign,
            '#' | '$' | '%' | '\u{66A}' => Self::Terminator,
            ' ' | '!' | '"' | '&'..='*' | ';'..='@' | '['..='`' | '{'..='~' => Self::Neutral,
            '«' | '»' | '·' | '…' | '“' | '”' | '–' | '│' | '●' | '○' | '★' => {
                Self::Neutral
            }
            _ => return None,
        })
    }
}

fn levels(text: &str, glyphs: &[Glyph], dir: Dir) -> Vec<Level> {
    let base = match dir {
        Dir::Ltr => Level::ltr(),
        Dir::Rtl => Level::rtl(),
    };
    let ordered = match glyphs.last() {
        Some(last) if last.kind == Kind::Ellipsis => {
            Cow::Owned(with_ellipsis(text.get(..last.start as usize).unwrap_or_default()))
        }
        _ => Cow::Borrowed(text),
    };
    let mut by_byte = vec![base; ordered.len()];
    resolve(&ordered, 0, base, &mut by_byte);
    // Blanks that end a line stand at its end, even those within an isolate (UAX #9, L1).
    let ending = |c: char| matches!(c, ' ' | LRI | FSI | PDI | ZWNJ);
    let text_end = ordered.trim_end_matches(ending).len();
    by_byte.iter_mut().skip(text_end).for_each(|level| *level = base);
    glyphs.iter().map(|g| by_byte.get(g.start as usize).copied().unwrap_or(base)).collect()
}

/// Writes the level of each byte of `text`, which begins at `start`, into `levels`.
///
/// An isolate is one neutral sign to what stands around it and a paragraph of its own within, so each
/// is resolved apart: unicode-bidi 0.3.18 looks for the letter before a bracket in the wrong order
/// when an isolate stands between.
fn resolve(text: &str, start: usize, base: Level, levels: &mut [Level]) {
    let Some(opener) = text.find([LRI, FSI]) else {
        let bidi = ParagraphBidiInfo::new(text, Some(base));
        let found = bidi.reordered_levels(0..text.len());
        if let Some(levels) = levels.get_mut(start..start + text.len()) {
            levels.copy_from_slice(&found);
        }
        return;
    };
    let mut outer = String::with_capacity(text.len());
    let mut pieces = Vec::new();
    let mut rest = 0..text.len();
    let mut next = Some(opener);
    while let Some(at) = next {
        let inside = inside(text, at);
        pieces.push((outer.len(), rest.start..at));
        outer.push_str(text.get(rest.start..at).unwrap_or_default());
        // Three bytes, as the controls it stands for.
        pieces.push((outer.len(), at..inside.start));
        pieces.push((outer.len(), inside.end..(inside.end + PDI.len_utf8()).min(text.len())));
        outer.push(char::REPLACEMENT_CHARACTER);
        let inner = text.get(inside.clone()).unwrap_or_default();
        let is_rtl = text.get(at..).is_some_and(|t| t.starts_with(FSI))
            && get_base_direction(inner) == Direction::Rtl;
        let level =
            if is_rtl { base.new_explicit_next_rtl() } else { base.new_explicit_next_ltr() };
        resolve(inner, start + inside.start, level.unwrap_or(base), levels);
        rest.start = (inside.end + PDI.len_utf8()).min(text.len());
        next = text.get(rest.clone()).and_then(|t| t.find([LRI, FSI])).map(|at| at + rest.start);
    }
    pieces.push((outer.len(), rest.clone()));
    outer.push_str(text.get(rest).unwrap_or_default());
    let bidi = ParagraphBidiInfo::new(&outer, Some(base));
    let found = bidi.reordered_levels(0..outer.len());
    for (from, piece) in pieces {
        let length = piece.len();
        let target = levels.get_mut(start + piece.start..start + piece.end);
        if let (Some(target), Some(found)) = (target, found.get(from..from + length)) {
            target.copy_from_slice(found);
        }
    }
}

/// The text between the isolate that opens at `at` and its end, or the end of the text.
fn inside(text: &str, at: usize) -> Range<usize> {
    let from = at + LRI.len_utf8();
    let mut depth = 1;
    for (i, c) in text.get(from..).unwrap_or_default().char_indices() {
        match c {
            LRI | FSI => depth += 1,
            PDI => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return from..from + i;
        }
    }
    from..text.len()
}

fn cell_at(text: &str, glyphs: &[Glyph], place: usize, level: Level) -> Option<Cell> {
    let glyph = glyphs.get(place).filter(|g| g.width > 0)?;
    let before = place.checked_sub(1).and_then(|i| glyphs.get(i));
    let after = glyph.joins.previous && before.is_some_and(|g| g.joins.next);
    let base = match glyph.kind {
        Kind::LamAlef(alef) => shape::lam_alef(alef, after),
        Kind::Mark | Kind::Control | Kind::Ellipsis => glyph.base,
        Kind::Plain => {
            let next = glyphs.get(place + 1);
            let joined = glyph.joins.next && next.is_some_and(|g| g.joins.previous);
            let shaped = shape::form(glyph.base, after, joined);
            if level.is_rtl() && shaped == glyph.base { mirrored(shaped) } else { shaped }
        }
    };
    Some(glyph.cell(text, base))
}

/// The bracket that faces the other way; other characters as they are.
pub(in crate::text) fn mirrored(c: char) -> char {
    if c.is_ascii_alphanumeric() || ('\u{600}'..='\u{8FF}').contains(&c) {
        return c;
    }
    CodePointMapData::<BidiMirroringGlyph>::new().get(c).mirroring_glyph.unwrap_or(c)
}

/// Characters that make order matter: the right-to-left blocks of Unicode.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}
