//! Nobody is proposed and no call is logged that the rule forbids: random worlds and random acts
//! against a rule written down again, naively, from the rows that are in the store.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use vafa::desk::{
    Answer, Cancel, Change, Command, Deed, Log, Plans, Profile, Question, Refusal, Who, Whom,
    WorkScope,
};
use vafa::domain::{
    Agent, AgentId, Campaign, CampaignKind, CampaignState, Channel, Consent, Customer, CustomerId,
    Day, Direction, Interaction, Meaning, Offer, OfferAnswer, Outcome, Proposed, QueueKind, Role,
    Settings, WrapUp,
};

use super::bench::Bench;
use super::queues;

/// Outcomes, by how they end a call.
const OUTCOMES: [&str; 6] = ["no_answer", "busy", "answered", "refused", "sale", "do_not_call"];
const ZONES: [&str; 4] = ["", "Asia/Tehran", "America/New_York", "Pacific/Auckland"];
const CITIES: [&str; 2] = ["Tehran", "Shiraz"];

#[derive(Clone, Debug)]
struct Person {
    zone: usize,
    agreed: Option<bool>,
    city: usize,
}

#[derive(Clone, Debug)]
struct Plan {
    kind: usize,
    city: Option<usize>,
    hours: (u8, u8),
    attempts: u8,
    delay: Option<(usize, u32)>,
    cap_day: u32,
    cap_week: u8,
    needs_consent: bool,
    budget: i64,
    days: Option<(i32, i32)>,
    team: bool,
    offers: bool,
}

#[derive(Clone, Debug)]
enum Act {
    Log {
        who: usize,
        customer: usize,
        campaign: Option<usize>,
        outcome: usize,
        answer: Option<usize>,
        inbound: bool,
        despite: bool,
    },
    /// Logs the first that the campaign proposes.
    Take {
        who: usize,
        campaign: usize,
        outcome: usize,
    },
    Correct {
        who: usize,
        customer: usize,
        outcome: usize,
    },
    Undo {
        who: usize,
    },
    Ban {
        customer: usize,
    },
    Agree {
        customer: usize,
        yes: Option<bool>,
    },
    Move {
        customer: usize,
        city: usize,
    },
    State {
        campaign: usize,
        state: usize,
    },
    Wait {
        minutes: i64,
    },
}

fn person() -> impl Strategy<Value = Person> {
    (0..ZONES.len(), any::<Option<bool>>(), 0..CITIES.len())
        .prop_map(|(zone, agreed, city)| Person { zone, agreed, city })
}

fn plan() -> impl Strategy<Value = Plan> {
    let first = (0..CampaignKind::ALL.len(), any::<Option<bool>>(), 0..20_u8, 1..=12_u8, 1..=4_u8);
    let delay = proptest::option::of((0..3_usize, 1..3_000_u32));
    let caps = (prop_oneof![Just(0), 1..4_u32], 0..4_u8, any::<bool>());
    let days = proptest::option::weighted(0.3, (-2..2_i32, 2..9_i32));
    let last = (prop_oneof![Just(0), Just(120), Just(2_000)], days, any::<(bool, bool)>());
    (first, delay, caps, last).prop_map(|(first, delay, caps, last)| {
        let (kind, city, from, long, attempts) = first;
        let (cap_day, cap_week, needs_consent) = caps;
        let (budget, days, (team, offers)) = last;
        let city = city.map(usize::from);
        let hours = (from, (from + long).min(24));
        Plan {
            kind,
            city,
            hours,
            attempts,
            delay,
            cap_day,
            cap_week,
            needs_consent,
            budget,
            days,
            team,
            offers,
        }
    })
}

fn act() -> impl Strategy<Value = Act> {
    let of = 0..7_usize;
    let log = (0..3_usize, 0..7_usize, any::<Option<bool>>(), 0..OUTCOMES.len())
        .prop_flat_map(|(who, customer, campaign, outcome)| {
            (proptest::option::weighted(0.4, 0..3_usize), any::<(bool, bool)>()).prop_map(
                move |(answer, (inbound, despite))| Act::Log {
                    who,
                    customer,
                    campaign: campaign.map(usize::from),
                    outcome,
                    answer,
                    inbound: inbound && !despite,
                    despite,
                },
            )
        })
        .boxed();
    prop_oneof![
        6 => log,
        5 => (0..3_usize, 0..2_usize, 0..OUTCOMES.len())
            .prop_map(|(who, campaign, outcome)| Act::Take { who, campaign, outcome }),
        2 => (0..3_usize, of.clone(), 0..OUTCOMES.len())
            .prop_map(|(who, customer, outcome)| Act::Correct { who, customer, outcome }),
        1 => (0..3_usize).prop_map(|who| Act::Undo { who }),
        1 => of.clone().prop_map(|customer| Act::Ban { customer }),
        1 => (of.clone(), any::<Option<bool>>())
            .prop_map(|(customer, yes)| Act::Agree { customer, yes }),
        1 => (of, 0..CITIES.len()).prop_map(|(customer, city)| Act::Move { customer, city }),
        1 => (0..2_usize, 0..3_usize).prop_map(|(campaign, state)| Act::State { campaign, state }),
        3 => (1..2_000_i64).prop_map(|minutes| Act::Wait { minutes }),
    ]
}

/// What the store holds at a moment.
struct Seen {
    profiles: Vec<Profile>,
    plans: Plans,
}

impl Seen {
    fn of(&self, id: CustomerId) -> &Profile {
        self.profiles.iter().find(|p| p.customer.id == id).expect("a profile")
    }

    /// All contacts of everybody that stand.
    fn contacts(&self) -> impl Iterator<Item = &Interaction> {
        self.profiles.iter().flat_map(|p| p.interactions.iter().map(|(i, _)| i))
    }

    fn campaigns(&self) -> Vec<&Campaign> {
        self.plans.definitions.campaigns.iter().map(|k| &k.record).collect()
    }
}

/// The store, and those who work on it.
struct World {
    bench: Bench,
    customers: Vec<CustomerId>,
    now: Timestamp,
}

impl World {
    fn new(people: &[Person], plans: &[Plan]) -> Self {
        let rows = (0..people.len()).flat_map(|n| (0..4).map(move |k| (n, k))).map(|(n, k)| {
            let day = queues::TODAY - 400 + 30 * k + n as i32;
            queues::sale(&format!("c{n}"), day, &["p"], 90_000)
        });
        let mut all = vec![queues::product("p", "parts", 90_000)];
        all.extend(rows);
        let bench = queues::store(all);
        let base = bench.plans().settings.record;
        let settings = Settings {
            cooling_days: 2,
            country: "IR".into(),
            time_zone: "Asia/Tehran".into(),
            hold_out: 0.0,
            ..base
        };
        bench.act(bench.settings(settings));
        bench.act(Command::Fit { as_of: None, horizon_weeks: None, model: None });
        let offer = Offer { name: "Gift".into(), cost: 90, active: true, ..Offer::default() };
        bench.act(Command::SaveDefinition { definition: Box::new(offer.into()), base: 0 });
        for id in 2..5 {
            let agent = Agent { id: AgentId(0), ..bench.other(id, Role::Agent).agent };
            bench.act(Command::SaveAgent { agent, base: 0 });
        }
        let named = |n: usize| match bench.ask(Question::Named(format!("c{n}"))) {
            Answer::Ids(ids) => ids[0],
            other => panic!("{other:?}"),
        };
        let customers: Vec<CustomerId> = (0..people.len()).map(named).collect();
        for (id, person) in customers.iter().zip(people) {
            let profile = bench.profile(*id);
            let mut customer = Customer {
                time_zone: ZONES[person.zone].into(),
                consent: Consent { do_not_call: None, marketing: person.agreed },
                ..profile.customer
            };
            customer.place.city = CITIES[person.city].into();
            bench.act(Command::Edit { customer: Box::new(customer), base: profile.revision });
        }
        let offer = bench.plans().definitions.offers[0].record.id;
        for (n, plan) in plans.iter().enumerate() {
            let kind = CampaignKind::ALL[plan.kind];
            let city = plan.city.map(|city| format!("city:{}", CITIES[city]));
            let campaign = Campaign {
                segment: city.unwrap_or_else(|| "spent>=0".into()),
                offer: plan.offers.then_some(offer),
                from: plan.days.map(|(from, _)| Day(queues::TODAY + from)),
                until: plan.days.map(|(_, until)| Day(queues::TODAY + until)),
                calls_from: plan.hours.0,
                calls_to: plan.hours.1,
                attempts: plan.attempts,
                delays: plan.delay.iter().map(|(o, m)| (OUTCOMES[*o].to_owned(), *m)).collect(),
                cap_day: plan.cap_day,
                cap_week: plan.cap_week,
                needs_consent: plan.needs_consent,
                budget: plan.budget,
                state: CampaignState::Running,
                team: if plan.team { "north".into() } else { String::new() },
                ..Campaign::new(&format!("K{n}"), kind)
            };
            bench.act(Command::SaveDefinition { definition: Box::new(campaign.into()), base: 0 });
        }
        bench.desk.prepare().expect("learned");
        let now = bench.who.now;
        Self { bench, customers, now }
    }

    /// An agent of another team, one of the campaigns' team, a supervisor.
    fn who(&self, n: usize) -> Who {
        let role = if n == 2 { Role::Supervisor } else { Role::Agent };
        let mut who = self.bench.other(n as u64 + 2, role);
        who.agent.team = if n == 1 { "North".into() } else { "south".into() };
        who.now = self.now;
        who
    }

    fn ask(&self, who: &Who, question: Question) -> Answer {
        self.bench.desk.ask(who, question, &Cancel::default()).expect("answered")
    }

    fn seen(&self) -> Seen {
        let profiles = self.customers.iter().map(|id| self.bench.profile(*id)).collect();
        Seen { profiles, plans: self.bench.plans() }
    }

    fn queue(&self, who: &Who, campaign: &Campaign) -> Vec<CustomerId> {
        let question =
            Question::CampaignQueue { campaign: campaign.id, from: 0, count: 50, anchor: None };
        match self.ask(who, question) {
            Answer::Queue(page) => {
                assert_eq!(page.total, page.rows.len());
                page.rows.iter().map(|row| row.row.customer.id).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    /// What forbids a call now, by name: the rule said once more.
    fn forbids(
        &self,
        seen: &Seen,
        who: &Who,
        id: CustomerId,
        campaign: Option<&Campaign>,
    ) -> Vec<&'static str> {
        let customer = &seen.of(id).customer;
        let mut found = Vec::new();
        let mut add = |name, holds: bool| {
            if holds {
                found.push(name);
            }
        };
        add("do_not_call", customer.consent.do_not_call.is_some());
        let Some(c) = campaign else { return found };
        let settings = &seen.plans.settings.record;
        let outcome = |code: &str| -> Option<&Outcome> {
            seen.plans.outcomes.iter().map(|kept| &kept.record).find(|o| o.code == code)
        };
        let zone = |name: &str| TimeZone::get(name).expect("a zone");
        let business = zone(&settings.time_zone);
        let day = |at: Timestamp| at.to_zoned(business.clone()).date();
        let today = day(self.now);
        let in_days = c.from.is_none_or(|d| d.date().expect("a date") <= today)
            && c.until.is_none_or(|d| today <= d.date().expect("a date"));
        add("not_running", c.state != CampaignState::Running || !in_days);
        let ours = c.team.is_empty() || who.agent.team.eq_ignore_ascii_case(&c.team);
        add("other_team", !ours && who.agent.role == Role::Agent);
        let city = c.segment.strip_prefix("city:");
        add("not_of_segment", city.is_some_and(|city| customer.place.city != city));
        let own: Vec<&Interaction> = seen
            .contacts()
            .filter(|i| i.customer == id && i.wrap_up.campaign == Some(c.id))
            .collect();
        let said = |i: &&Interaction| {
            let meaning = outcome(&i.outcome).map(|o| o.meaning);
            let told = i.wrap_up.offer.as_ref().map(|o| o.answer);
            matches!(told, Some(OfferAnswer::Accepted | OfferAnswer::Refused))
                || matches!(meaning, Some(Meaning::Sale | Meaning::Refused))
        };
        add("answered", own.iter().any(said));
        add("no_consent", c.needs_consent && customer.consent.marketing != Some(true));
        let calls: Vec<&&Interaction> =
            own.iter().filter(|i| i.direction == Direction::Outbound).collect();
        add("attempts_used", calls.len() >= usize::from(c.attempts));
        let spent: i64 = {
            let of = || seen.contacts().filter(|i| i.wrap_up.campaign == Some(c.id));
            let seconds: i64 = of().map(|i| i64::from(i.seconds)).sum();
            let taken = of().filter(|i| {
                i.wrap_up.offer.as_ref().is_some_and(|o| o.answer == OfferAnswer::Accepted)
            });
            seconds * settings.minute_cost / 60 + 90 * taken.count() as i64
        };
        add("spent", c.budget > 0 && spent >= c.budget);
        let outbound = || seen.contacts().filter(|i| i.direction == Direction::Outbound);
        let campaigns = outbound().filter(|i| i.wrap_up.campaign.is_some());
        let made = outbound().filter(|i| i.wrap_up.campaign == Some(c.id) && day(i.at) == today);
        add("day_full", c.cap_day > 0 && made.count() >= c.cap_day as usize);
        let week = SignedDuration::from_hours(168);
        let lately = campaigns.filter(|i| i.customer == id && self.now.duration_since(i.at) < week);
        add("week_full", c.cap_week > 0 && lately.count() >= usize::from(c.cap_week));
        let last = calls.iter().max_by_key(|i| (i.at, i.id));
        let waits = last.is_some_and(|last| {
            let own = c.delays.iter().find(|(code, _)| *code == last.outcome).map(|(_, m)| *m);
            let minutes = own.or_else(|| outcome(&last.outcome)?.retry_minutes);
            // Without a delay of its own an outcome waits as after any contact.
            let minutes = minutes.unwrap_or(u32::from(settings.cooling_days) * 24 * 60);
            let passed = self.now.duration_since(last.at);
            passed < SignedDuration::from_mins(i64::from(minutes))
        });
        add("waiting", waits);
        let named = if customer.time_zone.is_empty() { "Asia/Tehran" } else { &customer.time_zone };
        let there = self.now.to_zoned(zone(named));
        let hour = there.hour().unsigned_abs();
        let open = (c.calls_from..c.calls_to).contains(&hour);
        add("closed", !open || there.weekday() == Weekday::Friday);
        found
    }

    /// Whether the customer must not be called, and until which second how calls of a campaign ended
    /// keeps it from the next.
    fn held_until(&self, seen: &Seen, id: CustomerId, campaign: Option<&Campaign>) -> (bool, i64) {
        let banned = seen.of(id).customer.consent.do_not_call.is_some();
        let who = self.who(0);
        let forbids = self.forbids(seen, &who, id, campaign);
        if forbids.contains(&"do_not_call") || forbids.contains(&"answered") {
            return (banned, i64::MAX);
        }
        let Some(c) = campaign.filter(|_| forbids.contains(&"waiting")) else { return (banned, 0) };
        let of = seen.contacts().filter(|i| i.customer == id && i.wrap_up.campaign == Some(c.id));
        let calls = of.filter(|i| i.direction == Direction::Outbound);
        let last = calls.max_by_key(|i| (i.at, i.id)).expect("a call");
        let own = c.delays.iter().find(|(code, _)| *code == last.outcome).map(|(_, m)| *m);
        let known = seen.plans.outcomes.iter().find(|k| k.record.code == last.outcome);
        let cooling = u32::from(seen.plans.settings.record.cooling_days) * 24 * 60;
        let minutes = own.or(known.and_then(|k| k.record.retry_minutes)).unwrap_or(cooling);
        (banned, last.at.as_second() + 60 * i64::from(minutes))
    }

    /// Everything that proposes somebody, held against the rule.
    fn check(&self) {
        let seen = self.seen();
        for n in 0..3 {
            let who = self.who(n);
            for campaign in seen.campaigns() {
                let proposed = self.queue(&who, campaign);
                for id in &self.customers {
                    let forbids = self.forbids(&seen, &who, *id, Some(campaign));
                    let promised = !seen.of(*id).tasks.is_empty();
                    let fine = forbids.is_empty() && !promised;
                    let here = proposed.contains(id);
                    assert_eq!(here, fine, "{id} by {n}: {forbids:?} {campaign:?} {}", self.now);
                }
            }
            let banned = |id: CustomerId| !self.forbids(&seen, &who, id, None).is_empty();
            for kind in QueueKind::ALL {
                let question = Question::Queue { kind: *kind, from: 0, count: 50, anchor: None };
                let Answer::Queue(page) = self.ask(&who, question) else { panic!("a queue") };
                assert!(page.rows.iter().all(|row| !banned(row.row.customer.id)), "{kind}");
            }
            let Answer::Today(day) = self.ask(&who, Question::Today) else { panic!("a day") };
            let rows = day.due.iter().chain(&day.next);
            assert!(rows.into_iter().all(|row| !banned(row.row.customer.id)), "today");
            let question = Question::Work { scope: WorkScope::All, step: None, count: 99 };
            let Answer::Work(work) = self.ask(&who, question) else { panic!("work") };
            assert!(work.rows.iter().all(|row| !banned(row.row.customer.id)), "work");
        }
    }

    fn log(&mut self, who: &Who, log: Log) {
        let seen = self.seen();
        let campaign = log.wrap_up.campaign;
        let campaign = campaign.and_then(|id| seen.plans.definitions.campaign(id));
        let forbids = match log.direction {
            Direction::Inbound => Vec::new(),
            Direction::Outbound => self.forbids(&seen, who, log.customer, campaign),
        };
        let despite = log.wrap_up.despite.clone();
        let may = forbids.is_empty() || despite.is_some() && who.agent.role >= Role::Supervisor;
        match self.bench.desk.act(who, Command::Log(log.clone())) {
            Ok(notice) => {
                assert!(may, "{forbids:?}: {log:?}");
                let Deed::Logged { interaction, .. } = notice.deed else { panic!("a call") };
                let all = self.bench.profile(log.customer).interactions;
                let kept = all.iter().map(|(i, _)| i).find(|i| i.id == interaction);
                let kept = kept.expect("kept").wrap_up.despite.clone();
                let Answer::Changes(changes) = self.ask(who, Question::Changes { count: 1 }) else {
                    panic!("changes")
                };
                if forbids.is_empty() {
                    assert_eq!((changes[0].label.as_str(), kept), ("log", None));
                    return;
                }
                assert_eq!(kept, despite);
                assert_eq!(changes[0].by, who.agent.name);
                assert_eq!(changes[0].whom.as_ref().map(|(id, _)| *id), Some(log.customer));
                assert_eq!(Some(&changes[0].despite), despite.as_ref());
                let set_aside = changes[0].label.strip_prefix("log despite ").expect("an override");
                let mut names: Vec<&str> = set_aside.split(',').collect();
                let mut want = forbids;
                names.sort_unstable();
                want.sort_unstable();
                assert_eq!(names, want);
            }
            Err(refusal) => {
                assert!(!may, "{refusal:?}: {log:?}");
                let fits = match refusal {
                    Refusal::NotPermitted { needs: Role::Supervisor } => despite.is_some(),
                    Refusal::DoNotCall { .. } => campaign.is_none() && despite.is_none(),
                    Refusal::Forbidden { bans, .. } => {
                        let mut names: Vec<&str> = bans.iter().map(|ban| ban.name()).collect();
                        let mut want = forbids;
                        names.sort_unstable();
                        want.sort_unstable();
                        names == want
                    }
                    _ => false,
                };
                assert!(fits, "{log:?}");
            }
        }
    }

    fn act(&mut self, act: &Act) {
        let plans = self.bench.plans();
        let campaigns: Vec<Campaign> =
            plans.definitions.campaigns.iter().map(|k| k.record.clone()).collect();
        let offer = plans.definitions.offers[0].record.id;
        match act {
            Act::Log { who, customer, campaign, outcome, answer, inbound, despite } => {
                let answer = answer.map(|n| OfferAnswer::ALL[n]);
                let made = |answer| Proposed { offer, answer, reason: String::new() };
                let wrap_up = WrapUp {
                    campaign: campaign.map(|n| campaigns[n].id),
                    offer: answer.map(made),
                    despite: despite.then(|| "asked for it".to_owned()),
                    ..WrapUp::default()
                };
                let direction = if *inbound { Direction::Inbound } else { Direction::Outbound };
                let who = self.who(*who);
                let call = call(self.customers[*customer], OUTCOMES[*outcome], wrap_up);
                self.log(&who, Log { direction, ..call });
            }
            Act::Take { who, campaign, outcome } => {
                let who = self.who(*who);
                let campaign = &campaigns[*campaign];
                let Some(first) = self.queue(&who, campaign).first().copied() else { return };
                let wrap_up = WrapUp { campaign: Some(campaign.id), ..WrapUp::default() };
                self.log(&who, call(first, OUTCOMES[*outcome], wrap_up));
            }
            Act::Correct { who, customer, outcome } => self.correct(*who, *customer, *outcome),
            Act::Undo { who } => {
                // There may be nothing, or others may have changed it since.
                let _ = self.bench.desk.act(&self.who(*who), Command::Undo(None));
            }
            Act::Ban { customer } => {
                let whom = Whom::These(vec![self.customers[*customer]]);
                let change = Change::DoNotCall(Some("wrote so".into()));
                self.bench.act(Command::Change { whom, change });
            }
            Act::Agree { customer, yes } => {
                let whom = Whom::These(vec![self.customers[*customer]]);
                self.bench.act(Command::Change { whom, change: Change::Marketing(*yes) });
            }
            Act::Move { customer, city } => {
                let profile = self.bench.profile(self.customers[*customer]);
                let mut customer = profile.customer;
                customer.place.city = CITIES[*city].into();
                self.bench
                    .act(Command::Edit { customer: Box::new(customer), base: profile.revision });
            }
            Act::State { campaign, state } => {
                let named = campaigns[*campaign].id;
                let kept = plans.definitions.campaigns.iter().find(|k| k.record.id == named);
                let kept = kept.expect("kept");
                let states =
                    [CampaignState::Running, CampaignState::Paused, CampaignState::Running];
                let state = states[*state];
                let definition = Box::new(Campaign { state, ..kept.record.clone() }.into());
                self.bench.act(Command::SaveDefinition { definition, base: kept.revision });
            }
            Act::Wait { minutes } => {
                self.now += SignedDuration::from_mins(*minutes);
                self.bench.who.now = self.now;
            }
        }
    }

    /// A correction never makes a call possible that was not, but by a supervisor.
    fn correct(&mut self, who: usize, customer: usize, outcome: usize) {
        let (who, id) = (self.who(who), self.customers[customer]);
        let seen = self.seen();
        let Some((last, _)) = seen.of(id).interactions.first() else { return };
        let campaign = last.wrap_up.campaign;
        let campaign = campaign.and_then(|id| seen.plans.definitions.campaign(id));
        let before = self.held_until(&seen, id, campaign);
        let outcome = OUTCOMES[outcome].to_owned();
        let command = Command::Correct { customer: id, interaction: last.id, outcome };
        match self.bench.desk.act(&who, command) {
            Ok(_) => {
                let after = self.held_until(&self.seen(), id, campaign);
                let lifted = before.0 && !after.0 || after.1 < before.1;
                assert!(!lifted || who.agent.role >= Role::Supervisor, "{before:?} {after:?}");
                let Answer::Changes(changes) = self.ask(&who, Question::Changes { count: 1 })
                else {
                    panic!("changes")
                };
                assert_eq!(changes[0].label.starts_with("correct despite "), lifted);
            }
            Err(refusal) => {
                let fits = matches!(refusal, Refusal::NotPermitted { needs: Role::Supervisor });
                assert!(fits && who.agent.role == Role::Agent, "{refusal:?}");
            }
        }
    }
}

fn call(customer: CustomerId, outcome: &str, wrap_up: WrapUp) -> Log {
    Log {
        customer,
        outcome: outcome.into(),
        note: String::new(),
        channel: Channel::Call,
        direction: Direction::Outbound,
        seconds: 90,
        callback: None,
        queue: None,
        finishes: None,
        wrap_up,
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("VAFA_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(12),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_path_proposes_or_logs_a_forbidden_call(
        people in proptest::collection::vec(person(), 7),
        plans in proptest::collection::vec(plan(), 2),
        acts in proptest::collection::vec(act(), 10..30),
    ) {
        let mut world = World::new(&people, &plans);
        world.check();
        for act in &acts {
            world.act(act);
            world.check();
        }
    }
}
