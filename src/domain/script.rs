//! Scripts: what is said in a call, line by line, with places that the customer's facts fill. Knows no
//! customer: the desk fills them.

use serde::{Deserialize, Serialize};

use super::ids::ScriptId;
use super::invalid::{Field, Invalid, Problem};
use super::names::named_enum;
use super::task::QueueKind;

/// What is said in a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// Identity.
    pub id: ScriptId,
    /// Name, unique among scripts without regard to case.
    pub name: String,
    /// The queue whose calls it is for; none when only campaigns name it.
    pub queue: Option<QueueKind>,
    /// Line by line.
    pub lines: Vec<ScriptLine>,
}

/// A line of a script.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptLine {
    /// In words, with places such as `{name}` that the customer's facts fill.
    pub text: String,
    /// Ticked off when it was said.
    pub check: bool,
}

named_enum! {
    /// A place in a line that a fact fills.
    pub enum ScriptPlace {
        /// The customer's.
        Name = "name", City = "city",
        /// The day something was bought last.
        LastPurchase = "last_purchase",
        /// What is to be proposed, else what was bought last.
        Product = "product",
        /// The offer that fits.
        Offer = "offer",
        /// What the customer needs or expects.
        Need = "need",
        /// Who speaks.
        Agent = "agent",
        /// Where in the lifecycle.
        Stage = "stage",
        /// What is left in the loyalty programmes.
        Points = "points",
        /// Where the customer works, or what it is itself.
        Company = "company",
    }
}

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Words(&'a str),
    Place(ScriptPlace),
}

impl Script {
    /// Most lines.
    pub const MOST_LINES: usize = 60;
    /// Longest line, in characters.
    pub const MOST_TEXT: usize = 500;
    /// How many lines are ticked off in a whole call.
    pub fn steps(&self) -> usize {
        self.lines.iter().filter(|line| line.check).count()
    }

    /// Refuses a script without lines, and lines with places nobody can fill.
    pub fn validate(&self) -> Result<(), Invalid> {
        let bad = |problem| Err(Invalid { field: Field::Lines, problem });
        if self.lines.is_empty() {
            return bad(Problem::Empty);
        }
        if self.lines.len() > Self::MOST_LINES {
            return bad(Problem::TooMany { most: Self::MOST_LINES });
        }
        for line in &self.lines {
            if line.text.trim().is_empty() {
                return bad(Problem::Empty);
            }
            if line.text.chars().count() > Self::MOST_TEXT {
                return bad(Problem::TooLong { most: Self::MOST_TEXT });
            }
            for place in places(&line.text) {
                let Some(place) = place else { return bad(Problem::Malformed) };
                if known(place).is_none() {
                    let start = place.get(..1).unwrap_or_default();
                    let names = ScriptPlace::ALL.iter().map(|place| place.name());
                    let mut near = names.filter(|p| !start.is_empty() && p.starts_with(start));
                    let nearest = near.next().map(str::to_owned);
                    return bad(Problem::UnknownWord { nearest });
                }
            }
        }
        Ok(())
    }
}

impl ScriptLine {
    /// Words and places in their order.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut rest = self.text.as_str();
        while let Some((words, after)) = rest.split_once('{') {
            if !words.is_empty() {
                pieces.push(Piece::Words(words));
            }
            let (place, after) = after.split_once('}').unwrap_or((after, ""));
            // One of a later version stays the word it is.
            pieces.push(known(place).map_or(Piece::Words(place), Piece::Place));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest));
        }
        pieces
    }
}

/// The place with this name, as it is written.
fn known(place: &str) -> Option<ScriptPlace> {
    ScriptPlace::ALL.iter().copied().find(|known| known.name() == place)
}

/// The places of a line; `None` for one that is not closed.
fn places(text: &str) -> impl Iterator<Item = Option<&str>> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').map(|(place, _)| place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_names_places_that_can_be_filled() {
        let unknown =
            |nearest: Option<&str>| Problem::UnknownWord { nearest: nearest.map(Into::into) };
        for (text, want) in [
            ("Hello {name} from {city}", Ok(())),
            ("Hello", Ok(())),
            ("Hello {nam}", Err(unknown(Some("name")))),
            ("Hello {xyz}", Err(unknown(None))),
            ("Hello {}", Err(unknown(None))),
            ("Hello {name", Err(Problem::Malformed)),
            ("  ", Err(Problem::Empty)),
        ] {
            let lines = vec![ScriptLine { text: text.into(), check: false }];
            let script = Script { lines, ..Script::default() };
            assert_eq!(script.validate().map_err(|e| e.problem), want, "{text}");
        }
        assert!(Script::default().validate().is_err());
    }

    #[test]
    fn a_line_is_words_and_places() {
        use Piece::{Place, Words};
        for (text, want) in [
            ("Hello", vec![Words("Hello")]),
            ("{name}", vec![Place(ScriptPlace::Name)]),
            (
                "Hello {name}, from {city}?",
                vec![
                    Words("Hello "),
                    Place(ScriptPlace::Name),
                    Words(", from "),
                    Place(ScriptPlace::City),
                    Words("?"),
                ],
            ),
            ("{weather} today", vec![Words("weather"), Words(" today")]),
            ("{name", vec![Place(ScriptPlace::Name)]),
            ("", vec![]),
        ] {
            let line = ScriptLine { text: text.into(), check: false };
            assert_eq!(line.pieces(), want, "{text}");
        }
    }
}
