//! The small tables: segments, outcomes, products, agents, settings, preferences, drafts.

use crate::domain::{
    Agent, AgentId, Draft, Field, GestureId, Invalid, Membership, Outcome, Preferences, Problem,
    Product, ProductId, Role, Segment, SegmentId, Settings, tag_name,
};
use crate::store::{Expect, Table};

use super::calls::not_found;
use super::plan::Plan;
use super::rows::{self, Keyed};
use super::{Deed, Desk, Notice, Refusal, Who};
use crate::store::records;

/// Longest name of a row of these tables, in characters.
const MOST_NAME: usize = 100;
/// Largest draft, in bytes, so that its record stays below the store's limit.
const MOST_DRAFT: usize = 24_000;

impl Desk {
    /// Adds a segment or saves one.
    pub(super) fn save_segment(
        &self,
        who: &Who,
        segment: &Segment,
        base: u64,
    ) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let mut segment = segment.clone();
            named(&segment.name, Field::Name)?;
            check_membership(&mut segment.membership, |rule| self.parse(rule).map(drop))?;
            let wanted = segment.name.to_lowercase();
            let taken = self.read().segments.iter().any(|kept| {
                kept.record.id != segment.id && kept.record.name.to_lowercase() == wanted
            });
            if taken {
                return Err(Refusal::Taken { field: Field::Name, name: segment.name });
            }
            if segment.id == SegmentId(0) {
                segment.id = self.engine.reserve(Table::Segment, 1).map(|r| SegmentId(r.start))?;
            }
            let plan = self.saving(&segment, "segment", base)?;
            Ok((plan, Deed::SegmentSaved { name: segment.name }))
        })
    }

    /// Takes a segment away.
    pub(super) fn drop_segment(&self, who: &Who, id: SegmentId) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let read = records::get::<Segment>(&*self.engine, &id.key())?;
            let (segment, revision) = read.ok_or_else(|| not_found("segment", id.0))?;
            let mut plan = Plan::new(format!("drop segment {}", segment.name));
            plan.delete(Table::Segment, id.key().to_vec(), revision);
            Ok((plan, Deed::SegmentDropped { name: segment.name }))
        })
    }

    /// Saves a row of the outcome table.
    pub(super) fn save_outcome(
        &self,
        who: &Who,
        outcome: &Outcome,
        base: u64,
    ) -> Result<Notice, Refusal> {
        who.needs(Role::Supervisor)?;
        self.perform(who, || {
            named(&outcome.code, Field::Outcome)?;
            named(&outcome.name_en, Field::Name)?;
            if !outcome.key.is_ascii_lowercase() {
                return Err(Invalid { field: Field::Key, problem: Problem::Malformed }.into());
            }
            let clash = self.read().outcomes.iter().any(|o| {
                o.active && outcome.active && o.key == outcome.key && o.code != outcome.code
            });
            if clash {
                return Err(Refusal::Taken { field: Field::Key, name: outcome.key.to_string() });
            }
            let plan = self.saving(outcome, "outcome", base)?;
            Ok((plan, configured("outcome", &outcome.code)))
        })
    }

    /// Adds a product or saves one.
    pub(super) fn save_product(
        &self,
        who: &Who,
        product: &Product,
        base: u64,
    ) -> Result<Notice, Refusal> {
        who.needs(Role::Supervisor)?;
        self.perform(who, || {
            let mut product = product.clone();
            named(&product.sku, Field::Sku)?;
            named(&product.name, Field::Name)?;
            let taken = self.read().by_sku.get(&product.sku).is_some_and(|id| *id != product.id);
            if taken {
                return Err(Refusal::Taken { field: Field::Sku, name: product.sku });
            }
            if product.id == ProductId(0) {
                product.id = self.engine.reserve(Table::Product, 1).map(|r| ProductId(r.start))?;
            }
            let plan = self.saving(&product, "product", base)?;
            Ok((plan, configured("product", &product.name)))
        })
    }

    /// Adds an agent or saves one.
    pub(super) fn save_agent(
        &self,
        who: &Who,
        agent: &Agent,
        base: u64,
    ) -> Result<Notice, Refusal> {
        who.needs(Role::Admin)?;
        self.perform(who, || {
            let mut agent = agent.clone();
            named(&agent.name, Field::Name)?;
            let taken =
                self.read().agents.iter().any(|a| {
                    a.id != agent.id && a.name.to_lowercase() == agent.name.to_lowercase()
                });
            if taken {
                return Err(Refusal::Taken { field: Field::Name, name: agent.name });
            }
            if agent.id == AgentId(0) {
                agent.id = self.engine.reserve(Table::Agent, 1).map(|r| AgentId(r.start))?;
            }
            let plan = self.saving(&agent, "agent", base)?;
            Ok((plan, configured("agent", &agent.name)))
        })
    }

    /// Saves what holds for the whole store.
    pub(super) fn save_settings(
        &self,
        who: &Who,
        settings: &Settings,
        base: u64,
    ) -> Result<Notice, Refusal> {
        who.needs(Role::Admin)?;
        check_settings(settings)?;
        let busy = self.read().directory.has_purchases();
        if busy && settings.currency != self.read().settings.currency {
            let expected = self.read().settings.currency.code().to_owned();
            let problem = Problem::OtherCurrency { expected };
            return Err(Invalid { field: Field::Currency, problem }.into());
        }
        let notice = self.perform(who, || {
            let plan = self.saving(settings, "settings", base)?;
            Ok((plan, configured("settings", "")))
        })?;
        self.rank_everyone(who.now)?;
        Ok(notice)
    }

    /// Saves how the acting agent likes the screen.
    pub(super) fn save_preferences(&self, who: &Who, p: &Preferences) -> Result<Notice, Refusal> {
        let read = records::get::<Agent>(&*self.engine, &who.agent.id.key())?;
        let (agent, revision) = read.ok_or_else(|| not_found("agent", who.agent.id.0))?;
        let agent = Agent { preferences: p.clone(), ..agent };
        let mut plan = Plan::new("preferences");
        plan.put(&agent, Expect::Revision(revision))?;
        self.perform_quietly(who, plan, configured("preferences", &agent.name))
    }

    /// Keeps a text that was begun.
    pub(super) fn save_draft(&self, who: &Who, draft: &Draft) -> Result<Notice, Refusal> {
        let size: usize = draft.fields.iter().map(|(name, text)| name.len() + text.len()).sum();
        if size > MOST_DRAFT || draft.slot.len() > 100 {
            let problem = Problem::TooLong { most: MOST_DRAFT };
            return Err(Invalid { field: Field::Text, problem }.into());
        }
        let draft = Draft { agent: who.agent.id, at: who.now, ..draft.clone() };
        let mut plan = Plan::new("draft");
        plan.put(&draft, Expect::Any)?;
        self.perform_quietly(who, plan, Deed::Drafted)
    }

    /// Forgets a draft.
    pub(super) fn drop_draft(&self, who: &Who, slot: &str) -> Result<Notice, Refusal> {
        let key = records::keys::draft(who.agent.id, slot);
        let read = records::get::<Draft>(&*self.engine, &key)?;
        let Some((_, revision)) = read else {
            return Ok(Self::notice(who, self.read().applied, GestureId(0), Deed::Drafted));
        };
        let mut plan = Plan::new("drop draft");
        plan.delete(Table::Draft, key, revision);
        self.perform_quietly(who, plan, Deed::Drafted)
    }

    /// A plan that saves a record over what is there now; empty when it is the same. Refuses when
    /// what is there is not at revision `base`; 0 stands for nothing there.
    fn saving<T: Keyed + PartialEq>(
        &self,
        record: &T,
        what: &str,
        base: u64,
    ) -> Result<Plan, Refusal> {
        let mut plan = Plan::new(what);
        let read = records::get::<T>(&*self.engine, &record.key())?;
        let revision = read.as_ref().map_or(0, |(_, revision)| *revision);
        self.refuse_stale(base, revision)?;
        if read.as_ref().is_none_or(|(was, _)| was != record) {
            plan.put(record, rows::as_read(read.map(|(_, revision)| revision)))?;
        }
        Ok(plan)
    }
}

fn configured(what: &'static str, name: &str) -> Deed {
    Deed::Configured { what, name: name.to_owned() }
}

/// Checks what makes a member; a tag comes out in the form it is kept in.
pub(super) fn check_membership(
    membership: &mut Membership,
    check: impl Fn(&str) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    match membership {
        Membership::Rule(rule) => check(rule),
        Membership::Tag(tag) => {
            let problem = Problem::Malformed;
            *tag = tag_name(tag).ok_or(Invalid { field: Field::Tags, problem })?;
            Ok(())
        }
    }
}

pub(super) fn named(name: &str, field: Field) -> Result<(), Invalid> {
    if name.trim().is_empty() {
        return Err(Invalid { field, problem: Problem::Empty });
    }
    if name.chars().count() > MOST_NAME {
        return Err(Invalid { field, problem: Problem::TooLong { most: MOST_NAME } });
    }
    Ok(())
}

fn check_settings(s: &Settings) -> Result<(), Invalid> {
    let range = |field, fine: bool, from, to| {
        let problem = Problem::OutOfRange { from, to };
        if fine { Ok(()) } else { Err(Invalid { field, problem }) }
    };
    if !s.time_zone.is_empty() && jiff::tz::TimeZone::get(&s.time_zone).is_err() {
        return Err(Invalid { field: Field::TimeZone, problem: Problem::UnknownZone });
    }
    range(Field::Price, (-1.0..=1.0).contains(&s.margin), -1, 1)?;
    range(Field::Seconds, (0.0..=600.0).contains(&s.call_minutes), 0, 600)?;
    range(Field::Due, (1..=520).contains(&s.horizon_weeks), 1, 520)?;
    range(Field::Price, (0.0..=10.0).contains(&s.discount), 0, 10)?;
    range(Field::Price, (0.0..=1.0).contains(&s.gone_below), 0, 1)?;
    range(Field::Time, s.calls_from < s.calls_to && s.calls_to <= 24, 0, 24)?;
    range(Field::Price, (0.0..=0.5).contains(&s.hold_out), 0, 1)?;
    range(Field::Price, s.minute_cost >= 0 && s.offer_cost >= 0, 0, i64::MAX)
}
