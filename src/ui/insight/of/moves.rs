//! The picture of moves: from which stage to which, over time.

use crate::desk::reports::{MovesReport, Stream};
use crate::text::words::{commands as c, lifecycle as l, relations as w};
use crate::text::{Arg, SafeText};

use super::super::super::shell::Shell;
use super::super::super::terms;
use super::super::picture::{Form, Picture, Spot};
use super::{heads, part_of};

/// Ways that are shown, those that most took.
const MOST: usize = 14;

fn way(stream: &Stream, shell: &Shell) -> SafeText {
    let (from, to) = (shell.say(terms::stage(stream.from)), shell.say(terms::stage(stream.to)));
    let way = shell.say_with(l::MOVED, &[("from", from.into()), ("to", to.into())]);
    match stream.rule {
        Some(_) => way,
        None => shell.say_with(w::WAY_BY_HAND, &[("way", way.into())]),
    }
}

fn why(stream: &Stream, shell: &Shell) -> SafeText {
    shell.say(stream.rule.map_or(l::BY_HAND, terms::rule))
}

pub fn moves(r: &MovesReport, shell: &Shell) -> Picture {
    let days: Arg = i64::from(r.days).into();
    if r.streams.is_empty() {
        let all = i64::from(r.days) * r.ends.len() as i64;
        return Picture::nothing(shell.say_with(w::NO_MOVES, &[("days", all.into())]));
    }
    let ago = |ago: usize| -> usize {
        let of = |stream: &Stream| {
            let place = stream.moves.len().checked_sub(ago + 1);
            place.and_then(|place| stream.moves.get(place)).map_or(0, |mark| mark.customers)
        };
        r.streams.iter().map(of).sum()
    };
    let mut args = vec![
        ("n", ago(0).into()),
        ("days", days.clone()),
        ("day", shell.date(r.until).into()),
        ("before", ago(1).into()),
    ];
    let finding = match r.flows.first() {
        None => shell.say_with(w::F_MOVES_QUIET, &args),
        Some(flow) => {
            args.push(("from", shell.say(terms::stage(flow.from)).into()));
            args.push(("to", shell.say(terms::stage(flow.to)).into()));
            args.push(("most", flow.customers.into()));
            args.push(("why", shell.say(flow.rule.map_or(l::BY_HAND, terms::rule)).into()));
            shell.say_with(w::F_MOVES, &args)
        }
    };
    // Of those that most took, the ones of these days first.
    let mut shown: Vec<&Stream> = r.streams.iter().take(MOST).collect();
    shown.sort_by_key(|stream| std::cmp::Reverse(stream.moves.last().map(|mark| mark.customers)));
    let most = shown.iter().flat_map(|s| &s.moves).map(|mark| mark.customers).max().unwrap_or(0);
    let mut spots = Vec::with_capacity(MOST * r.ends.len());
    for stream in &shown {
        let way = way(stream, shell);
        for (mark, end) in stream.moves.iter().zip(&r.ends) {
            let day = shell.date(*end);
            if mark.customers == 0 {
                let args = [("way", way.clone().into()), ("day", day.into())];
                let label = shell.say_with(w::NOBODY_THEN, &args);
                spots.push(Spot { label, text: SafeText::clean("·"), ..Spot::default() });
                continue;
            }
            spots.push(Spot {
                expression: mark.expression.clone(),
                behind: Some(mark.customers),
                label: way.clone(),
                text: shell.number(mark.customers),
                share: part_of(mark.customers, most),
                row: vec![
                    shell.say(terms::stage(stream.from)),
                    shell.say(terms::stage(stream.to)),
                    why(stream, shell),
                    day,
                    shell.number(mark.customers),
                ],
                ..Spot::default()
            });
        }
    }
    Picture {
        finding,
        legend: shell.say_with(w::L_MOVES, &[("days", days)]),
        form: Form::Heat {
            rows: shown.iter().map(|stream| self::way(stream, shell)).collect(),
            columns: r.ends.iter().map(|end| shell.day_month(*end)).collect(),
        },
        heads: heads(&[c::C_FROM, c::C_TO, l::C_RULE, l::C_UNTIL, w::C_MOVES], shell),
        spots,
    }
}
