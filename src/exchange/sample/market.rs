//! What is sold: prices, baskets with complements and upgrades, returns and credits.

use crate::domain::{Currency, Language, Line, Product, ProductId, Purchase, PurchaseKind};

use super::calendar::{Calendar, PRICE_RISE_AGO, SPAN};
use super::ingredients::{Good, Wanted};
use super::random::Random;

/// How much the internet plans cost more since the price rise.
const PRICE_RISE: f64 = 1.18;
/// How far a price may lie from what the customer wants to spend: standard deviation of the logarithm.
const PRICE_SPREAD: f64 = 0.55;

/// The shop of one sample.
pub(super) struct Market<'a> {
    goods: &'a [Good],
    /// Logarithms of the prices before and since the price rise.
    logs: [Vec<f64>; 2],
    pub currency: Currency,
    /// Minor units of a dollar.
    pub scale: f64,
    /// Prices are multiples of this many minor units.
    step: i64,
}

/// What a customer wants in one basket.
pub(super) struct Wants<'a> {
    /// Organisation.
    pub firm: bool,
    /// Favourite category, in English; may be empty.
    pub likes: &'static str,
    /// Intended amount, in minor units.
    pub amount: f64,
    /// Places of the goods bought before that have a better one.
    pub had: &'a mut Vec<usize>,
}

impl<'a> Market<'a> {
    /// A rial price is 450,000 times the dollar price, in steps of 10,000.
    pub fn new(language: Language, goods: &'a [Good]) -> Self {
        let (currency, scale, step) = match language {
            Language::English => (Currency::USD, 100.0, 10),
            Language::Persian => (Currency::IRR, 450_000.0, 10_000),
        };
        let mut market = Self { goods, logs: Default::default(), currency, scale, step };
        market.logs = [0, SPAN]
            .map(|at| goods.iter().map(|g| libm::log(market.price(g, at) as f64)).collect());
        market
    }

    fn rounded(&self, amount: f64) -> i64 {
        (libm::round(amount / self.step as f64) as i64).max(1) * self.step
    }

    /// The catalogue, at today's prices.
    pub fn products(&self, language: Language) -> Vec<Product> {
        let words = usize::from(language.code());
        let product = |(at, good): (usize, &Good)| Product {
            id: ProductId(at as u64 + 1),
            sku: good.sku.to_owned(),
            name: good.name[words].to_owned(),
            category: good.category[words].to_owned(),
            price: Some(self.price(good, SPAN)),
            unit_cost: Some(self.rounded(good.price * good.cost * self.scale)),
        };
        self.goods.iter().enumerate().map(product).collect()
    }

    /// What one costs today.
    pub fn price_now(&self, at: usize) -> i64 {
        self.goods.get(at).map_or(0, |good| self.price(good, SPAN))
    }

    /// What one cost on a day.
    fn price(&self, good: &Good, at: i32) -> i64 {
        let before = at < SPAN - PRICE_RISE_AGO && good.category[0] == "internet";
        self.rounded(good.price * self.scale / if before { PRICE_RISE } else { 1.0 })
    }

    /// A basket: the thing that was wanted, and what goes with it.
    pub fn basket(
        &self,
        random: &mut Random,
        calendar: &Calendar,
        at: i32,
        wants: &mut Wants,
    ) -> Vec<Line> {
        let Some(wanted) = self.wanted(random, at, wants) else { return Vec::new() };
        let main = self.upgraded(random, wanted, wants.had);
        let Some(good) = self.goods.get(main) else { return Vec::new() };
        let price = self.price(good, at) as f64;
        let most = if wants.firm { 40.0 } else { 3.0 };
        let quantity = (wants.amount / price).round().clamp(1.0, most) as i64;
        let off = calendar.discount(at);
        let mut lines = vec![self.line(main, quantity, at, off)];
        for (other, chance) in &good.with {
            if random.chance(*chance) {
                let each = if wants.firm { quantity } else { 1 };
                lines.push(self.line(*other, each, at, off));
            }
        }
        lines
    }

    fn wanted(&self, random: &mut Random, at: i32, wants: &Wants) -> Option<usize> {
        // An organisation takes several of a thing, so the price may be a fraction of the amount.
        let aim = libm::log(if wants.firm { wants.amount / 6.0 } else { wants.amount });
        let logs = &self.logs[usize::from(at >= SPAN - PRICE_RISE_AGO)];
        let weight = |(good, log): (&Good, &f64)| {
            let fits = match good.wanted {
                Wanted::Both => true,
                Wanted::Persons => !wants.firm,
                Wanted::Firms => wants.firm,
            };
            let liked = if good.category[0] == wants.likes { 3.0 } else { 1.0 };
            let far = (log - aim) / PRICE_SPREAD;
            if fits { good.weight * liked * libm::exp(-0.5 * far * far) } else { 0.0 }
        };
        let weights: Vec<f64> = self.goods.iter().zip(logs).map(weight).collect();
        random.weighed(weights.iter().copied()).or(self.goods.len().checked_sub(1))
    }

    /// Who had a smaller one of the same kind takes it again, or goes one up.
    fn upgraded(&self, random: &mut Random, wanted: usize, had: &mut Vec<usize>) -> usize {
        let category = |at: usize| self.goods.get(at).map_or("", |g| g.category[0]);
        let chained = |at: usize| {
            self.goods.get(at).is_some_and(|g| g.up.is_some())
                || self.goods.iter().any(|g| g.up == Some(at))
        };
        if !chained(wanted) {
            return wanted;
        }
        let Some(place) = had.iter().position(|h| category(*h) == category(wanted)) else {
            had.push(wanted);
            return wanted;
        };
        // Plans and packs are bought every month and rarely changed; devices are replaced by better ones.
        let rate = if matches!(category(wanted), "internet" | "mobile") { 0.05 } else { 0.4 };
        let now = had[place];
        let next = self.goods.get(now).and_then(|g| g.up).filter(|_| random.chance(rate));
        had[place] = next.unwrap_or(now);
        had[place]
    }

    fn line(&self, at: usize, quantity: i64, day: i32, off: i64) -> Line {
        let (price, cost) = self
            .goods
            .get(at)
            .map_or((0, 0), |g| (self.price(g, day), self.rounded(g.price * g.cost * self.scale)));
        Line {
            product: Some(ProductId(at as u64 + 1)),
            quantity: quantity * 1_000,
            amount: price * quantity * (100 - off) / 100,
            cost: Some(cost * quantity),
        }
    }

    /// One thing of a purchase comes back; what was used up or done does not.
    pub fn return_of(&self, random: &mut Random, sale: &Purchase) -> Option<Vec<Line>> {
        let thing = |line: &&Line| {
            let good = self.good_of(line);
            good.is_some_and(|g| !matches!(g.category[0], "internet" | "mobile" | "service"))
        };
        let things: Vec<&Line> = sale.lines.iter().filter(thing).collect();
        let line = random.pick(&things)?;
        Some(vec![Line { cost: None, ..(*line).clone() }])
    }

    /// A credit of a share of a purchase, tied to no product.
    pub fn credit_of(&self, random: &mut Random, sale: &Purchase) -> Vec<Line> {
        let share = 0.1 + 0.25 * random.unit();
        let amount = self.rounded(sale.amount() as f64 * share);
        vec![Line { product: None, quantity: 1_000, amount, cost: None }]
    }

    /// True when a purchase holds a product of a category (in English).
    pub fn holds(&self, purchase: &Purchase, category: &str) -> bool {
        purchase.kind == PurchaseKind::Sale
            && purchase
                .lines
                .iter()
                .any(|l| self.good_of(l).is_some_and(|g| g.category[0] == category))
    }

    /// The good of a line.
    pub fn good_of(&self, line: &Line) -> Option<&'a Good> {
        self.goods.get((line.product?.0 as usize).checked_sub(1)?)
    }
}
