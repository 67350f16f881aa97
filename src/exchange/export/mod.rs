//! Files out: customers, purchases, interactions, scores, a segment, a queue, row by row. Never
//! holds more than a window of customers.

mod activity;
pub mod customers;
pub mod queue;
mod scores;
pub mod sheet;

use std::io::{self, Write};
use std::sync::Arc;

use crate::desk::{Answer, Cancel, Desk, Question, Refusal, Row, Status, Who};
use crate::directory::{Sort, SortField};
use crate::domain::{CustomerId, QueueKind};

use sheet::Style;

/// What to write out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Customers,
    Purchases,
    Interactions,
    Subscriptions,
    Products,
    Scores,
    /// The customers of a saved segment, or of a tag.
    Segment(String),
    Queue(QueueKind),
}

/// Why nothing, or not all, was written out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// Customers asked for at a time.
const WINDOW: usize = 500;

/// Asks the desk on behalf of one person.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub desk: &'a Desk,
    pub who: &'a Who,
    pub status: &'a Status,
}

impl Source<'_> {
    /// The answer to a question.
    pub fn ask(&self, question: Question) -> Result<Answer, Refusal> {
        self.desk.ask(self.who, question, &Cancel::default())
    }

    /// The customers an expression selects, oldest first.
    pub(super) fn ids(&self, expression: &str) -> Result<Vec<CustomerId>, Refusal> {
        let sort = Sort { field: SortField::Id, descending: false };
        let expression = expression.to_owned();
        match self.ask(Question::Ids { text: String::new(), expression, sort })? {
            Answer::Ids(ids) => Ok(ids),
            _ => Ok(Vec::new()),
        }
    }

    /// Shows all these customers to `each`, a window at a time.
    fn each_row(
        &self,
        ids: &[CustomerId],
        each: &mut dyn FnMut(&Row) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        for window in ids.chunks(WINDOW) {
            if let Answer::Rows(rows) = self.ask(Question::Rows(window.to_vec()))? {
                rows.iter().try_for_each(&mut *each)?;
            }
        }
        Ok(())
    }

    /// Name of an agent; empty for one that is not known.
    fn agent(&self, id: crate::domain::AgentId) -> &str {
        let agents: &Arc<[crate::domain::Agent]> = &self.status.agents;
        agents.iter().find(|a| a.id == id).map_or("", |a| a.name.as_str())
    }
}

/// Writes rows out; how many there were.
pub fn export(
    source: Source<'_>,
    what: &What,
    expression: &str,
    style: Style,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<usize, ExportError> {
    match what {
        What::Customers => customers::write(source, expression, style, out, progress),
        What::Segment(name) => {
            let rule = segment(source, name)?;
            let both = match expression.trim() {
                "" => rule,
                more => format!("({rule}) ({more})"),
            };
            customers::write(source, &both, style, out, progress)
        }
        What::Purchases => activity::purchases(source, expression, style, out, progress),
        What::Interactions => activity::interactions(source, expression, style, out, progress),
        What::Subscriptions => activity::subscriptions(source, expression, style, out, progress),
        What::Products => activity::products(source, style, out),
        What::Scores => scores::write(source, expression, style, out, progress),
        What::Queue(kind) => queue::write(source, *kind, usize::MAX, style, out),
    }
}

/// The expression of a segment or a tag.
fn segment(source: Source<'_>, name: &str) -> Result<String, Refusal> {
    let wanted = crate::text::fold(name);
    if let Answer::Segments(rows) = source.ask(Question::Segments)? {
        let found = rows.into_iter().find(|r| crate::text::fold(&r.name) == wanted);
        if let Some(row) = found {
            return Ok(row.expression);
        }
    }
    Err(Refusal::NotFound { what: "segment", name: name.to_owned() })
}

/// What a customer is called in files: the external id, or `#` and the number in this store.
pub fn customer_name(customer: &crate::domain::Customer) -> String {
    customer.external_id.clone().unwrap_or_else(|| format!("#{}", customer.id))
}
