//! Two records of one customer made into one: which values differ, which of them stays, and the record
//! that comes of it. Only the record itself; what lies beside it is moved by the desk.

use super::customer::{Customer, Stage};
use super::invalid::Field;

/// A field of which one value can stay: one of the record, or one of the organisation's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MergeField {
    /// Of the record.
    Field(Field),
    /// The organisation's own, by its name.
    Own(String),
}

impl MergeField {
    /// Before the name of an own field.
    const OWN: &str = "field.";

    /// Machine name: that of the field, or `field.NAME`.
    pub fn name(&self) -> String {
        match self {
            Self::Field(field) => field.name().to_owned(),
            Self::Own(name) => format!("{}{name}", Self::OWN),
        }
    }

    /// The field of a machine name; `None` for one that is united or that records do not have.
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(own) = name.strip_prefix(Self::OWN) {
            return Some(Self::Own(own.to_owned()));
        }
        let field = Field::parse(name)?;
        SINGLE.contains(&field).then_some(Self::Field(field))
    }
}

/// Which of two records a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one that stays.
    Keep,
    /// The one that is merged into it.
    Gone,
}

/// A field in which the two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub field: MergeField,
    /// Whose value stays unless something else is said.
    pub side: Side,
}

/// Fields with one value, in the order in which they are shown.
const SINGLE: &[Field] = &[
    Field::Name,
    Field::ExternalId,
    Field::Kind,
    Field::BirthDate,
    Field::Gender,
    Field::City,
    Field::Region,
    Field::Country,
    Field::Address,
    Field::PostalCode,
    Field::TimeZone,
    Field::Language,
    Field::Source,
    Field::Owner,
    Field::Stage,
    Field::Joined,
    Field::DoNotCall,
    Field::Marketing,
];

/// The fields in which two records differ. What only one of them has stays; so do the longer relation
/// and the narrower leave to call. Contacts, tags, other names and ids are united and not among them.
pub fn differences(keep: &Customer, gone: &Customer) -> Vec<Difference> {
    let single = SINGLE.iter().filter(|field| {
        let mut taken = keep.clone();
        take(&mut taken, gone, **field);
        taken != *keep
    });
    let single = single.map(|field| Difference {
        field: MergeField::Field(*field),
        side: usual(keep, gone, *field),
    });
    let own = gone.fields.iter().filter(|(name, value)| {
        keep.fields.iter().any(|(known, kept)| known == name && kept != value)
    });
    let own =
        own.map(|(name, _)| Difference { field: MergeField::Own(name.clone()), side: Side::Keep });
    single.chain(own).collect()
}

/// The fields whose value comes from the one that goes, unless something else is said.
pub fn usually_taken(keep: &Customer, gone: &Customer) -> Vec<MergeField> {
    let all = differences(keep, gone).into_iter();
    all.filter(|d| d.side == Side::Gone).map(|d| d.field).collect()
}

/// One record of two: the values of `keep`, those of `gone` in the fields taken, and of lists both.
/// The name and the ids that do not stay are kept beside the others.
pub fn merged(keep: &Customer, gone: &Customer, taken: &[MergeField]) -> Customer {
    let mut one = keep.clone();
    let contacts = gone
        .contacts
        .iter()
        .filter(|c| keep.contacts.iter().all(|k| (k.kind, &k.value) != (c.kind, &c.value)));
    one.contacts.extend(contacts.cloned());
    for tag in &gone.tags {
        one.tag(tag);
    }
    for (name, value) in &gone.fields {
        if keep.fields.iter().all(|(known, _)| known != name) {
            one.fields.push((name.clone(), value.clone()));
        }
    }
    for field in taken {
        match field {
            MergeField::Field(field) => take(&mut one, gone, *field),
            MergeField::Own(name) => {
                let value = gone.fields.iter().find(|(known, _)| known == name);
                if let Some(value) = value {
                    one.fields.retain(|(known, _)| known != name);
                    one.fields.push(value.clone());
                }
            }
        }
    }
    one.fields.sort();
    for name in [&keep.name, &gone.name].into_iter().chain(&gone.other_names) {
        if *name != one.name && !one.other_names.contains(name) {
            one.other_names.push(name.clone());
        }
    }
    // In files one without an id goes by its number.
    let numbers = [keep, gone].map(|c| c.external_id.is_none().then(|| format!("#{}", c.id)));
    let [own, other] = numbers;
    let own = own.filter(|_| one.external_id.is_some());
    let ids = keep.external_id.iter().chain(&gone.external_id).chain(&gone.other_ids);
    for id in ids.cloned().chain(own).chain(other) {
        if one.external_id.as_ref() != Some(&id) && !one.other_ids.contains(&id) {
            one.other_ids.push(id);
        }
    }
    one
}

fn take(one: &mut Customer, gone: &Customer, field: Field) {
    match field {
        Field::Name => one.name.clone_from(&gone.name),
        Field::ExternalId => one.external_id.clone_from(&gone.external_id),
        Field::Kind => one.kind = gone.kind,
        Field::BirthDate => one.birth = gone.birth,
        Field::Gender => one.gender = gone.gender,
        Field::City => one.place.city.clone_from(&gone.place.city),
        Field::Region => one.place.region.clone_from(&gone.place.region),
        Field::Country => one.place.country.clone_from(&gone.place.country),
        Field::Address => one.place.address.clone_from(&gone.place.address),
        Field::PostalCode => one.place.postal_code.clone_from(&gone.place.postal_code),
        Field::TimeZone => one.time_zone.clone_from(&gone.time_zone),
        Field::Language => one.language.clone_from(&gone.language),
        Field::Source => one.source.clone_from(&gone.source),
        Field::Owner => one.owner = gone.owner,
        Field::Stage => one.stage = gone.stage,
        Field::Joined => one.joined = gone.joined,
        Field::DoNotCall => one.consent.do_not_call.clone_from(&gone.consent.do_not_call),
        Field::Marketing => one.consent.marketing = gone.consent.marketing,
        _ => {}
    }
}

/// Whose value stays where nobody says.
fn usual(keep: &Customer, gone: &Customer, field: Field) -> Side {
    let is_better = match field {
        Field::Name | Field::Kind => false,
        Field::Stage => keep.stage == Stage::Prospect,
        Field::Joined => gone.joined.is_known() && gone.joined < keep.joined,
        Field::DoNotCall => keep.consent.do_not_call.is_none(),
        Field::Marketing => {
            keep.consent.marketing.is_none() || gone.consent.marketing == Some(false)
        }
        // What the kept one lacks: nothing of it is lost when the other's is taken.
        _ => {
            let blank = Customer::named(keep.id, "", keep.joined);
            let mut taken = blank.clone();
            take(&mut taken, keep, field);
            taken == blank
        }
    };
    if is_better { Side::Gone } else { Side::Keep }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AgentId, ContactKind, ContactPoint, CustomerId, Day, DoNotCall};

    fn reza(id: u64) -> Customer {
        Customer::named(CustomerId(id), "Reza Karimi", Day(20_000))
    }

    /// What differs, and whose value stays.
    fn check(change: impl Fn(&mut Customer, &mut Customer), want: &[(&str, Side)]) {
        let (mut keep, mut gone) = (reza(1), reza(2));
        change(&mut keep, &mut gone);
        let found = differences(&keep, &gone);
        let found: Vec<(String, Side)> = found.iter().map(|d| (d.field.name(), d.side)).collect();
        let want: Vec<(String, Side)> = want.iter().map(|(n, s)| ((*n).to_owned(), *s)).collect();
        assert_eq!(found, want, "{keep:?} {gone:?}");
    }

    #[test]
    fn what_one_lacks_comes_from_the_other() {
        use Side::{Gone, Keep};
        check(|_, _| {}, &[]);
        check(|_, g| g.place.city = "Qom".into(), &[("city", Gone)]);
        check(|k, _| k.place.city = "Qom".into(), &[("city", Keep)]);
        let cities = |k: &mut Customer, g: &mut Customer| {
            k.place.city = "Qom".into();
            g.place.city = "Yazd".into();
        };
        check(cities, &[("city", Keep)]);
        check(|_, g| g.name = "R. Karimi".into(), &[("name", Keep)]);
        check(|_, g| g.owner = Some(AgentId(3)), &[("owner", Gone)]);
        check(|_, g| g.joined = Day(19_000), &[("joined", Gone)]);
        check(|_, g| g.joined = Day(21_000), &[("joined", Keep)]);
        check(|_, g| g.stage = Stage::Loyal, &[("stage", Gone)]);
        check(|k, _| k.stage = Stage::Loyal, &[("stage", Keep)]);
        let ban = DoNotCall { since: Day(1), reason: String::new() };
        check(|_, g| g.consent.do_not_call = Some(ban.clone()), &[("do_not_call", Gone)]);
        let consents = |k: &mut Customer, g: &mut Customer| {
            k.consent.marketing = Some(true);
            g.consent.marketing = Some(false);
        };
        check(consents, &[("marketing", Gone)]);
        let own = |k: &mut Customer, g: &mut Customer| {
            k.fields = vec![("plan".into(), "gold".into())];
            g.fields = vec![("plan".into(), "iron".into()), ("shoe".into(), "43".into())];
        };
        check(own, &[("field.plan", Keep)]);
    }

    #[test]
    fn lists_are_united_and_no_name_or_id_is_lost() {
        let (mut keep, mut gone) = (reza(1), reza(2));
        keep.external_id = Some("A".into());
        keep.contacts = vec![ContactPoint::new(ContactKind::Phone, "+1")];
        keep.tag("vip");
        gone.name = "رضا کریمی".into();
        gone.external_id = Some("B".into());
        gone.other_ids = vec!["#9".into()];
        gone.contacts = vec![
            ContactPoint::new(ContactKind::Phone, "+1"),
            ContactPoint::new(ContactKind::Email, "r@x.ir"),
        ];
        gone.tag("fibre");
        gone.fields = vec![("shoe".into(), "43".into())];
        let one = merged(&keep, &gone, &[MergeField::Field(Field::Name)]);
        assert_eq!((one.id, one.name.as_str()), (CustomerId(1), "رضا کریمی"));
        assert_eq!(one.other_names, ["Reza Karimi"]);
        assert_eq!(one.external_id.as_deref(), Some("A"));
        assert_eq!(one.other_ids, ["B", "#9"]);
        assert_eq!(one.contacts.len(), 2);
        assert_eq!(one.tags, ["fibre", "vip"]);
        assert_eq!(one.fields, gone.fields);
        let other = merged(&keep, &gone, &[MergeField::Field(Field::ExternalId)]);
        assert_eq!((other.external_id.as_deref(), &*other.other_ids[0]), (Some("B"), "A"));
        let nameless = Customer { external_id: None, ..gone.clone() };
        assert_eq!(merged(&keep, &nameless, &[]).other_ids, ["#9", "#2"]);
        keep.external_id = None;
        let taken = usually_taken(&keep, &gone);
        assert_eq!(merged(&keep, &gone, &taken).external_id.as_deref(), Some("B"));
        assert_eq!(merged(&keep, &gone, &taken).other_ids, ["#9", "#1"]);
    }

    #[test]
    fn fields_have_names() {
        for name in ["city", "field.shoe size", "do_not_call"] {
            assert_eq!(MergeField::parse(name).map(|f| f.name()).as_deref(), Some(name));
        }
        for name in ["phone", "tags", "shoe"] {
            assert_eq!(MergeField::parse(name), None, "{name}");
        }
    }
}
