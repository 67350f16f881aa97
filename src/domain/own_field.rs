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

    /// A value in the form it is kept in: a choice as it is written in the definition. Digits are ASCII and
    /// dates ISO 8601; an empty value is always fine.
    pub fn kept(&self, value: &str) -> Result<String, Invalid> {
        let value = value.trim();
        let bad = |problem| Err(Invalid { field: Field::Own, problem });
        let same = |choice: &&String| choice.to_lowercase() == value.to_lowercase();
        match self.kind {
            _ if value.is_empty() => Ok(String::new()),
            OwnFieldKind::Text => Ok(value.to_owned()),
            OwnFieldKind::Number if value.parse::<f64>().is_ok_and(f64::is_finite) => {
                Ok(value.to_owned())
            }
            OwnFieldKind::Number => bad(Problem::NotANumber),
            OwnFieldKind::Date if value.parse::<jiff::civil::Date>().is_ok() => {
                Ok(value.to_owned())
            }
            OwnFieldKind::Date => bad(Problem::NotADate),
            OwnFieldKind::Choice => match self.choices.iter().find(same) {
                Some(choice) => Ok(choice.clone()),
                None => bad(Problem::NotAChoice { known: self.choices.join(", ") }),
            },
        }
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
            (OwnFieldKind::Choice, " Red", true),
            (OwnFieldKind::Choice, "re", false),
            (OwnFieldKind::Choice, "", true),
        ] {
            let choices = vec!["red".to_owned(), "blue".to_owned()];
            let field = OwnField { id: OwnFieldId(1), name: "x".into(), kind, choices, order: 0 };
            assert_eq!(field.kept(value).is_ok(), fine, "{kind} {value}");
            assert_eq!(field.validate(), Ok(()));
            let empty = OwnField { choices: Vec::new(), ..field };
            assert_eq!(empty.validate().is_ok(), kind != OwnFieldKind::Choice);
        }
    }
}
