//! `vafa lifecycle run`: moves everybody whose stage is another by the rules, or says who would move.

use std::io;

use crate::desk::{Answer, Command, Deed, LifecycleRun, Question};
use crate::domain::GestureId;
use crate::exchange::export::sheet::Cell;
use crate::insight::lifecycle::Rule;
use crate::text::words::{commands as words, lifecycle as l};
use crate::text::{SafeText, decimal, percent, safe};
use crate::ui::terms;

use super::args::{Lifecycle, LifecycleAction};
use super::failure::{Failure, clean};
use super::out::{self, Out};
use super::setup::Setup;
use super::table::Heading;
use super::visit::Visit;

const HEADINGS: &[Heading] = &[
    Heading::new("from", l::C_FROM),
    Heading::new("to", l::C_TO),
    Heading::new("rule", l::C_RULE),
    Heading::new("customers", words::C_N),
];

/// `vafa lifecycle`.
pub fn run(setup: &Setup, given: &Lifecycle, out: &mut Out) -> Result<(), Failure> {
    let (dry_run, format) = match &given.action {
        LifecycleAction::Run { dry_run, format } => (*dry_run, *format),
        LifecycleAction::Close { customer, note } => return close(setup, customer, note, out),
    };
    let visit = Visit::open_loaded(setup)?;
    let (run, batch, begun) = if dry_run {
        let Answer::Lifecycle(run) = visit.ask(Question::Lifecycle)? else { return Ok(()) };
        (run, None, 0)
    } else {
        let notice = visit.act(Command::Lifecycle)?;
        let Deed::Moved(run) = notice.deed else { return Ok(()) };
        (run, Some(notice.gesture).filter(|id| id.0 > 0), notice.begun)
    };
    let mut print = || -> io::Result<()> {
        let mut sheet = out.sheet(HEADINGS, format, setup, visit.decimals())?;
        for moved in &run.moves {
            let rule = Rule::parse(moved.rule);
            let why = rule.map(|rule| terms::rule(rule).in_(setup.lang)).unwrap_or_default();
            sheet.row(&[
                Cell::Term(moved.from.name(), terms::stage(moved.from)),
                Cell::Term(moved.to.name(), terms::stage(moved.to)),
                Cell::Data(moved.rule.into(), why),
                Cell::Count(moved.customers as i64),
            ])?;
        }
        sheet.finish()
    };
    print().map_err(|e| Failure::output(&e, setup.lang))?;
    out::note(setup, &summary(&run, dry_run, batch, setup));
    if begun > 0 {
        out::note(setup, &out::begun(begun, setup.lang));
    }
    Ok(())
}

/// Gives up having a customer back.
fn close(setup: &Setup, customer: &str, note: &str, out: &mut Out) -> Result<(), Failure> {
    let visit = Visit::open_loaded(setup)?;
    let customer = visit.customer(customer)?;
    let notice = visit.act(Command::CloseWinBack { customer, note: note.to_owned() })?;
    let Deed::Noted { name, .. } = notice.deed else { return Ok(()) };
    let line = l::WAS_CLOSED.with(setup.lang, &[("name", clean(&name))]);
    out.line(&line).map_err(|e| Failure::output(&e, setup.lang))
}

/// How many moved, by which limits, and how to take it back.
pub fn summary(run: &LifecycleRun, dry: bool, batch: Option<GestureId>, setup: &Setup) -> SafeText {
    let lang = setup.lang;
    let args = [("n", run.total().into()), ("of", run.of.into()), ("hand", run.by_hand.into())];
    let moved = if dry { l::WOULD_MOVE } else { l::HAVE_MOVED }.with(lang, &args);
    let limits = &run.limits;
    let args = [
        ("days", limits.loyal_days.into()),
        ("gap", decimal(limits.loyal_gap, 0, lang).into()),
        ("risk", percent(limits.at_risk_from, lang).into()),
        ("gone", percent(limits.gone_below, lang).into()),
    ];
    let phrase = if limits.loyal_gap.is_finite() { l::LIMITS } else { l::LIMITS_ANY };
    let line = safe![moved, "; ", phrase.with(lang, &args)];
    match batch {
        Some(batch) => {
            let undo = words::UNDO_WITH.with(lang, &[("batch", clean(&batch.to_string()))]);
            safe![line, "; ", undo]
        }
        None => line,
    }
}
