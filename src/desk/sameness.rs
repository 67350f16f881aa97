//! When a row of a file is a record that is there already, and what of it is taken over. Decides by
//! content only; never reads the store.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use crate::domain::{Customer, Field, Interaction, Purchase};

/// Takes over the fields the file gave; the others stay.
pub(super) fn take_given(c: &mut Customer, row: &Customer, given: &[Field]) {
    for field in given {
        match field {
            Field::Name => c.name.clone_from(&row.name),
            Field::Kind => c.kind = row.kind,
            Field::Phone | Field::Email | Field::Web => {
                for contact in &row.contacts {
                    if !c
                        .contacts
                        .iter()
                        .any(|k| k.kind == contact.kind && k.value == contact.value)
                    {
                        c.contacts.push(contact.clone());
                    }
                }
            }
            Field::BirthDate => c.birth = row.birth.or(c.birth),
            Field::Gender => c.gender = row.gender.or(c.gender),
            Field::City => c.place.city.clone_from(&row.place.city),
            Field::Region => c.place.region.clone_from(&row.place.region),
            Field::Country => c.place.country.clone_from(&row.place.country),
            Field::Address => c.place.address.clone_from(&row.place.address),
            Field::PostalCode => c.place.postal_code.clone_from(&row.place.postal_code),
            Field::TimeZone => c.time_zone.clone_from(&row.time_zone),
            Field::Language => c.language.clone_from(&row.language),
            Field::Source => c.source.clone_from(&row.source),
            Field::Owner => c.owner = row.owner.or(c.owner),
            Field::Stage => c.stage = row.stage,
            Field::Joined => c.joined = row.joined,
            Field::DoNotCall => c.consent.do_not_call.clone_from(&row.consent.do_not_call),
            Field::Marketing => c.consent.marketing = row.consent.marketing,
            Field::Tags => {
                for tag in &row.tags {
                    c.tag(tag);
                }
            }
            Field::Other => {
                for name in &row.other_names {
                    if !c.other_names.contains(name) {
                        c.other_names.push(name.clone());
                    }
                }
            }
            Field::OtherIds => {
                for id in &row.other_ids {
                    if !c.other_ids.contains(id) && c.external_id.as_ref() != Some(id) {
                        c.other_ids.push(id.clone());
                    }
                }
            }
            Field::Own => {
                for (name, value) in &row.fields {
                    c.fields.retain(|(n, _)| n != name);
                    c.fields.push((name.clone(), value.clone()));
                }
                c.fields.sort();
            }
            _ => {}
        }
    }
}

/// Takes over only what the record lacks: for a row that names the customer as it was called before it
/// was merged. What was chosen then stays.
pub(super) fn add_given(c: &mut Customer, row: &Customer, given: &[Field]) {
    let before = c.clone();
    let lacking: Vec<Field> = given.iter().copied().filter(|f| is_lacking(&before, *f)).collect();
    take_given(c, row, &lacking);
    c.fields.retain(|(name, _)| before.fields.iter().all(|(known, _)| known != name));
    c.fields.extend(before.fields);
    c.fields.sort();
    let is_known = *row.name == c.name || c.other_names.contains(&row.name);
    if given.contains(&Field::Name) && !is_known {
        c.other_names.push(row.name.clone());
    }
}

/// True of a field that holds nothing yet, or that can hold more.
fn is_lacking(c: &Customer, field: Field) -> bool {
    match field {
        Field::Name | Field::Kind | Field::Stage | Field::Joined => false,
        Field::BirthDate => c.birth.is_none(),
        Field::Gender => c.gender.is_none(),
        Field::City => c.place.city.is_empty(),
        Field::Region => c.place.region.is_empty(),
        Field::Country => c.place.country.is_empty(),
        Field::Address => c.place.address.is_empty(),
        Field::PostalCode => c.place.postal_code.is_empty(),
        Field::TimeZone => c.time_zone.is_empty(),
        Field::Language => c.language.is_empty(),
        Field::Source => c.source.is_empty(),
        Field::Owner => c.owner.is_none(),
        Field::DoNotCall => c.consent.do_not_call.is_none(),
        Field::Marketing => c.consent.marketing.is_none(),
        _ => true,
    }
}

/// True when a row without an id may be this customer, who was made of several: it bears one of the
/// names, and every contact it gives is one of the customer's.
pub(super) fn is_part_of(row: &Customer, merged: &Customer) -> bool {
    let name = row.name.trim().to_lowercase();
    let mut names = std::iter::once(&merged.name).chain(&merged.other_names);
    names.any(|known| known.trim().to_lowercase() == name)
        && row.contacts.iter().all(|c| merged.contacts.iter().any(|k| k.value == c.value))
}

fn hash_of(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

pub(super) fn name_and_contacts(c: &Customer) -> u64 {
    let mut contacts: Vec<&str> = c.contacts.iter().map(|k| k.value.as_str()).collect();
    contacts.sort_unstable();
    hash_of((c.name.trim().to_lowercase(), contacts))
}

pub(super) fn content_of_purchase(p: &Purchase) -> u64 {
    let lines: Vec<_> = p.lines.iter().map(|l| (l.product, l.quantity, l.amount)).collect();
    hash_of(("purchase", p.kind, p.day, lines))
}

pub(super) fn content_of_interaction(i: &Interaction) -> u64 {
    hash_of(("interaction", i.at.as_second(), i.channel, i.direction, &i.outcome, &i.note))
}
