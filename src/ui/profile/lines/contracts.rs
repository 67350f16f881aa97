//! Contracts line by line, and what moves the chance that one ends.

use crate::desk::Profile as Known;
use crate::domain::Field;
use crate::text::words::profile as w;
use crate::text::{SafeText, safe};

use super::super::super::shell::Shell;
use super::super::super::terms;
use super::super::super::theme::Role;
use super::super::Item;
use super::{Line, clean};

/// Contracts, and what the models say of the one most likely to end.
pub(super) fn contracts(profile: &Known, shell: &Shell) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, s) in profile.subscriptions.iter().enumerate() {
        let product = profile.products.iter().find(|p| Some(p.id) == s.product);
        let what = product.map_or_else(|| safe!["–"], |p| clean(&p.name));
        let term = shell.say(terms::subscription_term(s.term));
        let args = [("what", what.into()), ("term", term.into())];
        let line = Line::new(shell.say_with(w::CONTRACT, &args), Role::Text).is(Item::Contract(at));
        lines.push(line.ends(shell.whole(s.amount), Role::Text));
        if let Some(end) = s.end {
            let label = Line::new(safe!["  ", shell.say(w::CONTRACT_ENDED)], Role::Dim);
            lines.push(label.ends(shell.date(end), Role::Dim));
        }
    }
    let Some(outlook) = &profile.outlook else { return lines };
    let share = shell.percent(outlook.chance);
    let args = [("share", share.into()), ("n", outlook.horizon_weeks.into())];
    let role = if outlook.chance >= 0.5 { Role::Warning } else { Role::Text };
    let label = Line::new(shell.say(w::CONTRACT_CHANCE), Role::Dim);
    lines.push(label.ends(shell.say_with(w::IN_WEEKS, &args), role));
    if let Some(day) = outlook.ends {
        let label = Line::new(shell.say(w::CONTRACT_ENDS), Role::Dim);
        lines.push(label.ends(shell.date(day), Role::Text));
    }
    for pull in &outlook.reasons {
        let phrase = if pull.pull > 0.0 { w::PULL_UP } else { w::PULL_DOWN };
        let args = [
            ("name", trait_name(&pull.name, shell).into()),
            ("value", trait_value(&pull.name, &pull.value, profile, shell).into()),
        ];
        lines.push(Line::new(shell.say_with(phrase, &args), Role::Text));
    }
    lines
}

/// The name of a trait: a field's, or as the customer's own field is called.
fn trait_name(name: &str, shell: &Shell) -> SafeText {
    match (name, Field::parse(name)) {
        ("tenure", _) => shell.say(w::TENURE),
        ("age", _) => shell.say(w::AGE),
        (_, Some(field)) => shell.say(terms::field(field)),
        (_, None) => clean(name),
    }
}

/// Its value: a word of the business where it is one.
fn trait_value(name: &str, value: &str, profile: &Known, shell: &Shell) -> SafeText {
    use crate::domain::{CustomerKind, Gender, Term};
    if let Some(number) = value.parse::<u64>().ok().filter(|_| name != "product") {
        let minor = shell.currency().minor_per_major();
        return match name {
            "amount" => shell.money((number as i64).saturating_mul(minor)),
            _ => crate::text::ungrouped(number, shell.lang()),
        };
    }
    if let Some(product) = profile.products.iter().find(|p| name == "product" && p.sku == value) {
        return clean(&product.name).isolate();
    }
    let term = Term::parse(value).map(terms::subscription_term);
    let gender = || Gender::parse(value).map(terms::gender);
    let kind = || CustomerKind::parse(value).map(terms::kind);
    match term.or_else(gender).or_else(kind) {
        Some(phrase) => shell.say(phrase),
        None => match value {
            "yes" => shell.say(crate::text::words::commands::YES),
            "no" => shell.say(crate::text::words::commands::NO),
            _ => clean(value),
        },
    }
}
