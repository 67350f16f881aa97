//! Offers and experience as rows.

use std::io;

use crate::desk::reports::{Among, ExperienceReport, OffersReport, VoiceBy};
use crate::domain::Stage;
use crate::exchange::export::sheet::Cell;
use crate::insight::experience::Voices;
use crate::text::words::commands as words;
use crate::ui::terms;

use super::super::setup::Setup;
use super::{Rows, rounded, word};

fn count(n: u64) -> Cell {
    Cell::Count(i64::try_from(n).unwrap_or(i64::MAX))
}

fn real(x: Option<f64>) -> Cell {
    Cell::of(x, |x| Cell::Real(rounded(x)))
}

fn stage(machine: bool, stage: Stage, setup: &Setup) -> Cell {
    word(machine, stage.name(), terms::stage(stage).in_(setup.lang))
}

/// Which offer works for whom.
pub fn offers(
    report: &OffersReport,
    machine: bool,
    setup: &Setup,
    row: &mut Rows<'_>,
) -> io::Result<()> {
    for r in &report.rows {
        let (low, high) = r.rate.interval();
        let among = match &r.among {
            Among::All => word(machine, "", words::EVERYONE.in_(setup.lang)),
            Among::Stage(at) => stage(machine, *at, setup),
            Among::Segment(name) => Cell::text(name),
        };
        row(&[
            Cell::text(&r.name),
            among,
            count(u64::from(r.asked)),
            count(u64::from(r.taken)),
            count(u64::from(r.refused)),
            Cell::Share(rounded(r.rate.mean())),
            Cell::Share(rounded(low)),
            Cell::Share(rounded(high)),
            Cell::of(r.margin, Cell::Money),
            Cell::Money(r.cost),
            real(r.before.mean()),
            real(r.after.mean()),
            Cell::text(&r.expression),
        ])?;
    }
    Ok(())
}

/// How customers like it.
pub fn experience(
    report: &ExperienceReport,
    machine: bool,
    setup: &Setup,
    row: &mut Rows<'_>,
) -> io::Result<()> {
    for r in &report.rows {
        let Voices { satisfied, recommend, promoters, detractors, .. } = r.voices;
        let name = match (r.by, Stage::parse(&r.name)) {
            (VoiceBy::Stage, Some(at)) => stage(machine, at, setup),
            _ => Cell::text(&r.name),
        };
        let by = match r.by {
            VoiceBy::All => words::EVERYONE,
            VoiceBy::Stage => words::C_STAGE,
            VoiceBy::Segment => words::C_SEGMENT,
            VoiceBy::Offer => words::C_OFFER,
            VoiceBy::Agent => words::C_OWNER,
            VoiceBy::Month => words::C_PERIOD,
        };
        row(&[
            word(machine, r.by.name(), by.in_(setup.lang)),
            name,
            count(satisfied),
            real(r.voices.mean()),
            count(recommend),
            count(promoters),
            count(detractors),
            real(r.voices.net_promoter()),
            real(r.voices.net_promoter_half()),
        ])?;
    }
    Ok(())
}
