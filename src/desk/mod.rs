//! The one door: permit, validate, commit, announce. Everything a person or a script does is a
//! [`Command`] or a [`Question`]. Never reads a clock: the caller says who acts and when.
//!
//! ```text
//!   act ─► plan rows ─► commit (preconditions) ─► state follows ─► announce
//!   ask ─► state (directory, tables, scores) and the store ─► answer
//! ```

mod allow;
mod answers;
mod arithmetic;
mod belongings;
mod calls;
mod campaigns;
mod carried;
mod cases;
mod clean;
pub mod command;
mod contracts;
mod customers;
pub mod definitions;
mod drives;
mod entry;
mod erase;
mod fit;
mod fresh;
mod gestures;
mod holdings;
mod hours;
mod leads;
mod learn;
mod ledgers;
pub mod lifecycle;
mod likely;
pub mod listen;
mod lists;
mod load;
mod loader;
mod mentions;
mod merge;
pub mod notice;
mod offers;
pub mod own_values;
mod permit;
mod places;
mod plan;
mod points;
mod prepare;
mod profile;
mod propose;
pub mod question;
mod queues;
pub mod reports;
mod rows;
mod sameness;
mod scores;
mod scripts;
mod shelves;
mod standing;
mod state;
mod stream;
mod subscriptions;
mod tables;
mod tasks;
pub mod tell;
mod turns;
pub mod values;
mod why;
mod win_back;
mod work;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{
    Arc, Condvar, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, Weak,
};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::{Agent, Day, Draft, GestureId, Role, Settings};
use crate::store::{Engine, records};
use crate::text::Holidays;

pub use carried::{Bought, Carried};
pub use command::{CaseChange, Change, Command, Load, Log, TaskChange, Whom};
pub use contracts::{Outlook, Pull};
pub use definitions::{Definitions, Kept, Planned};
pub use drives::Hold;
pub use erase::{Certificate, Forgotten};
pub use lifecycle::{LifecycleRun, MoveCount};
pub use likely::{Duplicates, LikelyOne};
pub use listen::{Closed, Heard, Listener};
pub use mentions::{Mention, Mentions};
pub use merge::MergePreview;
pub use notice::{Deed, Notice, Oddity, Refusal, Tally};
pub use permit::Ban;
pub use points::ProgrammeRow;
pub use question::{
    Answer, Arithmetic, CampaignRow, CampaignTab, CaseLine, ChangeLine, Lack, Lead, LeftOut,
    ListQuery, Listing, Loading, Look, Membership, Models, Plans, Profile, Proposal, Proposition,
    Question, QueuePage, QueueRow, Row, SegmentRow, Status, Today, Trait, Tried, Uplift, Work,
    WorkItem, WorkRow, WorkScope,
};
pub use reports::{Report, ReportKind, ReportQuery};
pub use scripts::{Said, Spoken, SpokenLine, SpokenPart, Which};

use state::State;

/// Who acts, and when.
#[derive(Clone, Debug)]
pub struct Who {
    /// The agent.
    pub agent: Agent,
    /// The moment of acting.
    pub now: Timestamp,
}

impl Who {
    /// Refuses those whose role is below `role`.
    fn needs(&self, role: Role) -> Result<(), Refusal> {
        if self.agent.disabled || self.agent.role < role {
            return Err(Refusal::NotPermitted { needs: role });
        }
        Ok(())
    }
}

/// Tells a long question that its answer is not wanted any more. Clones share the flag.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// The answer is not wanted any more.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// True once cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The one door to a store. Shared by all sessions of a process.
pub struct Desk {
    engine: Arc<dyn Engine>,
    state: RwLock<State>,
    imports: Mutex<HashMap<GestureId, load::Import>>,
    listeners: listen::Listeners,
    /// Told whenever the loader has come further.
    loaded: (Mutex<()>, Condvar),
    /// Set when nobody needs the desk any more, so that the loader ends.
    closing: Arc<AtomicBool>,
    /// Everyone is scored by one at a time.
    ranking: Mutex<()>,
    /// What to propose is learned by one at a time.
    offering: Mutex<()>,
    /// It is being learned in the background.
    learning: AtomicBool,
    /// Whom the offers fit is being found out in the background.
    proposing: AtomicBool,
    /// Fits by itself when data has moved.
    refits: AtomicBool,
    /// Is doing so.
    fitting: AtomicBool,
    /// When that was tried last, and with how many days with a sale.
    tried: Mutex<Option<(Day, u64)>>,
    /// This desk, for what runs in the background.
    me: Weak<Desk>,
    /// Reports made lately.
    reports: reports::Kept,
    /// What the report of maturity counted last.
    counted: reports::Counted,
    /// Who may be one, as found last.
    likely: likely::Kept,
    /// The queues of campaigns; taken before the state.
    drives: Mutex<drives::Drives>,
    /// The same without those who were told apart.
    apart: likely::Kept,
}

impl Desk {
    /// Waits until the directory is whole and everyone is scored, telling how far it is.
    pub fn wait_loaded(&self, progress: &mut dyn FnMut(Loading)) -> Result<(), Refusal> {
        let (lock, told) = &self.loaded;
        let mut guard = lock.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let (loading, failed) = {
                let state = self.read();
                (state.loading, state.load_error.clone())
            };
            if let Some(error) = failed {
                return Err(error.into());
            }
            let Some(loading) = loading else { return Ok(()) };
            progress(loading);
            let moment = std::time::Duration::from_millis(100);
            let waited = told.wait_timeout(guard, moment);
            guard = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Answers a question. Never changes anything; long ones give up when cancelled.
    pub fn ask(&self, who: &Who, question: Question, cancel: &Cancel) -> Result<Answer, Refusal> {
        self.keep_time(who.now)?;
        self.keep_shelves_for(&question)?;
        Ok(match question {
            Question::Status => Answer::Status(Box::new(self.status(who))),
            Question::List(query) => Answer::List(self.list(who, &query, cancel)?),
            Question::Ids { text, expression, sort } => {
                Answer::Ids(self.ids(who, &text, &expression, sort, cancel)?)
            }
            Question::Rows(ids) => Answer::Rows(self.rows(&ids, "")?),
            Question::Profile(id) => Answer::Profile(Box::new(self.profile(who, id)?)),
            Question::Propositions { customer, campaign } => {
                Answer::Propositions(self.propositions(who, customer, campaign))
            }
            Question::Script { customer, which } => {
                Answer::Script(self.script(who, customer, &which)?.map(Box::new))
            }
            Question::Named(word) => Answer::Ids(self.named(who, &word, cancel)?),
            Question::Queue { kind, from, count, anchor } => {
                Answer::Queue(Box::new(self.queue(who, kind, from, count, anchor)?))
            }
            Question::CampaignQueue { campaign, from, count, anchor } => {
                Answer::Queue(Box::new(self.campaign_queue(who, campaign, from, count, anchor)?))
            }
            Question::Campaigns => Answer::Campaigns(self.campaigns(who)),
            Question::Today => Answer::Today(Box::new(self.today(who)?)),
            Question::Segments => Answer::Segments(self.segments(who, cancel)?),
            Question::Work { scope, step, count } => {
                Answer::Work(Box::new(self.work(who, scope, step, count)?))
            }
            Question::Plans => Answer::Plans(Box::new(self.plans(who)?)),
            Question::Look { expression, against } => {
                let against = against.as_deref();
                Answer::Look(Box::new(self.look(who, &expression, against, cancel)?))
            }
            Question::Complete { field, start } => Answer::Complete(self.complete(&field, &start)),
            Question::Draft(slot) => {
                let key = records::keys::draft(who.agent.id, &slot);
                let read = records::get::<Draft>(&*self.engine, &key)?;
                Answer::Draft(read.map(|(draft, _)| draft))
            }
            Question::Report(query) => Answer::Report(self.report(who, query, cancel)?),
            Question::Models => {
                let state = self.read();
                Answer::Models(Box::new(Models {
                    fitted: state.models.clone(),
                    customers: state.directory.len(),
                }))
            }
            Question::Duplicates { from, count } => {
                Answer::Duplicates(Box::new(self.duplicates(from, count, cancel)?))
            }
            Question::Lifecycle => Answer::Lifecycle(Box::new(self.lifecycle_preview(who)?)),
            Question::Merge { keep, gone } => {
                Answer::Merge(Box::new(self.merge_preview(keep, gone)?))
            }
            Question::Changes { count } => Answer::Changes(self.changes(count)?),
        })
    }

    /// Does a command: permit, validate, commit, announce. `Ok` means durable.
    pub fn act(&self, who: &Who, command: Command) -> Result<Notice, Refusal> {
        who.needs(Role::Agent)?;
        self.keep_time(who.now)?;
        self.keep_shelves_of(&command)?;
        match clean::cleaned(command) {
            Command::Create(customer) => self.create(who, &customer),
            Command::Edit { customer, base } => self.edit(who, &customer, base),
            Command::Change { whom, change } => self.change_all(who, &whom, &change),
            Command::Merge { keep, gone, take, base } => {
                self.merge(who, keep, gone, take.as_deref(), base)
            }
            Command::Lifecycle => self.run_lifecycle(who),
            Command::CloseWinBack { customer, note } => self.close_win_back(who, customer, &note),
            Command::Erase { customer, name } => self.erase(who, customer, &name),
            Command::SaveFact(fact) => self.save_fact(who, &fact),
            Command::DropFact(of, fact) => self.drop_fact(who, of, fact),
            Command::Relate(relation) => self.relate(who, &relation),
            Command::Unrelate { from, relation } => self.unrelate(who, from, relation),
            Command::Log(log) => self.log(who, &log),
            Command::Correct { customer, interaction, outcome } => {
                self.correct(who, customer, interaction, &outcome)
            }
            Command::AddTask(task) => self.add_task(who, &task),
            Command::ChangeTask { task, change } => self.change_task(who, task, &change),
            Command::PutOff { queue, campaign, customers, until, reason } => {
                self.put_off(who, (queue, campaign), &customers, until, &reason)
            }
            Command::AddPurchase(purchase) => self.add_purchase(who, &purchase),
            Command::SaveSubscription { subscription, product } => {
                self.save_subscription(who, &subscription, &product)
            }
            Command::DropSubscription(of, id) => self.drop_subscription(who, of, id),
            Command::Accrue => self.accrue(who),
            Command::Redeem { customer, programme, points, note } => {
                self.redeem(who, customer, programme, points, &note)
            }
            Command::SaveSegment { segment, base } => self.save_segment(who, &segment, base),
            Command::DropSegment(id) => self.drop_segment(who, id),
            Command::StartCase { process, customer, note } => {
                self.start_case(who, process, customer, &note)
            }
            Command::ChangeCase { customer, case, change } => {
                self.change_case(who, customer, case, &change)
            }
            Command::SaveDefinition { definition, base } => {
                self.save_definition(who, &definition, base)
            }
            Command::DropDefinition { kind, id, base } => self.drop_definition(who, kind, id, base),
            Command::LoadPlan { segments, definitions } => {
                self.load_plan(who, &segments, &definitions)
            }
            Command::SaveOutcome { outcome, base } => self.save_outcome(who, &outcome, base),
            Command::SaveProduct { product, base } => self.save_product(who, &product, base),
            Command::SaveAgent { agent, base } => self.save_agent(who, &agent, base),
            Command::SaveSettings { settings, base } => self.save_settings(who, &settings, base),
            Command::SavePreferences(preferences) => self.save_preferences(who, &preferences),
            Command::SaveDraft(draft) => self.save_draft(who, &draft),
            Command::DropDraft(slot) => self.drop_draft(who, &slot),
            Command::Undo(gesture) => self.undo(who, gesture),
            Command::Redo => self.redo(who),
            Command::Fit { as_of, horizon_weeks, model } => {
                self.fit(who, as_of, horizon_weeks, model)
            }
            Command::Begin { label } => self.begin(who, &label),
            Command::Load { gesture, rows } => self.load(who, gesture, rows),
            Command::Close { gesture } => self.close(who, gesture),
            Command::Abandon { gesture } => self.abandon(who, gesture),
        }
    }

    /// Takes the holidays that move, as they are kept on this machine.
    pub fn keep_holidays(&self, holidays: Holidays) {
        let mut state = self.write();
        state.holidays = Arc::new(holidays);
        state.drives.all_moved();
    }

    /// Hears of everything that is done from now on.
    pub fn listen(&self) -> Listener {
        self.listeners.add()
    }

    /// Ends what runs in the background; the store closes with the last owner of the desk.
    pub fn close_down(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    /// The store this desk stands on, for whole-store work: checks and backups.
    pub fn engine(&self) -> &Arc<dyn Engine> {
        &self.engine
    }

    fn status(&self, who: &Who) -> Status {
        let due = self.due(who);
        let state = self.read();
        let me = state.agents.iter().find(|a| a.id == who.agent.id).cloned();
        Status {
            customers: state.directory.len(),
            loading: state.loading,
            settings: Arc::clone(&state.settings),
            holidays: Arc::clone(&state.holidays),
            outcomes: Arc::clone(&state.outcomes),
            agents: Arc::clone(&state.agents),
            definitions: Arc::clone(&state.definitions),
            me: me.unwrap_or_else(|| who.agent.clone()),
            as_of: state.scoring_day(Self::day_in(&state.settings, who.now)),
            due,
            fitting: self.is_fitting(),
            fitted: state.scores.models().is_some(),
            read_only: state.load_error.clone(),
            version: state.version,
        }
    }

    /// Brings what depends on the time up to date: put-off customers come back, the day changes.
    fn keep_time(&self, now: Timestamp) -> Result<(), Refusal> {
        let (over, stale) = {
            let state = self.read();
            let today = Self::day_in(&state.settings, now);
            let pinned = state.scores.models().is_some_and(|m| m.scoring.pinned);
            let stale = !pinned && state.loading.is_none() && state.scores.day() < Some(today);
            (queues::run_out(&state.marks, now), stale)
        };
        if !over.is_empty() {
            let mut state = self.write();
            for key in over {
                // It may have been put off anew in between.
                if state.marks.get(&key).is_some_and(|m| m.until <= now) {
                    state.marks.remove(&key);
                }
                state.rank(key.1);
            }
            state.version += 1;
        }
        if stale {
            self.rank_everyone(now)?;
            if self.keeps_fresh() {
                // What does not come off is made up for by the next fit: whoever asked is answered.
                let _ = self.call_roll(&Who { agent: Agent::program(), now });
            }
        }
        self.refresh(now);
        self.keep_proposing();
        Ok(())
    }

    /// The business's day at a moment.
    fn day(&self, at: Timestamp) -> Day {
        Self::day_in(&self.read().settings, at)
    }

    fn day_in(settings: &Settings, at: Timestamp) -> Day {
        Day::of(at.to_zoned(zone(&settings.time_zone)).date())
    }

    /// The zone in which an agent's day begins and ends.
    fn zone_of(&self, who: &Who) -> TimeZone {
        let own = &who.agent.preferences.time_zone;
        if own.is_empty() { zone(&self.read().settings.time_zone) } else { zone(own) }
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn imports(&self) -> std::sync::MutexGuard<'_, HashMap<GestureId, load::Import>> {
        self.imports.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn zone(name: &str) -> TimeZone {
    if name.is_empty() { TimeZone::UTC } else { TimeZone::get(name).unwrap_or(TimeZone::UTC) }
}
