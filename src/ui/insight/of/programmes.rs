//! The picture of loyalty programmes: who earns, what is owed, what members bring.

use crate::desk::reports::{ProgrammeLine, ProgrammesReport};
use crate::text::words::{commands as c, programmes as p};
use crate::text::{SafeText, safe};

use super::super::super::shell::Shell;
use super::super::picture::{Form, Picture, Spot};
use super::{heads, part_of};

pub fn programmes(r: &ProgrammesReport, shell: &Shell) -> Picture {
    let all = || r.lines.iter().filter(|line| line.tier.is_none());
    let Some(largest) = all().max_by_key(|line| line.earning) else {
        return Picture::nothing(shell.say(p::F_PROGRAMMES_NONE));
    };
    let money = |sum: Option<i64>| sum.map(|sum| shell.short_money(sum)).unwrap_or_default();
    let args = [
        ("name", SafeText::clean(&largest.name).isolate().into()),
        ("n", largest.earning.into()),
        ("of", largest.eligible.into()),
        ("owed", shell.short_money(largest.liability).into()),
        ("m", largest.compared.into()),
        ("before", money(largest.before).into()),
        ("after", money(largest.after).into()),
    ];
    let phrase = if largest.compared > 0 { p::F_PROGRAMMES } else { p::F_PROGRAMMES_NEW };
    let spot = |line: &ProgrammeLine| {
        let label = match &line.tier {
            Some(tier) => {
                let args = [("spent", shell.short_money(tier.threshold).into())];
                safe!["  ", shell.say_with(p::TIER_FROM, &args)]
            }
            None => SafeText::clean(&line.name).isolate(),
        };
        let number = |n: i64| shell.number(usize::try_from(n).unwrap_or(0));
        Spot {
            expression: line.expression.clone(),
            label: label.clone(),
            text: shell.number(line.earning),
            share: part_of(line.earning, line.eligible),
            row: vec![
                label,
                shell.number(line.eligible),
                shell.number(line.earning),
                number(line.open),
                shell.short_money(line.liability),
                number(line.redeemed),
                number(line.lost),
                shell.short_money(line.cost),
                money(line.before),
                money(line.after),
                money(line.with),
                money(line.without),
            ],
            ..Spot::default()
        }
    };
    let titles = [
        c::C_PROGRAMME,
        p::C_ELIGIBLE,
        p::C_EARNING,
        c::C_BALANCE,
        c::C_LIABILITY,
        c::C_REDEEMED,
        c::C_LOST,
        c::C_COST,
        p::C_BEFORE,
        p::C_AFTER,
        p::C_WITH,
        p::C_WITHOUT,
    ];
    Picture {
        finding: shell.say_with(phrase, &args),
        legend: shell.say(p::L_PROGRAMMES),
        form: Form::Bars,
        heads: heads(&titles, shell),
        spots: r.lines.iter().map(spot).collect(),
    }
}
