//! The picture of maturity: a ladder a dimension.

use crate::desk::reports::MaturityReport;
use crate::insight::maturity::{Dimension, Level};
use crate::text::words::{commands as c, maturity as m};
use crate::text::{SafeText, safe};

use super::super::super::maturity as told;
use super::super::super::shell::Shell;
use super::super::picture::{Form, Ladder, Picture, Spot};
use super::heads;

/// Dimensions named that are below the next level.
const NAMED: usize = 3;

pub fn maturity(r: &MaturityReport, shell: &Shell) -> Picture {
    let lang = shell.lang();
    let name = |dimension: Dimension| shell.say(told::dimension(dimension));
    let (gap, below) = behind(r.lines.iter().map(|line| (line.dimension, line.level)), r.level);
    let reach = match gap {
        Some(gap) => shell.say_with(m::ALL_BUT, &[("name", name(gap).into())]),
        None => shell.say(m::ALL_REACH),
    };
    let named: Vec<_> = below.iter().take(NAMED).map(|dimension| name(*dimension)).collect();
    let mut names = SafeText::join(&named, &shell.say(crate::text::words::profile::COMMA));
    let more = below.len() - named.len();
    if more > 0 {
        names = shell.say_with(m::AND_MORE, &[("names", names.into()), ("n", more.into())]);
    }
    let level = ("level", shell.say(told::level(r.level)).into());
    let finding = if r.level == Level::Highly {
        shell.say_with(m::F_HIGHEST, &[level, ("reach", reach.into())])
    } else {
        let n = r.level.number();
        let args = [
            ("n", n.into()),
            level,
            ("reach", reach.into()),
            ("next", (n + 1).into()),
            ("names", names.into()),
        ];
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

/// The dimension that does not reach the level of the whole, where there is one, and all that do not
/// reach the level above, the farthest first.
fn behind(
    lines: impl Iterator<Item = (Dimension, Level)>,
    whole: Level,
) -> (Option<Dimension>, Vec<Dimension>) {
    let mut below: Vec<_> = lines.filter(|(_, level)| *level <= whole).collect();
    below.sort_by_key(|(_, level)| *level);
    let gap = below.first().filter(|(_, level)| *level < whole).map(|(dimension, _)| *dimension);
    (gap, below.into_iter().map(|(dimension, _)| dimension).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::maturity::overall;

    #[test]
    fn only_what_is_below_a_level_is_said_to_be() {
        use Dimension::{Calls, Offers, Profiles, Segments};
        use Level::{BeforePlanning, Building, Highly, Relatively, Well};
        for (levels, gap, below) in [
            // All reach it: none is the gap.
            ([Relatively, Well, Relatively, Highly], None, &[Profiles, Segments][..]),
            ([Well, Building, Relatively, Highly], Some(Calls), &[Calls, Segments]),
            ([BeforePlanning; 4], None, &[Profiles, Calls, Segments, Offers]),
            ([Highly, Highly, Highly, Well], Some(Offers), &[Offers, Profiles, Calls, Segments]),
        ] {
            let lines = [Profiles, Calls, Segments, Offers].into_iter().zip(levels);
            let found = behind(lines, overall(&levels));
            assert_eq!(found, (gap, below.to_vec()), "{levels:?}");
        }
    }
}
