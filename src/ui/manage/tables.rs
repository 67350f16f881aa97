//! Forms of the small tables: outcomes, products, agents, settings.

use crate::desk::{Answer, Command, Plans, Question};
use crate::domain::{
    Agent, AgentId, Meaning, Outcome, Problem, Product, ProductId, Role, Settings,
};
use crate::text::words::{forms as f, manage as m, terms as t};
use crate::text::{Phrase, SafeText, ascii_number, decimal};

use super::super::form::{Form, Item};
use super::super::sheet::{Save, Sheet, Wrong};
use super::super::shell::Shell;
use super::super::{tell, terms};
use super::forms::{Reader, count, first, money, switch};
use super::kinds::Kind;

/// A row of a small table, new (no key) or known by its key.
pub struct TableSheet {
    kind: Kind,
    key: Option<String>,
    /// The field to begin with.
    first: Option<String>,
    record: Option<Record>,
    revision: u64,
}

enum Record {
    Outcome(Outcome),
    Product(Product),
    Agent(Agent),
    Settings(Settings),
}

impl TableSheet {
    pub fn new(kind: Kind, key: Option<String>) -> Self {
        Self { kind, key, first: None, record: None, revision: 0 }
    }

    /// The settings, with one of them ready to be changed.
    pub fn settings(first: &str) -> Self {
        let first = Some(first.to_owned());
        Self { kind: Kind::Settings, key: Some(String::new()), first, record: None, revision: 0 }
    }

    fn take(&mut self, plans: Plans) {
        let key = self.key.as_deref();
        let is = |id: u64| key.is_some_and(|key| key == id.to_string());
        let record = match self.kind {
            Kind::Outcomes => {
                let found =
                    plans.outcomes.into_iter().find(|o| Some(o.record.code.as_str()) == key);
                found.map(|kept| (Record::Outcome(kept.record), kept.revision))
            }
            Kind::Products => {
                let found = plans.products.into_iter().find(|p| is(p.record.id.0));
                found.map(|kept| (Record::Product(kept.record), kept.revision))
            }
            Kind::Agents => {
                let found = plans.agents.into_iter().find(|a| is(a.record.id.0));
                found.map(|kept| (Record::Agent(kept.record), kept.revision))
            }
            _ => Some((Record::Settings(plans.settings.record), plans.settings.revision)),
        };
        (self.record, self.revision) = match record {
            Some((record, revision)) => (Some(record), revision),
            None if self.key.is_none() => (Some(self.blank()), 0),
            None => (None, 0),
        };
    }

    fn blank(&self) -> Record {
        match self.kind {
            Kind::Products => Record::Product(Product {
                id: ProductId(0),
                sku: String::new(),
                name: String::new(),
                category: String::new(),
                price: None,
                unit_cost: None,
            }),
            Kind::Agents => Record::Agent(Agent {
                id: AgentId(0),
                name: String::new(),
                role: Role::Agent,
                ..Agent::program()
            }),
            _ => Record::Outcome(Outcome {
                code: String::new(),
                key: ' ',
                name_en: String::new(),
                name_fa: String::new(),
                meaning: Meaning::Reached,
                retry_minutes: None,
                active: true,
            }),
        }
    }
}

fn line(name: &str, label: Phrase, text: &str, shell: &Shell) -> Item {
    Item::line(name, shell.say(label), text)
}

fn share(name: &str, label: Phrase, share: f64, shell: &Shell) -> Item {
    let text = decimal(share * 100.0, 1, shell.lang()).plain().into_owned();
    Item::line(name, shell.say(label), &text).code().with_hint(shell.say(m::PERCENT_HINT))
}

/// The settings as fields.
pub fn settings_items(s: &Settings, shell: &Shell) -> Vec<Item> {
    let zone = if s.time_zone.is_empty() { "UTC" } else { &s.time_zone };
    vec![
        line("country", t::COUNTRY, &s.country, shell).code(),
        line("time_zone", t::TIME_ZONE, zone, shell).code(),
        share("margin", m::S_MARGIN, s.margin, shell),
        money("minute_cost", m::S_MINUTE, Some(s.minute_cost), shell),
        line("call_minutes", m::S_CALL, &decimal(s.call_minutes, 1, shell.lang()).plain(), shell)
            .code(),
        money("offer_cost", m::S_OFFER, Some(s.offer_cost), shell),
        count("horizon_weeks", m::S_HORIZON, u64::from(s.horizon_weeks), shell),
        share("discount", m::S_DISCOUNT, s.discount, shell),
        count("cooling_days", m::S_COOLING, u64::from(s.cooling_days), shell),
        share("gone_below", m::S_GONE, s.gone_below, shell),
        count("calls_from", m::S_FROM, u64::from(s.calls_from), shell),
        count("calls_to", m::S_TO, u64::from(s.calls_to), shell),
        share("hold_out", m::S_HOLD_OUT, s.hold_out, shell),
    ]
}

fn items(record: &Record, is_new: bool, shell: &Shell) -> Vec<Item> {
    match record {
        Record::Outcome(o) => {
            let meanings = Meaning::ALL.iter();
            let meanings =
                meanings.map(|x| (x.name().to_owned(), shell.say(terms::meaning(*x)))).collect();
            let retry = o.retry_minutes.map(|n| n.to_string()).unwrap_or_default();
            let code = is_new.then(|| line("outcome", m::CODE, &o.code, shell).code());
            let key = o.key.to_string();
            let rest = [
                line("key", t::KEY, key.trim(), shell).code(),
                line("name", m::NAME_EN, &o.name_en, shell),
                line("name_fa", m::NAME_FA, &o.name_fa, shell),
                Item::choice("meaning", shell.say(m::MEANING), meanings, o.meaning.name()),
                line("retry", m::RETRY, &retry, shell).code(),
                switch("active", t::ACTIVE, o.active, shell),
            ];
            code.into_iter().chain(rest).collect()
        }
        Record::Product(p) => vec![
            line("name", t::NAME, &p.name, shell),
            line("sku", t::SKU, &p.sku, shell).code(),
            line("category", t::CATEGORY, &p.category, shell),
            money("price", t::PRICE, p.price, shell),
            money("unit_cost", t::UNIT_COST, p.unit_cost, shell),
        ],
        Record::Agent(a) => {
            let roles = Role::ALL.iter();
            let roles = roles.map(|x| (x.name().to_owned(), shell.say(terms::role(*x)))).collect();
            vec![
                line("name", t::NAME, &a.name, shell),
                Item::choice("role", shell.say(m::ROLE), roles, a.role.name()),
                line("team", t::TEAM, &a.team, shell),
                switch("active", t::ACTIVE, !a.disabled, shell),
            ]
        }
        Record::Settings(s) => settings_items(s, shell),
    }
}

impl Reader<'_> {
    fn real(&self, name: &str, by: f64) -> Result<f64, Wrong> {
        let text = ascii_number(self.text(name).trim_end_matches(['%', '٪']));
        let read = text.parse::<f64>().ok().filter(|x| x.is_finite());
        let wrong = || tell::problem_in(&Problem::Malformed, self.shell.lang());
        read.map(|x| x / by).ok_or_else(|| (name.to_owned(), wrong()))
    }
}

fn read(record: &Record, is_new: bool, form: &Form, shell: &Shell) -> Result<Record, Vec<Wrong>> {
    let r = Reader::new(form, shell);
    let read = match record {
        Record::Outcome(o) => {
            let retry: u32 = r.take(r.number("retry"));
            Record::Outcome(Outcome {
                code: if is_new { r.text("outcome") } else { o.code.clone() },
                key: r.text("key").chars().next().unwrap_or(' '),
                name_en: r.text("name"),
                name_fa: r.text("name_fa"),
                meaning: Meaning::parse(form.value("meaning")).unwrap_or(o.meaning),
                retry_minutes: (retry > 0).then_some(retry),
                active: r.yes("active"),
            })
        }
        Record::Product(p) => Record::Product(Product {
            id: p.id,
            sku: r.text("sku"),
            name: r.text("name"),
            category: r.text("category"),
            price: r.take(r.money("price")),
            unit_cost: r.take(r.money("unit_cost")),
        }),
        Record::Agent(a) => Record::Agent(Agent {
            name: r.text("name"),
            role: Role::parse(form.value("role")).unwrap_or(a.role),
            team: r.text("team"),
            disabled: !r.yes("active"),
            ..a.clone()
        }),
        Record::Settings(s) => Record::Settings(Settings {
            country: r.text("country").to_uppercase(),
            time_zone: r.text("time_zone"),
            margin: r.take(r.real("margin", 100.0)),
            minute_cost: r.take(r.money("minute_cost")).unwrap_or(0),
            call_minutes: r.take(r.real("call_minutes", 1.0)),
            offer_cost: r.take(r.money("offer_cost")).unwrap_or(0),
            horizon_weeks: r.take(r.number("horizon_weeks")),
            discount: r.take(r.real("discount", 100.0)),
            cooling_days: r.take(r.number("cooling_days")),
            gone_below: r.take(r.real("gone_below", 100.0)),
            calls_from: r.take(r.number("calls_from")),
            calls_to: r.take(r.number("calls_to")),
            hold_out: r.take(r.real("hold_out", 100.0)),
            ..s.clone()
        }),
    };
    r.done(read)
}

impl Sheet for TableSheet {
    fn title(&self, shell: &Shell) -> SafeText {
        let name = match &self.record {
            Some(Record::Outcome(o)) => tell::outcome_name(o, shell.lang()),
            Some(Record::Product(p)) => SafeText::clean(&p.name),
            Some(Record::Agent(a)) => SafeText::clean(&a.name),
            Some(Record::Settings(_)) | None => shell.say(self.kind.name()),
        };
        let phrase = if self.key.is_some() { f::EDIT_TITLE } else { m::NEW_TITLE };
        let name = if self.key.is_some() { name } else { shell.say(self.kind.name()) };
        shell.say_with(phrase, &[("name", name.into())])
    }

    fn question(&self) -> Option<Question> {
        Some(Question::Plans)
    }

    fn build(&mut self, answer: Option<Answer>, shell: &Shell) -> Result<Form, SafeText> {
        if let Some(Answer::Plans(plans)) = answer {
            self.take(*plans);
        }
        let Some(record) = &self.record else { return Err(shell.say(m::GONE)) };
        let mut form = Form::new(items(record, self.key.is_none(), shell));
        if let Some(first) = &self.first {
            form.focus_named(first);
        }
        Ok(form)
    }

    fn faults(&self, form: &Form, shell: &Shell) -> Vec<Wrong> {
        let Some(record) = &self.record else { return Vec::new() };
        read(record, self.key.is_none(), form, shell).err().unwrap_or_default()
    }

    fn command(&mut self, form: &Form, shell: &Shell) -> Result<Save, Wrong> {
        let Some(record) = &self.record else { return Err((String::new(), shell.say(m::GONE))) };
        let base = self.revision;
        let read = read(record, self.key.is_none(), form, shell).map_err(first)?;
        Ok(Save::Act(match read {
            Record::Outcome(outcome) => Command::SaveOutcome { outcome, base },
            Record::Product(product) => Command::SaveProduct { product, base },
            Record::Agent(agent) => Command::SaveAgent { agent, base },
            Record::Settings(settings) => Command::SaveSettings { settings, base },
        }))
    }
}
