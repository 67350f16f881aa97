//! Answers about whom to speak to: queues and the agent's day.

use jiff::Timestamp;

use crate::domain::{
    AgentId, CustomerId, Interaction, Meaning, ProductId, QueueKind, Task, TaskKind, TaskState,
};
use crate::insight::reasons::Reason;

use super::arithmetic::Arithmetic;
use super::places::RANKED;
use super::question::{Lack, Lead, LeftOut, Proposal, QueuePage, QueueRow, Today};
use super::state::{Lane, State};
use super::why::Known;
use super::{Desk, Refusal, Who};
use super::{learn, rows};
use crate::store::records;

/// Most rows a window holds.
const MOST_ROWS: usize = 500;
/// Rows of the next customers on the Today screen.
const NEXT: usize = 5;
/// Reasons a row carries.
const REASONS: usize = 2;

impl Desk {
    /// A queue without its rows.
    pub(super) fn bare_page(
        &self,
        who: &Who,
        kind: QueueKind,
        from: usize,
    ) -> Result<QueuePage, Refusal> {
        let ready = self.offers_ready()?;
        let callbacks = self.callbacks(who.agent.id);
        let campaigns = self.campaign_tabs(who);
        let state = self.read();
        let mut sizes: Vec<_> =
            RANKED.iter().map(|kind| (*kind, state.scores.line(*kind).queue().len())).collect();
        sizes.push((QueueKind::Callbacks, callbacks.len()));
        let fitted = state.scores.models().is_some();
        let proposes = matches!(kind, QueueKind::CrossSell | QueueKind::UpSell);
        Ok(QueuePage {
            kind,
            rows: Vec::new(),
            from,
            total: 0,
            worth: 0,
            anchor_at: None,
            left_out: LeftOut::default(),
            sizes,
            overdue: callbacks.iter().filter(|t| t.due <= who.now).count(),
            fitted,
            preparing: state.loading.is_some() || proposes && fitted && !ready,
            lack: lack(&state, kind),
            uplift: state.scores.models().and_then(|m| learn::uplift(&m.scoring, kind)),
            campaigns,
            campaign: None,
        })
    }

    /// A window of a queue.
    pub(super) fn queue(
        &self,
        who: &Who,
        kind: QueueKind,
        from: usize,
        count: usize,
        anchor: Option<CustomerId>,
    ) -> Result<QueuePage, Refusal> {
        let count = count.min(MOST_ROWS);
        let mut page = self.bare_page(who, kind, from)?;
        if kind == QueueKind::Callbacks {
            let callbacks = self.callbacks(who.agent.id);
            page.total = callbacks.len();
            page.anchor_at = anchor.and_then(|id| callbacks.iter().position(|t| t.customer == id));
            let window = callbacks.into_iter().skip(from).take(count).collect();
            page.rows = self.task_rows(who, window)?;
            page.worth = page.rows.iter().map(|r| r.expected_value.max(0)).sum();
            return Ok(page);
        }
        let ids: Vec<CustomerId> = {
            let state = self.read();
            let line = state.scores.line(kind);
            (page.left_out, page.worth) = line.left_out();
            page.total = line.queue().len();
            page.anchor_at = anchor.and_then(|id| line.position(id));
            line.queue().iter().skip(from).take(count).map(|(_, id)| *id).collect()
        };
        page.rows = self.queue_rows(who, kind, &ids)?;
        Ok(page)
    }

    /// The agent's day.
    pub(super) fn today(&self, who: &Who) -> Result<Today, Refusal> {
        let zone = self.zone_of(who);
        let date = who.now.to_zoned(zone.clone()).date();
        let on_day = |at: Timestamp| at.to_zoned(zone.clone()).date() == date;
        let open: Vec<Task> = self.all_tasks(who.agent.id);
        let (due, later): (Vec<Task>, Vec<Task>) =
            open.into_iter().partition(|t| t.due.to_zoned(zone.clone()).date() <= date);
        let promised_open = due.len();
        let due = self.task_rows(who, due.into_iter().take(MOST_ROWS).collect())?;
        let next = self.queue(who, QueueKind::Retention, 0, NEXT, None)?;
        let (calls, meanings): (Vec<Interaction>, Vec<Option<Meaning>>) = {
            let state = self.read();
            let mine = |i: &&Interaction| i.agent == who.agent.id && on_day(i.at);
            let mut calls: Vec<Interaction> = state.recent.iter().filter(mine).cloned().collect();
            calls.sort_by_key(|i| std::cmp::Reverse((i.at, i.id)));
            let meaning = |i: &Interaction| state.outcome(&i.outcome).map(|o| o.meaning);
            let meanings = calls.iter().map(meaning).collect();
            (calls, meanings)
        };
        let mut by_hour = vec![0; 24];
        let mut named = Vec::with_capacity(calls.len());
        for call in calls {
            let hour = call.at.to_zoned(zone.clone()).hour();
            if let Some(count) = by_hour.get_mut(usize::from(hour.unsigned_abs())) {
                *count += 1;
            }
            let name = self.customer(call.customer).map(|(c, _)| c.name).unwrap_or_default();
            named.push((call, name));
        }
        let kept = self.kept_today(who, &on_day)?;
        Ok(Today {
            due,
            later: later.len(),
            next: next.rows,
            worth: next.worth,
            reached: meanings.iter().flatten().filter(|m| m.is_reached()).count(),
            won: meanings.iter().flatten().filter(|m| **m == Meaning::Sale).count(),
            calls: named,
            kept,
            promised: promised_open + kept,
            by_hour,
            fitted: next.fitted,
        })
    }

    /// Tasks of the agent that were finished today, from the change feed's newest rows.
    fn kept_today(&self, who: &Who, on_day: &dyn Fn(Timestamp) -> bool) -> Result<usize, Refusal> {
        const CHANGES: u64 = 500;
        let after = self.read().applied.saturating_sub(CHANGES);
        let mut kept = std::collections::HashSet::new();
        for change in self.engine.feed(after, CHANGES as usize)? {
            if !on_day(change.at) {
                continue;
            }
            for row in change.rows.iter().filter(|r| r.table == crate::store::Table::Task) {
                let Some((task, _)) = records::get::<Task>(&*self.engine, &row.key)? else {
                    continue;
                };
                if task.state == TaskState::Done && task.owner == who.agent.id {
                    kept.insert(task.id);
                }
            }
        }
        Ok(kept.len())
    }

    /// Open callbacks of an agent, the earliest first.
    fn callbacks(&self, agent: AgentId) -> Vec<Task> {
        let mut all = self.all_tasks(agent);
        all.retain(|t| t.kind == TaskKind::Callback);
        all
    }

    /// Open tasks of an agent, the earliest first.
    fn all_tasks(&self, agent: AgentId) -> Vec<Task> {
        let state = self.read();
        let mine = state.tasks.values().filter(|t| t.owner == agent && state.is_allowed(t));
        let mut all: Vec<Task> = mine.cloned().collect();
        all.sort_by_key(|t| (t.due, t.id));
        all
    }

    /// How many of the agent's callbacks are due.
    pub(super) fn due(&self, who: &Who) -> usize {
        self.callbacks(who.agent.id).iter().filter(|t| t.due <= who.now).count()
    }

    fn task_rows(&self, who: &Who, tasks: Vec<Task>) -> Result<Vec<QueueRow>, Refusal> {
        let ids: Vec<CustomerId> = tasks.iter().map(|t| t.customer).collect();
        let mut found = self.queue_rows(who, QueueKind::Callbacks, &ids)?;
        // A customer that is gone leaves no row: pair by customer.
        let mut rows = Vec::with_capacity(tasks.len());
        for task in tasks {
            let at = found.iter().position(|r| r.row.customer.id == task.customer);
            if let Some(at) = at {
                let row = found.remove(at);
                rows.push(QueueRow { task: Some(task), ..row });
            }
        }
        Ok(rows)
    }

    /// Rows with the arithmetic and the reasons, for customers in their order.
    pub(super) fn queue_rows(
        &self,
        who: &Who,
        kind: QueueKind,
        ids: &[CustomerId],
    ) -> Result<Vec<QueueRow>, Refusal> {
        let mut found = Vec::with_capacity(ids.len());
        let records = self.read().records();
        for row in self.rows(ids, "")? {
            let id = row.customer.id;
            let (ledger, _) = rows::ledger(&*self.engine, id)?;
            let known = Known::read(&*self.engine, id)?;
            let (_, mut reasons) = self.why(who, id, &ledger, &known, REASONS);
            let state = self.read();
            let pitch = state
                .stand(id)
                .and_then(|stand| state.scores.pitch(kind, id, &state.settings, stand));
            let minor = state.settings.currency.minor_per_major() as f64;
            let arithmetic = pitch.as_ref().map(|p| p.arithmetic);
            let offer = pitch.and_then(|p| p.product).and_then(|(product, because)| {
                let of = |id: u32| state.products.get(&ProductId(u64::from(id))).cloned();
                let because = because.into_iter().filter_map(of).collect();
                Some(Proposal { product: of(product)?, because })
            });
            let mut own = arithmetic.map(|a| reasons_of(&a)).unwrap_or_default();
            own.append(&mut reasons);
            own.truncate(REASONS);
            let value = match kind {
                QueueKind::Callbacks => row.figures.saves.unwrap_or(0),
                _ => arithmetic.map_or(0, |a| (a.ev() * minor).round() as i64),
            };
            found.push(QueueRow {
                tried: None,
                expected_value: value,
                leave: row.figures.leave,
                arithmetic,
                offer,
                proposition: state.proposed(id, &records),
                reasons: own,
                leads: if kind == QueueKind::Acquisition { leads(&state, id) } else { Vec::new() },
                task: None,
                row,
            });
        }
        Ok(found)
    }
}

impl State {
    /// False of a promise to call one who must not be called since: it waits until that is lifted.
    pub fn is_allowed(&self, task: &Task) -> bool {
        let row = self.directory.row_of(task.customer);
        task.kind != TaskKind::Callback
            || row.is_none_or(|row| !self.directory.must_not_be_called(row))
    }
}

/// What of the arithmetic of a proposal is a reason by itself.
fn reasons_of(arithmetic: &Arithmetic) -> Vec<Reason> {
    let percent = |part: f64| (part * 100.0).round() as u32;
    match arithmetic {
        Arithmetic::CrossSell { goes_with, .. } => {
            vec![Reason::GoesWith { percent: percent(*goes_with) }]
        }
        Arithmetic::UpSell { moves_up, headroom, .. } => vec![
            Reason::MovesUp { percent: percent(*moves_up) },
            Reason::Headroom { percent: percent(*headroom) },
        ],
        Arithmetic::Retention(_) | Arithmetic::WinBack { .. } | Arithmetic::Acquisition { .. } => {
            Vec::new()
        }
    }
}

/// What speaks for or against a first purchase of a prospect.
fn leads(state: &State, id: CustomerId) -> Vec<Lead> {
    let traits = state.directory.row_of(id).and_then(|row| state.directory.traits(row));
    let leads = state.scores.models().and_then(|m| m.leads.as_deref());
    match (leads, traits, state.scores.day()) {
        (Some(leads), Some(traits), Some(day)) => leads.why(&traits, day, REASONS),
        _ => Vec::new(),
    }
}

/// What there is too little of for a queue.
fn lack(state: &State, kind: QueueKind) -> Option<Lack> {
    match kind {
        QueueKind::CrossSell => state.scores.offers()?.cross_lack,
        QueueKind::UpSell => state.scores.offers()?.up_lack,
        QueueKind::Acquisition => {
            let model = state.scores.models()?.scoring.model(super::leads::NAME)?;
            let count = |name| model.figure(name).map(|n| n as usize);
            let (have, needed) = (count("have")?, count("needed")?);
            Some(Lack { what: "first purchases of prospects", have, needed })
        }
        QueueKind::Retention | QueueKind::WinBack | QueueKind::Callbacks => None,
    }
}

/// Marks that have run out by `now`, so that their customers can be ranked again.
pub(super) fn run_out(
    marks: &std::collections::HashMap<(Lane, CustomerId), crate::domain::Mark>,
    now: Timestamp,
) -> Vec<(Lane, CustomerId)> {
    let mut over: Vec<(Lane, CustomerId)> =
        marks.iter().filter(|(_, m)| m.until <= now).map(|(key, _)| *key).collect();
    over.sort_unstable_by_key(|key| key.1);
    over
}
