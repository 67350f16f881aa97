//! Campaigns that run: what they did is known whatever happened to the rows, whom they would have
//! called follows at once, and what a supervisor sets aside is kept.

use vafa::desk::{
    Answer, CampaignRow, Change, Command, Deed, Hold, Log, Question, QueuePage, Refusal, Whom,
};
use vafa::domain::{
    Campaign, CampaignId, CampaignKind, CampaignState, Channel, Customer, CustomerId, Direction,
    Offer, OfferAnswer, Proposed, QueueKind, Role, Settings, Task, TaskId, TaskKind, TaskState,
    Weekend, WrapUp,
};

use super::bench::Bench;

/// Sunday noon in Tehran is half past eight in UTC; here every day is a working day.
fn bench() -> Bench {
    let bench = Bench::new();
    let settings = Settings { hold_out: 0.0, weekend: Some(Weekend::None), ..Settings::default() };
    bench.act(bench.settings(settings));
    bench
}

fn running(bench: &Bench, change: impl FnOnce(&mut Campaign)) -> CampaignId {
    let mut campaign = Campaign {
        segment: "stage:prospect".into(),
        state: CampaignState::Running,
        cap_week: 0,
        ..Campaign::new("Spring", CampaignKind::Loyalty)
    };
    change(&mut campaign);
    let name = campaign.name.clone();
    bench.act(Command::SaveDefinition { definition: Box::new(campaign.into()), base: 0 });
    bench.desk.prepare().expect("learned");
    let plans = bench.plans();
    plans.definitions.campaigns.iter().find(|k| k.record.name == name).expect("kept").record.id
}

fn offer(bench: &Bench, cost: i64) -> vafa::domain::OfferId {
    let offer =
        Offer { name: "Gift".into(), cost, margin: Some(90_000), active: true, ..Offer::default() };
    bench.act(Command::SaveDefinition { definition: Box::new(offer.into()), base: 0 });
    bench.plans().definitions.offers[0].record.id
}

fn log(customer: CustomerId, campaign: CampaignId, outcome: &str) -> Log {
    Log {
        customer,
        outcome: outcome.into(),
        note: String::new(),
        channel: Channel::Call,
        direction: Direction::Outbound,
        seconds: 120,
        callback: None,
        queue: None,
        finishes: None,
        wrap_up: WrapUp { campaign: Some(campaign), ..WrapUp::default() },
    }
}

fn despite(log: Log, reason: &str) -> Log {
    let wrap_up = WrapUp { despite: Some(reason.into()), ..log.wrap_up };
    Log { wrap_up, ..log }
}

fn queue(bench: &Bench, campaign: CampaignId) -> QueuePage {
    match bench.ask(Question::CampaignQueue { campaign, from: 0, count: 50, anchor: None }) {
        Answer::Queue(page) => *page,
        other => panic!("{other:?}"),
    }
}

fn proposed(bench: &Bench, campaign: CampaignId) -> Vec<CustomerId> {
    queue(bench, campaign).rows.iter().map(|row| row.row.customer.id).collect()
}

fn row(bench: &Bench, campaign: CampaignId) -> CampaignRow {
    match bench.ask(Question::Campaigns) {
        Answer::Campaigns(all) => {
            all.into_iter().find(|row| row.campaign.id == campaign).expect("a row")
        }
        other => panic!("{other:?}"),
    }
}

/// What is known of a campaign, to compare.
fn standing(
    bench: &Bench,
    id: CampaignId,
) -> (Vec<CustomerId>, Vec<(Hold, usize)>, usize, i64, usize) {
    let row = row(bench, id);
    (proposed(bench, id), row.held, row.today, row.spent, row.called)
}

#[test]
fn what_is_taken_back_was_not_done_and_a_desk_that_opens_later_knows_the_same() {
    let bench = bench();
    let gift = offer(&bench, 500);
    let spring = running(&bench, |c| (c.attempts, c.offer) = (2, Some(gift)));
    let people: Vec<CustomerId> = ["Ada", "Ben", "Eve"].map(|name| bench.create(name)).into();
    let mut seen = vec![standing(&bench, spring)];
    assert_eq!(seen[0].0, people);
    let accepted = Proposed { offer: gift, answer: OfferAnswer::Accepted, reason: String::new() };
    let yes = |mut log: Log| {
        log.wrap_up.offer = Some(accepted.clone());
        log
    };
    for step in [
        Command::Log(log(people[0], spring, "no_answer")),
        Command::Log(yes(log(people[1], spring, "answered"))),
        Command::Log(log(people[2], spring, "refused")),
    ] {
        bench.act(step);
        seen.push(standing(&bench, spring));
    }
    let answered = (Hold::Answered, 2);
    assert_eq!(seen[3].1, [answered, (Hold::Waiting, 1)]);
    // Two minutes a call at fifty a minute, and a gift.
    assert_eq!((seen[3].2, seen[3].3, seen[3].4), (3, 3 * 100 + 500, 3));
    let again = Bench::on(bench.engine.clone());
    again.desk.prepare().expect("learned");
    assert_eq!(standing(&again, spring), seen[3]);
    for before in seen.iter().rev().skip(1) {
        bench.act(Command::Undo(None));
        assert_eq!(standing(&bench, spring), *before);
    }
    bench.act(Command::Redo);
    assert_eq!(standing(&bench, spring), seen[1]);
}

#[test]
fn a_correction_counts_once_and_only_a_supervisor_frees_whom_a_call_had_closed() {
    let bench = bench();
    let spring = running(&bench, |_| {});
    let ada = bench.create("Ada");
    let made = bench.act(Command::Log(log(ada, spring, "no_answer"))).deed;
    let Deed::Logged { interaction, .. } = made else { panic!("{made:?}") };
    let agent = bench.other(2, Role::Agent);
    let correct =
        |outcome: &str| Command::Correct { customer: ada, interaction, outcome: outcome.into() };
    // Half an hour is shorter than a day; a refusal holds longer.
    let refused = bench.desk.act(&agent, correct("busy")).expect_err("refused");
    assert!(matches!(refused, Refusal::NotPermitted { needs: Role::Supervisor }), "{refused:?}");
    bench.desk.act(&agent, correct("refused")).expect("done");
    assert_eq!(row(&bench, spring).held, [(Hold::Answered, 1)]);
    assert_eq!((row(&bench, spring).today, row(&bench, spring).spent), (1, 100));
    bench.act(Command::Undo(None));
}

#[test]
fn who_was_reached_without_an_answer_rests_before_the_next_call() {
    let mut bench = bench();
    let spring = running(&bench, |_| {});
    let [ada, ben] = ["Ada", "Ben"].map(|name| bench.create(name));
    bench.act(Command::Log(log(ada, spring, "answered")));
    // The next is on top: two weeks, for which nobody is called again, are set for all.
    for (hours, want) in [(0, &[ben][..]), (13 * 24, &[ben]), (24, &[ada, ben])] {
        bench.later(hours);
        assert_eq!(proposed(&bench, spring), want, "{hours}");
    }
}

#[test]
fn an_override_needs_a_supervisor_and_a_reason_and_is_kept_with_the_call() {
    let bench = bench();
    let spring = running(&bench, |c| c.needs_consent = true);
    let ada = bench.create("Ada");
    let plain = log(ada, spring, "answered");
    let refused = bench.refused(Command::Log(plain.clone()));
    let Refusal::Forbidden { bans, campaign, .. } = refused else { panic!("{refused:?}") };
    assert_eq!((bans[0].name(), bans.len(), campaign.as_str()), ("no_consent", 1, "Spring"));
    let said = despite(plain.clone(), "rang us yesterday");
    let agent = bench.other(2, Role::Agent);
    let refused = bench.desk.act(&agent, Command::Log(said.clone())).expect_err("refused");
    assert!(matches!(refused, Refusal::NotPermitted { needs: Role::Supervisor }), "{refused:?}");
    bench.refused(Command::Log(despite(plain, "  ")));
    bench.act(Command::Log(said));
    let call = bench.profile(ada).interactions[0].0.clone();
    assert_eq!(call.wrap_up.despite.as_deref(), Some("rang us yesterday"));
    let Answer::Changes(changes) = bench.ask(Question::Changes { count: 1 }) else {
        panic!("changes")
    };
    assert_eq!(changes[0].label, "log despite no_consent");
    assert_eq!(changes[0].whom, Some((ada, "Ada".to_owned())));
    assert_eq!(changes[0].despite, "rang us yesterday");
    // Without a campaign the customer's own wish is set aside the same way.
    let change = Change::DoNotCall(Some("wrote so".into()));
    bench.act(Command::Change { whom: Whom::These(vec![ada]), change });
    let mut free = log(ada, spring, "answered");
    free.wrap_up.campaign = None;
    let refused = bench.refused(Command::Log(free.clone()));
    assert!(matches!(refused, Refusal::DoNotCall { .. }), "{refused:?}");
    let forbidden = bench.desk.act(&agent, Command::Log(despite(free.clone(), "urgent")));
    assert!(matches!(forbidden, Err(Refusal::NotPermitted { .. })));
    bench.act(Command::Log(despite(free, "recall of a dangerous device")));
}

#[test]
fn who_is_called_follows_the_customer_the_clock_and_the_campaign() {
    let mut bench = bench();
    let spring = running(&bench, |c| (c.calls_from, c.calls_to, c.cap_day) = (9, 20, 2));
    let [ada, ben] = ["Ada", "Ben"].map(|name| bench.create(name));
    assert_eq!(proposed(&bench, spring), [ada, ben]);
    // Noon in UTC is one in the morning in Auckland.
    let profile = bench.profile(ada);
    let moved = Customer { time_zone: "Pacific/Auckland".into(), ..profile.customer };
    bench.act(Command::Edit { customer: Box::new(moved), base: profile.revision });
    assert_eq!(queue(&bench, spring).campaign.expect("it").held, [(Hold::Closed, 1)]);
    // A promise of somebody holds too.
    let task = Task {
        id: TaskId(0),
        customer: ben,
        kind: TaskKind::Callback,
        due: bench.who.now + jiff::SignedDuration::from_hours(1),
        zone: String::new(),
        owner: bench.who.agent.id,
        note: String::new(),
        state: TaskState::Open,
        from: None,
    };
    bench.act(Command::AddTask(task));
    assert!(proposed(&bench, spring).is_empty());
    bench.act(Command::Undo(None));
    assert_eq!(proposed(&bench, spring), [ben]);
    bench.later(9); // 21:00 in UTC, 10:00 of the next day in Auckland
    assert_eq!(proposed(&bench, spring), [ada]);
    bench.later(13);
    // Two calls a day, and the next day two more.
    let fay = bench.create("Fay");
    bench.act(Command::Log(log(ben, spring, "no_answer")));
    bench.act(Command::Log(log(fay, spring, "no_answer")));
    let full = queue(&bench, spring);
    assert!(full.rows.is_empty() && full.campaign.expect("it").stopped[0].name() == "day_full");
    bench.later(24);
    assert_eq!(proposed(&bench, spring).len(), 2);
    let kept = bench.plans().definitions.campaigns[0].clone();
    let paused = Campaign { state: CampaignState::Paused, ..kept.record };
    let definition = Box::new(paused.into());
    bench.act(Command::SaveDefinition { definition, base: kept.revision });
    assert!(proposed(&bench, spring).is_empty());
    assert!(queue(&bench, spring).campaigns.is_empty(), "no tab for what does not run");
}

#[test]
fn the_most_worth_come_first_with_the_campaigns_offer() {
    let bench = bench();
    let gift = offer(&bench, 500);
    let spring = running(&bench, |c| c.offer = Some(gift));
    let people: Vec<CustomerId> = (0..30).map(|n| bench.create(&format!("c{n}"))).collect();
    let says = |answer| Some(Proposed { offer: gift, answer, reason: String::new() });
    // Loyal ones take it, prospects do not.
    let (loyal, others) = people.split_at(15);
    let whom = Whom::These(loyal.to_vec());
    bench.act(Command::Change { whom, change: Change::Stage(vafa::domain::Stage::Loyal) });
    for (n, id) in people.iter().enumerate().filter(|(n, _)| n % 15 > 1) {
        let answer = if n < 15 { OfferAnswer::Accepted } else { OfferAnswer::Refused };
        let mut call = log(*id, spring, "answered");
        call.wrap_up = WrapUp { offer: says(answer), ..WrapUp::default() };
        bench.act(Command::Log(call));
    }
    let everyone = running(&bench, |c| {
        (c.name, c.segment, c.offer) = ("All".into(), "spent>=0".into(), Some(gift));
    });
    let page = queue(&bench, everyone);
    let first: Vec<CustomerId> = page.rows.iter().take(15).map(|r| r.row.customer.id).collect();
    assert_eq!(first, loyal);
    assert_eq!(page.total, 30);
    assert!(page.rows.is_sorted_by(|a, b| a.expected_value >= b.expected_value));
    let offered = page.rows[0].proposition.as_ref().expect("the offer");
    // What it brings, less what it costs, by the chance; less six minutes of fifty.
    assert_eq!(offered.gain, 89_500);
    assert_eq!(page.rows[0].expected_value, offered.worth - 300);
    assert!(others.iter().all(|id| !first.contains(id)));
}

#[test]
fn what_a_campaign_came_to_stands_beside_the_calls_outside_it() {
    let mut bench = bench();
    let gift = offer(&bench, 500);
    let spring = running(&bench, |c| (c.offer, c.budget) = (Some(gift), 10_000));
    let people: Vec<CustomerId> = (0..6).map(|n| bench.create(&format!("c{n}"))).collect();
    let told = |id: CustomerId, outcome: &str, answer: Option<OfferAnswer>| {
        let mut call = log(id, spring, outcome);
        let reason = String::new();
        call.wrap_up.offer = answer.map(|answer| Proposed { offer: gift, answer, reason });
        call
    };
    bench.act(Command::Log(told(people[0], "no_answer", None)));
    bench.act(Command::Log(told(people[1], "answered", Some(OfferAnswer::Refused))));
    bench.later(24);
    // The second try counts as the same customer.
    bench.act(Command::Log(told(people[0], "answered", Some(OfferAnswer::Accepted))));
    for (id, outcome) in [(people[3], "sale"), (people[4], "no_answer"), (people[5], "refused")] {
        let mut call = log(id, spring, outcome);
        call.wrap_up.campaign = None;
        bench.act(Command::Log(call));
    }
    let buys = |day: i32, amount: i64| {
        let line = vafa::domain::Line { product: None, quantity: 1_000, amount, cost: Some(1_000) };
        Command::AddPurchase(vafa::domain::Purchase {
            id: vafa::domain::PurchaseId(0),
            customer: people[0],
            external_id: None,
            kind: vafa::domain::PurchaseKind::Sale,
            day: vafa::domain::Day(day),
            currency: vafa::domain::Currency::USD,
            lines: vec![line],
        })
    };
    // Before the answer, on its day, and within the days that count; 2026-11-22 is day 20,779.
    bench.act(buys(20_779, 90_000));
    bench.act(buys(20_780, 6_000));
    bench.later(24 * 80);
    bench.act(buys(20_860, 3_000));
    bench.later(24 * 40);
    bench.act(buys(20_890, 70_000));
    let report = match bench
        .ask(Question::Report(vafa::desk::ReportQuery::of(vafa::desk::ReportKind::Campaigns)))
    {
        Answer::Report(report) => report,
        other => panic!("{other:?}"),
    };
    let vafa::desk::Report::Campaigns(report) = &*report else { panic!("{report:?}") };
    let row = &report.rows[0];
    let called = &row.called;
    assert_eq!((called.customers, called.reached, called.yes, called.no), (2, 2, 1, 1));
    assert_eq!((row.calls, row.called.rate()), (3, Some(0.5)));
    // Three calls of two minutes at fifty, and one gift.
    assert_eq!((row.cost, row.cost_per_yes(), row.left), (800, Some(800), Some(9_200)));
    assert_eq!((row.margin, row.gain()), (5_000 + 2_000, 7_000 - 800));
    let outside = &row.outside;
    assert_eq!((outside.customers, outside.reached, outside.yes, outside.no), (3, 2, 1, 1));
    assert_eq!(row.outside_rate, Some(1.0 / 3.0));
    // Three calls of two minutes at fifty, and no gift.
    assert_eq!((row.outside_cost, row.outside_cost_per_yes()), (300, Some(300)));
    let (low, high) = row.called.interval().expect("called");
    assert!(low < 0.5 && high > 0.5);
    let behind = bench.list("", &row.expression).total;
    assert_eq!(behind, row.members);
}

#[test]
fn nobody_reached_comes_back_by_the_campaigns_own_delays_until_its_attempts_are_used() {
    let mut bench = bench();
    let delays = vec![("no_answer".to_owned(), 90), ("busy".to_owned(), 10)];
    let id = running(&bench, |c| {
        (c.attempts, c.delays) = (3, delays);
        (c.calls_from, c.calls_to) = (0, 24);
    });
    let ada = bench.create("Ada");
    let held = |bench: &Bench| row(bench, id).held;
    // Minutes by the campaign, not those of the outcome; nobody has to remember.
    for (outcome, minutes) in [("no_answer", 90), ("busy", 10)] {
        assert_eq!(proposed(&bench, id), [ada]);
        let called = bench.who.now;
        bench.act(Command::Log(log(ada, id, outcome)));
        assert!(bench.profile(ada).tasks.is_empty(), "no promise is made of it");
        for (after, waits) in [(1, true), (minutes - 1, true), (minutes, false)] {
            bench.who.now = called + jiff::SignedDuration::from_mins(after);
            let want: &[CustomerId] = if waits { &[] } else { &[ada] };
            assert_eq!(proposed(&bench, id), want, "{outcome}, {after} minutes after");
            assert_eq!(held(&bench), if waits { vec![(Hold::Waiting, 1)] } else { vec![] });
        }
    }
    bench.act(Command::Log(log(ada, id, "no_answer")));
    bench.later(24);
    assert_eq!(held(&bench), [(Hold::AttemptsUsed, 1)]);
    bench.act(Command::Undo(None));
    assert_eq!(proposed(&bench, id), [ada], "what was taken back was no attempt");
}

#[test]
fn who_is_put_off_in_a_campaign_is_put_off_there_alone() {
    let mut bench = super::scoring::shop();
    let settings = Settings {
        hold_out: 0.0,
        weekend: Some(Weekend::None),
        ..bench.plans().settings.record.clone()
    };
    bench.act(bench.settings(settings));
    let kind = |c: &mut Campaign| {
        (c.kind, c.segment) = (CampaignKind::Retention, "name:c".into());
        (c.calls_from, c.calls_to) = (0, 24);
    };
    let spring = running(&bench, kind);
    let autumn = running(&bench, |c| {
        kind(c);
        c.name = "Autumn".into();
    });
    let ada = bench.queue(QueueKind::Retention).rows[0].row.customer.id;
    let before = bench.digest();
    let until = bench.who.now + jiff::SignedDuration::from_hours(5);
    let off = |campaign| Command::PutOff {
        queue: QueueKind::Retention,
        campaign,
        customers: vec![ada],
        until,
        reason: "travels".into(),
    };
    let refused = bench.refused(off(Some(CampaignId(99))));
    assert!(matches!(refused, Refusal::NotFound { what: "campaign", .. }), "{refused:?}");
    // In the queue of spring, of autumn, of their kind.
    let seen = |bench: &Bench| {
        let kind = bench.queue(QueueKind::Retention).rows;
        let kind: Vec<CustomerId> = kind.iter().map(|row| row.row.customer.id).collect();
        [proposed(bench, spring), proposed(bench, autumn), kind].map(|ids| ids.contains(&ada))
    };
    assert_eq!(seen(&bench), [true; 3]);
    bench.act(off(Some(spring)));
    assert_eq!(seen(&bench), [false, true, true]);
    assert_eq!(row(&bench, spring).held, [(Hold::PutOff, 1)]);
    // A desk that opens later knows the same.
    let again = Bench::on(bench.engine.clone());
    again.desk.prepare().expect("learned");
    assert_eq!(seen(&again), [false, true, true]);
    bench.act(Command::Undo(None));
    assert_eq!((seen(&bench), bench.digest()), ([true; 3], before));
    // Who is put off in the queue of the kind is called by nobody of the kind.
    bench.act(off(None));
    assert_eq!(seen(&bench), [false; 3]);
    bench.later(6);
    assert_eq!(seen(&bench), [true; 3]);
}

#[test]
fn what_was_put_off_in_a_campaign_goes_over_with_a_merge() {
    let bench = bench();
    let id = running(&bench, |c| (c.calls_from, c.calls_to) = (0, 24));
    let (ada, ben) = (bench.create("Ada"), bench.create("Ben"));
    let until = bench.who.now + jiff::SignedDuration::from_hours(5);
    bench.act(Command::PutOff {
        queue: QueueKind::Retention,
        campaign: Some(id),
        customers: vec![ben],
        until,
        reason: String::new(),
    });
    let before = bench.digest();
    assert_eq!(proposed(&bench, id), [ada]);
    bench.act(Command::Merge { keep: ada, gone: ben, take: None, base: None });
    assert!(proposed(&bench, id).is_empty());
    bench.act(Command::Undo(None));
    assert_eq!((proposed(&bench, id), bench.digest()), (vec![ada], before));
}
