//! `vafa script`: what is said to a customer in a call, filled in.

use crate::desk::{Answer, Question, Which};
use crate::exchange::export::sheet::Cell;
use crate::text::words::scripts as w;
use crate::ui::spoken;

use super::args::Script;
use super::failure::Failure;
use super::out::Out;
use super::setup::Setup;
use super::table::Heading;
use super::visit::Visit;

const HEADINGS: &[Heading] = &[
    Heading::new("line", w::C_LINE),
    Heading::new("step", w::C_STEP),
    Heading::new("text", w::C_TEXT),
];

/// `vafa script`.
pub fn run(setup: &Setup, given: &Script, out: &mut Out) -> Result<(), Failure> {
    let visit = Visit::open_loaded(setup)?;
    let customer = visit.customer(&given.customer)?;
    let which = Which::Named(given.name.clone());
    let Answer::Script(Some(script)) = visit.ask(Question::Script { customer, which })? else {
        return Ok(());
    };
    let output = |e: std::io::Error| Failure::output(&e, setup.lang);
    let mut sheet = out.sheet(HEADINGS, given.format, setup, visit.decimals()).map_err(output)?;
    for (at, line) in script.lines.iter().enumerate() {
        let text = spoken::line(line, setup.calendar, setup.lang);
        let plain = text.plain().into_owned();
        let cells =
            [Cell::Count(at as i64 + 1), Cell::Yes(line.check), Cell::Data(plain.into(), text)];
        sheet.row(&cells).map_err(output)?;
    }
    sheet.finish().map_err(output)
}
