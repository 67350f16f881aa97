//! The answer about one customer: everything on one screen.

use std::collections::HashSet;

use crate::domain::{
    CampaignId, ContactKind, Customer, CustomerId, Day, Fact, FactKind, Field, Interaction, Ledger,
    OfferId, Product, ProductId, Purchase, Relation, StageMove, Subscription, WinBack,
};
use crate::insight::summarise;
use crate::store::{Table, records};

use super::calls::not_found;
use super::ledgers::standing;
use super::question::{ChangeLine, Profile};
use super::rows;
use super::why::Known;
use super::{Desk, Refusal, Who};

/// Newest purchases and interactions a profile holds, each.
const MOST: usize = 500;
/// Months of revenue shown.
const MONTHS: i16 = 24;
/// Months ahead of the risk curve.
const MONTHS_AHEAD: u32 = 12;
/// Reasons told.
const REASONS: usize = 4;

impl Desk {
    /// Everything about one customer.
    pub(super) fn profile(&self, who: &Who, id: CustomerId) -> Result<Profile, Refusal> {
        let engine = &*self.engine;
        let read = records::get::<Customer>(engine, &id.key())?;
        let (customer, revision) = read.ok_or_else(|| not_found("customer", id.0))?;
        let facts: Vec<Fact> =
            rows::children::<Fact>(engine, id)?.into_iter().map(|(f, _)| f).collect();
        let mut relations = Vec::new();
        for (relation, _) in rows::children::<Relation>(engine, id)? {
            let other = if relation.from == id { relation.to } else { relation.from };
            let name = self.customer(other).map(|(c, _)| c.name).unwrap_or_default();
            relations.push((relation, other, name));
        }
        let mut purchases = rows::newest_children::<Purchase>(engine, id, MOST)?;
        purchases.sort_by_key(|p| std::cmp::Reverse((p.day, p.id)));
        let mut interactions = standing(rows::newest_children::<Interaction>(engine, id, MOST)?);
        interactions.sort_by_key(|i| std::cmp::Reverse((i.at, i.id)));
        let (ledger, _) = rows::ledger(engine, id)?;
        let known = Known {
            purchases: (&purchases[..]).into(),
            interactions: (&interactions[..]).into(),
            facts: (&facts[..]).into(),
        };
        let (worth, reasons) = self.why(who, id, &ledger, &known, REASONS);
        let subscriptions: Vec<Subscription> =
            rows::children::<Subscription>(engine, id)?.into_iter().map(|(s, _)| s).collect();
        let memberships = self.memberships(id, &ledger.purchases, self.day(who.now))?;
        let mut tasks = self.tasks_of(id);
        tasks.sort_by_key(|t| (t.due, t.id));
        let cases = self.cases_of(id)?;

        let state = self.read();
        let today = state.scoring_day(Self::day_in(&state.settings, who.now));
        let made = interactions.iter().filter_map(|i| Some(i.wrap_up.offer.as_ref()?.offer));
        let made: std::collections::BTreeSet<OfferId> = made.collect();
        let offered = made.into_iter().filter_map(|id| {
            let offer = state.definitions.offer(id)?;
            Some((id, offer.name.clone()))
        });
        let offered = offered.collect();
        let called = interactions.iter().filter_map(|i| i.wrap_up.campaign);
        let called: std::collections::BTreeSet<CampaignId> = called.collect();
        let campaigns = called.into_iter().filter_map(|id| {
            let all = state.definitions.campaigns.iter().map(|kept| &kept.record);
            let campaign = all.into_iter().find(|campaign| campaign.id == id)?;
            Some((id, campaign.name.clone()))
        });
        let campaigns = campaigns.collect();
        let steps = interactions.iter().filter_map(|i| Some((i.id, state.steps_of(i)?))).collect();
        let interactions = interactions
            .into_iter()
            .map(|i| {
                let agent = state.agent_name(i.agent);
                (i, agent)
            })
            .collect();
        let bought = purchases.iter().flat_map(|p| &p.lines).filter_map(|l| l.product);
        let named: HashSet<ProductId> =
            bought.chain(subscriptions.iter().filter_map(|s| s.product)).collect();
        let outlook = super::contracts::outlook(&state, &customer, &subscriptions, today);
        let moves = rows::newest_children::<StageMove>(engine, id, MOST)?;
        let win_back = records::get::<WinBack>(engine, &id.key())?.map(|(w, _)| w);
        let products: Vec<Product> =
            named.iter().filter_map(|id| state.products.get(id).cloned()).collect();
        let missing = missing(&customer, &facts);
        let minor = state.settings.currency.minor_per_major() as f64;
        let risk = match (state.scores.models(), summarise(&ledger.purchases, today, minor)) {
            (Some(m), Some(s)) => (0..=MONTHS_AHEAD)
                .map(|month| {
                    let weeks = f64::from(month) * 365.25 / 12.0 / 7.0;
                    m.buying.p_alive_later(&s, weeks)
                })
                .collect(),
            _ => Vec::new(),
        };
        let save_rate = state.scores.save_rate();
        let (low, high) = save_rate.interval();
        let row = state.directory.row_of(id);
        let on = Self::day_in(&state.settings, who.now);
        Ok(Profile {
            memberships,
            steps,
            offered,
            campaigns,
            propositions: state.propositions(id, on, who.agent.id),
            figures: row.map(|row| state.directory.figures(row)).unwrap_or_default(),
            owner: customer.owner.map(|id| state.agent_name(id)).unwrap_or_default(),
            completeness: 1.0 - missing.len() as f64 / ASKED as f64,
            months: months(&ledger, today),
            save_rate: (save_rate.mean(), (high - low) / 2.0),
            customer,
            revision,
            facts,
            relations,
            purchases,
            interactions,
            tasks,
            cases,
            subscriptions,
            outlook,
            moves,
            win_back,
            products,
            risk,
            worth,
            reasons,
            missing,
        })
    }

    /// The last changes, newest first.
    pub(super) fn changes(&self, count: usize) -> Result<Vec<ChangeLine>, Refusal> {
        use crate::domain::{AgentId, Gesture, GestureId};
        const MOST_LINES: usize = 1_000;
        let mut lines: Vec<ChangeLine> = Vec::new();
        let newest_first = crate::store::KeyRange::all().backward();
        let count = count.min(MOST_LINES);
        rows::read_all::<Gesture>(&*self.engine, newest_first, &mut |_, g, seq| {
            if lines.len() >= count {
                return std::ops::ControlFlow::Break(());
            }
            lines.push(ChangeLine {
                seq,
                at: g.at,
                by: self.read().agent_name(AgentId(g.actor.0)),
                gesture: GestureId(g.id.0),
                label: g.label,
                records: g.records as usize,
                undone: g.undone,
                whom: None,
                despite: String::new(),
            });
            std::ops::ControlFlow::Continue(())
        })?;
        for line in lines.iter_mut().filter(|line| line.records <= ONE) {
            self.tell_whom(line)?;
        }
        Ok(lines)
    }

    /// Finds out whom a change was about, and why it was made though a rule forbade it.
    fn tell_whom(&self, line: &mut ChangeLine) -> Result<(), Refusal> {
        // The line itself may be the last commit of several: those before it say more.
        let last = self.change(line.seq)?;
        let before = match line.seq.checked_sub(1) {
            Some(seq) => self.change(seq)?.filter(|change| change.gesture == line.gesture.0),
            None => None,
        };
        let changed: Vec<_> =
            before.into_iter().chain(last).flat_map(|change| change.rows).collect();
        let of_customer =
            |table: Table| table == Table::Customer || Table::OF_CUSTOMER.contains(&table);
        let touched = changed.iter().filter(|row| of_customer(row.table));
        let touched: HashSet<CustomerId> =
            touched.filter_map(|row| rows::customer_at(&row.key)).collect();
        let mut touched = touched.into_iter();
        if let (Some(id), None) = (touched.next(), touched.next())
            && let Ok((customer, _)) = self.customer(id)
        {
            line.whom = Some((id, customer.name));
        }
        for row in changed.iter().filter(|row| row.table == Table::Interaction) {
            let said = records::get::<Interaction>(&*self.engine, &row.key)?;
            line.despite = said.and_then(|(i, _)| i.wrap_up.despite).unwrap_or_default();
        }
        Ok(())
    }
}

/// A change of more records than this is not looked through for the one it is about.
const ONE: usize = 24;

/// How many things [`missing`] asks for.
const ASKED: usize = 10;

/// What is not known yet, most useful first.
fn missing(c: &Customer, facts: &[Fact]) -> Vec<Field> {
    let no_fact = |kinds: &[FactKind]| !facts.iter().any(|f| kinds.contains(&f.kind));
    let asked: [(Field, bool); ASKED] = [
        (Field::Phone, c.contact(ContactKind::Phone).is_none()),
        (Field::Text, no_fact(&[FactKind::Need, FactKind::Expectation])),
        (Field::BirthDate, c.birth.is_none()),
        (Field::City, c.place.city.is_empty()),
        (Field::Email, c.contact(ContactKind::Email).is_none()),
        (Field::Other, no_fact(&[FactKind::Taste, FactKind::Interest])),
        (Field::Language, c.language.is_empty()),
        (Field::Marketing, c.consent.marketing.is_none()),
        (Field::Source, c.source.is_empty()),
        (Field::Owner, c.owner.is_none()),
    ];
    asked.into_iter().filter(|(_, missing)| *missing).map(|(field, _)| field).collect()
}

/// Revenue by calendar month up to `today`, oldest first.
fn months(ledger: &Ledger, today: Day) -> Vec<i64> {
    let Some(now) = today.date() else { return Vec::new() };
    let index = |day: Day| {
        day.date().map(|d| (now.year() - d.year()) * 12 + i16::from(now.month() - d.month()))
    };
    let mut sums = vec![0; usize::from(MONTHS.unsigned_abs())];
    for total in &ledger.purchases.days {
        let Some(ago) = index(total.day).filter(|ago| (0..MONTHS).contains(ago)) else { continue };
        if let Some(sum) = sums.get_mut((MONTHS - 1 - ago).unsigned_abs() as usize) {
            *sum += total.revenue;
        }
    }
    sums
}
