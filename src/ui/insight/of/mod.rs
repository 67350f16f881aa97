//! Pictures of reports: which numbers become marks, and the sentence above them. Never asks or draws.

mod campaigns;
mod contracts;
mod maturity;
mod moves;
mod needs;
mod processes;
mod products;
mod programmes;
mod relations;
mod time;
mod voices;
mod whom;
mod win_back;

use crate::desk::reports::Mark;
use crate::desk::{Report, ReportQuery};
use crate::text::words::insight as w;
use crate::text::{Phrase, SafeText, decimal};

use super::super::shell::Shell;
use super::picture::{Kind, Picture, Spot};

/// The picture of a kind from its report.
pub fn picture(kind: Kind, report: &Report, query: &ReportQuery, shell: &Shell) -> Picture {
    match (kind, report) {
        (Kind::Rfm, Report::Rfm(r)) => whom::rfm(r, shell),
        (Kind::Tiers, Report::Value(r)) => whom::tiers(r, shell),
        (Kind::Value, Report::Value(r)) => whom::value(r, shell),
        (Kind::Loyalty, Report::Value(r)) => whom::loyalty(r, shell),
        (Kind::Stages, Report::Lifecycle(r)) => whom::stages(r, shell),
        (Kind::Moves, Report::Moves(r)) => moves::moves(r, shell),
        (Kind::WinBack, Report::WinBack(r)) => win_back::win_back(r, shell),
        (Kind::Relations, Report::Relations(r)) => relations::relations(r, shell),
        (Kind::Processes, Report::Processes(r)) => processes::processes(r, shell),
        (Kind::Staying, Report::Churn(r)) => time::staying(r, shell),
        (Kind::Risk, Report::Churn(r)) => time::risk(r, shell),
        (Kind::Cohorts, Report::Cohort(r)) => time::cohorts(r, query, shell),
        (Kind::Quality, Report::Quality(r)) => time::quality(r, shell),
        (Kind::Products, Report::Affinity(r)) => products::products(r, shell),
        (Kind::Contracts, Report::Contracts(r)) => contracts::running(r, shell),
        (Kind::Ending, Report::Contracts(r)) => contracts::ending(r, shell),
        (Kind::Groups, Report::Groups(r)) => products::groups(r, shell),
        (Kind::Offers, Report::Offers(r)) => voices::offers(r, shell),
        (Kind::Maturity, Report::Maturity(r)) => maturity::maturity(r, shell),
        (Kind::Needs, Report::Needs(r)) => needs::needs(r, shell),
        (Kind::Programmes, Report::Programmes(r)) => programmes::programmes(r, shell),
        (Kind::Campaigns, Report::Campaigns(r)) => campaigns::results(r, shell),
        (Kind::Experience, Report::Experience(r)) => voices::experience(r, shell),
        _ => Picture::nothing(shell.say(w::NO_PURCHASES)),
    }
}

fn heads(phrases: &[Phrase], shell: &Shell) -> Vec<SafeText> {
    phrases.iter().map(|p| shell.say(*p)).collect()
}

/// Part of a whole; nothing where there is no whole.
fn part(some: i64, all: i64) -> f64 {
    if all > 0 { (some as f64 / all as f64).max(0.0) } else { 0.0 }
}

fn part_of(some: usize, all: usize) -> f64 {
    if all > 0 { some as f64 / all as f64 } else { 0.0 }
}

fn real(value: f64, shell: &Shell) -> SafeText {
    decimal(value, usize::from(value.abs() < 10.0), shell.lang())
}

/// A mark that stands for customers, as long or dark as their number.
fn spot(mark: &Mark, label: SafeText, most: usize, row: Vec<SafeText>, shell: &Shell) -> Spot {
    Spot {
        expression: mark.expression.clone(),
        label,
        text: shell.number(mark.customers),
        share: part_of(mark.customers, most),
        row,
        ..Spot::default()
    }
}

/// The most customers behind one mark.
fn most<'m>(marks: impl IntoIterator<Item = &'m Mark>) -> usize {
    marks.into_iter().map(|m| m.customers).max().unwrap_or(0)
}
