//! The form of a contract: begun, changed, ended.

use crate::desk::{Answer, Command};
use crate::domain::{CustomerId, Day, Problem, Subscription, SubscriptionId, Term};
use crate::text::words::{commands, forms as w, terms as t};
use crate::text::{SafeText, parse_date};

use super::super::form::{Form, Item};
use super::super::sheet::{Save, Sheet, Wrong};
use super::super::shell::Shell;
use super::super::terms;
use super::sheets::{amount, problem, titled};

/// A contract, new or known.
pub struct ContractSheet {
    contract: Subscription,
    /// How its product is called in files; empty when it has none.
    sku: String,
    name: String,
}

impl ContractSheet {
    pub fn new(contract: Subscription, sku: &str, name: &str) -> Self {
        Self { contract, sku: sku.to_owned(), name: name.to_owned() }
    }

    /// One that begins today.
    pub fn begun(customer: CustomerId, name: &str, today: Day) -> Self {
        let contract = Subscription {
            id: SubscriptionId(0),
            customer,
            external_id: None,
            product: None,
            start: today,
            end: None,
            term: Term::Month,
            amount: 0,
            auto_renew: true,
        };
        Self::new(contract, "", name)
    }
}

fn day(text: &str, shell: &Shell) -> Result<Day, SafeText> {
    let found = parse_date(text, shell.civil().date(), shell.calendar());
    found.map(Day::of).map_err(|e| e.words(shell.calendar(), shell.lang()))
}

/// `None` for nothing typed.
fn end(text: &str, shell: &Shell) -> Result<Option<Day>, SafeText> {
    if text.trim().is_empty() { Ok(None) } else { day(text, shell).map(Some) }
}

impl Sheet for ContractSheet {
    fn title(&self, shell: &Shell) -> SafeText {
        titled(w::CONTRACT_TITLE, &self.name, shell)
    }

    fn build(&mut self, _answer: Option<Answer>, shell: &Shell) -> Result<Form, SafeText> {
        let s = &self.contract;
        let known = s.id != SubscriptionId(0);
        let named =
            |term: &Term| (term.name().to_owned(), shell.say(terms::subscription_term(*term)));
        let renews = [("yes", commands::YES), ("no", commands::NO)];
        let renews = renews.map(|(name, phrase)| (name.to_owned(), shell.say(phrase))).to_vec();
        let date = |day: Day| shell.date(day).plain().into_owned();
        let cost = if known { shell.money(s.amount).plain().into_owned() } else { String::new() };
        let mut form = Form::new(vec![
            Item::line("product", shell.say(t::PRODUCT), &self.sku)
                .with_hint(shell.say(w::PRODUCT_HINT)),
            Item::line("amount", shell.say(t::AMOUNT), &cost).code().with_hint(shell.money_code()),
            Item::choice(
                "period",
                shell.say(t::TERM),
                Term::ALL.iter().map(named).collect(),
                s.term.name(),
            ),
            Item::line("start", shell.say(t::START), &date(s.start)).code(),
            Item::line("end", shell.say(t::END), &s.end.map(date).unwrap_or_default())
                .code()
                .with_hint(shell.say(w::END_HINT)),
            Item::choice(
                "auto_renew",
                shell.say(t::AUTO_RENEW),
                renews,
                if s.auto_renew { "yes" } else { "no" },
            ),
        ]);
        form.focus_named(if known { "end" } else { "product" });
        Ok(form)
    }

    fn check(&self, item: &Item, shell: &Shell) -> Result<(), SafeText> {
        let text = item.value();
        match item.name.as_str() {
            "amount" => amount(text, shell).map(drop),
            "start" => day(text, shell).map(drop),
            "end" => end(text, shell).map(drop),
            _ => Ok(()),
        }
    }

    fn command(&mut self, form: &Form, shell: &Shell) -> Result<Save, Wrong> {
        let wrong = |name: &str| {
            let name = name.to_owned();
            move |why: SafeText| (name, why)
        };
        let product = form.value("product").trim();
        let subscription = Subscription {
            product: self.contract.product.filter(|_| !product.is_empty()),
            start: day(form.value("start"), shell).map_err(wrong("start"))?,
            end: end(form.value("end"), shell).map_err(wrong("end"))?,
            term: Term::parse(form.value("period")).unwrap_or(self.contract.term),
            amount: amount(form.value("amount"), shell).map_err(wrong("amount"))?,
            auto_renew: form.value("auto_renew") == "yes",
            ..self.contract.clone()
        };
        if subscription.end.is_some_and(|end| end < subscription.start) {
            return Err(("end".to_owned(), problem(&Problem::InThePast, shell)));
        }
        let product = product.to_owned();
        Ok(Save::Act(Command::SaveSubscription { subscription, product }))
    }

    fn slot(&self) -> Option<String> {
        Some(format!("contract:{}:{}", self.contract.customer.0, self.contract.id.0))
    }
}
