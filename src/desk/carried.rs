//! What else is kept of a customer than the record itself, purchases, conversations and contracts, in the
//! form in which it is carried from one store to another: what it refers to is named.
//! Reads whole windows of customers, never all at once.

use std::collections::HashMap;
use std::fmt;
use std::ops::ControlFlow;

use jiff::Timestamp;

use crate::domain::{
    Case, Customer, CustomerId, Fact, Interaction, InteractionId, Mark, Points, Purchase,
    PurchaseId, QueueKind, Relation, StageMove, Task, WinBack,
};
use crate::store::records::{self, Stored};
use crate::store::{Engine, KeyRange, StoreError};

use super::stream::Each;
use super::{Desk, Refusal, rows};

/// One such record. Its own identity and the customer's mean nothing in another store.
#[derive(Clone, Debug, PartialEq)]
pub enum Carried {
    /// A need, an expectation, a taste.
    Fact(Fact),
    /// A tie to another customer, by what that one is called in files.
    Relation { relation: Relation, other: String },
    /// A callback or another promise, and when the conversation was that it is from.
    Task { task: Task, said: Option<Timestamp> },
    /// A process on its way, with the steps behind it.
    Case(Case),
    /// A move from stage to stage.
    Move(StageMove),
    /// How far it is with having the customer back.
    WinBack(WinBack),
    /// Points that came or went, the purchase that earned them and when the conversation was in which
    /// they were redeemed.
    Points { points: Points, bought: Option<Bought>, said: Option<Timestamp> },
    /// Put off in a queue.
    PutOff(Mark),
}

/// Which of a customer's purchases: by its external id, else the how-manieth of its day, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bought {
    Named(String),
    On(crate::domain::Day, usize),
}

impl fmt::Display for Bought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::On(day, at) => write!(f, "{day}#{at}"),
        }
    }
}

impl Bought {
    /// What a purchase is called among all of its customer, which rise by their ids.
    fn of(id: PurchaseId, all: &[Purchase]) -> Option<Self> {
        let purchase = all.iter().find(|p| p.id == id)?;
        if let Some(external) = &purchase.external_id {
            return Some(Self::Named(external.clone()));
        }
        let before = all.iter().filter(|p| p.day == purchase.day && p.id <= id).count();
        Some(Self::On(purchase.day, before))
    }

    /// The one that is meant.
    pub(super) fn among(&self, all: &[Purchase]) -> Option<PurchaseId> {
        match self {
            Self::Named(name) => {
                all.iter().find(|p| p.external_id.as_ref() == Some(name)).map(|p| p.id)
            }
            Self::On(day, at) => {
                all.iter().filter(|p| p.day == *day).nth(at.checked_sub(1)?).map(|p| p.id)
            }
        }
    }
}

/// The first conversation at a moment.
pub(super) fn said_at(at: Timestamp, all: &[Interaction]) -> Option<InteractionId> {
    all.iter().find(|said| said.at == at).map(|said| said.id)
}

/// What a customer is called in files: the external id, or `#` and the number in this store.
fn called(customer: &Customer) -> String {
    customer.external_id.clone().unwrap_or_else(|| format!("#{}", customer.id))
}

impl Desk {
    /// Shows each of these customers, in rising order of their ids, with all that is carried of them.
    pub fn carried_of<E: From<Refusal>>(
        &self,
        ids: &[CustomerId],
        each: &mut Each<'_, Vec<Carried>, E>,
    ) -> Result<(), E> {
        let engine = &*self.engine;
        let tasks = by_customer(engine, |task: &Task| task.customer).map_err(Refusal::from)?;
        let marks = by_customer(engine, |mark: &Mark| mark.customer).map_err(Refusal::from)?;
        for id in ids {
            let (customer, _) = match self.customer(*id) {
                Ok(found) => found,
                Err(Refusal::NotFound { .. }) => continue,
                Err(refusal) => return Err(refusal.into()),
            };
            let none = (Vec::new(), Vec::new());
            let own = (tasks.get(id).unwrap_or(&none.0), marks.get(id).unwrap_or(&none.1));
            each(&customer, self.carried(&customer, own)?)?;
        }
        Ok(())
    }

    fn carried(
        &self,
        customer: &Customer,
        (tasks, marks): (&Vec<Task>, &Vec<Mark>),
    ) -> Result<Vec<Carried>, Refusal> {
        let (engine, id) = (&*self.engine, customer.id);
        let mut all = Vec::new();
        all.extend(under(engine, id)?.into_iter().map(Carried::Fact));
        for relation in under::<Relation>(engine, id)?.into_iter().filter(|tie| tie.from == id) {
            let other = called(&self.customer(relation.to)?.0);
            all.push(Carried::Relation { relation, other });
        }
        let points: Vec<Points> = under(engine, id)?;
        let refers = points.iter().any(|p| p.interaction.is_some())
            || tasks.iter().any(|task| task.from.is_some());
        let said: Vec<Interaction> = if refers { under(engine, id)? } else { Vec::new() };
        let at = |id: Option<InteractionId>| {
            said.iter().find(|said| Some(said.id) == id).map(|said| said.at)
        };
        let told = |task: &Task| Carried::Task { task: task.clone(), said: at(task.from) };
        all.extend(tasks.iter().map(told));
        all.extend(under(engine, id)?.into_iter().map(Carried::Case));
        all.extend(under(engine, id)?.into_iter().map(Carried::Move));
        let win_back = records::get::<WinBack>(engine, &id.key())?;
        all.extend(win_back.map(|(win_back, _)| Carried::WinBack(win_back)));
        all.extend(self.points_carried(id, points, &at)?);
        all.extend(marks.iter().cloned().map(Carried::PutOff));
        Ok(all)
    }

    /// In an order that does not hang on the order in which they were entered.
    fn points_carried(
        &self,
        id: CustomerId,
        mut points: Vec<Points>,
        at: &dyn Fn(Option<InteractionId>) -> Option<Timestamp>,
    ) -> Result<Vec<Carried>, Refusal> {
        let earns = points.iter().any(|p| p.purchase.is_some());
        let bought: Vec<Purchase> = if earns { under(&*self.engine, id)? } else { Vec::new() };
        let state = self.read();
        let name = |p: &Points| state.definitions.programme(p.programme).map(|p| p.name.clone());
        points.sort_by_cached_key(|p| {
            let purchase = p.purchase.unwrap_or(PurchaseId(u64::MAX));
            (p.day, name(p), purchase, p.points < 0, p.id)
        });
        let told = points.into_iter().map(|points| Carried::Points {
            bought: points.purchase.and_then(|id| Bought::of(id, &bought)),
            said: at(points.interaction),
            points,
        });
        Ok(told.collect())
    }
}

/// What lies under a customer, oldest first.
fn under<T: Stored>(engine: &dyn Engine, id: CustomerId) -> Result<Vec<T>, StoreError> {
    Ok(rows::children::<T>(engine, id)?.into_iter().map(|(record, _)| record).collect())
}

/// A table whose rows only name their customers, by customer.
fn by_customer<T: Stored>(
    engine: &dyn Engine,
    of: impl Fn(&T) -> CustomerId,
) -> Result<HashMap<CustomerId, Vec<T>>, StoreError> {
    let mut found: HashMap<CustomerId, Vec<T>> = HashMap::new();
    rows::read_all::<T>(engine, KeyRange::all(), &mut |_, record, _| {
        found.entry(of(&record)).or_default().push(record);
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// A queue in which customers can be put off.
pub(super) fn takes_marks(queue: QueueKind) -> bool {
    queue != QueueKind::Callbacks
}
