//! Two customers made one: the record united field by field, all that belongs to the one given to the
//! other, one gesture. Taking it back brings both back as they were. What belongs to a customer stands
//! in `belongings`; which value of a field stays, in `domain::merge`.
//!
//! ```text
//! gone: record ──────► its ids, contacts, names ─► keep
//!       rows (calls, purchases, facts, ties ...) ─► keep, same ids
//!       sums ─────────────────────────────────────► made anew of all rows
//! ```

use std::collections::HashSet;

use crate::domain::{
    AgentId, Customer, CustomerId, Difference, Field, Interaction, Invalid, MergeField, Problem,
    Purchase, Role, merge,
};
use crate::store::{Expect, StoreError, Table};

use super::ledgers::grown;
use super::plan::{Plan, ROWS_A_PART};
use super::rows;
use super::{Deed, Desk, Notice, Refusal, Who, belongings};

/// Name of the act.
pub(super) const MERGE: &str = "merge";
/// How often a merge of many rows is begun again after another commit came between.
const MOST_TRIES: usize = 4;

/// What would come of making one of two customers.
#[derive(Clone, Debug)]
pub struct MergePreview {
    /// The one that stays, and its revision.
    pub keep: Customer,
    pub keep_revision: u64,
    /// The one that goes, and its revision.
    pub gone: Customer,
    pub gone_revision: u64,
    /// The fields in which they differ.
    pub differences: Vec<Difference>,
    /// Rows that go over, by the table's machine name; those without any are left out.
    pub rows: Vec<(Table, usize)>,
    /// They belong to two agents: it is asked about before.
    pub across_owners: bool,
}

impl Desk {
    /// What would come of merging.
    pub(super) fn merge_preview(
        &self,
        keep: CustomerId,
        gone: CustomerId,
    ) -> Result<MergePreview, Refusal> {
        let (kept, keep_revision) = self.customer(keep)?;
        let (goes, gone_revision) = self.customer(gone)?;
        refuse_same(keep, gone)?;
        let rows = belongings::rows(&*self.engine, gone)?.into_iter();
        let rows = rows.map(|(table, rows)| (table, rows.len()));
        let rows =
            rows.filter(|(table, n)| *n > 0 && !matches!(table, Table::Customer | Table::History));
        let rows = rows.collect();
        let differences = merge::differences(&kept, &goes);
        let across_owners = is_across(&kept, &goes);
        Ok(MergePreview {
            keep: kept,
            keep_revision,
            gone: goes,
            gone_revision,
            differences,
            rows,
            across_owners,
        })
    }

    /// Makes one of two customers.
    pub(super) fn merge(
        &self,
        who: &Who,
        keep: CustomerId,
        gone: CustomerId,
        take: Option<&[MergeField]>,
        base: Option<(u64, u64)>,
    ) -> Result<Notice, Refusal> {
        let (plan, _) = self.merge_plan(who, (keep, gone), take, base)?;
        if plan.writes.len() <= ROWS_A_PART {
            return self.perform(who, || self.merge_plan(who, (keep, gone), take, base));
        }
        let mut tries = 0;
        loop {
            let (plan, deed) = self.merge_plan(who, (keep, gone), take, base)?;
            match self.perform_in_parts(who, plan, deed) {
                Err(Refusal::Store(StoreError::Conflict { .. })) if tries < MOST_TRIES => {
                    tries += 1;
                    self.follow()?;
                }
                done => return done,
            }
        }
    }

    fn merge_plan(
        &self,
        who: &Who,
        (keep, gone): (CustomerId, CustomerId),
        take: Option<&[MergeField]>,
        base: Option<(u64, u64)>,
    ) -> Result<(Plan, Deed), Refusal> {
        refuse_same(keep, gone)?;
        let engine = &*self.engine;
        let (kept, keep_was) = self.customer(keep)?;
        let (goes, gone_was) = self.customer(gone)?;
        if let Some((keep_base, gone_base)) = base {
            for (customer, was, base) in
                [(&kept, keep_was, keep_base), (&goes, gone_was, gone_base)]
            {
                if was != base {
                    let (by, current) = (self.changed_by(was)?, Some(Box::new(customer.clone())));
                    return Err(Refusal::Conflict { by, current, revision: was });
                }
            }
        }
        let me = Some(who.agent.id);
        if [kept.owner, goes.owner].iter().any(|owner| owner.is_some() && *owner != me) {
            who.needs(Role::Supervisor)?;
        }
        let usual = merge::usually_taken(&kept, &goes);
        let mut one = merge::merged(&kept, &goes, take.unwrap_or(&usual));
        let was_banned = kept.must_not_be_called() || goes.must_not_be_called();
        if was_banned && !one.must_not_be_called() {
            who.needs(Role::Supervisor)?;
        }
        let mut plan = Plan::new(MERGE);
        // Both records change hands first: nobody begins anything new with the one that goes.
        plan.writes.push(self.guard_write());
        plan.delete(Table::Customer, gone.key().to_vec(), gone_was);
        let record_at = plan.writes.len();
        let (moved, rows) = belongings::given(engine, gone, keep)?;
        let both = |of| -> Result<_, StoreError> {
            let bought = rows::children::<Purchase>(engine, of)?.into_iter().map(|(p, _)| p);
            let said = rows::children::<Interaction>(engine, of)?.into_iter().map(|(i, _)| i);
            Ok((bought.collect::<Vec<_>>(), said.collect::<Vec<_>>()))
        };
        let ((mut bought, mut said), theirs) = (both(keep)?, both(gone)?);
        bought.extend(theirs.0);
        said.extend(theirs.1);
        said.sort_by_key(|i| (i.at, i.id));
        let ledger = self.ledger_of(bought, said);
        grown(&mut one, &ledger);
        one.validate(self.day(who.now))?;
        plan.put(&one, Expect::Revision(keep_was))?;
        debug_assert_eq!(record_at + 1, plan.writes.len());
        plan.writes.extend(moved);
        let (_, gone_ledger) = rows::ledger(engine, gone)?;
        let (_, keep_ledger) = rows::ledger(engine, keep)?;
        if let Some(revision) = gone_ledger {
            plan.delete(Table::History, gone.key().to_vec(), revision);
            plan.writes.push(Self::ledger_write(keep, &ledger, keep_ledger)?);
        }
        let (name, gone_name) = (one.name, goes.name);
        Ok((plan, Deed::Merged { customer: keep, name, gone, gone_name, rows }))
    }

    /// A merge cannot be taken back once a call that came with it was corrected under its new name:
    /// the correction would be left without the call.
    pub(super) fn refuse_if_corrected(
        &self,
        moved: &HashSet<u64>,
        newer: &[(Vec<u8>, u64)],
    ) -> Result<(), Refusal> {
        for (key, seq) in newer {
            let read = crate::store::records::get::<Interaction>(&*self.engine, key)?;
            let corrects = read.and_then(|(i, _)| i.corrects);
            if corrects.is_some_and(|id| moved.contains(&id.0)) {
                return Err(self.changed_since(Table::Interaction, key, Some(*seq))?);
            }
        }
        Ok(())
    }
}

/// True when two customers belong to two agents.
fn is_across(keep: &Customer, gone: &Customer) -> bool {
    let owners: [Option<AgentId>; 2] = [keep.owner, gone.owner];
    matches!(owners, [Some(one), Some(other)] if one != other)
}

fn refuse_same(keep: CustomerId, gone: CustomerId) -> Result<(), Invalid> {
    if keep == gone {
        return Err(Invalid { field: Field::Customer, problem: Problem::TheSame });
    }
    Ok(())
}
