//! Rows of an import that belong to a customer: purchases, interactions, subscriptions.

use crate::domain::{Field, Interaction, Purchase, PurchaseId, Subscription};
use crate::store::Table;

use super::super::ledgers::grown;
use super::super::rows;
use super::super::sameness::{content_of_interaction, content_of_purchase};
use super::super::{Desk, Refusal, Tally, Who};
use super::{Import, Part};

impl Desk {
    #[allow(clippy::too_many_arguments)] // the row, and where it goes
    pub(super) fn load_purchase(
        &self,
        who: &Who,
        import: &mut Import,
        part: &mut Part,
        tally: &mut Tally,
        external: &str,
        mut purchase: Purchase,
        skus: Vec<Option<String>>,
    ) -> Result<(), Refusal> {
        self.check_purchase(&purchase, self.day(who.now))?;
        let customer = self.named_customer(part, tally, external, purchase.day)?;
        for (line, sku) in purchase.lines.iter_mut().zip(skus) {
            if let Some(sku) = sku {
                line.product = Some(self.product_of(part, &sku)?);
            }
        }
        purchase.customer = customer;
        if !part.purchases.contains_key(&customer) {
            let there = if part.is_new(customer) {
                Vec::new()
            } else {
                rows::children::<Purchase>(&*self.engine, customer)?
            };
            let there = there.into_iter().map(|(p, r)| (p, Some(r), false)).collect();
            part.purchases.insert(customer, there);
        }
        let all = part.purchases.entry(customer).or_default();
        let mut before = None;
        if purchase.external_id.is_some() {
            if let Some(at) = all.iter().position(|(p, _, _)| p.external_id == purchase.external_id)
            {
                let (old, revision, _) =
                    all.get(at).cloned().unwrap_or((purchase.clone(), None, false));
                let new = Purchase { id: old.id, ..purchase };
                if new == old {
                    tally.same += 1;
                    return Ok(());
                }
                before = Some(old);
                if let Some(slot) = all.get_mut(at) {
                    *slot = (new.clone(), revision, true);
                }
                purchase = new;
                tally.changed += 1;
            }
        } else {
            let content = content_of_purchase(&purchase);
            let there = all.iter().filter(|(p, _, _)| content_of_purchase(p) == content).count();
            if import.meets(customer, content, there) {
                tally.same += 1;
                return Ok(());
            }
        }
        if before.is_none() {
            purchase.id = self.engine.reserve(Table::Purchase, 1).map(|r| PurchaseId(r.start))?;
            all.push((purchase.clone(), None, true));
            tally.added += 1;
        }
        let (ledger, _) = self.part_ledger(part, customer)?;
        if let Some(old) = before {
            ledger.purchases.remove(old.day_total());
        }
        ledger.purchases.add(purchase.day_total());
        let ledger = ledger.clone();
        let entry = self.part_customer(part, customer)?;
        if purchase.day < entry.0.joined {
            entry.0.joined = purchase.day;
            entry.2 = true;
        }
        let from = entry.0.stage;
        if grown(&mut entry.0, &ledger) {
            entry.2 = true;
            part.grown.entry(customer).or_insert(from);
        }
        Ok(())
    }

    pub(super) fn load_interaction(
        &self,
        who: &Who,
        import: &mut Import,
        part: &mut Part,
        tally: &mut Tally,
        external: &str,
        mut interaction: Interaction,
    ) -> Result<(), Refusal> {
        interaction.validate()?;
        let meaning = self.meaning(&interaction.outcome)?;
        let day = self.day(interaction.at);
        if interaction.at.as_second() > who.now.as_second() + 86_400 {
            let problem = crate::domain::Problem::InTheFuture;
            return Err(crate::domain::Invalid { field: Field::Time, problem }.into());
        }
        let customer = self.named_customer(part, tally, external, day)?;
        interaction.customer = customer;
        if !part.interactions.contains_key(&customer) {
            let there = if part.is_new(customer) {
                Vec::new()
            } else {
                rows::children::<Interaction>(&*self.engine, customer)?
            };
            let there = there.into_iter().map(|(i, _)| (i, false)).collect();
            part.interactions.insert(customer, there);
        }
        let all = part.interactions.entry(customer).or_default();
        let content = content_of_interaction(&interaction);
        let known = match &interaction.external_id {
            Some(id) => all.iter().any(|(i, _)| i.external_id.as_ref() == Some(id)),
            None => {
                let there =
                    all.iter().filter(|(i, _)| content_of_interaction(i) == content).count();
                import.meets(customer, content, there)
            }
        };
        if known {
            tally.same += 1; // interactions are only ever added
            return Ok(());
        }
        interaction.id = rows::new_interaction(&*self.engine)?;
        let tried = self.try_of(&interaction, meaning, day).filter(|tried| tried.is_meant);
        if let Some(tried) = tried {
            part.tries.entry(customer).or_default().push(tried);
        }
        let (ledger, _) = self.part_ledger(part, customer)?;
        ledger.contacts.add(&interaction, meaning, day);
        part.interactions.entry(customer).or_default().push((interaction, true));
        tally.added += 1;
        Ok(())
    }

    /// A subscription is the one with the same external id, else the one of the same product and start.
    pub(super) fn load_subscription(
        &self,
        part: &mut Part,
        tally: &mut Tally,
        external: &str,
        (mut new, sku): (Subscription, Option<String>),
    ) -> Result<(), Refusal> {
        new.validate()?;
        let customer = self.named_customer(part, tally, external, new.start)?;
        new.customer = customer;
        if let Some(sku) = sku {
            new.product = Some(self.product_of(part, &sku)?);
        }
        if !part.subscriptions.contains_key(&customer) {
            let there = if part.is_new(customer) {
                Vec::new()
            } else {
                rows::children::<Subscription>(&*self.engine, customer)?
            };
            let there = there.into_iter().map(|(s, r)| (s, Some(r), false)).collect();
            part.subscriptions.insert(customer, there);
        }
        let all = part.subscriptions.entry(customer).or_default();
        let same = |s: &Subscription| match &new.external_id {
            Some(id) => s.external_id.as_ref() == Some(id),
            None => s.external_id.is_none() && s.product == new.product && s.start == new.start,
        };
        if let Some(slot) = all.iter_mut().find(|(s, ..)| same(s)) {
            let new = Subscription { id: slot.0.id, ..new };
            if slot.0 == new {
                tally.same += 1;
            } else {
                slot.0 = new;
                slot.2 = true;
                tally.changed += 1;
            }
            return Ok(());
        }
        new.id = rows::new_subscription(&*self.engine)?;
        let start = new.start;
        all.push((new, None, true));
        tally.added += 1;
        let entry = self.part_customer(part, customer)?;
        if start < entry.0.joined {
            entry.0.joined = start;
            entry.2 = true;
        }
        Ok(())
    }
}
