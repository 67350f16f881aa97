//! Rows of an import that are customers, or name one: found again by external id, by name and contacts, or
//! as part of one into whom they were merged.

use std::collections::HashMap;
use std::ops::ControlFlow;

use crate::domain::{Customer, CustomerId, Day, Fact, Field};
use crate::store::KeyRange;

use super::super::rows;
use super::super::sameness::{add_given, is_part_of, name_and_contacts, take_given};
use super::super::{Desk, Refusal, Tally, Who};
use super::{Import, Part};

impl Desk {
    #[allow(clippy::too_many_arguments)] // the row, and where it goes
    pub(super) fn load_customer(
        &self,
        who: &Who,
        import: &mut Import,
        part: &mut Part,
        tally: &mut Tally,
        (row, fresh): (Customer, Option<CustomerId>),
        given: &[Field],
        facts: Vec<Fact>,
    ) -> Result<(), Refusal> {
        let mut row = row;
        self.read().own_values(&mut row.fields, &[])?;
        row.validate(self.day(who.now))?;
        let mut by_former_id = false;
        let known = match &row.external_id {
            Some(id) => self.known(part, id),
            None => match self.known_by_name(import, &row)? {
                Some(id) => Some(id),
                None => {
                    by_former_id = true;
                    Self::known_as_merged(import, &row)
                }
            },
        };
        let id = match known {
            Some(id) => {
                let customer = self.part_customer(part, id)?;
                let mut merged = customer.0.clone();
                by_former_id |=
                    row.external_id.as_ref().is_some_and(|id| customer.0.other_ids.contains(id));
                if by_former_id {
                    add_given(&mut merged, &row, given);
                } else {
                    take_given(&mut merged, &row, given);
                }
                if merged == customer.0 {
                    tally.same += 1;
                } else {
                    merged.validate(self.day(who.now))?;
                    customer.0 = merged;
                    customer.2 = true;
                    tally.changed += 1;
                }
                id
            }
            None => {
                let id = match fresh {
                    Some(id) => id,
                    None => rows::new_customer(&*self.engine)?,
                };
                row.other_ids.retain(|id| self.known(part, id).is_none());
                for external in row.external_id.iter().chain(&row.other_ids) {
                    part.by_external_id.insert(external.clone(), id);
                    part.guarded = true;
                }
                if row.external_id.is_none()
                    && let Some(known) = import.anonymous.as_mut()
                {
                    known.entry(name_and_contacts(&row)).or_default().push(id);
                }
                part.customers.insert(id, (Customer { id, ..row }, None, true));
                tally.added += 1;
                id
            }
        };
        for fact in facts {
            self.load_fact(part, id, fact)?;
        }
        Ok(())
    }

    fn load_fact(&self, part: &mut Part, customer: CustomerId, fact: Fact) -> Result<(), Refusal> {
        fact.validate()?;
        if !part.facts.contains_key(&customer) {
            let there = if part.is_new(customer) {
                Vec::new()
            } else {
                rows::children::<Fact>(&*self.engine, customer)?
            };
            let there = there.into_iter().map(|(fact, _)| (fact, false)).collect();
            part.facts.insert(customer, there);
        }
        let all = part.facts.entry(customer).or_default();
        if !all.iter().any(|(f, _)| f.kind == fact.kind && f.text == fact.text) {
            let id = rows::new_fact(&*self.engine)?;
            all.push((Fact { id, customer, ..fact }, true));
        }
        Ok(())
    }

    /// The customer a row names by external id, made if unknown.
    pub(super) fn named_customer(
        &self,
        part: &mut Part,
        tally: &mut Tally,
        external: &str,
        day: Day,
    ) -> Result<CustomerId, Refusal> {
        if let Some(id) = self.known(part, external) {
            return Ok(id);
        }
        let id = rows::new_customer(&*self.engine)?;
        let mut customer = Customer::named(id, external, day);
        customer.external_id = Some(external.to_owned());
        customer.validate(Day(i32::MAX))?;
        part.by_external_id.insert(external.to_owned(), id);
        part.customers.insert(id, (customer, None, true));
        part.guarded = true;
        tally.customers_made += 1;
        Ok(id)
    }

    pub(super) fn known(&self, part: &Part, external: &str) -> Option<CustomerId> {
        let here = part.by_external_id.get(external).copied();
        let state = self.read();
        let known = here.or_else(|| state.directory.by_external_id(external));
        // What a file of ours calls a customer who has no external id.
        known.or_else(|| {
            let id = CustomerId(external.strip_prefix('#')?.parse().ok()?);
            state.directory.contains(id).then_some(id)
        })
    }

    /// The customer without external id that has the same name and contacts; each is met once a file.
    fn known_by_name(
        &self,
        import: &mut Import,
        row: &Customer,
    ) -> Result<Option<CustomerId>, Refusal> {
        let key = name_and_contacts(row);
        if import.anonymous.is_none() {
            let mut known: HashMap<u64, Vec<CustomerId>> = HashMap::new();
            let merged = &mut import.merged;
            rows::read_all::<Customer>(&*self.engine, KeyRange::all(), &mut |_, c, _| {
                let nameless = c.other_ids.iter().filter(|id| id.starts_with('#')).count();
                let own = usize::from(c.external_id.is_none());
                if own > 0 {
                    known.entry(name_and_contacts(&c)).or_default().push(c.id);
                }
                if nameless > 0 {
                    merged.push((c, nameless + own));
                }
                ControlFlow::Continue(())
            })?;
            import.anonymous = Some(known);
        }
        let known = import.anonymous.as_ref().and_then(|all| all.get(&key));
        let there = known.map_or(0, Vec::len);
        let met = import.met.entry((CustomerId(0), key)).or_default();
        let at = *met as usize;
        *met += 1;
        Ok(if at < there { known.and_then(|ids| ids.get(at)).copied() } else { None })
    }

    /// The customer into whom a customer without external id was merged; each row is met once a file.
    fn known_as_merged(import: &mut Import, row: &Customer) -> Option<CustomerId> {
        let mut known = import.merged.iter_mut();
        let (customer, left) = known.find(|(c, left)| *left > 0 && is_part_of(row, c))?;
        *left -= 1;
        Some(customer.id)
    }

    pub(super) fn part_customer<'p>(
        &self,
        part: &'p mut Part,
        id: CustomerId,
    ) -> Result<&'p mut (Customer, Option<u64>, bool), Refusal> {
        use std::collections::hash_map::Entry;
        match part.customers.entry(id) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let (customer, revision) = self.customer(id)?;
                Ok(entry.insert((customer, Some(revision), false)))
            }
        }
    }
}
