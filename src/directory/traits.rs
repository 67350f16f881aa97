//! Who a customer is apart from what was bought: what can be known of a prospect.

use crate::domain::{CustomerKind, Day, Gender};

use super::Directory;

/// The traits of one row; texts are empty where nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits<'a> {
    /// Person or organisation.
    pub kind: CustomerKind,
    /// When known.
    pub gender: Option<Gender>,
    /// Day of birth, when known.
    pub birth: Option<Day>,
    /// Day of joining; [`Day::NEVER`] when unknown.
    pub joined: Day,
    /// First day with a sale, when there was one.
    pub first: Option<Day>,
    /// How they came to us.
    pub source: &'a str,
    pub city: &'a str,
    pub language: &'a str,
}

impl Directory {
    /// The traits of a row; `None` of a row that never was.
    pub fn traits(&self, row: u32) -> Option<Traits<'_>> {
        let (c, at) = (&self.columns, row as usize);
        let day = |days: &[i32]| days.get(at).copied().map(Day).filter(|d| d.is_known());
        Some(Traits {
            kind: CustomerKind::from_code(*c.kind.get(at)?).unwrap_or(CustomerKind::Person),
            gender: c.gender.get(at).and_then(|g| Gender::from_code(g.checked_sub(1)?)),
            birth: day(&c.birth),
            joined: day(&c.joined).unwrap_or(Day::NEVER),
            first: day(&c.first),
            source: c.source.values.get(*c.source.codes.get(at)?),
            city: c.city.values.get(*c.city.codes.get(at)?),
            language: c.language.values.get(*c.language.codes.get(at)?),
        })
    }
}
