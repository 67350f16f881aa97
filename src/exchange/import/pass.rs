//! One reading of a file from its beginning to its end: every row becomes something to load, or an
//! error. Rows of one purchase that follow each other become one.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use crate::desk::Load;
use crate::domain::{Problem, Purchase};

use super::fault::{Fault, RowError};
use super::record::{Cells, PurchaseRow};
use super::row::Row;
use super::source::Rows;
use super::value::Conventions;
use super::{ImportError, Kind};

/// What became of one row, or of the rows of one purchase.
pub enum Step {
    /// To be written.
    Load(Box<Load>),
    /// Not to be written: every row of it, and what is wrong.
    Bad { errors: Vec<RowError>, rows: Vec<Kept> },
}

/// A row that is kept until it is known whether it is good.
#[derive(Debug, Default)]
pub struct Kept {
    pub row: Row,
    /// The line of a file of objects.
    pub object: Option<String>,
}

/// One reading.
pub struct Pass<'a> {
    pub rows: Rows,
    kind: Kind,
    how: &'a Conventions,
    /// Whether bad rows are wanted as they stand in the file.
    keep: bool,
    /// Rows read.
    pub count: u64,
    open: Option<Open>,
    /// Purchases met, by the hash of their external id, with their line.
    met: HashMap<u64, u64>,
    hasher: RandomState,
}

/// A purchase that may go on in the next row.
struct Open {
    id: String,
    customer: String,
    purchase: Option<Purchase>,
    skus: Vec<Option<String>>,
    errors: Vec<RowError>,
    rows: Vec<Kept>,
}

impl<'a> Pass<'a> {
    /// A reading of these rows.
    pub fn new(rows: Rows, kind: Kind, how: &'a Conventions, keep: bool) -> Self {
        Self {
            rows,
            kind,
            how,
            keep,
            count: 0,
            open: None,
            met: HashMap::new(),
            hasher: RandomState::new(),
        }
    }

    /// The next thing to load, or rows that are bad; `None` at the end.
    pub fn step(&mut self) -> Result<Option<Step>, ImportError> {
        loop {
            let Some(read) = self.rows.read()? else {
                return Ok(self.open.take().map(Open::close));
            };
            self.count += 1;
            if self.kind == Kind::Purchases {
                if let Some(step) = self.purchase(read) {
                    return Ok(Some(step));
                }
                continue;
            }
            let load = read.and_then(|()| self.load());
            return Ok(Some(match load {
                Ok(load) => Step::Load(Box::new(load)),
                Err(error) => Step::Bad { errors: vec![error], rows: vec![self.keep()] },
            }));
        }
    }

    fn cells(&self) -> Cells<'_> {
        Cells { row: &self.rows.row, columns: &self.rows.columns, how: self.how }
    }

    fn keep(&self) -> Kept {
        if !self.keep {
            return Kept::default();
        }
        Kept { row: self.rows.row.clone(), object: self.rows.object() }
    }

    fn load(&self) -> Result<Load, RowError> {
        let cells = self.cells();
        Ok(match self.kind {
            Kind::Customers => {
                let (customer, given, facts) = cells.customer()?;
                Load::Customer { customer: Box::new(customer), given, facts }
            }
            Kind::Interactions => {
                let (customer, interaction) = cells.interaction()?;
                Load::Interaction { customer, interaction }
            }
            Kind::Subscriptions => {
                let (customer, subscription, sku) = cells.subscription()?;
                Load::Subscription { customer, subscription, sku: Some(sku) }
            }
            Kind::Products | Kind::Purchases => Load::Product(cells.product()?),
        })
    }

    /// Takes a row of purchases in; what it completes, if anything.
    fn purchase(&mut self, read: Result<(), RowError>) -> Option<Step> {
        let id = match &read {
            Ok(()) => self.cells().purchase_id(),
            Err(_) => None,
        };
        let row = read.and_then(|()| self.cells().purchase());
        let Some(id) = id else {
            // A row of its own. What is open waits: it is put off behind it at no cost.
            return Some(match row {
                Ok(row) => row.alone(),
                Err(error) => Step::Bad { errors: vec![error], rows: vec![self.keep()] },
            });
        };
        let kept = self.keep();
        if let Some(open) = self.open.as_mut().filter(|open| open.id == id) {
            open.take_in(row, kept, &self.rows.row);
            return None;
        }
        let line = self.rows.row.line;
        let hash = self.hasher.hash_one(&id);
        let met = self.met.insert(hash, line);
        let mut open = Open {
            id,
            customer: String::new(),
            purchase: None,
            skus: Vec::new(),
            errors: Vec::new(),
            rows: Vec::new(),
        };
        match met {
            None => open.take_in(row, kept, &self.rows.row),
            Some(earlier) => {
                self.met.insert(hash, earlier);
                let id = crate::domain::Field::ExternalId;
                open.errors.push(self.cells().wrong(id, Fault::Repeated { line: earlier }));
                open.rows.push(kept);
            }
        }
        self.open.replace(open).map(Open::close)
    }
}

impl PurchaseRow {
    fn alone(self) -> Step {
        Step::Load(Box::new(Load::Purchase {
            customer: self.customer,
            purchase: self.purchase,
            skus: vec![self.sku],
        }))
    }
}

impl Open {
    /// Adds a row that has this purchase's id.
    fn take_in(&mut self, read: Result<PurchaseRow, RowError>, kept: Kept, row: &Row) {
        self.rows.push(kept);
        let read = match read {
            Ok(read) => read,
            Err(error) => return self.errors.push(error),
        };
        let Some(purchase) = &mut self.purchase else {
            self.customer = read.customer;
            self.skus.push(read.sku);
            self.purchase = Some(read.purchase);
            return;
        };
        let same = self.customer == read.customer
            && purchase.day == read.purchase.day
            && purchase.kind == read.purchase.kind;
        let fault = if !same {
            Fault::OtherPurchase
        } else if purchase.lines.len() >= Purchase::MOST_LINES {
            Fault::Invalid(Problem::TooMany { most: Purchase::MOST_LINES })
        } else {
            purchase.lines.extend(read.purchase.lines);
            self.skus.push(read.sku);
            return;
        };
        let column = Some(crate::domain::Field::ExternalId.name().to_owned());
        let value = Some(super::fault::shortened(&self.id));
        self.errors.push(RowError { line: row.line, column, value, fault });
    }

    fn close(self) -> Step {
        match self.purchase {
            Some(purchase) if self.errors.is_empty() => {
                let Self { customer, skus, .. } = self;
                Step::Load(Box::new(Load::Purchase { customer, purchase, skus }))
            }
            _ => Step::Bad { errors: self.errors, rows: self.rows },
        }
    }
}
