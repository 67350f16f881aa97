//! The picture of relations year by year: how long they are, how deep, and whether they lengthen.

use std::cmp::Ordering;

use crate::desk::reports::{RelationYear, RelationsReport};
use crate::text::words::relations as w;
use crate::text::{Phrase, SafeText, decimal, month_year, safe};

use super::super::super::shell::Shell;
use super::super::picture::{Form, Picture, Spot};
use super::{heads, real};

/// Less than this part more or less is the same.
const SAME: f64 = 0.02;

/// What is told of a year.
struct Measure {
    name: Phrase,
    of: fn(&RelationYear) -> f64,
    told: fn(f64, &Shell) -> SafeText,
}

const MEASURES: [Measure; 4] = [
    Measure {
        name: w::M_WEEKS,
        of: |year| year.weeks,
        told: |x, shell| decimal(x, 1, shell.lang()),
    },
    Measure { name: w::M_DAYS, of: |year| year.purchases, told: |x, shell| real(x, shell) },
    Measure {
        name: w::M_SPENT,
        of: |year| year.spent,
        told: |x, shell| shell.short_money(x.round() as i64),
    },
    Measure {
        name: w::M_BUYERS,
        of: |year| year.customers as f64,
        told: |x, shell| shell.number(x.round() as usize),
    },
];

/// Whether a figure has grown.
fn trend(now: f64, before: f64) -> Ordering {
    if (now - before).abs() <= before.abs() * SAME {
        Ordering::Equal
    } else {
        now.total_cmp(&before)
    }
}

fn finding(years: &[RelationYear], shell: &Shell) -> SafeText {
    let figure = |x: f64| decimal(x, 1, shell.lang()).into();
    match years {
        [.., before, now] => {
            let long = match trend(now.weeks, before.weeks) {
                Ordering::Greater => w::LENGTHEN,
                Ordering::Less => w::SHRINK,
                Ordering::Equal => w::AS_LONG,
            };
            let deep = match trend(now.purchases, before.purchases) {
                Ordering::Greater => w::DEEPEN,
                Ordering::Less => w::FLATTEN,
                Ordering::Equal => w::AS_DEEP,
            };
            let say = |phrase, now: f64, before: f64| {
                shell.say_with(phrase, &[("now", figure(now)), ("before", figure(before))])
            };
            let long = say(long, now.weeks, before.weeks);
            safe![long, shell.say(w::AND_ALSO), say(deep, now.purchases, before.purchases)]
        }
        [now] => {
            let args = [
                ("day", shell.date(now.until).into()),
                ("weeks", figure(now.weeks)),
                ("days", figure(now.purchases)),
            ];
            shell.say_with(w::F_ONE_YEAR, &args)
        }
        [] => SafeText::EMPTY,
    }
}

pub fn relations(r: &RelationsReport, shell: &Shell) -> Picture {
    if r.years.is_empty() {
        return Picture::nothing(shell.say(w::NO_RELATIONS));
    }
    let name = |year: &RelationYear| match year.until.date() {
        Some(date) => month_year(date, shell.calendar(), shell.lang()),
        None => SafeText::EMPTY,
    };
    let mut spots = Vec::with_capacity(MEASURES.len() * r.years.len());
    for measure in &MEASURES {
        let most = r.years.iter().map(measure.of).fold(0.0, f64::max);
        let mut before = None;
        for year in &r.years {
            let value = (measure.of)(year);
            let told = (measure.told)(value, shell);
            let sign = match before.map(|before| trend(value, before)) {
                Some(Ordering::Greater) => " ▲",
                Some(Ordering::Less) => " ▼",
                _ => "  ",
            };
            spots.push(Spot {
                expression: year.expression.clone(),
                label: safe![shell.say(measure.name), " ", name(year)],
                text: safe![told, sign],
                share: if most > 0.0 { value / most } else { 0.0 },
                row: vec![
                    shell.say(measure.name),
                    shell.date(year.until),
                    told,
                    before.map(|before| (measure.told)(before, shell)).unwrap_or_default(),
                ],
                ..Spot::default()
            });
            before = Some(value);
        }
    }
    Picture {
        finding: finding(&r.years, shell),
        legend: shell.say(w::L_RELATIONS),
        form: Form::Heat {
            rows: MEASURES.iter().map(|measure| shell.say(measure.name)).collect(),
            columns: r.years.iter().map(name).collect(),
        },
        heads: heads(&[w::C_MEASURE, w::C_YEAR_TO, w::C_FIGURE, w::C_YEAR_BEFORE], shell),
        spots,
    }
}
