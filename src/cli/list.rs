//! `vafa find` and `vafa list`: customers a row each.

use std::io;

use crate::desk::{Answer, ListQuery, Listing, Question, Row, Status};
use crate::directory::{Sort, SortField};
use crate::domain::{AgentId, ContactKind};
use crate::exchange::export::customer_name;
use crate::exchange::export::sheet::Cell;
use crate::text::words::commands as words;
use crate::ui::terms;

use super::args::{Find, List, View};
use super::failure::Failure;
use super::out::{self, Out};
use super::setup::Setup;
use super::table::Heading;
use super::visit::Visit;

/// Columns that give way on a narrow terminal when nobody asked for them by name.
const SPARE: &[&str] = &["last_purchase", "value", "city", "stage", "tags"];
/// Rows asked for at a time.
const WINDOW: usize = 500;

/// A column of a list: how it is called, and what stands in it.
#[derive(Clone, Copy)]
pub struct Column {
    pub heading: Heading,
    pub cell: fn(&Row, &Status) -> Cell,
    sort: Option<SortField>,
}

macro_rules! columns {
    ($($name:literal $title:ident $sort:expr => $cell:expr;)*) => {
        /// Every column there is.
        pub const COLUMNS: &[Column] = &[$(Column {
            heading: Heading::new($name, words::$title),
            cell: $cell,
            sort: $sort,
        }),*];
    };
}

columns! {
    "id" C_ID Some(SortField::Id) => |r, _| Cell::Count(r.customer.id.0 as i64);
    "customer" C_CUSTOMER None => |r, _| Cell::Code(customer_name(&r.customer));
    "external_id" C_EXTERNAL None => |r, _| Cell::of(r.customer.external_id.as_deref(), Cell::code);
    "name" C_NAME Some(SortField::Name) => |r, _| Cell::text(&r.customer.name);
    "kind" C_KIND None => |r, _| Cell::Term(r.customer.kind.name(), terms::kind(r.customer.kind));
    "phone" C_PHONE None => |r, _| Cell::of(r.customer.contact(ContactKind::Phone), Cell::phone);
    "email" C_EMAIL None => |r, _| Cell::of(r.customer.contact(ContactKind::Email), Cell::code);
    "city" C_CITY Some(SortField::City) => |r, _| Cell::text(&r.customer.place.city);
    "stage" C_STAGE Some(SortField::Stage) => |r, _| Cell::Term(r.customer.stage.name(), terms::stage(r.customer.stage));
    "owner" C_OWNER None => |r, s| Cell::of(r.customer.owner, |id| owner(id, s));
    "source" C_SOURCE None => |r, _| Cell::text(&r.customer.source);
    "tags" C_TAGS None => |r, _| tags(r);
    "joined" C_JOINED Some(SortField::Joined) => |r, _| Cell::day(r.customer.joined);
    "birth_date" C_BIRTH Some(SortField::Birth) => |r, _| Cell::of(r.customer.birth, Cell::Day);
    "first_purchase" C_FIRST None => |r, _| Cell::day(r.figures.first);
    "last_purchase" C_LAST Some(SortField::LastPurchase) => |r, _| Cell::day(r.figures.last);
    "last_contact" C_CONTACT Some(SortField::LastContact) => |r, _| Cell::day(r.figures.last_contact);
    "purchases" C_PURCHASES Some(SortField::Purchases) => |r, _| Cell::Count(i64::from(r.figures.purchases));
    "spent" C_SPENT Some(SortField::Spent) => |r, _| Cell::Money(r.figures.spent);
    "value" C_VALUE Some(SortField::Value) => |r, _| Cell::of(r.figures.value, Cell::Money);
    "p_alive" C_P_ALIVE None => |r, _| Cell::of(r.figures.p_alive, Cell::share);
    "risk" C_RISK Some(SortField::Risk) => |r, _| Cell::of(r.figures.risk, Cell::share);
    "saves" C_SAVES Some(SortField::Saves) => |r, _| Cell::of(r.figures.saves, Cell::Money);
    "leave_date" C_LEAVES Some(SortField::Leave) => |r, _| Cell::of(r.figures.leave, Cell::Day);
    "rfm" C_RFM None => |r, _| Cell::of(r.figures.rfm, |[r, f, m]| Cell::Text(format!("{r}{f}{m}")));
}

/// The columns when none are asked for.
const USUAL: &[&str] = &[
    "customer",
    "name",
    "phone",
    "city",
    "stage",
    "last_purchase",
    "spent",
    "value",
    "risk",
    "tags",
];

fn owner(id: AgentId, status: &Status) -> Cell {
    let agent = status.agents.iter().find(|a| a.id == id);
    Cell::of(agent, |a| Cell::text(&a.name))
}

fn tags(row: &Row) -> Cell {
    let tags = &row.customer.tags;
    if tags.is_empty() { Cell::None } else { Cell::Items(tags.clone()) }
}

/// `vafa find`.
pub fn find(setup: &Setup, given: &Find, out: &mut Out) -> Result<(), Failure> {
    let visit = Visit::open_loaded(setup)?;
    let query = ListQuery { text: given.text.join(" "), ..ListQuery::default() };
    print(setup, &visit, query, given.limit, &chosen(&[], setup)?, given.format, out)
}

/// `vafa list`.
pub fn list(setup: &Setup, given: &List, out: &mut Out) -> Result<(), Failure> {
    let columns = chosen(&given.columns, setup)?;
    let sort = sort(given.sort.as_deref(), setup)?;
    let visit = Visit::open_loaded(setup)?;
    let query = ListQuery { expression: given.filter.clone(), sort, ..ListQuery::default() };
    let limit = given.limit.unwrap_or(usize::MAX);
    print(setup, &visit, query, limit, &columns, given.format, out)
}

fn chosen(names: &[String], setup: &Setup) -> Result<Vec<Column>, Failure> {
    if names.is_empty() {
        let usual =
            USUAL.iter().filter_map(|name| COLUMNS.iter().find(|c| c.heading.name == *name));
        let spared = usual.map(|column| {
            let is_spare = SPARE.contains(&column.heading.name);
            let heading = if is_spare { column.heading.spare() } else { column.heading };
            Column { heading, ..*column }
        });
        return Ok(spared.collect());
    }
    names
        .iter()
        .map(|name| {
            let found = COLUMNS.iter().find(|c| c.heading.is_called(name));
            found.copied().ok_or_else(|| {
                let known = COLUMNS.iter().map(|c| c.heading.name);
                let known = known.collect::<Vec<_>>().join(", ");
                Failure::bad_word("--columns", &known, name, setup.lang)
            })
        })
        .collect()
}

fn sort(given: Option<&str>, setup: &Setup) -> Result<Sort, Failure> {
    let Some(given) = given else { return Ok(Sort::default()) };
    let (name, descending) = match given.strip_prefix('-') {
        Some(name) => (name, true),
        None => (given, false),
    };
    let found = COLUMNS.iter().find(|c| c.heading.is_called(name)).and_then(|c| c.sort);
    let field = found.ok_or_else(|| {
        let sorted = COLUMNS.iter().filter(|c| c.sort.is_some()).map(|c| c.heading.name);
        let known = sorted.collect::<Vec<_>>().join(", ");
        Failure::bad_word("--sort", &known, given, setup.lang)
    })?;
    Ok(Sort { field, descending })
}

fn print(
    setup: &Setup,
    visit: &Visit,
    query: ListQuery,
    limit: usize,
    columns: &[Column],
    view: View,
    out: &mut Out,
) -> Result<(), Failure> {
    let lang = setup.lang;
    let output = |e: io::Error| Failure::output(&e, lang);
    let setup = &visit.spoken(setup);
    let headings: Vec<Heading> = columns.iter().map(|c| c.heading).collect();
    let mut sheet = out.sheet(&headings, view, setup, visit.decimals()).map_err(output)?;
    let (mut shown, mut total) = (0, 0);
    while shown < limit {
        let page = page(visit, &query, shown, WINDOW.min(limit - shown), setup)?;
        for row in &page.rows {
            let cells: Vec<Cell> = columns.iter().map(|c| (c.cell)(row, &visit.status)).collect();
            sheet.row(&cells).map_err(output)?;
        }
        shown += page.rows.len();
        total = page.total;
        if page.rows.is_empty() || shown >= total {
            break;
        }
    }
    sheet.finish().map_err(output)?;
    drop(sheet);
    out::note(setup, &words::SHOWN.with(lang, &[("shown", shown.into()), ("of", total.into())]));
    Ok(())
}

fn page(
    visit: &Visit,
    query: &ListQuery,
    from: usize,
    count: usize,
    setup: &Setup,
) -> Result<Listing, Failure> {
    let query = ListQuery { from, count, ..query.clone() };
    let expression = query.expression.clone();
    let Answer::List(page) = visit.ask_where(Question::List(query), &expression)? else {
        return Ok(Listing::default());
    };
    match &page.error {
        Some(error) => Err(Failure::expression(error, &expression, setup.lang)),
        None => Ok(page),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::failure::Status;

    #[test]
    fn columns_and_orders_are_named() {
        let setup = Setup::for_tests();
        let names = |given: &[&str]| {
            let given: Vec<String> = given.iter().map(|g| (*g).to_owned()).collect();
            chosen(&given, &setup)
                .map(|all| all.iter().map(|c| c.heading.name).collect::<Vec<_>>())
                .map_err(|f| f.status)
        };
        assert_eq!(names(&[]).map(|all| all.len()), Ok(USUAL.len()));
        assert_eq!(names(&["Last Purchase", "name"]), Ok(vec!["last_purchase", "name"]));
        assert_eq!(names(&["نام", "آخرین خريد"]), Ok(vec!["name", "last_purchase"]));
        assert_eq!(names(&["shoe"]), Err(Status::Usage));
        let spent = Sort { field: SortField::Spent, descending: true };
        assert_eq!(sort(Some("-spent"), &setup).unwrap(), spent);
        for bad in ["-", "tags", "--spent", ""] {
            assert!(sort(Some(bad), &setup).is_err(), "{bad}");
        }
    }
}
