//! The ten jobs of an agent's day, on a demonstration store, in the keystrokes that were promised.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of tests are tests too

mod campaign;
mod manage;
mod offers;
mod script;
mod seat;
mod stages;

use vafa::desk::{Answer, Command, Question, WorkItem, WorkScope};
use vafa::domain::{ContactKind, CustomerId, FactKind, Offer, OfferAnswer, QueueKind, WrapUp};

use seat::Seat;

/// Presses keys and checks how many there were.
fn job(seat: &mut Seat, most: usize, keys: &str) {
    let pressed = seat.press(keys);
    assert!(pressed <= most, "{pressed} keys for a job of {most}: {keys}");
}

fn queue(seat: &Seat) -> Vec<CustomerId> {
    let kind = QueueKind::Retention;
    match seat.ask(Question::Queue { kind, from: 0, count: 20, anchor: None }) {
        Answer::Queue(page) => page.rows.iter().map(|r| r.row.customer.id).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn open_by_four_letters_of_the_name() {
    let mut seat = Seat::new();
    seat.press("2");
    // One whose four letters nobody else has.
    let wanted = seat.customers().into_iter().find(|c| {
        let letters: String = c.name.chars().take(4).collect();
        letters.chars().all(|l| l.is_ascii_alphabetic()) && seat.found(&letters) == [c.id]
    });
    let wanted = wanted.expect("a name of its own");
    let letters: String = wanted.name.to_lowercase().chars().take(4).collect();
    job(&mut seat, 6, &format!("/{letters}<Enter>"));
    seat.sees(&wanted.name).sees("timeline");
}

#[test]
fn open_by_the_last_four_digits_of_the_phone() {
    let mut seat = Seat::new();
    seat.press("2");
    let wanted = seat.customers().into_iter().find(|c| {
        c.contact(ContactKind::Phone).is_some_and(|phone| {
            let last = &phone[phone.len() - 4..];
            seat.found(last).first() == Some(&c.id)
        })
    });
    let wanted = wanted.expect("a phone");
    let phone = wanted.contact(ContactKind::Phone).unwrap();
    job(&mut seat, 6, &format!("/{}<Enter>", &phone[phone.len() - 4..]));
    seat.sees("timeline");
    assert_eq!(seat.target(), Some(wanted.id));
}

#[test]
fn no_answer_and_next() {
    let mut seat = Seat::new();
    seat.press("3");
    let before = queue(&seat);
    assert_eq!(seat.target(), Some(before[0]));
    job(&mut seat, 2, "ln");
    assert_eq!(seat.last_call(before[0]).0, "no_answer");
    assert_eq!(seat.target(), Some(before[1]), "the next one is under the cursor");
}

#[test]
fn answered_with_a_note() {
    let mut seat = Seat::new();
    seat.press("3");
    let first = queue(&seat)[0];
    let note = "wants a new router";
    job(&mut seat, 3 + note.len(), &format!("la{note}<Enter>"));
    assert_eq!(seat.last_call(first), ("answered".to_owned(), note.to_owned()));
}

#[test]
fn answered_with_a_note_and_a_callback_tomorrow_at_ten() {
    let mut seat = Seat::new();
    seat.press("3");
    let first = queue(&seat)[0];
    let note = "ask again";
    job(&mut seat, 7 + note.len(), &format!("la{note}<Tab>t10<Enter>"));
    assert_eq!(seat.last_call(first).1, note);
    // On the wall clock of the business.
    let due = seat.profile(first).tasks[0].due.in_tz("America/New_York").unwrap();
    assert_eq!(due.datetime().to_string(), "2026-11-23T10:00:00");
}

#[test]
fn snooze_to_tomorrow() {
    let mut seat = Seat::new();
    seat.press("3");
    let before = queue(&seat);
    job(&mut seat, 2, "st");
    assert!(!queue(&seat).contains(&before[0]));
    assert_eq!(seat.target(), Some(before[1]));
}

#[test]
fn tag_one() {
    let mut seat = Seat::new();
    seat.press("3");
    let first = queue(&seat)[0];
    job(&mut seat, 4, "tzz<Enter>");
    assert!(seat.profile(first).customer.tags.contains(&"zz".to_owned()));
}

#[test]
fn tag_all_of_a_search() {
    let mut seat = Seat::new();
    seat.press("2");
    let found = seat.found("rez");
    assert!(found.len() > 3, "{found:?}");
    job(&mut seat, 11, "/rez<Esc>*tzz<Enter>");
    for id in found {
        assert!(seat.profile(id).customer.tags.contains(&"zz".to_owned()), "{id}");
    }
}

#[test]
fn finish_the_top_task() {
    let mut seat = Seat::new();
    let Answer::Today(day) = seat.ask(Question::Today) else { panic!("a day") };
    let top = day.due[0].task.clone().expect("a task");
    job(&mut seat, 2, "d");
    assert!(seat.profile(top.customer).tasks.iter().all(|t| t.id != top.id));
}

#[test]
fn correct_the_outcome_just_logged() {
    let mut seat = Seat::new();
    seat.press("3");
    let first = queue(&seat)[0];
    seat.press("ln");
    job(&mut seat, 3, "=b");
    assert_eq!(seat.last_call(first).0, "busy");
    assert_eq!(
        seat.profile(first).interactions.iter().filter(|(i, _)| i.outcome == "no_answer").count(),
        seat.before(first)
    );
}

#[test]
fn undo_takes_the_last_job_back_and_says_so() {
    let mut seat = Seat::new();
    seat.press("3");
    let before = queue(&seat);
    seat.press("ln");
    seat.press("u");
    assert_eq!(queue(&seat), before);
    seat.sees("Taken back: log");
}

#[test]
fn an_offer_a_reason_and_how_satisfied() {
    let mut seat = Seat::new();
    let offer = Offer {
        name: "Free delivery".into(),
        margin: Some(9_000),
        active: true,
        ..Offer::default()
    };
    seat.act(Command::SaveDefinition { definition: Box::new(offer.into()), base: 0 });
    seat.press("3");
    // Each call leads on to the next customer.
    let told = |seat: &Seat, of| -> WrapUp { seat.profile(of).interactions[0].0.wrap_up.clone() };
    let first = seat.target().expect("somebody to call");
    seat.press("l");
    seat.sees("Free delivery").sees("[2] refused").sees("not offered before");
    // Accepted: one key more than the call without an offer.
    job(&mut seat, 3, "1a<Enter>");
    let made = told(&seat, first).offer.expect("an answer");
    assert_eq!((made.answer, made.reason.as_str()), (OfferAnswer::Accepted, ""));
    let second = seat.target().expect("the next");
    let reason = "too dear";
    job(&mut seat, 5 + reason.len(), &format!("l2{reason}<Enter>r<Enter>"));
    let made = told(&seat, second).offer.expect("an answer");
    assert_eq!((made.answer, made.reason.as_str()), (OfferAnswer::Refused, reason));
    // Asked how satisfied: a key to ask, one for each figure.
    let third = seat.target().expect("the next");
    job(&mut seat, 6, "l<F5>4xa<Enter>");
    let said = told(&seat, third);
    assert_eq!((said.satisfaction, said.recommend, said.offer), (Some(4), Some(10), None));
    let fourth = seat.target().expect("the next");
    job(&mut seat, 6, "la<F5>2<Enter><Enter>");
    let said = told(&seat, fourth);
    assert_eq!((said.satisfaction, said.recommend), (Some(2), None));
}

#[test]
fn a_need_heard_in_a_call() {
    let mut seat = Seat::new();
    seat.press("3");
    let first = queue(&seat)[0];
    let heard = |seat: &Seat, kind, text: &str| {
        seat.profile(first).facts.iter().any(|f| f.kind == kind && f.text == text)
    };
    let words = "a quiet fridge";
    job(&mut seat, 3 + words.len(), &format!("in{words}<Enter>"));
    assert!(heard(&seat, FactKind::Need, words));
    // From the log strip, which waits meanwhile.
    seat.press("la");
    job(&mut seat, 3 + words.len(), &format!("<F6>t{words}<Enter>"));
    assert!(heard(&seat, FactKind::Taste, words));
    seat.press("calls back<Enter>");
    assert_eq!(seat.last_call(first).1, "calls back");
}

fn work(seat: &Seat, scope: WorkScope) -> vafa::desk::Work {
    match seat.ask(Question::Work { scope, step: None, count: 500 }) {
        Answer::Work(work) => *work,
        other => panic!("{other:?}"),
    }
}

/// The first step of a process that nobody has taken: its place, its case, the step it stands at.
fn first_step(seat: &Seat, scope: WorkScope) -> (usize, vafa::domain::Case, String) {
    let rows = work(seat, scope).rows.into_iter().enumerate();
    let mut steps = rows.filter_map(|(at, row)| match row.item {
        WorkItem::Step(line) if line.case.owner.is_none() => Some((at, line.case, line.step.name)),
        WorkItem::Step(_) | WorkItem::Task(_) => None,
    });
    steps.next().expect("a step")
}

fn case(seat: &Seat, of: &vafa::domain::Case) -> vafa::domain::Case {
    let cases = seat.profile(of.customer).cases.into_iter();
    cases.map(|line| line.case).find(|case| case.id == of.id).expect("the case")
}

#[test]
fn a_step_of_the_team_is_taken_done_and_handed_on() {
    let mut seat = Seat::new();
    seat.press("6");
    seat.sees("6 Work").sees("Mine").sees("Team").sees("callback");
    let late = work(&seat, WorkScope::Team).sums[1].2;
    assert!(late > 0, "the sample has late steps");
    assert_eq!(seat.press("<Tab>"), 1);
    let (at, before, name) = first_step(&seat, WorkScope::Team);
    seat.press(&"j".repeat(at));
    seat.sees(&name).sees("step ");
    job(&mut seat, 1, "a");
    assert_eq!(case(&seat, &before).owner, Some(vafa::domain::AgentId(1)));
    assert_eq!(seat.target(), Some(before.customer));
    job(&mut seat, 10, "dsettled<Enter>");
    let after = case(&seat, &before);
    let passage = after.passages.last().expect("a passage");
    assert_eq!((passage.note.as_str(), passage.step), ("settled", before.step));
    seat.press("u");
    assert_eq!(case(&seat, &before).passages.len(), before.passages.len());
    // Given up only with a reason.
    seat.press("6");
    let (at, before, _) = first_step(&seat, WorkScope::Team);
    seat.press("g");
    seat.press(&"j".repeat(at));
    seat.press("x<Enter>");
    assert_eq!(case(&seat, &before).state, vafa::domain::CaseState::Open);
    seat.press("xmoved away<Enter>");
    assert_eq!(case(&seat, &before).state, vafa::domain::CaseState::Dropped);
}

#[test]
fn a_process_begins_with_a_customer_anywhere_and_stands_in_the_profile() {
    let mut seat = Seat::new();
    seat.press("2");
    let target = seat.target().expect("a customer");
    let open = |seat: &Seat| {
        let cases = seat.profile(target).cases.into_iter();
        cases.filter(|l| l.case.state == vafa::domain::CaseState::Open).count()
    };
    let before = open(&seat);
    seat.press("w");
    seat.sees("Begin a process").sees("Complaint");
    seat.press("complaint<Enter>late parcel<Enter>");
    assert_eq!(open(&seat), before + 1);
    seat.press("<Enter>");
    seat.sees("Complaint 1/3");
    seat.press("u");
    assert_eq!(open(&seat), before);
}

#[test]
fn what_an_act_begins_is_told_with_it() {
    let mut seat = Seat::new();
    let step = vafa::domain::Step {
        name: "soothe".into(),
        team: "Peace".into(),
        hours: 8,
        ..vafa::domain::Step::default()
    };
    let process = vafa::domain::Process {
        name: "Offended".into(),
        steps: vec![step],
        starts: vec![vafa::domain::Start::Outcome("busy".into())],
        active: true,
        ..vafa::domain::Process::default()
    };
    seat.act(Command::SaveDefinition { definition: Box::new(process.into()), base: 0 });
    seat.press("2Lb");
    seat.sees("1 case begun");
    seat.press("u");
    assert!(!seat.screen().contains("1 case begun"), "{}", seat.screen());
}
