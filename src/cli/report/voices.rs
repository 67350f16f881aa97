//! Offers and experience as rows.

use std::io;

use crate::desk::reports::{Among, ExperienceReport, OffersReport, VoiceBy};
use crate::domain::Stage;
use crate::exchange::export::sheet::Cell;
use crate::insight::experience::Voices;
use crate::text::words::commands as words;
use crate::ui::terms;

use super::super::setup::Setup;
use super::super::table::Heading;
use super::{Rows, rounded, word};

pub const OFFERS: &[Heading] = &[
    Heading::new("offer", words::C_OFFER),
    Heading::new("among", words::C_AMONG),
    Heading::new("asked", words::C_ASKED),
    Heading::new("accepted", words::C_ACCEPTED),
    Heading::new("refused", words::C_REFUSED),
    Heading::new("rate", words::C_SHARE),
    Heading::new("low", words::C_LOW),
    Heading::new("high", words::C_HIGH),
    Heading::new("margin", words::C_MARGIN),
    Heading::new("cost", words::C_COST),
    Heading::new("satisfaction_before", words::C_BEFORE),
    Heading::new("satisfaction_after", words::C_AFTER),
    Heading::new("where", words::C_WHERE),
];

pub const EXPERIENCE: &[Heading] = &[
    Heading::new("by", words::C_PART),
    Heading::new("name", words::C_NAME),
    Heading::new("satisfied", words::C_ASKED),
    Heading::new("satisfaction", words::C_SATISFACTION),
    Heading::new("recommend", words::C_ASKED),
    Heading::new("promoters", words::C_PROMOTERS),
    Heading::new("detractors", words::C_DETRACTORS),
    Heading::new("nps", words::C_NPS),
    Heading::new("nps_half", words::C_HALF),
];

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
            VoiceBy::Agent => words::AGENT,
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
