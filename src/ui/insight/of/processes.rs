//! The picture of processes: where cases wait longest, and where they are late.

use crate::desk::reports::{ProcessLine, ProcessesReport, StepLine};
use crate::text::words::{commands as c, relations as w};
use crate::text::{SafeText, safe};

use super::super::super::shell::Shell;
use super::super::picture::{Form, Picture, Spot};
use super::{heads, real};

pub fn processes(r: &ProcessesReport, shell: &Shell) -> Picture {
    if r.processes.is_empty() {
        return Picture::nothing(shell.say(w::NO_PROCESSES));
    }
    let steps = || r.processes.iter().flat_map(|p| p.steps.iter().map(move |step| (p, step)));
    let open: usize = r.processes.iter().map(|p| p.open).sum();
    let late: usize = r.processes.iter().map(|p| p.overdue).sum();
    let longest = steps().filter(|(_, step)| step.mean.is_some());
    let longest =
        longest.max_by(|(_, a), (_, b)| a.mean.unwrap_or(0.0).total_cmp(&b.mean.unwrap_or(0.0)));
    let mut args = vec![("late", late.into()), ("open", open.into())];
    let finding = match longest {
        None if open == 0 => return Picture::nothing(shell.say(w::NO_CASES)),
        None => shell.say_with(w::F_PROCESSES_NEW, &args),
        Some((process, step)) => {
            args.push(("step", SafeText::clean(&step.name).isolate().into()));
            args.push(("process", SafeText::clean(&process.name).isolate().into()));
            args.push(("hours", real(step.mean.unwrap_or(0.0), shell).into()));
            args.push(("allowed", usize::from(step.allowed).into()));
            shell.say_with(w::F_PROCESSES, &args)
        }
    };
    let hours = |step: &StepLine| step.mean.unwrap_or(0.0).max(f64::from(step.allowed));
    let most = steps().map(|(_, step)| hours(step)).fold(1.0, f64::max);
    let spots = steps().map(|(process, step)| spot(process, step, most, shell));
    let titles = [
        c::C_PROCESS,
        c::C_STEP,
        c::C_TEAM,
        c::C_OPEN_CASES,
        c::C_OVERDUE,
        c::C_PASSED,
        c::C_MEAN_HOURS,
        c::C_HOURS_90,
        c::C_ALLOWED,
        c::C_IN_TIME,
    ];
    Picture {
        finding,
        legend: shell.say(w::L_PROCESSES),
        form: Form::Bars,
        heads: heads(&titles, shell),
        spots: spots.collect(),
    }
}

fn spot(process: &ProcessLine, step: &StepLine, most: f64, shell: &Shell) -> Spot {
    let clean = |text: &str| SafeText::clean(text).isolate();
    let in_hours = |hours: f64| shell.say_with(w::HOURS, &[("n", real(hours, shell).into())]);
    let figure = |hours: Option<f64>| hours.map(|hours| real(hours, shell)).unwrap_or_default();
    let mean = step.mean.map_or_else(|| safe!["–"], in_hours);
    let late = if step.overdue > 0 {
        safe!["! ", shell.number(step.overdue), "  "]
    } else {
        SafeText::EMPTY
    };
    let at = process.steps.iter().position(|other| std::ptr::eq(other, step));
    Spot {
        cases: at.and_then(|at| u8::try_from(at).ok()).map(|at| (process.process, at)),
        label: safe![clean(&process.name), ": ", clean(&step.name)],
        text: safe![late, mean],
        share: step.mean.unwrap_or(0.0) / most,
        tick: Some(f64::from(step.allowed) / most),
        row: vec![
            clean(&process.name),
            clean(&step.name),
            clean(&step.team),
            shell.number(step.open),
            shell.number(step.overdue),
            shell.number(step.passed),
            figure(step.mean),
            figure(step.most),
            shell.number(usize::from(step.allowed)),
            step.in_time.map(|share| shell.percent(share)).unwrap_or_default(),
        ],
        ..Spot::default()
    }
}
