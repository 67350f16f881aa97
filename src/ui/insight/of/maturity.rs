//! The picture of maturity: a ladder a dimension.

use crate::desk::reports::MaturityReport;
use crate::insight::maturity::{Dimension, Level};
use crate::text::words::{commands as c, maturity as m};
use crate::text::{SafeText, safe};

use super::super::super::maturity as told;
use super::super::super::shell::Shell;
use super::super::picture::{Form, Ladder, Picture, Spot};
use super::heads;

/// Dimensions named that hold the whole back.
const NAMED: usize = 3;

pub fn maturity(r: &MaturityReport, shell: &Shell) -> Picture {
    let lang = shell.lang();
    let mut behind: Vec<_> = r.lines.iter().filter(|line| line.level <= r.level).collect();
    behind.sort_by_key(|line| line.level);
    let names = behind.iter().take(NAMED).map(|line| shell.say(told::dimension(line.dimension)));
    let names =
        SafeText::join(&names.collect::<Vec<_>>(), &shell.say(crate::text::words::profile::COMMA));
    let level = shell.say(told::level(r.level));
    let finding = if r.level == Level::Highly {
        shell.say_with(m::F_HIGHEST, &[("level", level.into())])
    } else {
        let args =
            [("n", r.level.number().into()), ("level", level.into()), ("names", names.into())];
        shell.say_with(m::F_MATURITY, &args)
    };
    let ladders = r.lines.iter().map(|line| {
        let next = line.todo.iter().map(|next| (told::todo(next, lang), next.go.clone()));
        Ladder {
            level: line.level.number(),
            name: shell.say(told::level(line.level)),
            trend: told::trend(line),
            lines: vec![
                told::evidence(line, lang),
                safe![told::next(line, lang), "  ·  ", told::before(line, lang)],
            ],
            next: next.collect(),
        }
    });
    let spots = r.lines.iter().map(|line| {
        let label = shell.say(told::dimension(line.dimension));
        let first = line.todo.first().map(|next| told::todo(next, lang)).unwrap_or_default();
        let figure = match line.dimension {
            // Of how many is not plain without saying so.
            Dimension::Scores => safe![shell.number(line.part), "/", shell.number(line.whole)],
            _ => told::figure(line, lang),
        };
        Spot {
            label: label.clone(),
            text: figure,
            share: f64::from(line.level.number()) / f64::from(Ladder::RUNGS),
            row: vec![
                label,
                shell.number(line.level.number().into()),
                told::figure(line, lang),
                told::next_figure(line, lang),
                told::before_figure(line, lang),
                first,
            ],
            ..Spot::default()
        }
    });
    let titles = [m::C_DIMENSION, m::C_LEVEL, c::C_FIGURE, m::C_NEXT, m::C_BEFORE, m::C_TODO];
    Picture {
        finding,
        legend: shell.say(m::L_MATURITY),
        heads: heads(&titles, shell),
        spots: spots.collect(),
        form: Form::Ladders(ladders.collect()),
    }
}
