//! `vafa undo`: takes an act back whole.

use crate::desk::tell::act_in;
use crate::desk::{Command, Deed};
use crate::domain::GestureId;
use crate::text::words::commands as words;

use super::args::Undo;
use super::failure::Failure;
use super::out::Out;
use super::setup::Setup;
use super::visit::Visit;

/// `vafa undo`.
pub fn run(setup: &Setup, given: &Undo, out: &mut Out) -> Result<(), Failure> {
    let visit = Visit::open_loaded(setup)?;
    let notice = visit.act(Command::Undo(given.batch.map(GestureId)))?;
    let Deed::Undone { label, count, .. } = notice.deed else { return Ok(()) };
    let label = act_in(&label, setup.lang).into();
    let args = [("label", label), ("count", count.into())];
    let line = words::UNDONE.with(setup.lang, &args);
    out.line(&line).map_err(|e| Failure::output(&e, setup.lang))
}
