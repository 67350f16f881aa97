//! `vafa queue`: who is worth a call, the most worthwhile first.

use crate::desk::tell::{comma, lead_in, reason_in};
use crate::desk::{Answer, Lack, Question, QueueRow, Refusal};
use crate::domain::QueueKind;
use crate::exchange::export::queue::{cells, each};
use crate::exchange::export::sheet::Cell;
use crate::text::SafeText;
use crate::text::words::commands as words;

use super::args::{Queue, View};
use super::export::{queue_kind, queues};
use super::failure::Failure;
use super::out::{self, Out};
use super::setup::Setup;
use super::table::{Heading, cash};
use super::visit::Visit;

pub const HEADINGS: &[Heading] = &[
    Heading::new("rank", words::C_RANK),
    Heading::new("customer", words::C_CUSTOMER),
    Heading::new("name", words::C_NAME),
    Heading::new("expected_value", words::C_WORTH),
    Heading::new("p_alive", words::C_P_ALIVE).spare(),
    Heading::new("leave_date", words::C_LEAVES).spare(),
    Heading::new("offer", words::C_OFFER).spare(),
    Heading::new("reasons", words::C_REASONS),
    Heading::new("phone", words::C_PHONE),
];

/// A failure of one of the two sides.
enum Stop {
    Refused(Refusal),
    Output(std::io::Error),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// `vafa queue`.
pub fn run(setup: &Setup, given: &Queue, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let kind = queue_kind(&given.kind)
        .ok_or_else(|| Failure::bad_word("queue", &queues(), &given.kind, lang))?;
    let visit = Visit::open_loaded(setup)?;
    let setup = &visit.spoken(setup);
    visit.desk.prepare().map_err(|refusal| Failure::refused(&refusal, "", lang))?;
    let decimals = visit.decimals();
    let output = |e: std::io::Error| Failure::output(&e, lang);
    let mut sheet = out.sheet(HEADINGS, given.format, setup, decimals).map_err(output)?;
    let done = each(visit.source(), kind, given.limit, &mut |rank, row| {
        let mut cells = cells(rank, row);
        if given.format == View::Table {
            in_words(&mut cells, row, decimals, setup);
        }
        sheet.row(&cells).map_err(Stop::Output)
    });
    let rows = done.map_err(|stop| match stop {
        Stop::Refused(refusal) => Failure::refused(&refusal, "", lang),
        Stop::Output(error) => output(error),
    })?;
    sheet.finish().map_err(output)?;
    if rows == 0 {
        say_why(&visit, kind, setup)?;
    }
    Ok(())
}

/// Why nobody is in a queue, when too little is known to tell.
fn say_why(visit: &Visit, kind: QueueKind, setup: &Setup) -> Result<(), Failure> {
    let question = Question::Queue { kind, from: 0, count: 0, anchor: None };
    let Answer::Queue(page) = visit.ask(question)? else { return Ok(()) };
    if let Some(Lack { what, have, needed }) = page.lack {
        let refusal = Refusal::NotEnough { what, have, needed };
        return Err(Failure::refused(&refusal, "", setup.lang));
    }
    if !page.fitted && kind != QueueKind::Callbacks {
        out::note(setup, &words::NO_SCORES.in_(setup.lang));
    }
    Ok(())
}

/// The reasons as a person reads them.
pub fn in_words(cells: &mut [Cell], row: &QueueRow, decimals: u8, setup: &Setup) {
    let lang = setup.lang;
    let reasons = row.reasons.iter().map(|r| reason_in(r, &|sum| cash(sum, decimals, setup), lang));
    let all: Vec<SafeText> =
        row.leads.iter().map(|lead| lead_in(lead, lang)).chain(reasons).collect();
    let joined = SafeText::join(&all, &comma(lang));
    for cell in cells {
        if let Cell::Data(_, words) = cell {
            *words = joined.clone();
        }
    }
}
