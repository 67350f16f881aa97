//! `vafa show`: everything about one customer.

use std::io;

use serde_json::{Map, Value, json};

use crate::desk::tell::reason_in;
use crate::desk::{Answer, Profile, Question, Row};
use crate::domain::{AgentId, Customer, Purchase};
use crate::exchange::export::customer_name;
use crate::exchange::export::sheet::Cell;
use crate::text::words::commands as words;
use crate::text::{Phrase, SafeText, money, safe, width};

use super::args::{Show, ShowView};
use super::failure::Failure;
use super::list::COLUMNS;
use super::out::Out;
use super::setup::Setup;
use super::table;
use super::visit::Visit;

/// Purchases and conversations shown to the eye; objects have all.
const MOST_SHOWN: usize = 20;

/// `vafa show`.
pub fn run(setup: &Setup, given: &Show, out: &mut Out) -> Result<(), Failure> {
    let visit = Visit::open_loaded(setup)?;
    let id = visit.customer(&given.customer)?;
    let Answer::Profile(profile) = visit.ask(Question::Profile(id))? else { return Ok(()) };
    let printed = match given.format {
        ShowView::Jsonl => out.object(&object(&profile, &visit)),
        ShowView::Text => Page { setup, visit: &visit, out }.print(&profile),
    };
    printed.map_err(|e| Failure::output(&e, setup.lang))
}

/// The profile as one object.
fn object(p: &Profile, visit: &Visit) -> Value {
    let c = &p.customer;
    let agent =
        |id: AgentId| visit.status.agents.iter().find(|a| a.id == id).map(|a| a.name.clone());
    let day = |d: crate::domain::Day| d.is_known().then(|| d.to_string());
    let mut map = Map::new();
    let mut put = |name: &str, value: Value| {
        map.insert(name.to_owned(), value);
    };
    put("id", json!(c.id.0));
    put("external_id", json!(c.external_id));
    put("kind", json!(c.kind.name()));
    put("name", json!(c.name));
    put("other_names", json!(c.other_names));
    let contacts = c.contacts.iter();
    let contacts =
        contacts.map(|x| json!({"kind": x.kind.name(), "value": x.value, "label": x.label}));
    put("contacts", contacts.collect());
    put("birth_date", json!(c.birth.and_then(day)));
    put("gender", json!(c.gender.map(crate::domain::Gender::name)));
    put("place", json!(c.place));
    put("time_zone", json!(c.time_zone));
    put("language", json!(c.language));
    put("source", json!(c.source));
    put("owner", json!(c.owner.and_then(agent)));
    put("stage", json!(c.stage.name()));
    put("tags", json!(c.tags));
    put("joined", json!(day(c.joined)));
    let asked = c.consent.do_not_call.as_ref();
    put("do_not_call", json!(asked.map(|d| json!({"since": day(d.since), "reason": d.reason}))));
    put("marketing", json!(c.consent.marketing));
    put(
        "fields",
        c.fields.iter().map(|(k, v)| (k.clone(), json!(v))).collect::<Map<_, _>>().into(),
    );
    put("figures", figures(p));
    let facts = p.facts.iter().map(|f| {
        json!({"kind": f.kind.name(), "text": f.text, "strength": f.strength, "met": f.met,
            "source": f.source, "on": day(f.on)})
    });
    put("facts", facts.collect());
    let relations = p.relations.iter().map(|(r, id, name)| {
        json!({"kind": r.kind.name(), "from": r.from.0, "to": r.to.0, "with": id.0, "name": name,
            "note": r.note})
    });
    put("relations", relations.collect());
    put("purchases", p.purchases.iter().map(|x| purchase(p, x)).collect());
    let talks = p.interactions.iter().map(|(i, by)| {
        json!({"external_id": i.external_id, "time": i.at.to_string(), "channel": i.channel.name(),
            "direction": i.direction.name(), "outcome": i.outcome, "seconds": i.seconds,
            "agent": by, "note": i.note})
    });
    put("interactions", talks.collect());
    let tasks = p.tasks.iter().map(|t| {
        json!({"id": t.id.0, "kind": t.kind.name(), "due": t.due.to_string(),
            "owner": agent(t.owner), "note": t.note})
    });
    put("tasks", tasks.collect());
    put("reasons", json!(p.reasons));
    Value::Object(map)
}

fn figures(p: &Profile) -> Value {
    let f = &p.figures;
    let day = |d: crate::domain::Day| d.is_known().then(|| d.to_string());
    let share = |x: Option<f32>| match x.map(Cell::share) {
        Some(Cell::Share(x)) => json!(x),
        _ => Value::Null,
    };
    json!({
        "first_purchase": day(f.first), "last_purchase": day(f.last), "purchases": f.purchases,
        "spent": f.spent, "returned": f.returned, "last_contact": day(f.last_contact),
        "p_alive": share(f.p_alive), "risk": share(f.risk), "expected_value": f.value,
        "saves": f.saves, "leave_date": f.leave.and_then(day),
        "rfm": f.rfm.map(|[r, f, m]| format!("{r}{f}{m}")), "completeness": p.completeness,
    })
}

fn purchase(p: &Profile, x: &Purchase) -> Value {
    let lines = x.lines.iter().map(|l| {
        let product = l.product.and_then(|id| p.products.iter().find(|q| q.id == id));
        json!({"product": product.map(|q| &q.sku), "quantity": l.quantity as f64 / 1000.0,
            "amount": l.amount, "cost": l.cost})
    });
    json!({"external_id": x.external_id, "kind": x.kind.name(), "date": x.day.to_string(),
        "currency": x.currency.code(), "amount": x.amount(), "lines": lines.collect::<Value>()})
}

/// The profile for the eye.
struct Page<'a> {
    setup: &'a Setup,
    visit: &'a Visit,
    out: &'a mut Out,
}

impl Page<'_> {
    fn print(&mut self, p: &Profile) -> io::Result<()> {
        let c = &p.customer;
        let name = SafeText::clean(&c.name);
        self.out.line(&safe![name, "  ", SafeText::clean(&customer_name(c))])?;
        self.identity(c)?;
        self.heading(words::H_FIGURES)?;
        let row = Row {
            customer: std::sync::Arc::new(c.clone()),
            figures: p.figures,
            matches: Vec::new(),
        };
        for column in COLUMNS.iter().skip_while(|c| c.heading.name != "joined") {
            let cell = (column.cell)(&row, &self.visit.status);
            self.pair(column.heading.title, &cell)?;
        }
        for reason in &p.reasons {
            let (lang, decimals) = (self.setup.lang, self.visit.decimals());
            self.item(&reason_in(reason, &|sum| money(sum, decimals, lang), lang))?;
        }
        self.beside(p)?;
        self.past(p)
    }

    fn identity(&mut self, c: &Customer) -> io::Result<()> {
        for (title, text) in [
            (words::C_KIND, c.kind.name()),
            (words::C_STAGE, c.stage.name()),
            (words::C_SOURCE, c.source.as_str()),
        ] {
            self.pair(title, &Cell::text(text))?;
        }
        let owner = c.owner.and_then(|id| self.visit.status.agents.iter().find(|a| a.id == id));
        let owner = Cell::of(owner, |a| Cell::text(&a.name));
        self.pair(words::C_OWNER, &owner)?;
        self.pair(words::C_TAGS, &Cell::text(&c.tags.join(", ")))?;
        let place = &c.place;
        let parts =
            [&place.address, &place.city, &place.region, &place.postal_code, &place.country];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
        self.pair(words::C_PLACE, &Cell::text(&parts.join(", ")))?;
        if let Some(asked) = &c.consent.do_not_call {
            let text = format!("{} {}", asked.since, asked.reason);
            self.pair(words::DO_NOT_CALL, &Cell::text(text.trim_end()))?;
        }
        for contact in &c.contacts {
            let text = format!("{}  {}", contact.value, contact.label);
            self.item(&SafeText::clean(text.trim_end()))?;
        }
        for (name, value) in &c.fields {
            self.item(&safe![SafeText::clean(name), ": ", SafeText::clean(value)])?;
        }
        Ok(())
    }

    /// Facts, people and open work.
    fn beside(&mut self, p: &Profile) -> io::Result<()> {
        let items: Vec<SafeText> = p
            .facts
            .iter()
            .map(|f| safe![SafeText::clean(f.kind.name()), ": ", SafeText::clean(&f.text)])
            .collect();
        self.section(words::H_FACTS, items, usize::MAX)?;
        let items: Vec<SafeText> = p
            .relations
            .iter()
            .map(|(r, id, name)| {
                let id = SafeText::clean(&id.to_string());
                safe![SafeText::clean(r.kind.name()), ": ", SafeText::clean(name), " #", id]
            })
            .collect();
        self.section(words::H_PEOPLE, items, usize::MAX)?;
        let items: Vec<SafeText> = p
            .tasks
            .iter()
            .map(|t| {
                let due = table::words(&Cell::Time(t.due), self.setup, 0);
                safe![due, "  ", SafeText::clean(t.kind.name()), "  ", SafeText::clean(&t.note)]
            })
            .collect();
        self.section(words::H_WORK, items, usize::MAX)
    }

    /// Conversations and purchases, newest first.
    fn past(&mut self, p: &Profile) -> io::Result<()> {
        let items: Vec<SafeText> = p
            .interactions
            .iter()
            .map(|(i, by)| {
                let at = table::words(&Cell::Time(i.at), self.setup, 0);
                let kind = SafeText::clean(i.channel.name());
                let note = SafeText::clean(&i.note);
                let parts = [at, kind, SafeText::clean(&i.outcome), note, SafeText::clean(by)];
                SafeText::join(parts.iter().filter(|p| !p.is_empty()), &SafeText::clean("  "))
            })
            .collect();
        self.section(words::H_TALKS, items, MOST_SHOWN)?;
        let decimals = self.visit.decimals();
        let items: Vec<SafeText> = p
            .purchases
            .iter()
            .map(|x| {
                let day = table::words(&Cell::day(x.day), self.setup, decimals);
                let kind = SafeText::clean(x.kind.name());
                safe![day, "  ", kind, "  ", money(x.amount(), decimals, self.setup.lang)]
            })
            .collect();
        self.section(words::H_PURCHASES, items, MOST_SHOWN)
    }

    fn section(&mut self, title: Phrase, items: Vec<SafeText>, most: usize) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        self.heading(title)?;
        items.iter().take(most).try_for_each(|item| self.item(item))?;
        let more = items.len().saturating_sub(most);
        if more > 0 {
            self.item(&words::MORE_ERRORS.with(self.setup.lang, &[("count", more.into())]))?;
        }
        Ok(())
    }

    fn heading(&mut self, title: Phrase) -> io::Result<()> {
        self.out.line(&SafeText::EMPTY)?;
        self.out.line(&title.in_(self.setup.lang))
    }

    fn item(&mut self, text: &SafeText) -> io::Result<()> {
        self.out.line(&safe!["  ", text.clone()])
    }

    fn pair(&mut self, title: Phrase, cell: &Cell) -> io::Result<()> {
        let text = table::words(cell, self.setup, self.visit.decimals());
        if text.is_empty() {
            return Ok(());
        }
        let title = title.in_(self.setup.lang);
        let blanks = SafeText::clean(&" ".repeat(16_usize.saturating_sub(width(&title)).max(2)));
        self.item(&safe![title, blanks, text])
    }
}
