//! Maturity: in each dimension doing the thing raises the level and undoing it lowers it again; an empty
//! store is at the first level everywhere; what is to be done names just the customers it counts.

use vafa::desk::reports::{Before, Go, MaturityLine, MaturityReport, Todo};
use vafa::desk::{
    Answer, Cancel, CaseChange, Change, Command, Load, Question, Refusal, Report, ReportKind,
    ReportQuery, Whom,
};
use vafa::domain::{
    CaseState, ContactKind, ContactPoint, Customer, CustomerId, Day, DefinitionKind, Fact, FactId,
    FactKind, Membership, Offer, OfferAnswer, OfferId, Process, ProcessId, Proposed, Segment,
    SegmentId, Settings, Stage, Step, WrapUp,
};
use vafa::insight::maturity::{Dimension, Level};

use super::acts::log;
use super::bench::Bench;
use super::queues::{TODAY, sale};

fn report(bench: &Bench) -> MaturityReport {
    match bench.ask(Question::Report(ReportQuery::of(ReportKind::Maturity))) {
        Answer::Report(report) => match &*report {
            Report::Maturity(report) => report.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn line(bench: &Bench, dimension: Dimension) -> MaturityLine {
    let found = report(bench).lines.into_iter().find(|line| line.dimension == dimension);
    found.expect("every dimension has a line")
}

fn level(bench: &Bench, dimension: Dimension) -> u8 {
    line(bench, dimension).level.number()
}

/// Does things that raise a dimension from one level to another, and takes them back.
fn raises(bench: &Bench, dimension: Dimension, (from, to): (u8, u8), acts: Vec<Command>) {
    assert_eq!(level(bench, dimension), from, "{dimension} before");
    let count = acts.len();
    for act in acts {
        bench.act(act);
    }
    assert_eq!(level(bench, dimension), to, "{dimension}: {:?}", line(bench, dimension));
    for _ in 0..count {
        bench.act(Command::Undo(None));
    }
    assert_eq!(level(bench, dimension), from, "{dimension} taken back");
}

fn people(bench: &Bench, count: usize) -> Vec<CustomerId> {
    (0..count).map(|n| bench.create(&format!("customer {n}"))).collect()
}

fn said(customer: CustomerId, outcome: &str, wrap_up: WrapUp) -> Command {
    Command::Log(vafa::desk::Log { wrap_up, ..log(customer, outcome) })
}

fn save(definition: impl Into<vafa::domain::Definition>) -> Command {
    Command::SaveDefinition { definition: Box::new(definition.into()), base: 0 }
}

fn import(bench: &Bench, rows: Vec<Load>) {
    let gesture = bench.act(Command::Begin { label: "import".into() }).gesture;
    bench.act(Command::Load { gesture, rows });
    bench.act(Command::Close { gesture });
}

#[test]
fn an_empty_store_is_at_the_first_level_everywhere() {
    let report = report(&Bench::new());
    assert_eq!(report.level, Level::BeforePlanning);
    assert_eq!(report.lines.len(), Dimension::ALL.len());
    for line in &report.lines {
        assert_eq!(line.level, Level::BeforePlanning, "{line:?}");
        assert!(line.figure.is_none_or(|figure| figure == 0.0), "{line:?}");
        assert!(line.next.is_some() && line.todo.len() <= 3);
    }
}

#[test]
fn another_day_is_not_told() {
    let bench = Bench::new();
    let query = ReportQuery { as_of: Some(Day(20_000)), ..ReportQuery::of(ReportKind::Maturity) };
    let asked = bench.desk.ask(&bench.who, Question::Report(query), &Cancel::default());
    assert!(matches!(asked, Err(Refusal::Invalid(_))), "{asked:?}");
}

#[test]
fn profiles_rise_with_what_is_known() {
    let bench = Bench::new();
    let id = bench.create("Reza");
    let profile = bench.profile(id);
    let full = Customer {
        contacts: vec![
            ContactPoint::new(ContactKind::Phone, "+989121234567"),
            ContactPoint::new(ContactKind::Email, "reza@example.com"),
        ],
        birth: Some(Day(5_000)),
        language: "fa".into(),
        source: "web".into(),
        ..profile.customer
    };
    let edit = Command::Edit { customer: Box::new(full), base: profile.revision };
    raises(&bench, Dimension::Profiles, (1, 3), vec![edit]);
    let line = line(&bench, Dimension::Profiles);
    assert_eq!((line.part, line.whole, line.before), (0, 10, Before::Undated));
}

#[test]
fn consent_rises_with_those_who_were_asked() {
    let bench = Bench::new();
    let ids = people(&bench, 5);
    let asked = |id: CustomerId| {
        let profile = bench.profile(id);
        let mut customer = profile.customer;
        customer.consent.marketing = Some(false);
        Command::Edit { customer: Box::new(customer), base: profile.revision }
    };
    raises(&bench, Dimension::Consent, (1, 2), vec![asked(ids[0])]);
    raises(&bench, Dimension::Consent, (1, 4), ids[..3].iter().map(|id| asked(*id)).collect());
    raises(&bench, Dimension::Consent, (1, 5), ids.iter().map(|id| asked(*id)).collect());
}

#[test]
fn calls_rise_with_outcomes_and_fall_with_time() {
    let mut bench = Bench::new();
    let id = bench.create("Reza");
    let call = |outcome: &str| Command::Log(log(id, outcome));
    raises(&bench, Dimension::Calls, (1, 2), vec![call("answered")]);
    let ten = || (0..10).map(|_| call("no_answer")).collect::<Vec<_>>();
    raises(&bench, Dimension::Calls, (1, 3), ten());
    for act in ten() {
        bench.act(act);
    }
    let line = |bench: &Bench| line(bench, Dimension::Calls);
    assert_eq!((line(&bench).part, line(&bench).whole), (10, 10));
    assert_eq!(line(&bench).before, Before::Nothing, "nobody called 90 days ago");
    // A call that is corrected counts once.
    let last = bench.profile(id).interactions[0].0.id;
    let outcome = "answered".to_owned();
    bench.act(Command::Correct { customer: id, interaction: last, outcome });
    assert_eq!((line(&bench).part, line(&bench).whole), (10, 10));
    bench.later(24 * 91);
    assert_eq!((line(&bench).level.number(), line(&bench).figure), (1, None));
    assert_eq!(line(&bench).before, Before::Figure(1.0), "and 90 days ago there were");
}

#[test]
fn segments_rise_when_something_is_done_with_them() {
    let bench = Bench::new();
    let ids = people(&bench, 10);
    let segment = |name: &str, rule: &str, target| Command::SaveSegment {
        segment: Segment {
            id: SegmentId(0),
            name: name.into(),
            membership: Membership::Rule(rule.into()),
            target,
            note: String::new(),
        },
        base: 0,
    };
    let tag = |id: CustomerId, tag: &str| Command::Change {
        whom: Whom::These(vec![id]),
        change: Change::Tag(tag.into()),
    };
    for (n, id) in ids.iter().enumerate() {
        bench.act(tag(*id, if n < 4 { "vip" } else { "fibre" }));
    }
    // A segment that is only saved is used for nothing; as a target, or in an offer, it is.
    let idle = || segment("best", "tag:vip", false);
    raises(&bench, Dimension::Segments, (1, 1), vec![idle()]);
    raises(&bench, Dimension::Segments, (1, 2), vec![segment("best", "tag:vip", true)]);
    let offer = |segment: &str| {
        let (name, segment) = (format!("for {segment}"), segment.to_owned());
        save(Offer { name, segment, active: true, ..Offer::default() })
    };
    raises(&bench, Dimension::Segments, (1, 2), vec![idle(), offer("segment:best")]);
    let two = vec![segment("best", "tag:vip", true), offer("tag:fibre")];
    raises(&bench, Dimension::Segments, (1, 3), two);
    bench.act(idle());
    let line = line(&bench, Dimension::Segments);
    assert!(line.todo.iter().any(|next| next.what == Todo::UseSegments && next.count == 1));
}

#[test]
fn offers_rise_with_answers_and_with_those_held_out() {
    let bench = Bench::new();
    let ids = people(&bench, 10);
    bench.act(save(Offer { name: "Gift".into(), active: true, ..Offer::default() }));
    let offer = bench.plans().definitions.offers[0].record.id;
    let told = |answer| {
        let reason = "why not".to_owned();
        WrapUp { offer: Some(Proposed { offer, answer, reason }), ..WrapUp::default() }
    };
    let ask = |id: &CustomerId| said(*id, "answered", told(OfferAnswer::Refused));
    raises(&bench, Dimension::Offers, (1, 2), ids.iter().map(ask).collect());
    let next = &line(&bench, Dimension::Offers).todo[0];
    assert_eq!((next.what, next.count, next.name.as_str()), (Todo::MakeThisOffer, 10, "Gift"));
    assert_eq!(next.go, Go::Customers("dnc:no".into()));
    assert_ne!(offer, OfferId(0));
    // An offer that answers a need counts those who have it.
    let music = Offer {
        name: "Speaker".into(),
        need: "loud music".into(),
        active: true,
        ..Offer::default()
    };
    bench.act(save(music));
    bench.act(said(ids[2], "answered", told(OfferAnswer::Refused)));
    for (id, kind) in
        [(ids[0], FactKind::Need), (ids[1], FactKind::Taste), (ids[1], FactKind::Need)]
    {
        let text = "loud music".into();
        let (strength, met, source) = (0, 0, String::new());
        let fact =
            Fact { id: FactId(0), customer: id, kind, text, strength, met, source, on: Day(TODAY) };
        bench.act(Command::SaveFact(fact));
    }
    let next = &line(&bench, Dimension::Offers).todo[0];
    assert_eq!((next.name.as_str(), next.count), ("Speaker", 2));
    let Go::Customers(whom) = &next.go else { panic!("{next:?}") };
    assert_eq!(bench.list("", whom).total, 2, "{whom}");
    // Without a group held out nothing can be compared.
    bench.act(bench.settings(Settings { hold_out: 0.0, ..Settings::default() }));
    let todo = line(&bench, Dimension::Offers).todo;
    assert!(todo.iter().any(|next| next.what == Todo::HoldOut && next.go == Go::Settings));
}

#[test]
fn scores_rise_with_a_fit_and_fall_behind_what_is_bought() {
    let bench = Bench::new();
    // Some come every three weeks, some every two months, some left long ago.
    let rows = |from: i32, to: i32| -> Vec<Load> {
        let of = move |n: i32| {
            let (gap, silent) = (20 + n % 45, if n % 3 == 0 { 700 } else { n % 20 });
            let days =
                (0..12).map(move |k| silent + k * gap).filter(move |d| (from..to).contains(d));
            days.map(move |ago| sale(&format!("c{n}"), TODAY - ago, &[""], 3_000))
        };
        (0..200).flat_map(of).collect()
    };
    import(&bench, rows(30, 2_000));
    assert_eq!(level(&bench, Dimension::Scores), 1);
    assert_eq!(line(&bench, Dimension::Scores).todo[0].what, Todo::Fit);
    bench.act(Command::Fit { as_of: None, horizon_weeks: None, model: None });
    let fitted = line(&bench, Dimension::Scores);
    assert!(fitted.level.number() >= 3 && fitted.cases > 0.999, "{fitted:?}");
    // New purchases it does not know of make it old.
    for n in 0..120 {
        let again = (0..16).map(|k| sale(&format!("new{n}"), TODAY - k, &[""], 500)).collect();
        import(&bench, again);
    }
    let old = line(&bench, Dimension::Scores);
    assert!(old.cases < 0.8 && old.level < fitted.level, "{old:?}");
}

#[test]
fn processes_rise_when_two_teams_finish_in_time() {
    let mut bench = Bench::new();
    let step = |name: &str, team: &str| Step {
        name: name.into(),
        team: team.into(),
        hours: 8,
        ..Step::default()
    };
    let steps = vec![step("listen", "support"), step("repay", "finance")];
    bench.act(save(Process {
        name: "Complaint".into(),
        steps,
        active: true,
        ..Process::default()
    }));
    let process: ProcessId = bench.plans().definitions.processes[0].record.id;
    let begin = |bench: &Bench, customer| {
        bench.act(Command::StartCase { process, customer, note: String::new() });
        bench.profile(customer).cases[0].case.id
    };
    let finish = |customer, case| {
        let change = CaseChange::Finish(String::new());
        Command::ChangeCase { customer, case, change }
    };
    let ids = people(&bench, 4);
    let first = begin(&bench, ids[0]);
    let both = || vec![finish(ids[0], first), finish(ids[0], first)];
    raises(&bench, Dimension::Processes, (1, 2), both());
    for act in both() {
        bench.act(act);
    }
    for id in &ids[1..3] {
        let case = begin(&bench, *id);
        bench.act(finish(*id, case));
        bench.act(finish(*id, case));
        assert_eq!(bench.profile(*id).cases[0].case.state, CaseState::Done);
    }
    assert_eq!(level(&bench, Dimension::Processes), 3);
    // One that stands and is late counts against those in time: six of seven.
    begin(&bench, ids[3]);
    bench.later(24 * 7);
    let late = line(&bench, Dimension::Processes);
    assert_eq!((late.part, late.whole), (6, 7));
    assert_eq!((late.todo[0].what, &late.todo[0].go), (Todo::DoLate, &Go::Work));
}

#[test]
fn the_lifecycle_rises_with_moves_of_many_kinds() {
    let bench = Bench::new();
    let ids = people(&bench, 20);
    let moved = |id: CustomerId, stage| Command::Change {
        whom: Whom::These(vec![id]),
        change: Change::Moved(stage, "met at the fair".into()),
    };
    raises(&bench, Dimension::Lifecycle, (1, 2), vec![moved(ids[0], Stage::Loyal)]);
    let two = vec![moved(ids[0], Stage::Loyal), moved(ids[1], Stage::Repeat)];
    raises(&bench, Dimension::Lifecycle, (1, 3), two);
}

#[test]
fn experience_rises_when_customers_are_asked() {
    let bench = Bench::new();
    let ids = people(&bench, 20);
    for id in &ids {
        bench.act(Command::Log(log(*id, "answered")));
    }
    let asked = |id: &CustomerId| {
        said(*id, "answered", WrapUp { satisfaction: Some(4), ..WrapUp::default() })
    };
    raises(&bench, Dimension::Experience, (1, 2), vec![asked(&ids[0])]);
    raises(&bench, Dimension::Experience, (1, 3), ids[..10].iter().map(asked).collect());
    let agents = line(&bench, Dimension::Experience).todo;
    assert!(agents.iter().any(|next| next.what == Todo::RemindAgents && next.count == 1));
}

#[test]
fn what_is_to_be_done_names_just_the_customers_it_counts() {
    let bench = Bench::new();
    people(&bench, 7);
    import(&bench, (0..5).map(|n| sale(&format!("c{n}"), TODAY - n, &[""], 900)).collect());
    let mut met = 0;
    for next in report(&bench).lines.into_iter().flat_map(|line| line.todo) {
        match &next.go {
            Go::Customers(expression) => {
                assert_eq!(bench.list("", expression).total, next.count, "{next:?}");
                met += 1;
            }
            Go::Define(DefinitionKind::Offer) => assert_eq!(next.what, Todo::MakeOffers),
            _ => assert!(next.count > 0, "{next:?}"),
        }
    }
    assert!(met >= 6, "{met}");
}
