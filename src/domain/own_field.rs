//! Fields of the organisation's own: what they are called and what they take. Their values lie with
//! the customer, by the field's name.

use serde::{Deserialize, Serialize};

use super::ids::OwnFieldId;
use super::invalid::{Field, Invalid, Problem};
use super::names::named_enum;

named_enum! {
    /// What an own field takes.
    pub enum OwnFieldKind { Text = "text", Number = "number", Date = "date", Choice = "choice" }
}

/// The definition of an own field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnField {
    /// Identity.
    pub id: OwnFieldId,
    /// Name, unique among own fields without regard to case; the key of the value.
    pub name: String,
    /// What it takes.
    pub kind: OwnFieldKind,
    /// What can be chosen.
    pub choices: Vec<String>,
    /// Place in forms, the lowest first.
    pub order: u16,
}

impl OwnField {
    /// Most choices.
    pub const MOST_CHOICES: usize = 100;

    /// Refuses a choice of nothing.
    pub fn validate(&self) -> Result<(), Invalid> {
        let bad = |problem| Err(Invalid { field: Field::Choices, problem });
        let blank = self.choices.iter().any(|choice| choice.trim().is_empty());
        if blank || self.kind == OwnFieldKind::Choice && self.choices.is_empty() {
            return bad(Problem::Empty);
        }
        if self.choices.len() > Self::MOST_CHOICES {
            return bad(Problem::TooMany { most: Self::MOST_CHOICES });
        }
        Ok(())
    }

    /// Checks a value for the field; an empty one is always fine.
    pub fn check(&self, value: &str) -> Result<(), Invalid> {
        let value = value.trim();
        let malformed = Problem::Malformed;
        let problem = match self.kind {
            _ if value.is_empty() => return Ok(()),
            OwnFieldKind::Text => return Ok(()),
            OwnFieldKind::Number if value.parse::<f64>().is_ok_and(f64::is_finite) => return Ok(()),
            OwnFieldKind::Date if value.parse::<jiff::civil::Date>().is_ok() => return Ok(()),
            OwnFieldKind::Number => malformed,
            OwnFieldKind::Date => Problem::NoSuchDate,
            OwnFieldKind::Choice if self.choices.iter().any(|c| c == value) => return Ok(()),
            OwnFieldKind::Choice => {
                let lower = value.to_lowercase();
                let near = |c: &&String| c.to_lowercase().starts_with(&lower);
                Problem::UnknownWord { nearest: self.choices.iter().find(near).cloned() }
            }
        };
        Err(Invalid { field: Field::Own, problem })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_of_the_kind_of_the_field() {
        for (kind, value, fine) in [
            (OwnFieldKind::Text, "anything", true),
            (OwnFieldKind::Number, "12.5", true),
            (OwnFieldKind::Number, "12,5", false),
            (OwnFieldKind::Number, "inf", false),
            (OwnFieldKind::Date, "2026-11-22", true),
            (OwnFieldKind::Date, "2026-13-22", false),
            (OwnFieldKind::Choice, "red", true),
            (OwnFieldKind::Choice, "re", false),
            (OwnFieldKind::Choice, "", true),
        ] {
            let choices = vec!["red".to_owned(), "blue".to_owned()];
            let field = OwnField { id: OwnFieldId(1), name: "x".into(), kind, choices, order: 0 };
            assert_eq!(field.check(value).is_ok(), fine, "{kind} {value}");
            assert_eq!(field.validate(), Ok(()));
            let empty = OwnField { choices: Vec::new(), ..field };
            assert_eq!(empty.validate().is_ok(), kind != OwnFieldKind::Choice);
        }
    }
}
