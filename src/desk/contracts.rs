//! Contracts: what is known of each as of a day, the models learned from them, and what those say of
//! one customer's. Models are kept as plain numbers with the others.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::Instant;

use super::Desk;
use super::rows;
use super::state::State;
use crate::domain::{
    Customer, CustomerId, Day, FittedModel, Product, ProductId, Scoring, Settings, Subscription,
    Term,
};
use crate::insight::contract::{
    Churn, Contract, Known, Leaving, MONTH, TENURE, Weight, fit_churn, fit_leaving,
};
use crate::insight::sbg;
use crate::store::{KeyRange, StoreError, records};

/// Contracts learned from; of more, every n-th customer's.
const MOST: usize = 200_000;
/// Own fields of customers that take part.
const MOST_OWN: usize = 30;
/// Renewals of the cohort curve.
const RENEWALS: u32 = 24;
/// Contracts old enough below which no cohort curve is drawn.
const LEAST_COHORT: u32 = 50;
/// Reasons told.
const REASONS: usize = 3;
/// Names of the models.
pub(super) const CHURN: &str = "churn_logistic";
pub(super) const COX: &str = "cox";

/// What the models say of a contract that runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    pub product: Option<ProductId>,
    /// Chance that it ends within the horizon.
    pub chance: f64,
    pub horizon_weeks: u16,
    /// When half of such contracts have ended; `None` when that is later than any was seen.
    pub ends: Option<Day>,
    /// What moves the chance most, the strongest first.
    pub reasons: Vec<Pull>,
}

/// A contract of a customer as the models see it.
pub(super) struct Seen {
    pub customer: CustomerId,
    pub term: Term,
    pub contract: Contract,
}

/// A trait that raises or lowers the chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Pull {
    /// Its name: that of a field, or of an own field.
    pub name: String,
    /// Its value here.
    pub value: String,
    /// On the log-odds: above 0 it raises the chance.
    pub pull: f64,
}

impl Desk {
    /// Fits the models of contracts; none where there are too few.
    pub(super) fn contract_models(
        &self,
        day: Day,
        horizon_weeks: u16,
    ) -> Result<Vec<FittedModel>, StoreError> {
        let contracts: Vec<Contract> = self.contracts()?.into_iter().map(|c| c.contract).collect();
        let mut models = Vec::new();
        let clock = Instant::now(); // how long a fit takes, not what time it is
        if let Ok(fit) = fit_churn(&contracts, day, i32::from(horizon_weeks) * 7) {
            let mut parameters = vec![("base".to_owned(), fit.model.base)];
            parameters.extend(kept(&fit.model.weights));
            let mut quality = vec![
                ("ended".to_owned(), fit.ended as f64),
                ("folds".to_owned(), 5.0),
                ("log_loss".to_owned(), fit.log_loss),
            ];
            let maybe =
                [("auc", fit.auc), ("lift_top_tenth", fit.lift), ("auc_tenure", fit.auc_tenure)];
            quality.extend(maybe.iter().filter_map(|(n, v)| v.map(|v| ((*n).to_owned(), v))));
            models.push(FittedModel {
                name: CHURN.to_owned(),
                n: fit.n as u64,
                log_likelihood: fit.log_likelihood,
                parameters,
                quality,
                seconds: clock.elapsed().as_secs_f64(),
                shrunk: false,
                ..FittedModel::default()
            });
        }
        let clock = Instant::now();
        if let Ok(fit) = fit_leaving(&contracts, day) {
            let mut parameters: Vec<(String, f64)> = kept(&fit.model.weights).collect();
            let hazard = fit.model.baseline.iter().map(|(t, h)| (format!("hazard@{t}"), *h));
            parameters.extend(hazard);
            let mut quality = vec![("ended".to_owned(), fit.ended as f64)];
            quality.extend(fit.concordance.map(|c| ("concordance".to_owned(), c)));
            models.push(FittedModel {
                name: COX.to_owned(),
                n: fit.n as u64,
                log_likelihood: fit.log_likelihood,
                parameters,
                quality,
                seconds: clock.elapsed().as_secs_f64(),
                shrunk: false,
                ..FittedModel::default()
            });
        }
        models.extend(cohort(&contracts, day));
        Ok(models)
    }

    /// All contracts with what is known of them and of their customers.
    pub(super) fn contracts(&self) -> Result<Vec<Seen>, StoreError> {
        let mut all: Vec<Subscription> = Vec::new();
        let every = KeyRange::all();
        rows::read_all::<Subscription>(&*self.engine, every, &mut |_, subscription, _| {
            all.push(subscription);
            ControlFlow::Continue(())
        })?;
        let step = all.len().div_ceil(MOST).max(1);
        let (products, settings) = {
            let state = self.read();
            (state.products.clone(), state.settings.clone())
        };
        let mut contracts = Vec::with_capacity(all.len().min(MOST));
        let mut last: Option<Customer> = None;
        for subscription in all.iter().step_by(step) {
            let id = subscription.customer;
            if last.as_ref().is_none_or(|c| c.id != id) {
                last = records::get::<Customer>(&*self.engine, &id.key())?.map(|(c, _)| c);
            }
            let Some(customer) = &last else { continue };
            let contract = Contract {
                start: subscription.start,
                end: subscription.end,
                traits: traits(subscription, customer, &products, &settings),
            };
            contracts.push(Seen { customer: id, term: subscription.term, contract });
        }
        Ok(contracts)
    }
}

/// What is known on any day of its life: nothing here tells that a contract has ended.
fn traits(
    s: &Subscription,
    c: &Customer,
    products: &HashMap<ProductId, Product>,
    settings: &Settings,
) -> Vec<(String, Known)> {
    let word = |text: &str| Known::Word(text.to_owned());
    let minor = settings.currency.minor_per_major() as f64;
    let mut all = vec![
        ("period".to_owned(), word(s.term.name())),
        ("auto_renew".to_owned(), word(if s.auto_renew { "yes" } else { "no" })),
        ("amount".to_owned(), Known::Number(s.amount as f64 / minor)),
        ("kind".to_owned(), word(c.kind.name())),
        ("city".to_owned(), word(&c.place.city)),
        ("source".to_owned(), word(&c.source)),
    ];
    if let Some(product) = s.product.and_then(|id| products.get(&id)) {
        all.push(("product".to_owned(), word(&product.sku)));
    }
    all.extend(c.gender.map(|g| ("gender".to_owned(), word(g.name()))));
    if let Some(birth) = c.birth {
        let age = f64::from(s.start.since(birth)) / 365.25;
        all.push(("age".to_owned(), Known::Number(age)));
    }
    all.extend(c.fields.iter().take(MOST_OWN).map(|(name, value)| {
        let number = value.parse().ok().filter(|x: &f64| x.is_finite());
        (name.clone(), number.map_or_else(|| word(value), Known::Number))
    }));
    all
}

/// How a cohort renews month by month (sBG), of contracts old enough to have had the time.
fn cohort(contracts: &[Contract], day: Day) -> Option<FittedModel> {
    let months = |k: u32| (f64::from(k) * MONTH).round() as i32;
    let old = contracts.iter().filter(|c| day.since(c.start) >= months(RENEWALS));
    let lives: Vec<i32> = old.map(|c| c.end.unwrap_or(day).min(day).since(c.start)).collect();
    let still = |k: u32| lives.iter().filter(|l| **l >= months(k)).count() as u32;
    let counts: Vec<u32> = (0..=RENEWALS).map(still).collect();
    if counts.first().is_none_or(|n| *n < LEAST_COHORT) {
        return None;
    }
    let clock = Instant::now();
    let fit = sbg::fit(&counts).ok()?;
    Some(FittedModel {
        name: "sbg".to_owned(),
        n: fit.n as u64,
        log_likelihood: fit.log_likelihood,
        parameters: vec![
            ("alpha".to_owned(), fit.model.alpha),
            ("beta".to_owned(), fit.model.beta),
        ],
        quality: vec![("renewals".to_owned(), f64::from(RENEWALS))],
        seconds: clock.elapsed().as_secs_f64(),
        shrunk: fit.shrunk,
        ..FittedModel::default()
    })
}

/// Weights as plain numbers, each with its mean.
fn kept(weights: &[Weight]) -> impl Iterator<Item = (String, f64)> {
    weights
        .iter()
        .flat_map(|w| [(w.name.clone(), w.weight), (format!("mean of {}", w.name), w.mean)])
}

fn weights(model: &FittedModel) -> Vec<Weight> {
    let means: HashMap<&str, f64> = model
        .parameters
        .iter()
        .filter_map(|(name, mean)| Some((name.strip_prefix("mean of ")?, *mean)))
        .collect();
    let of = |(name, weight): &(String, f64)| {
        let mean = *means.get(name.as_str())?;
        Some(Weight { name: name.clone(), weight: *weight, mean })
    };
    model.parameters.iter().filter_map(of).collect()
}

/// The model of who ends theirs, when there is one.
pub(super) fn churn_of(scoring: &Scoring) -> Option<Churn> {
    let churn = scoring.model(CHURN)?;
    Some(Churn { base: churn.parameter("base")?, weights: weights(churn) })
}

/// What the models say of the customer's running contract that is most likely to end.
pub(super) fn outlook(
    state: &State,
    customer: &Customer,
    subscriptions: &[Subscription],
    today: Day,
) -> Option<Outlook> {
    let scoring: &Scoring = state.models.as_ref()?;
    let today = if scoring.pinned { scoring.as_of } else { today };
    let churn = churn_of(scoring)?;
    let leaving = scoring.model(COX).map(|cox| Leaving {
        weights: weights(cox),
        baseline: cox
            .parameters
            .iter()
            .filter_map(|(name, h)| Some((name.strip_prefix("hazard@")?.parse().ok()?, *h)))
            .collect(),
    });
    let outlook = |s: &Subscription| {
        let mut traits = traits(s, customer, &state.products, &state.settings);
        let now = f64::from(today.since(s.start)) / MONTH;
        let ends = leaving.as_ref().and_then(|l| l.half_gone(&traits, now));
        traits.push((TENURE.to_owned(), Known::Number(now)));
        let value = |name: &str| match traits.iter().find(|(n, _)| n == name).map(|(_, k)| k) {
            Some(Known::Word(word)) => word.clone(),
            Some(Known::Number(x)) => format!("{x:.0}"),
            None => String::new(),
        };
        let reasons = churn.reasons(&traits).into_iter().take(REASONS);
        Outlook {
            product: s.product,
            chance: churn.chance(&traits),
            horizon_weeks: scoring.horizon_weeks,
            ends: ends.map(|months| s.start.plus((months * MONTH).round() as i32)),
            reasons: reasons.map(|(name, pull)| Pull { value: value(&name), name, pull }).collect(),
        }
    };
    let running = subscriptions.iter().filter(|s| s.runs_on(today)).map(outlook);
    running.max_by(|a, b| a.chance.total_cmp(&b.chance))
}
