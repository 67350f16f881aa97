//! Rows of an import: finds what is there already, writes what is not, in commits of one open gesture.
//!
//! A customer is the one with the same external id, else the one with the same name and contacts. A
//! purchase or interaction is the one with the same external id at the same customer, else the one
//! with the same content: the k-th such row of a file meets the k-th such record. So a file can be
//! imported again, and two equal purchases in one file stay two.

mod activity;
mod carried;
mod customer;

use std::collections::HashMap;

use crate::domain::{
    Customer, CustomerId, Fact, Gesture, GestureId, History, Interaction, Ledger, Points, Product,
    ProductId, Purchase, Role, Stage, Subscription,
};
use crate::store::records;
use crate::store::{Expect, StoreError, Sync, Table, Write};

use super::command::Load;
use super::entry::Gate;
use super::points::Earning;
use super::rows;
use super::win_back::Try;
use super::{Deed, Desk, Notice, Refusal, Tally, Who};

/// An import that is under way.
pub(super) struct Import {
    pub gesture: Gesture,
    pub tally: Tally,
    /// Something was written: the gesture is open in the store.
    pub wrote: bool,
    /// Rows of this file met so far, by customer and content.
    met: HashMap<(CustomerId, u64), u32>,
    /// Customers without external id, by name and contacts; made when first needed.
    anonymous: Option<HashMap<u64, Vec<CustomerId>>>,
    /// The programmes in which points are earned, looked up with the first purchase.
    earning: Option<Vec<Earning>>,
    /// Customers in whom others without external id were merged, and how many rows of a file they are.
    merged: Vec<(Customer, usize)>,
    /// Who was where before it, as far as that begins processes.
    pub gate: Option<Gate>,
}

impl Import {
    pub fn new(gesture: Gesture, gate: Option<Gate>) -> Self {
        Self {
            gesture,
            tally: Tally::default(),
            wrote: false,
            met: HashMap::new(),
            anonymous: None,
            earning: None,
            merged: Vec::new(),
            gate,
        }
    }

    /// True when `there` records of this content were not all met by earlier rows of the file.
    fn meets(&mut self, customer: CustomerId, content: u64, there: usize) -> bool {
        let met = self.met.entry((customer, content)).or_default();
        let known = (*met as usize) < there;
        *met += 1;
        known
    }
}

/// What one commit of an import writes; each row once, whatever the file says how often.
#[derive(Default)]
pub(super) struct Part {
    customers: HashMap<CustomerId, (Customer, Option<u64>, bool)>,
    ledgers: HashMap<CustomerId, (Ledger, Option<u64>)>,
    by_external_id: HashMap<String, CustomerId>,
    purchases: HashMap<CustomerId, Vec<(Purchase, Option<u64>, bool)>>,
    interactions: HashMap<CustomerId, Vec<(Interaction, bool)>>,
    /// Calls to have somebody back.
    tries: HashMap<CustomerId, Vec<Try>>,
    facts: HashMap<CustomerId, Vec<(Fact, bool)>>,
    subscriptions: HashMap<CustomerId, Vec<(Subscription, Option<u64>, bool)>>,
    products: HashMap<String, (Product, Option<u64>, bool)>,
    /// Whose purchases moved them on, and from where.
    grown: HashMap<CustomerId, Stage>,
    carried: carried::Shelves,
    guarded: bool,
    guard: Option<Write>,
}

impl Desk {
    /// Writes some rows of an open gesture.
    pub(super) fn load(
        &self,
        who: &Who,
        id: GestureId,
        rows: Vec<Load>,
    ) -> Result<Notice, Refusal> {
        who.needs(Role::Supervisor)?;
        let taken = self.imports().remove(&id);
        let Some(mut import) = taken else {
            return Err(Refusal::NotFound { what: "gesture", name: id.to_string() });
        };
        let done = self.load_rows(who, &mut import, rows);
        let applied = self.read().applied;
        // Kept open also after an error, so that it can be abandoned.
        self.imports().insert(id, import);
        let tally = done?;
        Ok(Self::notice(who, applied, id, Deed::Loaded(tally)))
    }

    fn load_rows(&self, who: &Who, import: &mut Import, rows: Vec<Load>) -> Result<Tally, Refusal> {
        // The guard as it was before anything was looked up.
        let mut part = Part { guard: Some(self.guard_write()), ..Part::default() };
        let mut tally = Tally::default();
        let new_customers = rows.iter().filter(|r| matches!(r, Load::Customer { .. })).count();
        let mut ids = if new_customers > 0 {
            self.engine.reserve(Table::Customer, new_customers as u64)?
        } else {
            0..0
        };
        for row in rows {
            match row {
                Load::Customer { customer, given, facts } => {
                    let id = ids.next().map(CustomerId);
                    let customer = *customer;
                    self.load_customer(
                        who,
                        import,
                        &mut part,
                        &mut tally,
                        (customer, id),
                        &given,
                        facts,
                    )?;
                }
                Load::Purchase { customer, purchase, skus } => {
                    self.load_purchase(
                        who, import, &mut part, &mut tally, &customer, purchase, skus,
                    )?;
                }
                Load::Interaction { customer, interaction } => {
                    self.load_interaction(
                        who,
                        import,
                        &mut part,
                        &mut tally,
                        &customer,
                        interaction,
                    )?;
                }
                Load::Carried { customer, record } => {
                    self.load_carried(import, &mut part, &mut tally, &customer, *record)?;
                }
                Load::Product(product) => self.load_product(&mut part, &mut tally, product)?,
                Load::Subscription { customer, subscription, sku } => {
                    let row = (subscription, sku);
                    self.load_subscription(&mut part, &mut tally, &customer, row)?;
                }
            }
        }
        let points = self.earned_in(who, import, &part)?;
        let carried = self.carried_writes(std::mem::take(&mut part.carried))?;
        let mut writes = self.part_writes(who, part)?;
        writes.extend(carried);
        for points in &points {
            writes.push(rows::put(points, Expect::Absent)?);
        }
        if !writes.is_empty() {
            let label = import.gesture.label.clone();
            self.commit(who, import.gesture.id, &label, writes, Sync::WithNext)?;
            import.wrote = true;
        }
        import.tally += tally;
        Ok(tally)
    }

    /// The points that the new purchases of a part earn.
    fn earned_in(
        &self,
        who: &Who,
        import: &mut Import,
        part: &Part,
    ) -> Result<Vec<Points>, Refusal> {
        if part.purchases.is_empty() {
            return Ok(Vec::new());
        }
        let earning = import.earning.get_or_insert_with(|| {
            let state = self.read();
            state.earning(Self::day_in(&state.settings, who.now))
        });
        let all = part.purchases.values().flatten();
        let new = all.filter(|(_, revision, touched)| revision.is_none() && *touched);
        self.points_for(who, earning, new.map(|(purchase, ..)| purchase))
    }

    fn load_product(
        &self,
        part: &mut Part,
        tally: &mut Tally,
        product: Product,
    ) -> Result<(), Refusal> {
        let id = self.product_of(part, &product.sku)?;
        let Some((kept, revision, touched)) = part.products.get_mut(&product.sku) else {
            return Ok(());
        };
        let new = Product { id, ..product };
        let made_now = revision.is_none();
        if *kept == new && !made_now {
            tally.same += 1;
            return Ok(());
        }
        if made_now {
            tally.added += 1;
        } else {
            tally.changed += 1;
        }
        *kept = new;
        *touched = true;
        Ok(())
    }

    /// The product with this sku, made if unknown, named after its sku.
    fn product_of(&self, part: &mut Part, sku: &str) -> Result<ProductId, Refusal> {
        if let Some((product, _, _)) = part.products.get(sku) {
            return Ok(product.id);
        }
        let known = self.read().by_sku.get(sku).copied();
        let entry = match known {
            Some(id) => {
                let read = records::get::<Product>(&*self.engine, &id.key())?;
                let Some((product, revision)) = read else {
                    return Err(super::calls::not_found("product", id.0));
                };
                (product, Some(revision), false)
            }
            None => {
                let id = self.engine.reserve(Table::Product, 1).map(|r| ProductId(r.start))?;
                let product = Product {
                    id,
                    sku: sku.to_owned(),
                    name: sku.to_owned(),
                    category: String::new(),
                    price: None,
                    unit_cost: None,
                };
                (product, None, true)
            }
        };
        let id = entry.0.id;
        part.products.insert(sku.to_owned(), entry);
        Ok(id)
    }

    fn part_ledger<'p>(
        &self,
        part: &'p mut Part,
        id: CustomerId,
    ) -> Result<&'p mut (Ledger, Option<u64>), StoreError> {
        use std::collections::hash_map::Entry;
        match part.ledgers.entry(id) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => Ok(entry.insert(rows::ledger(&*self.engine, id)?)),
        }
    }

    fn part_writes(&self, who: &Who, mut part: Part) -> Result<Vec<Write>, Refusal> {
        let mut writes = Vec::new();
        for (id, tries) in std::mem::take(&mut part.tries) {
            writes.extend(self.tried_in(&part, id, tries)?);
        }
        for (id, from) in &part.grown {
            let known = part.customers.get(id).zip(part.ledgers.get(id));
            let Some(((customer, ..), (ledger, _))) = known else { continue };
            for moved in self.moves_of_growth(who, customer, *from, ledger)? {
                writes.push(rows::put(&moved, Expect::Absent)?);
            }
        }
        if part.guarded {
            writes.extend(part.guard);
        }
        // Keys in order: the store takes them quicker.
        let mut customers: Vec<_> = part.customers.into_iter().filter(|(_, c)| c.2).collect();
        customers.sort_unstable_by_key(|(id, _)| *id);
        for (_, (customer, revision, _)) in &customers {
            writes.push(rows::put(customer, rows::as_read(*revision))?);
        }
        let mut ledgers: Vec<_> = part.ledgers.into_iter().collect();
        ledgers.sort_unstable_by_key(|(id, _)| *id);
        for (id, (ledger, revision)) in &ledgers {
            writes.push(records::put(id.key().to_vec(), ledger, rows::as_read(*revision))?);
        }
        for (fact, new) in part.facts.values().flatten() {
            if *new {
                writes.push(rows::put(fact, Expect::Absent)?);
            }
        }
        for (product, revision, touched) in part.products.values() {
            if *touched {
                writes.push(rows::put(product, rows::as_read(*revision))?);
            }
        }
        for (purchase, revision, touched) in part.purchases.values().flatten() {
            if *touched {
                writes.push(rows::put(purchase, rows::as_read(*revision))?);
            }
        }
        for (subscription, revision, touched) in part.subscriptions.values().flatten() {
            if *touched {
                writes.push(rows::put(subscription, rows::as_read(*revision))?);
            }
        }
        for (interaction, new) in part.interactions.values().flatten() {
            if *new {
                writes.push(rows::put(interaction, Expect::Absent)?);
            }
        }
        Ok(writes)
    }
}

impl Part {
    /// True when the customer was made by this very part: nothing of it is in the store.
    pub(super) fn is_new(&self, id: CustomerId) -> bool {
        self.customers.get(&id).is_some_and(|(_, revision, _)| revision.is_none())
    }

    /// What a customer of this part has bought by it.
    pub(super) fn history(&self, id: CustomerId) -> Option<&History> {
        self.ledgers.get(&id).map(|(ledger, _)| &ledger.purchases)
    }
}
