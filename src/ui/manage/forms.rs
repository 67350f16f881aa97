//! Definitions as fields of a form, and fields as definitions. Checks only what it must read; the desk
//! checks the rest.

use std::cell::RefCell;

use crate::desk::Plans;
use crate::domain::{
    Campaign, CampaignKind, CampaignState, Day, Definition, DefinitionKind, Offer, OfferId,
    OwnField, OwnFieldId, OwnFieldKind, Problem, Process, Programme, QueueKind, Script, ScriptId,
    ScriptPlace,
};
use crate::text::words::{forms as w, manage as m, terms as t};
use crate::text::{Phrase, SafeText, ascii_number, parse_date, spoken_amount};

use super::super::form::{Form, Item};
use super::super::sheet::Wrong;
use super::super::shell::Shell;
use super::super::{tell, terms};
use super::lines;

/// The field that holds an expression: what is wrong with it is shown at the character.
pub const EXPRESSION: &str = "expression";

type Options = Vec<(String, SafeText)>;

/// Yes and no, and which it is.
pub fn yes_no(yes: bool, shell: &Shell) -> (Options, &'static str) {
    let option = |key: &str, phrase| (key.to_owned(), shell.say(phrase));
    (vec![option("yes", m::YES), option("no", m::NO)], if yes { "yes" } else { "no" })
}

/// A field that is yes or no.
pub fn switch(name: &str, label: Phrase, yes: bool, shell: &Shell) -> Item {
    let (options, value) = yes_no(yes, shell);
    Item::choice(name, shell.say(label), options, value)
}

/// A field for an amount.
pub fn money(name: &str, label: Phrase, minor: Option<i64>, shell: &Shell) -> Item {
    // Nothing stands for nothing, so that an amount can be typed at once.
    let some = minor.filter(|minor| *minor != 0);
    let text = some.map(|minor| shell.money(minor).plain().into_owned()).unwrap_or_default();
    Item::line(name, shell.say(label), &text).code().with_hint(shell.money_code())
}

/// A field for a number.
pub fn count(name: &str, label: Phrase, n: u64, shell: &Shell) -> Item {
    let text = if n == 0 { String::new() } else { n.to_string() };
    Item::line(name, shell.say(label), &text).code()
}

fn day(name: &str, label: Phrase, day: Option<Day>, shell: &Shell) -> Item {
    let text = day.map(|day| shell.date(day).plain().into_owned()).unwrap_or_default();
    let sample = shell.date(shell.today());
    let hint = shell.say_with(w::DATE_HINT, &[("sample", sample.into())]);
    Item::line(name, shell.say(label), &text).code().with_hint(hint)
}

fn line(name: &str, label: Phrase, text: &str, shell: &Shell) -> Item {
    Item::line(name, shell.say(label), text)
}

fn list(name: &str, label: Phrase, text: &str, hint: Phrase, shell: &Shell) -> Item {
    let mut item = Item::note(name, shell.say(label), text);
    item.below = vec![(shell.say(hint), super::super::theme::Role::Dim)];
    item
}

fn expression(label: Phrase, text: &str, shell: &Shell) -> Item {
    Item::line(EXPRESSION, shell.say(label), text).code().long()
}

fn none(shell: &Shell) -> (String, SafeText) {
    (String::new(), shell.say(w::NOT_SAID))
}

/// A new record of a kind.
pub fn blank(kind: DefinitionKind) -> Definition {
    match kind {
        DefinitionKind::Offer => Offer { active: true, ..Offer::default() }.into(),
        DefinitionKind::Programme => Programme { active: true, ..Programme::default() }.into(),
        DefinitionKind::Process => Process { active: true, ..Process::default() }.into(),
        DefinitionKind::Script => Script::default().into(),
        DefinitionKind::Campaign => Campaign::new("", CampaignKind::Retention).into(),
        DefinitionKind::OwnField => OwnField {
            id: OwnFieldId(0),
            name: String::new(),
            kind: OwnFieldKind::Text,
            choices: Vec::new(),
            order: 0,
        }
        .into(),
    }
}

/// The fields of a record.
pub fn items(definition: &Definition, plans: &Plans, shell: &Shell) -> Vec<Item> {
    let amount = |minor: i64| shell.money(minor).plain().into_owned();
    let name = line("name", t::NAME, definition.name(), shell);
    match definition {
        Definition::Offer(o) => {
            let mut products = plans.products.iter().map(|kept| &kept.record);
            let product = o.product.and_then(|id| products.find(|p| p.id == id));
            vec![
                name,
                expression(m::FOR, &o.segment, shell),
                line("need", t::NEED, &o.need, shell).with_hint(shell.say(m::NEED_HINT)),
                money("cost", t::COST, Some(o.cost), shell),
                money("margin", t::MARGIN, o.margin, shell).with_hint(shell.say(m::MARGIN_HINT)),
                line("product", t::PRODUCT, product.map_or("", |p| &p.sku), shell).code(),
                day("start", t::START, o.from, shell),
                day("end", t::END, o.until, shell),
                switch("active", t::ACTIVE, o.active, shell),
                Item::note("note", shell.say(t::NOTE), &o.note),
            ]
        }
        Definition::Programme(p) => {
            let expires = p.expires_days.map(|days| days.to_string()).unwrap_or_default();
            vec![
                name,
                expression(m::FOR, &p.eligible, shell),
                money("spend_per_point", t::SPEND_PER_POINT, Some(p.spend_per_point), shell),
                money("point_value", t::POINT_VALUE, Some(p.point_value), shell),
                line("expires_days", t::EXPIRES_DAYS, &expires, shell).code(),
                list("tiers", t::TIERS, &lines::tiers(&p.tiers, &amount), m::TIERS_HINT, shell),
                switch("active", t::ACTIVE, p.active, shell),
            ]
        }
        Definition::Process(p) => vec![
            name,
            list("steps", t::STEPS, &lines::steps(&p.steps), m::STEPS_HINT, shell),
            list("starts", t::STARTS, &lines::starts(&p.starts), m::STARTS_HINT, shell),
            switch("active", t::ACTIVE, p.active, shell),
        ],
        Definition::Script(s) => {
            let mut queues = vec![none(shell)];
            queues.extend(
                QueueKind::ALL.iter().map(|q| (q.name().to_owned(), shell.say(terms::queue(*q)))),
            );
            let queue = s.queue.map_or("", QueueKind::name);
            let places: Vec<String> = ScriptPlace::ALL.iter().map(|p| format!("{{{p}}}")).collect();
            let places = SafeText::clean(&places.join(" ")).ltr();
            let mut text = Item::note("lines", shell.say(t::LINES), &lines::script(&s.lines));
            let hint = shell.say_with(m::LINES_HINT, &[("places", places.into())]);
            text.below = vec![(hint, super::super::theme::Role::Dim)];
            vec![name, Item::choice("queue", shell.say(m::QUEUE), queues, queue), text]
        }
        Definition::Campaign(c) => campaign(c, name, plans, shell),
        Definition::OwnField(f) => {
            let kinds = OwnFieldKind::ALL.iter();
            let kinds =
                kinds.map(|k| (k.name().to_owned(), shell.say(terms::own_field(*k)))).collect();
            vec![
                name,
                Item::choice("kind", shell.say(t::KIND), kinds, f.kind.name()),
                list("choices", t::CHOICES, &f.choices.join("\n"), m::CHOICES_HINT, shell),
                count("order", m::ORDER, u64::from(f.order), shell),
            ]
        }
    }
}

fn campaign(c: &Campaign, name: Item, plans: &Plans, shell: &Shell) -> Vec<Item> {
    let d = &plans.definitions;
    let kinds = CampaignKind::ALL.iter();
    let kinds = kinds.map(|k| (k.name().to_owned(), shell.say(terms::campaign(*k)))).collect();
    let states = CampaignState::ALL.iter();
    let states =
        states.map(|s| (s.name().to_owned(), shell.say(terms::campaign_state(*s)))).collect();
    let named = |id: u64, name: &str| (id.to_string(), SafeText::clean(name));
    let mut offers = vec![none(shell)];
    offers.extend(d.offers.iter().map(|o| named(o.record.id.0, &o.record.name)));
    let mut scripts = vec![none(shell)];
    scripts.extend(d.scripts.iter().map(|s| named(s.record.id.0, &s.record.name)));
    let offer = c.offer.map(|id| id.0.to_string()).unwrap_or_default();
    let script = c.script.map(|id| id.0.to_string()).unwrap_or_default();
    vec![
        name,
        Item::choice("kind", shell.say(t::KIND), kinds, c.kind.name()),
        expression(m::FOR, &c.segment, shell),
        Item::choice("offer", shell.say(t::OFFER), offers, &offer),
        Item::choice("script", shell.say(t::SCRIPT), scripts, &script),
        day("start", t::START, c.from, shell),
        day("end", t::END, c.until, shell),
        line("time", m::CALL_HOURS, &format!("{}-{}", c.calls_from, c.calls_to), shell).code(),
        count("attempts", t::ATTEMPTS, u64::from(c.attempts), shell),
        list("delays", t::DELAYS, &lines::delays(&c.delays), m::DELAYS_HINT, shell),
        count("cap_day", m::CAP_DAY, u64::from(c.cap_day), shell).with_hint(shell.say(m::NO_LIMIT)),
        count("cap_week", m::CAP_WEEK, u64::from(c.cap_week), shell)
            .with_hint(shell.say(m::NO_LIMIT)),
        switch("needs_consent", m::NEEDS_CONSENT, c.needs_consent, shell),
        money("budget", t::BUDGET, Some(c.budget), shell).with_hint(shell.say(m::NO_LIMIT)),
        line("team", t::TEAM, &c.team, shell),
        Item::choice("state", shell.say(t::STATE), states, c.state.name()),
    ]
}

/// What is in the fields of a form.
pub struct Reader<'a> {
    pub form: &'a Form,
    pub shell: &'a Shell,
    /// What was wrong with what was read by now.
    wrong: RefCell<Vec<Wrong>>,
}

impl<'a> Reader<'a> {
    pub fn new(form: &'a Form, shell: &'a Shell) -> Self {
        Self { form, shell, wrong: RefCell::default() }
    }

    /// What was read, or what is usual when it was wrong: that is kept.
    pub fn take<T: Default>(&self, read: Result<T, Wrong>) -> T {
        read.unwrap_or_else(|wrong| {
            self.wrong.borrow_mut().push(wrong);
            T::default()
        })
    }

    /// What came of it, if nothing was wrong.
    pub fn done<T>(self, read: T) -> Result<T, Vec<Wrong>> {
        let wrong = self.wrong.into_inner();
        if wrong.is_empty() { Ok(read) } else { Err(wrong) }
    }

    pub fn text(&self, name: &str) -> String {
        self.form.value(name).trim().to_owned()
    }

    pub fn yes(&self, name: &str) -> bool {
        self.form.value(name) == "yes"
    }

    fn problem(&self, name: &str, problem: &Problem) -> Wrong {
        (name.to_owned(), tell::problem_in(problem, self.shell.lang()))
    }

    /// An amount in minor units; `None` when the field is empty.
    pub fn money(&self, name: &str) -> Result<Option<i64>, Wrong> {
        let text = self.text(name);
        if text.is_empty() {
            return Ok(None);
        }
        let wrong = || (name.to_owned(), self.shell.say(w::NOT_AN_AMOUNT));
        self.minor(&text).map(Some).ok_or_else(wrong)
    }

    fn minor(&self, text: &str) -> Option<i64> {
        let spoken = spoken_amount(text);
        let unit = self.shell.money_unit();
        let read = unit.read(self.shell.currency(), &spoken.number, spoken.zeros, spoken.unit);
        read.ok().filter(|minor| *minor >= 0)
    }

    /// A number; an empty field is 0.
    pub fn number<T: std::str::FromStr + Default>(&self, name: &str) -> Result<T, Wrong> {
        let text = self.text(name);
        if text.is_empty() {
            return Ok(T::default());
        }
        ascii_number(&text).parse().map_err(|_| self.problem(name, &Problem::Malformed))
    }

    fn day(&self, name: &str) -> Result<Option<Day>, Wrong> {
        let text = self.text(name);
        if text.is_empty() {
            return Ok(None);
        }
        let shell = self.shell;
        let read = parse_date(&text, shell.civil().date(), shell.calendar());
        let wrong = |e: crate::text::DateError| e.words(shell.calendar(), shell.lang());
        read.map(|date| Some(Day::of(date))).map_err(|e| (name.to_owned(), wrong(e)))
    }

    fn list<T>(
        &self,
        name: &str,
        read: impl Fn(&str) -> Result<T, lines::Fault>,
    ) -> Result<T, Wrong> {
        read(self.form.value(name)).map_err(|at| {
            let why = self.shell.say_with(m::LINE_WRONG, &[("n", at.into())]);
            (name.to_owned(), why)
        })
    }

    fn hours(&self) -> Result<(u8, u8), Wrong> {
        let text = ascii_number(&self.text("time"));
        let both = text
            .split_once(['-', '–'])
            .and_then(|(from, to)| Some((from.trim().parse().ok()?, to.trim().parse().ok()?)));
        both.ok_or_else(|| self.problem("time", &Problem::Malformed))
    }
}

/// What is told of all that is wrong when one can be told.
pub fn first(all: Vec<Wrong>) -> Wrong {
    all.into_iter().next().unwrap_or_default()
}

/// The record that is in a form; what it has beside the fields comes from `base`.
pub fn read(
    form: &Form,
    base: &Definition,
    plans: &Plans,
    shell: &Shell,
) -> Result<Definition, Vec<Wrong>> {
    let r = Reader::new(form, shell);
    let name = r.text("name");
    let segment = r.text(EXPRESSION);
    let definition = match base {
        Definition::Offer(base) => {
            let sku = r.text("product");
            let mut products = plans.products.iter().map(|kept| &kept.record);
            let product = products.find(|p| p.sku == sku).map(|p| p.id);
            if product.is_none() && !sku.is_empty() {
                r.take::<()>(Err(r.problem("product", &Problem::NotFound)));
            }
            Offer {
                id: base.id,
                name,
                note: form.value("note").trim_end().to_owned(),
                need: r.text("need"),
                segment,
                product,
                cost: r.take(r.money("cost")).unwrap_or(0),
                margin: r.take(r.money("margin")),
                from: r.take(r.day("start")),
                until: r.take(r.day("end")),
                active: r.yes("active"),
            }
            .into()
        }
        Definition::Programme(base) => {
            let expires: u16 = r.take(r.number("expires_days"));
            Programme {
                id: base.id,
                name,
                eligible: segment,
                spend_per_point: r.take(r.money("spend_per_point")).unwrap_or(0),
                point_value: r.take(r.money("point_value")).unwrap_or(0),
                expires_days: (expires > 0).then_some(expires),
                tiers: r
                    .take(r.list("tiers", |text| lines::read_tiers(text, &|text| r.minor(text)))),
                active: r.yes("active"),
            }
            .into()
        }
        Definition::Process(base) => Process {
            id: base.id,
            name,
            steps: r.take(r.list("steps", lines::read_steps)),
            starts: r.take(r.list("starts", lines::read_starts)),
            active: r.yes("active"),
        }
        .into(),
        Definition::Script(base) => Script {
            id: base.id,
            name,
            queue: QueueKind::parse(form.value("queue")),
            lines: lines::read_script(form.value("lines")),
        }
        .into(),
        Definition::Campaign(base) => {
            let (calls_from, calls_to) = r.take(r.hours());
            Campaign {
                id: base.id,
                name,
                kind: CampaignKind::parse(form.value("kind")).unwrap_or(base.kind),
                segment,
                offer: form.value("offer").parse().ok().map(OfferId),
                script: form.value("script").parse().ok().map(ScriptId),
                from: r.take(r.day("start")),
                until: r.take(r.day("end")),
                calls_from,
                calls_to,
                attempts: r.take(r.number("attempts")),
                delays: r.take(r.list("delays", lines::read_delays)),
                cap_day: r.take(r.number("cap_day")),
                cap_week: r.take(r.number("cap_week")),
                needs_consent: r.yes("needs_consent"),
                budget: r.take(r.money("budget")).unwrap_or(0),
                state: CampaignState::parse(form.value("state")).unwrap_or(base.state),
                team: r.text("team"),
            }
            .into()
        }
        Definition::OwnField(base) => OwnField {
            id: base.id,
            name,
            kind: OwnFieldKind::parse(form.value("kind")).unwrap_or(base.kind),
            choices: lines::read_choices(form.value("choices")),
            order: r.take(r.number("order")),
        }
        .into(),
    };
    r.done(definition)
}
