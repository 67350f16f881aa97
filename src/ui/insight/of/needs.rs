//! The picture of needs: how much each matters, and how well it is met.

use crate::desk::reports::{Among, NeedRow, NeedsReport};
use crate::text::words::{commands as c, needs as n};
use crate::text::{SafeText, decimal, safe};

use super::super::super::shell::Shell;
use super::super::picture::{Form, Picture, Spot};
use super::heads;

/// How much is amiss: those who have it, by how far it falls short of what it matters.
fn short(row: &NeedRow) -> f64 {
    let gap = row.importance.zip(row.met).map_or(0.0, |(matters, met)| matters - met);
    row.customers as f64 * gap.max(0.0)
}

pub fn needs(r: &NeedsReport, shell: &Shell) -> Picture {
    let all = || r.rows.iter().filter(|row| row.among == Among::All);
    let worst = all().max_by(|a, b| short(a).total_cmp(&short(b)));
    let Some(worst) = worst.filter(|row| short(row) > 0.0).or_else(|| all().next()) else {
        return Picture::nothing(shell.say(n::F_NEEDS_NONE));
    };
    let mark = |mark: Option<f64>| mark.map(|mark| decimal(mark, 1, shell.lang()));
    let said = |given: Option<f64>| mark(given).unwrap_or_else(|| safe!["–"]);
    let args = [
        ("name", SafeText::clean(&worst.need).isolate().into()),
        ("n", worst.customers.into()),
        ("matters", said(worst.importance).into()),
        ("met", said(worst.met).into()),
    ];
    let spot = |row: &NeedRow| {
        let need = SafeText::clean(&row.need).isolate();
        let among = match &row.among {
            Among::Segment(name) => SafeText::clean(name).isolate(),
            _ => shell.say(c::EVERYONE),
        };
        let label = if row.among == Among::All { need.clone() } else { safe!["  ", among.clone()] };
        Spot {
            expression: row.expression.clone(),
            label,
            text: shell.number(row.customers),
            share: row.importance.unwrap_or(0.0) / 5.0,
            tick: row.met.map(|met| met / 5.0),
            row: vec![
                need,
                among,
                shell.number(row.customers),
                shell.percent(row.share),
                mark(row.importance).unwrap_or_default(),
                mark(row.met).unwrap_or_default(),
                shell.number(row.unmet),
                shell.short_money(row.worth),
                shell.number(row.offers),
            ],
            ..Spot::default()
        }
    };
    let titles = [
        n::C_NEED,
        c::C_AMONG,
        c::C_N,
        c::C_SHARE,
        n::C_IMPORTANCE,
        n::C_MET,
        n::C_UNMET,
        c::C_FUTURE,
        n::C_OFFERS,
    ];
    Picture {
        finding: shell.say_with(n::F_NEEDS, &args),
        legend: shell.say(n::L_NEEDS),
        form: Form::Bars,
        heads: heads(&titles, shell),
        spots: r.rows.iter().map(spot).collect(),
    }
}
