//! All customers as columns in memory: search, segment evaluation, sort. Follows the change feed.
//!
//! Holds nothing the store does not: it is built from the records at start, in any order and while it
//! is being asked, and kept up row by row. Never reads a clock, a store or a screen.

mod arrange;
mod bits;
mod bought;
mod collate;
mod columns;
mod conditions;
mod counts;
mod duplicates;
mod emails;
mod external;
pub mod figures;
mod highlight;
mod joined;
mod kept;
mod lists;
mod loose;
mod order;
mod parallel;
mod plan;
mod pool;
mod rank;
mod rows;
mod search;
mod select;
pub mod sort;
mod texts;
mod token;
mod traits;
mod vocabulary;

use std::sync::{Arc, Mutex};

use crate::domain::{
    AgentId, Customer, CustomerId, CustomerRef, Day, Fact, Ledger, Stage, WinBackState,
};

pub use bits::Bits;
pub use bought::Bought;
pub use duplicates::{Group, Likeness};
pub use figures::{Figures, SaleSummary, Score, Verdict};
pub use highlight::matches;
pub use rows::Rows;
pub use search::{Found, Query};
pub use select::Selection;
pub use sort::{Sort, SortField};
pub use traits::Traits;

use columns::{Columns, UNKNOWN};

/// Asked every few thousand rows: true when the answer is not wanted any more.
pub type Cancelled<'a> = &'a (dyn Fn() -> bool + Sync);

/// Rows between two looks at whether the answer is still wanted: whole blocks.
const BLOCKS_AT_ONCE: usize = 8 * bits::BLOCK;

/// All customers as columns. A customer is known by its id, and for short by its row, which it keeps
/// as long as it lives.
pub struct Directory {
    columns: Columns,
    /// Folded names of the agents.
    agents: Vec<(AgentId, String)>,
    minor_per_major: i64,
    /// Who bought what, when anybody has said.
    bought: Option<Arc<dyn Bought>>,
    version: u64,
    changes: order::Changes,
    orders: Mutex<order::Orders>,
    answers: kept::Answers,
    selections: select::Selections,
}

impl Default for Directory {
    fn default() -> Self {
        Self::new()
    }
}

impl Directory {
    /// A directory of nobody; money is in hundredths until told otherwise.
    pub fn new() -> Self {
        Self {
            columns: Columns::default(),
            agents: Vec::new(),
            minor_per_major: 100,
            bought: None,
            version: 0,
            changes: order::Changes::default(),
            orders: Mutex::default(),
            answers: kept::Answers::default(),
            selections: Mutex::default(),
        }
    }

    /// Makes room for so many customers in all.
    pub fn reserve(&mut self, customers: usize) {
        self.columns.reserve(customers);
    }

    /// Gives back the room that growing has left over; to be called once all are in.
    pub fn shrink(&mut self) {
        self.columns.shrink();
    }

    /// Minor units in one major unit of the store's money, for expressions like `spent>10`.
    pub fn set_minor_per_major(&mut self, minor: i64) {
        self.minor_per_major = minor.max(1);
        self.changed_all();
    }

    /// Who bought which product, for expressions like `bought:ROUTER`; nobody did until it is set.
    pub fn set_bought(&mut self, bought: Arc<dyn Bought>) {
        self.bought = Some(bought);
        self.changed_all();
    }

    /// Names of the agents, for expressions like `owner:sara`.
    pub fn set_agents<'a>(&mut self, agents: impl IntoIterator<Item = (AgentId, &'a str)>) {
        self.agents = agents.into_iter().map(|(id, name)| (id, crate::text::fold(name))).collect();
        self.changed_all();
    }

    /// Adds a customer, or puts a changed one in its place, with all that lies beside it.
    pub fn upsert(&mut self, customer: &Customer, ledger: Option<&Ledger>, facts: &[Fact]) -> u32 {
        let row = self.put_customer(customer);
        self.columns.put_ledger(row, ledger.unwrap_or(&Ledger::default()));
        self.columns.put_facts(row, facts);
        row
    }

    /// Adds a customer, or puts a changed one in its place; ledger, facts and score stay.
    pub fn put_customer<'c>(&mut self, customer: impl Into<CustomerRef<'c>>) -> u32 {
        let row = self.columns.put_customer(&customer.into());
        self.changed(row);
        row
    }

    /// Sets what a customer bought and when it was spoken to; false when there is no such customer.
    pub fn put_ledger(&mut self, customer: CustomerId, ledger: &Ledger) -> bool {
        let Some(row) = self.row_of(customer) else { return false };
        self.columns.put_ledger(row, ledger);
        self.changed(row);
        true
    }

    /// Sets all facts of a customer; false when there is no such customer.
    pub fn put_facts(&mut self, customer: CustomerId, facts: &[Fact]) -> bool {
        let Some(row) = self.row_of(customer) else { return false };
        self.columns.put_facts(row, facts);
        self.changed(row);
        true
    }

    /// Sets how far it is with having a customer back; false when there is no such customer.
    pub fn put_win_back(&mut self, customer: CustomerId, state: Option<WinBackState>) -> bool {
        let Some(row) = self.columns.put_win_back(customer, state) else { return false };
        self.changed(row);
        true
    }

    /// Takes a customer out; false when there was none.
    pub fn remove(&mut self, customer: CustomerId) -> bool {
        let Some(row) = self.row_of(customer) else { return false };
        self.columns.remove(row);
        self.changed(row);
        true
    }

    /// Sets the scores of one row.
    pub fn set_score(&mut self, row: u32, score: &Score) {
        if (row as usize) < self.columns.rows() {
            self.columns.put_score(row, score);
            self.changed(row);
        }
    }

    /// Sets the scores of the rows from `first` on.
    pub fn set_scores(&mut self, first: u32, scores: &[Score]) {
        for (row, score) in (first..self.columns.rows() as u32).zip(scores) {
            self.columns.put_score(row, score);
        }
        self.changes.scores += 1;
        self.version += 1;
    }

    /// Forgets all scores.
    pub fn drop_scores(&mut self) {
        self.columns.drop_scores();
        self.changes.scores += 1;
        self.version += 1;
    }

    /// Customers.
    pub fn len(&self) -> usize {
        self.columns.alive_rows
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows, those of removed customers included: every row is below this.
    pub fn rows(&self) -> u32 {
        self.columns.rows() as u32
    }

    /// True of a row whose customer is there.
    pub fn is_live(&self, row: u32) -> bool {
        self.columns.live.has(row)
    }

    /// Rows whose customer is there.
    pub fn live_rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.columns.live.rows()
    }

    /// True when anybody bought anything.
    pub fn has_purchases(&self) -> bool {
        self.columns.sale_days.iter().any(|days| *days > 0)
    }

    /// Changes with everything that can change an answer.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The row of a customer.
    pub fn row_of(&self, customer: CustomerId) -> Option<u32> {
        self.columns.row_of(customer)
    }

    /// True when the customer is there.
    pub fn contains(&self, customer: CustomerId) -> bool {
        self.row_of(customer).is_some()
    }

    /// The customer of a row; id 0 for a row that never was.
    pub fn id_at(&self, row: u32) -> CustomerId {
        CustomerId(self.columns.ids.get(row as usize).copied().unwrap_or_default())
    }

    /// The customer with exactly this external id.
    pub fn by_external_id(&self, id: &str) -> Option<CustomerId> {
        self.columns.by_external(id).map(|row| self.id_at(row))
    }

    /// The numbers of a row, as lists show them.
    pub fn figures(&self, row: u32) -> Figures {
        let (c, at) = (&self.columns, row as usize);
        if at >= c.rows() {
            return Figures::default();
        }
        let share = |x: f32| (!x.is_nan()).then_some(x);
        let money = |x: i64| (x != UNKNOWN).then_some(x);
        Figures {
            first: Day(c.first[at]),
            last: Day(c.last[at]),
            purchases: c.sale_days[at],
            spent: c.revenue[at],
            returned: c.returned[at],
            last_contact: Day(c.contact[at]),
            p_alive: share(c.p_alive[at]),
            risk: share(c.risk[at]),
            value: money(c.value[at]),
            saves: money(c.saves[at]),
            leave: Some(Day(c.leave[at])).filter(|day| day.is_known()),
            rfm: columns::rfm_scores(c.rfm[at]),
            verdict: Verdict::ALL.get(usize::from(c.verdict[at])).copied().unwrap_or_default(),
        }
    }

    /// The purchases of a row in sum, as the models ask for them.
    pub fn summary(&self, row: u32) -> SaleSummary {
        let (c, at) = (&self.columns, row as usize);
        if at >= c.rows() || c.sale_days[at] == 0 {
            return SaleSummary { first: Day::NEVER, last: Day::NEVER, ..SaleSummary::default() };
        }
        let repeats = f64::from(c.sale_days[at] - 1);
        let repeat_revenue = c.revenue[at].saturating_sub(c.first_revenue[at]) as f64;
        SaleSummary {
            first: Day(c.first[at]),
            last: Day(c.last[at]),
            sale_days: c.sale_days[at],
            revenue: c.revenue[at],
            cost: c.cost[at],
            returned: c.returned[at],
            repeat_mean: if repeats > 0.0 { repeat_revenue / repeats } else { 0.0 },
        }
    }

    /// The stage of a row.
    pub fn stage(&self, row: u32) -> Option<Stage> {
        Stage::from_code(*self.columns.stage.get(row as usize)?)
    }

    /// True when the customer of the row must not be called.
    pub fn must_not_be_called(&self, row: u32) -> bool {
        self.columns.do_not_call.get(row as usize) == Some(&1)
    }

    /// Whether the customer of the row agreed to marketing; `None` when never asked.
    pub fn marketing(&self, row: u32) -> Option<bool> {
        let code = self.columns.marketing.get(row as usize)?.checked_sub(1)?;
        Some(code == 1)
    }

    /// The number of the time zone of the row, for [`Self::zone_named`]; 0 when not known.
    pub fn zone(&self, row: u32) -> u32 {
        self.columns.zone.codes.get(row as usize).copied().unwrap_or_default()
    }

    /// The IANA name of a zone by its number; empty for 0.
    pub fn zone_named(&self, number: u32) -> &str {
        self.columns.zone.values.get(number)
    }

    /// Bytes in use.
    pub fn heap(&mut self) -> usize {
        let orders = self.orders.get_mut().map_or(0, |orders| orders.heap());
        self.columns.heap() + orders
    }

    fn changed(&mut self, row: u32) {
        self.version += 1;
        self.changes.push(row);
    }

    fn changed_all(&mut self) {
        self.version += 1;
        self.orders.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests;
