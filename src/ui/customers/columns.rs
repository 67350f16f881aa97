//! The columns of the customer list: a table of what they are called, how wide they are and what
//! stands in a cell.

use crate::desk::Row;
use crate::domain::ContactKind;
use crate::text::words::{customers as w, profile as p, terms as t};
use crate::text::{Phrase, SafeText, phone, safe};

use super::super::shell::Shell;
use super::super::table::Column;
use super::super::terms;
use super::super::theme::Role;

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Name,
    Phone,
    Email,
    City,
    Stage,
    Last,
    Contact,
    Purchases,
    Spent,
    Value,
    Risk,
    Saves,
    Leave,
    Rfm,
    Owner,
    Source,
    Joined,
    Birth,
    Tags,
    Id,
}

/// Machine name, title, least and most cells, rank (0 stays, the highest goes first), at the end.
type Spec = (What, &'static str, Phrase, u16, u16, u8, bool);

#[rustfmt::skip]
const SPECS: &[Spec] = &[
    (What::Name,      "name",          t::NAME,       14, 30, 0, false),
    (What::Phone,     "phone",         t::PHONE,      16, 17, 1, false),
    (What::Email,     "email",         t::EMAIL,      16, 28, 13, false),
    (What::City,      "city",          t::CITY,       11, 14, 6, false),
    (What::Stage,     "stage",         t::STAGE,      10, 13, 7, false),
    (What::Last,      "last_purchase", w::LAST,        7, 10, 2, true),
    (What::Contact,   "last_contact",  w::CONTACT,     8, 10, 10, true),
    (What::Purchases, "purchases",     w::PURCHASES,   5,  6, 12, true),
    (What::Spent,     "spent",         w::SPENT,      10, 14, 5, true),
    (What::Value,     "value",         w::VALUE,      10, 14, 3, true),
    (What::Risk,      "risk",          w::RISK,        4,  5, 4, true),
    (What::Saves,     "saves",         w::SAVES,      10, 14, 12, true),
    (What::Leave,     "leave",         w::LEAVE,       8, 11, 11, true),
    (What::Rfm,       "rfm",           w::RFM,         3,  5, 12, true),
    (What::Owner,     "owner",         t::OWNER,       8, 14, 9, false),
    (What::Source,    "source",        t::SOURCE,      8, 14, 12, false),
    (What::Joined,    "joined",        t::JOINED,     10, 10, 12, true),
    (What::Birth,     "birth_date",    t::BIRTH_DATE, 10, 10, 12, true),
    (What::Tags,      "tags",          t::TAGS,       12, 40, 8, false),
    (What::Id,        "id",            t::KEY,         5,  9, 14, true),
];

/// What is shown when the agent has not chosen.
const USUAL: &[What] = &[
    What::Name,
    What::Phone,
    What::City,
    What::Stage,
    What::Last,
    What::Spent,
    What::Value,
    What::Risk,
    What::Tags,
    What::Owner,
    What::Contact,
    What::Leave,
];

fn column(spec: &Spec) -> Column<What> {
    let (what, _, title, least, most, rank, at_end) = *spec;
    Column { what, title, least, most, rank, at_end }
}

/// The title of a column.
pub fn title(what: What) -> Phrase {
    SPECS.iter().find(|s| s.0 == what).map_or(t::NAME, |s| s.2)
}

/// The machine name of a column.
pub fn name(what: What) -> &'static str {
    SPECS.iter().find(|s| s.0 == what).map_or("", |s| s.1)
}

/// Every column with its machine name, and whether it is chosen.
pub fn all(chosen: &[String]) -> impl Iterator<Item = (&'static str, Phrase, bool)> {
    SPECS.iter().map(|spec| (spec.1, spec.2, is_on(spec, chosen)))
}

/// The columns of an agent who has chosen these; the name is always among them.
pub fn of(chosen: &[String]) -> Vec<Column<What>> {
    SPECS.iter().filter(|s| is_on(s, chosen) || s.0 == What::Name).map(column).collect()
}

fn is_on(spec: &Spec, chosen: &[String]) -> bool {
    if chosen.is_empty() { USUAL.contains(&spec.0) } else { chosen.iter().any(|c| c == spec.1) }
}

/// What stands in a cell, and in what role.
pub fn cell(what: What, row: &Row, room: u16, shell: &Shell) -> (SafeText, Role) {
    let (customer, figures) = (&row.customer, &row.figures);
    let clean = |text: &str| SafeText::clean(text);
    let plain = |text: SafeText| (text, Role::Text);
    match what {
        What::Name if customer.must_not_be_called() => {
            plain(safe![clean(&customer.name).isolate(), " ⊘"])
        }
        What::Name => plain(clean(&customer.name)),
        What::Phone => match customer.contact(ContactKind::Phone) {
            Some(number) => (phone::pretty(number, shell.lang()), Role::Dim),
            None => (SafeText::EMPTY, Role::Dim),
        },
        What::Email => match customer.contact(ContactKind::Email) {
            Some(address) => (clean(address).ltr(), Role::Dim),
            None => (SafeText::EMPTY, Role::Dim),
        },
        What::City => plain(clean(&customer.place.city)),
        What::Stage => {
            use crate::domain::Stage;
            let role = match customer.stage {
                Stage::AtRisk | Stage::Lapsed => Role::Warning,
                Stage::Loyal | Stage::Advocate => Role::Good,
                _ => Role::Text,
            };
            (shell.say(terms::stage(customer.stage)), role)
        }
        What::Last => (shell.ago(figures.last), Role::Dim),
        What::Contact => (shell.ago(figures.last_contact), Role::Dim),
        What::Purchases => plain(shell.number(figures.purchases as usize)),
        What::Spent => plain(shell.money_in(figures.spent, room)),
        What::Value => plain(figures.value.map(|v| shell.money_in(v, room)).unwrap_or_default()),
        What::Risk => {
            let risk = figures.risk.map(f64::from);
            let role = if risk.is_some_and(|r| r >= 0.6) { Role::Warning } else { Role::Text };
            (risk.map(|r| shell.percent(r)).unwrap_or_default(), role)
        }
        What::Saves => plain(figures.saves.map(|v| shell.money_in(v, room)).unwrap_or_default()),
        What::Leave => (figures.leave.map(|d| shell.ahead(d)).unwrap_or_default(), Role::Dim),
        What::Rfm => {
            let text = figures.rfm.map(|[r, f, m]| safe![r, f, m]);
            (text.unwrap_or_default(), Role::Dim)
        }
        What::Owner => {
            let name = customer.owner.map(|id| super::super::tell::agent_name(shell, id));
            (name.unwrap_or_default(), Role::Dim)
        }
        What::Source => (clean(&customer.source), Role::Dim),
        What::Joined => (shell.date(customer.joined), Role::Dim),
        What::Birth => (customer.birth.map(|d| shell.date(d)).unwrap_or_default(), Role::Dim),
        What::Tags => {
            let tags: Vec<SafeText> = customer.tags.iter().map(|t| clean(t)).collect();
            (SafeText::join(&tags, &shell.say(p::COMMA)), Role::Dim)
        }
        What::Id => (safe![customer.id.0], Role::Dim),
    }
}
