//! Redeeming points in a call: of which programme, how many, for what.

use crate::desk::{Answer, Command, Membership};
use crate::domain::{CustomerId, Problem, ProgrammeId};
use crate::text::words::{commands, profile as w, terms as t};
use crate::text::{SafeText, ascii_number, safe};

use super::super::form::{Form, Item};
use super::super::sheet::{Save, Sheet};
use super::super::shell::Shell;
use super::super::tell;

/// The sheet of one redemption.
pub struct RedeemSheet {
    customer: CustomerId,
    name: String,
    memberships: Vec<Membership>,
}

impl RedeemSheet {
    /// `memberships` are those with points.
    pub fn new(customer: CustomerId, name: &str, memberships: Vec<Membership>) -> Self {
        Self { customer, name: name.to_owned(), memberships }
    }
}

impl Sheet for RedeemSheet {
    fn title(&self, shell: &Shell) -> SafeText {
        let name = SafeText::clean(&self.name);
        shell.say_with(w::REDEEM_TITLE, &[("name", name.into())])
    }

    fn build(&mut self, _answer: Option<Answer>, shell: &Shell) -> Result<Form, SafeText> {
        let option = |m: &Membership| {
            let n = m.balance.points.max(0) as usize;
            let points = shell.say_with(w::POINTS, &[("n", n.into())]);
            let name = SafeText::clean(&m.programme.name).isolate();
            let text = safe![name, "  ", points, " = ", shell.money(m.worth)];
            (m.programme.id.0.to_string(), text)
        };
        let options = self.memberships.iter().map(option).collect();
        let mut form = Form::new(vec![
            Item::choice("programme", shell.say(commands::C_PROGRAMME), options, ""),
            Item::line("points", shell.say(t::POINTS), "").code(),
            Item::line("note", shell.say(t::NOTE), ""),
        ]);
        form.focus_named("points");
        Ok(form)
    }

    fn check(&self, item: &Item, shell: &Shell) -> Result<(), SafeText> {
        let wrong = item.name == "points" && points(item.value()).is_none();
        if wrong { Err(tell::problem_in(&Problem::Malformed, shell.lang())) } else { Ok(()) }
    }

    fn command(&mut self, form: &Form, shell: &Shell) -> Result<Save, (String, SafeText)> {
        let wrong = || tell::problem_in(&Problem::Malformed, shell.lang());
        let points = points(form.value("points")).ok_or_else(|| ("points".to_owned(), wrong()))?;
        let programme = form.value("programme").parse().map_or(ProgrammeId(0), ProgrammeId);
        let note = form.value("note").trim().to_owned();
        Ok(Save::Act(Command::Redeem { customer: self.customer, programme, points, note }))
    }
}

/// A whole number, in the digits of either language.
fn points(typed: &str) -> Option<i64> {
    ascii_number(typed).parse().ok()
}
