//! For terminals that reorder text themselves, and for readers of the screen who want none of it.
//!
//! What each terminal does was measured (reference/persian/terminals.tsv); which one is at the other
//! end is the session's to find out.

use compact_str::CompactString;

use super::lang::{Dir, Lang};
use super::layout::mirrored;

/// How right-to-left text reaches a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Bidi {
    /// The program orders and shapes; the terminal is asked to keep its hands off.
    #[default]
    App,
    /// The same, for a terminal that turns each run between blanks round: see [`prepare_for_kitty`].
    Kitty,
    /// The terminal orders and shapes: text goes out as it is read, nothing side by side.
    Terminal,
    /// Nobody does: text goes out as it is read.
    Off,
}

impl Bidi {
    /// True when text goes out as it is read, a cell a letter, its letters as they are.
    pub const fn is_logical(self) -> bool {
        matches!(self, Self::Terminal | Self::Off)
    }

    /// The side lines start at: what goes out as it is read starts at the left.
    pub const fn dir(self, lang: Lang) -> Dir {
        if self.is_logical() { Dir::Ltr } else { lang.dir() }
    }

    /// True when regions may stand side by side: a terminal that orders whole lines would mix them.
    pub const fn takes_columns(self) -> bool {
        !matches!(self, Self::Terminal)
    }
}

/// Turns round what kitty (without `force_ltr`) will turn round again: every run between blanks that
/// holds a letter of the Arabic script, digits included, brackets mirrored. `row` is one row of the
/// screen, a symbol a cell in visual order; styles stay where they are.
pub fn prepare_for_kitty(row: &mut [CompactString]) {
    for run in row.split_mut(|symbol| symbol.trim().is_empty()) {
        if run.iter().any(|symbol| symbol.chars().any(is_arabic)) {
            run.reverse();
            for symbol in run {
                let mut chars = symbol.chars();
                if let (Some(c), None) = (chars.next(), chars.next()) {
                    *symbol = CompactString::new(mirrored(c).encode_utf8(&mut [0; 4]));
                }
            }
        }
    }
}

/// True for letters and digits of the Arabic script, presentation forms among them.
fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Align, Dir, SafeText, layout};

    #[test]
    fn kitty_gets_each_run_backwards() {
        let text = SafeText::clean("سلام (۱۲) VIP (الف)");
        let laid = layout(&text, 40, Align::End, Dir::Rtl);
        let mut row: Vec<CompactString> = laid.cells.iter().map(|c| c.symbol.clone()).collect();
        assert_eq!(row.concat(), "(\u{fed2}\u{fedf}\u{fe8d}) VIP (۱۲) \u{fee1}\u{fefc}\u{feb3}");
        prepare_for_kitty(&mut row);
        assert_eq!(row.concat(), "(\u{fe8d}\u{fedf}\u{fed2}) VIP (۲۱) \u{feb3}\u{fefc}\u{fee1}");
        // What kitty does to it is the same again.
        prepare_for_kitty(&mut row);
        assert_eq!(row.concat(), laid.to_string());
    }
}
