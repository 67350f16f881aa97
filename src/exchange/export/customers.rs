//! Customers as rows: the columns an import reads, so that a file goes out and in without a change.

use std::collections::BTreeSet;
use std::io::Write;

use crate::desk::Row;
use crate::domain::{ContactKind, Customer, CustomerId};

use super::sheet::{Cell, Style, sheet};
use super::{ExportError, Source};

/// The columns before those of the organisation's own.
pub const COLUMNS: &[&str] = &[
    "external_id",
    "kind",
    "name",
    "other_names",
    "other_ids",
    "phone",
    "email",
    "web",
    "birth_date",
    "gender",
    "city",
    "region",
    "country",
    "address",
    "postal_code",
    "time_zone",
    "language",
    "source",
    "owner",
    "stage",
    "tags",
    "joined",
    "do_not_call",
    "marketing",
];

/// Writes the customers an expression selects.
pub fn write(
    source: Source<'_>,
    expression: &str,
    style: Style,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<usize, ExportError> {
    let ids = source.ids(expression)?;
    let own = own_fields(source, &ids)?;
    let titles = COLUMNS.iter().map(|c| (*c).to_owned());
    let columns: Vec<String> = titles.chain(own.iter().map(|n| format!("field.{n}"))).collect();
    let mut sheet = sheet(out, &columns, style)?;
    let mut done = 0;
    source.each_row(&ids, &mut |row| {
        let mut cells = cells(source, row);
        let fields = &row.customer.fields;
        let value = |name: &String| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v);
        cells.extend(own.iter().map(|name| Cell::of(value(name), |v| Cell::text(v))));
        sheet.row(&cells)?;
        done += 1;
        progress(done, ids.len());
        Ok(())
    })?;
    sheet.finish()?;
    Ok(done)
}

/// The names of all own fields in use.
fn own_fields(source: Source<'_>, ids: &[CustomerId]) -> Result<BTreeSet<String>, ExportError> {
    let mut names = BTreeSet::new();
    source.each_row(ids, &mut |row| {
        for (name, _) in &row.customer.fields {
            if !names.contains(name) {
                names.insert(name.clone());
            }
        }
        Ok(())
    })?;
    Ok(names)
}

fn cells(source: Source<'_>, row: &Row) -> Vec<Cell> {
    let c: &Customer = &row.customer;
    vec![
        Cell::of(c.external_id.as_deref(), Cell::text),
        Cell::text(c.kind.name()),
        Cell::text(&c.name),
        items(c.other_names.clone()),
        items(c.other_ids.clone()),
        contacts(c, ContactKind::Phone),
        contacts(c, ContactKind::Email),
        contacts(c, ContactKind::Web),
        Cell::of(c.birth, Cell::Day),
        Cell::of(c.gender, |g| Cell::text(g.name())),
        Cell::text(&c.place.city),
        Cell::text(&c.place.region),
        Cell::text(&c.place.country),
        Cell::text(&c.place.address),
        Cell::text(&c.place.postal_code),
        Cell::text(&c.time_zone),
        Cell::text(&c.language),
        Cell::text(&c.source),
        Cell::of(c.owner, |id| Cell::text(source.agent(id))),
        Cell::text(c.stage.name()),
        items(c.tags.clone()),
        Cell::day(c.joined),
        Cell::of(c.consent.do_not_call.as_ref(), |d| {
            Cell::Text(format!("{} {}", d.since, d.reason).trim_end().to_owned())
        }),
        Cell::of(c.consent.marketing, Cell::Yes),
    ]
}

fn items(all: Vec<String>) -> Cell {
    if all.is_empty() { Cell::None } else { Cell::Items(all) }
}

/// All contacts of a kind, what is said of each in parentheses.
fn contacts(customer: &Customer, kind: ContactKind) -> Cell {
    let all = customer.contacts.iter().filter(|c| c.kind == kind);
    items(
        all.map(|c| match c.label.as_str() {
            "" => c.value.clone(),
            label => format!("{} ({label})", c.value),
        })
        .collect(),
    )
}
