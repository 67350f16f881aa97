//! The scores of every customer who bought, with what the models saw of them. Times are in weeks,
//! the unit of the models.

use std::io::Write;

use crate::desk::{Answer, Models, Question, Refusal};
use crate::directory::Figures;
use crate::domain::{Customer, Day, History, Scoring};
use crate::insight::choice::Chosen;
use crate::insight::rfm::{Rfm, Segment};
use crate::insight::{PurchaseModel, summarise};

use super::activity::rows;
use super::sheet::{Cell, Style};
use super::{ExportError, Source, customer_name};

const COLUMNS: &[&str] = &[
    "customer",
    "frequency",
    "recency",
    "tenure",
    "monetary",
    "p_alive",
    "expected_purchases",
    "expected_value",
    "leave_date",
    "rfm",
    "segment",
];

/// Writes a row a customer who bought until the day of the scores.
pub fn write(
    source: Source<'_>,
    expression: &str,
    style: Style,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<usize, ExportError> {
    let fitted = match source.ask(Question::Models)? {
        Answer::Models(models) => {
            let Models { fitted, .. } = *models;
            fitted
        }
        _ => None,
    };
    // The figures stand on the day of the store's scores, which is the fit's while that is pinned.
    let as_of = source.status.as_of;
    let model = fitted.as_ref().and_then(chosen);
    let horizon = f64::from(fitted.as_ref().map_or(26, |f| f.horizon_weeks));
    let per_major = source.status.settings.currency.minor_per_major() as f64;
    if fitted.is_none() {
        return Err(Refusal::NotFound { what: "score", name: "vafa score".to_owned() }.into());
    }
    rows(source, expression, COLUMNS, style, out, progress, &mut |ids, write| {
        source.desk.ledgers_of(ids, &mut |customer, ledger| {
            let figures = source.desk.figures_of(customer.id).unwrap_or_default();
            let seen = Seen { customer, history: &ledger.purchases, figures: &figures };
            if let Some(cells) = cells(&seen, as_of, per_major, model.as_ref(), horizon) {
                write.row(&cells)?;
            }
            write.done();
            Ok(())
        })
    })
}

/// What is known of a customer.
struct Seen<'s> {
    customer: &'s Customer,
    history: &'s History,
    figures: &'s Figures,
}

/// The purchase model in use.
fn chosen(fitted: &Scoring) -> Option<Chosen> {
    fitted.models.iter().find(|m| m.chosen).and_then(Chosen::of)
}

/// The row of a customer; `None` for one who had not bought by then.
fn cells(
    seen: &Seen<'_>,
    as_of: Day,
    per_major: f64,
    model: Option<&Chosen>,
    horizon: f64,
) -> Option<Vec<Cell>> {
    let s = summarise(seen.history, as_of, per_major)?;
    let figures = seen.figures;
    let expected = model.map(|m| m.expected_purchases(s.x, s.t_x, s.tenure, horizon));
    let rfm = figures.rfm.map(|[r, f, m]| Rfm { r, f, m });
    Some(vec![
        Cell::Text(customer_name(seen.customer)),
        Cell::Count(i64::from(s.x)),
        Cell::Real(s.t_x),
        Cell::Real(s.tenure),
        Cell::Money((s.mean * per_major).round() as i64),
        Cell::of(figures.p_alive, Cell::share),
        Cell::of(expected, Cell::Real),
        Cell::of(figures.value, Cell::Money),
        Cell::of(figures.leave, Cell::Day),
        Cell::of(rfm, |x| Cell::Text(format!("{}{}{}", x.r, x.f, x.m))),
        Cell::of(rfm, |x| Cell::Text(segment_name(x))),
    ])
}

/// The machine name of the group a customer's scores put them in.
fn segment_name(rfm: Rfm) -> String {
    let name = serde_json::to_value(Segment::of(rfm)).ok();
    name.and_then(|n| n.as_str().map(str::to_owned)).unwrap_or_default()
}
