//! `vafa case`: processes on their way, begun and moved on from the command line.

use crate::desk::{
    Answer, CaseChange, CaseLine, Command, Deed, Notice, Question, WorkItem, WorkRow, WorkScope,
};
use crate::domain::{CaseState, Definition, DefinitionKind};
use crate::exchange::export::customer_name;
use crate::exchange::export::sheet::Cell;
use crate::text::words::commands as words;
use crate::text::words::deeds;
use crate::text::{SafeText, digits, store_line, store_note};

use super::args::{Case, CaseAction};
use super::failure::{Failure, Status, clean};
use super::out::Out;
use super::setup::Setup;
use super::table::{self, Heading};
use super::visit::Visit;

const HEADINGS: &[Heading] = &[
    Heading::new("case", words::C_CASE),
    Heading::new("process", words::C_PROCESS),
    Heading::new("step", words::C_STEP),
    Heading::new("team", words::C_TEAM),
    Heading::new("customer", words::C_CUSTOMER),
    Heading::new("name", words::C_NAME),
    Heading::new("owner", words::C_OWNER).spare(),
    Heading::new("due", words::C_DUE),
    Heading::new("overdue", words::C_OVERDUE),
    Heading::new("opened", words::C_OPENED).spare(),
];

/// `vafa case`.
pub fn run(setup: &Setup, given: &Case, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let visit = Visit::open_loaded(setup)?;
    let setup = &visit.spoken(setup);
    let notice = match &given.action {
        CaseAction::List { mine, team, process, late, format } => {
            let rows = rows(&visit, if *mine { WorkScope::Mine } else { WorkScope::All })?;
            let is = |wanted: &Option<String>, text: &str| {
                wanted.as_ref().is_none_or(|w| w.to_lowercase() == text.to_lowercase())
            };
            let output = |e: std::io::Error| Failure::output(&e, lang);
            let mut sheet =
                out.sheet(HEADINGS, *format, setup, visit.decimals()).map_err(output)?;
            for (row, line) in &rows {
                let overdue = line.case.is_overdue(visit.who.now);
                if is(team, &line.step.team) && is(process, &line.process) && (overdue || !late) {
                    sheet.row(&cells(row, line, overdue)).map_err(output)?;
                }
            }
            return sheet.finish().map_err(output);
        }
        CaseAction::Start { process, customer, note } => {
            let plans = visit.plans()?;
            let found = plans.definitions.named(DefinitionKind::Process, process);
            let Some(Definition::Process(found)) = found.map(|kept| kept.record) else {
                let args = [("what", words::PROCESS.in_(lang).into()), ("name", clean(process))];
                return Err(Failure::new(Status::NotFound, words::NOT_FOUND.with(lang, &args)));
            };
            let customer = visit.customer(customer)?;
            let note = store_note(note);
            visit.act(Command::StartCase { process: found.id, customer, note })?
        }
        CaseAction::Finish { case, note } => {
            change(&visit, setup, case, CaseChange::Finish(store_note(note)))?
        }
        CaseAction::Drop { case, reason } => {
            change(&visit, setup, case, CaseChange::Drop(store_line(reason)))?
        }
        CaseAction::Take { case } => {
            change(&visit, setup, case, CaseChange::Give(Some(visit.who.agent.id)))?
        }
    };
    out.line(&told(&notice, setup)).map_err(|e| Failure::output(&e, lang))
}

fn cells(row: &WorkRow, line: &CaseLine, overdue: bool) -> [Cell; 10] {
    [
        Cell::Count(line.case.id.0 as i64),
        Cell::text(&line.process),
        Cell::text(&line.step.name),
        Cell::text(&line.step.team),
        Cell::code(&customer_name(&row.row.customer)),
        Cell::text(&row.row.customer.name),
        Cell::text(&line.owner),
        Cell::Time(line.case.due),
        Cell::Yes(overdue),
        Cell::Time(line.case.opened),
    ]
}

/// Open cases, the most urgent first.
fn rows(visit: &Visit, scope: WorkScope) -> Result<Vec<(WorkRow, CaseLine)>, Failure> {
    let Answer::Work(work) = visit.ask(Question::Work { scope, step: None, count: usize::MAX })?
    else {
        return Ok(Vec::new());
    };
    let steps = work.rows.into_iter().filter_map(|row| match row.item.clone() {
        WorkItem::Step(line) => Some((row, *line)),
        WorkItem::Task(_) => None,
    });
    Ok(steps.collect())
}

/// Changes the open case of this number, with or without a `#` before it.
fn change(
    visit: &Visit,
    setup: &Setup,
    given: &str,
    change: CaseChange,
) -> Result<Notice, Failure> {
    let id = digits(given.trim()).trim_start_matches('#').parse::<u64>().ok();
    let found = rows(visit, WorkScope::All)?.into_iter().find(|(_, l)| Some(l.case.id.0) == id);
    let Some((_, line)) = found else {
        let args = [("what", words::OPEN_CASE.in_(setup.lang).into()), ("name", clean(given))];
        return Err(Failure::new(Status::NotFound, words::NOT_FOUND.with(setup.lang, &args)));
    };
    let (customer, case) = (line.case.customer, line.case.id);
    visit.act(Command::ChangeCase { customer, case, change })
}

/// Where the case stands now.
fn told(notice: &Notice, setup: &Setup) -> SafeText {
    let Deed::CaseChanged { case, name, process, step, state, due, .. } = &notice.deed else {
        return SafeText::EMPTY;
    };
    let phrase = match state {
        CaseState::Open => deeds::CASE_AT,
        CaseState::Done => deeds::CASE_DONE,
        CaseState::Dropped => deeds::CASE_DROPPED,
    };
    let when = table::words(&Cell::Time(*due), setup, 0);
    let line = phrase.with(
        setup.lang,
        &[
            ("name", clean(name)),
            ("process", clean(process)),
            ("step", clean(step)),
            ("when", when.into()),
        ],
    );
    crate::text::safe!["#", SafeText::clean(&case.to_string()), "  ", line]
}
