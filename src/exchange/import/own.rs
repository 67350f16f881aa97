//! Values of own fields in a file, by what the organisation has defined.

use crate::desk::own_values;
use crate::domain::OwnFieldKind;
use crate::text::store_line;

use super::fault::Fault;
use super::value::Conventions;

impl Conventions {
    /// The name and value of an own field as they are kept; dates may be written in any known way.
    pub fn own_value(&self, name: &str, text: &str) -> Result<(String, String), Fault> {
        let Some(field) = own_values::named(self.own_fields.iter(), name) else {
            return Ok((name.to_owned(), store_line(text)));
        };
        let value = match field.kind {
            OwnFieldKind::Date => {
                let date = self.day(text)?.date();
                date.map_or_else(|| store_line(text), |date| date.to_string())
            }
            _ => store_line(text),
        };
        let kept = own_values::kept(field, &value);
        Ok((field.name.clone(), kept.map_err(|invalid| Fault::Invalid(invalid.problem))?))
    }
}
