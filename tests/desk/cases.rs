//! A process through two teams, begun by hand and by rule, in time and late, taken back step by step.

use vafa::desk::{
    CaseChange, Change, Command, Deed, Question, Refusal, Report, ReportKind, ReportQuery, Whom,
    Work, WorkItem, WorkScope,
};
use vafa::domain::{
    Agent, AgentId, Case, CaseState, Customer, CustomerId, Definition, Field, Process, ProcessId,
    Role, Stage, Start, Step,
};
use vafa::store::{Engine, KeyRange, Table};

use super::acts::log;
use super::bench::Bench;

fn step(name: &str, team: &str, hours: u16) -> Step {
    Step { name: name.into(), team: team.into(), hours, ..Step::default() }
}

fn define(bench: &Bench, name: &str, starts: Vec<Start>) -> ProcessId {
    let steps = vec![step("listen", "support", 8), step("repay", "Finance", 16)];
    let process = Process { name: name.into(), steps, starts, active: true, ..Process::default() };
    let definition = Box::new(Definition::from(process));
    match bench.act(Command::SaveDefinition { definition, base: 0 }).deed {
        Deed::Defined { id, .. } => ProcessId(id),
        other => panic!("{other:?}"),
    }
}

fn agent(bench: &Bench, name: &str, team: &str) -> vafa::desk::Who {
    let agent = Agent {
        id: AgentId(0),
        name: name.into(),
        role: Role::Agent,
        team: team.into(),
        ..Agent::program()
    };
    bench.act(Command::SaveAgent { agent, base: 0 });
    let kept = bench.plans().agents.into_iter().find(|kept| kept.record.name == name);
    vafa::desk::Who { agent: kept.expect("an agent").record, now: bench.who.now }
}

fn open(bench: &Bench, customer: CustomerId) -> Vec<Case> {
    let cases = bench.profile(customer).cases.into_iter().map(|line| line.case);
    cases.filter(|case| case.state == CaseState::Open).collect()
}

fn work(bench: &Bench, who: &vafa::desk::Who, scope: WorkScope) -> Work {
    let question = Question::Work { scope, step: None, count: 100 };
    match bench.desk.ask(who, question, &vafa::desk::Cancel::default()).expect("answered") {
        vafa::desk::Answer::Work(work) => *work,
        other => panic!("{other:?}"),
    }
}

/// Names of the steps in somebody's list.
fn steps(work: &Work) -> Vec<String> {
    let items = work.rows.iter().map(|row| match &row.item {
        WorkItem::Step(line) => line.step.name.clone(),
        WorkItem::Task(task) => task.kind.name().to_owned(),
    });
    items.collect()
}

#[test]
fn a_process_goes_through_two_teams_and_back_to_the_first_digest() {
    let mut bench = Bench::new();
    let reza = bench.create("Reza");
    let process = define(&bench, "Complaint", Vec::new());
    let ali = agent(&bench, "Ali", "Support");
    let mina = agent(&bench, "Mina", "finance");
    let mut digests = vec![bench.digest()];
    let mut act = |bench: &Bench, who: &vafa::desk::Who, command| {
        let done = bench.desk.act(who, command).expect("done");
        digests.push(bench.digest());
        done
    };

    let note = "late parcel".to_owned();
    act(&bench, &ali, Command::StartCase { process, customer: reza, note: note.clone() });
    let [case] = &open(&bench, reza)[..] else { panic!("one case") };
    // Sunday noon; business from 9 to 20 on Monday to Friday.
    assert_eq!(case.due, "2026-11-23T17:00:00Z".parse().unwrap());
    let id = case.id;
    let again = Command::StartCase { process, customer: reza, note };
    assert!(matches!(bench.desk.act(&ali, again), Err(Refusal::InUse { .. })));
    assert_eq!(steps(&work(&bench, &ali, WorkScope::Team)), ["listen"]);
    assert!(steps(&work(&bench, &mina, WorkScope::Team)).is_empty());
    assert!(steps(&work(&bench, &ali, WorkScope::Mine)).is_empty(), "nobody has taken it");

    let change = |change| Command::ChangeCase { customer: reza, case: id, change };
    act(&bench, &ali, change(CaseChange::Give(Some(ali.agent.id))));
    assert_eq!(steps(&work(&bench, &ali, WorkScope::Mine)), ["listen"]);
    bench.later(30); // Monday evening, an hour too late
    let late = |who: &vafa::desk::Who| vafa::desk::Who { now: bench.who.now, ..who.clone() };
    let sums = work(&bench, &late(&ali), WorkScope::Mine).sums;
    assert_eq!(sums[0], (WorkScope::Mine, 1, 1), "late is never hidden: {sums:?}");
    act(&bench, &late(&ali), change(CaseChange::Finish("asked for the bill".into())));
    let [case] = &open(&bench, reza)[..] else { panic!("one case") };
    assert_eq!((case.step, case.owner, case.passages.len()), (1, None, 1));
    // Two hours of Monday are left, eleven of Tuesday, three of Wednesday.
    assert_eq!(case.due, "2026-11-25T12:00:00Z".parse().unwrap());
    assert_eq!(steps(&work(&bench, &mina, WorkScope::Team)), ["repay"]);
    assert!(steps(&work(&bench, &ali, WorkScope::Team)).is_empty(), "handed over");

    let mina = late(&mina);
    act(&bench, &mina, change(CaseChange::Finish(String::new())));
    assert!(open(&bench, reza).is_empty());
    let past = &bench.profile(reza).cases[0];
    assert_eq!(past.case.state, CaseState::Done);
    assert_eq!(past.by, ["Ali", "Mina"]);

    // Where did it wait? 9 to 18 on Monday are 9 hours, one more than allowed.
    let query = ReportQuery::of(ReportKind::Processes);
    let vafa::desk::Answer::Report(report) = bench.ask(Question::Report(query)) else { panic!() };
    let Report::Processes(report) = &*report else { panic!("{report:?}") };
    let first = &report.processes[0].steps[0];
    assert_eq!((first.passed, first.mean, first.most), (1, Some(9.0), Some(9.0)));
    assert_eq!((first.in_time, first.open), (Some(0.0), 0));
    let second = &report.processes[0].steps[1];
    assert_eq!((second.passed, second.mean, second.in_time), (1, Some(0.0), Some(1.0)));

    for (who, digest) in
        [&mina, &late(&ali), &ali, &ali].into_iter().zip(digests.iter().rev().skip(1))
    {
        bench.desk.act(who, Command::Undo(None)).expect("taken back");
        assert_eq!(&bench.digest(), digest);
    }
    assert!(bench.profile(reza).cases.is_empty());
}

#[test]
fn cases_are_moved_given_back_and_dropped_with_a_reason() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    let process = define(&bench, "Complaint", Vec::new());
    bench.act(Command::StartCase { process, customer: reza, note: String::new() });
    let case = open(&bench, reza)[0].id;
    let change = |change| Command::ChangeCase { customer: reza, case, change };
    let past = bench.who.now - jiff::SignedDuration::from_hours(1);
    for (wrong, field) in [
        (CaseChange::Drop(" ".into()), Some(Field::Reason)),
        (CaseChange::Finish("x".repeat(1_001)), Some(Field::Note)),
        (CaseChange::Move(past), Some(Field::Due)),
        (CaseChange::Give(Some(AgentId(77))), None),
    ] {
        let refused = bench.refused(change(wrong));
        match (&refused, field) {
            (Refusal::Invalid(invalid), Some(field)) => assert_eq!(invalid.field, field),
            (Refusal::NotFound { what: "agent", .. }, None) => {}
            _ => panic!("{refused:?}"),
        }
    }
    let due = bench.who.now + jiff::SignedDuration::from_hours(100);
    bench.act(change(CaseChange::Move(due)));
    bench.act(change(CaseChange::Give(Some(AgentId(1)))));
    let moved = &open(&bench, reza)[0];
    assert_eq!((moved.due, moved.owner), (due, Some(AgentId(1))));
    bench.act(change(CaseChange::Give(None)));
    assert_eq!(open(&bench, reza)[0].owner, None);
    bench.act(change(CaseChange::Drop("moved away".into())));
    assert!(open(&bench, reza).is_empty());
    let refused = bench.refused(change(CaseChange::Finish(String::new())));
    assert!(matches!(refused, Refusal::NotFound { what: "case", .. }), "{refused:?}");
    // A process with an open case stays.
    bench.act(Command::StartCase { process, customer: reza, note: String::new() });
    let kept = bench.plans().definitions.processes[0].clone();
    let (kind, id, base) = (vafa::domain::DefinitionKind::Process, process.0, kept.revision);
    let refused = bench.refused(Command::DropDefinition { kind, id, base });
    assert!(matches!(refused, Refusal::InUse { .. }), "{refused:?}");
}

#[test]
fn a_process_begins_by_an_outcome_a_stage_or_a_segment_entered() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    for (name, start) in [
        ("Said no", Start::Outcome("refused".into())),
        ("Is leaving", Start::Stage(Stage::AtRisk)),
        ("Is angry", Start::Enters("tag:angry city:Tehran".into())),
    ] {
        define(&bench, name, vec![start]);
    }
    let before = bench.digest();
    let names = |of| -> Vec<String> {
        let cases = bench.profile(of).cases.into_iter();
        let open = cases.filter(|line| line.case.state == CaseState::Open);
        let mut names: Vec<String> = open.map(|line| line.process).collect();
        names.sort();
        names
    };
    let whom = |id| Whom::These(vec![id]);
    let change = |change| Command::Change { whom: whom(reza), change };

    bench.act(Command::Log(log(reza, "answered")));
    assert!(names(reza).is_empty());
    bench.act(Command::Log(log(reza, "refused")));
    assert_eq!(names(reza), ["Said no"]);
    bench.act(Command::Log(log(reza, "refused")));
    assert_eq!(names(reza), ["Said no"], "one at a time");
    bench.act(change(Change::Stage(Stage::AtRisk)));
    assert_eq!(names(reza), ["Is leaving", "Said no"]);
    bench.act(change(Change::Tag("angry".into())));
    assert_eq!(names(reza).len(), 2, "not in Tehran");
    let mut record = bench.profile(reza).customer;
    record.place.city = "Tehran".into();
    let base = bench.profile(reza).revision;
    bench.act(Command::Edit { customer: Box::new(record), base });
    assert_eq!(names(reza), ["Is angry", "Is leaving", "Said no"]);
    // Staying inside is not entering.
    let line = bench.profile(reza).cases.into_iter().find(|l| l.process == "Is angry").unwrap();
    let (customer, case) = (reza, line.case.id);
    let done = CaseChange::Drop("calmed".into());
    bench.act(Command::ChangeCase { customer, case, change: done });
    bench.act(change(Change::Tag("more".into())));
    assert_eq!(names(reza), ["Is leaving", "Said no"]);

    // Each act is one gesture with what it began.
    for _ in 0..8 {
        bench.act(Command::Undo(None));
    }
    assert_eq!(bench.digest(), before);
    assert!(names(reza).is_empty());

    // A customer that is new enters too.
    let mut mina = Customer::named(CustomerId(0), "Mina", vafa::domain::Day(20_000));
    mina.tags = vec!["angry".into()];
    mina.place.city = "Tehran".into();
    bench.act(Command::Create(Box::new(mina)));
    assert_eq!(names(CustomerId(2)), ["Is angry"]);
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), before);
}

#[test]
fn a_wrong_outcome_takes_what_it_began_with_it() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    define(&bench, "Said no", vec![Start::Outcome("refused".into())]);
    bench.act(Command::Log(log(reza, "refused")));
    let interaction = bench.profile(reza).interactions[0].0.id;
    let outcome = "answered".to_owned();
    bench.act(Command::Correct { customer: reza, interaction, outcome });
    assert!(open(&bench, reza).is_empty());
    bench.act(Command::Undo(None));
    assert_eq!(open(&bench, reza).len(), 1);
}

#[test]
fn cases_go_over_when_customers_are_merged() {
    let bench = Bench::new();
    let (reza, ali) = (bench.create("Reza"), bench.create("Ali"));
    let process = define(&bench, "Complaint", Vec::new());
    bench.act(Command::StartCase { process, customer: ali, note: String::new() });
    let before = bench.digest();
    bench.act(Command::Merge { keep: reza, gone: ali, take: None, base: None });
    assert_eq!(open(&bench, reza).len(), 1);
    let page = bench.engine.scan(Table::Case, KeyRange::all(), 10).expect("rows");
    assert_eq!(page.rows.len(), 1);
    assert_eq!(work(&bench, &bench.who, WorkScope::All).total, 1);
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), before);
    assert_eq!(work(&bench, &bench.who, WorkScope::All).total, 1);
    assert_eq!(open(&bench, ali).len(), 1);
}

#[test]
fn a_step_is_its_teams_the_one_who_was_given_its_and_a_supervisors() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    let process = define(&bench, "Complaint", Vec::new());
    let ali = agent(&bench, "Ali", "SUPPORT");
    let mina = agent(&bench, "Mina", "finance");
    let nima = agent(&bench, "Nima", "");
    bench.act(Command::StartCase { process, customer: reza, note: String::new() });
    let case = open(&bench, reza)[0].id;
    let change = |change| Command::ChangeCase { customer: reza, case, change };
    let before = bench.digest();
    let due = bench.who.now + jiff::SignedDuration::from_hours(50);
    for other in [&mina, &nima] {
        for wrong in [
            CaseChange::Finish(String::new()),
            CaseChange::Give(Some(other.agent.id)),
            CaseChange::Move(due),
            CaseChange::Drop("not mine".into()),
        ] {
            match bench.desk.act(other, change(wrong.clone())) {
                Err(Refusal::OtherTeam { step, team, own }) => {
                    assert_eq!((step.as_str(), team.as_str()), ("listen", "support"));
                    assert_eq!(own, other.agent.team);
                }
                done => panic!("{wrong:?}: {done:?}"),
            }
        }
    }
    assert_eq!(bench.digest(), before);
    // Ali hands it to Nima, who may go on with it; what comes next is Mina's.
    bench.desk.act(&ali, change(CaseChange::Give(Some(nima.agent.id)))).expect("handed over");
    bench.desk.act(&nima, change(CaseChange::Finish(String::new()))).expect("given to Nima");
    let refused = bench.desk.act(&ali, change(CaseChange::Finish(String::new())));
    assert!(matches!(refused, Err(Refusal::OtherTeam { .. })), "{refused:?}");
    bench.desk.act(&mina, change(CaseChange::Move(due))).expect("of the team");
    let supervisor = bench.other(9, Role::Supervisor);
    bench.desk.act(&supervisor, change(CaseChange::Finish(String::new()))).expect("a supervisor");
    bench.desk.act(&supervisor, Command::Undo(None)).expect("taken back");
    for who in [&mina, &nima, &ali] {
        bench.desk.act(who, Command::Undo(None)).expect("taken back");
    }
    assert_eq!(bench.digest(), before);
}

#[test]
fn work_can_be_that_of_one_step_of_a_process() {
    let bench = Bench::new();
    let (reza, ali) = (bench.create("Reza"), bench.create("Ali"));
    let complaint = define(&bench, "Complaint", Vec::new());
    let welcome = define(&bench, "Welcome", Vec::new());
    for (process, customer) in [(complaint, reza), (complaint, ali), (welcome, reza)] {
        bench.act(Command::StartCase { process, customer, note: String::new() });
    }
    let [case] = &open(&bench, ali)[..] else { panic!("one case") };
    let (customer, case) = (ali, case.id);
    let change = CaseChange::Finish(String::new());
    bench.act(Command::ChangeCase { customer, case, change });
    let at = |step| {
        let question = Question::Work { scope: WorkScope::All, step, count: 1 };
        let vafa::desk::Answer::Work(work) = bench.ask(question) else { panic!("work") };
        (work.total, work.rows.iter().map(|row| row.row.customer.id).collect::<Vec<_>>(), work.sums)
    };
    let (total, _, all) = at(None);
    assert_eq!((total, at(Some((complaint, 1)))), (3, (1, vec![ali], all.clone())));
    assert_eq!(at(Some((complaint, 0))), (1, vec![reza], all.clone()));
    assert_eq!(at(Some((welcome, 1))), (0, Vec::new(), all));
}
