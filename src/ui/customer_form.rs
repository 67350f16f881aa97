//! The form of a customer: a new one, or one that is there; both values when somebody else saved first.

use crate::desk::{Answer, Command, Deed, Notice, Question, Refusal};
use crate::domain::{
    AgentId, ContactKind, ContactPoint, Customer, CustomerId, CustomerKind, Day, DoNotCall, Field,
    Gender, Stage, tag_name,
};
use crate::text::words::forms as w;
use crate::text::{Phrase, SafeText, parse_date, phone, truth};

use super::form::{Form, Item};
use super::own_fields;
use super::profile::Profile;
use super::sheet::{Save, Sheet};
use super::shell::Shell;
use super::tell;
use super::terms;

/// The sheet of one customer.
pub struct CustomerSheet {
    id: CustomerId,
    name: String,
    base: Option<Customer>,
    revision: u64,
}

impl CustomerSheet {
    /// A new customer; what was searched for is likely the name or the phone.
    pub fn new(searched: &str) -> Self {
        Self { id: CustomerId(0), name: searched.trim().to_owned(), base: None, revision: 0 }
    }

    /// One that is there.
    pub fn edit(id: CustomerId, name: &str) -> Self {
        Self { id, name: name.to_owned(), base: None, revision: 0 }
    }

    fn is_new(&self) -> bool {
        self.id == CustomerId(0)
    }

    /// The record as the form says; the name of the wrong field and why otherwise.
    fn read(&self, form: &Form, shell: &Shell) -> Result<Customer, (String, SafeText)> {
        let today = shell.today();
        let mut c = match &self.base {
            Some(base) => base.clone(),
            None => Customer::named(CustomerId(0), "", today),
        };
        let text = |name: &str| form.value(name).trim().to_owned();
        let list = |name: &str| -> Vec<String> {
            let parts = form.value(name).split([',', '،']).map(str::trim);
            parts.filter(|p| !p.is_empty()).map(str::to_owned).collect()
        };
        c.name = text("name");
        c.kind = CustomerKind::parse(form.value("kind")).unwrap_or(c.kind);
        c.other_names = list("other_names");
        c.gender = Gender::parse(form.value("gender"));
        c.stage = Stage::parse(form.value("stage")).unwrap_or(c.stage);
        c.place.city = text("city");
        c.place.region = text("region");
        c.place.country = text("country");
        c.place.address = text("address");
        c.place.postal_code = text("postal_code");
        c.language = text("language");
        c.time_zone = text("time_zone");
        c.source = text("source");
        c.tags = list("tags").iter().filter_map(|t| tag_name(t)).collect();
        c.tags.sort();
        c.tags.dedup();
        let id = text("external_id");
        c.external_id = (!id.is_empty()).then_some(id);
        c.owner = form.value("owner").parse().ok().filter(|id| *id > 0).map(AgentId);
        c.consent.marketing = match form.value("marketing") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        c.consent.do_not_call = wish(&text("do_not_call")).map(|reason| {
            let since = c.consent.do_not_call.as_ref().map_or(today, |d| d.since);
            DoNotCall { since, reason }
        });
        c.birth =
            day(form.value("birth_date"), shell).map_err(|why| ("birth_date".to_owned(), why))?;
        if let Some(joined) =
            day(form.value("joined"), shell).map_err(|why| ("joined".to_owned(), why))?
        {
            c.joined = joined;
        }
        c.contacts = self.contacts(form, shell);
        let before = self.base.as_ref().map(|b| b.fields.as_slice()).unwrap_or_default();
        c.fields = own_fields::read(form, others(form.value("own")), before, shell)?;
        match c.validate(today) {
            Ok(()) => Ok(c),
            Err(bad) => {
                let why = tell::problem_in(&bad.problem, shell.lang());
                Err((bad.field.name().to_owned(), why))
            }
        }
    }

    /// The contacts as typed; labels of those that stayed are kept.
    fn contacts(&self, form: &Form, shell: &Shell) -> Vec<ContactPoint> {
        let own = phone::country_code(form.value("country"));
        let usual = shell.settings().map_or("", |s| s.country.as_str());
        let country = own.as_deref().unwrap_or(usual);
        let old = self.base.as_ref().map(|b| b.contacts.as_slice()).unwrap_or_default();
        let mut contacts = Vec::new();
        for kind in ContactKind::ALL {
            for part in form.value(kind.name()).split([',', '،', '\n']) {
                let part = part.trim();
                if part.is_empty() {
                    continue;
                }
                let (value, label) = labelled(part);
                let value = match kind {
                    ContactKind::Phone => {
                        phone::e164(value, country).unwrap_or_else(|_| value.to_owned())
                    }
                    _ => value.to_owned(),
                };
                let kept = old.iter().find(|c| c.kind == *kind && c.value == value);
                let label = if label.is_empty() {
                    kept.map_or_else(String::new, |c| c.label.clone())
                } else {
                    label.to_owned()
                };
                contacts.push(ContactPoint { kind: *kind, value, label });
            }
        }
        contacts
    }
}

/// `+98 912 123 4567 (evenings)`: a value and its label in parentheses at the end. Parentheses
/// elsewhere, and what stands after them, are of the value.
fn labelled(part: &str) -> (&str, &str) {
    let inside = part.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match inside {
        Some((value, label)) if !value.trim().is_empty() => (value.trim(), label.trim()),
        _ => (part, ""),
    }
}

/// A day as typed; nothing when nothing was.
fn day(text: &str, shell: &Shell) -> Result<Option<Day>, SafeText> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let today = shell.civil().date();
    let found = parse_date(text, today, shell.calendar());
    found.map(|d| Some(Day::of(d))).map_err(|e| e.words(shell.calendar(), shell.lang()))
}

/// Fields nobody has defined, `name=value` a line each.
fn others(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().filter_map(|line| line.split_once('='));
    let trimmed = lines.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    trimmed.filter(|(name, value)| !name.is_empty() && !value.is_empty()).collect()
}

/// The values of a record as they would be typed.
fn values(c: &Customer, shell: &Shell) -> Vec<(String, String)> {
    let contacts = |kind: ContactKind| {
        let of_kind = c.contacts.iter().filter(|p| p.kind == kind);
        let typed = of_kind.map(|p| match (kind, p.label.as_str()) {
            (_, "") => p.value.clone(),
            (_, label) => format!("{} ({label})", p.value),
        });
        typed.collect::<Vec<_>>().join(", ")
    };
    let date = |day: Option<Day>| day.map_or(String::new(), |d| shell.date(d).plain().into_owned());
    let marketing = match c.consent.marketing {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    };
    let (defined, own) = own_fields::values(&c.fields, shell);
    let all: [(&str, String); 24] = [
        ("name", c.name.clone()),
        ("kind", c.kind.name().to_owned()),
        ("phone", contacts(ContactKind::Phone)),
        ("email", contacts(ContactKind::Email)),
        ("web", contacts(ContactKind::Web)),
        ("city", c.place.city.clone()),
        ("region", c.place.region.clone()),
        ("country", c.place.country.clone()),
        ("address", c.place.address.clone()),
        ("postal_code", c.place.postal_code.clone()),
        ("birth_date", date(c.birth)),
        ("gender", c.gender.map_or(String::new(), |g| g.name().to_owned())),
        ("stage", c.stage.name().to_owned()),
        ("tags", c.tags.join(", ")),
        ("owner", c.owner.map_or_else(|| "0".to_owned(), |o| o.0.to_string())),
        ("source", c.source.clone()),
        ("joined", date(Some(c.joined))),
        ("language", c.language.clone()),
        ("time_zone", c.time_zone.clone()),
        ("other_names", c.other_names.join(", ")),
        ("external_id", c.external_id.clone().unwrap_or_default()),
        ("marketing", marketing.to_owned()),
        ("do_not_call", c.consent.do_not_call.as_ref().map_or(String::new(), reason)),
        ("own", own.join("\n")),
    ];
    let mut all: Vec<(String, String)> =
        all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    // Those that are defined stand before the lines for others.
    let others = all.len().saturating_sub(1);
    all.splice(others..others, defined);
    all
}

/// The wish not to be called as typed: a mark without a reason still shows.
fn reason(wish: &DoNotCall) -> String {
    if wish.reason.is_empty() { NO_REASON.to_owned() } else { wish.reason.clone() }
}

/// The reason that was typed, empty for a mere mark; `None` when there is no such wish.
fn wish(typed: &str) -> Option<String> {
    match (typed, truth(typed)) {
        ("", _) | (_, Some(false)) => None,
        (NO_REASON, _) | (_, Some(true)) => Some(String::new()),
        _ => Some(typed.to_owned()),
    }
}

/// Stands for a mark without a reason.
const NO_REASON: &str = "–";

fn options<T: Copy>(
    all: &[T],
    name: fn(T) -> &'static str,
    words: fn(T) -> Phrase,
    shell: &Shell,
) -> Vec<(String, SafeText)> {
    all.iter().map(|v| (name(*v).to_owned(), shell.say(words(*v)))).collect()
}

impl Sheet for CustomerSheet {
    fn title(&self, shell: &Shell) -> SafeText {
        if self.is_new() {
            return shell.say(w::NEW_CUSTOMER);
        }
        shell.say_with(w::EDIT_TITLE, &[("name", SafeText::clean(&self.name).into())])
    }

    fn question(&self) -> Option<Question> {
        (!self.is_new()).then_some(Question::Profile(self.id))
    }

    fn build(&mut self, answer: Option<Answer>, shell: &Shell) -> Result<Form, SafeText> {
        let mut blank = Customer::named(CustomerId(0), "", shell.today());
        let searched = std::mem::take(&mut self.name);
        if let Some(Answer::Profile(profile)) = answer {
            self.revision = profile.revision;
            self.name.clone_from(&profile.customer.name);
            blank = profile.customer;
            self.base = Some(blank.clone());
        } else if !self.is_new() {
            self.name = searched;
            return Err(SafeText::EMPTY);
        }
        let not_said = (String::new(), shell.say(w::NOT_SAID));
        let mut genders = vec![not_said.clone()];
        genders.extend(options(Gender::ALL, Gender::name, terms::gender, shell));
        let consents = vec![
            not_said,
            ("yes".to_owned(), shell.say(w::YES_MARKETING)),
            ("no".to_owned(), shell.say(w::NO_MARKETING)),
        ];
        let owners = super::customers::owners(shell);
        let owners: Vec<_> = owners.into_iter().map(|c| (c.key, c.label)).collect();
        let sample = shell.date(shell.today());
        let date_hint = shell.say_with(w::DATE_HINT, &[("sample", sample.into())]);
        let items = values(&blank, shell).into_iter().map(|(name, value)| {
            if let Some(item) = own_fields::item(&name, &value, shell) {
                return item;
            }
            let label = match Field::parse(&name) {
                Some(Field::DoNotCall) => shell.say(w::REASON),
                Some(field) => shell.say(terms::field(field)),
                None => SafeText::clean(&name),
            };
            match name.as_str() {
                "kind" => {
                    let kinds = options(CustomerKind::ALL, CustomerKind::name, terms::kind, shell);
                    Item::choice(&name, label, kinds, &value)
                }
                "gender" => Item::choice(&name, label, genders.clone(), &value),
                "stage" => {
                    let stages = options(Stage::ALL, Stage::name, terms::stage, shell);
                    Item::choice(&name, label, stages, &value)
                }
                "owner" => Item::choice(&name, label, owners.clone(), &value),
                "marketing" => Item::choice(&name, label, consents.clone(), &value),
                "own" => Item::note(&name, label, &value).with_hint(shell.say(w::OWN_HINT)),
                "birth_date" | "joined" => {
                    Item::line(&name, label, &value).code().with_hint(date_hint.clone())
                }
                "phone" | "email" | "web" => {
                    Item::line(&name, label, &value).code().with_hint(shell.say(w::SEVERAL))
                }
                "external_id" | "time_zone" | "language" | "country" | "postal_code" => {
                    Item::line(&name, label, &value).code()
                }
                "tags" | "other_names" => {
                    Item::line(&name, label, &value).with_hint(shell.say(w::SEVERAL))
                }
                _ => Item::line(&name, label, &value),
            }
        });
        let mut form = Form::new(items.collect());
        if self.is_new() && !searched.is_empty() {
            let is_number = searched
                .chars()
                .all(|c| crate::text::digits::ascii_digit(c).is_some() || "+ -()".contains(c));
            let name = if is_number { "phone" } else { "name" };
            form.restore(&[(name.to_owned(), searched)]);
        }
        Ok(form)
    }

    fn check(&self, item: &Item, shell: &Shell) -> Result<(), SafeText> {
        let text = item.value().trim();
        let problem =
            |problem: crate::domain::Problem| Err(tell::problem_in(&problem, shell.lang()));
        match item.name.as_str() {
            "name" if text.is_empty() => problem(crate::domain::Problem::Empty),
            "birth_date" | "joined" => {
                let found = day(text, shell)?;
                if item.name == "birth_date" && found.is_some_and(|d| d > shell.today()) {
                    return problem(crate::domain::Problem::InTheFuture);
                }
                Ok(())
            }
            "time_zone" if !text.is_empty() && jiff::tz::TimeZone::get(text).is_err() => {
                problem(crate::domain::Problem::UnknownZone)
            }
            "phone" | "email" | "web" => {
                let mut form = Form::new(vec![item.clone()]);
                form.focus_on(0);
                for contact in self.contacts(&form, shell) {
                    // What stands after a label would be lost in silence, or kept as a number.
                    let is_words = contact.value.chars().any(char::is_alphabetic);
                    if contact.kind == ContactKind::Phone && is_words {
                        return problem(crate::domain::Problem::Malformed);
                    }
                    if let Err(bad) = contact.validate() {
                        return Err(tell::problem_in(&bad.problem, shell.lang()));
                    }
                }
                Ok(())
            }
            name => match own_fields::field_of(name, shell) {
                Some(field) => own_fields::kept(&field, text, shell).map(|_| ()),
                None => Ok(()),
            },
        }
    }

    fn command(&mut self, form: &Form, shell: &Shell) -> Result<Save, (String, SafeText)> {
        let customer = Box::new(self.read(form, shell)?);
        Ok(Save::Act(if self.is_new() {
            Command::Create(customer)
        } else {
            Command::Edit { customer, base: self.revision }
        }))
    }

    fn slot(&self) -> Option<String> {
        Some(format!("customer:{}", self.id.0))
    }

    fn customer(&self) -> Option<CustomerId> {
        (!self.is_new()).then_some(self.id)
    }

    fn rebase(&mut self, refusal: &Refusal, shell: &Shell) -> Option<Vec<(String, String)>> {
        let Refusal::Conflict { current: Some(current), revision, .. } = refusal else {
            return None;
        };
        self.revision = *revision;
        self.base = Some((**current).clone());
        Some(values(current, shell))
    }

    fn saved(&self, notice: &Notice, shell: &mut Shell) {
        if let Deed::Created { customer, name } = &notice.deed {
            Profile::open(*customer, name, shell);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_not_to_be_called_as_it_is_typed() {
        for (typed, want) in [
            ("", None),
            ("no", None),
            ("خیر", None),
            ("yes", Some("")),
            (NO_REASON, Some("")),
            ("moved abroad", Some("moved abroad")),
        ] {
            assert_eq!(wish(typed).as_deref(), want, "{typed}");
        }
        // What the form shows it reads back.
        for wished in ["", "moved abroad"] {
            let mark = DoNotCall { since: Day(1), reason: wished.to_owned() };
            assert_eq!(wish(&reason(&mark)).as_deref(), Some(wished));
        }
    }
}
