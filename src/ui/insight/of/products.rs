//! Pictures of what goes together: products, and prospects.

use crate::desk::reports::{AffinityReport, Group, GroupsReport, Pairing};
use crate::domain::ProductId;
use crate::text::words::insight as w;
use crate::text::{SafeText, decimal, safe};

use super::super::super::shell::Shell;
use super::super::picture::{Form, Picture, Spot};
use super::{heads, part_of};

/// Below this mean silhouette there are hardly groups at all (Rousseeuw 1987).
const CLEAR: f64 = 0.25;

/// Pairs of products, as long as one brings the other.
pub fn products(r: &AffinityReport, shell: &Shell) -> Picture {
    let name = |id: ProductId| {
        let found = r.products.iter().find(|p| p.id == id);
        found.map_or_else(|| SafeText::clean(&format!("#{id}")), |p| SafeText::clean(&p.name))
    };
    let from = |rule: &Pairing| {
        let names: Vec<SafeText> = rule.from.iter().map(|id| name(*id).isolate()).collect();
        SafeText::join(&names, &safe![" + "])
    };
    // A pair of two says it best; longer rules repeat it.
    let best = r.rules.iter().find(|rule| rule.from.len() == 1).or(r.rules.first());
    let Some(best) = best else { return Picture::nothing(shell.say(w::NO_PRODUCTS)) };
    let lift = |rule: &Pairing| decimal(rule.lift(), 1, shell.lang());
    let args = [
        ("from", from(best).into()),
        ("to", name(best.to).into()),
        ("lift", lift(best).into()),
        ("n", best.open.customers.into()),
    ];
    let spots = r.rules.iter().map(|rule| {
        let (of, to) = (from(rule), name(rule.to));
        let ends = [("from", of.clone().into()), ("to", to.clone().into())];
        let confidence = rule.confidence();
        Spot {
            expression: rule.open.expression.clone(),
            label: shell.say_with(w::PAIR, &ends),
            text: shell.percent(confidence),
            share: confidence,
            tick: Some(f64::from(rule.count_to) / f64::from(rule.baskets.max(1))),
            row: vec![
                of,
                to,
                shell.number(rule.count as usize),
                shell.percent(confidence),
                lift(rule),
                shell.number(rule.open.customers),
            ],
            ..Spot::default()
        }
    });
    Picture {
        finding: shell.say_with(w::F_PRODUCTS, &args),
        legend: shell.say(w::L_PRODUCTS),
        form: Form::Bars,
        heads: heads(&[w::HAS, w::TAKES, w::CUSTOMERS, w::SO_OFTEN, w::LIFT, w::WITHOUT], shell)
            .into_iter()
            .enumerate()
            .map(|(i, head)| {
                // Counts of a rule are baskets, not customers.
                if i == 2 { shell.say(crate::text::words::commands::C_BASKETS) } else { head }
            })
            .collect(),
        spots: spots.collect(),
    }
}

/// Groups among prospects, as large as they are.
pub fn groups(r: &GroupsReport, shell: &Shell) -> Picture {
    let all: usize = r.groups.iter().map(|g| g.members.len()).sum();
    let telling = r.groups.iter().max_by(|a, b| telling(a).total_cmp(&telling(b)));
    let clear = r.silhouette >= CLEAR || telling.is_some_and(|g| !g.signs.is_empty());
    let Some(best) = telling.filter(|_| clear) else {
        return Picture::nothing(shell.say_with(w::F_GROUPS_NONE, &[("m", r.customers.into())]));
    };
    let args = [
        ("n", r.groups.len().into()),
        ("m", r.customers.into()),
        ("signs", signs(best, shell).into()),
    ];
    let most = r.groups.iter().map(|g| g.members.len()).max().unwrap_or(0);
    let spots = r.groups.iter().map(|group| {
        let label = signs(group, shell);
        let members = group.members.len();
        Spot {
            // Without a sign the expression would be everyone.
            expression: if group.signs.is_empty() {
                String::new()
            } else {
                group.expression.clone()
            },
            text: shell.number(members),
            share: part_of(members, most),
            row: vec![
                label.clone(),
                shell.number(members),
                shell.percent(part_of(members, all)),
                inside(group, shell),
            ],
            label,
            ..Spot::default()
        }
    });
    Picture {
        finding: shell.say_with(w::F_GROUPS, &args),
        legend: shell.say(w::L_CUSTOMERS),
        form: Form::Bars,
        heads: heads(&[w::GROUP, w::CUSTOMERS, w::SHARE, w::SIGNS], shell),
        spots: spots.collect(),
    }
}

fn telling(group: &Group) -> f64 {
    group.signs.iter().map(|s| s.inside - s.outside).sum()
}

fn signs(group: &Group, shell: &Shell) -> SafeText {
    if group.signs.is_empty() {
        return shell.say(w::MIXED);
    }
    let all: Vec<&str> = group.signs.iter().map(|s| s.expression.as_str()).collect();
    SafeText::clean(&all.join(" ")).ltr()
}

/// How many have each sign, and how many of the others.
fn inside(group: &Group, shell: &Shell) -> SafeText {
    let told = group
        .signs
        .iter()
        .map(|s| safe![shell.percent(s.inside), " (", shell.percent(s.outside), ")"]);
    SafeText::join(&told.collect::<Vec<_>>(), &safe![", "])
}
