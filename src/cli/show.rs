//! `vafa show`: everything about one customer.

use std::io;

use serde_json::{Map, Value, json};

use crate::desk::tell::{comma, reason_in};
use crate::desk::{Answer, Profile, Question, Row};
use crate::domain::{AgentId, CaseState, ContactKind, Customer, Interaction, Purchase};
use crate::exchange::export::customer_name;
use crate::exchange::export::sheet::Cell;
use crate::text::words::commands as words;
use crate::text::{Phrase, SafeText, safe, width};
use crate::ui::tell::outcome_name;
use crate::ui::terms;

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
    visit.desk.learn_propositions().map_err(|r| Failure::refused(&r, "", setup.lang))?;
    let Answer::Profile(profile) = visit.ask(Question::Profile(id))? else { return Ok(()) };
    let printed = match given.format {
        ShowView::Jsonl => out.object(&object(&profile, &visit)),
        ShowView::Text => {
            let setup = &visit.spoken(setup);
            Page { setup, visit: &visit, out }.print(&profile)
        }
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
    put("other_ids", json!(c.other_ids));
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
            "agent": by, "note": i.note, "offer": offered(p, i),
            "satisfaction": i.wrap_up.satisfaction, "recommend": i.wrap_up.recommend,
            "campaign": campaign(p, i), "despite": i.wrap_up.despite,
            "steps": steps(p, i)})
    });
    put("interactions", talks.collect());
    let tasks = p.tasks.iter().map(|t| {
        json!({"id": t.id.0, "kind": t.kind.name(), "due": t.due.to_string(),
            "owner": agent(t.owner), "note": t.note})
    });
    put("tasks", tasks.collect());
    let cases = p.cases.iter().map(|line| {
        let case = &line.case;
        let passages = case.passages.iter().zip(&line.by).map(|(passage, by)| {
            json!({"step": line.names.get(usize::from(passage.step)), "at": passage.at.to_string(),
                "by": by, "note": passage.note})
        });
        json!({"id": case.id.0, "process": line.process, "state": case.state.name(),
            "step": line.step.name, "team": line.step.team, "owner": line.owner,
            "opened": case.opened.to_string(), "due": case.due.to_string(), "note": case.note,
            "passages": passages.collect::<Vec<_>>()})
    });
    put("cases", cases.collect());
    let contracts = p.subscriptions.iter().map(|s| {
        let product = s.product.and_then(|id| p.products.iter().find(|q| q.id == id));
        json!({"external_id": s.external_id, "product": product.map(|q| &q.sku),
            "start": s.start.to_string(), "end": s.end.map(|d| d.to_string()),
            "period": s.term.name(), "amount": s.amount, "auto_renew": s.auto_renew})
    });
    put("subscriptions", contracts.collect());
    if let Some(o) = &p.outlook {
        let reasons =
            o.reasons.iter().map(|r| json!({"trait": r.name, "value": r.value, "pull": r.pull}));
        put(
            "contract",
            json!({"chance": o.chance, "horizon_weeks": o.horizon_weeks,
            "end_date": o.ends.map(|d| d.to_string()), "reasons": reasons.collect::<Value>()}),
        );
    }
    let moves = p.moves.iter().map(|m| {
        json!({"from": m.from.name(), "to": m.to.name(), "at": m.at.to_string(), "rule": m.rule,
            "reason": m.reason, "by": agent(m.by)})
    });
    put("moves", moves.collect());
    let win_back = p.win_back.as_ref().map(
        |w| json!({"state": w.state.name(), "since": day(w.since), "cost": w.cost, "note": w.note}),
    );
    put("win_back", json!(win_back));
    let offers = p.propositions.iter().map(|x| {
        let (low, high) = x.rate.interval();
        json!({"name": x.offer.name, "chance": x.rate.mean(), "low": low, "high": high,
            "stage": x.stage.name(), "alike": x.alike, "all": x.all, "gain": x.gain,
            "worth": x.worth})
    });
    put("offers", offers.collect());
    put("reasons", json!(p.reasons));
    Value::Object(map)
}

/// Name of the campaign of a call.
fn campaign<'p>(p: &'p Profile, i: &Interaction) -> Option<&'p str> {
    let id = i.wrap_up.campaign?;
    p.campaigns.iter().find(|(of, _)| *of == id).map(|(_, name)| name.as_str())
}

/// Steps of the script that were ticked off, and how many there are.
fn steps(p: &Profile, i: &Interaction) -> Value {
    let of = p.steps.iter().find(|(id, _)| *id == i.id).map(|(_, of)| *of);
    of.map_or(Value::Null, |of| json!({"done": i.wrap_up.checked.len(), "of": of}))
}

fn offered(p: &Profile, i: &Interaction) -> Value {
    let made = i.wrap_up.offer.as_ref();
    made.map_or(Value::Null, |made| {
        let name = p.offered.iter().find(|(id, _)| *id == made.offer).map(|(_, name)| name);
        json!({"name": name, "answer": made.answer.name(), "reason": made.reason})
    })
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
        self.out.line(&safe![name.isolate(), "  ", SafeText::clean(&customer_name(c)).ltr()])?;
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
            let (setup, decimals) = (self.setup, self.visit.decimals());
            self.item(&reason_in(reason, &|sum| table::cash(sum, decimals, setup), setup.lang))?;
        }
        self.beside(p)?;
        self.past(p)
    }

    fn identity(&mut self, c: &Customer) -> io::Result<()> {
        for (title, text) in [
            (words::C_KIND, Cell::Term(c.kind.name(), terms::kind(c.kind))),
            (words::C_STAGE, Cell::Term(c.stage.name(), terms::stage(c.stage))),
            (words::C_SOURCE, Cell::text(&c.source)),
        ] {
            self.pair(title, &text)?;
        }
        let owner = c.owner.and_then(|id| self.visit.status.agents.iter().find(|a| a.id == id));
        let owner = Cell::of(owner, |a| Cell::text(&a.name));
        self.pair(words::C_OWNER, &owner)?;
        self.pair(words::C_TAGS, &Cell::Items(c.tags.clone()))?;
        let place = &c.place;
        let parts =
            [&place.address, &place.city, &place.region, &place.postal_code, &place.country];
        let parts = parts.into_iter().filter(|p| !p.is_empty()).cloned().collect();
        self.pair(words::C_PLACE, &Cell::Items(parts))?;
        if let Some(asked) = &c.consent.do_not_call {
            let since = table::words(&Cell::day(asked.since), self.setup, 0);
            let reason = SafeText::clean(&asked.reason).isolate();
            self.pair_of(words::DO_NOT_CALL, &self.listed([since, reason]))?;
        }
        for contact in &c.contacts {
            let value = match contact.kind {
                ContactKind::Phone => Cell::phone(&contact.value),
                ContactKind::Email | ContactKind::Web => Cell::code(&contact.value),
            };
            let value = table::words(&value, self.setup, 0);
            self.item(&Self::beside_each_other([
                value,
                SafeText::clean(&contact.label).isolate(),
            ]))?;
        }
        for (name, value) in &c.fields {
            self.item(&safe![
                SafeText::clean(name).isolate(),
                ": ",
                SafeText::clean(value).isolate()
            ])?;
        }
        Ok(())
    }

    /// Facts, people and open work.
    fn beside(&mut self, p: &Profile) -> io::Result<()> {
        let lang = self.setup.lang;
        let facts = p.facts.iter().map(|f| {
            safe![terms::fact(f.kind).in_(lang), ": ", SafeText::clean(&f.text).isolate()]
        });
        self.section(words::H_FACTS, facts.collect(), usize::MAX)?;
        let relations = p.relations.iter().map(|(r, id, name)| {
            let id = SafeText::clean(&format!("#{id}")).ltr();
            let name = SafeText::clean(name).isolate();
            safe![terms::relation(r.kind).in_(lang), ": ", name, " ", id]
        });
        self.section(words::H_PEOPLE, relations.collect(), usize::MAX)?;
        let tasks = p.tasks.iter().map(|t| {
            let due = table::words(&Cell::Time(t.due), self.setup, 0);
            let note = SafeText::clean(&t.note).isolate();
            Self::beside_each_other([due, terms::task(t.kind).in_(lang), note])
        });
        let open = p.cases.iter().filter(|line| line.case.state == CaseState::Open);
        let cases = open.map(|line| {
            let due = table::words(&Cell::Time(line.case.due), self.setup, 0);
            let [process, step, team] = [&line.process, &line.step.name, &line.step.team]
                .map(|text| SafeText::clean(text).isolate());
            Self::beside_each_other([due, safe![process, ": ", step], team])
        });
        self.section(words::H_WORK, tasks.chain(cases).collect(), usize::MAX)?;
        let offers = p.propositions.iter().map(|x| {
            let name = SafeText::clean(&x.offer.name).isolate();
            let chance = table::words(&Cell::Share(x.rate.mean()), self.setup, 0);
            let worth = table::words(&Cell::Money(x.worth), self.setup, self.visit.decimals());
            Self::beside_each_other([name, chance, worth])
        });
        self.section(words::C_OFFER, offers.collect(), usize::MAX)
    }

    /// Conversations and purchases, newest first.
    fn past(&mut self, p: &Profile) -> io::Result<()> {
        let (lang, outcomes) = (self.setup.lang, &self.visit.status.outcomes);
        let talks = p.interactions.iter().map(|(i, by)| {
            let outcome = outcomes.iter().find(|o| o.code == i.outcome);
            Self::beside_each_other([
                table::words(&Cell::Time(i.at), self.setup, 0),
                terms::channel(i.channel).in_(lang),
                outcome.map_or_else(|| SafeText::clean(&i.outcome), |o| outcome_name(o, lang)),
                SafeText::clean(&i.note).isolate(),
                SafeText::clean(campaign(p, i).unwrap_or_default()).isolate(),
                SafeText::clean(i.wrap_up.despite.as_deref().unwrap_or_default()).isolate(),
                SafeText::clean(by).isolate(),
            ])
        });
        self.section(words::H_TALKS, talks.collect(), MOST_SHOWN)?;
        let decimals = self.visit.decimals();
        let purchases = p.purchases.iter().map(|x| {
            Self::beside_each_other([
                table::words(&Cell::day(x.day), self.setup, decimals),
                terms::purchase(x.kind).in_(lang),
                table::words(&Cell::Money(x.amount()), self.setup, decimals),
            ])
        });
        self.section(words::H_PURCHASES, purchases.collect(), MOST_SHOWN)
    }

    /// What there is of these, with room between.
    fn beside_each_other<const N: usize>(parts: [SafeText; N]) -> SafeText {
        SafeText::join(parts.iter().filter(|p| !p.is_empty()), &safe!["  "])
    }

    /// What there is of these, as a list.
    fn listed<const N: usize>(&self, parts: [SafeText; N]) -> SafeText {
        SafeText::join(parts.iter().filter(|p| !p.is_empty()), &comma(self.setup.lang))
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
        self.pair_of(title, &table::words(cell, self.setup, self.visit.decimals()))
    }

    fn pair_of(&mut self, title: Phrase, text: &SafeText) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let title = title.in_(self.setup.lang);
        let blanks = SafeText::clean(&" ".repeat(16_usize.saturating_sub(width(&title)).max(2)));
        self.item(&safe![title, blanks, text])
    }
}
