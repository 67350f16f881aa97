//! Who enters a segment that begins a process: by an import, by scores, by the passing of days; never for
//! having been inside all along.

use vafa::desk::{Change, Command, Load, Notice, Whom};
use vafa::domain::{
    CaseState, Customer, CustomerId, Day, Definition, DefinitionKind, Field, Membership, Process,
    ProcessId, Segment, SegmentId, Start, Step,
};

use super::bench::Bench;
use super::scoring::{shop, stock};

fn define(bench: &Bench, id: ProcessId, expression: &str, active: bool) -> ProcessId {
    let step = Step { name: "call".into(), team: "sales".into(), hours: 8, ..Step::default() };
    let (name, starts) = ("Entered".to_owned(), vec![Start::Enters(expression.into())]);
    let process = Process { id, name, steps: vec![step], starts, active };
    let kept = bench.plans().definitions.processes.first().map_or(0, |kept| kept.revision);
    let base = if id == ProcessId(0) { 0 } else { kept };
    let definition = Box::new(Definition::from(process));
    bench.act(Command::SaveDefinition { definition, base });
    bench.plans().definitions.processes[0].record.id
}

fn person(name: &str, city: &str) -> Load {
    let mut customer = Customer::named(CustomerId(0), name, Day(20_000));
    customer.external_id = Some(name.into());
    customer.place.city = city.into();
    let given = vec![Field::Name, Field::City];
    Load::Customer { customer: Box::new(customer), given, facts: Vec::new() }
}

fn import(bench: &Bench, rows: Vec<Load>) -> Notice {
    let gesture = bench.act(Command::Begin { label: "import customers".into() }).gesture;
    bench.act(Command::Load { gesture, rows });
    bench.act(Command::Close { gesture })
}

fn fit(bench: &Bench) -> Notice {
    bench.act(Command::Fit { as_of: None, horizon_weeks: None, model: None })
}

/// Customers with an open case, by id.
fn open(bench: &Bench) -> Vec<u64> {
    let ids = bench.list("", "").rows.into_iter().map(|row| row.customer.id);
    let is_open = |id: &CustomerId| {
        bench.profile(*id).cases.iter().any(|line| line.case.state == CaseState::Open)
    };
    let mut ids: Vec<u64> = ids.filter(is_open).map(|id| id.0).collect();
    ids.sort_unstable();
    ids
}

/// Those an expression selects; everybody of the shop fits in two lists.
fn matching(bench: &Bench, expression: &str) -> Vec<u64> {
    let mut ids: Vec<u64> = bench.ids(expression).into_iter().map(|id| id.0).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn an_import_begins_the_cases_of_those_it_brings_in_and_undo_takes_them_along() {
    let bench = Bench::new();
    import(&bench, vec![person("a", "Tehran"), person("b", "Yazd"), person("c", "Shiraz")]);
    define(&bench, ProcessId(0), "city:Tehran", true);
    assert!(open(&bench).is_empty(), "who was inside has not come in");
    let before = bench.digest();

    let rows = vec![person("a", "Tehran"), person("b", "Tehran"), person("d", "Tehran")];
    let done = import(&bench, rows.clone());
    assert_eq!(done.begun, 2);
    let d = bench.list("d", "").rows[0].customer.id;
    assert_eq!(open(&bench), [2, d.0]);
    assert_eq!(import(&bench, rows.clone()).begun, 0, "they are inside already");
    bench.act(Command::Undo(Some(done.gesture)));
    assert_eq!(bench.digest(), before);
    assert_eq!(import(&bench, rows).begun, 2, "they enter again");
}

#[test]
fn a_process_that_is_off_and_one_without_a_segment_begin_nothing_by_an_import() {
    let bench = Bench::new();
    let id = define(&bench, ProcessId(0), "city:Tehran", false);
    assert_eq!(import(&bench, vec![person("a", "Tehran")]).begun, 0);
    define(&bench, id, "city:Tehran", true);
    assert_eq!(fit_refused(&bench), 0);
    assert_eq!(import(&bench, vec![person("b", "Tehran")]).begun, 1);
    assert_eq!(open(&bench), [2]);
}

/// A shop of nobody has too little to fit; what it began all the same.
fn fit_refused(bench: &Bench) -> usize {
    bench.refused(Command::Fit { as_of: None, horizon_weeks: None, model: None });
    open(bench).len()
}

#[test]
fn changing_very_many_at_once_begins_their_cases_in_the_same_gesture() {
    let bench = Bench::new();
    let people: Vec<Load> = (0..1_100).map(|n| person(&format!("c{n}"), "Yazd")).collect();
    import(&bench, people);
    define(&bench, ProcessId(0), "tag:angry", true);
    let before = bench.digest();
    let whom = Whom::Matching { text: String::new(), expression: "city:Yazd".into() };
    let done = bench.act(Command::Change { whom, change: Change::Tag("angry".into()) });
    assert_eq!(done.begun, 1_100);
    assert_eq!(bench.profile(CustomerId(7)).cases.len(), 1);
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), before);
}

#[test]
fn scores_begin_the_cases_of_those_they_bring_in() {
    let mut bench = shop();
    let rule = "risk>=20%";
    let inside = matching(&bench, rule);
    assert!(!inside.is_empty() && inside.len() < 190, "{}", inside.len());
    define(&bench, ProcessId(0), rule, true);
    assert_eq!(fit(&bench).begun, 0, "nobody came in since");
    assert!(open(&bench).is_empty());

    bench.later(24 * 20);
    let scored = fit(&bench);
    let now = matching(&bench, rule);
    let came: Vec<u64> = now.into_iter().filter(|id| !inside.contains(id)).collect();
    assert!(!came.is_empty());
    assert_eq!(scored.begun, came.len());
    let cases = |bench: &Bench| -> Vec<u64> {
        let has = |id: &u64| !bench.profile(CustomerId(*id)).cases.is_empty();
        (1..=200).filter(has).collect()
    };
    assert_eq!(cases(&bench), came);
    assert_eq!(fit(&bench).begun, 0, "once");

    // Undo takes the cases back, and they do not come again by themselves.
    bench.act(Command::Undo(Some(scored.gesture)));
    assert!(cases(&bench).is_empty());
    assert_eq!(fit(&bench).begun, 0);
}

#[test]
fn the_first_fit_a_day_of_the_past_and_another_meaning_bring_nobody_in() {
    let mut bench = Bench::new();
    stock(&bench);
    let rule = Segment {
        id: SegmentId(0),
        name: "shaky".into(),
        membership: Membership::Rule("risk>=20%".into()),
        note: String::new(),
        target: false,
    };
    bench.act(Command::SaveSegment { segment: rule, base: 0 });
    define(&bench, ProcessId(0), "segment:shaky", true);
    assert_eq!(fit(&bench).begun, 0, "what was not known has not changed");
    bench.later(24);
    let as_of = Some(Day(20_700));
    let past = bench.act(Command::Fit { as_of, horizon_weeks: None, model: None });
    assert_eq!(past.begun, 0);
    assert_eq!(fit(&bench).begun, 0, "nor has anybody come in from there");
    let kept = bench.plans().segments[0].clone();
    let few = matching(&bench, "segment:shaky").len();
    let membership = Membership::Rule("risk>=10%".into());
    let segment = Segment { membership, ..kept.record };
    bench.act(Command::SaveSegment { segment, base: kept.revision });
    assert!(matching(&bench, "segment:shaky").len() > few);
    assert_eq!(fit(&bench).begun, 0, "the segment came to them");
}

#[test]
fn whoever_had_a_case_since_the_last_scoring_gets_no_second() {
    let mut bench = shop();
    define(&bench, ProcessId(0), "city:Tehran", true);
    bench.later(1);
    let whom = Whom::These(vec![CustomerId(1)]);
    let mut reza = bench.profile(CustomerId(1));
    reza.customer.place.city = "Tehran".into();
    let edit = Command::Edit { customer: Box::new(reza.customer), base: reza.revision };
    assert_eq!(bench.act(edit).begun, 1);
    let case = bench.profile(CustomerId(1)).cases[0].case.id;
    let change = vafa::desk::CaseChange::Drop("done with".into());
    bench.act(Command::ChangeCase { customer: CustomerId(1), case, change });
    assert_eq!(fit(&bench).begun, 0);
    assert_eq!(bench.act(Command::Change { whom, change: Change::Tag("x".into()) }).begun, 0);
}

#[test]
fn days_that_pass_bring_people_in_while_somebody_sits_there() {
    let mut bench = shop();
    let rule = "last>=60d";
    define(&bench, ProcessId(0), rule, true);
    let inside = matching(&bench, rule);
    bench.desk.keep_fresh();
    bench.later(24);
    let came = matching(&bench, rule).len() - inside.len();
    assert!(came > 0);
    let has = |id: &u64| !bench.profile(CustomerId(*id)).cases.is_empty();
    assert_eq!((1..=200).filter(has).count(), came);
}

#[test]
fn a_roll_goes_with_its_process() {
    let bench = shop();
    let id = define(&bench, ProcessId(0), "risk>=20%", true);
    let rolls = || {
        let range = vafa::store::KeyRange::prefix(b"roll");
        vafa::store::Engine::scan(&*bench.engine, vafa::store::Table::Guard, range, 10)
            .expect("rows")
            .rows
            .len()
    };
    assert_eq!(rolls(), 1);
    let (kind, base) = (DefinitionKind::Process, bench.plans().definitions.processes[0].revision);
    bench.act(Command::DropDefinition { kind, id: id.0, base });
    assert_eq!(rolls(), 0);
}
