//! Who comes to match an expression that begins a process: looked at around an act or an import, and from
//! one scoring of everybody to the next. Nobody's case begins for having been inside all along.
//!
//! ```text
//! act, import ─► inside before, inside after ─► cases of those who came, same gesture
//! scoring ────► roll as it was kept, inside now ─► cases, a gesture of their own; the roll anew
//! ```
//!
//! The roll is kept in the store, so that it is known tomorrow who was inside today: the passing of days
//! brings people in as well. It begins with the definition, anew when the expression means something
//! else, and with the first fit: what was not known before has not changed.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::domain::{
    Case, CaseId, CustomerId, Expression, Gesture, GestureId, Process, ProcessId, Roll,
};
use crate::store::{Expect, StoreError, Sync, Table, Write};

use super::definitions::Definitions;
use super::plan::{MOST_TRIES, Plan, ROWS_A_PART};
use super::rows;
use super::state::State;
use super::{Deed, Desk, Refusal, Tally, Who};

/// Name of the gesture of a scoring's cases.
pub(super) const BEGIN_CASES: &str = "begin cases";

/// An expression that begins a process.
struct Rule {
    process: ProcessId,
    /// Which of the process's expressions.
    at: u8,
    expression: Expression,
    text: String,
}

impl Rule {
    /// What it means, the segments it names written out; the same in every version of the program.
    fn meaning(&self) -> u64 {
        let digest = Sha256::digest(self.expression.to_string());
        digest.iter().take(8).fold(0, |all, byte| all << 8 | u64::from(*byte))
    }
}

/// Who matched which expression before an act.
pub(super) struct Gate {
    rules: Vec<Rule>,
    /// Whom the act is about; `None` is everybody.
    whom: Option<Vec<CustomerId>>,
    /// For each rule, by id.
    inside: Vec<Vec<CustomerId>>,
    since: Timestamp,
}

/// Against what a roll is called.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Against the one before.
    Since,
    /// Against none.
    Afresh,
}

/// One who came to match a rule, and since when nobody may have begun the case already.
struct Came<'r> {
    rule: &'r Rule,
    customer: CustomerId,
    since: Timestamp,
}

impl Desk {
    /// The expressions that begin processes. Waits until it is known who is where, if there is any.
    fn entries(&self) -> Result<Vec<Rule>, Refusal> {
        let rules = self.read().entries();
        if !rules.is_empty() {
            self.wait_loaded(&mut |_| {})?;
        }
        Ok(rules)
    }

    /// Who stands where before an act of these writes; `None` when it can bring nobody in.
    pub(super) fn gate(&self, who: &Who, writes: &[Write]) -> Result<Option<Gate>, Refusal> {
        let touched = writes
            .iter()
            .filter(|write| matches!(write.table, Table::Customer | Table::History | Table::Fact));
        let touched: HashSet<_> =
            touched.filter_map(|write| rows::customer_at(&write.key)).collect();
        if touched.is_empty() {
            return Ok(None);
        }
        let mut whom: Vec<CustomerId> = touched.into_iter().collect();
        whom.sort();
        self.gate_of(who, Some(whom))
    }

    /// The same before an act of many commits, which may be about anybody.
    pub(super) fn wide_gate(&self, who: &Who) -> Result<Option<Gate>, Refusal> {
        self.gate_of(who, None)
    }

    fn gate_of(&self, who: &Who, whom: Option<Vec<CustomerId>>) -> Result<Option<Gate>, Refusal> {
        let rules = self.entries()?;
        if rules.is_empty() {
            return Ok(None);
        }
        let state = self.read();
        let inside = rules.iter().map(|r| state.inside(who.now, r, whom.as_deref())).collect();
        drop(state);
        Ok(Some(Gate { rules, whom, inside, since: who.now }))
    }

    /// The last part of an act of many commits: the cases of those who came in, and the gesture itself.
    /// Its sequence, and how many cases.
    pub(super) fn close_gate(
        &self,
        who: &Who,
        gesture: &mut Gesture,
        gate: Option<&Gate>,
    ) -> Result<(u64, usize), Refusal> {
        let cases = gate.map(|gate| self.entered(who, gate)).transpose()?.unwrap_or_default();
        let begun = cases.len();
        gesture.records += begun as u64;
        for part in cases.chunks(ROWS_A_PART) {
            self.commit(who, gesture.id, &gesture.label, part.to_vec(), Sync::WithNext)?;
        }
        let row = vec![rows::put(gesture, Expect::Absent)?];
        Ok((self.commit(who, gesture.id, &gesture.label, row, Sync::Now)?, begun))
    }

    fn entered(&self, who: &Who, gate: &Gate) -> Result<Vec<Write>, Refusal> {
        let mut came = Vec::new();
        {
            let state = self.read();
            for (rule, before) in gate.rules.iter().zip(&gate.inside) {
                let now = state.inside(who.now, rule, gate.whom.as_deref());
                let new = now.into_iter().filter(|id| before.binary_search(id).is_err());
                came.extend(new.map(|customer| Came { rule, customer, since: gate.since }));
            }
        }
        self.cases_for(who, &came)
    }

    /// Their cases; one at a time, and none beside one that was begun since.
    fn cases_for(&self, who: &Who, came: &[Came<'_>]) -> Result<Vec<Write>, Refusal> {
        if came.is_empty() {
            return Ok(Vec::new());
        }
        let mut known: HashSet<(ProcessId, CustomerId)> =
            self.read().cases.values().map(|case| (case.process, case.customer)).collect();
        let mut processes: HashMap<ProcessId, Process> = HashMap::new();
        let mut begun = Vec::new();
        let mut ids = self.engine.reserve(Table::Case, came.len() as u64)?;
        for Came { rule, customer, since } in came {
            if !known.insert((rule.process, *customer)) || self.had(rule, *customer, *since)? {
                continue;
            }
            let process = match processes.entry(rule.process) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(self.process(rule.process)?),
            };
            if let Some(id) = ids.next() {
                let case = self.new_case(who, process, (CaseId(id), *customer), &rule.text);
                begun.push(rows::put(&case, Expect::Absent)?);
            }
        }
        Ok(begun)
    }

    /// True when a case was begun after a moment and is closed by now.
    fn had(&self, rule: &Rule, customer: CustomerId, since: Timestamp) -> Result<bool, StoreError> {
        let cases = rows::children::<Case>(&*self.engine, customer)?;
        let mut cases = cases.into_iter().map(|(case, _)| case);
        Ok(cases.any(|case| case.process == rule.process && case.opened > since))
    }

    /// After everybody was scored: begins the cases of those who came in since the last time. What undo
    /// takes back, and how many.
    pub(super) fn call_roll(&self, who: &Who) -> Result<(GestureId, usize), Refusal> {
        self.call_roll_of(who, &self.entries()?, Look::Since)
    }

    /// After definitions were saved: who is inside of those that are new or other than `before` has not
    /// come in.
    pub(super) fn begin_rolls(&self, who: &Who, before: &Definitions) -> Result<(), Refusal> {
        let is_new = |process: &Process| before.process(process.id) != Some(process);
        let new: HashSet<ProcessId> = {
            let state = self.read();
            let all = state.definitions.processes.iter().map(|kept| &kept.record);
            all.filter(|process| is_new(process)).map(|process| process.id).collect()
        };
        if new.is_empty() {
            return Ok(());
        }
        let mut rules = self.entries()?;
        rules.retain(|rule| new.contains(&rule.process));
        self.call_roll_of(who, &rules, Look::Afresh).map(drop)
    }

    fn call_roll_of(
        &self,
        who: &Who,
        rules: &[Rule],
        look: Look,
    ) -> Result<(GestureId, usize), Refusal> {
        let mut tries = 0;
        while !rules.is_empty() {
            match self.try_roll(who, rules, look) {
                Err(Refusal::Store(StoreError::Conflict { .. })) if tries < MOST_TRIES => {
                    tries += 1;
                    self.follow()?;
                }
                done => return done,
            }
        }
        Ok((GestureId::default(), 0))
    }

    fn try_roll(
        &self,
        who: &Who,
        rules: &[Rule],
        look: Look,
    ) -> Result<(GestureId, usize), Refusal> {
        let (scored, inside) = {
            let state = self.read();
            let scoring = state.scores.models().map(|models| &models.scoring);
            if scoring.is_some_and(|scoring| scoring.pinned) {
                return Ok((GestureId::default(), 0)); // a day of the past: nobody comes in there
            }
            let inside: Vec<_> = rules.iter().map(|r| state.inside(who.now, r, None)).collect();
            (scoring.is_some(), inside)
        };
        let mut plan = Plan::new(BEGIN_CASES);
        let mut came = Vec::new();
        for (rule, now) in rules.iter().zip(inside) {
            let kept = rows::rolls(&*self.engine, rule.process, Some(rule.at))?;
            let head = Roll {
                process: rule.process,
                start: rule.at,
                block: 0,
                rule: rule.meaning(),
                scored,
                at: who.now,
                inside: Vec::new(),
            };
            let is_same =
                |(roll, _): &&(Roll, u64)| roll.rule == head.rule && roll.scored == scored;
            if let Some((first, _)) = kept.first().filter(is_same).filter(|_| look == Look::Since) {
                let was: HashSet<CustomerId> =
                    kept.iter().flat_map(|(roll, _)| roll.inside.iter().copied()).collect();
                let new = now.iter().filter(|id| !was.contains(id));
                came.extend(new.map(|id| Came { rule, customer: *id, since: first.at }));
            }
            put_roll(&mut plan, &head, &now, kept)?;
        }
        let cases = self.cases_for(who, &came)?;
        if cases.is_empty() {
            self.commit(who, GestureId(0), BEGIN_CASES, plan.writes, Sync::Now)?;
            return Ok((GestureId::default(), 0));
        }
        let mut gesture = self.new_gesture(who, BEGIN_CASES)?;
        gesture.records = cases.len() as u64;
        self.commit(who, gesture.id, BEGIN_CASES, plan.writes, Sync::WithNext)?;
        let done = (|| {
            for part in cases.chunks(ROWS_A_PART) {
                self.commit(who, gesture.id, BEGIN_CASES, part.to_vec(), Sync::WithNext)?;
            }
            let row = vec![rows::put(&gesture, Expect::Absent)?];
            Ok::<_, Refusal>(self.commit(who, gesture.id, BEGIN_CASES, row, Sync::Now)?)
        })();
        if done.is_err() {
            self.take_back(who, gesture.id, BEGIN_CASES)?;
        }
        let tally = Tally { added: cases.len(), ..Tally::default() };
        let deed = Deed::Closed { label: BEGIN_CASES.to_owned(), tally };
        self.announce(who, done?, gesture.id, deed);
        Ok((gesture.id, cases.len()))
    }
}

/// Keeps who is inside now, in blocks; those that are as they were stay untouched but for the first,
/// which says when.
fn put_roll(
    plan: &mut Plan,
    head: &Roll,
    inside: &[CustomerId],
    kept: Vec<(Roll, u64)>,
) -> Result<(), StoreError> {
    let mut blocks: BTreeMap<u32, Vec<CustomerId>> = BTreeMap::from([(0, Vec::new())]);
    for id in inside {
        // Past this block nobody is ranked either.
        let block = u32::try_from(id.0 / Roll::BLOCK).unwrap_or(u32::MAX);
        blocks.entry(block).or_default().push(*id);
    }
    let mut was: BTreeMap<u32, (Roll, u64)> =
        kept.into_iter().map(|(roll, revision)| (roll.block, (roll, revision))).collect();
    for (block, inside) in blocks {
        let old = was.remove(&block);
        let expect = rows::as_read(old.as_ref().map(|(_, revision)| *revision));
        if block == 0 || old.is_none_or(|(old, _)| old.inside != inside) {
            plan.put(&Roll { block, inside, ..head.clone() }, expect)?;
        }
    }
    for (roll, revision) in was.into_values() {
        plan.delete(Table::Guard, rows::Keyed::key(&roll), revision);
    }
    Ok(())
}

impl State {
    fn entries(&self) -> Vec<Rule> {
        let named = |name: &str| self.segment_rule(name);
        let active = self.definitions.processes.iter().map(|kept| &kept.record);
        let texts = active.filter(|process| process.active).flat_map(|process| {
            let texts = process.expressions().zip(0..=u8::MAX);
            texts.map(|(text, at)| (process.id, at, text))
        });
        let rules = texts.filter_map(|(process, at, text)| {
            let expression = Expression::parse_with(text, &named).ok()?;
            Some(Rule { process, at, expression, text: text.to_owned() })
        });
        rules.collect()
    }

    /// Those of `whom` who match a rule, by id.
    fn inside(&self, now: Timestamp, rule: &Rule, whom: Option<&[CustomerId]>) -> Vec<CustomerId> {
        let today = self.scoring_day(Desk::day_in(&self.settings, now));
        let directory = &self.directory;
        let Some(whom) = whom else {
            let found = directory.eval(&rule.expression, today, None);
            let mut ids: Vec<_> = found.rows().map(|row| directory.id_at(row)).collect();
            ids.sort_unstable();
            return ids;
        };
        let matches = |id: &CustomerId| {
            let row = directory.row_of(*id);
            row.is_some_and(|row| directory.matches(&rule.expression, row, today, None))
        };
        whom.iter().copied().filter(matches).collect()
    }
}
