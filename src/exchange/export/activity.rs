//! Purchases and interactions as rows, those of one customer after those of another, oldest first.

use std::io::Write;

use crate::desk::{Answer, Profile, Question};
use crate::domain::{Line, Purchase};

use super::sheet::{Cell, Style, sheet};
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
];

/// Writes a row a line of each purchase.
pub fn purchases(
    source: Source<'_>,
    expression: &str,
    style: Style,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<usize, ExportError> {
    each_profile(source, expression, PURCHASES, style, out, progress, &mut |profile, write| {
        for purchase in profile.purchases.iter().rev() {
            for line in &purchase.lines {
                write(purchase_cells(profile, purchase, line))?;
            }
        }
        Ok(())
    })
}

fn purchase_cells(profile: &Profile, purchase: &Purchase, line: &Line) -> Vec<Cell> {
    let sku = |id| profile.products.iter().find(|p| p.id == id).map(|p| p.sku.as_str());
    vec![
        Cell::of(purchase.external_id.as_deref(), Cell::text),
        Cell::Text(customer_name(&profile.customer)),
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
    each_profile(source, expression, INTERACTIONS, style, out, progress, &mut |profile, write| {
        for (interaction, agent) in profile.interactions.iter().rev() {
            write(vec![
                Cell::of(interaction.external_id.as_deref(), Cell::text),
                Cell::Text(customer_name(&profile.customer)),
                Cell::Time(interaction.at),
                Cell::text(interaction.channel.name()),
                Cell::text(interaction.direction.name()),
                Cell::text(&interaction.outcome),
                Cell::Count(i64::from(interaction.seconds)),
                Cell::text(agent),
                Cell::text(&interaction.note),
            ])?;
        }
        Ok(())
    })
}

type WriteRow<'w> = dyn FnMut(Vec<Cell>) -> Result<(), ExportError> + 'w;
type EachProfile<'p> = dyn FnMut(&Profile, &mut WriteRow<'_>) -> Result<(), ExportError> + 'p;

/// Shows the profile of every customer an expression selects; how many rows were written.
pub(super) fn each_profile(
    source: Source<'_>,
    expression: &str,
    columns: &[&str],
    style: Style,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize),
    each: &mut EachProfile<'_>,
) -> Result<usize, ExportError> {
    let ids = source.ids(expression)?;
    let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
    let mut sheet = sheet(out, &columns, style)?;
    let mut rows = 0;
    for (done, id) in ids.iter().enumerate() {
        if let Answer::Profile(profile) = source.ask(Question::Profile(*id))? {
            each(&profile, &mut |cells| {
                rows += 1;
                Ok(sheet.row(&cells)?)
            })?;
        }
        progress(done + 1, ids.len());
    }
    sheet.finish()?;
    Ok(rows)
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
