//! Values of own fields as they come in: checked against what the organisation has defined, under the name
//! it has given. Fields nobody has defined take anything.

use crate::domain::{Invalid, OwnField, OwnFieldKind};
use crate::text::{ascii_number, digits::ascii_digit, fold};

use super::state::State;

/// The field of this name, whatever its case.
pub fn named<'f>(mut all: impl Iterator<Item = &'f OwnField>, name: &str) -> Option<&'f OwnField> {
    let wanted = fold(name);
    all.find(|field| fold(&field.name) == wanted)
}

/// A value typed for a field in the form it is kept in.
pub fn kept(field: &OwnField, value: &str) -> Result<String, Invalid> {
    match field.kind {
        OwnFieldKind::Number => field.kept(&ascii_number(value)),
        OwnFieldKind::Date => {
            let ascii = value.chars().map(|c| ascii_digit(c).unwrap_or(c));
            field.kept(&ascii.collect::<String>())
        }
        OwnFieldKind::Text | OwnFieldKind::Choice => field.kept(value),
    }
}

impl State {
    /// A name and a value as they are kept.
    pub fn own_value(&self, name: &str, value: &str) -> Result<(String, String), Invalid> {
        let all = self.definitions.own_fields.iter().map(|kept| &kept.record);
        match named(all, name) {
            Some(field) => Ok((field.name.clone(), kept(field, value)?)),
            None => Ok((name.to_owned(), value.to_owned())),
        }
    }

    /// The same of all that are new or have changed: what is kept already was fine when it came.
    pub fn own_values(
        &self,
        fields: &mut Vec<(String, String)>,
        before: &[(String, String)],
    ) -> Result<(), Invalid> {
        if self.definitions.own_fields.is_empty() {
            return Ok(());
        }
        for field in fields.iter_mut().filter(|field| !before.contains(field)) {
            *field = self.own_value(&field.0, &field.1)?;
        }
        fields.retain(|(_, value)| !value.is_empty());
        Ok(())
    }
}
