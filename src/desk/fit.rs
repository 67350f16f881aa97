//! Fits the models on the ledgers as they were on a day, keeps them, and scores everyone.

use std::ops::ControlFlow;
use std::time::Instant;

use jiff::Timestamp;

use crate::directory::{Score, Sort, SortField};
use crate::domain::{
    Calibration, Day, Field, FittedModel, History, Invalid, Ledger, Problem, Role, Scoring,
};
use crate::insight::choice::{self, Chosen, Kind};
use crate::insight::quality::{Bin, HeldOut, Quality, check, hold_out};
use crate::insight::score::Terms;
use crate::insight::{NotEnough, Summary, gamma_gamma, summarise};
use crate::store::{Expect, KeyRange};

use super::arithmetic::Fresh;
use super::leads;
use super::learn::{self, Made, People};
use super::plan::Plan;
use super::rows;
use super::scores::weekly_discount;
use super::{Deed, Desk, Heard, Notice, Refusal, Who};

impl Desk {
    /// Fits the purchase models as of a day and scores everyone.
    pub(super) fn fit(
        &self,
        who: &Who,
        as_of: Option<Day>,
        horizon_weeks: Option<u16>,
        model: Option<Kind>,
    ) -> Result<Notice, Refusal> {
        who.needs(Role::Supervisor)?;
        let today = self.day(who.now);
        let day = as_of.unwrap_or(today);
        if day > today {
            let problem = Problem::InTheFuture;
            return Err(Invalid { field: Field::Date, problem }.into());
        }
        let settings = self.read().settings.clone();
        let minor = settings.currency.minor_per_major() as f64;
        let (mut ids, mut ledgers) = (Vec::new(), Vec::new());
        let all = KeyRange::all();
        rows::read_all::<Ledger>(&*self.engine, all, &mut |key, ledger, _| {
            ids.push(rows::customer_at(key).unwrap_or_default());
            ledgers.push(ledger.purchases);
            ControlFlow::Continue(())
        })?;
        let summaries: Vec<Summary> =
            ledgers.iter().filter_map(|h| summarise(h, day, minor)).collect();

        let horizon = horizon_weeks.unwrap_or(settings.horizon_weeks);
        let bought = || -> Result<Vec<FittedModel>, Refusal> {
            let mut models = purchase_models(&ledgers, &summaries, (day, minor), model)?;
            let clock = Instant::now(); // how long the fit takes, not what time it is
            let spend = gamma_gamma::fit(&summaries).map_err(not_enough)?;
            let g = spend.model;
            models.push(FittedModel {
                name: "gamma_gamma".to_owned(),
                n: spend.n as u64,
                log_likelihood: spend.log_likelihood,
                parameters: named(&[("p", g.p), ("q", g.q), ("gamma", g.gamma)]),
                seconds: clock.elapsed().as_secs_f64(),
                shrunk: spend.shrunk,
                ..FittedModel::default()
            });
            models.push(self.lead_model(day, horizon));
            if let Some(buying) = models.iter().find(|m| m.chosen).and_then(Chosen::of) {
                let terms = Terms {
                    horizon: f64::from(horizon),
                    discount: weekly_discount(&settings),
                    gone_below: settings.gone_below,
                };
                let people = People {
                    ids: &ids,
                    histories: &ledgers,
                    fresh: Fresh::of(&buying, &g, &terms),
                    buying: &buying,
                    spend: &g,
                    terms,
                    settings: &settings,
                    day,
                };
                models.extend(learn::learn(&people, &self.calls()?));
            }
            Ok(models)
        };
        let contracts = self.contract_models(day, horizon)?;
        let mut models = match bought() {
            Ok(models) => models,
            // A store of contracts alone needs no purchases.
            Err(Refusal::NotEnough { .. }) if !contracts.is_empty() => Vec::new(),
            Err(refusal) => return Err(refusal),
        };
        models.extend(contracts);
        let seconds = models.iter().map(|m| m.seconds).sum();
        let scoring = Scoring {
            as_of: day,
            pinned: as_of.is_some_and(|d| d != today),
            at: who.now,
            horizon_weeks: horizon,
            forced: model.is_some_and(|m| m != Kind::BgNbd),
            sale_days: summaries.iter().map(|s| u64::from(s.x) + 1).sum(),
            models,
        };
        let customers = summaries.len();
        // Derived from the records at any time: no gesture, nothing for undo to take back but the cases
        // it begins.
        let mut plan = Plan::new("score");
        plan.put(&scoring, Expect::Any)?;
        let notice = self.perform_quietly(who, plan, Deed::Fitted { customers, seconds })?;
        self.rank_everyone(who.now)?;
        if self.read().watches_purchases {
            self.begin_offers();
        }
        let (gesture, begun) = self.call_roll(who)?;
        Ok(Notice { gesture, begun, ..notice })
    }

    /// All outbound calls of the store.
    fn calls(&self) -> Result<Vec<Made>, Refusal> {
        let (outcomes, settings) = {
            let state = self.read();
            (std::sync::Arc::clone(&state.outcomes), state.settings.clone())
        };
        let meaning = |code: &str| outcomes.iter().find(|o| o.code == code).map(|o| o.meaning);
        let day_of = |at: Timestamp| Self::day_in(&settings, at);
        Ok(learn::calls(&*self.engine, &day_of, &meaning)?)
    }

    /// The model of who becomes a customer; where there are too few to learn from, how many there are.
    fn lead_model(&self, day: Day, horizon_weeks: u16) -> FittedModel {
        // The lock is held while they are gathered, not while they are learned from.
        let moments = leads::moments(&self.read().directory, day, horizon_weeks);
        leads::learn(moments).unwrap_or_else(|lack| FittedModel {
            name: leads::NAME.to_owned(),
            quality: named(&[("have", lack.have as f64), ("needed", lack.needed as f64)]),
            ..FittedModel::default()
        })
    }

    /// Reads every ledger as of the scoring day and scores everyone: after a fit, when the settings
    /// or the day change. Readers go on with the old scores until the new ones are there.
    pub(super) fn rank_everyone(&self, now: Timestamp) -> Result<(), Refusal> {
        let today = self.day(now);
        let _turn = self.ranking.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        {
            let mut state = self.write();
            state.dirty.clear();
            state.scoring = true;
            let pinned = state.scores.models().is_some_and(|m| m.scoring.pinned);
            if !pinned {
                state.scores.set_day(today);
            }
        }
        let mut failed = None;
        let mut waiting = Vec::new();
        rows::read_all::<Ledger>(&*self.engine, KeyRange::all(), &mut |key, ledger, _| {
            waiting.extend(rows::customer_at(key).map(|id| (id, ledger)));
            if waiting.len() >= 4_096 {
                self.put_ledgers(&mut waiting);
            }
            ControlFlow::Continue(())
        })
        .unwrap_or_else(|error| failed = Some(error));
        self.put_ledgers(&mut waiting);
        match failed {
            Some(error) => Err(error.into()),
            None => {
                self.score_now();
                Ok(())
            }
        }
    }

    fn put_ledgers(&self, waiting: &mut Vec<(crate::domain::CustomerId, Ledger)>) {
        let mut state = self.write();
        let settings = state.settings.clone();
        let changed: std::collections::HashSet<_> = state.dirty.iter().copied().collect();
        for (id, ledger) in waiting.drain(..).filter(|(id, _)| !changed.contains(id)) {
            state.scores.put(id, &ledger, &settings);
        }
    }

    /// Scores everyone from what is in memory, aside of the lock, and takes the scores in.
    pub(super) fn score_everyone(&self) {
        let _turn = self.ranking.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        {
            let mut state = self.write();
            state.dirty.clear();
            state.scoring = true;
        }
        self.score_now();
    }

    /// Scores everyone; those who changed since recording began are ranked again at the end.
    fn score_now(&self) {
        let (basis, settings) = {
            let state = self.read();
            (state.scores.basis(), state.settings.clone())
        };
        let Some(mut basis) = basis else { return };
        let fits = {
            let state = self.read();
            state.fits(state.scores.day().unwrap_or_default())
        };
        let standing = {
            let mut state = self.write();
            let stale = state.fits.stale;
            state.fits = fits.with(stale);
            drop(state);
            self.read().standing()
        };
        basis.reach(standing.len());
        let ranking = basis.rank_all(&settings, &|id| standing.of(id));
        let mut state = self.write();
        state.scoring = false;
        state.drives.all_moved();
        let columns = state.scores.install(ranking);
        let mut by_row = vec![Score::default(); state.directory.rows() as usize];
        for (id, score) in columns {
            let row = state.directory.row_of(id).map(|row| row as usize);
            if let Some(slot) = row.and_then(|row| by_row.get_mut(row)) {
                *slot = score;
            }
        }
        state.directory.set_scores(0, &by_row);
        // Those who changed meanwhile are ranked again.
        for id in std::mem::take(&mut state.dirty) {
            state.rank(id);
        }
        state.version += 1;
        drop(state);
        let limits = self.learned_limits();
        self.write().limits = limits;
        // The orders most asked for are ready before they are asked for.
        let order = |field, descending| Sort { field, descending };
        self.read()
            .directory
            .prepare(&[order(SortField::Name, false), order(SortField::Value, true)]);
        self.listeners.tell(&Heard::Progress);
    }
}

fn named(values: &[(&str, f64)]) -> Vec<(String, f64)> {
    values.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect()
}

fn not_enough(error: NotEnough) -> Refusal {
    let what = match error.what {
        crate::insight::What::Customers => "customers",
        crate::insight::What::RepeatBuyers => "repeat buyers",
        _ => "rows",
    };
    Refusal::NotEnough { what, have: error.have, needed: error.needed }
}

/// Fits the purchase models and chooses among them: the one that errs least on the last third of the
/// time there is, fitted before it and checked after; or the one named.
fn purchase_models(
    histories: &[History],
    summaries: &[Summary],
    (day, minor): (Day, f64),
    named_kind: Option<Kind>,
) -> Result<Vec<FittedModel>, Refusal> {
    let held = held_back(histories, day, minor);
    let tried = held.as_ref().and_then(|(held, gaps)| choice::compare(held, *gaps).ok());
    let mut qualities: Vec<(Kind, Quality)> =
        tried.into_iter().flatten().map(|c| (c.kind, c.quality)).collect();
    let best = qualities.first().map_or(Kind::ParetoNbd, |(kind, _)| *kind);
    let anchor = named_kind.filter(|kind| *kind == Kind::BgNbd);
    if let (Some(kind), Some((held, gaps))) = (anchor, &held)
        && let Ok(fitted) = choice::fit(kind, &held.customers, *gaps)
    {
        qualities.push((kind, check(&fitted.model, held)));
    }
    let chosen = named_kind.filter(|kind| *kind != Kind::BgNbd).unwrap_or(best);
    let gaps = choice::total_ln_gaps(histories, day);
    let mut models = Vec::new();
    for kind in choice::KINDS.into_iter().chain(anchor) {
        let clock = Instant::now(); // how long the fit takes, not what time it is
        let fitted = choice::fit(kind, summaries, gaps).map_err(not_enough)?;
        let seconds = clock.elapsed().as_secs_f64();
        let quality = qualities.iter().find(|(of, _)| *of == kind).map(|(_, q)| q);
        let row = |b: &Bin| Calibration { n: b.n as u64, predicted: b.predicted, actual: b.actual };
        models.push(FittedModel {
            name: kind.name().to_owned(),
            n: fitted.n as u64,
            log_likelihood: fitted.log_likelihood,
            parameters: named(&fitted.model.parameters()),
            quality: quality.map(figures).unwrap_or_default(),
            calibration: quality
                .map(|q| q.calibration.iter().map(row).collect())
                .unwrap_or_default(),
            chosen: kind == chosen,
            seconds,
            shrunk: fitted.shrunk,
        });
    }
    models.sort_by_key(|m| !m.chosen);
    Ok(models)
}

/// Customers as they were before the last third of the time there is, with the logarithms of their
/// gaps; `None` where there is no such time.
fn held_back(histories: &[History], day: Day, minor: f64) -> Option<(HeldOut, f64)> {
    let first = histories.iter().filter_map(History::first_sale).min()?;
    let split = day.plus(-(day.since(first) / 3));
    if split <= first || split >= day {
        return None;
    }
    let held = hold_out(histories, split, day, minor);
    Some((held, choice::total_ln_gaps(histories, split)))
}

fn figures(q: &Quality) -> Vec<(String, f64)> {
    let mut all = named(&[
        ("held_back_weeks", q.weeks),
        ("customers", q.n as f64),
        ("actual", q.actual),
        ("predicted", q.predicted),
        ("mae", q.model.mae),
        ("mae_recency", q.recency.mae),
        ("mae_average_rate", q.average_rate.mae),
        ("beats_baselines", f64::from(u8::from(q.beats_baselines()))),
    ]);
    let maybe = [
        ("auc", q.model.auc),
        ("auc_alive", q.auc_alive),
        ("auc_recency", q.recency.auc),
        ("auc_average_rate", q.average_rate.auc),
        ("lift_top_tenth", q.model.lift),
        ("lift_recency", q.recency.lift),
        ("lift_average_rate", q.average_rate.lift),
    ];
    all.extend(maybe.iter().filter_map(|(name, v)| v.map(|v| ((*name).to_owned(), v))));
    all
}
