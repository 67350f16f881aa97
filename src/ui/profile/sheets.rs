//! The small forms of a profile: a fact, somebody around, a purchase, a task.

use crate::desk::{Answer, Command, Question};
use crate::domain::{
    AgentId, CustomerId, Day, Fact, FactKind, Line, Problem, Product, Purchase, PurchaseId,
    PurchaseKind, Relation, RelationId, RelationKind, Task, TaskId, TaskKind, TaskState,
};
use crate::text::words::{forms as w, frame, terms as t};
use crate::text::{Phrase, SafeText, fold, parse_date, spoken_amount};

use super::super::form::{Form, Item};
use super::super::sheet::{Save, Sheet, Wrong};
use super::super::shell::Shell;
use super::super::tell;
use super::super::terms;
use super::super::when;

pub(super) fn titled(phrase: Phrase, name: &str, shell: &Shell) -> SafeText {
    shell.say_with(phrase, &[("name", SafeText::clean(name).into())])
}

pub(super) fn problem(problem: &Problem, shell: &Shell) -> SafeText {
    tell::problem_in(problem, shell.lang())
}

/// A fact, new or known.
pub struct FactSheet {
    fact: Fact,
    name: String,
}

impl FactSheet {
    pub fn new(fact: Fact, name: &str) -> Self {
        Self { fact, name: name.to_owned() }
    }
}

/// 0 for nothing, else 1 to 5.
fn score(text: &str) -> Option<u8> {
    let digits = crate::text::ascii_number(text);
    if text.trim().is_empty() {
        return Some(0);
    }
    digits.parse().ok().filter(|n| (1..=5).contains(n))
}

impl Sheet for FactSheet {
    fn title(&self, shell: &Shell) -> SafeText {
        titled(w::FACT_TITLE, &self.name, shell)
    }

    fn build(&mut self, _answer: Option<Answer>, shell: &Shell) -> Result<Form, SafeText> {
        let kinds = FactKind::ALL.iter();
        let kinds =
            kinds.map(|k| (k.name().to_owned(), shell.say(terms::fact(*k)))).collect::<Vec<_>>();
        let number = |n: u8| if n == 0 { String::new() } else { n.to_string() };
        let hint = shell.say(w::ONE_TO_FIVE);
        let mut form = Form::new(vec![
            Item::choice("kind", shell.say(t::KIND), kinds, self.fact.kind.name()),
            Item::line("text", shell.say(t::TEXT), &self.fact.text),
            Item::line("strength", shell.say(t::STRENGTH), &number(self.fact.strength))
                .with_hint(hint.clone()),
            Item::line("met", shell.say(w::MET), &number(self.fact.met)).with_hint(hint),
            Item::line("source", shell.say(t::SOURCE), &self.fact.source),
        ]);
        form.focus_named("text");
        Ok(form)
    }

    fn check(&self, item: &Item, shell: &Shell) -> Result<(), SafeText> {
        match item.name.as_str() {
            "strength" | "met" if score(item.value()).is_none() => {
                Err(problem(&Problem::OutOfRange { from: 1, to: 5 }, shell))
            }
            "text" if item.value().trim().is_empty() => Err(problem(&Problem::Empty, shell)),
            _ => Ok(()),
        }
    }

    fn command(&mut self, form: &Form, shell: &Shell) -> Result<Save, Wrong> {
        let fact = Fact {
            kind: FactKind::parse(form.value("kind")).unwrap_or(self.fact.kind),
            text: form.value("text").trim().to_owned(),
            strength: score(form.value("strength")).unwrap_or_default(),
            met: score(form.value("met")).unwrap_or_default(),
            source: form.value("source").trim().to_owned(),
            ..self.fact.clone()
        };
        match fact.validate() {
            Ok(()) => Ok(Save::Act(Command::SaveFact(fact))),
            Err(bad) => Err((bad.field.name().to_owned(), problem(&bad.problem, shell))),
        }
    }

    fn slot(&self) -> Option<String> {
        Some(format!("fact:{}:{}", self.fact.customer.0, self.fact.id.0))
    }
}

/// Somebody around the customer.
pub struct PersonSheet {
    customer: CustomerId,
    name: String,
}

impl PersonSheet {
    pub fn new(customer: CustomerId, name: &str) -> Self {
        Self { customer, name: name.to_owned() }
    }
}

impl Sheet for PersonSheet {
    fn title(&self, shell: &Shell) -> SafeText {
        titled(w::PERSON_TITLE, &self.name, shell)
    }

    fn build(&mut self, _answer: Option<Answer>, shell: &Shell) -> Result<Form, SafeText> {
        // That two are not one is said where they are found alike.
        let kinds = RelationKind::ALL.iter().filter(|kind| **kind != RelationKind::Distinct);
        let kinds = kinds
            .map(|k| (k.name().to_owned(), shell.say(terms::relation(*k))))
            .collect::<Vec<_>>();
        let mut form = Form::new(vec![
            Item::choice("how", shell.say(w::HOW), kinds, ""),
            Item::line("who", shell.say(w::WHO), "").with_hint(shell.say(w::WHO_HINT)),
            Item::line("note", shell.say(t::NOTE), ""),
        ]);
        form.focus_named("who");
        Ok(form)
    }

    fn check(&self, item: &Item, shell: &Shell) -> Result<(), SafeText> {
        if item.name == "who" && item.value().trim().is_empty() {
            return Err(problem(&Problem::Empty, shell));
        }
        Ok(())
    }

    fn command(&mut self, form: &Form, _shell: &Shell) -> Result<Save, Wrong> {
        Ok(Save::Ask(Question::Named(form.value("who").trim().to_owned())))
    }

    fn resolved(&mut self, answer: Answer, form: &Form, shell: &Shell) -> Result<Save, Wrong> {
        let Answer::Ids(ids) = answer else {
            return Err(("who".to_owned(), shell.say(w::NOBODY)));
        };
        let others: Vec<CustomerId> = ids.into_iter().filter(|id| *id != self.customer).collect();
        match others.as_slice() {
            [] => Err(("who".to_owned(), shell.say(w::NOBODY))),
            [to] => Ok(Save::Act(Command::Relate(Relation {
                id: RelationId(0),
                from: self.customer,
                to: *to,
                kind: RelationKind::parse(form.value("how")).unwrap_or(RelationKind::Related),
                note: form.value("note").trim().to_owned(),
            }))),
            many => {
                let text = shell.say_with(w::SEVERAL_MATCH, &[("n", many.len().into())]);
                Err(("who".to_owned(), text))
            }
        }
    }

    fn slot(&self) -> Option<String> {
        Some(format!("relation:{}", self.customer.0))
    }
}

/// A purchase, return or credit of one line.
pub struct PurchaseSheet {
    customer: CustomerId,
    name: String,
    products: Vec<Product>,
}

impl PurchaseSheet {
    /// `products` are those the customer has bought before; others are not found by name.
    pub fn new(customer: CustomerId, name: &str, products: Vec<Product>) -> Self {
        Self { customer, name: name.to_owned(), products }
    }

    fn product(&self, text: &str) -> Result<Option<&Product>, ()> {
        let wanted = fold(text);
        if wanted.is_empty() {
            return Ok(None);
        }
        let found = self.products.iter().find(|p| fold(&p.sku) == wanted);
        let found =
            found.or_else(|| self.products.iter().find(|p| fold(&p.name).contains(&wanted)));
        found.map(Some).ok_or(())
    }
}

/// An amount in minor units, as typed in any digits.
pub(super) fn amount(text: &str, shell: &Shell) -> Result<i64, SafeText> {
    let spoken = spoken_amount(text);
    let unit = shell.money_unit();
    match unit.read(shell.currency(), &spoken.number, spoken.zeros, spoken.unit) {
        Ok(amount) if amount >= 0 => Ok(amount),
        Err(crate::domain::AmountError::TooPrecise(decimals)) => {
            Err(problem(&Problem::TooPrecise { decimals }, shell))
        }
        _ => Err(shell.say(w::NOT_AN_AMOUNT)),
    }
}

/// A quantity above nothing, in thousandths; one when nothing is said.
fn thousandths(text: &str) -> Option<i64> {
    let text = spoken_amount(text).number;
    if text.is_empty() {
        return Some(1_000);
    }
    let quantity = text.parse::<f64>().ok().map(|n| (n * 1_000.0).round());
    quantity.filter(|n| (1.0..1e12).contains(n)).map(|n| n as i64)
}

fn day(text: &str, shell: &Shell) -> Result<Day, SafeText> {
    let found = parse_date(text, shell.civil().date(), shell.calendar());
    let day = found.map(Day::of).map_err(|e| e.words(shell.calendar(), shell.lang()))?;
    if day > shell.today() {
        return Err(problem(&Problem::InTheFuture, shell));
    }
    Ok(day)
}

impl Sheet for PurchaseSheet {
    fn title(&self, shell: &Shell) -> SafeText {
        titled(w::PURCHASE_TITLE, &self.name, shell)
    }

    fn build(&mut self, _answer: Option<Answer>, shell: &Shell) -> Result<Form, SafeText> {
        let kinds = PurchaseKind::ALL.iter();
        let kinds = kinds
            .map(|k| (k.name().to_owned(), shell.say(terms::purchase(*k))))
            .collect::<Vec<_>>();
        let today = shell.date(shell.today());
        let code = shell.money_code();
        let mut form = Form::new(vec![
            Item::choice("kind", shell.say(t::KIND), kinds, ""),
            Item::line("amount", shell.say(t::AMOUNT), "").code().with_hint(code),
            Item::line("date", shell.say(t::DATE), &today.plain()).code(),
            Item::line("product", shell.say(t::PRODUCT), ""),
            Item::line("quantity", shell.say(t::QUANTITY), "1"),
        ]);
        form.focus_named("amount");
        Ok(form)
    }

    fn check(&self, item: &Item, shell: &Shell) -> Result<(), SafeText> {
        let text = item.value();
        match item.name.as_str() {
            "amount" => amount(text, shell).map(|_| ()),
            "date" => day(text, shell).map(|_| ()),
            "quantity" => thousandths(text).map(|_| ()).ok_or_else(|| shell.say(w::NOT_AN_AMOUNT)),
            "product" => {
                self.product(text).map(|_| ()).map_err(|()| problem(&Problem::NotFound, shell))
            }
            _ => Ok(()),
        }
    }

    fn command(&mut self, form: &Form, shell: &Shell) -> Result<Save, Wrong> {
        let wrong = |name: &str| {
            let name = name.to_owned();
            move |why: SafeText| (name, why)
        };
        let amount = amount(form.value("amount"), shell).map_err(wrong("amount"))?;
        let day = day(form.value("date"), shell).map_err(wrong("date"))?;
        let product = self.product(form.value("product")).ok().flatten();
        let quantity = thousandths(form.value("quantity"))
            .ok_or_else(|| wrong("quantity")(shell.say(w::NOT_AN_AMOUNT)))?;
        let cost = product.and_then(|p| p.unit_cost).map(|c| c.saturating_mul(quantity) / 1_000);
        let line = Line { product: product.map(|p| p.id), quantity, amount, cost };
        Ok(Save::Act(Command::AddPurchase(Purchase {
            id: PurchaseId(0),
            customer: self.customer,
            external_id: None,
            kind: PurchaseKind::parse(form.value("kind")).unwrap_or(PurchaseKind::Sale),
            day,
            currency: shell.currency(),
            lines: vec![line],
        })))
    }

    fn slot(&self) -> Option<String> {
        Some(format!("purchase:{}", self.customer.0))
    }
}

/// Something promised.
pub struct TaskSheet {
    customer: CustomerId,
    name: String,
}

impl TaskSheet {
    pub fn new(customer: CustomerId, name: &str) -> Self {
        Self { customer, name: name.to_owned() }
    }
}

impl Sheet for TaskSheet {
    fn title(&self, shell: &Shell) -> SafeText {
        titled(w::TASK_TITLE, &self.name, shell)
    }

    fn build(&mut self, _answer: Option<Answer>, shell: &Shell) -> Result<Form, SafeText> {
        let kinds = [TaskKind::Todo, TaskKind::Callback].iter();
        let kinds =
            kinds.map(|k| (k.name().to_owned(), shell.say(terms::task(*k)))).collect::<Vec<_>>();
        let mut form = Form::new(vec![
            Item::choice("kind", shell.say(t::KIND), kinds, ""),
            Item::line("due", shell.say(frame::WHEN), "")
                .with_hint(shell.say(frame::CALL_BACK_HINT)),
            Item::note("note", shell.say(t::NOTE), ""),
        ]);
        form.focus_named("due");
        Ok(form)
    }

    fn check(&self, item: &Item, shell: &Shell) -> Result<(), SafeText> {
        if item.name == "due" {
            when::moment(item.value(), shell)
                .map_err(|e| e.words(shell.calendar(), shell.lang()))?;
        }
        Ok(())
    }

    fn command(&mut self, form: &Form, shell: &Shell) -> Result<Save, Wrong> {
        let due = when::moment(form.value("due"), shell)
            .map_err(|e| ("due".to_owned(), e.words(shell.calendar(), shell.lang())))?;
        Ok(Save::Act(Command::AddTask(Task {
            id: TaskId(0),
            customer: self.customer,
            kind: TaskKind::parse(form.value("kind")).unwrap_or(TaskKind::Todo),
            due,
            zone: shell.zone().iana_name().unwrap_or_default().to_owned(),
            owner: shell.status.as_ref().map_or(AgentId(0), |s| s.me.id),
            note: form.value("note").trim().to_owned(),
            state: TaskState::Open,
            from: None,
        })))
    }

    fn slot(&self) -> Option<String> {
        Some(format!("task:{}", self.customer.0))
    }
}
