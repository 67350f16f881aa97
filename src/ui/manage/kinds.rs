//! What can be managed: the kinds, who may change them, and the rows of each, as lists show them.

use crate::desk::tell::act_in;
use crate::desk::{ChangeLine, Plans};
use crate::domain::{DefinitionKind, Role};
use crate::text::words::{manage as w, profile as p, terms as t};
use crate::text::{Phrase, SafeText, safe};

use super::super::shell::Shell;
use super::super::tell::outcome_name;
use super::super::terms;

/// A kind of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Of(DefinitionKind),
    Outcomes,
    Products,
    Agents,
    Settings,
    Audit,
}

impl Kind {
    /// In the order of the list.
    pub const ALL: [Self; 11] = [
        Self::Of(DefinitionKind::Offer),
        Self::Of(DefinitionKind::Programme),
        Self::Of(DefinitionKind::Campaign),
        Self::Of(DefinitionKind::Process),
        Self::Of(DefinitionKind::Script),
        Self::Of(DefinitionKind::OwnField),
        Self::Outcomes,
        Self::Products,
        Self::Agents,
        Self::Settings,
        Self::Audit,
    ];

    /// What other screens call it.
    pub const fn machine_name(self) -> &'static str {
        match self {
            Self::Of(kind) => kind.name(),
            Self::Outcomes => "outcome",
            Self::Products => "product",
            Self::Agents => "agent",
            Self::Settings => "settings",
            Self::Audit => "audit",
        }
    }

    pub const fn name(self) -> Phrase {
        match self {
            Self::Of(DefinitionKind::Offer) => w::OFFERS,
            Self::Of(DefinitionKind::Programme) => w::PROGRAMMES,
            Self::Of(DefinitionKind::Campaign) => w::CAMPAIGNS,
            Self::Of(DefinitionKind::Process) => w::PROCESSES,
            Self::Of(DefinitionKind::Script) => w::SCRIPTS,
            Self::Of(DefinitionKind::OwnField) => w::OWN_FIELDS,
            Self::Outcomes => w::OUTCOMES,
            Self::Products => w::PRODUCTS,
            Self::Agents => w::AGENTS,
            Self::Settings => w::SETTINGS,
            Self::Audit => w::AUDIT,
        }
    }

    /// What it is for, where there is none yet.
    pub const fn empty(self) -> Phrase {
        match self {
            Self::Of(DefinitionKind::Offer) => w::EMPTY_OFFERS,
            Self::Of(DefinitionKind::Programme) => w::EMPTY_PROGRAMMES,
            Self::Of(DefinitionKind::Campaign) => w::EMPTY_CAMPAIGNS,
            Self::Of(DefinitionKind::Process) => w::EMPTY_PROCESSES,
            Self::Of(DefinitionKind::Script) => w::EMPTY_SCRIPTS,
            Self::Of(DefinitionKind::OwnField) => w::EMPTY_OWN_FIELDS,
            _ => w::EMPTY_ANY,
        }
    }

    /// Who may change them; nobody changes what was done.
    pub const fn needs(self) -> Option<Role> {
        match self {
            Self::Of(_) | Self::Outcomes | Self::Products => Some(Role::Supervisor),
            Self::Agents | Self::Settings => Some(Role::Admin),
            Self::Audit => None,
        }
    }

    /// New ones can be made.
    pub const fn can_add(self) -> bool {
        !matches!(self, Self::Audit | Self::Settings)
    }

    /// The columns beside the first, which is the name: titles, and which are numbers.
    pub const fn heads(self) -> &'static [(Phrase, bool)] {
        match self {
            Self::Of(DefinitionKind::Offer) => &[
                (t::NAME, false),
                (t::COST, true),
                (t::MARGIN, true),
                (t::END, false),
                (w::FOR, false),
            ],
            Self::Of(DefinitionKind::Programme) => &[
                (t::NAME, false),
                (w::PER_POINT, true),
                (w::POINT_WORTH, true),
                (t::TIERS, true),
                (w::FOR, false),
            ],
            Self::Of(DefinitionKind::Campaign) => &[
                (t::NAME, false),
                (t::STATE, false),
                (t::KIND, false),
                (t::OFFER, false),
                (w::FOR, false),
            ],
            Self::Of(DefinitionKind::Process) => &[
                (t::NAME, false),
                (t::STEPS, true),
                (w::OPEN, true),
                (w::LATE, true),
                (t::TEAM, false),
            ],
            Self::Of(DefinitionKind::Script) => {
                &[(t::NAME, false), (t::LINES, true), (w::QUEUE, false)]
            }
            Self::Of(DefinitionKind::OwnField) => {
                &[(t::NAME, false), (t::KIND, false), (t::CHOICES, false)]
            }
            Self::Outcomes => {
                &[(t::NAME, false), (t::KEY, false), (w::MEANING, false), (w::RETRY, true)]
            }
            Self::Products => &[
                (t::NAME, false),
                (t::SKU, false),
                (t::PRICE, true),
                (t::UNIT_COST, true),
                (t::CATEGORY, false),
            ],
            Self::Agents => &[(t::NAME, false), (w::ROLE, false), (t::TEAM, false)],
            Self::Settings => &[(t::NAME, false), (w::VALUE, true)],
            Self::Audit => &[
                (w::WHAT, false),
                (t::CUSTOMER, false),
                (t::TIME, false),
                (t::AGENT, false),
                (w::RECORDS, true),
            ],
        }
    }
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is known by while names and order change.
    pub key: String,
    pub cells: Vec<SafeText>,
    /// Not in use.
    pub is_off: bool,
}

fn clean(text: &str) -> SafeText {
    SafeText::clean(text)
}

fn code(text: &str) -> SafeText {
    SafeText::clean(text).ltr()
}

/// The rows of a kind.
pub fn entries(kind: Kind, plans: &Plans, changes: &[ChangeLine], shell: &Shell) -> Vec<Entry> {
    let entry = |key: String, cells: Vec<SafeText>, is_off| Entry { key, cells, is_off };
    let money = |minor: Option<i64>| minor.map(|m| shell.whole(m)).unwrap_or_default();
    let d = &plans.definitions;
    let key = |id: u64| id.to_string();
    match kind {
        Kind::Of(DefinitionKind::Offer) => {
            let row = |o: &crate::domain::Offer| {
                let end = o.until.map(|day| shell.date(day)).unwrap_or_default();
                let cells = vec![
                    clean(&o.name),
                    shell.whole(o.cost),
                    money(o.margin),
                    end,
                    code(&o.segment),
                ];
                entry(key(o.id.0), cells, !o.holds_on(shell.today()))
            };
            d.offers.iter().map(|kept| row(&kept.record)).collect()
        }
        Kind::Of(DefinitionKind::Programme) => {
            let row = |p: &crate::domain::Programme| {
                let cells = vec![
                    clean(&p.name),
                    shell.whole(p.spend_per_point),
                    shell.money(p.point_value),
                    shell.number(p.tiers.len()),
                    code(&p.eligible),
                ];
                entry(key(p.id.0), cells, !p.active)
            };
            d.programmes.iter().map(|kept| row(&kept.record)).collect()
        }
        Kind::Of(DefinitionKind::Campaign) => {
            let row = |c: &crate::domain::Campaign| {
                let offer = c.offer.and_then(|id| d.offer(id));
                let cells = vec![
                    clean(&c.name),
                    shell.say(terms::campaign_state(c.state)),
                    shell.say(terms::campaign(c.kind)),
                    offer.map(|o| clean(&o.name)).unwrap_or_default(),
                    code(&c.segment),
                ];
                entry(key(c.id.0), cells, !c.runs_on(shell.today()))
            };
            d.campaigns.iter().map(|kept| row(&kept.record)).collect()
        }
        Kind::Of(DefinitionKind::Process) => {
            let row = |p: &crate::domain::Process| {
                let open = plans.cases.iter().find(|(id, ..)| *id == p.id);
                let (open, late) = open.map_or((0, 0), |(_, open, late)| (*open, *late));
                let mut teams: Vec<&str> = p.steps.iter().map(|s| s.team.as_str()).collect();
                teams.dedup();
                let cells = vec![
                    clean(&p.name),
                    shell.number(p.steps.len()),
                    shell.number(open),
                    shell.number(late),
                    clean(&teams.join(" → ")),
                ];
                entry(key(p.id.0), cells, !p.active)
            };
            d.processes.iter().map(|kept| row(&kept.record)).collect()
        }
        Kind::Of(DefinitionKind::Script) => {
            let row = |s: &crate::domain::Script| {
                let queue = s.queue.map(|q| shell.say(terms::queue(q))).unwrap_or_default();
                entry(key(s.id.0), vec![clean(&s.name), shell.number(s.lines.len()), queue], false)
            };
            d.scripts.iter().map(|kept| row(&kept.record)).collect()
        }
        Kind::Of(DefinitionKind::OwnField) => {
            let row = |f: &crate::domain::OwnField| {
                let kind = shell.say(terms::own_field(f.kind));
                entry(key(f.id.0), vec![clean(&f.name), kind, clean(&f.choices.join(", "))], false)
            };
            let mut all: Vec<_> = d.own_fields.iter().map(|kept| &kept.record).collect();
            all.sort_by_key(|field| field.order);
            all.into_iter().map(row).collect()
        }
        Kind::Outcomes => {
            let row = |o: &crate::domain::Outcome| {
                let retry = o.retry_minutes.map(|m| shell.number(m as usize)).unwrap_or_default();
                let meaning = shell.say(terms::meaning(o.meaning));
                let cells = vec![outcome_name(o, shell.lang()), safe![o.key].ltr(), meaning, retry];
                entry(o.code.clone(), cells, !o.active)
            };
            plans.outcomes.iter().map(|kept| row(&kept.record)).collect()
        }
        Kind::Products => {
            let row = |p: &crate::domain::Product| {
                let cells = vec![
                    clean(&p.name),
                    code(&p.sku),
                    money(p.price),
                    money(p.unit_cost),
                    clean(&p.category),
                ];
                entry(key(p.id.0), cells, false)
            };
            plans.products.iter().map(|kept| row(&kept.record)).collect()
        }
        Kind::Agents => {
            let row = |a: &crate::domain::Agent| {
                let cells = vec![clean(&a.name), shell.say(terms::role(a.role)), clean(&a.team)];
                entry(key(a.id.0), cells, a.disabled)
            };
            plans.agents.iter().map(|kept| row(&kept.record)).collect()
        }
        Kind::Settings => {
            let items = super::tables::settings_items(&plans.settings.record, shell);
            let row = |item: &super::super::form::Item| {
                let value = match &item.entry {
                    super::super::form::Entry::Choice { options, at } => {
                        options.get(*at).map(|(_, label)| label.clone()).unwrap_or_default()
                    }
                    _ => clean(item.value()).ltr(),
                };
                entry(item.name.clone(), vec![item.label.clone(), value], false)
            };
            items.iter().map(row).collect()
        }
        Kind::Audit => {
            let row = |c: &ChangeLine| {
                let what = act_in(&c.label, shell.lang());
                let what = if c.undone {
                    shell.say_with(w::TAKEN_BACK, &[("what", what.into())])
                } else {
                    what
                };
                let when = safe![shell.date(shell.day_of(c.at)), " ", shell.clock(c.at)];
                let what = match c.despite.as_str() {
                    "" => what,
                    why => {
                        let why = shell.say_with(p::QUOTED, &[("text", clean(why).into())]);
                        safe![what, " ", why]
                    }
                };
                let whom = c.whom.as_ref().map(|(_, name)| clean(name)).unwrap_or_default();
                let cells = vec![what, whom, when, clean(&c.by), shell.number(c.records)];
                entry(c.seq.to_string(), cells, c.undone)
            };
            changes.iter().map(row).collect()
        }
    }
}
