//! Whom we serve: a person or an organisation, and what is asked of the record before it is kept.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::ids::{AgentId, CustomerId};
use super::invalid::{Field, Invalid, Problem};
use super::names::named_enum;

named_enum! {
    /// What a customer is.
    pub enum CustomerKind { Person = "person", Organisation = "organisation" }
}

named_enum! {
    /// Gender, as far as it was told.
    pub enum Gender { Female = "female", Male = "male", Other = "other" }
}

named_enum! {
    /// Where the relation stands.
    pub enum Stage {
        /// Has not bought yet.
        Prospect = "prospect",
        /// Bought once.
        FirstTime = "first_time",
        /// Bought again.
        Repeat = "repeat",
        /// Buys as a habit.
        Loyal = "loyal",
        /// Brings others.
        Advocate = "advocate",
        /// About to leave.
        AtRisk = "at_risk",
        /// Left.
        Lapsed = "lapsed",
        /// Left and came back.
        WonBack = "won_back",
    }
}

named_enum! {
    /// How a customer can be reached.
    pub enum ContactKind { Phone = "phone", Email = "email", Web = "web" }
}

/// A way to reach a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPoint {
    /// Phone, e-mail or web.
    pub kind: ContactKind,
    /// A phone in E.164 where its country was known, else digits as given; an address otherwise.
    pub value: String,
    /// Mobile, work, evenings; may be empty.
    pub label: String,
}

/// Where a customer lives or works; parts not known are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// City.
    pub city: String,
    /// Province or state.
    pub region: String,
    /// ISO 3166 code of two letters where known.
    pub country: String,
    /// Street and house.
    pub address: String,
    /// Postal code.
    pub postal_code: String,
}

/// A customer's wish not to be called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoNotCall {
    /// Since when.
    pub since: Day,
    /// In the customer's words; may be empty.
    pub reason: String,
}

/// What the customer allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Set when the customer must not be called.
    pub do_not_call: Option<DoNotCall>,
    /// Agreed to marketing, refused it, or was never asked.
    pub marketing: Option<bool>,
}

/// A customer: the record itself. Facts, relations, purchases, interactions and tasks lie beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Identity in this store.
    pub id: CustomerId,
    /// Identity in the system the record came from; unique where it is given.
    pub external_id: Option<String>,
    /// Identities this customer went by before others were merged into it: external ids, and `#7` for
    /// a former number. Unique like the external id, and found like it.
    pub other_ids: Vec<String>,
    /// Person or organisation.
    pub kind: CustomerKind,
    /// Name as shown.
    pub name: String,
    /// Other spellings, nick names, former names; searched like the name.
    pub other_names: Vec<String>,
    /// Ways to reach the customer, the preferred first.
    pub contacts: Vec<ContactPoint>,
    /// Birth date.
    pub birth: Option<Day>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Where.
    pub place: Place,
    /// IANA time zone; empty when not known.
    pub time_zone: String,
    /// Language code (`fa`, `en`); empty when not known.
    pub language: String,
    /// How the customer came to us; may be empty.
    pub source: String,
    /// The agent who cares for the customer.
    pub owner: Option<AgentId>,
    /// Where the relation stands.
    pub stage: Stage,
    /// Tags: lower case, sorted, each once.
    pub tags: Vec<String>,
    /// First day of the relation.
    pub joined: Day,
    /// What the customer allows.
    pub consent: Consent,
    /// Fields of the organisation's own, by name.
    pub fields: Vec<(String, String)>,
}

impl Customer {
    /// Longest name kept, in characters.
    pub const MOST_NAME: usize = 200;
    /// Longest text of any other field, in characters.
    pub const MOST_TEXT: usize = 1_000;
    /// Most contact points, tags, other names and own fields, each.
    pub const MOST_ITEMS: usize = 64;

    /// A person of whom only the name is known.
    pub fn named(id: CustomerId, name: &str, joined: Day) -> Self {
        Self {
            id,
            external_id: None,
            other_ids: Vec::new(),
            kind: CustomerKind::Person,
            name: name.to_owned(),
            other_names: Vec::new(),
            contacts: Vec::new(),
            birth: None,
            gender: None,
            place: Place::default(),
            time_zone: String::new(),
            language: String::new(),
            source: String::new(),
            owner: None,
            stage: Stage::Prospect,
            tags: Vec::new(),
            joined,
            consent: Consent::default(),
            fields: Vec::new(),
        }
    }

    /// The preferred contact of a kind.
    pub fn contact(&self, kind: ContactKind) -> Option<&str> {
        self.contacts.iter().find(|c| c.kind == kind).map(|c| c.value.as_str())
    }

    /// True when the customer must not be called.
    pub fn must_not_be_called(&self) -> bool {
        self.consent.do_not_call.is_some()
    }

    /// Puts a tag on; false when it was there.
    pub fn tag(&mut self, tag: &str) -> bool {
        match self.tags.binary_search_by(|t| t.as_str().cmp(tag)) {
            Ok(_) => false,
            Err(at) => {
                self.tags.insert(at, tag.to_owned());
                true
            }
        }
    }

    /// Takes a tag off; false when it was not there.
    pub fn untag(&mut self, tag: &str) -> bool {
        let before = self.tags.len();
        self.tags.retain(|t| t != tag);
        self.tags.len() != before
    }

    /// Checks the record as a whole; `today` bounds the birth date.
    pub fn validate(&self, today: Day) -> Result<(), Invalid> {
        let bad = |field, problem| Err(Invalid { field, problem });
        if self.name.trim().is_empty() {
            return bad(Field::Name, Problem::Empty);
        }
        for name in std::iter::once(&self.name).chain(&self.other_names) {
            if name.chars().count() > Self::MOST_NAME {
                return bad(Field::Name, Problem::TooLong { most: Self::MOST_NAME });
            }
        }
        let place = &self.place;
        let id = self.external_id.as_deref().unwrap_or("");
        for (field, text) in [
            (Field::ExternalId, id),
            (Field::City, &place.city),
            (Field::Region, &place.region),
            (Field::Country, &place.country),
            (Field::Address, &place.address),
            (Field::PostalCode, &place.postal_code),
            (Field::Language, &self.language),
            (Field::Source, &self.source),
        ] {
            if text.chars().count() > Self::MOST_TEXT {
                return bad(field, Problem::TooLong { most: Self::MOST_TEXT });
            }
        }
        if self.birth.is_some_and(|b| b > today) {
            return bad(Field::BirthDate, Problem::InTheFuture);
        }
        if !self.time_zone.is_empty() && jiff::tz::TimeZone::get(&self.time_zone).is_err() {
            return bad(Field::TimeZone, Problem::UnknownZone);
        }
        for c in &self.contacts {
            c.validate()?;
        }
        for (field, count) in [
            (Field::Phone, self.contacts.len()),
            (Field::Tags, self.tags.len()),
            (Field::ExternalId, self.other_ids.len()),
            (Field::Name, self.other_names.len()),
            (Field::Own, self.fields.len()),
        ] {
            if count > Self::MOST_ITEMS {
                return bad(field, Problem::TooMany { most: Self::MOST_ITEMS });
            }
        }
        let own = self.fields.iter().map(|(_, value)| value);
        if own.chain(&self.tags).any(|t| t.chars().count() > Self::MOST_TEXT) {
            return bad(Field::Own, Problem::TooLong { most: Self::MOST_TEXT });
        }
        Ok(())
    }
}

impl ContactPoint {
    /// A contact point without a label.
    pub fn new(kind: ContactKind, value: &str) -> Self {
        Self { kind, value: value.to_owned(), label: String::new() }
    }

    /// Checks the form of the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        let digits = self.value.bytes().filter(u8::is_ascii_digit).count();
        let (field, fine) = match self.kind {
            ContactKind::Phone => (Field::Phone, (3..=20).contains(&digits)),
            ContactKind::Email => (Field::Email, is_email(&self.value)),
            ContactKind::Web => (Field::Web, !self.value.trim().is_empty()),
        };
        if !fine {
            return Err(Invalid { field, problem: Problem::Malformed });
        }
        if self.value.len() > 254 || self.label.len() > 254 {
            return Err(Invalid { field, problem: Problem::TooLong { most: 254 } });
        }
        Ok(())
    }
}

/// Something, an `@`, and a domain with something on both sides of each point.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    !local.is_empty()
        && !text.contains(char::is_whitespace)
        && domain.contains('.')
        && domain.split('.').all(|part| !part.is_empty())
}

/// Longest tag, in characters.
pub const MOST_TAG: usize = 64;

/// A tag as it is kept: trimmed, lower case, blanks as hyphens; `None` when nothing is left.
pub fn tag_name(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '"' | '(' | ')'))
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let name = words.join("-");
    (!name.is_empty() && name.chars().count() <= MOST_TAG).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(change: impl FnOnce(&mut Customer), want: Result<(), (Field, Problem)>) {
        let mut c = Customer::named(CustomerId(1), "Reza Karimi", Day(0));
        change(&mut c);
        let got = c.validate(Day(100)).map_err(|e| (e.field, e.problem));
        assert_eq!(got, want, "{c:?}");
    }

    #[test]
    fn a_record_is_checked_before_it_is_kept() {
        check(|_| {}, Ok(()));
        check(|c| c.name = "  ".into(), Err((Field::Name, Problem::Empty)));
        let long = Problem::TooLong { most: Customer::MOST_NAME };
        check(|c| c.name = "x".repeat(10_000), Err((Field::Name, long)));
        check(|c| c.birth = Some(Day(101)), Err((Field::BirthDate, Problem::InTheFuture)));
        check(|c| c.time_zone = "Mars/Base".into(), Err((Field::TimeZone, Problem::UnknownZone)));
        check(|c| c.time_zone = "Asia/Tehran".into(), Ok(()));
        for (value, good) in
            [("a@b.co", true), ("a@b", false), ("@b.co", false), ("a b@c.de", false)]
        {
            let want = if good { Ok(()) } else { Err((Field::Email, Problem::Malformed)) };
            check(|c| c.contacts.push(ContactPoint::new(ContactKind::Email, value)), want);
        }
        for (value, good) in [("+989121234567", true), ("12", false), ("abc", false)] {
            let want = if good { Ok(()) } else { Err((Field::Phone, Problem::Malformed)) };
            check(|c| c.contacts.push(ContactPoint::new(ContactKind::Phone, value)), want);
        }
    }

    #[test]
    fn tags_are_a_sorted_set() {
        let mut c = Customer::named(CustomerId(1), "x", Day(0));
        assert!(c.tag("vip") && c.tag("fibre") && !c.tag("vip"));
        assert_eq!(c.tags, ["fibre", "vip"]);
        assert!(c.untag("vip") && !c.untag("vip"));
        assert_eq!(tag_name("  Very Good "), Some("very-good".into()));
        assert_eq!(tag_name(" , "), None);
    }
}
