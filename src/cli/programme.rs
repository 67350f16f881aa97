//! `vafa programme` and `vafa points`: what loyalty programmes owe, and the points of a customer.

use crate::desk::{Answer, Cancel, Command, Deed, Membership, Question};
use crate::domain::Programme;
use crate::exchange::export::sheet::Cell;
use crate::text::words::commands as words;
use crate::text::{ascii_number, fold, store_line};

use super::args::{PointsOf, ProgrammeAction, Programmes, View};
use super::failure::Failure;
use super::out::Out;
use super::setup::Setup;
use super::table::Heading;
use super::visit::Visit;

const REPORT: &[Heading] = &[
    Heading::new("programme", words::C_PROGRAMME),
    Heading::new("members", words::C_N),
    Heading::new("earned", words::C_EARNED),
    Heading::new("redeemed", words::C_REDEEMED),
    Heading::new("lost", words::C_LOST),
    Heading::new("open", words::C_BALANCE),
    Heading::new("liability", words::C_LIABILITY),
    Heading::new("cost", words::C_COST),
];

const POINTS: &[Heading] = &[
    Heading::new("programme", words::C_PROGRAMME),
    Heading::new("points", words::C_BALANCE),
    Heading::new("worth", words::C_VALUE),
    Heading::new("next_lost", words::C_NEXT_LOST).spare(),
    Heading::new("next_lost_on", words::C_TO).spare(),
    Heading::new("spent", words::C_SPENT),
    Heading::new("discount", words::C_DISCOUNT).spare(),
    Heading::new("terms", words::C_TERMS).spare(),
];

/// `vafa programme`.
pub fn run(setup: &Setup, given: &Programmes, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let visit = Visit::open_loaded(setup)?;
    match &given.action {
        ProgrammeAction::Accrue => {
            let notice = visit.act(Command::Accrue)?;
            let Deed::Closed { tally, .. } = notice.deed else { return Ok(()) };
            let args = [("n", tally.added.into()), ("same", tally.same.into())];
            let line = words::ACCRUED.with(lang, &args);
            out.line(&line).map_err(|e| Failure::output(&e, lang))
        }
        ProgrammeAction::Report { format } => {
            let setup = &visit.spoken(setup);
            let rows = visit.desk.programmes_report(&visit.who, &Cancel::default());
            let rows = rows.map_err(|r| Failure::refused(&r, "", lang))?;
            let output = |e: std::io::Error| Failure::output(&e, lang);
            let mut sheet = out.sheet(REPORT, *format, setup, visit.decimals()).map_err(output)?;
            for row in rows {
                let cells = [
                    Cell::text(&row.programme.name),
                    Cell::Count(row.members as i64),
                    Cell::Count(row.earned),
                    Cell::Count(row.redeemed),
                    Cell::Count(row.lost),
                    Cell::Count(row.open),
                    Cell::Money(row.liability()),
                    Cell::Money(row.cost()),
                ];
                sheet.row(&cells).map_err(output)?;
            }
            sheet.finish().map_err(output)
        }
    }
}

/// `vafa points`.
pub fn points(setup: &Setup, given: &PointsOf, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let visit = Visit::open_loaded(setup)?;
    let customer = visit.customer(&given.customer)?;
    if let Some(text) = &given.redeem {
        let bad = || Failure::bad_word("--redeem", "100", text, lang);
        let points: i64 = ascii_number(text).parse().map_err(|_| bad())?;
        let programme = programme(given, &visit, setup)?;
        let note = store_line(&given.note);
        visit.act(Command::Redeem { customer, programme: programme.id, points, note })?;
    }
    let Answer::Profile(profile) = visit.ask(Question::Profile(customer))? else { return Ok(()) };
    print(&profile.memberships, given.format, &visit, setup, out)
}

fn print(
    all: &[Membership],
    format: View,
    visit: &Visit,
    setup: &Setup,
    out: &mut Out,
) -> Result<(), Failure> {
    let setup = &visit.spoken(setup);
    let output = |e: std::io::Error| Failure::output(&e, setup.lang);
    let mut sheet = out.sheet(POINTS, format, setup, visit.decimals()).map_err(output)?;
    for m in all {
        let cells = [
            Cell::text(&m.programme.name),
            Cell::Count(m.balance.points),
            Cell::Money(m.worth),
            Cell::of(m.balance.next, |(_, points)| Cell::Count(points)),
            Cell::of(m.balance.next, |(day, _)| Cell::day(day)),
            Cell::Money(m.spent),
            Cell::of(m.tier.as_ref(), |tier| Cell::Share(f64::from(tier.discount) / 1_000.0)),
            Cell::of(m.tier.as_ref(), |tier| Cell::text(&tier.terms)),
        ];
        sheet.row(&cells).map_err(output)?;
    }
    sheet.finish().map_err(output)
}

/// The programme that is named, or the only one there is.
fn programme(given: &PointsOf, visit: &Visit, setup: &Setup) -> Result<Programme, Failure> {
    let plans = visit.plans()?;
    let all = plans.definitions.programmes.iter().map(|kept| &kept.record);
    let known = || all.clone().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ");
    match &given.programme {
        Some(name) => {
            let found = all.clone().find(|p| fold(&p.name) == fold(name));
            let bad = || Failure::bad_word("--programme", &known(), name, setup.lang);
            found.cloned().ok_or_else(bad)
        }
        None => match all.clone().collect::<Vec<_>>().as_slice() {
            [one] => Ok((*one).clone()),
            _ => Err(Failure::bad_word("--programme", &known(), "", setup.lang)),
        },
    }
}
