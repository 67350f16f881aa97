//! What to propose to whom: complements by rules learned from baskets, dearer products by the paths
//! customers took. Never proposes what a customer has; ranks nobody.

use std::collections::HashMap;

use crate::domain::{Day, Product, Settings};
use crate::insight::affinity::{self, Part, Rule};
use crate::insight::offer::{self, LifeStage};
use crate::insight::retention::Case;

use super::arithmetic::{Arithmetic, Rates, call, is_there, worth_it};
use super::holdings::{Held, Holdings, Sales};
use super::places::Out;
use super::question::Lack;

/// Baskets of two products and more from which rules can be learned.
const ENOUGH_BASKETS: usize = 50;
/// Baskets a rule holds in, and customers who took a path, at least: fewer are chance.
const ENOUGH_CASES: u32 = 5;
/// Nor are rules looked for that hold in fewer than one basket of so many.
const RARE: u32 = 4_000;
/// Customers whose order of first purchases is looked at; of more, evenly picked ones.
const MOST_CUSTOMERS: usize = 200_000;
/// Products of one customer of whom the order is looked at.
const MOST_STEPS: usize = 24;
/// A rate among few counts beside so many of all: baskets of a rule, customers at a stage of life.
const OF_ALL: f64 = 20.0;
/// A product is dearer from this multiple of the price on.
const DEARER: f64 = 1.1;
const DAYS_PER_WEEK: f64 = 7.0;

/// What is known of a product; money in major units.
#[derive(Clone, Debug, Default)]
struct Good {
    category: String,
    price: f64,
    margin: f64,
    /// Further purchases a week of those who have it.
    again: f64,
}

/// A step up from a product.
#[derive(Clone, Debug)]
struct Path {
    to: u32,
    /// Part of those with the lower one who took it, by stage of life.
    moves_up: [f64; LifeStage::ALL.len()],
}

/// What was learned from what everyone bought.
#[derive(Clone, Default)]
pub(super) struct Offers {
    pub holdings: Holdings,
    goods: HashMap<u32, Good>,
    rules: Vec<Rule>,
    /// Rules by the first product they ask for.
    by_first: HashMap<u32, Vec<u32>>,
    paths: HashMap<u32, Vec<Path>>,
    /// The 90th percentile of what those at a stage of life spend in a year, major units.
    top_spend: [f64; LifeStage::ALL.len()],
    pub cross_lack: Option<Lack>,
    pub up_lack: Option<Lack>,
}

/// A product to propose, with what speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pick {
    pub product: u32,
    pub because: Vec<u32>,
    pub arithmetic: Arithmetic,
}

/// A customer who may be proposed something.
#[derive(Clone, Copy)]
pub(super) struct Buyer<'a> {
    pub held: &'a [Held],
    pub stage: LifeStage,
    pub case: &'a Case,
    /// Revenue of a year, major units.
    pub spend: f64,
}

impl Offers {
    /// Learns from all sales. `buyers` are the stage of life and the yearly spend of those who bought,
    /// by id.
    pub fn learn(
        sales: Sales,
        products: &HashMap<crate::domain::ProductId, Product>,
        buyers: &[Option<(LifeStage, f64)>],
        settings: &Settings,
    ) -> Self {
        let mut offers = Self { goods: goods(&sales, products, settings), ..Self::default() };
        offers.learn_rules(&sales);
        offers.learn_paths(&sales, buyers);
        offers.top_spend = top_spend(buyers.iter().flatten());
        offers.holdings = sales.holdings;
        offers
    }

    fn learn_rules(&mut self, sales: &Sales) {
        let together = sales.baskets.iter().filter(|b| b.len() > 1).count();
        if together < ENOUGH_BASKETS {
            let what = "baskets of several products";
            self.cross_lack = Some(Lack { what, have: together, needed: ENOUGH_BASKETS });
            return;
        }
        let all = u32::try_from(sales.baskets.len()).unwrap_or(u32::MAX);
        let least = (all / RARE).max(ENOUGH_CASES);
        let support = Part { of: least, out_of: all };
        let sets = affinity::frequent_sets(sales.baskets.iter().map(|b| &**b), support);
        let mut rules = affinity::rules(&sets, Part { of: 1, out_of: 20 });
        rules.retain(|r| r.from.len() <= 2 && r.lift() > 1.0);
        for (at, rule) in rules.iter().enumerate() {
            if let Some(first) = rule.from.first() {
                self.by_first.entry(*first).or_default().push(at as u32);
            }
        }
        self.rules = rules;
    }

    fn learn_paths(&mut self, sales: &Sales, buyers: &[Option<(LifeStage, f64)>]) {
        let count = sales.holdings.iter().count();
        let step = count.div_ceil(MOST_CUSTOMERS).max(1);
        let firsts: Vec<(LifeStage, Vec<(u32, i32)>)> = sales
            .holdings
            .iter()
            .step_by(step)
            .map(|(id, held)| {
                let stage = buyers
                    .get(id.0 as usize)
                    .copied()
                    .flatten()
                    .map_or(LifeStage::Unknown, |b| b.0);
                let taken = held.iter().take(MOST_STEPS).map(|h| (h.product, h.first.0)).collect();
                (stage, taken)
            })
            .collect();
        let none = Part { of: 0, out_of: 1 };
        let steps = affinity::steps(firsts.iter().map(|(_, taken)| taken.as_slice()), none);
        let mut most = 0;
        for step in steps {
            let (Some(from), Some(to)) = (self.goods.get(&step.from), self.goods.get(&step.to))
            else {
                continue;
            };
            let up = from.category == to.category && !from.category.is_empty();
            if !up || to.price < from.price * DEARER || step.direction() < 0.5 {
                continue;
            }
            most = most.max(step.count);
            if step.count < ENOUGH_CASES {
                continue;
            }
            let mut of = [(0.0, 0.0); LifeStage::ALL.len()];
            for (stage, taken) in &firsts {
                let first =
                    |product| taken.iter().find(|(p, _)| *p == product).map(|(_, day)| *day);
                let Some(had) = first(step.from) else { continue };
                let moved = first(step.to).is_some_and(|then| then > had);
                if let Some((all, up)) = of.get_mut(usize::from(stage.code())) {
                    *all += 1.0;
                    *up += f64::from(u8::from(moved));
                }
            }
            let usual = step.confidence();
            let moves_up = of.map(|(all, up)| (up + OF_ALL * usual) / (all + OF_ALL));
            self.paths.entry(step.from).or_default().push(Path { to: step.to, moves_up });
        }
        if self.paths.is_empty() {
            let what = "customers who moved up to a dearer product";
            let (have, needed) = (most as usize, ENOUGH_CASES as usize);
            self.up_lack = Some(Lack { what, have, needed });
        }
    }

    /// The complement worth most, of those the customer has not.
    pub fn cross_sell(&self, buyer: &Buyer, rates: &Rates, horizon: f64) -> Result<Pick, Out> {
        if buyer.held.is_empty() || self.rules.is_empty() {
            return Err(Out::NothingToOffer);
        }
        is_there(&buyer.case.score)?;
        let has = |product: &u32| buyer.held.binary_search_by_key(product, |h| h.product).is_ok();
        let call = call(buyer.case);
        let mut best: Option<(f64, &Rule, Arithmetic)> = None;
        let known = buyer.held.iter().filter_map(|h| self.by_first.get(&h.product)).flatten();
        for rule in known.filter_map(|at| self.rules.get(*at as usize)) {
            if has(&rule.to) || !rule.from.iter().all(has) {
                continue;
            }
            let Some(good) = self.goods.get(&rule.to) else { continue };
            // A complement comes with something dearer: a case does not call for a phone.
            let dearest = rule.from.iter().filter_map(|p| self.goods.get(p)).map(|g| g.price);
            if good.price > dearest.fold(0.0, f64::max) {
                continue;
            }
            let times = 1.0 + good.again * horizon;
            // The chance that anyone takes it when it is offered, times the lift of what is there.
            let usual = f64::from(rule.count_to) / f64::from(rule.baskets.max(1));
            let from = f64::from(rule.count_from);
            let goes_with = (f64::from(rule.count) + OF_ALL * usual) / (from + OF_ALL);
            let bid = offer::cross_sell(
                buyer.case.score.p_alive,
                rates.cross.mean() * usual,
                goes_with / usual,
                good.margin * times,
                call,
            );
            if best.as_ref().is_none_or(|(ev, _, _)| bid.ev > *ev) {
                let arithmetic = Arithmetic::CrossSell {
                    bid,
                    p_alive: buyer.case.score.p_alive,
                    goes_with,
                    rate: rates.cross,
                    margin: good.margin,
                    times,
                };
                best = Some((bid.ev, rule, arithmetic));
            }
        }
        let (_, rule, arithmetic) = best.ok_or(Out::NothingToOffer)?;
        let arithmetic = worth_it(arithmetic)?;
        Ok(Pick { product: rule.to, because: rule.from.to_vec(), arithmetic })
    }

    /// The dearer product worth most to go on to.
    pub fn up_sell(
        &self,
        buyer: &Buyer,
        rates: &Rates,
        horizon: f64,
        day: Day,
    ) -> Result<Pick, Out> {
        if buyer.held.is_empty() || self.paths.is_empty() {
            return Err(Out::NothingToOffer);
        }
        is_there(&buyer.case.score)?;
        let has = |product: u32| buyer.held.binary_search_by_key(&product, |h| h.product).is_ok();
        let stage = usize::from(buyer.stage.code());
        let top = self.top_spend.get(stage).copied().unwrap_or_default();
        let headroom = offer::headroom(buyer.spend, top);
        let mut best: Option<(u32, u32, Arithmetic)> = None;
        for held in buyer.held {
            let (Some(paths), Some(lower)) =
                (self.paths.get(&held.product), self.goods.get(&held.product))
            else {
                continue;
            };
            // Who has a dearer one already is past this step.
            let past = buyer.held.iter().filter_map(|h| self.goods.get(&h.product));
            if past.clone().any(|g| g.category == lower.category && g.price >= lower.price * DEARER)
            {
                continue;
            }
            let weeks = f64::from(day.since(held.first).max(0)) / DAYS_PER_WEEK;
            let again = f64::from(held.times.saturating_sub(1)) / weeks.max(1.0) * horizon;
            for path in paths.iter().filter(|p| !has(p.to)) {
                let (Some(good), Some(moves_up)) =
                    (self.goods.get(&path.to), path.moves_up.get(stage).copied())
                else {
                    continue;
                };
                // Bought again and again, it is the difference each time; else a new one is bought.
                let margin = good.margin * again.max(1.0) - lower.margin * again;
                let p_alive = buyer.case.score.p_alive;
                let chance = moves_up * rates.up.mean();
                let bid = offer::up_sell(p_alive, chance, headroom, margin, call(buyer.case));
                if best.as_ref().is_none_or(|(_, _, old)| bid.ev > old.ev()) {
                    let rate = rates.up;
                    let arithmetic =
                        Arithmetic::UpSell { bid, p_alive, moves_up, headroom, rate, margin };
                    best = Some((path.to, held.product, arithmetic));
                }
            }
        }
        let (product, from, arithmetic) = best.ok_or(Out::NothingToOffer)?;
        let arithmetic = worth_it(arithmetic)?;
        Ok(Pick { product, because: vec![from], arithmetic })
    }
}

/// Prices and margins: those of the catalogue, else those of the sales.
fn goods(
    sales: &Sales,
    products: &HashMap<crate::domain::ProductId, Product>,
    settings: &Settings,
) -> HashMap<u32, Good> {
    let minor = settings.currency.minor_per_major() as f64;
    let per_unit =
        |sum: i64, quantity: i64| (quantity > 0).then(|| sum as f64 * 1_000.0 / quantity as f64);
    let good = |(id, sold): (&u32, &super::holdings::Sold)| {
        let product = products.get(&crate::domain::ProductId(u64::from(*id)))?;
        let seen = per_unit(sold.revenue, sold.quantity);
        let price = product.price.map(|p| p as f64).or(seen).filter(|p| *p > 0.0)?;
        let cost = product.unit_cost.map(|c| c as f64).or(per_unit(sold.cost, sold.costed));
        let cost = cost.unwrap_or(price * (1.0 - settings.margin));
        let weeks = sold.days as f64 / DAYS_PER_WEEK;
        let again = sold.times.saturating_sub(sold.owners) as f64 / weeks.max(1.0);
        let category = product.category.clone();
        let good = Good { category, price: price / minor, margin: (price - cost) / minor, again };
        Some((*id, good))
    };
    sales.sold.iter().filter_map(good).collect()
}

/// The 90th percentile of the yearly spend at each stage of life; that of all where few are known.
fn top_spend<'a>(
    buyers: impl Iterator<Item = &'a (LifeStage, f64)>,
) -> [f64; LifeStage::ALL.len()] {
    const FEW: usize = 20;
    let top = |mut spends: Vec<f64>| {
        let at = (spends.len() * 9 / 10).min(spends.len().saturating_sub(1));
        if spends.is_empty() { 0.0 } else { *spends.select_nth_unstable_by(at, f64::total_cmp).1 }
    };
    let mut by_stage: [Vec<f64>; LifeStage::ALL.len()] = Default::default();
    let mut all = Vec::new();
    for (stage, spend) in buyers {
        all.push(*spend);
        if let Some(spends) = by_stage.get_mut(usize::from(stage.code())) {
            spends.push(*spend);
        }
    }
    let usual = top(all);
    by_stage.map(|spends| if spends.len() < FEW { usual } else { top(spends) })
}

/// What a customer spends in a year, from the revenue and weeks of the whole relation; a shorter one
/// counts as a year.
pub(super) fn yearly(revenue: f64, weeks: f64) -> f64 {
    const YEAR: f64 = 365.25 / DAYS_PER_WEEK;
    revenue * YEAR / weeks.max(YEAR)
}
