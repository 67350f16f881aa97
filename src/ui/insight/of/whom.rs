//! Pictures of who the customers are: recency and frequency, tiers, value, loyalty, life stages.

use crate::desk::reports::{Bar, LifecycleReport, Loyal, Mark, Profit, RfmReport, ValueReport};
use crate::domain::Stage;
use crate::insight::rfm::{Rfm, Segment};
use crate::text::words::insight as w;
use crate::text::{SafeText, safe};

use super::super::super::shell::Shell;
use super::super::super::terms;
use super::super::picture::{Form, Picture, Spot};
use super::{heads, most, part, part_of, real, spot};

/// The 25 cells, the latest at the top and the most frequent at the end.
pub fn rfm(r: &RfmReport, shell: &Shell) -> Picture {
    if r.total.customers == 0 {
        return Picture::nothing(shell.say(w::NO_PURCHASES));
    }
    let champions = r.segments.iter().find(|(s, _)| *s == Segment::Champions);
    let best = champions.map(|(_, mark)| mark.clone()).unwrap_or_default();
    let args = [
        ("share", shell.percent(part_of(best.customers, r.total.customers)).into()),
        ("money", shell.percent(part(best.spent, r.total.spent)).into()),
    ];
    let finding = shell.say_with(w::F_RFM, &args);
    let most = most(r.cells.iter().flatten());
    let mut spots = Vec::with_capacity(25);
    for (recency, cells) in (1..=5_u8).zip(&r.cells).rev() {
        for (frequency, mark) in (1..=5_u8).zip(cells) {
            let segment = Segment::of(Rfm { r: recency, f: frequency, m: 1 });
            let group = shell.say(terms::rfm_segment(segment));
            let row = vec![
                shell.number(recency.into()),
                shell.number(frequency.into()),
                group.clone(),
                shell.number(mark.customers),
                shell.short_money(mark.spent),
                shell.short_money(mark.margin),
                shell.short_money(mark.worth),
            ];
            let scores = [recency, frequency].map(|n| shell.number(n.into()));
            let label = safe![group, " ", scores[0], "-", scores[1]];
            spots.push(spot(mark, label, most, row, shell));
        }
    }
    let five = || (1..=5_usize).map(|n| shell.number(n));
    let axes = [("down", shell.say(w::RECENCY).into()), ("across", shell.say(w::FREQUENCY).into())];
    Picture {
        finding,
        legend: shell.say_with(w::AXES, &axes),
        form: Form::Heat { rows: five().rev().collect(), columns: five().collect() },
        heads: heads(
            &[w::RECENCY, w::FREQUENCY, w::GROUP, w::CUSTOMERS, w::SPENT, w::MARGIN, w::WORTH],
            shell,
        ),
        spots,
    }
}

/// Tiers by what was spent, as long as their share of the margin; the tick is their share of customers.
pub fn tiers(r: &ValueReport, shell: &Shell) -> Picture {
    if r.total.customers == 0 {
        return Picture::nothing(shell.say(w::NO_PURCHASES));
    }
    let args = [
        ("share", shell.percent(part_of(r.few.customers, r.total.customers)).into()),
        ("margin", shell.percent(part(r.few.margin, r.total.margin)).into()),
    ];
    let spots = r.tiers.iter().map(|tier| {
        let label = if tier.from == 0 {
            shell.say_with(w::TOP, &[("n", tier.to.into())])
        } else {
            {
                let to = shell.percent(f64::from(tier.to) / 100.0);
                shell.say_with(w::NEXT, &[("from", tier.from.into()), ("to", to.into())])
            }
        };
        let customers = part_of(tier.mark.customers, r.total.customers);
        let margin = part(tier.mark.margin, r.total.margin);
        Spot {
            expression: tier.mark.expression.clone(),
            label: label.clone(),
            text: shell.percent(margin),
            share: margin,
            tick: Some(customers),
            row: vec![
                label,
                shell.number(tier.mark.customers),
                shell.percent(customers),
                shell.short_money(tier.least),
                shell.short_money(tier.mark.spent),
                shell.short_money(tier.mark.margin),
                shell.percent(margin),
                shell.short_money(tier.mark.worth),
            ],
            ..Spot::default()
        }
    });
    Picture {
        finding: shell.say_with(w::F_TIERS, &args),
        legend: shell.say(w::L_TIERS),
        form: Form::Bars,
        heads: heads(
            &[
                w::TIER,
                w::CUSTOMERS,
                w::SHARE,
                w::LEAST,
                w::SPENT,
                w::MARGIN,
                w::MARGIN_SHARE,
                w::WORTH,
            ],
            shell,
        ),
        spots: spots.collect(),
    }
}

/// How value is spread.
pub fn value(r: &ValueReport, shell: &Shell) -> Picture {
    if r.bars.is_empty() {
        return Picture::nothing(shell.say(w::NO_PURCHASES));
    }
    let of = |mark: &Mark| if r.scored { mark.worth } else { mark.spent };
    // Those who are expected to cost more than they bring lessen what is to come.
    let all = r.bars.iter().map(|b| of(&b.mark)).fold(0, i64::saturating_add);
    // The few bars at the top that hold half of it.
    let (mut customers, mut held) = (0, 0);
    for bar in r.bars.iter().rev() {
        if held >= all.saturating_sub(held) {
            break;
        }
        customers += bar.mark.customers;
        held += of(&bar.mark);
    }
    let args = [
        ("share", shell.percent(part_of(customers, r.total.customers)).into()),
        ("worth", shell.percent(part(held, all)).into()),
    ];
    let most = most(r.bars.iter().map(|b| &b.mark));
    let spots = r.bars.iter().map(|bar| {
        let label = range(bar, shell);
        let row = vec![
            label.clone(),
            shell.number(bar.mark.customers),
            shell.percent(part_of(bar.mark.customers, r.total.customers)),
            shell.short_money(bar.mark.spent),
            shell.short_money(bar.mark.margin),
            shell.short_money(bar.mark.worth),
        ];
        spot(&bar.mark, label, most, row, shell)
    });
    Picture {
        finding: shell.say_with(if r.scored { w::F_VALUE } else { w::F_SPENT }, &args),
        legend: shell.say(w::L_CUSTOMERS),
        form: Form::Bars,
        heads: heads(&[w::VALUE, w::CUSTOMERS, w::SHARE, w::SPENT, w::MARGIN, w::WORTH], shell),
        spots: spots.collect(),
    }
}

fn range(bar: &Bar, shell: &Shell) -> SafeText {
    let text = |end: i64| shell.short_money(end).into();
    match (bar.from, bar.to) {
        (None, Some(to)) => shell.say_with(w::BELOW, &[("to", text(to))]),
        (Some(from), Some(to)) => {
            shell.say_with(w::BETWEEN, &[("from", text(from)), ("to", text(to))])
        }
        (Some(from), None) => shell.say_with(w::ABOVE, &[("from", text(from))]),
        (None, None) => shell.say(w::EVERYONE),
    }
}

/// Loyal by profitable.
pub fn loyalty(r: &ValueReport, shell: &Shell) -> Picture {
    if r.total.customers == 0 {
        return Picture::nothing(shell.say(w::NO_PURCHASES));
    }
    if !r.scored {
        return Picture::nothing(shell.say(w::NOT_SCORED));
    }
    let at = |loyal: Loyal, profit: Profit| {
        let row = r.grid.get(usize::from(loyal.code()));
        row.and_then(|row| row.get(usize::from(profit.code()))).map_or(0, |m| m.customers)
    };
    let drifting = at(Loyal::Drifting, Profit::High);
    let little = at(Loyal::Loyal, Profit::Low) + at(Loyal::Loyal, Profit::None);
    let args = [("n", drifting.into()), ("m", little.into())];
    let most = most(r.grid.iter().flatten());
    let mut spots = Vec::with_capacity(9);
    for (loyal, cells) in Loyal::ALL.iter().zip(&r.grid) {
        for (profit, mark) in Profit::ALL.iter().zip(cells) {
            let (l, p) = (shell.say(terms::loyal(*loyal)), shell.say(terms::profit(*profit)));
            let row = vec![
                l.clone(),
                p.clone(),
                shell.number(mark.customers),
                shell.percent(part_of(mark.customers, r.total.customers)),
                shell.short_money(mark.margin),
                shell.short_money(mark.worth),
            ];
            spots.push(spot(mark, safe![l, " · ", p], most, row, shell));
        }
    }
    let axes = [("down", shell.say(w::LOYALTY).into()), ("across", shell.say(w::PROFIT).into())];
    Picture {
        finding: shell.say_with(w::F_LOYALTY, &args),
        legend: shell.say_with(w::AXES, &axes),
        form: Form::Heat {
            rows: Loyal::ALL.iter().map(|l| shell.say(terms::loyal(*l))).collect(),
            columns: Profit::ALL.iter().map(|p| shell.say(terms::profit(*p))).collect(),
        },
        heads: heads(&[w::LOYALTY, w::PROFIT, w::CUSTOMERS, w::SHARE, w::MARGIN, w::WORTH], shell),
        spots,
    }
}

/// The stages of a life, in their order.
pub fn stages(r: &LifecycleReport, shell: &Shell) -> Picture {
    let of =
        |stage: Stage| r.phases.iter().find(|p| p.stage == stage).map_or(0, |p| p.mark.customers);
    if r.total == 0 {
        return Picture::nothing(shell.say(w::NO_PURCHASES));
    }
    let args = [
        ("share", shell.percent(part_of(r.came_back, r.bought)).into()),
        ("n", of(Stage::AtRisk).into()),
        ("m", of(Stage::Lapsed).into()),
    ];
    let most = most(r.phases.iter().map(|p| &p.mark));
    let spots = r.phases.iter().map(|phase| {
        let label = shell.say(terms::stage(phase.stage));
        let mean = |value: Option<f64>| value.map(|v| real(v, shell)).unwrap_or_default();
        let row = vec![
            label.clone(),
            shell.number(phase.mark.customers),
            shell.percent(part_of(phase.mark.customers, r.total)),
            shell.short_money(phase.mark.margin),
            shell.short_money(phase.mark.worth),
            mean(phase.weeks),
            mean(phase.purchases),
            phase.risk.map(|risk| shell.percent(risk)).unwrap_or_default(),
            phase.days.map(|d| shell.number(d.unsigned_abs() as usize)).unwrap_or_default(),
        ];
        spot(&phase.mark, label, most, row, shell)
    });
    Picture {
        finding: shell.say_with(w::F_STAGES, &args),
        legend: shell.say(w::L_CUSTOMERS),
        form: Form::Bars,
        heads: heads(
            &[
                w::STAGE,
                w::CUSTOMERS,
                w::SHARE,
                w::MARGIN,
                w::WORTH,
                w::WEEKS_LONG,
                crate::text::words::commands::C_PURCHASES,
                w::RISK,
                crate::text::words::lifecycle::DAYS_HERE,
            ],
            shell,
        ),
        spots: spots.collect(),
    }
}
