//! Rows of an import that carry what else is kept of a customer. Each is the one with the same content or
//! occasion at the same customer: the k-th such row of a file meets the k-th such record and replaces it.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::domain::{
    Case, CaseId, Customer, CustomerId, Fact, FactId, Field, Interaction, Invalid, Mark, Points,
    PointsId, Problem, Purchase, Relation, RelationId, StageMove, StageMoveId, Task, TaskId,
    WinBack,
};
use crate::store::records::{self, Stored};
use crate::store::{Expect, KeyRange, StoreError, Table, Write};

use super::super::calls::not_found;
use super::super::carried::{Carried, said_at, takes_marks};
use super::super::rows::{self, Keyed};
use super::super::{Desk, Refusal, Tally};
use super::{Import, Part};

/// Records of one kind, with their revisions and whether they are to be written.
type Row<T> = Vec<(T, Option<u64>, bool)>;
/// The same by customer.
type Shelf<T> = HashMap<CustomerId, Row<T>>;

/// What one commit of an import writes of them.
#[derive(Default)]
pub(super) struct Shelves {
    facts: Shelf<Fact>,
    relations: Shelf<Relation>,
    tasks: Shelf<Task>,
    /// All tasks are on their shelf: they only name their customers.
    has_tasks: bool,
    cases: Shelf<Case>,
    moves: Shelf<StageMove>,
    win_backs: Shelf<WinBack>,
    points: Shelf<Points>,
    marks: Shelf<Mark>,
}

fn hash_of(content: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

/// Puts a record on its shelf: in the place of the one it is, else as a new one.
fn put<T: PartialEq + Clone>(
    import: &mut Import,
    tally: &mut Tally,
    shelf: &mut Row<T>,
    (customer, new): (CustomerId, T),
    identity: impl Fn(&T) -> u64,
    keep_id: impl Fn(&mut T, &T),
    new_id: impl FnOnce(&mut T) -> Result<(), StoreError>,
) -> Result<(), Refusal> {
    let wanted = identity(&new);
    let met = import.met.entry((customer, wanted)).or_default();
    let at = *met as usize;
    *met += 1;
    let mut new = new;
    if let Some(slot) = shelf.iter_mut().filter(|(old, ..)| identity(old) == wanted).nth(at) {
        keep_id(&mut new, &slot.0);
        if slot.0 == new {
            tally.same += 1;
        } else {
            slot.0 = new;
            slot.2 = true;
            tally.changed += 1;
        }
        return Ok(());
    }
    new_id(&mut new)?;
    shelf.push((new, None, true));
    tally.added += 1;
    Ok(())
}

fn short(text: &str, field: Field) -> Result<(), Invalid> {
    let most = Customer::MOST_TEXT;
    if text.chars().count() > most {
        return Err(Invalid { field, problem: Problem::TooLong { most } });
    }
    Ok(())
}

impl Desk {
    /// What lies under a customer, once a part.
    fn shelf<'s, T: Stored>(
        &self,
        shelf: &'s mut Shelf<T>,
        customer: CustomerId,
    ) -> Result<&'s mut Row<T>, StoreError> {
        use std::collections::hash_map::Entry;
        Ok(match shelf.entry(customer) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let all = rows::children::<T>(&*self.engine, customer)?;
                let all = all.into_iter().map(|(record, revision)| (record, Some(revision), false));
                new.insert(all.collect())
            }
        })
    }

    #[allow(clippy::too_many_lines)] // a row of each kind
    pub(super) fn load_carried(
        &self,
        import: &mut Import,
        part: &mut Part,
        tally: &mut Tally,
        external: &str,
        row: Carried,
    ) -> Result<(), Refusal> {
        let there = |name: &str, part: &Part| {
            let missing = || Refusal::NotFound { what: "customer", name: name.to_owned() };
            self.known(part, name).ok_or_else(missing)
        };
        let customer = there(external, part)?;
        let engine = &*self.engine;
        let said = |at: Option<jiff::Timestamp>| -> Result<_, Refusal> {
            let Some(at) = at else { return Ok(None) };
            let all = rows::children::<Interaction>(engine, customer)?;
            let all: Vec<Interaction> = all.into_iter().map(|(said, _)| said).collect();
            said_at(at, &all)
                .map(Some)
                .ok_or_else(|| Refusal::NotFound { what: "interaction", name: at.to_string() })
        };
        match row {
            Carried::Fact(fact) => {
                fact.validate()?;
                let shelf = self.shelf(&mut part.carried.facts, customer)?;
                let identity = |f: &Fact| hash_of(("fact", f.kind, &f.text));
                let new_id = |f: &mut Fact| rows::new_fact(engine).map(|id| f.id = id);
                let new = Fact { id: FactId(0), customer, ..fact };
                let keep = |new: &mut Fact, old: &Fact| new.id = old.id;
                put(import, tally, shelf, (customer, new), identity, keep, new_id)
            }
            Carried::Relation { relation, other } => {
                short(&relation.note, Field::Note)?;
                let to = there(&other, part)?;
                if to == customer {
                    let problem = Problem::Malformed;
                    return Err(Invalid { field: Field::Customer, problem }.into());
                }
                let shelf = self.shelf(&mut part.carried.relations, customer)?;
                let identity = |r: &Relation| hash_of(("relation", r.from, r.to, r.kind));
                let new_id = |r: &mut Relation| rows::new_relation(engine).map(|id| r.id = id);
                let new = Relation { id: RelationId(0), from: customer, to, ..relation };
                let keep = |new: &mut Relation, old: &Relation| new.id = old.id;
                put(import, tally, shelf, (customer, new), identity, keep, new_id)
            }
            Carried::Task { task, said: at } => {
                short(&task.note, Field::Note)?;
                if !part.carried.has_tasks {
                    part.carried.has_tasks = true;
                    for (task, revision) in rows::list::<Task>(engine, KeyRange::all())? {
                        let shelf = part.carried.tasks.entry(task.customer).or_default();
                        shelf.push((task, Some(revision), false));
                    }
                }
                let from = said(at)?;
                let shelf = part.carried.tasks.entry(customer).or_default();
                let identity = |t: &Task| hash_of(("task", t.kind, t.due, &t.note));
                let new_id = |t: &mut Task| rows::new_task(engine).map(|id| t.id = id);
                let new = Task { id: TaskId(0), customer, from, ..task };
                let keep = |new: &mut Task, old: &Task| new.id = old.id;
                put(import, tally, shelf, (customer, new), identity, keep, new_id)
            }
            Carried::Case(case) => {
                let process = self.process(case.process)?;
                let notes = case.passages.iter().map(|passage| &passage.note).chain([&case.note]);
                if notes.into_iter().any(|note| note.chars().count() > Case::MOST_NOTE) {
                    let problem = Problem::TooLong { most: Case::MOST_NOTE };
                    return Err(Invalid { field: Field::Note, problem }.into());
                }
                if usize::from(case.step) >= process.steps.len() {
                    let to = i64::try_from(process.steps.len()).unwrap_or(i64::MAX) - 1;
                    let problem = Problem::OutOfRange { from: 0, to };
                    return Err(Invalid { field: Field::Steps, problem }.into());
                }
                let shelf = self.shelf(&mut part.carried.cases, customer)?;
                let identity = |c: &Case| hash_of(("case", c.process, c.opened));
                let new_id = |c: &mut Case| rows::new_case(engine).map(|id| c.id = id);
                let new = Case { id: CaseId(0), customer, ..case };
                let keep = |new: &mut Case, old: &Case| new.id = old.id;
                put(import, tally, shelf, (customer, new), identity, keep, new_id)
            }
            Carried::Move(moved) => {
                short(&moved.reason, Field::Reason)?;
                let shelf = self.shelf(&mut part.carried.moves, customer)?;
                let identity = |m: &StageMove| hash_of(("move", m.at, m.from, m.to));
                let new_id = |m: &mut StageMove| rows::new_stage_move(engine).map(|id| m.id = id);
                let new = StageMove { id: StageMoveId(0), customer, ..moved };
                let keep = |new: &mut StageMove, old: &StageMove| new.id = old.id;
                put(import, tally, shelf, (customer, new), identity, keep, new_id)
            }
            Carried::WinBack(win_back) => {
                short(&win_back.note, Field::Note)?;
                if win_back.cost < 0 {
                    let problem = Problem::OutOfRange { from: 0, to: i64::MAX };
                    return Err(Invalid { field: Field::Cost, problem }.into());
                }
                let shelf = self.shelf(&mut part.carried.win_backs, customer)?;
                let new = WinBack { customer, ..win_back };
                // There is one of each customer at most, however often a file has it.
                import.met.remove(&(customer, hash_of("win_back")));
                let identity = |_: &WinBack| hash_of("win_back");
                put(import, tally, shelf, (customer, new), identity, |_, _| {}, |_| Ok(()))
            }
            Carried::Points { points, bought, said: at } => {
                short(&points.note, Field::Note)?;
                let known = self.read().definitions.programme(points.programme).is_some();
                if !known {
                    return Err(not_found("programme", points.programme.0));
                }
                let interaction = said(at)?;
                let purchase = match bought {
                    None => None,
                    Some(bought) => {
                        let all = rows::children::<Purchase>(engine, customer)?;
                        let all: Vec<Purchase> = all.into_iter().map(|(p, _)| p).collect();
                        let missing =
                            || Refusal::NotFound { what: "purchase", name: bought.to_string() };
                        Some(bought.among(&all).ok_or_else(missing)?)
                    }
                };
                let shelf = self.shelf(&mut part.carried.points, customer)?;
                // Those of a purchase were earned when it came in already.
                let identity = |p: &Points| match p.purchase {
                    Some(purchase) => hash_of(("points", p.programme, purchase, p.points < 0)),
                    None => hash_of(("points", p.programme, p.day, p.points, &p.note)),
                };
                let new_id = |p: &mut Points| {
                    let ids = engine.reserve(Table::Points, 1)?;
                    p.id = PointsId(ids.start);
                    Ok(())
                };
                let new = Points { id: PointsId(0), customer, purchase, interaction, ..points };
                let keep = |new: &mut Points, old: &Points| new.id = old.id;
                put(import, tally, shelf, (customer, new), identity, keep, new_id)
            }
            Carried::PutOff(mark) => {
                short(&mark.reason, Field::Reason)?;
                if !takes_marks(mark.queue) {
                    let problem = Problem::NotFound;
                    return Err(Invalid { field: Field::Queue, problem }.into());
                }
                let new = Mark { customer, ..mark };
                let read = records::get::<Mark>(engine, &new.key())?;
                let shelf = part.carried.marks.entry(customer).or_default();
                let identity = |m: &Mark| hash_of(("put_off", m.queue, m.campaign));
                if !shelf.iter().any(|(known, ..)| identity(known) == identity(&new)) {
                    shelf.extend(read.map(|(known, revision)| (known, Some(revision), false)));
                }
                import.met.remove(&(customer, identity(&new)));
                put(import, tally, shelf, (customer, new), identity, |_, _| {}, |_| Ok(()))
            }
        }
    }

    /// The writes of a part's carried records.
    pub(super) fn carried_writes(&self, shelves: Shelves) -> Result<Vec<Write>, Refusal> {
        let mut writes = Vec::new();
        let Shelves { facts, relations, tasks, cases, moves, win_backs, points, marks, .. } =
            shelves;
        gather(&mut writes, facts)?;
        gather(&mut writes, tasks)?;
        gather(&mut writes, cases)?;
        gather(&mut writes, moves)?;
        gather(&mut writes, win_backs)?;
        gather(&mut writes, points)?;
        gather(&mut writes, marks)?;
        // A tie lies at both sides.
        for (relation, _, touched) in relations.into_values().flatten() {
            if !touched {
                continue;
            }
            for side in [relation.from, relation.to] {
                let key = rows::child(side, relation.id.0);
                let read = records::get::<Relation>(&*self.engine, &key)?;
                let expect = rows::as_read(read.map(|(_, revision)| revision));
                writes.push(records::put(key, &relation, expect)?);
            }
        }
        Ok(writes)
    }
}

fn gather<T: Keyed>(writes: &mut Vec<Write>, shelf: Shelf<T>) -> Result<(), StoreError> {
    let mut all: Vec<_> = shelf.into_values().flatten().filter(|(.., touched)| *touched).collect();
    all.sort_by_cached_key(|(record, ..)| record.key());
    for (record, revision, _) in &all {
        let expect: Expect = rows::as_read(*revision);
        writes.push(rows::put(record, expect)?);
    }
    Ok(())
}
