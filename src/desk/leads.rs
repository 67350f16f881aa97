//! Which prospects will buy? Learned from those who did: a regression on who they were the day before,
//! and on how long they had been known (a discrete-time hazard: Singer and Willett 1993). Looks at
//! nothing that a purchase brings about, and at no day after the one it is asked about.

use std::collections::HashMap;
use std::time::Instant;

use crate::directory::{Directory, Traits};
use crate::domain::{Calibration, Day, Field, FittedModel};
use crate::insight::features::{Column, Encoder, Values, all_rows};
use crate::insight::logistic::{self, Logistic};
use crate::insight::offer::LifeStage;
use crate::insight::quality::{auc, calibration, lift};
use crate::insight::{NotEnough, What};

use super::question::Lead;

/// The name under which the model is kept.
pub(super) const NAME: &str = "lead_logistic";
/// First purchases, and prospects who did not buy, from which a model can be learned.
pub(super) const ENOUGH: usize = 30;
/// Rows a fit looks at; of more, evenly picked ones.
const MOST_ROWS: usize = 60_000;
/// Levels of a trait that are told apart, the most frequent ones, each with at least so many rows.
const MOST_LEVELS: usize = 25;
const LEAST_ROWS: usize = 30;
/// Weeks since joining at which a prospect is looked at; who is older than the last counts as that old.
const BANDS: [(i32, &str); 6] =
    [(0, "0w"), (1, "1w"), (4, "4w"), (13, "13w"), (26, "26w"), (52, "52w")];
/// What a row is described by, in the order of [`levels`].
const FIELDS: [Field; 7] = [
    Field::Joined,
    Field::Source,
    Field::Kind,
    Field::Gender,
    Field::BirthDate,
    Field::City,
    Field::Language,
];
const OTHER: &str = "*";
const L2: f64 = 1.0;
const DAYS_A_YEAR: f64 = 365.25;

/// Log-odds by trait.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Leads {
    intercept: f64,
    weights: HashMap<Field, HashMap<String, f64>>,
    /// What a trait gives the mean row.
    means: HashMap<Field, f64>,
}

/// A prospect at a day: the traits, and whether the first purchase came within the horizon.
pub(super) struct Moment {
    levels: [String; FIELDS.len()],
    day: Day,
    bought: bool,
}

/// Everyone who was a prospect at some day and was watched for the horizon after it.
pub(super) fn moments(directory: &Directory, day: Day, horizon_weeks: u16) -> Vec<Moment> {
    let horizon = i32::from(horizon_weeks) * 7;
    let step = (directory.len() * 2).div_ceil(MOST_ROWS).max(1);
    let mut moments = Vec::new();
    for row in directory.live_rows().step_by(step) {
        let Some(traits) = directory.traits(row).filter(|t| t.joined.is_known()) else { continue };
        for (weeks, _) in BANDS {
            let at = traits.joined.plus(weeks * 7);
            // Who bought on the day they came was never a prospect.
            let still = traits.first.is_none_or(|first| first > at);
            if still && at.plus(horizon) <= day {
                let bought = traits.first.is_some_and(|first| first <= at.plus(horizon));
                let levels = levels(&traits, at).map(str::to_owned);
                moments.push(Moment { levels, day: at, bought });
            }
        }
    }
    moments
}

/// Learns who buys within the horizon.
pub(super) fn learn(mut moments: Vec<Moment>) -> Result<FittedModel, NotEnough> {
    let clock = Instant::now(); // how long the fit takes, not what time it is
    let buyers = moments.iter().filter(|m| m.bought).count();
    let have = buyers.min(moments.len() - buyers);
    if have < ENOUGH {
        return Err(NotEnough { needed: ENOUGH, have, what: What::Outcomes });
    }
    let (model, log_likelihood) = fit(&mut moments)?;
    let n = moments.len() as u64;
    let (quality, table) = held_back(moments);
    let mut parameters = vec![("intercept".to_owned(), model.intercept)];
    for field in FIELDS {
        let mut of: Vec<_> = model.weights.get(&field).into_iter().flatten().collect();
        of.sort_unstable_by(|a, b| a.0.cmp(b.0));
        parameters.extend(of.into_iter().map(|(level, w)| (format!("{field}={level}"), *w)));
    }
    parameters.extend(FIELDS.iter().filter_map(|f| Some((f.to_string(), *model.means.get(f)?))));
    Ok(FittedModel {
        name: NAME.to_owned(),
        n,
        log_likelihood,
        parameters,
        quality,
        calibration: table,
        chosen: false,
        seconds: clock.elapsed().as_secs_f64(),
        shrunk: have < 100,
    })
}

/// The levels of a prospect at a day.
fn levels<'t>(t: &Traits<'t>, at: Day) -> [&'t str; FIELDS.len()] {
    let weeks = at.since(t.joined).max(0) / 7;
    let band = BANDS.iter().rev().find(|(from, _)| *from <= weeks).map_or("0w", |(_, name)| *name);
    let years = t.birth.map(|b| (f64::from(at.since(b)) / DAYS_A_YEAR).floor() as i32);
    let age = LifeStage::of(false, years);
    [
        band,
        t.source,
        t.kind.name(),
        t.gender.map_or("", crate::domain::Gender::name),
        age.name(),
        t.city,
        t.language,
    ]
}

/// Fits; levels that are too rare to tell apart become one.
fn fit(moments: &mut [Moment]) -> Result<(Leads, f64), NotEnough> {
    for at in 0..FIELDS.len() {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for moment in moments.iter() {
            *counts.entry(moment.levels.get(at).map_or("", |l| l)).or_default() += 1;
        }
        let mut common: Vec<(&str, usize)> =
            counts.into_iter().filter(|(_, n)| *n >= LEAST_ROWS).collect();
        common.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        common.truncate(MOST_LEVELS);
        let common: Vec<String> = common.into_iter().map(|(level, _)| level.to_owned()).collect();
        for level in moments.iter_mut().filter_map(|m| m.levels.get_mut(at)) {
            if !common.contains(level) {
                OTHER.clone_into(level);
            }
        }
    }
    let columns = columns(moments);
    let rows = all_rows(&columns);
    let encoder = Encoder::learn(&columns, &rows);
    let outcome: Vec<bool> = moments.iter().map(|m| m.bought).collect();
    let fitted = logistic::fit(&encoder.encode(&columns, &rows), &outcome, L2)?;
    let mut leads = Leads::of_fit(&encoder, &fitted.model);
    for column in &columns {
        // The level the others are compared with.
        if let (Some(field), Values::Choices { levels, .. }) =
            (Field::parse(&column.name), &column.values)
            && let Some(first) = levels.first()
        {
            leads.weights.entry(field).or_default().insert(first.clone(), 0.0);
        }
    }
    Ok((leads, fitted.log_likelihood))
}

fn columns(moments: &[Moment]) -> Vec<Column> {
    let column = |(at, field): (usize, &Field)| {
        Column::choices(
            field.name(),
            moments.iter().map(move |m| m.levels.get(at).map_or("", String::as_str)),
        )
    };
    FIELDS.iter().enumerate().map(column).collect()
}

/// Fits on the first two thirds of the days and checks on the rest.
fn held_back(mut moments: Vec<Moment>) -> (Vec<(String, f64)>, Vec<Calibration>) {
    moments.sort_by_key(|m| m.day);
    let late = moments.split_off(moments.len() * 2 / 3);
    let Ok((model, _)) = fit(&mut moments) else { return Default::default() };
    let rows: Vec<(f64, bool)> = late
        .iter()
        .map(|m| (model.chance_of(m.levels.each_ref().map(String::as_str)), m.bought))
        .collect();
    let bought = rows.iter().filter(|r| r.1).count() as f64;
    let mut quality = vec![
        ("rows".to_owned(), rows.len() as f64),
        ("actual".to_owned(), bought),
        ("predicted".to_owned(), rows.iter().map(|r| r.0).sum()),
    ];
    // The baseline is what anyone could say: the longer known, the less likely.
    let age = |m: &Moment| {
        let band = m.levels.first().and_then(|l| BANDS.iter().position(|(_, name)| name == l));
        -(band.unwrap_or_default() as f64)
    };
    let by_age: Vec<(f64, bool)> = late.iter().map(|m| (age(m), m.bought)).collect();
    let found = [
        ("auc", auc(&rows)),
        ("auc_recency", auc(&by_age)),
        ("lift_top_tenth", lift(&rows, 0.1)),
        ("lift_recency", lift(&by_age, 0.1)),
    ];
    if let (Some(own), Some(other)) = (found[0].1, found[1].1) {
        quality.push(("beats_baselines".to_owned(), f64::from(u8::from(own > other))));
    }
    quality.extend(found.into_iter().filter_map(|(name, v)| Some((name.to_owned(), v?))));
    let pairs: Vec<(f64, f64)> = rows.iter().map(|r| (r.0, f64::from(u8::from(r.1)))).collect();
    let table = calibration(&pairs, 10);
    let row = |b: &crate::insight::quality::Bin| Calibration {
        n: b.n as u64,
        predicted: b.predicted,
        actual: b.actual,
    };
    (quality, table.iter().map(row).collect())
}

impl Leads {
    fn of_fit(encoder: &Encoder, fitted: &Logistic) -> Self {
        let mut leads =
            Self { intercept: fitted.intercept, weights: HashMap::new(), means: HashMap::new() };
        for ((feature, weight), mean) in
            encoder.features.iter().zip(&fitted.weights).zip(&fitted.means)
        {
            let (Some(field), Some(level)) = (Field::parse(&feature.column), &feature.level) else {
                continue;
            };
            leads.weights.entry(field).or_default().insert(level.clone(), *weight);
            *leads.means.entry(field).or_default() += weight * mean;
        }
        leads
    }

    /// The model that was kept; `None` of another one.
    pub fn of(kept: &FittedModel) -> Option<Self> {
        if kept.name != NAME {
            return None;
        }
        let mut leads = Self {
            intercept: kept.parameter("intercept")?,
            weights: HashMap::new(),
            means: HashMap::new(),
        };
        for (name, value) in kept.parameters.iter().filter(|(_, v)| v.is_finite()) {
            match name.split_once('=') {
                Some((field, level)) => {
                    if let Some(field) = Field::parse(field) {
                        leads.weights.entry(field).or_default().insert(level.to_owned(), *value);
                    }
                }
                None => {
                    if let Some(field) = Field::parse(name) {
                        leads.means.insert(field, *value);
                    }
                }
            }
        }
        Some(leads)
    }

    /// The chance of a first purchase within the horizon.
    pub fn chance(&self, traits: &Traits, day: Day) -> f64 {
        self.chance_of(levels(traits, day))
    }

    fn chance_of(&self, levels: [&str; FIELDS.len()]) -> f64 {
        let sum: f64 = FIELDS.iter().zip(levels).map(|(f, level)| self.weight(*f, level)).sum();
        let odds = (self.intercept + sum).clamp(-50.0, 50.0).exp();
        odds / (1.0 + odds)
    }

    /// A level that was never seen counts as the rare ones.
    fn weight(&self, field: Field, level: &str) -> f64 {
        let Some(of) = self.weights.get(&field) else { return 0.0 };
        of.get(level).or_else(|| of.get(OTHER)).copied().unwrap_or_default()
    }

    /// What speaks for or against a first purchase, the strongest first.
    pub fn why(&self, traits: &Traits, day: Day, most: usize) -> Vec<Lead> {
        let mut all: Vec<(f64, Lead)> = FIELDS
            .iter()
            .zip(levels(traits, day))
            .filter(|(_, level)| !level.is_empty() && *level != LifeStage::Unknown.name())
            .map(|(field, level)| {
                let usual = self.means.get(field).copied().unwrap_or_default();
                let more = self.weight(*field, level) - usual;
                (more, Lead { field: *field, value: level.to_owned(), odds: more.exp() })
            })
            .collect();
        all.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        all.truncate(most);
        all.into_iter().map(|(_, lead)| lead).collect()
    }
}
