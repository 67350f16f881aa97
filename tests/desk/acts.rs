//! Single acts: what they do, what they refuse, and that undo takes them back whole.

use jiff::ToSpan;
use vafa::desk::{Answer, Change, Command, Deed, Log, Question, Refusal, TaskChange, Whom};
use vafa::domain::{
    Channel, Customer, CustomerId, Day, Direction, Draft, Fact, FactId, FactKind, Membership,
    QueueKind, Relation, RelationId, RelationKind, Role, Segment, SegmentId, Stage, Task, TaskId,
    TaskKind, TaskState, WrapUp,
};

use super::bench::Bench;

pub fn log(customer: CustomerId, outcome: &str) -> Log {
    Log {
        customer,
        outcome: outcome.into(),
        note: String::new(),
        channel: Channel::Call,
        direction: Direction::Outbound,
        seconds: 60,
        callback: None,
        queue: None,
        finishes: None,
        wrap_up: WrapUp::default(),
    }
}

/// Does a command, checks that undo brings the digest back and redo the new one.
fn round_trip(bench: &Bench, command: Command) {
    let before = bench.digest();
    bench.act(command.clone());
    let after = bench.digest();
    assert_ne!(before, after, "{command:?} does something");
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), before, "undo of {command:?}");
    bench.act(Command::Redo);
    assert_eq!(bench.digest(), after, "redo of {command:?}");
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), before, "second undo of {command:?}");
    bench.act(Command::Redo);
    assert_eq!(bench.digest(), after, "second redo of {command:?}");
}

#[test]
fn every_act_can_be_taken_back_and_done_again() {
    let bench = Bench::new();
    let reza = bench.create("Reza Karimi");
    let mina = bench.create("Mina Karimi");
    let edited = Customer { birth: Some(Day(5_000)), ..bench.profile(reza).customer };
    let base = bench.profile(reza).revision;
    let due = bench.who.now.checked_add(3.hours()).unwrap();
    let fact = Fact {
        id: FactId(0),
        customer: reza,
        kind: FactKind::Need,
        text: "fast delivery".into(),
        strength: 3,
        met: 1,
        source: "call".into(),
        on: Day(20_000),
    };
    let task = Task {
        id: TaskId(0),
        customer: mina,
        kind: TaskKind::Callback,
        due,
        zone: String::new(),
        owner: bench.who.agent.id,
        note: String::new(),
        state: TaskState::Open,
        from: None,
    };
    let relation = Relation {
        id: RelationId(0),
        from: reza,
        to: mina,
        kind: RelationKind::Household,
        note: String::new(),
    };
    let segment = Segment {
        id: SegmentId(0),
        name: "Late".into(),
        membership: Membership::Rule("stage:loyal".into()),
        target: true,
        note: String::new(),
    };
    let both = Whom::These(vec![reza, mina]);
    for command in [
        Command::Create(Box::new(Customer::named(CustomerId(0), "Ali", Day(20_000)))),
        Command::Edit { customer: Box::new(edited), base },
        Command::Change { whom: both.clone(), change: Change::Tag("VIP".into()) },
        Command::Change { whom: both.clone(), change: Change::Stage(Stage::Loyal) },
        Command::Change {
            whom: both.clone(),
            change: Change::Moved(Stage::Lapsed, "moved away".into()),
        },
        Command::CloseWinBack { customer: reza, note: "no use".into() },
        Command::Change { whom: both, change: Change::Field("plan".into(), "gold".into()) },
        Command::SaveFact(fact),
        Command::Relate(relation),
        Command::Log(log(reza, "no_answer")),
        Command::Log(log(reza, "do_not_call")),
        Command::AddTask(task),
        Command::PutOff {
            queue: QueueKind::Retention,
            campaign: None,
            customers: vec![mina],
            until: due,
            reason: String::new(),
        },
        Command::SaveSegment { segment, base: 0 },
    ] {
        round_trip(&bench, command);
    }
}

#[test]
fn undo_goes_back_act_by_act_and_ends() {
    let bench = Bench::new();
    let empty = bench.digest();
    let reza = bench.create("Reza");
    bench.act(Command::Log(log(reza, "answered")));
    bench.act(Command::Change { whom: Whom::These(vec![reza]), change: Change::Tag("vip".into()) });
    for _ in 0..3 {
        bench.act(Command::Undo(None));
    }
    assert_eq!(bench.digest(), empty);
    assert!(matches!(bench.refused(Command::Undo(None)), Refusal::NothingToUndo));
    let labels: Vec<String> = (0..3)
        .map(|_| match bench.act(Command::Redo).deed {
            Deed::Redone { label, .. } => label,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(labels, ["create customer", "log", "tag vip"]);
    assert!(matches!(bench.refused(Command::Redo), Refusal::NothingToRedo));
    assert_eq!(bench.profile(reza).customer.tags, ["vip"]);
}

#[test]
fn undo_is_refused_when_somebody_changed_the_record_since() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    let tag = |tag: &str| Command::Change {
        whom: Whom::These(vec![reza]),
        change: Change::Tag(tag.into()),
    };
    bench.act(tag("a"));
    let ali = bench.other(2, Role::Agent);
    bench.desk.act(&ali, tag("b")).expect("done");
    match bench.refused(Command::Undo(None)) {
        Refusal::ChangedSince { name, by } => {
            assert_eq!((name.as_str(), by.as_str()), ("Reza", "#2"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(bench.profile(reza).customer.tags, ["a", "b"]);
}

#[test]
fn a_customer_with_newer_calls_is_not_undone() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    let ali = bench.other(2, Role::Agent);
    bench.desk.act(&ali, Command::Log(log(reza, "answered"))).expect("done");
    assert!(matches!(bench.refused(Command::Undo(None)), Refusal::ChangedSince { .. }));
    assert_eq!(bench.profile(reza).interactions.len(), 1);
}

#[test]
fn a_stale_edit_is_a_conflict_that_shows_the_other_value() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    let read = bench.profile(reza);
    bench.act(Command::Change {
        whom: Whom::These(vec![reza]),
        change: Change::Stage(Stage::Loyal),
    });
    let mine = Customer { source: "fair".into(), ..read.customer };
    let command = Command::Edit { customer: Box::new(mine), base: read.revision };
    match bench.refused(command) {
        Refusal::Conflict { by, current: Some(current), .. } => {
            assert_eq!((by.as_str(), current.stage), ("Sara", Stage::Loyal));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn logging_keeps_and_makes_callbacks() {
    let mut bench = Bench::new();
    let reza = bench.create("Reza");
    // Nobody there: called again a day later, as the outcome table says.
    match bench.act(Command::Log(log(reza, "no_answer"))).deed {
        Deed::Logged { callback: Some(due), .. } => {
            assert_eq!(due, bench.who.now.checked_add(24.hours()).unwrap());
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(bench.queue(QueueKind::Callbacks).total, 1);
    bench.later(25);
    assert_eq!(bench.queue(QueueKind::Callbacks).overdue, 1);
    // Spoken to, with a new promise: the old one is kept.
    let callback = bench.who.now.checked_add(2.hours()).unwrap();
    bench.act(Command::Log(Log { callback: Some(callback), ..log(reza, "answered") }));
    let tasks = bench.profile(reza).tasks;
    assert_eq!(tasks.iter().map(|t| t.due).collect::<Vec<_>>(), [callback]);
    bench.act(Command::ChangeTask { task: tasks[0].id, change: TaskChange::Finish });
    assert_eq!(bench.queue(QueueKind::Callbacks).total, 0);
}

#[test]
fn a_correction_replaces_the_outcome_and_what_it_entailed() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    bench.act(Command::Log(log(reza, "do_not_call")));
    assert!(bench.profile(reza).customer.must_not_be_called());
    let wrong = bench.profile(reza).interactions[0].0.id;
    bench.act(Command::Correct { customer: reza, interaction: wrong, outcome: "no_answer".into() });
    let profile = bench.profile(reza);
    assert!(!profile.customer.must_not_be_called());
    assert_eq!(profile.interactions.len(), 1);
    assert_eq!(profile.interactions[0].0.outcome, "no_answer");
    assert_eq!(profile.tasks.len(), 1);
    bench.act(Command::Undo(None));
    assert_eq!(bench.profile(reza).interactions[0].0.outcome, "do_not_call");
}

#[test]
fn nobody_calls_those_who_must_not_be_called() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    bench.act(Command::Log(log(reza, "do_not_call")));
    assert!(matches!(
        bench.refused(Command::Log(log(reza, "answered"))),
        Refusal::DoNotCall { name } if name == "Reza"
    ));
    // The customer calling us is another matter.
    bench.act(Command::Log(Log { direction: Direction::Inbound, ..log(reza, "answered") }));
}

#[test]
fn bad_input_is_refused_and_changes_nothing() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    let before = bench.digest();
    let named = |name: &str| Customer::named(CustomerId(0), name, Day(20_000));
    let past = bench.who.now.checked_sub(1.hours()).unwrap();
    for command in [
        Command::Create(Box::new(named(""))),
        Command::Create(Box::new(named(&"x".repeat(10_000)))),
        Command::Log(log(reza, "no_such_outcome")),
        Command::Log(log(CustomerId(999), "answered")),
        Command::Log(Log { callback: Some(past), ..log(reza, "answered") }),
        Command::Log(Log { note: "x".repeat(20_000), ..log(reza, "answered") }),
        Command::Change { whom: Whom::These(vec![reza]), change: Change::Tag(" , ".into()) },
        Command::Change {
            whom: Whom::Matching { text: String::new(), expression: "citty:x".into() },
            change: Change::Tag("a".into()),
        },
        Command::SaveSegment {
            segment: Segment {
                id: SegmentId(0),
                name: "Bad".into(),
                membership: Membership::Rule("age<".into()),
                target: false,
                note: String::new(),
            },
            base: 0,
        },
        Command::DropSegment(SegmentId(7)),
        Command::ChangeTask { task: TaskId(7), change: TaskChange::Finish },
    ] {
        bench.refused(command);
        assert_eq!(bench.digest(), before);
    }
}

#[test]
fn external_ids_are_unique() {
    let bench = Bench::new();
    let with_id = |name: &str| {
        let mut c = Customer::named(CustomerId(0), name, Day(20_000));
        c.external_id = Some("A-1".into());
        Command::Create(Box::new(c))
    };
    bench.act(with_id("Reza"));
    assert!(matches!(bench.refused(with_id("Mina")), Refusal::Taken { .. }));
}

#[test]
fn agents_may_not_do_what_administrators_do() {
    let bench = Bench::new();
    let ali = bench.other(2, Role::Agent);
    let settings = vafa::domain::Settings::default();
    let refused = bench.desk.act(&ali, bench.settings(settings)).expect_err("refused");
    assert!(matches!(refused, Refusal::NotPermitted { needs: Role::Admin }));
    let reza = bench.create("Reza");
    let gesture = bench.act(Command::Log(log(reza, "answered"))).gesture;
    let refused = bench.desk.act(&ali, Command::Undo(Some(gesture))).expect_err("refused");
    assert!(matches!(refused, Refusal::NotPermitted { needs: Role::Supervisor }));
}

#[test]
fn drafts_are_kept_apart_and_are_no_gesture() {
    let bench = Bench::new();
    let draft = Draft {
        agent: bench.who.agent.id,
        slot: "log:1".into(),
        fields: vec![("note".into(), "half a sen".into())],
        at: bench.who.now,
    };
    bench.act(Command::SaveDraft(draft.clone()));
    assert!(matches!(bench.refused(Command::Undo(None)), Refusal::NothingToUndo));
    match bench.ask(Question::Draft("log:1".into())) {
        Answer::Draft(Some(kept)) => assert_eq!(kept.fields, draft.fields),
        other => panic!("{other:?}"),
    }
    bench.act(Command::DropDraft("log:1".into()));
    assert!(matches!(bench.ask(Question::Draft("log:1".into())), Answer::Draft(None)));
}

#[test]
fn a_desk_opened_again_knows_all_it_knew() {
    let bench = Bench::new();
    let reza = bench.create("Reza Karimi");
    bench.act(Command::Log(log(reza, "no_answer")));
    let again = Bench::on(bench.engine.clone());
    assert_eq!(again.list("reza", "").rows[0].customer.id, reza);
    assert_eq!(again.queue(QueueKind::Callbacks).total, 1);
    let Answer::Today(today) = again.ask(Question::Today) else { panic!("today") };
    assert_eq!((today.calls.len(), today.reached), (1, 0));
    again.act(Command::Undo(None));
    assert_eq!(again.profile(reza).interactions.len(), 0);
}
