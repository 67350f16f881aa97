//! A customer that lends its texts: for those who read a million and keep little of each.

use super::customer::{ContactKind, Customer, CustomerKind, Gender, Stage};
use super::day::Day;
use super::ids::{AgentId, CustomerId};

/// What can be listed, searched and selected of a [`Customer`], borrowed from it or from its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRef<'a> {
    pub id: CustomerId,
    pub external_id: Option<&'a str>,
    pub other_ids: Vec<&'a str>,
    pub kind: CustomerKind,
    pub name: &'a str,
    pub other_names: Vec<&'a str>,
    pub contacts: Vec<(ContactKind, &'a str)>,
    pub birth: Option<Day>,
    pub gender: Option<Gender>,
    pub city: &'a str,
    pub region: &'a str,
    pub country: &'a str,
    /// IANA name; empty when not known.
    pub time_zone: &'a str,
    pub language: &'a str,
    pub source: &'a str,
    pub owner: Option<AgentId>,
    pub stage: Stage,
    pub tags: Vec<&'a str>,
    pub joined: Day,
    pub must_not_be_called: bool,
    pub marketing: Option<bool>,
    pub fields: Vec<(&'a str, &'a str)>,
}

impl<'a> From<&'a Customer> for CustomerRef<'a> {
    fn from(c: &'a Customer) -> Self {
        Self {
            id: c.id,
            external_id: c.external_id.as_deref(),
            other_ids: c.other_ids.iter().map(String::as_str).collect(),
            kind: c.kind,
            name: &c.name,
            other_names: c.other_names.iter().map(String::as_str).collect(),
            contacts: c.contacts.iter().map(|p| (p.kind, p.value.as_str())).collect(),
            birth: c.birth,
            gender: c.gender,
            city: &c.place.city,
            region: &c.place.region,
            country: &c.place.country,
            time_zone: &c.time_zone,
            language: &c.language,
            source: &c.source,
            owner: c.owner,
            stage: c.stage,
            tags: c.tags.iter().map(String::as_str).collect(),
            joined: c.joined,
            must_not_be_called: c.must_not_be_called(),
            marketing: c.consent.marketing,
            fields: c.fields.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect(),
        }
    }
}
