//! The directory in its plainest form: records in a vector, searched from end to end.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::domain::expression::Expression;
use crate::domain::{AgentId, Customer, CustomerId, Day, Fact, Ledger};

use super::{Figures, Sort, Verdict};

/// What the models say of one customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Chance that the customer has not left, 0 to 1; not a number when unknown.
    pub p_alive: f32,
    /// Chance to leave within the horizon, or to have left already, 0 to 1; not a number when unknown.
    pub risk: f32,
    /// Expected residual value in minor units; [`Score::UNKNOWN`] when there is none.
    pub value: i64,
    /// Expected value saved by a call, minor units.
    pub saves: Option<i64>,
    /// When P(alive) falls below the threshold.
    pub leave: Option<Day>,
    /// Recency, frequency and monetary scores, 1 to 5.
    pub rfm: Option<[u8; 3]>,
    /// Whether a call is worth it.
    pub verdict: Verdict,
}

impl Score {
    /// Marks a value that is not known.
    pub const UNKNOWN: i64 = i64::MIN;
}

impl Default for Score {
    fn default() -> Self {
        Self {
            p_alive: f32::NAN,
            risk: f32::NAN,
            value: Self::UNKNOWN,
            saves: None,
            leave: None,
            rfm: None,
            verdict: Verdict::Unknown,
        }
    }
}

/// What is searched for.
pub struct Query<'a> {
    pub text: &'a str,
    pub filter: Option<&'a Expression>,
    pub sort: Sort,
    pub today: Day,
    pub me: Option<AgentId>,
}

/// Rows that match, in order.
pub struct Found {
    pub rows: Arc<[u32]>,
    pub worth: i64,
    pub spent: i64,
}

/// All customers.
#[derive(Default)]
pub struct Directory {
    rows: Vec<Option<(Customer, Figures)>>,
    by_id: HashMap<CustomerId, u32>,
    external: HashMap<String, CustomerId>,
}

impl Directory {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn put_customer(&mut self, c: &Customer) {
        if let Some(id) = &c.external_id {
            self.external.insert(id.clone(), c.id);
        }
        match self.row_of(c.id).and_then(|r| self.rows.get_mut(r as usize)) {
            Some(Some((old, _))) => *old = c.clone(),
            _ => {
                self.by_id.insert(c.id, self.rows.len() as u32);
                self.rows.push(Some((c.clone(), Figures::default())));
            }
        }
    }

    pub fn put_ledger(&mut self, id: CustomerId, ledger: &Ledger) {
        let Some(row) = self.row_of(id) else { return };
        let Some(Some((_, f))) = self.rows.get_mut(row as usize) else { return };
        let total = ledger.purchases.total();
        f.first = ledger.purchases.first_sale().unwrap_or(Day::NEVER);
        f.last = ledger.purchases.last_sale().unwrap_or(Day::NEVER);
        f.purchases = ledger.purchases.sale_days();
        f.spent = total.revenue;
        f.returned = total.returned;
        f.last_contact = ledger.contacts.last;
    }

    pub fn put_facts(&mut self, _id: CustomerId, _facts: &[Fact]) {}

    pub fn remove(&mut self, id: CustomerId) {
        if let Some(row) = self.by_id.remove(&id) {
            if let Some(slot) = self.rows.get_mut(row as usize) {
                if let Some((c, _)) = slot.take() {
                    self.external.retain(|_, other| *other != c.id);
                }
            }
        }
    }

    pub fn build(&mut self) {}

    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    pub fn row_of(&self, id: CustomerId) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    pub fn id_at(&self, row: u32) -> Option<CustomerId> {
        self.rows.get(row as usize)?.as_ref().map(|(c, _)| c.id)
    }

    pub fn all_rows(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.rows.len() as u32).filter(|r| self.id_at(*r).is_some())
    }

    pub fn by_external_id(&self, id: &str) -> Option<CustomerId> {
        self.external.get(id).copied()
    }

    pub fn figures(&self, row: u32, _today: Day) -> Figures {
        self.rows.get(row as usize).and_then(Option::as_ref).map(|(_, f)| *f).unwrap_or_default()
    }

    pub fn may_call(&self, row: u32) -> bool {
        let row = self.rows.get(row as usize).and_then(Option::as_ref);
        row.is_some_and(|(c, _)| !c.must_not_be_called())
    }

    pub fn has_purchases(&self) -> bool {
        self.rows.iter().flatten().any(|(_, f)| f.purchases > 0)
    }

    pub fn set_score(&mut self, row: u32, s: Score) {
        if let Some(Some((_, f))) = self.rows.get_mut(row as usize) {
            f.p_alive = (!s.p_alive.is_nan()).then_some(s.p_alive);
            f.risk = (!s.risk.is_nan()).then_some(s.risk);
            f.value = (s.value != Score::UNKNOWN).then_some(s.value);
            f.saves = s.saves;
            f.leave = s.leave;
            f.rfm = s.rfm;
            f.verdict = s.verdict;
        }
    }

    pub fn search(&self, q: &Query<'_>, _cancel: &dyn Fn() -> bool) -> Option<Found> {
        let text = crate::text::fold(q.text);
        let hit = |c: &Customer| {
            text.is_empty()
                || crate::text::fold(&c.name).contains(&text)
                || c.contacts.iter().any(|k| k.value.contains(&text))
        };
        let mut rows: Vec<u32> = self
            .all_rows()
            .filter(|r| matches!(self.rows.get(*r as usize), Some(Some((c, _))) if hit(c)))
            .collect();
        let key = |r: &u32| self.figures(*r, q.today);
        match q.sort.field {
            super::SortField::Value => rows.sort_by_key(|r| key(r).value),
            super::SortField::Spent => rows.sort_by_key(|r| key(r).spent),
            _ => {}
        }
        if q.sort.descending {
            rows.reverse();
        }
        let worth = rows.iter().filter_map(|r| key(r).value).sum();
        let spent = rows.iter().map(|r| key(r).spent).sum();
        Some(Found { rows: rows.into(), worth, spent })
    }

    pub fn mean_risk(&self, rows: &[u32]) -> Option<f64> {
        let known: Vec<f64> =
            rows.iter().filter_map(|r| self.figures(*r, Day(0)).risk).map(f64::from).collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    }

    pub fn value_percentile(&self, _row: u32) -> Option<f64> {
        None
    }

    pub fn tags(&self) -> Vec<(String, usize)> {
        let mut all: BTreeMap<String, usize> = BTreeMap::new();
        for tag in self.rows.iter().flatten().flat_map(|(c, _)| &c.tags) {
            *all.entry(tag.clone()).or_default() += 1;
        }
        all.into_iter().collect()
    }

    pub fn dictionary(&self, field: &str) -> Vec<(String, usize)> {
        let all: Vec<u32> = self.all_rows().collect();
        self.value_counts(&all, field)
    }

    pub fn value_counts(&self, rows: &[u32], field: &str) -> Vec<(String, usize)> {
        let mut all: BTreeMap<String, usize> = BTreeMap::new();
        for (c, _) in rows.iter().filter_map(|r| self.rows.get(*r as usize)?.as_ref()) {
            let value = match field {
                "city" => c.place.city.clone(),
                "stage" => c.stage.name().to_owned(),
                "source" => c.source.clone(),
                _ => continue,
            };
            if !value.is_empty() {
                *all.entry(value).or_default() += 1;
            }
        }
        all.into_iter().collect()
    }
}

/// Byte ranges of a name that match.
pub fn matches(name: &str, text: &str) -> Vec<std::ops::Range<u32>> {
    let at = name.to_lowercase().find(&text.to_lowercase());
    at.map(|at| at as u32..(at + text.len()) as u32).into_iter().collect()
}
