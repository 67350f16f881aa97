//! Why a customer stands where they stand: gathers what is known of one customer for the reasons. Words
//! nothing and ranks nobody.

use std::borrow::Cow;

use crate::domain::{
    CustomerId, Day, Fact, FactKind, Interaction, Ledger, Meaning, Purchase, Settings,
};
use crate::insight::experience::fall;
use crate::insight::reasons::{Reason, Signals, Unmet, price_rise, reasons};
use crate::insight::retention::Worth;
use crate::store::{Engine, StoreError};

use super::ledgers::standing;
use super::state::State;
use super::{Desk, Who, rows};

/// Newest purchases and interactions that are looked at, each.
const MOST: usize = 200;
/// Days in which a complaint counts.
const FRESH: i32 = 182;
/// A need that matters so much and is met so little is told.
const MATTERS: u8 = 3;
const HARDLY_MET: u8 = 2;

/// What was noted of a customer beside the ledger.
pub(super) struct Known<'a> {
    pub purchases: Cow<'a, [Purchase]>,
    /// Those that stand, without the corrected ones.
    pub interactions: Cow<'a, [Interaction]>,
    pub facts: Cow<'a, [Fact]>,
}

impl Known<'_> {
    pub fn read(engine: &dyn Engine, id: CustomerId) -> Result<Self, StoreError> {
        let facts = rows::children::<Fact>(engine, id)?.into_iter().map(|(fact, _)| fact);
        Ok(Self {
            purchases: rows::newest_children::<Purchase>(engine, id, MOST)?.into(),
            interactions: standing(rows::newest_children::<Interaction>(engine, id, MOST)?).into(),
            facts: facts.collect::<Vec<_>>().into(),
        })
    }
}

impl Desk {
    /// The arithmetic of a customer and the strongest reasons.
    pub(super) fn why(
        &self,
        who: &Who,
        id: CustomerId,
        ledger: &Ledger,
        known: &Known<'_>,
        most: usize,
    ) -> (Option<Worth>, Vec<Reason>) {
        let state = self.read();
        let day = state.scoring_day(Self::day_in(&state.settings, who.now));
        let stand = state.stand(id);
        let worth = stand.and_then(|stand| state.scores.worth(id, &state.settings, stand));
        let worth = worth.map(|(_, worth)| worth);
        let contacts = &ledger.contacts;
        let since = |d: Day| d.is_known().then(|| day.since(d).max(0).unsigned_abs());
        let signals = Signals {
            complaints: complaints(&state, &known.interactions, day),
            refused_last: contacts.last_meaning == Some(Meaning::Refused),
            price_rise: price_rise(&known.purchases, day),
            fall: fall(&satisfied(&state, &known.interactions, day)),
            recommend: recommends(&state, &known.interactions, day),
            unmet: unmet(&known.facts, day),
            days_since_contact: since(contacts.last_reached),
            value_percentile: state
                .directory
                .row_of(id)
                .and_then(|row| state.directory.figures(row).value)
                .and_then(|value| state.scores.percentile(value)),
        };
        drop(state);
        let mut all = reasons(&ledger.purchases, day, &signals);
        all.truncate(most);
        (worth, all)
    }
}

/// Complaints of the last half year: by what the outcome means, or by its name where a file brought one
/// that is not in the table.
fn complaints(state: &State, interactions: &[Interaction], day: Day) -> u32 {
    let complained = |i: &&Interaction| {
        let meaning = state.outcome(&i.outcome).map(|o| o.meaning);
        let on = on_day(&state.settings, i);
        let fresh = on <= day && day.since(on) <= FRESH;
        fresh && (meaning == Some(Meaning::Complaint) || i.outcome.starts_with("complain"))
    };
    u32::try_from(interactions.iter().filter(complained).count()).unwrap_or(u32::MAX)
}

/// How satisfied the customer was, newest first; nothing when it was not asked lately.
fn satisfied(state: &State, interactions: &[Interaction], day: Day) -> Vec<u8> {
    let said = |i: &Interaction| Some((i.at, i.id, i.wrap_up.satisfaction?));
    let mut all: Vec<_> = interactions.iter().filter_map(said).collect();
    all.sort_by(|a, b| b.cmp(a));
    let last = all.first().map(|(at, ..)| Desk::day_in(&state.settings, *at));
    let is_fresh = last.is_some_and(|on| on <= day && day.since(on) <= FRESH);
    if is_fresh { all.into_iter().map(|(.., given)| given).collect() } else { Vec::new() }
}

/// What the customer said last of recommending us, when that was lately.
fn recommends(state: &State, interactions: &[Interaction], day: Day) -> Option<u8> {
    let said = |i: &Interaction| Some((i.at, i.id, i.wrap_up.recommend?));
    let (at, _, given) = interactions.iter().filter_map(said).max()?;
    let on = Desk::day_in(&state.settings, at);
    (on <= day && day.since(on) <= FRESH).then_some(given)
}

fn on_day(settings: &Settings, i: &Interaction) -> Day {
    Desk::day_in(settings, i.at)
}

/// The need or expectation that matters most of those hardly met.
fn unmet(facts: &[Fact], day: Day) -> Option<Unmet> {
    let of = facts.iter().filter(|f| {
        matches!(f.kind, FactKind::Need | FactKind::Expectation)
            && f.on <= day
            && f.strength >= MATTERS
            && (1..=HARDLY_MET).contains(&f.met)
    });
    let most = of.max_by_key(|f| (f.strength, std::cmp::Reverse(f.met), f.on))?;
    Some(Unmet { need: most.text.clone(), strength: most.strength, met: most.met })
}
