//! Pictures of contracts: how long they run, and who is about to end theirs.

use crate::desk::reports::ContractsReport;
use crate::text::words::insight as w;
use crate::text::{SafeText, decimal};

use super::super::super::shell::Shell;
use super::super::picture::{Form, Picture, Spot};
use super::{heads, most, part_of, spot};

/// The part that still runs, by age.
pub fn running(r: &ContractsReport, shell: &Shell) -> Picture {
    let Some(last) = r.curve.last().filter(|_| r.curve.len() > 1) else {
        return Picture::nothing(shell.say(w::NO_CONTRACTS));
    };
    let n = ("n", r.contracts.into());
    let finding = match r.median {
        Some(months) => {
            let months = decimal(months, 0, shell.lang());
            shell.say_with(w::F_CONTRACTS_HALF, &[n, ("months", months.into())])
        }
        None => {
            let args =
                [n, ("share", shell.percent(last.still).into()), ("months", last.months.into())];
            shell.say_with(w::F_CONTRACTS, &args)
        }
    };
    let spots = r.curve.iter().map(|point| {
        let label = shell.number(point.months as usize);
        let row = vec![
            label.clone(),
            shell.percent(point.still),
            shell.percent(point.error),
            shell.number(point.at_risk),
            shell.number(point.mark.customers),
        ];
        let expression = point.mark.expression.clone();
        let text = shell.percent(point.still);
        let behind = Some(point.mark.customers);
        Spot { expression, behind, label, text, share: point.still, row, ..Spot::default() }
    });
    Picture {
        finding,
        legend: shell.say(w::L_CONTRACTS),
        form: Form::Columns,
        heads: heads(&[w::MONTH, w::STILL_RUN, w::ERROR, w::AS_OLD, w::RUN_NOW], shell),
        spots: spots.collect(),
    }
}

/// Those whose contract runs, by their chance to end it.
pub fn ending(r: &ContractsReport, shell: &Shell) -> Picture {
    if let Some(lack) = &r.lack {
        let args = [("have", lack.have.into()), ("needed", lack.needed.into())];
        return Picture::nothing(shell.say_with(w::LACK_CONTRACTS, &args));
    }
    if r.bands.is_empty() {
        return Picture::nothing(shell.say(w::NOT_SCORED));
    }
    let figure =
        |of: Option<f64>| of.map_or_else(|| SafeText::clean("–"), |x| decimal(x, 2, shell.lang()));
    let quality = r.quality.unwrap_or_default();
    let args = [
        ("n", r.likely.into()),
        ("weeks", r.horizon_weeks.into()),
        ("auc", figure(quality.auc).into()),
        ("base", figure(quality.auc_tenure).into()),
    ];
    let all: usize = r.bands.iter().map(|b| b.mark.customers).sum();
    let top = most(r.bands.iter().map(|b| &b.mark));
    let spots = r.bands.iter().rev().map(|b| {
        let to = shell.percent(f64::from(b.to) / 100.0);
        let ends = [("from", b.from.into()), ("to", to.into())];
        let label = shell.say_with(w::NEXT, &ends);
        let row = vec![
            label.clone(),
            shell.number(b.mark.customers),
            shell.percent(part_of(b.mark.customers, all)),
        ];
        let behind = Some(b.mark.customers);
        Spot { behind, ..spot(&b.mark, label, top, row, shell) }
    });
    Picture {
        finding: shell.say_with(w::F_ENDING, &args),
        legend: shell.say(w::L_CUSTOMERS),
        form: Form::Bars,
        heads: heads(&[w::RISK, w::CUSTOMERS, w::SHARE], shell),
        spots: spots.collect(),
    }
}
