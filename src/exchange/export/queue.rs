//! A queue as rows, in its order.

use std::io::Write;

use crate::desk::{Answer, Question, QueueRow};
use crate::domain::{ContactKind, QueueKind};
use crate::text::SafeText;

use super::sheet::{Cell, Style, sheet};
use super::{ExportError, Source, customer_name};

/// The columns of a queue.
pub const COLUMNS: &[&str] = &[
    "rank",
    "customer",
    "name",
    "expected_value",
    "p_alive",
    "leave_date",
    "offer",
    "reasons",
    "phone",
];

/// Rows asked for at a time.
const WINDOW: usize = 500;

/// Shows the first rows of a queue to `each`, with their rank from 1; how many there were.
pub fn each<E: From<crate::desk::Refusal>>(
    source: Source<'_>,
    kind: QueueKind,
    limit: usize,
    each: &mut dyn FnMut(usize, &QueueRow) -> Result<(), E>,
) -> Result<usize, E> {
    let mut rank = 0;
    while rank < limit {
        let count = WINDOW.min(limit - rank);
        let question = Question::Queue { kind, from: rank, count, anchor: None };
        let Answer::Queue(page) = source.ask(question)? else { break };
        if page.rows.is_empty() {
            break;
        }
        for row in &page.rows {
            rank += 1;
            each(rank, row)?;
        }
        if rank >= page.total {
            break;
        }
    }
    Ok(rank)
}

/// The cells of a row; reasons keep their numbers in objects.
pub fn cells(rank: usize, row: &QueueRow) -> Vec<Cell> {
    let customer = &row.row.customer;
    let mut reasons = serde_json::to_value(&row.reasons).unwrap_or_default();
    let mut names: Vec<String> = row.reasons.iter().map(reason_name).collect();
    for lead in &row.leads {
        names.push(format!("lead {}={} odds={:.2}", lead.field, lead.value, lead.odds));
        if let Some(all) = reasons.as_array_mut() {
            all.push(serde_json::json!({ "lead": lead }));
        }
    }
    vec![
        Cell::Count(rank as i64),
        Cell::Code(customer_name(customer)),
        Cell::text(&customer.name),
        Cell::Money(row.expected_value),
        Cell::of(row.row.figures.p_alive, Cell::share),
        Cell::of(row.leave, Cell::Day),
        match (&row.offer, &row.proposition) {
            (Some(offer), _) => Cell::text(&offer.product.name),
            (None, Some(proposition)) => Cell::text(&proposition.offer.name),
            (None, None) => Cell::None,
        },
        Cell::Data(reasons, SafeText::clean(&names.join("; "))),
        Cell::of(customer.contact(ContactKind::Phone), Cell::phone),
    ]
}

/// `silent usual_gap_days=21 silent_days=64`.
fn reason_name(reason: &crate::insight::reasons::Reason) -> String {
    match serde_json::to_value(reason) {
        Ok(serde_json::Value::Object(map)) => {
            let part = |(name, numbers): (&String, &serde_json::Value)| {
                let numbers = numbers.as_object().into_iter().flatten();
                let numbers = numbers.map(|(k, v)| format!("{k}={v}"));
                std::iter::once(name.clone()).chain(numbers).collect::<Vec<_>>().join(" ")
            };
            map.iter().map(part).collect()
        }
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Writes the first rows of a queue.
pub fn write(
    source: Source<'_>,
    kind: QueueKind,
    limit: usize,
    style: Style,
    out: &mut dyn Write,
) -> Result<usize, ExportError> {
    let columns: Vec<String> = COLUMNS.iter().map(|c| (*c).to_owned()).collect();
    let mut sheet = sheet(out, &columns, style)?;
    let rows = each::<ExportError>(source, kind, limit, &mut |rank, row| {
        Ok(sheet.row(&cells(rank, row))?)
    })?;
    sheet.finish()?;
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::reasons::Reason;

    #[test]
    fn reasons_keep_their_numbers() {
        for (reason, want) in [
            (
                Reason::Silent { usual_gap_days: 21, silent_days: 64 },
                "silent silent_days=64 usual_gap_days=21",
            ),
            (Reason::RefusedLast, "refused_last"),
        ] {
            assert_eq!(reason_name(&reason), want);
        }
    }
}
