//! The strategy of the sample and what came of it: campaigns keep their own rules, offers work better at
//! some stages, and what is in the store adds up to what was made.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::*;
use crate::desk::{Answer, Cancel, Command, Desk, Question, Who};
use crate::domain::{
    Campaign, CampaignId, Definition, OfferAnswer, OfferId, OwnField, Programme, QueueKind,
};
use crate::store::memory::MemoryEngine;

fn definitions<T>(sample: &Sample, of: fn(&Definition) -> Option<&T>) -> Vec<&T> {
    sample.plan.definitions().iter().filter_map(|p| of(&p.definition)).collect()
}

fn campaigns(sample: &Sample) -> Vec<&Campaign> {
    definitions(sample, |d| if let Definition::Campaign(c) = d { Some(c) } else { None })
}

fn of_campaign(sample: &Sample, place: u64) -> Vec<&Interaction> {
    let id = Some(CampaignId(place));
    sample.interactions.iter().filter(|i| i.wrap_up.campaign == id).collect()
}

#[test]
fn calls_of_a_campaign_keep_its_rules() {
    for (recipe, sample) in usual() {
        for (at, campaign) in campaigns(sample).into_iter().enumerate() {
            let calls = of_campaign(sample, at as u64 + 1);
            assert!(calls.len() >= 60, "{}: {} calls", campaign.name, calls.len());
            let mut by_customer: BTreeMap<CustomerId, Vec<Day>> = BTreeMap::new();
            let mut by_day: BTreeMap<Day, u32> = BTreeMap::new();
            for call in &calls {
                assert_eq!((call.channel, call.direction), (Channel::Call, Direction::Outbound));
                let (day, _) = local(sample, call.at);
                assert!(campaign.from <= Some(day) && campaign.until >= Some(day), "{day}");
                assert!(day < recipe.today);
                let customer = &sample.customers[call.customer.0 as usize - 1];
                assert!(!customer.must_not_be_called());
                assert!(!campaign.needs_consent || customer.consent.marketing == Some(true));
                let zone = TimeZone::get(&customer.time_zone).unwrap();
                let hour = call.at.to_zoned(zone).hour().unsigned_abs();
                let open = campaign.calls_from..campaign.calls_to;
                assert!(open.contains(&hour), "{}: {hour} at {}", campaign.name, call.at);
                by_customer.entry(call.customer).or_default().push(day);
                *by_day.entry(day).or_default() += 1;
            }
            assert!(campaign.cap_day == 0 || by_day.values().all(|n| *n <= campaign.cap_day));
            for days in by_customer.values() {
                assert!(days.len() <= usize::from(campaign.attempts), "{days:?}");
                let week = |day: Day| days.iter().filter(move |d| (0..7).contains(&d.since(day)));
                let most = days.iter().map(|day| week(*day).count()).max();
                assert!(most <= Some(usize::from(campaign.cap_week)), "{days:?}");
            }
            // It is worth looking at: some said yes, more said no, most calls met nobody.
            let with = |outcome: &str| calls.iter().filter(|c| c.outcome == outcome).count();
            let (sold, refused) = (with("sale"), with("refused"));
            assert!(sold >= 5 && refused >= sold, "{sold} sold, {refused} refused");
            assert!(with("no_answer") > refused / 2);
            let steps = calls.iter().filter(|c| !c.wrap_up.checked.is_empty()).count();
            assert!(steps * 3 > calls.len(), "{steps} by the script");
        }
    }
}

/// Answers by offer and stage: asked, taken.
fn answers(sample: &Sample) -> BTreeMap<(OfferId, Stage), (usize, usize)> {
    let mut sums: BTreeMap<(OfferId, Stage), (usize, usize)> = BTreeMap::new();
    for call in &sample.interactions {
        let Some(made) = &call.wrap_up.offer else { continue };
        let stage = sample.customers[call.customer.0 as usize - 1].stage;
        let sum = sums.entry((made.offer, stage)).or_default();
        sum.0 += 1;
        sum.1 += usize::from(made.answer == OfferAnswer::Accepted);
    }
    sums
}

#[test]
fn some_offers_work_better_at_some_stages() {
    for (_, sample) in usual() {
        let sums = answers(sample);
        let rate = |offer: u64, stage: Stage| {
            let (asked, taken) = sums[&(OfferId(offer), stage)];
            assert!(asked >= 10, "offer {offer} at {stage}: {asked}");
            taken as f64 / asked as f64
        };
        assert!(rate(1, Stage::AtRisk) > rate(1, Stage::Repeat) + 0.1);
        assert!(rate(3, Stage::Loyal) > rate(3, Stage::Repeat));
        assert!(rate(5, Stage::FirstTime) > rate(4, Stage::Lapsed));
        for (at, call) in sample.interactions.iter().enumerate() {
            let Some(made) = &call.wrap_up.offer else { continue };
            assert!((1..=7).contains(&made.offer.0), "offer {}", made.offer);
            let answer = made.answer;
            match call.outcome.as_str() {
                "sale" => assert_eq!(answer, OfferAnswer::Accepted, "call {at}"),
                "refused" => assert_eq!(answer, OfferAnswer::Refused, "call {at}"),
                other => assert_eq!(other, "answered", "an offer to nobody"),
            }
        }
    }
}

#[test]
fn satisfaction_tells_the_stories() {
    for (recipe, sample) in usual() {
        let said = |story: Story, late: bool| {
            let of = sample.interactions.iter().filter(|i| {
                let asked = i.wrap_up.satisfaction.is_some();
                if !asked || sample.truths[i.customer.0 as usize - 1].story != story {
                    return false;
                }
                let ago = recipe.today.since(local(sample, i.at).0);
                (ago <= 100) == late
            });
            let all: Vec<f64> = of.filter_map(|i| i.wrap_up.satisfaction).map(f64::from).collect();
            assert!(all.len() >= 8, "{story} {late}: {}", all.len());
            all.iter().sum::<f64>() / all.len() as f64
        };
        assert!(said(Story::FellSilent, false) > said(Story::FellSilent, true) + 1.0);
        assert!(said(Story::PriceAngry, false) > said(Story::PriceAngry, true) + 1.0);
        assert!(said(Story::Advocate, true) > said(Story::Ordinary, true) + 0.3);
    }
}

#[test]
fn own_fields_hold_what_they_take() {
    for (_, sample) in usual() {
        let fields: Vec<&OwnField> =
            definitions(sample, |d| if let Definition::OwnField(f) = d { Some(f) } else { None });
        let mut met = BTreeSet::new();
        for (name, value) in sample.customers.iter().flat_map(|c| &c.fields) {
            let field = fields.iter().find(|f| f.name == *name);
            let field = field.unwrap_or_else(|| panic!("{name} is not defined"));
            field.kept(value).unwrap_or_else(|e| panic!("{name}: {value}: {e:?}"));
            met.insert(name);
        }
        assert_eq!(met.len(), fields.len());
    }
}

#[test]
fn a_filled_store_adds_up() {
    for lang in [Language::English, Language::Persian] {
        let now: jiff::Timestamp = "2026-11-22T09:00:00Z".parse().unwrap();
        let today = Day::of(date(2026, 11, 22));
        let desk = Desk::open(Arc::new(MemoryEngine::new()), now).unwrap();
        let who = Who { agent: crate::domain::Agent::program(), now };
        let sample = make(Recipe { today, ..recipe(lang, 4, 500) });
        let made = sample.clone();
        fill(&desk, &who, sample, &mut |_| {}).unwrap();
        let fit = Command::Fit { as_of: None, horizon_weeks: None, model: None };
        desk.act(&who, fit).unwrap();
        desk.act(&who, Command::Lifecycle).unwrap();
        desk.prepare().unwrap();
        follow_up(&desk, &who, lang).unwrap();
        let ask = |question| desk.ask(&who, question, &Cancel::default()).unwrap();
        let Answer::Plans(plans) = ask(Question::Plans) else { panic!("plans") };
        let kept = &plans.definitions;
        assert_eq!(
            (kept.offers.len(), kept.programmes.len(), kept.scripts.len()),
            (7, 1, 3),
            "{lang}"
        );
        assert_eq!((kept.campaigns.len(), kept.own_fields.len(), kept.processes.len()), (2, 3, 3));
        // Answers and calls of campaigns went in as they were made.
        let Answer::Ids(ids) = ask(Question::Ids {
            text: String::new(),
            expression: String::new(),
            sort: crate::directory::Sort::default(),
        }) else {
            panic!("ids")
        };
        let (mut answers, mut calls, mut redeemed) = (0, 0, 0);
        let mut states = BTreeMap::new();
        for id in ids {
            let Answer::Profile(known) = ask(Question::Profile(id)) else { panic!("{id}") };
            for (talk, _) in &known.interactions {
                let offer = talk.wrap_up.offer.as_ref();
                answers += usize::from(offer.is_some());
                calls += usize::from(talk.wrap_up.campaign.is_some());
                assert!(offer.is_none_or(|o| kept.offer(o.offer).is_some()));
            }
            redeemed += known.memberships.iter().map(|m| m.balance.redeemed).sum::<i64>();
            if let Some(back) = known.win_back {
                *states.entry(back.state).or_insert(0) += 1;
            }
        }
        let wrapped = || made.interactions.iter().map(|i| &i.wrap_up);
        assert_eq!(answers, wrapped().filter(|w| w.offer.is_some()).count());
        assert_eq!(calls, wrapped().filter(|w| w.campaign.is_some()).count());
        let planned: i64 = made.redemptions.iter().map(|r| r.points).sum();
        assert!(planned > 0 && redeemed > planned / 2 && redeemed <= planned, "{redeemed}");
        let programme: &Programme = &kept.programmes[0].record;
        let report = desk.programmes_report(&who, &Cancel::default()).unwrap();
        assert_eq!((report[0].redeemed, report[0].programme.id), (redeemed, programme.id));
        assert!(report[0].open > 0);
        assert_eq!(states.len(), 4, "every state of winning back: {states:?}");
        let page = |kind| match ask(Question::Queue { kind, from: 0, count: 5, anchor: None }) {
            Answer::Queue(page) => *page,
            other => panic!("{other:?}"),
        };
        let cross = page(QueueKind::CrossSell);
        assert!(cross.total >= 5, "{}", cross.total);
        assert!(page(QueueKind::Retention).rows.iter().any(|r| r.proposition.is_some()));
    }
}
