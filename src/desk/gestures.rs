//! Undo, redo, and acts of many commits. Taking back restores the rows as they were before, from the
//! change feed, if nobody changed them since; what a crash cut off is taken back at the next opening.

mod back;

use std::ops::ControlFlow;

use crate::domain::{Gesture, GestureId, Role};
use crate::store::records;
use crate::store::{Change, Engine, KeyRange, StoreError, reverse, unfinished};

use super::erase::ERASE;
use super::load::Import;
use super::rows;
use super::{Deed, Desk, Notice, Refusal, Who};

/// Gestures that are looked at when the last one of an agent is wanted.
const MOST_LOOKED_AT: usize = 10_000;

impl Desk {
    /// Takes back the agent's last gesture, or a given one.
    pub(super) fn undo(&self, who: &Who, wanted: Option<GestureId>) -> Result<Notice, Refusal> {
        let target = match wanted {
            Some(id) => self.gesture(id)?.filter(|(g, _)| !g.undone),
            None => {
                let is_act = |g: &Gesture| g.undoes.is_none() && !g.undone && g.label != ERASE;
                self.last_gesture(who, |g| is_act(g).then_some(true))?
            }
        };
        // What was erased stays erased.
        let target = target.filter(|(g, _)| g.label != ERASE);
        let (target, last) = target.ok_or(Refusal::NothingToUndo)?;
        if target.actor != who.agent.id {
            who.needs(Role::Supervisor)?;
        }
        let label = target.label.clone();
        let (seq, gesture, count) = self.roll_back(who, &target, last)?;
        let deed = Deed::Undone { label, count, undone: target.id };
        Ok(self.announce(who, seq, gesture, deed))
    }

    /// Does again what the agent took back last, unless something else was done since.
    pub(super) fn redo(&self, who: &Who) -> Result<Notice, Refusal> {
        let found = self.last_gesture(who, |g| match g.undoes {
            _ if g.undone => None,
            // What did something again is past; what took an act back can be done again.
            Some(id) if self.took_back(id) => None,
            Some(_) => Some(true),
            None => Some(false), // something new was done: nothing to do again
        })?;
        let (target, last) = found.ok_or(Refusal::NothingToRedo)?;
        let label = match target.undoes.map(|id| self.gesture(id)).transpose()?.flatten() {
            Some((undone, _)) => undone.label,
            None => target.label.clone(),
        };
        let (seq, gesture, count) = self.roll_back(who, &target, last)?;
        Ok(self.announce(who, seq, gesture, Deed::Redone { label, count }))
    }

    /// True for a gesture that took another back.
    fn took_back(&self, id: GestureId) -> bool {
        matches!(self.gesture(id), Ok(Some((g, _))) if g.undoes.is_some())
    }

    /// The newest gesture of the agent for which `wanted` says yes; stops at the first no.
    fn last_gesture(
        &self,
        who: &Who,
        wanted: impl Fn(&Gesture) -> Option<bool>,
    ) -> Result<Option<(Gesture, u64)>, StoreError> {
        let mut found = None;
        let mut looked_at = 0;
        let newest_first = KeyRange::all().backward();
        rows::read_all::<Gesture>(&*self.engine, newest_first, &mut |_, gesture, revision| {
            looked_at += 1;
            let mine = gesture.actor == who.agent.id;
            match mine.then(|| wanted(&gesture)).flatten() {
                Some(yes) => {
                    found = yes.then_some((gesture, revision));
                    ControlFlow::Break(())
                }
                None if looked_at >= MOST_LOOKED_AT => ControlFlow::Break(()),
                None => ControlFlow::Continue(()),
            }
        })?;
        Ok(found)
    }

    pub(super) fn gesture(&self, id: GestureId) -> Result<Option<(Gesture, u64)>, StoreError> {
        records::get(&*self.engine, &id.key())
    }

    /// A gesture that begins now.
    pub(super) fn new_gesture(&self, who: &Who, label: &str) -> Result<Gesture, StoreError> {
        Ok(Gesture {
            id: rows::new_gesture(&*self.engine)?,
            actor: who.agent.id,
            at: who.now,
            label: label.to_owned(),
            undoes: None,
            undone: false,
            after: self.read().applied,
            records: 0,
        })
    }

    /// Begins a gesture of many commits: an import.
    pub(super) fn begin(&self, who: &Who, label: &str) -> Result<Notice, Refusal> {
        who.needs(Role::Supervisor)?;
        let gesture = self.new_gesture(who, label)?;
        let (id, gate) = (gesture.id, self.wide_gate(who)?);
        self.imports().insert(id, Import::new(gesture, gate));
        Ok(Self::notice(who, self.read().applied, id, Deed::Begun))
    }

    /// Closes a gesture: with this commit all its parts are durable.
    pub(super) fn close(&self, who: &Who, id: GestureId) -> Result<Notice, Refusal> {
        let Import { mut gesture, tally, wrote, gate, .. } = self.own_import(who, id)?;
        gesture.records = (tally.added + tally.changed + tally.customers_made) as u64;
        let label = gesture.label.clone();
        let deed = Deed::Closed { label: label.clone(), tally };
        if !wrote {
            return Ok(Self::notice(who, self.read().applied, id, deed)); // nothing to undo either
        }
        let closed = self.close_gate(who, &mut gesture, gate.as_ref());
        if closed.is_err() {
            self.take_back(who, id, &label)?;
        }
        let (seq, begun) = closed?;
        let mut state = self.write();
        if state.answers.is_whole() {
            state.turns.forget();
            state.fits.stale = true;
        }
        drop(state);
        Ok(self.announce_with(who, seq, id, deed, begun))
    }

    /// Gives an open gesture up and takes its parts back.
    pub(super) fn abandon(&self, who: &Who, id: GestureId) -> Result<Notice, Refusal> {
        let label = self.own_import(who, id)?.gesture.label;
        let mut count = 0;
        for open in unfinished(&*self.engine)?.into_iter().filter(|o| o.gesture == id.0) {
            count += reverse(&*self.engine, open, who.agent.id.0, who.now, &label)?.rows as usize;
        }
        self.follow()?;
        let seq = self.read().applied;
        Ok(self.announce(who, seq, id, Deed::Undone { label, count, undone: id }))
    }

    /// An import that this agent began, taken out of those under way.
    fn own_import(&self, who: &Who, id: GestureId) -> Result<Import, Refusal> {
        let mut imports = self.imports();
        match imports.get(&id) {
            None => Err(Refusal::NotFound { what: "gesture", name: id.to_string() }),
            Some(import) if import.gesture.actor != who.agent.id => {
                Err(Refusal::NotPermitted { needs: Role::Admin })
            }
            Some(_) => imports
                .remove(&id)
                .ok_or(Refusal::NotFound { what: "gesture", name: id.to_string() }),
        }
    }

    /// Takes back what a crash cut off. Before anything else at opening.
    pub(super) fn recover(engine: &dyn Engine, who: &Who) -> Result<(), StoreError> {
        for open in unfinished(engine)? {
            reverse(engine, open, who.agent.id.0, who.now, "recover")?;
        }
        Ok(())
    }

    pub(super) fn change(&self, seq: u64) -> Result<Option<Change>, StoreError> {
        let found = self.engine.feed(seq.saturating_sub(1), 1)?;
        Ok(found.into_iter().find(|c| c.seq == seq))
    }
}
