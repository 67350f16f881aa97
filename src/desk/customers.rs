//! Customers, facts and relations: added, saved as a whole, changed in bulk.

use crate::domain::{
    Customer, CustomerId, DoNotCall, Fact, FactId, Field, GestureId, Invalid, Problem, Relation,
    RelationId, RelationKind, Role, tag_name,
};
use crate::store::{Expect, Sync, Table};

use super::calls::not_found;
use super::command::{Change, Whom};
use super::plan::Plan;
use super::rows::{self, GUARD};
use super::{Cancel, Deed, Desk, Notice, Refusal, Who};
use crate::store::records;

/// Customers changed in one commit of a bulk change.
const CUSTOMERS_A_COMMIT: usize = 500;

impl Desk {
    /// Reads a customer and its revision.
    pub(super) fn customer(&self, id: CustomerId) -> Result<(Customer, u64), Refusal> {
        let found = records::get::<Customer>(&*self.engine, &id.key())?;
        found.ok_or_else(|| not_found("customer", id.0))
    }

    /// Adds a customer.
    pub(super) fn create(&self, who: &Who, customer: &Customer) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let mut customer =
                Customer { id: rows::new_customer(&*self.engine)?, ..customer.clone() };
            tidy(&mut customer);
            self.read().own_values(&mut customer.fields, &[])?;
            customer.validate(self.day(who.now))?;
            let mut plan = Plan::new("create customer");
            if customer.external_id.is_some() || !customer.other_ids.is_empty() {
                plan.writes.push(self.guard_write());
            }
            for id in customer.external_id.iter().chain(&customer.other_ids) {
                self.refuse_taken(id, customer.id)?;
            }
            plan.put(&customer, Expect::Absent)?;
            Ok((plan, Deed::Created { customer: customer.id, name: customer.name }))
        })
    }

    /// Saves a customer as a whole, if nobody changed it since revision `base`.
    pub(super) fn edit(
        &self,
        who: &Who,
        customer: &Customer,
        base: u64,
    ) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let mut customer = customer.clone();
            tidy(&mut customer);
            customer.validate(self.day(who.now))?;
            let (current, revision) = self.customer(customer.id)?;
            if revision != base {
                let by = self.changed_by(revision)?;
                return Err(Refusal::Conflict { by, current: Some(Box::new(current)), revision });
            }
            self.read().own_values(&mut customer.fields, &current.fields)?;
            if current.must_not_be_called() && !customer.must_not_be_called() {
                who.needs(Role::Supervisor)?;
            }
            let mut plan = Plan::new("edit customer");
            let ids = |c: &Customer| (c.external_id.clone(), c.other_ids.clone());
            if ids(&customer) != ids(&current) {
                plan.writes.push(self.guard_write());
                for id in customer.external_id.iter().chain(&customer.other_ids) {
                    self.refuse_taken(id, customer.id)?;
                }
            }
            if customer != current {
                plan.put(&customer, Expect::Revision(base))?;
            }
            if customer.stage != current.stage {
                let stages = (customer.id, current.stage, customer.stage);
                self.moved_by_hand(who, &mut plan, stages, "")?;
            }
            Ok((plan, Deed::Edited { customer: customer.id, name: customer.name }))
        })
    }

    /// Changes one trait of many customers: one gesture, however many commits.
    pub(super) fn change_all(
        &self,
        who: &Who,
        whom: &Whom,
        change: &Change,
    ) -> Result<Notice, Refusal> {
        let change = self.checked(change)?;
        if let Change::DoNotCall(None) = change {
            who.needs(Role::Supervisor)?;
        }
        let ids = match whom {
            Whom::These(ids) => ids.clone(),
            Whom::Matching { text, expression } => {
                self.matching(who, text, expression, &Cancel::default())?
            }
        };
        if ids.len() <= CUSTOMERS_A_COMMIT {
            return self.perform(who, || {
                let mut plan = Plan::new(label(&change));
                let mut one = None;
                for id in &ids {
                    one = self.change_one(who, &mut plan, *id, &change)?.or(one);
                }
                let count = changed(&plan);
                let one = one.filter(|_| ids.len() == 1);
                Ok((plan, Deed::Changed { change: change.clone(), count, of: ids.len(), one }))
            });
        }
        let gate = self.wide_gate(who)?;
        let mut gesture = self.new_gesture(who, &label(&change))?;
        let (mut count, mut begun) = (0, 0);
        for part in ids.chunks(CUSTOMERS_A_COMMIT) {
            match self.change_part(who, gesture.id, part, &change) {
                Ok((changed, cases)) => {
                    count += changed;
                    begun += cases;
                }
                Err(error) => {
                    self.take_back(who, gesture.id, &gesture.label)?;
                    return Err(error);
                }
            }
        }
        gesture.records = count as u64;
        let closed = self.close_gate(who, &mut gesture, gate.as_ref());
        if closed.is_err() {
            self.take_back(who, gesture.id, &gesture.label)?;
        }
        let (seq, entered) = closed?;
        let deed = Deed::Changed { change, count, of: ids.len(), one: None };
        Ok(self.announce_with(who, seq, gesture.id, deed, begun + entered))
    }

    fn change_part(
        &self,
        who: &Who,
        gesture: GestureId,
        part: &[CustomerId],
        change: &Change,
    ) -> Result<(usize, usize), Refusal> {
        let mut tries = 0;
        loop {
            let mut plan = Plan::new(label(change));
            for id in part {
                self.change_one(who, &mut plan, *id, change)?;
            }
            let count = changed(&plan);
            if count == 0 {
                return Ok((0, 0));
            }
            let begun = self.begun_by(who, &plan.writes)?;
            let cases = begun.len();
            plan.writes.extend(begun);
            match self.commit(who, gesture, &plan.label, plan.writes, Sync::WithNext) {
                Ok(_) => return Ok((count, cases)),
                Err(crate::store::StoreError::Conflict { .. }) if tries < 8 => tries += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Adds the change of one customer to a plan; the name when it was one and changed.
    fn change_one(
        &self,
        who: &Who,
        plan: &mut Plan,
        id: CustomerId,
        change: &Change,
    ) -> Result<Option<(CustomerId, String)>, Refusal> {
        let (before, revision) = self.customer(id)?;
        let mut c = before.clone();
        match change {
            Change::Tag(tag) => {
                if c.tags.len() >= Customer::MOST_ITEMS && !c.tags.contains(tag) {
                    let problem = Problem::TooMany { most: Customer::MOST_ITEMS };
                    return Err(Invalid { field: Field::Tags, problem }.into());
                }
                c.tag(tag);
            }
            Change::Untag(tag) => {
                c.untag(tag);
            }
            Change::Stage(stage) | Change::Moved(stage, _) => c.stage = *stage,
            Change::Owner(owner) => c.owner = *owner,
            Change::Source(source) => c.source.clone_from(source),
            Change::DoNotCall(Some(reason)) if c.consent.do_not_call.is_none() => {
                let since = self.day(who.now);
                c.consent.do_not_call = Some(DoNotCall { since, reason: reason.clone() });
            }
            Change::DoNotCall(Some(_)) => {}
            Change::DoNotCall(None) => c.consent.do_not_call = None,
            Change::Marketing(consent) => c.consent.marketing = *consent,
            Change::Field(name, value) => {
                c.fields.retain(|(n, _)| n != name);
                if !value.is_empty() {
                    c.fields.push((name.clone(), value.clone()));
                    c.fields.sort();
                }
            }
        }
        if c != before {
            c.validate(self.day(who.now))?;
            plan.put(&c, Expect::Revision(revision))?;
        }
        if c.stage != before.stage {
            let reason = if let Change::Moved(_, reason) = change { reason.as_str() } else { "" };
            self.moved_by_hand(who, plan, (id, before.stage, c.stage), reason)?;
        }
        Ok(Some((id, c.name)))
    }

    /// The change in the form it is kept in, or why it cannot be.
    fn checked(&self, change: &Change) -> Result<Change, Refusal> {
        let bad = |field, problem| Err(Invalid { field, problem }.into());
        Ok(match change {
            Change::Tag(tag) | Change::Untag(tag) => {
                let Some(tag) = tag_name(tag) else { return bad(Field::Tags, Problem::Malformed) };
                if matches!(change, Change::Tag(_)) { Change::Tag(tag) } else { Change::Untag(tag) }
            }
            Change::Owner(Some(agent)) if !self.read().agents.iter().any(|a| a.id == *agent) => {
                return Err(not_found("agent", agent.0));
            }
            Change::Field(name, _) if name.trim().is_empty() => {
                return bad(Field::Own, Problem::Empty);
            }
            Change::Field(name, value) => {
                let (name, value) = self.read().own_value(name, value)?;
                Change::Field(name, value)
            }
            other => other.clone(),
        })
    }

    /// Gives up an act of many commits that failed half way.
    pub(super) fn take_back(
        &self,
        who: &Who,
        gesture: GestureId,
        label: &str,
    ) -> Result<(), Refusal> {
        for open in crate::store::unfinished(&*self.engine)? {
            if open.gesture == gesture.0 {
                crate::store::reverse(&*self.engine, open, who.agent.id.0, who.now, label)?;
            }
        }
        Ok(self.follow()?)
    }

    /// Adds a fact or saves one.
    pub(super) fn save_fact(&self, who: &Who, fact: &Fact) -> Result<Notice, Refusal> {
        self.perform(who, || {
            fact.validate()?;
            let (customer, _) = self.customer(fact.customer)?;
            let mut fact = fact.clone();
            let mut expect = Expect::Absent;
            if fact.id == FactId(0) {
                fact.id = rows::new_fact(&*self.engine)?;
            } else {
                let key = rows::child(fact.customer, fact.id.0);
                let read = records::get::<Fact>(&*self.engine, &key)?;
                let (_, revision) = read.ok_or_else(|| not_found("fact", fact.id.0))?;
                expect = Expect::Revision(revision);
            }
            let mut plan = Plan::new(format!("note {}", fact.kind));
            plan.put(&fact, expect)?;
            Ok((plan, Deed::Noted { customer: customer.id, name: customer.name }))
        })
    }

    /// Takes a fact away.
    pub(super) fn drop_fact(
        &self,
        who: &Who,
        of: CustomerId,
        fact: FactId,
    ) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let (customer, _) = self.customer(of)?;
            let key = rows::child(of, fact.0);
            let Some((found, revision)) = records::get::<Fact>(&*self.engine, &key)? else {
                return Err(not_found("fact", fact.0));
            };
            let mut plan = Plan::new(format!("drop {}", found.kind));
            plan.delete(Table::Fact, key, revision);
            Ok((plan, Deed::Noted { customer: of, name: customer.name }))
        })
    }

    /// Ties two customers; the row lies at both sides.
    pub(super) fn relate(&self, who: &Who, relation: &Relation) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let (from, _) = self.customer(relation.from)?;
            self.customer(relation.to)?;
            if relation.from == relation.to {
                let problem = Problem::Malformed;
                return Err(Invalid { field: Field::Customer, problem }.into());
            }
            if relation.note.chars().count() > Customer::MOST_TEXT {
                let problem = Problem::TooLong { most: Customer::MOST_TEXT };
                return Err(Invalid { field: Field::Note, problem }.into());
            }
            let mut plan = Plan::new("relate");
            let deed = Deed::Noted { customer: from.id, name: from.name };
            // That two are two is known once.
            if relation.kind == RelationKind::Distinct {
                let ties = rows::children::<Relation>(&*self.engine, relation.from)?;
                let other = |tie: &Relation| if tie.from == from.id { tie.to } else { tie.from };
                let is_same =
                    |tie: &Relation| tie.kind == relation.kind && other(tie) == relation.to;
                if ties.iter().any(|(tie, _)| is_same(tie)) {
                    return Ok((plan, deed));
                }
            }
            let relation = Relation { id: rows::new_relation(&*self.engine)?, ..relation.clone() };
            for side in [relation.from, relation.to] {
                let key = rows::child(side, relation.id.0);
                plan.writes.push(records::put(key, &relation, Expect::Absent)?);
            }
            Ok((plan, deed))
        })
    }

    /// Unties two customers.
    pub(super) fn unrelate(
        &self,
        who: &Who,
        from: CustomerId,
        id: RelationId,
    ) -> Result<Notice, Refusal> {
        self.perform(who, || {
            let (customer, _) = self.customer(from)?;
            let key = rows::child(from, id.0);
            let Some((relation, _)) = records::get::<Relation>(&*self.engine, &key)? else {
                return Err(not_found("relation", id.0));
            };
            let mut plan = Plan::new("unrelate");
            for side in [relation.from, relation.to] {
                let key = rows::child(side, id.0);
                if let Some((_, revision)) = records::get::<Relation>(&*self.engine, &key)? {
                    plan.delete(Table::Relation, key, revision);
                }
            }
            Ok((plan, Deed::Noted { customer: from, name: customer.name }))
        })
    }

    /// Refuses an external id that another customer has.
    pub(super) fn refuse_taken(&self, id: &str, own: CustomerId) -> Result<(), Refusal> {
        match self.read().directory.by_external_id(id) {
            Some(other) if other != own => {
                Err(Refusal::Taken { field: Field::ExternalId, name: id.to_owned() })
            }
            _ => Ok(()),
        }
    }

    /// Touches the row that guards external ids: two processes cannot add the same id at once.
    pub(super) fn guard_write(&self) -> crate::store::Write {
        crate::store::Write {
            table: Table::Guard,
            key: GUARD.to_vec(),
            value: Some((1, Vec::new())),
            expect: rows::as_read(self.read().guard),
        }
    }

    /// The name of the one who made commit `revision`.
    pub(super) fn changed_by(&self, revision: u64) -> Result<String, Refusal> {
        let change = self.change(revision)?;
        let state = self.read();
        Ok(change
            .map_or_else(|| "?".to_owned(), |c| state.agent_name(crate::domain::AgentId(c.actor))))
    }
}

/// Tags in the form they are kept in, sorted, each once; empty contact points gone.
fn tidy(customer: &mut Customer) {
    let mut tags: Vec<String> = customer.tags.iter().filter_map(|t| tag_name(t)).collect();
    tags.sort();
    tags.dedup();
    customer.tags = tags;
    customer.contacts.retain(|c| !c.value.trim().is_empty());
    customer.other_names.retain(|n| !n.trim().is_empty());
    customer.external_id = customer.external_id.take().filter(|id| !id.trim().is_empty());
    let own = customer.external_id.clone();
    customer.other_ids.retain(|id| !id.trim().is_empty() && Some(id) != own.as_ref());
}

/// Records that a plan changes; what is kept beside them does not count.
fn changed(plan: &Plan) -> usize {
    plan.writes.iter().filter(|write| write.table == Table::Customer).count()
}

/// Machine name of a change.
fn label(change: &Change) -> String {
    match change {
        Change::Tag(tag) => format!("tag {tag}"),
        Change::Untag(tag) => format!("untag {tag}"),
        Change::Stage(stage) | Change::Moved(stage, _) => format!("stage {stage}"),
        Change::Owner(_) => "owner".to_owned(),
        Change::Source(_) => "source".to_owned(),
        Change::DoNotCall(Some(_)) => "do not call".to_owned(),
        Change::DoNotCall(None) => "may call".to_owned(),
        Change::Marketing(_) => "marketing".to_owned(),
        Change::Field(name, _) => format!("field {name}"),
    }
}
