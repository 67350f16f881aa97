//! Opens a desk and builds what it keeps in memory, in the background: questions are answered from
//! what is there already, commands work at once.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, RwLock, Weak};

use jiff::Timestamp;

use crate::domain::{
    Agent, CustomerId, Fact, Interaction, Ledger, Outcome, Settings, WinBack, default_outcomes,
};
use crate::store::records::{self, keys};
use crate::store::{Batch, Engine, Expect, KeyRange, RecordRef, StoreError, Sync, Table};

use super::question::Loading;
use super::rows;
use super::state::State;
use super::{Desk, Heard, Refusal, Who};

/// Rows taken in between two looks of others at the directory.
const ROWS_A_STEP: usize = 8_192;
/// Changes in which the interactions of the last days are looked for.
const RECENT_CHANGES: u64 = 3_000;

impl Desk {
    /// Opens the desk on a store, recovers what a crash cut off, and begins to build the directory.
    pub fn open(engine: Arc<dyn Engine>, now: Timestamp) -> Result<Arc<Self>, Refusal> {
        Self::open_or_make(engine, Settings::default(), now)
    }

    /// The same; a new store begins with these settings.
    pub fn open_or_make(
        engine: Arc<dyn Engine>,
        first: Settings,
        now: Timestamp,
    ) -> Result<Arc<Self>, Refusal> {
        let program = Who { agent: Agent::program(), now };
        Self::recover(&*engine, &program)?;
        seed(&*engine, first, now)?;
        let mut state = State::new();
        state.applied = engine.wait(0, std::time::Duration::ZERO)?;
        small_tables(&*engine, &mut state)?;
        state.loading = Some(Loading { done: 0, of: 0 });
        let desk = Arc::new_cyclic(|me| Self {
            engine,
            state: RwLock::new(state),
            imports: Mutex::new(HashMap::new()),
            listeners: super::listen::Listeners::default(),
            loaded: (Mutex::new(()), Condvar::new()),
            closing: Arc::new(AtomicBool::new(false)),
            ranking: Mutex::new(()),
            offering: Mutex::new(()),
            learning: AtomicBool::new(false),
            proposing: AtomicBool::new(false),
            refits: AtomicBool::new(false),
            fitting: AtomicBool::new(false),
            tried: Mutex::new(None),
            me: Weak::clone(me),
            reports: Mutex::default(),
            counted: Mutex::default(),
            likely: Mutex::default(),
            drives: Mutex::default(),
            apart: Mutex::default(),
        });
        {
            let mut state = desk.write();
            let pinned = state.scores.models().is_some_and(|m| m.scoring.pinned);
            if !pinned {
                let today = Self::day_in(&state.settings, now);
                state.scores.set_day(today);
            }
        }
        let weak = Arc::downgrade(&desk);
        std::thread::Builder::new()
            .name("directory".to_owned())
            .spawn(move || build(&weak))
            .map_err(|error| StoreError::io("starting a thread", &error))?;
        Ok(desk)
    }
}

/// Takes a step of rows into memory; how many customers of how many are there now.
type Taker<'t> = dyn FnMut(&mut State, &Step) -> Result<(usize, usize), StoreError> + 't;

/// The rows a new store begins with.
fn seed(engine: &dyn Engine, first: Settings, now: Timestamp) -> Result<(), StoreError> {
    if records::get::<Settings>(engine, keys::SETTINGS)?.is_some() {
        return Ok(());
    }
    // Each store holds out others.
    let settings = Settings { seed: now.as_microsecond().unsigned_abs(), ..first };
    let mut writes = vec![rows::put(&settings, Expect::Absent)?];
    for outcome in default_outcomes() {
        writes.push(rows::put::<Outcome>(&outcome, Expect::Absent)?);
    }
    let label = "new store".to_owned();
    let batch = Batch { actor: 0, at: now, request: 0, gesture: 0, label, writes, sync: Sync::Now };
    engine.commit(batch).map(|_| ())
}

fn small_tables(engine: &dyn Engine, state: &mut State) -> Result<(), StoreError> {
    for table in [
        Table::Setting,
        Table::Outcome,
        Table::Agent,
        Table::Product,
        Table::Segment,
        Table::Task,
        Table::Offer,
        Table::Programme,
        Table::Process,
        Table::Script,
        Table::Campaign,
        Table::OwnField,
        Table::Case,
        Table::Mark,
        Table::Model,
        Table::Guard,
    ] {
        let mut failed = None;
        engine.visit(table, KeyRange::all(), &mut |key, record| match state.apply(
            table,
            key,
            Some(&record.to_record()),
        ) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
    }
    let after = state.applied.saturating_sub(RECENT_CHANGES);
    for change in engine.feed(after, RECENT_CHANGES as usize)? {
        for row in change.rows.iter().filter(|r| r.table == Table::Interaction) {
            if let Some((interaction, _)) = records::get::<Interaction>(engine, &row.key)? {
                state.remember(interaction);
            }
        }
    }
    Ok(())
}

/// Builds the directory step by step; ends when the desk is gone.
fn build(desk: &Weak<Desk>) {
    let Some(strong) = desk.upgrade() else { return };
    let outcome = strong.build_directory();
    let mut state = strong.write();
    state.loading = None;
    state.touched.clear();
    state.version += 1;
    if let Err(error) = outcome {
        state.load_error = Some(error);
    }
    drop(state);
    strong.loaded.1.notify_all();
    strong.listeners.tell(&Heard::Progress);
}

impl Desk {
    fn build_directory(&self) -> Result<(), StoreError> {
        let of = self.count_customers()?;
        self.write().directory.reserve(of);
        self.step(0, of);
        let mut done = 0;
        self.each_step(Table::Customer, &mut |state, step| {
            done += step.len();
            for (key, record) in step.rows() {
                let known = rows::customer_at(key).is_some_and(|id| state.touched.contains(&id));
                if !known {
                    state.directory.put_customer(records::glance(key, record)?);
                }
            }
            Ok((done, of))
        })?;
        self.each_step(Table::History, &mut |state, step| {
            for (key, record) in step.rows() {
                let Some(id) = rows::customer_at(key) else { continue };
                state.put_ledger(id, &records::open::<Ledger>(key, record)?);
            }
            Ok((done, of))
        })?;
        self.each_step(Table::WinBack, &mut |state, step| {
            for (key, record) in step.rows() {
                let win_back = records::open::<WinBack>(key, record)?;
                state.directory.put_win_back(win_back.customer, Some(win_back.state));
            }
            Ok((done, of))
        })?;
        let mut waiting: (CustomerId, Vec<Fact>) = (CustomerId(0), Vec::new());
        self.each_step(Table::Fact, &mut |state, step| {
            for (key, record) in step.rows() {
                let fact = records::open::<Fact>(key, record)?;
                if fact.customer != waiting.0 {
                    let (id, facts) = std::mem::replace(&mut waiting, (fact.customer, Vec::new()));
                    state.put_facts(id, &facts);
                }
                waiting.1.push(fact);
            }
            Ok((done, of))
        })?;
        {
            let mut state = self.write();
            state.put_facts(waiting.0, &waiting.1);
            // What changed while it was read is read again.
            for id in std::mem::take(&mut state.touched_ledgers) {
                let (ledger, _) = rows::ledger(&*self.engine, id)?;
                state.put_ledger(id, &ledger);
                self.put_facts_again(&mut state, id)?;
                let win_back = records::get::<WinBack>(&*self.engine, &id.key())?;
                state.directory.put_win_back(id, win_back.map(|(kept, _)| kept.state));
            }
            state.directory.shrink();
        }
        self.score_everyone();
        Ok(())
    }

    /// How many customers there are about: ids are handed out in order, so the last one tells.
    fn count_customers(&self) -> Result<usize, StoreError> {
        let last = self.engine.scan(Table::Customer, KeyRange::all().backward(), 1)?;
        let id = last.rows.first().and_then(|(key, _)| rows::customer_at(key));
        Ok(id.map_or(0, |id| id.0 as usize))
    }

    /// Reads a table in steps on one thread and takes each step in on this one. Only whole steps
    /// of bytes go from one to the other: what is decoded dies on the thread that made it, for an
    /// allocator asked from two sides makes them wait for each other.
    fn each_step(&self, table: Table, take: &mut Taker<'_>) -> Result<(), StoreError> {
        const AHEAD: usize = 4;
        let (sender, inbox) = std::sync::mpsc::sync_channel::<Step>(AHEAD);
        let engine = Arc::clone(&self.engine);
        let closing = Arc::clone(&self.closing);
        std::thread::scope(|scope| {
            let reader = scope.spawn(move || {
                let mut step = Step::default();
                engine.visit(table, KeyRange::all(), &mut |key, record| {
                    step.push(key, record);
                    if step.len() < ROWS_A_STEP {
                        return ControlFlow::Continue(());
                    }
                    let full = std::mem::take(&mut step);
                    let stop = closing.load(Ordering::Relaxed) || sender.send(full).is_err();
                    if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                })?;
                let _ = sender.send(step); // the other end only goes when nobody wants it
                Ok(())
            });
            let mut taken = Ok(());
            for step in inbox {
                let outcome = take(&mut self.write(), &step);
                match outcome {
                    Ok((done, of)) => self.step(done, of),
                    Err(error) => {
                        taken = Err(error);
                        break;
                    }
                }
            }
            let read = reader.join().unwrap_or_else(|_| {
                Err(StoreError::io("reading the customers", &std::io::Error::other("it stopped")))
            });
            taken.and(read)
        })
    }

    /// Tells everyone how far the building is.
    fn step(&self, done: usize, of: usize) {
        {
            let mut state = self.write();
            state.loading = Some(Loading { done: done.min(of), of });
            state.version += 1;
        }
        self.loaded.1.notify_all();
        self.listeners.tell(&Heard::Progress);
    }
}

/// Rows one after another in one buffer, as they lie in the store.
#[derive(Default)]
struct Step {
    bytes: Vec<u8>,
    rows: Vec<Place>,
}

/// Where a row of a [`Step`] begins, how long its key is, where it ends.
struct Place {
    from: usize,
    key: usize,
    to: usize,
    revision: u64,
    schema: u16,
}

impl Step {
    fn push(&mut self, key: &[u8], record: RecordRef<'_>) {
        let from = self.bytes.len();
        self.bytes.extend_from_slice(key);
        self.bytes.extend_from_slice(record.payload);
        let RecordRef { revision, schema, .. } = record;
        self.rows.push(Place { from, key: key.len(), to: self.bytes.len(), revision, schema });
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn rows(&self) -> impl Iterator<Item = (&[u8], RecordRef<'_>)> {
        self.rows.iter().map(|row| {
            let bytes = self.bytes.get(row.from..row.to).unwrap_or_default();
            let (key, payload) = bytes.split_at_checked(row.key).unwrap_or_default();
            (key, RecordRef { revision: row.revision, schema: row.schema, payload })
        })
    }
}
