//! Work: whose it is, what is late, what a step asks, and what is sent to the desk.

use vafa::desk::{CaseChange, CaseLine, Command, TaskChange, WorkItem, WorkRow, WorkScope};
use vafa::domain::{
    AgentId, Case, CaseId, CaseState, Customer, Language, Passage, ProcessId, Step, Task, TaskId,
    TaskKind, TaskState,
};

use crate::stage::{Stage, now, row};

/// A late step, a callback for today, and a step of another team.
pub fn work(people: &[Customer], scope: WorkScope) -> vafa::desk::Work {
    let hours = jiff::SignedDuration::from_hours;
    let step = |id: u64, at: usize, due: i64, owner: Option<u64>| {
        let names = ["listen", "repay", "ask"].map(str::to_owned).to_vec();
        let case = Case {
            id: CaseId(id),
            process: ProcessId(1),
            customer: people[0].id,
            step: at as u8,
            opened: now() - hours(72),
            due: now() + hours(due),
            owner: owner.map(AgentId),
            state: CaseState::Open,
            passages: (0..at)
                .map(|step| Passage {
                    step: step as u8,
                    at: now() - hours(48),
                    by: AgentId(9),
                    note: "called and explained".into(),
                })
                .collect(),
            note: "the parcel came late".into(),
        };
        let line = CaseLine {
            process: "Complaint".into(),
            step: Step {
                name: names[at].clone(),
                team: "finance".into(),
                role: "accountant".into(),
                hours: 8,
            },
            steps: names.len(),
            names,
            owner: owner.map(|_| "Sara".to_owned()).unwrap_or_default(),
            by: vec!["Ali".into(); at],
            case,
        };
        WorkRow {
            row: row(&people[0], ""),
            due: line.case.due,
            owner: line.owner.clone(),
            item: WorkItem::Step(Box::new(line)),
        }
    };
    let task = Task {
        id: TaskId(4),
        customer: people[1].id,
        kind: TaskKind::Callback,
        due: now() + hours(1),
        zone: String::new(),
        owner: AgentId(7),
        note: "wants an offer".into(),
        state: TaskState::Open,
        from: None,
    };
    let callback = WorkRow {
        row: row(&people[1], ""),
        due: task.due,
        item: WorkItem::Task(task),
        owner: "Sara".into(),
    };
    let mut rows = vec![step(1, 1, -3, Some(7)), callback];
    if scope != WorkScope::Mine {
        rows.push(step(2, 0, 30, None));
    }
    let sums = vec![(WorkScope::Mine, 2, 1), (WorkScope::Team, 3, 1), (WorkScope::All, 3, 1)];
    vafa::desk::Work { scope, total: rows.len(), rows, sums }
}

fn at(width: u16, height: u16, language: Language) -> Stage {
    let mut stage = Stage::at(width, height, language);
    stage.keys("6");
    stage
}

#[test]
fn late_comes_first_and_the_detail_tells_the_way_of_the_case() {
    let mut stage = at(120, 36, Language::English);
    stage.sees("Mine 2  ! 1").sees("Team 3  ! 1").sees("Complaint: repay").sees("! today 11:32");
    stage.sees("Complaint, step 2 of 3").sees("team finance · accountant · Sara");
    stage.sees("the parcel came late").sees("✓ listen").sees("Ali").sees("· ask");
    stage.keys("j").sees("wants an offer");
    stage.keys("<Tab>").sees("nobody");
    stage.keys("G").sees("step 1 of 3");
    for (width, height) in [(80, 24), (200, 60), (40, 12), (20, 6)] {
        let stage = at(width, height, Language::English);
        assert!(stage.screen().contains('!'), "late is never hidden\n{}", stage.screen());
    }
    at(120, 36, Language::Persian).sees("۳ ﺯﺍ ۲ ﻡﺎﮔ");
}

#[test]
fn what_is_pressed_is_sent() {
    let mut stage = at(120, 36, Language::English);
    let sent = |stage: &Stage| stage.sent.last().cloned();
    stage.keys("d").sees("repay: what was done?").keys("paid back<Enter>");
    let done = CaseChange::Finish("paid back".into());
    assert!(
        matches!(sent(&stage), Some(Command::ChangeCase { case: CaseId(1), change, .. }) if change == done)
    );
    // What is mine is given back.
    stage.keys("a");
    let given = CaseChange::Give(None);
    assert!(matches!(sent(&stage), Some(Command::ChangeCase { change, .. }) if change == given));
    stage.keys("st");
    assert!(
        matches!(sent(&stage), Some(Command::ChangeCase { change: CaseChange::Move(at), .. }) if at > now())
    );
    stage.keys("xmoved away<Enter>");
    let dropped = CaseChange::Drop("moved away".into());
    assert!(matches!(sent(&stage), Some(Command::ChangeCase { change, .. }) if change == dropped));
    stage.keys("hback<Enter>");
    assert!(matches!(sent(&stage), Some(Command::ChangeCase { change, .. }) if change == given));
    stage.keys("jd");
    assert!(matches!(
        sent(&stage),
        Some(Command::ChangeTask { task: TaskId(4), change: TaskChange::Finish })
    ));
}
