//! Pictures of time: who stays, who leaves when, what became of those who came together, and whether
//! the model told the truth.

use crate::desk::ReportQuery;
use crate::desk::reports::{ChurnReport, CohortReport, CohortRow, Period, QualityReport};
use crate::domain::Day;
use crate::text::words::insight as w;
use crate::text::{SafeText, decimal, month_year};

use super::super::super::shell::Shell;
use super::super::picture::{Form, Picture, Spot};
use super::{heads, most, part_of, spot};

/// A cohort smaller than this proves nothing.
const LEAST_COHORT: usize = 20;
/// Periods after the first by which cohorts are compared.
const COMPARED: usize = 3;
/// Columns of the cohort table, beside the first.
const MOST_PERIODS: usize = 12;

/// Part of all who ever bought that is still there, month by month.
pub fn staying(r: &ChurnReport, shell: &Shell) -> Picture {
    let (Some(now), Some(later)) = (r.curve.first(), r.curve.get(12)) else {
        return not_scored(r.total.customers, shell);
    };
    let args = [("now", shell.percent(*now).into()), ("later", shell.percent(*later).into())];
    let spots = r.curve.iter().enumerate().map(|(month, alive)| {
        let label = if month == 0 { shell.say(w::NOW) } else { shell.number(month) };
        // Behind a month lie those who leave in it, as far as they are told month by month.
        let leaving = match month {
            0 => r.leaving.first(),
            _ => r.leaving.get(month).filter(|l| l.until.is_some()),
        };
        Spot {
            expression: leaving.map(|l| l.mark.expression.clone()).unwrap_or_default(),
            text: shell.percent(*alive),
            share: *alive,
            row: vec![
                label.clone(),
                shell.percent(*alive),
                leaving.map(|l| shell.number(l.mark.customers)).unwrap_or_default(),
            ],
            label,
            ..Spot::default()
        }
    });
    Picture {
        finding: shell.say_with(w::F_STAYING, &args),
        legend: shell.say(w::L_STAYING),
        form: Form::Columns,
        heads: heads(&[w::MONTH, w::WITH_US, w::LEAVES], shell),
        spots: spots.collect(),
    }
}

/// How the chance to leave is spread, and what is at stake.
pub fn risk(r: &ChurnReport, shell: &Shell) -> Picture {
    if r.bands.iter().all(|b| b.mark.customers == 0) {
        return not_scored(r.total.customers, shell);
    }
    let (n, sum) = (r.likely.customers, r.likely.worth);
    let weeks = ("weeks", r.horizon_weeks.into());
    let finding = if n == 0 {
        shell.say_with(w::F_RISK_NOBODY, &[weeks])
    } else {
        let args = [("n", n.into()), ("sum", shell.short_money(sum).into()), weeks];
        shell.say_with(w::F_RISK, &args)
    };
    let most = most(r.bands.iter().map(|b| &b.mark));
    let spots = r.bands.iter().rev().map(|b| {
        let to = shell.percent(f64::from(b.to) / 100.0);
        let ends = [("from", b.from.into()), ("to", to.into())];
        let label = shell.say_with(w::NEXT, &ends);
        let row = vec![
            label.clone(),
            shell.number(b.mark.customers),
            shell.percent(part_of(b.mark.customers, r.total.customers)),
            shell.short_money(b.mark.margin),
            shell.short_money(b.mark.worth),
        ];
        spot(&b.mark, label, most, row, shell)
    });
    Picture {
        finding,
        legend: shell.say(w::L_CUSTOMERS),
        form: Form::Bars,
        heads: heads(&[w::RISK, w::CUSTOMERS, w::SHARE, w::MARGIN, w::WORTH], shell),
        spots: spots.collect(),
    }
}

fn not_scored(scored: usize, shell: &Shell) -> Picture {
    Picture::nothing(shell.say(if scored == 0 { w::NOT_SCORED } else { w::NO_PURCHASES }))
}

/// Retention by first purchase, the newest cohort at the foot.
pub fn cohorts(r: &CohortReport, query: &ReportQuery, shell: &Shell) -> Picture {
    if r.rows.is_empty() {
        return Picture::nothing(shell.say(w::NO_PURCHASES));
    }
    // As many periods of each cohort, all of them over: fewer come in any later one.
    let stays = |row: &CohortRow| {
        let ended = row.active.len().saturating_sub(1);
        let later: Vec<f64> =
            (1..ended.min(COMPARED + 1)).filter_map(|k| row.retention(k)).collect();
        (later.len() == COMPARED).then(|| later.iter().sum::<f64>() / COMPARED as f64)
    };
    let told = r.rows.iter().filter(|row| row.customers >= LEAST_COHORT);
    let best = told.filter_map(|row| Some((stays(row)?, row))).max_by(|a, b| a.0.total_cmp(&b.0));
    let finding = match best {
        Some((share, row)) => {
            let when = name(row.from, query.period, shell);
            let share = shell.percent(share).into();
            let args = [("when", when.into()), ("share", share), ("n", COMPARED.into())];
            shell.say_with(w::F_COHORTS, &args)
        }
        None => SafeText::EMPTY,
    };
    let wide = r.rows.iter().map(|row| row.active.len()).max().unwrap_or(1).min(MOST_PERIODS + 1);
    // The first column would be 100 % throughout: the shades tell the others apart.
    let most = r.rows.iter().flat_map(|row| (1..wide).filter_map(|k| row.retention(k)));
    let most = most.fold(0.0, f64::max);
    let mut spots = Vec::with_capacity(r.rows.len() * wide);
    for row in &r.rows {
        let label = name(row.from, query.period, shell);
        for k in 0..wide {
            let Some(share) = row.retention(k) else {
                spots.push(Spot::default());
                continue;
            };
            let count = |n: u32| shell.number(n as usize);
            spots.push(Spot {
                expression: row.active_in(k),
                label: label.clone(),
                text: if k == 0 { shell.number(row.customers) } else { shell.percent(share) },
                share: if k == 0 || most <= 0.0 { 0.0 } else { share / most },
                row: vec![
                    label.clone(),
                    shell.number(k),
                    row.active.get(k).map(|n| count(*n)).unwrap_or_default(),
                    shell.percent(share),
                    row.revenue.get(k).map(|m| shell.short_money(*m)).unwrap_or_default(),
                ],
                ..Spot::default()
            });
        }
    }
    let axes = [("down", shell.say(w::CAME).into()), ("across", shell.say(w::LATER).into())];
    let columns =
        (0..wide).map(|k| if k == 0 { shell.say(w::BUY) } else { shell.number(k) }).collect();
    Picture {
        finding,
        legend: shell.say_with(w::AXES, &axes),
        form: Form::Heat {
            rows: r.rows.iter().map(|row| name(row.from, query.period, shell)).collect(),
            columns,
        },
        heads: heads(&[w::CAME, w::PERIOD, w::BUY, w::SHARE, w::BROUGHT], shell),
        spots,
    }
}

fn name(from: Day, period: Period, shell: &Shell) -> SafeText {
    match (period, from.date()) {
        (Period::Week, _) | (_, None) => shell.date(from),
        (_, Some(date)) => month_year(date, shell.calendar(), shell.lang()),
    }
}

/// What was expected on held-back time against what came, by tenths of the customers.
pub fn quality(r: &QualityReport, shell: &Shell) -> Picture {
    let Some(held) = &r.held else { return Picture::nothing(shell.say(w::TOO_SHORT)) };
    let q = &held.quality;
    let auc = |value: Option<f64>| {
        value.map_or_else(|| SafeText::clean("–"), |v| decimal(v, 2, shell.lang()))
    };
    let finding = if q.model.auc > q.recency.auc { w::F_QUALITY_GOOD } else { w::F_QUALITY_BAD };
    let args = [
        ("weeks", (q.weeks.round() as i64).into()),
        ("auc", auc(q.model.auc).into()),
        ("base", auc(q.recency.auc).into()),
    ];
    let top = q.calibration.iter().map(|b| b.actual.max(b.predicted)).fold(0.0, f64::max);
    let share = |value: f64| if top > 0.0 { value / top } else { 0.0 };
    let figure = |value: f64| decimal(value, 2, shell.lang());
    let spots = q.calibration.iter().enumerate().map(|(i, bin)| Spot {
        label: shell.number(i + 1),
        text: figure(bin.actual),
        share: share(bin.actual),
        tick: Some(share(bin.predicted)),
        row: vec![
            shell.number(i + 1),
            shell.number(bin.n),
            figure(bin.predicted),
            figure(bin.actual),
        ],
        ..Spot::default()
    });
    Picture {
        finding: shell.say_with(finding, &args),
        legend: shell.say(w::L_QUALITY),
        form: Form::Bars,
        heads: heads(&[w::TENTH, w::CUSTOMERS, w::SAID, w::CAME_TRUE], shell),
        spots: spots.collect(),
    }
}
