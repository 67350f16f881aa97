//! How mature the organisation is in steering by its customers: figures of what it does, the level of
//! each, what stands against 90 days ago, and the next three things to do with the customers or the
//! settings they are about. The levels themselves are `insight::maturity`.

mod evidence;
mod todo;

use std::sync::Arc;

use super::super::learn;
use super::super::lists::{expression_of, parse_some};
use super::super::state::State;
use super::super::{Cancel, Desk, Refusal, Who};
use crate::domain::{CampaignState, Day, Expression, QueueKind, Start};
use crate::insight::maturity::{self, Dimension, Level, Step};

pub(in crate::desk) use evidence::Counted;
use evidence::{Evidence, Window};
pub use todo::{Go, Next, Todo};

/// Maturity of the whole store.
#[derive(Clone, Debug)]
pub struct MaturityReport {
    pub as_of: Day,
    /// The highest level that all dimensions but one reach.
    pub level: Level,
    /// In the order of [`Dimension::ALL`].
    pub lines: Vec<MaturityLine>,
}

/// One dimension.
#[derive(Clone, Debug)]
pub struct MaturityLine {
    pub dimension: Dimension,
    pub level: Level,
    /// In the unit of its rungs; `None` where there is nothing to make it of.
    pub figure: Option<f64>,
    /// What the figure is made of: so many of so many.
    pub part: usize,
    pub whole: usize,
    /// The cases behind it, in the unit of its rungs.
    pub cases: f64,
    /// What the next level asks for; `None` at the highest.
    pub next: Option<Step>,
    /// The figure 90 days ago.
    pub before: Before,
    /// What to do next, the most urgent first; at most three.
    pub todo: Vec<Next>,
}

/// A figure as it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Before {
    /// What it is made of bears no date in the store.
    Undated,
    /// There was nothing to make it of.
    Nothing,
    Figure(f64),
}

/// A figure before it is given a level.
#[derive(Default)]
struct Told {
    part: usize,
    whole: usize,
    figure: Option<f64>,
    cases: f64,
    before: Option<Before>,
}

impl Told {
    /// So many of so many.
    fn share(part: usize, whole: usize) -> Self {
        Self { part, whole, figure: share(part, whole), ..Self::default() }
    }

    fn cases(self, cases: usize) -> Self {
        Self { cases: cases as f64, ..self }
    }

    fn before(self, part: usize, whole: usize) -> Self {
        let before = share(part, whole).map_or(Before::Nothing, Before::Figure);
        Self { before: Some(before), ..self }
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// What the figures and the things to do are made of.
struct Sight<'a> {
    state: &'a State,
    evidence: &'a Evidence,
    who: &'a Who,
    day: Day,
    today: Day,
}

impl Desk {
    /// Of the store as a whole, as it stands: it takes no selection and no other day.
    pub(super) fn report_maturity(
        &self,
        who: &Who,
        cancel: &Cancel,
    ) -> Result<MaturityReport, Refusal> {
        let evidence: Arc<Evidence> = self.evidence(who, cancel)?;
        let today = self.day(who.now);
        let state = self.read();
        let day = state.scoring_day(today);
        let sight = Sight { state: &state, evidence: &evidence, who, day, today };
        let mut lines = Vec::with_capacity(Dimension::ALL.len());
        for dimension in Dimension::ALL {
            if cancel.is_cancelled() {
                return Err(Refusal::Cancelled);
            }
            let Told { part, whole, figure, cases, before } = sight.figure(*dimension);
            let level = maturity::level(*dimension, figure, cases);
            lines.push(MaturityLine {
                dimension: *dimension,
                level,
                figure,
                part,
                whole,
                cases,
                next: maturity::next(*dimension, level),
                before: before.unwrap_or(Before::Undated),
                todo: sight.todo(*dimension),
            });
        }
        let levels: Vec<Level> = lines.iter().map(|line| line.level).collect();
        Ok(MaturityReport { as_of: today, level: maturity::overall(&levels), lines })
    }
}

impl Sight<'_> {
    fn figure(&self, dimension: Dimension) -> Told {
        let customers = self.state.directory.len();
        let (now, then) = (&self.evidence.now, &self.evidence.before);
        match dimension {
            Dimension::Profiles => {
                let asked = todo::ASKED.len() * customers;
                let unknown: usize = todo::ASKED.iter().map(|(_, e)| self.count(e)).sum();
                Told::share(asked.saturating_sub(unknown), asked).cases(customers)
            }
            Dimension::Calls => Told::share(now.with_outcome, now.calls)
                .cases(now.calls)
                .before(then.with_outcome, then.calls),
            Dimension::Segments => {
                let used = self.segments_used();
                let rules: Vec<Expression> =
                    used.iter().filter_map(|rule| self.parsed(rule)).collect();
                let inside = self.inside(&rules);
                Told::share(inside, customers).cases(rules.len())
            }
            Dimension::Offers => {
                let (answers, then) = (self.evidence.answers, self.evidence.answers_before);
                Told {
                    part: answers,
                    whole: answers,
                    figure: Some(answers as f64),
                    cases: self.compared() as f64,
                    before: Some(Before::Figure(then as f64)),
                }
            }
            Dimension::Scores => self.scores(),
            Dimension::Processes => {
                let of = |w: &Window| (w.in_time, w.steps);
                let ((part, whole), then) = (of(now), of(then));
                Told::share(part, whole).cases(now.across).before(then.0, then.1)
            }
            Dimension::Lifecycle => Told::share(now.moves, customers)
                .cases(now.kinds.len())
                .before(then.moves, customers),
            Dimension::Consent => {
                let known = customers.saturating_sub(self.count("marketing:none"));
                Told::share(known, customers).cases(customers)
            }
            Dimension::Experience => Told::share(now.asked, now.reached)
                .cases(now.asked)
                .before(then.asked, then.reached),
        }
    }

    /// How many of the four tests the scores pass, and how much of the buying the fit knew of.
    fn scores(&self) -> Told {
        const TESTS: usize = 4;
        let Some(scoring) = &self.state.models else {
            return Told { whole: TESTS, ..Told::default() };
        };
        let chosen = scoring.models.iter().find(|m| m.chosen);
        let mut passed = usize::from(chosen.is_some());
        let quality = |name: &str| chosen.and_then(|m| m.figure(name));
        if let Some(auc) = quality("auc") {
            passed += 1;
            let ahead = |of: &str| quality(of).is_none_or(|base| auc >= base);
            passed += usize::from(ahead("auc_recency") && ahead("auc_average_rate"));
            passed += usize::from(quality("beats_baselines").is_some_and(|yes| yes > 0.0));
        }
        let rows = self.state.directory.live_rows();
        let bought: u64 =
            rows.map(|row| u64::from(self.state.directory.figures(row).purchases)).sum();
        let known = if bought == 0 { 0.0 } else { scoring.sale_days as f64 / bought as f64 };
        Told {
            part: passed,
            whole: TESTS,
            figure: Some(passed as f64),
            cases: known.clamp(0.0, 1.0),
            before: None,
        }
    }

    /// Customers held out in like standing with as many called, where there are most of them.
    fn compared(&self) -> usize {
        let Some(scoring) = &self.state.models else { return 0 };
        let least = |kind: &QueueKind| {
            let model = scoring.model(learn::name(*kind))?;
            let (called, out) = (model.figure("called")?, model.figure("held_out")?);
            Some(called.min(out).max(0.0) as usize)
        };
        [QueueKind::Retention, QueueKind::WinBack].iter().filter_map(least).max().unwrap_or(0)
    }

    /// Expressions of the segments that something is done with: targets, and whatever an offer, a
    /// campaign, a programme or a process is limited to. Each once.
    fn segments_used(&self) -> Vec<String> {
        let state = self.state;
        let targets = state.segments.iter().map(|kept| &kept.record).filter(|s| s.target);
        let mut used: Vec<String> = targets.map(expression_of).collect();
        let d = &state.definitions;
        let offers = d.offers.iter().map(|k| &k.record).filter(|o| o.active);
        used.extend(offers.map(|o| o.segment.clone()));
        let campaigns = d.campaigns.iter().map(|k| &k.record);
        let campaigns = campaigns.filter(|c| c.state != CampaignState::Draft);
        used.extend(campaigns.map(|c| c.segment.clone()));
        let programmes = d.programmes.iter().map(|k| &k.record).filter(|p| p.active);
        used.extend(programmes.map(|p| p.eligible.clone()));
        let starts =
            d.processes.iter().map(|k| &k.record).filter(|p| p.active).flat_map(|p| &p.starts);
        used.extend(starts.filter_map(|start| match start {
            Start::Enters(expression) => Some(expression.clone()),
            _ => None,
        }));
        for rule in &mut used {
            *rule = rule.trim().to_owned();
        }
        used.retain(|rule| !rule.is_empty());
        used.sort();
        used.dedup();
        used
    }

    fn parsed(&self, expression: &str) -> Option<Expression> {
        parse_some(self.state, expression).ok().flatten().filter(|e| *e != Expression::All)
    }

    /// Customers in any of these.
    fn inside(&self, rules: &[Expression]) -> usize {
        let any = match rules {
            [] => return 0,
            [one] => one.clone(),
            many => Expression::Or(many.to_vec()),
        };
        self.state.directory.eval(&any, self.day, Some(self.who.agent.id)).count()
    }

    /// Customers an expression selects.
    fn count(&self, expression: &str) -> usize {
        match parse_some(self.state, expression) {
            Ok(Some(e)) => self.state.directory.eval(&e, self.day, Some(self.who.agent.id)).count(),
            Ok(None) => self.state.directory.len(),
            Err(_) => 0,
        }
    }
}
