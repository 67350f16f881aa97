//! Where a customer is still named after an erasure: in what was written about others. Finds the places,
//! with whom and of what day they are, so that a person can mend them; changes nothing.

use std::collections::HashSet;
use std::ops::ControlFlow;

use serde::Serialize;
use serde_json::Value;

use crate::domain::{
    Case, ContactKind, Customer, CustomerId, Day, Fact, Interaction, Mark, Points, Relation,
    StageMove, Task, WinBack,
};
use crate::store::records::{self, Stored};
use crate::store::{Engine, KeyRange, StoreError, Table};
use crate::text::{ascii_digit, digits, fold};

/// Places that are listed; all are counted.
const MOST: usize = 20;
/// A phone is looked for by its last digits: what stands before them is written in many ways.
const LAST_DIGITS: usize = 9;
/// Fewer digits than this are no phone.
const LEAST_DIGITS: usize = 7;
/// Fewer letters than this are in too many words.
const LEAST_LETTERS: usize = 2;

/// A record about another customer in which the name, a phone or an e-mail of one stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub table: Table,
    /// About whom it is.
    pub customer: CustomerId,
    /// When it was written or is due; unknown where records have no day.
    pub on: Option<Day>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// In all.
    pub count: usize,
    /// The first of them.
    pub first: Vec<Mention>,
}

/// What is looked for.
struct Traces {
    /// Words of a name, each between spaces.
    names: Vec<String>,
    /// Last digits of phones.
    phones: Vec<String>,
    /// In lower case.
    emails: Vec<String>,
}

impl Traces {
    fn of(customer: &Customer) -> Self {
        let names = std::iter::once(&customer.name).chain(&customer.other_names);
        let names = names.map(|name| words(name));
        let contacts = |kind| customer.contacts.iter().filter(move |c| c.kind == kind);
        let phones = contacts(ContactKind::Phone).map(|contact| digits(&contact.value));
        let emails = contacts(ContactKind::Email).map(|c| c.value.trim().to_lowercase());
        let last = |phone: String| {
            let from = phone.len().saturating_sub(LAST_DIGITS);
            phone.get(from..).unwrap_or_default().to_owned()
        };
        Self {
            names: names.filter(|name| name.trim().chars().count() >= LEAST_LETTERS).collect(),
            phones: phones.filter(|p| p.len() >= LEAST_DIGITS).map(last).collect(),
            emails: emails.filter(|email| email.contains('@')).collect(),
        }
    }

    fn are_in(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.are_in_text(text),
            Value::Array(all) => all.iter().any(|value| self.are_in(value)),
            Value::Object(all) => all.values().any(|value| self.are_in(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }

    fn are_in_text(&self, text: &str) -> bool {
        if text.is_empty() || text.parse::<jiff::Timestamp>().is_ok() {
            return false;
        }
        let lower = text.to_lowercase();
        let (said, numbers) = (words(text), joined(text));
        self.emails.iter().any(|email| lower.contains(email))
            || self.names.iter().any(|name| said.contains(name))
            || self.phones.iter().any(|phone| numbers.contains(phone))
    }
}

/// The words of a text as the search knows them, each between spaces.
fn words(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut out = String::from(" ");
    for word in words {
        out.push_str(word);
        out.push(' ');
    }
    out
}

/// A text without what stands between the digits of a phone.
fn joined(text: &str) -> String {
    let between = |c: &char| matches!(c, ' ' | '-' | '(' | ')' | '+' | '.' | '/' | '\u{a0}');
    // What else is no digit ends a number.
    text.chars().filter(|c| !between(c)).map(|c| ascii_digit(c).unwrap_or(' ')).collect()
}

/// Where others' records name a customer; `own` are the customer's, which go anyway.
pub(super) fn mentions(
    engine: &dyn Engine,
    customer: &Customer,
    own: &HashSet<(Table, Vec<u8>)>,
    day: &dyn Fn(jiff::Timestamp) -> Day,
) -> Result<Mentions, StoreError> {
    let traces = Traces::of(customer);
    let mut found = Mentions::default();
    let mut look = Look { engine, traces: &traces, own, found: &mut found };
    look.through::<Customer>(&|c| (c.id, Some(c.joined).filter(|day| day.is_known())))?;
    look.through::<Fact>(&|fact| (fact.customer, Some(fact.on)))?;
    look.through::<Relation>(&|tie| (tie.from, None))?;
    look.through::<Interaction>(&|said| (said.customer, Some(day(said.at))))?;
    look.through::<Task>(&|task| (task.customer, Some(day(task.due))))?;
    look.through::<Case>(&|case| (case.customer, Some(day(case.opened))))?;
    look.through::<StageMove>(&|moved| (moved.customer, Some(day(moved.at))))?;
    look.through::<WinBack>(&|tried| (tried.customer, Some(tried.since)))?;
    look.through::<Points>(&|points| (points.customer, Some(points.day)))?;
    look.through::<Mark>(&|mark| (mark.customer, Some(day(mark.until))))?;
    Ok(found)
}

struct Look<'l> {
    engine: &'l dyn Engine,
    traces: &'l Traces,
    own: &'l HashSet<(Table, Vec<u8>)>,
    found: &'l mut Mentions,
}

impl Look<'_> {
    fn through<T: Stored + Serialize>(
        &mut self,
        about: &dyn Fn(&T) -> (CustomerId, Option<Day>),
    ) -> Result<(), StoreError> {
        let mut failed = None;
        self.engine.visit(T::TABLE, KeyRange::all(), &mut |key, record| {
            let value = match records::open::<T>(key, record) {
                Ok(value) => value,
                Err(error) => {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
            };
            let (customer, on) = about(&value);
            // A relation lies at both sides; it is told once.
            let is_second = T::TABLE == Table::Relation && !key.starts_with(&customer.key());
            let said = serde_json::to_value(&value).unwrap_or_default();
            if !is_second
                && self.traces.are_in(&said)
                && !self.own.contains(&(T::TABLE, key.to_vec()))
            {
                self.found.count += 1;
                if self.found.first.len() < MOST {
                    self.found.first.push(Mention { table: T::TABLE, customer, on });
                }
            }
            ControlFlow::Continue(())
        })?;
        failed.map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ContactPoint;

    #[test]
    fn names_phones_and_mails_are_found_however_they_are_written() {
        let mut customer = Customer::named(CustomerId(1), "Réza  Karimi", Day(0));
        customer.other_names = vec!["شرکت کریمی".into()];
        for (kind, value) in
            [(ContactKind::Phone, "+98 912 123 4567"), (ContactKind::Email, "Reza@Example.com")]
        {
            let label = String::new();
            customer.contacts.push(ContactPoint { kind, value: value.into(), label });
        }
        let traces = Traces::of(&customer);
        for (text, want) in [
            ("came with reza karimi, twice", true),
            ("(Reza-Karimi)", true),
            ("Reza Karimian", false),
            ("Mreza karimi", false),
            ("reza", false),
            ("با شركت كريمي آمد", true),
            ("call ۰۹۱۲-۱۲۳ ۴۵۶۷ please", true),
            ("0098(912)1234567", true),
            ("912 123, 4567", false),
            ("write to REZA@example.com.", true),
            ("2026-01-02T10:00:00Z", false),
            ("", false),
        ] {
            assert_eq!(traces.are_in_text(text), want, "{text}");
        }
    }
}
