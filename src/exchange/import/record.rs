//! A row of cells as a record ready to be written. An empty cell says nothing: it never takes away
//! what is known.

use crate::domain::{
    AgentId, ContactKind, Customer, CustomerId, CustomerKind, Day, Direction, DoNotCall, Fact,
    FactId, Field, Gender, Interaction, InteractionId, Invalid, Line, OfferAnswer, Problem,
    Product, ProductId, Proposed, Purchase, PurchaseId, PurchaseKind, QueueKind, Stage,
    Subscription, SubscriptionId, Term, WrapUp, tag_name,
};
use crate::text::{store_line, store_note, truth};

use super::columns::{Columns, Target};
use super::fault::{Fault, RowError, shortened};
use super::row::{CellKind, Row};
use super::value::{Conventions, items, on_scale, seconds};
use super::vocabulary::Words;
use crate::domain::Channel;

/// A row and what is needed to read it.
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    pub row: &'a Row,
    pub columns: &'a Columns,
    pub how: &'a Conventions,
}

/// A purchase as one row tells it.
#[derive(Clone, Debug)]
pub struct PurchaseRow {
    pub customer: String,
    pub purchase: Purchase,
    pub sku: Option<String>,
}

impl<'a> Cells<'a> {
    /// An error about a column of this row.
    pub fn error(&self, place: usize, fault: Fault) -> RowError {
        let value = self.row.cell(place).0;
        RowError {
            line: self.row.line,
            column: Some(self.columns.label(place)),
            value: (!value.is_empty()).then(|| shortened(value)),
            fault,
        }
    }

    /// An error about a field of this row.
    pub fn wrong(&self, field: Field, fault: Fault) -> RowError {
        match self.columns.of(field).next() {
            Some(place) => self.error(place, fault),
            None => RowError {
                line: self.row.line,
                column: Some(field.name().to_owned()),
                value: None,
                fault,
            },
        }
    }

    fn invalid(&self, invalid: Invalid) -> RowError {
        self.wrong(invalid.field, Fault::Invalid(invalid.problem))
    }

    /// The filled cell of a field.
    fn cell(&self, field: Field) -> Result<Option<(&'a str, CellKind)>, RowError> {
        let Some(place) = self.columns.of(field).next() else { return Ok(None) };
        let (text, kind) = self.row.cell(place);
        match kind {
            CellKind::Nested => Err(self.error(place, Fault::Nested)),
            _ if text.is_empty() => Ok(None),
            _ => Ok(Some((text, kind))),
        }
    }

    /// What `read` makes of the filled cell of a field.
    fn read<T>(
        &self,
        field: Field,
        read: impl FnOnce(&'a str, CellKind) -> Result<T, Fault>,
    ) -> Result<Option<T>, RowError> {
        let Some((text, kind)) = self.cell(field)? else { return Ok(None) };
        read(text, kind).map(Some).map_err(|fault| self.wrong(field, fault))
    }

    /// As [`Cells::read`]; an empty cell is an error.
    fn need<T>(
        &self,
        field: Field,
        read: impl FnOnce(&'a str, CellKind) -> Result<T, Fault>,
    ) -> Result<T, RowError> {
        self.read(field, read)?.ok_or_else(|| self.wrong(field, Fault::Missing))
    }

    /// The country of the row as it is written; empty where it says none.
    pub fn country(&self) -> &'a str {
        self.cell(Field::Country).ok().flatten().map_or("", |(text, _)| text)
    }

    fn external_id(&self, field: Field) -> Result<Option<String>, RowError> {
        self.read(field, |text, _| limited(store_line(text), Customer::MOST_TEXT))
    }

    /// The external id of a purchase, for rows that follow each other.
    pub fn purchase_id(&self) -> Option<String> {
        self.external_id(Field::ExternalId).ok().flatten()
    }

    /// A customer, the fields that were filled, and facts.
    pub fn customer(&self) -> Result<(Customer, Vec<Field>, Vec<Fact>), RowError> {
        let today = self.how.today();
        let mut customer = Customer::named(CustomerId(0), "", today);
        let mut given = Vec::new();
        let mut facts = Vec::new();
        let country = self.country();
        for (place, target) in self.columns.targets() {
            let (text, kind) = self.row.cell(place);
            if *target == Target::Ignored {
                continue;
            }
            if kind == CellKind::Nested {
                return Err(self.error(place, Fault::Nested));
            }
            if text.is_empty() {
                continue;
            }
            let done = match target {
                Target::Ignored => continue,
                Target::Own(name) => self.how.own_value(name, text).map(|(name, value)| {
                    customer.fields.retain(|(n, _)| *n != name);
                    customer.fields.push((name, value));
                    note(&mut given, Field::Own);
                }),
                Target::Fact(kind) => {
                    facts.extend(items(text).map(|item| Fact {
                        id: FactId(0),
                        customer: CustomerId(0),
                        kind: *kind,
                        text: store_line(item),
                        strength: 0,
                        met: 0,
                        source: self.how.source.clone(),
                        on: today,
                    }));
                    Ok(())
                }
                Target::Field(field) => {
                    note(&mut given, *field);
                    match contact_kind(*field) {
                        Some(kind) => {
                            let contacts = self.how.contacts(text, kind, country);
                            contacts.map(|contacts| customer.contacts.extend(contacts))
                        }
                        None => set(&mut customer, *field, text, self.how, today),
                    }
                }
            };
            done.map_err(|fault| self.error(place, fault))?;
        }
        if self.columns.name_parts.len() > 1 {
            let parts = self.columns.name_parts.iter().map(|p| self.row.cell(*p).0);
            let parts: Vec<&str> = parts.filter(|p| !p.is_empty()).collect();
            customer.name = store_line(&parts.join(" "));
        }
        customer.validate(today).map_err(|e| self.invalid(e))?;
        for fact in &facts {
            fact.validate().map_err(|e| self.invalid(e))?;
        }
        Ok((customer, given, facts))
    }

    /// A purchase, or one line of one.
    pub fn purchase(&self) -> Result<PurchaseRow, RowError> {
        let how = self.how;
        let customer =
            self.need(Field::Customer, |text, _| limited(store_line(text), Customer::MOST_NAME))?;
        let day = self.need(Field::Date, |text, _| how.past_day(text))?;
        self.read(Field::Currency, |text, _| {
            let same = crate::domain::Currency::parse(text) == Some(how.currency);
            let expected = how.currency.code().to_owned();
            if same { Ok(()) } else { Err(Fault::Invalid(Problem::OtherCurrency { expected })) }
        })?;
        let kind = self.read(Field::Kind, |text, _| word::<PurchaseKind>(text))?;
        let quantity = self.read(Field::Quantity, |text, _| how.quantity(text))?;
        let price = self
            .read(Field::UnitPrice, |text, kind| how.amount(text, kind).and_then(not_negative))?;
        let cost =
            self.read(Field::UnitCost, |text, kind| how.amount(text, kind).and_then(not_negative))?;
        let told = self.read(Field::Amount, |text, kind| how.amount(text, kind))?;
        let signed = if let Some(amount) = told {
            amount
        } else {
            let price = price.ok_or_else(|| self.wrong(Field::Amount, Fault::Missing))?;
            self.times(Field::UnitPrice, price, quantity.unwrap_or(1000))?
        };
        let kind = match (kind, signed < 0 || quantity.is_some_and(|q| q < 0)) {
            // A sale of less than nothing contradicts itself.
            (Some(PurchaseKind::Sale), true) => {
                let field = if signed < 0 { Field::Amount } else { Field::Quantity };
                return Err(self.wrong(field, Fault::Negative));
            }
            (Some(kind), _) => kind,
            (None, true) => PurchaseKind::Return,
            (None, false) => PurchaseKind::Sale,
        };
        let quantity = quantity.unwrap_or(1000).saturating_abs();
        let cost = cost.map(|each| self.times(Field::UnitCost, each, quantity)).transpose()?;
        let line = Line { product: None, quantity, amount: signed.saturating_abs(), cost };
        Ok(PurchaseRow {
            customer,
            purchase: Purchase {
                id: PurchaseId(0),
                customer: CustomerId(0),
                external_id: self.external_id(Field::ExternalId)?,
                kind,
                day,
                currency: how.currency,
                lines: vec![line],
            },
            sku: self.external_id(Field::Product)?,
        })
    }

    /// A price by a quantity in thousandths, to the nearest unit.
    fn times(&self, field: Field, each: i64, quantity: i64) -> Result<i64, RowError> {
        let thousandths = i128::from(each) * i128::from(quantity);
        let rounded = (thousandths + 500 * thousandths.signum()) / 1000;
        let too_large = || self.wrong(field, Fault::Amount(crate::domain::AmountError::TooLarge));
        i64::try_from(rounded).map_err(|_| too_large())
    }

    /// An interaction and the external id of its customer.
    pub fn interaction(&self) -> Result<(String, Interaction), RowError> {
        let how = self.how;
        let customer =
            self.need(Field::Customer, |text, _| limited(store_line(text), Customer::MOST_NAME))?;
        let interaction = Interaction {
            id: InteractionId(0),
            customer: CustomerId(0),
            external_id: self.external_id(Field::ExternalId)?,
            at: self.need(Field::Time, |text, _| how.past_time(text))?,
            channel: self.need(Field::Channel, |text, _| word::<Channel>(text))?,
            direction: self
                .read(Field::Direction, |text, _| word::<Direction>(text))?
                .unwrap_or(Direction::Outbound),
            outcome: self.read(Field::Outcome, |text, _| how.outcome(text))?.unwrap_or_default(),
            seconds: self.read(Field::Seconds, |text, _| seconds(text))?.unwrap_or(0),
            agent: self.agent(Field::Agent)?.unwrap_or(how.agent),
            note: self.note(),
            corrects: None,
            queue: self.read(Field::Queue, |text, _| word::<QueueKind>(text))?,
            wrap_up: WrapUp {
                campaign: self.read(Field::Campaign, |text, _| how.campaign(text))?,
                offer: self.offered()?,
                satisfaction: self.read(Field::Satisfaction, |text, _| on_scale(text, 1, 5))?,
                recommend: self.read(Field::Recommend, |text, _| on_scale(text, 0, 10))?,
                checked: self.read(Field::Checked, |text, _| checked(text))?.unwrap_or_default(),
                despite: self.read(Field::Despite, |text, _| Ok(store_line(text)))?,
            },
        };
        interaction.validate().map_err(|e| self.invalid(e))?;
        Ok((customer, interaction))
    }

    /// An offer that was made; one without an answer was not decided on.
    fn offered(&self) -> Result<Option<Proposed>, RowError> {
        let offer = self.read(Field::Offer, |text, _| self.how.offer(text))?;
        let answer = self.read(Field::Answer, |text, _| word::<OfferAnswer>(text))?;
        let reason = self.read(Field::Reason, |text, _| Ok(store_line(text)))?.unwrap_or_default();
        match (offer, answer) {
            (Some(offer), answer) => {
                let answer = answer.unwrap_or(OfferAnswer::Undecided);
                Ok(Some(Proposed { offer, answer, reason }))
            }
            (None, Some(_)) => Err(self.wrong(Field::Offer, Fault::Missing)),
            (None, None) => Ok(None),
        }
    }

    /// All note columns, one under the other.
    fn note(&self) -> String {
        let cells = self.columns.of(Field::Note).map(|place| self.row.cell(place).0);
        let filled: Vec<&str> = cells.filter(|text| !text.is_empty()).collect();
        if filled.is_empty() { String::new() } else { store_note(&filled.join("\n")) }
    }

    fn agent(&self, field: Field) -> Result<Option<AgentId>, RowError> {
        self.read(field, |text, _| self.how.agent(text))
    }

    /// A subscription with the external id of its customer before it and the sku of its product behind.
    pub fn subscription(&self) -> Result<(String, Subscription, String), RowError> {
        let how = self.how;
        let most = Customer::MOST_TEXT;
        let customer =
            self.need(Field::Customer, |text, _| limited(store_line(text), Customer::MOST_NAME))?;
        let sku = self.need(Field::Product, |text, _| limited(store_line(text), most))?;
        let yes =
            |text: &str| truth(text).ok_or_else(|| Fault::Word { expected: "yes, no".into() });
        let money = |text: &str, kind| how.amount(text, kind).and_then(not_negative);
        let subscription = Subscription {
            id: SubscriptionId(0),
            customer: CustomerId(0),
            external_id: self.external_id(Field::ExternalId)?,
            product: None,
            start: self.need(Field::Start, |text, _| how.past_day(text))?,
            end: self.read(Field::End, |text, _| how.day(text))?,
            term: self.read(Field::Term, |text, _| word::<Term>(text))?.unwrap_or(Term::Month),
            amount: self.read(Field::Amount, money)?.unwrap_or(0),
            auto_renew: self.read(Field::AutoRenew, |text, _| yes(text))?.unwrap_or(true),
        };
        subscription.validate().map_err(|e| self.invalid(e))?;
        Ok((customer, subscription, sku))
    }

    /// A product.
    pub fn product(&self) -> Result<Product, RowError> {
        let how = self.how;
        let most = Customer::MOST_TEXT;
        let money = |text: &str, kind| how.amount(text, kind).and_then(not_negative);
        Ok(Product {
            id: ProductId(0),
            sku: self.need(Field::Sku, |text, _| limited(store_line(text), most))?,
            name: self
                .need(Field::Name, |text, _| limited(store_line(text), Customer::MOST_NAME))?,
            category: self
                .read(Field::Category, |text, _| limited(store_line(text), most))?
                .unwrap_or_default(),
            price: self.read(Field::Price, money)?,
            unit_cost: self.read(Field::UnitCost, money)?,
        })
    }
}

/// Lines of a script, the first is 1, rising as they are kept.
fn checked(text: &str) -> Result<Vec<u8>, Fault> {
    let place = |item: &str| on_scale(item, 1, u8::MAX).map(|line| line - 1);
    let mut places = items(text).map(place).collect::<Result<Vec<u8>, _>>()?;
    places.sort_unstable();
    places.dedup();
    Ok(places)
}

fn note(given: &mut Vec<Field>, field: Field) {
    if !given.contains(&field) {
        given.push(field);
    }
}

fn word<T: Words>(text: &str) -> Result<T, Fault> {
    T::read(text).ok_or_else(|| Fault::Word { expected: T::expected() })
}

fn not_negative(amount: i64) -> Result<i64, Fault> {
    if amount < 0 { Err(Fault::Negative) } else { Ok(amount) }
}

fn limited(text: String, most: usize) -> Result<String, Fault> {
    if text.is_empty() {
        return Err(Fault::Missing);
    }
    if text.len() > most && text.chars().count() > most {
        return Err(Fault::Invalid(Problem::TooLong { most }));
    }
    Ok(text)
}

/// The fields that hold ways to reach somebody.
fn contact_kind(field: Field) -> Option<ContactKind> {
    match field {
        Field::Phone => Some(ContactKind::Phone),
        Field::Email => Some(ContactKind::Email),
        Field::Web => Some(ContactKind::Web),
        _ => None,
    }
}

/// Sets one field of a customer from a filled cell; [`contact_kind`] has its own way.
fn set(
    customer: &mut Customer,
    field: Field,
    text: &str,
    how: &Conventions,
    today: Day,
) -> Result<(), Fault> {
    let place = &mut customer.place;
    match field {
        Field::Name => customer.name = store_line(text),
        Field::ExternalId => customer.external_id = Some(store_line(text)),
        Field::Kind => customer.kind = word::<CustomerKind>(text)?,
        Field::Other => customer.other_names.extend(items(text).map(store_line)),
        Field::OtherIds => customer.other_ids.extend(items(text).map(store_line)),
        Field::BirthDate => customer.birth = Some(how.day(text)?),
        Field::Gender => customer.gender = Some(word::<Gender>(text)?),
        Field::City => place.city = store_line(text),
        Field::Region => place.region = store_line(text),
        Field::Country => place.country = country(text),
        Field::Address => place.address = store_line(text),
        Field::PostalCode => place.postal_code = store_line(text),
        Field::TimeZone => customer.time_zone = store_line(text),
        Field::Language => customer.language = store_line(text).to_lowercase(),
        Field::Source => customer.source = store_line(text),
        Field::Owner => customer.owner = Some(how.agent(text)?),
        Field::Stage => customer.stage = word::<Stage>(text)?,
        Field::Tags => {
            for item in text.split([',', ';', '،', '؛', '\n']).filter(|t| !t.trim().is_empty()) {
                let tag = tag_name(&store_line(item)).ok_or(Fault::Invalid(Problem::Malformed))?;
                customer.tag(&tag);
            }
        }
        Field::Joined => customer.joined = how.past_day(text)?,
        Field::DoNotCall => customer.consent.do_not_call = do_not_call(text, how, today)?,
        Field::Marketing => {
            let yes = truth(text).ok_or_else(|| Fault::Word { expected: "yes, no".into() })?;
            customer.consent.marketing = Some(yes);
        }
        // Fields of other kinds of rows never become targets of customers.
        _ => {}
    }
    Ok(())
}

/// A code of two letters in capitals; anything else as it is.
fn country(text: &str) -> String {
    if text.len() == 2 { text.to_ascii_uppercase() } else { store_line(text) }
}

/// `no`, `yes`, or the day since when, and the reason after it.
fn do_not_call(text: &str, how: &Conventions, today: Day) -> Result<Option<DoNotCall>, Fault> {
    if let Some(yes) = truth(text) {
        return Ok(yes.then(|| DoNotCall { since: today, reason: String::new() }));
    }
    let (day, reason) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let since = how.past_day(day).map_err(|_| Fault::Word {
        expected: "yes, no, or a date and a reason (2025-03-01 asked not to be called)".into(),
    })?;
    Ok(Some(DoNotCall { since, reason: store_line(reason) }))
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
