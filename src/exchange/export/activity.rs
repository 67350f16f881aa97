//! Purchases and interactions as rows, those of one customer after those of another, oldest first.

use std::collections::HashMap;
use std::io::Write;

use crate::domain::{Customer, CustomerId, Line, ProductId, Purchase};

use super::sheet::{Cell, Sheet, Style, sheet};
use super::{ExportError, Source, customer_name};

const PURCHASES: &[&str] = &[
    "external_id",
    "customer",
    "date",
    "kind",
    "product",
    "quantity",
    "amount",
    "unit_cost",
    "currency",
];

const INTERACTIONS: &[&str] = &[
    "external_id",
    "customer",
    "time",
    "channel",
    "direction",
    "outcome",
    "seconds",
    "agent",
    "note",
    "offer",
    "answer",
    "reason",
    "satisfaction",
    "recommend",
    "queue",
    "campaign",
    "checked",
    "despite",
];

/// Writes a row a line of each purchase.
pub fn purchases(
    source: Source<'_>,
    expression: &str,
    style: Style,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<usize, ExportError> {
    let skus = source.desk.skus();
    rows(source, expression, PURCHASES, style, out, progress, &mut |ids, write| {
        source.desk.purchases_of(ids, &mut |customer, purchases| {
            for purchase in &purchases {
                for line in &purchase.lines {
                    write.row(&purchase_cells(customer, purchase, line, &skus))?;
                }
            }
            write.done();
            Ok(())
        })
    })
}

fn purchase_cells(
    customer: &Customer,
    purchase: &Purchase,
    line: &Line,
    skus: &HashMap<ProductId, String>,
) -> Vec<Cell> {
    let sku = |id| skus.get(&id).map(String::as_str);
    vec![
        Cell::of(purchase.external_id.as_deref(), Cell::text),
        Cell::Text(customer_name(customer)),
        Cell::day(purchase.day),
        Cell::text(purchase.kind.name()),
        Cell::of(line.product.and_then(sku), Cell::text),
        Cell::Quantity(line.quantity),
        Cell::Money(line.amount),
        Cell::of(line.cost.and_then(|cost| each(cost, line.quantity)), Cell::Money),
        Cell::text(purchase.currency.code()),
    ]
}

/// The cost of one, to the nearest minor unit.
fn each(cost: i64, quantity: i64) -> Option<i64> {
    let quantity = i128::from(quantity);
    let rounded = (i128::from(cost) * 1000 + quantity / 2).checked_div(quantity)?;
    i64::try_from(rounded).ok()
}

/// Writes a row an interaction; those that were corrected are left out.
pub fn interactions(
    source: Source<'_>,
    expression: &str,
    style: Style,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<usize, ExportError> {
    let (offers, campaigns) = (source.desk.offer_names(), source.desk.campaign_names());
    rows(source, expression, INTERACTIONS, style, out, progress, &mut |ids, write| {
        source.desk.interactions_of(ids, &mut |customer, interactions| {
            for interaction in &interactions {
                let told = &interaction.wrap_up;
                let made = told.offer.as_ref();
                let offer = made.and_then(|made| offers.get(&made.offer));
                let campaign = told.campaign.and_then(|id| campaigns.get(&id));
                let figure = |n: u8| Cell::Count(i64::from(n));
                write.row(&[
                    Cell::of(interaction.external_id.as_deref(), Cell::text),
                    Cell::Text(customer_name(customer)),
                    Cell::Time(interaction.at),
                    Cell::text(interaction.channel.name()),
                    Cell::text(interaction.direction.name()),
                    Cell::text(&interaction.outcome),
                    Cell::Count(i64::from(interaction.seconds)),
                    Cell::text(source.agent(interaction.agent)),
                    Cell::text(&interaction.note),
                    Cell::of(offer, |name| Cell::text(name)),
                    Cell::of(made, |made| Cell::text(made.answer.name())),
                    Cell::of(made, |made| Cell::text(&made.reason)),
                    Cell::of(told.satisfaction, figure),
                    Cell::of(told.recommend, figure),
                    Cell::of(interaction.queue, |queue| Cell::text(queue.name())),
                    Cell::of(campaign, |name| Cell::text(name)),
                    checked(&told.checked),
                    Cell::of(told.despite.as_deref(), Cell::text),
                ])?;
            }
            write.done();
            Ok(())
        })
    })
}

/// The lines of a script that were ticked off, the first is 1.
fn checked(places: &[u8]) -> Cell {
    let places: Vec<String> = places.iter().map(|at| (u16::from(*at) + 1).to_string()).collect();
    if places.is_empty() { Cell::None } else { Cell::Items(places) }
}

const SUBSCRIPTIONS: &[&str] =
    &["external_id", "customer", "product", "start", "end", "period", "amount", "auto_renew"];

/// Writes a row a subscription.
pub fn subscriptions(
    source: Source<'_>,
    expression: &str,
    style: Style,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<usize, ExportError> {
    let skus = source.desk.skus();
    let sku = |id| skus.get(&id).map(String::as_str);
    rows(source, expression, SUBSCRIPTIONS, style, out, progress, &mut |ids, write| {
        source.desk.subscriptions_of(ids, &mut |customer, subscriptions| {
            for s in &subscriptions {
                write.row(&[
                    Cell::of(s.external_id.as_deref(), Cell::text),
                    Cell::Text(customer_name(customer)),
                    Cell::of(s.product.and_then(sku), Cell::text),
                    Cell::day(s.start),
                    Cell::of(s.end, Cell::day),
                    Cell::text(s.term.name()),
                    Cell::Money(s.amount),
                    Cell::Yes(s.auto_renew),
                ])?;
            }
            write.done();
            Ok(())
        })
    })
}

const PRODUCTS: &[&str] = &["sku", "name", "category", "price", "unit_cost"];

/// Writes a row a product, by article number.
pub fn products(
    source: Source<'_>,
    style: Style,
    out: &mut dyn Write,
) -> Result<usize, ExportError> {
    let columns: Vec<String> = PRODUCTS.iter().map(|c| (*c).to_owned()).collect();
    let mut sheet = sheet(out, &columns, style)?;
    let all = source.desk.products();
    for product in &all {
        sheet.row(&[
            Cell::text(&product.sku),
            Cell::text(&product.name),
            Cell::text(&product.category),
            Cell::of(product.price, Cell::Money),
            Cell::of(product.unit_cost, Cell::Money),
        ])?;
    }
    sheet.finish()?;
    Ok(all.len())
}

/// Rows on their way out, counted; and how many customers are done.
pub(super) struct Writer<'w> {
    sheet: Box<dyn Sheet + 'w>,
    rows: usize,
    done: usize,
    of: usize,
    progress: &'w mut dyn FnMut(usize, usize),
}

impl Writer<'_> {
    /// Writes a row.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), ExportError> {
        self.rows += 1;
        Ok(self.sheet.row(cells)?)
    }

    /// One more customer is done.
    pub fn done(&mut self) {
        self.done += 1;
        (self.progress)(self.done, self.of);
    }
}

type EachRow<'e> = dyn FnMut(&[CustomerId], &mut Writer<'_>) -> Result<(), ExportError> + 'e;

/// Writes what `each` finds of the customers an expression selects; how many rows there were.
pub(super) fn rows(
    source: Source<'_>,
    expression: &str,
    columns: &[&str],
    style: Style,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize),
    each: &mut EachRow<'_>,
) -> Result<usize, ExportError> {
    let ids = source.ids(expression)?;
    let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
    let sheet = sheet(out, &columns, style)?;
    let mut writer = Writer { sheet, rows: 0, done: 0, of: ids.len(), progress };
    each(&ids, &mut writer)?;
    writer.sheet.finish()?;
    Ok(writer.rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cost_of_one_is_rounded_not_cut() {
        for (cost, quantity, want) in
            [(300, 3000, Some(100)), (100, 3000, Some(33)), (200, 3000, Some(67)), (5, 0, None)]
        {
            assert_eq!(each(cost, quantity), want, "{cost} {quantity}");
        }
    }
}
