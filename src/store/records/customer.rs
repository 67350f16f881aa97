//! Customers.

use serde::{Deserialize, Serialize};

use super::{known, stored};
use crate::domain::{
    AgentId, Consent, ContactKind, ContactPoint, Customer, CustomerId, CustomerKind, Day,
    DoNotCall, Gender, Place, Stage,
};
use crate::store::StoreError;

/// A customer; frozen.
#[derive(Serialize, Deserialize)]
struct CustomerV1 {
    id: u64,
    external_id: Option<String>,
    kind: u8,
    name: String,
    other_names: Vec<String>,
    contacts: Vec<ContactV1>,
    birth: Option<i32>,
    gender: Option<u8>,
    city: String,
    region: String,
    country: String,
    address: String,
    postal_code: String,
    time_zone: String,
    language: String,
    source: String,
    owner: Option<u64>,
    stage: u8,
    tags: Vec<String>,
    joined: i32,
    do_not_call: Option<DoNotCallV1>,
    marketing: Option<bool>,
    fields: Vec<(String, String)>,
}

/// A contact point; frozen.
#[derive(Serialize, Deserialize)]
struct ContactV1 {
    kind: u8,
    value: String,
    label: String,
}

/// A wish not to be called; frozen.
#[derive(Serialize, Deserialize)]
struct DoNotCallV1 {
    since: i32,
    reason: String,
}

stored!(Customer, Customer, CustomerV1);

impl From<&Customer> for CustomerV1 {
    fn from(customer: &Customer) -> Self {
        let Customer {
            id,
            external_id,
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
        } = customer.clone();
        let contact =
            |ContactPoint { kind, value, label }| ContactV1 { kind: kind.code(), value, label };
        let refusal = |DoNotCall { since, reason }| DoNotCallV1 { since: since.0, reason };
        Self {
            id: id.0,
            external_id,
            kind: kind.code(),
            name,
            other_names,
            contacts: contacts.into_iter().map(contact).collect(),
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
            tags,
            joined: joined.0,
            do_not_call: do_not_call.map(refusal),
            marketing,
            fields,
        }
    }
}

impl CustomerV1 {
    fn open(self) -> Result<Customer, StoreError> {
        let contact = |ContactV1 { kind, value, label }| {
            Ok(ContactPoint { kind: known!(ContactKind, kind)?, value, label })
        };
        let refusal = |DoNotCallV1 { since, reason }| DoNotCall { since: Day(since), reason };
        Ok(Customer {
            id: CustomerId(self.id),
            external_id: self.external_id,
            kind: known!(CustomerKind, self.kind)?,
            name: self.name,
            other_names: self.other_names,
            contacts: self.contacts.into_iter().map(contact).collect::<Result<_, StoreError>>()?,
            birth: self.birth.map(Day),
            gender: self.gender.map(|code| known!(Gender, code)).transpose()?,
            place: Place {
                city: self.city,
                region: self.region,
                country: self.country,
                address: self.address,
                postal_code: self.postal_code,
            },
            time_zone: self.time_zone,
            language: self.language,
            source: self.source,
            owner: self.owner.map(AgentId),
            stage: known!(Stage, self.stage)?,
            tags: self.tags,
            joined: Day(self.joined),
            consent: Consent {
                do_not_call: self.do_not_call.map(refusal),
                marketing: self.marketing,
            },
            fields: self.fields,
        })
    }
}
