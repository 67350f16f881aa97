//! What the sample's business works by: offers, a programme, scripts, campaigns and own fields, read from
//! a plan as anybody could import it, with its days put in. Offers and campaigns are numbered from 1 in
//! the order of the plan.

use crate::domain::{
    Campaign, CampaignId, Customer, Day, Definition, Language, Offer, OfferId, OwnField,
    OwnFieldKind, Programme, Script,
};
use crate::exchange::plan::{self, Plan};

use super::calendar::{Calendar, SPAN};
use super::people::Person;
use super::random::Random;

/// Share of persons of whom it is known how they like to be reached, and of firms with a yearly review.
const PREFERS: f64 = 0.35;
const REVIEWS: f64 = 0.6;

/// The strategy in parts.
pub(super) struct Strategy {
    pub plan: Plan,
    pub offers: Vec<Offer>,
    pub programmes: Vec<Programme>,
    pub campaigns: Vec<Drive>,
    own_fields: Vec<OwnField>,
}

/// A campaign with what it names.
pub(super) struct Drive {
    pub campaign: Campaign,
    /// Places of the lines of its script that are ticked off.
    pub steps: Vec<u8>,
}

impl Strategy {
    /// Reads the one of a language, as of a day.
    pub fn read(language: Language, today: Day) -> Self {
        let text = match language {
            Language::English => include_str!("../../../demo/strategy.en.toml"),
            Language::Persian => include_str!("../../../demo/strategy.fa.toml"),
        };
        // A test reads both: there is nothing in them that could fail here.
        Self::of(plan::read(&dated(text, today)).unwrap_or_default())
    }

    fn of(plan: Plan) -> Self {
        let mut offers: Vec<Offer> = Vec::new();
        let (mut programmes, mut own_fields) = (Vec::new(), Vec::new());
        let mut scripts: Vec<Script> = Vec::new();
        let mut campaigns: Vec<Drive> = Vec::new();
        for planned in plan.definitions() {
            match planned.definition.clone() {
                Definition::Offer(offer) => {
                    let id = OfferId(offers.len() as u64 + 1);
                    offers.push(Offer { id, ..offer });
                }
                Definition::Script(script) => scripts.push(script),
                Definition::Campaign(campaign) => {
                    let named = |name: &Option<String>, at: &str| name.as_deref() == Some(at);
                    let offer = offers.iter().find(|o| named(&planned.offer, &o.name));
                    let script = scripts.iter().find(|s| named(&planned.script, &s.name));
                    let lines = script.iter().flat_map(|s| &s.lines).enumerate();
                    let steps = lines.filter(|(_, line)| line.check).map(|(at, _)| at as u8);
                    let steps = steps.collect();
                    let (id, offer) =
                        (CampaignId(campaigns.len() as u64 + 1), offer.map(|offer| offer.id));
                    let campaign = Campaign { id, offer, ..campaign };
                    campaigns.push(Drive { campaign, steps });
                }
                Definition::Programme(programme) => programmes.push(programme),
                Definition::OwnField(field) => own_fields.push(field),
                Definition::Process(_) => {}
            }
        }
        Self { plan, offers, programmes, campaigns, own_fields }
    }

    /// What is known of a customer in the own fields that choices and dates fill.
    pub fn fill_in(
        &self,
        random: &mut Random,
        calendar: &Calendar,
        person: &Person,
        customer: &mut Customer,
    ) {
        for field in &self.own_fields {
            let value = match field.kind {
                OwnFieldKind::Choice if !person.firm && random.chance(PREFERS) => {
                    random.pick(&field.choices).cloned()
                }
                OwnFieldKind::Date if person.firm && random.chance(REVIEWS) => {
                    let day = calendar.day(SPAN + random.between(-120, 240));
                    day.date().map(|date| date.to_string())
                }
                _ => None,
            };
            customer.fields.extend(value.map(|value| (field.name.clone(), value)));
        }
    }
}

/// Puts days in the place of those that are counted from the sample's end: `"day -30"`.
fn dated(text: &str, today: Day) -> String {
    const MARK: &str = "\"day ";
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split(MARK);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (days, rest) = part.split_once('"').unwrap_or((part, ""));
        let date = days.parse().ok().and_then(|days| today.plus(days).date());
        out.push('"');
        out.push_str(&date.map_or_else(|| days.to_owned(), |date| date.to_string()));
        out.push('"');
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CampaignState, DefinitionKind, QueueKind};

    #[test]
    fn both_strategies_are_read_whole_and_alike() {
        let shape = |language| {
            let all = Strategy::read(language, Day(20_779));
            let kinds: Vec<_> =
                all.plan.definitions().iter().map(|p| p.definition.kind()).collect();
            for planned in all.plan.definitions() {
                planned.definition.validate().unwrap();
            }
            let states: Vec<_> = all.campaigns.iter().map(|c| c.campaign.state).collect();
            assert_eq!(states, [CampaignState::Ended, CampaignState::Running]);
            assert!(all.campaigns.iter().all(|c| c.campaign.offer.is_some()));
            assert!(all.campaigns.iter().all(|c| c.steps.len() >= 3));
            let [ended, running] = &all.campaigns[..] else { panic!("two campaigns") };
            assert!(ended.campaign.until < Some(Day(20_779)));
            assert!(running.campaign.runs_on(Day(20_779)));
            kinds
        };
        let english = shape(Language::English);
        assert_eq!(english, shape(Language::Persian));
        for kind in DefinitionKind::ALL.iter().filter(|k| **k != DefinitionKind::Process) {
            assert!(english.contains(kind), "no {kind}");
        }
        for queue in [QueueKind::Retention, QueueKind::WinBack] {
            let all = Strategy::read(Language::English, Day(20_779));
            let has = |p: &crate::desk::Planned| match &p.definition {
                Definition::Script(script) => script.queue == Some(queue),
                _ => false,
            };
            assert!(all.plan.definitions().iter().any(has), "no script for {queue}");
        }
    }

    #[test]
    fn days_are_counted_from_the_end() {
        let today = Day::of(jiff::civil::date(2026, 3, 1));
        for (text, want) in [
            ("from = \"day -1\"", "from = \"2026-02-28\""),
            ("a = \"day 45\"\nb = 2", "a = \"2026-04-15\"\nb = 2"),
            ("name = \"today\"", "name = \"today\""),
            ("\"day x\"", "\"x\""),
        ] {
            assert_eq!(dated(text, today), want);
        }
    }
}
