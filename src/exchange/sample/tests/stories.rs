//! Every story that was planted can be read from the records alone.

use super::*;
use crate::domain::{Customer, FactKind, History, Purchase, RelationKind};
use crate::insight::{gamma_gamma, pareto_nbd, score, summarise};

/// The places of the customers with a story; there must be some.
fn with(sample: &Sample, story: Story) -> Vec<usize> {
    let all: Vec<usize> =
        (0..sample.customers.len()).filter(|at| sample.truths[*at].story == story).collect();
    assert!(all.len() >= 10, "{story}: {}", all.len());
    all
}

fn talks(sample: &Sample, at: usize) -> impl Iterator<Item = &Interaction> {
    let id = CustomerId(at as u64 + 1);
    let from = sample.interactions.partition_point(|i| i.customer < id);
    sample.interactions[from..].iter().take_while(move |i| i.customer == id)
}

fn bought(sample: &Sample, at: usize) -> impl Iterator<Item = &Purchase> {
    let id = CustomerId(at as u64 + 1);
    let from = sample.purchases.partition_point(|p| p.customer < id);
    sample.purchases[from..].iter().take_while(move |p| p.customer == id)
}

fn gaps(history: &BTreeMap<Day, i64>) -> Vec<i32> {
    let days: Vec<Day> = history.keys().copied().collect();
    let mut gaps: Vec<i32> = days.windows(2).map(|pair| pair[1].since(pair[0])).collect();
    gaps.sort_unstable();
    gaps
}

fn needs(sample: &Sample, at: usize, strength: u8) -> bool {
    let id = CustomerId(at as u64 + 1);
    let strong = |f: &&Fact| f.customer == id && f.kind == FactKind::Need && f.strength >= strength;
    sample.facts.iter().any(|f| strong(&f))
}

#[test]
fn regulars_fell_silent_and_had_complained() {
    for (recipe, sample) in usual() {
        let histories = histories(sample);
        for at in with(sample, Story::FellSilent) {
            let gaps = gaps(&histories[at]);
            let usual = gaps[gaps.len() / 2];
            let last = *histories[at].keys().next_back().unwrap();
            let silent = recipe.today.since(last);
            assert!((16..=27).contains(&usual), "every {usual} days");
            assert!((54..=75).contains(&silent) && silent * 10 >= usual * 23, "{usual} {silent}");
            let near = |i: &&Interaction| {
                let days = local(sample, i.at).0.since(last);
                i.direction == Direction::Inbound && (-45..=20).contains(&days) && i.seconds >= 240
            };
            assert!(talks(sample, at).filter(near).count() >= 2, "complaints");
            assert!(needs(sample, at, 5));
            assert_eq!(sample.customers[at].stage, Stage::AtRisk);
        }
    }
}

#[test]
fn the_price_rise_made_some_leave_in_anger() {
    for (recipe, sample) in usual() {
        let rise = recipe.today.plus(-calendar::PRICE_RISE_AGO);
        let histories = histories(sample);
        for at in with(sample, Story::PriceAngry) {
            let last = *histories[at].keys().next_back().unwrap();
            assert!((0..=20).contains(&last.since(rise)), "{last}");
            assert!(histories[at].len() >= 6);
            let angry = |i: &&Interaction| {
                i.direction == Direction::Inbound
                    && local(sample, i.at).0 > rise
                    && i.seconds >= 300
            };
            assert!(talks(sample, at).any(|i| angry(&i)));
            assert!(needs(sample, at, 5));
        }
        // The plans did become dearer.
        let plan = sample.products.iter().find(|p| p.sku == "NET-100").unwrap();
        let price = |before: bool| {
            let lines = sample.purchases.iter().filter(|p| (p.day < rise) == before);
            let of_plan = lines.flat_map(|p| &p.lines).filter(|l| l.product == Some(plan.id));
            of_plan.map(|l| l.amount * 1_000 / l.quantity).max().unwrap()
        };
        assert!(price(false) * 100 > price(true) * 115);
        assert_eq!(Some(price(false)), plan.price);
    }
}

#[test]
fn habits_ended_and_the_business_can_see_it() {
    for (recipe, sample) in usual() {
        let histories = histories(sample);
        for at in with(sample, Story::Gone) {
            let last = *histories[at].keys().next_back().unwrap();
            let left = sample.truths[at].left.unwrap();
            assert!(left > last && left <= recipe.today && histories[at].len() >= 3);
            assert_eq!(sample.customers[at].stage, Stage::Lapsed, "silent since {last}");
        }
        for at in with(sample, Story::Regular) {
            let usual = gaps(&histories[at]).into_iter().max().unwrap_or(0);
            let last = *histories[at].keys().next_back().unwrap();
            assert!(recipe.today.since(last) <= usual.max(45), "a habit goes on");
            assert_eq!(sample.truths[at].left, None);
        }
    }
}

#[test]
fn some_cost_more_than_they_bring() {
    for (recipe, sample) in usual() {
        let all = with(sample, Story::CostlyToKeep);
        let lost = |at: &&usize| {
            let seconds: u32 = talks(sample, **at).map(|i| i.seconds).sum();
            let sum = |sale: bool| -> i64 {
                let of = bought(sample, **at).filter(|p| (p.kind == PurchaseKind::Sale) == sale);
                of.map(Purchase::amount).sum()
            };
            let serve = i64::from(seconds / 60) * sample.settings.minute_cost;
            (sum(true) as f64 * sample.settings.margin) < (serve + sum(false)) as f64
        };
        let share = all.iter().filter(lost).count() as f64 / all.len() as f64;
        assert!(share > 0.8, "{share}");
        // They are not about to leave.
        let histories = histories(sample);
        let active =
            |at: &usize| recipe.today.since(*histories[*at].keys().next_back().unwrap()) <= 10;
        assert!(all.iter().all(active));
    }
}

#[test]
fn orders_of_big_organisations_were_halved() {
    for (recipe, sample) in usual() {
        let histories = histories(sample);
        let mean = |at: usize, keep: &dyn Fn(i32) -> bool| {
            let all: Vec<i64> = histories[at]
                .iter()
                .filter(|(day, _)| keep(recipe.today.since(**day)))
                .map(|(_, amount)| *amount)
                .collect();
            all.iter().sum::<i64>() as f64 / all.len() as f64
        };
        let ratios: Vec<f64> = with(sample, Story::OrdersHalved)
            .into_iter()
            .inspect(|at| assert_eq!(sample.customers[*at].kind.name(), "organisation"))
            .map(|at| mean(at, &|ago| ago < 110) / mean(at, &|ago| ago > 160))
            .collect();
        let typical = ratios.iter().sum::<f64>() / ratios.len() as f64;
        assert!((0.4..0.65).contains(&typical), "{typical}");
        let smaller = ratios.iter().filter(|r| **r < 0.85).count();
        assert!(smaller * 10 >= ratios.len() * 9, "{ratios:?}");
    }
}

#[test]
fn advocates_bring_others() {
    for (_, sample) in usual() {
        let mut brought = vec![0; sample.customers.len()];
        for r in sample.relations.iter().filter(|r| r.kind == RelationKind::ReferredBy) {
            brought[r.to.0 as usize - 1] += 1;
            let [from, to] = [r.from, r.to].map(|id| &sample.customers[id.0 as usize - 1]);
            assert!(from.joined > to.joined, "sent by somebody who was no customer yet");
        }
        let advocates = with(sample, Story::Advocate);
        let many = advocates.iter().filter(|at| brought[**at] >= 2).count();
        assert!(many * 10 >= advocates.len() * 7, "{many} of {}", advocates.len());
        assert!(advocates.iter().all(|at| sample.customers[*at].stage == Stage::Advocate));
    }
}

#[test]
fn some_left_and_were_won_back_by_a_call() {
    for (_, sample) in usual() {
        let histories = histories(sample);
        for at in with(sample, Story::WonBack) {
            let days: Vec<Day> = histories[at].keys().copied().collect();
            let pair = days.windows(2).find(|pair| pair[1].since(pair[0]) >= 180).unwrap();
            let brought = |i: &Interaction| i.outcome == "sale" && local(sample, i.at).0 == pair[1];
            assert!(talks(sample, at).any(brought), "no call on {}", pair[1]);
            let silent =
                |i: &Interaction| i.outcome == "refused" && local(sample, i.at).0 < pair[1];
            assert!(talks(sample, at).any(silent));
        }
    }
}

#[test]
fn sources_differ_in_who_buys() {
    for (_, sample) in usual() {
        let mut by_source: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for customer in &sample.customers {
            let of = by_source.entry(&customer.source).or_default();
            of.0 += 1;
            of.1 += usize::from(customer.stage != Stage::Prospect);
        }
        let mut rates: Vec<f64> =
            by_source.values().map(|(all, bought)| *bought as f64 / *all as f64).collect();
        rates.sort_by(f64::total_cmp);
        assert_eq!(rates.len(), 6);
        assert!(rates[0] < 0.6 && rates[5] > 0.93 && rates[2] < 0.9, "{rates:?}");
        for at in with(sample, Story::Prospect) {
            assert_eq!(bought(sample, at).count(), 0);
        }
    }
}

#[test]
fn wishes_not_to_be_called_are_kept() {
    for (_, sample) in usual() {
        let mut silent = 0;
        for (at, customer) in sample.customers.iter().enumerate() {
            let Some(wish) = &customer.consent.do_not_call else { continue };
            silent += 1;
            let ours = |i: &&Interaction| {
                i.direction == Direction::Outbound && local(sample, i.at).0 >= wish.since
            };
            let after: Vec<&Interaction> = talks(sample, at).filter(ours).collect();
            assert!(after.iter().all(|i| i.outcome == "do_not_call"), "{after:?}");
            assert_eq!(customer.consent.marketing, Some(false));
        }
        assert!((40..200).contains(&silent), "{silent}");
    }
}

#[test]
fn evening_phones_are_answered_in_the_evening() {
    for (recipe, sample) in usual() {
        let label = if recipe.lang == Language::Persian { "عصرها" } else { "evenings" };
        let asked = |c: &Customer| c.contacts.first().is_some_and(|p| p.label == label);
        let mut reached = 0;
        let mut missed = 0;
        for (at, customer) in sample.customers.iter().enumerate().filter(|(_, c)| asked(c)) {
            for i in talks(sample, at).filter(|i| i.channel == Channel::Call) {
                let there = i.at.in_tz(&customer.time_zone).unwrap();
                if matches!(i.outcome.as_str(), "no_answer" | "busy") {
                    missed += 1;
                } else {
                    reached += 1;
                    // Zones on the other side of the world change their clocks on other days.
                    assert!((16..=21).contains(&there.hour()), "{} {}", customer.time_zone, there);
                }
            }
        }
        assert!(reached > 100 && missed > 50, "{reached} {missed}");
    }
}

#[test]
fn callbacks_wait_for_the_first_agent() {
    for (recipe, sample) in usual() {
        let mine = sample.tasks.iter().filter(|t| t.owner == AgentId(1));
        let days: Vec<i32> = mine.map(|t| local(sample, t.due).0.since(recipe.today)).collect();
        let count = |of: fn(i32) -> bool| days.iter().filter(|d| of(**d)).count();
        assert!(count(|d| d < 0) >= 3 && count(|d| d == 0) >= 4, "{days:?}");
        assert!(count(|d| d == 1) >= 2 && count(|d| d > 1) >= 2, "{days:?}");
        for agent in 2..=6 {
            assert!(sample.tasks.iter().filter(|t| t.owner == AgentId(agent)).count() >= 3);
        }
    }
}

#[test]
fn households_share_name_and_address() {
    for (_, sample) in usual() {
        let homes = sample.relations.iter().filter(|r| r.kind == RelationKind::Household);
        let mut count = 0;
        for r in homes {
            let [from, to] = [r.from, r.to].map(|id| &sample.customers[id.0 as usize - 1]);
            assert_eq!(from.place, to.place);
            let family = |c: &Customer| c.name.split_once(' ').map(|(_, f)| f.to_owned());
            let latin = |c: &Customer| c.name.is_ascii();
            assert!(
                family(from) == family(to) || latin(from) != latin(to),
                "{} {}",
                from.name,
                to.name
            );
            count += 1;
        }
        assert!(count > 300, "{count}");
        let works = sample.relations.iter().filter(|r| r.kind == RelationKind::WorksAt);
        assert!(works.count() > 100);
    }
}

#[test]
fn second_records_share_a_phone() {
    for (_, sample) in usual() {
        for at in with(sample, Story::Double) {
            let phone = sample.customers[at].contact(ContactKind::Phone);
            let same = sample.customers.iter().filter(|c| c.contact(ContactKind::Phone) == phone);
            assert!(phone.is_some() && same.count() >= 2, "{}", sample.customers[at].name);
        }
    }
}

#[test]
fn birthdays_come_round() {
    for (recipe, sample) in usual() {
        let date = |day: Day| day.date().map(|d| (d.month(), d.day()));
        let week: Vec<_> = (0..7).map(|d| date(recipe.today.plus(d))).collect();
        let soon =
            sample.customers.iter().filter(|c| c.birth.is_some_and(|b| week.contains(&date(b))));
        assert!(soon.count() >= 20);
    }
}

#[test]
fn baskets_hold_what_goes_together() {
    for (_, sample) in usual() {
        let id = |sku: &str| sample.products.iter().find(|p| p.sku == sku).map(|p| p.id).unwrap();
        let sales = || sample.purchases.iter().filter(|p| p.kind == PurchaseKind::Sale);
        let holds = |p: &Purchase, sku: &str| p.lines.iter().any(|l| l.product == Some(id(sku)));
        for (one, other, least) in [("ROUTER", "CABLE", 0.55), ("PHONE-B", "CASE", 0.5)] {
            let with = sales().filter(|p| holds(p, one)).count() as f64;
            let both = sales().filter(|p| holds(p, one) && holds(p, other)).count() as f64;
            let among_all =
                sales().filter(|p| holds(p, other)).count() as f64 / sales().count() as f64;
            assert!(with > 50.0 && both / with > least, "{one} {other}: {both} of {with}");
            assert!(both / with > 5.0 * among_all, "lift");
        }
        // Smaller plans are followed by larger ones, never the reverse.
        let level = |p: &Purchase| {
            ["NET-30", "NET-100", "NET-300", "NET-1000"].iter().position(|s| holds(p, s))
        };
        let mut up = 0;
        for at in 0..sample.customers.len() {
            let levels: Vec<usize> = bought(sample, at)
                .filter(|p| p.kind == PurchaseKind::Sale)
                .filter_map(level)
                .collect();
            assert!(levels.is_sorted(), "{levels:?}");
            up += usize::from(levels.first() != levels.last());
        }
        assert!(up > 50, "{up}");
    }
}

#[test]
fn the_year_has_seasons_and_the_week_its_rhythm() {
    for (recipe, sample) in usual() {
        let ordinary =
            |p: &&Purchase| sample.truths[p.customer.0 as usize - 1].story == Story::Ordinary;
        let rate = |of: &dyn Fn(Day) -> bool| {
            let days =
                (0..=calendar::SPAN).filter(|ago| of(recipe.today.plus(-ago))).count() as f64;
            let sales =
                sample.purchases.iter().filter(ordinary).filter(|p| of(p.day)).count() as f64;
            sales / days
        };
        let date = |day: Day| day.date().map_or((0, 0), |d| (d.month(), d.day()));
        // Christmas against February; the weeks before Nowruz against April.
        let persian = recipe.lang == Language::Persian;
        let (in_peak, lull) = if persian { (3, 4) } else { (12, 2) };
        let peak = |(month, day): (i8, i8)| month == in_peak && day < 20;
        let lull = |(month, _): (i8, i8)| month == lull;
        let (high, low) = (rate(&|d| peak(date(d))), rate(&|d| lull(date(d))));
        assert!(high > 1.4 * low, "{high} {low}");
        let (busy, rest) = if recipe.lang == Language::Persian { (3, 4) } else { (5, 6) };
        let (high, low) =
            (rate(&|d| calendar::weekday(d) == busy), rate(&|d| calendar::weekday(d) == rest));
        assert!(high > 1.2 * low, "{high} {low}");
    }
}

#[test]
fn the_models_find_who_left() {
    let (recipe, sample) = &usual()[0];
    let mut histories = vec![History::default(); sample.customers.len()];
    for p in &sample.purchases {
        histories[p.customer.0 as usize - 1].add(p.day_total());
    }
    let of = |at: usize| summarise(&histories[at], recipe.today, 100.0);
    let all: Vec<_> = (0..histories.len()).filter_map(of).collect();
    let buying = pareto_nbd::fit(&all).unwrap().model;
    let spend = gamma_gamma::fit(&all).unwrap().model;
    let terms = score::Terms::default();
    let alive = |story: Story| {
        let places = with(sample, story);
        let chance = |at: &usize| score::score(&buying, &spend, &of(*at).unwrap(), &terms).p_alive;
        places.iter().map(chance).sum::<f64>() / places.len() as f64
    };
    let [gone, silent, regular] = [Story::Gone, Story::FellSilent, Story::Regular].map(alive);
    assert!(gone < 0.25 && regular > 0.95, "{gone} {regular}");
    assert!(gone < silent && silent < regular, "{gone} {silent} {regular}");
}
