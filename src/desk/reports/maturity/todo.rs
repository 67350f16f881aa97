//! What to do next in each dimension, with the customers or the settings it is about.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::super::super::learn;
use super::super::super::lists::expression_of;
use super::super::super::propose::offered_to;
use super::{Dimension, Sight};
use crate::domain::expression::Expression;
use crate::domain::{CampaignState, DefinitionKind, Field, Offer, QueueKind};

/// Things told of a dimension.
const MOST: usize = 3;
/// Longest expression of those outside all segments, in bytes.
const MOST_EXPRESSION: usize = 2_000;

/// What a profile asks for, as the expression that selects those of whom it is not known: the same
/// ten things as on the profile.
pub(super) const ASKED: [(Field, &str); 10] = [
    (Field::Phone, "phone:none"),
    (Field::Text, "need:none expectation:none"),
    (Field::BirthDate, "birth:none"),
    (Field::City, "city:none"),
    (Field::Email, "email:none"),
    (Field::Other, "taste:none interest:none"),
    (Field::Language, "language:none"),
    (Field::Marketing, "marketing:none"),
    (Field::Source, "source:none"),
    (Field::Owner, "owner:none"),
];

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    pub what: Todo,
    /// Customers, offers, agents and so on it is about.
    pub count: usize,
    /// Name of what it is about, where it is one thing; else empty.
    pub name: String,
    pub go: Go,
}

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Todo {
    /// Ask customers for what a profile lacks.
    Ask(Field),
    /// Calls without an outcome: is the right one in the table?
    GiveOutcomes,
    /// Worth a call, and never spoken to.
    CallWorth,
    /// Prospects never spoken to.
    CallProspects,
    /// Agents who logged no call.
    WakeAgents,
    SaveSegments,
    /// Saved segments nothing is done with.
    UseSegments,
    /// Offers made to everyone.
    NarrowOffers,
    /// Customers in no segment that is used.
    CoverOthers,
    MakeOffers,
    /// The offer of that name has the fewest answers.
    MakeThisOffer,
    /// Nobody is held out.
    HoldOut,
    /// Too few were called to compare them with those held out.
    CallQueue,
    /// Campaigns without an offer.
    OfferInCampaigns,
    /// Fit the models; so many days of buying they do not know of.
    Fit,
    /// The model does not beat its baselines: see where it errs.
    CheckModel,
    /// Products without a cost.
    KnowCosts,
    /// Buyers without a score.
    ScoreBuyers,
    /// Steps that are late.
    DoLate,
    /// No process goes through two teams.
    MakeProcesses,
    /// Teams of steps in which nobody is.
    StaffTeams,
    /// Processes nothing begins by itself.
    StartByRule,
    /// Prospects who have bought, first-time buyers who came again, those gone who are not called so.
    MoveProspects,
    MoveFirstTime,
    MoveGone,
    /// At risk, and never spoken to.
    CallAtRisk,
    AskConsentOfBuyers,
    AskConsentOfProspects,
    /// Campaigns that do not look at consent.
    CheckConsent,
    /// Spoken to in the last 30 days.
    AskSatisfaction,
    /// Agents who call and never ask.
    RemindAgents,
    /// Loyal customers: would they recommend us?
    AskLoyal,
}

impl Todo {
    /// The machine name.
    pub fn name(self) -> String {
        match self {
            Self::Ask(Field::Text) => "ask_need".to_owned(),
            Self::Ask(Field::Other) => "ask_taste".to_owned(),
            Self::Ask(field) => format!("ask_{field}"),
            other => {
                let mut name = String::new();
                for c in format!("{other:?}").chars() {
                    if c.is_ascii_uppercase() && !name.is_empty() {
                        name.push('_');
                    }
                    name.push(c.to_ascii_lowercase());
                }
                name
            }
        }
    }
}

/// Where it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Go {
    /// With the customers this selects.
    Customers(String),
    /// In Manage.
    Define(DefinitionKind),
    Outcomes,
    Products,
    Agents,
    Settings,
    /// On other screens.
    Segments,
    Queue(QueueKind),
    Work,
    /// The picture of the models.
    Models,
}

impl Go {
    /// The machine name, or the expression.
    pub fn name(&self) -> String {
        match self {
            Self::Customers(expression) => expression.clone(),
            Self::Define(kind) => format!("manage {kind}"),
            Self::Outcomes => "manage outcome".to_owned(),
            Self::Products => "manage product".to_owned(),
            Self::Agents => "manage agent".to_owned(),
            Self::Settings => "manage settings".to_owned(),
            Self::Segments => "segments".to_owned(),
            Self::Queue(kind) => format!("queue {kind}"),
            Self::Work => "work".to_owned(),
            Self::Models => "insight quality".to_owned(),
        }
    }
}

/// Things to do as they are found; those that are about nobody are left out.
#[derive(Default)]
struct Found(Vec<Next>);

impl Found {
    fn add(&mut self, what: Todo, count: usize, go: Go) {
        self.named(what, count, "", go);
    }

    fn named(&mut self, what: Todo, count: usize, name: &str, go: Go) {
        if count > 0 {
            self.0.push(Next { what, count, name: name.to_owned(), go });
        }
    }
}

impl Sight<'_> {
    /// The next things to do, the most urgent first.
    pub(super) fn todo(&self, dimension: Dimension) -> Vec<Next> {
        let mut found = Found::default();
        match dimension {
            Dimension::Profiles => self.profiles(&mut found),
            Dimension::Calls => self.calls(&mut found),
            Dimension::Segments => self.segments(&mut found),
            Dimension::Offers => self.offers(&mut found),
            Dimension::Scores => self.models(&mut found),
            Dimension::Processes => self.processes(&mut found),
            Dimension::Lifecycle => {
                self.customers(&mut found, Todo::MoveProspects, "stage:prospect purchases>=1");
                self.customers(&mut found, Todo::MoveFirstTime, "stage:first_time purchases>=2");
                let gone = self.state.settings.gone_below * 100.0;
                let gone = format!("alive<{gone:.0}% -stage:lapsed");
                self.customers(&mut found, Todo::MoveGone, &gone);
                self.customers(&mut found, Todo::CallAtRisk, "stage:at_risk contact:none dnc:no");
            }
            Dimension::Consent => {
                let (buyers, others) = (Todo::AskConsentOfBuyers, Todo::AskConsentOfProspects);
                self.customers(&mut found, buyers, "marketing:none purchases>=1 dnc:no");
                self.customers(&mut found, others, "marketing:none purchases=0 dnc:no");
                let blind = self.campaigns(|c| !c.needs_consent);
                found.add(Todo::CheckConsent, blind, Go::Define(DefinitionKind::Campaign));
            }
            Dimension::Experience => {
                self.customers(&mut found, Todo::AskSatisfaction, "contact<=30d dnc:no");
                let (callers, askers) = (&self.evidence.callers, &self.evidence.askers);
                let silent = callers.difference(askers).filter(|id| id.0 != 0).count();
                found.add(Todo::RemindAgents, silent, Go::Agents);
                let loyal = "(stage:loyal or stage:advocate) dnc:no";
                self.customers(&mut found, Todo::AskLoyal, loyal);
            }
        }
        found.0.truncate(MOST);
        found.0
    }

    fn customers(&self, found: &mut Found, what: Todo, expression: &str) {
        found.add(what, self.count(expression), Go::Customers(expression.to_owned()));
    }

    fn profiles(&self, found: &mut Found) {
        for (field, expression) in ASKED {
            self.customers(found, Todo::Ask(field), expression);
        }
        found.0.sort_by_key(|next| std::cmp::Reverse(next.count));
    }

    fn calls(&self, found: &mut Found) {
        let now = &self.evidence.now;
        found.add(Todo::GiveOutcomes, now.calls.saturating_sub(now.with_outcome), Go::Outcomes);
        self.customers(found, Todo::CallWorth, "verdict:call contact:none dnc:no");
        let silent = self.state.agents.iter().filter(|agent| {
            !agent.disabled && agent.id.0 != 0 && !self.evidence.callers.contains(&agent.id)
        });
        found.add(Todo::WakeAgents, silent.count(), Go::Agents);
        self.customers(found, Todo::CallProspects, "purchases=0 contact:none dnc:no");
    }

    fn segments(&self, found: &mut Found) {
        let used = self.segments_used();
        let saved = self.state.segments.iter().map(|kept| &kept.record);
        // One that is named by what is used is used.
        let named = RefCell::new(BTreeSet::new());
        for rule in &used {
            let _ = Expression::parse_with(rule, &|name: &str| {
                named.borrow_mut().insert(name.to_lowercase());
                self.state.segment_rule(name)
            });
        }
        let named = named.into_inner();
        let idle = saved.filter(|s| {
            !used.contains(&expression_of(s)) && !named.contains(&s.name.to_lowercase())
        });
        let most = super::maturity::rungs_of(Dimension::Segments).steps;
        let most = most.last().map_or(0, |step| step.cases as usize);
        let lack = most.saturating_sub(self.state.segments.len());
        found.add(Todo::UseSegments, idle.count(), Go::Segments);
        let d = &self.state.definitions;
        let wide = d.offers.iter().map(|k| &k.record);
        let wide = wide.filter(|o| o.active && o.segment.trim().is_empty()).count();
        found.add(Todo::NarrowOffers, wide, Go::Define(DefinitionKind::Offer));
        let rules: Vec<String> = used.into_iter().filter(|r| self.parsed(r).is_some()).collect();
        if !rules.is_empty() {
            let any: Vec<String> = rules.iter().map(|rule| format!("({rule})")).collect();
            let others = format!("-({})", any.join(" or "));
            if others.len() <= MOST_EXPRESSION {
                self.customers(found, Todo::CoverOthers, &others);
            }
        }
        found.add(Todo::SaveSegments, lack, Go::Segments);
    }

    fn offers(&self, found: &mut Found) {
        let d = &self.state.definitions;
        let offers = d.offers.iter().map(|kept| &kept.record);
        let offers: Vec<&Offer> = offers.filter(|o| o.holds_on(self.today)).collect();
        let answers = |offer: &Offer| self.evidence.by_offer.get(&offer.id).copied().unwrap_or(0);
        let few = offers.iter().min_by_key(|offer| answers(offer));
        if let Some(offer) = few {
            let whom = offered_to(offer, "dnc:no");
            let (count, go) = (self.count(&whom), Go::Customers(whom));
            found.named(Todo::MakeThisOffer, count, &offer.name, go);
        } else {
            found.add(Todo::MakeOffers, 1, Go::Define(DefinitionKind::Offer));
        }
        let lack = (learn::ENOUGH as usize).saturating_sub(self.compared());
        if self.state.settings.hold_out <= 0.0 {
            found.add(Todo::HoldOut, 1, Go::Settings);
        } else {
            found.add(Todo::CallQueue, lack, Go::Queue(QueueKind::Retention));
        }
        let without = self.campaigns(|c| c.offer.is_none());
        found.add(Todo::OfferInCampaigns, without, Go::Define(DefinitionKind::Campaign));
    }

    fn models(&self, found: &mut Found) {
        let figure = self.scores();
        let rows = self.state.directory.live_rows();
        let bought: u64 =
            rows.map(|row| u64::from(self.state.directory.figures(row).purchases)).sum();
        let known = self.state.models.as_ref().map_or(0, |scoring| scoring.sale_days);
        found.add(Todo::Fit, bought.saturating_sub(known) as usize, Go::Models);
        if figure.part > 0 {
            found.add(Todo::CheckModel, figure.whole - figure.part, Go::Models);
        }
        self.customers(found, Todo::ScoreBuyers, "purchases>=1 value:none");
        let costless = self.state.products.values().filter(|p| p.unit_cost.is_none()).count();
        found.add(Todo::KnowCosts, costless, Go::Products);
    }

    fn processes(&self, found: &mut Found) {
        let late = self.state.cases.values().filter(|case| case.is_overdue(self.who.now)).count();
        found.add(Todo::DoLate, late, Go::Work);
        let d = &self.state.definitions;
        let active: Vec<_> = d.processes.iter().map(|k| &k.record).filter(|p| p.active).collect();
        let lower = |team: &str| team.trim().to_lowercase();
        let teams = |steps: &[crate::domain::Step]| -> BTreeSet<String> {
            steps.iter().map(|step| lower(&step.team)).collect()
        };
        let go = || Go::Define(DefinitionKind::Process);
        if !active.iter().any(|p| teams(&p.steps).len() > 1) {
            found.add(Todo::MakeProcesses, 1, go());
        }
        let mut needed: BTreeSet<String> = active.iter().flat_map(|p| teams(&p.steps)).collect();
        for agent in self.state.agents.iter().filter(|agent| !agent.disabled) {
            needed.remove(&lower(&agent.team));
        }
        found.add(Todo::StaffTeams, needed.len(), Go::Agents);
        let idle = active.iter().filter(|p| p.starts.is_empty()).count();
        found.add(Todo::StartByRule, idle, go());
    }

    /// Campaigns not over that are so.
    fn campaigns(&self, is_so: impl Fn(&crate::domain::Campaign) -> bool) -> usize {
        let all = self.state.definitions.campaigns.iter().map(|kept| &kept.record);
        all.filter(|c| c.state != CampaignState::Ended && is_so(c)).count()
    }
}
