//! What a strategy is made of, in memory and on its way in: definitions are saved with the revision
//! they were read at, dropped while nothing hangs on them, and taken in whole from a plan file.

mod planned;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::{
    Campaign, CampaignState, Day, Definition, DefinitionKind, Expression, Field, Invalid, Offer,
    OwnField, Points, Problem, Process, Product, Programme, Role, Script, Segment, Start,
};
use crate::store::records::{self, Stored};
use crate::store::{Engine, Expect, KeyRange, Record, StoreError, Table, Write};

use super::calls::not_found;
use super::lists::expression_of;
use super::plan::Plan;
use super::question::Plans;
use super::rows::{self, Keyed};
use super::state::State;
use super::{Deed, Desk, Notice, Refusal, Who};

pub use planned::Planned;

/// Products shown among what a strategy is made of.
const MOST_PRODUCTS: usize = 5_000;

/// A record and the revision a later save has to name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<T> {
    pub record: T,
    pub revision: u64,
}

/// What comes into the store together with a definition.
#[derive(Default)]
struct Beside<'a> {
    segments: &'a [Segment],
    definitions: &'a [Definition],
}

macro_rules! definitions {
    ($($kind:ident: $record:ident, $all:ident, $one:ident, $id:ident;)+) => {
        /// Every definition, by name.
        #[derive(Clone, Debug, Default)]
        pub struct Definitions {
            $(pub $all: Vec<Kept<$record>>,)+
        }

        impl Definitions {
            $(
                /// The one with this identity.
                pub fn $one(&self, id: crate::domain::$id) -> Option<&$record> {
                    self.$all.iter().map(|kept| &kept.record).find(|record| record.id == id)
                }
            )+

            /// All of a kind.
            pub fn all(&self, kind: DefinitionKind) -> Vec<Kept<Definition>> {
                match kind {
                    $(DefinitionKind::$kind => self.$all.iter().map(|kept| Kept {
                        record: Definition::$kind(kept.record.clone()),
                        revision: kept.revision,
                    }).collect(),)+
                }
            }

            /// Takes in a row of a table of definitions.
            pub(super) fn apply(
                &mut self,
                table: Table,
                key: &[u8],
                record: Option<&Record>,
            ) -> Result<(), StoreError> {
                match table {
                    $(Table::$kind => take(&mut self.$all, key, record, |r| r.name.to_lowercase()),)+
                    _ => Ok(()),
                }
            }
        }

        /// The table of a kind.
        fn table(kind: DefinitionKind) -> Table {
            match kind {
                $(DefinitionKind::$kind => Table::$kind,)+
            }
        }

        /// What is kept under a kind and an identity.
        fn read(
            engine: &dyn Engine,
            kind: DefinitionKind,
            id: u64,
        ) -> Result<Option<(Definition, u64)>, StoreError> {
            let key = id.to_be_bytes();
            Ok(match kind {
                $(DefinitionKind::$kind => records::get::<$record>(engine, &key)?
                    .map(|(record, revision)| (Definition::$kind(record), revision)),)+
            })
        }

        /// The write that keeps a definition.
        fn write(definition: &Definition, expect: Expect) -> Result<Write, StoreError> {
            match definition {
                $(Definition::$kind(record) => rows::put(record, expect),)+
            }
        }
    };
}

definitions! {
    Offer: Offer, offers, offer, OfferId;
    Programme: Programme, programmes, programme, ProgrammeId;
    Process: Process, processes, process, ProcessId;
    Script: Script, scripts, script, ScriptId;
    Campaign: Campaign, campaigns, campaign, CampaignId;
    OwnField: OwnField, own_fields, own_field, OwnFieldId;
}

impl Definitions {
    /// How many there are.
    pub fn count(&self) -> usize {
        DefinitionKind::ALL.iter().map(|kind| self.all(*kind).len()).sum()
    }

    /// The one of a kind with a name, whatever its case.
    pub fn named(&self, kind: DefinitionKind, name: &str) -> Option<Kept<Definition>> {
        let wanted = name.to_lowercase();
        self.all(kind).into_iter().find(|kept| kept.record.name().to_lowercase() == wanted)
    }
}

/// Takes a row into a small table that is sorted by name.
pub(super) fn take<T: Stored + Keyed, K: Ord>(
    all: &mut Vec<Kept<T>>,
    key: &[u8],
    record: Option<&Record>,
    name: impl Fn(&T) -> K,
) -> Result<(), StoreError> {
    all.retain(|kept| kept.record.key() != key);
    if let Some(row) = record {
        let record = records::open::<T>(key, row.lend())?;
        all.push(Kept { record, revision: row.revision });
        all.sort_by_cached_key(|kept| name(&kept.record));
    }
    Ok(())
}

impl Desk {
    /// Everything a strategy is made of, with its revisions, and what is under way.
    pub(super) fn plans(&self, who: &Who) -> Result<Plans, Refusal> {
        let engine = &*self.engine;
        let settings = records::get(engine, records::keys::SETTINGS)?;
        let (record, revision) = settings.unwrap_or_default();
        let settings = Kept { record, revision };
        let kept = |(record, revision)| Kept { record, revision };
        let outcomes = rows::list(engine, KeyRange::all())?.into_iter().map(kept).collect();
        let kept = |(record, revision)| Kept { record, revision };
        let agents = rows::list(engine, KeyRange::all())?.into_iter().map(kept).collect();
        let state = self.read();
        let cases = state.definitions.processes.iter().map(|process| {
            let id = process.record.id;
            let open = state.cases.values().filter(|case| case.process == id);
            let overdue = open.clone().filter(|case| case.is_overdue(who.now)).count();
            (id, open.count(), overdue)
        });
        let offers = state.definitions.offers.iter();
        let named: BTreeSet<_> = offers.filter_map(|kept| kept.record.product).collect();
        let mut products: Vec<_> = state.products.values().cloned().collect();
        products.sort_by_cached_key(|product| (product.name.to_lowercase(), product.id));
        let mut others = 0;
        products.retain(|product| {
            others += usize::from(!named.contains(&product.id));
            named.contains(&product.id) || others <= MOST_PRODUCTS
        });
        let mut kept_products = Vec::with_capacity(products.len());
        for product in products {
            let read = records::get::<Product>(engine, &product.id.key())?;
            kept_products.extend(read.map(|(record, revision)| Kept { record, revision }));
        }
        Ok(Plans {
            products: kept_products,
            cases: cases.collect(),
            teams: state.teams(),
            definitions: state.definitions.clone(),
            segments: state.segments.clone(),
            outcomes,
            agents,
            settings,
        })
    }

    /// Adds a definition (id 0) or saves one, if nobody changed it since revision `base`.
    pub(super) fn save_definition(
        &self,
        who: &Who,
        definition: &Definition,
        base: u64,
    ) -> Result<Notice, Refusal> {
        who.needs(Role::Supervisor)?;
        let before = Arc::clone(&self.read().definitions);
        let saved = self.perform(who, || {
            let mut definition = definition.clone();
            let kind = definition.kind();
            self.check_definition(&definition, &Beside::default())?;
            let mut plan = Plan::new(format!("{kind} {}", definition.name()));
            if definition.id() == 0 {
                definition.set_id(self.engine.reserve(table(kind), 1)?.start);
                plan.writes.push(write(&definition, Expect::Absent)?);
            } else {
                let read = read(&*self.engine, kind, definition.id())?;
                let (was, revision) = read.ok_or_else(|| gone(&definition))?;
                self.refuse_stale(base, revision)?;
                Self::refuse_past(&was, &definition, self.day(who.now))?;
                if was != definition {
                    plan.writes.push(write(&definition, Expect::Revision(revision))?);
                }
            }
            Ok((plan, defined(&definition, false)))
        })?;
        self.begin_rolls(who, &before)?;
        Ok(saved)
    }

    /// A campaign whose last day has passed would call nobody: it is not started.
    fn refuse_past(was: &Definition, now: &Definition, today: Day) -> Result<(), Invalid> {
        let (Definition::Campaign(was), Definition::Campaign(now)) = (was, now) else {
            return Ok(());
        };
        let starts = now.state == CampaignState::Running && was.state != CampaignState::Running;
        let over = now.until.is_some_and(|until| until < today);
        if starts && over {
            return Err(Invalid { field: Field::End, problem: Problem::InThePast });
        }
        Ok(())
    }

    /// Takes a definition away, if nobody changed it since revision `base` and nothing hangs on it.
    pub(super) fn drop_definition(
        &self,
        who: &Who,
        kind: DefinitionKind,
        id: u64,
        base: u64,
    ) -> Result<Notice, Refusal> {
        who.needs(Role::Supervisor)?;
        self.perform(who, || {
            let read = read(&*self.engine, kind, id)?;
            let (definition, revision) = read.ok_or_else(|| not_found(kind.name(), id))?;
            self.refuse_stale(base, revision)?;
            self.refuse_if_needed(&definition)?;
            let mut plan = Plan::new(format!("drop {kind} {}", definition.name()));
            plan.delete(table(kind), id.to_be_bytes().to_vec(), revision);
            if let Definition::Process(process) = &definition {
                for (roll, revision) in rows::rolls(&*self.engine, process.id, None)? {
                    plan.delete(Table::Guard, roll.key(), revision);
                }
            }
            Ok((plan, defined(&definition, true)))
        })
    }

    /// Checks a definition: on its own, its name among its kind, its expressions, what it refers to.
    fn check_definition(
        &self,
        definition: &Definition,
        beside: &Beside<'_>,
    ) -> Result<(), Refusal> {
        definition.validate()?;
        let name = definition.name();
        let known = self.read().definitions.named(definition.kind(), name);
        if known.is_some_and(|kept| kept.record.id() != definition.id()) {
            return Err(Refusal::Taken { field: Field::Name, name: name.to_owned() });
        }
        for expression in definition.expressions() {
            self.check(expression, beside.segments)?;
        }
        let missing = |field| Refusal::from(Invalid { field, problem: Problem::NotFound });
        match definition {
            Definition::Offer(offer) => {
                let known = |id| self.read().products.contains_key(&id);
                if offer.product.is_some_and(|id| !known(id)) {
                    return Err(missing(Field::Product));
                }
            }
            Definition::Campaign(campaign) => {
                if campaign.state == CampaignState::Running && campaign.segment.trim().is_empty() {
                    let problem = Problem::Empty;
                    return Err(Invalid { field: Field::Expression, problem }.into());
                }
                let is_there = |kind: DefinitionKind, id: u64| {
                    let here = |d: &Definition| d.kind() == kind && d.id() == id;
                    beside.definitions.iter().any(here)
                        || self.read().definitions.all(kind).iter().any(|k| k.record.id() == id)
                };
                if campaign.offer.is_some_and(|id| !is_there(DefinitionKind::Offer, id.0)) {
                    return Err(missing(Field::Offer));
                }
                if campaign.script.is_some_and(|id| !is_there(DefinitionKind::Script, id.0)) {
                    return Err(missing(Field::Script));
                }
                for (code, _) in &campaign.delays {
                    self.meaning(code)?;
                }
            }
            Definition::Process(process) => {
                for start in &process.starts {
                    match start {
                        Start::Outcome(code) if code.is_empty() => {
                            let problem = Problem::Empty;
                            return Err(Invalid { field: Field::Outcome, problem }.into());
                        }
                        Start::Outcome(code) => {
                            self.meaning(code)?;
                        }
                        Start::Enters(rule) if rule.trim().is_empty() => {
                            let problem = Problem::Empty;
                            return Err(Invalid { field: Field::Expression, problem }.into());
                        }
                        Start::Stage(_) | Start::Enters(_) => {}
                    }
                }
            }
            Definition::Programme(_) | Definition::Script(_) | Definition::OwnField(_) => {}
        }
        Ok(())
    }

    /// Reads an expression with the segments of a plan beside those of the store; an empty one is
    /// everyone.
    fn check(&self, text: &str, planned: &[Segment]) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let state = self.read();
        let named = |name: &str| {
            let wanted = name.to_lowercase();
            let here = planned.iter().find(|s| s.name.to_lowercase() == wanted);
            here.map(expression_of).or_else(|| state.segment_rule(name))
        };
        Expression::parse_with(text, &named).map(drop).map_err(Refusal::Expression)
    }

    /// Refuses to take away what something else needs.
    fn refuse_if_needed(&self, definition: &Definition) -> Result<(), Refusal> {
        let in_use = |by: String| Refusal::InUse { name: definition.name().to_owned(), by };
        let state = self.read();
        let campaigns = state.definitions.campaigns.iter().map(|kept| &kept.record);
        let by = match definition {
            Definition::Offer(offer) => {
                let mut users = campaigns.filter(|c| c.offer == Some(offer.id));
                users.next().map(|campaign| campaign.name.clone())
            }
            Definition::Script(script) => {
                let mut users = campaigns.filter(|c| c.script == Some(script.id));
                users.next().map(|campaign| campaign.name.clone())
            }
            Definition::Process(process) => {
                let mut users = state.cases.values().filter(|case| case.process == process.id);
                users.next().map(|case| format!("#{}", case.id))
            }
            Definition::Campaign(campaign) => {
                let running = campaign.state == CampaignState::Running;
                running.then(|| campaign.state.name().to_owned())
            }
            Definition::Programme(programme) => {
                let mut holder = None;
                rows::read_all::<Points>(&*self.engine, KeyRange::all(), &mut |_, points, _| {
                    if points.programme == programme.id {
                        holder = Some(points.customer);
                        return std::ops::ControlFlow::Break(());
                    }
                    std::ops::ControlFlow::Continue(())
                })?;
                holder.map(|id| format!("#{id}"))
            }
            Definition::OwnField(_) => None,
        };
        by.map_or(Ok(()), |by| Err(in_use(by)))
    }

    /// Refuses a save that was begun from an older revision.
    pub(super) fn refuse_stale(&self, base: u64, revision: u64) -> Result<(), Refusal> {
        if base == revision {
            return Ok(());
        }
        let by = self.changed_by(revision)?;
        Err(Refusal::Conflict { by, current: None, revision })
    }
}

impl State {
    /// Teams of agents and of steps of processes, each once, in order.
    pub fn teams(&self) -> Vec<String> {
        let agents = self.agents.iter().filter(|a| !a.disabled).map(|a| &a.team);
        let processes = self.definitions.processes.iter();
        let steps = processes.flat_map(|kept| kept.record.steps.iter().map(|step| &step.team));
        let mut seen = BTreeSet::new();
        let named = agents.chain(steps).filter(|team| !team.is_empty());
        let mut teams: Vec<String> =
            named.filter(|team| seen.insert(team.to_lowercase())).cloned().collect();
        teams.sort_by_key(|team| team.to_lowercase());
        teams
    }

    /// The expression of the segment with this name.
    pub fn segment_rule(&self, name: &str) -> Option<String> {
        let wanted = name.to_lowercase();
        let mut all = self.segments.iter().map(|kept| &kept.record);
        all.find(|segment| segment.name.to_lowercase() == wanted).map(expression_of)
    }
}

fn gone(definition: &Definition) -> Refusal {
    Refusal::NotFound { what: definition.kind().name(), name: definition.name().to_owned() }
}

fn defined(definition: &Definition, dropped: bool) -> Deed {
    Deed::Defined {
        kind: definition.kind(),
        id: definition.id(),
        name: definition.name().to_owned(),
        dropped,
    }
}
