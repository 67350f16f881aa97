//! A plan file taken in: segments and definitions, found again by their names, what they refer to named.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::{
    Definition, DefinitionKind, Field, Invalid, Problem, Role, Segment, SegmentId,
};
use crate::store::Table;

use super::super::plan::Plan;
use super::super::{Deed, Desk, Notice, Refusal, Tally, Who, rows, tables};
use super::{Beside, table, write};

/// A definition of a plan file: what it refers to is named, its ids are 0.
#[derive(Clone, Debug)]
pub struct Planned {
    pub definition: Definition,
    /// Stock-keeping unit of the product.
    pub product: Option<String>,
    /// Name of the offer.
    pub offer: Option<String>,
    /// Name of the script.
    pub script: Option<String>,
}

impl Desk {
    /// Takes in a plan file: segments and definitions, found again by their names, as one gesture.
    /// What is there already and the same stays as it is.
    pub(in crate::desk) fn load_plan(
        &self,
        who: &Who,
        segments: &[Segment],
        definitions: &[Planned],
    ) -> Result<Notice, Refusal> {
        who.needs(Role::Supervisor)?;
        let before = Arc::clone(&self.read().definitions);
        let loaded = self.perform(who, || {
            let mut plan = Plan::new("import plan");
            let mut tally = Tally::default();
            let mut names = BTreeSet::new();
            for (at, segment) in segments.iter().enumerate() {
                let loaded = self.load_segment(segment, segments, &mut plan);
                tally += loaded.map_err(|refusal| in_plan(at, refusal))?;
                twice(&mut names, None, &segment.name).map_err(|r| in_plan(at, r))?;
            }
            let mut done: Vec<Definition> = Vec::new();
            for (at, planned) in definitions.iter().enumerate() {
                let at = at + segments.len();
                let loaded = self.load_definition(planned, segments, &mut done, &mut plan);
                tally += loaded.map_err(|refusal| in_plan(at, refusal))?;
                let kind = Some(planned.definition.kind());
                twice(&mut names, kind, planned.definition.name()).map_err(|r| in_plan(at, r))?;
            }
            Ok((plan, Deed::Closed { label: "import plan".to_owned(), tally }))
        })?;
        self.begin_rolls(who, &before)?;
        Ok(loaded)
    }

    fn load_segment(
        &self,
        segment: &Segment,
        all: &[Segment],
        plan: &mut Plan,
    ) -> Result<Tally, Refusal> {
        let mut segment = segment.clone();
        tables::named(&segment.name, Field::Name)?;
        tables::check_membership(&mut segment.membership, |rule| self.check(rule, all))?;
        let wanted = segment.name.to_lowercase();
        let known = {
            let state = self.read();
            state.segments.iter().find(|s| s.record.name.to_lowercase() == wanted).cloned()
        };
        segment.id = match &known {
            Some(kept) => kept.record.id,
            None => self.engine.reserve(Table::Segment, 1).map(|ids| SegmentId(ids.start))?,
        };
        let expect = rows::as_read(known.as_ref().map(|kept| kept.revision));
        let same = known.as_ref().is_some_and(|kept| kept.record == segment);
        if !same {
            plan.put(&segment, expect)?;
        }
        Ok(tally(known.is_some(), same))
    }

    fn load_definition(
        &self,
        planned: &Planned,
        segments: &[Segment],
        done: &mut Vec<Definition>,
        plan: &mut Plan,
    ) -> Result<Tally, Refusal> {
        let mut definition = planned.definition.clone();
        self.refer(&mut definition, planned, done)?;
        let known = self.read().definitions.named(definition.kind(), definition.name());
        let id = match &known {
            Some(kept) => kept.record.id(),
            None => self.engine.reserve(table(definition.kind()), 1)?.start,
        };
        definition.set_id(id);
        let beside = Beside { segments, definitions: done };
        self.check_definition(&definition, &beside)?;
        let same = known.as_ref().is_some_and(|kept| kept.record == definition);
        if !same {
            let expect = rows::as_read(known.as_ref().map(|kept| kept.revision));
            plan.writes.push(write(&definition, expect)?);
        }
        done.push(definition);
        Ok(tally(known.is_some(), same))
    }

    /// Puts the ids of what is named in place: of this plan first, then of the store.
    fn refer(
        &self,
        definition: &mut Definition,
        planned: &Planned,
        done: &[Definition],
    ) -> Result<(), Refusal> {
        let state = self.read();
        let find = |kind: DefinitionKind, name: &String, field: Field| {
            let wanted = name.to_lowercase();
            let mut here = done.iter().filter(|d| d.kind() == kind);
            let here = here.find(|d| d.name().to_lowercase() == wanted).map(Definition::id);
            let there = || state.definitions.named(kind, name).map(|kept| kept.record.id());
            here.or_else(there).ok_or(Invalid { field, problem: Problem::NotFound })
        };
        match definition {
            Definition::Offer(offer) => {
                if let Some(sku) = &planned.product {
                    let missing = Invalid { field: Field::Product, problem: Problem::NotFound };
                    offer.product = Some(*state.by_sku.get(sku).ok_or(missing)?);
                }
            }
            Definition::Campaign(campaign) => {
                let offer = planned.offer.as_ref();
                let offer = offer.map(|name| find(DefinitionKind::Offer, name, Field::Offer));
                campaign.offer = offer.transpose()?.map(crate::domain::OfferId);
                let script = planned.script.as_ref();
                let script = script.map(|name| find(DefinitionKind::Script, name, Field::Script));
                campaign.script = script.transpose()?.map(crate::domain::ScriptId);
            }
            Definition::Programme(_)
            | Definition::Process(_)
            | Definition::Script(_)
            | Definition::OwnField(_) => {}
        }
        Ok(())
    }
}

fn tally(known: bool, same: bool) -> Tally {
    let one = |yes: bool| usize::from(yes);
    Tally { added: one(!known), changed: one(known && !same), same: one(same), ..Tally::default() }
}

/// Refuses a name that a plan has twice.
fn twice(
    names: &mut BTreeSet<(Option<DefinitionKind>, String)>,
    kind: Option<DefinitionKind>,
    name: &str,
) -> Result<(), Refusal> {
    if names.insert((kind, name.to_lowercase())) {
        return Ok(());
    }
    Err(Refusal::Taken { field: Field::Name, name: name.to_owned() })
}

fn in_plan(at: usize, refusal: Refusal) -> Refusal {
    match refusal {
        store @ Refusal::Store(_) => store,
        other => Refusal::InPlan { at, refusal: Box::new(other) },
    }
}
