//! Products: what is bought together, what is taken next, and who has the one without the other.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::super::rows;
use super::super::state::State;
use super::super::{Cancel, Desk, Refusal, Who};
use super::{MOST_NAMED, Mark, ReportQuery, narrowed, of_ids};
use crate::domain::expression::as_value;
use crate::domain::{CustomerId, Day, Product, ProductId, Purchase, PurchaseKind};
use crate::insight::affinity::{Part, frequent_sets, rules, steps};
use crate::store::KeyRange;

/// Sets of fewer baskets are chance.
const LEAST_BASKETS: u32 = 5;
/// Rules told.
const MOST_RULES: usize = 60;
/// Upgrade paths told.
const MOST_STEPS: usize = 30;
/// A rule holds in at least one basket of so many.
const CONFIDENCE: Part = Part { of: 1, out_of: 10 };
/// Products must come together this much more often than by chance.
const LEAST_LIFT: f64 = 1.1;

/// What goes with what.
#[derive(Clone, Debug, Default)]
pub struct AffinityReport {
    pub as_of: Day,
    /// Baskets with a known product.
    pub baskets: u32,
    /// Customers who bought a known product.
    pub customers: u32,
    /// Products named below.
    pub products: Vec<Product>,
    /// The rules that bring the most baskets beyond chance, best first.
    pub rules: Vec<Pairing>,
    /// What is taken after what.
    pub steps: Vec<Upgrade>,
}

/// Who takes `from` also takes `to`; counts are baskets.
#[derive(Clone, Debug, Default)]
pub struct Pairing {
    pub from: Vec<ProductId>,
    pub to: ProductId,
    pub count: u32,
    pub count_from: u32,
    pub count_to: u32,
    pub baskets: u32,
    /// Those who have `from` and not `to`: all are counted, the expression names the first of them by
    /// what they spent.
    pub open: Mark,
}

impl Pairing {
    /// Part of the baskets with `from` that hold `to` as well.
    pub fn confidence(&self) -> f64 {
        f64::from(self.count) / f64::from(self.count_from.max(1))
    }

    /// How much more often `to` comes with `from` than at all.
    pub fn lift(&self) -> f64 {
        self.confidence() * f64::from(self.baskets) / f64::from(self.count_to.max(1))
    }

    /// Baskets beyond those there would be by chance.
    fn beyond_chance(&self) -> f64 {
        f64::from(self.count)
            - f64::from(self.count_from) * f64::from(self.count_to) / f64::from(self.baskets.max(1))
    }
}

/// After `from` comes `to`; counts are customers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Upgrade {
    pub from: ProductId,
    pub to: ProductId,
    pub count: u32,
    pub count_from: u32,
    /// Who went the other way.
    pub count_back: u32,
    pub median_days: u32,
}

/// Lists in one buffer: a million small vectors would be mostly their own heads.
struct Flat<T> {
    items: Vec<T>,
    ends: Vec<usize>,
}

impl<T> Default for Flat<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Flat<T> {
    fn lists(&self) -> impl Iterator<Item = &[T]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(from, to)| self.items.get(from..*to).unwrap_or_default())
    }
}

/// What the purchases say, gathered in one pass.
#[derive(Default)]
struct Seen {
    baskets: Flat<u32>,
    /// By customer: each product with the day it was first bought, ascending in product.
    firsts: Flat<(u32, i32)>,
    customers: Vec<CustomerId>,
    open: Option<(CustomerId, HashMap<u32, i32>)>,
}

impl Seen {
    fn take(&mut self, purchase: &Purchase) {
        let mut basket: Vec<u32> =
            purchase.lines.iter().filter_map(|l| u32::try_from(l.product?.0).ok()).collect();
        basket.sort_unstable();
        basket.dedup();
        if basket.is_empty() {
            return;
        }
        if self.open.as_ref().is_none_or(|(id, _)| *id != purchase.customer) {
            self.close();
            self.open = Some((purchase.customer, HashMap::new()));
        }
        if let Some((_, firsts)) = &mut self.open {
            for item in &basket {
                let day = firsts.entry(*item).or_insert(purchase.day.0);
                *day = (*day).min(purchase.day.0);
            }
        }
        self.baskets.items.append(&mut basket);
        self.baskets.ends.push(self.baskets.items.len());
    }

    fn close(&mut self) {
        let Some((id, firsts)) = self.open.take() else { return };
        let mut firsts: Vec<(u32, i32)> = firsts.into_iter().collect();
        firsts.sort_unstable();
        self.customers.push(id);
        self.firsts.items.append(&mut firsts);
        self.firsts.ends.push(self.firsts.items.len());
    }
}

impl Desk {
    pub(super) fn report_affinity(
        &self,
        who: &Who,
        query: &ReportQuery,
        cancel: &Cancel,
    ) -> Result<AffinityReport, Refusal> {
        let as_of = self.report_day(who, query);
        let chosen = self.chosen(who, &query.expression)?;
        let mut seen = Seen::default();
        let mut met = 0_usize;
        let mut last: Option<(CustomerId, bool)> = None;
        rows::read_all::<Purchase>(&*self.engine, KeyRange::all(), &mut |_, purchase, _| {
            met += 1;
            if met.is_multiple_of(4_096) && cancel.is_cancelled() {
                return ControlFlow::Break(());
            }
            let id = purchase.customer;
            let known = last.filter(|(of, _)| *of == id);
            let (_, is_in) =
                *last.insert(known.unwrap_or_else(|| (id, self.is_chosen(&chosen, id))));
            if is_in && purchase.kind == PurchaseKind::Sale && purchase.day <= as_of {
                seen.take(&purchase);
            }
            ControlFlow::Continue(())
        })?;
        seen.close();
        if cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        let (pairs, steps) = pairings(&seen);
        if cancel.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        let mut report = AffinityReport {
            as_of,
            baskets: u32::try_from(seen.baskets.ends.len()).unwrap_or(u32::MAX),
            customers: u32::try_from(seen.customers.len()).unwrap_or(u32::MAX),
            products: Vec::new(),
            rules: pairs,
            steps,
        };
        self.openings(&seen, &query.expression, &mut report.rules);
        if query.as_of.is_some() {
            report.rules.iter_mut().for_each(|r| r.open.expression.clear());
        }
        let state = self.read();
        let mut named: Vec<ProductId> = report
            .rules
            .iter()
            .flat_map(|r| r.from.iter().copied().chain([r.to]))
            .chain(report.steps.iter().flat_map(|s| [s.from, s.to]))
            .collect();
        named.sort_unstable();
        named.dedup();
        report.products = named.iter().filter_map(|id| state.products.get(id).cloned()).collect();
        Ok(report)
    }

    /// Counts and names those who have the one side of a rule and not the other.
    fn openings(&self, seen: &Seen, base: &str, rules: &mut [Pairing]) {
        let mut best: Vec<Vec<(i64, CustomerId)>> = vec![Vec::new(); rules.len()];
        let state = self.read();
        for (id, firsts) in seen.customers.iter().zip(seen.firsts.lists()) {
            let has = |product: &ProductId| {
                let number = u32::try_from(product.0).unwrap_or(u32::MAX);
                firsts.binary_search_by_key(&number, |(item, _)| *item).is_ok()
            };
            for (rule, best) in rules.iter_mut().zip(&mut best) {
                if !rule.from.iter().all(has) || has(&rule.to) {
                    continue;
                }
                let Some(row) = state.directory.row_of(*id) else { continue };
                let figures = state.directory.figures(row);
                rule.open.customers += 1;
                rule.open.spent = rule.open.spent.saturating_add(figures.spent);
                rule.open.worth = rule.open.worth.saturating_add(figures.value.unwrap_or(0));
                best.push((-figures.spent, *id));
                if best.len() >= 2 * MOST_NAMED {
                    best.sort_unstable();
                    best.truncate(MOST_NAMED);
                }
            }
        }
        for (rule, mut best) in rules.iter_mut().zip(best) {
            if let Some(condition) = has_and_lacks(&state, rule) {
                rule.open.expression = narrowed(base, &condition);
                continue;
            }
            best.sort_unstable();
            best.truncate(MOST_NAMED);
            let ids: Vec<CustomerId> = best.iter().map(|(_, id)| *id).collect();
            rule.open.expression = of_ids(&ids);
        }
    }
}

/// Selects those who have the one side and not the other; `None` where a product cannot be written.
fn has_and_lacks(state: &State, rule: &Pairing) -> Option<String> {
    let bought = |id: &ProductId| {
        let sku = &state.products.get(id)?.sku;
        (!sku.is_empty()).then(|| format!("bought:{}", as_value(sku)))
    };
    let mut all: Vec<String> = rule.from.iter().map(bought).collect::<Option<_>>()?;
    all.push(format!("-{}", bought(&rule.to)?));
    Some(all.join(" "))
}

fn pairings(seen: &Seen) -> (Vec<Pairing>, Vec<Upgrade>) {
    let baskets = u32::try_from(seen.baskets.ends.len()).unwrap_or(u32::MAX);
    let part = |all: u32| Part { of: LEAST_BASKETS.max(all / 1_000), out_of: all.max(1) };
    let sets = frequent_sets(seen.baskets.lists(), part(baskets));
    let mut found: Vec<Pairing> = rules(&sets, CONFIDENCE)
        .into_iter()
        .filter(|rule| rule.lift() >= LEAST_LIFT)
        .map(|rule| Pairing {
            from: rule.from.iter().map(|id| ProductId(u64::from(*id))).collect(),
            to: ProductId(u64::from(rule.to)),
            count: rule.count,
            count_from: rule.count_from,
            count_to: rule.count_to,
            baskets: rule.baskets,
            open: Mark::default(),
        })
        .collect();
    found.sort_by(|a, b| {
        b.beyond_chance()
            .total_cmp(&a.beyond_chance())
            .then_with(|| (&a.from, a.to).cmp(&(&b.from, b.to)))
    });
    found.truncate(MOST_RULES);
    let customers = u32::try_from(seen.customers.len()).unwrap_or(u32::MAX);
    let mut upgrades: Vec<Upgrade> = steps(seen.firsts.lists(), part(customers))
        .into_iter()
        .filter(|s| s.direction() > 0.5)
        .map(|s| Upgrade {
            from: ProductId(u64::from(s.from)),
            to: ProductId(u64::from(s.to)),
            count: s.count,
            count_from: s.count_from,
            count_back: s.count_back,
            median_days: s.median_days,
        })
        .collect();
    upgrades.truncate(MOST_STEPS);
    (found, upgrades)
}
