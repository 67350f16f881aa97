//! Customers.

use serde::{Deserialize, Serialize};

use super::{known, stored};
use crate::domain::{
    AgentId, Consent, ContactKind, ContactPoint, Customer, CustomerId, CustomerKind, CustomerRef,
    Day, DoNotCall, Gender, Place, Stage,
};
use crate::store::StoreError;

/// A customer; frozen. Kinds, genders and stages are the codes of the domain's enums.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerV1<'a> {
    pub id: u64,
    #[serde(borrow)]
    pub external_id: Option<&'a str>,
    pub kind: u8,
    pub name: &'a str,
    pub other_names: Vec<&'a str>,
    pub contacts: Vec<ContactV1<'a>>,
    pub birth: Option<i32>,
    pub gender: Option<u8>,
    pub city: &'a str,
    pub region: &'a str,
    pub country: &'a str,
    pub address: &'a str,
    pub postal_code: &'a str,
    pub time_zone: &'a str,
    pub language: &'a str,
    pub source: &'a str,
    pub owner: Option<u64>,
    pub stage: u8,
    pub tags: Vec<&'a str>,
    pub joined: i32,
    /// Since when the customer must not be called, and why.
    pub do_not_call: Option<(i32, &'a str)>,
    pub marketing: Option<bool>,
    pub fields: Vec<(&'a str, &'a str)>,
}

/// A customer with the ids it went by before; frozen.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerV2<'a> {
    #[serde(borrow)]
    pub first: CustomerV1<'a>,
    pub other_ids: Vec<&'a str>,
}

/// A contact point; frozen.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactV1<'a> {
    pub kind: u8,
    pub value: &'a str,
    pub label: &'a str,
}

stored!(Customer, Customer, CustomerV1<'_>, CustomerV2<'_>);

impl<'a> From<&'a Customer> for CustomerV2<'a> {
    fn from(customer: &'a Customer) -> Self {
        let other_ids = customer.other_ids.iter().map(String::as_str).collect();
        Self { first: customer.into(), other_ids }
    }
}

impl<'a> CustomerV2<'a> {
    /// The same, with its codes read.
    pub(super) fn lend(self) -> Result<CustomerRef<'a>, StoreError> {
        Ok(CustomerRef { other_ids: self.other_ids, ..self.first.lend()? })
    }

    fn open(self) -> Result<Customer, StoreError> {
        let other_ids = self.other_ids.into_iter().map(str::to_owned).collect();
        Ok(Customer { other_ids, ..self.first.open()? })
    }
}

impl<'a> From<&'a Customer> for CustomerV1<'a> {
    fn from(customer: &'a Customer) -> Self {
        let Customer {
            id,
            external_id,
            other_ids: _,
            kind,
            name,
            other_names,
            contacts,
            birth,
            gender,
            place: Place { city, region, country, address, postal_code },
            time_zone,
            language,
            source,
            owner,
            stage,
            tags,
            joined,
            consent: Consent { do_not_call, marketing },
            fields,
        } = customer;
        let contact = |ContactPoint { kind, value, label }: &'a ContactPoint| ContactV1 {
            kind: kind.code(),
            value,
            label,
        };
        let refusal = |DoNotCall { since, reason }: &'a DoNotCall| (since.0, reason.as_str());
        Self {
            id: id.0,
            external_id: external_id.as_deref(),
            kind: kind.code(),
            name,
            other_names: other_names.iter().map(String::as_str).collect(),
            contacts: contacts.iter().map(contact).collect(),
            birth: birth.map(|day| day.0),
            gender: gender.map(Gender::code),
            city,
            region,
            country,
            address,
            postal_code,
            time_zone,
            language,
            source,
            owner: owner.map(|agent| agent.0),
            stage: stage.code(),
            tags: tags.iter().map(String::as_str).collect(),
            joined: joined.0,
            do_not_call: do_not_call.as_ref().map(refusal),
            marketing: *marketing,
            fields: fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
        }
    }
}

impl<'a> CustomerV1<'a> {
    /// The same, with its codes read.
    pub(super) fn lend(self) -> Result<CustomerRef<'a>, StoreError> {
        let contact = |c: ContactV1<'a>| Ok((known!(ContactKind, c.kind)?, c.value));
        Ok(CustomerRef {
            id: CustomerId(self.id),
            external_id: self.external_id,
            other_ids: Vec::new(),
            kind: known!(CustomerKind, self.kind)?,
            name: self.name,
            other_names: self.other_names,
            contacts: self.contacts.into_iter().map(contact).collect::<Result<_, StoreError>>()?,
            birth: self.birth.map(Day),
            gender: self.gender.map(|code| known!(Gender, code)).transpose()?,
            city: self.city,
            region: self.region,
            country: self.country,
            time_zone: self.time_zone,
            language: self.language,
            source: self.source,
            owner: self.owner.map(AgentId),
            stage: known!(Stage, self.stage)?,
            tags: self.tags,
            joined: Day(self.joined),
            must_not_be_called: self.do_not_call.is_some(),
            marketing: self.marketing,
            fields: self.fields,
        })
    }

    fn open(self) -> Result<Customer, StoreError> {
        let contact = |ContactV1 { kind, value, label }: ContactV1<'_>| {
            let kind = known!(ContactKind, kind)?;
            Ok(ContactPoint { kind, value: value.to_owned(), label: label.to_owned() })
        };
        let refusal = |(since, reason): (i32, &str)| DoNotCall {
            since: Day(since),
            reason: reason.to_owned(),
        };
        let field = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Ok(Customer {
            id: CustomerId(self.id),
            external_id: self.external_id.map(str::to_owned),
            other_ids: Vec::new(),
            kind: known!(CustomerKind, self.kind)?,
            name: self.name.to_owned(),
            other_names: self.other_names.into_iter().map(str::to_owned).collect(),
            contacts: self.contacts.into_iter().map(contact).collect::<Result<_, StoreError>>()?,
            birth: self.birth.map(Day),
            gender: self.gender.map(|code| known!(Gender, code)).transpose()?,
            place: Place {
                city: self.city.to_owned(),
                region: self.region.to_owned(),
                country: self.country.to_owned(),
                address: self.address.to_owned(),
                postal_code: self.postal_code.to_owned(),
            },
            time_zone: self.time_zone.to_owned(),
            language: self.language.to_owned(),
            source: self.source.to_owned(),
            owner: self.owner.map(AgentId),
            stage: known!(Stage, self.stage)?,
            tags: self.tags.into_iter().map(str::to_owned).collect(),
            joined: Day(self.joined),
            consent: Consent {
                do_not_call: self.do_not_call.map(refusal),
                marketing: self.marketing,
            },
            fields: self.fields.into_iter().map(field).collect(),
        })
    }
}
