//! `vafa duplicates`: customers who may be one and the same, a row each, group by group; and two of whom
//! somebody knows that they are not.

use crate::desk::{Answer, Command, Duplicates as Found, LikelyOne, Question, Row};
use crate::domain::{ContactKind, Relation, RelationId, RelationKind};
use crate::exchange::export::customer_name;
use crate::exchange::export::sheet::Cell;
use crate::text::words::{commands as words, housekeeping as h};
use crate::text::{SafeText, safe};
use crate::ui::terms::likeness;

use super::args::Duplicates;
use super::failure::{Failure, clean};
use super::out::{self, Out};
use super::setup::Setup;
use super::table::Heading;
use super::visit::Visit;

const HEADINGS: &[Heading] = &[
    Heading::new("group", h::C_GROUP),
    Heading::new("score", h::C_SCORE),
    Heading::new("shares", h::C_SHARES),
    Heading::new("id", words::C_ID),
    Heading::new("customer", words::C_CUSTOMER).spare(),
    Heading::new("name", words::C_NAME),
    Heading::new("phone", words::C_PHONE),
    Heading::new("email", words::C_EMAIL).spare(),
    Heading::new("city", words::C_CITY).spare(),
    Heading::new("last_purchase", words::C_LAST).spare(),
    Heading::new("spent", words::C_SPENT).spare(),
];

/// Groups asked for at a time.
const WINDOW: usize = 500;

/// `vafa duplicates`.
pub fn run(setup: &Setup, given: &Duplicates, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let output = |e: std::io::Error| Failure::output(&e, lang);
    let visit = Visit::open_loaded(setup)?;
    if let [one, other] = given.distinct.as_slice() {
        return distinct(&visit, setup, one, other, out);
    }
    let setup = &visit.spoken(setup);
    let mut sheet = out.sheet(HEADINGS, given.format, setup, visit.decimals()).map_err(output)?;
    let mut shown = 0;
    let (total, customers) = loop {
        let count = WINDOW.min(given.limit - shown);
        let Answer::Duplicates(page) = visit.ask(Question::Duplicates { from: shown, count })?
        else {
            return Ok(());
        };
        let Found { groups, total, customers, .. } = *page;
        let is_last = groups.is_empty();
        for group in groups {
            shown += 1;
            for row in &group.rows {
                sheet.row(&cells(shown, &group, row, setup)).map_err(output)?;
            }
        }
        if is_last || shown >= total.min(given.limit) {
            break (total, customers);
        }
    };
    sheet.finish().map_err(output)?;
    drop(sheet);
    let args = [("shown", shown.into()), ("of", total.into()), ("n", customers.into())];
    out::note(setup, &h::GROUPS_SHOWN.with(lang, &args));
    Ok(())
}

/// Keeps that two customers are two: they are not listed together again.
fn distinct(
    visit: &Visit,
    setup: &Setup,
    one: &str,
    other: &str,
    out: &mut Out,
) -> Result<(), Failure> {
    let lang = setup.lang;
    let (from, to) = (visit.customer(one)?, visit.customer(other)?);
    let (id, kind, note) = (RelationId(0), RelationKind::Distinct, String::new());
    let notice = visit.act(Command::Relate(Relation { id, from, to, kind, note }))?;
    let names = match visit.ask(Question::Rows(vec![from, to]))? {
        Answer::Rows(rows) => rows.into_iter().map(|row| row.customer.name.clone()).collect(),
        _ => Vec::new(),
    };
    let name = |at: usize| clean(names.get(at).map(String::as_str).unwrap_or_default());
    let args = [("one", name(0)), ("other", name(1))];
    // Without a gesture it was known already: there is nothing to take back.
    let line = match notice.gesture.0 {
        0 => h::DISTINCT_ALREADY.with(lang, &args),
        batch => {
            let undo = words::UNDO_WITH.with(lang, &[("batch", clean(&batch.to_string()))]);
            safe![h::DISTINCT.with(lang, &args), "; ", undo]
        }
    };
    out.line(&line).map_err(|e| Failure::output(&e, lang))
}

fn cells(number: usize, group: &LikelyOne, row: &Row, setup: &Setup) -> Vec<Cell> {
    let c = &row.customer;
    let names: Vec<&str> = group.shares.iter().map(|s| s.name()).collect();
    let told: Vec<SafeText> = group.shares.iter().map(|s| likeness(*s).in_(setup.lang)).collect();
    let told = SafeText::join(&told, &crate::desk::tell::comma(setup.lang));
    vec![
        Cell::Count(number as i64),
        Cell::Share(group.score),
        Cell::Data(serde_json::json!(names), told),
        Cell::Count(c.id.0 as i64),
        Cell::Code(customer_name(c)),
        Cell::text(&c.name),
        Cell::of(c.contact(ContactKind::Phone), Cell::phone),
        Cell::of(c.contact(ContactKind::Email), Cell::code),
        Cell::text(&c.place.city),
        Cell::day(row.figures.last),
        Cell::Money(row.figures.spent),
    ]
}
