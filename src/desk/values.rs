//! The value of one field of a customer in words, where two records are laid side by side.

use crate::domain::{Agent, Customer, Field, MergeField};
use crate::text::words::{commands as words, housekeeping as h, labels};
use crate::text::{Calendar, Lang, SafeText, date, safe};

use super::mentions::Mentions;
use super::tell;

/// How values are told.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    pub agents: &'a [Agent],
    pub calendar: Calendar,
    pub lang: Lang,
}

impl Teller<'_> {
    /// The name of a field.
    pub fn title(self, field: &MergeField) -> SafeText {
        match field {
            MergeField::Field(field) => tell::field(*field).in_(self.lang),
            MergeField::Own(name) => SafeText::clean(name),
        }
    }

    /// A value; empty when there is none.
    pub fn value(self, customer: &Customer, field: &MergeField) -> SafeText {
        let c = customer;
        let text = |text: &str| SafeText::clean(text).isolate();
        let code = |text: &str| SafeText::clean(text).ltr();
        let day = |day: crate::domain::Day| {
            day.date().map(|d| date(d, self.calendar, self.lang)).unwrap_or_default()
        };
        let field = match field {
            MergeField::Own(name) => {
                let value = c.fields.iter().find(|(known, _)| known == name);
                return value.map(|(_, value)| text(value)).unwrap_or_default();
            }
            MergeField::Field(field) => *field,
        };
        match field {
            Field::Name => text(&c.name),
            Field::ExternalId => c.external_id.as_deref().map(code).unwrap_or_default(),
            Field::Kind => tell::kind(c.kind).in_(self.lang),
            Field::BirthDate => c.birth.map(day).unwrap_or_default(),
            Field::Gender => c.gender.map(|g| tell::gender(g).in_(self.lang)).unwrap_or_default(),
            Field::City => text(&c.place.city),
            Field::Region => text(&c.place.region),
            Field::Country => code(&c.place.country),
            Field::Address => text(&c.place.address),
            Field::PostalCode => code(&c.place.postal_code),
            Field::TimeZone => code(&c.time_zone),
            Field::Language => code(&c.language),
            Field::Source => text(&c.source),
            Field::Owner => {
                let agent = self.agents.iter().find(|a| Some(a.id) == c.owner);
                agent.map(|a| text(&a.name)).unwrap_or_default()
            }
            Field::Stage => tell::stage(c.stage).in_(self.lang),
            Field::Joined => day(c.joined),
            Field::DoNotCall => match &c.consent.do_not_call {
                Some(ban) if ban.reason.is_empty() => words::YES.in_(self.lang),
                Some(ban) => text(&ban.reason),
                None => words::NO.in_(self.lang),
            },
            Field::Marketing => match c.consent.marketing {
                Some(true) => words::YES.in_(self.lang),
                Some(false) => words::NO.in_(self.lang),
                None => SafeText::EMPTY,
            },
            _ => SafeText::EMPTY,
        }
    }

    /// Where others' records still name one who was erased, a line each.
    pub fn mentions(self, found: &Mentions) -> Vec<SafeText> {
        if found.count == 0 {
            return vec![h::NO_MENTIONS.in_(self.lang)];
        }
        let mut lines = vec![h::MENTIONS.with(self.lang, &[("n", found.count.into())])];
        lines.extend(found.first.iter().map(|mention| {
            let day = mention.on.and_then(crate::domain::Day::date);
            let day = day.map(|day| date(day, self.calendar, self.lang));
            let phrase = if day.is_some() { h::MENTION_ON } else { h::MENTION };
            let args = [
                ("customer", safe!["#", mention.customer.0].ltr().into()),
                ("when", day.unwrap_or_default().into()),
                ("what", self.rows(mention.table).into()),
            ];
            safe!["  ", phrase.with(self.lang, &args)]
        }));
        let more = found.count.saturating_sub(found.first.len());
        if more > 0 {
            lines.push(safe!["  ", h::MORE_MENTIONS.with(self.lang, &[("n", more.into())])]);
        }
        lines
    }

    /// What rows of a table are called.
    pub fn rows(self, table: crate::store::Table) -> SafeText {
        let found = labels::TABLES.iter().find(|(known, _)| *known == table as u8);
        found.map_or_else(
            || SafeText::clean(&format!("{table:?}").to_lowercase()),
            |(_, phrase)| phrase.in_(self.lang),
        )
    }
}
