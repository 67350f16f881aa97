//! What is counted of conversations, moves between stages and cases: all of them are read, so the count
//! is kept, and made anew only when the store has changed and reading it again is cheap.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::super::super::{Cancel, Desk, Refusal, Who, hours, rows};
use crate::domain::{
    AgentId, Case, CaseState, Channel, Interaction, Meaning, OfferId, Process, Stage, StageMove,
};
use crate::store::{KeyRange, StoreError};

/// Days of a window: what is done now, and what was done in as many days before.
pub(super) const DAYS: i64 = 90;
/// What took longer than this to read is read again only after [`PATIENCE`] times as long.
const SLOW: Duration = Duration::from_millis(200);
const PATIENCE: u32 = 60;
/// Windows may be so old when nothing was written since.
const STALE: SignedDuration = SignedDuration::from_hours(1);
/// Rows between two looks at whether the answer is still wanted.
const LOOK: usize = 4_096;

/// What was done in 90 days.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    pub calls: usize,
    pub with_outcome: usize,
    /// Conversations: the customer was spoken to, or said how satisfied they are.
    pub reached: usize,
    pub asked: usize,
    pub moves: usize,
    pub kinds: BTreeSet<(Stage, Stage)>,
    /// Steps that were left, and those that stand and are late.
    pub steps: usize,
    pub in_time: usize,
    /// Cases that were finished by two teams or more.
    pub across: usize,
}

/// All that is counted.
#[derive(Clone, Debug, Default)]
pub(in crate::desk) struct Evidence {
    pub now: Window,
    pub before: Window,
    /// Answers to offers so far, and up to 90 days ago.
    pub answers: usize,
    pub answers_before: usize,
    pub by_offer: BTreeMap<OfferId, usize>,
    /// Who logged a call, and who asked how satisfied customers are, in these 90 days.
    pub callers: HashSet<AgentId>,
    pub askers: HashSet<AgentId>,
}

/// What was counted last.
pub(in crate::desk) struct Counted {
    evidence: Arc<Evidence>,
    /// The last commit it knows of.
    applied: u64,
    at: Timestamp,
    took: Duration,
}

impl Counted {
    fn serves(&self, now: Timestamp, applied: u64) -> bool {
        let age = now.duration_since(self.at);
        let patience = SignedDuration::try_from(self.took * PATIENCE).unwrap_or_default();
        let is_fresh = applied == self.applied && age < STALE;
        !age.is_negative() && (is_fresh || self.took > SLOW && age < patience)
    }
}

impl Desk {
    pub(super) fn evidence(&self, who: &Who, cancel: &Cancel) -> Result<Arc<Evidence>, Refusal> {
        let applied = self.read().applied;
        let mut kept = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counted) = kept.as_ref().filter(|c| c.serves(who.now, applied)) {
            return Ok(Arc::clone(&counted.evidence));
        }
        let clock = Instant::now(); // how long it takes, not what time it is
        let evidence = Arc::new(self.count_evidence(who.now, cancel)?);
        let took = clock.elapsed();
        *kept = Some(Counted { evidence: Arc::clone(&evidence), applied, at: who.now, took });
        Ok(evidence)
    }

    fn count_evidence(&self, now: Timestamp, cancel: &Cancel) -> Result<Evidence, Refusal> {
        let ago = |days: i64| {
            now.checked_sub(SignedDuration::from_hours(days * 24)).unwrap_or(Timestamp::MIN)
        };
        let edges = (ago(2 * DAYS), ago(DAYS), now);
        let mut evidence = Evidence::default();
        self.count_talks(edges, &mut evidence, cancel)?;
        self.count_moves(edges, &mut evidence, cancel)?;
        self.count_cases(edges, &mut evidence, cancel)?;
        if cancel.is_cancelled() { Err(Refusal::Cancelled) } else { Ok(evidence) }
    }

    fn count_talks(
        &self,
        edges: (Timestamp, Timestamp, Timestamp),
        evidence: &mut Evidence,
        cancel: &Cancel,
    ) -> Result<(), StoreError> {
        let outcomes = Arc::clone(&self.read().outcomes);
        let is_reached = |code: &str| {
            let meaning = outcomes.iter().find(|o| o.code == code).map(|o| o.meaning);
            meaning.is_some_and(Meaning::is_reached)
        };
        // Rows of one customer lie together: a correction stands beside what it corrects.
        let mut waiting: Vec<Interaction> = Vec::new();
        let mut take = |all: &mut Vec<Interaction>| {
            let corrected: Vec<_> = all.iter().filter_map(|i| i.corrects).collect();
            for said in all.drain(..).filter(|i| !corrected.contains(&i.id)) {
                let told = &said.wrap_up;
                if let Some(offer) = told.offer.as_ref().filter(|_| said.at <= edges.2) {
                    evidence.answers += 1;
                    evidence.answers_before += usize::from(said.at <= edges.1);
                    *evidence.by_offer.entry(offer.offer).or_default() += 1;
                }
                let asked = told.satisfaction.is_some() || told.recommend.is_some();
                if said.channel == Channel::Call && said.at > edges.1 && said.at <= edges.2 {
                    evidence.callers.insert(said.agent);
                    if asked {
                        evidence.askers.insert(said.agent);
                    }
                }
                let Some(window) = evidence.window(said.at, edges) else { continue };
                let is_call = said.channel == Channel::Call;
                window.calls += usize::from(is_call);
                window.with_outcome += usize::from(is_call && !said.outcome.is_empty());
                window.reached += usize::from(asked || is_reached(&said.outcome));
                window.asked += usize::from(asked);
            }
        };
        let mut seen = 0_usize;
        rows::read_all::<Interaction>(&*self.engine, KeyRange::all(), &mut |_, row, _| {
            seen += 1;
            if seen.is_multiple_of(LOOK) && cancel.is_cancelled() {
                return ControlFlow::Break(());
            }
            if waiting.first().is_some_and(|first| first.customer != row.customer) {
                take(&mut waiting);
            }
            // Notes are long and not needed here.
            waiting.push(Interaction { note: String::new(), ..row });
            ControlFlow::Continue(())
        })?;
        take(&mut waiting);
        Ok(())
    }

    fn count_moves(
        &self,
        edges: (Timestamp, Timestamp, Timestamp),
        evidence: &mut Evidence,
        cancel: &Cancel,
    ) -> Result<(), StoreError> {
        let mut seen = 0_usize;
        rows::read_all::<StageMove>(&*self.engine, KeyRange::all(), &mut |_, moved, _| {
            seen += 1;
            if seen.is_multiple_of(LOOK) && cancel.is_cancelled() {
                return ControlFlow::Break(());
            }
            if let Some(window) = evidence.window(moved.at, edges) {
                window.moves += 1;
                window.kinds.insert((moved.from, moved.to));
            }
            ControlFlow::Continue(())
        })
    }

    fn count_cases(
        &self,
        edges: (Timestamp, Timestamp, Timestamp),
        evidence: &mut Evidence,
        cancel: &Cancel,
    ) -> Result<(), StoreError> {
        let (settings, holidays, definitions) = {
            let state = self.read();
            (state.settings.clone(), state.holidays.clone(), state.definitions.clone())
        };
        let mut seen = 0_usize;
        rows::read_all::<Case>(&*self.engine, KeyRange::all(), &mut |_, case, _| {
            seen += 1;
            if seen.is_multiple_of(LOOK) && cancel.is_cancelled() {
                return ControlFlow::Break(());
            }
            // What its steps may take is not known any more when the process is gone.
            let Some(process) = definitions.process(case.process) else {
                return ControlFlow::Continue(());
            };
            let mut since = case.opened;
            for (at, passage) in case.passages.iter().enumerate() {
                let dropped = case.state == CaseState::Dropped && at + 1 == case.passages.len();
                let step = process.steps.get(usize::from(passage.step)).filter(|_| !dropped);
                if let (Some(step), Some(window)) = (step, evidence.window(passage.at, edges)) {
                    let took = hours::between(since, passage.at, &settings, &holidays);
                    window.steps += 1;
                    window.in_time += usize::from(took <= i64::from(step.hours) * 3_600);
                }
                since = passage.at;
            }
            evidence.now.steps += usize::from(case.is_overdue(edges.2));
            let ended = case.passages.last().filter(|_| case.state == CaseState::Done);
            if let Some(window) = ended.and_then(|last| evidence.window(last.at, edges)) {
                window.across += usize::from(teams(&case, process) > 1);
            }
            ControlFlow::Continue(())
        })
    }
}

impl Evidence {
    /// The window a moment lies in.
    fn window(
        &mut self,
        at: Timestamp,
        (first, middle, last): (Timestamp, Timestamp, Timestamp),
    ) -> Option<&mut Window> {
        if at > middle && at <= last {
            Some(&mut self.now)
        } else if at > first && at <= middle {
            Some(&mut self.before)
        } else {
            None
        }
    }
}

/// Teams a case went through.
fn teams(case: &Case, process: &Process) -> usize {
    let steps = case.passages.iter().filter_map(|p| process.steps.get(usize::from(p.step)));
    let teams: BTreeSet<String> = steps.map(|step| step.team.trim().to_lowercase()).collect();
    teams.len()
}
