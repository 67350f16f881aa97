//! Stages of the lifecycle and steps of processes as rows.

use std::io;

use crate::desk::reports::{LifecycleReport, ProcessesReport};
use crate::exchange::export::sheet::Cell;
use crate::text::words::commands as words;
use crate::ui::terms;

use super::super::setup::Setup;
use super::super::table::Heading;
use super::{Rows, count, rounded, share, word};

pub const LIFECYCLE: &[Heading] = &[
    Heading::new("stage", words::C_STAGE),
    Heading::new("customers", words::C_N),
    Heading::new("share", words::C_SHARE),
    Heading::new("spent", words::C_SPENT),
    Heading::new("margin", words::C_MARGIN),
    Heading::new("worth", words::C_FUTURE),
    Heading::new("weeks", words::C_WEEKS),
    Heading::new("purchases", words::C_PURCHASES),
    Heading::new("risk", words::C_RISK),
    Heading::new("days", words::C_DAYS),
    Heading::new("where", words::C_WHERE),
];

pub const PROCESSES: &[Heading] = &[
    Heading::new("process", words::C_PROCESS),
    Heading::new("step", words::C_STEP),
    Heading::new("team", words::C_TEAM),
    Heading::new("open", words::C_OPEN_CASES),
    Heading::new("overdue", words::C_OVERDUE),
    Heading::new("passed", words::C_PASSED),
    Heading::new("mean_hours", words::C_MEAN_HOURS),
    Heading::new("hours_90", words::C_HOURS_90),
    Heading::new("allowed_hours", words::C_ALLOWED),
    Heading::new("in_time", words::C_IN_TIME),
];

pub fn lifecycle(
    report: &LifecycleReport,
    machine: bool,
    setup: &Setup,
    row: &mut Rows<'_>,
) -> io::Result<()> {
    for phase in &report.phases {
        let words = terms::stage(phase.stage).in_(setup.lang);
        row(&[
            word(machine, phase.stage.name(), words),
            count(phase.mark.customers),
            share(phase.mark.customers, report.total),
            Cell::Money(phase.mark.spent),
            Cell::Money(phase.mark.margin),
            Cell::Money(phase.mark.worth),
            Cell::of(phase.weeks, |w| Cell::Real(rounded(w))),
            Cell::of(phase.purchases, |n| Cell::Real(rounded(n))),
            Cell::of(phase.risk, |r| Cell::Share(rounded(r))),
            Cell::of(phase.days, |d| Cell::Count(i64::from(d))),
            Cell::text(&phase.mark.expression),
        ])?;
    }
    Ok(())
}

/// Steps in order; hours are of business.
pub fn processes(report: &ProcessesReport, row: &mut Rows<'_>) -> io::Result<()> {
    for process in &report.processes {
        for step in &process.steps {
            row(&[
                Cell::text(&process.name),
                Cell::text(&step.name),
                Cell::text(&step.team),
                count(step.open),
                count(step.overdue),
                count(step.passed),
                Cell::of(step.mean, |hours| Cell::Real(rounded(hours))),
                Cell::of(step.most, |hours| Cell::Real(rounded(hours))),
                Cell::Count(i64::from(step.allowed)),
                Cell::of(step.in_time, |part| Cell::Share(rounded(part))),
            ])?;
        }
    }
    Ok(())
}
