//! The picture of winning back: how far it is with those who left, what it cost and what came of it.

use crate::desk::reports::{WinBackLine, WinBackReport};
use crate::domain::WinBackState;
use crate::text::words::{commands as c, lifecycle as l, relations as w};
use crate::text::{Phrase, SafeText};

use super::super::super::shell::Shell;
use super::super::super::terms;
use super::super::picture::{Form, Picture, Spot};
use super::{heads, part, part_of};

/// Titles of the table's columns.
const TITLES: [Phrase; 6] = [l::C_STATE, c::C_N, c::C_SHARE, l::C_COST, l::C_EARNED, l::DAYS_HERE];

pub fn win_back(r: &WinBackReport, shell: &Shell) -> Picture {
    let of = |state: WinBackState| {
        r.lines.iter().find(|line| line.state == state).map_or(0, |line| line.customers)
    };
    let all: usize = r.lines.iter().map(|line| line.customers).sum();
    if all == 0 {
        return Picture::nothing(shell.say(w::NO_WIN_BACK));
    }
    let sum = |of: fn(&WinBackLine) -> i64| r.lines.iter().map(of).fold(0, i64::saturating_add);
    let (cost, revenue) = (sum(|line| line.cost), sum(|line| line.revenue));
    let ended = of(WinBackState::Returned) + of(WinBackState::Closed);
    let mut args = vec![
        ("n", ended.into()),
        ("cost", shell.short_money(cost).into()),
        ("revenue", shell.short_money(revenue).into()),
        ("left", of(WinBackState::Left).into()),
        ("called", of(WinBackState::Contacted).into()),
    ];
    let finding = match r.returned() {
        Some(share) => {
            args.push(("share", shell.percent(share).into()));
            shell.say_with(w::F_WIN_BACK, &args)
        }
        None => shell.say_with(w::F_WIN_BACK_NEW, &args),
    };
    let most = r.lines.iter().map(|line| line.customers).max().unwrap_or(0);
    let state = |line: &WinBackLine| {
        let label = shell.say(terms::win_back(line.state));
        let days = line.days.and_then(|days| usize::try_from(days).ok());
        Spot {
            expression: line.expression.clone(),
            label: label.clone(),
            text: shell.number(line.customers),
            share: part_of(line.customers, most),
            row: vec![
                label,
                shell.number(line.customers),
                shell.percent(part_of(line.customers, all)),
                shell.short_money(line.cost),
                shell.short_money(line.revenue),
                days.map(|days| shell.number(days)).unwrap_or_default(),
            ],
            ..Spot::default()
        }
    };
    let dearest = cost.max(revenue);
    let money = |phrase, sum: i64, of: fn(&WinBackLine) -> i64, at: usize| {
        let label = shell.say(phrase);
        let text = shell.short_money(sum);
        let behind = r.lines.iter().filter(|line| of(line) > 0);
        let behind: Vec<&str> = behind.map(|line| line.expression.as_str()).collect();
        let mut row = vec![SafeText::EMPTY; TITLES.len()];
        row.splice(..1, [label.clone()]);
        row.splice(at..=at, [text.clone()]);
        let share = part(sum, dearest);
        Spot { expression: behind.join(" or "), label, text, share, row, ..Spot::default() }
    };
    let mut spots: Vec<Spot> = r.lines.iter().map(state).collect();
    if dearest > 0 {
        spots.push(money(w::COST_SO_FAR, cost, |line| line.cost, 3));
        spots.push(money(w::SPENT_SINCE, revenue, |line| line.revenue, 4));
    }
    Picture {
        finding,
        legend: shell.say(w::L_WIN_BACK),
        form: Form::Bars,
        heads: heads(&TITLES, shell),
        spots,
    }
}
