//! Stages follow what happens, by rules and by hand, and so does the winning back.

use std::collections::HashMap;

use vafa::desk::reports::{Flow, MovesReport, Period, RelationsReport, Stream};
use vafa::desk::{
    Answer, Change, Command, Deed, LifecycleRun, Load, Log, Question, Refusal, Report, ReportKind,
    ReportQuery, Whom,
};
use vafa::domain::{
    Channel, CustomerId, Day, Direction, Process, Purchase, QueueKind, Relation, RelationId,
    RelationKind, Role, Settings, Stage, Start, Step, WinBackState, WrapUp,
};
use vafa::insight::lifecycle::Rule;
use vafa::store::Table;

use super::bench::{self, Bench};

const TODAY: i32 = 20_779; // 2026-11-22

fn purchase(customer: CustomerId, day: i32) -> Purchase {
    bench::sale(customer, Day(day), 9_000, Some(4_000))
}

fn call(customer: CustomerId) -> Log {
    Log {
        customer,
        outcome: "answered".into(),
        note: String::new(),
        channel: Channel::Call,
        direction: Direction::Outbound,
        seconds: 90,
        callback: None,
        queue: Some(QueueKind::WinBack),
        finishes: None,
        wrap_up: WrapUp::default(),
    }
}

/// Regular buyers, a third of them silent for most of a year, and fitted models.
fn shop() -> Bench {
    let bench = Bench::new();
    let settings = Settings { hold_out: 0.0, minute_cost: 60, ..Settings::default() };
    bench.act(bench.settings(settings));
    let mut rows = Vec::new();
    for n in 0..150_i32 {
        let (gap, silent) = (14 + n % 20, if n % 3 == 0 { 400 + n } else { n % 14 });
        for k in 0..(4 + n % 6) {
            let purchase = purchase(CustomerId(0), TODAY - silent - k * gap);
            let (customer, skus) = (format!("c{n}"), vec![None]);
            rows.push(Load::Purchase { customer, purchase, skus });
        }
    }
    let gesture = bench.act(Command::Begin { label: "import purchases".into() }).gesture;
    bench.act(Command::Load { gesture, rows });
    bench.act(Command::Close { gesture });
    bench.act(Command::Fit { as_of: None, horizon_weeks: None, model: None });
    bench
}

fn run(bench: &Bench) -> LifecycleRun {
    match bench.act(Command::Lifecycle).deed {
        Deed::Moved(run) => *run,
        other => panic!("{other:?}"),
    }
}

fn stage(bench: &Bench, id: CustomerId) -> Stage {
    bench.profile(id).customer.stage
}

/// The moves of a customer, the oldest first: to where, by which rule.
fn moves(bench: &Bench, id: CustomerId) -> Vec<(Stage, Option<Rule>)> {
    let moves = bench.profile(id).moves.into_iter().rev();
    moves.map(|m| (m.to, Rule::parse(&m.rule))).collect()
}

fn set(bench: &Bench, id: CustomerId, stage: Stage, reason: &str) {
    let (whom, change) = (Whom::These(vec![id]), Change::Moved(stage, reason.into()));
    bench.act(Command::Change { whom, change });
}

fn report(bench: &Bench, kind: ReportKind) -> Report {
    match bench.ask(Question::Report(ReportQuery::of(kind))) {
        Answer::Report(report) => (*report).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn purchases_move_a_relation_on_and_each_move_is_dated_with_its_reason() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    let before = bench.digest();
    bench.act(Command::AddPurchase(purchase(reza, TODAY - 20)));
    bench.act(Command::AddPurchase(purchase(reza, TODAY - 20)));
    bench.act(Command::AddPurchase(purchase(reza, TODAY - 10)));
    let first = (Stage::FirstTime, Some(Rule::FirstPurchase));
    assert_eq!(moves(&bench, reza), [first, (Stage::Repeat, Some(Rule::SecondPurchase))]);
    for ago in [9, 8, 7] {
        bench.act(Command::AddPurchase(purchase(reza, TODAY - ago)));
    }
    assert_eq!(moves(&bench, reza).last(), Some(&(Stage::Loyal, Some(Rule::Habit))));
    // What lies further back changes nothing.
    bench.act(Command::AddPurchase(purchase(reza, TODAY - 300)));
    assert_eq!(moves(&bench, reza).len(), 3);
    for _ in 0..7 {
        bench.act(Command::Undo(None));
    }
    assert_eq!(bench.digest(), before);
}

#[test]
fn scores_move_everybody_in_one_gesture_that_can_be_taken_back() {
    let bench = shop();
    let before = bench.digest();
    let Answer::Lifecycle(due) = bench.ask(Question::Lifecycle) else { panic!("no preview") };
    assert_eq!(bench.digest(), before, "a preview changes nothing");
    assert_eq!(due.as_of, Day(TODAY), "the day of the scores");
    for moved in &due.moves {
        let found = bench.list("", &moved.expression);
        assert_eq!(found.total, moved.customers, "{moved:?}");
        assert!(found.rows.iter().all(|r| r.customer.stage == moved.from), "{moved:?}");
    }
    let done = run(&bench);
    assert_eq!((done.total(), &done.moves), (due.total(), &due.moves));
    assert!((done.limits.gone_below - 0.5).abs() < 1e-12, "more likely gone than here");
    let lapsed = bench.list("", "stage:lapsed");
    assert!((40..=50).contains(&lapsed.total), "{}", lapsed.total);
    for row in &lapsed.rows {
        let n: u32 = row.customer.name[1..].parse().unwrap();
        assert_eq!(n % 3, 0, "one who buys has lapsed");
        let profile = bench.profile(row.customer.id);
        assert_eq!(profile.win_back.unwrap().state, WinBackState::Left);
        assert_eq!(profile.moves[0].rule, "gone");
        let p_alive: f64 = profile.moves[0].reason.parse().unwrap();
        assert!(p_alive < done.limits.gone_below, "{p_alive}");
    }
    let loyal = bench.list("", "stage:loyal");
    assert!(loyal.total > 5);
    assert!(loyal.rows.iter().all(|r| r.figures.purchases >= done.limits.loyal_days));
    assert_eq!(run(&bench).total(), 0, "nothing is left to move");
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), before);
    let agent = bench.other(7, Role::Agent);
    let refused = bench.desk.act(&agent, Command::Lifecycle).expect_err("not permitted");
    assert!(matches!(refused, Refusal::NotPermitted { needs: Role::Supervisor }));
}

#[test]
fn what_is_set_by_hand_stays_until_something_new_happens() {
    let mut bench = shop();
    let gone = bench.list("", "name:c0").rows[0].customer.id;
    set(&bench, gone, Stage::Loyal, "signed for two years");
    assert_eq!(run(&bench).by_hand, 1);
    assert_eq!(stage(&bench, gone), Stage::Loyal);
    let newest = bench.profile(gone).moves[0].clone();
    assert_eq!((newest.reason.as_str(), newest.rule.as_str()), ("signed for two years", ""));
    bench.later(48);
    bench.act(Command::AddPurchase(purchase(gone, TODAY + 2)));
    bench.later(24);
    // A purchase takes nobody down at once; the next run judges anew.
    assert_eq!(stage(&bench, gone), Stage::Loyal);
    assert_eq!(run(&bench).by_hand, 0);
    assert_ne!(stage(&bench, gone), Stage::Loyal);
}

#[test]
fn who_brings_others_or_would_recommend_us_is_an_advocate() {
    let bench = shop();
    let id = |name: &str| bench.list("", &format!("name:{name}")).rows[0].customer.id;
    let (bringer, brought, pleased, cool) = (id("c1"), id("c2"), id("c4"), id("c5"));
    let (kind, note) = (RelationKind::ReferredBy, String::new());
    let tie = Relation { id: RelationId(0), from: brought, to: bringer, kind, note };
    bench.act(Command::Relate(tie));
    for (customer, answer) in [(pleased, 9), (cool, 10), (cool, 6)] {
        let wrap_up = WrapUp { recommend: Some(answer), ..WrapUp::default() };
        bench.act(Command::Log(Log { queue: None, wrap_up, ..call(customer) }));
    }
    run(&bench);
    for (who, is_advocate) in [(bringer, true), (brought, false), (pleased, true), (cool, false)] {
        assert_eq!(stage(&bench, who) == Stage::Advocate, is_advocate, "{who}");
    }
}

#[test]
fn winning_back_goes_from_left_to_contacted_to_returned_with_its_cost() {
    let mut bench = shop();
    run(&bench);
    let lapsed = bench.list("", "stage:lapsed");
    let (back, given_up) = (lapsed.rows[0].customer.id, lapsed.rows[1].customer.id);
    let state = |bench: &Bench, id| {
        let found = bench.profile(id).win_back.unwrap();
        (found.state, found.cost)
    };
    let before = bench.digest();
    bench.act(Command::Log(call(back)));
    bench.act(Command::Log(call(back)));
    assert_eq!(state(&bench, back), (WinBackState::Contacted, 180));
    bench.act(Command::Undo(None));
    assert_eq!(state(&bench, back), (WinBackState::Contacted, 90));
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), before);
    bench.act(Command::Log(call(back)));
    // A call of theirs, one that reached nobody and a letter are no try to have them back.
    for other in [
        Log { direction: Direction::Inbound, ..call(given_up) },
        Log { outcome: "no_answer".into(), ..call(given_up) },
        Log { channel: Channel::Letter, ..call(given_up) },
    ] {
        bench.act(Command::Log(Log { queue: None, ..other }));
        assert_eq!(state(&bench, given_up), (WinBackState::Left, 0));
    }
    // One of ours that reached them is, whatever it was for; of somebody who has not left it is not.
    let other = |id| Log { queue: None, ..call(id) };
    bench.act(Command::Log(other(given_up)));
    assert_eq!(state(&bench, given_up), (WinBackState::Contacted, 90));
    bench.act(Command::Undo(None));
    let here = bench.list("", "-stage:lapsed").rows[0].customer.id;
    bench.act(Command::Log(other(here)));
    assert!(bench.profile(here).win_back.is_none());
    let close = Command::CloseWinBack { customer: given_up, note: "moved abroad".into() };
    bench.act(close);
    assert_eq!(state(&bench, given_up), (WinBackState::Closed, 0));
    bench.later(24);
    bench.act(Command::AddPurchase(purchase(back, TODAY + 1)));
    assert_eq!(state(&bench, back), (WinBackState::Returned, 90));
    assert_eq!(stage(&bench, back), Stage::WonBack);
    assert_eq!(moves(&bench, back).last(), Some(&(Stage::WonBack, Some(Rule::CameBack))));

    let Report::WinBack(r) = report(&bench, ReportKind::WinBack) else { panic!("another") };
    let lines: Vec<_> = r.lines.iter().map(|l| (l.customers, l.cost, l.revenue)).collect();
    let left = lapsed.total - 2;
    assert_eq!(lines, [(left, 0, 0), (0, 0, 0), (1, 90, 9_000), (1, 0, 0)]);
    assert_eq!(r.returned(), Some(0.5));
    for line in &r.lines {
        assert_eq!(bench.list("", &line.expression).total, line.customers, "{line:?}");
    }
    let Report::Moves(r) = report(&bench, ReportKind::Moves) else { panic!("another") };
    let (from, to, rule) = (Stage::Lapsed, Stage::WonBack, Some(Rule::CameBack));
    assert!(r.flows.contains(&Flow { from, to, rule, customers: 1 }), "{r:?}");
    let Report::Lifecycle(r) = report(&bench, ReportKind::Lifecycle) else { panic!("another") };
    let phase = r.phases.iter().find(|p| p.stage == Stage::Lapsed).unwrap();
    // They left when their silence said so, not when the rules were run.
    let since = |id| {
        let of: Vec<_> = bench.profile(id).moves.into_iter().rev().map(|m| (m.to, m.at)).collect();
        let at = of.iter().rposition(|(to, _)| *to == Stage::Lapsed)?;
        let day = |at: jiff::Timestamp| Day::of(at.to_zoned(jiff::tz::TimeZone::UTC).date()).0;
        Some(of.get(at + 1).map_or(TODAY + 1, |(_, at)| day(*at)) - day(of[at].1))
    };
    let everybody = bench.ids("");
    let mut stays: Vec<i32> = everybody.into_iter().filter_map(since).collect();
    stays.sort_unstable();
    assert_eq!(stays.len(), lapsed.total);
    assert_eq!(phase.days, stays.get(stays.len() / 2).copied());
    assert!(stays[0] > 300, "{stays:?}");
    let Report::Relations(RelationsReport { years }) = report(&bench, ReportKind::Relations) else {
        panic!("another")
    };
    assert_eq!(years.last().map(|y| y.customers), Some(101));
    assert_eq!(years.last().map(|y| y.until), Some(Day(TODAY + 1)));
    for year in &years {
        assert_eq!(bench.list("", &year.expression).total, year.customers, "{year:?}");
    }
}

#[test]
fn moves_are_counted_over_time_and_name_who_moved() {
    let mut bench = shop();
    run(&bench);
    let moves = |bench: &Bench, period, expression: &str| {
        let expression = expression.to_owned();
        let query = ReportQuery { period, expression, ..ReportQuery::of(ReportKind::Moves) };
        match bench.ask(Question::Report(query)) {
            Answer::Report(report) => match &*report {
                Report::Moves(report) => report.clone(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    };
    let now = moves(&bench, Period::Month, "");
    assert_eq!(now.ends.last(), Some(&Day(TODAY)));
    // What the profiles say, counted here.
    let zone = jiff::tz::TimeZone::UTC;
    let mut said: HashMap<(Stage, Stage, usize), usize> = HashMap::new();
    for id in bench.ids("") {
        for m in bench.profile(id).moves {
            let ago = TODAY - Day::of(m.at.to_zoned(zone.clone()).date()).0;
            if (0..180).contains(&ago) {
                *said.entry((m.from, m.to, 5 - ago as usize / 30)).or_default() += 1;
            }
        }
    }
    for stream in &now.streams {
        for (place, mark) in stream.moves.iter().enumerate() {
            let want = said.remove(&(stream.from, stream.to, place)).unwrap_or(0);
            assert_eq!(mark.customers, want, "{:?} {place}", (stream.from, stream.to));
            let found = bench.list("", &mark.expression).total;
            assert!(mark.customers == 0 || found == mark.customers);
        }
    }
    assert!(said.is_empty(), "{said:?}");
    // 31 days later: what moved then lies in the month before, by weeks in the fifth.
    let one = bench.list("", "stage:lapsed").rows[0].customer.id;
    bench.later(31 * 24);
    set(&bench, one, Stage::Loyal, "signed for two years");
    let later = moves(&bench, Period::Month, "");
    let by_hand = Flow { from: Stage::Lapsed, to: Stage::Loyal, rule: None, customers: 1 };
    assert!(later.flows.contains(&by_hand), "{:?}", later.flows);
    let counts = |r: &MovesReport, from, to| -> Vec<usize> {
        let stream = r.streams.iter().find(|s| (s.from, s.to) == (from, to)).unwrap();
        stream.moves.iter().map(|mark| mark.customers).collect()
    };
    assert_eq!(counts(&later, Stage::Lapsed, Stage::Loyal), [0, 0, 0, 0, 0, 1]);
    // Of some only.
    let of_one = moves(&bench, Period::Month, &format!("id={one}"));
    assert_eq!(of_one.streams.iter().map(Stream::total).sum::<usize>(), 1);
}

#[test]
fn what_is_brought_in_has_moved_on_its_days_and_begins_nothing_of_long_ago() {
    let bench = Bench::new();
    let process = |name: &str, stage| Process {
        name: name.into(),
        steps: vec![Step {
            name: "call".into(),
            team: "sales".into(),
            hours: 8,
            ..Step::default()
        }],
        starts: vec![Start::Stage(stage)],
        active: true,
        ..Process::default()
    };
    for process in [process("left", Stage::Lapsed), process("habit", Stage::Loyal)] {
        bench.act(Command::SaveDefinition { definition: Box::new(process.into()), base: 0 });
    }
    let before = bench.digest();
    let mut rows = Vec::new();
    for n in 0..90_i32 {
        let silent = if n % 3 == 0 { 400 + n } else { n % 9 };
        for k in 0..12 {
            let purchase = purchase(CustomerId(0), TODAY - silent - k * (10 + n % 7));
            rows.push(Load::Purchase { customer: format!("c{n}"), purchase, skus: vec![None] });
        }
    }
    let gesture = bench.act(Command::Begin { label: "import purchases".into() }).gesture;
    bench.act(Command::Load { gesture, rows });
    bench.act(Command::Close { gesture });
    let days = |id| -> Vec<i32> {
        let moves = bench.profile(id).moves.into_iter().rev();
        moves.map(|m| Day::of(m.at.to_zoned(jiff::tz::TimeZone::UTC).date()).0).collect()
    };
    for id in bench.ids("") {
        let (first, second) = (Stage::FirstTime, Stage::Repeat);
        let rules = [(first, Some(Rule::FirstPurchase)), (second, Some(Rule::SecondPurchase))];
        assert_eq!(moves(&bench, id), rules);
        let mut bought: Vec<i32> = bench.profile(id).purchases.iter().map(|p| p.day.0).collect();
        bought.sort_unstable();
        assert_eq!(days(id), bought[..2]);
    }
    bench.act(Command::Fit { as_of: None, horizon_weeks: None, model: None });
    run(&bench);
    let lapsed = bench.ids("stage:lapsed");
    assert_eq!(lapsed.len(), 30);
    let mut fresh = 0;
    for id in bench.ids("stage:lapsed or stage:loyal") {
        let on = *days(id).last().unwrap();
        let begun = bench.profile(id).cases.len();
        assert_eq!(begun, usize::from(on >= TODAY - 7), "moved on {on}");
        fresh += begun;
    }
    assert!(fresh < 60, "{fresh}");
    assert!(lapsed.iter().all(|id| *days(*id).last().unwrap() < TODAY - 100));
    bench.act(Command::Undo(None));
    bench.act(Command::Undo(Some(gesture)));
    assert_eq!(bench.ids("").len(), 0);
    let left = |(table, ..): &&(Table, Vec<u8>, Vec<u8>)| *table == Table::StageMove;
    assert_eq!(bench.digest().iter().filter(left).count(), before.iter().filter(left).count());
}

#[test]
fn calls_from_a_file_for_a_campaign_to_have_somebody_back_count() {
    use vafa::domain::{Campaign, CampaignId, CampaignKind, Interaction};
    let bench = Bench::new();
    bench.act(bench.settings(Settings { minute_cost: 60, ..Settings::default() }));
    for (name, kind) in [("Back", CampaignKind::WinBack), ("Other", CampaignKind::CrossSell)] {
        let definition = Box::new(Campaign::new(name, kind).into());
        bench.act(Command::SaveDefinition { definition, base: 0 });
    }
    let bought = |name: &str, day| Load::Purchase {
        customer: name.into(),
        purchase: purchase(CustomerId(0), day),
        skus: vec![None],
    };
    let called = |name: &str, day: i32, campaign: u64, outcome: &str| {
        let at = Day(day).date().unwrap().at(10, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
        let wrap_up = WrapUp { campaign: Some(CampaignId(campaign)), ..WrapUp::default() };
        let interaction = Interaction {
            id: vafa::domain::InteractionId(0),
            customer: CustomerId(0),
            external_id: None,
            at: at.unwrap().timestamp(),
            channel: Channel::Call,
            direction: Direction::Outbound,
            outcome: outcome.into(),
            seconds: 60,
            agent: vafa::domain::AgentId(0),
            note: String::new(),
            corrects: None,
            queue: None,
            wrap_up,
        };
        Load::Interaction { customer: name.into(), interaction }
    };
    let before = bench.digest();
    let rows = vec![
        bought("stays", TODAY - 500),
        bought("comes", TODAY - 500),
        bought("comes", TODAY - 30),
        bought("sold", TODAY - 500),
        called("stays", TODAY - 60, 1, "no_answer"),
        called("stays", TODAY - 55, 1, "refused"),
        called("comes", TODAY - 40, 1, "answered"),
        called("sold", TODAY - 40, 2, "answered"),
    ];
    let gesture = bench.act(Command::Begin { label: "import".into() }).gesture;
    bench.act(Command::Load { gesture, rows: rows.clone() });
    bench.act(Command::Close { gesture });
    let known = |name: &str| {
        let id = bench.list("", &format!("external_id:{name}")).rows[0].customer.id;
        bench.profile(id).win_back.map(|w| (w.state, w.since.0 - TODAY, w.cost))
    };
    assert_eq!(known("stays"), Some((WinBackState::Contacted, -60, 120)));
    assert_eq!(known("comes"), Some((WinBackState::Returned, -30, 60)));
    assert_eq!(known("sold"), None, "another campaign");
    // The same file again is nothing new, and all of it can be taken back.
    let gesture = bench.act(Command::Begin { label: "again".into() }).gesture;
    bench.act(Command::Load { gesture, rows });
    bench.act(Command::Close { gesture });
    assert_eq!(known("stays"), Some((WinBackState::Contacted, -60, 120)));
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), before);
}
